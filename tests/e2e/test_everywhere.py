"""What holds on every page: for people who see little, on small screens, and when the service fails."""

import re
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from .conftest import Complaints
from .places import MEANT, PAPER, PLACES, Place, arrive, settle

SERVER = "changing_server"

RULES: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
COLOURS: dict[str, object] = {
    **RULES,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""The rules that see the theme."""
ROUTES = Path(__file__).parents[2] / "ui" / "src" / "paths.ts"


def test_every_page_is_among_the_places() -> None:
    written = re.findall(r"[\"`](/[^\"`?]*)[\"`?]", ROUTES.read_text())
    pages = {re.sub(r"\$\{\w+\}", "{}", path) for path in written if not path.startswith(("/api", "/auth"))}
    looked_at = {re.sub(r"\{\w+\}", "{}", place.address.split("?")[0]) for place in PLACES}
    assert pages <= looked_at


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_no_page_bars_anyone_in_either_theme_or_is_wider_than_screen_or_paper(
    open_page: Callable[..., Page], complaints: Complaints, things: dict[str, str], place: Place
) -> None:
    complaints.expected.extend(MEANT)
    page = open_page(color_scheme="light", reduced_motion="reduce")
    arrive(page, place, things)
    bars_nobody(page)
    fits(page)


def bars_nobody(page: Page) -> None:
    """What axe checks holds in both themes."""
    themes: list[tuple[Literal["light", "dark"], dict[str, object]]] = [("light", RULES), ("dark", COLOURS)]
    for theme, rules in themes:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        found = Axe().run(page, options=rules)
        assert found.violations_count == 0, f"{theme}: {found.generate_report()}"


def fits(page: Page) -> None:
    """The page is as wide as the screen, and as the paper, where it is light and has nothing to press."""
    for width in (1440, 768, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size(PAPER)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    expect(page.get_by_role("banner")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == PAPER["width"]


STILL = {"/instructions", "/terms", "/privacy", "/nowhere", "/submit/flavor"}
"""Pages that show the same before anything is asked of the service."""
PATHS = {re.sub(r"{\w+}", "…", place.address.split("?")[0]): place for place in PLACES if place.then is None}
"""One place of each page: what the most people with the most rights see comes last."""


@pytest.mark.parametrize("path", [path for path in PATHS if path not in STILL])
def test_a_page_shows_that_it_waits_what_failed_and_that_the_network_is_gone(
    open_page: Callable[..., Page], complaints: Complaints, things: dict[str, str], path: str
) -> None:
    complaints.expected.extend([*MEANT, "500", "net::ERR_INTERNET_DISCONNECTED"])
    page, place = open_page(), PATHS[path]
    if place.who:
        arrive(page, place, things)
    held: list[Route] = []
    away = {"silent": True}
    page.route(ASKED, lambda route: held.append(route) if away["silent"] else fail(route))
    page.goto(place.address.format(**things))
    main = page.get_by_role("main")
    expect(main.locator("[aria-busy=true], .placeholder-glow").first).to_be_attached()
    away["silent"] = False
    for route in held:
        fail(route)
    expect(main.get_by_role("alert").first).to_contain_text("Internal Server Error")
    page.unroute(ASKED)
    while main.get_by_role("button", name="Try again").count():
        main.get_by_role("button", name="Try again").first.click()
        settle(page)
    expect(main.get_by_text("Internal Server Error")).to_have_count(0)
    page.route(lambda url: not ASKED.search(url), bring)
    page.context.set_offline(True)
    page.reload()
    alert = main.get_by_role("alert").first
    expect(alert).to_contain_text("You are offline")
    expect(alert.get_by_role("button", name="Try again")).to_be_visible()
    page.context.set_offline(False)
    expect(main.get_by_text("You are offline")).to_have_count(0)


ASKED = re.compile("/api/v1/|/auth/session")


def fail(route: Route) -> None:
    route.fulfill(status=500, body="<h1>Internal Server Error</h1>")


def bring(route: Route) -> None:
    """The page itself, past a network that is gone."""
    route.fulfill(response=route.fetch())


MOVED = """new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.moved = (window.moved ?? 0) + value;
}).observe({ type: "layout-shift", buffered: true });"""
SMALL = 0.1
"""What web.dev calls a good cumulative layout shift."""


@pytest.mark.parametrize(
    "path", ["/", "/results", "/compare", "/benchmarks/…", "/results/…", "/sites/…", "/me"]
)
def test_what_one_reads_stays_where_it_is_while_the_rest_arrives(
    open_page: Callable[..., Page], complaints: Complaints, things: dict[str, str], path: str
) -> None:
    complaints.expected.extend(MEANT)
    page, place = open_page(), PATHS[path]
    if place.who:
        arrive(page, place, things)
    page.add_init_script(MOVED)
    page.route(ASKED, delay)
    page.goto(place.address.format(**things))
    page.wait_for_load_state("networkidle")
    settle(page)
    assert page.evaluate("window.moved ?? 0") < SMALL


def delay(route: Route) -> None:
    """Each answer after the one before."""
    sleep(0.1)
    route.continue_()
