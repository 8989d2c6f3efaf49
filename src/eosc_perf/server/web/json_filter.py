"""Filters on stored documents: `<path> <operator> <value>`, and the jsonpath that PostgreSQL evaluates.

Texts are compared exactly, case and all, and ordered by code point; `~` asks whether a text contains the
value, whatever the case. An array matches nothing: name the element, as in `result.samples.0 < 3`.
"""

import json
import re
from dataclasses import dataclass
from itertools import product
from math import isfinite
from typing import Any

from . import json_pointer
from .faults import Fault, Faults

OPERATORS = ("==", "!=", ">=", "<=", ">", "<", "~")
LONGEST_PATH = 200
LONGEST_VALUE = 1000
LONGEST = LONGEST_PATH + LONGEST_VALUE + 20
MOST_INDICES = 4

FORM = re.compile(r"(?P<path>.*?)\s+(?P<operator>==|!=|>=|<=|>|<|~)(?:\s+(?P<value>.*))?", re.DOTALL)
NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
UNPRINTABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Filter:
    """The value is read in every way it can be; which one counts is up to the type that is stored."""

    path: tuple[str, ...]
    operator: str
    text: str
    number: float | None
    boolean: bool | None


def parse(text: str) -> Filter:
    """Raises Faults for a malformed filter. The path ends at the first operator between blanks."""
    if UNPRINTABLE.search(text):
        raise _fault(text, "holds a NUL character or half of a surrogate pair")
    if len(text) > LONGEST:
        raise _fault(text, f"has more than {LONGEST} characters")
    found = FORM.fullmatch(text.strip())
    if found is None:
        raise _fault(text, f"needs blanks around one of the operators {' '.join(OPERATORS)}")
    path, operator, value = found["path"].strip(), found["operator"], (found["value"] or "").strip()
    keys = tuple(path.split("."))
    if "" in keys:
        raise _fault(text, "has no path of keys joined by dots in front of the operator")
    if not value:
        raise _fault(text, "has no value after the operator")
    if len(path) > LONGEST_PATH:
        raise _fault(text, f"has a path of more than {LONGEST_PATH} characters")
    if len(value) > LONGEST_VALUE:
        raise _fault(text, f"has a value of more than {LONGEST_VALUE} characters")
    if sum(json_pointer.index_of(key) is not None for key in keys) > MOST_INDICES:
        raise _fault(text, f"has more than {MOST_INDICES} numbers in its path")
    return Filter(keys, operator, value, _number(value), {"true": True, "false": False}.get(value.lower()))


def jsonpath(filter: Filter) -> tuple[str, dict[str, Any]]:
    """The filter for `jsonb_path_exists(document, path, variables)`.

    Never fails: in strict mode nothing is unwrapped, and an error within a condition makes it unknown.
    Digits in the path are a key of an object or an index of an array, whichever the document has.
    """
    ways, variables = _conditions(filter)
    wanted = " || ".join(f"@.type() == {json.dumps(type_)} && {condition}" for type_, condition in ways)
    places = " || ".join(f"exists(@{place} ? ({wanted}))" for place in _places(filter.path))
    return f"strict $ ? ({places})", variables


def _conditions(filter: Filter) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """What must be true of a value of each type, and the variables in it."""
    if filter.operator == "~":
        return [("string", f'@ like_regex {json.dumps(filter.text)} flag "iq"')], {}
    ways = [("string", f"@ {filter.operator} $text")]
    variables: dict[str, Any] = {"text": filter.text}
    if filter.number is not None:
        ways.append(("number", f"@ {filter.operator} $num"))
        variables["num"] = int(filter.text) if INTEGER.fullmatch(filter.text) else filter.number
    if filter.boolean is not None and filter.operator in {"==", "!="}:
        ways.append(("boolean", f"@ {filter.operator} $bool"))
        variables["bool"] = filter.boolean
    return ways, variables


def _places(path: tuple[str, ...]) -> list[str]:
    """The accessors of a path; two for each key that may be an index."""
    accessors = [
        [f".{json.dumps(key)}"] + ([] if (index := json_pointer.index_of(key)) is None else [f"[{index}]"])
        for key in path
    ]
    return ["".join(place) for place in product(*accessors)]


def _number(text: str) -> float | None:
    if not NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if isfinite(number) else None


def _fault(text: str, detail: str) -> Faults:
    shown = text[:80].encode(errors="replace").decode()
    return Faults([Fault(f"The filter {shown!r} {detail}.", parameter="filters")])
