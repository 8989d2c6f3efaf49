import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from .test_results import add_filter, rows


def line(page: Page, name: str) -> Locator:
    """The cells of one line of the comparison, without its name."""
    header = page.get_by_role("rowheader", name=name, exact=True)
    return page.get_by_role("row").filter(has=header).get_by_role("cell")


def compare_eight_cores(page: Page) -> None:
    page.goto("/results?sort_by=%2Bsite_name")
    add_filter(page, "CPU count (cores)", "is", "8")
    expect(rows(page)).to_have_count(5)
    for place in range(3):
        rows(page).nth(place).get_by_role("checkbox").check()
    page.get_by_role("link", name="Compare 3 selected").click()
    expect(page.get_by_role("heading", name="Compare", exact=True)).to_be_visible()


def test_what_is_ticked_is_compared_and_a_link_gives_a_colleague_the_same_view(
    page: Page, open_page: Callable[..., Page]
) -> None:
    compare_eight_cores(page)
    expect(line(page, "Score (s)")).to_have_count(3)
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("checkbox", name="Differences only").check()
    expect(line(page, "CPU count (cores)")).to_have_count(0)
    expect(line(page, "Score (s)").first).to_contain_text(re.compile(r"[\d.]+× (faster|slower)"))

    colleague = open_page()
    colleague.goto(page.url)
    expect(colleague.get_by_role("radio").nth(1)).to_be_checked()
    expect(colleague.get_by_role("checkbox", name="Differences only")).to_be_checked()
    seen = page.get_by_role("table", name="Comparison").inner_text()
    expect(colleague.get_by_role("table", name="Comparison")).to_have_text(seen, use_inner_text=True)


def test_ratios_say_what_is_faster_than_the_baseline(page: Page) -> None:
    page.goto("/compare?q=ingrid+svc2.x&sort_by=%2Bjson.machine.cpu.count")
    scores = line(page, "Score (s)")
    expect(scores).to_have_text(["55.71", re.compile(r"28\.08.*1\.98× faster")])
    page.get_by_role("radio", name="svc2.xxl at NCG-INGRID-PT is the baseline").check()
    expect(scores).to_have_text([re.compile(r"55\.71.*1\.98× slower"), "28.08"])
    expect(line(page, "CPU count (cores)").first).to_have_text(re.compile(r"16.*0\.50×"))


def test_lines_are_searched_and_columns_taken_out(page: Page) -> None:
    compare_eight_cores(page)
    page.get_by_role("searchbox", name="Search names and values").fill("samples.1")
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_role("searchbox", name="Search names and values").fill("zebra")
    expect(page.get_by_text("Nothing holds “zebra”.")).to_be_visible()
    page.get_by_role("button", name="Show everything").click()
    page.get_by_role("button", name=re.compile("^Take .* out$")).first.click()
    expect(line(page, "Score (s)")).to_have_count(2)


def test_from_a_comparison_one_looks_at_a_result_and_at_the_list_and_comes_back(page: Page) -> None:
    compare_eight_cores(page)
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("columnheader").nth(2).get_by_role("link").click()
    page.get_by_role("main").get_by_role("link", name="‹ Compare").click()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.get_by_role("link", name="Change the selection").click()
    expect(page.get_by_role("combobox", name="Benchmark")).to_have_value(
        "thechristophe/openbench-c-ray:latest"
    )
    expect(page.get_by_role("link", name="Compare 3 selected")).to_be_visible()


def test_all_that_match_can_be_compared_up_to_twenty(page: Page) -> None:
    page.goto("/results")
    expect(page.get_by_text("Select results to compare them.")).to_be_visible()
    page.get_by_role("link", name="Compare the first 20").click()
    expect(page.get_by_text("These are the first 20 of 25 matching results.")).to_be_visible()
    page.go_back()
    page.get_by_role("searchbox", name="Search names and tags").fill("ifca")
    page.get_by_role("link", name="Compare all 5").click()
    expect(line(page, "Score (s)")).to_have_count(5)
    page.goto("/compare")
    expect(page.get_by_text("These are the first 20 of 25 matching results.")).to_be_visible()


def test_a_link_to_what_is_not_there_says_so_and_leads_on(page: Page) -> None:
    page.goto("/compare?ids=00000000-0000-4000-8000-000000000000")
    expect(page.get_by_text("1 result of this link is not listed any more.")).to_be_visible()
    page.get_by_role("link", name="Select results").click()
    expect(rows(page)).to_have_count(20)


def test_the_first_column_stays_on_a_small_screen(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto("/compare?q=ifca")
    name = page.get_by_role("rowheader", name="Score (s)", exact=True)
    expect(name).to_be_visible()
    before = name.bounding_box()
    page.get_by_role("region", name="Comparison").evaluate("box => box.scrollBy(300, 0)")
    assert name.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_many_results_are_printed_in_parts_with_the_baseline_in_each(page: Page) -> None:
    page.goto("/compare")
    expect(page.get_by_role("table", name="Comparison")).to_have_count(1)
    baseline = page.get_by_role("columnheader").nth(1).get_by_role("link").inner_text()
    page.emulate_media(media="print")
    parts = page.get_by_role("table", name="Comparison")
    expect(parts).to_have_count(4)
    for place in range(4):
        expect(parts.nth(place).get_by_role("columnheader").nth(1)).to_contain_text(baseline)
    assert sum(parts.nth(place).get_by_role("columnheader").count() - 2 for place in range(4)) == 19
    page.emulate_media(media="screen")
    expect(parts).to_have_count(1)
    assert page.pdf(format="A4").count(b"/Type /Page\n") >= 3
