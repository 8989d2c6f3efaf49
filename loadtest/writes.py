"""What is stored and taken out in bulk: single results, batches, the export of everything."""

import http.client
import random
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import orjson
import psycopg

from eosc_perf.server import processes
from eosc_perf.server.config import Settings
from eosc_perf.server.demo import identity
from eosc_perf.server.results.models import ADD_UP_TOTALS

from . import memory
from .asked import API, Known
from .client import Hits, Shot, Volley, fire

EXECUTED = "2025-03-04T05:06:07+00:00"
PERSON = "user"
MOST_READ = 1024 * 1024


@dataclass(frozen=True)
class Writer:
    settings: Settings
    token: str


@contextmanager
def writer(settings: Settings) -> Iterator[Writer]:
    """Settings with an identity provider, and somebody registered. Afterwards what they stored is removed."""
    with (
        tempfile.TemporaryDirectory(prefix="loadtest-") as folder,
        identity.running(processes.free_port(), log=Path(folder) / "identity.log") as issuer,
        somebody(settings.database_url, issuer),
    ):
        changed = replace(settings, oidc_issuer=issuer, oidc_client_id=identity.CLIENT_ID, demo=True)
        yield Writer(changed, identity.access_token(issuer, PERSON))


@contextmanager
def somebody(database_url: str, issuer: str) -> Iterator[None]:
    user = {"iss": issuer, "sub": PERSON, "email": "loadtest-writer@example.org"}
    mine = '(SELECT id FROM "user" WHERE iss = %(iss)s AND sub = %(sub)s)'
    with psycopg.connect(database_url, autocommit=True) as connection:
        values = "gen_random_uuid(), %(iss)s, %(sub)s, %(email)s"
        connection.execute(f'INSERT INTO "user" (id, iss, sub, email) VALUES ({values})', user)  # noqa: S608
        try:
            yield
        finally:
            connection.execute(f"DELETE FROM result WHERE uploader_id = {mine}", user)  # noqa: S608
            connection.execute('DELETE FROM "user" WHERE iss = %(iss)s AND sub = %(sub)s', user)
            connection.execute(ADD_UP_TOTALS)
            connection.execute("VACUUM (ANALYZE) result, observation, result_tag")


def single(known: Known, dice: random.Random) -> Shot:
    """POST of a result with two tags."""
    benchmark, site = dice.choice(known.benchmarks), dice.choice(list(known.flavors))
    query = [
        ("execution_datetime", EXECUTED),
        ("benchmark_id", benchmark),
        ("flavor_id", dice.choice(known.flavors[site])),
        *(("tags_ids", tag) for tag, _ in dice.sample(known.tags, k=2)),
    ]
    document = dice.choice(known.documents[benchmark])
    return Shot(f"{API}/results?{urlencode(query)}", document.encode())


def batch(known: Known, dice: random.Random, lines: int, sites: int) -> Shot:
    """POST of that many results with two tags each, of all benchmarks, at so many sites."""
    flavors = [flavor for site in dice.sample(list(known.flavors), k=sites) for flavor in known.flavors[site]]
    written = []
    for _ in range(lines):
        benchmark = dice.choice(known.benchmarks)
        line = {
            "execution_datetime": EXECUTED,
            "benchmark_id": benchmark,
            "flavor_id": dice.choice(flavors),
            "tags_ids": [tag for tag, _ in dice.sample(known.tags, k=2)],
            "json": orjson.Fragment(dice.choice(known.documents[benchmark])),
        }
        written.append(orjson.dumps(line))
    return Shot(f"{API}/results:batch", b"\n".join(written))


@dataclass(frozen=True)
class Pace:
    lines: int
    sites: int
    """That each batch holds results of."""
    at_once: int
    batches: int
    results_per_second: float


def stored_in_batches(
    port: int, token: str, known: Known, shooter: Executor, *, lines: int, batches: int, at_once: int
) -> Iterator[Pace]:
    """The median pace of batches, each sender over its connection one after the other.

    First those of one site, as somebody sends who runs benchmarks there; then of all sites, which change
    about every page of an index.
    """
    for sites in (1, len(known.flavors)):
        dice = random.Random(f"batches {at_once} {sites}")  # noqa: S311
        shots = [batch(known, dice, lines, sites) for _ in range(batches * at_once)]
        volley = Volley(port, shots, at_once, seconds=600, at_least=len(shots), headers=bearer(token))
        hits: Hits = shooter.submit(fire, volley).result()
        yield Pace(lines, sites, at_once, batches, at_once * lines / median(hits.seconds))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@dataclass(frozen=True)
class Export:
    bytes: int
    results: int
    """Lines of NDJSON; for other formats it means nothing."""
    seconds: float
    before: float
    """The worker's memory before, in MB."""
    peak: float
    growth: float

    @property
    def pace(self) -> float:
        """MB (of a million bytes) per second."""
        return self.bytes / self.seconds / 1e6


def exported(port: int, server: int, format: str = "ndjson") -> Export:
    """Read the export of everything, and watch the worker's memory meanwhile."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        before = memory.now(server)
        begun = time.perf_counter()
        with memory.watched(server) as seen:
            connection.request("GET", f"{API}/results:export?format={format}")
            response = connection.getresponse()
            if response.status != 200:
                raise RuntimeError(f"The export answers {response.status}: {response.read(500)!r}")
            bytes_read = lines = 0
            while part := response.read1(MOST_READ):
                bytes_read += len(part)
                lines += part.count(b"\n")
        seconds = time.perf_counter() - begun
    return Export(bytes_read, lines, seconds, before, max(seen.seen, default=before), seen.growth)
