import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from .conftest import Complaints


def rows(page: Page) -> Locator:
    return page.get_by_role("table", name="Results").locator("tbody tr:not([aria-hidden])")


def cells(page: Page, column: str) -> list[str]:
    """What a column shows, from top to bottom."""
    names = [
        name.split(" (")[0].rstrip("▲▼↕").strip()
        for name in page.get_by_role("columnheader").all_inner_texts()
    ]
    return rows(page).locator(f"td:nth-child({names.index(column) + 1})").all_inner_texts()


def numbers(page: Page, column: str) -> list[float]:
    return [float(text.replace(",", "")) for text in cells(page, column)]


def test_a_visitor_sees_all_results_with_units_and_the_plot_at_once(page: Page) -> None:
    page.goto("/results")
    expect(page.get_by_text("25 results", exact=True)).to_be_visible()
    expect(rows(page)).to_have_count(20)
    expect(page.get_by_role("columnheader", name="Score (s)")).to_be_visible()
    expect(page.get_by_role("img", name="Plot: Score by CPU count").locator("canvas")).to_be_visible()
    expect(page.get_by_role("button", name="Logarithmic Y axis")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("list", name="Sites in the plot").get_by_role("listitem")).to_have_count(6)


def test_a_press_on_a_header_puts_the_best_first_and_another_one_the_worst(page: Page) -> None:
    page.goto("/results")
    page.get_by_role("button", name="Score").click()
    expect(page.get_by_role("columnheader", name="Score")).to_have_attribute("aria-sort", "ascending")
    expect(rows(page).first).to_contain_text("svc2.xxl")
    assert numbers(page, "Score") == sorted(numbers(page, "Score"))
    page.get_by_role("button", name="Score").click()
    expect(rows(page).first).to_contain_text("CESGA")
    page.go_back()
    expect(rows(page).first).to_contain_text("svc2.xxl")


def test_every_column_can_be_sorted(page: Page) -> None:
    page.goto("/results")
    expect(rows(page)).to_have_count(20)
    buttons = page.get_by_role("columnheader").get_by_role("button")
    for number in range(buttons.count()):
        buttons.nth(number).click()
        header = page.locator("th").filter(has=page.locator("button")).nth(number)
        expect(header).not_to_have_attribute("aria-sort", "none")
        expect(page.get_by_role("region", name="Results")).to_have_attribute("aria-busy", "false")
    assert buttons.count() == page.get_by_role("columnheader").count()


def test_site_and_flavor_are_found_by_typing(page: Page) -> None:
    page.goto("/results")
    page.get_by_role("combobox", name="Site").fill("ifca")
    page.get_by_role("option", name="IFCA-LCG2").click()
    expect(page.get_by_text("5 results", exact=True)).to_be_visible()
    page.get_by_role("combobox", name="Flavor").press("ArrowDown")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(5)
    page.keyboard.type("cm4.4")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 result", exact=True)).to_be_visible()
    page.get_by_role("button", name="Clear Site").click()
    expect(page.get_by_text("25 results", exact=True)).to_be_visible()


def add_filter(page: Page, field: str, comparison: str, value: str) -> None:
    page.get_by_role("button", name="+ Filter").click()
    page.get_by_role("combobox", name="Field").select_option(label=field)
    page.get_by_role("combobox", name="Comparison").select_option(label=comparison)
    page.get_by_role("textbox", name="Value").fill(value)
    page.get_by_role("button", name="Apply").click()


def test_filters_narrow_the_table_and_the_plot_and_can_be_changed_and_removed(page: Page) -> None:
    page.goto("/results")
    add_filter(page, "CPU count (cores)", "is at least", "16")
    expect(rows(page)).to_have_count(3)
    expect(page.get_by_role("list", name="Sites in the plot").get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name="CPU count ≥ 16 cores").click()
    page.get_by_role("textbox", name="Value").fill("eight")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("This field holds numbers.")).to_be_visible()
    page.get_by_role("textbox", name="Value").fill("8")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(9)
    add_filter(page, "CPU model", "contains", "EPYC")
    expect(rows(page)).to_have_count(3)
    page.get_by_role("button", name=re.compile("Remove the filter machine.cpu.count")).click()
    expect(rows(page)).to_have_count(6)


def test_a_filter_may_name_any_path(page: Page) -> None:
    page.goto("/results")
    page.get_by_role("button", name="+ Filter").click()
    page.get_by_role("combobox", name="Field").select_option(label="another path…")
    page.get_by_role("textbox", name="Path").fill("result.samples.0")
    page.get_by_role("combobox", name="Comparison").select_option(label="is less than")
    page.get_by_role("textbox", name="Value").fill("60")
    page.get_by_role("button", name="Apply").click()
    expect(rows(page)).to_have_count(3)


def test_a_link_gives_a_colleague_the_same_view(page: Page, open_page: Callable[..., Page]) -> None:
    page.goto("/results")
    add_filter(page, "CPU count (cores)", "is at most", "8")
    page.get_by_role("button", name="Score").click()
    page.get_by_role("combobox", name="Results on a page").select_option("10")
    page.get_by_role("button", name="Next page").click()
    page.get_by_role("combobox", name="X axis").select_option(label="CPU clock (GHz)")
    page.get_by_role("button", name="Logarithmic Y axis").click()
    page.get_by_role("button", name="CESGA").click()
    expect(page.get_by_text("11–20 of 21")).to_be_visible()
    expect(page.get_by_role("region", name="Results")).to_have_attribute("aria-busy", "false")

    colleague = open_page()
    colleague.goto(page.url)
    expect(colleague.get_by_text("11–20 of 21")).to_be_visible()
    expect(colleague.get_by_role("img", name="Plot: Score by CPU clock")).to_be_visible()
    expect(colleague.get_by_role("button", name="Logarithmic Y axis")).to_have_attribute(
        "aria-pressed", "false"
    )
    expect(colleague.get_by_role("button", name="CESGA")).to_have_attribute("aria-pressed", "false")
    assert rows(colleague).all_inner_texts() == rows(page).all_inner_texts()


def test_pages_count_exactly_and_the_size_of_a_page_can_be_chosen(page: Page) -> None:
    page.goto("/results")
    expect(page.get_by_text("1–20 of 25")).to_be_visible()
    page.get_by_role("button", name="Last page").click()
    expect(page.get_by_text("21–25 of 25")).to_be_visible()
    expect(rows(page)).to_have_count(5)
    page.get_by_role("combobox", name="Results on a page").select_option("50")
    expect(page.get_by_text("1–25 of 25")).to_be_visible()


def test_where_nothing_matches_there_is_a_way_out(page: Page) -> None:
    page.goto("/results?filters=machine.cpu.count+%3E+1000")
    expect(page.get_by_text("No result matches")).to_be_visible()
    page.get_by_role("paragraph").get_by_role("button", name="Clear all choices").click()
    expect(page.get_by_text("25 results", exact=True)).to_be_visible()
    page.goto("/results?page=9")
    page.get_by_role("button", name="To the first page").click()
    expect(rows(page)).to_have_count(20)


def test_a_refused_request_says_why_and_offers_another_try(page: Page, complaints: Complaints) -> None:
    complaints.expect("422")
    page.goto("/results?filters=nonsense")
    expect(page.get_by_role("alert")).to_contain_text("filters")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.get_by_role("button", name="Remove the filter nonsense").click()
    expect(rows(page)).to_have_count(20)


def test_an_address_without_a_page_says_so(page: Page) -> None:
    page.goto("/no/such/page")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    page.get_by_role("link", name="All results").click()
    expect(rows(page)).to_have_count(20)
