"""The API's own page works offline and under our Content-Security-Policy."""

import re
from typing import Any

from playwright.sync_api import Page, expect


def test_the_page_of_the_api_tries_operations_out_with_a_token(
    page: Page, live_server: Any, complaints: Any
) -> None:
    complaints.expect("Could not find component: JsonSchema_string_uuid")  # Swagger UI shows another
    page.goto("/api/v1/")
    expect(page.get_by_role("heading", name=re.compile("EOSC-Performance"))).to_be_visible()
    page.get_by_role("button", name="Authorize").first.click()
    page.get_by_label("auth-bearer-value").fill(live_server.identity.token("user"))
    page.get_by_label("Apply credentials").first.click()
    page.get_by_role("button", name="Close").first.click()
    operation = page.locator("#operations-users-get_self")
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response")
    expect(answer.locator(".response-col_status")).to_have_text(re.compile("200"))
    expect(answer).to_contain_text("user@example.org")
