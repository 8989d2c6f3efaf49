"""What admins look at: the queue of what waits for review, and the log of what was decided."""

from typing import Any

import httpx
import pytest
from answers import items, places, refused
from factories import Json, a_benchmark, a_claim, a_flavor, a_result, a_site, made
from kinds import Kind, again, each_kind, where

# The queue


def waiting(admin: httpx.Client, **params: Any) -> list[Json]:
    return items(admin.get("/reports/submits", params={"sort_by": "-upload_datetime", **params}))


@each_kind
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
        "name": thing["name"],
        "upload_datetime": thing["upload_datetime"],
    }


@each_kind
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
    assert entry["name"] == claim["message"]
    made(admin.post(f"/reports/claims/{claim['id']}:reject"), status=204)
    assert claim["id"] not in [each["resource_id"] for each in waiting(admin)]


def test_one_sees_what_of_ones_own_waits(
    user: httpx.Client, other: httpx.Client, admin: httpx.Client
) -> None:
    site, benchmark = a_site(user), a_benchmark(user)
    made(admin.post(f"/benchmarks/{benchmark['id']}:approve"), status=204)
    own = items(user.get("/users/self/submits", params={"resource_type": "site"}))
    assert site["id"] in [each["resource_id"] for each in own]
    assert {each["uploader"]["sub"] for each in own} == {"user"}
    everything = items(user.get("/users/self/submits"))
    assert benchmark["id"] not in [each["resource_id"] for each in everything]
    of_others = [*items(other.get("/users/self/submits")), *items(admin.get("/users/self/submits"))]
    assert site["id"] not in [each["resource_id"] for each in of_others]


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


@each_kind
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


@each_kind
def test_the_log_remembers_the_name_of_what_is_gone(
    kind: Kind, user: httpx.Client, admin: httpx.Client
) -> None:
    thing = kind.make(user)
    made(admin.post(f"{kind.path(thing)}:reject"), status=204)
    [line] = items(admin.get("/reports/events", params={"resource_id": thing["id"]}))
    assert line["name"] == thing["name"]
