"""Change points: found where they are, and seldom where there is only noise."""

import numpy as np
import pytest

from eosc_perf.server.find import drift

SEED = 3
NOISES = ["normal", "clusters", "outliers", "rounded"]


def noise(kind: str, runs: int, dice: np.random.Generator) -> np.ndarray:
    """Logarithms."""
    calm = dice.normal(0, 0.01, runs)
    if kind == "clusters":
        return calm + 0.1 * (dice.random(runs) < 0.25)
    if kind == "outliers":
        return calm + 0.3 * (dice.random(runs) < 0.03)
    return np.round(calm, 2) if kind == "rounded" else calm


def found(logs: np.ndarray) -> list[drift.Change]:
    return drift.changes(list(100 * np.exp(logs)))


@pytest.mark.parametrize("runs", [12, 60, 200])
@pytest.mark.parametrize("kind", NOISES)
def test_noise_is_seldom_taken_for_a_change(kind: str, runs: int) -> None:
    dice = np.random.default_rng(SEED)
    assert sum(bool(found(noise(kind, runs, dice))) for _ in range(150)) <= 3


@pytest.mark.parametrize("kind", NOISES)
def test_a_step_is_found_where_it_is(kind: str) -> None:
    logs = noise(kind, 60, np.random.default_rng(SEED))
    logs[40:] += np.log(1.2)
    [change] = found(logs)
    assert abs(change.place - 40) <= 2
    assert change.factor == pytest.approx(1.2, rel=0.05)


def test_each_of_two_steps_is_found_however_unequal() -> None:
    logs = noise("normal", 90, np.random.default_rng(SEED))
    logs[30:] += np.log(2)
    logs[60:] += np.log(1.05)
    assert [change.place for change in found(logs)] == [30, 60]


def test_one_odd_run_is_no_change() -> None:
    logs = noise("normal", 40, np.random.default_rng(SEED))
    logs[20] += 1
    assert found(logs) == []


def test_a_change_too_small_to_matter_is_not_told() -> None:
    assert found(np.repeat([0.0, 0.004], 50) + noise("normal", 100, np.random.default_rng(SEED)) / 20) == []


def test_few_runs_and_runs_all_alike_have_no_changes() -> None:
    assert found(np.array([0.0, 0, 0, 0, 1, 1, 1, 1])) == []
    assert found(np.zeros(50)) == []


@pytest.mark.parametrize("kind", ["normal", "outliers", "rounded"])
def test_a_trend_is_told_as_a_trend(kind: str) -> None:
    """Runs are not evenly spread over time."""
    times = np.sort(np.random.default_rng(SEED).uniform(0, 1000, 100))
    logs = noise(kind, 100, np.random.default_rng(SEED)) + np.log(1.1) * times / 1000
    course = drift.course((100 * np.exp(logs)).tolist(), times.tolist())
    assert course.changes == []
    assert course.trend is not None
    assert course.trend.factor == pytest.approx(1.1, rel=0.02)
    assert course.trend.ends[0] == pytest.approx(100, rel=0.02)


def test_steps_are_no_trend() -> None:
    for before in (20, 50, 80):
        logs = noise("normal", 100, np.random.default_rng(SEED))
        logs[before:] += 0.05
        course = drift.course((100 * np.exp(logs)).tolist(), range(100))
        assert course.trend is None
        assert [change.place for change in course.changes] == [before]


def test_noise_has_no_trend() -> None:
    dice = np.random.default_rng(SEED)
    trends = [drift.course(np.exp(noise("normal", 60, dice)).tolist(), range(60)).trend for _ in range(150)]
    assert sum(each is not None for each in trends) <= 1
