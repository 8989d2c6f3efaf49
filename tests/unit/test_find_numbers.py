"""The computing behind rankings, against scipy, published numbers and what must hold of every ranking."""

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

from eosc_perf.server.find import combine, estimate, ranks
from eosc_perf.server.find.ranks import Group

SEED = 7


def estimated(*candidates: tuple[float, ...]) -> list[estimate.Estimate]:
    return estimate.estimates([estimate.moments(values) for values in candidates])


def shift(values: tuple[float, ...]) -> float:
    """Johnson's (1978), of which n / (n + 30) counts."""
    runs, t = len(values), stats.t.ppf(0.975, len(values) - 1)
    of_all = stats.skew(np.log(values)) * (2 * t**2 + 1) / (6 * sqrt(runs)) * stats.sem(np.log(values))
    return float(of_all * runs / (runs + 30))


@pytest.mark.parametrize("values", [(105.4, 101.2, 108.8, 103.3), (100, 101, 99, 100, 102, 98, 101, 140)])
def test_a_candidate_alone_gets_the_interval_of_students_t_moved_to_where_odd_runs_lie(
    values: tuple[float, ...],
) -> None:
    [alone] = estimated(values)
    expected = stats.ttest_1samp(np.log(values), 0).confidence_interval(0.95)
    assert alone.centre == pytest.approx(stats.gmean(values))
    ends = exp(expected.low + shift(values)), exp(expected.high + shift(values))
    assert alone.interval() == pytest.approx(ends)
    assert alone.shift > 0


def test_two_runs_get_an_interval_a_ninth_wider_than_students() -> None:
    [pair] = estimated((100.0, 104.0))
    expected = stats.ttest_1samp(np.log((100, 104)), 0).confidence_interval(0.95)
    assert width(pair) == pytest.approx(1.11 * (expected.high - expected.low))


@given(some.lists(some.floats(1, 100), min_size=2, max_size=60))
def test_the_centre_lies_within_its_interval(values: list[float]) -> None:
    [alone] = estimated(tuple(values))
    low, high = alone.interval() or (0, 0)
    assert low < alone.centre < high


def test_runs_that_lie_evenly_move_nothing() -> None:
    [even] = estimated((90.0, 100.0, 100 / 0.9))
    assert even.shift == pytest.approx(0, abs=1e-12)


QUIET = (100.0, 101.0, 99.0)
OTHERS = [(50.0, 55.0, 60.0), (80.0, 80.1, 79.8), (20.0, 21.0, 19.5)]


def test_a_few_runs_that_agree_take_from_the_spread_of_all() -> None:
    first, *_ = estimated(QUIET, *OTHERS)
    own = np.log(QUIET).var(ddof=1)
    shared = np.mean([np.log(each).var(ddof=1) for each in (QUIET, *OTHERS)])
    weight = 1 / (1 + (2 / 24) ** 2)
    half = stats.t.ppf(0.975, 7) * sqrt((weight * shared + (1 - weight) * own) / 3)
    middle = first.mean + shift(QUIET)
    assert first.interval() == pytest.approx((exp(middle - half), exp(middle + half)))


def test_candidates_that_are_not_asked_for_lend_their_spread_too() -> None:
    known = [estimate.moments(each) for each in (QUIET, *OTHERS)]
    [alone] = estimate.estimates(known[:1], known)
    assert alone == estimate.estimates(known)[0]
    assert alone != estimate.estimates(known[:1])[0]


def test_who_lends_nothing_gets_no_less_than_its_own_interval() -> None:
    [mine] = estimate.estimates([estimate.moments(QUIET)], [])
    assert mine == estimated(QUIET)[0]


RUNS = some.lists(some.floats(10, 20), min_size=2, max_size=8)


@given(some.lists(RUNS, min_size=1, max_size=6))
def test_an_interval_is_never_narrower_than_students_of_the_own_runs(candidates: list[list[float]]) -> None:
    for values, made in zip(candidates, estimated(*map(tuple, candidates)), strict=True):
        half = stats.t.ppf(0.975, len(values) - 1) * np.log(values).std(ddof=1) / sqrt(len(values))
        assert width(made) >= 2 * half * (1 - 1e-9)


def test_with_many_runs_the_own_spread_decides() -> None:
    dice = np.random.default_rng(SEED)
    quiet, loud = (tuple(np.exp(dice.normal(3, sigma, 200))) for sigma in (0.01, 0.1))
    [alone], [beside, _] = estimated(quiet), estimated(quiet, loud)
    assert alone.error is not None
    assert beside.error == pytest.approx(alone.error, rel=1.1)


def test_a_single_run_gets_no_interval_whatever_the_others_have() -> None:
    repeated = [(10.0, 11.0), (20.0, 21.0), (30.0, 31.0)]
    assert estimated((5.0,))[0].interval() is None
    assert estimated((5.0,))[0].error is None
    single, *_ = estimated((5.0,), *repeated)
    assert single.lent
    assert single.error is not None
    assert single.interval() is None


def test_runs_that_agree_to_the_last_digit_are_not_taken_for_certain() -> None:
    [same] = estimated((5.0, 5.0, 5.0))
    low, high = same.interval() or (0, 0)
    assert low < 5 < high


def test_more_runs_narrow_the_interval_on_average() -> None:
    dice = np.random.default_rng(SEED)
    widths = [
        np.mean([width(estimated(*np.exp(dice.normal(0, 0.05, (6, runs))))[0]) for _ in range(200)])
        for runs in (2, 3, 5, 10, 30)
    ]
    assert widths == sorted(widths, reverse=True)


def width(made: estimate.Estimate) -> float:
    low, high = made.interval() or (0, 0)
    return log(high / low)


def scored(
    values: list[list[float]],
    lower: list[bool],
    *,
    weights: list[float] | None = None,
    missing: combine.Missing = "require",
    baseline: list[float] | None = None,
) -> combine.Scores:
    means = np.log(np.array(values))
    gained = combine.gains(means, lower)
    errors = np.full_like(gained, 0.01)
    start = combine.best_of(gained) if baseline is None else combine.gains(np.log([baseline]), lower)[0]
    weighed = np.array(weights or [1.0] * len(lower))
    return combine.combine(gained, errors, errors * 0 + 5, weighed, missing=missing, baseline=start)


def test_several_metrics_are_the_weighted_geometric_mean_of_ratios() -> None:
    found = scored([[10, 200], [20, 100]], [True, False], weights=[3, 1], baseline=[10, 100])
    expected = [stats.gmean([1, 2], weights=[3, 1]), stats.gmean([0.5, 1], weights=[3, 1])]
    assert np.exp(found.score) == pytest.approx(expected)
    assert found.error == pytest.approx([sqrt(0.75**2 + 0.25**2) * 0.01] * 2)


def test_the_degrees_of_freedom_of_a_score_are_those_of_satterthwaite() -> None:
    found = scored([[10, 200]], [True, False], weights=[1, 1])
    assert found.freedom == pytest.approx([10])


def test_the_errors_of_metrics_from_the_same_runs_add_up() -> None:
    gained = np.log([[1.0, 2, 3]])
    errors, freedoms = np.array([[0.03, 0.01, 0.04]]), np.array([[2.0, 9, 5]])
    found = combine.combine(
        gained, errors, freedoms, np.ones(3), missing="require", baseline=np.zeros(3), sources=[0, 1, 0]
    )
    assert found.error == pytest.approx([sqrt(0.07**2 + 0.01**2) / 3])
    assert found.freedom == pytest.approx([(0.07**2 + 0.01**2) ** 2 / (0.07**4 / 2 + 0.01**4 / 9)])


def test_the_shift_of_independent_metrics_is_that_of_their_third_moments() -> None:
    variances, thirds, t = np.array([0.04, 0.01]), np.array([0.006, -0.0005]), 2.5
    weights, factor = np.array([0.75, 0.25]), (2 * t**2 + 1) / 6
    found = combine.combine(
        np.zeros((1, 2)),
        np.sqrt(variances)[None],
        np.full((1, 2), 9.0),
        weights,
        missing="require",
        baseline=np.zeros(2),
        shifts=(factor * thirds / variances)[None],
        sources=[0, 1],
    )
    together = factor * (weights**3 * thirds).sum() / (weights**2 * variances).sum()
    assert found.shift == pytest.approx([together])


@pytest.mark.parametrize(
    ("missing", "expected", "coverage"),
    [
        ("require", [1.0, None], [1.0, 0.75]),
        ("ignore", [1.0, 0.5], [1.0, 0.75]),
        ("penalize", [1.0, 0.5**0.75], [1.0, 0.75]),
    ],
)
def test_a_missing_metric_is_treated_as_asked(
    missing: combine.Missing, expected: list[float | None], coverage: list[float]
) -> None:
    found = scored([[10, 100], [20, np.nan]], [True, False], weights=[3, 1], missing=missing)
    shown = [None if np.isnan(each) else exp(each) for each in found.score]
    assert shown == [each if each is None else pytest.approx(each) for each in expected]
    assert found.coverage == pytest.approx(coverage)


def test_weights_are_moved_one_by_one() -> None:
    gained = combine.gains(np.log([[10.0, 100.0], [10.9, 110.0]]), [True, False])
    found = combine.winners_of_tilted_weights(
        gained, np.array([1.0, 1.0]), missing="require", baseline=combine.best_of(gained)
    )
    assert [(metric, factor) for metric, factor, _ in found] == [(0, 0.8), (0, 1.2), (1, 0.8), (1, 1.2)]
    assert [winner for *_, winner in found] == [1, 0, 0, 1]


VALUES = some.lists(some.floats(0.1, 1000), min_size=2, max_size=12, unique_by=lambda each: round(each, 3))


def order(values: list[float], *, lower: bool) -> list[int]:
    return list(np.argsort(-scored([[each] for each in values], [lower]).score, kind="stable"))


@given(VALUES)
def test_swapping_better_reverses_a_ranking_by_one_metric(values: list[float]) -> None:
    assert order(values, lower=True) == order(values, lower=False)[::-1]


@given(VALUES, some.floats(1.001, 10))
def test_a_worse_candidate_never_changes_the_order_of_the_others(values: list[float], worse: float) -> None:
    assert order([*values, max(values) * worse], lower=True)[:-1] == order(values, lower=True)


@settings(max_examples=30, deadline=None)
@given(VALUES, some.sampled_from([1e-3, 60.0, 1e6]))
def test_the_unit_of_a_metric_changes_nothing(values: list[float], factor: float) -> None:
    before = scored([[each] for each in values], [True])
    after = scored([[each * factor] for each in values], [True])
    assert after.score == pytest.approx(before.score)
    assert list(np.argsort(-after.score)) == list(np.argsort(-before.score))


def test_the_same_seed_draws_the_same_ranks_to_the_last_digit() -> None:
    scores, errors, freedoms = np.array([0.0, -0.01, -0.5]), np.full(3, 0.02), np.full(3, 6.0)
    seed = ranks.seed_of("the question")
    first, again = (ranks.simulate(scores, errors, freedoms, seed, [True, True, False]) for _ in range(2))
    assert first == again
    assert (first.low, first.high) == ([1, 1, 3], [2, 2, 3])
    assert sum(first.first) == pytest.approx(1)


def test_the_probability_of_being_first_is_that_of_the_difference() -> None:
    found = ranks.simulate(np.array([0.0, -0.03]), np.full(2, 0.02), np.full(2, 1e6), SEED, [True, True])
    assert found.first[0] == pytest.approx(stats.norm.cdf(0.03 / (0.02 * sqrt(2))), abs=0.02)


def test_nobody_has_no_rank() -> None:
    nobody = np.array([])
    assert ranks.simulate(nobody, nobody, nobody, SEED, []) == ranks.Ranks([], [], [])


def test_who_may_be_the_best_has_a_range_that_begins_at_the_first_rank() -> None:
    scores, errors, freedoms = np.linspace(0.03, 0, 100), np.full(100, 0.05), np.full(100, 8.0)
    groups = ranks.groups(scores, errors, freedoms, [False] * 100)
    found = ranks.simulate(scores, errors, freedoms, SEED, [each is not Group.BEHIND for each in groups])
    assert set(groups) == {Group.CLOSE}
    assert set(found.low) == {1}
    assert max(found.first) < 0.05


NAN = float("nan")


BEST, CLOSE, BEHIND, UNKNOWN = Group.BEST, Group.CLOSE, Group.BEHIND, Group.UNKNOWN


@pytest.mark.parametrize(
    ("scores", "errors", "once", "expected"),
    [
        ([0, -0.5, -0.6], [0.01] * 3, [], [BEST, BEHIND, BEHIND]),
        ([0, -0.01, -0.6], [0.01] * 3, [], [CLOSE, CLOSE, BEHIND]),
        ([0], [0.01], [], [BEST]),
        # Nobody lends a spread.
        ([0, -0.5], [NAN, NAN], [0, 1], [UNKNOWN, UNKNOWN]),
        ([0, -0.5, -0.6], [0.01, NAN, 0.01], [1], [CLOSE, UNKNOWN, BEHIND]),
        ([0, -0.5], [NAN, 0.01], [0], [UNKNOWN, UNKNOWN]),
        ([0, -0.5, -0.9], [NAN, 0.01, 0.01], [0], [UNKNOWN, UNKNOWN, BEHIND]),
        # With a lent one, a single run may be behind, but never the best nor better than another.
        ([0, -0.5, -0.6], [0.01] * 3, [2], [BEST, BEHIND, BEHIND]),
        ([0, -0.01, -0.6], [0.01] * 3, [1], [CLOSE, UNKNOWN, BEHIND]),
        ([0, -0.5, -0.9], [0.01] * 3, [0], [UNKNOWN, UNKNOWN, BEHIND]),
        ([0, -0.5], [0.01] * 2, [0, 1], [UNKNOWN, UNKNOWN]),
    ],
)
def test_groups_say_who_can_be_told_from_the_best(
    scores: list[float], errors: list[float], once: list[int], expected: list[Group]
) -> None:
    single = [place in once for place in range(len(scores))]
    freedoms = np.full(len(scores), 8.0)
    assert ranks.groups(np.array(scores, float), np.array(errors), freedoms, single) == expected


def test_a_single_run_has_no_chances_but_takes_some_of_the_others() -> None:
    scores, freedoms = np.array([0, -0.01, -0.02]), np.full(3, 8.0)
    groups = [Group.UNKNOWN, Group.CLOSE, Group.CLOSE]
    lent, unknown = (
        ranks.chances(
            scores, np.array([error, 0.02, 0.02]), freedoms, [True, False, False], groups, seed=SEED
        )
        for error in (0.02, NAN)
    )
    assert lent[0] == unknown[0] == (None, None, None)
    assert 0.1 < (lent[1][0] or 0) < 0.4
    assert unknown[1:] == [(None, 1, 3), (None, 1, 3)]


def test_the_true_best_is_rarely_called_behind_though_twenty_are_equal() -> None:
    dice = np.random.default_rng(SEED)
    behind = 0
    for _ in range(500):
        errors, freedoms = np.full(20, 0.01), np.full(20, 1e6)
        found = ranks.groups(dice.normal(0, 0.01, 20), errors, freedoms, [False] * 20)
        behind += found[0] is Group.BEHIND
    assert behind / 500 < 0.05
