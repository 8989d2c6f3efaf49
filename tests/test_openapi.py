"""The API answers as its document says: schemathesis makes up requests from it, good and bad.

What can't be made up (ids, images, cursors) is put in, so that good requests are carried out.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4
from zlib import crc32

import httpx
import jsonschema_rs
import orjson
import pytest
import requests
import schemathesis
from conftest import Identity, NewDatabase, Server, served, settings_for
from factories import (
    IMAGE_REGISTRY,
    Json,
    a_benchmark,
    a_claim,
    a_document,
    a_flavor,
    a_result,
    a_site,
    a_tag,
    made,
    unique,
)
from hypothesis import settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from eosc_perf.server import create_app
from eosc_perf.server.config import Settings
from eosc_perf.server.web import openapi
from eosc_perf.server.web.access import POLICY, admin, anyone
from eosc_perf.server.web.json_filter import LONGEST_PATH, LONGEST_VALUE

PEOPLE = ("anyone", "user", "admin")
DOCUMENT = openapi.document(create_app(Settings(database_url="postgresql://")))
CONFIG: Json = {
    "generation": {"deterministic": True, "max-examples": 12},
    # What is asked must not depend on what was answered, else it would differ from run to run.
    "phases": {
        "examples": {"extra-data-sources": {"responses": False}},
        "coverage": {"extra-data-sources": {"responses": False}},
        "fuzzing": {"extra-data-sources": {"responses": False}, "error-feedback": {"enabled": False}},
    },
}
UNSTORABLE = re.compile(r"\\x00|\ufffd|[0-9]{19}")
"""In the repr of a request: NUL, what stands for bytes that are not UTF-8, integers beyond 64 bits."""
schema = schemathesis.openapi.from_dict(DOCUMENT, config=schemathesis.Config.from_dict(CONFIG))
# A JSON Schema can't say which dates are in the future, or too far away to be stored.
moments = st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2024, 1, 1))
schemathesis.openapi.format("date-time", moments.map(lambda moment: f"{moment.isoformat()}Z"))


@schemathesis.serializer("application/x-ndjson")
def as_lines(context: Any, value: Any) -> bytes:
    return str(value).encode()


class World:
    """A server with a database of its own, and what there is in it for requests to be about."""

    def __init__(self, server: Server, user: httpx.Client, admin: httpx.Client) -> None:
        self.server, self.user, self.admin = server, user, admin
        self.session = requests.Session()
        self.session.trust_env = False
        self.benchmark = a_benchmark(user, admin, json_schema={})
        self.measured = a_benchmark(user, admin)
        self.site = a_site(user, admin)
        self.flavor = a_flavor(user, admin, site=self.site)
        self.tag = a_tag(user)
        self.results = [self.new_result(), self.new_result()]
        self.claim = a_claim(user, self.results[0])
        first = user.get("/results", params={"per_page": 1})
        self.cursor = re.search(r"after=([^&>]+)", first.headers["Link"])[1]  # type: ignore[index]
        self.carried_out: set[str] = set()

    def headers(self, person: str) -> dict[str, str]:
        if person == "anyone":
            return {}
        return {"Authorization": f"Bearer {self.server.identity.token(person)}"}

    def known(self, kind: str) -> str:
        """The id of a thing that stays as it is."""
        things = {
            "benchmarks": self.benchmark,
            "sites": self.site,
            "flavors": self.flavor,
            "tags": self.tag,
            "results": self.results[0],
            "claims": self.claim,
        }
        return str(things[kind]["id"])

    def fresh(self, kind: str, *, waiting: bool, withdrawn: bool) -> str:
        """The id of a new thing, which may be changed or removed."""
        reviewer = None if waiting else self.admin
        makers = {
            "benchmarks": lambda: a_benchmark(self.user, reviewer),
            "sites": lambda: a_site(self.user, reviewer),
            "flavors": lambda: a_flavor(self.user, reviewer, site=self.site),
            "tags": lambda: a_tag(self.user),
            "results": lambda: self.new_result(withdrawn=withdrawn),
            "claims": lambda: a_claim(self.user, self.new_result()),
        }
        return str(makers[kind]()["id"])

    def new_result(self, *, withdrawn: bool = False) -> Json:
        result = a_result(self.user, self.admin, benchmark=self.benchmark, flavor=self.flavor)
        if withdrawn:
            made(self.user.delete(f"/results/{result['id']}"), status=204)
        return result

    def line(self) -> str:
        """A result of a batch."""
        where = {"benchmark_id": self.benchmark["id"], "flavor_id": self.flavor["id"], "tags_ids": []}
        when = {"execution_datetime": "2024-05-06T07:08:09Z"}
        return orjson.dumps({**where, **when, "json": a_document()}).decode()


@pytest.fixture(scope="module")
def world(
    new_database: NewDatabase, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    log = tmp_path_factory.mktemp("schemathesis") / "server.log"
    with (
        served(settings_for(new_database(), identity), identity, log) as server,
        server.client("user") as user,
        server.client("admin") as admin,
    ):
        yield World(server, user, admin)


@pytest.mark.parametrize("person", PEOPLE)
@schema.parametrize()
@settings(deadline=None)
def test_no_answer_contradicts_the_document(case: Case, person: str, world: World) -> None:
    name = case.operation.definition.raw["operationId"]
    if is_enumerated(case) and person != asker(case):
        return
    fill_in(case, name, person, world)
    if name == "register_user":
        world.user.delete("/users/self")
    try:
        answer = case.call_and_validate(
            base_url=world.server.url,
            session=world.session,
            headers=world.headers(person),
            excluded_checks=unchecked(case, name),
        )
    finally:
        if name in {"register_user", "remove_self"}:
            world.user.post("/users:register")
            world.admin.post("/users:register")
    if answer.status_code < 300:
        world.carried_out.add(name)
        is_whole(case, answer)


def is_enumerated(case: Case) -> bool:
    """One of the thousands that go through the document value by value, in contrast to the random ones."""
    return case.meta is not None and case.meta.phase.name == TestPhase.COVERAGE


def asker(case: Case) -> str:
    """Those who may do it share the enumerated requests; random ones are sent by everybody."""
    rule = POLICY[case.operation.definition.raw["x-permission"]]
    may = PEOPLE if rule is anyone else ("admin",) if rule is admin else ("user", "admin")
    sent = (case.method, case.path_parameters, case.query, case.headers, case.body, case.media_type)
    return may[crc32(repr(sent).encode(errors="surrogatepass")) % len(may)]


def test_good_requests_were_carried_out(world: World) -> None:
    """Else the tests above compare refusals only."""
    names = {each["operationId"] for each in openapi.operations_of(DOCUMENT)}
    assert names - world.carried_out == set()


def fill_in(case: Case, name: str, person: str, world: World) -> None:
    """Put real things in place of ids, images and cursors that are well-formed."""
    if is_id(case.path_parameters.get("id")):
        case.path_parameters["id"] = subject(case, name, person, world)
    if "Idempotency-Key" in case.headers and good(case, ParameterLocation.HEADER):
        case.headers["Idempotency-Key"] = uuid4().hex
    query, body = case.query, case.body
    for kind in ("benchmark", "site", "flavor"):
        if is_id(query.get(f"{kind}_id")):
            query[f"{kind}_id"] = world.known(f"{kind}s")
    if "after" in query and good(case, ParameterLocation.QUERY):
        query["after"] = world.cursor
        query.pop("sort_by", None)
        query.pop("page", None)
    if name == "remove_users" and not query:
        query["email"] = "nobody@example.org"
    for place in (query, body):
        tags = place.get("tags_ids") if isinstance(place, dict) else None
        if isinstance(tags, list) and all(map(is_id, tags)):
            place["tags_ids"] = [world.tag["id"]] * len(tags)
    if isinstance(body, dict) and is_short(body.get("docker_image")):
        body["docker_image"] = f"{IMAGE_REGISTRY}/{unique('image')}"
    if name in FINDING:
        ask_for_declared(case, world)
    if name == "submit_results" and good(case, ParameterLocation.BODY):
        case.body = world.line()


FINDING = {"rank_candidates", "rank_with_own_machine", "show_scaling", "show_drift"}
DECLARED: Json = {
    "filters": ["machine.cores >= 2"],
    "by": ["machine.cpu"],
    "per": "machine.cores",
    "over": "machine.cores",
    "baseline": "best",
}


def ask_for_declared(case: Case, world: World) -> None:
    """What a question may name depends on the benchmark, which a document can't say."""
    if not bad(case, ParameterLocation.QUERY):
        id = world.measured["id"]
        metric = "score" if "benchmark_id" in case.query else id
        known = DECLARED | {"metrics": [f"{id}:score:2"], "metric": metric, "benchmark_id": id}
        case.query.update({name: known[name] for name in case.query if name in known})
    if not bad(case, ParameterLocation.BODY) and isinstance(case.body, dict):
        for each in case.body["documents"]:
            each.update(benchmark_id=world.measured["id"], json=a_document())


def subject(case: Case, name: str, person: str, world: World) -> str:
    """The id of what the request is about."""
    kind = re.search(r"(\w+)/\{id\}", case.operation.path)[1]  # type: ignore[index]
    only_admins = POLICY[case.operation.definition.raw["x-permission"]] is admin
    allowed = person == "admin" or (person == "user" and not only_admins)
    if case.operation.method == "get" or name == "submit_flavor" or not allowed:
        return world.known(kind)
    return world.fresh(
        kind, waiting=name.startswith(("approve_", "reject_")), withdrawn=name == "restore_result"
    )


def unchecked(case: Case, name: str) -> list[Any]:
    """Checks that say nothing about this request."""
    checks: list[Any] = []
    filters = case.query.get("filters", [])
    long = isinstance(filters, list) and any(map(is_long, filters))
    if UNSTORABLE.search(repr((case.query, case.body))) or long:
        # These are refused everywhere, which schemas can't say.
        checks.append(positive_data_acceptance)
    if name == "submit_results":
        # Its schema says text, and everything is text on the wire; each line is answered by itself.
        checks.append(negative_data_rejection)
    if name.startswith(("delete_", "reject_", "withdraw_")):
        # It sends the request again without a token; the thing is gone then, which is 404 for everyone.
        checks.append(ignored_auth)
    return checks


def is_whole(case: Case, answer: Any) -> None:
    """Unless `fields` was given, lists hold whole items: the document's other way is not for them."""
    declared = case.operation.definition.raw["responses"].get("200", {}).get("content", {})
    ways = declared.get("application/json", {}).get("schema", {}).get("anyOf")
    if ways and not case.query.get("fields"):
        page_validator(ways[0]["$ref"]).validate(answer.json())


@cache
def page_validator(reference: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for({"$ref": reference, "components": DOCUMENT["components"]})


def good(case: Case, location: ParameterLocation) -> bool:
    """Whether this part of the request follows the document."""
    assert case.meta is not None
    part = case.meta.components.get(location)
    return part is not None and part.mode.is_positive


def bad(case: Case, location: ParameterLocation) -> bool:
    """Whether this part was made to contradict the document; examples say nothing of their parts."""
    assert case.meta is not None
    part = case.meta.components.get(location)
    return part is not None and part.mode.is_negative


def is_id(text: object) -> bool:
    try:
        return bool(UUID(text))  # type: ignore[arg-type]
    except (ValueError, AttributeError, TypeError):
        return False


def is_long(text: object) -> bool:
    """Whether a part of this filter is longer than it may be, though the whole is not."""
    path, _, value = (*str(text).split(maxsplit=2), "", "", "")[:3]
    return len(path) > LONGEST_PATH or len(value) > LONGEST_VALUE


def is_short(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text) < 256
