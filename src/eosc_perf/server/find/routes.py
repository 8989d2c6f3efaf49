"""Views import what computes when they are asked: numpy, scipy and ruptures are slow to load, and large."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from flask import Response
from sqlalchemy import select

from ..benchmarks.models import Benchmark
from ..benchmarks.queries import get as benchmark_by_id
from ..db import session
from ..identity import viewer
from ..moderation.queries import may_see
from ..results import documents
from ..results.export import safe
from ..web.access import allow
from ..web.faults import Fault, Faults
from ..web.paging import answer
from ..web.routing import section
from . import drift_schemas, ranges, scaling_schemas, schemas

api = section("find", __name__)


@api.get("/rankings", responses={200: schemas.Ranking})
@allow("ranking:read")
def rank_candidates(query: schemas.RankingQuery) -> Response:
    """Which site and flavor suits a task best, and how sure that is."""
    return ranked(query, {})


@api.post("/rankings", responses={200: schemas.Ranking})
@allow("ranking:read")
def rank_with_own_machine(query: schemas.RankingQuery, body: schemas.OwnMachine) -> Response:
    """The same with results of one's own machine among the candidates. They are not stored."""
    return ranked(query, checked(body))


@api.get("/scaling", responses={200: scaling_schemas.Scaling})
@allow("ranking:read")
def show_scaling(query: scaling_schemas.ScalingQuery) -> Response:
    """How a task speeds up at a site with a number such as the cores."""
    from . import curves

    made = curves.scaling(query)
    if query.format == "csv":
        return comma_separated(curves.CSV, curves.rows(made), "scaling.csv")
    return answer(made)


@api.get("/drift", responses={200: drift_schemas.Drift})
@allow("ranking:read")
def show_drift(query: drift_schemas.DriftQuery) -> Response:
    """How a metric went over time at a flavor, and when it changed."""
    from . import series

    made = series.of(query)
    if query.format == "csv":
        return comma_separated(series.CSV, made["points"], "drift.csv")
    return answer(made)


@api.get("/benchmarks/<uuid:id>/ranges", responses={200: drift_schemas.RangeList})
@allow("benchmark:read", load=benchmark_by_id)
def list_ranges(benchmark: Benchmark) -> Response:
    """Which values the declared fields of a benchmark take: what one can ask for."""
    return answer({"items": ranges.of(benchmark.id)})


def ranked(query: schemas.RankingQuery, own: dict[UUID, list[Any]]) -> Response:
    from . import present, question, ranking

    made = present.ranking(ranking.rank(question.understand(query), own))
    if query.format == "csv":
        return comma_separated(present.CSV, present.rows(made), "ranking.csv")
    return answer(made)


def comma_separated(columns: Sequence[str], rows: Sequence[dict[str, Any]], name: str) -> Response:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(buffer.getvalue(), mimetype="text/csv", headers=headers)


def cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else safe("" if value is None else value)


def checked(body: schemas.OwnMachine) -> dict[UUID, list[Any]]:
    """The documents by benchmark. Raises Faults where one does not satisfy its benchmark's schema."""
    found: dict[UUID, list[Any]] = {}
    known: dict[UUID, tuple[Any, int]] = {
        id: (orjson.loads(text), version)
        for id, text, version in session().execute(
            select(Benchmark.id, Benchmark.json_schema, Benchmark.schema_version).where(
                Benchmark.id.in_({each.benchmark_id for each in body.documents}), may_see(Benchmark, viewer())
            )
        )
    }
    for place, each in enumerate(body.documents):
        pointer = f"/documents/{place}"
        if each.benchmark_id not in known:
            raise Faults([Fault("There is no benchmark with this id.", pointer=f"{pointer}/benchmark_id")])
        schema, version = known[each.benchmark_id]
        try:
            documents.validate(each.document, schema, key=(each.benchmark_id, version))
        except Faults as error:
            raise Faults(
                Fault(one.detail, pointer=f"{pointer}/json{one.pointer or ''}") for one in error.faults
            ) from None
        found.setdefault(each.benchmark_id, []).append(each.document)
    return found
