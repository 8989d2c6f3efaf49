"""Who may do what: every operation of the document, tried by everybody."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from json import dumps
from typing import Any
from uuid import uuid4

import httpx
import pytest
from answers import places, refused
from conftest import Server
from factories import (
    Json,
    a_benchmark,
    a_claim,
    a_document,
    a_flavor,
    a_result,
    a_site,
    a_tag,
    made,
    new_benchmark,
    unique,
)

from eosc_perf.server.demo.identity import ADMIN_ENTITLEMENT

ANONYMOUS, NEWCOMER, OTHER, OWNER, ADMIN = CALLERS = ("anonymous", "newcomer", "other", "owner", "admin")
EVERYBODY = frozenset(CALLERS)
WITH_TOKEN = EVERYBODY - {ANONYMOUS}
REGISTERED = WITH_TOKEN - {NEWCOMER}
OWNER_OR_ADMIN = frozenset({OWNER, ADMIN})
ONLY_ADMIN = frozenset({ADMIN})

Cast = dict[str, httpx.Client]
Make = Callable[[Cast], Json]


@pytest.fixture(scope="module")
def cast(app: Server) -> Iterator[Cast]:
    """People of these tests' own, as some of them leave and register."""
    with ExitStack() as clients:
        people = {ANONYMOUS: clients.enter_context(app.client())}
        for name in CALLERS[1:]:
            entitlements = (ADMIN_ENTITLEMENT,) if name == ADMIN else ()
            sub = f"{name}-{uuid4().hex}"
            token = app.identity.token(sub, entitlements=entitlements, email=f"{sub}@mail.example")
            client = clients.enter_context(app.client())
            client.headers["Authorization"] = f"Bearer {token}"
            people[name] = client
            if name != NEWCOMER:
                made(client.post("/users:register"))
        yield people


@dataclass(frozen=True)
class Operation:
    """allowed: who may. make: what `{id}` names, uploaded by the owner. send: the rest of the request.

    answers: what else than success those get who may, by caller. undo: what they send afterwards.
    """

    allowed: frozenset[str]
    make: Make | None = None
    send: Callable[[Cast], Json] = lambda cast: {}
    answers: dict[str, int] = field(default_factory=dict)
    undo: dict[str, tuple[str, str]] = field(default_factory=dict)


def benchmark(cast: Cast) -> Json:
    return a_benchmark(cast[OWNER], cast[ADMIN])


def site(cast: Cast) -> Json:
    return a_site(cast[OWNER], cast[ADMIN])


def flavor(cast: Cast) -> Json:
    return a_flavor(cast[OWNER], cast[ADMIN])


def tag(cast: Cast) -> Json:
    return a_tag(cast[OWNER])


def result(cast: Cast) -> Json:
    return a_result(cast[OWNER], cast[ADMIN])


def withdrawn(cast: Cast) -> Json:
    thing = result(cast)
    made(cast[ADMIN].delete(f"/results/{thing['id']}"), status=204)
    return thing


def claim(cast: Cast) -> Json:
    return a_claim(cast[OTHER], result(cast))


def pending(make: Callable[..., Json]) -> Make:
    return lambda cast: make(cast[OWNER])


def pending_flavor(cast: Cast) -> Json:
    return a_flavor(cast[OWNER], site=site(cast))


def body(**values: Any) -> Callable[[Cast], Json]:
    """A body with values for all that must be unique."""
    return lambda cast: {
        "json": {key: value() if callable(value) else value for key, value in values.items()}
    }


def a_name() -> str:
    return unique("name")


NEW_SITE = body(name=a_name, address="https://site.example")
NEW_FLAVOR = NEW_TAG = body(name=a_name)


def a_new_benchmark(cast: Cast) -> Json:
    return {"json": new_benchmark()}


def new_result(cast: Cast) -> Json:
    where = {
        "benchmark_id": benchmark(cast)["id"],
        "flavor_id": flavor(cast)["id"],
        "execution_datetime": "2024-01-01T00:00:00Z",
    }
    return {"params": where, "json": a_document()}


def a_batch(cast: Cast) -> Json:
    one = new_result(cast)
    return {"content": dumps(one["params"] | {"json": one["json"]})}


def nobody(cast: Cast) -> Json:
    return {"params": {"sub": uuid4().hex}}


def a_question(cast: Cast) -> Json:
    return {"params": {"metrics": benchmark(cast)["id"]}}


def own_machine(cast: Cast) -> Json:
    asked = a_question(cast)
    document = {"benchmark_id": asked["params"]["metrics"], "json": a_document()}
    return asked | {"json": {"documents": [document]}}


def scaling(cast: Cast) -> Json:
    place = made(cast[OWNER].get(f"/flavors/{flavor(cast)['id']}/site"), status=200)
    where = {"benchmark_id": benchmark(cast)["id"], "site_id": place["id"]}
    return {"params": where | {"over": "machine.cores"}}


def drift(cast: Cast) -> Json:
    return {"params": {"metric": benchmark(cast)["id"], "flavor_id": flavor(cast)["id"]}}


# What strangers may not see is missing for them, not forbidden.
HIDDEN = dict.fromkeys((ANONYMOUS, NEWCOMER, OTHER), 404)
KNOWN = dict.fromkeys(REGISTERED, 409)

OPERATIONS = {
    "GET /info": Operation(EVERYBODY),
    "GET /benchmarks": Operation(EVERYBODY),
    "POST /benchmarks": Operation(REGISTERED, send=a_new_benchmark),
    "GET /benchmarks:search": Operation(EVERYBODY),
    "GET /benchmarks/{id}": Operation(EVERYBODY, benchmark),
    "GET /benchmarks/{id}/fields": Operation(EVERYBODY, benchmark),
    "GET /benchmarks/{id}/ranges": Operation(EVERYBODY, benchmark),
    "PUT /benchmarks/{id}": Operation(ONLY_ADMIN, benchmark, a_new_benchmark),
    "DELETE /benchmarks/{id}": Operation(ONLY_ADMIN, benchmark),
    "POST /benchmarks/{id}:approve": Operation(ONLY_ADMIN, pending(a_benchmark), answers=HIDDEN),
    "POST /benchmarks/{id}:reject": Operation(ONLY_ADMIN, pending(a_benchmark), answers=HIDDEN),
    "GET /sites": Operation(EVERYBODY),
    "POST /sites": Operation(REGISTERED, send=NEW_SITE),
    "GET /sites:search": Operation(EVERYBODY),
    "GET /sites/{id}": Operation(EVERYBODY, site),
    "PUT /sites/{id}": Operation(ONLY_ADMIN, site, NEW_SITE),
    "DELETE /sites/{id}": Operation(ONLY_ADMIN, site),
    "POST /sites/{id}:approve": Operation(ONLY_ADMIN, pending(a_site), answers=HIDDEN),
    "POST /sites/{id}:reject": Operation(ONLY_ADMIN, pending(a_site), answers=HIDDEN),
    "GET /sites/{id}/flavors": Operation(EVERYBODY, site),
    "GET /sites/{id}/flavors:search": Operation(EVERYBODY, site),
    "POST /sites/{id}/flavors": Operation(REGISTERED, site, NEW_FLAVOR),
    "GET /flavors/{id}": Operation(EVERYBODY, flavor),
    "GET /flavors/{id}/site": Operation(EVERYBODY, flavor),
    "PUT /flavors/{id}": Operation(ONLY_ADMIN, flavor, NEW_FLAVOR),
    "DELETE /flavors/{id}": Operation(ONLY_ADMIN, flavor),
    "POST /flavors/{id}:approve": Operation(ONLY_ADMIN, pending_flavor, answers=HIDDEN),
    "POST /flavors/{id}:reject": Operation(ONLY_ADMIN, pending_flavor, answers=HIDDEN),
    "GET /tags": Operation(EVERYBODY),
    "POST /tags": Operation(REGISTERED, send=NEW_TAG),
    "GET /tags:search": Operation(EVERYBODY),
    "GET /tags/{id}": Operation(EVERYBODY, tag),
    "PUT /tags/{id}": Operation(ONLY_ADMIN, tag, NEW_TAG),
    "DELETE /tags/{id}": Operation(ONLY_ADMIN, tag),
    "GET /results": Operation(EVERYBODY),
    "POST /results": Operation(REGISTERED, send=new_result),
    "POST /results:batch": Operation(REGISTERED, send=a_batch),
    "GET /results:export": Operation(EVERYBODY),
    "GET /results:search": Operation(EVERYBODY),
    "GET /results/{id}": Operation(EVERYBODY, result),
    "DELETE /results/{id}": Operation(OWNER_OR_ADMIN, result),
    "POST /results/{id}:restore": Operation(ONLY_ADMIN, withdrawn, answers=HIDDEN),
    "PUT /results/{id}/tags": Operation(OWNER_OR_ADMIN, result, body(tags_ids=[])),
    "POST /results/{id}:claim": Operation(REGISTERED, result, body(message="Too fast.")),
    "GET /results/{id}/claims": Operation(OWNER_OR_ADMIN, result),
    "GET /results/{id}/uploader": Operation(ONLY_ADMIN, result),
    "GET /rankings": Operation(EVERYBODY, send=a_question),
    "POST /rankings": Operation(EVERYBODY, send=own_machine),
    "GET /scaling": Operation(EVERYBODY, send=scaling),
    "GET /drift": Operation(EVERYBODY, send=drift),
    "GET /reports/submits": Operation(ONLY_ADMIN),
    "GET /reports/events": Operation(ONLY_ADMIN),
    "GET /reports/claims": Operation(ONLY_ADMIN),
    "GET /reports/claims/{id}": Operation(ONLY_ADMIN, claim),
    "POST /reports/claims/{id}:approve": Operation(ONLY_ADMIN, claim),
    "POST /reports/claims/{id}:reject": Operation(ONLY_ADMIN, claim),
    "GET /users": Operation(ONLY_ADMIN),
    "GET /users:search": Operation(ONLY_ADMIN),
    "POST /users:remove": Operation(ONLY_ADMIN, send=nobody),
    "POST /users:register": Operation(WITH_TOKEN, answers=KNOWN, undo={NEWCOMER: ("DELETE", "/users/self")}),
    "GET /users/self": Operation(WITH_TOKEN, answers={NEWCOMER: 404}),
    "DELETE /users/self": Operation(REGISTERED, undo=dict.fromkeys(REGISTERED, ("POST", "/users:register"))),
    "POST /users/self:update": Operation(REGISTERED),
    "GET /users/self:try_admin": Operation(ONLY_ADMIN),
    "GET /users/self/results": Operation(REGISTERED),
    "GET /users/self/submits": Operation(REGISTERED),
    "GET /users/self/claims": Operation(REGISTERED),
}


def test_the_table_names_every_operation_of_the_document(client: httpx.Client) -> None:
    documented = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, operations in client.get("/api-spec.json").json()["paths"].items()
        for method in operations
    }
    assert documented == OPERATIONS.keys()


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_for_those_it_is_meant_for(cast: Cast, name: str, caller: str) -> None:
    operation = OPERATIONS[name]
    answer = call(cast, name, caller)
    if caller in operation.answers:
        refused(answer, operation.answers[caller])
    elif caller in operation.allowed:
        assert answer.is_success, answer.text
    else:
        refused(answer, 401 if caller == ANONYMOUS else 403)
    if caller in operation.undo:
        assert cast[caller].request(*operation.undo[caller]).is_success


def call(
    cast: Cast, name: str, caller: str, *, id: str | None = None, send: Json | None = None, **headers: str
) -> httpx.Response:
    """What the caller is answered. id: instead of that of a fresh thing. send: instead of what is right."""
    operation = OPERATIONS[name]
    method, path = name.split()
    if id is None and operation.make:
        id = operation.make(cast)["id"]
    sent = operation.send(cast) if send is None else send
    return cast[caller].request(method, path.replace("{id}", id or ""), **sent, headers=headers)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_bad_token_is_refused_everywhere_also_where_none_is_needed(cast: Cast, name: str) -> None:
    answer = call(cast, name, ANONYMOUS, Authorization="Bearer none-of-ours")
    refused(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"


FORBIDDEN = [
    (name, caller)
    for name, operation in OPERATIONS.items()
    for caller in (ANONYMOUS, OTHER)
    if caller not in operation.allowed and caller not in operation.answers
]


@pytest.mark.parametrize("name, caller", FORBIDDEN)
def test_who_may_not_learns_nothing_of_what_is_wrong(cast: Cast, name: str, caller: str) -> None:
    """The guard comes before query and body."""
    answer = call(cast, name, caller, send={"params": {"colour": "red"}, "content": b"{"})
    refused(answer, 401 if caller == ANONYMOUS else 403)


@pytest.mark.parametrize("name", [name for name in OPERATIONS if "{id}" in name])
def test_what_there_is_not_is_not_found_by_anybody_who_may_ask(cast: Cast, name: str) -> None:
    refused(call(cast, name, ADMIN, id=str(uuid4())), 404)


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_unknown_parameter_is_refused_by_every_operation(cast: Cast, name: str) -> None:
    sent = OPERATIONS[name].send(cast)
    sent["params"] = sent.get("params", {}) | {"colour": "red"}
    assert places(call(cast, name, ADMIN, send=sent)) == ["colour"]
