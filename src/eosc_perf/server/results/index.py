"""Observations: the typed values of declared fields in listed results, equal to what the documents say."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import Engine, Uuid, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from ..benchmarks import fields as field_specs
from ..benchmarks.models import Benchmark, Field
from ..db import copy, transaction
from .models import Observation, Result, ResultStatus

BATCH = 1000
COLUMNS = ("field_id", "result_id", "flavor_id", "execution_datetime", "number", "text", "flag")
Id = UUID | str
Row = tuple[int, Id, Id, Any, float | None, str | None, bool | None]


class Indexed(NamedTuple):
    """A declared field, as far as observations are concerned."""

    id: int
    path: list[str]
    type: str


FIELD = Field.__table__.c
FIELDS = (
    select(FIELD.benchmark_id, FIELD.id, FIELD.path, FIELD.type)
    .where(FIELD.benchmark_id == func.any(bindparam("ids", type_=ARRAY(Uuid))))
    .order_by(FIELD.position)
)


def fields_of(session: Session, benchmark_ids: Iterable[UUID]) -> dict[UUID, list[Indexed]]:
    """The declared fields of each benchmark, in the order of its schema."""
    found: dict[UUID, list[Indexed]] = {id: [] for id in benchmark_ids}
    for field in session.connection().execute(FIELDS, {"ids": list(found)}):
        found[field.benchmark_id].append(Indexed(field.id, field.path, field.type))
    return found


def add(session: Session, result: Result, document: Any) -> None:
    """Index one result. document: its parsed JSON."""
    store(session, rows(session, result, document))


def remove(session: Session, result: Result) -> None:
    session.execute(delete(Observation).where(Observation.result_id == result.id))


def rows(session: Session, result: Result, document: Any) -> list[Row]:
    fields = fields_of(session, [result.benchmark_id])[result.benchmark_id]
    return rows_of(result.id, result.flavor_id, result.execution_datetime, document, fields)


def rows_of(
    result_id: Id, flavor_id: Id, executed: datetime | str, document: Any, fields: Sequence[Indexed]
) -> list[Row]:
    """The observations of one result, for `store`. Ids and times as text are copied twice as fast."""
    observed = field_specs.observe(document, [(path, type_) for _, path, type_ in fields])
    return [
        (fields[position].id, result_id, flavor_id, executed, number, text, flag)
        for position, number, text, flag in observed
    ]


def store(session: Session, rows: Iterable[Row]) -> None:
    copy(session, "observation", COLUMNS, rows)


def fix_fields(session: Session, benchmark_id: UUID) -> None:
    """Keep the benchmark's schema, and so its fields, as they are until this transaction ends."""
    session.execute(select(Benchmark.id).where(Benchmark.id == benchmark_id).with_for_update(read=True))


def rebuild_benchmark(
    session: Session, benchmark_id: UUID, *, after_batch: Callable[[int], None] | None = None
) -> None:
    """Make the observations of a benchmark's listed results anew, in batches."""
    fix_fields(session, benchmark_id)
    fields = fields_of(session, [benchmark_id])[benchmark_id]
    last: UUID | None = None
    while True:
        batch = select(Result.id, Result.flavor_id, Result.execution_datetime, Result.json).where(
            Result.benchmark_id == benchmark_id, Result.status == ResultStatus.LISTED
        )
        if last is not None:
            batch = batch.where(Result.id > last)
        rows = session.execute(batch.order_by(Result.id).limit(BATCH).with_for_update(key_share=True)).all()
        if not rows:
            return
        ids = [row.id for row in rows]
        session.execute(delete(Observation).where(Observation.result_id.in_(ids)))
        store(
            session,
            (
                value
                for row in rows
                for value in rows_of(
                    str(row.id), str(row.flavor_id), row.execution_datetime, orjson.loads(row.json), fields
                )
            ),
        )
        last = ids[-1]
        if after_batch:
            after_batch(len(rows))


def rebuild(engine: Engine, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Make all observations anew while the service runs. Returns how many results were indexed.

    progress takes (done, total); the total grows with results that are added meanwhile.
    """
    done = 0
    with transaction(engine) as session:
        total = session.scalar(select(func.count()).where(Result.status == ResultStatus.LISTED)) or 0
        benchmarks = list(session.scalars(select(Benchmark.id).order_by(Benchmark.id)))

    def count(batch: int) -> None:
        nonlocal done
        done += batch
        progress(done, max(done, total))

    for benchmark_id in benchmarks:
        with transaction(engine) as session:
            rebuild_benchmark(session, benchmark_id, after_batch=count)
    progress(done, done)
    return done
