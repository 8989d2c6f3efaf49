"""When the network is gone: nothing is lost, and all goes on when it is back."""

import re
from typing import Any

import pytest
from conftest import Server
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Complaints
from .people import log_in, new_person

SERVER = "changing_server"


@pytest.fixture(autouse=True)
def gone(complaints: Complaints) -> None:
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")


def test_a_page_whose_code_did_not_come_says_so_and_comes_later(page: Page, context: BrowserContext) -> None:
    page.goto("/terms")
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.get_by_role("link", name="Sites", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="This page was not loaded")).to_be_visible()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("You are offline")
    alert.get_by_role("button", name="Try again").click()
    expect(alert).to_contain_text("You are offline")
    page.get_by_role("link", name="Terms of service").click()
    expect(page.get_by_role("heading", level=1, name="Terms of service")).to_be_visible()
    page.go_back()
    context.set_offline(False)
    expect(page.get_by_role("heading", level=1, name="Sites")).to_be_visible()
    expect(page.get_by_role("link", name="CESGA", exact=True)).to_be_visible()


def test_a_chart_that_did_not_come_leaves_the_rest_of_the_page(
    page: Page, context: BrowserContext, live_server: Server
) -> None:
    image = {"docker_image": "thechristophe/openbench-c-ray", "docker_tag": "latest"}
    [benchmark] = live_server.client().get("/benchmarks", params=image).json()["items"]
    page.goto(f"/results?benchmark_id={benchmark['id']}&plot=hidden&sort_by=%2Bsite_name")
    expect(page.get_by_role("cell", name="CESGA").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.get_by_role("button", name="Show the plot").click()
    expect(page.get_by_role("region", name="Plot").get_by_role("alert")).to_contain_text("You are offline")
    expect(page.get_by_role("cell", name="CESGA").first).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_role("img", name=re.compile("^Plot: "))).to_be_visible()


def test_what_is_typed_outlives_a_network_that_goes(
    page: Page, context: BrowserContext, live_server: Any
) -> None:
    log_in(page, new_person(live_server), then="/submit/site")
    page.get_by_label("Name", exact=True).fill("Cloud without a cable")
    page.get_by_label("Address").fill("https://cable.example")
    expect(page.get_by_role("button", name="Submit for review")).to_be_visible()
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("alert")).to_contain_text("You are offline")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Cloud without a cable")
    context.set_offline(False)
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("alert")).to_contain_text("Cloud without a cable")


def test_one_who_logs_out_without_a_network_learns_that_it_did_not_work(
    page: Page, context: BrowserContext, live_server: Any
) -> None:
    name = new_person(live_server)
    log_in(page, name, then="/terms")
    menu = page.get_by_role("button", name=f"{name}@example.org")
    expect(menu).to_be_visible()
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    menu.click()
    page.get_by_role("button", name="Log out").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("You are offline")
    expect(menu).to_be_visible()
    alert.get_by_role("button", name="Close").click()
    expect(alert).to_have_count(0)
    context.set_offline(False)
    menu.click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()
