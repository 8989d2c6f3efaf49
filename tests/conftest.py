"""Real parts for all tests: one PostgreSQL, identity provider and server per process, all on loopback."""

import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import hypothesis
import psycopg
import pytest
from sqlalchemy import Engine

from eosc_perf.server import processes, serving
from eosc_perf.server.config import Settings
from eosc_perf.server.db import connect, transaction
from eosc_perf.server.demo import catalogue
from eosc_perf.server.demo import identity as demo_identity
from eosc_perf.server.demo import postgres as embedded
from eosc_perf.server.demo.identity import ADMIN_ENTITLEMENT, CLIENT_ID
from eosc_perf.server.migrations import upgrade

pytest_plugins = ["parallel", "registry", "smtp"]

SLOW = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("tests", deadline=None, derandomize=True, suppress_health_check=SLOW)
hypothesis.settings.load_profile("tests")

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
NewDatabase = Callable[[], str]
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Without certificates, which no http needs and which take 20 ms for each client to load."""


@dataclass
class Identity:
    """A real identity provider, where everyone can become anyone."""

    url: str
    tokens: dict[tuple[object, ...], str] = field(default_factory=dict)

    def token(self, name: str, *, entitlements: tuple[str, ...] | None = None, **claims: Any) -> str:
        """An access token of the person `name`, by the real flow. Claims change the person for good."""
        if entitlements is not None:
            claims["eduperson_entitlement"] = list(entitlements)
        key = (name, repr(sorted(claims.items())))
        if key not in self.tokens:
            if claims:
                self.describe(name, **claims)
            self.tokens[key] = demo_identity.access_token(self.url, name)
        return self.tokens[key]

    def describe(self, name: str, **claims: Any) -> None:
        """Change what the provider says of a person."""
        whole = {**demo_identity.person(name), **claims}
        whole.pop("sub")
        httpx.put(f"{self.url}/users/{name}", json=whole, verify=PLAIN).raise_for_status()


@dataclass
class Server:
    url: str
    database_url: str
    identity: Identity

    def client(self, person: str | None = None, **options: Any) -> httpx.Client:
        """A client of the API as `person` (see `Identity.token`), or as nobody."""
        headers = {"Authorization": f"Bearer {self.identity.token(person)}"} if person else {}
        options = {"timeout": 30, "trust_env": False, "verify": PLAIN} | options
        return httpx.Client(base_url=f"{self.url}/api/v1", headers=headers, **options)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a migrated database that the others are copied from: don't connect to it."""
    with embedded.running(tmp_path_factory.mktemp("database"), settings=QUICK) as url:
        upgrade(url)
        yield url


@pytest.fixture(scope="session")
def new_database(postgres: str) -> NewDatabase:
    """Makes a migrated, empty database and says its URL."""
    return partial(copied, postgres)


@pytest.fixture(scope="session")
def database_url(new_database: NewDatabase) -> str:
    """The database of the server that the HTTP tests share."""
    return new_database()


@pytest.fixture(scope="session")
def identity() -> Iterator[Identity]:
    with demo_identity.running(processes.free_port()) as issuer:
        yield Identity(issuer)


@pytest.fixture(scope="session")
def new_catalogue(new_database: NewDatabase, identity: Identity) -> NewDatabase:
    """Makes a database with the demo catalogue and says its URL."""
    original = new_database()
    catalogue.load(settings_for(original, identity))
    return partial(copied, original)


def copied(original: str) -> str:
    """The URL of a copy of a database that nobody is connected to."""
    name, old = f"test_{uuid4().hex}", urlsplit(original).path[1:]
    with psycopg.connect(original.replace(f"/{old}?", "/postgres?"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {old}")
    return original.replace(f"/{old}?", f"/{name}?")


@pytest.fixture(scope="session")
def settings(database_url: str, identity: Identity) -> Settings:
    """Settings of the shared server. Nothing leaves the machine: image checks may ask loopback registries."""
    return settings_for(database_url, identity)


def settings_for(database_url: str, identity: Identity) -> Settings:
    return Settings(
        database_url=database_url,
        oidc_issuer=identity.url,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret="demo",
        admin_entitlements=(ADMIN_ENTITLEMENT,),
        image_check="record",
        registry_allow_private=True,
        ui_folder=os.environ.get("UI_FOLDER", ""),
        demo=True,
    )


@contextmanager
def served(settings: Settings, identity: Identity, log: Path) -> Iterator[Server]:
    """A real server process, with the demo's people registered."""
    register(settings, identity)
    port = processes.free_port()
    url = f"http://127.0.0.1:{port}"
    with serving.web_server(replace(settings, public_url=url), port, log=log):
        yield Server(url, settings.database_url, identity)


def register(settings: Settings, identity: Identity) -> None:
    engine = connect(settings)
    with transaction(engine) as session:
        catalogue.register_people(session, identity.url)
    engine.dispose()


@pytest.fixture(scope="session")
def app(settings: Settings, identity: Identity, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of the HTTP tests. Its database is empty at first; each test makes its own data."""
    with served(settings, identity, tmp_path_factory.mktemp("app") / "server.log") as server:
        yield server


@pytest.fixture(scope="session")
def demo_server(
    new_catalogue: NewDatabase, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server with the demo catalogue. Don't change what others count on."""
    with served_from(new_catalogue(), identity, tmp_path_factory.mktemp("demo")) as server:
        yield server


@pytest.fixture(scope="session")
def changing_server(
    new_catalogue: NewDatabase, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One more, for tests that add and change; none may count on what it did not make itself."""
    with served_from(new_catalogue(), identity, tmp_path_factory.mktemp("changing")) as server:
        yield server


@pytest.fixture(scope="module")
def new_server(
    new_catalogue: NewDatabase, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One of a module's own, as the demo is when it is new."""
    with served_from(new_catalogue(), identity, tmp_path_factory.mktemp("new")) as server:
        yield server


def served_from(database_url: str, identity: Identity, folder: Path) -> AbstractContextManager[Server]:
    return served(settings_for(database_url, identity), identity, folder / "server.log")


@pytest.fixture
def client(app: Server) -> Iterator[httpx.Client]:
    """Nobody in particular."""
    with app.client() as client:
        yield client


@pytest.fixture
def user(app: Server) -> Iterator[httpx.Client]:
    """A registered person."""
    with app.client("user") as client:
        yield client


@pytest.fixture
def other(app: Server) -> Iterator[httpx.Client]:
    """Another registered person."""
    with app.client("other") as client:
        yield client


@pytest.fixture
def newcomer(app: Server) -> Iterator[httpx.Client]:
    """A person with a valid token who is not registered."""
    with app.client("newcomer") as client:
        yield client


@pytest.fixture
def admin(app: Server) -> Iterator[httpx.Client]:
    """A registered person with an admin's entitlement."""
    with app.client("admin") as client:
        yield client


@pytest.fixture(scope="session")
def db(settings: Settings) -> Iterator[Engine]:
    """The shared server's database, for arranging and peeking."""
    engine = connect(settings)
    yield engine
    engine.dispose()


@pytest.fixture
def app_with(settings: Settings) -> Callable[..., AbstractContextManager[httpx.Client]]:
    """Other settings, same database, in this process: `with app_with(demo=False) as client:`."""

    @contextmanager
    def make(**changes: Any) -> Iterator[httpx.Client]:
        from eosc_perf.server import create_app

        application = create_app(replace(settings, **changes))
        transport = httpx.WSGITransport(app=application, raise_app_exceptions=False)
        with httpx.Client(transport=transport, base_url="http://127.0.0.1/api/v1") as client:
            yield client
        application.extensions["engine"].dispose()

    return make
