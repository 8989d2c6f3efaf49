"""Dumping and restoring a database with PostgreSQL's own programs."""

import os
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from .demo.postgres import binary
from .processes import Failed

WITHOUT_OWNERS = ("--no-owner", "--no-privileges")
EMPTY_PUBLIC = (
    "SET LOCAL lock_timeout = '30s'; DROP SCHEMA public CASCADE; "
    "CREATE SCHEMA public AUTHORIZATION pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC"
)


def dump(database_url: str, file: Path) -> None:
    """Write the database to a file, which appears when it is whole."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.touch(mode=0o600)
        try:
            _run("pg_dump", "--format=custom", *WITHOUT_OWNERS, f"--file={part}", database_url=database_url)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Failed(f"{file} can't be written: {error.strerror}.") from None


def restore(database_url: str, file: Path, *, replace: bool) -> None:
    """Fill the database from a dump in one transaction. Raises Failed if it has tables, unless `replace`."""
    if not replace and _holds_tables(database_url):
        raise Failed("The database holds tables. Restore into an empty one, or replace them with --replace.")
    before = ["--command", EMPTY_PUBLIC] if replace else []
    with tempfile.NamedTemporaryFile(suffix=".sql") as script:
        _run("pg_restore", *WITHOUT_OWNERS, "--no-comments", f"--file={script.name}", str(file))
        options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        _run("psql", *options, *before, f"--file={script.name}", database_url=database_url)


def _run(program: str, *arguments: str, database_url: str | None = None) -> None:
    """Run a client program. The password goes through the environment, where `ps` doesn't show it."""
    environment, target = dict(os.environ), []
    if database_url is not None:
        if password := conninfo_to_dict(database_url).get("password"):
            environment["PGPASSWORD"] = str(password)
        target = [f"--dbname={make_conninfo(database_url, password=None)}"]
    command = [binary(program), *target, *arguments]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"{program} failed: {done.stderr.strip()}")


def _holds_tables(database_url: str) -> bool:
    query = "SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') LIMIT 1"
    try:
        with psycopg.connect(database_url, connect_timeout=5) as connection:
            return connection.execute(query).fetchone() is not None
    except psycopg.OperationalError as error:
        raise Failed(f"The database can't be reached: {error}") from None
