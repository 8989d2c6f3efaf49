"""One metric at one candidate: its centre and how sure that is, on the logarithmic scale.

The centre is the geometric mean over runs. The interval is Student's, of a variance that takes something from
the other candidates: a few runs that happen to agree would promise too much. See docs/statistics.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]

LEVEL = 0.95
SHARED_FREEDOM = 8.0
"""Degrees of freedom that the average variance of all candidates counts beside the candidate's own."""
LEAST_SPREADS = 3
"""With fewer candidates that ran repeatedly, nothing is said of those that ran once."""
RESOLUTION = 1e-4
"""Relative spread that is taken for granted: clocks and printed digits are no finer."""


@dataclass(frozen=True)
class Estimate:
    """mean and error: of the natural logarithm. error is None while nothing is known of run-to-run variation.

    lent: the error is that of other candidates, as this one ran once; it then counts for ranks only.
    """

    runs: int
    mean: float
    error: float | None
    freedom: float
    lent: bool = False

    @property
    def centre(self) -> float:
        return exp(self.mean)

    def interval(self) -> tuple[float, float] | None:
        """Of the centre, at LEVEL; None for a single run."""
        if self.error is None or self.lent:
            return None
        half = quantile(self.freedom) * self.error
        return exp(self.mean - half), exp(self.mean + half)


def quantile(freedom: float, level: float = LEVEL) -> float:
    """Half the width of a two-sided Student interval, in standard errors."""
    return float(stdtrit(freedom, (1 + level) / 2))


def estimates(
    runs: Sequence[int], means: Sequence[float], variances: Sequence[float | None]
) -> list[Estimate]:
    """For each candidate. means and variances (divided by runs - 1; None for one run): of ln(value)."""
    own = np.array([max(v or 0.0, RESOLUTION**2) for v in variances])
    freedom = np.array(runs, dtype=float) - 1
    repeated = freedom > 0
    shared = float(own[repeated].mean()) if repeated.any() else 0.0
    total = float(freedom[repeated].sum())
    lends = int(repeated.sum()) >= LEAST_SPREADS
    made = []
    for place, number in enumerate(runs):
        if number == 1:
            error = shared**0.5 if lends else None
            made.append(Estimate(1, means[place], error, min(SHARED_FREEDOM, total), lent=lends))
            continue
        borrowed = min(SHARED_FREEDOM, total - freedom[place])
        whole = float(freedom[place] + borrowed)
        variance = (borrowed * shared + freedom[place] * own[place]) / whole
        made.append(Estimate(number, means[place], float(variance / number) ** 0.5, whole))
    return made
