import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from .conftest import Complaints


def open_fastest(page: Page) -> None:
    page.goto("/results?sort_by=%2Bjson.result.score&plot=hidden")
    page.get_by_role("row").filter(has_text="svc2.xxl").get_by_role("cell").nth(1).click()
    expect(page.get_by_role("heading", name="svc2.xxl at NCG-INGRID-PT")).to_be_visible()


def test_a_row_opens_its_result_and_back_returns_to_the_same_view(page: Page) -> None:
    open_fastest(page)
    expect(page.get_by_text("28.08").first).to_be_visible()
    expect(page.get_by_text("3 samples")).to_be_visible()
    expect(page.get_by_text("lower is better")).to_be_visible()
    expect(page.get_by_role("img", name="Plot: Score by CPU count")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("row").nth(1)).to_contain_text("svc2.xxl")
    page.go_forward()
    page.get_by_role("main").get_by_role("link", name="Results").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("svc2.xxl")


def test_a_result_opens_by_keyboard(page: Page) -> None:
    page.goto("/results?plot=hidden&filters=machine.cpu.count+%3D%3D+32")
    page.get_by_role("link", name="NCG-INGRID-PT").press("Enter")
    expect(page.get_by_role("heading", name="svc2.xxl at NCG-INGRID-PT")).to_be_visible()


def test_the_json_folds_and_can_be_copied_and_downloaded(
    page: Page, tmp_path: Path, live_server: Any
) -> None:
    open_fastest(page)
    with live_server.client() as client:
        document = client.get(f"/results/{page.url.split('/')[-1]}").json()["json"]
    expect(page.get_by_text('"pts/c-ray-1.2.0"')).to_be_visible()
    page.locator("summary").filter(has_text="test:").click()
    expect(page.get_by_text('"pts/c-ray-1.2.0"')).to_be_hidden()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert json.loads(page.evaluate("navigator.clipboard.readText()")) == document
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "result.json")
    assert json.loads((tmp_path / "result.json").read_text()) == document


def test_an_unknown_result_says_so(page: Page, complaints: Complaints) -> None:
    complaints.expect("404")
    complaints.expect("422")
    page.goto("/results/00000000-0000-4000-8000-000000000000")
    expect(page.get_by_role("heading", name="There is no such result")).to_be_visible()
    page.goto("/results/nonsense")
    expect(page.get_by_role("heading", name="There is no such result")).to_be_visible()
