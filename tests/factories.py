"""Data of a test's own, made over HTTP as people make it. Names are unique, so tests don't meet.

`by` uploads; give an `admin` to have the thing approved.
"""

from itertools import count
from typing import Any
from uuid import uuid4

import httpx

Json = dict[str, Any]

IMAGE_REGISTRY = "127.0.0.1:1"
"""Refuses connections at once, so that the image check is done and nothing leaves the machine."""

SCHEMA: Json = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["score"],
    "properties": {
        "score": {
            "type": "number",
            "description": "Mean wall time",
            "suggestToUser": True,
            "x-perf": {
                "role": "metric",
                "unit": "s",
                "better": "lower",
                "primary": True,
                "samples": "/samples",
            },
        },
        "samples": {"type": "array", "items": {"type": "number"}},
        "machine": {
            "type": "object",
            "properties": {
                "cores": {
                    "type": "integer",
                    "description": "CPU cores",
                    "suggestToUser": True,
                    "x-perf": {"role": "machine"},
                },
                "cpu": {"type": "string", "description": "CPU model", "suggestToUser": True},
            },
        },
    },
}

_numbers = count(1)


def unique(what: str) -> str:
    return f"{what}-{next(_numbers)}-{uuid4().hex[:6]}"


def made(answer: httpx.Response, *, status: int = 201) -> Json:
    """The answer's JSON, after checking that the request was carried out."""
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else {}


def a_site(by: httpx.Client, admin: httpx.Client | None = None, **values: Any) -> Json:
    site = made(by.post("/sites", json={"name": unique("site"), "address": "https://site.example"} | values))
    return _approved(site, f"/sites/{site['id']}", admin)


def a_flavor(
    by: httpx.Client, admin: httpx.Client | None = None, *, site: Json | None = None, **values: Any
) -> Json:
    site = site or a_site(by, admin)
    flavor = made(by.post(f"/sites/{site['id']}/flavors", json={"name": unique("flavor")} | values))
    return _approved(flavor, f"/flavors/{flavor['id']}", admin)


def new_benchmark(**values: Any) -> Json:
    """What one sends to submit a benchmark."""
    return {
        "docker_image": f"{IMAGE_REGISTRY}/{unique('benchmark')}",
        "docker_tag": "1.0",
        "url": "https://benchmark.example",
        "json_schema": SCHEMA,
    } | values


def a_benchmark(by: httpx.Client, admin: httpx.Client | None = None, **values: Any) -> Json:
    benchmark = made(by.post("/benchmarks", json=new_benchmark(**values)))
    return _approved(benchmark, f"/benchmarks/{benchmark['id']}", admin)


def a_tag(by: httpx.Client, **values: Any) -> Json:
    return made(by.post("/tags", json={"name": unique("tag")} | values))


def a_document(score: float = 12.5, *, cores: int = 4, cpu: str = "Example CPU 1") -> Json:
    """What the image of `a_benchmark` prints."""
    return {"score": score, "samples": [score], "machine": {"cores": cores, "cpu": cpu}}


def a_result(
    by: httpx.Client,
    admin: httpx.Client,
    *,
    benchmark: Json | None = None,
    flavor: Json | None = None,
    json: Any = None,
    executed: str = "2024-05-06T07:08:09+00:00",
    tags: list[Json] | None = None,
) -> Json:
    """A listed result, with an approved benchmark and flavor of its own unless they are given."""
    where = {
        "benchmark_id": (benchmark or a_benchmark(by, admin))["id"],
        "flavor_id": (flavor or a_flavor(by, admin))["id"],
        "execution_datetime": executed,
        "tags_ids": [tag["id"] for tag in tags or []],
    }
    return made(by.post("/results", params=where, json=a_document() if json is None else json))


def a_claim(by: httpx.Client, result: Json, message: str = "The clock was wrong.") -> Json:
    return made(by.post(f"/results/{result['id']}:claim", json={"message": message}))


def _approved(thing: Json, path: str, admin: httpx.Client | None) -> Json:
    if admin is None:
        return thing
    made(admin.post(f"{path}:approve"), status=204)
    return made(admin.get(path), status=200)
