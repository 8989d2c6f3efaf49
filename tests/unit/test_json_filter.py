"""Filters, and what PostgreSQL makes of them."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from eosc_perf.server.web import json_filter
from eosc_perf.server.web.faults import Faults
from eosc_perf.server.web.json_filter import Filter

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
KEYS = st.sampled_from(["a", "b", "0", "1", '"', "\\", "é\n", "$"])
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | TEXT, inner, max_size=4),
    max_leaves=12,
)
FILTERS = st.builds(
    lambda keys, operator, value: f"{'.'.join(keys)} {operator} {value}",
    st.lists(KEYS, min_size=1, max_size=4),
    st.sampled_from(json_filter.OPERATORS),
    TEXT | st.floats().map(repr) | st.integers().map(str) | st.sampled_from(["true", "x"]),
)


@pytest.fixture(scope="module")
def connection(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def matches(connection: psycopg.Connection[Any], document: Any, text: str) -> bool:
    path, variables = json_filter.jsonpath(json_filter.parse(text))
    found = connection.execute(
        "SELECT jsonb_path_exists(%s, %s::text::jsonpath, %s)", (Jsonb(document), path, Jsonb(variables))
    ).fetchone()
    assert found is not None
    return bool(found[0])


def fault_of(text: str) -> str:
    with pytest.raises(Faults) as refused:
        json_filter.parse(text)
    assert refused.value.faults[0].parameter == "filters"
    return refused.value.faults[0].detail


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("machine.cpu.count > 16", Filter(("machine", "cpu", "count"), ">", "16", 16.0, None)),
        ("a == Intel Xeon == fast", Filter(("a",), "==", "Intel Xeon == fast", None, None)),
        ("  a  !=  1.5e3 ", Filter(("a",), "!=", "1.5e3", 1500.0, None)),
        ("Total Time.Mean <= .5", Filter(("Total Time", "Mean"), "<=", ".5", 0.5, None)),
        ("a ~ 100%", Filter(("a",), "~", "100%", None, None)),
        ("a == true", Filter(("a",), "==", "true", None, True)),
        ("a == False", Filter(("a",), "==", "False", None, False)),
        ("a == NaN", Filter(("a",), "==", "NaN", None, None)),
        ("a == 1_000", Filter(("a",), "==", "1_000", None, None)),
        ("a == 1e400", Filter(("a",), "==", "1e400", None, None)),
        ('a == "x"', Filter(("a",), "==", '"x"', None, None)),
        ("a>b == 1", Filter(("a>b",), "==", "1", 1.0, None)),
    ],
)
def test_a_filter_is_a_path_an_operator_and_the_rest(text: str, expected: Filter) -> None:
    assert json_filter.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "needs blanks around"),
        ("a>5", "needs blanks around"),
        ("a = 5", "needs blanks around"),
        ("a ==5", "needs blanks around"),
        ("== 5", "needs blanks around"),
        ("a ==", "no value"),
        ("a..b == 5", "no path"),
        (".a == 5", "no path"),
        ("a" * 201 + " == 5", "path of more than 200"),
        ("a == " + "x" * 1001, "value of more than 1000"),
        ("a " * 100_000, "more than 1220"),
        ("a == \0", "NUL"),
        ("a\ud800 == 1", "surrogate"),
        ("a.0.0.0.0.0 == 1", "more than 4 numbers"),
    ],
)
def test_a_malformed_filter_is_told_why(text: str, words: str) -> None:
    detail = fault_of(text)
    assert words in detail
    assert len(detail) < 200


@pytest.mark.parametrize(
    ("stored", "text", "expected"),
    [
        (16, "v == 16", True),
        (16, "v == 16.0", True),
        (16, "v > 15.5", True),
        (16, "v > 16", False),
        (16, "v >= 16", True),
        (0.1, "v == 0.10", True),
        (2**63 + 1, f"v == {2**63 + 1}", True),
        (2**63 + 1, f"v == {2**63}", False),
        (16, "v != 17", True),
        (16, "v != x", False),
        (16, "v ~ 1", False),
        ("16", "v == 16", True),
        ("16", "v > 100", True),
        ("x", "v > 5", True),
        ("x", "v != y", True),
        ("x", "v == X", False),
        ("b", "v > B", True),
        ("Z", "v < a", True),
        ("é", "v > z", True),
        ("Intel(R) Xeon.*", "v ~ (r) XEON.", True),
        ("Intel", "v ~ I.t", False),
        ('say "hi" \\ $1', 'v ~ "HI" \\ $', True),
        (True, "v == true", True),
        (True, "v != false", True),
        (True, "v == 1", False),
        (True, "v > false", False),
        ("true", "v == true", True),
        (None, "v != 1", False),
        (None, "v == null", False),
        ({"x": 1}, "v != 1", False),
        ([1, 2], "v == 1", False),
        ([1, 2], "v != 3", False),
        ([1, 2], "v.1 == 2", True),
        ([1, 2], "v.2 == 2", False),
        ([1, 2], "v.01 == 2", False),
        ([1, 2], "v.999999999 != 2", False),
        ({"1": 2}, "v.1 == 2", True),
        ([{"x": [5]}], "v.0.x.0 == 5", True),
        ([{"x": 5}], "v.x == 5", False),
        (1, "w == 1", False),
        (1, "w != 1", False),
        (1, "v.x != 1", False),
    ],
)
def test_a_stored_value_is_compared_by_its_own_type(
    connection: psycopg.Connection[Any], stored: Any, text: str, expected: bool
) -> None:
    assert matches(connection, {"v": stored}, text) is expected


def test_odd_documents_never_match_and_never_fail(connection: psycopg.Connection[Any]) -> None:
    for document in (None, 1, "v", True, [], {}, [[[]]], [{"v": 1}]):
        assert not matches(connection, document, "v != 5")


@pytest.mark.parametrize(
    "key", ['"', "\\", "'", "$", "@", "a b", "é", "😀", "a\nb", "%s", 'x" || (1==1) || "']
)
def test_every_key_can_be_named(connection: psycopg.Connection[Any], key: str) -> None:
    assert matches(connection, {"k": {key: 7}}, f"k.{key} == 7")
    assert not matches(connection, {"k": {"other": 7}}, f"k.{key} == 7")


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(document=DOCUMENTS, text=FILTERS)
def test_no_filter_fails_on_any_document(
    connection: psycopg.Connection[Any], document: Any, text: str
) -> None:
    try:
        matched = matches(connection, document, text)
    except Faults:
        return
    filter = json_filter.parse(text)
    assert matched is any(holds(filter, value) for value in values_at(document, filter.path))


def values_at(document: Any, path: tuple[str, ...]) -> list[Any]:
    if not path:
        return [document]
    if isinstance(document, dict) and path[0] in document:
        return values_at(document[path[0]], path[1:])
    if isinstance(document, list) and path[0] in {"0", "1"} and int(path[0]) < len(document):
        return values_at(document[int(path[0])], path[1:])
    return []


def holds(filter: Filter, value: Any) -> bool:
    """What a filter means, in Python."""
    compare = {
        "==": lambda a, b: a == b, "!=": lambda a, b: a != b, ">": lambda a, b: a > b,
        "<": lambda a, b: a < b, ">=": lambda a, b: a >= b, "<=": lambda a, b: a <= b,
    }  # fmt: skip
    if filter.operator == "~":
        return isinstance(value, str) and filter.text.lower() in value.lower()
    wanted: Any = filter.text
    if isinstance(value, bool):
        if filter.boolean is None or filter.operator not in {"==", "!="}:
            return False
        wanted = filter.boolean
    elif isinstance(value, int | float):
        if filter.number is None:
            return False
        wanted = json.loads(json.dumps(json_filter.jsonpath(filter)[1]["num"]))
    elif not isinstance(value, str):
        return False
    return bool(compare[filter.operator](value, wanted))
