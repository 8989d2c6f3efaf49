"""Flavors: what is special about them. See test_lists for lists and test_reviews for reviews."""

from uuid import uuid4

import httpx
import pytest
from answers import ids, places, refused
from factories import a_flavor, a_site, made


def test_a_submitted_flavor_is_answered_whole(user: httpx.Client, admin: httpx.Client) -> None:
    site = a_site(user, admin)
    flavor = a_flavor(user, site=site, name="m1.small", description="1 core")
    assert (flavor["name"], flavor["description"], flavor["status"]) == ("m1.small", "1 core", "on_review")
    assert flavor.keys() == {"id", "upload_datetime", "name", "description", "status"}
    assert user.get(f"/flavors/{flavor['id']}").json() == flavor


def test_a_flavor_knows_its_site(client: httpx.Client, user: httpx.Client, admin: httpx.Client) -> None:
    site = a_site(user, admin)
    flavor = a_flavor(user, admin, site=site)
    assert client.get(f"/flavors/{flavor['id']}/site").json() == site


def test_the_site_of_a_flavor_that_others_may_not_see_is_not_found(
    client: httpx.Client, other: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    flavor = a_flavor(user, site=a_site(user, admin))
    for stranger in (client, other):
        refused(stranger.get(f"/flavors/{flavor['id']}/site"), 404)
    assert user.get(f"/flavors/{flavor['id']}/site").status_code == 200
    refused(client.get(f"/flavors/{uuid4()}/site"), 404)


def test_a_name_is_taken_within_its_site_only(user: httpx.Client, admin: httpx.Client) -> None:
    here, there = a_site(user, admin), a_site(user, admin)
    a_flavor(user, admin, site=here, name="m1.small")
    a_flavor(user, admin, site=there, name="m1.small")
    problem = refused(user.post(f"/sites/{here['id']}/flavors", json={"name": "m1.small"}), 409)
    assert problem["detail"] == "A flavor with this name exists at this site or waits for review."


def test_a_list_of_flavors_is_that_of_one_site(
    client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    here, there = a_flavor(user, admin, name="m1.small"), a_site(user, admin)
    flavor = a_flavor(user, admin, site=there, name="m1.small")
    assert ids(client.get(f"/sites/{there['id']}/flavors", params={"name": "m1.small"})) == [flavor["id"]]
    found = ids(client.get(f"/sites/{there['id']}/flavors:search", params={"terms": "SMALL"}))
    assert found == [flavor["id"]]
    assert here["id"] not in found


@pytest.mark.parametrize(
    "body, wrong",
    [
        ({}, ["/name"]),
        ({"name": ""}, ["/name"]),
        ({"name": "x" * 201}, ["/name"]),
        ({"name": ["m1.small"]}, ["/name"]),
        ({"name": "m1.small", "description": {}}, ["/description"]),
        ({"name": "m1.small", "site_id": "x"}, ["/site_id"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_malformed_flavor_is_refused_saying_where(
    user: httpx.Client, admin: httpx.Client, body: object, wrong: list[str]
) -> None:
    site = a_site(user, admin)
    assert places(user.post(f"/sites/{site['id']}/flavors", json=body)) == wrong
    assert places(admin.put(f"/flavors/{a_flavor(user, site=site)['id']}", json=body)) == wrong


def test_flavors_of_a_site_that_one_may_not_see_are_not_found(
    client: httpx.Client, other: httpx.Client, user: httpx.Client
) -> None:
    for site in (a_site(user)["id"], uuid4()):
        refused(other.post(f"/sites/{site}/flavors", json={"name": "m1.small"}), 404)
        for path in (f"/sites/{site}/flavors", f"/sites/{site}/flavors:search"):
            refused(client.get(path), 404)


def test_a_flavor_waits_for_its_site(user: httpx.Client, admin: httpx.Client) -> None:
    site = a_site(user)
    flavor = a_flavor(user, site=site)
    problem = refused(admin.post(f"/flavors/{flavor['id']}:approve"), 422)
    assert problem["detail"] == "Approve the flavor's site first."
    made(admin.post(f"/sites/{site['id']}:approve"), status=204)
    assert user.get(f"/flavors/{flavor['id']}").json()["status"] == "on_review"
    made(admin.post(f"/flavors/{flavor['id']}:approve"), status=204)


def test_a_flavor_may_be_rejected_without_its_site(user: httpx.Client, admin: httpx.Client) -> None:
    site = a_site(user)
    made(admin.post(f"/flavors/{a_flavor(user, site=site)['id']}:reject"), status=204)
    assert user.get(f"/sites/{site['id']}").status_code == 200
