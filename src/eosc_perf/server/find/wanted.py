"""Which runs would sharpen an answer most."""

from dataclasses import dataclass

from .ranking import Ranked, Ranking
from .ranks import Group

MOST_WANTED = 5
FIRST = "It comes first, but not clearly."


@dataclass(frozen=True)
class Wanted:
    """A run that is wanted, of which metric, and why."""

    candidate: Ranked
    place: int
    reason: str


def wanted(ranking: Ranking) -> list[Wanted]:
    """Runs of candidates that may be the best, the least certain first; a few at the most.

    One more of n runs takes 1 / (n + 1) of the variance of a metric; what matters is its share in the score
    and how near to the best the candidate is.
    """
    found: list[tuple[float, Wanted]] = []
    for each in ranking.ranked:
        behind = ranking.ranked[0].ratio / each.ratio
        for place, metric in enumerate(ranking.question.metrics):
            if each.place is None or each.group is Group.BEHIND or each.group is Group.BEST:
                continue
            runs, estimate = each.runs[place], each.estimates[place]
            if runs is None or estimate is None:
                found.append((behind, Wanted(each, place, "It has no result for this metric.")))
            elif runs.runs == 1:
                found.append(
                    (behind, Wanted(each, place, "It ran once: a run on another day shows how runs vary."))
                )
            elif estimate.error is not None:
                gain = estimate.error**2 / (runs.runs + 1) * metric.weight**2
                found.append(
                    (
                        10 * behind + 1 / (1 + 1e4 * gain),
                        Wanted(each, place, "It can't be told from the best." if behind > 1 else FIRST),
                    )
                )
    return [each for _, each in sorted(found, key=lambda one: one[0])[:MOST_WANTED]]
