"""A person who has never been here: from the start page to the answer, to a comparison, to a result."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from .people import authorize
from .submitting import GOOD, say_where_and_when, write
from .test_results import rows

SERVER = "new_server"


def test_a_newcomer_finds_the_fastest_eight_cores_shares_the_comparison_and_submits_a_result(
    page: Page, open_page: Callable[..., Page], live_server: Any
) -> None:
    name = f"newcomer-{uuid4().hex[:8]}"
    live_server.identity.describe(name)
    page.goto("/")
    page.get_by_role("group", name="With how many cores").get_by_role("button", name="8", exact=True).click()
    best = page.get_by_role("listitem").filter(has_text="8 cores").first
    expect(best).to_contain_text("VirtualboxTestbed")
    page.get_by_role("link", name="See the whole order").click()
    expect(page.get_by_role("button", name="CPU count = 8 cores")).to_be_visible()
    for place in range(3):
        rows(page).nth(place).get_by_role("checkbox").check()
    page.get_by_role("link", name="Compare 3 selected").click()
    table = page.get_by_role("table", name="Comparison")
    expect(table).to_contain_text("slower")
    colleague = open_page()
    colleague.goto(page.url)
    expect(colleague.get_by_role("table", name="Comparison")).to_have_text(
        table.inner_text(), use_inner_text=True
    )

    page.goto("/")
    page.get_by_role("link", name="Submit your own").click()
    say_where_and_when(page)
    write(page, GOOD)
    page.get_by_role("main").get_by_role("link", name="Log in").click()
    authorize(page, name)
    page.get_by_role("main").get_by_role("button", name="Register…").click()
    dialog = page.get_by_role("dialog", name="Register")
    dialog.get_by_label("I agree to the terms of service").check()
    dialog.get_by_role("button", name="Register").click()
    expect(page.get_by_text("This fits the benchmark")).to_be_visible()
    page.get_by_role("button", name="Submit the result").click()
    page.get_by_role("link", name="See the result").click()
    expect(page.get_by_role("heading", name="hpc.8core-16ram at CESNET-MCC")).to_be_visible()
