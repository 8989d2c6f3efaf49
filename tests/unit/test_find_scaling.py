"""Speedup and the laws of scaling, against scipy and published fits."""

from math import exp, log, sqrt

import numpy as np
import pytest
from scipy import optimize, stats

from eosc_perf.server.find import estimate, scaling

CORES = [1.0, 2, 4, 8, 16, 32, 64]


def test_amdahls_law_is_found_again() -> None:
    law = scaling.fit_amdahl(CORES, list(5 + scaling.amdahl(np.array(CORES), 0.05)))
    assert law is not None
    assert law.parameters["serial"] == pytest.approx(0.05)
    assert law.half == pytest.approx(21)


def test_the_universal_law_is_found_again_with_its_peak() -> None:
    law = scaling.fit_universal(CORES, list(scaling.universal(np.array(CORES), 0.03, 0.0005) - 2))
    assert law is not None
    assert law.parameters == pytest.approx({"contention": 0.03, "coherency": 0.0005})
    assert law.peak == pytest.approx(sqrt(0.97 / 0.0005))
    assert exp(scaling.universal(np.array([law.half or 0]), 0.03, 0.0005)[0]) == pytest.approx(
        (law.half or 0) / 2
    )


def test_perfect_scaling_has_no_knee() -> None:
    law = scaling.fit_universal(CORES, list(np.log(CORES)))
    assert law is not None
    assert (law.peak, law.half) == (None, None)


def test_two_numbers_of_cores_are_too_few_for_a_law() -> None:
    assert scaling.fit_amdahl([1, 2], [0, 0.6]) is None
    assert scaling.fit_universal([1, 2, 4], [0, 0.6, 1.2]) is None


def test_speedup_and_efficiency_are_against_the_fewest_cores() -> None:
    rates = [estimate.Estimate(1, -log(t), None, 0) for t in (100, 52, 30)]
    found = scaling.speedups([2, 4, 8], rates)
    assert [each.speedup for each in found] == pytest.approx([2, 200 / 52, 200 / 30])
    assert [each.efficiency for each in found] == pytest.approx([1, 100 / 104, 100 / 120])
    assert found[1].interval(1.0) is None


def estimated(times: tuple[float, ...]) -> estimate.Estimate:
    """Of the rate, as it has no rivals."""
    logs = -np.log(times)
    return estimate.estimates([estimate.moments(np.exp(logs).tolist())])[0]


def test_the_interval_of_a_speedup_is_welchs() -> None:
    slow, fast = (100.0, 104.0, 99.0), (50.0, 51.5, 49.0)
    rates = [estimated(times) for times in (slow, fast)]
    found = scaling.speedups([1, 2], rates)[1]
    expected = stats.ttest_ind(np.log(slow), np.log(fast), equal_var=False).confidence_interval(0.95)
    assert found.interval(found.speedup) == pytest.approx((exp(expected.low), exp(expected.high)))


# SPEC SDM91 on a Sun SPARCcenter 2000, and its fit as R's package usl 3.0 prints it, with standard errors. It
# fits throughput itself; here its logarithm is fitted, which weighs small loads more.
USERS = [1.0, 18, 36, 72, 108, 144, 216]
THROUGHPUT = [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2]
PUBLISHED = {"contention": (0.0277285, 0.0091217), "coherency": (0.0001044, 0.0000199)}


def test_the_universal_law_is_that_of_the_published_fit() -> None:
    def throughput(users: np.ndarray, rate: float, contention: float, coherency: float) -> np.ndarray:
        return rate * np.exp(scaling.universal(users, contention, coherency))

    found, covariance = optimize.curve_fit(throughput, USERS, THROUGHPUT, [65, 0.05, 1e-4])
    errors = np.sqrt(np.diag(covariance))
    for value, error, (published, published_error) in zip(
        found[1:], errors[1:], PUBLISHED.values(), strict=True
    ):
        assert value == pytest.approx(published, rel=1e-3)
        assert error == pytest.approx(published_error, rel=1e-2)
    contention, coherency = (value for value, _ in PUBLISHED.values())
    assert scaling.peak_of(contention, coherency) == pytest.approx(96.5, abs=0.1)


def test_the_fit_of_logarithms_agrees_with_the_published_one_within_the_errors() -> None:
    law = scaling.fit_universal(USERS, list(np.log(THROUGHPUT)))
    assert law is not None
    for name, (published, error) in PUBLISHED.items():
        assert law.parameters[name] == pytest.approx(published, abs=2 * error)
        low, high = law.ranges[name]
        assert low < law.parameters[name] < high
    low, high = law.peak_range or (0, None)
    assert low < 96.5 < (high or 0)


def test_parameters_have_the_intervals_of_the_linear_approximation() -> None:
    rates = scaling.universal(np.array(CORES), 0.05, 0.001) + np.random.default_rng(1).normal(0, 0.01, 7)
    law = scaling.fit_universal(CORES, list(rates))
    found, covariance = optimize.curve_fit(
        lambda cores, rate, a, b: rate + scaling.universal(cores, a, b), CORES, rates, [0, 0.05, 0.001]
    )
    half = stats.t.ppf(0.975, 4) * np.sqrt(np.diag(covariance))
    assert law is not None
    for place, name in enumerate(("contention", "coherency"), 1):
        expected = (found[place] - half[place], found[place] + half[place])
        assert law.ranges[name] == pytest.approx(expected, rel=1e-3)


def test_a_peak_that_may_not_exist_has_no_upper_end() -> None:
    rates = scaling.amdahl(np.array(CORES), 0.05) + np.array([0, 0.03, -0.03, 0.02, 0.01, 0.02, -0.03])
    law = scaling.fit_universal(CORES, list(rates))
    assert law is not None
    assert law.peak is not None
    assert law.ranges["coherency"][0] == 0
    low, high = law.peak_range or (0, 0)
    assert low >= 1
    assert high is None
