"""Fields, as a schema declares them, and their values in documents."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given

from eosc_perf.server.benchmarks import fields
from eosc_perf.server.benchmarks.fields import FieldSpec
from eosc_perf.server.web.faults import Faults

from .json_strategies import SCHEMAS

SUGGESTED = {"type": "number", "suggestToUser": True}
METRIC = {"role": "metric", "better": "lower"}


def metric(**more: Any) -> dict[str, Any]:
    return {"type": "number", "x-perf": {**METRIC, **more}}


def of(**properties: Any) -> dict[str, Any]:
    return {"properties": properties}


def paths(schema: dict[str, Any]) -> list[str]:
    return [".".join(spec.path) for spec in fields.derive(schema)]


def pointers(schema: dict[str, Any]) -> list[str | None]:
    with pytest.raises(Faults) as refused:
        fields.derive(schema)
    return [fault.pointer for fault in refused.value.faults]


def test_a_schema_tells_its_fields_in_order() -> None:
    schema = of(
        result=of(
            score={
                "type": "number", "description": "Mean wall time", "suggestToUser": True,
                "x-perf": {**METRIC, "unit": "s", "primary": True, "samples": "/result/samples"},
            },
            samples={"type": "array", "items": {"type": "number"}},
        ),
        machine=of(
            cpu={"type": "string", "x-perf": {"role": "machine"}},
            ht={"type": ["boolean", "null"], "suggestToUser": True},
        ),
        threads={"type": "integer", "x-perf": {"role": "parameter"}},
        note={"type": "string"},
    )  # fmt: skip
    assert fields.derive(schema) == [
        FieldSpec(
            ("result", "score"), "/properties/result/properties/score", "number", "metric", "s", "lower",
            True, ("result", "samples"), "Mean wall time",
        ),
        FieldSpec(("machine", "cpu"), "/properties/machine/properties/cpu", "text", "machine"),
        FieldSpec(("machine", "ht"), "/properties/machine/properties/ht", "boolean"),
        FieldSpec(("threads",), "/properties/threads", "number", "parameter"),
    ]  # fmt: skip


def test_fields_are_found_through_references_and_all_of() -> None:
    schema = {
        "$ref": "#/$defs/root",
        "allOf": [
            of(b={"$ref": "#/$defs/seconds", "description": "here"}),
            of(a={"description": "from allOf"}),
        ],
        "$defs": {
            "root": of(a=SUGGESTED),
            "seconds": {**SUGGESTED, "description": "there", "x-perf": {"unit": "s"}},
        },
    }
    assert [(spec.path, spec.unit, spec.description) for spec in fields.derive(schema)] == [
        (("a",), None, "from allOf"),
        (("b",), "s", "here"),
    ]


def test_nullable_leaves_may_be_written_as_alternatives() -> None:
    assert paths(of(a={"anyOf": [{"type": "integer"}, {"type": "null"}], "suggestToUser": True})) == ["a"]


def test_hints_of_v1_on_what_cannot_be_a_field_are_ignored() -> None:
    schema = of(
        a={"type": "array", "suggestToUser": True},
        b={"type": "object", "suggestToUser": True, **of(c=SUGGESTED)},
        d={"type": ["number", "string"], "suggestToUser": True},
        e={"suggestToUser": True},
        f={"type": "number", "suggestToUser": "yes"},
        **{"g.h": SUGGESTED, "": SUGGESTED, "i" * 201: SUGGESTED},
    )
    assert paths(schema) == ["b.c"]


@pytest.mark.parametrize(
    ("leaf", "at"),
    [
        ({"type": "number", "x-perf": "metric"}, ""),
        (metric(units="s"), "/units"),
        ({"type": "number", "x-perf": {"role": "score"}}, "/role"),
        ({"type": "number", "x-perf": {"role": ["metric"]}}, "/role"),
        ({"type": "number", "x-perf": {"role": "metric"}}, ""),
        (metric(better="less"), "/better"),
        ({"type": "number", "x-perf": {"role": "machine", "better": "lower"}}, "/better"),
        ({"type": "string", "x-perf": METRIC}, "/role"),
        ({"type": "number", "x-perf": {"primary": True}}, "/primary"),
        (metric(primary=1), "/primary"),
        (metric(unit=1), "/unit"),
        (metric(unit=" "), "/unit"),
        (metric(unit="s" * 51), "/unit"),
        (metric(samples=["a"]), "/samples"),
        (metric(samples="list"), "/samples"),
        (metric(samples=""), "/samples"),
        (metric(samples="/nowhere"), "/samples"),
        (metric(samples="/texts"), "/samples"),
        (metric(samples="/leaf"), "/samples"),
        ({"type": "array", "x-perf": {}}, ""),
        ({"x-perf": {}}, ""),
    ],
)
def test_mistakes_in_x_perf_have_pointers(leaf: dict[str, Any], at: str) -> None:
    schema = of(leaf=leaf, texts={"type": "array", "items": {"type": "string"}})
    assert pointers(schema) == [f"/properties/leaf/x-perf{at}"]


def test_x_perf_needs_a_key_that_a_path_can_name() -> None:
    assert pointers(of(**{"a.b": metric()})) == ["/properties/a.b/x-perf"]
    assert pointers(of(**{"a" * 201: metric()}))


def test_samples_may_be_behind_references() -> None:
    schema = {
        **of(a=metric(samples="/runs/all~1of"), runs={"$ref": "#/$defs/runs"}),
        "$defs": {
            "runs": of(**{"all/of": {"type": "array", "items": {"$ref": "#/$defs/time"}}}),
            "time": {"type": "number"},
        },
    }
    assert fields.derive(schema)[0].samples == ("runs", "all/of")


def test_only_one_metric_is_primary() -> None:
    assert pointers(of(a=metric(primary=True), b=metric(primary=True))) == ["/properties/b/x-perf/primary"]


def test_there_are_at_most_200_fields() -> None:
    assert len(paths(of(**{f"f{number}": SUGGESTED for number in range(200)}))) == 200
    assert pointers(of(**{f"f{number}": SUGGESTED for number in range(201)})) == ["/properties/f200"]


def test_a_schema_in_a_circle_ends() -> None:
    assert paths({**of(a=SUGGESTED, b={"$ref": "#"}), "allOf": [{"$ref": "#"}]}) == ["a"]


@given(SCHEMAS)
def test_any_schema_has_fields_or_faults(schema: Any) -> None:
    with suppress(Faults):
        fields.derive({"properties": schema, "$defs": {"a": schema}})


def test_typed_values_are_observed_and_all_else_is_left_out() -> None:
    a = {"n": 3, "f": 1.5, "t": "x", "b": False, "list": [1]}
    document = {"a": a, "long": "x" * 1001, "huge": 10**400, "null": None}
    wanted = [
        ("a.n", "number"), ("a.f", "number"), ("a.t", "text"), ("a.b", "boolean"),
        ("a.b", "number"), ("a.n", "boolean"), ("a.n", "text"), ("a.list", "number"), ("a.list.0", "number"),
        ("long", "text"), ("huge", "number"), ("null", "number"), ("no", "text"), ("a.n.x", "number"),
    ]  # fmt: skip
    assert fields.observe(document, [(path.split("."), type_) for path, type_ in wanted]) == [
        (0, 3.0, None, None),
        (1, 1.5, None, None),
        (2, None, "x", None),
        (3, None, None, False),
    ]


def test_samples_are_the_numbers_of_an_array() -> None:
    document = {"result": {"samples": [1, 2.5, None, True, "3", 10**400], "score": 1}}
    assert fields.samples(document, ("result", "samples")) == [1.0, 2.5]
    assert fields.samples(document, ("result", "score")) == []
    assert fields.samples(document, ("no",)) == []
    assert fields.samples(document, None) == []
