"""The page that finds a site, where there are several metrics, many runs, changes and gaps."""

import re
from typing import Any

import pytest
from factories import unique
from measurements import World
from playwright.sync_api import Page, expect

from .test_find import ranked, words

SERVER = "changing_server"


@pytest.fixture
def world(live_server: Any) -> Any:
    """Three flavors: one fast, one with a high rate, one in between that ran once."""
    with live_server.client("user") as user, live_server.client("admin") as admin:
        made = World(user, admin)
        made.fast = made.flavor(10.0, 10.1, 9.9, 10.05, rate=100)
        made.rate = made.flavor(20.0, 20.2, 19.9, 20.1, rate=390)
        made.once = made.flavor(14.0, rate=150)
        made.ask()  # the first question to a server loads its statistics
        yield made


def row(page: Page, place: int) -> Any:
    return ranked(page).nth(place)


def test_weights_decide_who_comes_first(page: Page, world: Any) -> None:
    page.goto(f"/find?metrics={world.metric('time')}&metrics={world.metric('rate')}")
    expect(words(page)).to_contain_text("over two metrics")
    leader = row(page, 0).get_by_role("button").first.inner_text()
    weight = page.get_by_role("slider", name=re.compile("^Weight of Time"))
    expect(weight).to_have_attribute("aria-valuetext", "50 %")
    weight.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect(weight).to_have_attribute("aria-valuetext", "89 %")
    expect(row(page, 0).get_by_role("button").first).not_to_have_text(leader)
    page.reload()
    expect(weight).to_have_attribute("aria-valuetext", "89 %")
    expect(page.get_by_text("Weights moved by a fifth:")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Leave out Rate")).click()
    expect(words(page)).to_contain_text("faster than")


def test_metrics_are_added_from_any_benchmark(page: Page, world: Any) -> None:
    page.goto(f"/find?metrics={world.metric('time')}")
    page.get_by_role("button", name="Other benchmark or metric…").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("slider", name=re.compile("^Weight of Rate"))).to_be_visible()
    expect(words(page)).to_contain_text("over two metrics")
    page.get_by_role("button", name="Other benchmark or metric…").click()
    page.get_by_role("combobox", name="Benchmark").fill("c-ray")
    page.get_by_role("option", name=re.compile("c-ray")).first.click()
    page.get_by_role("combobox", name="Metric", exact=True).select_option(label="Score (s), lower is better")
    page.get_by_role("button", name="Only this").click()
    expect(words(page)).to_contain_text("For c-ray")


def test_intervals_groups_and_ranks_tell_how_sure_it_is(page: Page, world: Any) -> None:
    page.goto(f"/find?metrics={world.metric('time')}")
    expect(row(page, 0)).to_contain_text("first, not clearly")
    expect(row(page, 0)).to_contain_text(re.compile(r"9\.\d+ to 10\.\d+"))
    expect(row(page, 0)).to_contain_text("rank 1 to 2")
    expect(row(page, 0)).not_to_contain_text("best:")
    expect(row(page, 1)).to_contain_text("single run")
    expect(row(page, 2)).to_contain_text("clearly behind")


def test_other_parameters_can_be_chosen(page: Page, world: Any) -> None:
    flavor = {"id": world.fast}
    world.run(flavor, 40.0, size=2)
    page.goto(f"/find?metrics={world.metric('time')}")
    expect(page.get_by_text("1 result with others stayed outside.")).to_be_visible()
    page.get_by_role("combobox", name="Parameters of").select_option(label="Size 2 (1 result, 1 candidate)")
    expect(ranked(page)).to_have_count(1)
    expect(page.get_by_role("button", name="Remove the constraint size == 2")).to_be_visible()
    page.get_by_role("combobox", name="Parameters of").select_option(label="those with most candidates")
    expect(ranked(page)).to_have_count(3)


def test_a_machine_that_changed_is_marked_and_its_course_is_shown(page: Page, world: Any) -> None:
    noise = (0.0, 0.1, -0.1, 0.05, -0.05, 0.02, -0.03, 0.08)
    world.flavor(*[30 + each for each in noise], *[25 + each for each in noise])
    page.goto(f"/find?metrics={world.metric('time')}")
    changed = ranked(page).filter(has_text="changed since")
    expect(changed).to_contain_text("changed since January 2024")
    changed.get_by_role("button").first.click()
    expect(
        page.get_by_role("img", name=re.compile("^Plot: Time over time")).locator("canvas")
    ).to_be_visible()
    expect(page.get_by_text(re.compile("one change in 16 runs"))).to_be_visible()


def test_a_machine_that_changes_little_by_little_is_marked_and_its_line_is_shown(
    page: Page, world: Any
) -> None:
    world.flavor(*(30 * 1.01**day + day % 3 / 10 for day in range(30)))
    page.goto(f"/find?metrics={world.metric('time')}")
    changed = ranked(page).filter(has_text="changed gradually")
    expect(changed).to_contain_text("changed gradually since January 2024")
    expect(ranked(page).filter(has_text="changed since")).to_have_count(0)
    answer = page.get_by_role("region", name="Answer")
    expect(answer).to_contain_text("has changed gradually since January 2024: Time has become 3")
    expect(answer).to_contain_text("leave out older results to compare machines as they are now")
    page.get_by_role("button", name="changed gradually").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tooltip")).to_contain_text("little by little")
    page.keyboard.press("Escape")
    changed.get_by_role("button").first.click()
    expect(page.get_by_text(re.compile("a trend in 30 runs; Time has become 3"))).to_be_visible()
    expect(
        page.get_by_role("img", name=re.compile("^Plot: Time over time")).locator("canvas")
    ).to_be_visible()


def test_scaling_leaves_out_older_results_like_the_ranking(page: Page, world: Any) -> None:
    flavor = {"id": world.flavor(40, cores=1)}
    world.run(flavor, 11, cores=4, day=40)
    site = world.user.get(f"/flavors/{flavor['id']}/site").json()["id"]
    asked = f"/find?metrics={world.metric('time')}&scaling={site}"
    page.goto(asked)
    expect(page.get_by_text("4 cores are 3.64 times as fast as 1")).to_be_visible()
    page.goto(f"{asked}&since=2024-02-01")
    expect(page.get_by_text("there are results for 4 cores only")).to_be_visible()


def test_estimates_are_shown_on_request_and_apart(page: Page, world: Any) -> None:
    cpu = unique("EPYC")
    world.flavor(11.0, 11.1, cores=16, cpu=cpu)
    world.flavor(11.2, 11.1, cores=16, cpu=cpu)
    page.goto(f"/find?metrics={world.metric('time')}")
    expect(page.get_by_role("region", name="Estimates")).to_have_count(0)
    page.get_by_role("checkbox", name="Estimate what is missing").check()
    expect(page.get_by_role("region", name="Estimates")).to_be_visible()
    assert "estimates=true" in page.url


def test_where_nobody_is_left_the_reasons_are_at_hand(page: Page, world: Any) -> None:
    page.goto(f"/find?metrics={world.metric('time')}&filters=cores+%3D%3D+64")
    expect(words(page)).to_contain_text("no candidate is left")
    expect(page.get_by_text(re.compile("Not compared: 3 candidates"))).to_be_visible()
