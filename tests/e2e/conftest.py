"""Browser tests: Debian's Chromium on a real server. Console errors, and leaving the machine, fail a test."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import Identity, NewDatabase, Server, served_from
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, WebError, expect

from .extremes import lengthen
from .places import furnish

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


expect.set_options(timeout=15_000)
"""Milliseconds, for machines that do much else; a test that succeeds doesn't wait for them."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "The browser tests need Chromium: install it, or name it in CHROMIUM."
    return {**browser_type_launch_args, "executable_path": chromium, "args": ARGUMENTS}


@pytest.fixture(scope="module")
def live_server(request: pytest.FixtureRequest) -> Server:
    """Where the pages of a module come from: the server that its SERVER names, else the shared demo."""
    server: Server = request.getfixturevalue(getattr(request.module, "SERVER", "demo_server"))
    return server


@pytest.fixture(scope="session")
def things(changing_server: Server) -> dict[str, str]:
    """What there is to look at on the changing server, beside the demo's catalogue."""
    return furnish(changing_server)


@pytest.fixture(scope="session")
def bare_server(
    new_database: NewDatabase, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server whose archive holds nothing."""
    with served_from(new_database(), identity, tmp_path_factory.mktemp("bare")) as server:
        yield server


@pytest.fixture(scope="session")
def long_server(
    new_database: NewDatabase, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server of things with long names, and their ids."""
    with served_from(new_database(), identity, tmp_path_factory.mktemp("long")) as server:
        yield server, lengthen(server)


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], live_server: Any) -> dict[str, Any]:
    return {**browser_context_args, "base_url": live_server.url, "viewport": {"width": 1440, "height": 900}}


@dataclass
class Complaints:
    """What browsers complained about. A test that provokes an error says so with `expect`."""

    texts: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, part: str) -> None:
        self.expected.append(part)

    def unexpected(self) -> list[str]:
        return [text for text in self.texts if not any(part in text for part in self.expected)]

    def watch(self, context: BrowserContext, home: str) -> None:
        def note(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"} and message.location["url"].startswith(home):
                self.texts.append(f"{message.type}: {message.text} ({message.location['url']})")

        def fail(error: WebError) -> None:
            self.texts.append(f"uncaught: {error.error}")

        def stay_here(route: Route) -> None:
            if urlsplit(route.request.url).hostname == "127.0.0.1":
                route.fallback()
                return
            # The demo's identity provider decorates its page from elsewhere; our pages must not.
            if route.request.frame.url.startswith(home):
                self.texts.append(f"left the machine: {route.request.url}")
            route.fulfill(status=200, body="")

        context.on("console", note)
        context.on("weberror", fail)
        context.route(lambda url: url.startswith("http"), stay_here)


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    complaints = Complaints()
    yield complaints
    assert complaints.unexpected() == []


@pytest.fixture
def context(
    new_context: Callable[..., BrowserContext], complaints: Complaints, live_server: Any
) -> BrowserContext:
    context = new_context()
    complaints.watch(context, live_server.url)
    return context


@pytest.fixture
def open_page(
    browser: Browser, browser_context_args: dict[str, Any], complaints: Complaints, live_server: Any
) -> Iterator[Callable[..., Page]]:
    """A page in a browser that has never been here, with the context options given."""
    contexts = []

    def make(**options: Any) -> Page:
        context = browser.new_context(**{**browser_context_args, **options})
        contexts.append(context)
        complaints.watch(context, options.get("base_url", live_server.url))
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
