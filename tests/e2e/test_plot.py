from pathlib import Path

from playwright.sync_api import Page, expect

from .conftest import Complaints

COLOURED_PIXEL = """canvas => {
    const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const hits = [];
    for (let at = 0; at < data.length; at += 4) {
        const [red, green, blue] = data.slice(at, at + 3);
        if (Math.max(red, green, blue) - Math.min(red, green, blue) > 90) hits.push(at / 4);
    }
    const middle = hits[Math.floor(hits.length / 2)];
    const scale = canvas.clientWidth / canvas.width;
    return { x: (middle % width) * scale, y: Math.floor(middle / width) * scale };
}"""


def test_a_press_on_a_point_opens_its_result(page: Page) -> None:
    page.goto("/results?filters=machine.cpu.count+%3D%3D+32")
    expect(page.get_by_text("1 result", exact=True)).to_be_visible()
    canvas = page.get_by_role("img", name="Plot: Score by CPU count").locator("canvas")
    point = canvas.evaluate(COLOURED_PIXEL)
    canvas.hover(position=point)
    expect(page.get_by_text("NCG-INGRID-PT · svc2.xxl")).to_be_visible()
    canvas.click(position=point)
    expect(page.get_by_role("heading", name="svc2.xxl at NCG-INGRID-PT")).to_be_visible()


def test_axes_and_scales_are_chosen_and_kept_in_the_address(page: Page) -> None:
    page.goto("/results")
    page.get_by_role("combobox", name="X axis").select_option(label="CPU model")
    expect(page.get_by_role("img", name="Plot: Score by CPU model")).to_be_visible()
    expect(page.get_by_role("button", name="Logarithmic X axis")).to_be_disabled()
    page.get_by_role("combobox", name="Y axis").select_option(label="CPU count (cores)")
    page.get_by_role("button", name="Logarithmic Y axis").click()
    page.reload()
    expect(page.get_by_role("img", name="Plot: CPU count by CPU model")).to_be_visible()
    expect(page.get_by_role("button", name="Logarithmic Y axis")).to_have_attribute("aria-pressed", "false")


def test_results_that_cannot_be_drawn_are_counted_with_the_reason(page: Page) -> None:
    page.goto("/results?x=no.such.path")
    expect(page.get_by_text("25 results not drawn: no value for no.such.path.")).to_be_visible()


def test_the_plot_folds_away_and_stays_so(page: Page) -> None:
    page.goto("/results")
    page.get_by_role("button", name="Hide the plot").click()
    page.reload()
    expect(page.get_by_role("button", name="Show the plot")).to_be_visible()
    expect(page.locator("canvas")).to_have_count(0)


def test_the_plot_can_be_taken_away_as_a_picture(page: Page, tmp_path: Path) -> None:
    page.goto("/results")
    for name, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download the plot as {name}").click()
        download.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(start)
    assert b"NCG-INGRID-PT" in (tmp_path / "SVG").read_bytes()


def test_the_start_page_shows_an_answer_before_any_question(page: Page, complaints: Complaints) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Where should I run my work?")).to_be_visible()
    expect(page.get_by_text("25 results from 6 sites")).to_be_visible()
    expect(page.get_by_role("img", name="Plot: Score by CPU count").locator("canvas")).to_be_visible()
    best = (
        page.get_by_role("list").filter(has=page.get_by_role("link", name="svc2.xxl")).get_by_role("listitem")
    )
    expect(best.first).to_contain_text("NCG-INGRID-PT")
    page.get_by_role("link", name="Compare results").click()
    expect(page.get_by_role("heading", name="Results", exact=True)).to_be_visible()
