"""Schemas of benchmarks, and the fields that they declare."""

from copy import deepcopy
from typing import Any

import httpx
import pytest
from answers import ids, items, places, refused
from factories import SCHEMA, Json, a_benchmark, a_document, a_result, made, new_benchmark
from sqlalchemy import Engine, text


def schema_with(**properties: Any) -> Json:
    return {"type": "object", "properties": properties}


METRIC = {"type": "number", "x-perf": {"role": "metric", "better": "lower"}}


@pytest.mark.parametrize(
    "schema, wrong",
    [
        ({"type": "nonsense"}, ["/json_schema/type"]),
        (schema_with(a={"type": 5}), ["/json_schema/properties/a/type"]),
        (schema_with(a={"minimum": "low"}), ["/json_schema/properties/a/minimum"]),
        (schema_with(a={"pattern": "("}), ["/json_schema/properties/a/pattern"]),
        ({"required": "score"}, ["/json_schema/required"]),
        ({"$schema": "http://json-schema.org/draft-03/schema#"}, ["/json_schema/$schema"]),
        (schema_with(a={"$ref": "#/$defs/none"}), ["/json_schema/properties/a/$ref"]),
        (schema_with(a={"$ref": "#"}), ["/json_schema/properties/a/$ref"]),
        (schema_with(a={"$ref": "http://127.0.0.1:1/schema.json"}), ["/json_schema/properties/a/$ref"]),
        (schema_with(a={"$ref": "file:///etc/passwd"}), ["/json_schema/properties/a/$ref"]),
        (
            schema_with(a={"type": "number", "x-perf": {"role": "metric"}}),
            ["/json_schema/properties/a/x-perf"],
        ),
        (
            schema_with(a={"type": "number", "x-perf": {"role": "speed"}}),
            ["/json_schema/properties/a/x-perf/role"],
        ),
        (
            schema_with(a={"type": "string", "x-perf": {"role": "metric", "better": "lower"}}),
            ["/json_schema/properties/a/x-perf/role"],
        ),
        (
            schema_with(a={"type": "number", "x-perf": {"role": "metric", "better": "low", "unit": ""}}),
            ["/json_schema/properties/a/x-perf/better", "/json_schema/properties/a/x-perf/unit"],
        ),
        (
            schema_with(a={"type": "number", "x-perf": METRIC["x-perf"] | {"samples": "/nowhere"}}),
            ["/json_schema/properties/a/x-perf/samples"],
        ),
        (
            schema_with(
                **{name: {**METRIC, "x-perf": METRIC["x-perf"] | {"primary": True}} for name in "ab"}
            ),
            ["/json_schema/properties/b/x-perf/primary"],
        ),
        (schema_with(**{"a/b": {"type": "number", "x-perf": 1}}), ["/json_schema/properties/a~1b/x-perf"]),
        ({"description": "x" * 256 * 1024}, ["/json_schema"]),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_mistake_in_the_schema_is_pointed_at(
    user: httpx.Client, admin: httpx.Client, schema: Json, wrong: list[str]
) -> None:
    new = new_benchmark(json_schema=schema)
    assert sorted(places(user.post("/benchmarks", json=new))) == wrong
    there = a_benchmark(user)
    kept = {key: there[key] for key in new}
    answer = admin.put(f"/benchmarks/{there['id']}", json=kept | {"json_schema": schema})
    assert sorted(places(answer)) == wrong


@pytest.mark.parametrize(
    "draft",
    [
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
    ],
)
def test_a_schema_of_each_draft_is_taken_and_used(
    user: httpx.Client, admin: httpx.Client, draft: str
) -> None:
    schema = schema_with(score={"type": "number", "minimum": 0}) | {"$schema": draft}
    benchmark = a_benchmark(user, admin, json_schema=schema)
    result = a_result(user, admin, benchmark=benchmark, json={"score": 1})
    where = {
        "benchmark_id": benchmark["id"],
        "flavor_id": result["flavor"]["id"],
        "execution_datetime": result["execution_datetime"],
    }
    assert places(user.post("/results", params=where, json={"score": -1})) == ["/score"]


V1_SCHEMA = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "id": "https://benchmark.example/schema.json",
    "type": "object",
    "required": ["result", "machine"],
    "properties": {
        "result": {
            "type": "object",
            "properties": {
                "score": {
                    "type": "number",
                    "minimum": 0,
                    "exclusiveMinimum": True,
                    "suggestToUser": True,
                },
                "average": {"type": "number"},
            },
        },
        "machine": {
            "type": "object",
            "properties": {
                "cpu": {
                    "type": "object",
                    "properties": {"count": {"type": "integer", "suggestToUser": True}},
                },
                "flags": {"type": "array", "items": {"type": "string"}, "suggestToUser": True},
            },
        },
    },
}


def test_a_schema_of_v1_says_what_it_suggests(user: httpx.Client, admin: httpx.Client) -> None:
    benchmark = a_benchmark(user, admin, json_schema=V1_SCHEMA)
    fields = items(user.get(f"/benchmarks/{benchmark['id']}/fields"))
    assert {field["path"]: field["type"] for field in fields} == {
        "result.score": "number",
        "machine.cpu.count": "number",
    }
    document = {"result": {"score": 3.5, "average": 4}, "machine": {"cpu": {"count": 8}, "flags": ["avx"]}}
    result = a_result(user, admin, benchmark=benchmark, json=document)
    where = {"benchmark_id": benchmark["id"], "filters": ["machine.cpu.count > 4", "result.score <= 3.5"]}
    assert ids(user.get("/results", params=where)) == [result["id"]]


# Fields


def fields_of(client: httpx.Client, benchmark: Json) -> list[str]:
    return [field["path"] for field in items(client.get(f"/benchmarks/{benchmark['id']}/fields"))]


def test_fields_are_told_in_the_order_of_the_schema(user: httpx.Client) -> None:
    assert items(user.get(f"/benchmarks/{a_benchmark(user)['id']}/fields")) == [
        {
            "path": "score",
            "type": "number",
            "role": "metric",
            "unit": "s",
            "better": "lower",
            "primary": True,
            "samples": "samples",
            "description": "Mean wall time",
        },
        {
            "path": "machine.cores",
            "type": "number",
            "role": "machine",
            "primary": False,
            "description": "CPU cores",
        },
        {"path": "machine.cpu", "type": "text", "primary": False, "description": "CPU model"},
    ]


def test_fields_of_what_waits_for_review_are_not_for_strangers(
    client: httpx.Client, other: httpx.Client, user: httpx.Client
) -> None:
    path = f"/benchmarks/{a_benchmark(user)['id']}/fields"
    for stranger in (client, other):
        refused(stranger.get(path), 404)
    assert places(user.get(path, params={"page": 1})) == ["page"]


OBSERVED = text(
    "SELECT array_to_string(f.path, '.'), coalesce(o.number::text, o.text, o.flag::text) "
    "FROM observation o JOIN field f ON f.id = o.field_id WHERE o.result_id = :id ORDER BY f.position"
)


def observed(db: Engine, result: Json) -> list[tuple[str, str]]:
    with db.connect() as connection:
        return [(path, value) for path, value in connection.execute(OBSERVED, {"id": result["id"]})]


def edited(admin: httpx.Client, benchmark: Json, **changes: Any) -> None:
    kept = {key: benchmark[key] for key in ("docker_image", "docker_tag", "url", "json_schema")}
    made(admin.put(f"/benchmarks/{benchmark['id']}", json=kept | changes), status=204)


def test_a_changed_schema_renews_fields_and_what_was_observed(
    client: httpx.Client, user: httpx.Client, admin: httpx.Client, db: Engine
) -> None:
    benchmark = a_benchmark(user, admin)
    result = a_result(user, admin, benchmark=benchmark, json=a_document(3.5, cores=8, cpu="Old") | {"x": "y"})
    hidden = a_result(user, admin, benchmark=benchmark, flavor=result["flavor"])
    made(user.delete(f"/results/{hidden['id']}"), status=204)
    assert observed(db, result) == [("score", "3.5"), ("machine.cores", "8"), ("machine.cpu", "Old")]

    schema = deepcopy(SCHEMA)
    schema["properties"] |= {"x": {"type": "string", "suggestToUser": True}}
    del schema["properties"]["machine"]
    edited(admin, benchmark, json_schema=schema)

    assert client.get(f"/benchmarks/{benchmark['id']}").json()["json_schema"] == schema
    assert fields_of(client, benchmark) == ["score", "x"]
    assert observed(db, result) == [("score", "3.5"), ("x", "y")]
    assert observed(db, hidden) == []
    made(admin.post(f"/results/{hidden['id']}:restore"), status=204)
    assert observed(db, hidden) == [("score", "12.5")]
    for condition in ("x == y", "machine.cpu == Old"):
        where = {"benchmark_id": benchmark["id"], "filters": condition}
        assert ids(client.get("/results", params=where)) == [result["id"]]


def test_an_edit_that_keeps_the_schema_keeps_what_was_observed(
    user: httpx.Client, admin: httpx.Client, db: Engine
) -> None:
    benchmark = a_benchmark(user, admin)
    result = a_result(user, admin, benchmark=benchmark)
    before = observed(db, result)
    edited(admin, benchmark, description="Edited")
    assert observed(db, result) == before
    assert len(before) == 3


@pytest.mark.parametrize("now, then", [(True, 1), (1, True), (False, 0)])
def test_true_is_another_schema_than_one(
    user: httpx.Client, admin: httpx.Client, now: object, then: object
) -> None:
    benchmark = a_benchmark(user, json_schema=schema_with(a={"type": "number", "suggestToUser": now}))
    schema = schema_with(a={"type": "number", "suggestToUser": then})
    edited(admin, benchmark, json_schema=schema)
    stored = user.get(f"/benchmarks/{benchmark['id']}").json()["json_schema"]["properties"]["a"]
    assert stored["suggestToUser"] is then
    assert fields_of(user, benchmark) == (["a"] if then is True else [])


def test_results_are_checked_against_the_schema_as_it_is_now(user: httpx.Client, admin: httpx.Client) -> None:
    benchmark = a_benchmark(user, admin)
    flavor = a_result(user, admin, benchmark=benchmark)["flavor"]
    edited(admin, benchmark, json_schema=schema_with(score={"type": "string"}))
    a_result(user, admin, benchmark=benchmark, flavor=flavor, json={"score": "fine"})
    where = {
        "benchmark_id": benchmark["id"],
        "flavor_id": flavor["id"],
        "execution_datetime": "2024-01-01T00:00:00Z",
    }
    assert places(user.post("/results", params=where, json=a_document())) == ["/score"]
