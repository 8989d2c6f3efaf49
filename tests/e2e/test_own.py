"""What people do about results, with what is theirs, and with their account."""

from typing import Any
from uuid import uuid4

import pytest
from factories import a_result, a_site, a_tag
from playwright.sync_api import Page, expect

from .conftest import Complaints
from .people import authorize, log_in, new_person

SERVER = "changing_server"


@pytest.fixture
def person(live_server: Any) -> Any:
    name = new_person(live_server)
    with live_server.client(name) as client, live_server.client("admin") as admin:
        yield name, client, admin


def test_a_result_is_reported_and_the_message_outlives_the_login(
    page: Page, person: Any, live_server: Any
) -> None:
    name, client, admin = person
    result = a_result(client, admin)
    page.goto(f"/results/{result['id']}")
    page.get_by_role("button", name="Report…").click()
    dialog = page.get_by_role("dialog", name="Report this result")
    dialog.get_by_label("What is wrong with it?").fill("The clock was wrong.")
    dialog.get_by_role("link", name="Log in").click()
    authorize(page, "other")
    expect(dialog.get_by_label("What is wrong with it?")).to_have_value("The clock was wrong.")
    dialog.get_by_role("button", name="Report the result").click()
    expect(dialog).to_contain_text("Thank you.")
    dialog.get_by_role("link", name="Your reports").click()
    reports = page.get_by_role("region", name="Own reports")
    mine = reports.get_by_role("row").filter(has=page.locator(f"a[href$='{result['id']}']"))
    expect(mine).to_contain_text("waits for a decision")
    mine.get_by_role("link").click()
    expect(page.get_by_text("Someone objected to this result")).to_be_visible()
    expect(page.get_by_text("The clock was wrong.")).to_have_count(0)
    log_in(page, name, then=f"/results/{result['id']}")
    expect(page.get_by_role("heading", name="Reports about this result")).to_be_visible()
    expect(page.get_by_text("The clock was wrong.")).to_be_visible()
    expect(page.get_by_text("other@example.org")).to_have_count(0)


def test_one_report_at_a_time(page: Page, complaints: Complaints, person: Any, live_server: Any) -> None:
    complaints.expect("409")
    _, client, admin = person
    result = a_result(client, admin)
    with live_server.client("other") as other:
        other.post(f"/results/{result['id']}:claim", json={"message": "First"}).raise_for_status()
    log_in(page, "other", then=f"/results/{result['id']}?do=report")
    page.get_by_label("What is wrong with it?").fill("Second")
    page.get_by_role("button", name="Report the result").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("still waits for a decision")
    expect(page.get_by_label("What is wrong with it?")).to_have_value("Second")


def test_the_uploader_changes_the_tags(page: Page, person: Any) -> None:
    name, client, admin = person
    old, new = a_tag(client), a_tag(client)
    result = a_result(client, admin, tags=[old])
    log_in(page, name, then=f"/results/{result['id']}")
    page.get_by_role("button", name="Edit tags…").click()
    dialog = page.get_by_role("dialog", name="Tags of this result")
    dialog.get_by_role("button", name=f"Remove the tag {old['name']}").click()
    dialog.get_by_role("combobox", name="Tags").fill(new["name"])
    dialog.get_by_role("option", name=new["name"]).click()
    dialog.get_by_role("button", name="Save the tags").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(new["name"])).to_be_visible()
    expect(page.get_by_text(old["name"])).to_have_count(0)


def test_the_uploader_withdraws_a_result_and_still_sees_it_marked(
    page: Page, complaints: Complaints, person: Any
) -> None:
    complaints.expect("404")
    name, client, admin = person
    result = a_result(client, admin)
    log_in(page, name, then="/me")
    row = page.get_by_role("region", name="Own results").get_by_role("row").nth(1)
    expect(row).to_contain_text("listed")
    row.get_by_role("link").click()
    page.get_by_role("button", name="Withdraw…").click()
    page.get_by_role("button", name="Withdraw the result").click()
    expect(page.get_by_text("This result was withdrawn.")).to_be_visible()
    page.goto("/me")
    expect(row).to_contain_text("hidden from others")
    page.context.clear_cookies()
    page.goto(f"/results/{result['id']}")
    expect(page.get_by_role("heading", name="There is no such result")).to_be_visible()
    page.get_by_role("link", name="Log in to see yours").click()
    authorize(page, name)
    expect(page.get_by_text("This result was withdrawn.")).to_be_visible()


def test_what_was_selected_and_withdrawn_since_is_told(page: Page, person: Any) -> None:
    _, client, admin = person
    kept, withdrawn = a_result(client, admin), a_result(client, admin)
    page.goto(f"/results?selected={kept['id']}.{withdrawn['id']}&only=selected")
    expect(page.get_by_text("2 results", exact=True)).to_be_visible()
    client.delete(f"/results/{withdrawn['id']}").raise_for_status()
    page.reload()
    expect(page.get_by_text("1 selected result is not listed any more.")).to_be_visible()
    expect(page.get_by_role("checkbox", name=f"Select {kept['flavor']['name']}")).to_be_checked()


def test_each_list_of_ones_own_page_keeps_its_place_in_the_address(page: Page, person: Any) -> None:
    name, client, _ = person
    for _ in range(21):
        a_site(client)
    log_in(page, name, then="/me")
    waiting = page.get_by_role("region", name="Own submissions that wait for review")
    expect(waiting.get_by_role("row")).to_have_count(21)
    page.get_by_role("button", name="Next page").click()
    expect(waiting.get_by_role("row")).to_have_count(2)
    page.reload()
    expect(waiting.get_by_role("row")).to_have_count(2)
    page.go_back()
    expect(waiting.get_by_role("row")).to_have_count(21)


def test_results_of_others_can_only_be_reported(page: Page, person: Any) -> None:
    name, client, admin = person
    result = a_result(client, admin)
    log_in(page, "other", then=f"/results/{result['id']}?do=withdraw")
    expect(page.get_by_role("dialog")).to_contain_text("This is for the uploader and for admins.")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Report…")).to_be_visible()
    expect(page.get_by_role("button", name="Withdraw…")).to_have_count(0)
    page.context.clear_cookies()
    page.goto(f"/results/{result['id']}?do=withdraw")
    page.get_by_role("dialog").get_by_role("link", name="Log in").click()
    authorize(page, name)
    expect(page.get_by_role("button", name="Withdraw the result")).to_be_visible()


def test_a_new_address_is_taken_over_from_the_provider(page: Page, person: Any, live_server: Any) -> None:
    name, *_ = person
    address = f"{uuid4().hex[:8]}@example.org"
    live_server.identity.describe(name, email=address, email_verified=True)
    log_in(page, name, then="/me")
    account = page.get_by_role("region", name="Account")
    expect(account).to_contain_text(f"{name}@example.org")
    account.get_by_role("button", name="Update my e-mail address").click()
    expect(account).to_contain_text(address)
    expect(page.get_by_role("button", name=address)).to_be_visible()


def test_one_removes_oneself_by_typing_it(page: Page, person: Any, live_server: Any) -> None:
    name, client, admin = person
    result = a_result(client, admin)
    log_in(page, name, then="/me")
    page.get_by_role("button", name="Remove me…").click()
    dialog = page.get_by_role("dialog", name="Remove me")
    expect(dialog.get_by_role("button", name="Remove me")).to_be_disabled()
    dialog.get_by_role("textbox").fill("remove me")
    dialog.get_by_role("button", name="Remove me").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()
    expect(page.get_by_role("heading", name="Where should I run my work?")).to_be_visible()
    assert client.get("/users/self").status_code == 404
    with live_server.client() as nobody:
        assert nobody.get(f"/results/{result['id']}").status_code == 200


def test_leaving_takes_drafts_along(page: Page) -> None:
    log_in(page, "user", then="/submit/site")
    page.get_by_label("Name", exact=True).fill("A secret site")
    page.get_by_role("button", name="user@example.org").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()
    page.goto("/submit/site")
    expect(page.get_by_label("Name", exact=True)).to_have_value("")


def test_ones_page_asks_to_log_in_and_leads_back(page: Page) -> None:
    page.goto("/me")
    expect(page.get_by_text("To see what is yours, log in first.")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Log in").click()
    authorize(page, "user")
    expect(page.get_by_role("heading", name="My results")).to_be_visible()
