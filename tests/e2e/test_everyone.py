"""What holds on every page: for people who see little, use no mouse, or have a small screen."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PAGES = (
    "/",
    "/results",
    "/results?plot=hidden&filters=machine.cpu.count+%3E+1000",
    "/results?fit=power&errors=range&selected={result}",
    "/results/{result}",
    "/compare?q=ifca",
    "/nowhere",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture(scope="session")
def result(live_server: Any) -> str:
    with live_server.client() as client:
        return str(client.get("/results", params={"per_page": 1}).json()["items"][0]["id"])


def settle(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_no_page_bars_anyone(
    open_page: Callable[..., Page], result: str, address: str, theme: Literal["light", "dark"]
) -> None:
    page = open_page(color_scheme=theme, reduced_motion="reduce")
    settle(page, address.format(result=result))
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_open_menus_forms_and_dialogs_bar_nobody_either(page: Page) -> None:
    settle(page, "/results")
    page.get_by_role("button", name="+ Filter").click()
    page.get_by_role("combobox", name="Site").click()
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_wider_than_the_screen(
    open_page: Callable[..., Page], result: str, address: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 844})
    settle(page, address.format(result=result))
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_on_a_phone_one_chooses_sorts_and_opens_a_result(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto("/")
    page.get_by_role("button", name="Toggle navigation").tap()
    page.get_by_role("link", name="Results", exact=True).tap()
    page.get_by_role("combobox", name="Site").tap()
    page.get_by_role("option", name="VirtualboxTestbed").tap()
    page.get_by_role("button", name="Score").tap()
    page.get_by_role("link", name="VirtualboxTestbed").first.tap()
    expect(page.get_by_role("heading", name="virtualbox-arch at VirtualboxTestbed")).to_be_visible()


def test_the_keyboard_alone_narrows_sorts_and_opens(page: Page) -> None:
    settle(page, "/results?plot=hidden")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Benchmark")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("iisas")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("4 results", exact=True)).to_be_visible()
    page.get_by_role("button", name="CPU count").press("Enter")
    expect(page.get_by_role("columnheader", name="CPU count")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("region", name="Results")).to_have_attribute("aria-busy", "false")
    page.get_by_role("link", name="IISAS-FedCloud").last.press("Enter")
    expect(page.get_by_role("heading", name="m1.xlarge at IISAS-FedCloud")).to_be_visible()
