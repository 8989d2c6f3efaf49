"""One metric at one candidate: its centre and how sure that is, on the logarithmic scale.

The centre is the geometric mean over runs. The interval is Student's of the candidate's own runs or, where
that is wider, one from the spread of all candidates: a few runs that happen to agree would promise too much.
It is moved towards the side on which odd runs lie (Johnson 1978). Why, and how often this and its rivals are
right: docs/statistics.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]

LEVEL = 0.95
SHARED_FREEDOM = 5.0
"""Degrees of freedom that the spread of all candidates adds to those of the candidate itself."""
FADING = 24.0
"""Degrees of freedom at which a candidate's own spread counts as much as that of all candidates."""
PAIR = 1.11
"""How much wider than Student's the interval of two runs is: at 95.5 %, as they may hide clusters."""
SKEWED = 30.0
"""Number of runs from which on more than half of their skewness is believed: that of few runs is chance."""
LEAST_SPREADS = 3
"""With fewer candidates that ran repeatedly, nothing is said of those that ran once."""
RESOLUTION = 1e-4
"""Relative spread that is taken for granted: clocks and printed digits are no finer."""


class Summary(Protocol):
    """What is needed of runs: of ln(value), variance divided by runs - 1, None for one run."""

    @property
    def runs(self) -> int: ...
    @property
    def mean(self) -> float: ...
    @property
    def variance(self) -> float | None: ...
    @property
    def skewness(self) -> float: ...


@dataclass(frozen=True)
class Moments:
    """A Summary of values that are at hand."""

    runs: int
    mean: float
    variance: float | None
    skewness: float


@dataclass(frozen=True)
class Shared:
    """What candidates that ran repeatedly tell of each other: the mean of their variances."""

    variance: Floats
    freedom: float
    candidates: int


@dataclass(frozen=True)
class Estimate:
    """mean and error: of the natural logarithm. error is None while nothing is known of run-to-run variation.

    shift: of the interval's middle from the mean. lent: the error is that of other candidates, as this one
    ran once; it then counts for ranks only.
    """

    runs: int
    mean: float
    error: float | None
    freedom: float
    shift: float = 0.0
    lent: bool = False

    @property
    def centre(self) -> float:
        return exp(self.mean)

    def interval(self) -> tuple[float, float] | None:
        """Of the centre, at LEVEL; None for a single run."""
        if self.error is None or self.lent:
            return None
        half, middle = quantile(self.freedom) * self.error, self.mean + self.shift
        return exp(middle - half), exp(middle + half)


def quantile(freedom: float, level: float = LEVEL) -> float:
    """Half the width of a two-sided Student interval, in standard errors."""
    return float(stdtrit(freedom, (1 + level) / 2))


def moments(values: Sequence[float]) -> Moments:
    """Of the logarithms of positive values."""
    logs = np.log(np.array(values, dtype=float))
    variance = float(logs.var(ddof=1)) if len(logs) > 1 else None
    return Moments(len(logs), float(logs.mean()), variance, skewness(float(logs.var()), third(logs)))


def third(logs: Floats) -> float:
    return float(((logs - logs.mean()) ** 3).mean())


def skewness(variance: float, third: float) -> float:
    """Of the second and third central moment, both divided by the number of runs."""
    return float(third / max(variance, RESOLUTION**2) ** 1.5)


def estimates(seen: Sequence[Summary], among: Sequence[Summary] | None = None) -> list[Estimate]:
    """For each candidate. among: all whose spread counts, asked for or not; without it, those seen."""
    common = shared(*columns(seen if among is None else among))
    runs, variances = columns(seen)
    errors, freedoms = uncertainty(runs, variances, common)
    shifts = shifted(runs, variances, np.array([each.skewness for each in seen], dtype=float))
    lends = common.candidates >= LEAST_SPREADS
    made = []
    for each, error, freedom, shift in zip(
        seen, errors.tolist(), freedoms.tolist(), shifts.tolist(), strict=True
    ):
        once = each.runs == 1
        known = lends or not once
        made.append(
            Estimate(each.runs, each.mean, error if known else None, freedom, shift, lent=known and once)
        )
    return made


def columns(seen: Sequence[Summary]) -> tuple[Floats, Floats]:
    return (
        np.array([each.runs for each in seen], dtype=float),
        np.array([each.variance or 0.0 for each in seen], dtype=float),
    )


def shared(runs: Floats, variances: Floats) -> Shared:
    """The last axis of `variances` is that of the candidates; those that ran once say nothing."""
    freedom = runs - 1
    repeated = freedom > 0
    number = int(repeated.sum())
    if not number:
        return Shared(np.zeros((*variances.shape[:-1], 1)), 0.0, 0)
    known = np.maximum(variances[..., repeated], RESOLUTION**2)
    everyone = float(number**2 / (1 / freedom[repeated]).sum())
    return Shared(known.mean(axis=-1, keepdims=True), everyone, number)


def uncertainty(runs: Floats, variances: Floats, common: Shared) -> tuple[Floats, Floats]:
    """Standard errors of means and their degrees of freedom, so that Student's intervals follow.

    The last axis of `variances` is that of the candidates. One that ran once gets what the others' spread
    says.
    """
    freedom = runs - 1
    own = np.maximum(variances, RESOLUTION**2) * np.where(freedom == 1, PAIR**2, 1.0)
    weight = 1 / (1 + (freedom / FADING) ** 2)
    mixed = weight * common.variance + (1 - weight) * own
    among = np.maximum(freedom, np.minimum(freedom + SHARED_FREEDOM, common.freedom))
    alone = np.where(freedom > 0, stdtrit(np.maximum(freedom, 1), (1 + LEVEL) / 2), 0.0)
    wider = stdtrit(np.maximum(among, 1), (1 + LEVEL) / 2) * np.sqrt(mixed) > alone * np.sqrt(own)
    return np.sqrt(np.where(wider, mixed, own) / runs), np.where(wider, among, freedom)


def shifted(runs: Floats, variances: Floats, skewnesses: Floats) -> Floats:
    """How far the middle of each interval lies from the mean, as a mean of skewed runs is skewed itself.

    That of few runs is hardly known, so only a part of it counts.
    """
    t = stdtrit(np.maximum(runs - 1, 1), (1 + LEVEL) / 2)
    error = np.sqrt(np.maximum(variances, RESOLUTION**2) / runs)
    moved: Floats = skewnesses * (2 * t**2 + 1) / (6 * np.sqrt(runs)) * error * runs / (runs + SKEWED)
    return moved
