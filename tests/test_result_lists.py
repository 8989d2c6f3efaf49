"""Lists of results: which are listed, in which order, page by page, and at which cost."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import uuid4

import httpx
import pytest
from answers import ids, items, places
from conftest import Server
from factories import IMAGE_REGISTRY, Json, a_benchmark, a_flavor, a_result, a_site, a_tag, made
from sqlalchemy import event

from eosc_perf.server import create_app
from eosc_perf.server.config import Settings

NUMBER = {"type": "number", "suggestToUser": True}
SCHEMA: Json = {
    "properties": {"n": NUMBER, "t": {**NUMBER, "type": "string"}, "b": {**NUMBER, "type": "boolean"}}
}
DOCUMENTS: list[Json] = [
    {"n": 2, "t": "b", "b": True, "u": 10, "deep": {"er": "x"}},
    {"n": 10, "t": "B", "b": False, "u": 9.5},
    {"n": 2, "t": "a", "u": None, "deep": {"er": "w"}},
    {"t": "ä", "b": True, "deep": "none"},
    {"n": -1.5, "u": 9.5, "deep": {"er": "x"}},
    {"n": 2, "u": -3},
    {},
    {"n": 1e300, "t": "", "b": False, "u": 1e-300},
]
VALUES: dict[str, Callable[[Json], Any]] = {
    "id": lambda result: result["id"],
    "execution_datetime": lambda result: datetime.fromisoformat(result["execution_datetime"]),
    "upload_datetime": lambda result: datetime.fromisoformat(result["upload_datetime"]),
    "benchmark_id": lambda result: result["benchmark"]["id"],
    "benchmark_name": lambda result: result["benchmark"]["name"],
    "site_id": lambda result: result["site"]["id"],
    "site_name": lambda result: result["site"]["name"],
    "site_address": lambda result: result["site"]["address"],
    "flavor_id": lambda result: result["flavor"]["id"],
    "flavor_name": lambda result: result["flavor"]["name"],
    "tag_names": lambda result: ", ".join(sorted(tag["name"] for tag in result["tags"])) or None,
    "json.n": lambda result: result["json"].get("n"),
    "json.t": lambda result: result["json"].get("t"),
    "json.b": lambda result: result["json"].get("b"),
    "json.u": lambda result: result["json"].get("u"),
    "json.nowhere": lambda result: None,
}


@dataclass(frozen=True)
class Listed:
    """Results that carry the tag `all`; of two benchmarks, of which the first declares n, t and b."""

    results: list[Json]
    all: Json
    odd: Json
    third: Json

    def get(self, client: httpx.Client, **params: Any) -> httpx.Response:
        tags = [self.all["id"], *params.pop("tags_ids", [])]
        return client.get("/results", params={"tags_ids": tags} | params)

    def those(self, condition: Callable[[Json], bool]) -> set[str]:
        return {result["id"] for result in self.results if condition(result)}


@pytest.fixture(scope="module")
def listed(app: Server) -> Iterator[Listed]:
    with app.client("user") as user, app.client("admin") as admin:
        mark = uuid4().hex
        benchmarks = [
            a_benchmark(user, admin, docker_image=f"{IMAGE_REGISTRY}/{name}-{mark}", json_schema=schema)
            for name, schema in (("zeta", SCHEMA), ("alpha", {}))
        ]
        sites = [
            a_site(user, admin, name=f"{name} {mark}", address=address)
            for name, address in (
                ("Ypsilon", f"https://a.{mark}.example"),
                ("Beta", f"https://b.{mark}.example"),
            )
        ]
        flavors = [
            a_flavor(user, admin, site=site, name=f"{name}-{mark}")
            for name, site in (("m2", sites[0]), ("m1", sites[0]), ("m3", sites[1]))
        ]
        tags = [a_tag(user, name=f"{name} {mark}") for name in ("all", "odd", "third")]
        results = [
            a_result(
                user,
                admin,
                benchmark=benchmarks[place % 5 == 1],
                flavor=flavors[place % 3],
                json=document,
                executed=f"2024-01-0{1 + place // 2}T00:00:00Z",
                tags=[tags[0], *([tags[1]] if place % 2 else []), *([tags[2]] if place % 3 == 0 else [])],
            )
            for place, document in enumerate(DOCUMENTS)
        ]
        yield Listed(results, *tags)


def first_of(listed: Listed, client: httpx.Client) -> Listed:
    """The results of the benchmark that declares its fields."""
    benchmark = listed.results[0]["benchmark"]["id"]
    return replace(listed, results=[each for each in listed.results if each["benchmark"]["id"] == benchmark])


@pytest.mark.parametrize("member", ["benchmark", "site", "flavor"])
def test_results_are_filtered_by_benchmark_site_and_flavor(
    listed: Listed, client: httpx.Client, member: str
) -> None:
    for wanted in {result[member]["id"] for result in listed.results}:
        shown = made(listed.get(client, **{f"{member}_id": wanted}), status=200)
        expected = listed.those(lambda result, wanted=wanted: result[member]["id"] == wanted)
        assert {result["id"] for result in shown["items"]} == expected
        assert shown["total"] == len(expected)
        without_tag = made(client.get("/results", params={f"{member}_id": wanted}), status=200)
        assert without_tag["total"] == len(expected)
    assert ids(listed.get(client, **{f"{member}_id": str(uuid4())})) == []
    assert places(listed.get(client, **{f"{member}_id": "1"})) == [f"{member}_id"]


def test_conditions_add_up(listed: Listed, client: httpx.Client) -> None:
    one = listed.results[0]
    chosen = {f"{member}_id": one[member]["id"] for member in ("benchmark", "site", "flavor")}
    shown = made(client.get("/results", params=chosen), status=200)
    expected = listed.those(
        lambda r: all(r[m]["id"] == one[m]["id"] for m in ("benchmark", "site", "flavor"))
    )
    assert {result["id"] for result in shown["items"]} == expected
    assert shown["total"] == len(expected)
    narrowed = chosen | {"filters": "n > 0", "execution_after": "2024-01-01", "tags_ids": listed.odd["id"]}
    assert set(ids(client.get("/results", params=narrowed))) == expected & listed.those(
        lambda r: (
            r["json"].get("n", 0) > 0 and VALUES["execution_datetime"](r).day > 1 and listed.odd in r["tags"]
        )
    )


def test_all_tags_must_be_on_a_result(listed: Listed, client: httpx.Client) -> None:
    odd, third = listed.odd, listed.third
    for wanted in ([odd], [third], [odd, third], [third, odd, odd]):
        question = {"tags_ids[]": [tag["id"] for tag in [listed.all, *wanted]]}
        assert set(ids(client.get("/results", params=question))) == listed.those(
            lambda result, wanted=wanted: all(tag in result["tags"] for tag in wanted)
        )
    assert ids(listed.get(client, tags_ids=[str(uuid4())])) == []


@pytest.mark.parametrize("what", ["execution", "upload"])
def test_bounds_of_dates_are_strict(listed: Listed, client: httpx.Client, what: str) -> None:
    moment = VALUES[f"{what}_datetime"]
    low, high = sorted(map(moment, listed.results))[1::4][:2]
    bounds = {f"{what}_after": low.isoformat(), f"{what}_before": high.isoformat()}
    for chosen in ({}, *({name: text} for name, text in bounds.items()), bounds):
        shown = made(listed.get(client, **chosen), status=200)
        assert {result["id"] for result in shown["items"]} == listed.those(
            lambda result, chosen=chosen: (
                (f"{what}_after" not in chosen or moment(result) > low)
                and (f"{what}_before" not in chosen or moment(result) < high)
            )
        )
        assert shown["total"] == len(shown["items"])
    for wrong in ("soon", "0001-01-01T00:00:00+14:00", "1700000000"):
        assert places(listed.get(client, **{f"{what}_after": wrong})) == [f"{what}_after"]


def check_order(shown: list[Json], expected: set[str], key: str, *, descending: bool) -> None:
    """All that are expected, by `key`; those without a value last; ids decide among the same."""
    value = VALUES[key]
    assert {result["id"] for result in shown} == expected
    known = [result for result in shown if value(result) is not None]
    assert [value(each) for each in known] == sorted(map(value, known), reverse=descending)
    assert all(value(result) is None for result in shown[len(known) :])
    for tied in ({each["id"]: None for each in shown if value(each) == value(one)} for one in shown):
        assert list(tied) in (sorted(tied), sorted(tied, reverse=True))


@pytest.mark.parametrize("sign", ["+", "-"])
@pytest.mark.parametrize("key", VALUES)
def test_results_are_sorted_by_each_key(listed: Listed, client: httpx.Client, key: str, sign: str) -> None:
    everything = listed.those(lambda result: True)
    check_order(items(listed.get(client, sort_by=f"{sign}{key}")), everything, key, descending=sign == "-")
    declaring = first_of(listed, client)
    chosen = {"benchmark_id": declaring.results[0]["benchmark"]["id"], "sort_by": f"{sign}{key}"}
    for question in (chosen, chosen | {"filters": "n >= -1e9"}, chosen | {"filters": "u < 1e9"}):
        name = question.get("filters", "")[:1]
        expected = declaring.those(lambda r, name=name: not name or r["json"].get(name) is not None)
        check_order(items(client.get("/results", params=question)), expected, key, descending=sign == "-")


@pytest.mark.parametrize(
    "sort_by",
    [
        *(f"{sign}{key}" for key in VALUES for sign in "+-"),
        "-site_name,+json.n,-json.u",
        "+json.t,-flavor_name",
    ],
)
def test_pages_and_cursors_neither_repeat_nor_skip(
    listed: Listed, client: httpx.Client, sort_by: str
) -> None:
    declaring = listed.results[0]["benchmark"]["id"]
    for chosen in ({}, {"benchmark_id": declaring}, {"benchmark_id": declaring, "filters": "n < 100"}):
        question = {"sort_by": sort_by} | chosen
        whole = ids(listed.get(client, **question))
        for size in (1, 3, 5):
            pages = [
                ids(listed.get(client, **question, per_page=size, page=page))
                for page in range(1, len(whole) // size + 3)
            ]
            assert [*chain(*pages)] == whole
        assert list(followed(listed.get(client, **question, per_page=2), client)) == whole


def followed(answer: httpx.Response, client: httpx.Client) -> Iterator[str]:
    """The ids of a page, and of those that its `next` links lead to."""
    while True:
        yield from ids(answer)
        link = answer.links.get("next")
        if not link:
            return
        answer = client.get(str(answer.url.join(link["url"])))


def test_a_cursor_goes_on_where_one_was_although_results_came_and_went(
    listed: Listed, client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    benchmark, flavor = a_benchmark(user, admin, json_schema=SCHEMA), a_flavor(user, admin)

    def submit(n: int) -> str:
        return str(a_result(user, admin, benchmark=benchmark, flavor=flavor, json={"n": n})["id"])

    known = [submit(n) for n in (10, 20, 30, 40)]
    question = {"benchmark_id": benchmark["id"], "sort_by": "+json.n", "per_page": 2}
    first = client.get("/results", params=question)
    assert ids(first) == known[:2]
    early = submit(5)
    made(user.delete(f"/results/{known[1]}"), status=204)
    late = submit(35)
    assert list(followed(first, client)) == [*known[:3], late, known[3]]
    assert early in ids(client.get("/results", params=question))


@pytest.mark.parametrize(
    ("sort_by", "value"),
    [
        ("+json.u", "no json"),
        ("+json.u", "1e999999"),
        ("+json.u", '"\\u0000"'),
        ("+json.u", '"\\ud800"'),
        ("+json.u", 5),
        ("+json.n", True),
        ("+json.n", "5"),
        ("-json.b", 1),
        ("+json.t", 5),
        ("+site_name", "\0"),
        ("+site_name", None),
        ("+execution_datetime", "0001-01-01T00:00:00+14:00"),
        ("+execution_datetime", "x"),
        ("+site_id", "x"),
        ("+id", []),
    ],
)
def test_a_made_up_cursor_is_refused(
    listed: Listed, client: httpx.Client, sort_by: str, value: object
) -> None:
    text = json.dumps([value, str(uuid4())]).encode()
    after = base64.urlsafe_b64encode(text).decode().rstrip("=")
    declaring = listed.results[0]["benchmark"]["id"]
    assert places(listed.get(client, benchmark_id=declaring, sort_by=sort_by, after=after)) == ["after"]


@pytest.mark.parametrize(
    "sort_by",
    [
        "json", "json.", "json.a..b", "json..a", "json.a.", "n", "__class__", "metadata", "registry", "json_",
        "uploader_id", "uploader", "status", "benchmark", "benchmark.id", "id;", "",
    ],
)  # fmt: skip
def test_results_have_no_other_sort_keys(listed: Listed, client: httpx.Client, sort_by: str) -> None:
    for sign in ("+", "-"):
        assert places(listed.get(client, sort_by=f"{sign}{sort_by}")) == ["sort_by"]
    assert places(listed.get(client, sort_by="id")) == ["sort_by"]
    assert places(listed.get(client, sort_by=",".join(["+json.n"] * 11))) == ["sort_by"]


def test_results_come_by_the_time_of_execution_unless_told(listed: Listed, client: httpx.Client) -> None:
    shown = items(listed.get(client))
    check_order(shown, listed.those(lambda result: True), "execution_datetime", descending=False)


def test_one_may_choose_members_of_results(listed: Listed, client: httpx.Client) -> None:
    whole = items(listed.get(client))
    assert items(listed.get(client, fields="id,site.name,tags.id,benchmark.nonsense")) == [
        {
            "id": result["id"],
            "site": {"name": result["site"]["name"]},
            "tags": [{"id": tag["id"]} for tag in result["tags"]],
            "benchmark": {},
        }
        for result in whole
    ]
    for name in whole[0]:
        assert items(listed.get(client, fields=name)) == [{name: result[name]} for result in whole]
    every = ",".join(whole[0])
    assert items(listed.get(client, fields=every)) == whole
    slim = ",".join(f"benchmark.{name}" for name in whole[0]["benchmark"] if name != "json_schema")
    for result in items(listed.get(client, fields=f"{every.replace('benchmark,', '')},{slim}")):
        assert "json_schema" not in result["benchmark"]
        assert result["json"] is not None


def test_terms_are_searched_in_each_name(listed: Listed, client: httpx.Client) -> None:
    mark = re.search(r"[0-9a-f]{32}", listed.all["name"])
    assert mark
    for term, condition in {
        f"{IMAGE_REGISTRY}/zeta-{mark[0]}:1.0": lambda r: "zeta" in r["benchmark"]["name"],
        f"YPSILON {mark[0]}": lambda r: "Ypsilon" in r["site"]["name"],
        f"//B.{mark[0]}": lambda r: "//b." in r["site"]["address"],
        f"m2-{mark[0]}": lambda r: "m2" in r["flavor"]["name"],
        f"odd {mark[0][:20]}": lambda r: listed.odd in r["tags"],
        mark[0]: lambda r: True,
    }.items():
        shown = made(client.get("/results:search", params={"terms": term}), status=200)
        assert {result["id"] for result in shown["items"]} == listed.those(condition), term
        assert shown["total"] == len(shown["items"])

    def found(*terms: str, **more: str) -> set[str]:
        return set(ids(client.get("/results:search", params={"terms": [mark[0], *terms]} | more)))

    assert found("Zeta", "odd") == listed.those(
        lambda r: "zeta" in r["benchmark"]["name"] and listed.odd in r["tags"]
    )
    assert found("zeta", uuid4().hex) == set()
    assert found("%") == found("z_ta") == set()
    assert found("alpha", filters="n > 5") == listed.those(
        lambda r: "alpha" in r["benchmark"]["name"] and r["json"].get("n", 0) > 5
    )
    assert found(sort_by="-json.n", benchmark_id=listed.results[0]["benchmark"]["id"]) == first_of(
        listed, client
    ).those(lambda r: True)
    assert places(client.get("/results:search", params={"terms": ["x"] * 21})) == ["terms"]
    assert places(client.get("/results", params={"terms": "x"})) == ["terms"]


def test_search_without_terms_is_the_list(listed: Listed, client: httpx.Client) -> None:
    tag = {"tags_ids": listed.all["id"]}
    assert ids(client.get("/results:search", params=tag)) == ids(client.get("/results", params=tag))


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", f"page=1{'0' * 30}", "per_page=0", "per_page=101", "after=x&page=2"],
)
def test_wrong_pages_are_refused(client: httpx.Client, query: str) -> None:
    assert places(client.get(f"/results?{query}"))[0] == query.partition("=")[0]


def test_a_page_far_beyond_the_end_is_empty(listed: Listed, client: httpx.Client) -> None:
    shown = made(listed.get(client, page=10**12), status=200)
    assert (shown["items"], shown["total"], shown["has_next"]) == ([], len(DOCUMENTS), False)


@contextmanager
def counting(settings: Settings) -> Iterator[Callable[[str], list[str]]]:
    """The app in this process: which statements an anonymous GET runs."""
    app = create_app(settings)
    statements: list[str] = []
    event.listen(app.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    def get(address: str) -> list[str]:
        statements.clear()
        answer = app.test_client().get(f"/api/v1{address}")
        assert answer.status_code == 200, answer.text
        return list(statements)

    try:
        yield get
    finally:
        app.engine.dispose()
        app.extensions["identity"].pool.shutdown(wait=False)


@pytest.fixture(scope="module")
def hundred(app: Server) -> Json:
    """A benchmark with a hundred results, on five flavors, with tags."""
    with app.client("user") as user, app.client("admin") as admin:
        benchmark = a_benchmark(user, admin, json_schema=SCHEMA)
        flavors = [a_flavor(user, admin) for _ in range(5)]
        tags = [a_tag(user) for _ in range(5)]
        for n in range(100):
            a_result(
                user,
                admin,
                benchmark=benchmark,
                flavor=flavors[n % 5],
                tags=[tags[n % 5], tags[n // 20]] if n // 20 != n % 5 else [tags[0]],
                json={"n": n, "t": str(n), "u": n},
            )
        return benchmark


@pytest.mark.parametrize(
    "question",
    [
        "",
        "&sort_by=-site_name",
        "&sort_by=-json.u",
        "&filters=u >= 0",
        "&filters=n >= 0&filters=t ~ &sort_by=-json.n",
        "&sort_by=+json.b",
        "&execution_after=2020-01-01&fields=id,tags",
    ],
)
def test_a_list_of_a_hundred_takes_as_few_statements_as_one_of_twenty(
    settings: Settings, hundred: Json, question: str
) -> None:
    question = question.replace("~ ", "!= x")
    with counting(settings) as get:
        get(f"/results?benchmark_id={hundred['id']}&per_page=1")  # from now on the benchmark is at hand
        few, many = (
            get(f"/results?benchmark_id={hundred['id']}{question.replace('+', '%2B')}&per_page={size}")
            for size in (20, 100)
        )
    assert len(many) == len(few)
    assert len(few) <= (5 if "json.b" in question else 4), few  # one more for results without the value


def test_a_list_of_everything_takes_at_most_four_statements(settings: Settings, hundred: Json) -> None:
    with counting(settings) as get:
        get("/results")
        assert len(get("/results?per_page=99")) <= 4
        assert len(get("/results?page=2&per_page=3")) <= 4


def test_a_filter_is_planned_for_its_values_however_often_it_is_asked(
    settings: Settings, hundred: Json
) -> None:
    app = create_app(settings)
    try:
        for n in range(15):
            asked = f"benchmark_id={hundred['id']}&filters=n >= {n}&filters=u < 99&sort_by=-json.u&per_page=1"
            answer = app.test_client().get(f"/api/v1/results?{asked}").get_json()
            assert answer["total"] == 99 - n
        with app.engine.connect() as connection:  # the one that answered
            statements = connection.exec_driver_sql("SELECT statement FROM pg_prepared_statements")
            prepared = list(statements.scalars())
    finally:
        app.engine.dispose()
        app.extensions["identity"].pool.shutdown(wait=False)
    assert any("pg_current_snapshot" in each for each in prepared)
    assert not [each for each in prepared if "observation" in each]


def test_members_of_documents_travel_alone_when_asked_for(client, user, admin):
    benchmark = a_benchmark(user, admin)
    a_result(
        user, admin, benchmark=benchmark, json={"score": 1.5, "machine": {"cores": 4, "cpu": "X"}, "n": None}
    )
    query = {
        "benchmark_id": benchmark["id"],
        "fields": "json.score,json.machine.cores,json.n,json.nothing,json.a.b",
    }
    [item] = items(client.get("/results", params=query))
    assert item == {"json": {"score": 1.5, "machine": {"cores": 4}, "n": None}}
