"""Filters on the documents of results: what matches, whether a benchmark declares the path or not."""

import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from typing import Any
from uuid import UUID

import httpx
import pytest
from answers import places, refused
from conftest import Server
from factories import Json, a_benchmark, a_flavor, a_result, a_tag, made
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from who import application

from eosc_perf.server.benchmarks.fields import LONGEST_TEXT
from eosc_perf.server.benchmarks.models import Benchmark, Field
from eosc_perf.server.config import Settings
from eosc_perf.server.results import index
from eosc_perf.server.results.models import Observation, Result

STORED: Json = {
    "16": 16,
    "16.5": 16.5,
    "-1": -1,
    "tiny": 1e-300,
    "huge": 10**30,
    "text 16": "16",
    "text": "Intel Xeon",
    "upper": "INTEL",
    "empty": "",
    "umlaut": "ÄB",
    "odd": "100% _ \\ \"x\" 'y'",
    "true": True,
    "false": False,
    "text true": "true",
    "null": None,
    "list": [16, "16", True],
    "object": {"v": 16},
    "missing": ...,
}
"""What the results hold at `v`, by a name."""

MATCHES = [
    ("== 16", {"16", "text 16"}),
    ("== 16.0", {"16"}),
    ("== 1.6e1", {"16"}),
    ("!= 16", {"16.5", "-1", "tiny", "huge", "text", "upper", "empty", "umlaut", "odd", "text true"}),
    ("> 16", {"16.5", "huge", "text", "upper", "umlaut", "text true"}),
    (">= 16", {"16", "16.5", "huge", "text 16", "text", "upper", "umlaut", "text true"}),
    ("< 16", {"-1", "tiny", "empty", "odd"}),
    ("<= 16", {"16", "-1", "tiny", "text 16", "empty", "odd"}),
    ("~ 16", {"text 16"}),
    ("== 1000000000000000000000000000000", {"huge"}),
    ("> 0", {"16", "16.5", "tiny", "huge", "text 16", "text", "upper", "umlaut", "odd", "text true"}),
    ("== 1e400", set()),
    ("== Intel Xeon", {"text"}),
    ("!= Intel Xeon", {"text 16", "upper", "empty", "umlaut", "odd", "text true"}),
    ("> Intel", {"text", "umlaut", "text true"}),
    ("< INTEL", {"text 16", "empty", "odd"}),
    ("~ intel", {"text", "upper"}),
    ("~ äb", {"umlaut"}),
    ("~ 100% _ \\", {"odd"}),
    ('~ \\ "X" ', {"odd"}),
    ("~ _", {"odd"}),
    ("~ .", set()),
    ("== true", {"true", "text true"}),
    ("== FALSE", {"false"}),
    ("!= true", {"false", "text 16", "text", "upper", "empty", "umlaut", "odd"}),
    ("> false", {"text true", "umlaut"}),
    ("== null", set()),
    ("== NaN", set()),
    ("== ''", set()),
]


@dataclass(frozen=True)
class Benches:
    """Results with the same documents: of a benchmark that declares paths, and of one that declares none."""

    documents: list[Any]
    declaring: Json
    loose: Json
    tag: Json
    place_of: dict[str, int]

    def found(self, client: httpx.Client, filters: Sequence[str], **question: Any) -> set[int]:
        """The places of the documents that match."""
        answer = client.get("/results", params={"filters": filters, "tags_ids": self.tag["id"]} | question)
        shown = made(answer, status=200)
        assert shown["total"] == len(shown["items"])
        return {self.place_of[result["id"]] for result in shown["items"]}


def submitted(app: Server, documents: list[Any], schema: Json) -> Benches:
    with app.client("user") as user, app.client("admin") as admin:
        declaring, loose = (a_benchmark(user, admin, json_schema=each) for each in (schema, {}))
        flavor, tag = a_flavor(user, admin), a_tag(user)
        place_of = {}
        for (place, document), benchmark in product(enumerate(documents), (declaring, loose)):
            result = a_result(user, admin, benchmark=benchmark, flavor=flavor, json=document, tags=[tag])
            place_of[result["id"]] = place
        return Benches(documents, declaring, loose, tag, place_of)


@pytest.fixture(scope="module")
def mixed(app: Server) -> Benches:
    """Results that hold anything at `v`."""
    documents = [{} if value is ... else {"v": value} for value in STORED.values()]
    return submitted(app, documents, {"properties": {"other": {"type": "number", "suggestToUser": True}}})


@pytest.mark.parametrize(("filter", "expected"), MATCHES, ids=[filter for filter, _ in MATCHES])
def test_a_filter_matches_by_the_stored_type_and_odd_values_never_fail_it(
    mixed: Benches, client: httpx.Client, filter: str, expected: set[str]
) -> None:
    names = list(STORED)
    for benchmark in (mixed.declaring, mixed.loose):
        found = mixed.found(client, [f"v {filter}"], benchmark_id=benchmark["id"])
        assert {names[place] for place in found} == expected


def test_paths_lead_into_objects_and_arrays(mixed: Benches, client: httpx.Client) -> None:
    names = list(STORED)
    for filter, expected in (
        ("v.v == 16", {"object"}),
        ("v.0 == 16", {"list"}),
        ("v.1 == 16", {"list"}),
        ("v.2 == true", {"list"}),
        ("v.3 != 16", set()),
        ("v.0.0 == 16", set()),
        ("w == 16", set()),
    ):
        assert {names[place] for place in mixed.found(client, [filter])} == expected


def test_all_filters_must_match(mixed: Benches, client: httpx.Client) -> None:
    names = list(STORED)
    found = mixed.found(client, ["v > 0", "v < 17", "v != 16"])
    assert {names[place] for place in found} == {"16.5", "tiny", "odd"}
    answer = client.get("/results", params={"filters[]": ["v > 0", "v < 0"], "tags_ids": mixed.tag["id"]})
    assert answer.json()["total"] == 0
    twenty = mixed.found(client, ["v == 16.5"] * 20)
    assert {names[place] for place in twenty} == {"16.5"}


@pytest.mark.parametrize(
    "filter",
    ["", "v", "v>5", "v = 5", "v ==", "== 5", ".v == 5", "v. == 5", "v..w == 5", "v <> 5", "v\0 == 5",
     "v" * 201 + " == 5", "v == " + "5" * 1001, "v.0.0.0.0.0 == 5"],
)  # fmt: skip
def test_a_malformed_filter_is_refused_saying_which_and_why(client: httpx.Client, filter: str) -> None:
    for path in ("/results", "/results:search"):
        answer = client.get(path, params={"filters": ["fine == 1", filter]})
        assert set(places(answer)) == {"filters"}
        assert len(answer.json()["detail"]) > 20


def test_each_malformed_filter_is_named(client: httpx.Client) -> None:
    faults = refused(client.get("/results", params={"filters": ["bad one", "v == 1", "bad two"]}), 422)[
        "errors"
    ]
    assert ["bad one" in faults[0]["detail"], "bad two" in faults[1]["detail"]] == [True, True]


def test_twenty_filters_are_the_limit(client: httpx.Client) -> None:
    assert places(client.get("/results", params={"filters": ["v == 1"] * 21})) == ["filters"]


NUMBERS = [0, -1, 1, 3, 16, 0.1, 0.30000000000000004, -2.5, 1e300, -1e300, 1e-300, 2**53, 2**53 + 2, 100]
TEXTS = [
    "", "a", "A", "b", "Z", "ab", "é", "É", "ß", "ẞ", "İ", "i", "k", "K", "Σ", "ς", "µ", "😀", "16", "1",
    "0.1", "-1", "true", "False", "null", "%", "_", "\\", "a b", "x\ny", "~", '"', "'", "==", "***=a", "(",
    "x" * LONGEST_TEXT,
]  # fmt: skip
DECLARED: Json = {
    "properties": {
        "n": {"type": "number", "suggestToUser": True},
        "t": {"type": "string", "suggestToUser": True},
        "b": {"type": "boolean", "suggestToUser": True},
        "m": {
            "properties": {
                "c": {"type": "integer", "suggestToUser": True},
                "a b": {"type": "string", "suggestToUser": True},
            }
        },
    }
}
ODD = [None, 5, "text", True, [], [1], {}, {"m": {"c": 1}}]
FILTERS = st.builds(
    lambda path, operator, value: f"{path} {operator} {value}",
    st.sampled_from(["n", "t", "b", "m.c", "m.a b", "m", "x", "n.c"]),
    st.sampled_from(["==", "!=", ">", "<", ">=", "<=", "~"]),
    st.sampled_from([text for text in TEXTS if text.strip()])
    | st.sampled_from(NUMBERS).map(str)
    | st.sampled_from(NUMBERS).map(lambda number: f"{number:.3f}")
    | st.sampled_from(["true", "False", "1e1", "NaN", ".5", "-0"]),
)


def random_documents(amount: int) -> Iterator[Any]:
    """Valid against DECLARED, with members of all kinds, present or not."""
    chance = random.Random(7)

    def some(**choices: Callable[[], Any]) -> Json:
        return {name.replace("_", " "): make() for name, make in choices.items() if chance.random() < 0.8}

    for _ in range(amount):
        inner = some(
            c=lambda: chance.choice([n for n in NUMBERS if n == int(n)]), a_b=lambda: chance.choice(TEXTS)
        )
        yield some(
            n=lambda: chance.choice(NUMBERS),
            t=lambda: chance.choice(TEXTS),
            b=lambda: chance.random() < 0.5,
            m=lambda inner=inner: inner if chance.random() < 0.7 else chance.choice([1, "x", [inner], None]),
            x=lambda: chance.choice(ODD),
        )


@pytest.fixture(scope="module")
def same(app: Server) -> Benches:
    documents = [
        *random_documents(42),
        *(document for document in ODD if document != {"m": {"c": 1}}),
        {"m": {"c": 1}},
    ]
    return submitted(app, documents, DECLARED)


@hypothesis_settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(filters=st.lists(FILTERS, min_size=1, max_size=3))
def test_declaring_a_path_changes_no_match(same: Benches, client: httpx.Client, filters: list[str]) -> None:
    declared = same.found(client, filters, benchmark_id=same.declaring["id"])
    assert declared == same.found(client, filters, benchmark_id=same.loose["id"])
    everywhere = client.get("/results", params={"filters": filters, "tags_ids": same.tag["id"]}).json()
    assert everywhere["total"] == 2 * len(declared)
    assert {same.place_of[result["id"]] for result in everywhere["items"]} == declared


@pytest.mark.parametrize("text", TEXTS)
def test_what_contains_a_text_is_the_same_declared_or_not(
    same: Benches, client: httpx.Client, text: str
) -> None:
    if text.strip():
        ways = [
            same.found(client, [f"t ~ {text}"], benchmark_id=benchmark["id"])
            for benchmark in (same.declaring, same.loose)
        ]
        assert ways[0] == ways[1]


def test_sorting_and_filtering_by_declared_fields_together_is_no_different(
    same: Benches, client: httpx.Client
) -> None:
    for key, filters in product(
        ("+json.n", "-json.t", "+json.m.c"), (["n > 0"], ["t ~ a", "n < 100"], ["m.c != 3"])
    ):
        assert same.found(client, filters, benchmark_id=same.declaring["id"], sort_by=key) == same.found(
            client, filters, benchmark_id=same.loose["id"], sort_by=key
        )


def test_the_longest_text_of_a_declared_field_can_be_stored_and_found(
    same: Benches, client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    chance = random.Random(1)
    text = "".join(chr(chance.randrange(0x10000, 0x1F000)) for _ in range(LONGEST_TEXT))
    result = a_result(user, admin, benchmark=same.declaring, json={"t": text})
    question = {"benchmark_id": same.declaring["id"], "filters": f"t == {text}"}
    assert [each["id"] for each in made(client.get("/results", params=question), status=200)["items"]] == [
        result["id"]
    ]


def observations(db: Engine, benchmark: Json, *, rebuilt: bool = False) -> list[tuple[Any, ...]]:
    """The observations of a benchmark's results, as they are or as they would be if made anew."""
    kept = Observation.__table__.c
    with Session(db) as session:
        if rebuilt:
            index.rebuild_benchmark(session, UUID(benchmark["id"]))
        rows = session.execute(
            select(*kept)
            .join(Field, Field.id == kept.field_id)
            .where(Field.benchmark_id == UUID(benchmark["id"]))
            .order_by(kept.field_id, kept.result_id)
        )
        return [tuple(row) for row in rows]


def test_observations_always_equal_what_a_rebuild_makes(
    db: Engine, user: httpx.Client, admin: httpx.Client
) -> None:
    benchmark, flavor = a_benchmark(user, admin, json_schema=DECLARED), a_flavor(user, admin)
    path = f"/benchmarks/{benchmark['id']}"

    def seen() -> int:
        now = observations(db, benchmark)
        assert now == observations(db, benchmark, rebuilt=True)
        return len(now)

    documents = [{"n": 1, "t": "a", "b": True, "m": {"c": 2}}, {"n": 2}, {}, {"t": "x" * 2000, "n": 3}]
    results = [
        a_result(user, admin, benchmark=benchmark, flavor=flavor, json=document)["id"]
        for document in documents
    ]
    assert seen() == 6
    made(user.delete(f"/results/{results[0]}"), status=204)
    assert seen() == 2
    made(admin.post(f"/results/{results[0]}:restore"), status=204)
    assert seen() == 6
    claim = made(admin.post(f"/results/{results[1]}:claim", json={"message": "No."}))
    assert seen() == 6
    made(admin.post(f"/reports/claims/{claim['id']}:approve"), status=204)
    assert seen() == 5

    edited = {name: benchmark[name] for name in ("docker_image", "docker_tag", "url")}
    only_number = {"properties": {"n": DECLARED["properties"]["n"]}}
    made(admin.put(path, json=edited | {"json_schema": only_number}), status=204)
    assert seen() == 2
    made(admin.post(f"/results/{results[1]}:restore"), status=204)
    assert seen() == 3
    made(admin.put(path, json=edited | {"json_schema": {}}), status=204)
    assert seen() == 0
    renamed = {"properties": {"m": {"properties": {"c": DECLARED["properties"]["n"]}}}}
    made(admin.put(path, json=edited | {"json_schema": renamed}), status=204)
    assert seen() == 1
    metric = {"type": "number", "suggestToUser": True}
    for better in ("lower", "higher"):
        turned = {"properties": {"n": metric | {"x-perf": {"role": "metric", "better": better}}}}
        made(admin.put(path, json=edited | {"json_schema": turned}), status=204)
        assert seen() == 3
        [field] = made(admin.get(f"{path}/fields"), status=200)["items"]
        assert field["better"] == better
    made(admin.put(path, json=edited | {"json_schema": DECLARED}), status=204)
    assert seen() == 6
    dry = {
        "benchmark_id": benchmark["id"],
        "flavor_id": flavor["id"],
        "execution_datetime": "2024-01-01T00:00:00Z",
    }
    made(user.post("/results", params=dry | {"dry_run": "true"}, json={"n": 1}), status=200)
    assert seen() == 6


def test_reindexing_tells_its_progress_and_lets_others_write(
    db: Engine, user: httpx.Client, admin: httpx.Client
) -> None:
    benchmark, flavor = a_benchmark(user, admin, json_schema=DECLARED), a_flavor(user, admin)
    told: list[tuple[int, int]] = []

    def submit(number: int) -> None:
        a_result(user, admin, benchmark=benchmark, flavor=flavor, json={"n": number, "t": "a"})

    submit(0)
    with ThreadPoolExecutor(2) as pool:
        rebuilding = pool.submit(index.rebuild, db, lambda done, total: told.append((done, total)))
        writing = pool.submit(lambda: [submit(number) for number in range(1, 11)])
        total = rebuilding.result()
        writing.result()
    assert told == sorted(told)
    assert told[-1] == (total, total)
    now = observations(db, benchmark)
    assert len(now) == 22
    assert now == observations(db, benchmark, rebuilt=True)


def test_no_schema_changes_while_its_benchmark_is_reindexed(
    db: Engine, user: httpx.Client, admin: httpx.Client
) -> None:
    id = UUID(a_benchmark(user, admin, json_schema=DECLARED)["id"])
    with Session(db) as reindexing, db.connect() as editing:
        index.rebuild_benchmark(reindexing, id)
        editing.exec_driver_sql("SET lock_timeout = '50ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            editing.execute(update(Benchmark).where(Benchmark.id == id).values(description="changed"))


def test_no_observation_outlives_its_result_or_its_field(
    db: Engine, user: httpx.Client, admin: httpx.Client
) -> None:
    benchmark, flavor = a_benchmark(user, admin, json_schema=DECLARED), a_flavor(user, admin)
    gone, field_gone = (
        a_result(user, admin, benchmark=benchmark, flavor=flavor, json={"n": 1, "t": "a"}) for _ in range(2)
    )

    def kept(result: Json) -> int:
        number = select(func.count()).where(Observation.result_id == UUID(result["id"]))
        with db.connect() as connection:
            return connection.scalar(number) or 0

    assert (kept(gone), kept(field_gone)) == (2, 2)
    with db.begin() as connection:
        connection.execute(delete(Result).where(Result.id == UUID(gone["id"])))
        connection.execute(
            delete(Field).where(Field.benchmark_id == UUID(benchmark["id"]), Field.path == ["n"])
        )
    assert (kept(gone), kept(field_gone)) == (0, 1)


def test_a_question_that_takes_too_long_is_refused_with_advice(settings: Settings, db: Engine) -> None:
    impatient = replace(settings, statement_timeout_ms=200)
    with db.connect() as other, application(impatient) as app:
        other.exec_driver_sql("LOCK TABLE result IN ACCESS EXCLUSIVE MODE")
        answer = app.test_client().get("/api/v1/results?filters=undeclared.path > 1")
        other.rollback()
        again = app.test_client().get("/api/v1/results?filters=undeclared.path > 1")
    assert answer.status_code == 503
    assert "choose a benchmark" in answer.get_json()["detail"]
    assert "field that the benchmark declares" in answer.get_json()["detail"]
    assert again.status_code == 200
