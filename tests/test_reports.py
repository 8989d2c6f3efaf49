"""Reviews: what waits is seen by its uploader and admins only, admins decide once, and the log remembers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from answers import ids, items, places, refused
from conftest import Server
from factories import Json, a_benchmark, a_claim, a_flavor, a_result, a_site, made, unique
from sqlalchemy import Engine, text


@dataclass(frozen=True)
class Kind:
    """Something that is reviewed. named: the members that no two may have in common."""

    name: str
    make: Callable[..., Json]
    named: tuple[str, ...]

    def path(self, thing: Json) -> str:
        return f"/{self.name}s/{thing['id']}"

    def lists(self, thing: Json) -> list[tuple[str, Json]]:
        """Lists that hold the thing, narrowed down to it."""
        whole = f"/sites/{thing['site']['id']}/flavors" if "site" in thing else f"/{self.name}s"
        exact = {member: thing[member] for member in self.named}
        return [(whole, exact), (f"{whole}:search", {"terms": thing[self.named[0]]})]


def a_flavor_and_its_site(user: httpx.Client, admin: httpx.Client | None = None, **values: Any) -> Json:
    """A flavor, with its site as a further member."""
    site = values.pop("site", None) or a_site(user, admin)
    return a_flavor(user, admin, site=site, **values) | {"site": site}


SITE = Kind("site", a_site, ("name",))
FLAVOR = Kind("flavor", a_flavor_and_its_site, ("name",))
BENCHMARK = Kind("benchmark", a_benchmark, ("docker_image", "docker_tag"))
KINDS = (SITE, FLAVOR, BENCHMARK)


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


def shown(client: httpx.Client, kind: Kind, thing: Json, *, status: str = "on_review") -> list[bool]:
    """Whether the client sees a thing in its lists of that status."""
    return [
        thing["id"] in ids(client.get(path, params={**params, "status": status}))
        if client.get(path).status_code == 200
        else False
        for path, params in kind.lists(thing)
    ]


def test_what_waits_for_review_is_seen_only_by_its_uploader_and_admins(
    kind: Kind, app: Server, user: httpx.Client, admin: httpx.Client
) -> None:
    thing = kind.make(user)
    assert thing["status"] == "on_review"
    for stranger in (None, "newcomer", "other"):
        with app.client(stranger) as client:
            refused(client.get(kind.path(thing)), 404)
            assert shown(client, kind, thing) == [False, False]
    for insider in (user, admin):
        assert insider.get(kind.path(thing)).json()["status"] == "on_review"
        assert shown(insider, kind, thing) == [True, True]
        assert shown(insider, kind, thing, status="approved") == [False, False]


def test_what_is_approved_is_seen_by_all(
    kind: Kind, client: httpx.Client, other: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    thing = kind.make(user, admin)
    assert thing["status"] == "approved"
    for anybody in (client, other, user, admin):
        assert anybody.get(kind.path(thing)).status_code == 200
        assert shown(anybody, kind, thing, status="approved") == [True, True]
        assert shown(anybody, kind, thing) == [False, False]
        path, params = kind.lists(thing)[0]
        assert ids(anybody.get(path, params=params)) == [thing["id"]]


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_what_was_approved_cannot_be_decided_again(
    kind: Kind, decision: str, user: httpx.Client, admin: httpx.Client
) -> None:
    thing = kind.make(user, admin)
    problem = refused(admin.post(f"{kind.path(thing)}:{decision}"), 422)
    assert problem["detail"] == f"This {kind.name} was approved already."
    assert admin.get(kind.path(thing)).json()["status"] == "approved"


def test_rejecting_removes_and_tells_the_uploader_why(
    kind: Kind, user: httpx.Client, admin: httpx.Client, db: Engine
) -> None:
    thing, reason = kind.make(user), f"No such thing: {uuid4()}"
    made(admin.post(f"{kind.path(thing)}:reject", json={"reason": reason}), status=204)
    for anybody in (user, admin):
        refused(anybody.get(kind.path(thing)), 404)
    refused(admin.post(f"{kind.path(thing)}:approve"), 404)
    mails = text("SELECT args->>'to' FROM procrastinate_jobs WHERE args->>'text' LIKE :reason")
    with db.connect() as connection:
        told = connection.execute(mails, {"reason": f"%{reason}%"}).scalars().all()
    assert "user@example.org" in told


def test_what_was_rejected_may_be_submitted_again(
    kind: Kind, user: httpx.Client, other: httpx.Client, admin: httpx.Client
) -> None:
    site = a_site(user, admin)
    more = {"site": site} if kind is FLAVOR else {}
    thing = kind.make(user, **more)
    made(admin.post(f"{kind.path(thing)}:reject"), status=204)
    same = {member: thing[member] for member in kind.named}
    assert kind.make(other, **same, **more)["id"] != thing["id"]


def test_a_name_that_waits_for_review_is_taken(
    kind: Kind, user: httpx.Client, other: httpx.Client, admin: httpx.Client
) -> None:
    site = a_site(user, admin)
    for thing in (kind.make(user, **where(kind, site)), kind.make(user, admin, **where(kind, site))):
        address = kind.lists(thing)[0][0]
        refused(other.post(address, json=again(kind, thing)), 409)


def where(kind: Kind, site: Json) -> Json:
    return {"site": site} if kind is FLAVOR else {}


def again(kind: Kind, thing: Json, **changes: Any) -> Json:
    """What was sent to make the thing."""
    sent = {
        "site": ("name", "address", "description"),
        "flavor": ("name", "description"),
        "benchmark": ("docker_image", "docker_tag", "url", "description", "json_schema"),
    }[kind.name]
    return {member: thing[member] for member in sent if member in thing} | changes


@pytest.mark.parametrize(
    "body, place",
    [
        ({"reason": 5}, "/reason"),
        ({"reason": "x" * 2001}, "/reason"),
        ({"cause": "none"}, "/cause"),
        ([], ""),
    ],
    ids=str,
)
def test_a_malformed_reason_is_refused_and_nothing_is_rejected(
    kind: Kind, user: httpx.Client, admin: httpx.Client, body: object, place: str
) -> None:
    thing = kind.make(user)
    assert places(admin.post(f"{kind.path(thing)}:reject", json=body)) == [place]
    assert user.get(kind.path(thing)).status_code == 200


def test_an_admin_edits_and_the_thing_stays_where_it_was_in_review(
    kind: Kind, user: httpx.Client, admin: httpx.Client
) -> None:
    for thing in (kind.make(user), kind.make(user, admin)):
        new = again(kind, thing, description=unique("better"), **{kind.named[0]: f"{thing[kind.named[0]]}2"})
        made(admin.put(kind.path(thing), json=new), status=204)
        now = user.get(kind.path(thing)).json()
        assert now == {k: v for k, v in thing.items() if k != "site"} | new | named(kind, new)


def named(kind: Kind, new: Json) -> Json:
    return {"name": f"{new['docker_image']}:{new['docker_tag']}"} if kind is BENCHMARK else {}


def test_an_edit_leaves_out_the_description_when_told_none(
    kind: Kind, user: httpx.Client, admin: httpx.Client
) -> None:
    thing = kind.make(user, description="Soon gone")
    new = {key: value for key, value in again(kind, thing).items() if key != "description"}
    made(admin.put(kind.path(thing), json=new), status=204)
    assert "description" not in user.get(kind.path(thing)).json()


def test_an_edit_cannot_take_anothers_name(kind: Kind, user: httpx.Client, admin: httpx.Client) -> None:
    site = a_site(user, admin)
    mine, taken = (kind.make(user, admin, **where(kind, site)) for _ in range(2))
    refused(admin.put(kind.path(mine), json=again(kind, taken)), 409)
    assert admin.get(kind.path(mine)).json()[kind.named[0]] == mine[kind.named[0]]


def test_what_nothing_depends_on_is_deleted(
    kind: Kind, client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    for thing in (kind.make(user), kind.make(user, admin)):
        made(admin.delete(kind.path(thing)), status=204)
        refused(client.get(kind.path(thing)), 404)
        refused(admin.delete(kind.path(thing)), 404)


def test_what_results_depend_on_is_not_deleted(
    kind: Kind, client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    first = a_result(user, admin)
    second = a_result(user, admin, benchmark=first["benchmark"], flavor=first["flavor"])
    thing = first[kind.name]
    problem = refused(admin.delete(kind.path(thing)), 409)
    assert "2 results" in problem["detail"]
    assert ("1 flavor " in problem["detail"]) == (kind is SITE)
    made(user.delete(f"/results/{first['id']}"), status=204)  # its tombstone still needs the thing
    assert "2 results" in refused(admin.delete(kind.path(thing)), 409)["detail"]
    assert client.get(kind.path(thing)).status_code == 200
    assert client.get(f"/results/{second['id']}").status_code == 200


@pytest.mark.parametrize("id", [str(UUID(int=0)), f"{UUID(int=0)}x", "1", "none"])
def test_what_there_is_not_is_not_found(kind: Kind, admin: httpx.Client, id: str) -> None:
    body = {"name": "x", "address": "x"}
    path = f"/{kind.name}s/{id}"
    for answer in (
        admin.get(path),
        admin.put(path, json=body),
        admin.delete(path),
        admin.post(f"{path}:approve"),
        admin.post(f"{path}:reject"),
    ):
        refused(answer, 404)


# The queue


def waiting(admin: httpx.Client, **params: Any) -> list[Json]:
    return items(admin.get("/reports/submits", params={"sort_by": "-upload_datetime", **params}))


def test_the_queue_names_what_waits_and_who_submitted_it(
    kind: Kind, user: httpx.Client, admin: httpx.Client
) -> None:
    thing = kind.make(user)
    entry = next(each for each in waiting(admin) if each["resource_id"] == thing["id"])
    assert entry.pop("uploader") == {
        key: value for key, value in user.get("/users/self").json().items() if key != "is_admin"
    }
    assert entry == {
        "resource_type": kind.name,
        "resource_id": thing["id"],
        "upload_datetime": thing["upload_datetime"],
    }


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_what_is_decided_leaves_the_queue(
    kind: Kind, decision: str, user: httpx.Client, admin: httpx.Client
) -> None:
    site = a_site(user, admin)
    thing = kind.make(user, **where(kind, site))
    made(admin.post(f"{kind.path(thing)}:{decision}"), status=204)
    assert thing["id"] not in [each["resource_id"] for each in waiting(admin)]


def test_an_open_claim_is_in_the_queue(user: httpx.Client, other: httpx.Client, admin: httpx.Client) -> None:
    claim = a_claim(other, a_result(user, admin))
    [entry] = [each for each in waiting(admin) if each["resource_id"] == claim["id"]]
    assert (entry["resource_type"], entry["uploader"]["sub"]) == ("claim", "other")
    made(admin.post(f"/reports/claims/{claim['id']}:reject"), status=204)
    assert claim["id"] not in [each["resource_id"] for each in waiting(admin)]


def test_the_queue_is_filtered_sorted_and_paged(user: httpx.Client, admin: httpx.Client) -> None:
    before = a_site(user)["upload_datetime"]
    things = [a_site(user), a_benchmark(user), a_site(user)]
    flavor = a_flavor(user, site=things[0])
    after = a_site(user)["upload_datetime"]
    expected = [each["id"] for each in (*things, flavor)]

    def queue(**params: Any) -> list[str]:
        dates = {"upload_after": before, "upload_before": after}
        return [each["resource_id"] for each in items(admin.get("/reports/submits", params=dates | params))]

    assert queue() == expected
    assert queue(sort_by="-upload_datetime") == expected[::-1]
    assert queue(sort_by="+resource_id") == sorted(expected)
    by_type = [expected[1], expected[3], *sorted([expected[0], expected[2]])]
    assert queue(sort_by="+resource_type") == by_type
    assert queue(resource_type="site") == [expected[0], expected[2]]
    assert queue(resource_type="benchmark") == [expected[1]]
    assert queue(resource_type="claim") == []
    assert queue(per_page=3, page=2) == expected[3:]
    assert queue(upload_after=things[0]["upload_datetime"]) == expected[1:]


@pytest.mark.parametrize("path", ["/reports/submits", "/reports/events"])
@pytest.mark.parametrize(
    "name, value",
    [
        ("resource_type", "result"),
        ("sort_by", "+uploader_id"),
        ("page", "0"),
        ("colour", "red"),
        ("sort_by", "at"),
    ],
)
def test_a_wrong_parameter_of_a_report_is_named(
    admin: httpx.Client, path: str, name: str, value: str
) -> None:
    assert places(admin.get(path, params={name: value})) == [name]


def test_one_may_choose_the_members_of_the_queue(user: httpx.Client, admin: httpx.Client) -> None:
    thing = a_site(user)
    chosen = {"fields": "resource_id,uploader.email", "per_page": 1}
    assert waiting(admin, **chosen) == [
        {"resource_id": thing["id"], "uploader": {"email": "user@example.org"}}
    ]


# The log


def log_of(admin: httpx.Client, thing: Json) -> list[tuple[str, str, str, str | None]]:
    """What was done to a thing, by whom, and why: oldest first."""
    lines = items(admin.get("/reports/events", params={"resource_id": thing["id"], "sort_by": "+at"}))
    return [
        (line["action"], line["resource_type"], line["actor"]["sub"], line.get("reason")) for line in lines
    ]


def test_the_log_says_who_decided_what_and_why(kind: Kind, user: httpx.Client, admin: httpx.Client) -> None:
    thing, doomed = kind.make(user, admin), kind.make(user)
    made(admin.put(kind.path(thing), json=again(kind, thing, description="New")), status=204)
    made(admin.delete(kind.path(thing)), status=204)
    assert log_of(admin, thing) == [
        (action, kind.name, "admin", None) for action in ("approve", "edit", "delete")
    ]
    made(admin.post(f"{kind.path(doomed)}:reject", json={"reason": "Spam."}), status=204)
    assert log_of(admin, doomed) == [("reject", kind.name, "admin", "Spam.")]


def test_refused_decisions_are_not_in_the_log(
    user: httpx.Client, other: httpx.Client, admin: httpx.Client
) -> None:
    site = a_site(user, admin)
    refused(admin.post(f"/sites/{site['id']}:reject"), 422)
    refused(other.delete(f"/sites/{site['id']}"), 403)
    assert log_of(admin, site) == [("approve", "site", "admin", None)]


def test_decisions_on_claims_and_withdrawals_are_in_the_log(
    user: httpx.Client, other: httpx.Client, admin: httpx.Client
) -> None:
    result = a_result(user, admin)
    claim = a_claim(other, result)
    made(admin.post(f"/reports/claims/{claim['id']}:approve"), status=204)
    made(admin.post(f"/results/{result['id']}:restore"), status=204)
    made(user.delete(f"/results/{result['id']}"), status=204)
    assert log_of(admin, claim) == [("approve", "claim", "admin", None)]
    assert log_of(admin, result) == [
        ("withdraw", "result", "admin", None),
        ("restore", "result", "admin", None),
        ("withdraw", "result", "user", None),
    ]


def test_the_log_shows_the_newest_first(user: httpx.Client, admin: httpx.Client) -> None:
    site = a_site(user, admin)
    newest = items(admin.get("/reports/events", params={"per_page": 1}))
    assert [line["resource_id"] for line in newest] == [site["id"]]


# Two admins at once


def while_another_transaction(
    does: str, db: Engine, thing: Json, request: Callable[[], httpx.Response]
) -> httpx.Response:
    """The answer to a request that had to wait for a transaction that did this to a thing."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor() as pool, db.connect() as first, db.connect() as watch:
        first.execute(text(does), {"id": thing["id"]})
        answer = pool.submit(request)
        while not answer.done() and not watch.execute(waiting).scalar():
            watch.rollback()
        first.commit()
        return answer.result()


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_of_two_decisions_at_once_the_second_is_refused(
    kind: Kind, decision: str, user: httpx.Client, admin: httpx.Client, db: Engine
) -> None:
    thing = kind.make(user, **where(kind, a_site(user, admin)))
    approval = f"UPDATE {kind.name} SET status = 'approved' WHERE id = :id"
    answer = while_another_transaction(
        approval, db, thing, lambda: admin.post(f"{kind.path(thing)}:{decision}")
    )
    assert refused(answer, 422)["detail"] == f"This {kind.name} was approved already."


def test_what_another_removes_meanwhile_is_a_clear_refusal(
    kind: Kind, user: httpx.Client, admin: httpx.Client, db: Engine
) -> None:
    requests: tuple[tuple[Callable[[str, Json], httpx.Response], int], ...] = (
        (lambda path, new: admin.post(f"{path}:approve"), 404),
        (lambda path, new: admin.post(f"{path}:reject"), 404),
        (lambda path, new: admin.put(path, json=new), 409),
    )
    removal = f"DELETE FROM {kind.name} WHERE id = :id"
    for request, status in requests:
        thing = kind.make(user, **where(kind, a_site(user, admin)))
        path, new = kind.path(thing), again(kind, thing, description="Edited")
        refused(while_another_transaction(removal, db, thing, partial(request, path, new)), status)
