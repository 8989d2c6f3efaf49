"""Tables in Markdown, written between marks of a page."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|---|" + "---:|" * (len(heads) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def write_between(file: Path, name: str, text: str) -> None:
    """Put the text between `<!-- name: begin -->` and `<!-- name: end -->`; ValueError without them."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, found, rest = file.read_text().partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{file} lacks the lines {begin} and {end}.")
    file.write_text(f"{before}{begin}\n{text}\n{end}{after}")
