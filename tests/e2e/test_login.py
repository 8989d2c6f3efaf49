from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect


def log_in(page: Page, name: str) -> None:
    page.get_by_role("link", name="Log in").click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()


def test_one_logs_in_returns_to_the_same_view_and_logs_out(page: Page) -> None:
    page.goto("/results?sort_by=%2Bjson.result.score&filters=machine.cpu.count+%3E%3D+16")
    address = page.url
    log_in(page, "user")
    expect(page.get_by_role("button", name="user@example.org")).to_be_visible()
    assert page.url == address
    page.reload()
    page.get_by_role("button", name="user@example.org").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()


def test_a_newcomer_registers_after_agreeing_to_the_terms(page: Page, live_server: Any) -> None:
    name = f"newcomer-{uuid4().hex[:8]}"
    live_server.identity.describe(name)
    page.goto("/results")
    log_in(page, name)
    page.get_by_role("button", name="Not registered").click()
    page.get_by_role("button", name="Register…").click()
    dialog = page.get_by_role("dialog", name="Register")
    expect(dialog.get_by_role("button", name="Register")).to_be_disabled()
    dialog.get_by_label("I agree to the terms of service").check()
    dialog.get_by_role("button", name="Register").click()
    expect(page.get_by_role("button", name=f"{name}@example.org")).to_be_visible()
    expect(dialog).to_be_hidden()


def test_a_login_that_failed_says_why(page: Page) -> None:
    page.goto("/?login_error=denied")
    expect(page.get_by_role("alert")).to_contain_text("cancelled")
    page.get_by_role("button", name="Close alert").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert page.url.endswith("/")


def test_the_theme_follows_the_system_until_one_is_chosen(page: Page, open_page: Callable[..., Page]) -> None:
    dark = open_page(color_scheme="dark")
    dark.goto("/")
    expect(dark.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.get_by_role("button", name="Theme").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
