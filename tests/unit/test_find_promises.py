"""What must hold of every ranking, whatever the numbers."""

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from eosc_perf.server.find import combine, estimate, ranks

SEED = 11
MISSING: list[combine.Missing] = ["require", "ignore", "penalize"]


@some.composite
def tables(draw: some.DrawFn) -> tuple[np.ndarray, np.ndarray, list[bool]]:
    """Logarithms (candidates, metrics; nan: no value), weights, whether lower is better."""
    size, metrics = draw(some.integers(2, 6)), draw(some.integers(1, 4))
    value = some.floats(-3, 3) | some.just(float("nan"))
    rows = draw(
        some.lists(some.lists(value, min_size=metrics, max_size=metrics), min_size=size, max_size=size)
    )
    whole = draw(some.lists(some.floats(-3, 3), min_size=metrics, max_size=metrics))
    weights = draw(some.lists(some.floats(0.1, 10), min_size=metrics, max_size=metrics))
    lower = draw(some.lists(some.booleans(), min_size=metrics, max_size=metrics))
    return np.array([whole, *rows]), np.array(weights), lower


def scores(
    means: np.ndarray, weights: np.ndarray, lower: list[bool], missing: combine.Missing
) -> combine.Scores:
    gained = combine.gains(means, lower)
    errors = np.where(np.isnan(gained), np.nan, 0.01)
    return combine.combine(
        gained, errors, errors * 0 + 5, weights, missing=missing, baseline=combine.best_of(gained)
    )


def with_a_worse_one(means: np.ndarray, lower: list[bool], by: float) -> np.ndarray:
    worst = np.where(lower, np.nanmax(means, axis=0) + by, np.nanmin(means, axis=0) - by)
    return np.vstack([means, worst])


@settings(deadline=None)
@given(tables(), some.floats(0.01, 3), some.sampled_from(["require", "ignore"]))
def test_a_worse_candidate_changes_no_others_score(
    table: tuple[np.ndarray, np.ndarray, list[bool]], by: float, missing: combine.Missing
) -> None:
    means, weights, lower = table
    before = scores(means, weights, lower, missing)
    after = scores(with_a_worse_one(means, lower, by), weights, lower, missing)
    assert after.score[:-1] == pytest.approx(before.score, abs=1e-12, nan_ok=True)
    assert after.error[:-1] == pytest.approx(before.error, abs=1e-12, nan_ok=True)


@settings(deadline=None)
@given(tables(), some.floats(0.01, 3))
def test_a_worse_candidate_lowers_only_those_that_are_penalized(
    table: tuple[np.ndarray, np.ndarray, list[bool]], by: float
) -> None:
    means, weights, lower = table
    before = scores(means, weights, lower, "penalize").score
    after = scores(with_a_worse_one(means, lower, by), weights, lower, "penalize").score[:-1]
    whole = ~np.isnan(means).any(axis=1)
    assert after[whole] == pytest.approx(before[whole], abs=1e-12)
    assert (after <= before + 1e-12).all()
    for gaps in np.unique(np.isnan(means), axis=0):
        alike = (np.isnan(means) == gaps).all(axis=1)
        moved = (after - before)[alike]
        assert moved == pytest.approx(np.full(len(moved), moved[0]), abs=1e-12)


@settings(deadline=None)
@given(tables(), some.sampled_from([1e-3, 60.0, 1e6]), some.sampled_from(MISSING))
def test_the_unit_of_a_metric_changes_no_score(
    table: tuple[np.ndarray, np.ndarray, list[bool]], factor: float, missing: combine.Missing
) -> None:
    means, weights, lower = table
    moved = means.copy()
    moved[:, 0] += log(factor)
    before, after = (scores(each, weights, lower, missing) for each in (means, moved))
    assert after.score == pytest.approx(before.score, abs=1e-9, nan_ok=True)


RUNS = some.lists(some.lists(some.floats(1, 100), min_size=2, max_size=6), min_size=2, max_size=5)


def estimated(candidates: list[list[float]]) -> list[estimate.Estimate]:
    return estimate.estimates([estimate.moments(each) for each in candidates])


def arrays(made: list[estimate.Estimate], sign: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    means = np.array([sign * each.mean for each in made])
    return means, np.array([each.error for each in made]), np.array([each.freedom for each in made])


@settings(deadline=None)
@given(RUNS, some.sampled_from([1e-3, 60.0]))
def test_the_unit_of_runs_changes_no_interval_and_no_group(
    candidates: list[list[float]], factor: float
) -> None:
    before, after = estimated(candidates), estimated([[factor * run for run in each] for each in candidates])
    for one, other in zip(before, after, strict=True):
        assert other.interval() == pytest.approx([factor * end for end in one.interval() or ()])
    means = arrays(before)[0]
    if len({round(each, 6) for each in means}) == len(means):
        repeated = [False] * len(means)
        assert ranks.groups(*arrays(before), repeated) == ranks.groups(*arrays(after), repeated)


@settings(deadline=None)
@given(RUNS)
def test_swapping_better_reverses_the_order_and_the_chances(candidates: list[list[float]]) -> None:
    first, last = (arrays(estimated(candidates), sign) for sign in (1, -1))
    assert (np.argsort(-first[0], kind="stable") == np.argsort(last[0], kind="stable")).all()
    assert (first[1] == last[1]).all()


def mean_width(runs: list[int], spreads: list[float], family: str, of: int = 0) -> float:
    """Of the interval of one candidate among others, over many draws."""
    dice = np.random.default_rng(SEED)
    variances = []
    for number, spread in zip(runs, spreads, strict=True):
        size = (4000, number)
        logs = dice.normal(0, 1, size) if family == "normal" else np.log(dice.gamma(4, 1, size))
        if family == "clusters":
            logs = dice.normal(0, 0.1, size) + (dice.random(size) < 0.25)
        variances.append(spread**2 * logs.var(axis=1, ddof=1))
    counts, known = np.array(runs, float), np.stack(variances, axis=1)
    errors, freedoms = estimate.uncertainty(counts, known, estimate.shared(counts, known))
    halves = [estimate.quantile(freedom) for freedom in np.unique(freedoms[:, of])]
    by_freedom = dict(zip(np.unique(freedoms[:, of]).tolist(), halves, strict=True))
    return float(
        np.mean([by_freedom[f] * e for f, e in zip(freedoms[:, of].tolist(), errors[:, of], strict=True)])
    )


@pytest.mark.parametrize("family", ["normal", "gamma", "clusters"])
@pytest.mark.parametrize("spread", [0.01, 0.03, 0.1])
@pytest.mark.parametrize("others", [0, 1, 4])
def test_more_runs_of_a_candidate_never_widen_its_interval_on_average(
    family: str, spread: float, others: int
) -> None:
    spreads = [spread, *[0.03] * others]
    widths = [
        mean_width([runs, *[4] * others], spreads, family) for runs in (2, 3, 4, 5, 6, 8, 12, 20, 40, 100)
    ]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("family", ["normal", "gamma", "clusters"])
@pytest.mark.parametrize("spread", [0.01, 0.03, 0.1])
def test_more_runs_of_the_others_never_widen_an_interval_on_average(family: str, spread: float) -> None:
    spreads = [0.03, *[spread] * 4]
    widths = [mean_width([4, *[runs] * 4], spreads, family) for runs in (2, 3, 5, 10, 40)]
    assert max(widths) == widths[0]
