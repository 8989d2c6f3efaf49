"""Forms and pages of logged-in people, for those who see little and for small screens."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from factories import a_claim, a_result, a_site
from playwright.sync_api import Page, expect

from .conftest import Complaints
from .people import log_in, new_person
from .test_everyone import RULES
from .test_submit_result import BAD, GOOD, say_where_and_when, write

ADDRESSES = ("/submit/result", "/submit/benchmark", "/submit/site", "/submit/flavor", "/me")
WIDTHS = (390, 768, 1440)


@pytest.fixture(scope="module")
def live_server(changing_server: Any) -> Any:
    return changing_server


def check(page: Page, what: str) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{what}: {found.generate_report()}"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_form_bars_anyone(
    open_page: Callable[..., Page],
    complaints: Complaints,
    live_server: Any,
    theme: Literal["light", "dark"],
) -> None:
    complaints.expect("422")
    name = new_person(live_server)
    with live_server.client(name) as person, live_server.client("admin") as admin:
        result = a_result(person, admin)
        a_site(person)
        a_claim(admin, result)
    page = open_page(color_scheme=theme, reduced_motion="reduce")
    log_in(page, name)
    for address in ADDRESSES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        check(page, address)
    page.goto("/submit/result")
    say_where_and_when(page)
    write(page, BAD)
    expect(page.get_by_text("This must be a number.").first).to_be_visible()
    check(page, "mistakes")
    write(page, GOOD)
    expect(page.get_by_text("This fits the benchmark")).to_be_visible()
    check(page, "a document that fits")
    for what in ("benchmark", "site", "flavor", "tag"):
        page.get_by_role("button", name=f"Add a new {what}…").click()
        check(page, f"the dialog for a new {what}")
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto("/submit/benchmark")
    page.get_by_role("button", name="Load an example").click()
    expect(page.get_by_role("heading", name="Fields it declares")).to_be_visible()
    check(page, "the example")
    for action in ("report", "tags", "withdraw"):
        page.goto(f"/results/{result['id']}?do={action}")
        expect(page.get_by_role("dialog")).to_be_visible()
        check(page, action)
    page.goto("/me")
    page.get_by_role("button", name="Remove me…").click()
    check(page, "removing oneself")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_registering_bars_nobody(
    open_page: Callable[..., Page], live_server: Any, theme: Literal["light", "dark"]
) -> None:
    live_server.identity.describe("passer-by")
    page = open_page(color_scheme=theme, reduced_motion="reduce")
    page.goto("/submit/result")
    page.wait_for_load_state("networkidle")
    check(page, "the form before the login")
    log_in(page, "passer-by", then="/submit/result")
    page.get_by_role("button", name="Register…").click()
    check(page, "the dialog")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_form_is_wider_than_the_screen(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(viewport={"width": width, "height": 844})
    log_in(page, "user")
    for address in ADDRESSES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
    page.goto("/submit/benchmark")
    page.get_by_role("button", name="Load an example").click()
    expect(page.get_by_role("heading", name="Fields it declares")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
