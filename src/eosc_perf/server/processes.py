"""Child processes: started so that they never outlive us, waited for, and stopped in order."""

import errno
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import bound

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Failed(Exception):
    """Something could not be started or ended by itself; the message is for the person at the terminal."""


class Stopped(BaseException):
    """Somebody asked this process to end."""


@contextmanager
def until_signalled() -> Iterator[None]:
    """Run the block until it ends or Ctrl-C, SIGTERM or SIGHUP arrives; more don't disturb the clean-up."""
    before = {number: signal.getsignal(number) for number in ENDING_SIGNALS}

    def stop(*_: object) -> None:
        for number in ENDING_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    for number, handler in before.items():
        if number != signal.SIGHUP or handler != signal.SIG_IGN:  # nohup
            signal.signal(number, stop)
    try:
        yield
    except Stopped:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def spawn(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    log: Path | None = None,
    account: str = "",
    death_signal: int = signal.SIGKILL,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in its own session, so that Ctrl-C reaches only us. It gets `death_signal` when we die.

    log: where its output goes; ours when None. account: the system account to run as (needs root).
    """
    launcher = [sys.executable, "-I", "-S", bound.__file__, str(os.getpid()), str(int(death_signal)), account]
    output = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            [*launcher, *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
            cwd=folder,
        )
    finally:
        if output:
            output.close()


@contextmanager
def running(
    command: Sequence[str],
    *,
    name: str,
    ready: Callable[[], bool],
    environment: Mapping[str, str] | None = None,
    log: Path | None = None,
    seconds: float = 60,
) -> Iterator[subprocess.Popen[bytes]]:
    """A child that is ready when the block starts and gone when it ends. Raises Failed when it isn't."""
    process = spawn(command, environment=environment, log=log)
    try:
        wait_until_ready(process, ready, name=name, log=log, seconds=seconds)
        yield process
    finally:
        stop(process, ready=ready)


def wait_until_ready(
    process: subprocess.Popen[bytes],
    ready: Callable[[], bool],
    *,
    name: str,
    log: Path | None = None,
    seconds: float = 60,
) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise Failed(f"{name} ended while starting.{tail(log)}")
        if time.monotonic() > deadline:
            raise Failed(f"{name} was not ready after {seconds:.0f} seconds.{tail(log)}")
        time.sleep(0.05)


def stop(
    process: subprocess.Popen[bytes], *, ready: Callable[[], bool] | None = None, seconds: float = 10
) -> None:
    """Ask the process to end, and make it end after `seconds`.

    ready: a program that would miss a signal while it starts is first given time to become ready.
    """
    if ready:
        deadline = time.monotonic() + 5
        while process.poll() is None and not ready() and time.monotonic() < deadline:
            time.sleep(0.05)
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tail(log: Path | None, lines: int = 15) -> str:
    """The end of a log file, to be shown after a message about it."""
    if log is None or not log.exists():
        return ""
    text = log.read_bytes()[-20_000:].decode(errors="replace").rstrip().splitlines()[-lines:]
    return "\n".join(["", f"The end of {log}:", *(f"  {line}" for line in text)])


def listens(port: int, host: str = "127.0.0.1") -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def check_port(port: int, host: str = "127.0.0.1", *, hint: str = "Choose another one with --port.") -> None:
    """Raise Failed, saying why and what to do, if no server could listen on the port now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            why = "is in use" if error.errno == errno.EADDRINUSE else f"can't be used ({error.strerror})"
            raise Failed(f"Port {port} of {host} {why}. {hint}") from None


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on, below those that systems give to outgoing connections meanwhile."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        try:
            check_port(port, host)
        except Failed:
            continue
        return port
    raise Failed(f"{host} has no free port.")
