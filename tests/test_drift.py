"""A metric over time, and which values fields take."""

import httpx
import pytest
from answers import places
from factories import a_claim, a_flavor, made
from measurements import World


@pytest.fixture
def world(user: httpx.Client, admin: httpx.Client) -> World:
    return World(user, admin)


def test_a_step_is_told_with_what_was_before_and_after(world: World) -> None:
    flavor = world.flavor(*(10 + day % 3 / 20 for day in range(8)), *(13 + day % 3 / 20 for day in range(8)))
    answer = made(
        world.user.get("/drift", params={"metric": world.metric(), "flavor_id": flavor}), status=200
    )
    assert "one change in 16 runs" in answer["summary"]
    assert len(answer["points"]) == 16
    [change] = answer["changes"]
    assert change["factor"] == pytest.approx(1.3, rel=0.01)
    before, after = answer["segments"]
    assert (before["runs"], after["runs"]) == (8, 8)
    assert before["low"] < before["value"] < before["high"] < after["low"]
    assert after["start"] == change["at"]


def test_a_gradual_change_is_told_as_a_trend(world: World) -> None:
    flavor = world.flavor(*(10 * 1.01**day + day % 3 / 20 for day in range(40)))
    answer = made(
        world.user.get("/drift", params={"metric": world.metric(), "flavor_id": flavor}), status=200
    )
    assert "a trend in 40 runs; Time has become 4" in answer["summary"]
    assert answer["changes"] == []
    assert answer["trend"]["factor"] == pytest.approx(1.01**39, rel=0.02)
    assert answer["trend"]["start"] == answer["points"][0]["at"]
    ranking = world.ask()
    [metric] = ranking["candidates"][0]["metrics"]
    assert metric["changes"] == []
    assert metric["trend"]["factor"] == answer["trend"]["factor"]
    assert any(
        "has changed gradually since January 2024: Time has become" in note for note in ranking["notes"]
    )
    assert any(
        "leave out older results to compare machines as they are now" in note for note in ranking["notes"]
    )


def test_few_runs_are_no_series(world: World) -> None:
    flavor = world.flavor(10, 20)
    answer = world.user.get("/drift", params={"metric": world.metric(), "flavor_id": flavor}).json()
    assert "changes are looked for from 10 on" in answer["summary"]
    assert [each["value"] for each in answer["points"]] == [10, 20]


def test_a_rankings_number_leads_to_its_series(world: World) -> None:
    flavor = a_flavor(world.user, world.admin)
    for day in range(3):
        world.run(flavor, 10 + day, cpu="New", size=2, day=day)
        world.run(flavor, 20 + day, cpu="Old", size=2, day=day)
    candidate = world.ask(by="cpu")["candidates"][0]
    answer = made(world.user.get(candidate["metrics"][0]["drift"]), status=200)
    assert [each["value"] for each in answer["points"]] == [10, 11, 12]
    assert answer["parameters"] == [{"path": "size", "value": 2}]


def test_claimed_results_are_no_part_of_a_series(world: World) -> None:
    flavor = a_flavor(world.user, world.admin)
    world.run(flavor, 10)
    a_claim(world.user, world.run(flavor, 99, day=1))
    asked = {"metric": world.metric(), "flavor_id": flavor["id"]}
    assert [each["value"] for each in world.user.get("/drift", params=asked).json()["points"]] == [10]
    table = world.user.get("/drift", params=asked | {"format": "csv"}).text.splitlines()
    assert table[0] == "at,value,result_id"
    assert len(table) == 2


def test_a_series_of_an_unknown_flavor_is_refused(world: World) -> None:
    asked = {"metric": world.metric(), "flavor_id": world.benchmark["id"]}
    assert places(world.user.get("/drift", params=asked)) == ["flavor_id"]


def test_ranges_tell_which_values_fields_take(world: World) -> None:
    for time, cores in [(10, 4), (20, 4), (30, 16)]:
        world.flavor(time, cores=cores, note="a")
    answer = made(world.user.get(f"/benchmarks/{world.benchmark['id']}/ranges"), status=200)
    found = {each["path"]: each for each in answer["items"]}
    assert found["cores"] == {
        "path": "cores",
        "low": 4,
        "high": 16,
        "values": [{"value": 4, "results": 2}, {"value": 16, "results": 1}],
    }
    assert found["note"]["values"] == [{"value": "a", "results": 3}]
    assert (found["time"]["low"], found["time"]["high"]) == (10, 30)


def test_of_many_different_values_only_the_ends_are_told(world: World) -> None:
    flavor = a_flavor(world.user, world.admin)
    for number in range(51):
        world.run(flavor, 1 + number, cpu=f"cpu {number:02}", day=number)
    items = world.user.get(f"/benchmarks/{world.benchmark['id']}/ranges").json()["items"]
    found = {each["path"]: each for each in items}
    assert found["time"] == {"path": "time", "low": 1, "high": 51, "values": []}
    assert found["cpu"]["values"] == []
    assert found["cores"]["values"] == [{"value": 4, "results": 51}]


def test_a_benchmark_without_results_has_fields_without_values(world: World) -> None:
    items = world.user.get(f"/benchmarks/{world.benchmark['id']}/ranges").json()["items"]
    assert {"path": "cores", "values": []} in items
