"""Logging in, as browser tests need it."""

from typing import Any
from uuid import uuid4

from playwright.sync_api import Page


def log_in(page: Page, name: str, *, then: str = "/") -> None:
    """Log in through the identity provider, and go to the page `then`."""
    page.goto(f"/auth/login?next={then}")
    authorize(page, name)


def authorize(page: Page, name: str) -> None:
    """Tell the identity provider who one is."""
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()


def new_person(server: Any) -> str:
    """Registers somebody whom no other test knows."""
    name = f"person-{uuid4().hex[:8]}"
    server.identity.describe(name)
    with server.client(name) as client:
        client.post("/users:register").raise_for_status()
    return name
