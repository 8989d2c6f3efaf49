"""What stands behind the numbers of a ranking: repeats, hardware seen, changes over time, links."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import numpy as np

from ..results.conditions import Path
from ..web import json_filter
from . import drift, queries
from .candidates import Key, values_at
from .question import Metric, Question, any_value
from .ranking import Ranked, Ranking
from .schemas import Where

MOST_CANDIDATES = 50
"""Of more than these, the hardware is not looked up."""
FEW_RUNS = queries.LATEST
"""Up to this number of runs the repeats within them are read from the documents."""
MOST_SEARCHED = 10
"""Of how many candidates, from the first, the series are searched for changes."""


@dataclass
class Details:
    """By candidate, and by metric's place: repeats of each run, changes as (when, factor), or a trend."""

    hardware: dict[Key, dict[str, set[Any]]] = field(default_factory=dict)
    repeats: dict[tuple[Key, int], list[list[float]]] = field(default_factory=dict)
    changes: dict[tuple[Key, int], list[tuple[datetime, float]]] = field(default_factory=dict)
    trends: dict[tuple[Key, int], dict[str, Any]] = field(default_factory=dict)


def of(ranking: Ranking) -> Details:
    made = Details()
    for place, metric in enumerate(ranking.question.metrics):
        shown = [each for each in ranking.ranked[:MOST_CANDIDATES] if each.place and each.runs[place]]
        few = [each for each in shown if runs_of(each, place) <= FEW_RUNS]
        new = [each for each in shown if each.key not in made.hardware]
        read(ranking, place, few, new, made)
        many = [each for each in shown[:MOST_SEARCHED] if runs_of(each, place) >= drift.LEAST_RUNS]
        search(ranking, place, metric, many, made)
    return made


def runs_of(each: Ranked, place: int) -> int:
    runs = each.runs[place]
    return runs.runs if runs else 0


def read(ranking: Ranking, place: int, few: Sequence[Ranked], new: Sequence[Ranked], made: Details) -> None:
    """The hardware of candidates that are new, the repeats of those with few runs."""
    metric = ranking.question.metrics[place]
    asked = {each.key.flavor_id for each in (*few, *new) if each.key.flavor_id}
    rows = queries.latest(
        ranking.question,
        metric,
        sorted(asked),
        values_at(ranking.field, metric),
        most=queries.LATEST,
    )
    fields = [*metric.benchmark.of_role("machine"), *split_fields(ranking.question, metric)]
    seen = queries.facts(fields, [row.result_id for row in rows])
    own = {row.result_id: key_of(row, seen, ranking.question) for row in rows}
    first = {each.key for each in new}
    for row in rows:
        if own[row.result_id] in first:
            known = made.hardware.setdefault(own[row.result_id], {})
            for path, value in seen.get(row.result_id, {}).items():
                known.setdefault(path, set()).add(value)
    wanted = {each.key for each in few}
    ids = [row.result_id for row in rows if own[row.result_id] in wanted]
    if metric.field.samples and ids:
        for id, values in queries.samples(metric.field.samples, ids).items():
            made.repeats.setdefault((own[id], place), []).append(values)


def search(ranking: Ranking, place: int, metric: Metric, many: Sequence[Ranked], made: Details) -> None:
    """Change points of candidates that are not split: a split one's series is that of its flavor."""
    if ranking.question.by or metric.per:
        return
    flavors = [each.key.flavor_id for each in many if each.key.flavor_id]
    rows = queries.latest(
        ranking.question, metric, flavors, values_at(ranking.field, metric), most=queries.SERIES
    )
    by_flavor: dict[UUID, list[queries.Latest]] = {id: [] for id in flavors}
    for row in sorted(rows, key=lambda row: (row.executed, row.result_id.bytes)):
        by_flavor[row.flavor_id].append(row)
    for each in many:
        series = by_flavor[each.key.flavor_id] if each.key.flavor_id else []
        found = drift.course([row.value for row in series], [row.executed.timestamp() for row in series])
        made.changes[each.key, place] = [
            (series[change.place].executed, change.factor) for change in found.changes
        ]
        if found.trend:
            ends = {"start": series[0].executed, "end": series[-1].executed}
            made.trends[each.key, place] = {**ends, "factor": float(f"{found.trend.factor:.7g}")}


def mixed(found: Details, ranking: Ranking, key: Key) -> dict[str, list[Any]]:
    """Facts in which a candidate's newest results differ, so that it is more than one machine.

    Numbers that are not whole, such as clock rates as seen, differ a little from run to run and don't count.
    """
    return {
        path: sorted(values, key=lambda value: (isinstance(value, str), value))
        for path, values in sorted(found.hardware.get(key, {}).items())
        if len(values) > 1
        and tuple(path.split(".")) not in ranking.question.by
        and all(not isinstance(value, float) or value.is_integer() for value in values)
    }


def split_fields(question: Question, metric: Metric) -> list[Any]:
    fields = [metric.benchmark.fields[path] for path in question.by]
    return [field for field in fields if field.role != "machine"]


def key_of(row: queries.Latest, seen: dict[UUID, dict[str, Any]], question: Question) -> Key:
    facts = seen.get(row.result_id, {})
    return Key(row.flavor_id, tuple(facts.get(".".join(path)) for path in question.by))


def variation(repeats: Sequence[Sequence[float]]) -> float | None:
    """How far repeats within a run lie apart: their relative standard deviation, over all runs."""
    squares, freedom = 0.0, 0
    for run in repeats:
        if len(run) > 1:
            logs = np.log(run)
            squares += float(((logs - logs.mean()) ** 2).sum())
            freedom += len(run) - 1
    return exp((squares / freedom) ** 0.5) - 1 if freedom else None


def addresses(
    where: Where, metric: Metric, key: Key, parameters: queries.Values, by: Sequence[Path]
) -> tuple[str, str]:
    """The page that lists the results behind a number, and how they went over time in the API."""
    fields = metric.benchmark.fields
    kept = [text for text in where.filters if json_filter.parse(text).path in fields]
    fixed = [*zip(metric.benchmark.of_role("parameter"), parameters, strict=False)]
    fixed += [*zip((fields[path] for path in by), key.split, strict=False)]
    kept += [f"{field.name} == {any_value(value)}" for field, value in fixed if value is not None]
    asked = [("flavor_id", str(key.flavor_id)), *(("filters", text) for text in dict.fromkeys(kept))]
    page = [("benchmark_id", str(metric.benchmark.id)), *asked, *days(where)]
    for name, moment in (("after", where.execution_after), ("before", where.execution_before)):
        asked += [(f"execution_{name}", moment.isoformat())] if moment else []
    return f"/results?{urlencode(page)}", f"/drift?{urlencode([('metric', metric.name), *asked])}"


def days(where: Where) -> list[tuple[str, str]]:
    """The strict bounds in time as the page of results has them: inclusive days in UTC."""
    tick = timedelta(microseconds=1)
    first, last = where.execution_after, where.execution_before
    return [
        *([("executed_from", f"{first.astimezone(UTC) + tick:%Y-%m-%d}")] if first else []),
        *([("executed_to", f"{last.astimezone(UTC) - tick:%Y-%m-%d}")] if last else []),
    ]
