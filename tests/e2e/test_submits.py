"""Submitting benchmarks, sites and flavors."""

import json
from typing import Any

from factories import IMAGE_REGISTRY, a_site, unique
from playwright.sync_api import Page, expect

from .conftest import Complaints
from .people import authorize, log_in

SERVER = "changing_server"

SCHEMA = {
    "type": "object",
    "properties": {
        "speed": {"type": "number", "x-perf": {"role": "metric", "unit": "MB/s", "better": "higher"}}
    },
}


def write_schema(page: Page, schema: object) -> None:
    page.get_by_role("textbox", name="JSON Schema").fill(json.dumps(schema, indent=2))


def test_a_benchmark_is_submitted_once_its_schema_is_mended(page: Page, complaints: Complaints) -> None:
    complaints.expect("422")
    image = f"{IMAGE_REGISTRY}/{unique('benchmark')}"
    log_in(page, "user", then="/submit/benchmark")
    page.get_by_label("Image").fill(image)
    page.get_by_label("Tag").fill("1.0")
    page.get_by_label("Address").fill("https://benchmark.example")
    broken = json.loads(json.dumps(SCHEMA))
    del broken["properties"]["speed"]["x-perf"]["better"]
    write_schema(page, broken)
    expect(page.get_by_text("A metric needs better: lower or higher.")).to_be_visible()
    expect(page.get_by_text("/properties/speed/x-perf", exact=True)).to_be_visible()
    write_schema(page, SCHEMA)
    fields = page.get_by_role("region", name="Fields", exact=True)
    expect(fields.get_by_role("row").nth(1)).to_contain_text(
        "Speed MB/s measured higher", use_inner_text=True
    )
    page.reload()
    expect(fields.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("alert")).to_contain_text(f"{image}:1.0 was submitted.")
    page.get_by_role("link", name="What else waits for review").click()
    waiting = page.get_by_role("region", name="Own submissions that wait for review")
    expect(waiting.get_by_role("row").filter(has_text=image)).to_contain_text("benchmark")


def test_an_example_shows_how_a_benchmark_is_written_and_a_taken_name_is_refused(
    page: Page, complaints: Complaints
) -> None:
    complaints.expect("409")
    log_in(page, "user", then="/submit/benchmark")
    page.get_by_role("button", name="Load an example").click()
    expect(page.get_by_role("row").filter(has_text="main figure")).to_contain_text("result.score")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("alert")).to_contain_text("A benchmark with this image and tag exists")
    expect(page.get_by_label("Image")).to_have_value("thechristophe/openbench-c-ray")


def test_the_example_replaces_only_what_one_gives_up(page: Page) -> None:
    log_in(page, "user", then="/submit/benchmark")
    page.get_by_label("Image").fill("mine")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Load an example").click()
    expect(page.get_by_label("Image")).to_have_value("mine")


def test_a_site_is_submitted_with_its_flavors_and_a_refused_one_mended(
    page: Page, complaints: Complaints, live_server: Any
) -> None:
    complaints.expect("409")
    name = unique("site")
    log_in(page, "user", then="/submit/site")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Address").fill("https://site.example")
    for place, flavor in enumerate(("small", "small"), start=1):
        page.get_by_role("textbox", name=f"Flavor {place}").fill(flavor)
        page.get_by_role("button", name="+ Flavor").click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text(f"The site {name} is stored. Mend the flavors that are left")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="A flavor with this name exists")).to_be_visible()
    page.get_by_role("textbox", name="Flavor 1").fill("large")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text(f"{name} was submitted.")).to_be_visible()
    with live_server.client("user") as user:
        site = user.get("/sites", params={"status": "on_review", "name": name}).json()["items"][0]
        flavors = user.get(f"/sites/{site['id']}/flavors", params={"status": "on_review"}).json()["items"]
    assert [each["name"] for each in flavors] == ["large", "small"]


def test_a_flavor_that_is_described_needs_a_name(page: Page) -> None:
    log_in(page, "user", then="/submit/site")
    page.get_by_label("Name", exact=True).fill(unique("site"))
    page.get_by_label("Address").fill("https://site.example")
    page.get_by_role("textbox", name="Description").last.fill("8 cores")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("textbox", name="Flavor 1")).to_be_focused()
    page.get_by_role("button", name="Remove flavor 1").click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("was submitted.")).to_be_visible()


def test_a_flavor_is_submitted_for_a_site_that_is_there(page: Page, live_server: Any) -> None:
    with live_server.client("user") as user, live_server.client("admin") as admin:
        site = a_site(user, admin)
    name = unique("flavor")
    page.goto(f"/submit/flavor?site_id={site['id']}")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("main").get_by_role("link", name="Log in").click()
    authorize(page, "user")
    expect(page.get_by_label("Name", exact=True)).to_have_value(name)
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text(f"{name} was submitted.")).to_be_visible()
    page.get_by_role("link", name="Look at it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
