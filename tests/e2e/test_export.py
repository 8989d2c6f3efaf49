import csv
import io
import json
from pathlib import Path

from playwright.sync_api import Page, expect

from .test_results import add_filter, rows


def exported(page: Page, menu: str, name: str) -> str:
    page.get_by_role("button", name=menu, exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(download.value.path()).read_text()


def test_what_matches_is_exported_with_the_columns_and_the_order_on_screen(page: Page) -> None:
    page.goto("/results?columns=flavor&columns=json.result.score&columns=json.result.samples.0")
    add_filter(page, "CPU count (cores)", "is at least", "16")
    page.get_by_role("button", name="Score").click()
    expect(rows(page)).to_have_count(3)
    expect(rows(page).first).to_contain_text("svc2.xxl")
    page.wait_for_load_state("networkidle")
    table = list(csv.reader(io.StringIO(exported(page, "Export", "CSV the columns shown"))))
    assert table[0] == ["id", "flavor", "json.result.score", "json.result.samples.0"]
    assert [row[1] for row in table[1:]] == ["svc2.xxl", "svc2.xl", "cm4.4xlarge"]
    assert table[1][3] == "28.129"


def test_what_is_ticked_is_exported_whole(page: Page) -> None:
    page.goto("/results?q=ingrid")
    expect(rows(page)).to_have_count(6)
    for place in (0, 1):
        rows(page).nth(place).get_by_role("checkbox").check()
    page.get_by_role("searchbox", name="Search names and tags").fill("ifca")
    expect(rows(page)).to_have_count(5)
    items = json.loads(exported(page, "Export selected", "JSON whole results"))
    assert [item["site"]["name"] for item in items] == ["NCG-INGRID-PT"] * 2
    assert "samples" in items[0]["json"]["result"]
    lines = exported(page, "Export", "NDJSON whole results, one a line").splitlines()
    assert {json.loads(line)["site"]["name"] for line in lines} == {"IFCA-LCG2"}
