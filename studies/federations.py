"""How good rankings are: the service's own functions on made-up federations whose true order is known."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eosc_perf.server.find import estimate, ranks
from eosc_perf.server.find.ranks import Group

from .tables import table
from .worlds import Dice, Floats, World

SPREAD = 0.03
UNEQUAL = 0.5
"""Standard deviation of ln(spread): of five, the wildest varies three times as much as the calmest."""
APART = (0.03, 0.1, 0.3)
RUNS = (1, 3, 10, None)
"""None: each candidate has from 1 to 10."""
WORLDS = (World("log-normal", SPREAD), World("two clusters, 1 run in 4", SPREAD, share=0.25))
WHOLE: dict[int, int] = {5: 800, 20: 400, 100: 100}
QUICK: dict[int, int] = {5: 20, 20: 5}
CAPTION = """\
Runs vary by 3 %, some candidates more, some less; `apart` is the standard deviation of the candidates'
true values. `best first`: how often the true best comes first, and beside it the mean probability that
the service states for the first; `loss`: how much slower the first is when it is not the best, on
average and in the worst 5 %. `clearly best`: how often it is said, and how often wrongly; `best behind`:
how often the true best is called clearly behind; `close`: the share of candidates that are not called
behind; `rank in range`: how often a candidate's true rank is in its range. All in per cent; nothing is
said of chance where all ran once."""


@dataclass(frozen=True)
class Judged:
    """One ranking. loss: how much slower the first is than the true best. nan: nothing is said."""

    right: bool
    loss: float
    probability: float = np.nan
    clear: float = np.nan
    wrongly_clear: float = np.nan
    best_behind: float = np.nan
    close: float = np.nan
    in_range: float = np.nan


def federation(world: World, size: int, apart: float, runs: int | None, dice: Dice) -> Judged:
    """size candidates whose true centres (logarithms, more is better) have the standard deviation `apart`."""
    truth = dice.normal(0, apart, size)
    wild = np.exp(dice.normal(0, UNEQUAL, size))
    numbers = dice.integers(1, 11, size) if runs is None else np.full(size, runs)
    seen = [
        centre + each * world.runs(dice, (number,))
        for centre, each, number in zip(truth, wild, numbers, strict=True)
    ]
    made = estimate.estimates([estimate.moments(np.exp(each)) for each in seen])
    order = np.argsort([-each.mean for each in made], kind="stable")
    return judged(truth[order], [made[place] for place in order], int(dice.integers(2**62)))


def judged(truth: Floats, made: Sequence[estimate.Estimate], seed: int) -> Judged:
    """truth and estimates: in the order of the ranking."""
    best = int(np.argmax(truth))
    right, loss = best == 0, float(np.exp(truth[best] - truth[0]) - 1)
    scores = np.array([each.mean for each in made])
    errors = np.array([np.nan if each.error is None else each.error for each in made])
    freedoms = np.array([each.freedom for each in made])
    once = [each.runs == 1 for each in made]
    if np.isnan(errors).any():
        return Judged(right, loss)
    groups = ranks.groups(scores, errors, freedoms, once)
    close = [group is not Group.BEHIND for group in groups]
    drawn = ranks.chances(scores, errors, freedoms, once, groups, seed=seed)
    rank = (np.argsort(np.argsort(-truth)) + 1).tolist()
    ranged = [
        low <= true <= high
        for (_, low, high), true in zip(drawn, rank, strict=True)
        if low is not None and high is not None
    ]
    clear = groups[0] is Group.BEST
    return Judged(
        right,
        loss,
        probability=np.nan if drawn[0][0] is None else drawn[0][0],
        clear=clear,
        wrongly_clear=clear and not right,
        best_behind=not close[best],
        close=sum(close) / len(close),
        in_range=float(np.mean(ranged)),
    )


def study(seed: int, repetitions: dict[int, int], further: Callable[[float], None]) -> Iterator[str]:
    yield CAPTION
    yield ""
    rows = []
    cases = [
        (world, size, apart, runs)
        for world in WORLDS
        for size in repetitions
        for apart in APART
        for runs in RUNS
    ]
    for place, case in enumerate(cases):
        world, size, apart, runs = case
        dice = np.random.default_rng((seed, place))
        found = [federation(world, size, apart, runs, dice) for _ in range(repetitions[size])]
        name = [world.name, str(size), f"{100 * apart:.0f}", str(runs or "1 to 10")]
        rows.append([*name, *cells(found)])
        further((place + 1) / len(cases))
    heads = (
        "runs vary", "candidates", "apart", "runs", "best first", "stated", "loss", "clearly best", "wrongly",
        "best behind", "close", "rank in range",
    )  # fmt: skip
    yield from table(heads, rows)


def cells(found: Sequence[Judged]) -> list[str]:
    losses = [each.loss for each in found if not each.right]
    loss = f"{100 * np.mean(losses):.1f}, {100 * np.quantile(losses, 0.95):.1f}" if losses else "none"
    first = f"{100 * np.mean([each.right for each in found]):.0f}"
    known = [each for each in found if not np.isnan(each.close)]
    if not known:
        return [first, "", loss, *[""] * 5]

    def mean(name: str, digits: int = 0) -> str:
        return f"{100 * np.nanmean([getattr(each, name) for each in known]):.{digits}f}"

    return [
        first,
        mean("probability"),
        loss,
        mean("clear"),
        mean("wrongly_clear", 1),
        mean("best_behind", 1),
        mean("close"),
        mean("in_range", 1),
    ]
