"""Tags: labels that need no review. See test_lists for lists."""

from uuid import uuid4

import httpx
import pytest
from answers import ids, items, places, refused
from factories import a_result, a_tag, made, unique


def test_a_new_tag_is_there_for_all_at_once(client: httpx.Client, user: httpx.Client) -> None:
    tag = a_tag(user, description="Sibling threads switched off")
    assert tag.keys() == {"id", "name", "description"}
    assert client.get(f"/tags/{tag['id']}").json() == tag
    assert items(client.get("/tags", params={"name": tag["name"]})) == [tag]


def test_two_tags_cannot_have_one_name(user: httpx.Client, other: httpx.Client, admin: httpx.Client) -> None:
    tag, mine = a_tag(user), a_tag(other)
    assert refused(other.post("/tags", json={"name": tag["name"]}), 409)["detail"] == (
        "A tag with this name exists."
    )
    refused(admin.put(f"/tags/{mine['id']}", json={"name": tag["name"]}), 409)


@pytest.mark.parametrize(
    "body, wrong",
    [
        ({}, ["/name"]),
        ({"name": ""}, ["/name"]),
        ({"name": "x" * 101}, ["/name"]),
        ({"name": 1}, ["/name"]),
        ({"name": "x", "description": "x" * 2001}, ["/description"]),
        ({"name": "x", "id": "y"}, ["/id"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_malformed_tag_is_refused_saying_where(
    user: httpx.Client, admin: httpx.Client, body: object, wrong: list[str]
) -> None:
    assert places(user.post("/tags", json=body)) == wrong
    assert places(admin.put(f"/tags/{a_tag(user)['id']}", json=body)) == wrong


def test_an_edited_tag_changes_on_all_results(
    client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    tag = a_tag(user, description="Old")
    result = a_result(user, admin, tags=[tag])
    name = unique("renamed")
    made(admin.put(f"/tags/{tag['id']}", json={"name": name}), status=204)
    assert client.get(f"/results/{result['id']}").json()["tags"] == [{"id": tag["id"], "name": name}]


def test_deleting_a_tag_unlinks_it_from_results(
    client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    gone, kept = a_tag(user), a_tag(user)
    result = a_result(user, admin, tags=[gone, kept])
    made(admin.delete(f"/tags/{gone['id']}"), status=204)
    assert client.get(f"/results/{result['id']}").json()["tags"] == [kept]
    assert ids(client.get("/results", params={"tags_ids": gone["id"]})) == []
    refused(client.get(f"/tags/{gone['id']}"), 404)


def test_a_tag_that_there_is_not_is_not_found(admin: httpx.Client) -> None:
    path = f"/tags/{uuid4()}"
    for answer in (admin.get(path), admin.put(path, json={"name": "x"}), admin.delete(path)):
        refused(answer, 404)


def test_changes_of_tags_are_in_the_log(user: httpx.Client, admin: httpx.Client) -> None:
    tag = a_tag(user)
    made(admin.put(f"/tags/{tag['id']}", json={"name": unique("renamed")}), status=204)
    made(admin.delete(f"/tags/{tag['id']}"), status=204)
    log = items(admin.get("/reports/events", params={"resource_id": tag["id"]}))
    assert [(line["action"], line["actor"]["sub"]) for line in log] == [
        ("delete", "admin"),
        ("edit", "admin"),
    ]
