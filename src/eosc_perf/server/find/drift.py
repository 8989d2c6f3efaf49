"""When a machine changed: change points in a series of runs."""

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


def changes(values: Sequence[float]) -> list[Change]:
    """Lasting changes of level, oldest first. values: in the order of time.

    What is proposed is tested between its neighbours, and the weakest is dropped until all pass.
    """
    series = np.log(np.array(values, dtype=float))
    places = proposed(series, 0)
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
    chance = float(stats.mannwhitneyu(left, right).pvalue)
    alike = likeness(left, right)
    return float(2 * stats.norm.sf(stats.norm.isf(chance / 2) * sqrt((1 - alike) / (1 + alike))))


def likeness(left: Floats, right: Floats) -> float:
    """Correlation of neighbours within both parts, by ranks; 0 unless it is beyond chance."""
    both = [stats.rankdata(part) - (len(part) + 1) / 2 for part in (left, right)]
    square = sum(float((part**2).sum()) for part in both)
    product = sum(float((part[1:] * part[:-1]).sum()) for part in both)
    found = product / square if square else 0.0
    return found if found > 1.645 / sqrt(len(left) + len(right)) else 0.0
