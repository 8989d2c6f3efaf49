"""Ways through the pages for those with a small screen, or without a mouse."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .places import settle


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
    page.goto("/results?plot=hidden")
    settle(page)
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
