"""Measurements of the real server on a database that `fill` made."""

import multiprocessing
import os
import platform
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil
import psycopg

from eosc_perf.server import processes, serving
from eosc_perf.server.config import Settings

from . import inside, memory, writes
from .asked import ASKED, Asked, Known, look_up
from .client import Shot, Volley, fire

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Effort:
    """How long and how often each thing is measured; the median of the rounds counts.

    at_least: requests in each round, however long they take; `few` of those that take long.
    """

    rounds: int
    seconds: float
    at_least: int
    few: int
    warm: int
    shots: int
    batches: int
    lines: int
    posts: int


WHOLE = Effort(
    rounds=3, seconds=1, at_least=20, few=5, warm=20, shots=1500, batches=10, lines=1000, posts=200
)
QUICK = Effort(rounds=1, seconds=0.05, at_least=4, few=2, warm=4, shots=60, batches=2, lines=100, posts=10)

PATIENCE_MS = 55_000


@dataclass(frozen=True)
class Times:
    """Milliseconds, and answers per second."""

    requests: int
    per_second: float
    p50: float
    p95: float
    p99: float


@dataclass
class Load:
    """One request at one number of workers. Keys of the times: the number of connections."""

    first: dict[int, Times] = field(default_factory=dict)
    again: dict[int, Times] = field(default_factory=dict)
    committed: Times | None = None
    sql: float = 0
    """Milliseconds that raw SQL takes for the same rows."""


@dataclass
class Figures:
    machine: dict[str, Any]
    data: dict[str, Any]
    splits: dict[str, inside.Split]
    loads: dict[int, dict[str, Load]]
    peaks: dict[int, float]
    """By workers: the peak memory of one after all reads but those that compute, in MB."""
    peaks_computing: dict[int, float]
    """After those, too."""
    peak_bulk: float
    """After the export, single results and batches."""
    seconds: float
    """That all took."""
    smaller: dict[str, Times]
    smaller_total: int | None
    post: Times
    batches: list[writes.Pace]
    export: writes.Export


@dataclass
class Run:
    """What the measurements share."""

    database_url: str
    known: Known
    effort: Effort
    shooter: Executor
    dice: random.Random
    numbers: Iterator[int]

    def least(self, asked: Asked) -> int:
        return self.effort.few if asked.computes else self.effort.at_least

    def shots(self, asked: Asked, most: int | None = None) -> list[Shot]:
        numbers = islice(self.numbers, most or self.effort.shots)
        return [Shot(address) for address in asked.addresses(self.dice, self.known, numbers)]

    def fired(
        self,
        shots: Callable[[], Sequence[Shot]],
        port: int,
        connections: int,
        *,
        least: int | None = None,
        **how: Any,
    ) -> Times:
        """The medians of all rounds; each has shots of its own."""
        effort = self.effort
        rounds = []
        for _ in range(effort.rounds):
            volley = Volley(port, shots(), connections, effort.seconds, least or effort.at_least, **how)
            hits = self.shooter.submit(fire, volley).result()
            rounds.append(times(hits.seconds, hits.together))
        return middle(rounds)


def times(seconds: Sequence[float], together: float) -> Times:
    marks = quantiles(seconds, n=100, method="inclusive")
    p50, p95, p99 = (1000 * marks[place - 1] for place in (50, 95, 99))
    return Times(len(seconds), len(seconds) / together, p50, p95, p99)


def middle(rounds: Sequence[Times]) -> Times:
    of = {
        name: median(getattr(each, name) for each in rounds) for name in ("per_second", "p50", "p95", "p99")
    }
    return Times(sum(each.requests for each in rounds), **of)


def measure(
    database_url: str,
    *,
    workers: Sequence[int] = (1, 2),
    smaller: str | None = None,
    effort: Effort = WHOLE,
    progress: Progress = lambda what: None,
) -> Figures:
    """smaller: the URL of a smaller archive, to see what growing costs.

    Raises LookupError for a database that was not filled by `python -m loadtest fill`.
    """
    machine, begun = machine_now(), time.monotonic()
    with opened_run(database_url, effort) as run:
        splits = split_times(run, progress)
        loads, peaks, computing = {}, {}, {}
        for number in workers:
            whole = number == min(workers)
            loads[number], peaks[number], computing[number] = reads(run, number, progress, whole=whole)
        post, paces, export, bulk = changes(run, progress)
        data = described(database_url, run.known)
    before: dict[str, Times] = {}
    total = None
    if smaller is not None:
        with opened_run(smaller, effort) as run:
            before, total = first_times(run, progress), run.known.total
    return Figures(
        machine, data, splits, loads, peaks, computing, bulk, time.monotonic() - begun,
        before, total, post, paces, export,
    )  # fmt: skip


@contextmanager
def opened_run(database_url: str, effort: Effort) -> Iterator[Run]:
    with psycopg.connect(database_url) as connection:
        known = look_up(connection)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as shooter:
        yield Run(database_url, known, effort, shooter, random.Random("requests"), count(1))  # noqa: S311


@contextmanager
def served(settings: Settings, workers: int = 1) -> Iterator[tuple[int, int]]:
    """(port, process id) of a real server. Raises Failed with the end of its log when it doesn't answer."""
    port = processes.free_port()
    with tempfile.TemporaryDirectory(prefix="loadtest-") as folder:
        log = Path(folder) / "server.log"
        with serving.web_server(settings, port, workers=workers, log=log) as process:
            try:
                yield port, process.pid
            except (OSError, HTTPException, RuntimeError) as error:
                raise processes.Failed(f"A request failed: {error!r}.{processes.tail(log)}") from error


def settings_of(run: Run) -> Settings:
    """Those of the service; but a statement that the machine stalls shows in the figures, and ends no run."""
    return Settings(database_url=run.database_url, statement_timeout_ms=PATIENCE_MS)


def split_times(run: Run, progress: Progress) -> dict[str, inside.Split]:
    found = {}
    with inside.opened(settings_of(run)) as app:
        for asked in ASKED:
            progress(f"what the time of {asked.name} is made of")
            shots = run.shots(asked, 5 + run.least(asked))
            app.split([shot.address for shot in shots[:5]])
            found[asked.name] = app.split([shot.address for shot in shots[5:]])
    return found


def reads(run: Run, workers: int, progress: Progress, *, whole: bool) -> tuple[dict[str, Load], float, float]:
    """The loads, and a worker's peak memory before and after the requests that compute.

    whole: also raw SQL, and repeating after commits, which don't depend on the number of workers.
    """
    loads: dict[str, Load] = {}
    peak = 0.0
    with served(settings_of(run), workers) as (port, server):
        for asked in ASKED:
            progress(f"{asked.name}, {workers} worker{'s' if workers > 1 else ''}")
            if asked.computes and not peak:
                peak = memory.peak(server)
            warm_up(run, asked, port, workers)
            least = run.least(asked)
            load = loads[asked.name] = Load(sql=raw(run, asked) if whole else 0)
            few = run.shots(asked, 5)
            for connections in (1, 8):
                load.first[connections] = run.fired(
                    lambda: run.shots(asked),  # noqa: B023
                    port,
                    connections,
                    least=least,
                )
                load.again[connections] = run.fired(lambda: few, port, connections, repeated=True)  # noqa: B023
            if whole:
                load.committed = run.fired(
                    lambda: few,  # noqa: B023
                    port,
                    1,
                    least=least,
                    repeated=True,
                    commits_to=run.database_url,
                )
        return loads, peak, memory.peak(server)


def warm_up(run: Run, asked: Asked, port: int, workers: int) -> None:
    """Ask until all workers have met the request, and the database has read what it needs from disk."""
    warm = run.shots(asked, run.effort.warm * workers)
    run.shooter.submit(fire, Volley(port, warm, 4 * workers, 60, len(warm))).result()


def raw(run: Run, asked: Asked) -> float:
    """The median time in milliseconds of the same rows by prepared statements, the JSON as text.

    The faster of two ways counts: planned for all values, when PostgreSQL likes to, or for each.
    """
    return min(raw_planned(run, asked, mode) for mode in ("auto", "force_custom_plan"))


def raw_planned(run: Run, asked: Asked, mode: str) -> float:
    found = []
    with psycopg.connect(run.database_url, autocommit=True, prepare_threshold=0) as connection:
        connection.execute("SET jit = off")
        connection.execute("SET work_mem = '64MB'")
        connection.execute("SELECT set_config('plan_cache_mode', %s, false)", [mode])
        end = time.monotonic() + run.effort.seconds / 2
        for number in islice(run.numbers, run.effort.shots):
            values = asked.parameters(run.dice, run.known, number)
            begun = time.perf_counter()
            for statement in asked.sql:
                connection.execute(statement, values).fetchall()
            found.append(time.perf_counter() - begun)
            if time.monotonic() > end and len(found) >= run.least(asked):
                break
    return 1000 * median(found)


def first_times(run: Run, progress: Progress) -> dict[str, Times]:
    """First-time answers over one connection of one worker."""
    found = {}
    with served(settings_of(run)) as (port, _):
        for asked in ASKED:
            if asked.computes:
                continue
            progress(f"{asked.name}, smaller archive")
            warm_up(run, asked, port, 1)
            found[asked.name] = run.fired(lambda: run.shots(asked), port, 1)  # noqa: B023
    return found


def changes(run: Run, progress: Progress) -> tuple[Times, list[writes.Pace], writes.Export, float]:
    """Single results, batches, the export, and the worker's peak memory afterwards."""
    effort = run.effort
    with writes.writer(settings_of(run)) as writer:
        headers = writes.bearer(writer.token)
        with served(writer.settings) as (port, server):
            progress("the export of everything")
            export = writes.exported(port, server)
            progress("single results")
            post = run.fired(
                lambda: [writes.single(run.known, run.dice) for _ in range(effort.posts)],
                port,
                1,
                headers=headers,
            )
            progress("batches of results")
            paces = [*batches(run, writer, port, at_once=1)]
            peak = memory.peak(server)
        with served(writer.settings, workers=2) as (port, _):
            progress("batches of results, 2 at a time, 2 workers")
            paces += batches(run, writer, port, at_once=2)
        progress("removing what was stored")
    return post, paces, export, peak


def batches(run: Run, writer: writes.Writer, port: int, *, at_once: int) -> Iterator[writes.Pace]:
    effort = run.effort
    return writes.stored_in_batches(
        port,
        writer.token,
        run.known,
        run.shooter,
        lines=effort.lines,
        batches=effort.batches,
        at_once=at_once,
    )


def machine_now() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "processor": processor(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "python": platform.python_version(),
    }


def processor() -> str:
    """The model as Linux names it, elsewhere the kind."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())


def described(database_url: str, known: Known) -> dict[str, Any]:
    """The archive, and how many bytes of tables and indexes a result takes."""
    with psycopg.connect(database_url) as connection:
        sizes = connection.execute(
            "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class "
            "WHERE oid = ANY(ARRAY['result', 'observation', 'result_tag']::regclass[]) ORDER BY 2 DESC"
        ).fetchall()
        version = connection.info.server_version // 10_000
        memory_of_database = connection.execute("SHOW shared_buffers").fetchone()
    return {
        "results": known.total,
        "postgresql": version,
        "shared_buffers": memory_of_database[0] if memory_of_database else "",
        "bytes": {
            name: {"table": table, "indexes": indexes, "per_result": round((table + indexes) / known.total)}
            for name, table, indexes in sizes
        },
    }
