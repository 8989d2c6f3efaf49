"""What rankings read: observations, added up by the database. Claimed and withdrawn results don't count."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Select, and_, cast, exists, func, literal, literal_column, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlalchemy.types import Text, Uuid

from ..benchmarks.models import Field
from ..claims.models import Claim, ClaimStatus
from ..db import PLANNED_ANEW, session
from ..flavors.models import Flavor
from ..results.conditions import in_field
from ..results.models import Observation, Result
from ..results.sorting import value_of
from ..sites.models import Site
from ..web.json_filter import Filter
from .estimate import skewness
from .question import Metric, Question, fault

DIGITS = 12
"""Means of logarithms are rounded, so that the order in which rows are added up leaves no trace."""
SHAPE_DIGITS = 4
"""The same for their skewness, from which cubes have taken digits."""
LATEST = 10
"""How many of a candidate's newest results are looked at for what its hardware is."""
MOST_ALIKE = 20_000
"""Into more sets of alike results a question is not taken apart."""
SERIES = 300
"""How many of a candidate's newest results are searched for changes."""

Values = tuple[Any, ...]


@dataclass(frozen=True)
class Place:
    flavor_id: UUID
    flavor: str
    site_id: UUID
    site: str

    @property
    def name(self) -> str:
        return f"{self.site} {self.flavor}"


@dataclass(frozen=True)
class Runs:
    """Results of a metric that are alike: same flavor, parameters and split, same constraints met.

    met: for each constraint of the question, and last for its dates. seen: the least and the most value of
    each filtered field. mean, variance and skewness: of ln(value).
    """

    flavor_id: UUID | None
    parameters: Values
    split: Values
    met: tuple[bool, ...]
    seen: tuple[tuple[Any, Any] | None, ...]
    runs: int
    mean: float
    variance: float | None
    skewness: float
    oldest: datetime | None
    newest: datetime | None


@dataclass(frozen=True)
class Latest:
    """One of a candidate's newest results, for one metric."""

    flavor_id: UUID
    result_id: UUID
    executed: datetime
    value: float


def places() -> dict[UUID, Place]:
    """All flavors by id."""
    statement = select(Flavor.id, Flavor.name, Site.id, Site.name).join(Site, Site.id == Flavor.site_id)
    return {row[0]: Place(*row) for row in session().execute(statement).tuples()}


def contested(result_id: Any) -> ColumnElement[bool]:
    return exists().where(Claim.result_id == result_id, Claim.status == ClaimStatus.ON_REVIEW)


def filters_of(question: Question, metric: Metric) -> list[tuple[Filter, Field] | None]:
    """Each filter with the field it is about; None: a parameter that this benchmark does not have."""
    return [
        (each, metric.benchmark.fields[each.path]) if each.path in metric.benchmark.fields else None
        for each in question.filters
    ]


def runs_of(question: Question, metric: Metric, flavors: Sequence[UUID] | None = None) -> list[Runs]:
    """Everything that there is for a metric, in a few rows: one for each set of results that are alike.

    flavors: only of these.
    """
    seen = aliased(Observation)
    fields = metric.benchmark.fields
    statement = select().select_from(seen)
    joined: dict[int, Any] = {metric.field.id: seen}

    def of(field: Field) -> Any:
        nonlocal statement
        if field.id not in joined:
            other = aliased(Observation)
            statement = statement.outerjoin(other, same_result(field, other, seen))
            joined[field.id] = other
        return joined[field.id]

    parameters = [value_of(field, of(field)) for field in metric.benchmark.of_role("parameter")]
    split = [value_of(fields[path], of(fields[path])) for path in question.by]
    met: list[Any] = []
    extent: list[Any] = []
    for each in filters_of(question, metric):
        if each is None:
            met.append(literal(True))
            continue
        met.append(func.coalesce(in_field(*each, of(each[1])), False))
        column = value_of(each[1], of(each[1]))
        if each[1].type != "boolean":
            extent += [func.min(column), func.max(column)]
    met.append(within_dates(question, seen))
    number: Any = func.ln(seen.number)
    if metric.per is not None:
        per = of(metric.per)
        positive = func.ln(func.nullif(func.greatest(per.number, 0.0), 0.0))
        number = number + positive if metric.lower else number - positive
        statement = statement.where(per.number > 0)
    keys = [seen.flavor_id, *parameters, *split, *met]
    # These three have one state, so each row is read once; sums of powers would lose too many digits.
    both = number * number, number
    numbers = [func.count(), func.regr_avgx(*both), func.regr_sxx(*both), func.regr_sxy(*both)]
    when = [func.min(seen.execution_datetime), func.max(seen.execution_datetime)]
    statement = statement.add_columns(*(key.label(f"key{place}") for place, key in enumerate(keys)))
    statement = (
        statement.add_columns(*extent, *numbers, *when)
        .where(seen.field_id == metric.field.id, seen.number > 0, ~contested(seen.result_id))
        .group_by(*(literal_column(f"key{place}") for place in range(len(keys))))
    )
    if flavors is not None:
        statement = statement.where(seen.flavor_id.in_(flavors))
    # Planned for all groups; for the first ones PostgreSQL would rather sort the rows than hash them.
    groups = statement.cte("groups").prefix_with("MATERIALIZED")
    found = session().execute(select(groups).limit(MOST_ALIKE + 1), execution_options=PLANNED_ANEW)
    rows = found.tuples().all()
    if len(rows) > MOST_ALIKE:
        detail = (
            f"The results of {metric.benchmark.title} differ in too many ways to be ranked. Split by less"
        )
        raise fault("by", f"{detail}, or by facts with fewer values.")
    return [gathered(list(row), question, metric) for row in rows]


def within_dates(question: Question, seen: Any) -> ColumnElement[bool]:
    query = question.query
    bounds: list[ColumnElement[bool]] = [true()]
    if query.execution_after is not None:
        bounds.append(seen.execution_datetime > query.execution_after)
    if query.execution_before is not None:
        bounds.append(seen.execution_datetime < query.execution_before)
    return and_(*bounds)


def gathered(row: list[Any], question: Question, metric: Metric) -> Runs:
    def take(number: int) -> Values:
        taken = tuple(row[:number])
        del row[:number]
        return taken

    [flavor_id] = take(1)
    parameters = take(len(metric.benchmark.of_role("parameter")))
    split = take(len(question.by))
    met = take(len(question.filters) + 1)
    seen: list[tuple[Any, Any] | None] = []
    for each in filters_of(question, metric):
        extent = take(2) if each is not None and each[1].type != "boolean" else None
        seen.append(None if extent is None else (extent[0], extent[1]))
    runs, mean, squares, products, oldest, newest = row
    third = (products - 2 * mean * squares) / runs
    return Runs(
        flavor_id,
        parameters,
        split,
        met,
        tuple(seen),
        runs,
        round(mean, DIGITS),
        float(f"{squares / (runs - 1):.9g}") if runs > 1 else None,
        round(skewness(squares / runs, third), SHAPE_DIGITS),
        oldest,
        newest,
    )


def latest(
    question: Question, metric: Metric, flavors: Sequence[UUID], parameters: Values, *, most: int
) -> list[Latest]:
    """The newest results behind a metric at each flavor, at these parameters and within the constraints."""
    if not flavors:
        return []
    here = select(func.unnest(cast(list(flavors), ARRAY(Uuid))).label("flavor_id")).subquery("here")
    seen = aliased(Observation)
    wanted = [
        holds(field, seen, lambda other, field=field, value=value: value_of(field, other) == value)
        if value is not None
        else holds(field, seen, lambda other: true()).is_not(true())
        for field, value in zip(metric.benchmark.of_role("parameter"), parameters, strict=True)
    ]
    wanted += [
        holds(field, seen, lambda other, field=field, each=each: in_field(each, field, other))
        for each, field in filter(None, filters_of(question, metric))
    ]
    newest = (
        select(seen.result_id, seen.execution_datetime, seen.number)
        .where(
            seen.field_id == metric.field.id,
            seen.flavor_id == here.c.flavor_id,
            seen.number > 0,
            within_dates(question, seen),
            ~contested(seen.result_id),
            *wanted,
        )
        .order_by(seen.execution_datetime.desc(), seen.result_id)
        .limit(most)
        .lateral("newest")
    )
    statement: Select[Any] = select(here.c.flavor_id, *newest.c).select_from(here).join(newest, true())
    return [Latest(*row) for row in session().execute(statement, execution_options=PLANNED_ANEW).tuples()]


def holds(field: Field, seen: Any, condition: Any) -> ColumnElement[bool]:
    """Whether the field's observation of the same result meets the condition.

    A subquery in this form is looked up row by row; an EXISTS would be joined, with the whole field.
    """
    other = aliased(Observation)
    same = same_result(field, other, seen)
    found: ColumnElement[bool] = select(condition(other)).where(same).scalar_subquery().is_(true())
    return found


def same_result(field: Field, other: Any, seen: Any) -> ColumnElement[bool]:
    """The field's observation in the result of another one.

    The result alone would say so. By flavor and time rows of both come in the order of one index: they are
    merged without being hashed, and rows of one flavor lie on few pages.
    """
    return and_(
        other.field_id == field.id,
        other.flavor_id == seen.flavor_id,
        other.execution_datetime == seen.execution_datetime,
        other.result_id == seen.result_id,
    )


def whole_numbers(fields: Sequence[Field]) -> set[int]:
    """The ids of fields whose numbers are all whole, such as cores."""
    is_whole = func.bool_and(Observation.number == func.floor(Observation.number))
    statement = (
        select(Observation.field_id)
        .where(Observation.field_id.in_([field.id for field in fields]))
        .group_by(Observation.field_id)
        .having(is_whole)
    )
    return set(session().scalars(statement))


def facts(fields: Sequence[Field], results: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The values of fields in results, by result and path."""
    by_id = {field.id: field for field in fields}
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    statement = select(
        Observation.result_id, Observation.field_id, Observation.number, Observation.text, Observation.flag
    ).where(is_one_of(Observation.result_id, results), Observation.field_id.in_(by_id))
    for result_id, field_id, *values in session().execute(statement).tuples():
        found[result_id][by_id[field_id].name] = next(value for value in values if value is not None)
    return found


def is_one_of(id: Any, ids: Sequence[UUID]) -> ColumnElement[bool]:
    """As one array: a parameter for each of a thousand ids takes longer to write than the rows to read."""
    found: ColumnElement[bool] = id == func.any(cast(list(ids), ARRAY(Uuid)))
    return found


def samples(path: Sequence[str], results: Sequence[UUID]) -> dict[UUID, list[float]]:
    """The repeats within results, read from their documents; what is no positive number is left out."""
    repeats = Result.__table__.c.json.op("#>")(cast(list(path), ARRAY(Text)))
    statement = select(Result.id, cast(repeats, Text)).where(is_one_of(Result.id, results))
    found = {}
    for id, text in session().execute(statement).tuples():
        values = orjson.loads(text) if text else None
        good = values if isinstance(values, list) else []
        found[id] = [
            float(each)
            for each in good
            if isinstance(each, (int, float)) and not isinstance(each, bool) and 0 < each < 1e300
        ]
    return found
