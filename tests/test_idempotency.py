"""`Idempotency-Key`: a repeated POST answers with the first result instead of making a second one."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from answers import ids, places, refused
from conftest import Server
from factories import (
    IMAGE_REGISTRY,
    SCHEMA,
    Json,
    a_benchmark,
    a_document,
    a_flavor,
    a_result,
    a_tag,
    made,
    unique,
)


@dataclass(frozen=True)
class Deed:
    """A POST, and what it has made so far."""

    path: str
    body: Json
    params: Json
    count: Callable[[httpx.Client], int]

    def do(self, by: httpx.Client, key: str | None, **changes: Any) -> httpx.Response:
        headers = {} if key is None else {"Idempotency-Key": key}
        return by.post(self.path, params=self.params, json=self.body | changes, headers=headers)


def a_new_result(user: httpx.Client, admin: httpx.Client) -> Deed:
    benchmark, flavor = a_benchmark(user, admin)["id"], a_flavor(user, admin)["id"]
    where = {"benchmark_id": benchmark, "flavor_id": flavor, "execution_datetime": "2024-01-01T00:00:00Z"}
    return Deed(
        "/results",
        a_document(),
        where,
        lambda by: len(ids(by.get("/results", params={"benchmark_id": benchmark}))),
    )


def a_new_site(user: httpx.Client, admin: httpx.Client) -> Deed:
    name = unique("site")
    listed = {"name": name, "status": "on_review"}
    return Deed(
        "/sites",
        {"name": name, "address": "https://site.example"},
        {},
        lambda by: len(ids(by.get("/sites", params=listed))),
    )


def a_new_tag(user: httpx.Client, admin: httpx.Client) -> Deed:
    name = unique("tag")
    return Deed("/tags", {"name": name}, {}, lambda by: len(ids(by.get("/tags", params={"name": name}))))


def a_new_benchmark(user: httpx.Client, admin: httpx.Client) -> Deed:
    image = f"{IMAGE_REGISTRY}/{unique('benchmark')}"
    body = {"docker_image": image, "docker_tag": "1", "url": "https://x.example", "json_schema": SCHEMA}
    listed = {"docker_image": image, "status": "on_review"}
    return Deed("/benchmarks", body, {}, lambda by: len(ids(by.get("/benchmarks", params=listed))))


def a_new_claim(user: httpx.Client, admin: httpx.Client) -> Deed:
    path = f"/results/{a_result(user, admin)['id']}"
    return Deed(f"{path}:claim", {"message": "No."}, {}, lambda by: len(ids(by.get(f"{path}/claims"))))


@pytest.fixture(params=[a_new_result, a_new_site, a_new_tag, a_new_benchmark, a_new_claim])
def deed(request: pytest.FixtureRequest, user: httpx.Client, admin: httpx.Client) -> Deed:
    made_by: Callable[[httpx.Client, httpx.Client], Deed] = request.param
    return made_by(user, admin)


@pytest.fixture
def key() -> Iterator[str]:
    return str(uuid4())


def test_a_repeated_request_answers_the_same_and_makes_one_thing(
    deed: Deed, user: httpx.Client, key: str
) -> None:
    first = deed.do(user, key)
    made(first)
    for again in (deed.do(user, key), deed.do(user, key)):
        assert (again.status_code, again.content) == (201, first.content)
        assert again.headers["content-type"] == first.headers["content-type"]
    assert deed.count(user) == 1


def test_of_requests_at_the_same_time_one_makes_the_thing(deed: Deed, user: httpx.Client, key: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: deed.do(user, key), range(6)))
    # A request that waits for a slow first one may be told to come again.
    told = [answer for answer in answers if answer.status_code != 503]
    assert {answer.status_code for answer in told} == {201}
    assert len({answer.content for answer in told}) == 1
    assert deed.count(user) == 1


def test_without_a_key_each_result_is_its_own(user: httpx.Client, admin: httpx.Client) -> None:
    deed = a_new_result(user, admin)
    assert made(deed.do(user, None))["id"] != made(deed.do(user, None))["id"]
    assert made(deed.do(user, str(uuid4())))["id"] != made(deed.do(user, str(uuid4())))["id"]
    assert deed.count(user) == 4


def test_a_key_is_for_one_request_only(user: httpx.Client, admin: httpx.Client, key: str) -> None:
    deed, tag = a_new_result(user, admin), a_new_tag(user, admin)
    made(deed.do(user, key))
    assert places(deed.do(user, key, score=1)) == ["Idempotency-Key"]
    changed = deed.params | {"execution_datetime": "2024-01-02T00:00:00Z"}
    assert places(Deed(deed.path, deed.body, changed, deed.count).do(user, key)) == ["Idempotency-Key"]
    assert places(tag.do(user, key)) == ["Idempotency-Key"]
    assert (deed.count(user), tag.count(user)) == (1, 0)


def test_keys_of_different_people_are_different_keys(
    user: httpx.Client, other: httpx.Client, admin: httpx.Client, key: str
) -> None:
    deed, tag = a_new_result(user, admin), a_new_tag(user, admin)
    first, second = made(deed.do(user, key)), made(deed.do(other, key))
    assert first["id"] != second["id"]
    assert deed.count(user) == 2
    made(tag.do(admin, key))


def test_a_refused_request_leaves_the_key_usable(
    user: httpx.Client, admin: httpx.Client, newcomer: httpx.Client, key: str
) -> None:
    deed, tag = a_new_result(user, admin), a_new_tag(user, admin)
    assert places(deed.do(user, key, score="fast")) == ["/score"]
    taken = a_tag(user)["name"]
    refused(tag.do(user, key, name=taken), 409)
    refused(deed.do(newcomer, key), 403)
    result = made(deed.do(user, key))
    assert made(deed.do(user, key)) == result
    assert deed.count(user) == 1


def test_a_dry_run_does_not_use_a_key_up(user: httpx.Client, admin: httpx.Client, key: str) -> None:
    deed = a_new_result(user, admin)
    dry = Deed(deed.path, deed.body, deed.params | {"dry_run": "true"}, deed.count)
    for _ in range(2):
        made(dry.do(user, key), status=200)
    assert deed.count(user) == 0
    made(deed.do(user, key))
    assert deed.count(user) == 1


def test_a_repetition_after_the_permission_went_is_refused(app: Server, key: str) -> None:
    name = f"idempotent-{uuid4().hex[:8]}"
    app.identity.describe(name)
    with app.client(name) as person:
        made(person.post("/users:register"))
        tag = Deed("/tags", {"name": unique("tag")}, {}, lambda by: 0)
        made(tag.do(person, key))
        made(person.delete("/users/self"), status=204)
        refused(tag.do(person, key), 403)
        made(person.post("/users:register"))
        refused(tag.do(person, key), 409)


def test_a_decision_may_be_repeated_under_its_key(user: httpx.Client, admin: httpx.Client, key: str) -> None:
    site = made(a_new_site(user, admin).do(user, None))
    path, headers = f"/sites/{site['id']}:approve", {"Idempotency-Key": key}
    first, again = (admin.post(path, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code, again.content) == (204, 204, b"")
    refused(admin.post(path), 422)


def test_a_repetition_is_answered_although_the_thing_is_gone(
    user: httpx.Client, admin: httpx.Client, key: str
) -> None:
    site = made(a_new_site(user, admin).do(user, None))
    headers = {"Idempotency-Key": key}
    for _ in range(2):
        made(admin.post(f"/sites/{site['id']}:reject", headers=headers), status=204)
    refused(admin.post(f"/sites/{site['id']}:reject"), 404)


def test_a_benchmark_refused_for_its_image_leaves_the_key_usable(
    app_with: Callable[..., Any], app: Server, key: str
) -> None:
    headers = {"Idempotency-Key": key, "Authorization": f"Bearer {app.identity.token('user')}"}
    body = {"docker_tag": "1", "url": "https://x.example", "json_schema": SCHEMA}
    with app_with(image_check="required") as strict, app_with(image_check="record") as lenient:
        for client, image, status in ((strict, unique("a"), 422), (lenient, unique("b"), 201)):
            new = body | {"docker_image": f"{IMAGE_REGISTRY}/{image}"}
            answer = client.post("/benchmarks", json=new, headers=headers)
            assert answer.status_code == status, answer.text


@pytest.mark.parametrize("bad", ["", "a b", "x" * 256, "ключ", "é", "a\tb"])
def test_a_bad_key_is_refused(user: httpx.Client, admin: httpx.Client, bad: str) -> None:
    deed = a_new_tag(user, admin)
    answer = user.post(deed.path, json=deed.body, headers=[(b"Idempotency-Key", bad.encode())])
    assert places(answer) == ["Idempotency-Key"]
    assert deed.count(user) == 0


def test_the_longest_key_is_as_good_as_any(user: httpx.Client, admin: httpx.Client) -> None:
    deed = a_new_tag(user, admin)
    longest = (uuid4().hex * 8)[:255]
    assert made(deed.do(user, longest)) == made(deed.do(user, longest))
