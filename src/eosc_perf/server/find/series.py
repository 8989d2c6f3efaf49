"""A metric at one flavor over time, from its results to the answer."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ..web.paging import without_nones
from . import drift, queries, words
from .candidates import choose
from .drift_schemas import DriftQuery
from .estimate import estimates, moments
from .present import digits, parameters
from .queries import Latest
from .question import Metric, fault, understand
from .schemas import about_one

CSV = ("at", "value", "result_id")


def of(query: DriftQuery) -> dict[str, Any]:
    place = queries.places().get(query.flavor_id)
    if place is None:
        raise fault("flavor_id", "There is no flavor with this id.")
    question = understand(about_one(query, query.metric))
    [metric] = question.metrics
    found = queries.runs_of(question, metric, [query.flavor_id])
    at = choose(metric.benchmark, [run for run in found if all(run.met)], None)
    rows = queries.latest(question, metric, [query.flavor_id], at.values, most=queries.SERIES)
    rows.sort(key=lambda row: (row.executed, row.result_id))
    course = drift.course([row.value for row in rows], [row.executed.timestamp() for row in rows])
    changes = course.changes
    return {
        "summary": summary(
            f"{metric.called} of {metric.benchmark.title} at {place.name}", metric, rows, course
        ),
        "benchmark": {"id": metric.benchmark.id, "name": metric.benchmark.name},
        "site": {"id": place.site_id, "name": place.site},
        "flavor": {"id": place.flavor_id, "name": place.flavor},
        "path": metric.field.name,
        "unit": metric.unit,
        "better": metric.field.better,
        "parameters": parameters(at, at.values),
        "outside": at.outside,
        "points": [{"at": row.executed, "value": row.value, "result_id": row.result_id} for row in rows],
        "segments": segments(rows, [change.place for change in changes]),
        "changes": [
            {"at": rows[change.place].executed, "factor": digits(change.factor)} for change in changes
        ],
        **({"trend": trend(rows, course.trend)} if course.trend else {}),
    }


def trend(rows: Sequence[Latest], found: drift.Trend) -> dict[str, Any]:
    first, last = found.ends
    return {
        "start": rows[0].executed,
        "end": rows[-1].executed,
        "first": digits(first),
        "last": digits(last),
        "factor": digits(found.factor),
    }


def segments(rows: Sequence[Latest], changes: Sequence[int]) -> list[dict[str, Any]]:
    """The runs between changes, each with its centre and interval by itself."""
    made = []
    for first, end in pairwise([0, *changes, len(rows)]):
        here = rows[first:end]
        if not here:
            continue
        [estimate] = estimates([moments([row.value for row in here])])
        low, high = estimate.interval() or (None, None)
        made.append(
            without_nones(
                start=here[0].executed,
                end=here[-1].executed,
                runs=len(here),
                value=digits(estimate.centre),
                low=digits(low),
                high=digits(high),
            )
        )
    return made


def summary(what: str, metric: Metric, rows: Sequence[Latest], course: drift.Course) -> str:
    if len(rows) < drift.LEAST_RUNS:
        return f"{what}: {words.number(len(rows), 'run')}; changes are looked for from {drift.LEAST_RUNS} on."
    changes = course.changes
    if course.trend:
        since = f"{rows[0].executed:%-d %B %Y}"
        gradual = words.gradual(metric, course.trend.factor)
        return f"{what}: a trend in {words.number(len(rows), 'run')}; {gradual} since {since}."
    if not changes:
        return f"{what}: no change in {words.number(len(rows), 'run')}."
    last = changes[-1]
    count = words.number(len(changes), "change")
    when = f"{rows[last.place].executed:%-d %B %Y}"
    return f"{what}: {count} in {words.number(len(rows), 'run')}; {words.share(metric, last.factor)} {when}."
