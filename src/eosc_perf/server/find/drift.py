"""When a machine changed: change points in a series of runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
import ruptures
from scipy import stats

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
    """Change points of the logarithm's mean, oldest first. values: in the order of time.

    Segments by PELT (Killick, Fearnhead, Eckley 2012) in the implementation of ruptures, with the penalty of
    BIC; the noise is that of successive differences. A change then must pass Welch's test.
    """
    if len(values) < LEAST_RUNS:
        return []
    series = np.log(np.array(values))
    steps = np.abs(np.diff(series))
    noise = max(float(np.median(steps)) / (0.6745 * 2**0.5), 1e-4)
    search = ruptures.KernelCPD(kernel="linear", min_size=LEAST_SEGMENT).fit(series.reshape(-1, 1))
    ends = [0, *search.predict(pen=3 * noise**2 * log(len(series)))]
    found = []
    for before, at, after in zip(ends, ends[1:], ends[2:], strict=False):
        left, right = series[before:at], series[at:after]
        step = float(right.mean() - left.mean())
        if abs(step) >= LEAST_FACTOR and certain(left, right):
            found.append(Change(at, exp(step)))
    return found


def certain(left: np.ndarray, right: np.ndarray) -> bool:
    spread = max(left.std(), right.std())
    return spread < 1e-9 or bool(stats.ttest_ind(left, right, equal_var=False).pvalue < ALPHA)
