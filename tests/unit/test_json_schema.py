"""What a benchmark's JSON Schema may be."""

from typing import Any

import pytest
from hypothesis import given

from eosc_perf.server.benchmarks import json_schema
from eosc_perf.server.web.faults import Faults

from .json_strategies import SCHEMAS


def pointers(schema: object) -> list[str | None]:
    with pytest.raises(Faults) as refused:
        json_schema.check(schema)
    return [fault.pointer for fault in refused.value.faults]


def doubling(levels: int) -> dict[str, Any]:
    """Each level refers twice to the next: 2**levels ways to look at one value."""
    names = [f"#/$defs/{level}" for level in range(levels)]
    defs: dict[str, Any] = {
        str(level): {"allOf": [{"$ref": name}, {"$ref": name}]} for level, name in enumerate(names[1:])
    }
    return {"$ref": names[0], "$defs": {**defs, str(levels - 1): {"type": "number"}}}


@pytest.mark.parametrize(
    "draft",
    [
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
    ],
)
def test_schemas_of_all_drafts_with_hints_of_v1_are_fine(draft: str) -> None:
    schema = {"$schema": draft, "properties": {"score": {"type": "number", "suggestToUser": True}}}
    assert json_schema.check(schema) is schema


def test_schemas_made_by_generators_are_fine() -> None:
    json_schema.check({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "http://example.com/root.json",
        "properties": {"a": {"$id": "#/properties/a", "$ref": "#/definitions/b"}, "id": {"type": "string"}},
        "definitions": {"b": {"type": "array", "items": {"type": "number"}}},
    })  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [
        (True, ""),
        ([], ""),
        ({"description": "x" * 300_000}, ""),
        ({"maximum": 10**30}, ""),
        ({"$schema": "http://127.0.0.1:9/schema"}, "/$schema"),
        ({"$schema": 4}, "/$schema"),
        ({"properties": {"a": {"type": "strin"}}}, "/properties/a/type"),
        ({"properties": []}, "/properties"),
        ({"minLength": -1}, "/minLength"),
        ({"pattern": "("}, "/pattern"),
        ({"pattern": "^(?=a)b"}, "/pattern"),
        ({"pattern": r"(\w{0,1000}){0,1000}x"}, "/pattern"),
        ({"properties": {"a": {"$ref": "http://127.0.0.1:9/x"}}}, "/properties/a/$ref"),
        ({"items": {"$ref": "file:///etc/passwd"}}, "/items/$ref"),
        ({"items": {"$ref": "other.json"}}, "/items/$ref"),
        ({"$defs": {"unused": {"$ref": "https://example.org"}}}, "/$defs/unused/$ref"),
        ({"allOf": [{"$ref": "#/$defs/a"}]}, "/allOf/0/$ref"),
        ({"$ref": "#"}, "/$ref"),
        ({"properties": {"child": {"$ref": "#"}}}, "/properties/child/$ref"),
        ({"$dynamicRef": "#a"}, "/$dynamicRef"),
        ({"properties": {"a": {"x-perf": {"role": "metric"}, "type": "number"}}}, "/properties/a/x-perf"),
        (
            {"$defs": {"a": {"$id": "http://e.org/a"}}, "properties": {"a": {"$ref": "#/$defs/a"}}},
            "/$defs/a/$id",
        ),
    ],
)
def test_what_a_schema_may_not_be_has_a_pointer(schema: object, pointer: str) -> None:
    assert pointers(schema) == [pointer]


@pytest.mark.parametrize(
    "schema",
    [
        doubling(40),
        {"anyOf": [{"type": "number"}] * 1000},
        {"properties": {str(number): {"pattern": "a"} for number in range(101)}},
        {"$ref": "#/$defs/0", "$defs": {str(n): {"$ref": f"#/$defs/{n + 1}"} for n in range(3000)}},
    ],
)
def test_schemas_that_could_keep_the_validator_busy_are_refused(schema: object) -> None:
    assert len(pointers(schema)) == 1


def test_a_schema_nested_too_deeply_is_refused() -> None:
    schema: dict[str, Any] = {}
    for _ in range(120):
        schema = {"not": schema}
    assert pointers(schema)
    for _ in range(1000):
        schema = {"not": schema}
    assert pointers(schema) == [""]


@given(SCHEMAS)
def test_any_json_is_a_schema_or_faults(schema: Any) -> None:
    try:
        checked = json_schema.check(schema)
    except Faults:
        return
    json_schema.compiled(checked).validator.is_valid({"a": {"b": [1]}})
