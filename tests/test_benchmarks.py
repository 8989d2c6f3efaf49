"""Benchmarks and their images. See test_schemas, test_lists and test_reviews for more."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx
import pytest
from answers import ids, items, places, refused
from factories import SCHEMA, Json, a_benchmark, made, new_benchmark, unique
from registry import Registry

AppWith = Callable[..., AbstractContextManager[httpx.Client]]


def test_a_submitted_benchmark_is_answered_whole(user: httpx.Client) -> None:
    new = new_benchmark(description="Renders a scene")
    benchmark = made(user.post("/benchmarks", json=new))
    assert {key: benchmark[key] for key in new} == new
    assert benchmark["name"] == f"{new['docker_image']}:1.0"
    assert (benchmark["status"], "image_digest" in benchmark) == ("on_review", False)
    assert user.get(f"/benchmarks/{benchmark['id']}").json() == benchmark


def test_a_dry_run_says_which_fields_a_schema_declares_and_stores_nothing(user: httpx.Client) -> None:
    new = new_benchmark()
    shown = items(user.post("/benchmarks", params={"dry_run": True}, json=new))
    stored = made(user.post("/benchmarks", json=new))
    assert shown == items(user.get(f"/benchmarks/{stored['id']}/fields"))
    assert [each["path"] for each in shown] == ["score", "machine.cores", "machine.cpu"]


def test_a_dry_run_finds_the_mistakes_of_a_schema_and_a_name_that_is_taken(user: httpx.Client) -> None:
    broken = new_benchmark(json_schema={**SCHEMA, "required": "score"})
    assert places(user.post("/benchmarks", params={"dry_run": True}, json=broken)) == [
        "/json_schema/required"
    ]
    known = a_benchmark(user)
    again = new_benchmark(docker_image=known["docker_image"])
    refused(user.post("/benchmarks", params={"dry_run": True}, json=again), 409)


def test_a_dry_run_asks_no_registry(user: httpx.Client, registry: Registry) -> None:
    absent = new_benchmark(docker_image=f"{registry.address}/absent")
    items(user.post("/benchmarks", params={"dry_run": True}, json=absent))
    assert places(user.post("/benchmarks", json=absent)) == ["/docker_image"]


@pytest.mark.parametrize(
    "changes, wrong",
    [
        ({"docker_image": ""}, ["/docker_image"]),
        ({"docker_image": 5}, ["/docker_image"]),
        ({"docker_image": "x" * 256}, ["/docker_image"]),
        ({"docker_image": "No Image"}, ["/docker_image"]),
        ({"docker_image": "host.example/UPPER"}, ["/docker_image"]),
        ({"docker_tag": ""}, ["/docker_tag"]),
        ({"docker_tag": "x" * 129}, ["/docker_tag"]),
        ({"docker_tag": "a b"}, ["/docker_tag"]),
        ({"docker_tag": "-first"}, ["/docker_tag"]),
        ({"url": "benchmark.example"}, ["/url"]),
        ({"url": "ftp://benchmark.example"}, ["/url"]),
        ({"url": "javascript:alert(1)"}, ["/url"]),
        ({"url": "https://"}, ["/url"]),
        ({"description": "x" * 10_001}, ["/description"]),
        ({"json_schema": "{}"}, ["/json_schema"]),
        ({"json_schema": [SCHEMA]}, ["/json_schema"]),
        ({"status": "approved"}, ["/status"]),
        ({"image_digest": "sha256:0"}, ["/image_digest"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_malformed_benchmark_is_refused_saying_where(
    user: httpx.Client, admin: httpx.Client, changes: Json, wrong: list[str]
) -> None:
    new = new_benchmark(**changes)
    assert places(user.post("/benchmarks", json=new)) == wrong
    assert places(admin.put(f"/benchmarks/{a_benchmark(user)['id']}", json=new)) == wrong


@pytest.mark.parametrize("member", ["docker_image", "docker_tag", "url", "json_schema"])
def test_what_every_benchmark_needs(user: httpx.Client, member: str) -> None:
    new = {key: value for key, value in new_benchmark().items() if key != member}
    assert places(user.post("/benchmarks", json=new)) == [f"/{member}"]


def test_one_image_may_be_there_with_several_tags(user: httpx.Client) -> None:
    first = a_benchmark(user, docker_tag="1.0")
    assert a_benchmark(user, docker_image=first["docker_image"], docker_tag="1.1")
    again = new_benchmark(docker_image=first["docker_image"])
    assert refused(user.post("/benchmarks", json=again), 409)["detail"] == (
        "A benchmark with this image and tag exists or waits for review."
    )


def test_a_list_can_leave_the_schemas_out(
    client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    benchmark = a_benchmark(user, admin)
    where = {"docker_image": benchmark["docker_image"], "fields": "id,name"}
    assert items(client.get("/benchmarks", params=where)) == [
        {"id": benchmark["id"], "name": benchmark["name"]}
    ]


# Images


def test_the_digest_of_an_image_is_kept(user: httpx.Client, registry: Registry) -> None:
    name = unique("benchmark")
    digest = registry.push(name, "1.0")
    benchmark = a_benchmark(user, docker_image=f"{registry.address}/{name}")
    assert benchmark["image_digest"] == digest
    assert "image_note" not in benchmark


@pytest.mark.parametrize("image, tag", [("none", "1.0"), ("{name}", "9.9")])
def test_an_image_that_does_not_exist_is_refused(
    user: httpx.Client, admin: httpx.Client, registry: Registry, image: str, tag: str
) -> None:
    name = unique("benchmark")
    registry.push(name, "1.0")
    new = new_benchmark(docker_image=f"{registry.address}/{image.format(name=name)}", docker_tag=tag)
    answer = user.post("/benchmarks", json=new)
    assert places(answer) == ["/docker_image"]
    assert "does not exist or is private" in answer.json()["detail"]
    assert ids(admin.get("/benchmarks:search", params={"terms": image, "status": "on_review"})) == []
    assert places(admin.put(f"/benchmarks/{a_benchmark(user)['id']}", json=new)) == ["/docker_image"]


def test_a_registry_that_cannot_be_reached_is_noted_for_the_reviewer(user: httpx.Client) -> None:
    benchmark = a_benchmark(user)
    assert benchmark["image_note"] == "127.0.0.1 could not be reached."
    assert "image_digest" not in benchmark


def test_where_images_are_required_a_registry_that_cannot_be_reached_is_a_refusal(
    app_with: AppWith, user: httpx.Client, admin: httpx.Client
) -> None:
    new, there = new_benchmark(), a_benchmark(user)
    with app_with(image_check="required") as strict:
        strict.headers.update(user.headers)
        answer = strict.post("/benchmarks", json=new)
        assert places(answer) == ["/docker_image"]
        assert answer.json()["detail"].endswith("Try again later.")
        strict.headers.update(admin.headers)
        assert places(strict.put(f"/benchmarks/{there['id']}", json=new)) == ["/docker_image"]
    made(user.post("/benchmarks", json=new))  # nothing was left of the first try


def test_private_registries_are_not_asked_unless_allowed(
    app_with: AppWith, user: httpx.Client, registry: Registry
) -> None:
    name = unique("benchmark")
    registry.push(name, "1.0")
    with app_with(registry_allow_private=False, image_check="required") as strict:
        strict.headers.update(user.headers)
        new = new_benchmark(docker_image=f"{registry.address}/{name}")
        assert places(strict.post("/benchmarks", json=new)) == ["/docker_image"]


def test_an_edit_asks_for_another_image_only(
    user: httpx.Client, admin: httpx.Client, registry: Registry
) -> None:
    name = unique("benchmark")
    first, second = registry.push(name, "1.0"), registry.push(name, "2.0")
    image = f"{registry.address}/{name}"
    benchmark = a_benchmark(user, docker_image=image)
    path = f"/benchmarks/{benchmark['id']}"
    registry.push_index(name, "1.0")  # the tag moves on; what was submitted stays
    for tag, digest in (("1.0", first), ("2.0", second)):
        new = new_benchmark(docker_image=image, docker_tag=tag, description="Edited")
        made(admin.put(path, json=new), status=204)
        assert user.get(path).json()["image_digest"] == digest


def test_a_note_goes_when_the_image_is_found(
    user: httpx.Client, admin: httpx.Client, registry: Registry
) -> None:
    benchmark = a_benchmark(user)
    name = unique("benchmark")
    digest = registry.push(name, "1.0")
    new = new_benchmark(docker_image=f"{registry.address}/{name}")
    made(admin.put(f"/benchmarks/{benchmark['id']}", json=new), status=204)
    now = user.get(f"/benchmarks/{benchmark['id']}").json()
    assert (now["image_digest"], now.get("image_note")) == (digest, None)
