"""Several metrics as one score: the weighted geometric mean of ratios to a baseline.

Arrays have a row for each candidate and a column for each metric; everything is a natural logarithm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .estimate import Floats

Missing = Literal["require", "ignore", "penalize"]
TILT = 0.2


@dataclass(frozen=True)
class Scores:
    """score: ln of the ratio to the baseline, more is better; nan for a candidate that is left out.

    shift: of an interval's middle from the score. error is nan while nothing is known of run-to-run
    variation; coverage: the share of the weights that the candidate has values for.
    """

    score: Floats
    error: Floats
    freedom: Floats
    shift: Floats
    coverage: Floats


def gains(means: Floats, lower: Sequence[bool]) -> Floats:
    """Turned so that more is better: a time of one half is a gain of ln 2."""
    turned: Floats = np.where(np.array(lower), -means, means)
    return turned


def combine(
    gained: Floats,
    errors: Floats,
    freedoms: Floats,
    weights: Floats,
    *,
    missing: Missing,
    baseline: Floats,
    shifts: Floats | None = None,
    sources: Sequence[int] | None = None,
) -> Scores:
    """gained: see `gains`, nan where there is no value. baseline: one gain for each metric.

    sources: which metrics come from the same runs; without it, none. Their errors may go together and add up;
    those of different sources are independent, with degrees of freedom by Satterthwaite (1946). The baseline
    counts as exact. shifts: of the gains; of independent errors each counts as its share in the variance, as
    third moments add up.
    """
    moved = np.zeros_like(gained) if shifts is None else shifts
    present = ~np.isnan(gained)
    coverage: Floats = (present * weights).sum(axis=1) / weights.sum()
    if missing == "penalize":
        gained, errors, freedoms, moved = penalized(gained, errors, freedoms, moved)
        present = np.ones_like(present)
    share = present * weights
    if missing == "require":
        share = np.where(present.all(axis=1, keepdims=True), share, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = share / share.sum(axis=1, keepdims=True)
        score = np.where(share > 0, share * (gained - baseline), 0.0).sum(axis=1)
        parts = np.where(share > 0, share * errors, 0.0)
        moved = np.where(share > 0, share * moved, 0.0)
        least = np.where(share > 0, freedoms, np.inf)
        if sources is not None:
            parts, moved, least = by_source(parts, moved, least, np.array(sources))
        variance = (parts**2).sum(axis=1)
        freedom = variance**2 / (parts**4 / least).sum(axis=1)
        shift = (moved * parts**2).sum(axis=1) / variance
    left_out = np.isnan(share).any(axis=1)
    score[left_out] = variance[left_out] = np.nan
    return Scores(score, np.sqrt(variance), freedom, shift, coverage)


def by_source(
    parts: Floats, shifts: Floats, freedoms: Floats, sources: NDArray[np.int_]
) -> tuple[Floats, Floats, Floats]:
    """A column for each source: the sums of errors and shifts, and the fewest degrees of freedom."""
    of = [sources == source for source in np.unique(sources)]
    return (
        np.stack([parts[:, each].sum(axis=1) for each in of], axis=1),
        np.stack([shifts[:, each].sum(axis=1) for each in of], axis=1),
        np.stack([freedoms[:, each].min(axis=1) for each in of], axis=1),
    )


def penalized(gained: Floats, *others: Floats) -> tuple[Floats, ...]:
    """A missing value is the worst that any candidate has, with its error and all else."""
    worst = np.nanargmin(gained, axis=0)
    column = np.arange(gained.shape[1])
    gone = np.isnan(gained)
    return tuple(np.where(gone, each[worst, column], each) for each in (gained, *others))


def best_of(gained: Floats) -> Floats:
    """The best gain of each metric."""
    best: Floats = np.nanmax(gained, axis=0)
    return best


def winners_of_tilted_weights(
    gained: Floats, weights: Floats, missing: Missing, baseline: Floats
) -> list[tuple[int, float, int]]:
    """(metric, factor, winner) for each weight moved down and up by TILT, the others as they are."""
    nothing = np.zeros_like(gained)
    found = []
    for metric in range(len(weights) if len(weights) > 1 else 0):
        for factor in (1 - TILT, 1 + TILT):
            tilted = weights.copy()
            tilted[metric] *= factor
            scores = combine(gained, nothing, nothing + 1, tilted, missing=missing, baseline=baseline)
            found.append((metric, factor, int(np.nanargmax(scores.score))))
    return found
