"""Nothing a client sends causes a server error or a long wait, and no error tells what we are made of."""

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import httpx
import pytest
import registry
from answers import places
from conftest import Identity, NewDatabase, Server, served, settings_for
from factories import (
    IMAGE_REGISTRY,
    Json,
    a_benchmark,
    a_claim,
    a_flavor,
    a_result,
    a_site,
    a_tag,
    made,
    unique,
)

PATIENCE = 30
"""Seconds, on a busy machine. That nothing hangs is what counts."""
INSIDES = (
    "psycopg",
    "sqlalchemy",
    "pydantic",
    "Traceback",
    "SELECT ",
    "INSERT ",
    "relation ",
    "DETAIL",
    ".py",
    "werkzeug",
)
TEXTS = [
    b"", b" ", b"\0", b"a\0b", b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", "\ufffe😀\u202e".encode(), b"%",
    b"\\", b"'", b'"', b"'; DROP TABLE result;--", b"../../etc/passwd", b"{}", b"[]", b"null", b"true",
    b"NaN", b"-1", b"0", b"1" + b"0" * 30, b"9" * 5000, b"1e999", b"x" * 9000, b"x" * 30_000, b"a." * 400,
    b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59-14:00", b"+json", b"+json.", b"-json.a..b",
    b"+json.a\0b", b"+__class__", b"-metadata", b"+registry", b"+id," * 100, b"v == \0", b"v ~ (((",
    b"v == " + b"9" * 900, b"\r\nX-Evil: 1",
]  # fmt: skip


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    parameters: list[str] = field(default_factory=list)
    members: list[str] | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Target:
    """A server of our own, with a thing of each kind; `ids` says which, by the first part of the path."""

    server: Server
    admin: httpx.Client
    operations: list[Operation]
    ids: dict[str, str]

    def send(self, operation: Operation, query: str = "", **options: Any) -> httpx.Response:

        kind = operation.path.removeprefix("/").removeprefix("reports/").partition("/")[0]
        path = operation.path.replace("{id}", self.ids.get(kind, ""))
        return harmless(self.admin.request(operation.method, f"{path}?{query}", **options), operation)


def harmless(answer: httpx.Response, what: object) -> httpx.Response:
    shown = f"{what}: {answer.request.url!s:.300} {answer.status_code} {answer.text:.300}"
    assert answer.status_code < 500, shown
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", shown
        problem = answer.json()
        assert problem["status"] == answer.status_code, shown
        assert {"title", "detail"} <= problem.keys(), shown
        assert len(answer.content) < 50_000, shown
        assert not [word for word in INSIDES if word in answer.text], shown
    return answer


@pytest.fixture(scope="module")
def target(
    new_database: NewDatabase, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Target]:
    settings = settings_for(new_database(), identity)
    log = tmp_path_factory.mktemp("hostile") / "server.log"
    with (
        served(settings, identity, log) as server,
        server.client("user") as user,
        server.client("admin", timeout=PATIENCE) as admin,
    ):
        site = a_site(user, admin)
        flavor, benchmark = a_flavor(user, admin, site=site), a_benchmark(user, admin)
        result = a_result(user, admin, benchmark=benchmark, flavor=flavor)
        things = {"sites": site, "flavors": flavor, "benchmarks": benchmark, "results": result}
        things |= {"tags": a_tag(user), "claims": a_claim(admin, result)}
        ids = {kind: thing["id"] for kind, thing in things.items()}
        document = admin.get("/openapi.json").json()
        yield Target(server, admin, list(operations_of(document)), ids)


def operations_of(document: Json) -> Iterator[Operation]:
    def resolved(node: Json) -> Json:
        while "$ref" in node:
            node = document["components"]["schemas"][node["$ref"].rpartition("/")[2]]
        return node

    for path, methods in document["paths"].items():
        for method, said in methods.items():
            if method in {"get", "put", "post", "delete", "patch"}:
                names = [each["name"] for each in said.get("parameters", []) if each["in"] == "query"]
                members = None
                for content in said.get("requestBody", {}).get("content", {}).values():
                    members = list(resolved(content["schema"]).get("properties", {}))
                yield Operation(method.upper(), path.removeprefix("/api/v1"), names, members)


def lasting(target: Target) -> list[Operation]:
    """Operations that leave the thing and the person who asks in place, were they carried out."""
    return [each for each in target.operations if each.method != "DELETE"]


def test_the_walk_meets_every_kind_of_operation(target: Target) -> None:
    assert len(target.operations) > 50
    assert sum(len(each.parameters) for each in target.operations) > 150
    assert sum(each.members is not None for each in target.operations) > 10


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[:30])
def test_any_text_in_any_parameter_is_answered(target: Target, text: bytes) -> None:
    for operation in lasting(target):
        for name in operation.parameters or ["unknown"]:
            target.send(operation, f"{name}={quote(text)}")


def test_parameters_may_have_any_name(target: Target) -> None:
    for operation in lasting(target):
        for text in TEXTS[1:]:
            answer = target.send(operation, f"{quote(text)}=1")
            assert answer.status_code in {400, 404, 409, 422}, operation
        target.send(operation, "&".join(f"p{number}=1" for number in range(500)))
        target.send(operation, "&&==&=&[]=&[]")


@pytest.mark.parametrize("name", ["filters", "terms", "tags_ids", "ids", "columns"])
def test_hundreds_of_terms_or_filters_are_refused(target: Target, name: str) -> None:
    text = {"filters": "v == 1", "tags_ids": str(uuid4()), "ids": str(uuid4())}.get(name, "x")
    for operation in target.operations:
        if name in operation.parameters:
            for spelling in (name, f"{name}[]"):
                query = "&".join(f"{spelling}={quote(text)}" for _ in range(400))
                assert name in places(target.send(operation, query)), operation


def test_pages_beyond_64_bits_are_refused(target: Target) -> None:
    for operation in target.operations:
        if "page" in operation.parameters:
            for query in (
                f"page={10**30}",
                "page=0",
                f"per_page={10**30}",
                "per_page=0",
                f"page={-(10**30)}",
            ):
                assert places(target.send(operation, query)) == [query.partition("=")[0]], operation
            target.send(operation, f"page={10**12}&per_page=100")


def test_any_text_in_the_path_is_answered(target: Target) -> None:
    for operation in target.operations:
        for text in (*TEXTS, target.ids["sites"].upper().encode() + b"\0", b"%2e%2e%2f", b"\xff" * 16):
            if "{id}" in operation.path:
                path = operation.path.replace("{id}", quote(text, safe=""))
                answer = target.admin.request(operation.method, path)
                if text not in {b"", b"."}:
                    assert answer.status_code in {404, 405, 308, 414}, f"{operation} {text!r}"
                harmless(answer, operation)
            harmless(target.admin.request(operation.method, f"/x{quote(text)}{operation.path}"), operation)


VALUES = [
    b"null", b"true", b"0", b"-1e308", b"1e400", b"9" * 5000, b'"x\\u0000"', b'"\\ud800"', b'"\xff"', b"[]",
    b"{}", b'""', b'"   "', b'"' + b"x" * 300_000 + b'"', b"[" * 500 + b"]" * 500,
    b"[" * 50_000 + b"]" * 50_000, b"[" + b"0," * 200_000 + b"0]", b'{"a":1,"a":2}', b'{"$ref":"#"}',
    b'["\\u0000", {"\\u0000": 1}]', b"NaN", b'"' + "\u202e😀".encode() * 50 + b'"',
    b'"\\r\\nBcc: x@example.org"',
]  # fmt: skip
BODIES = [b"", b" ", b"{", b"\xff", b"\0", b'{"": 1}', b'{"a": 1} {"b": 2}', b"{}" * 10, *VALUES]
TYPES = [
    "application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
    "multipart/form-data; boundary=x", "application/json; charset=utf-16", "x" * 2000, "\xff/é", "",
]  # fmt: skip


def test_any_body_is_answered(target: Target) -> None:
    for operation in lasting(target):
        if operation.method != "GET":
            for body in BODIES:
                target.send(operation, content=body, headers={"Content-Type": "application/json"})


def test_any_value_in_any_member_of_a_body_is_answered(target: Target) -> None:
    good = {
        "name": b'"x"', "address": b'"x"', "docker_image": f'"{IMAGE_REGISTRY}/x"'.encode(),
        "docker_tag": b'"1"', "url": b'"https://x.example"', "json_schema": b"{}", "message": b'"x"',
        "tags_ids": b"[]",
    }  # fmt: skip
    for operation in lasting(target):
        for name in operation.members or []:
            for value in VALUES:
                members = {each: good.get(each, b"null") for each in operation.members or []} | {name: value}
                body = b",".join(json.dumps(key).encode() + b":" + text for key, text in members.items())
                target.send(operation, content=b"{" + body + b"}")


def test_any_content_type_is_answered(target: Target) -> None:
    for operation in lasting(target):
        for kind in TYPES:
            headers = [(b"Content-Type", kind.encode("latin-1", "replace"))]
            target.send(
                operation, content=b"--x\r\n\r\nx\r\n--x--" if "x" in kind else b"{}", headers=headers
            )


HEADERS = [
    "Authorization", "Idempotency-Key", "Cookie", "Accept", "If-None-Match", "Origin", "Accept-Encoding",
    "Range", "X-Forwarded-For", "X-Forwarded-Host", "Content-Encoding", "X-HTTP-Method-Override",
    "Sec-Fetch-Site",
]  # fmt: skip
HEADER_TEXTS = [
    b"", b"x", b"\xff\xfe", b"\xc3\xa9", b",", b";", b"=;=", b"x" * 9000, b"Bearer", b"Bearer  x",
    b"Bearer \xff", b"Basic eDp4", b"Bearer " + b"a." * 4000, b"Bearer eyJhbGciOiJub25lIn0.e30.",
    b'session="\\777"; a', b"__Host-session=\xff; session=" + b"A" * 4000, b"*", b'W/"x', b"bytes=9-1",
    b"gzip;q=x",
]  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_any_header_is_answered(target: Target, name: str) -> None:
    """Headers are read before it matters what is asked: every text meets every ninth operation."""
    operations = lasting(target)
    for number, text in enumerate(HEADER_TEXTS):
        for operation in operations[number % 9 :: 9]:
            target.send(operation, headers=[(name.encode(), text)])
    assert target.admin.get("/users/self").status_code == 200


def test_methods_that_are_not_there_are_405(target: Target) -> None:
    known: dict[str, set[str]] = {}
    for operation in target.operations:
        known.setdefault(operation.path, set()).add(operation.method)
    for path, methods in known.items():
        for method in {"GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"} - methods:
            answer = target.send(
                Operation(method, path), content=b"{}" if method in {"POST", "PUT"} else None
            )
            assert answer.status_code == 405, f"{method} {path}"
            assert methods <= {each.strip() for each in answer.headers["allow"].split(",")}


@pytest.fixture
def elsewhere() -> Iterator[registry.Server]:
    """An HTTP server that nobody must ask."""
    with registry.serving(lambda handler: registry.reply(handler, 200, b"{}")) as server:
        yield server
        assert server.requests == []


def chained(depth: int) -> Json:
    """Each definition refers to the next one twice."""
    links = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(depth)}
    return {"$defs": links | {f"d{depth}": {}}, "$ref": "#/$defs/d0"}


SCHEMAS: dict[str, Callable[[str], Any]] = {
    "itself": lambda host: {"$ref": "#"},
    "itself below": lambda host: {"properties": {"a": {"$ref": "#/properties/a"}}},
    "each other": lambda host: {
        "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}},
        "$ref": "#/$defs/a",
    },
    "a tree": lambda host: {"properties": {"child": {"$ref": "#"}}},
    "nothing": lambda host: {"$ref": "#/$defs/nowhere"},
    "a host": lambda host: {"$ref": f"http://{host}/schema.json"},
    "a host below": lambda host: {"properties": {"a": {"items": {"$ref": f"http://{host}/schema.json#/a"}}}},
    "a file": lambda host: {"$ref": "file:///etc/passwd"},
    "a relative name": lambda host: {"$id": f"http://{host}/base/", "$ref": "other.json"},
    "a dynamic one": lambda host: {"$dynamicRef": f"http://{host}/schema.json#meta"},
    "a meta-schema": lambda host: {"$schema": f"http://{host}/meta.json"},
    "multiplying": lambda host: chained(40),
    "no object": lambda host: ["a"],
    "wrong types": lambda host: {"type": "nonsense", "properties": 5},
    "a broken pattern": lambda host: {"pattern": "("},
    "a huge pattern": lambda host: {"pattern": "(" * 5000 + ")" * 5000},
    "a multiplying pattern": lambda host: {"pattern": "((((a{1,200}){1,200}){1,200}){1,200})"},
    "deep": lambda host: json.loads('{"properties":{"a":' * 60 + "{}" + "}}" * 60),
}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schemas_that_refer_astray_are_refused_and_nothing_is_fetched(
    target: Target, elsewhere: registry.Server, kind: str
) -> None:
    body = {
        "docker_image": f"{IMAGE_REGISTRY}/{unique('x')}",
        "docker_tag": "1",
        "url": "https://x.example",
        "json_schema": SCHEMAS[kind](elsewhere.address),
    }
    answer = target.send(Operation("POST", "/benchmarks"), json=body)
    assert all(place.startswith("/json_schema") for place in places(answer))


def post_to(target: Target, schema: Json, document: bytes) -> httpx.Response:
    benchmark = a_benchmark(target.admin, target.admin, json_schema=schema)
    where = {
        "benchmark_id": benchmark["id"],
        "flavor_id": target.ids["flavors"],
        "execution_datetime": "2024-01-01T00:00:00Z",
    }
    return harmless(target.admin.post("/results", params=where, content=document), schema)


def test_a_schema_may_have_a_name_that_nobody_asks_for(target: Target, elsewhere: registry.Server) -> None:
    made(post_to(target, {"$id": f"http://{elsewhere.address}/schema.json", "type": "object"}, b"{}"))


def test_a_pattern_that_explodes_elsewhere_is_quick(target: Target) -> None:
    for pattern in ("^(a+)+$", "^(a|a)*$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"):
        schema = {"properties": {"a": {"type": "string", "pattern": pattern}}}
        document = json.dumps({"a": ("a" if "x" not in pattern else "x") * 900_000 + "!"}).encode()
        assert places(post_to(target, schema, document)) == ["/a"]


HARD_SCHEMAS = [
    {"uniqueItems": True}, {"contains": {"const": "x"}}, {"items": {"multipleOf": 0.01}},
    {"items": {"anyOf": [{"const": n} for n in range(50)]}},
    {"items": {"enum": [[n] for n in range(1000)]}},
]  # fmt: skip


@pytest.mark.parametrize("schema", HARD_SCHEMAS)
def test_huge_arrays_are_checked_in_time(target: Target, schema: Json) -> None:
    for document in ([[number] for number in range(90_000)], list(range(90_000, 220_000)), [{}] * 200_000):
        post_to(target, schema, json.dumps(document, separators=(",", ":")).encode())


def test_documents_that_are_hard_to_read_are_answered(target: Target) -> None:
    for document in (
        b"[" * 60 + b"]" * 60,
        b"[" + b",".join([b"9" * 300] * 3000) + b"]",
        json.dumps({f"k{number}": number for number in range(60_000)}).encode(),
        json.dumps({"k" * 500_000: "v" * 400_000}).encode(),
        b'{"a":"' + b"\\u0001" * 150_000 + b'"}',
    ):
        post_to(target, {}, document)
    for answer in (
        target.send(Operation("GET", "/results"), quote(query, safe="=&"))
        for query in (
            "sort_by=-json.a",
            "sort_by=+json.0.0.0.0",
            "filters=a == 1",
            "filters=0.0.0.0 != 1",
            "filters=k1 ~ " + "a" * 900,
        )
    ):
        assert answer.status_code == 200


def test_unregistered_and_anonymous_senders_cause_no_error_either(target: Target) -> None:
    for person in (None, "newcomer"):
        with target.server.client(person, timeout=PATIENCE) as stranger:
            for operation in target.operations:
                path = operation.path.replace("{id}", target.ids["sites"])
                for query, body in (
                    ("", b""),
                    ("page=%00&filters=%FF&sort_by=x", b"\xff"),
                    ("a=b", VALUES[-8]),
                ):
                    if (person, str(operation)) != ("newcomer", "POST /users:register"):
                        harmless(
                            stranger.request(operation.method, f"{path}?{query}", content=body), operation
                        )


def test_the_login_pages_cause_no_error_either(target: Target) -> None:
    with httpx.Client(base_url=target.server.url, timeout=PATIENCE, trust_env=False) as browser:
        for path in ("/auth/login", "/auth/callback", "/auth/logout", "/auth/x", "/auth/login/.."):
            for text in TEXTS:
                for name in ("next", "state", "code", "error"):
                    for method in ("GET", "POST"):
                        answer = browser.request(method, f"{path}?{name}={quote(text)}")
                        assert answer.status_code < 500, f"{method} {answer.request.url}"
        for path in (
            "/",
            "/results",
            "/%00",
            "/%FF",
            "/assets/%2e%2e/%2e%2e/pyproject.toml",
            "/" + "x" * 9000,
            "//x",
            "/metrics",
            "/healthz",
            "/readyz",
        ):
            for method in ("GET", "HEAD", "POST", "OPTIONS", "BREW"):
                assert browser.request(method, path).status_code < 500, f"{method} {path}"


CHUNKED = b"POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
REQUESTS = [
    b"\0\0\0\0\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET  HTTP/1.1\r\n\r\n",
    b"GET /api/v1/sites\r\n\r\n",
    b"GET /api/v1/sites HTTP/9.9\r\n\r\n",
    b"GET /api/v1/sites?name=\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/v1/sites?name=%zz%f%u0041 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/v1/\0 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/v1/\xff\xff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http://elsewhere.example/api/v1/sites HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/v1/sites HTTP/1.1\r\n\r\n",
    b"GET /api/v1/sites HTTP/1.0\r\n\r\n",
    b"GET /api/v1/sites HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
    b"GET /api/v1/sites HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET /auth/login HTTP/1.1\r\nHost: x:99999999\r\n\r\n",
    b"GET /auth/login HTTP/1.1\r\nHost: [::1\r\n\r\n",
    b"GET /api/v1/sites HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
    b"GET /api/v1/sites HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
    b"GET /api/v1/sites HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
    b"GET /api/v1/sites HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n",
    b"GET /" + b"x" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}",
    b"POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nContent-Length: 1e3\r\n\r\n{}",
    b"POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 40 + b"\r\n\r\n{}",
    b"POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}",
    b"POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n{}",
    b"POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{}",
    CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
    CHUNKED + b"5\r\n{}",
    b"POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n\r\n{}",
    CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Length: 2\r\n\r\n") + b"0\r\n\r\n",
    b"POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nExpect: 200-nonsense\r\nContent-Length: 2\r\n\r\n{}",
]


@pytest.mark.parametrize("request_text", REQUESTS, ids=lambda text: ascii(text)[:60])
@pytest.mark.parametrize("known", [False, True], ids=["anonymous", "registered"])
def test_malformed_requests_are_refused_or_dropped(target: Target, request_text: bytes, known: bool) -> None:
    if known:
        token = target.server.identity.token("user").encode()
        request_text = request_text.replace(
            b"Host: x\r\n", b"Host: x\r\nAuthorization: Bearer " + token + b"\r\n", 1
        )
    answer = raw(target.server.url, request_text)
    if answer:
        assert not answer.startswith(b"HTTP/1.1 5"), answer[:500]
        assert not [word for word in INSIDES if word.encode() in answer], answer[:500]
    assert httpx.get(f"{target.server.url}/healthz", timeout=PATIENCE, trust_env=False).status_code == 200


def raw(url: str, text: bytes) -> bytes:
    """What comes back for these bytes when nothing more is sent; raises TimeoutError after a while."""
    at = urlsplit(url)
    received = []
    with socket.create_connection((at.hostname, at.port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(text)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                received.append(part)
        except TimeoutError:
            raise
        except OSError:
            """It hung up."""
    return b"".join(received)


def test_nothing_of_all_that_was_logged_as_an_error_of_ours(
    target: Target, tmp_path_factory: pytest.TempPathFactory
) -> None:
    logs = chain.from_iterable(
        folder.glob("hostile*/server.log") for folder in [tmp_path_factory.getbasetemp()]
    )
    for log in logs:
        assert "Traceback" not in log.read_text(errors="replace"), log.read_text(errors="replace")[-5000:]
