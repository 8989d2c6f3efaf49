"""Choosing, ticking and arranging results."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .test_results import cells, numbers, rows


def test_words_tags_and_dates_narrow_the_list(page: Page) -> None:
    page.goto("/results")
    page.get_by_role("searchbox", name="Search names and tags").fill("cesnet standard")
    expect(rows(page)).to_have_count(3)
    page.get_by_role("button", name="+ Tag").click()
    page.get_by_role("combobox", name="Tag").press("ArrowDown")
    page.get_by_role("option", name="published in 2021").click()
    expect(page.get_by_text("tagged published in 2021")).to_be_visible()
    expect(rows(page)).to_have_count(3)
    page.get_by_role("button", name="+ Dates").click()
    page.get_by_label("Executed from").fill("2021-12-31")
    page.get_by_label("Executed to").fill("2021-12-31")
    page.get_by_role("button", name="Apply").click()
    expect(rows(page)).to_have_count(3)
    page.get_by_role("button", name="Executed 2021-12-31 to 2021-12-31").click()
    page.get_by_label("Executed to").fill("2021-12-30")
    expect(page.get_by_text("The last day is before the first one.")).to_be_visible()
    page.get_by_label("Executed from").fill("")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("No result matches")).to_be_visible()
    page.reload()
    expect(page.get_by_role("searchbox", name="Search names and tags")).to_have_value("cesnet standard")
    page.get_by_role("button", name="Remove the dates of executed").click()
    expect(rows(page)).to_have_count(3)
    page.get_by_role("button", name="Clear all choices").click()
    expect(page.get_by_text("25 results", exact=True)).to_be_visible()
    expect(page.get_by_role("searchbox", name="Search names and tags")).to_have_value("")


def test_ticks_stay_across_pages_choices_and_links(page: Page, open_page: Callable[..., Page]) -> None:
    page.goto("/results?per_page=10&sort_by=%2Bsite_name")
    expect(rows(page)).to_have_count(10)
    page.get_by_role("checkbox", name="Select all on this page").check()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("11–20 of 25")).to_be_visible()
    expect(page.get_by_role("region", name="Results")).to_have_attribute("aria-busy", "false")
    rows(page).first.get_by_role("checkbox").check()
    expect(page.get_by_text("11 selected", exact=True)).to_be_visible()
    page.get_by_role("button", name="Next page").click()
    page.get_by_role("button", name="Show only these").click()
    expect(page.get_by_text("1–10 of 11")).to_be_visible()

    colleague = open_page()
    colleague.goto(page.url)
    expect(colleague.get_by_text("1–10 of 11")).to_be_visible()
    expect(colleague.get_by_role("checkbox", name="Select all on this page")).to_be_checked()
    colleague.get_by_role("button", name="Clear the selection").click()
    expect(colleague.get_by_text("1–10 of 25")).to_be_visible()
    expect(colleague.get_by_role("checkbox", name="Select all on this page")).not_to_be_checked()


def test_quick_ticks_are_all_kept(page: Page) -> None:
    page.goto("/results")
    expect(rows(page)).to_have_count(20)
    page.evaluate("document.querySelectorAll('tbody input').forEach((box) => box.click())")
    expect(page.get_by_text("20 selected", exact=True)).to_be_visible()
    page.go_back()
    expect(page).to_have_url("about:blank")


def test_any_path_becomes_a_column_and_columns_are_moved_and_removed_by_keyboard(
    page: Page, open_page: Callable[..., Page]
) -> None:
    page.goto("/results")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("combobox", name="Add a column").select_option(label="another path…")
    page.get_by_role("textbox", name="Path of the column").fill("result.samples.0")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Add a column").select_option(label="Uploaded")
    move = page.get_by_role("button", name="Move Score (s) to the left")
    move.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(move).to_be_focused()
    page.get_by_role("button", name="Remove the column CPU model").focus()
    page.keyboard.press("Enter")
    headers = page.get_by_role("columnheader")
    expect(headers.first).to_contain_text("Score")
    expect(headers.filter(has_text="CPU model")).to_have_count(0)
    page.get_by_role("columnheader", name="result.samples.0").get_by_role("button").click()
    expect(page.get_by_role("region", name="Results")).to_have_attribute("aria-busy", "false")
    assert numbers(page, "result.samples.0") == sorted(numbers(page, "result.samples.0"))

    colleague = open_page()
    colleague.goto(page.url)
    expect(rows(colleague)).to_have_count(20)
    assert colleague.get_by_role("columnheader").all_inner_texts() == headers.all_inner_texts()
    colleague.get_by_role("button", name="Columns").click()
    colleague.get_by_role("button", name="The usual columns").click()
    expect(colleague.get_by_role("columnheader").first).to_contain_text("Site")


def test_the_way_from_question_to_comparison_needs_no_mouse(page: Page) -> None:
    page.goto("/results")
    expect(rows(page)).to_have_count(20)
    page.get_by_role("searchbox", name="Search names and tags").focus()
    page.keyboard.type("cesnet")
    expect(rows(page)).to_have_count(4)
    reach(page, "button", "Score")
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Score")).to_have_attribute("aria-sort", "ascending")
    expect(rows(page).first).to_contain_text("hpc.8core-16ram")
    reach(page, "checkbox", "Select hpc.8core-16ram at CESNET-MCC")
    page.keyboard.press("Space")
    reach(page, "checkbox", "Select standard.large at CESNET-MCC")
    page.keyboard.press("Space")
    reach(page, "link", "Compare 2 selected", backwards=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Compare", exact=True)).to_be_visible()
    reach(page, "radio", "hpc.8core-16ram at CESNET-MCC is the baseline")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    expect(page.get_by_role("cell", name="2.44× faster")).to_be_visible()


def reach(page: Page, role: str, name: str, backwards: bool = False) -> None:
    """Walks there with the Tab key alone."""
    target = page.get_by_role(role, name=name)  # type: ignore[arg-type]
    for _ in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"the Tab key does not reach {name}")


def test_nothing_is_lost_at_390_pixels(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto("/results?selected=x")
    expect(rows(page)).to_have_count(20)
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("button", name="+ Dates").click()
    page.get_by_role("button", name="More settings").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    rows(page).first.get_by_role("checkbox").check()
    assert cells(page, "Site")
