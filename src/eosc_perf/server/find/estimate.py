"""One metric at one candidate: its centre and how sure that is, on the logarithmic scale.

The centre is the geometric mean over runs. The interval is Student's of the candidate's own runs or, where
that is wider, one from the spread of all candidates: a few runs that happen to agree would promise too much.
Why, and how often this and its rivals are right: docs/statistics.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]

LEVEL = 0.95
SHARED_FREEDOM = 5.0
"""Degrees of freedom that the spread of all candidates adds to those of the candidate itself."""
FADING = 20.0
"""Degrees of freedom at which a candidate's own spread counts as much as that of all candidates."""
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
    counts = np.array(runs, dtype=float)
    if not (counts > 1).any():
        return [Estimate(number, mean, None, 0.0) for number, mean in zip(runs, means, strict=True)]
    errors, freedoms = uncertainty(counts, np.array([v or 0.0 for v in variances]))
    lends = int((counts > 1).sum()) >= LEAST_SPREADS
    made = []
    for number, mean, error, freedom in zip(runs, means, errors.tolist(), freedoms.tolist(), strict=True):
        known = number > 1 or lends
        made.append(Estimate(number, mean, error if known else None, freedom, lent=known and number == 1))
    return made


def uncertainty(runs: Floats, variances: Floats) -> tuple[Floats, Floats]:
    """Standard errors of means and their degrees of freedom, so that Student's intervals follow.

    The last axis of `variances` is that of the candidates, at least one of which ran repeatedly. A candidate
    that ran once gets what the others' spread says.
    """
    freedom = runs - 1
    repeated = freedom > 0
    own = np.maximum(variances, RESOLUTION**2)
    shared = own[..., repeated].mean(axis=-1, keepdims=True)
    everyone = repeated.sum() ** 2 / (1 / freedom[repeated]).sum()
    weight = 1 / (1 + (freedom / FADING) ** 2)
    mixed = weight * shared + (1 - weight) * own
    among = np.maximum(freedom, np.minimum(freedom + SHARED_FREEDOM, everyone))
    alone = np.where(repeated, stdtrit(np.maximum(freedom, 1), (1 + LEVEL) / 2), 0.0)
    wider = stdtrit(among, (1 + LEVEL) / 2) * np.sqrt(mixed) > alone * np.sqrt(own)
    return np.sqrt(np.where(wider, mixed, own) / runs), np.where(wider, among, freedom)
