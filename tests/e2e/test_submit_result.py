"""Submitting a result: its mistakes are shown at their place, and nothing typed is lost."""

import json
from pathlib import Path
from typing import Any

from factories import a_document, a_result, a_tag, made, unique
from playwright.sync_api import Page, expect

from .conftest import Complaints
from .people import authorize, log_in
from .submitting import BAD, GOOD, choose, say_where_and_when, write

SERVER = "changing_server"


def test_a_mistake_is_shown_at_its_place_mended_and_the_result_seen(
    page: Page, complaints: Complaints
) -> None:
    complaints.expect("422")
    log_in(page, "user", then="/submit/result")
    expect(
        page.get_by_text("Still missing: the benchmark, the flavor, when it ran, the JSON")
    ).to_be_visible()
    say_where_and_when(page)
    expect(page.get_by_text("6 May 2024 at 05:08:09 UTC")).to_be_visible()
    write(page, BAD)
    mistakes = page.get_by_role("list").filter(has_text="/result/score")
    expect(mistakes).to_contain_text("Line 3 /result/score This must be a number.")
    expect(page.locator(".cm-lintRange-error")).to_have_text('"score": "fast"')
    expect(page.get_by_role("button", name="Submit the result")).to_be_disabled()
    write(page, GOOD)
    expect(page.get_by_text("This fits the benchmark")).to_be_visible()
    expect(page.get_by_text("98.75")).to_have_count(2)
    page.get_by_role("button", name="Submit the result").click()
    expect(page.get_by_role("heading", name="Your result is stored")).to_be_visible()
    page.get_by_role("link", name="See the result").click()
    expect(page.get_by_role("heading", name="hpc.8core-16ram at CESNET-MCC")).to_be_visible()
    expect(page.get_by_text("98.75").first).to_be_visible()
    expect(page.get_by_role("button", name="Withdraw…")).to_be_visible()


def test_what_is_not_json_is_told_before_anything_is_asked(page: Page) -> None:
    log_in(page, "user", then="/submit/result")
    page.get_by_role("textbox", name="JSON").fill('{\n  "score": 1\n  "unit": "s"\n}')
    expect(page.get_by_text("A comma is missing.")).to_be_visible()
    page.get_by_role("button", name="Line 3").click()
    expect(page.get_by_role("textbox", name="JSON")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.type(",")
    expect(page.get_by_text("A comma is missing.")).to_be_hidden()


def test_a_file_is_taken_as_it_is(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    file.write_text('{"score": 1.50, "big": 12345678901234567890123}')
    log_in(page, "user", then="/submit/result")
    page.get_by_label("File for JSON").set_input_files(file)
    expect(page.get_by_role("textbox", name="JSON")).to_have_text(file.read_text())
    other = tmp_path / "latin.json"
    other.write_bytes('{"site": "Orléans"}'.encode("latin-1"))
    page.get_by_label("File for JSON").set_input_files(other)
    expect(page.get_by_role("alert")).to_contain_text("latin.json is not a text in UTF-8")
    expect(page.get_by_role("textbox", name="JSON")).to_have_text(file.read_text())


def test_a_file_can_be_dropped(page: Page) -> None:
    log_in(page, "user", then="/submit/result")
    editor = page.get_by_role("textbox", name="JSON")
    editor.fill("replaced")
    files = page.evaluate_handle(
        """() => { const data = new DataTransfer();
        data.items.add(new File(['{"dropped": true}'], "a.json", {type: "application/json"}));
        return data; }"""
    )
    editor.dispatch_event("drop", {"dataTransfer": files})
    expect(editor).to_have_text('{"dropped": true}')


def test_nothing_typed_is_lost_by_a_reload_or_a_login_that_ended(
    page: Page, complaints: Complaints, live_server: Any
) -> None:
    complaints.expect("401")
    log_in(page, "user", then="/submit/result")
    say_where_and_when(page)
    score = 77.125
    write(page, {**GOOD, "result": {"score": score, "samples": [score]}})
    expect(page.get_by_text("This fits the benchmark")).to_be_visible()
    page.reload()
    expect(page.get_by_role("combobox", name="Flavor")).to_have_value("hpc.8core-16ram")
    expect(page.get_by_label("Date")).to_have_value("2024-05-06")
    expect(page.get_by_text("This fits the benchmark")).to_be_visible()
    page.context.clear_cookies()
    page.get_by_role("button", name="Submit the result").click()
    expect(page.get_by_text("To submit a result, log in first. What you typed is kept.")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Log in").click()
    authorize(page, "user")
    expect(page.get_by_text("This fits the benchmark")).to_be_visible()
    page.get_by_role("button", name="Submit the result").click()
    expect(page.get_by_role("heading", name="Your result is stored")).to_be_visible()
    with live_server.client() as client:
        found = client.get("/results", params={"filters": f"result.score == {score}"}).json()
    assert found["total"] == 1


def test_the_next_result_begins_with_the_same_place(page: Page) -> None:
    log_in(page, "user", then="/submit/result")
    say_where_and_when(page)
    write(page, GOOD)
    page.get_by_role("button", name="Submit the result").click()
    page.get_by_role("button", name="Submit another").click()
    expect(page.get_by_role("combobox", name="Site")).to_have_value("CESNET-MCC")
    expect(page.get_by_label("Date")).to_have_value("")
    expect(page.get_by_role("textbox", name="JSON")).to_have_text("")


def test_the_keyboard_alone_submits_a_result(page: Page) -> None:
    log_in(page, "user", then="/submit/result")
    expect(page.get_by_role("textbox", name="JSON")).to_be_visible()
    press, write_text = page.keyboard.press, page.keyboard.type

    def tab_to(name: str) -> None:
        for _ in range(40):
            press("Tab")
            focused = "document.activeElement"
            named = page.evaluate(
                f"{focused}.ariaLabel || {focused}.labels?.[0]?.innerText || {focused}.innerText || ''"
            )
            if named.strip() == name:
                return
        raise AssertionError(f"Tab never reaches {name}")

    for label, typed in (("Benchmark", "c-ray"), ("Site", "IISAS"), ("Flavor", "xlarge")):
        tab_to(label)
        write_text(typed)
        options = page.get_by_role("listbox").get_by_role("option")
        expect(options).to_have_count(2)
        expect(options.last).to_have_text(f"Add a new {label.lower()}…")
        press("ArrowDown")
        press("Enter")
    tab_to("Date")
    write_text("05062024")
    tab_to("Time")
    write_text("070809AM")
    tab_to("JSON")
    page.keyboard.insert_text(json.dumps(GOOD))
    expect(page.get_by_text("This fits the benchmark")).to_be_visible()
    tab_to("Submit the result")
    press("Enter")
    expect(page.get_by_role("link", name="See the result")).to_be_focused()
    press("Enter")
    expect(page.get_by_role("heading", name="m1.xlarge at IISAS-FedCloud")).to_be_visible()


def test_a_new_tag_is_chosen_at_once_and_a_new_site_waits(page: Page) -> None:
    tag, site = unique("tag"), unique("site")
    log_in(page, "user", then="/submit/result")
    page.get_by_role("button", name="Add a new tag…").click()
    dialog = page.get_by_role("dialog", name="New tag")
    dialog.get_by_label("Name").fill(tag)
    dialog.get_by_role("button", name="Add the tag").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name=f"Remove the tag {tag}")).to_be_visible()
    page.get_by_role("button", name="Add a new site…").click()
    dialog = page.get_by_role("dialog", name="New site")
    expect(dialog).to_contain_text("An admin looks at it before it takes results")
    dialog.get_by_label("Name").fill(site)
    dialog.get_by_label("Address").fill("https://site.example")
    dialog.get_by_role("button", name="Submit for review").click()
    expect(dialog).to_contain_text(f"{site} was submitted.")


def test_a_tag_that_was_deleted_meanwhile_is_named(
    page: Page, complaints: Complaints, live_server: Any
) -> None:
    complaints.expect("422")
    with live_server.client("user") as user, live_server.client("admin") as admin:
        tag = a_tag(user)
        log_in(page, "user", then="/submit/result")
        say_where_and_when(page)
        choose(page, "Tags", tag["name"])
        made(admin.delete(f"/tags/{tag['id']}"), status=204)
    write(page, GOOD)
    expect(page.get_by_text(f"There is no tag “{tag['name']}”.")).to_be_visible()
    page.get_by_role("button", name=f"Remove the tag {tag['name']}").click()
    expect(page.get_by_text("This fits the benchmark")).to_be_visible()


def test_what_no_list_holds_is_added_from_the_list(page: Page, live_server: Any) -> None:
    log_in(page, "user", then="/submit/result")
    page.get_by_role("combobox", name="Site").fill("no such site")
    expect(page.get_by_text("Nothing has this name.")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="New site")).to_be_visible()
    page.goto("/results")
    page.get_by_role("combobox", name="Site").fill("no such site")
    page.get_by_role("option", name="Add a new site…").click()
    expect(page.get_by_role("heading", name="Submit a site")).to_be_visible()


def test_a_page_of_a_flavor_or_benchmark_can_lead_to_a_form_that_knows_it(
    page: Page, live_server: Any
) -> None:
    with live_server.client("user") as user, live_server.client("admin") as admin:
        result = a_result(user, admin, json=a_document())
    log_in(page, "user")
    page.goto(f"/benchmarks/{result['benchmark']['id']}")
    page.get_by_role("link", name="Submit a result").click()
    expect(page.get_by_role("combobox", name="Benchmark")).to_have_value(result["benchmark"]["name"])
    page.goto(f"/flavors/{result['flavor']['id']}")
    page.get_by_role("link", name="Submit a result").click()
    expect(page.get_by_role("combobox", name="Benchmark")).to_have_value(result["benchmark"]["name"])
    expect(page.get_by_role("combobox", name="Site")).to_have_value(result["site"]["name"])
    expect(page.get_by_role("combobox", name="Flavor")).to_have_value(result["flavor"]["name"])
