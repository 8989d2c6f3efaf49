"""Change points: false alarms on noise, steps found, trends; the service beside Apache Otava."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eosc_perf.server.find import drift

from .tables import table
from .worlds import Dice, Floats, World

Finder = Callable[[Sequence[float]], list[int]]
SPREAD = 0.02
STEPS = (1.0, 2.0, 3.0, 5.0)
NEAR = 5
"""A change point at most so many runs away counts as the step."""
BEFORE, LONGEST = 50, 40
"""Runs before a step, and after how many at most it is looked for, when the delay is measured."""
FALSE = """\
False alarms: of 1000 series without a lasting change, in how many one is reported, by length of the series.
Runs vary by 2 %; clusters lie ten standard deviations apart; odd runs are 30 % off."""
FOUND = """\
Steps after run 60 of 100, in standard deviations of normal noise: how often found within 5 runs, how far off
on average (runs), other change points reported per series; and, after 50 runs before it, how many runs after
the step until it is first reported (median; `never`: not within 40)."""
TREND = """\
A steady trend over 100 runs, in standard deviations of the noise from end to end: how often it is told as a
trend, and how many steps are told in its place, on average. Below: steps after run 60, as above."""


def ours(values: Sequence[float]) -> list[int]:
    return [change.place for change in course(values).changes]


def course(values: Sequence[float]) -> drift.Course:
    return drift.course(values, range(len(values)))


def alarmed(find: Finder, values: Sequence[float]) -> bool:
    """A trend that is none is a false alarm as well."""
    return bool(find(values)) or (find is ours and course(values).trend is not None)


def trends(made: Sequence[Sequence[float]]) -> str:
    """How often a trend is told, in per cent."""
    return f"{100 * np.mean([course(each).trend is not None for each in made]):.0f}"


def normal(dice: Dice, runs: int) -> Floats:
    return dice.normal(0, SPREAD, runs)


def gamma(dice: Dice, runs: int) -> Floats:
    return World("", spread=5 * SPREAD, gamma=True).runs(dice, (runs,))


def heavy(dice: Dice, runs: int) -> Floats:
    return SPREAD * dice.standard_t(3, runs) / 3**0.5


def clusters(dice: Dice, runs: int) -> Floats:
    return World("", spread=2 * SPREAD, share=0.25).runs(dice, (runs,))


def odd(dice: Dice, runs: int) -> Floats:
    return normal(dice, runs) + 0.3 * (dice.random(runs) < 0.03)


def one_odd(dice: Dice, runs: int) -> Floats:
    made = normal(dice, runs)
    made[dice.integers(runs)] += 0.3
    return made


def moody(dice: Dice, runs: int) -> Floats:
    """Neighbours have a correlation of one half."""
    made = normal(dice, runs)
    for place in range(1, runs):
        made[place] += 0.5 * made[place - 1]
    return made


def rounded(dice: Dice, runs: int) -> Floats:
    return np.round(normal(dice, runs), 2)


NOISES: dict[str, Callable[[Dice, int], Floats]] = {
    "normal": normal,
    "gamma, 10 %": gamma,
    "heavy tails (t, 3)": heavy,
    "two clusters, 1 run in 4": clusters,
    "3 % odd runs": odd,
    "one odd run": one_odd,
    "few digits": rounded,
    "slow moods (correlation 0.5)": moody,
}


@dataclass(frozen=True)
class Effort:
    noises: int
    steps: int
    delays: int
    lengths: tuple[int, ...]


WHOLE, QUICK = Effort(400, 300, 60, (20, 50, 100, 300)), Effort(10, 10, 2, (20, 50))


def values(logs: Floats) -> list[float]:
    made: list[float] = (100 * np.exp(logs)).tolist()
    return made


def study(
    seed: int, effort: Effort, finders: dict[str, Finder], further: Callable[[float], None]
) -> Iterator[str]:
    dice = np.random.default_rng(seed)
    done, whole = 0, len(NOISES) * len(effort.lengths) + 4 * len(STEPS)

    def next_one() -> None:
        nonlocal done
        done += 1
        further(done / whole)

    yield FALSE
    yield ""
    rows = []
    for kind, noise in NOISES.items():
        alarms: dict[str, list[str]] = {name: [] for name in finders}
        for runs in effort.lengths:
            made = [values(noise(dice, runs)) for _ in range(effort.noises)]
            for name, find in finders.items():
                alarms[name].append(f"{1000 * np.mean([alarmed(find, each) for each in made]):.0f}")
            next_one()
        rows += [[kind, name, *cells] for name, cells in alarms.items()]
    yield from table(["noise", "by", *(f"{runs} runs" for runs in effort.lengths)], rows)
    yield ""
    yield FOUND
    yield ""
    rows = []
    for size in STEPS:
        made = [values(stepped(dice, size, 60, 100)) for _ in range(effort.steps)]
        for name, find in finders.items():
            rows.append([f"{size:g}", name, *told([find(each) for each in made])])
        next_one()
        made = [values(stepped(dice, size, BEFORE, BEFORE + LONGEST)) for _ in range(effort.delays)]
        for row, find in zip(rows[-len(finders) :], finders.values(), strict=True):
            late = float(np.median([delay(each, find) for each in made]))
            row.append("never" if late > LONGEST else f"{late:.0f}")
        next_one()
    yield from table(["step", "by", "found, %", "off by", "others", "delay"], rows)
    yield ""
    yield TREND
    yield ""
    rows = []
    for size in STEPS:
        slope = np.linspace(0, size * SPREAD, 100)
        made = [values(normal(dice, 100) + slope) for _ in range(effort.steps)]
        rows.append(
            [
                f"trend, {size:g}",
                trends(made),
                *(f"{np.mean([len(find(each)) for each in made]):.2f}" for find in finders.values()),
            ]
        )
        next_one()
    for size in STEPS:
        made = [values(stepped(dice, size, 60, 100)) for _ in range(effort.steps)]
        counts = (f"{np.mean([len(find(each)) for each in made]):.2f}" for find in finders.values())
        rows.append([f"step, {size:g}", trends(made), *counts])
        next_one()
    heads = ["series", "told as a trend, %", *(f"steps, {name}" for name in finders)]
    yield from table(heads, rows)


def stepped(dice: Dice, size: float, at: int, runs: int) -> Floats:
    made = normal(dice, runs)
    made[at:] += size * SPREAD
    return made


def told(found: Sequence[Sequence[int]]) -> list[str]:
    """How often the step at 60 is found, how far off, and what else."""
    off = [min((abs(place - 60) for place in places), default=100) for places in found]
    near = [each for each in off if each <= NEAR]
    others = np.mean([sum(abs(place - 60) > NEAR for place in places) for places in found])
    return [f"{100 * len(near) / len(off):.0f}", f"{np.mean(near):.1f}" if near else "", f"{others:.2f}"]


def delay(series: Sequence[float], find: Finder) -> int:
    """Runs after the step until a change near it is reported; more than LONGEST: never."""
    for after in range(1, LONGEST + 1):
        if any(abs(place - BEFORE) <= NEAR for place in find(series[: BEFORE + after])):
            return after
    return LONGEST + 1
