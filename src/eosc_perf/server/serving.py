"""The web server and the job worker as child processes."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import fields
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import Popen
from typing import NoReturn

from . import processes
from .config import Settings

LONGEST_REQUEST = 8
SPARE_THREADS = 24
PAUSE_AFTER_CRASH = 3
MOST_ARENAS = "2"
"""glibc otherwise keeps free memory apart for each thread: 10 MB more in a process that serves lists."""


def environment(settings: Settings) -> dict[str, str]:
    """Our environment, with the variables that make a child read these settings."""
    ours = {each.metadata["variable"]: as_text(getattr(settings, each.name)) for each in fields(Settings)}
    return {"MALLOC_ARENA_MAX": MOST_ARENAS, **os.environ, "PYTHONUNBUFFERED": "1", **ours}


def as_text(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def web_command(host: str, port: int, *, workers: int, threads: int) -> list[str]:
    """Granian. A few threads more than database connections: what needs none is answered when all are busy.

    Its `backpressure` counts open connections, idle ones too, so it stays far above the number of threads.
    """
    options = {
        "interface": "wsgi",
        "http": "1",
        "host": host,
        "port": port,
        "workers": workers,
        "blocking-threads": threads,
        "backpressure": 512,
        "workers-kill-timeout": LONGEST_REQUEST,
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    program = [sys.executable, "-m", "granian", "--factory", "--no-ws", "--respawn-failed-workers"]
    return [*program, *arguments, "eosc_perf.server.wsgi:application"]


@contextmanager
def web_server(
    settings: Settings, port: int, *, host: str = "127.0.0.1", workers: int = 1, log: Path | None = None
) -> Iterator[Popen[bytes]]:
    """The API and the UI on one port. The block starts when they answer."""
    command = web_command(host, port, workers=workers, threads=settings.db_pool_size + SPARE_THREADS)
    with shared_metrics(workers) as metrics:
        process = processes.spawn(command, environment={**environment(settings), **metrics}, log=log)
        try:
            processes.wait_until_ready(process, lambda: answers(host, port), name="The server", log=log)
            yield process
        finally:
            processes.stop(process, ready=lambda: answers(host, port), seconds=LONGEST_REQUEST + 4)


@contextmanager
def shared_metrics(workers: int) -> Iterator[dict[str, str]]:
    """The variable that makes several server processes answer /metrics with the sum of all."""
    if workers == 1 or "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="eosc-perf-metrics-") as folder:
        yield {"PROMETHEUS_MULTIPROC_DIR": folder}


@contextmanager
def job_worker(settings: Settings, *, log: Path | None = None) -> Iterator[Popen[bytes]]:
    """What sends mails and runs slow checks."""
    command = [sys.executable, "-m", "eosc_perf.cli", "worker"]
    process = processes.spawn(command, environment=environment(settings), log=log)
    try:
        yield process
    finally:
        processes.stop(process)


def serve(
    settings: Settings,
    port: int,
    *,
    host: str = "127.0.0.1",
    workers: int = 1,
    jobs: bool = True,
    logs: Path | None = None,
    ready: Callable[[], None] = lambda: None,
) -> NoReturn:
    """Run the web server, and a job worker that is started again when it ends, until a signal comes.

    logs: the folder for their output; ours when None. ready: called when the server answers.
    """
    log, jobs_log = (logs / "server.log", logs / "worker.log") if logs else (None, None)
    with web_server(settings, port, host=host, workers=workers, log=log) as server:
        ready()
        while True:
            with job_worker(settings, log=jobs_log) if jobs else nullcontext() as worker:
                while server.poll() is None and (worker is None or worker.poll() is None):
                    time.sleep(0.3)
            if server.poll() is not None:
                raise processes.Failed(f"The server ended by itself.{processes.tail(log)}")
            time.sleep(PAUSE_AFTER_CRASH)


def answers(host: str, port: int) -> bool:
    """Whether a server process answers requests, which needs more than an open port."""
    if host in {"", "0.0.0.0", "::"}:  # noqa: S104
        host = "127.0.0.1" if host != "::" else "::1"
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
