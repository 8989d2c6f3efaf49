"""Estimates for what nobody measured: only on request, labelled, as wide as the method goes wrong."""

from collections.abc import Iterator
from math import exp, log

import httpx
import numpy as np
import pytest
from conftest import Server
from factories import Json, a_flavor, a_site, made
from measurements import World
from scipy import stats


@pytest.fixture
def world(user: httpx.Client, admin: httpx.Client) -> World:
    return World(user, admin)


@pytest.fixture(scope="module")
def demo(demo_server: Server) -> Iterator[httpx.Client]:
    with demo_server.client() as client:
        yield client


def with_equal_hardware(world: World, *times: float, **hardware: object) -> list[str]:
    return [world.flavor(time, **hardware) for time in times]


def test_nothing_is_estimated_unless_asked_for(world: World) -> None:
    with_equal_hardware(world, 10, 11, 12, 13, cpu="A")
    assert "estimates" not in world.ask()
    assert world.ask(estimates=True)["estimates"] == []


def test_a_flavor_gets_the_value_of_equal_hardware_elsewhere(user: httpx.Client, admin: httpx.Client) -> None:
    first, second = World(user, admin), World(user, admin)
    times = {"A": [10.0, 11.0, 12.0], "B": [20.0, 21.0, 23.0]}
    for cpu, each in times.items():
        with_equal_hardware(first, *each, cpu=cpu)
    lacking = second.flavor(50, cpu="A")
    unknown = second.flavor(50, cpu="C")
    answer = first.ask(first.metric(), second.metric(), estimates=True, missing="ignore")
    mine = [each for each in answer["estimates"] if each["benchmark_id"] == first.benchmark["id"]]
    assert [each["flavor"]["id"] for each in mine] == [lacking]
    assert unknown not in str(mine)
    squares = sum(np.log(each).var() * len(each) for each in times.values())
    half = stats.t.ppf(0.975, 4) * (squares / 4 * (1 + 1 / 3)) ** 0.5
    centre = stats.gmean(times["A"])
    [estimate] = mine
    assert estimate["value"] == pytest.approx(centre, rel=1e-6)
    assert (estimate["low"], estimate["high"]) == pytest.approx(
        (centre * exp(-half), centre * exp(half)), rel=1e-6
    )
    assert estimate["method"] == "same hardware"
    assert "CPU A" in estimate["basis"]


def test_an_estimate_never_enters_the_ranking(user: httpx.Client, admin: httpx.Client) -> None:
    first, second = World(user, admin), World(user, admin)
    with_equal_hardware(first, 10, 11, 12, 13, cpu="A")
    second.flavor(50, cpu="A")
    asked = {"missing": "ignore"}
    plain = first.ask(first.metric(), second.metric(), **asked)
    estimated = first.ask(first.metric(), second.metric(), **asked, estimates=True)
    assert estimated["estimates"]
    assert plain == {name: value for name, value in estimated.items() if name != "estimates"}


def test_results_with_other_parameters_tell_the_hardware(world: World) -> None:
    with_equal_hardware(world, 10, 11, 12, 13, cpu="A", size=1)
    other = world.flavor(99, cpu="A", size=2)
    [estimate] = world.ask(estimates=True, filters="size == 1")["estimates"]
    assert estimate["flavor"]["id"] == other


def test_without_enough_to_try_it_on_nothing_is_estimated(user: httpx.Client, admin: httpx.Client) -> None:
    first, second = World(user, admin), World(user, admin)
    with_equal_hardware(first, 10, 11, cpu="A")
    second.flavor(50, cpu="A")
    assert first.ask(first.metric(), second.metric(), estimates=True, missing="ignore")["estimates"] == []


def sized(world: World, times: dict[int, float], *, cpu: str = "A") -> Json:
    """A site with a flavor for each number of cores."""
    site = a_site(world.user, world.admin)
    for cores, time in times.items():
        flavor = a_flavor(world.user, world.admin, site=site)
        world.run(flavor, time, cores=cores, cpu=cpu)
    return site


def test_a_size_that_a_site_lacks_lies_between_its_neighbours(world: World) -> None:
    for shift in (1.0, 1.1, 0.9):
        sized(world, {1: 100, 4: 25 * shift, 16: 6.5})
    site = sized(world, {2: 60, 8: 16})
    answer = world.ask(filters="cores == 4", estimates=True)
    [estimate] = answer["estimates"]
    assert estimate["site"]["id"] == site["id"]
    assert estimate["method"] == "between sizes"
    assert "flavor" not in estimate
    assert estimate["value"] == pytest.approx((60 * 16) ** 0.5, rel=1e-6)
    missed = [log(25 * shift) - (log(100) + log(6.5)) / 2 for shift in (1.0, 1.1, 0.9)]
    half = stats.t.ppf(0.975, 3) * np.mean(np.square(missed)) ** 0.5
    assert estimate["high"] / estimate["value"] == pytest.approx(exp(half), rel=1e-5)


def test_sizes_of_different_hardware_and_beyond_the_largest_are_not_estimated(world: World) -> None:
    for _ in range(3):
        sized(world, {1: 100, 4: 25, 16: 6.5})
    site = sized(world, {2: 60})
    flavor = a_flavor(world.user, world.admin, site=site)
    world.run(flavor, 16, cores=8, cpu="B")
    assert world.ask(filters="cores == 4", estimates=True)["estimates"] == []
    assert world.ask(filters="cores == 32", estimates=True)["estimates"] == []


def test_sites_that_were_left_out_neither_get_nor_give_estimates(world: World) -> None:
    sites = [sized(world, {1: 100, 4: 25, 16: 6.5}) for _ in range(3)]
    sized(world, {2: 60, 8: 16})
    left_out = [each["id"] for each in sites]
    assert world.ask(filters="cores == 4", exclude_site_ids=left_out, estimates=True)["estimates"] == []


def test_published_sizes_are_estimated_between_those_that_were_measured(demo: httpx.Client) -> None:
    [benchmark] = demo.get("/benchmarks").json()["items"]
    asked = {"metrics": benchmark["id"], "filters": "machine.cpu.count == 12", "estimates": True}
    answer = made(demo.get("/rankings", params=asked), status=200)
    assert [each["name"] for each in answer["candidates"]] == ["VirtualboxTestbed virtualbox-arch"]
    found = {each["site"]["name"]: each for each in answer["estimates"]}
    assert set(found) == {"IFCA-LCG2", "NCG-INGRID-PT"}
    assert 55.7 < found["NCG-INGRID-PT"]["low"] < found["NCG-INGRID-PT"]["value"] < 111.8


def test_a_size_that_nobody_has_is_estimated_too(demo: httpx.Client) -> None:
    [benchmark] = demo.get("/benchmarks").json()["items"]
    asked = {"metrics": benchmark["id"], "filters": "machine.cpu.count == 6", "estimates": True}
    answer = made(demo.get("/rankings", params=asked), status=200)
    assert answer["candidates"] == []
    found = {each["site"]["name"]: each["value"] for each in answer["estimates"]}
    assert set(found) == {each["name"] for each in demo.get("/sites").json()["items"]} - {"CESGA"}
    share = log(6 / 4) / log(8 / 4)
    samples = [np.mean([211.99, 211.048, 215.121]), np.mean([110.276, 111.788, 113.46])]
    expected = samples[0] ** (1 - share) * samples[1] ** share
    assert found["NCG-INGRID-PT"] == pytest.approx(expected, rel=1e-3)
