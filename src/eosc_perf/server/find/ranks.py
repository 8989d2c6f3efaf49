"""How sure an order is: ranks by simulation, and who can't be told from the best."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from .estimate import LEVEL, Floats

DRAWS = 4000
AT_ONCE = 500
"""Draws that are held in memory together."""
MOST_RIVALS = 20
"""How many of the first are compared with each candidate: fewer rivals only make the group larger."""


class Group(StrEnum):
    BEST = "clearly best"
    CLOSE = "not distinguishable from the best"
    BEHIND = "clearly behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Ranks:
    """For each candidate: the range that holds its rank in 95 % of the draws, and how often it is first."""

    low: list[int]
    high: list[int]
    first: list[float]


def seed_of(question: str) -> int:
    """The same question draws the same numbers."""
    return int.from_bytes(hashlib.sha256(question.encode()).digest()[:8], "big")


def simulate(scores: Floats, errors: Floats, freedoms: Floats, seed: int, close: Sequence[bool]) -> Ranks:
    """Ranks if each score is drawn from Student's distribution around it. More is better; nothing is nan.

    close: who may be the best by `groups`; their range begins at 1, or the two answers would contradict each
    other. Among many that are nearly equal each is rarely first in a draw, the true best too.
    """
    size = len(scores)
    if not size:
        return Ranks([], [], [])
    dice = np.random.Generator(np.random.PCG64(seed))
    counted = np.zeros(size**2, dtype=int)
    for _ in range(DRAWS // AT_ONCE):
        drawn = scores + errors * dice.standard_t(freedoms, (AT_ONCE, size))
        places = np.argsort(-drawn, axis=1) * size + np.arange(size)
        counted += np.bincount(places.ravel(), minlength=size**2)
    seen = counted.reshape(size, size).cumsum(axis=1)
    outside = round(DRAWS * (1 - LEVEL) / 2)
    low = np.where(np.array(close, dtype=bool), 1, (seen < outside).sum(axis=1) + 1)
    high = (seen < DRAWS - outside).sum(axis=1) + 1
    return Ranks(low.tolist(), high.tolist(), (seen[:, 0] / DRAWS).tolist())


def chances(
    scores: Floats,
    errors: Floats,
    freedoms: Floats,
    once: Sequence[bool],
    groups: Sequence[Group],
    *,
    seed: int,
) -> list[tuple[float | None, int | None, int | None]]:
    """For each candidate: how often it is first, and its range of ranks; None where nothing is known.

    Nothing is told of a candidate that ran once. It takes part in the draws of the others if its error is
    lent; else (nan) it may have any rank, and nobody's chance to be first is known.
    """
    known = [i for i in range(len(scores)) if not np.isnan(errors[i])]
    open_ = len(scores) - len(known)
    found: list[tuple[float | None, int | None, int | None]] = [(None, None, None)] * len(scores)
    if len(scores) > 1 and known:
        close = [groups[i] is not Group.BEHIND for i in known]
        drawn = simulate(scores[known], errors[known], freedoms[known], seed, close)
        for i, first, low, high in zip(known, drawn.first, drawn.low, drawn.high, strict=True):
            if not once[i]:
                found[i] = (None if open_ else first), low, high + open_
    return found


def groups(scores: Floats, errors: Floats, freedoms: Floats, once: Sequence[bool]) -> list[Group]:
    """Multiple comparisons with the best (Hsu 1984), by Welch's test with Bonferroni's correction.

    A candidate is close unless some other is better beyond chance. once: it ran once, so its error, if it has
    one, is lent by others. That may show that it is behind, but never that it is better than another; if it
    leads, nothing can be said of those that are not behind.
    """
    if not len(scores):
        return []
    sure = ~np.isnan(errors) & ~np.array(once, dtype=bool)
    rivals = [int(i) for i in np.argsort(-scores, kind="stable") if sure[i]][:MOST_RIVALS]
    behind = ~np.isnan(errors) & beaten(scores, errors, freedoms, rivals)
    open_ = ~sure if sure[np.argmax(scores)] else ~behind
    best = behind.sum() == len(scores) - 1
    return [
        Group.BEHIND if lost else Group.UNKNOWN if unclear else Group.BEST if best else Group.CLOSE
        for lost, unclear in zip(behind, open_, strict=True)
    ]


def beaten(scores: Floats, errors: Floats, freedoms: Floats, rivals: Sequence[int]) -> NDArray[np.bool_]:
    """For each candidate, whether one of the rivals is better beyond chance."""
    own, other = errors[:, None] ** 2, errors[None, rivals] ** 2
    freedom = (own + other) ** 2 / (own**2 / freedoms[:, None] + other**2 / freedoms[None, rivals])
    critical = stdtrit(freedom, 1 - (1 - LEVEL) / max(1, len(scores) - 1))
    ahead = scores[None, rivals] - scores[:, None] > critical * np.sqrt(own + other)
    found: NDArray[np.bool_] = ahead.any(axis=1)
    return found
