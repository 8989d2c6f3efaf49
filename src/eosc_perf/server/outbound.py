"""HTTP requests to hosts that a stranger named.

One deadline covers everything (look-ups, redirects and slow drips included), bodies are bounded, https is the
rule, and every connection goes to an address that was checked after its name was looked up.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Thread
from time import monotonic
from typing import Any

import httpcore
import httpx

BODY_LIMIT = 4 * 1024 * 1024  # bytes; also what the OCI specification asks registries to take as a manifest
REDIRECTS = 3

_NAT64 = IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# Set aside by IANA but global to Python 3.11: protocols, 6to4 relays, 6to4, documentation (RFC 9637).
_SET_ASIDE = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2002::/16"),
    IPv6Network("3fff::/20"),
)


class Unreachable(Exception):
    """There is no usable answer; the message says why, for the user."""


@dataclass(frozen=True)
class Answer:
    host: str
    status: int
    headers: httpx.Headers
    body: bytes


@dataclass(frozen=True)
class Ask:
    """One conversation, of any number of requests, under one deadline."""

    pool: httpcore.ConnectionPool
    allow_private: bool

    def __call__(self, method: str, url: httpx.URL, headers: dict[str, str]) -> Answer:
        """Follows redirects; `Authorization` is not sent on to another origin."""
        for _ in range(REDIRECTS + 1):
            answer = self._once(method, url, headers)
            if answer.status not in {301, 302, 303, 307, 308}:
                return answer
            target = join(str(url), answer.headers.get("location", ""), seen_at=url.host)
            if (target.scheme, target.netloc) != (url.scheme, url.netloc):
                headers = {key: value for key, value in headers.items() if key != "Authorization"}
            url = target
        raise Unreachable(f"{url.host} redirects more than {REDIRECTS} times.")

    def scheme(self, host: str) -> str:
        """https, but for the plain registries and services that people run on their own machine."""
        return "http" if self.allow_private and _is_loopback(host) else "https"

    def _once(self, method: str, url: httpx.URL, headers: dict[str, str]) -> Answer:
        if url.scheme not in {"https", self.scheme(url.host)}:
            raise Unreachable(f"{url.host} can only be asked by https.")
        # httpcore knows no proxies, cookies or .netrc, and a user name in the address is left out here.
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        sent = {"Host": url.netloc.decode(), "User-Agent": "eosc-perf", "Connection": "close", **headers}
        try:
            with self.pool.stream(method, target, headers=list(sent.items())) as response:
                received = httpx.Headers(response.headers)
                return Answer(url.host, response.status, received, _body(response, url.host))
        except httpcore.TimeoutException as late:
            raise Unreachable(f"{url.host} did not answer in time.") from late
        except httpcore.NetworkError as error:
            distrusted = any(isinstance(cause, ssl.SSLCertVerificationError) for cause in error.args)
            reason = "has no certificate that we trust" if distrusted else "could not be reached"
            raise Unreachable(f"{url.host} {reason}.") from error
        except httpcore.ProtocolError as error:
            raise Unreachable(f"{url.host} does not speak HTTP as it should.") from error


@contextmanager
def asking(*, allow_private: bool, timeout: float) -> Iterator[Ask]:
    """timeout: seconds for all requests. allow_private: private addresses too, and loopback by plain http."""
    network = Network(deadline=monotonic() + timeout, allow_private=allow_private)
    # Trusts certifi's authorities, or those of SSL_CERT_FILE.
    with httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=network) as pool:
        yield Ask(pool, allow_private)


def join(url: str, relative: str = "", *, seen_at: str, **params: str) -> httpx.URL:
    """seen_at: the host to blame when this is no address. params: added to the query."""
    try:
        joined = httpx.URL(url).join(relative)
        joined = joined.copy_merge_params(params) if params else joined
        valid = 0 < len(joined.host) <= 253 and (joined.port or 0) <= 65535
    except (httpx.InvalidURL, ValueError):
        valid = False
    if not valid:
        raise Unreachable(f"{seen_at} sends us to something that is no address.")
    return joined


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Is it the address of one machine in the public internet?"""
    if address in _NAT64:  # how a network with IPv6 only sees the IPv4 internet
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if address.is_multicast or not address.is_global or any(address in network for network in _SET_ASIDE):
        return False
    return address.version == 4 or address in _GLOBAL_UNICAST


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _body(response: httpcore.Response, host: str) -> bytes:
    body = bytearray()
    for chunk in response.iter_stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise Unreachable(f"{host} sends more than {BODY_LIMIT // 1024**2} MiB.")
    return bytes(body)


def _addresses(host: str, port: int, *, timeout: float) -> list[str]:
    """Looked up in a thread, because it can't be stopped: it may go on until the resolver gives up."""
    found: Future[list[str]] = Future()

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.set_result(list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in answers)))
        except Exception as error:
            found.set_exception(error)

    Thread(target=look_up, daemon=True).start()
    try:
        return found.result(timeout)
    except TimeoutError as late:
        raise httpcore.ConnectTimeout from late
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"The host {host} could not be found.") from error


class Network(httpcore.NetworkBackend):
    """Connects only to checked addresses. TLS is a layer above: certificates must fit the host's name."""

    def __init__(self, *, deadline: float, allow_private: bool) -> None:
        self.deadline = deadline
        self.allow_private = allow_private
        self.tcp = httpcore.SyncBackend()

    def left(self, at_most: float | None = None) -> float:
        seconds = self.deadline - monotonic()
        if seconds <= 0:
            raise httpcore.TimeoutException
        return seconds if at_most is None else min(seconds, at_most)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        found = _addresses(host, port, timeout=self.left())
        addresses = [one for one in found if self.allow_private or is_public(ip_address(one))]
        if not addresses:
            raise Unreachable(f"{host} is at a private address, which is not asked.")
        while True:
            share = self.left(timeout) / len(addresses)
            try:
                stream = self.tcp.connect_tcp(addresses.pop(0), port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not addresses:
                    raise
            else:
                return _Stream(stream, self.left)


class _Stream(httpcore.NetworkStream):
    """A connection each step of which has the time that is left of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[float | None], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
