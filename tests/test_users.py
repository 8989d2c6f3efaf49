"""People: registering, what is told of them and to whom, and what stays when they go."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from answers import ids, items, places, refused
from conftest import Server
from factories import Json, a_benchmark, a_claim, a_flavor, a_result, a_site, a_tag, made
from sqlalchemy import Engine, text

from eosc_perf.server.demo.identity import ADMIN_ENTITLEMENT

NewPerson = Callable[..., httpx.Client]


@pytest.fixture
def person(app: Server) -> Iterator[NewPerson]:
    """Makes a client of somebody with a token. claims: what the provider tells of them."""
    with ExitStack() as clients:

        def make(name: str | None = None, **claims: Any) -> httpx.Client:
            name = name or f"sub-{uuid4().hex}"
            token = app.identity.token(name, **{"email": f"{uuid4().hex}@mail.example"} | claims)
            client = clients.enter_context(app.client())
            client.headers["Authorization"] = f"Bearer {token}"
            return client

        yield make


def registered(person: httpx.Client) -> Json:
    return made(person.post("/users:register"))


def test_a_person_with_a_token_registers(person: NewPerson, app: Server) -> None:
    ada = person("ada", email="ada@mail.example")
    refused(ada.get("/users/self"), 404)
    refused(ada.post("/tags", json={"name": "early"}), 403)
    user = registered(ada)
    when = datetime.fromisoformat(user["registration_datetime"])
    assert timedelta() <= datetime.now(UTC) - when < timedelta(hours=1)
    assert user | {"registration_datetime": ""} == {
        "sub": "ada",
        "iss": app.identity.url,
        "email": "ada@mail.example",
        "registration_datetime": "",
    }
    assert ada.get("/users/self").json() == user | {"is_admin": False}
    assert a_tag(ada)


def test_nobody_registers_twice(person: NewPerson) -> None:
    ada = person()
    registered(ada)
    assert refused(ada.post("/users:register"), 409)["detail"] == "You are registered already."


@pytest.mark.parametrize("email", [None, "", "nowhere", "two words@mail.example", "@", 5, "a" * 400 + "@b"])
def test_registering_needs_an_email_address(person: NewPerson, email: object) -> None:
    nobody = person(email=email)
    assert "e-mail" in refused(nobody.post("/users:register"), 422)["detail"]
    refused(nobody.get("/users/self"), 404)


def test_one_address_may_serve_several_people(person: NewPerson) -> None:
    email = f"{uuid4().hex}@mail.example"
    assert [registered(person(email=email))["email"] for _ in range(2)] == [email] * 2


def test_one_person_has_several_tokens(person: NewPerson) -> None:
    name = f"sub-{uuid4().hex}"
    user = registered(person(name))
    assert person(name).get("/users/self").json()["registration_datetime"] == user["registration_datetime"]


def test_self_takes_no_parameters(user: httpx.Client) -> None:
    assert places(user.get("/users/self", params={"colour": "red"})) == ["colour"]


# Addresses that change


def test_a_new_verified_address_is_taken_over(person: NewPerson) -> None:
    name, new = f"sub-{uuid4().hex}", f"{uuid4().hex}@new.example"
    before = registered(person(name))
    now = person(name, email=new, email_verified=True)
    assert now.get("/users/self").json()["email"] == before["email"]
    made(now.post("/users/self:update"), status=204)
    assert now.get("/users/self").json()["email"] == new


@pytest.mark.parametrize(
    "claims",
    [{"email_verified": False}, {"email_verified": None}, {"email": None}, {"email": "nowhere"}],
    ids=str,
)
def test_an_address_that_is_not_verified_is_not_taken_over(person: NewPerson, claims: Json) -> None:
    name = f"sub-{uuid4().hex}"
    before = registered(person(name))
    now = person(name, **{"email": "changed@mail.example", **claims})
    assert "verified e-mail" in refused(now.post("/users/self:update"), 422)["detail"]
    assert now.get("/users/self").json()["email"] == before["email"]


# Admins


def test_admins_are_told_so(admin: httpx.Client, user: httpx.Client) -> None:
    made(admin.get("/users/self:try_admin"), status=204)
    assert admin.get("/users/self").json()["is_admin"] is True
    assert user.get("/users/self").json()["is_admin"] is False


def test_an_entitlement_alone_makes_no_admin(person: NewPerson, app: Server, admin: httpx.Client) -> None:
    entitled = person(eduperson_entitlement=[ADMIN_ENTITLEMENT])
    refused(entitled.get("/users/self:try_admin"), 403)
    registered(entitled)
    made(entitled.get("/users/self:try_admin"), status=204)


# Lists of people


def test_people_are_found_by_exactly_their_values(
    person: NewPerson, admin: httpx.Client, app: Server
) -> None:
    user = registered(person())
    registered(person())
    for given in (
        {"sub": user["sub"]},
        {"email": user["email"]},
        {"sub": user["sub"], "email": user["email"], "iss": app.identity.url},
    ):
        assert items(admin.get("/users", params=given)) == [user]
    for given in (
        {"sub": user["sub"][:-1]},
        {"email": user["email"].upper()},
        {"sub": user["sub"], "iss": "https://other.example"},
        {"sub": user["sub"], "email": "else@mail.example"},
    ):
        assert items(admin.get("/users", params=given)) == []


def test_people_are_searched_by_parts_of_their_addresses(person: NewPerson, admin: httpx.Client) -> None:
    mark = uuid4().hex
    people = [registered(person(email=f"{name}_{mark}@mail.example")) for name in ("eve", "bob", "ada")]

    def found(*terms: str, **params: Any) -> list[Json]:
        return items(admin.get("/users:search", params={"terms": terms, **params}))

    assert found(mark.upper()) == people[::-1]
    assert found(mark, "BOB") == [people[1]]
    assert found(mark, "b%b") == found(mark, "nobody") == []
    assert found(f"e_{mark}") == [people[0]]
    for key in ("email", "sub", "registration_datetime"):
        ordered = sorted(people, key=lambda each: each[key])
        assert found(mark, sort_by=f"+{key}") == ordered
        assert found(mark, sort_by=f"-{key}") == ordered[::-1]
    assert found(mark, sort_by="+iss,-email") == people
    assert found(mark, sort_by="+email", per_page=2, page=2) == people[:1]
    assert found(mark, "ada", fields="email") == [{"email": people[2]["email"]}]


@pytest.mark.parametrize("path", ["/users", "/users:search"])
@pytest.mark.parametrize(
    "name, value", [("colour", "red"), ("sort_by", "+id_token"), ("sort_by", "email"), ("per_page", "101")]
)
def test_a_wrong_parameter_is_named(admin: httpx.Client, path: str, name: str, value: str) -> None:
    assert places(admin.get(path, params={name: value})) == [name]


# Going


@pytest.mark.parametrize("by", ["sub", "email"])
def test_an_admin_removes_a_person(person: NewPerson, admin: httpx.Client, by: str, app: Server) -> None:
    ada, bob = person(), person()
    user, kept = registered(ada), registered(bob)
    made(admin.post("/users:remove", params={by: user[by], "iss": app.identity.url}), status=204)
    assert items(admin.get("/users", params={"sub": user["sub"]})) == []
    assert items(admin.get("/users", params={"sub": kept["sub"]})) == [kept]
    refused(ada.get("/users/self"), 404)
    refused(ada.post("/tags", json={"name": "late"}), 403)


def test_removing_wants_to_know_whom(admin: httpx.Client) -> None:
    refused(admin.post("/users:remove"), 422)
    assert places(admin.post("/users:remove", params={"id": "x"})) == ["id"]
    assert admin.get("/users/self").status_code == 200


def test_all_values_must_fit_whom_one_removes(person: NewPerson, admin: httpx.Client) -> None:
    user = registered(person())
    given = {"sub": user["sub"], "email": "else@mail.example"}
    made(admin.post("/users:remove", params=given), status=204)
    assert items(admin.get("/users", params={"sub": user["sub"]})) == [user]


def test_removing_an_issuer_removes_its_people_only(
    admin: httpx.Client, db: Engine, person: NewPerson
) -> None:
    iss = f"https://{uuid4().hex}.example"
    insert = text('INSERT INTO "user" (id, iss, sub, email) VALUES (gen_random_uuid(), :iss, :sub, :sub)')
    with db.begin() as connection:
        connection.execute(insert, [{"iss": iss, "sub": sub} for sub in ("one", "two")])
    assert len(items(admin.get("/users", params={"iss": iss}))) == 2
    made(admin.post("/users:remove", params={"iss": iss}), status=204)
    assert items(admin.get("/users", params={"iss": iss})) == []
    assert admin.get("/users/self").status_code == 200


def leave(person: httpx.Client, admin: httpx.Client) -> None:
    made(admin.post("/users:remove", params={"sub": person.get("/users/self").json()["sub"]}), status=204)


def leave_by_oneself(person: httpx.Client, admin: httpx.Client) -> None:
    made(person.delete("/users/self"), status=204)


@pytest.mark.parametrize("go", [leave, leave_by_oneself])
def test_what_a_person_uploaded_stays_without_the_name(
    person: NewPerson,
    admin: httpx.Client,
    client: httpx.Client,
    go: Callable[[httpx.Client, httpx.Client], None],
) -> None:
    ada = person()
    registered(ada)
    result, site, tag = a_result(ada, admin), a_site(ada), a_tag(ada)
    claim = a_claim(ada, result)
    uploader = f"/results/{result['id']}/uploader"
    assert admin.get(uploader).json()["sub"] == ada.get("/users/self").json()["sub"]

    go(ada, admin)

    assert client.get(f"/results/{result['id']}").json() == result | {"claims_open": 1}
    assert refused(admin.get(uploader), 404)["detail"] == "The uploader of this result was removed."
    assert client.get(f"/tags/{tag['id']}").status_code == 200
    assert "uploader" not in admin.get(f"/reports/claims/{claim['id']}").json()
    queue = items(admin.get("/reports/submits", params={"sort_by": "-upload_datetime"}))
    [entry] = [each for each in queue if each["resource_id"] == site["id"]]
    assert "uploader" not in entry
    made(admin.post(f"/sites/{site['id']}:approve"), status=204)
    made(admin.post(f"/reports/claims/{claim['id']}:approve"), status=204)


def test_who_registers_again_starts_anew(person: NewPerson, admin: httpx.Client) -> None:
    ada = person()
    before = registered(ada)
    result, pending = a_result(ada, admin), a_site(ada)
    made(ada.delete("/users/self"), status=204)
    after = registered(ada)
    assert after["registration_datetime"] > before["registration_datetime"]
    assert ids(ada.get("/users/self/results")) == []
    refused(ada.delete(f"/results/{result['id']}"), 403)
    refused(ada.get(f"/sites/{pending['id']}"), 404)


def test_a_removal_is_in_the_log_without_saying_who_it_was(person: NewPerson, admin: httpx.Client) -> None:
    ada = person()
    user = registered(ada)
    leave(ada, admin)
    answer = admin.get("/reports/events", params={"per_page": 1})
    assert [(line["action"], line["resource_type"]) for line in items(answer)] == [("remove", "user")]
    assert user["email"] not in answer.text
    assert user["sub"] not in answer.text


def test_decisions_of_an_admin_who_left_stay_in_the_log(
    person: NewPerson, user: httpx.Client, admin: httpx.Client
) -> None:
    former = person(eduperson_entitlement=[ADMIN_ENTITLEMENT])
    registered(former)
    site = a_site(user, former)
    made(former.delete("/users/self"), status=204)
    [line] = items(admin.get("/reports/events", params={"resource_id": site["id"]}))
    assert (line["action"], "actor" in line) == ("approve", False)
    refused(former.get("/reports/events"), 403)


# Privacy


def uploads_of(person: httpx.Client, admin: httpx.Client) -> dict[str, Json]:
    """Something of each kind, all uploaded by one person."""
    benchmark, site = a_benchmark(person, admin), a_site(person, admin)
    flavor, tag = a_flavor(person, admin, site=site), a_tag(person)
    result = a_result(person, admin, benchmark=benchmark, flavor=flavor, tags=[tag])
    return {"benchmarks": benchmark, "sites": site, "flavors": flavor, "tags": tag, "results": result}


def everything_readable(reader: httpx.Client, uploads: dict[str, Json]) -> Iterator[httpx.Response]:
    """The answers to all GET operations of the document, for all uploads; the newest of each list."""
    for whole_path, operations in reader.get("/api-spec.json").json()["paths"].items():
        path = whole_path.removeprefix("/api/v1")
        if "get" not in operations or "/self" in path:
            continue
        kind = path.split("/")[1].split(":")[0]
        address = path.replace("{id}", uploads[kind]["id"] if kind in uploads else str(uuid4()))
        yield reader.get(address)
        yield reader.get(address, params={"sort_by": "-upload_datetime"})


@pytest.mark.parametrize("reader", [None, "other"])
def test_no_address_and_no_subject_is_told_to_others(
    person: NewPerson, admin: httpx.Client, app: Server, reader: str | None
) -> None:
    ada = person()
    me = registered(ada)
    uploads = uploads_of(ada, admin)
    a_claim(ada, uploads["results"])
    with app.client(reader) as client:
        answers = list(everything_readable(client, uploads))
    whole = "\n".join(f"{answer.text}{answer.headers}" for answer in answers)
    assert all(thing["id"] in whole for thing in uploads.values())
    for private in (me["sub"], me["email"], "admin@example.org", "user@example.org", "other@example.org"):
        assert private not in whole


def test_the_owner_of_a_result_does_not_learn_who_claims(
    person: NewPerson, user: httpx.Client, admin: httpx.Client
) -> None:
    ada = person()
    me = registered(ada)
    result = a_result(user, admin)
    claim = a_claim(ada, result)
    answer = user.get(f"/results/{result['id']}/claims")
    assert ids(answer) == [claim["id"]]
    assert me["sub"] not in answer.text
    assert me["email"] not in answer.text
    assert me["email"] in admin.get(f"/results/{result['id']}/claims").text
    refused(user.get(f"/results/{result['id']}/uploader"), 403)
