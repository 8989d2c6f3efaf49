"""The image check among registries that mean harm: what leaves the server, where to, and for how long."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path

import pytest
from registry import DIGEST, Registry, refusal, reply, serving, signer

from eosc_perf.server.benchmarks.registry import resolve
from eosc_perf.server.outbound import is_public

Handler = BaseHTTPRequestHandler


# Redirects


def test_a_redirect_is_followed_without_taking_the_token_along() -> None:
    def manifest(handler: Handler) -> None:
        reply(handler, 200, Docker_Content_Digest=DIGEST)

    def answer(handler: Handler) -> None:
        if handler.path.startswith("/token"):
            reply(handler, 200, b'{"access_token": "secret"}')
        elif "Authorization" not in handler.headers:
            reply(handler, 401, WWW_Authenticate=f'Bearer realm="http://{handler.headers["Host"]}/token"')
        elif handler.path.startswith("/v2"):
            reply(handler, 307, Location="/moved")
        else:
            reply(handler, 307, Location=f"http://{elsewhere.address}/v2/app/manifests/1.0")

    with serving(manifest) as elsewhere, serving(answer) as server:
        assert resolve(f"{server.address}/app", "1.0", allow_private=True) == DIGEST
    assert server.requests[-1][1:] == ("/moved", server.requests[-1][2] | {"authorization": "Bearer secret"})
    assert ["authorization" in headers for _, _, headers in elsewhere.requests] == [False]


def test_redirects_end() -> None:
    with serving(lambda handler: reply(handler, 302, Location=handler.path + "x")) as server:
        assert "redirects more than 3 times" in refusal(server.address)
        assert len(server.requests) == 4


NOWHERE = (
    "http://example.org/ ftp://127.0.0.1/ file:///etc/passwd http://[ https:///x //a:99999/ https://xn--/"
)
LONG_HOST = f"https://{'a.' * 127}/"


@pytest.mark.parametrize("address", [*NOWHERE.split(), LONG_HOST])
def test_nobody_is_sent_where_https_does_not_lead(address: str) -> None:
    challenge = f'Bearer realm="{address}"'
    reason = re.compile("is no address|can only be asked by https")
    with serving(lambda handler: reply(handler, 302, Location=address)) as server:
        assert reason.search(refusal(server.address))
    with serving(lambda handler: reply(handler, 401, WWW_Authenticate=challenge)) as server:
        assert reason.search(refusal(server.address))


def test_a_token_server_whose_address_gets_too_long_is_not_asked() -> None:
    challenge = 'Bearer realm="http://127.0.0.1/",scope="' + "%" * 30_000 + '"'
    with serving(lambda handler: reply(handler, 401, WWW_Authenticate=challenge)) as server:
        assert "is no address" in refusal(server.address)


# Addresses


NOT_PUBLIC = """
    0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 192.0.0.8 192.0.2.1 192.88.99.1
    192.168.0.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::808:808 2001::1 2001:db8::1
    2002:7f00:1:: 3fff::1 fc00::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
"""


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_an_address_that_is_not_one_machine_in_the_internet_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001::1", "64:ff9b::808:808"])
def test_an_address_in_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A name service: what each look-up of a name gives, in turn; returns the list of names looked up so far.

    "10.0.0.1 10.0.0.2" are two addresses, "" is none.
    """

    def serve(**answers: list[str]) -> list[str]:
        asked: list[str] = []
        real = socket.getaddrinfo

        def look_up(host: str, port: int, *args: int, **kwargs: int) -> Sequence[tuple[object, ...]]:
            known = answers.get(host.replace(".", "_"))
            if known is None:
                return real(host, port, *args, **kwargs)
            asked.append(host)
            found = [real(one, port, *args, **kwargs) for one in known.pop(0).split()]
            if not found:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return [answer for answers_of_one in found for answer in answers_of_one]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        return asked

    return serve


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "::1"])
def test_a_name_that_leads_inside_is_refused(names: Callable[..., list[str]], inside: str) -> None:
    names(registry_example_org=[inside])
    assert "private address" in refusal("registry.example.org", allow_private=False)


@pytest.mark.parametrize(
    "inside", ["https://127.0.0.1:1/", "https://localhost:1/", "https://[::ffff:127.0.0.1]:1/"]
)
@pytest.mark.parametrize("way", ["redirect", "token"])
def test_a_registry_outside_leads_nobody_inside(
    monkeypatch: pytest.MonkeyPatch, trusted: ssl.SSLContext, inside: str, way: str
) -> None:
    """The server's own loopback address counts as public here, and no other."""
    outside = "127.5.5.5"
    monkeypatch.setattr("eosc_perf.server.outbound.is_public", lambda address: str(address) == outside)

    def answer(handler: Handler) -> None:
        if way == "redirect":
            reply(handler, 302, Location=inside)
        else:
            reply(handler, 401, WWW_Authenticate=f'Bearer realm="{inside}",service="s",scope="s"')

    with serving(answer, tls=trusted, host=outside) as server:
        assert "private address" in refusal(server.address, allow_private=False)
        assert len(server.requests) == 1


def test_a_name_is_looked_up_once_and_its_checked_address_is_the_one_asked(
    names: Callable[..., list[str]], trusted: ssl.SSLContext
) -> None:
    with serving(lambda handler: reply(handler, 200, Docker_Content_Digest=DIGEST), tls=trusted) as server:
        asked = names(registry_test=["127.0.0.1", "127.0.0.2"])
        port = server.address.rpartition(":")[2]
        assert resolve(f"registry.test:{port}/app", "1.0", allow_private=True) == DIGEST
    assert asked == ["registry.test"]
    assert server.requests[0][2]["host"] == f"registry.test:{port}"


def test_the_next_address_of_a_host_is_asked_when_the_first_is_dead(
    names: Callable[..., list[str]], trusted: ssl.SSLContext
) -> None:
    with serving(lambda handler: reply(handler, 200, Docker_Content_Digest=DIGEST), tls=trusted) as server:
        names(registry_test=["127.0.0.2 127.0.0.1"])
        port = server.address.rpartition(":")[2]
        assert resolve(f"registry.test:{port}/app", "1.0", allow_private=True) == DIGEST


# Certificates


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """For a server called registry.test or 127.5.5.5, with a certificate that is trusted."""
    by = signer("registry.test", "127.5.5.5")
    (tmp_path / "cert.pem").write_bytes(by.pem)
    (tmp_path / "key.pem").write_bytes(by.key_pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return context


def test_a_certificate_must_be_for_the_name_that_was_asked(
    names: Callable[..., list[str]], trusted: ssl.SSLContext
) -> None:
    with serving(lambda handler: reply(handler, 200, Docker_Content_Digest=DIGEST), tls=trusted) as server:
        names(other_test=["127.0.0.1"])
        port = server.address.rpartition(":")[2]
        assert "no certificate that we trust" in refusal(f"other.test:{port}")
    assert server.requests == []


def test_a_certificate_must_be_signed_by_an_authority(
    names: Callable[..., list[str]], trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving(lambda handler: reply(handler, 200, Docker_Content_Digest=DIGEST), tls=trusted) as server:
        names(registry_test=["127.0.0.1"])
        port = server.address.rpartition(":")[2]
        assert "no certificate that we trust" in refusal(f"registry.test:{port}")
    assert server.requests == []


# Time and size


def drip(handler: Handler, start: bytes, drop: bytes) -> None:
    """Sends a little at a time, for as long as the other side listens."""
    handler.wfile.write(start)
    while True:
        handler.wfile.write(drop)
        threading.Event().wait(0.02)


@pytest.mark.parametrize(
    "start, drop",
    [
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ],
)
def test_a_slow_drip_is_given_up(start: bytes, drop: bytes) -> None:
    def answer(handler: Handler) -> None:
        if handler.command == "HEAD":
            reply(handler, 405)
        else:
            drip(handler, start, drop)

    with serving(answer) as server:
        assert "did not answer in time" in refusal(server.address, timeout=0.5)


def test_many_slow_answers_share_one_deadline() -> None:
    def answer(handler: Handler) -> None:
        threading.Event().wait(0.3)
        reply(handler, 302, Location=handler.path + "x")

    with serving(answer) as server:
        assert "did not answer in time" in refusal(server.address, timeout=0.5)


def test_a_silent_server_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "did not answer in time" in refusal(f"127.0.0.1:{silent.getsockname()[1]}", timeout=0.5)


def test_a_server_that_never_ends_its_handshake_is_given_up(names: Callable[..., list[str]]) -> None:
    names(registry_test=["127.0.0.1"])
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "did not answer in time" in refusal(f"registry.test:{silent.getsockname()[1]}", timeout=0.5)


def test_a_look_up_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    enough = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: enough.wait(60) and [])
    try:
        assert "did not answer in time" in refusal("registry.test", timeout=0.5)
        assert not enough.is_set()
    finally:
        enough.set()


@pytest.mark.parametrize("start", [b"", b"Transfer-Encoding: chunked\r\n"])
def test_an_endless_body_is_not_read_to_its_end(start: bytes) -> None:
    def answer(handler: Handler) -> None:
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + start + b"\r\n")
        while handler.command == "GET":
            handler.wfile.write(chunk)

    with serving(answer) as server:
        assert "sends more than 4 MiB" in refusal(server.address)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000,
        b"HTTP/1.1 abc\r\n\r\n",
        b"\x00\xff",
    ],
)
def test_what_is_not_http_is_unreachable(answer: bytes) -> None:
    def send(handler: Handler) -> None:
        handler.wfile.write(answer)

    with serving(send) as server:
        assert refusal(server.address)


def test_a_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        address = f"127.0.0.1:{gone.getsockname()[1]}"
    assert "could not be reached" in refusal(address)


def test_a_host_that_does_not_exist_is_unreachable(names: Callable[..., list[str]]) -> None:
    names(registry_test=[""])
    assert "could not be found" in refusal("registry.test")


def test_proxies_of_the_environment_are_not_used(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    pushed = registry.push("app", "1.0")
    assert resolve(f"{registry.address}/app", "1.0", allow_private=True) == pushed
