"""The image check, against real registries and against some with habits of their own."""

import json
from http.server import BaseHTTPRequestHandler

import pytest
from registry import DIGEST, Registry, TokenRegistry, digest_of, refusal, reply, serving

from eosc_perf.server.benchmarks.registry import (
    ImageMissing,
    ImageReferenceInvalid,
    Reference,
    parse,
    resolve,
)

MANIFEST = json.dumps({"schemaVersion": 2}).encode()

Handler = BaseHTTPRequestHandler


# Names


@pytest.mark.parametrize(
    "image, host, name",
    [
        ("busybox", "registry-1.docker.io", "library/busybox"),
        ("dotted.name", "registry-1.docker.io", "library/dotted.name"),
        ("user/app", "registry-1.docker.io", "user/app"),
        ("docker.io/busybox", "registry-1.docker.io", "library/busybox"),
        ("index.docker.io/user/app", "registry-1.docker.io", "user/app"),
        ("registry.example.org/group/sub/app", "registry.example.org", "group/sub/app"),
        ("registry.example.org:5000/app", "registry.example.org:5000", "app"),
        ("host:5000/app", "host:5000", "app"),
        ("localhost/app", "localhost", "app"),
        ("[2001:db8::1]:5000/app", "[2001:db8::1]:5000", "app"),
        ("user/a__b.c--d", "registry-1.docker.io", "user/a__b.c--d"),
    ],
)
def test_a_name_is_read_by_the_rules_of_docker(image: str, host: str, name: str) -> None:
    assert parse(image, "1.0") == Reference(host=host, name=name, tag="1.0")


NO_IMAGES = f"""
    / a/ /a a//b App user/App é -a a- a..b a___b busybox:1 busybox@{DIGEST}
    https://example.org/app user:secret@example.org/app
    example.org:/app example.org:65536/app example.org:-1/app example.org:٣/app
    [::1/app [::::]/app [fe80::1%25eth0]/app -example.org/app a..b/app a_b.org/app {"a" * 64}.org/app
    xn--/app xn--.org/app example.org/ example.org/../app example.org/a?b example.org/a#b {"a" * 256}
"""


@pytest.mark.parametrize("image", ["", "a b", "a\n", "a\x00", *NO_IMAGES.split()])
def test_what_no_image_can_be_called_is_refused_without_asking(image: str) -> None:
    with pytest.raises(ImageReferenceInvalid, match="name of a container image"):
        parse(image, "1.0")


@pytest.mark.parametrize("tag", ["", ".1", "-1", "a b", "a/b", "1\n", "é", "a" * 129, DIGEST])
def test_what_no_tag_can_be_is_refused_without_asking(tag: str) -> None:
    with pytest.raises(ImageReferenceInvalid, match="tag of a container image"):
        parse("busybox", tag)


# Real registries


def test_the_digest_of_an_image_is_found(registry: Registry) -> None:
    pushed = registry.push("group/app", "1.0")
    assert resolve(f"{registry.address}/group/app", "1.0", allow_private=True) == pushed


def test_the_digest_of_an_image_for_many_platforms_is_that_of_its_index(registry: Registry) -> None:
    pushed = registry.push_index("group/many", "1.0")
    assert resolve(f"{registry.address}/group/many", "1.0", allow_private=True) == pushed


def test_a_registry_called_localhost_is_asked_as_well(registry: Registry) -> None:
    pushed = registry.push("app", "1.0")
    port = registry.address.rpartition(":")[2]
    assert resolve(f"localhost:{port}/app", "1.0", allow_private=True) == pushed


@pytest.mark.parametrize("image, tag", [("group/app", "9.9"), ("group/none", "1.0")])
def test_an_image_or_tag_that_is_not_there_is_missing(registry: Registry, image: str, tag: str) -> None:
    registry.push("group/app", "1.0")
    with pytest.raises(ImageMissing, match=f"{image}:{tag} does not exist or is private"):
        resolve(f"{registry.address}/{image}", tag, allow_private=True)


def test_a_registry_that_wants_a_token_is_asked_with_one(token_registry: TokenRegistry) -> None:
    pushed = token_registry.open.push("group/app", "1.0")
    assert resolve(f"{token_registry.address}/group/app", "1.0", allow_private=True) == pushed
    _, path, headers = token_registry.tokens.requests[-1]
    assert path == "/token?scope=repository%3Agroup%2Fapp%3Apull&service=the+registry+of+the+tests"
    assert "authorization" not in headers


@pytest.mark.parametrize("image, tag", [("private/app", "1.0"), ("group/none", "1.0"), ("group/app", "9.9")])
def test_what_a_token_does_not_open_is_missing(token_registry: TokenRegistry, image: str, tag: str) -> None:
    token_registry.open.push("private/app", "1.0")
    token_registry.open.push("group/app", "1.0")
    with pytest.raises(ImageMissing, match="does not exist or is private"):
        resolve(f"{token_registry.address}/{image}", tag, allow_private=True)


def test_a_loopback_registry_is_not_asked_unless_private_ones_are_allowed(registry: Registry) -> None:
    registry.push("app", "1.0")
    assert "private address" in refusal(registry.address, allow_private=False)


# Registries with habits of their own


def test_a_registry_without_head_is_asked_with_get() -> None:
    def answer(handler: Handler) -> None:
        if handler.command == "HEAD":
            reply(handler, 405)
        else:
            reply(handler, 200, MANIFEST)

    with serving(answer) as server:
        assert resolve(f"{server.address}/app", "1.0", allow_private=True) == digest_of(MANIFEST)


def test_a_digest_that_is_none_is_computed_instead() -> None:
    with serving(
        lambda handler: reply(handler, 200, MANIFEST, Docker_Content_Digest="sha256:beef")
    ) as server:
        assert resolve(f"{server.address}/app", "1.0", allow_private=True) == digest_of(MANIFEST)


def test_a_digest_that_does_not_fit_the_manifest_is_refused() -> None:
    def answer(handler: Handler) -> None:
        if handler.command == "HEAD":
            reply(handler, 405)
        else:
            reply(handler, 200, MANIFEST, Docker_Content_Digest=DIGEST)

    with serving(answer) as server:
        assert "another digest" in refusal(server.address)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_token_that_is_refused_means_missing_or_private(status: int) -> None:
    def answer(handler: Handler) -> None:
        challenge = f'Basic realm="x", Bearer realm="http://{handler.headers["Host"]}/token",service="s"'
        reply(handler, status if handler.path.startswith("/token") else 401, WWW_Authenticate=challenge)

    with serving(answer) as server, pytest.raises(ImageMissing, match="does not exist or is private"):
        resolve(f"{server.address}/app", "1.0", allow_private=True)


def test_a_registry_that_knows_only_passwords_counts_as_private() -> None:
    with (
        serving(lambda handler: reply(handler, 401, WWW_Authenticate='Basic realm="x"')) as server,
        pytest.raises(ImageMissing, match="does not exist or is private"),
    ):
        resolve(f"{server.address}/app", "1.0", allow_private=True)


@pytest.mark.parametrize(
    "status, words", [(500, "500"), (503, "503"), (204, "204"), (429, "asked too often")]
)
def test_a_registry_in_trouble_is_unreachable(status: int, words: str) -> None:
    with serving(lambda handler: reply(handler, status)) as server:
        assert words in refusal(server.address)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b'{"schemaVersion": 1}', b"[" * 100_000, b"\xff"]
)
def test_what_is_no_manifest_has_no_digest(body: bytes) -> None:
    with serving(lambda handler: reply(handler, 200, body)) as server:
        assert refusal(server.address)


@pytest.mark.parametrize(
    "token", ['{"token": 1}', '{"token": "a\\r\\nX: y"}', '{"token": "é"}', "{}", "[]", "<html>", ""]
)
def test_what_is_no_token_is_not_sent(token: str) -> None:
    def answer(handler: Handler) -> None:
        if handler.path.startswith("/token"):
            reply(handler, 200, token.encode())
        else:
            reply(handler, 401, WWW_Authenticate=f'Bearer realm="http://{handler.headers["Host"]}/token"')

    with serving(answer) as server:
        assert "does not answer as a container registry does" in refusal(server.address)
        assert not any("authorization" in headers for _, _, headers in server.requests)
