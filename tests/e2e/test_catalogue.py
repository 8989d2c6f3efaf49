"""Benchmarks, sites and flavors have pages; the texts say how to use the service; the start page answers."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

IMAGE = "thechristophe/openbench-c-ray:latest"


@pytest.fixture(scope="module")
def ids(live_server: Any) -> dict[str, str]:
    with live_server.client() as client:
        filters = {"filters": "machine.cpu.count == 32"}
        [result] = client.get("/results", params=filters).json()["items"]
    return {name: result[name]["id"] for name in ("benchmark", "site", "flavor")}


def test_sites_are_found_by_typing_and_the_address_remembers(
    page: Page, open_page: Callable[..., Page]
) -> None:
    page.goto("/sites")
    expect(page.get_by_text("6 sites")).to_be_visible()
    page.get_by_role("searchbox", name="Search name, address and description").fill("ifca")
    expect(page.get_by_text("1 site", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=ifca"))
    colleague = open_page()
    colleague.goto(page.url)
    colleague.get_by_role("link", name="IFCA-LCG2", exact=True).click()
    expect(colleague.get_by_role("heading", name="IFCA-LCG2", level=1)).to_be_visible()
    page.get_by_role("searchbox").fill("no such site")
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_text("6 sites")).to_be_visible()


def test_a_benchmark_says_what_it_is_and_what_it_measures(page: Page) -> None:
    page.goto("/benchmarks")
    page.get_by_role("link", name=IMAGE, exact=True).click()
    expect(page.get_by_role("heading", name=IMAGE)).to_be_visible()
    score = page.get_by_role("region", name="Fields").get_by_role("row").nth(1)
    for part in ("Score", "main figure", "measured", "lower", "Mean wall time", "result.score"):
        expect(score).to_contain_text(part)
    expect(page.get_by_role("img", name="Plot: Score by CPU count").locator("canvas")).to_be_visible()
    registry = page.get_by_role("link", name="thechristophe/openbench-c-ray", exact=True)
    expect(registry).to_have_attribute("href", "https://hub.docker.com/r/thechristophe/openbench-c-ray")
    page.get_by_role("link", name="All 25 results").click()
    expect(page.get_by_text("1–20 of 25")).to_be_visible()


def test_a_schema_is_searched_folded_copied_and_taken_away(
    page: Page, ids: dict[str, str], live_server: Any, tmp_path: Path
) -> None:
    page.goto(f"/benchmarks/{ids['benchmark']}")
    with live_server.client() as client:
        schema = client.get(f"/benchmarks/{ids['benchmark']}").json()["json_schema"]
    panel = page.get_by_role("region", name="JSON Schema", exact=True)
    panel.get_by_role("searchbox").fill("clock")
    expect(panel.locator("mark", has_text="clock").first).to_be_visible()
    expect(panel.get_by_text("scene")).to_have_count(0)
    panel.get_by_role("searchbox").fill("")
    expect(panel.get_by_text('"GHz"')).to_be_hidden()
    panel.get_by_role("button", name="Unfold all").click()
    expect(panel.get_by_text('"GHz"')).to_be_visible()
    panel.get_by_role("button", name="Fold all").click()
    expect(panel.get_by_text('"GHz"')).to_be_hidden()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.get_by_role("button", name="Copy").click()
    expect(panel.get_by_role("button", name="Copied")).to_be_visible()
    assert json.loads(page.evaluate("navigator.clipboard.readText()")) == schema
    with page.expect_download() as download:
        panel.get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "schema.json")
    assert json.loads((tmp_path / "schema.json").read_text()) == schema


def test_a_site_shows_its_flavors_and_a_flavor_its_results(page: Page, ids: dict[str, str]) -> None:
    page.goto(f"/sites/{ids['site']}")
    expect(page.get_by_role("heading", name="NCG-INGRID-PT: Score by CPU count")).to_be_visible()
    expect(page.get_by_role("link", name="All 6", exact=True)).to_be_visible()
    flavors = page.get_by_role("region", name="flavors")
    expect(flavors.get_by_role("row")).to_have_count(7)
    flavors.get_by_role("link", name="svc2.xxl", exact=True).click()
    expect(page.get_by_role("heading", name="svc2.xxl at NCG-INGRID-PT")).to_be_visible()
    newest = page.get_by_role("region", name="Newest results")
    expect(newest.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="All 1", exact=True).click()
    expect(page.get_by_text("1 result", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Flavor")).to_have_value("svc2.xxl")


@pytest.mark.parametrize("what", ["benchmark", "site", "flavor"])
def test_what_is_not_there_says_so(page: Page, complaints: Any, what: str) -> None:
    complaints.expect("404")
    page.goto(f"/{what}s/00000000-0000-4000-8000-000000000000")
    expect(page.get_by_role("heading", name=f"There is no such {what}")).to_be_visible()


def test_the_fastest_flavor_with_eight_cores_is_one_press_away(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="8", exact=True).click()
    best = page.get_by_role("list").filter(has=page.get_by_role("link", name="hpc.8core-16ram"))
    expect(best.get_by_role("listitem")).to_have_count(5)
    expect(best.get_by_role("listitem").nth(1)).to_contain_text("CESNET-MCC")
    page.reload()
    expect(best.get_by_role("listitem")).to_have_count(5)
    page.get_by_role("link", name="See the whole order").click()
    expect(page.get_by_role("button", name="CPU count = 8 cores")).to_be_visible()
    expect(page.get_by_text("5 results")).to_be_visible()


def test_the_footer_leads_to_the_texts_and_the_operators_links(page: Page) -> None:
    page.goto("/")
    footer = page.get_by_role("contentinfo")
    expect(footer.get_by_role("link", name="Infrastructure Manager")).to_have_attribute(
        "href", "https://im.egi.eu/"
    )
    for name in ("Instructions", "Terms of service", "Privacy"):
        footer.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_what_the_instructions_tell_to_type_works(page: Page, live_server: Any, tmp_path: Path) -> None:
    page.goto("/instructions")
    expect(page.get_by_role("group", name="Example").first).to_be_visible()
    examples = [each.inner_text() for each in page.get_by_role("group", name="Example").all()]
    [read] = [each for each in examples if each.startswith("curl")]
    [submit] = [each for each in examples if "dry_run" in each]
    [schema] = [each for each in examples if each.startswith("{")]

    def typed(command: str) -> Any:
        token = live_server.identity.token("user")
        answer = subprocess.run(
            ["bash", "-euc", command],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "TOKEN": token},
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(answer.stdout)

    assert all(each["json"]["machine"]["cpu"]["count"] >= 8 for each in typed(read)["items"])
    with live_server.client() as client:
        document = client.get("/results", params={"per_page": 1}).json()["items"][0]["json"]
    (tmp_path / "result.json").write_text(json.dumps(document))
    assert typed(submit)["result"]["json"] == document
    with live_server.client("user") as client:
        new = {"docker_image": "127.0.0.1:1/instructions", "docker_tag": "1", "url": "https://example.org"}
        asked = {**new, "json_schema": json.loads(schema)}
        answer = client.post("/benchmarks", params={"dry_run": "true"}, json=asked)
    assert [field["path"] for field in answer.json()["items"]] == ["score", "threads"]


def test_a_list_is_sorted_by_a_press_on_a_header_and_its_address_says_how(
    page: Page, open_page: Callable[..., Page]
) -> None:
    page.goto("/sites")
    first = page.get_by_role("table", name="sites").get_by_role("row").nth(1)
    expect(first).to_contain_text("CESGA")
    page.get_by_role("columnheader", name="Site").get_by_role("button").click()
    expect(first).to_contain_text("VirtualboxTestbed")
    expect(page.get_by_role("columnheader", name="Site")).to_have_attribute("aria-sort", "descending")
    colleague = open_page()
    colleague.goto(page.url)
    rows = colleague.get_by_role("table", name="sites").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("VirtualboxTestbed")
