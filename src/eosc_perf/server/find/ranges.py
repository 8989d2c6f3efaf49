"""What values the declared fields of a benchmark take: what one can ask for."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text

from ..benchmarks.models import Field, FieldType
from ..benchmarks.queries import fields_of
from ..db import session
from ..results.models import Observation
from ..results.sorting import value_of
from ..web.paging import without_nones

MOST_VALUES = 50
"""Of a field with more different values than this, only the least and the most are told."""

DISTINCT = """
WITH RECURSIVE seen (field_id, value, place) AS (
  SELECT wanted.id,
    (SELECT min({column}) FROM observation WHERE field_id = wanted.id AND {column} IS NOT NULL),
    1
  FROM unnest(CAST(:fields AS bigint[])) AS wanted (id)
  UNION ALL
  SELECT seen.field_id,
    (SELECT min({column}) FROM observation WHERE field_id = seen.field_id AND {column} > seen.value),
    place + 1
  FROM seen WHERE value IS NOT NULL AND place <= :most
)
SELECT field_id FROM seen WHERE place > :most AND value IS NOT NULL
"""
"""Which fields have too many values. It jumps through the index from each value to the next larger one."""


def of(benchmark_id: UUID) -> list[dict[str, Any]]:
    """path, low and high of numbers, and the values with their numbers of results, most frequent first."""
    fields = fields_of(benchmark_id)
    many = varied(fields)
    bounds = extents([field for field in fields if field.type == FieldType.NUMBER])
    counted = frequencies([field for field in fields if field.id not in many])
    return [
        without_nones(
            path=field.name,
            low=bounds.get(field.id, (None, None))[0],
            high=bounds.get(field.id, (None, None))[1],
            values=[{"value": value, "results": number} for value, number in counted.get(field.id, [])],
        )
        for field in fields
    ]


def varied(fields: Sequence[Field]) -> set[int]:
    """The ids of fields that have more than MOST_VALUES values."""
    found: set[int] = set()
    for type in (FieldType.NUMBER, FieldType.TEXT):
        asked = {"fields": [field.id for field in fields if field.type == type], "most": MOST_VALUES}
        found.update(session().scalars(text(DISTINCT.format(column=type)), asked))
    return found


def extents(fields: Sequence[Field]) -> dict[int, tuple[float | None, float | None]]:
    """The least and the most of each field of numbers, from the two ends of its index."""
    if not fields:
        return {}
    ids = [field.id for field in fields]

    def end(of: Any) -> Any:
        here = (Observation.field_id == Field.id) & Observation.number.is_not(None)
        return select(of(Observation.number)).where(here).correlate(Field).scalar_subquery()

    statement = select(Field.id, end(func.min), end(func.max)).where(Field.id.in_(ids))
    return {id: (low, high) for id, low, high in session().execute(statement).tuples()}


def frequencies(fields: Sequence[Field]) -> dict[int, list[tuple[Any, int]]]:
    found: dict[int, list[tuple[Any, int]]] = {}
    for type in FieldType:
        asked = [field for field in fields if field.type == type]
        if not asked:
            continue
        value = value_of(asked[0], Observation)
        statement = (
            select(Observation.field_id, value, func.count())
            .where(Observation.field_id.in_([field.id for field in asked]), value.is_not(None))
            .group_by(Observation.field_id, value)
            .order_by(func.count().desc(), value)
        )
        for id, seen, number in session().execute(statement).tuples():
            found.setdefault(id, []).append((seen, number))
    return found
