import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Complaints
from .test_results import rows

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


def test_results_that_cannot_be_drawn_are_listed_with_the_reason(page: Page) -> None:
    page.goto("/results?x=no.such.path")
    page.get_by_text("25 results not drawn: no value for no.such.path.").click()
    expect(page.get_by_role("group").get_by_role("link", name="svc2.xxl at NCG-INGRID-PT")).to_be_visible()


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
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the plot as CSV").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == 'id,site,flavor,group,CPU count (cores),"Score (s), lower is better"'
    assert len(lines) == 26


KINDS = {"Points": "scatter", "Lines": "line", "Bars": "bar", "Boxes": "box"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_chart_draws_every_site(page: Page, tmp_path: Path, kind: str) -> None:
    page.goto("/results")
    page.get_by_role("combobox", name="Kind of chart").select_option(label=kind)
    expect(page.get_by_role("img", name="Plot: Score by CPU count").locator("canvas")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the plot as SVG").click()
    svg = download.value.path().read_text()
    for colour in ("0072B2", "E69F00", "009E73", "CC79A7", "D55E00", "56B4E9"):
        assert colour.lower() in svg.lower(), f"{kind} lack {colour}"
    page.reload()
    expect(page.get_by_role("combobox", name="Kind of chart")).to_have_value(KINDS[kind])


def test_a_regression_tells_each_group_s_equation_and_fit(page: Page) -> None:
    page.goto("/results")
    page.get_by_role("button", name="More settings").click()
    page.get_by_role("combobox", name="Regression").select_option(label="power law")
    page.get_by_role("combobox", name="Error bars").select_option(label="smallest to largest")
    row = page.get_by_role("table", name="Regression").get_by_role("row", name="NCG-INGRID-PT")
    expect(row).to_contain_text("y = 810.3 x^−0.9648")
    expect(row).to_contain_text("0.9997")
    expect(page.get_by_role("row", name="CESGA none: needs 3 different x 1", exact=True)).to_be_visible()
    page.reload()
    expect(row).to_be_visible()


def test_scaling_is_told_against_the_fewest_cores_or_a_chosen_result(page: Page) -> None:
    page.goto("/results?q=ingrid")
    page.get_by_role("button", name="More settings").click()
    page.get_by_role("combobox", name="Scaling").select_option(label="Speedup")
    expect(page.get_by_role("img", name="Plot: Speedup of score by CPU count")).to_be_visible()
    assert plotted(page)["svc2.xxl"] == pytest.approx(787.30 / 28.08, rel=0.001)
    page.get_by_role("combobox", name="Scaling").select_option(label="Parallel efficiency")
    assert plotted(page)["svc2.xxl"] == pytest.approx(787.30 / 28.08 / 32, rel=0.001)
    rows(page).filter(has_text="svc2.l").get_by_role("checkbox").check()
    page.get_by_role("combobox", name="Baseline").select_option(label="selected: svc2.l at NCG-INGRID-PT, 8")
    assert plotted(page)["svc2.l"] == pytest.approx(1)
    page.get_by_role("combobox", name="Scaling").select_option(label="Speedup")
    page.goto(page.url + "&base=00000000-0000-4000-8000-000000000000")
    expect(page.get_by_role("combobox", name="Baseline")).to_have_value("")
    page.get_by_role("combobox", name="X axis").select_option(label="CPU model")
    expect(page.get_by_role("combobox", name="Scaling")).to_be_disabled()


def plotted(page: Page) -> dict[str, float]:
    """What the chart shows of each flavor, from its table."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the plot as CSV").click()
    table = csv.reader(io.StringIO(download.value.path().read_text()))
    return {row[2]: float(row[5]) for row in list(table)[1:]}


def test_points_are_coloured_by_what_one_likes(page: Page) -> None:
    page.goto("/results")
    page.get_by_role("button", name="More settings").click()
    page.get_by_role("combobox", name="Colour by").select_option(label="CPU model")
    groups = page.get_by_role("list", name="Groups in the plot").get_by_role("listitem")
    expect(groups).to_have_count(8)
    page.get_by_role("combobox", name="Colour by").select_option(label="another path…")
    page.get_by_role("textbox", name="Colour by: path").fill("test.name")
    page.keyboard.press("Enter")
    expect(groups).to_have_count(1)
    page.get_by_role("combobox", name="Colour by").select_option(label="tags")
    expect(groups).to_have_text(["published in 2021"])


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


def test_a_plot_is_the_same_whether_its_window_is_narrow_or_became_so(page: Page) -> None:
    narrow, wide = ({"width": width, "height": 900} for width in (500, 1300))
    page.set_viewport_size(narrow)
    page.goto("/results?kind=bar")
    page.wait_for_load_state("networkidle")
    page.get_by_role("img", name="Plot: ").locator("canvas").wait_for()
    drawn = "document.querySelector('.chart canvas').toDataURL()"
    at_first = page.evaluate(drawn)
    page.set_viewport_size(wide)
    page.wait_for_function(f"first => {drawn} !== first", arg=at_first)
    page.set_viewport_size(narrow)
    page.wait_for_function(f"first => {drawn} === first", arg=at_first)
