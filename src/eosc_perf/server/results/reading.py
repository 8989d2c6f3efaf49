"""Whole results for an answer: one statement for a page's rows, one for benchmarks that are not at hand."""

from collections.abc import Sequence
from threading import Lock
from typing import Any
from uuid import UUID

import orjson
from cachetools import LRUCache  # type: ignore[import-untyped]
from flask import current_app
from sqlalchemy import Row, Select, cast, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by
from sqlalchemy.types import Text

from ..benchmarks import schemas as benchmarks
from ..benchmarks.models import Benchmark
from ..db import session
from ..flavors.models import Flavor
from ..sites.models import Site
from ..tags.models import Tag
from ..web.paging import Wanted, only, without_nones
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
    columns.append(literal_column("benchmark.xmin::text").label("benchmark_version"))
    columns += [Result.upload_datetime, Result.execution_datetime, Result.benchmark_id, Result.claims_open]
    columns += [Site.__table__.c[name].label(f"site_{name}") for name in SITE]
    columns += [Flavor.__table__.c[name].label(f"flavor_{name}") for name in FLAVOR]
    if not wanted or "tags" in wanted:
        columns.append(cast(TAGS, Text).label("tags"))
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
        .join(Benchmark, Benchmark.id == Result.benchmark_id)
        .order_by(chosen.c.place)
    )


class AtHand:
    """Benchmarks as they are answered, by id and the transaction that wrote the row: schemas are long."""

    def __init__(self) -> None:
        self.kept: LRUCache[tuple[UUID, str], dict[str, object]] = LRUCache(500)
        self.lock = Lock()


SITE = ("id", "upload_datetime", "name", "address", "description", "status")
FLAVOR = ("id", "upload_datetime", "name", "description", "status")


def present(rows: Sequence[Row[Any]], wanted: Wanted) -> list[dict[str, Any]]:
    """Benchmarks, sites and flavors, which many rows share, are written as JSON once for all of them."""
    of_benchmark = presented_benchmarks(rows, wanted)
    sites: dict[UUID, orjson.Fragment] = {}
    flavors: dict[UUID, orjson.Fragment] = {}
    paths = paths_in(wanted.get("json", {}))
    presented = []
    for row in rows:
        cells = row._mapping
        if row.site_id not in sites:
            sites[row.site_id] = written({name: cells[f"site_{name}"] for name in SITE}, wanted.get("site"))
        if row.flavor_id not in flavors:
            members = {name: cells[f"flavor_{name}"] for name in FLAVOR}
            flavors[row.flavor_id] = written(members, wanted.get("flavor"))
        item = {
            "id": row.id,
            "upload_datetime": row.upload_datetime,
            "execution_datetime": row.execution_datetime,
            "benchmark": of_benchmark.get(row.benchmark_id),
            "site": sites[row.site_id],
            "flavor": flavors[row.flavor_id],
            "claims_open": row.claims_open,
        }
        if "tags" in cells:
            item["tags"] = orjson.loads(row.tags) if wanted.get("tags") else orjson.Fragment(row.tags)
        if "json" in cells:
            item["json"] = orjson.Fragment(row.json)
        elif paths:
            item["json"] = parts_of(paths, [cells[f"json{number}"] for number in range(len(paths))])
        presented.append(item)
    return presented


def written(members: dict[str, object], wanted: Wanted | None) -> orjson.Fragment:
    """The wanted members that have a value, as JSON."""
    return orjson.Fragment(orjson.dumps(only(without_nones(**members), wanted or {})))


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


def presented_benchmarks(rows: Sequence[Row[Any]], wanted: Wanted) -> dict[UUID, orjson.Fragment]:
    """Each benchmark once. Those that did not change since another answer named them are still at hand."""
    if not rows or (wanted and "benchmark" not in wanted):
        return {}
    at_hand: AtHand = current_app.extensions["benchmarks"]
    versions = {row.benchmark_id: (row.benchmark_id, row.benchmark_version) for row in rows}
    with at_hand.lock:
        made = {id: at_hand.kept[version] for id, version in versions.items() if version in at_hand.kept}
    missing = [id for id in versions if id not in made]
    if missing:
        found = session().scalars(select(Benchmark).where(Benchmark.id.in_(missing)))
        new = {each.id: benchmarks.benchmark(each) for each in found}
        made.update(new)
        with at_hand.lock:
            at_hand.kept.update({versions[id]: each for id, each in new.items()})
    return {id: written(each, wanted.get("benchmark")) for id, each in made.items()}
