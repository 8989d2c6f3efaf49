"""Fields: the leaves of a benchmark's JSON Schema that people compare, and their values in documents.

A leaf is a field when it has `"suggestToUser": true` or the annotation `x-perf`. Leaves are found through
`properties`, `allOf` and references within the schema; what several of these say about a leaf counts,
the outermost first. A mistake in `x-perf` is a fault. What only has `suggestToUser` but can't be a field (an
array, several types, a key that can't be part of a dotted path) is none, and no fault: v1 schemas have these.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal, cast

from ..web import json_pointer
from ..web.faults import Fault, Faults

Path = tuple[str | int, ...]
Part = tuple[Path, dict[str, Any]]
Observed = tuple[int, float | None, str | None, bool | None]

MOST_FIELDS = 200
MOST_SUBSCHEMAS = 10_000
LONGEST_PATH = 200
LONGEST_UNIT = 50
LONGEST_TEXT = 600
TYPES = {"number": "number", "integer": "number", "string": "text", "boolean": "boolean"}
ROLES = ("metric", "parameter", "machine")
KEYS = ("role", "unit", "better", "primary", "samples")


@dataclass(frozen=True)
class FieldSpec:
    """path: keys in the document. pointer: of the leaf in the schema. samples: path of the repeats."""

    path: tuple[str, ...]
    pointer: str
    type: Literal["number", "text", "boolean"]
    role: Literal["metric", "parameter", "machine"] | None = None
    unit: str | None = None
    better: Literal["lower", "higher"] | None = None
    primary: bool = False
    samples: tuple[str, ...] | None = None
    description: str | None = None


def derive(schema: dict[str, Any]) -> list[FieldSpec]:
    """The fields in the order of the schema. Raises Faults with pointers into the schema."""
    found: list[FieldSpec] = []
    faults: list[Fault] = []
    primary: str | None = None
    for path, parts in _leaves(schema):
        try:
            spec = _field(schema, path, parts)
        except Faults as error:
            faults += error.faults
            continue
        if spec is None:
            continue
        if spec.primary and primary is not None:
            detail = f"Only one metric can be primary; {primary} is."
            faults.append(Fault(detail, f"{spec.pointer}/x-perf/primary"))
        if spec.primary:
            primary = primary or ".".join(spec.path)
        found.append(spec)
        if len(found) > MOST_FIELDS:
            faults.append(Fault(f"At most {MOST_FIELDS} fields can be declared.", spec.pointer))
            break
    if faults:
        raise Faults(faults)
    return found


def observe(document: Any, fields: Iterable[tuple[Sequence[str], str]]) -> list[Observed]:
    """The typed values of fields, given as (path, type): (position of the field, number, text, boolean).

    Left out: absent and wrong-typed values, numbers beyond a double, texts that are too long to compare.
    """
    observed: list[Observed] = []
    for position, (path, type_) in enumerate(fields):
        value = _value(document, path)
        if type_ == "boolean" and isinstance(value, bool):
            observed.append((position, None, None, value))
        elif type_ == "text" and isinstance(value, str) and len(value) <= LONGEST_TEXT:
            observed.append((position, None, value, None))
        elif type_ == "number" and (number := _number(value)) is not None:
            observed.append((position, number, None, None))
    return observed


def samples(document: Any, path: Sequence[str] | None) -> list[float]:
    """The repeats of a metric; path: its `samples`. What is no number is left out."""
    values = _value(document, path) if path else None
    if not isinstance(values, list):
        return []
    return [number for value in values if (number := _number(value)) is not None]


def _value(document: Any, path: Sequence[str]) -> Any:
    for key in path:
        if not isinstance(document, dict) or key not in document:
            return None
        document = document[key]
    return document


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None


def _field(schema: dict[str, Any], path: tuple[str, ...], parts: list[Part]) -> FieldSpec | None:
    """The field that a leaf is, if it is one. Raises Faults for mistakes in `x-perf`."""
    place, said = _first(parts, "x-perf")
    if place is None and _first(parts, "suggestToUser")[1] is not True:
        return None
    type_ = _type(schema, parts)
    writable = all(key and "." not in key for key in path) and len(".".join(path)) <= LONGEST_PATH
    description = _first(parts, "description")[1]
    spec = FieldSpec(
        path,
        json_pointer.write(parts[0][0]),
        cast(Any, type_),
        description=description if isinstance(description, str) else None,
    )
    if place is None:
        return spec if type_ and writable else None
    if not isinstance(said, dict):
        raise Faults([Fault("x-perf must be an object.", json_pointer.write(place))])
    details = list(_mistakes(schema, said, type_))
    if not type_:
        details.append(("", "A field must be one number, text or boolean; give it such a type."))
    if not writable:
        detail = f"A field's path is at most {LONGEST_PATH} characters; its keys can't be empty or hold dots."
        details.append(("", detail))
    if details:
        raise Faults(
            Fault(detail, json_pointer.write((*place, key) if key else place)) for key, detail in details
        )
    return FieldSpec(
        path,
        spec.pointer,
        spec.type,
        said.get("role"),
        said.get("unit"),
        said.get("better"),
        said.get("primary", False),
        json_pointer.read(said["samples"]) if "samples" in said else None,
        spec.description,
    )


def _mistakes(schema: dict[str, Any], said: dict[str, Any], type_: str | None) -> Iterator[tuple[str, str]]:
    """Which key of an `x-perf` is wrong, and why. The key is empty where one is missing."""
    metric = said.get("role") == "metric"
    for key in said:
        if key not in KEYS:
            yield key, f"{key[:80]!r} is not known here; known are {', '.join(KEYS)}."
    if "role" in said and said["role"] not in ROLES:
        yield "role", f"role must be one of {', '.join(ROLES)}."
    if metric and "better" not in said:
        yield "", "A metric needs better: lower or higher."
    if "better" in said and said["better"] not in ("lower", "higher"):
        yield "better", "better must be lower or higher."
    elif "better" in said and not metric:
        yield "better", "Only a metric can have better."
    if metric and type_ not in (None, "number"):
        yield "role", "A metric must be a number."
    unit = said.get("unit", "none")
    if not isinstance(unit, str) or not 0 < len(unit.strip()) <= LONGEST_UNIT:
        yield "unit", f"unit must be a text of at most {LONGEST_UNIT} characters."
    if not isinstance(said.get("primary", False), bool):
        yield "primary", "primary must be true or false."
    elif said.get("primary") and not metric:
        yield "primary", "Only a metric can be primary."
    if "samples" in said and (detail := _mistake_in_samples(schema, said["samples"])):
        yield "samples", detail


def _mistake_in_samples(schema: dict[str, Any], pointer: object) -> str | None:
    path = json_pointer.read(pointer) if isinstance(pointer, str) else None
    if not path:
        return "samples must be a JSON pointer into the document, like /result/samples."
    places: list[Path] = [()]
    for key in path:
        places = _properties(_parts(schema, places)).get(key, [])
    parts = _parts(schema, places)
    if not parts:
        return "The schema has no property at this pointer."
    items = [(*place, "items") for place, part in parts if isinstance(part.get("items"), dict)]
    if _types(schema, parts) != {"array"} or _type(schema, _parts(schema, items)) != "number":
        return "samples must point at an array of numbers."
    return None


def _leaves(schema: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], list[Part]]]:
    """Each property below the root, with all parts of the schema that speak about it. Raises Faults."""
    visited = 0
    root = _parts(schema, [()])
    stack: list[tuple[tuple[str, ...], list[Part], frozenset[Path]]] = [
        ((), root, frozenset(place for place, _ in root))
    ]
    while stack:
        path, parts, above = stack.pop()
        visited += 1
        if visited > MOST_SUBSCHEMAS:
            raise Faults([Fault(f"The schema has more than {MOST_SUBSCHEMAS} properties.", "")])
        if path:
            yield path, parts
        below = []
        for key, places in _properties(parts).items():
            inner = _parts(schema, places)
            met = frozenset(place for place, _ in inner)
            if inner and not met & above and len(path) < LONGEST_PATH // 2:
                below.append(((*path, key), inner, above | met))
        stack += reversed(below)


def _parts(schema: dict[str, Any], places: Iterable[Path]) -> list[Part]:
    """The subschemas at these places and all that they include by `$ref` and `allOf`, each once."""
    found: dict[Path, dict[str, Any]] = {}
    waiting = list(places)[::-1]
    while waiting:
        place = waiting.pop()
        try:
            node = json_pointer.follow(schema, place)
        except json_pointer.Missing:
            continue
        if place in found or not isinstance(node, dict):
            continue
        found[place] = node
        included: list[Path] = []
        if isinstance(reference := node.get("$ref"), str):
            target = json_pointer.read_fragment(reference)
            included += [] if target is None else [target]
        if isinstance(members := node.get("allOf"), list):
            included += [(*place, "allOf", index) for index in range(len(members))]
        waiting += reversed(included)
    return list(found.items())


def _properties(parts: Iterable[Part]) -> dict[str, list[Path]]:
    """Where each property is described."""
    found: dict[str, list[Path]] = {}
    for place, node in parts:
        properties = node.get("properties")
        for key in properties if isinstance(properties, dict) else ():
            found.setdefault(key, []).append((*place, "properties", key))
    return found


def _first(parts: Iterable[Part], keyword: str) -> tuple[Path | None, Any]:
    """What the first part that has the keyword says, and where."""
    for place, node in parts:
        if keyword in node:
            return (*place, keyword), node[keyword]
    return None, None


def _types(schema: dict[str, Any], parts: list[Part]) -> set[str]:
    """The types that a value may have, null left out; also from alternatives (`anyOf`: a number, null)."""
    _, said = _first(parts, "type")
    found = set()
    if said is None:
        for keyword in ("anyOf", "oneOf"):
            place, members = _first(parts, keyword)
            if place is not None and isinstance(members, list):
                for index in range(len(members)):
                    found |= _types_said(_first(_parts(schema, [(*place, index)]), "type")[1])
    else:
        found = _types_said(said)
    return found - {"null"}


def _types_said(said: object) -> set[str]:
    names = said if isinstance(said, list) else [said]
    return {name for name in names if isinstance(name, str)}


def _type(schema: dict[str, Any], parts: list[Part]) -> str | None:
    """The type of a field with these parts, or None if it can't be one."""
    kinds = {TYPES.get(name) for name in _types(schema, parts)}
    return kinds.pop() if len(kinds) == 1 else None
