"""Estimates for what nobody measured: from equal hardware elsewhere, or from more and fewer cores.

They never enter a ranking. How wrong they can be is measured: the same way of estimating is tried on what was
measured, and the interval is as wide as it went wrong there. See docs/statistics.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp, log, sqrt
from statistics import fmean
from uuid import UUID

from ..results.conditions import Path
from ..web.json_filter import Filter
from . import queries
from .candidates import Key, choose, is_asked, values_at
from .estimate import quantile
from .queries import Place, Values
from .question import Metric, Question, any_value
from .ranking import Ranking

LEAST_TRIED = 3
"""With fewer values to try a way of estimating on, nothing is estimated: nobody knew how wrong it can be."""
MOST_ESTIMATES = 100


@dataclass(frozen=True)
class Gap:
    """An estimate at LEVEL: of a value that one more flavor of this kind would have. place: the metric's."""

    place: int
    flavor: Place | None
    site: tuple[UUID, str]
    split: Values
    value: float
    low: float
    high: float
    method: str
    basis: str


@dataclass(frozen=True)
class Seen:
    """What one flavor has for a metric on one kind of hardware: the mean of ln(value)."""

    place: Place
    hardware: Values
    mean: float


@dataclass(frozen=True)
class Kind:
    """What is called equal hardware: texts and whole numbers that all benchmarks of a question declare."""

    paths: list[Path]
    names: list[str]

    def described(self, hardware: Values) -> str:
        return ", ".join(
            f"{name} {any_value(value)}"
            for name, value in zip(self.names, hardware, strict=True)
            if value is not None
        )


def estimates(ranking: Ranking) -> list[Gap]:
    """For each metric, the flavors that lack it, and the sites between whose sizes the asked size lies."""
    kind = kind_of(ranking.question)
    if not kind.paths:
        return []
    hardware = hardware_of(ranking, kind)
    found: list[Gap] = []
    for place in range(len(ranking.question.metrics)):
        found += same_hardware(ranking, place, kind, hardware)
        found += between_sizes(ranking, place, kind)
    return found[:MOST_ESTIMATES]


def kind_of(question: Question) -> Kind:
    """Machine fields that all benchmarks of the question declare: texts, and numbers that are whole."""
    declared = [
        {path: field for path, field in each.fields.items() if field.role == "machine"}
        for each in question.benchmarks
    ]
    shared = [path for path in declared[0] if all(path in each for each in declared)]
    numbers = [each[path] for each in declared for path in shared if each[path].type == "number"]
    broken = {field.id for field in numbers} - queries.whole_numbers(numbers)
    paths = [path for path in shared if not any(each[path].id in broken for each in declared)]
    return Kind(paths, [question.benchmarks[0].called(path) for path in paths])


def seen_of(
    ranking: Ranking, metric: Metric, kind: Kind, filters: list[Filter], *, other_sizes: bool = False
) -> list[Seen]:
    """What was measured at the compared parameters, at all sites but those left out.

    other_sizes: where nobody has the size that is asked for, at the parameters that most others have.
    """
    anywhere = replace(ranking.question, by=kind.paths, filters=filters)
    left_out = ranking.question.query.exclude_site_ids
    found = [
        (ranking.places[run.flavor_id], run)
        for run in queries.runs_of(anywhere, metric)
        if run.flavor_id in ranking.places and all(run.met)
    ]
    found = [(place, run) for place, run in found if place.site_id not in left_out]
    at = values_at(ranking.field, metric)
    if other_sizes and not at:
        at = choose(metric.benchmark, [run for _, run in found], None).values
    logs: dict[tuple[UUID, Values], list[tuple[float, int]]] = defaultdict(list)
    for place, run in found:
        if run.parameters == at:
            logs[place.flavor_id, run.split].append((run.mean, run.runs))
    return [
        Seen(ranking.places[flavor], hardware, sum(m * n for m, n in each) / sum(n for _, n in each))
        for (flavor, hardware), each in sorted(logs.items(), key=repr)
    ]


# From equal hardware.


def same_hardware(ranking: Ranking, place: int, kind: Kind, known: dict[Key, Values]) -> list[Gap]:
    """Values of flavors that lack the metric, from other flavors with equal hardware.

    The spread between flavors of equal hardware is that within groups (one-way analysis of variance, Fisher
    1925); the interval is that of one more value of a group.
    """
    groups: dict[Values, list[Seen]] = defaultdict(list)
    for each in seen_of(ranking, ranking.question.metrics[place], kind, filters=[]):
        if any(value is not None for value in each.hardware):
            groups[each.hardware].append(each)
    squares, freedom = within(list(groups.values()))
    if freedom < LEAST_TRIED:
        return []
    found = []
    compared = ranking.field.runs[place].keys()
    for key, hardware in sorted(known.items(), key=lambda each: each[0].written()):
        if key in compared:
            continue
        donors = [each for each in groups.get(hardware, []) if each.place.flavor_id != key.flavor_id]
        if not donors or key.flavor_id is None:
            continue
        mean = fmean(each.mean for each in donors)
        half = of_one_more(squares, freedom, len(donors))
        flavor = ranking.places[key.flavor_id]
        names = sorted(each.place.name for each in donors)
        basis = f"From {', '.join(names[:3])}{' and others' if len(names) > 3 else ''}"
        found.append(
            Gap(
                place,
                flavor,
                (flavor.site_id, flavor.site),
                key.split,
                *interval(mean, half),
                "same hardware",
                f"{basis}, with equal hardware ({kind.described(hardware)}).",
            )
        )
    return found


def of_one_more(squares: float, freedom: int, donors: int) -> float:
    """Half the width of the interval for one more value of a group of `donors`: of ln(value)."""
    return quantile(freedom) * sqrt(squares / freedom * (1 + 1 / donors))


def within(groups: Iterable[Sequence[Seen]]) -> tuple[float, int]:
    """(sum of squares, degrees of freedom) within groups."""
    squares, freedom = 0.0, 0
    for group in groups:
        middle = fmean(each.mean for each in group)
        squares += sum((each.mean - middle) ** 2 for each in group)
        freedom += len(group) - 1
    return squares, freedom


def hardware_of(ranking: Ranking, kind: Kind) -> dict[Key, Values]:
    """The one hardware of each flavor, as its results for any of the metrics tell it."""
    question = ranking.question
    known: dict[Key, set[Values]] = defaultdict(set)
    split = [*question.by, *(path for path in kind.paths if path not in question.by)]
    about_machines = [
        each
        for each in question.filters
        if all(
            each.path not in one.fields or one.fields[each.path].role != "parameter"
            for one in question.benchmarks
        )
    ]
    for metric in question.metrics:
        for run in queries.runs_of(replace(question, by=split, filters=about_machines), metric):
            asked = run.flavor_id in ranking.places and is_asked(question, ranking.places[run.flavor_id])
            if asked and all(run.met):
                values = dict(zip(split, run.split, strict=True))
                key = Key(run.flavor_id, run.split[: len(question.by)])
                known[key].add(tuple(values[path] for path in kind.paths))
    return {key: next(iter(hardware)) for key, hardware in known.items() if len(hardware) == 1}


# Between sizes.


def between_sizes(ranking: Ranking, place: int, kind: Kind) -> list[Gap]:
    """The value of a size that a site does not have, between its next smaller and next larger one.

    A straight line between the two on logarithmic scales. Tried on each size that was measured and has
    neighbours; the interval is Student's, of how far these were missed.
    """
    gaps: list[Gap] = []
    for size in asked_sizes(ranking.question, kind):
        others = [each for each in ranking.question.filters if each is not size]
        seen = seen_of(ranking, ranking.question.metrics[place], kind, others, other_sizes=True)
        series = series_of(seen, kind.paths.index(size.path))
        missed = [miss for each in series.values() for miss in misses(each)]
        if len(missed) < LEAST_TRIED or size.number is None:
            continue
        half = of_misses(missed)
        for (site_id, _), sizes in series.items():
            if size.number in sizes or not (min(sizes) < size.number < max(sizes)):
                continue
            if not is_asked(ranking.question, next(iter(sizes.values())).place):
                continue
            low = max(each for each in sizes if each < size.number)
            high = min(each for each in sizes if each > size.number)
            mean = line(size.number, (low, sizes[low].mean), (high, sizes[high].mean))
            first, second = sizes[low].place, sizes[high].place
            gaps.append(
                Gap(
                    place,
                    None,
                    (site_id, first.site),
                    (size.number,),
                    *interval(mean, half),
                    "between sizes",
                    f"Between {first.flavor} ({any_value(low)}) and {second.flavor} ({any_value(high)}) of "
                    f"the same site and hardware, were there a flavor with {any_value(size.number)}.",
                )
            )
    return gaps


def asked_sizes(question: Question, kind: Kind) -> list[Filter]:
    """Filters that ask for exactly one whole positive number of the machine, such as the cores."""
    return [
        each
        for each in question.filters
        if each.operator == "==" and each.path in kind.paths and each.number is not None and each.number > 0
    ]


def series_of(seen: Sequence[Seen], here: int) -> dict[tuple[UUID, Values], dict[float, Seen]]:
    """By site and hardware but for its size: what was measured by size; of several flavors the first."""
    found: dict[tuple[UUID, Values], dict[float, Seen]] = defaultdict(dict)
    for each in seen:
        size = each.hardware[here]
        rest = each.hardware[:here] + each.hardware[here + 1 :]
        if isinstance(size, float) and size > 0 and any(value is not None for value in rest):
            found[each.place.site_id, rest].setdefault(size, each)
    return found


def misses(sizes: dict[float, Seen]) -> list[float]:
    """How far each inner size lies off the line between its neighbours: of ln(value)."""
    order = sorted(sizes)
    return [
        sizes[at].mean - line(at, (low, sizes[low].mean), (high, sizes[high].mean))
        for (low, at), (_, high) in pairwise(pairwise(order))
    ]


def of_misses(missed: Sequence[float]) -> float:
    """Half the width of the interval for a value that is missed like these: of ln(value)."""
    return quantile(len(missed)) * sqrt(fmean(miss**2 for miss in missed))


def line(at: float, low: tuple[float, float], high: tuple[float, float]) -> float:
    """ln(value) at a size, on the straight line over ln(size) through two (size, ln(value))."""
    share = log(at / low[0]) / log(high[0] / low[0])
    return low[1] + share * (high[1] - low[1])


def interval(mean: float, half: float) -> tuple[float, float, float]:
    return exp(mean), exp(mean - half), exp(mean + half)
