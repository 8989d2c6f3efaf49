"""Public reads from a streaming replica, made by pg_basebackup."""

import subprocess
import time
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from conftest import QUICK, register, served, settings_for
from factories import a_result, a_site

from eosc_perf.server import processes
from eosc_perf.server.demo import postgres
from eosc_perf.server.migrations import upgrade


@pytest.fixture(scope="module")
def primary(tmp_path_factory):
    with postgres.running(tmp_path_factory.mktemp("primary"), settings=QUICK) as url:
        upgrade(url)
        yield url


@contextmanager
def a_replica(primary, folder):
    """The URL of a new replica of the primary."""
    account = postgres._account()
    copy = folder / "postgres"
    copy.mkdir(mode=0o700, parents=True)
    postgres._let_through(account, folder)
    if account:
        subprocess.run(["chown", account, copy], check=True)
    source = primary.replace("//eosc_perf@/eosc_perf?", "//postgres@/postgres?")
    command = [postgres.binary("pg_basebackup"), "-d", source, "-D", str(copy), "-R", "-c", "fast"]
    process = processes.spawn(command, account=account, folder=copy, log=folder / "backup.log")
    assert process.wait() == 0, (folder / "backup.log").read_text()
    with postgres.running(folder, settings=QUICK) as url:
        yield url


@pytest.fixture
def replicated(primary, identity, tmp_path):
    """(server, URL of its replica)."""
    with a_replica(primary, tmp_path / "replica") as replica:
        settings = replace(settings_for(primary, identity), database_replica_urls=(replica,))
        register(settings, identity)
        with served(settings, identity, tmp_path / "server.log") as server:
            yield server, replica


def reads_of(url):
    """How many transactions the database has carried out."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_stat_clear_snapshot()")
        query = "SELECT sum(xact_commit) FROM pg_stat_database WHERE datname = current_database()"
        return connection.execute(query).fetchone()[0]


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def test_the_public_reads_from_the_replica_and_writers_see_their_own_writes(replicated):
    server, replica = replicated
    with server.client() as client, server.client("user") as user, server.client("admin") as admin:
        result = a_result(user, admin)
        for _ in range(20):
            site = a_site(user)
            assert user.get(f"/sites/{site['id']}").status_code == 200
        until(lambda: client.get(f"/results/{result['id']}").status_code == 200)
        before = reads_of(replica)
        for page in range(1, 31):
            assert client.get(f"/results?page={page}").status_code == 200
        until(lambda: reads_of(replica) >= before + 30)


def test_what_a_replica_learns_shows_at_once(replicated):
    server, replica = replicated
    with server.client() as client, server.client("user") as user, server.client("admin") as admin:
        site = a_site(user, admin)
        until(lambda: client.get(f"/sites/{site['id']}").status_code == 200)
        assert admin.put(f"/sites/{site['id']}", json={**new(site), "name": site["name"] + " new"}).is_success

        def replayed():
            with psycopg.connect(replica) as connection:
                query = "SELECT name FROM site WHERE id = %s"
                return connection.execute(query, [site["id"]]).fetchone()[0].endswith(" new")

        until(replayed)
        assert client.get(f"/sites/{site['id']}").json()["name"].endswith(" new")


def test_the_primary_stands_in_when_the_replica_is_gone(primary, identity, tmp_path):
    with a_replica(primary, tmp_path / "replica") as replica:
        settings = replace(settings_for(primary, identity), database_replica_urls=(replica,))
        register(settings, identity)
        server = served(settings, identity, tmp_path / "server.log")
        running = server.__enter__()
        with running.client() as client:
            assert client.get("/sites").status_code == 200
    try:
        with running.client() as client:
            for page in range(1, 6):
                assert client.get(f"/sites?page={page}").status_code == 200
    finally:
        server.__exit__(None, None, None)


def new(site):
    return {name: site[name] for name in ("name", "address")}
