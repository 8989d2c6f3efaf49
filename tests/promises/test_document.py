"""The OpenAPI document says the truth, all of it, and in a form that tools read."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from who import application

from eosc_perf.server import create_app
from eosc_perf.server.config import Settings
from eosc_perf.server.web import openapi
from eosc_perf.server.web.access import POLICY, who

Json = dict[str, Any]

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
DOCUMENT: Json = openapi.document(create_app(Settings(database_url="postgresql://")))
OPERATIONS = [
    pytest.param(path, method, operation, id=operation["operationId"])
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]
every_operation = pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for each in part.values():
            yield from references(each)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def test_the_committed_document_is_what_the_command_prints() -> None:
    command = [sys.executable, "-m", "eosc_perf.cli", "openapi"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert COMMITTED.read_text() == printed, "run `make openapi`"


def test_the_document_is_valid_openapi_3_1() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(DOCUMENT).validate()


@pytest.mark.parametrize("name", DOCUMENT["components"]["schemas"])
def test_every_schema_is_a_json_schema(name: str) -> None:
    jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema(name))


def schema(name: str) -> Json:
    found: Json = DOCUMENT["components"]["schemas"][name]
    return found


def test_every_reference_leads_to_a_schema_and_every_schema_is_referred_to() -> None:
    named = {each.removeprefix("#/components/schemas/") for each in references(DOCUMENT)}
    assert named == set(DOCUMENT["components"]["schemas"])


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [each.id for each in OPERATIONS]
    assert len(names) == len(set(names))


@every_operation
def test_every_operation_says_what_it_does_and_for_whom(path: str, method: str, operation: Json) -> None:
    assert operation["summary"].endswith(".")
    assert operation["x-permission"] in POLICY
    assert f"For {who(operation['x-permission'])}." in operation["description"]
    assert ({} in operation["security"]) == (who(operation["x-permission"]) == "anyone")


@every_operation
def test_every_parameter_is_described(path: str, method: str, operation: Json) -> None:
    assert ("{id}" in path) == any(each["in"] == "path" for each in operation["parameters"])
    for each in operation["parameters"]:
        assert each["description"], each["name"]
        assert {"type": "null"} not in each["schema"].get("anyOf", []), each["name"]
        for example in each["schema"].get("examples", []):
            checked = jsonschema_rs.validator_for(each["schema"], validate_formats=True)
            assert checked.is_valid(example), (each["name"], example)


@every_operation
def test_every_error_is_declared_as_a_problem_document(path: str, method: str, operation: Json) -> None:
    errors = {status: each for status, each in operation["responses"].items() if status >= "400"}
    assert {"401", "422", "503"} <= set(errors)
    assert ("404" in errors) >= ("{id}" in path)
    assert ("413" in errors) == ("requestBody" in operation)
    for status, each in errors.items():
        [(media_type, content)] = each["content"].items()
        assert media_type == "application/problem+json"
        assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
        example = content.get("example", schema("Problem")["example"])
        assert example["status"] == int(status)


@every_operation
def test_every_success_with_a_body_has_a_schema(path: str, method: str, operation: Json) -> None:
    successes = [(status, each) for status, each in operation["responses"].items() if status < "300"]
    assert successes
    for status, each in successes:
        assert each["description"]
        assert ("content" in each) == (status != "204")


@every_operation
def test_every_request_body_has_an_example_that_its_schema_allows(
    path: str, method: str, operation: Json
) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        whole = {"components": DOCUMENT["components"], **content["schema"]}
        jsonschema_rs.validate(whole, content["example"], validate_formats=True)


@every_operation
def test_every_post_of_registered_people_takes_an_idempotency_key(
    path: str, method: str, operation: Json
) -> None:
    takes = any(each["name"] == "Idempotency-Key" for each in operation["parameters"])
    stores_nothing_twice = operation["x-permission"] in {"user:register", "ranking:read"}
    assert takes == (method == "post" and not stores_nothing_twice)


def test_submitting_a_result_answers_201_or_what_would_be_stored() -> None:
    responses = DOCUMENT["paths"]["/api/v1/results"]["post"]["responses"]
    assert list(references(responses["201"])) == ["#/components/schemas/Result"]
    assert list(references(responses["200"])) == ["#/components/schemas/DryRun"]


SORTED = [
    pytest.param(path, each, id=operation["operationId"])
    for path, operations in DOCUMENT["paths"].items()
    for operation in operations.values()
    for each in operation["parameters"]
    if each["name"] == "sort_by"
]


@pytest.mark.parametrize(("path", "parameter"), SORTED)
def test_lists_sort_by_the_keys_that_the_document_names_and_no_others(
    path: str, parameter: Json, admin: Any, request: pytest.FixtureRequest
) -> None:
    url = path.removeprefix("/api/v1").replace("{id}", request.getfixturevalue("site_id"))
    keys = parameter["description"].partition(" Keys: ")[2].partition(" Example: ")[0]
    said = re.findall(r"`([^`]+)`", keys)
    assert said
    for key in said:
        name = key.replace("<path>", "score")
        assert re.search(parameter["schema"]["pattern"], f"-{name}")
        assert admin.get(url, params={"sort_by": f"-{name}"}).status_code == 200
    refused = admin.get(url, params={"sort_by": "-nothing"}).json()
    assert refused["detail"].endswith(f"Known keys: {', '.join(said)}.")


@pytest.fixture(scope="module")
def site_id(app: Any) -> str:
    from factories import a_site

    with app.client("admin") as admin:
        return str(a_site(admin, admin)["id"])


def test_the_servers_are_those_of_the_setting(settings: Settings) -> None:
    from dataclasses import replace

    hosts = ("https://one.example", "https://two.example")
    with application(replace(settings, api_servers=hosts)) as app:
        told = app.test_client().get("/api/v1/api-spec.json").get_json()
    assert [each["url"] for each in told["servers"]] == list(hosts)


def test_both_addresses_answer_the_same_document(client: Any) -> None:
    documents = [client.get(path).json() for path in ("/api-spec.json", "/openapi.json")]
    assert documents[0] == documents[1]
    assert set(documents[0]["paths"]) == set(json.loads(COMMITTED.read_text())["paths"])
