"""From runs to a ranking: the numbers of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isnan
from typing import Any
from uuid import UUID

import numpy as np

from . import combine, own, queries, ranks
from .candidates import Field, Key, by_name, field_of
from .estimate import Estimate, Floats, estimates, quantile
from .queries import Place, Runs
from .question import Metric, Question, any_value, fault

MOST_CANDIDATES = 2000

Documents = dict[UUID, list[Any]]
"""What the asker sent, by benchmark; each document a run."""


@dataclass(frozen=True)
class Ranked:
    """A candidate in its place. estimates: for each metric; None where it has no result."""

    key: Key
    place: Place | None
    runs: list[Runs | None]
    estimates: list[Estimate | None]
    ratio: float
    interval: tuple[float, float] | None
    coverage: float
    group: ranks.Group
    first: float | None
    low: int | None
    high: int | None

    @property
    def name(self) -> str:
        if self.place is None:
            return "Your own machine"
        split = ", ".join(any_value(each) for each in self.key.split)
        return self.place.name + (f" ({split})" if split else "")


@dataclass(frozen=True)
class Ranking:
    question: Question
    field: Field
    places: dict[UUID, Place]
    ranked: list[Ranked]
    baseline: Key | None
    seed: int
    tilted: list[tuple[Metric, float, Ranked]]
    unmet: list[str]
    """Which constraints the asker's own machine does not meet; it takes part all the same."""


def rank(question: Question, documents: Documents) -> Ranking:
    if documents.keys() - {benchmark.id for benchmark in question.benchmarks}:
        raise own.wrong("A document is of a benchmark that the question does not ask for.")
    places = queries.places()
    found = [queries.runs_of(question, metric) for metric in question.metrics]
    mine = [own.runs(metric, documents.get(metric.benchmark.id, []), question) for metric in question.metrics]
    field = field_of(question, found, places, mine)
    keys = sorted(field.keys(), key=Key.written)
    if len(keys) > MOST_CANDIDATES:
        detail = f"There are {len(keys):,} candidates, more than {MOST_CANDIDATES:,}"
        raise fault("filters", f"{detail}. Add a constraint, choose sites, or split by less.")
    table = [measured(*each, keys) for each in zip(field.runs, field.everywhere, strict=True)]
    kept = [
        place
        for place, key in enumerate(keys)
        if question.query.missing != "require" or complete(key, place, table, field, question)
    ]
    keys = [keys[place] for place in kept]
    table = [[column[place] for place in kept] for column in table]
    baseline = baseline_of(question, keys)
    seed = ranks.seed_of(question.written())
    unmet = own.unmet(question, documents)
    if not keys:
        return Ranking(question, field, places, [], None, seed, [], unmet)
    ranked, tilted = ordered(Compared(question, field, places, keys, table, baseline), seed)
    return Ranking(question, field, places, ranked, baseline, seed, tilted, unmet)


def measured(runs: dict[Key, Runs], everywhere: Sequence[Runs], keys: Sequence[Key]) -> list[Estimate | None]:
    """A metric's estimates for the keys."""
    known = [key for key in keys if key in runs]
    made = estimates([runs[key] for key in known], everywhere)
    by_key = dict(zip(known, made, strict=True))
    return [by_key.get(key) for key in keys]


def complete(
    key: Key, place: int, table: Sequence[Sequence[Estimate | None]], field: Field, question: Question
) -> bool:
    """Whether a candidate has all metrics; else it is dropped, with the reasons."""
    gone = [metric for metric, column in zip(question.metrics, table, strict=True) if column[place] is None]
    if gone:
        field.dropped[key] = [
            f"No comparable result for {metric.called} of {metric.benchmark.title}." for metric in gone
        ]
    return not gone


def baseline_of(question: Question, keys: Sequence[Key]) -> Key | None:
    """The candidate to compare with; None: the best of each metric."""
    asked = question.query.baseline
    if asked == "best":
        return None
    found = next((key for key in keys if key.written() == asked), None)
    if found is None:
        raise fault("baseline", "The baseline is none of the candidates. Give the id of one, or best.")
    return found


@dataclass(frozen=True)
class Compared:
    """Who is compared by what. table: for each metric, the estimates in the order of the keys."""

    question: Question
    field: Field
    places: dict[UUID, Place]
    keys: Sequence[Key]
    table: Sequence[Sequence[Estimate | None]]
    baseline: Key | None

    def place(self, key: Key) -> Place | None:
        return self.places.get(key.flavor_id) if key.flavor_id else None

    def column(self, attribute: str) -> Floats:
        """An attribute of the estimates: a row for each candidate, a column for each metric."""
        cells = [
            [np.nan if (value := getattr(each, attribute, None)) is None else value for each in column]
            for column in self.table
        ]
        made: Floats = np.array(cells, dtype=float).T
        return made


def ordered(compared: Compared, seed: int) -> tuple[list[Ranked], list[tuple[Metric, float, Ranked]]]:
    """The candidates in their places, and the winners when weights move."""
    question, keys, table = compared.question, compared.keys, compared.table
    lower = [metric.lower for metric in question.metrics]
    weights = np.array([metric.weight for metric in question.metrics])
    gained = combine.gains(compared.column("mean"), lower)
    best, baseline = combine.best_of(gained), compared.baseline
    start = best if baseline is None else gained[list(keys).index(baseline)]
    start = np.where(np.isnan(start), best, start)
    missing = question.query.missing
    scores = combine.combine(
        gained,
        compared.column("error"),
        compared.column("freedom"),
        weights,
        missing=missing,
        baseline=start,
        shifts=combine.gains(compared.column("shift"), lower),
        sources=[question.benchmarks.index(metric.benchmark) for metric in question.metrics],
    )
    order = sorted(
        range(len(keys)),
        key=lambda i: (-round(float(scores.score[i]), 12), by_name(compared.places)(keys[i])),
    )
    score, error, freedom, shift = (
        each[order] for each in (scores.score, scores.error, scores.freedom, scores.shift)
    )
    once = [any(each is not None and each.runs == 1 for each in row) for row in zip(*table, strict=True)]
    once = [once[i] for i in order]
    groups = ranks.groups(score, error, freedom, once)
    drawn = ranks.chances(score, error, freedom, once, groups, seed=seed)
    ranked = []
    for position, i in enumerate(order):
        own = [column[i] for column in table]
        sure = not once[position] and not isnan(error[position])
        half = quantile(freedom[position]) * error[position] if sure else 0.0
        middle = score[position] + shift[position]
        ranked.append(
            Ranked(
                keys[i],
                compared.place(keys[i]),
                [runs.get(keys[i]) for runs in compared.field.runs],
                own,
                exp(score[position]),
                (exp(middle - half), exp(middle + half)) if sure else None,
                float(scores.coverage[i]),
                groups[position],
                *drawn[position],
            )
        )
    by_place = {i: ranked[position] for position, i in enumerate(order)}
    tilted = [
        (question.metrics[metric], factor, by_place[winner])
        for metric, factor, winner in combine.winners_of_tilted_weights(
            gained, weights, missing=missing, baseline=start
        )
    ]
    return ranked, tilted
