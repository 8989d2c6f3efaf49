"""How sure an order is: ranks by simulation, and who can't be told from the best."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import stdtrit

from .estimate import LEVEL, Floats

DRAWS = 4000
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


def simulate(scores: Floats, errors: Floats, freedoms: Floats, seed: int) -> Ranks:
    """Ranks if each score is drawn from Student's distribution around it. More is better; nothing is nan."""
    dice = np.random.Generator(np.random.PCG64(seed))
    drawn = scores + errors * dice.standard_t(freedoms, (DRAWS, len(scores)))
    order = np.argsort(-drawn, axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, len(scores) + 1), axis=1)
    outside = (1 - LEVEL) / 2
    low, high = np.quantile(ranks, [outside, 1 - outside], axis=0, method="inverted_cdf")
    first = (ranks == 1).mean(axis=0)
    return Ranks(low.astype(int).tolist(), high.astype(int).tolist(), first.tolist())


def groups(scores: Floats, errors: Floats, freedoms: Floats) -> list[Group]:
    """Multiple comparisons with the best (Hsu 1984), by Welch's test with Bonferroni's correction.

    A candidate is close unless some other is better beyond chance. With an unknown error (nan) nothing can be
    said of it; if it leads, nothing can be said of anyone.
    """
    known = ~np.isnan(errors)
    leader = int(np.argmax(scores)) if len(scores) else 0
    if not len(scores) or not known[leader]:
        return [Group.UNKNOWN] * len(scores)
    rivals = [int(i) for i in np.argsort(-scores, kind="stable") if known[i]][:MOST_RIVALS]
    close = [bool(known[i]) and not beaten(i, rivals, scores, errors, freedoms) for i in range(len(scores))]
    alone = close.count(True) == 1 and bool(known.all())
    return [
        Group.UNKNOWN
        if not known[i]
        else (Group.BEST if alone and close[i] else Group.CLOSE if close[i] else Group.BEHIND)
        for i in range(len(scores))
    ]


def beaten(one: int, rivals: Sequence[int], scores: Floats, errors: Floats, freedoms: Floats) -> bool:
    others = np.array([rival for rival in rivals if rival != one], dtype=int)
    if not len(others):
        return False
    parts = np.array([np.full(len(others), errors[one] ** 2), errors[others] ** 2])
    freedom = parts.sum(axis=0) ** 2 / (parts[0] ** 2 / freedoms[one] + parts[1] ** 2 / freedoms[others])
    critical = stdtrit(freedom, 1 - (1 - LEVEL) / max(1, len(scores) - 1))
    return bool((scores[others] - scores[one] > critical * np.sqrt(parts.sum(axis=0))).any())
