"""Strict JSON, and validation that can't be made to hang."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eosc_perf.server.results import documents
from eosc_perf.server.web.faults import Fault, Faults

from .json_strategies import DOCUMENTS


def faults_of(body: bytes, **options: Any) -> list[Fault]:
    with pytest.raises(Faults) as refused:
        documents.parse(body, **options)
    return refused.value.faults


def invalid(document: Any, schema: dict[str, Any], **options: Any) -> list[Fault]:
    with pytest.raises(Faults) as refused:
        documents.validate(document, schema, **options)
    return refused.value.faults


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (rb'{"a": ["x", "\u0000"]}', "/a/1"),
        (rb'{"a": {"b\u0000": 1}}', "/a"),
        (rb'["\ud800"]', "/0"),
        (rb'{"\udfff": 1}', ""),
        (b'{"a/b": {"~": 1, "~": 2}}', "/a~1b/~0"),
        (b"[1, NaN]", "/1"),
        (b"[-Infinity]", "/0"),
        (b'{"a": 1e400}', "/a"),
        (b"[-1e400]", "/0"),
        (b"[1e-400]", "/0"),
        (b"[0e-20000]", "/0"),
        (b"[" + b"9" * 401 + b"]", "/0"),
        (b"[-" + b"9" * 5000 + b"]", "/0"),
        (b"[" + b"9" * 310 + b"]", "/0"),
        (b"[0." + b"1" * 500 + b"]", "/0"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_pointer(body: bytes, pointer: str) -> None:
    assert [fault.pointer for fault in faults_of(body)] == [pointer]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b'"\xff"', "not UTF-8: byte 1"),
        (b'"\xed\xa0\x80"', "not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
        (b"\xef\xbb\xbf1", "not JSON"),
        (b'{"a":\n nope}', "line 2, column 2"),
        (b"[1,]", "not JSON"),
        (b"1 2", "not JSON"),
        (b'"\x00"', "control character at line 1, column 2"),
        (b"{'a': 1}", "not JSON"),
        (b"[" * (1 << 20), "deeper than 64"),
        (b'{"a":' * (1 << 17), "deeper than 64"),
    ],
)
def test_what_is_not_json_is_refused_in_words(body: bytes, words: str) -> None:
    assert words in faults_of(body)[0].detail


def test_nesting_is_counted_exactly() -> None:
    documents.parse(b"[" * 64 + b"]" * 64)
    assert faults_of(b"[" * 65 + b"]" * 65)[0].pointer == "/0" * 64
    documents.parse(b'{"a":[1]}', max_depth=2)
    assert faults_of(b'{"a":[[]]}', max_depth=2)[0].pointer == "/a/0"


def test_all_faults_are_told_up_to_a_bound() -> None:
    assert [fault.pointer for fault in faults_of(b'{"a": NaN, "b": [1e999], "a": 1}')] == ["/a", "/a", "/b/0"]
    assert len(faults_of(b"[" + b",".join([b"NaN"] * 1000) + b"]")) == 50


@pytest.mark.parametrize("body", [b"18446744073709551616", b"-9223372036854775809", b"9" * 300])
def test_integers_beyond_64_bits_survive(body: bytes) -> None:
    document = documents.parse(body)
    assert isinstance(document, int)
    assert documents.dumps(document) == body.decode()


def test_escapes_that_are_harmless_pass() -> None:
    assert documents.parse(rb'["\\u0000", "\ud83d\ude00", "0.000000e+00"]') == [
        "\\u0000",
        "😀",
        "0.000000e+00",
    ]
    assert documents.parse(b"[0.000000e+00, -0, 1E5]") == [0.0, 0, 1e5]


def test_a_pointer_never_holds_what_could_not_be_answered() -> None:
    faults = faults_of(rb'{"a\ud800": {"' + b"k" * 5000 + b'": NaN}}')
    assert orjson.dumps([fault.pointer for fault in faults]) == b'["","/a?"]'


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_document_or_faults(body: bytes) -> None:
    try:
        document = documents.parse(body)
    except Faults as refused:
        orjson.dumps([(fault.detail, fault.pointer) for fault in refused.faults])
        return
    assert document == json.loads(body)


@given(DOCUMENTS)
def test_what_is_read_is_what_was_written(document: Any) -> None:
    try:
        read = documents.parse(json.dumps(document).encode())
    except Faults:
        assert "\\u0000" in json.dumps(document) or "e-" in json.dumps(document)
    else:
        assert read == document
        assert documents.parse(documents.dumps(read).encode()) == document


def test_a_document_is_told_what_is_wrong_and_where() -> None:
    schema = {
        "required": ["score"],
        "properties": {
            "a/b": {"type": "number"},
            "threads": {"type": ["integer", "null"]},
            "kind": {"enum": ["cpu", 10**30]},
            "unit": {"anyOf": [{"const": "s"}, {"const": "ms"}]},
        },
        "additionalProperties": False,
    }
    document = {"a/b": "secret", "threads": 1.5, "kind": "gpu", "unit": "h", "typo": 1}
    assert {(fault.pointer, fault.detail) for fault in invalid(document, schema)} == {
        ("", "'score' is missing."),
        ("", "Not allowed here: 'typo'."),
        ("/a~1b", "This must be a number."),
        ("/threads", "This must be a whole number or null."),
        ("/kind", 'This must be one of "cpu", 1000000000000000000000000000000.'),
        ("/unit", "This has none of the forms that the schema allows."),
    }


def test_formats_are_not_asserted() -> None:
    documents.validate("not an address", {"format": "email"})


def test_a_schema_is_compiled_once_for_its_key() -> None:
    documents.validate(1, {"type": "number"}, key=("b", 1))
    documents.validate(1, {"type": "string"}, key=("b", 1))
    assert invalid(1, {"type": "string"}, key=("b", 2))
    assert invalid(1, {"type": "string"})


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"not": {"$ref": "#"}},
        {"properties": {"a": {"$ref": "#/properties/b"}, "b": {"$ref": "#/properties/a"}}},
        {"$ref": "#/nowhere"},
        {"$ref": "http://127.0.0.1:9/x"},
        {"$ref": "file:///etc/passwd"},
    ],
)
def test_references_that_lead_nowhere_are_faults(schema: dict[str, Any]) -> None:
    assert invalid({"a": {}}, schema)


def test_many_errors_in_a_large_document_are_not_collected() -> None:
    rows = [{"a": number} for number in range(100_000)]
    texts = {"items": {"properties": {"a": {"type": "string"}}}}
    assert [fault.pointer for fault in invalid(rows, texts)] == ["/0/a"]
    assert [fault.pointer for fault in invalid(rows, {"allOf": [{"type": "string"}] * 150})] == [""]


def test_integers_of_hundreds_of_digits_are_compared() -> None:
    assert invalid(10**300, {"maximum": 10})
    documents.validate(10**300, {"multipleOf": 10})
