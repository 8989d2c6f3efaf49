"""When a machine changed: change points in a series of runs, or a trend."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt

import numpy as np
import ruptures
from scipy import stats

from .estimate import Floats

LEAST_SEGMENT = 5
LEAST_RUNS = 2 * LEAST_SEGMENT
ALPHA = 0.001
LEAST_FACTOR = 0.01
"""Smaller changes than this are not told, however certain."""


@dataclass(frozen=True)
class Change:
    """place: of the first run after the change. factor: values after it, over those before it."""

    place: int
    factor: float


@dataclass(frozen=True)
class Trend:
    """ends: the line's values at the first and the last run."""

    ends: tuple[float, float]

    @property
    def factor(self) -> float:
        return self.ends[1] / self.ends[0]


@dataclass(frozen=True)
class Course:
    """What became of a series: lasting changes of level, or a trend in their place."""

    changes: list[Change]
    trend: Trend | None = None


def course(values: Sequence[float], times: Sequence[float]) -> Course:
    """times: of the runs, ascending, in any unit.

    Where changes are proposed, a straight line is tried in their place: it counts if Schwarz's (1978)
    criterion on ranks prefers it, and Kendall's test (Mann 1945) leaves no doubt. The line is that of Theil
    and Sen (1968).
    """
    series, at = np.log(np.array(values, dtype=float)), np.array(times, dtype=float)
    places = proposed(series, 0)
    if places and straight(series, at, places):
        slope, middle, *_ = stats.theilslopes(series, at)
        trend = Trend((exp(middle + slope * at[0]), exp(middle + slope * at[-1])))
        chance = float(stats.kendalltau(at, series).pvalue)
        if abs(log(trend.factor)) >= LEAST_FACTOR and discounted(chance, series - slope * at) < ALPHA:
            return Course([], trend)
    return Course(settled(series, places))


def straight(series: Floats, times: Floats, places: Sequence[int]) -> bool:
    """Whether a line, of two numbers, tells more than levels and the places of changes between them."""
    ranks, size = stats.rankdata(series), len(series)
    if np.ptp(times) == 0:
        return False
    levels = sum(float(np.var(part)) * len(part) for part in np.split(ranks, places))
    line = float(np.var(ranks)) * size * (1 - stats.pearsonr(times, ranks).statistic ** 2)
    return bool(line <= levels * size ** ((2 * len(places) - 1) / size))


def changes(values: Sequence[float]) -> list[Change]:
    """Lasting changes of level, oldest first. values: in the order of time."""
    series = np.log(np.array(values, dtype=float))
    return settled(series, proposed(series, 0))


def settled(series: Floats, tried: Sequence[int]) -> list[Change]:
    """What is tried is tested between its neighbours, and the weakest is dropped until all pass."""
    places = list(tried)
    while places:
        ends = [0, *places, len(series)]
        parts = [(series[a:b], series[b:c]) for a, b, c in zip(ends, ends[1:], ends[2:], strict=False)]
        doubts = [doubt(left, right) for left, right in parts]
        weakest = int(np.argmax(doubts))
        if doubts[weakest] < ALPHA:
            return [Change(at, exp(step(*part))) for at, part in zip(places, parts, strict=True)]
        del places[weakest]
    return []


def proposed(series: Floats, start: int) -> list[int]:
    """Places of changes by the optimal partition of the ranks (PELT: Killick, Fearnhead, Eckley 2012).

    Ranks, as runs may fall into clusters or far outside (Lung-Yut-Fong, Lévy-Leduc, Cappé 2015): the penalty
    then means the same for all kinds of noise. Parts are searched again, by ranks of their own.
    """
    if len(series) < LEAST_RUNS or np.ptp(series) == 0:
        return []
    ranks = stats.zscore(stats.rankdata(series)).reshape(-1, 1)
    search = ruptures.KernelCPD(kernel="linear", min_size=LEAST_SEGMENT).fit(ranks)
    ends = [0, *search.predict(pen=3 * log(len(series)))]
    if len(ends) == 2:
        return []
    found = []
    for begin, end in pairwise(ends):
        found += [*([start + begin] if begin else []), *proposed(series[begin:end], start + begin)]
    return found


def step(left: Floats, right: Floats) -> float:
    return float(right.mean() - left.mean())


def doubt(left: Floats, right: Floats) -> float:
    """The probability of such a difference by chance (Mann, Whitney 1947); 1 if it is too small to matter.

    Where neighbouring runs resemble each other, they tell less than their number (Bayley, Hammersley 1946).
    """
    if abs(step(left, right)) < LEAST_FACTOR:
        return 1.0
    return discounted(float(stats.mannwhitneyu(left, right).pvalue), left, right)


def discounted(chance: float, *parts: Floats) -> float:
    """A probability by chance, if neighbours within parts are as alike as they are."""
    alike = likeness(*parts)
    return float(2 * stats.norm.sf(stats.norm.isf(chance / 2) * sqrt((1 - alike) / (1 + alike))))


def likeness(*parts: Floats) -> float:
    """Correlation of neighbours within parts, by ranks; 0 unless it is beyond chance."""
    ranks = [stats.rankdata(part) - (len(part) + 1) / 2 for part in parts]
    square = sum(float((part**2).sum()) for part in ranks)
    product = sum(float((part[1:] * part[:-1]).sum()) for part in ranks)
    found = product / square if square else 0.0
    return found if found > 1.645 / sqrt(sum(map(len, parts))) else 0.0
