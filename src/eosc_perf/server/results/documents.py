"""Results as they come from the wire: strict JSON, and valid against their benchmark's JSON Schema."""

import json
import re
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from itertools import islice
from math import isfinite
from threading import Lock
from typing import Any

import jsonschema_rs
import orjson

from ..benchmarks import json_schema
from ..web import json_pointer
from ..web.faults import MOST_FAULTS, Fault, Faults

LONGEST_NUMBER = 400
UNPRINTABLE = re.compile(r"[\x00\ud800-\udfff]")
MAYBE_UNPRINTABLE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
LISTABLE = 50_000

BAD_NUMBER = "This number is too large, too small or too long to be stored."
UNPRINTABLE_TEXT = "This text holds a NUL character or half of a surrogate pair."
UNPRINTABLE_KEY = "A key holds a NUL character or half of a surrogate pair."
REPEATED_KEY = "This key appears more than once in its object."
DEEPEST = 64
"""How deep objects and arrays may be nested."""


class Members(list[tuple[str, Any]]):
    """The members of an object as written, repeated keys included."""


class Number(str):
    """A number as written."""

    __slots__ = ()


def parse(body: bytes, *, max_depth: int = DEEPEST) -> Any:
    """The document in a body. Raises Faults unless it is JSON that can be stored and answered as it came.

    Numbers must be finite as doubles; integers beyond 64 bits stay exact (write them with `dumps`). Refused:
    other encodings than UTF-8, NaN, repeated keys, NUL characters, lone surrogates, deep nesting.
    """
    if not body.strip():
        raise Faults([Fault("The body is empty; it must be JSON.")])
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Faults([Fault(f"The body is not UTF-8: byte {error.start} is wrong.")]) from None
    if not MAYBE_UNPRINTABLE.search(text):
        try:
            document = _read_strictly(text)
        except (ValueError, RecursionError):
            pass
        else:
            brackets = text.count("[") + text.count("{")
            if brackets <= max_depth or nodes_of(document, max_depth=max_depth) is not None:
                return document
    if faults := list(islice(_faults(text, max_depth), MOST_FAULTS)):
        raise Faults(faults)
    return _read_strictly(text)


def dumps(document: Any) -> str:
    """JSON text of a parsed document; unlike with orjson alone, integers may have more than 64 bits."""
    try:
        return orjson.dumps(document).decode()
    except orjson.JSONEncodeError:
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def nodes_of(document: Any, *, max_depth: int = 1000) -> int | None:
    """How many values a document holds, or None if objects and arrays are nested deeper than `max_depth`."""
    nodes, level = 0, [document]
    for _ in range(max_depth + 1):
        nodes += len(level)
        inner = [value for value in level if type(value) is dict or type(value) is list]
        if not inner:
            return nodes
        level = [child for value in inner for child in (value.values() if type(value) is dict else value)]
    return None


def _read_strictly(text: str) -> Any:
    return json.loads(
        text, object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant
    )


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) != len(members):
        raise ValueError
    return found


def _integer(text: str) -> int:
    if len(text) > 300 and (len(text) > LONGEST_NUMBER or not isfinite(float(text))):
        raise ValueError
    return int(text)


def _float(text: str) -> float:
    """PostgreSQL keeps each digit: `0e-16000` would be stored and answered as 16,000 digits."""
    if len(text) < 100 and "e" not in text and "E" not in text:
        return float(text)
    if len(text) > LONGEST_NUMBER:
        raise ValueError
    number = float(text)
    digits, _, exponent = text.lower().partition("e")
    vanished = number == 0 and digits.strip("-0.") != ""
    if vanished or not isfinite(number) or abs(int(exponent or 0)) > LONGEST_NUMBER:
        raise ValueError
    return number


def _constant(text: str) -> Any:
    raise ValueError


def _faults(text: str, max_depth: int) -> Iterator[Fault]:
    """What is wrong with a body, and where: slow and careful."""
    try:
        document = json.loads(
            text, object_pairs_hook=Members, parse_int=Number, parse_float=Number, parse_constant=Number
        )
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        yield Fault(f"This is not JSON: {what} at line {error.lineno}, column {error.colno}.")
        return
    except RecursionError:
        yield Fault(f"Objects and arrays are nested deeper than {max_depth} levels.")
        return
    stack: list[tuple[tuple[str | int, ...], Any]] = [((), document)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, list):
            if len(path) >= max_depth:
                detail = f"Objects and arrays are nested deeper than {max_depth} levels."
                yield Fault(detail, json_pointer.write(path))
                return
            members = value if isinstance(value, Members) else list(enumerate(value))
            stack += [((*path, key), child) for key, child in reversed(members)]
        if isinstance(value, Members):
            yield from _faults_of_keys(path, value)
        elif isinstance(value, Number):
            if fault := _fault_of_number(value):
                yield Fault(fault, json_pointer.write(path))
        elif isinstance(value, str) and UNPRINTABLE.search(value):
            yield Fault(UNPRINTABLE_TEXT, json_pointer.write(path))


def _faults_of_keys(path: tuple[str | int, ...], members: Members) -> Iterator[Fault]:
    seen = set()
    for key, _ in members:
        if UNPRINTABLE.search(key):
            yield Fault(UNPRINTABLE_KEY, json_pointer.write(path))
        elif key in seen:
            yield Fault(REPEATED_KEY, json_pointer.write((*path, key)))
        seen.add(key)


def _fault_of_number(text: Number) -> str | None:
    if text in {"NaN", "Infinity", "-Infinity"}:
        return f"{text} is not a number in JSON."
    try:
        if text.lstrip("-").isdigit():
            _integer(text)
        else:
            _float(text)
    except ValueError:
        return BAD_NUMBER
    return None


class Cache:
    """The latest compiled schemas. Two threads may compile the same one; the later stays."""

    def __init__(self, size: int) -> None:
        self._size, self._lock = size, Lock()
        self._kept: OrderedDict[Hashable, json_schema.Compiled] = OrderedDict()

    def get(self, schema: dict[str, Any], key: Hashable | None) -> json_schema.Compiled:
        with self._lock:
            found = self._kept.get(key)
            if found:
                self._kept.move_to_end(key)
                return found
        found = json_schema.compiled(schema)
        if key is not None:
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > self._size:
                    self._kept.popitem(last=False)
        return found


CACHE = Cache(size=256)


def validate(document: Any, schema: dict[str, Any], *, key: Hashable | None = None) -> None:
    """Raises Faults with pointers into the document unless it satisfies the benchmark's JSON Schema.

    key: names this schema for good, like (benchmark id, schema version); what it compiles to is kept.
    """
    compiled = CACHE.get(schema, key)
    if compiled.validator.is_valid(document):
        return
    raise Faults(
        Fault(json_schema.sentence(error), json_pointer.write(error.instance_path))
        for error in _errors(document, compiled)
    )


def _errors(document: Any, compiled: json_schema.Compiled) -> list[jsonschema_rs.ValidationError]:
    """The validator copies what it complains about, once for each branch: of large documents ask for less."""
    nodes = nodes_of(document) or LISTABLE
    if nodes * (1 + compiled.branches) <= LISTABLE:
        return list(islice(compiled.validator.iter_errors(document), MOST_FAULTS))
    if compiled.branches == 0:
        try:
            compiled.validator.validate(document)
        except jsonschema_rs.ValidationError as error:
            return [error]
    detail = "This does not satisfy the benchmark's JSON Schema; the document is too large to say where."
    raise Faults([Fault(detail, "")])
