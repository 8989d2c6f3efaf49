"""The page that finds a site: one's own machine, a phone, the keyboard alone, people who see little."""

import json
from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import Complaints
from .submitting import GOOD
from .test_everywhere import RULES
from .test_find import SENTENCE, ranked, words


@pytest.fixture
def question(live_server: Any) -> str:
    """Eight cores without the developer's machine, as an address."""
    with live_server.client() as client:
        benchmark = client.get("/benchmarks").json()["items"][0]["id"]
        sites = {each["name"]: each["id"] for each in client.get("/sites").json()["items"]}
    return (
        f"/find?metrics={benchmark}:result.score&filters=machine.cpu.count+%3D%3D+8"
        f"&exclude_site_ids={sites['VirtualboxTestbed']}"
    )


def test_ones_own_machine_is_compared_without_being_stored(
    page: Page, open_page: Callable[..., Page], complaints: Complaints, question: str, live_server: Any
) -> None:
    complaints.expect("422")
    with live_server.client() as client:
        before = client.get("/info").json()["results"]
    page.goto(question)
    page.get_by_role("button", name="Compare with my own machine…").click()
    editor = page.get_by_role("textbox", name="What the benchmark printed")
    editor.fill(json.dumps({**GOOD, "result": {"score": "fast", "samples": [1]}}, indent=1))
    page.get_by_role("button", name="Compare with it").click()
    expect(page.get_by_text("/result/score")).to_be_visible()
    editor.fill(json.dumps(GOOD))
    page.get_by_role("button", name="Compare with it").click()
    expect(words(page)).to_contain_text("Your own machine comes first")
    expect(ranked(page)).to_have_count(5)
    expect(page.get_by_role("combobox", name="Compare with")).to_have_value("mine")
    expect(page.get_by_text("Your own machine is not part of the link.")).to_be_visible()
    page.reload()
    expect(ranked(page)).to_have_count(5)

    colleague = open_page()
    colleague.goto(page.url)
    expect(words(colleague)).to_have_text(SENTENCE)
    expect(colleague.get_by_text("compared with a machine of their own")).to_be_visible()
    page.get_by_role("button", name="Remove run 1").click()
    expect(words(page)).to_have_text(SENTENCE)
    with live_server.client() as client:
        assert client.get("/info").json()["results"] == before


def test_on_a_phone_the_answer_comes_first_and_the_question_unfolds(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto("/")
    page.get_by_role("link", name="Find where to run").tap()
    page.get_by_role("button", name="8", exact=True).tap()
    expect(words(page)).to_be_in_viewport()
    expect(page.get_by_role("checkbox", name="VirtualboxTestbed")).to_be_hidden()
    page.get_by_role("button", name="Change the question").tap()
    page.get_by_role("checkbox", name="VirtualboxTestbed").tap()
    page.get_by_role("button", name="Hide the question").tap()
    expect(words(page)).to_have_text(SENTENCE)
    expect(ranked(page).nth(1)).to_contain_text("94.1 % of the best", use_inner_text=True)
    page.get_by_role("button", name="NCG-INGRID-PT svc2.l").tap()
    expect(page.get_by_role("link", name="1 run, 3 samples")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def press_until(page: Page, key: str, name: str) -> None:
    """Go on with a key until the element of this name has the focus."""
    for _ in range(60):
        page.keyboard.press(key)
        focused = page.evaluate(
            "(e => e.getAttribute('aria-label') ?? e.labels?.[0]?.innerText.trim() ?? e.innerText.trim())"
            "(document.activeElement)"
        )
        if focused == name:
            return
    raise AssertionError(f"{name} can't be reached by {key}")


def test_the_keyboard_alone_asks_reads_and_opens(page: Page) -> None:
    page.goto("/find")
    expect(ranked(page)).to_have_count(20)
    press_until(page, "Tab", "8")
    page.keyboard.press("Enter")
    expect(ranked(page)).to_have_count(5)
    press_until(page, "Tab", "VirtualboxTestbed")
    page.keyboard.press("Space")
    expect(words(page)).to_have_text(SENTENCE)
    press_until(page, "Tab", "Cite")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Citation")).to_be_visible()
    press_until(page, "Tab", "interval")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Escape")
    press_until(page, "Tab", "NCG-INGRID-PT svc2.l")
    page.keyboard.press("Enter")
    press_until(page, "Tab", "1 run, 3 samples")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 result", exact=True)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_page_bars_nobody_and_fits_the_screen(
    open_page: Callable[..., Page], question: str, theme: Literal["light", "dark"], width: int
) -> None:
    page = open_page(color_scheme=theme, reduced_motion="reduce", viewport={"width": width, "height": 844})
    page.goto(f"{question}&estimates=true")
    if width < 992:
        page.get_by_role("button", name="Change the question").click()
    page.get_by_role("combobox", name="Add a constraint").select_option(index=1)
    page.get_by_role("button", name="NCG-INGRID-PT svc2.l").click()
    page.get_by_role("button", name="Show how it scales").click()
    page.get_by_role("button", name="Cite").click()
    page.get_by_role("button", name="Other benchmark or metric…").click()
    page.get_by_text("Not compared:").click()
    page.get_by_role("button", name="rank range").click()
    expect(page.get_by_role("tooltip")).to_be_visible()
    expect(page.get_by_role("img", name="Plot: efficiency").locator("canvas")).to_be_visible(timeout=20_000)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width
