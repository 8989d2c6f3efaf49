"""Whole results for an answer: one statement for a page's rows, one for the benchmarks they name."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Row, Select, cast, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by
from sqlalchemy.types import Text

from ..benchmarks import schemas as benchmarks
from ..benchmarks.models import Benchmark
from ..db import session
from ..flavors.models import Flavor
from ..sites.models import Site
from ..tags.models import Tag
from ..web.paging import Wanted, without_nones
from .conditions import Path, raw_document
from .models import Result, result_tag
from .plan import Question
from .sorting import Cursor

TAGS = (
    select(
        func.coalesce(
            func.jsonb_agg(
                aggregate_order_by(
                    func.jsonb_strip_nulls(
                        func.jsonb_build_object(
                            "id", Tag.id, "name", Tag.name, "description", Tag.description
                        )
                    ),
                    Tag.name,
                    Tag.id,
                )
            ),
            cast(literal("[]", Text), JSONB),
        )
    )
    .select_from(result_tag)
    .join(Tag, Tag.id == result_tag.c.tag_id)
    .where(result_tag.c.result_id == Result.id)
    .scalar_subquery()
)


def page(question: Question, total: int, wanted: Wanted) -> tuple[list[dict[str, Any]], str | None]:
    """A page's results as they are answered, and the cursor after them if there may be more."""
    limit = question.query.per_page
    rows: list[Row[Any]] = []
    for ids in question.pages(total) if total else []:
        if len(rows) < limit:
            rows += session().execute(whole(ids, wanted)).all()[: limit - len(rows)]
    cursor = None
    if len(rows) == limit:
        values = [rows[-1]._mapping[f"value{place}"] for place in range(len(question.keys))]
        cursor = Cursor(values, rows[-1].id).written()
    return present(rows, wanted), cursor


def whole(ids: Select[Any], wanted: Wanted) -> Select[Any]:
    """The rows of the results in the order of `ids`, without the members nobody asked for."""
    place = func.row_number().over().label("place")
    chosen = select(*ids.subquery("ordered").c, place).subquery("page")
    columns: list[Any] = [*chosen.c]
    columns += [Result.upload_datetime, Result.execution_datetime, Result.benchmark_id, Result.claims_open]
    columns += [Site.__table__.c[name].label(f"site_{name}") for name in SITE]
    columns += [Flavor.__table__.c[name].label(f"flavor_{name}") for name in FLAVOR]
    if not wanted or "tags" in wanted:
        columns.append(TAGS.label("tags"))
    if not wanted or wanted.get("json") == {}:
        columns.append(Result.json)
    for number, path in enumerate(paths_in(wanted.get("json", {}))):
        columns.append(
            cast(raw_document().op("#>")(cast(list(path), ARRAY(Text))), Text).label(f"json{number}")
        )
    return (
        select(*columns)
        .join(Result, Result.id == chosen.c.id)
        .join(Site, Site.id == Result.site_id)
        .join(Flavor, Flavor.id == Result.flavor_id)
        .order_by(chosen.c.place)
    )


SITE = ("id", "upload_datetime", "name", "address", "description", "status")
FLAVOR = ("id", "upload_datetime", "name", "description", "status")


def present(rows: Sequence[Row[Any]], wanted: Wanted) -> list[dict[str, Any]]:
    of_benchmark = presented_benchmarks({row.benchmark_id for row in rows}, wanted)
    paths = paths_in(wanted.get("json", {}))
    presented = []
    for row in rows:
        cells = row._mapping
        item = {
            "id": row.id,
            "upload_datetime": row.upload_datetime,
            "execution_datetime": row.execution_datetime,
            "benchmark": of_benchmark.get(row.benchmark_id),
            "site": without_nones(**{name: cells[f"site_{name}"] for name in SITE}),
            "flavor": without_nones(**{name: cells[f"flavor_{name}"] for name in FLAVOR}),
            "claims_open": row.claims_open,
        }
        if "tags" in cells:
            item["tags"] = row.tags
        if "json" in cells:
            item["json"] = orjson.Fragment(row.json)
        elif paths:
            item["json"] = parts_of(paths, [cells[f"json{number}"] for number in range(len(paths))])
        presented.append(item)
    return presented


def paths_in(wanted: Wanted) -> list[Path]:
    """The paths of the members of a document that are wanted; none means all of it."""
    return [(name, *rest) for name, inner in wanted.items() for rest in (paths_in(inner) or [()])]


def parts_of(paths: Sequence[Path], values: Sequence[str | None]) -> dict[str, Any]:
    """The members of a document at these paths, where it has them."""
    parts: dict[str, Any] = {}
    for (*outer, last), value in zip(paths, values, strict=True):
        if value is not None:
            inner = parts
            for name in outer:
                inner = inner.setdefault(name, {})
            inner[last] = orjson.Fragment(value)
    return parts


def presented_benchmarks(ids: set[UUID], wanted: Wanted) -> dict[UUID, Any]:
    """Each benchmark once, already as JSON where it is wanted whole."""
    if not ids or (wanted and "benchmark" not in wanted):
        return {}
    found = session().scalars(select(Benchmark).where(Benchmark.id.in_(ids)))
    made = {each.id: benchmarks.benchmark(each) for each in found}
    if wanted and wanted["benchmark"]:
        return made
    return {id: orjson.Fragment(orjson.dumps(each)) for id, each in made.items()}
