"""What admins do, on a server of their own: decide what waits, mend the catalogue, see what was decided."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from conftest import Server
from factories import a_benchmark, a_claim, a_flavor, a_result, a_site, a_tag, made, unique
from playwright.sync_api import Page, expect

from .conftest import Complaints
from .people import authorize, log_in

SERVER = "new_server"
SignedIn = Callable[..., Page]


@pytest.fixture
def user(live_server: Server) -> Iterator[httpx.Client]:
    with live_server.client("user") as client:
        yield client


@pytest.fixture
def admin(live_server: Server) -> Iterator[httpx.Client]:
    """With nothing left waiting, afterwards."""
    with live_server.client("admin") as client:
        yield client
        for entry in client.get("/reports/submits").json()["items"]:
            kind, id = entry["resource_type"], entry["resource_id"]
            path = f"/reports/claims/{id}" if kind == "claim" else f"/{kind}s/{id}"
            client.post(f"{path}:reject")  # flavors go with their site


@pytest.fixture
def signed_in(open_page: Callable[..., Page]) -> SignedIn:
    """A page of a person who logged in, at an address."""

    def make(person: str, address: str, **options: Any) -> Page:
        page = open_page(**options)
        log_in(page, person, then=address)
        page.wait_for_load_state("networkidle")
        return page

    return make


def waits(page: Page, name: str) -> None:
    """The entry that is open, and has the focus, is the one of this name."""
    heading = page.get_by_role("heading", name=re.compile(re.escape(name)), level=2)
    expect(heading).to_be_focused()


# Deciding


def test_a_benchmark_is_approved_with_all_in_view_and_the_next_entry_comes_into_focus(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client, page: Page
) -> None:
    benchmark, site = a_benchmark(user, description="Turns in circles."), a_site(user)
    queue = signed_in("admin", "/admin")
    expect(queue.get_by_role("link", name="Admin 2 waiting")).to_be_visible()
    expect(queue.get_by_role("heading", name=f"Benchmark {benchmark['name']}")).to_be_visible()
    expect(queue.get_by_role("main").get_by_role("link", name="user@example.org", exact=True)).to_be_visible()
    expect(queue.get_by_text("Turns in circles.")).to_be_visible()
    expect(queue.get_by_text("The image was not found in its registry yet")).to_be_visible()
    expect(queue.get_by_role("region", name="Fields").get_by_text("Mean wall time")).to_be_visible()
    expect(queue.get_by_role("region", name="JSON Schema", exact=True)).to_be_visible()
    queue.get_by_role("button", name="Approve").press("Enter")
    waits(queue, site["name"])
    expect(queue.get_by_role("status")).to_contain_text(f"Approved: benchmark “{benchmark['name']}”.")
    queue.get_by_role("button", name="Approve").press("Enter")
    waits(queue, "Nothing waits for a decision")
    page.goto(f"/benchmarks?q={benchmark['docker_image']}")
    page.get_by_role("link", name=benchmark["name"], exact=True).click()
    expect(page.get_by_text("There are no results of this benchmark yet.")).to_be_visible()


def test_a_rejection_needs_a_reason_which_outlives_a_reload_and_is_kept_in_the_log(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client
) -> None:
    site = a_site(user)
    page = signed_in("admin", "/admin")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Say why: the person who sent it reads this.")).to_be_visible()
    page.get_by_role("textbox", name="Reason").fill("No such cloud.")
    page.reload()
    expect(page.get_by_role("textbox", name="Reason")).to_have_value("No such cloud.")
    page.get_by_role("button", name="Reject").click()
    waits(page, "Nothing waits for a decision")
    page.get_by_role("link", name="Log", exact=True).click()
    line = page.get_by_role("row").filter(has_text=site["name"])
    for part in ("admin@example.org", "rejected", "No such cloud."):
        expect(line).to_contain_text(part)


def test_a_refused_decision_says_why_and_loses_nothing(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client, complaints: Complaints
) -> None:
    complaints.expect("422")
    flavor = a_flavor(user)
    page = signed_in("admin", "/admin")
    page.get_by_role("list", name="What waits").get_by_role("link", name=flavor["name"]).click()
    expect(page.get_by_text("Decide on the site first.")).to_be_visible()
    page.get_by_role("textbox", name="Reason").fill("Typed already.")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("alert")).to_contain_text("Approve the flavor's site first.")
    expect(page.get_by_role("textbox", name="Reason")).to_have_value("Typed already.")


def test_an_upheld_claim_withdraws_the_result_and_can_be_undone(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client
) -> None:
    result = a_result(user, admin)
    a_claim(user, result, "This took\ntwice as long.")
    page = signed_in("admin", "/admin")
    expect(page.get_by_text("This took\ntwice as long.").last).to_be_visible()
    for text in (result["site"]["name"], result["flavor"]["name"], "12.5", "Example CPU 1"):
        expect(page.get_by_role("article").get_by_text(text).first).to_be_visible()
    page.get_by_role("button", name="Uphold: withdraw the result").click()
    waits(page, "Nothing waits for a decision")
    of_result = {"benchmark_id": result["benchmark"]["id"]}
    assert admin.get("/results", params=of_result).json()["total"] == 0
    page.get_by_role("button", name="Undo: restore the result").click()
    expect(page.get_by_role("status")).to_contain_text("The result is listed again.")
    assert admin.get("/results", params=of_result).json()["total"] == 1


def test_a_dismissed_claim_leaves_the_result_and_the_log_can_bring_back_a_withdrawn_one(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client
) -> None:
    result = a_result(user, admin)
    a_claim(user, result)
    page = signed_in("admin", "/admin")
    page.get_by_role("textbox", name="Reason").fill("Others measured the same.")
    page.get_by_role("button", name="Dismiss: keep the result").click()
    waits(page, "Nothing waits for a decision")
    assert admin.get(f"/results/{result['id']}").json()["claims_open"] == 0
    made(user.delete(f"/results/{result['id']}"), status=204)
    page.get_by_role("link", name="Log", exact=True).click()
    line = page.get_by_role("row").filter(has_text=result["id"][:8]).first
    expect(line).to_contain_text("withdrew")
    line.get_by_role("button", name="Restore it").click()
    expect(page.get_by_role("row").filter(has_text=result["id"][:8]).first).to_contain_text("restored")
    assert admin.get("/results", params={"benchmark_id": result["benchmark"]["id"]}).json()["total"] == 1


def test_a_withdrawn_result_is_brought_back_on_its_page(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client
) -> None:
    result = a_result(user, admin)
    made(user.delete(f"/results/{result['id']}"), status=204)
    page = signed_in("admin", f"/results/{result['id']}")
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_role("button", name="Withdraw…")).to_be_visible()
    assert admin.get("/results", params={"benchmark_id": result["benchmark"]["id"]}).json()["total"] == 1


def test_what_another_admin_decided_first_is_told(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client, complaints: Complaints
) -> None:
    complaints.expect("404")
    site = a_site(user)
    page = signed_in("admin", "/admin")
    expect(page.get_by_role("heading", name=f"Site {site['name']}")).to_be_visible()
    made(admin.post(f"/sites/{site['id']}:reject"), status=204)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("alert")).to_contain_text("This waits no longer")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Nothing waits for a decision")).to_be_visible()


def test_a_login_that_ended_while_one_decides_is_told_and_the_reason_kept(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client, complaints: Complaints
) -> None:
    complaints.expect("404")
    complaints.expect("401")
    site = a_site(user)
    page = signed_in("admin", "/admin")
    expect(page.get_by_role("heading", name=f"Site {site['name']}")).to_be_visible()
    page.get_by_role("textbox", name="Reason").fill("No such cloud.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("main").get_by_role("link", name="Log in").click()
    authorize(page, "admin")
    expect(page.get_by_role("textbox", name="Reason")).to_have_value("No such cloud.")
    page.get_by_role("button", name="Reject").click()
    waits(page, "Nothing waits for a decision")


# Mending the catalogue


def edited(page: Page, tab: str, name: str) -> None:
    page.get_by_role("navigation", name="Administration").get_by_role("link", name=tab).click()
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_a_site_is_edited_and_what_was_typed_survives_a_refusal(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client, complaints: Complaints
) -> None:
    complaints.expect("409")
    site, new = a_site(user, admin), unique("renamed")
    page = signed_in("admin", "/admin")
    edited(page, "Sites", site["name"])
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_role("textbox", name="Name").fill("CESGA")
    page.get_by_role("textbox", name="Description").fill("Two halls.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("A site with this name exists")
    page.reload()
    expect(page.get_by_role("textbox", name="Description")).to_have_value("Two halls.")
    page.get_by_role("textbox", name="Name").fill(new)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=new)).to_be_visible()
    page.get_by_role("link", name="Its page").click()
    expect(page.get_by_role("heading", name=new, level=1)).to_be_visible()
    expect(page.get_by_text("Two halls.")).to_be_visible()
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_role("textbox", name="Name")).to_have_value(new)


def test_deleting_is_refused_with_the_reason_while_something_depends_on_it(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client, complaints: Complaints
) -> None:
    complaints.expect("409")
    page = signed_in("admin", "/admin")
    edited(page, "Sites", "CESNET-MCC")
    page.get_by_role("button", name="Delete…").click()
    dialog = page.get_by_role("dialog", name="Delete the site CESNET-MCC?")
    dialog.get_by_role("button", name="Delete the site").click()
    expect(dialog.get_by_role("alert")).to_contain_text("4 results and 4 flavors depend on it")
    dialog.get_by_role("button", name="Cancel").click()
    doomed = a_site(user, admin)
    edited(page, "Sites", doomed["name"])
    page.get_by_role("button", name="Delete…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete the site").click()
    expect(page).to_have_url(re.compile("/admin/sites$"))
    page.get_by_role("searchbox").fill(doomed["name"])
    expect(page.get_by_text("Nothing matches")).to_be_visible()


def test_flavors_and_tags_are_edited_and_deleted(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client
) -> None:
    flavor, tag = a_flavor(user, admin, site=(site := a_site(user, admin))), a_tag(user)
    page = signed_in("admin", "/admin")
    edited(page, "Sites", site["name"])
    page.get_by_role("link", name=flavor["name"]).click()
    expect(page.get_by_role("heading", name=flavor["name"])).to_be_visible()
    page.get_by_role("textbox", name="Description").fill("8 cores")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("main").get_by_role("link", name=site["name"]).click()
    expect(page.get_by_role("region", name="flavors")).to_contain_text("8 cores")
    edited(page, "Tags", tag["name"])
    page.get_by_role("textbox", name="Name").fill(f"{tag['name']} again")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=f"{tag['name']} again")).to_be_visible()
    page.get_by_role("button", name="Delete…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete the tag").click()
    expect(page).to_have_url(re.compile("/admin/tags$"))
    assert admin.get(f"/tags/{tag['id']}").status_code == 404


def test_a_benchmarks_schema_is_edited_with_mistakes_at_their_place(
    signed_in: SignedIn, user: httpx.Client, admin: httpx.Client, complaints: Complaints
) -> None:
    complaints.expect("422")
    benchmark = a_benchmark(user, admin)
    page = signed_in("admin", "/admin")
    edited(page, "Benchmarks", benchmark["name"])
    editor = page.get_by_role("textbox", name="JSON Schema")
    editor.fill('{"type": "object", "properties":')
    expect(page.get_by_text("1 mistake")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    editor.fill('{"type": "nonsense"}')
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Line 1")).to_be_visible()
    editor.fill('{"type": "object", "properties": {"speed": {"type": "number", "suggestToUser": true}}}')
    page.get_by_role("textbox", name="Description").fill("Now with speed.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Its page").click()
    expect(page.get_by_role("region", name="Fields")).to_contain_text("Speed")
    expect(page.get_by_text("Now with speed.")).to_be_visible()


def test_a_person_is_found_by_mail_and_removed_after_a_question(
    signed_in: SignedIn, live_server: Server, admin: httpx.Client
) -> None:
    name = unique("leaver")
    live_server.identity.describe(name)
    with live_server.client(name) as leaver:
        made(leaver.post("/users:register"))
    page = signed_in("admin", "/admin/users")
    page.get_by_role("searchbox", name="Search e-mail").fill(name)
    row: Any = page.get_by_role("row").filter(has_text=f"{name}@example.org")
    row.get_by_role("button").click()
    dialog = page.get_by_role("dialog", name=f"Remove {name}@example.org?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(row).to_be_visible()
    row.get_by_role("button").click()
    dialog.get_by_role("button", name="Remove this person").click()
    expect(page.get_by_text(f"Nothing matches “{name}”.")).to_be_visible()
    assert admin.get("/users", params={"email": f"{name}@example.org"}).json()["total"] == 0


# For whom


def test_others_are_told_that_this_is_for_admins(signed_in: SignedIn, page: Page) -> None:
    other = signed_in("other", "/admin")
    expect(other.get_by_role("alert")).to_contain_text("This is for admins.")
    expect(other.get_by_role("link", name="Admin")).to_have_count(0)
    page.goto("/admin")
    expect(page.get_by_role("main").get_by_role("link", name="Log in")).to_be_visible()
