"""Results: submitting, reading, withdrawing, restoring and tagging them."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest
from answers import ids, items, places, refused
from conftest import Server
from factories import Json, a_benchmark, a_document, a_flavor, a_result, a_site, a_tag, made

EXECUTED = "2024-05-06T07:08:09+00:00"


@dataclass(frozen=True)
class Bench:
    """An approved benchmark that takes any JSON, one that wants a score, and an approved flavor."""

    loose: Json
    strict: Json
    site: Json
    flavor: Json

    def post(self, by: httpx.Client, document: Any = None, **query: Any) -> httpx.Response:
        """document: bytes are sent as they are; query: None leaves a parameter out."""
        where = {
            "benchmark_id": self.strict["id"],
            "flavor_id": self.flavor["id"],
            "execution_datetime": EXECUTED,
        } | query
        document = a_document() if document is None else document
        content = document if isinstance(document, bytes) else json.dumps(document).encode()
        params = {name: value for name, value in where.items() if value is not None}
        return by.post("/results", params=params, content=content)

    def post_anything(self, by: httpx.Client, document: bytes | Any, **query: Any) -> httpx.Response:
        return self.post(by, document, **{"benchmark_id": self.loose["id"]} | query)


@pytest.fixture(scope="module")
def bench(app: Server) -> Iterator[Bench]:
    with app.client("user") as user, app.client("admin") as admin:
        site = a_site(user, admin)
        loose = a_benchmark(user, admin, json_schema={})
        yield Bench(loose, a_benchmark(user, admin), site, a_flavor(user, admin, site=site))


def results_of(client: httpx.Client, benchmark: Json) -> list[str]:
    return ids(client.get("/results", params={"benchmark_id": benchmark["id"]}))


def test_a_submitted_result_is_listed_at_once_with_all_that_belongs_to_it(
    bench: Bench, user: httpx.Client, client: httpx.Client
) -> None:
    tags = sorted((a_tag(user) for _ in range(2)), key=lambda tag: tag["name"])
    document = a_document(7.25, cpu="Ünïcode 😀")
    result = made(bench.post(user, document, tags_ids=[tag["id"] for tag in reversed(tags)]))
    now = datetime.now(UTC)
    assert now - timedelta(minutes=1) < datetime.fromisoformat(result.pop("upload_datetime")) <= now
    assert result == {
        "id": result["id"],
        "execution_datetime": EXECUTED,
        "benchmark": bench.strict,
        "site": bench.site,
        "flavor": bench.flavor,
        "tags": tags,
        "json": document,
        "claims_open": 0,
    }
    read = made(client.get(f"/results/{result['id']}"), status=200)
    assert read.items() >= result.items()
    assert read in items(client.get("/results", params={"benchmark_id": bench.strict["id"]}))


@pytest.mark.parametrize(
    ("written", "answered"),
    [
        ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09+00:00"),
        ("2024-05-06T07:08:09.123456+05:30", "2024-05-06T01:38:09.123456+00:00"),
        ("2024-01-01T00:30:00-08:00", "2024-01-01T08:30:00+00:00"),
        ("1900-01-01T00:00:00+00:00", "1900-01-01T00:00:00+00:00"),
    ],
)
def test_the_time_of_execution_is_answered_in_utc(
    bench: Bench, user: httpx.Client, written: str, answered: str
) -> None:
    result = made(bench.post(user, execution_datetime=written))
    assert result["execution_datetime"] == answered
    assert made(user.get(f"/results/{result['id']}"), status=200)["execution_datetime"] == answered


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "yesterday",
        "2024-05-06",
        "2024-05-06T07:08:09",
        "2024-13-06T07:08:09Z",
        "1700000000",
        "2999-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1899-12-31T23:59:59Z",
        "2024-05-06T07:08:09+99:00",
    ],
)
def test_a_time_without_zone_in_the_future_or_out_of_range_is_refused(
    bench: Bench, user: httpx.Client, written: str | None
) -> None:
    assert places(bench.post(user, execution_datetime=written)) == ["execution_datetime"]


@pytest.mark.parametrize("what", ["benchmark", "flavor"])
def test_an_unknown_benchmark_or_flavor_is_404_and_one_on_review_422(
    bench: Bench, user: httpx.Client, other: httpx.Client, admin: httpx.Client, what: str
) -> None:
    parameter, benchmark_or_flavor = f"{what}_id", a_benchmark if what == "benchmark" else a_flavor
    refused(bench.post(user, **{parameter: str(uuid4())}), 404)
    assert places(bench.post(user, **{parameter: "1"})) == [parameter]
    assert places(bench.post(user, **{parameter: None})) == [parameter]
    site = {"site": bench.site} if what == "flavor" else {}
    waiting = benchmark_or_flavor(user, **site)["id"]
    for by in (user, admin):
        assert "waits for review" in refused(bench.post(by, **{parameter: waiting}), 422)["detail"]
    refused(bench.post(other, **{parameter: waiting}), 404)


def test_tags_must_exist(bench: Bench, user: httpx.Client) -> None:
    known, unknown = a_tag(user)["id"], str(uuid4())
    answer = bench.post(user, tags_ids=[known, unknown])
    assert places(answer) == ["tags_ids"]
    assert unknown in answer.text
    assert known not in answer.text
    assert places(bench.post(user, tags_ids=[known] * 21)) == ["tags_ids"]
    assert len(made(bench.post(user, tags_ids=[known, known]))["tags"]) == 1


def test_only_registered_people_submit(bench: Bench, client: httpx.Client, newcomer: httpx.Client) -> None:
    refused(bench.post(client), 401)
    refused(bench.post(newcomer), 403)


@pytest.mark.parametrize(
    ("document", "pointers"),
    [
        ({}, [""]),
        ([], [""]),
        ({"score": "fast"}, ["/score"]),
        ({"score": 1, "samples": [1, "2", None]}, ["/samples/1", "/samples/2"]),
        ({"score": 1, "machine": {"cores": 1.5, "cpu": 3}}, ["/machine/cores", "/machine/cpu"]),
    ],
)
def test_a_document_that_breaks_the_schema_is_told_where(
    bench: Bench, user: httpx.Client, document: Any, pointers: list[str]
) -> None:
    assert sorted(places(bench.post(user, document))) == pointers


def test_a_pointer_escapes_slashes_and_tildes(user: httpx.Client, admin: httpx.Client, bench: Bench) -> None:
    schema = {"properties": {"a/b": {"properties": {"~": {"type": "number"}}}}}
    benchmark = a_benchmark(user, admin, json_schema=schema)
    answer = bench.post(user, {"a/b": {"~": "x"}}, benchmark_id=benchmark["id"])
    assert places(answer) == ["/a~1b/~0"]


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b"", None),
        (b"  \n", None),
        (b"{", None),
        (b"{'a': 1}", None),
        (b'{"a": 1,}', None),
        (b'{"a": 1} {"a": 1}', None),
        (b"\xef\xbb\xbf{}", None),
        (b'{"a": "\xff"}', None),
        ('{"a": 1}'.encode("utf-16"), None),
        (b'{"a": 01}', None),
        (b'{"a": [1, NaN]}', "/a/1"),
        (b'{"a": Infinity}', "/a"),
        (b'{"a": -Infinity}', "/a"),
        (b'{"a": "x\\u0000y"}', "/a"),
        (b'{"a": {"x\\u0000y": 1}}', "/a"),
        (b'{"a": "x\\ud800y"}', "/a"),
        (b'{"a\\udfff": 1}', ""),
        (b'{"a": "x\x00y"}', None),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "/b/c"),
        (b'{"a": 1e400}', "/a"),
        (b'{"a": -1e400}', "/a"),
        (b'{"a": 1e-100000}', "/a"),
        (b'{"a": 0e-100000}', "/a"),
        (b'{"a": ' + b"9" * 5000 + b"}", "/a"),
        (b'{"a": -' + b"9" * 100_000 + b"}", "/a"),
        (b'{"a": 0.' + b"1" * 100_000 + b"}", "/a"),
        (nested(100), "/0" * 64),
        (nested(100_000), None),
        (b'{"a":' * 100_000, None),
    ],
    ids=lambda value: value[:30] if isinstance(value, bytes) else "",
)
def test_what_is_no_storable_json_is_refused_with_its_place(
    bench: Bench, user: httpx.Client, body: bytes, pointer: str | None
) -> None:
    before = results_of(user, bench.loose)
    faults = refused(bench.post_anything(user, body), 422)["errors"]
    assert faults[0]["detail"]
    assert faults[0].get("pointer") == pointer
    assert results_of(user, bench.loose) == before


@pytest.mark.parametrize(
    "number",
    [
        "0.1000",
        "1.0",
        "-0",
        "-0.0",
        "1E5",
        "1e308",
        "5e-324",
        "1e-300",
        "0.1234567890123456789012345678901234567890",
        str(2**53 + 1),
        str(2**64 + 1),
        str(-(2**100)),
        "9" * 300,
    ],
)
def test_a_number_that_is_taken_is_answered_exactly(
    bench: Bench, user: httpx.Client, client: httpx.Client, number: str
) -> None:
    posted = bench.post_anything(user, f'{{"number": {number}}}'.encode())
    result = made(posted)
    for answer in (posted, client.get(f"/results/{result['id']}")):
        read = json.loads(answer.text, parse_int=Decimal, parse_float=Decimal)["json"]["number"]
        assert read == Decimal(number)


@pytest.mark.parametrize(
    "document", [None, True, 0, "text", [], {}, [{"a": None}], {"": {"": []}}, {"ä": "😀"}]
)
def test_a_loose_schema_takes_any_json(bench: Bench, user: httpx.Client, document: Any) -> None:
    result = made(bench.post_anything(user, json.dumps(document).encode()))
    assert made(user.get(f"/results/{result['id']}"), status=200)["json"] == document


def test_a_mebibyte_is_the_limit(bench: Bench, user: httpx.Client) -> None:
    def of_size(size: int) -> bytes:
        return b'"' + b"x" * (size - 2) + b'"'

    refused(bench.post_anything(user, of_size(2**20 + 1)), 413)
    made(bench.post_anything(user, of_size(2**20)))


def test_a_body_of_unknown_length_is_limited_too(bench: Bench, user: httpx.Client) -> None:
    params = {
        "benchmark_id": bench.loose["id"],
        "flavor_id": bench.flavor["id"],
        "execution_datetime": EXECUTED,
    }
    chunks = (b'"' if last else b"x" * 2**16 for last in [False] * 20)
    refused(user.post("/results", params=params, content=chunks), 413)
    assert made(user.post("/results", params=params, content=iter([b"[1,", b"2]"])))["json"] == [1, 2]


def test_a_dry_run_tells_what_would_be_stored_and_stores_nothing(
    bench: Bench, user: httpx.Client, admin: httpx.Client
) -> None:
    benchmark = a_benchmark(user, admin)
    told = made(
        bench.post(user, a_document(3.5, cores=8), benchmark_id=benchmark["id"], dry_run="true"), status=200
    )
    assert told["result"]["site"] == bench.site
    assert told["result"]["json"]["score"] == 3.5
    assert told["fields"] == [
        {"path": "score", "value": 3.5},
        {"path": "machine.cores", "value": 8},
        {"path": "machine.cpu", "value": "Example CPU 1"},
    ]
    refused(user.get(f"/results/{told['result']['id']}"), 404)
    assert results_of(user, benchmark) == []
    assert ids(user.get("/users/self/results", params={"per_page": 1, "sort_by": "-upload_datetime"})) != [
        told["result"]["id"]
    ]


def test_a_dry_run_refuses_what_a_submission_would(bench: Bench, user: httpx.Client) -> None:
    for status, document, query in (
        (404, a_document(), {"benchmark_id": str(uuid4())}),
        (404, a_document(), {"flavor_id": str(uuid4())}),
        (422, {"score": "x"}, {}),
        (422, b"{", {}),
        (422, a_document(), {"tags_ids": str(uuid4())}),
        (422, a_document(), {"execution_datetime": "2024-05-06T07:08:09"}),
    ):
        dry, real = (bench.post(user, document, **query, dry_run=dry) for dry in ("true", "false"))
        assert refused(dry, status) == refused(real, status)


def test_an_unknown_result_is_404(client: httpx.Client, admin: httpx.Client) -> None:
    unknown = f"/results/{uuid4()}"
    refused(client.get(unknown), 404)
    refused(client.get("/results/1"), 404)
    for method, tail, body in (
        ("DELETE", "", None),
        ("POST", ":restore", None),
        ("PUT", "/tags", {"tags_ids": []}),
        ("POST", ":claim", {"message": "x"}),
        ("GET", "/claims", None),
        ("GET", "/uploader", None),
    ):
        refused(admin.request(method, f"{unknown}{tail}", json=body), 404)


@pytest.mark.parametrize("withdrawer", ["user", "admin"])
def test_a_withdrawn_result_is_a_tombstone_that_can_be_restored(
    app: Server, bench: Bench, withdrawer: str
) -> None:
    with ExitStack() as stack:
        client, user, other, admin = (
            stack.enter_context(app.client(name)) for name in (None, "user", "other", "admin")
        )
        benchmark = a_benchmark(user, admin)
        result = a_result(user, admin, benchmark=benchmark, flavor=bench.flavor)
        path = f"/results/{result['id']}"
        by = admin if withdrawer == "admin" else user
        made(by.delete(path), status=204)
        refused(by.delete(path), 404)

        for stranger in (client, other):
            assert "withdrawn" in refused(stranger.get(path), 404)["detail"]
        for reader in (user, admin):
            read = made(reader.get(path), status=200)
            assert (read["json"], read["withdrawn"]) == (result["json"], True)
        for reader in (client, user, other, admin):
            for narrowed in ({}, {"filters": "score > 0"}, {"sort_by": "-json.score"}, {"terms": "site"}):
                question = {"benchmark_id": benchmark["id"]} | narrowed
                way = "/results:search" if "terms" in narrowed else "/results"
                assert made(reader.get(way, params=question), status=200)["total"] == 0
        own = items(user.get("/users/self/results"))
        assert next(each for each in own if each["id"] == result["id"])["withdrawn"] is True
        assert "deleted" in refused(admin.delete(f"/benchmarks/{benchmark['id']}"), 409)["detail"]

        made(admin.post(f"{path}:restore"), status=204)
        assert results_of(client, benchmark) == [result["id"]]
        assert made(client.get(path), status=200) | {"mine": True} == made(user.get(path), status=200)
        assert "listed" in refused(admin.post(f"{path}:restore"), 422)["detail"]


def test_the_uploader_is_told_which_results_are_own(
    bench: Bench, client: httpx.Client, user: httpx.Client, other: httpx.Client, admin: httpx.Client
) -> None:
    result = made(bench.post(user))
    told = [by.get(f"/results/{result['id']}").json().get("mine") for by in (user, other, admin, client)]
    assert told == [True, None, None, None]


def test_only_the_uploader_or_an_admin_changes_a_result(
    bench: Bench, client: httpx.Client, user: httpx.Client, other: httpx.Client, newcomer: httpx.Client
) -> None:
    path = f"/results/{made(bench.post(user))['id']}"
    for by, status in ((client, 401), (newcomer, 403), (other, 403)):
        refused(by.delete(path), status)
        refused(by.put(f"{path}/tags", json={"tags_ids": []}), status)
        refused(by.post(f"{path}:restore"), status)
        refused(by.get(f"{path}/uploader"), status)
    refused(user.post(f"{path}:restore"), 403)
    refused(user.get(f"{path}/uploader"), 403)
    assert client.get(path).status_code == 200


def test_tags_of_a_result_are_replaced_by_its_uploader_or_an_admin(
    bench: Bench, client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    path = f"/results/{made(bench.post(user))['id']}"
    one, two, three = sorted((a_tag(user) for _ in range(3)), key=lambda tag: tag["name"])
    for by, tags in ((user, [one, two]), (admin, [two, three]), (user, [])):
        made(by.put(f"{path}/tags", json={"tags_ids": [tag["id"] for tag in tags]}), status=204)
        assert made(client.get(path), status=200)["tags"] == tags
    made(user.put(f"{path}/tags", json={"tags_ids": [one["id"], one["id"]]}), status=204)
    for wrong in (
        {},
        [],
        {"tags_ids": None},
        {"tags_ids": ["x"]},
        {"tags_ids": [str(uuid4())]},
        {"tags": []},
    ):
        refused(user.put(f"{path}/tags", json=wrong), 422)
    assert made(client.get(path), status=200)["tags"] == [one]


def test_tags_that_are_set_at_once_replace_each_other(
    bench: Bench, client: httpx.Client, user: httpx.Client
) -> None:
    path = f"/results/{made(bench.post(user))['id']}"
    tags = [a_tag(user)["id"] for _ in range(3)]
    for choices in [(tags, [], tags[:1], tags[1:])] * 5:
        with ThreadPoolExecutor() as pool:
            for answer in pool.map(lambda ids: user.put(f"{path}/tags", json={"tags_ids": ids}), choices):
                made(answer, status=204)
        kept = {tag["id"] for tag in made(client.get(path), status=200)["tags"]}
        assert kept in [set(each) for each in choices]


def test_a_result_is_found_by_its_fields_although_the_schema_changed_while_it_came_back(
    bench: Bench, client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    benchmark = a_benchmark(user, admin)
    result = a_result(user, admin, benchmark=benchmark, flavor=bench.flavor)
    body = {name: benchmark[name] for name in ("docker_image", "docker_tag", "url")}
    for number in range(5):
        made(user.delete(f"/results/{result['id']}"), status=204)
        changed = benchmark["json_schema"] | {"title": str(number)}
        with ThreadPoolExecutor() as pool:
            edited = pool.submit(
                admin.put, f"/benchmarks/{benchmark['id']}", json={**body, "json_schema": changed}
            )
            restored = pool.submit(admin.post, f"/results/{result['id']}:restore")
            made(edited.result(), status=204)
            made(restored.result(), status=204)
        found = client.get("/results", params={"benchmark_id": benchmark["id"], "filters": "score > 0"})
        assert ids(found) == [result["id"]]


def test_deleting_a_tag_unlinks_it_from_results(
    bench: Bench, client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    tag = a_tag(user)
    result = made(bench.post(user, tags_ids=[tag["id"]]))
    made(admin.delete(f"/tags/{tag['id']}"), status=204)
    assert made(client.get(f"/results/{result['id']}"), status=200)["tags"] == []


def test_the_uploader_is_told_to_admins(bench: Bench, user: httpx.Client, admin: httpx.Client) -> None:
    result = made(bench.post(user))
    uploader = made(admin.get(f"/results/{result['id']}/uploader"), status=200)
    assert (uploader["sub"], uploader["email"]) == ("user", "user@example.org")


def test_a_removed_persons_results_stay_without_an_uploader(
    app: Server, bench: Bench, client: httpx.Client, admin: httpx.Client
) -> None:
    name = f"gone-{uuid4().hex[:8]}"
    app.identity.describe(name)
    with app.client(name) as person:
        made(person.post("/users:register"))
        result = made(bench.post(person))
        made(person.delete("/users/self"), status=204)
        refused(person.delete(f"/results/{result['id']}"), 403)
    assert made(client.get(f"/results/{result['id']}"), status=200)["json"] == result["json"]
    assert "removed" in refused(admin.get(f"/results/{result['id']}/uploader"), 404)["detail"]


def test_own_results_are_mine_alone_newest_first(
    app: Server, bench: Bench, user: httpx.Client, client: httpx.Client, newcomer: httpx.Client
) -> None:
    name = f"owner-{uuid4().hex[:8]}"
    app.identity.describe(name)
    with app.client(name) as person:
        made(person.post("/users:register"))
        made(bench.post(user))
        mine = [
            made(bench.post(person, execution_datetime=f"202{year}-01-01T00:00:00Z")) for year in (3, 1, 2)
        ]
        first, second, third = (each["id"] for each in mine)
        made(person.delete(f"/results/{second}"), status=204)
        listed = "/users/self/results"
        assert ids(person.get(listed)) == [third, second, first]
        by_execution = {"sort_by": "+execution_datetime"}
        assert ids(person.get(listed, params=by_execution)) == [second, third, first]
        page = made(person.get(listed, params={"per_page": 2, "page": 2}), status=200)
        assert ([each["id"] for each in page["items"]], page["total"], page["pages"]) == ([first], 3, 2)
        uploaded = {"upload_after": mine[0]["upload_datetime"], "upload_before": mine[2]["upload_datetime"]}
        assert ids(person.get(listed, params=uploaded)) == [second]
        assert places(person.get(listed, params={"benchmark_id": bench.strict["id"]})) == ["benchmark_id"]
    refused(client.get("/users/self/results"), 401)
    refused(newcomer.get("/users/self/results"), 403)
