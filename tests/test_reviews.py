"""Reviews: what waits is seen by its uploader and admins only, and admins decide once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID, uuid4

import httpx
import pytest
from answers import ids, places, refused
from conftest import Server
from factories import Json, a_result, a_site, made, unique
from kinds import BENCHMARK, SITE, Kind, again, each_kind, where
from sqlalchemy import Engine, text

pytestmark = each_kind


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
    more = where(kind, site)
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
