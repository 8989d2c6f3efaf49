"""The JSON Schema of a benchmark: what it may be, so that checking results against it is safe and quick.

A stranger's schema could make validation take for ever (references that multiply, patterns that explode) or
fetch from other hosts. So references stay within the schema and never lead back to themselves, what results
from following them is bounded, and patterns run in linear time.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import jsonschema_rs
import orjson
from jsonschema_rs import ValidationErrorKind as Kind

from ..web import json_pointer
from ..web.faults import Fault, Faults
from . import fields

Path = tuple[str | int, ...]

LARGEST = 256 * 1024
DEEPEST = 100
MOST_SUBSCHEMAS = 10_000
MOST_BRANCHES = 200
MOST_PATTERNS = 100
DRAFTS = {
    "http://json-schema.org/draft-04/schema",
    "http://json-schema.org/draft-06/schema",
    "http://json-schema.org/draft-07/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema",
}
PATTERN_OPTIONS = jsonschema_rs.RegexOptions(size_limit=64 * 1024, dfa_size_limit=1024 * 1024)

NAMED = {"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"}
LISTED = {"allOf", "anyOf", "oneOf", "prefixItems", "items"}
SINGLE = {
    "additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not",
    "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
}  # fmt: skip
BRANCHING = {
    "allOf", "anyOf", "contains", "dependencies", "dependentSchemas", "else", "if", "not", "oneOf",
    "patternProperties", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
}  # fmt: skip

TYPE_NAMES = {
    "number": "a number", "integer": "a whole number", "string": "a text", "boolean": "true or false",
    "null": "null", "array": "an array", "object": "an object",
}  # fmt: skip
BAD_PATTERN = "This pattern can't be used: it is broken, too large, or has look-around or back-references."


@dataclass(frozen=True)
class Compiled:
    """A schema ready to use. branches: how many more ways than one there are to look at a value."""

    validator: jsonschema_rs.Validator
    branches: int


def check(schema: object) -> dict[str, Any]:
    """The schema, if a benchmark may have it. Raises Faults with pointers into the schema."""
    if not isinstance(schema, dict):
        raise Faults([Fault("The schema must be an object.", "")])
    try:
        size = len(orjson.dumps(schema))
    except orjson.JSONEncodeError:
        detail = "The schema can't be stored: it is nested too deeply or holds integers beyond 64 bits."
        raise Faults([Fault(detail, "")]) from None
    if size > LARGEST:
        raise Faults([Fault(f"The schema has {size} bytes; at most {LARGEST} are allowed.", "")])
    compiled(schema)
    fields.derive(schema)
    return schema


def compiled(schema: dict[str, Any]) -> Compiled:
    """Raises Faults unless the schema is valid, refers only to itself, and is bounded."""
    draft = schema.get("$schema")
    if draft is not None and not (isinstance(draft, str) and draft.removesuffix("#") in DRAFTS):
        raise Faults([Fault("Use one of the drafts 4, 6, 7, 2019-09 and 2020-12.", "/$schema")])
    branches = _survey(schema)
    try:
        validator = jsonschema_rs.validator_for(
            schema,
            validate_formats=False,
            retriever=_refuse,
            mask="This value",
            pattern_options=PATTERN_OPTIONS,
        )
    except jsonschema_rs.ValidationError as error:
        raise Faults([Fault(sentence(error), json_pointer.write(error.instance_path))]) from None
    except (ValueError, TypeError, jsonschema_rs.ReferencingError):
        raise Faults([Fault("This is not a usable JSON Schema.", "")]) from None
    return Compiled(validator, branches)


def sentence(error: jsonschema_rs.ValidationError) -> str:
    """What is wrong, without quoting the document."""
    match error.kind:
        case Kind.Required(property=name):
            text = f"{name!r} is missing."
        case Kind.Type(types=types):
            names = [TYPE_NAMES.get(each, each) for each in sorted(types, key="null".__eq__)]
            text = f"This must be {' or '.join(names)}."
        case Kind.AdditionalProperties(unexpected=names) | Kind.UnevaluatedProperties(unexpected=names):
            text = f"Not allowed here: {', '.join(map(repr, names[:10]))}."
        case Kind.Enum(options=options):
            text = f"This must be one of {json.dumps(options[:10], ensure_ascii=False, default=str)[1:-1]}."
        case Kind.AnyOf() | Kind.OneOfNotValid():
            text = "This has none of the forms that the schema allows."
        case Kind.OneOfMultipleValid():
            text = "This has several of the forms of which the schema allows one."
        case Kind.Not():
            text = "This has a form that the schema rules out."
        case Kind.Contains():
            text = "No element, or not the right number of elements, has the form that the schema asks for."
        case Kind.FalseSchema():
            text = "The schema allows nothing here."
        case Kind.Format(format="regex"):
            text = BAD_PATTERN
        case _:
            text = f"{error.message}."
    return text if len(text) <= 300 else f"{text[:299]}…"


def _refuse(uri: str) -> NoReturn:
    raise ValueError("References are never fetched.")


def _survey(schema: dict[str, Any]) -> int:
    """The number of branches. Raises Faults for references we do not follow, and where bounds are passed."""
    survey = Survey(schema)
    survey.visit(schema, (), frozenset({()}), 0)
    if survey.uses_references:
        survey.faults |= survey.renamed
    if survey.faults:
        raise Faults(survey.faults.values())
    return survey.branches


@dataclass
class Survey:
    """A walk over the schema, as if each reference were replaced by what it refers to."""

    root: dict[str, Any]
    faults: dict[tuple[Path, str], Fault] = field(default_factory=dict)
    renamed: dict[tuple[Path, str], Fault] = field(default_factory=dict)
    uses_references: bool = False
    subschemas: int = 0
    branches: int = 0
    patterns: int = 0

    def visit(self, node: object, path: Path, following: frozenset[Path], depth: int) -> None:
        """following: the targets of the references that led here. depth: steps from the root."""
        if not isinstance(node, dict):
            return
        self._count(node, path, depth)
        for keyword in ("$dynamicRef", "$recursiveRef"):
            if keyword in node:
                self._fault((*path, keyword), f"{keyword} is not supported; use $ref.")
        for keyword in ("$id", "id"):
            if path and isinstance(name := node.get(keyword), str) and not name.startswith("#"):
                detail = f"{keyword} below the root changes what $ref means; leave it out."
                self.renamed[(path, keyword)] = Fault(detail, json_pointer.write((*path, keyword)))
        if isinstance(reference := node.get("$ref"), str):
            self._visit_target(reference, node, (*path, "$ref"), following, depth)
        for steps, child, branching in _children(node):
            self.branches += branching
            self.visit(child, (*path, *steps), following, depth + 1)

    def _visit_target(
        self, reference: str, node: dict[str, Any], path: Path, following: frozenset[Path], depth: int
    ) -> None:
        self.uses_references = True
        self.branches += len(node) > 1 and any(True for _ in _children(node))
        target = json_pointer.read_fragment(reference)
        if target is None:
            self._fault(path, "References must stay in the schema, like #/$defs/name; nothing is fetched.")
        elif target in following:
            self._fault(path, "This reference leads back to itself; recursive schemas are not supported.")
        else:
            try:
                found = json_pointer.follow(self.root, target)
            except json_pointer.Missing:
                self._fault(path, "The schema has nothing at the place that this refers to.")
            else:
                self.visit(found, target, following | {target}, depth + 1)

    def _count(self, node: dict[str, Any], path: Path, depth: int) -> None:
        properties = node.get("patternProperties")
        self.subschemas += 1
        self.patterns += ("pattern" in node) + (len(properties) if isinstance(properties, dict) else 0)
        for count, most, what in (
            (depth, DEEPEST, "levels"),
            (self.subschemas, MOST_SUBSCHEMAS, "subschemas"),
            (self.branches, MOST_BRANCHES, "alternatives and conditions"),
            (self.patterns, MOST_PATTERNS, "patterns"),
        ):
            if count > most:
                detail = f"The schema has more than {most} {what}, references followed."
                raise Faults([Fault(detail, json_pointer.write(path))])

    def _fault(self, path: Path, detail: str) -> None:
        self.faults[(path, detail)] = Fault(detail, json_pointer.write(path))


def _children(node: dict[str, Any]) -> Iterator[tuple[Path, object, bool]]:
    """The schemas directly inside a schema, where, and whether they look at the same values as others do."""
    for keyword, value in node.items():
        branching = keyword in BRANCHING
        if keyword in NAMED and isinstance(value, dict):
            yield from (((keyword, key), child, branching) for key, child in value.items())
        elif keyword in LISTED and isinstance(value, list):
            yield from (((keyword, index), child, branching) for index, child in enumerate(value))
        elif keyword in SINGLE and isinstance(value, dict):
            yield (keyword,), value, branching
