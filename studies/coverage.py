"""How often intervals hold the true centre, and how wide they are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from eosc_perf.server.find import combine, estimate

from . import contenders
from .contenders import Ends
from .tables import table
from .worlds import WORLDS, Dice, Floats, World, allowed

RUNS = (2, 3, 4, 5, 7, 10, 15, 20, 30, 100)
FEW = (3, 5, 10, 30)
AT_ONCE = 1_500_000
CHOSEN, STUDENT, MODERATED = "the service's", "Student, own runs", "moderated t"
PROMISED = 0.93
BY_RUNS = """\
Coverage in per cent by number of runs, three samples each. `alone`: no other candidate, so the service's
interval is as wide as Student's (two runs: a ninth wider); among 2, 4 and 19 others that vary alike, in
brackets its mean width over Student's. `allowed`: the most that is possible alone (above). Bold: below 93 %
though more is allowed."""
AMONG_UNEQUAL = """\
The same among four others that vary three times less or three times more than the candidate: coverage in
per cent, mean width over Student's in brackets."""
OF_SCORES = """\
Scores of several metrics, of a candidate among four others, equal weights, log-normal runs: coverage in per
cent, mean width over that of one metric in brackets. Metrics of one benchmark come from the same runs and may
go together (correlation), so the service adds up their errors; those of different benchmarks it takes as
independent."""
OF_RIVALS = """\
Ways to an interval from the runs of one candidate alone (the service's: among four others), three
samples a run: coverage in per cent, mean width over Student's in brackets."""


@dataclass(frozen=True)
class Effort:
    """How often each case is repeated; bootstraps less often."""

    repetitions: int
    slow: int
    runs: tuple[int, ...] = RUNS

    def of(self, runs: int) -> int:
        """Few runs are drawn quickly, so more often."""
        return self.repetitions * max(1, 10 // runs)


WHOLE, QUICK = Effort(20_000, 2_000), Effort(400, 100, (3, 10))


@dataclass(frozen=True)
class Case:
    """others: how many other candidates; louder: their spread over that of the judged one."""

    world: World
    runs: int
    samples: int = 3
    others: int = 0
    louder: float = 1.0


@dataclass
class Tally:
    held: int = 0
    number: int = 0
    width: float = 0.0

    def add(self, ends: Ends, centre: float) -> None:
        low, high = ends
        self.held += int(((low <= centre) & (centre <= high)).sum())
        self.number += len(low)
        self.width += float((high - low).sum())

    @property
    def coverage(self) -> float:
        return self.held / self.number


@dataclass
class Tallies:
    of: dict[str, Tally] = field(default_factory=dict)

    def add(self, name: str, ends: Ends, centre: float = 0.0) -> None:
        self.of.setdefault(name, Tally()).add(ends, centre)

    def coverage(self, name: str) -> float:
        return self.of[name].coverage

    def wider(self, name: str) -> float:
        """The mean width, over that of Student's interval of the own runs."""
        return self.of[name].width / self.of[name].number / (self.of[STUDENT].width / self.of[STUDENT].number)


def others_of(case: Case, repetitions: int, dice: Dice) -> Floats:
    """Variances of the other candidates."""
    runs = case.world.runs(dice, (repetitions, case.others, case.runs))
    runs += dice.normal(0, case.world.spread / 3 / case.samples**0.5, runs.shape)
    return case.louder**2 * runs.var(axis=-1, ddof=1)


def judge(case: Case, repetitions: int, seed: Sequence[int], *, rivals: bool = False) -> Tallies:
    """rivals: the contenders of one candidate alone as well."""
    dice = np.random.default_rng(seed)
    made = Tallies()
    at_once = max(1, AT_ONCE // (case.runs * max(case.samples, case.others, 400 if rivals else 1)))
    while repetitions > 0:
        number = min(at_once, repetitions)
        repetitions -= number
        samples, values = case.world.samples(case.world.runs(dice, (number, case.runs)), case.samples, dice)
        others = others_of(case, number, dice)
        made.add(STUDENT, contenders.student(values))
        made.add(CHOSEN, contenders.chosen(values, others))
        if case.others:
            made.add(MODERATED, contenders.moderated(values, others))
        if rivals:
            for name, of_runs in contenders.OF_RUNS.items():
                centre = case.world.median() if "median" in name else 0.0
                made.add(name, of_runs(values), centre)
            for name, of_samples in contenders.OF_SAMPLES.items():
                made.add(name, of_samples(samples))
    return made


def study(seed: int, effort: Effort, progress: Callable[[float], None]) -> Iterator[str]:
    """The tables, in Markdown. progress: the share that is done."""
    parts = (by_runs, among_unequal, of_samples, of_scores, of_rivals)
    shares = (0.0, 0.4, 0.6, 0.65, 0.7, 1.0)
    for number, part in enumerate(parts):

        def further(share: float, number: int = number) -> None:
            progress(shares[number] + share * (shares[number + 1] - shares[number]))

        yield from part((seed, number), effort, further)
        yield ""


def shown(coverage: float, most: float = 1.0) -> str:
    """Bold below what is promised, unless theory forbids more."""
    text = f"{100 * coverage:.1f}"
    return f"**{text}**" if round(coverage, 3) < PROMISED <= most else text


def by_runs(seed: tuple[int, int], effort: Effort, further: Callable[[float], None]) -> Iterator[str]:
    yield BY_RUNS
    yield ""
    rows, place = [], 0
    for world in WORLDS:
        limits = dict.fromkeys(effort.runs, 1.0)
        if world.share:
            limits = {runs: allowed(world, runs, Case(world, runs).samples) for runs in effort.runs}
            rows.append([world.name, "allowed", *(f"{100 * limits[runs]:.1f}" for runs in effort.runs)])
        for others in (0, 2, 4, 19):
            cells = []
            for runs in effort.runs:
                found = judge(Case(world, runs, others=others), effort.of(runs), (*seed, place))
                wider = f" ({found.wider(CHOSEN):.2f})" if others else ""
                cells.append(shown(found.coverage(CHOSEN), 1.0 if others else limits[runs]) + wider)
                place += 1
                further(place / (len(WORLDS) * 4 * len(effort.runs)))
            rows.append([world.name, f"among {others}" if others else "alone", *cells])
    yield from table(["runs vary", "", *map(str, effort.runs)], rows)


def among_unequal(seed: tuple[int, int], effort: Effort, further: Callable[[float], None]) -> Iterator[str]:
    yield AMONG_UNEQUAL
    yield ""
    rows, place = [], 0
    few = [runs for runs in effort.runs if runs in (*FEW, 100)]
    for louder, said in ((1 / 3, "others calmer"), (3.0, "others wilder")):
        for world in WORLDS[:4]:
            cells: dict[str, list[str]] = {CHOSEN: [], MODERATED: []}
            for runs in few:
                case = Case(world, runs, others=4, louder=louder)
                found = judge(case, effort.repetitions, (*seed, place))
                most = allowed(world, runs, case.samples) if world.share and louder < 1 else 1.0
                for name, each in cells.items():
                    each.append(f"{shown(found.coverage(name), most)} ({found.wider(name):.2f})")
                place += 1
                further(place / (2 * 4 * len(few)))
            rows += [[f"{world.name}; {said}", name, *each] for name, each in cells.items()]
    yield from table(["runs vary", "interval", *map(str, few)], rows)


def of_samples(seed: tuple[int, int], effort: Effort, further: Callable[[float], None]) -> Iterator[str]:
    yield "Coverage by number of samples in a run, alone / among four others. Samples make no difference:"
    yield ""
    rows, place = [], 0
    few = [runs for runs in effort.runs if runs in FEW]
    for world in WORLDS[:2]:
        for samples in (1, 3, 10):
            cells = []
            for runs in few:
                pair = []
                for others in (0, 4):
                    case = Case(world, runs, samples, others)
                    found = judge(case, effort.repetitions, (*seed, place))
                    pair.append(shown(found.coverage(CHOSEN)))
                    place += 1
                    further(place / (2 * 3 * 2 * len(few)))
                cells.append(" / ".join(pair))
            rows.append([world.name, str(samples), *cells])
    yield from table(["runs vary", "samples a run", *(f"{runs} runs" for runs in few)], rows)


def of_rivals(seed: tuple[int, int], effort: Effort, further: Callable[[float], None]) -> Iterator[str]:
    yield OF_RIVALS
    yield ""
    rows, place = [], 0
    few = [runs for runs in effort.runs if runs in FEW]
    names = [STUDENT, *contenders.OF_RUNS, *contenders.OF_SAMPLES, CHOSEN]
    for world in WORLDS[:4]:
        cells: dict[str, list[str]] = {name: [] for name in names}
        for runs in few:
            found = judge(Case(world, runs, others=4), effort.slow, (*seed, place), rivals=True)
            for name in names:
                cells[name].append(f"{shown(found.coverage(name))} ({found.wider(name):.2f})")
            place += 1
            further(place / (4 * len(few)))
        rows += [[world.name, name, *each] for name, each in cells.items()]
    yield from table(["runs vary", "interval", *(f"{runs} runs" for runs in few)], rows)


def of_scores(seed: tuple[int, int], effort: Effort, further: Callable[[float], None]) -> Iterator[str]:
    yield OF_SCORES
    yield ""
    rows, place = [], 0
    few = [runs for runs in effort.runs if runs in FEW]
    one = [score_of(1, 0, [0], runs=runs, repetitions=effort.slow, seed=(*seed, 0, runs)) for runs in few]
    for metrics in (2, 5):
        for correlation in (0.0, 0.5, 0.9):
            for apart in (False, True):
                sources = list(range(metrics)) if apart else [0] * metrics
                cells = []
                for runs, alone in zip(few, one, strict=True):
                    place += 1
                    found = score_of(
                        metrics, correlation, sources, runs=runs, repetitions=effort.slow, seed=(*seed, place)
                    )
                    wide = found.width / found.number / (alone.width / alone.number)
                    cells.append(f"{shown(found.coverage)} ({wide:.2f})")
                    further(place / (2 * 6 * len(few)))
                how = "taken as independent" if apart else "errors added up"
                rows.append([f"{metrics}, {how}", f"{correlation:g}", *cells])
    yield from table(["metrics", "correlation", *(f"{runs} runs" for runs in few)], rows)


def score_of(
    metrics: int, correlation: float, sources: list[int], *, runs: int, repetitions: int, seed: Sequence[int]
) -> Tally:
    """The interval of the first of five candidates' scores, whose truth is 0."""
    dice = np.random.default_rng(seed)
    made, nothing = Tally(), np.zeros(metrics)
    common = dice.normal(0, 1, (repetitions, 5, 1, runs))
    logs = dice.normal(0, 1, (repetitions, 5, metrics, runs))
    logs = WORLDS[0].spread * (correlation**0.5 * common + (1 - correlation) ** 0.5 * logs)
    variances = logs.var(axis=-1, ddof=1)
    counts = np.full(5, float(runs))
    skewness = stats.skew(logs, axis=-1)
    of_each = [
        (
            *estimate.uncertainty(counts, each, estimate.shared(counts, each)),
            estimate.shifted(counts, each, skewness[..., metric]),
        )
        for metric, each in enumerate(np.moveaxis(variances, -1, 0))
    ]
    errors, freedoms, shifts = (np.stack(each, axis=-1) for each in zip(*of_each, strict=True))
    for mean, error, freedom, shift in zip(logs.mean(axis=-1), errors, freedoms, shifts, strict=True):
        scores = combine.combine(
            mean,
            error,
            freedom,
            nothing + 1,
            missing="require",
            baseline=nothing,
            shifts=shift,
            sources=sources,
        )
        half, middle = (
            estimate.quantile(float(scores.freedom[0])) * scores.error[:1],
            scores.score + scores.shift,
        )
        made.add((middle[:1] - half, middle[:1] + half), 0.0)
    return made
