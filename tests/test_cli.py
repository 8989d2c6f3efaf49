"""The command `eosc-perf`: what operators type."""

import os
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import httpx
import psycopg
import pytest
from conftest import Identity, NewDatabase, settings_for
from packaging.requirements import Requirement
from test_demo import COMMAND, run

import eosc_perf
from eosc_perf.server import processes, serving
from eosc_perf.server.config import Settings
from eosc_perf.server.demo import catalogue


@pytest.fixture
def filled(new_database: NewDatabase, identity: Identity) -> Settings:
    """Settings of a database of this test's own that holds the catalogue."""
    settings = settings_for(new_database(), identity)
    catalogue.load(settings)
    return settings


def with_settings(settings: Settings, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    environment = serving.environment(settings)
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, env=environment)


def observations(settings: Settings) -> int:
    with psycopg.connect(settings.database_url) as connection:
        [count] = connection.execute("SELECT count(*) FROM observation").fetchone() or [0]
    return int(count)


def test_every_command_has_help() -> None:
    listed = run("--help").stdout.partition("Commands:")[2].split("\n")
    names = [line.split()[0] for line in listed if line.startswith("  ") and line[2] != " "]
    assert {"demo", "serve", "db", "token", "openapi"} <= set(names)
    for name in names:
        assert run(name, "--help").stdout.startswith("Usage:"), name
    assert "..." not in "".join(listed)


def client_only(folder: Path) -> Path:
    """A folder of packages as `pip install eosc-perf` without extras makes it."""
    wanted, seen = ["eosc-perf"], set()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        for requirement in map(Requirement, distribution(name).requires or []):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                wanted.append(requirement.name)
        for top in {file.parts[0] for file in distribution(name).files or []} - {"..", "__pycache__"}:
            (folder / top).symlink_to(distribution(name).locate_file(top))
    (folder / "eosc_perf").symlink_to(Path(eosc_perf.__file__).parent)
    return folder


def test_the_command_works_where_only_the_client_is_installed(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(client_only(tmp_path))}
    for arguments in (["--help"], ["db", "upgrade"], ["serve"]):
        answer = subprocess.run(
            [sys.executable, "-S", "-m", "eosc_perf.cli", *arguments],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            env=environment,
        )
        assert "Traceback" not in answer.stderr, answer.stderr
        assert "eosc-perf[server,demo]" in answer.stdout + answer.stderr


def test_what_a_dump_holds_is_restored_wholly(
    filled: Settings, new_database: NewDatabase, identity: Identity, tmp_path: Path
) -> None:
    dump = tmp_path / "service.dump"
    assert with_settings(filled, "db", "dump", dump).returncode == 0
    assert dump.stat().st_mode & 0o077 == 0
    for nowhere in (Path("/proc/service.dump"), dump / "service.dump"):
        unwritten = with_settings(filled, "db", "dump", nowhere)
        assert unwritten.returncode == 1
        assert unwritten.stderr.startswith(f"Error: {nowhere} can't be written: ")
    target = settings_for(new_database(), identity)

    refused = with_settings(target, "db", "restore", dump)
    assert refused.returncode != 0
    assert "--replace" in refused.stderr

    broken = tmp_path / "broken.dump"
    broken.write_bytes(dump.read_bytes()[:-3000])
    catalogue.load(target)
    assert with_settings(target, "db", "restore", broken, "--replace").returncode != 0
    assert observations(target) == observations(filled) > 0

    with psycopg.connect(target.database_url) as connection:
        connection.execute("DELETE FROM observation")
    for _ in range(2):
        restored = with_settings(target, "db", "restore", dump, "--replace")
        assert restored.returncode == 0, restored.stderr
        assert observations(target) == observations(filled)
        assert with_settings(target, "db", "dump", dump).returncode == 0


def test_an_empty_database_is_filled_from_a_dump(
    filled: Settings, postgres: str, identity: Identity, tmp_path: Path
) -> None:
    dump = tmp_path / "service.dump"
    assert with_settings(filled, "db", "dump", dump).returncode == 0
    with psycopg.connect(postgres.replace("/eosc_perf?", "/postgres?"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty_one")
    empty = settings_for(postgres.replace("/eosc_perf?", "/empty_one?"), identity)
    restored = with_settings(empty, "db", "restore", dump)
    assert restored.returncode == 0, restored.stderr
    assert observations(empty) == observations(filled)


def test_reindexing_makes_lost_observations_anew(filled: Settings) -> None:
    before = observations(filled)
    with psycopg.connect(filled.database_url) as connection:
        connection.execute("DELETE FROM observation")
    answer = with_settings(filled, "db", "reindex")
    assert answer.returncode == 0, answer.stderr
    assert "25 results" in answer.stderr
    assert observations(filled) == before > 0


def test_a_server_is_not_ready_until_its_database_is_upgraded(
    postgres: str, identity: Identity, tmp_path: Path
) -> None:
    with psycopg.connect(postgres.replace("/eosc_perf?", "/postgres?"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE not_upgraded")
    settings = settings_for(postgres.replace("/eosc_perf?", "/not_upgraded?"), identity)
    port = processes.free_port()
    with serving.web_server(settings, port, log=tmp_path / "server.log"):
        url = f"http://127.0.0.1:{port}"
        assert httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
        assert httpx.get(f"{url}/readyz", trust_env=False).status_code == 503
        assert with_settings(settings, "db", "upgrade").returncode == 0
        assert httpx.get(f"{url}/readyz", trust_env=False).status_code == 200
    assert not processes.listens(port)


def test_serve_names_what_is_missing() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    answer = subprocess.run(
        [*COMMAND, "serve"], check=False, capture_output=True, text=True, timeout=60, env=environment
    )
    assert answer.returncode != 0
    assert "DATABASE_URL" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_serve_answers_with_its_job_worker_and_ends_on_a_signal(filled: Settings, tmp_path: Path) -> None:
    port = processes.free_port()
    command = [*COMMAND, "serve", "--port", str(port), "--workers", "2"]
    with processes.running(
        command,
        name="serve",
        ready=lambda: serving.answers("127.0.0.1", port),
        environment=serving.environment(filled),
        log=tmp_path / "serve.log",
    ) as process:
        results = httpx.get(f"http://127.0.0.1:{port}/api/v1/results", trust_env=False)
        assert results.json()["total"] == 25
    assert process.returncode == 0, (tmp_path / "serve.log").read_text()
    assert not processes.listens(port)
