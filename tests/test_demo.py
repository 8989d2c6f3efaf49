"""The demo as a newcomer runs it: a process that is started, used, stopped and killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import mean

import httpx
import psutil
import pytest
from conftest import Server

from eosc_perf.server import processes
from eosc_perf.server.demo import catalogue, state

COMMAND = [sys.executable, "-m", "eosc_perf.cli"]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)


class Demo:
    """A running demo. Its children are those that it ever had while we looked."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port, self.url = data, port, f"http://127.0.0.1:{port}"
        self.output = data.parent / f"{data.name}-{port}.out"
        self.output.parent.mkdir(parents=True, exist_ok=True)
        with self.output.open("w") as output:
            command = [*COMMAND, "demo", "--port", str(port), "--data", str(data)]
            self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        self.children: set[psutil.Process] = set()

    def wait_until(self, condition: Callable[[], bool], *, seconds: float = 60) -> None:
        for _ in range(int(seconds / 0.1)):
            self.look()
            if condition():
                return
            assert self.process.poll() is None, self.output.read_text()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.1)
        raise AssertionError("the demo did not get that far")

    def look(self) -> None:
        with suppress(psutil.NoSuchProcess):
            self.children.update(psutil.Process(self.process.pid).children(recursive=True))

    def announced(self) -> bool:
        return self.url in self.output.read_text()

    def end(self, number: signal.Signals) -> str:
        """Send the signal, and see that nothing is left of the demo. Answers what it printed."""
        self.look()
        self.process.send_signal(number)
        self.process.wait(60)
        _, alive = psutil.wait_procs(self.children, timeout=30)
        assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
        return self.output.read_text()


@contextmanager
def demo(data: Path, port: int | None = None, *, ready: bool = True) -> Iterator[Demo]:
    started = Demo(data, port or processes.free_port())
    try:
        if ready:
            started.wait_until(started.announced)
        yield started
    finally:
        if started.process.poll() is None:
            started.end(signal.SIGTERM)


def results(running: Demo) -> dict[str, object]:
    return httpx.get(f"{running.url}/api/v1/results", trust_env=False).raise_for_status().json()


def test_the_catalogue_holds_what_was_published_and_nothing_else(demo_server: Server) -> None:
    with demo_server.client() as client:
        stored = client.get("/results").json()["items"]
        published = catalogue.read("catalogue.json")["results"]
        assert len(stored) == len(published) == 25
        for each in published:
            [found] = [one for one in stored if one["json"]["result"]["samples"] == each["samples"]]
            assert (found["site"]["name"], found["flavor"]["name"]) == (each["site"], each["flavor"])
            assert found["json"]["result"]["score"] == pytest.approx(mean(each["samples"]), abs=0.0005001)
            assert found["json"]["machine"]["cpu"]["count"] == each["cores"]
        assert client.get("/sites").json()["total"] == 6
        assert client.get("/flavors/" + found["flavor"]["id"]).json()["description"]


def test_a_demo_starts_serves_its_catalogue_and_ends_with_all_its_children(tmp_path: Path) -> None:
    with demo(tmp_path / "data") as running:
        assert results(running)["total"] == 25
        output = running.end(signal.SIGINT)
    assert running.process.returncode == 0
    assert running.url in output
    assert "Traceback" not in output
    assert not processes.listens(running.port)


def test_a_killed_demo_leaves_nothing_running_and_the_next_start_finds_its_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with demo(data) as running:
        issuer = state.read(data)["issuer"]
        token = run("token", "user", "--data", data)
        assert len(token.stdout.split()) == 1
        site = httpx.post(
            f"{running.url}/api/v1/sites",
            json={"name": "kept", "address": "https://kept.example"},
            headers={"Authorization": f"Bearer {token.stdout.strip()}"},
            trust_env=False,
        )
        assert site.status_code == 201, site.text
        sockets = (data / "sockets").read_text()
        running.end(signal.SIGKILL)
    with demo(data, running.port) as again:
        assert results(again)["total"] == 25
        assert state.read(data)["issuer"] == issuer
        assert not Path(sockets).exists()
        mine = httpx.get(
            f"{again.url}/api/v1/sites/{site.json()['id']}",
            headers={"Authorization": f"Bearer {run('token', 'user', '--data', data).stdout.strip()}"},
            trust_env=False,
        )
        assert mine.json()["name"] == "kept"


@pytest.mark.parametrize("stage", ["database", "identity", "server"])
def test_a_demo_that_is_stopped_while_it_starts_leaves_nothing_running(tmp_path: Path, stage: str) -> None:
    data = tmp_path / "data"
    signs = {"database": data / "lock", "identity": data / "log", "server": data / "log" / "server.log"}
    with demo(data, ready=False) as running:
        running.wait_until(signs[stage].exists)
        output = running.end(signal.SIGTERM)
    assert running.process.returncode == 0, output
    assert "Traceback" not in output
    with demo(data) as again:
        assert results(again)["total"] == 25


def test_two_demos_run_side_by_side_and_one_folder_takes_one(tmp_path: Path) -> None:
    with demo(tmp_path / "first") as first, demo(tmp_path / "second") as second:
        assert results(first)["total"] == results(second)["total"] == 25
        refused = run("demo", "--port", processes.free_port(), "--data", first.data)
        assert refused.returncode != 0
        assert "in use by another demo" in refused.stderr
        taken = run("demo", "--port", first.port, "--data", tmp_path / "third")
        assert taken.returncode != 0
        assert f"Port {first.port} of 127.0.0.1 is in use" in taken.stderr
        assert not (tmp_path / "third").exists()


def test_a_folder_that_cannot_be_written_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = run("demo", "--port", processes.free_port(), "--data", tmp_path / "file" / "data")
    assert refused.returncode != 0
    assert "can't be written" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_long_path_with_odd_characters_works(tmp_path: Path) -> None:
    data = tmp_path / ("a long, long 'path' with ünusual characters " * 3).strip() / "data"
    assert len(os.fsencode(data)) > 108
    with demo(data) as running:
        assert results(running)["total"] == 25


def test_people_come_along_when_the_identity_provider_needs_another_port(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with demo(data):
        issuer = state.read(data)["issuer"]
    with socket.create_server(("127.0.0.1", int(issuer.rpartition(":")[2]))), demo(data) as running:
        assert state.read(data)["issuer"] != issuer
        token = run("token", "admin", "--data", data).stdout.strip()
        me = httpx.get(
            f"{running.url}/api/v1/users/self", headers={"Authorization": f"Bearer {token}"}, trust_env=False
        )
        assert me.json()["sub"] == "admin"
        assert me.json()["is_admin"]


def test_a_token_without_a_running_demo_is_one_clear_sentence(tmp_path: Path) -> None:
    refused = run("token", "user", "--data", tmp_path)
    assert refused.returncode != 0
    assert refused.stdout == ""
    assert "make demo" in refused.stderr
