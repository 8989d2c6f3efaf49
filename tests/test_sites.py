"""Sites: what is special about them. See test_lists for lists and test_reviews for reviews."""

from uuid import uuid4

import httpx
import pytest
from answers import ids, places, refused
from factories import Json, a_flavor, a_result, a_site, made, unique

NEW = {"name": "A site", "address": "https://site.example"}


def test_a_submitted_site_is_answered_whole(client: httpx.Client, user: httpx.Client) -> None:
    new = {"name": unique("site"), "address": "Main street 1", "description": "Two\nlines, äöü 🚀"}
    site = made(user.post("/sites", json=new))
    assert {key: site[key] for key in new} == new
    assert site.keys() == {"id", "upload_datetime", "name", "address", "description", "status"}
    assert user.get(f"/sites/{site['id']}").json() == site


def test_a_description_is_left_out_when_there_is_none(user: httpx.Client) -> None:
    assert "description" not in a_site(user)
    assert "description" not in a_site(user, description=None)


def test_blanks_around_a_name_do_not_count(user: httpx.Client) -> None:
    site = a_site(user)
    refused(user.post("/sites", json=NEW | {"name": f"  {site['name']} "}), 409)


@pytest.mark.parametrize(
    "body, wrong",
    [
        ({}, ["/name", "/address"]),
        ({"name": "A site"}, ["/address"]),
        (NEW | {"name": ""}, ["/name"]),
        (NEW | {"name": " "}, ["/name"]),
        (NEW | {"name": "x" * 201}, ["/name"]),
        (NEW | {"name": 5}, ["/name"]),
        (NEW | {"name": None}, ["/name"]),
        (NEW | {"address": ["a"]}, ["/address"]),
        (NEW | {"address": "x" * 501}, ["/address"]),
        (NEW | {"description": "x" * 10_001}, ["/description"]),
        (NEW | {"description": "a\0b"}, ["/description"]),
        (NEW | {"status": "approved"}, ["/status"]),
        (NEW | {"a/b~c": 1}, ["/a~1b~0c"]),
        ([NEW], [""]),
        ("site", [""]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_malformed_site_is_refused_saying_where(
    user: httpx.Client, admin: httpx.Client, body: object, wrong: list[str]
) -> None:
    assert places(user.post("/sites", json=body)) == wrong
    assert places(admin.put(f"/sites/{a_site(user)['id']}", json=body)) == wrong


@pytest.mark.parametrize(
    "content", [b"", b"null", b"{", b"\xff", b'{"name": "a", "name": "b", "address": "c"}']
)
def test_a_body_that_is_no_json_is_refused(user: httpx.Client, content: bytes) -> None:
    answer = user.post("/sites", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    refused(answer, answer.status_code)


def test_submitting_takes_no_parameters(user: httpx.Client) -> None:
    assert places(user.post("/sites", params={"colour": "red"}, json=NEW)) == ["colour"]


def test_two_sites_cannot_have_one_name(user: httpx.Client, other: httpx.Client, admin: httpx.Client) -> None:
    site = a_site(user, admin)
    problem = refused(other.post("/sites", json=NEW | {"name": site["name"]}), 409)
    assert problem["detail"] == "A site with this name exists or waits for review."


def test_rejecting_a_site_rejects_the_flavors_that_wait_with_it(
    user: httpx.Client, admin: httpx.Client
) -> None:
    site = a_site(user)
    flavors = [a_flavor(user, site=site) for _ in range(2)]
    made(admin.post(f"/sites/{site['id']}:reject"), status=204)
    for path in (f"/sites/{site['id']}", *(f"/flavors/{flavor['id']}" for flavor in flavors)):
        refused(user.get(path), 404)
    log = admin.get("/reports/events", params={"resource_id": flavors[0]["id"]}).json()["items"]
    assert [(line["action"], line["reason"]) for line in log] == [("reject", "Its site was rejected.")]


def test_a_site_with_flavors_is_not_deleted(user: httpx.Client, admin: httpx.Client) -> None:
    site = a_site(user, admin)
    flavor = a_flavor(user, admin, site=site)
    pending = a_flavor(user, site=site)
    detail = refused(admin.delete(f"/sites/{site['id']}"), 409)["detail"]
    assert detail == "This site can't be deleted: 2 flavors depend on it."
    made(admin.delete(f"/flavors/{pending['id']}"), status=204)
    detail = refused(admin.delete(f"/sites/{site['id']}"), 409)["detail"]
    assert detail == "This site can't be deleted: 1 flavor depends on it."
    made(admin.delete(f"/flavors/{flavor['id']}"), status=204)
    made(admin.delete(f"/sites/{site['id']}"), status=204)


def test_results_show_a_site_as_it_is_now(
    client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    result = a_result(user, admin)
    renamed = {"name": unique("renamed"), "address": "https://new.example"}
    made(admin.put(f"/sites/{result['site']['id']}", json=renamed), status=204)
    site: Json = client.get(f"/results/{result['id']}").json()["site"]
    assert {key: site[key] for key in renamed} == renamed
    assert ids(client.get("/results:search", params={"terms": renamed["name"]})) == [result["id"]]


def test_sites_come_in_the_order_of_approval(
    client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    """So that a site that waited long takes no other's place, nor its colour in charts."""
    mark = uuid4().hex
    waited = a_site(user, name=f"a {mark}")
    quick = [a_site(user, admin, name=f"{name} {mark}") for name in "cb"]
    made(admin.post(f"/sites/{waited['id']}:approve"), status=204)
    mine = [site["id"] for site in [*quick, waited]]
    for sign in "+-":
        question = {"terms": mark, "sort_by": f"{sign}approved_datetime"}
        assert ids(client.get("/sites:search", params=question)) == mine[:: 1 if sign == "+" else -1]
