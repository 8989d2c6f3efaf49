"""JSON pointers (RFC 6901): where in a document something is."""

from collections.abc import Iterable, Sequence
from urllib.parse import unquote

LONGEST = 1000


class Missing(LookupError):
    """The document has nothing at that path."""


def write(path: Iterable[str | int]) -> str:
    """The pointer of a path. It ends early where it would become longer than `LONGEST` characters."""
    pointer = ""
    for part in path:
        longer = f"{pointer}/{str(part).replace('~', '~0').replace('/', '~1')}"
        if len(longer) > LONGEST:
            break
        pointer = longer
    return pointer.encode(errors="replace").decode()


def read(pointer: str) -> tuple[str, ...] | None:
    """The path of a pointer, or None if the text is no pointer."""
    if pointer == "":
        return ()
    if not pointer.startswith("/") or "~" in pointer.replace("~0", "").replace("~1", ""):
        return None
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))


def read_fragment(reference: str) -> tuple[str, ...] | None:
    """The path of a `$ref` into its own document (`#`, `#/$defs/a`), or None if it leads elsewhere."""
    return read(unquote(reference[1:])) if reference.startswith("#") else None


def follow(document: object, path: Sequence[str | int]) -> object:
    """What is at the path. Raises Missing."""
    for part in path:
        if isinstance(document, dict) and part in document:
            document = document[part]
        elif isinstance(document, list) and (index := index_of(part)) is not None and index < len(document):
            document = document[index]
        else:
            raise Missing
    return document


def index_of(part: str | int) -> int | None:
    """The array index that a part of a path can be: digits without a leading zero, at most nine."""
    text = str(part)
    if len(text) > 9 or not (text.isascii() and text.isdigit()) or (text[0] == "0" and text != "0"):
        return None
    return int(text)
