"""What was acknowledged stays, however the server ends; and it comes through while the database is away."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import psutil
import psycopg
import pytest
from answers import ids, refused
from conftest import QUICK, Identity, NewDatabase, Server, register, served, settings_for
from factories import Json, a_benchmark, a_document, a_flavor, a_result, made

from eosc_perf.server import processes, serving
from eosc_perf.server.config import Settings
from eosc_perf.server.demo import postgres as embedded
from eosc_perf.server.migrations import upgrade

UPLOADERS = 4
ENOUGH = 40


def test_kill_9_in_the_middle_of_uploads_loses_no_acknowledged_result(
    new_database: NewDatabase, identity: Identity, tmp_path: Path
) -> None:
    settings = settings_for(new_database(), identity)
    register(settings, identity)
    acknowledged: list[str] = []
    with killable(settings, identity, tmp_path / "first.log") as (server, kill):
        with server.client("user") as user, server.client("admin") as admin:
            benchmark, flavor = a_benchmark(user, admin), a_flavor(user, admin)

        def upload(uploader: int) -> int:
            """Until the server is gone. Returns how many uploads were not acknowledged."""
            with server.client("user") as user:
                for number in range(100_000):
                    try:
                        answer = post(user, benchmark, flavor, score=uploader * 100_000 + number)
                    except httpx.TransportError:
                        return 1
                    acknowledged.append(made(answer)["id"])
            return 0

        with ThreadPoolExecutor(UPLOADERS) as pool:
            uploads = [pool.submit(upload, uploader) for uploader in range(UPLOADERS)]
            wait_until(lambda: len(acknowledged) >= ENOUGH)
            kill()
            assert [each.result() for each in uploads] == [1] * UPLOADERS

    with served(settings, identity, tmp_path / "second.log") as server, server.client() as client:
        kept = set(all_ids(client, benchmark))
        assert set(acknowledged) <= kept
        assert len(kept) <= len(acknowledged) + UPLOADERS
        of_field = client.get("/results", params={"benchmark_id": benchmark["id"], "filters": "score >= 0"})
        assert of_field.json()["total"] == len(kept)


def post(user: httpx.Client, benchmark: Json, flavor: Json, *, score: float) -> httpx.Response:
    where = {
        "benchmark_id": benchmark["id"],
        "flavor_id": flavor["id"],
        "execution_datetime": "2024-01-01T00:00:00Z",
    }
    return user.post("/results", params=where, json=a_document(score))


def all_ids(client: httpx.Client, benchmark: Json) -> Iterator[str]:
    page: int | None = 1
    while page:
        answer = client.get("/results", params={"benchmark_id": benchmark["id"], "page": page})
        yield from ids(answer)
        page = answer.json().get("next_num")


@contextmanager
def killable(
    settings: Settings, identity: Identity, log: Path
) -> Iterator[tuple[Server, Callable[[], None]]]:
    """A server, and a function that ends all of its processes without a warning."""
    port = processes.free_port()
    url = f"http://127.0.0.1:{port}"
    with serving.web_server(replace(settings, public_url=url), port, log=log) as process:

        def kill() -> None:
            main = psutil.Process(process.pid)
            tree = [main, *main.children(recursive=True)]
            assert len(tree) > 1
            for each in tree:
                each.kill()
            assert psutil.wait_procs(tree[1:], timeout=10)[1] == []

        yield Server(url, settings.database_url, identity), kill


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class Database:
    """A PostgreSQL of our own that can go away and come back at the same address."""

    def __init__(self, data: Path) -> None:
        self.data, self.running = data, ExitStack()
        self.url = self.running.enter_context(embedded.running(data, settings=QUICK))
        self.sockets = sockets_of(self.url)

    def go(self) -> None:
        self.running.close()

    def come_back(self) -> None:
        url = self.running.enter_context(embedded.running(self.data, settings=QUICK))
        self.sockets.symlink_to(sockets_of(url))

    def close(self) -> None:
        self.running.close()
        if self.sockets.is_symlink():
            self.sockets.unlink()


def sockets_of(url: str) -> Path:
    return Path(parse_qs(urlsplit(url).query)["host"][0])


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "data")
    try:
        upgrade(database.url)
        yield database
    finally:
        database.close()


def readiness(server: Server) -> httpx.Response:
    return httpx.get(f"{server.url}/readyz", timeout=10, trust_env=False)


def test_while_the_database_is_away_requests_are_503_and_it_recovers_by_itself(
    database: Database, identity: Identity, tmp_path: Path
) -> None:
    settings = settings_for(database.url, identity)
    with (
        served(settings, identity, tmp_path / "server.log") as server,
        server.client(timeout=10) as client,
        server.client("user", timeout=10) as user,
        server.client("admin", timeout=10) as admin,
    ):
        benchmark, flavor = a_benchmark(user, admin), a_flavor(user, admin)
        result = a_result(user, admin, benchmark=benchmark, flavor=flavor)
        assert readiness(server).status_code == 200

        database.go()
        for _ in range(2):
            for path in (
                "/results",
                "/sites",
                f"/results/{result['id']}",
                "/info",
                "/results:search?terms=x",
            ):
                check_away(client.get(path))
            check_away(user.get("/users/self"))
            check_away(post(user, benchmark, flavor, score=1))
            check_away(admin.delete(f"/results/{result['id']}"))
            check_away(user.post("/tags", json={"name": "x"}, headers={"Idempotency-Key": "x"}))
            not_ready = readiness(server)
            assert refused(not_ready, 503)
            assert int(not_ready.headers["retry-after"]) > 0
            assert httpx.get(f"{server.url}/healthz", timeout=10, trust_env=False).status_code == 200
            metrics = httpx.get(f"{server.url}/metrics", timeout=10, trust_env=False)
            assert "eosc_perf_database_up 0.0" in metrics.text
            assert client.get("/openapi.json").status_code == 200

        database.come_back()
        wait_until(lambda: readiness(server).status_code == 200)
        for _ in range(2 * settings.db_pool_size):
            assert ids(client.get("/results", params={"per_page": 3})) == [result["id"]]
        made(post(user, benchmark, flavor, score=1))
        made(user.post("/tags", json={"name": "x"}, headers={"Idempotency-Key": "x"}))
        assert client.get("/results").json()["total"] == 2


def check_away(answer: httpx.Response) -> None:
    problem = refused(answer, 503)
    assert "database" in problem["detail"]
    assert int(answer.headers["retry-after"]) > 0


def test_connections_that_the_database_ends_are_replaced(
    new_database: NewDatabase, identity: Identity, tmp_path: Path
) -> None:
    settings = settings_for(new_database(), identity)
    with (
        served(settings, identity, tmp_path / "server.log") as server,
        server.client("user") as user,
        server.client("admin") as admin,
    ):
        benchmark, flavor = a_benchmark(user, admin), a_flavor(user, admin)
        for number in range(5):
            end_connections(settings.database_url)
            answers = [post(user, benchmark, flavor, score=number) for _ in range(3)]
            assert {answer.status_code for answer in answers} == {201}


def test_connections_ended_in_the_middle_are_refusals_and_lose_nothing(
    new_database: NewDatabase, identity: Identity, tmp_path: Path
) -> None:
    settings = settings_for(new_database(), identity)
    with served(settings, identity, tmp_path / "server.log") as server, server.client("admin") as admin:
        benchmark, flavor = a_benchmark(admin, admin), a_flavor(admin, admin)
        acknowledged: list[str] = []
        over = threading.Event()

        def upload(_: int) -> set[int]:
            seen = set()
            with server.client("user") as user:
                while not over.is_set():
                    answer = post(user, benchmark, flavor, score=1)
                    seen.add(answer.status_code)
                    if answer.status_code == 201:
                        acknowledged.append(answer.json()["id"])
                    else:
                        check_away(answer)
            return seen

        with ThreadPoolExecutor(UPLOADERS) as pool:
            uploads = [pool.submit(upload, uploader) for uploader in range(UPLOADERS)]
            for round_ in range(1, 15):
                wait_until(
                    lambda least=4 * round_: len(acknowledged) >= least or any(u.done() for u in uploads)
                )
                end_connections(settings.database_url)
            over.set()
            assert set().union(*(each.result() for each in uploads)) <= {201, 503}
        assert set(acknowledged) <= set(all_ids(admin, benchmark))


def end_connections(url: str) -> None:
    """As an operator's restart does. Nobody's but the application's own."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'eosc-perf'"
        )
