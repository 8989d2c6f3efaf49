"""The asker's own machine: what was sent, as a candidate's runs, and which constraints it does not meet."""

import operator
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import numpy as np

from ..benchmarks import fields as field_specs
from ..web.faults import Fault, Faults
from ..web.json_filter import Filter
from .candidates import asked, extent
from .estimate import moments
from .queries import Runs
from .question import Metric, Question

COMPARE = {
    "==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge, "<": operator.lt,
    "<=": operator.le,
}  # fmt: skip


def wrong(detail: str) -> Faults:
    return Faults([Fault(detail, pointer="/documents")])


def runs(metric: Metric, documents: Sequence[Any], question: Question) -> Runs | None:
    """What the asker sent, as if it were a candidate's runs. Raises Faults if its parameters differ."""
    if not documents:
        return None
    wanted = [metric.field, *metric.benchmark.of_role("parameter"), *([metric.per] if metric.per else [])]
    rows = []
    for document in documents:
        observed = field_specs.observe(document, [(field.path, field.type) for field in wanted])
        rows.append({place: next(v for v in values if v is not None) for place, *values in observed})
    end = len(wanted) - (1 if metric.per else 0)
    parameters = {tuple(row.get(place) for place in range(1, end)) for row in rows}
    if len(parameters) > 1:
        raise wrong("Your documents have different parameters, so they can't be one candidate.")
    logs = []
    for row in rows:
        value, per = row.get(0), row.get(end) if metric.per else 1.0
        if not (isinstance(value, float) and value > 0 and isinstance(per, float) and per > 0):
            raise wrong(f"A document has no positive {metric.field.name}, or lacks what it is per.")
        logs.append(float(np.log(value)) + (1 if metric.lower else -1) * float(np.log(per)))
    made = moments(np.exp(logs).tolist())
    met = (True,) * (len(question.filters) + 1)
    known = made.runs, made.mean, made.variance, made.skewness
    return Runs(None, parameters.pop(), (), met, (), *known, None, None)


def unmet(question: Question, documents: Mapping[UUID, Sequence[Any]]) -> list[str]:
    """A clause for each constraint that a document does not meet."""
    found = []
    for each in question.filters:
        for benchmark in question.benchmarks:
            field = benchmark.fields.get(each.path)
            if field is None:
                continue
            values = [
                value_of(document, field.path, field.type) for document in documents.get(benchmark.id, [])
            ]
            if any(not meets(each, value) for value in values):
                known = [(value, value) for value in values if value is not None]
                found.append(f"{benchmark.called(each.path)} is {extent(known)}; asked was {asked(each)}")
    return list(dict.fromkeys(found))


def value_of(document: Any, path: Sequence[str], type_: str) -> Any:
    [*observed] = field_specs.observe(document, [(path, type_)])
    return next((value for _, *values in observed for value in values if value is not None), None)


def meets(each: Filter, value: Any) -> bool:
    """As the database judges stored values: one of another type does not match."""
    if each.operator == "~":
        return isinstance(value, str) and each.text.lower() in value.lower()
    wanted = (
        each.boolean if isinstance(value, bool) else each.number if isinstance(value, float) else each.text
    )
    return value is not None and wanted is not None and bool(COMPARE[each.operator](value, wanted))
