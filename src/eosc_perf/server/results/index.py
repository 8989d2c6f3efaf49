"""Observations: the typed values of declared fields in listed results, equal to what the documents say."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from ..benchmarks import fields as field_specs
from ..benchmarks.models import Benchmark, Field
from ..db import copy, transaction
from .models import Observation, Result, ResultStatus

BATCH = 1000
COLUMNS = ("field_id", "result_id", "flavor_id", "execution_datetime", "number", "text", "flag")
Row = tuple[int, UUID, UUID, Any, float | None, str | None, bool | None]


def add(session: Session, result: Result, document: Any, fields: Sequence[Field]) -> None:
    """Index one result. document: its parsed JSON; fields: those of its benchmark, in order."""
    store(session, rows(result, document, fields))


def remove(session: Session, result: Result) -> None:
    session.execute(delete(Observation).where(Observation.result_id == result.id))


def rows(result: Result, document: Any, fields: Sequence[Field]) -> list[Row]:
    return rows_of(result.id, result.flavor_id, result.execution_datetime, document, fields)


def rows_of(
    result_id: UUID, flavor_id: UUID, executed: Any, document: Any, fields: Sequence[Field]
) -> list[Row]:
    """The observations of one result, for `store`."""
    observed = field_specs.observe(document, [(field.path, field.type) for field in fields])
    return [
        (fields[position].id, result_id, flavor_id, executed, number, text, flag)
        for position, number, text, flag in observed
    ]


def store(session: Session, rows: Sequence[Row]) -> None:
    if rows:
        copy(session, "observation", COLUMNS, rows)


def fix_fields(session: Session, benchmark_id: UUID) -> None:
    """Keep the benchmark's schema, and so its fields, as they are until this transaction ends."""
    session.execute(select(Benchmark.id).where(Benchmark.id == benchmark_id).with_for_update(read=True))


def rebuild_benchmark(
    session: Session, benchmark_id: UUID, *, after_batch: Callable[[int], None] | None = None
) -> None:
    """Make the observations of a benchmark's listed results anew, in batches."""
    fix_fields(session, benchmark_id)
    fields = list(
        session.scalars(select(Field).where(Field.benchmark_id == benchmark_id).order_by(Field.position))
    )
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
        values = [
            value
            for row in rows
            for value in rows_of(
                row.id, row.flavor_id, row.execution_datetime, orjson.loads(row.json), fields
            )
        ]
        store(session, values)
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
