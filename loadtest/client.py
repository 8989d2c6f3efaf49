"""A client that costs little: threads with kept-open connections, in a process of its own."""

import http.client
import itertools
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import psycopg

COMMIT = "SELECT pg_current_xact_id()"
"""Takes a transaction number, so that its commit changes the snapshot; writes nothing."""


@dataclass(frozen=True)
class Shot:
    """A request; with a body it is a POST."""

    address: str
    body: bytes | None = None


@dataclass(frozen=True)
class Volley:
    """What to send over a number of connections, until `seconds` are over or every shot is fired.

    repeated: each connection sends the shots over and over, after a round that is not timed.
    commits_to: the URL of the database, to commit something before each request.
    """

    port: int
    shots: Sequence[Shot]
    connections: int
    seconds: float
    at_least: int
    repeated: bool = False
    commits_to: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hits:
    """Seconds that each answer took, and that all took together."""

    seconds: list[float]
    together: float


def fire(volley: Volley) -> Hits:
    """Raises RuntimeError for an answer that is no success."""
    if volley.repeated:
        queues: list[Iterator[Shot]] = [itertools.cycle(volley.shots) for _ in range(volley.connections)]
    else:
        one = iter(Shared(iter(volley.shots)))
        queues = [one] * volley.connections
    start = threading.Barrier(volley.connections)
    begun: list[float] = []
    with between(volley.commits_to) as before, ThreadPoolExecutor(volley.connections) as pool:
        running = [pool.submit(along, volley, queue, start, before, begun) for queue in queues]
        found = [seconds for each in running for seconds in each.result()]
    return Hits(found, time.perf_counter() - min(begun))


class Shared:
    """An iterator that several threads take from."""

    def __init__(self, shots: Iterator[Shot]) -> None:
        self.shots, self.lock = shots, threading.Lock()

    def __iter__(self) -> Iterator[Shot]:
        return self

    def __next__(self) -> Shot:
        with self.lock:
            return next(self.shots)


@contextmanager
def between(database_url: str | None) -> Iterator[Callable[[], object]]:
    """What to do before each request."""
    if database_url is None:
        yield lambda: None
        return
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield lambda: connection.execute(COMMIT)


def along(
    volley: Volley,
    queue: Iterator[Shot],
    start: threading.Barrier,
    before: Callable[[], object],
    begun: list[float],
) -> list[float]:
    """The seconds that each request over one connection took."""
    found: list[float] = []
    with closing(http.client.HTTPConnection("127.0.0.1", volley.port, timeout=60)) as connection:
        connection.connect()
        if volley.repeated:
            for shot in volley.shots:
                answered(connection, shot, volley.headers)
        start.wait()
        begun.append(time.perf_counter())
        end = begun[-1] + volley.seconds
        for shot in queue:
            before()
            sent = time.perf_counter()
            answered(connection, shot, volley.headers)
            now = time.perf_counter()
            found.append(now - sent)
            if now > end and len(found) * volley.connections >= volley.at_least:
                break
    return found


def answered(connection: http.client.HTTPConnection, shot: Shot, headers: Mapping[str, str]) -> bytes:
    connection.request("GET" if shot.body is None else "POST", shot.address, shot.body, dict(headers))
    response = connection.getresponse()
    body = response.read()
    if not 200 <= response.status < 300:
        raise RuntimeError(f"{shot.address}: {response.status} {body[:500]!r}")
    return body
