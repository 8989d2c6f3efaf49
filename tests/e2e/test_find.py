import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Complaints

SENTENCE = (
    "For c-ray on 8 cores, without VirtualboxTestbed: CESNET-MCC hpc.8core-16ram comes first, "
    "6 % faster than NCG-INGRID-PT svc2.l; one run of three samples each, "
    "so run-to-run variation is unknown."
)


def words(page: Page) -> Locator:
    return page.get_by_role("region", name="Answer").get_by_role("paragraph").first


def ranked(page: Page) -> Locator:
    return page.get_by_role("region", name="Ranking").get_by_role("list").get_by_role("listitem")


def ask_eight_cores(page: Page) -> None:
    page.goto("/find")
    page.get_by_role("group", name="How many cores?").get_by_role("button", name="8", exact=True).click()
    page.get_by_role("checkbox", name="VirtualboxTestbed").uncheck()
    expect(words(page)).to_have_text(SENTENCE)


def test_from_the_start_page_to_an_answer_that_a_colleague_sees_too(
    page: Page, open_page: Callable[..., Page]
) -> None:
    page.goto("/")
    page.get_by_role("link", name="Find where to run").click()
    # The first question to a server loads its statistics.
    expect(words(page)).to_contain_text("For c-ray: NCG-INGRID-PT svc2.xxl comes first", timeout=20_000)
    page.get_by_role("group", name="How many cores?").get_by_role("button", name="8", exact=True).click()
    expect(words(page)).to_contain_text("VirtualboxTestbed virtualbox-arch comes first")
    page.get_by_role("checkbox", name="VirtualboxTestbed").uncheck()
    expect(words(page)).to_have_text(SENTENCE)
    expect(ranked(page)).to_have_count(4)
    expect(ranked(page).first).to_contain_text("105.2")
    expect(ranked(page).first).to_contain_text("single run")

    page.get_by_role("button", name="Cite").click()
    citation = page.get_by_role("group", name="Citation")
    expect(citation).to_contain_text(SENTENCE)
    expect(citation).to_contain_text(
        re.compile(r"\d{4} results? of|From 4 results of thechristophe/openbench")
    )
    link = citation.get_by_role("link").get_attribute("href")
    assert link is not None
    assert "metrics=" in link, "a link asks the same when another benchmark comes first"
    colleague = open_page()
    colleague.goto(link)
    expect(words(colleague)).to_have_text(SENTENCE)
    assert ranked(colleague).all_inner_texts() == ranked(page).all_inner_texts()


def test_each_number_leads_to_its_results_and_on_to_deploying_there(page: Page) -> None:
    ask_eight_cores(page)
    page.get_by_role("button", name="NCG-INGRID-PT svc2.l").click()
    details = page.get_by_role("group", name="Details of NCG-INGRID-PT svc2.l")
    expect(details).to_contain_text("AMD EPYC Processor (with IBPB)")
    expect(details).to_contain_text("1.4 %")
    expect(details.get_by_role("link", name="Deploy there")).to_have_attribute(
        "href", re.compile(r"site=NCG-INGRID-PT&flavor=svc2\.l$")
    )
    page.reload()
    details.get_by_role("link", name="1 run, 3 samples").click()
    expect(page.get_by_text("1 result", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="NCG-INGRID-PT").last).to_be_visible()
    page.go_back()
    expect(details).to_be_visible()


def test_who_is_left_out_is_told_with_the_reason(page: Page) -> None:
    ask_eight_cores(page)
    page.get_by_text(re.compile(r"Not compared: \d+ candidates, with the reasons")).click()
    larger = page.get_by_role("region", name="CPU count is 32; asked was 8.")
    expect(larger.get_by_role("listitem")).to_contain_text("svc2.xxl")
    elsewhere = page.get_by_role("region", name="This site was left out.")
    expect(elsewhere.get_by_role("listitem")).to_contain_text("virtualbox-arch")


def test_constraints_come_from_what_machines_have(page: Page) -> None:
    page.goto("/find")
    page.get_by_role("combobox", name="Add a constraint").select_option(
        label="CPU count (cores): 1 to 32 cores"
    )
    box = page.get_by_role("group", name="CPU count (cores)")
    box.get_by_role("slider", name="At least").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(words(page)).to_contain_text("on at least 12 cores")
    expect(ranked(page)).to_have_count(4)
    page.get_by_role("combobox", name="Add a constraint").select_option(label="CPU model: 8 kinds")
    page.get_by_role("checkbox", name=re.compile("^AMD EPYC")).check()
    expect(ranked(page)).to_have_count(2)
    page.reload()
    expect(page.get_by_role("checkbox", name=re.compile("^AMD EPYC"))).to_be_checked()
    expect(box.get_by_role("slider", name="At least")).to_have_attribute("aria-valuetext", "≥ 12 cores")
    page.get_by_role("button", name="Clear all choices").click()
    expect(ranked(page)).to_have_count(20)
    page.get_by_role("button", name="Show all 21").click()
    expect(ranked(page)).to_have_count(21)


def test_older_results_can_be_left_out(page: Page) -> None:
    page.goto("/find")
    page.get_by_role("button", name="1 year", exact=True).click()
    expect(words(page)).to_have_text(re.compile(r"no candidate is left"))
    assert "since=" in page.url
    page.get_by_role("button", name="any age").click()
    expect(ranked(page)).to_have_count(20)


def test_per_core_and_split_and_baseline_change_the_ranking(page: Page) -> None:
    page.goto("/find")
    page.get_by_role("checkbox", name="Per core").check()
    expect(words(page)).to_contain_text("per core")
    page.get_by_role("checkbox", name="CPU count").check()
    expect(ranked(page).filter(has_text="virtualbox-arch")).to_have_count(5)
    page.get_by_role("combobox", name="Compare with").select_option(label="NCG-INGRID-PT svc2.l (8)")
    expect(ranked(page).filter(has_text="NCG-INGRID-PT svc2.l (")).to_contain_text("100 %")
    page.reload()
    expect(page.get_by_role("checkbox", name="Per core")).to_be_checked()


def test_a_baseline_that_is_no_candidate_any_more_gives_way_to_the_best(
    page: Page, complaints: Complaints
) -> None:
    complaints.expect("422")
    ask_eight_cores(page)
    page.get_by_role("combobox", name="Compare with").select_option(label="NCG-INGRID-PT svc2.l")
    expect(ranked(page).first).to_contain_text("106 %")
    page.get_by_role("button", name="16", exact=True).click()
    expect(words(page)).to_contain_text("on 16 cores")
    expect(page.get_by_text("is not among these candidates")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="8", exact=True).click()
    expect(ranked(page).first).to_contain_text("106 %")
    page.get_by_role("button", name="16", exact=True).click()
    page.get_by_role("button", name="Leave it at that").click()
    expect(page.get_by_text("is not among these candidates")).to_have_count(0)
    assert "baseline" not in page.url


def test_scaling_at_a_site_is_shown_with_laws(page: Page) -> None:
    page.goto("/find")
    page.get_by_role("button", name="Show how it scales at NCG-INGRID-PT").click()
    expect(page.get_by_text("32 cores are 28 times as fast as 1, an efficiency of 88 %")).to_be_visible()
    for what in ("speedup", "efficiency"):
        expect(
            page.get_by_role("img", name=f"Plot: {what} at NCG-INGRID-PT").locator("canvas")
        ).to_be_visible()
    expect(page.get_by_role("region", name="Scaling in numbers").get_by_role("row")).to_have_count(7)
    expect(page.get_by_text("S(n) = 1 / (s + (1 - s) / n)")).to_be_visible()
    page.get_by_role("combobox", name="Site whose scaling is shown").select_option(label="CESGA")
    expect(page.get_by_text("there are results for 1 core only")).to_be_visible()
    page.reload()
    expect(page.get_by_role("combobox", name="Site whose scaling is shown")).to_be_visible()


def test_every_term_is_explained_by_keyboard(page: Page) -> None:
    page.goto("/find")
    term = page.get_by_role("button", name="rank range")
    term.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tooltip")).to_have_text(
        "With 95 % certainty its true rank lies within this range."
    )
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)
    expect(term).to_be_focused()


@pytest.mark.parametrize(("name", "start"), [("CSV", b"rank,id,site"), ("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_the_ranking_can_be_taken_away(page: Page, name: str, start: bytes) -> None:
    ask_eight_cores(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download the ranking as {name}").click()
    content = download.value.path().read_bytes()
    assert content.startswith(start)
    if name != "PNG":
        assert b"hpc.8core-16ram" in content


def test_a_question_that_cannot_be_asked_says_why_and_leads_back(page: Page, complaints: Complaints) -> None:
    complaints.expect("422")
    page.goto("/find")
    expect(ranked(page)).to_have_count(20)
    page.goto(f"/find?{urlencode({'filters': 'no.such.path == 1'}, quote_via=quote)}")
    expect(page.get_by_role("alert")).to_contain_text("declares no field no.such.path")
    page.get_by_role("button", name="Remove the constraint no.such.path == 1").click()
    expect(ranked(page)).to_have_count(20)
