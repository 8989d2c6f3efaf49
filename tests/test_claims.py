"""Claims: objections to results, and what is decided on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import httpx
import pytest
from answers import ids, items, places, refused
from conftest import Server
from factories import Json, a_benchmark, a_claim, a_document, a_flavor, a_result, made


@dataclass(frozen=True)
class People:
    """The uploader of the results is `user`; `other` and whoever `somebody` makes claim."""

    app: Server
    nobody: httpx.Client
    newcomer: httpx.Client
    user: httpx.Client
    other: httpx.Client
    admin: httpx.Client

    @contextmanager
    def somebody(self) -> Iterator[httpx.Client]:
        name = f"claims-{uuid4().hex[:8]}"
        self.app.identity.describe(name)
        with self.app.client(name) as person:
            made(person.post("/users:register"))
            yield person


@pytest.fixture(scope="module")
def people(app: Server) -> Iterator[People]:
    clients = [app.client(name) for name in (None, "newcomer", "user", "other", "admin")]
    yield People(app, *clients)
    for client in clients:
        client.close()


@pytest.fixture(scope="module")
def place(people: People) -> dict[str, Json]:
    return {
        "benchmark": a_benchmark(people.user, people.admin),
        "flavor": a_flavor(people.user, people.admin),
    }


@pytest.fixture
def result(people: People, place: dict[str, Json]) -> Json:
    return a_result(people.user, people.admin, **place)


def claims_open(people: People, result: Json) -> int:
    """As everyone sees it: by id, and in the list (where the result must be)."""
    read = made(people.nobody.get(f"/results/{result['id']}"), status=200)
    listed = {each["id"]: each for each in all_of(people.nobody, result)}
    assert listed[result["id"]] == read
    return int(read["claims_open"])


def all_of(client: httpx.Client, result: Json) -> list[Json]:
    return items(
        client.get(
            "/results", params={"benchmark_id": result["benchmark"]["id"], "sort_by": "-upload_datetime"}
        )
    )


def decide(people: People, claim: Json, decision: str, **body: str) -> httpx.Response:
    return people.admin.post(f"/reports/claims/{claim['id']}:{decision}", json=body or None)


def with_status(people: People, status: str) -> list[str]:
    question = {"status": status, "sort_by": "-upload_datetime"}
    return ids(people.admin.get("/reports/claims", params=question))


def test_a_claim_marks_a_result_and_does_not_hide_it(people: People, result: Json) -> None:
    assert claims_open(people, result) == 0
    claim = a_claim(people.other, result, "The clock was wrong.")
    me = made(people.other.get("/users/self"), status=200)
    me.pop("is_admin")
    assert claim == {
        "id": claim["id"],
        "upload_datetime": claim["upload_datetime"],
        "message": "The clock was wrong.",
        "resource_type": "result",
        "resource_id": result["id"],
        "status": "on_review",
        "uploader": me,
    }
    assert claims_open(people, result) == 1
    a_claim(people.admin, result)
    assert claims_open(people, result) == 2
    assert claim["id"] in with_status(people, "on_review")
    assert {
        "resource_type": "claim",
        "resource_id": claim["id"],
        "name": claim["message"],
        "upload_datetime": claim["upload_datetime"],
        "uploader": me,
    } in items(
        people.admin.get("/reports/submits", params={"resource_type": "claim", "sort_by": "-upload_datetime"})
    )


def test_a_claim_takes_a_registered_person_and_a_message(people: People, result: Json) -> None:
    path = f"/results/{result['id']}:claim"
    refused(people.nobody.post(path, json={"message": "x"}), 401)
    refused(people.newcomer.post(path, json={"message": "x"}), 403)
    for wrong in (
        {},
        {"message": ""},
        {"message": "  "},
        {"message": None},
        {"message": 5},
        {"message": "x" * 5001},
    ):
        assert places(people.other.post(path, json=wrong)) == ["/message"]
    assert places(people.other.post(path, json={"message": "x", "status": "approved"})) == ["/status"]
    refused(people.other.post(path), 422)
    assert claims_open(people, result) == 0


def test_an_upheld_claim_withdraws_the_result(people: People, result: Json) -> None:
    claim = a_claim(people.other, result)
    made(decide(people, claim, "approve"), status=204)
    assert "withdrawn" in refused(people.nobody.get(f"/results/{result['id']}"), 404)["detail"]
    for reader in (people.nobody, people.user, people.admin):
        assert result["id"] not in {each["id"] for each in all_of(reader, result)}
    assert made(people.user.get(f"/results/{result['id']}"), status=200)["claims_open"] == 0
    assert claim["id"] in with_status(people, "approved")
    assert claim["id"] in ids(people.admin.get("/reports/claims", params={"sort_by": "-upload_datetime"}))


def test_a_dismissed_claim_takes_the_mark_away(people: People, result: Json) -> None:
    claim, another = a_claim(people.other, result), a_claim(people.admin, result)
    made(decide(people, claim, "reject", reason="Checked: it was right."), status=204)
    assert claims_open(people, result) == 1
    made(decide(people, another, "reject"), status=204)
    assert claims_open(people, result) == 0
    assert claim["id"] in with_status(people, "rejected")
    read = made(people.admin.get(f"/reports/claims/{claim['id']}"), status=200)
    assert read == claim | {"status": "rejected"}


@pytest.mark.parametrize("first", ["approve", "reject"])
@pytest.mark.parametrize("second", ["approve", "reject"])
def test_a_claim_is_decided_once(people: People, result: Json, first: str, second: str) -> None:
    claim = a_claim(people.other, result)
    made(decide(people, claim, first), status=204)
    assert "decided" in refused(decide(people, claim, second), 422)["detail"]
    seen = people.nobody.get(f"/results/{result['id']}").status_code
    assert seen == (404 if first == "approve" else 200)


def test_one_person_has_one_open_claim_on_a_result(people: People, result: Json) -> None:
    claim = a_claim(people.other, result)
    refused(people.other.post(f"/results/{result['id']}:claim", json={"message": "Again."}), 409)
    assert claims_open(people, result) == 1
    made(decide(people, claim, "reject"), status=204)
    a_claim(people.other, result, "With proof now.")
    assert claims_open(people, result) == 1


def test_a_withdrawn_result_takes_no_claims(people: People, result: Json) -> None:
    path = f"/results/{result['id']}"
    made(people.user.delete(path), status=204)
    refused(people.other.post(f"{path}:claim", json={"message": "x"}), 404)
    for knows in (people.user, people.admin):
        assert "withdrawn" in refused(knows.post(f"{path}:claim", json={"message": "x"}), 422)["detail"]


def test_a_claim_that_waits_may_be_decided_when_the_result_is_gone(people: People, result: Json) -> None:
    first, second = a_claim(people.other, result), a_claim(people.admin, result)
    made(people.user.delete(f"/results/{result['id']}"), status=204)
    made(decide(people, first, "approve"), status=204)
    made(decide(people, second, "reject"), status=204)
    made(people.admin.post(f"/results/{result['id']}:restore"), status=204)
    assert claims_open(people, result) == 0


def test_claims_of_a_result_are_for_its_uploader_and_admins_and_claimants_for_admins(
    people: People, result: Json
) -> None:
    claim = a_claim(people.other, result)
    path = f"/results/{result['id']}/claims"
    refused(people.nobody.get(path), 401)
    refused(people.newcomer.get(path), 403)
    refused(people.other.get(path), 403)
    assert items(people.admin.get(path)) == [claim]
    unnamed = {name: value for name, value in claim.items() if name != "uploader"}
    assert items(people.user.get(path)) == [unnamed]


def test_reports_are_for_admins(people: People, result: Json) -> None:
    claim = a_claim(people.other, result)
    one = f"/reports/claims/{claim['id']}"
    for method, path in (
        ("GET", "/reports/claims"),
        ("GET", one),
        ("POST", f"{one}:approve"),
        ("POST", f"{one}:reject"),
    ):
        for by, status in (
            (people.nobody, 401),
            (people.newcomer, 403),
            (people.other, 403),
            (people.user, 403),
        ):
            refused(by.request(method, path), status)
    for method, tail in (("GET", ""), ("POST", ":approve"), ("POST", ":reject")):
        refused(people.admin.request(method, f"/reports/claims/{uuid4()}{tail}"), 404)
    assert places(people.admin.get("/reports/claims", params={"status": "odd"})) == ["status"]


def test_reported_claims_are_sorted_and_bounded_by_date(people: People, place: dict[str, Json]) -> None:
    claims = []
    for message in ("bravo", "charlie", "alpha"):
        result = a_result(people.user, people.admin, **place, json=a_document())
        claims.append(a_claim(people.other, result, message))
    low, high = claims[0]["upload_datetime"], claims[2]["upload_datetime"]
    mine = [claim["id"] for claim in claims]

    def found(**question: str) -> list[str]:
        answer = people.admin.get("/reports/claims", params={"status": "on_review"} | question)
        return [id for id in ids(answer) if id in mine]

    assert found(sort_by="+upload_datetime", upload_after=low) == mine[1:]
    assert found(upload_after=low, upload_before=high) == [mine[1]]
    assert found(sort_by="-upload_datetime") == mine[::-1]
    assert found(sort_by="+message") == [mine[2], mine[0], mine[1]]
    assert sorted(found(sort_by="+id")) == found(sort_by="+id")
    for wrong in ("message", "+uploader", "+status"):
        assert places(people.admin.get("/reports/claims", params={"sort_by": wrong})) == ["sort_by"]


def test_own_claims_are_mine_alone(people: People, place: dict[str, Json]) -> None:
    with people.somebody() as somebody:
        results = [a_result(people.user, people.admin, **place) for _ in range(2)]
        a_claim(people.other, results[0])
        first, second = (a_claim(somebody, result) for result in results)
        made(decide(people, first, "approve"), status=204)
        mine = items(somebody.get("/users/self/claims"))
        assert mine == [second, first | {"status": "approved"}]
        assert ids(somebody.get("/users/self/claims", params={"status": "approved"})) == [first["id"]]
        assert ids(somebody.get("/users/self/claims", params={"sort_by": "+upload_datetime"})) == [
            first["id"],
            second["id"],
        ]
    refused(people.nobody.get("/users/self/claims"), 401)
    refused(people.newcomer.get("/users/self/claims"), 403)


def test_a_removed_persons_claim_stays_and_can_be_decided(people: People, result: Json) -> None:
    with people.somebody() as somebody:
        claim = a_claim(somebody, result)
        made(somebody.delete("/users/self"), status=204)
    unnamed = {name: value for name, value in claim.items() if name != "uploader"}
    assert items(people.admin.get(f"/results/{result['id']}/claims")) == [unnamed]
    assert made(people.admin.get(f"/reports/claims/{claim['id']}"), status=200) == unnamed
    assert claims_open(people, result) == 1
    made(decide(people, claim, "reject"), status=204)
    assert claims_open(people, result) == 0


def test_decisions_are_logged_with_who_and_why(people: People, result: Json) -> None:
    claim = a_claim(people.other, result)
    made(decide(people, claim, "reject", reason="Not so."), status=204)
    [entry] = items(people.admin.get("/reports/events", params={"resource_id": claim["id"]}))
    assert (entry["action"], entry["resource_type"], entry["reason"]) == ("reject", "claim", "Not so.")
    assert entry["actor"]["sub"] == "admin"
