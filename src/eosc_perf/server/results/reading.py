"""Whole results for an answer: one statement for a page's rows, one for benchmarks that are not at hand."""

from collections.abc import Sequence
from threading import Lock
from typing import Any
from uuid import UUID

import orjson
from cachetools import LRUCache  # type: ignore[import-untyped]
from flask import current_app
from sqlalchemy import Row, Select, bindparam, cast, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by
from sqlalchemy.types import Text, Uuid

from ..benchmarks import schemas as benchmarks
from ..benchmarks.models import Benchmark
from ..db import session
from ..flavors.models import Flavor
from ..identity import Viewer
from ..moderation.queries import reader
from ..sites.models import Site
from ..tags.models import Tag
from ..web.access import uploader
from ..web.paging import Wanted, only, without_nones
from . import queries
from .conditions import Path, raw_document
from .models import Result, ResultStatus, result_tag

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


RESULT = Result.__table__
SITE = ("id", "upload_datetime", "name", "address", "description", "status")
FLAVOR = ("id", "upload_datetime", "name", "description", "status")
AMONG_IDS = RESULT.c.id == func.any(bindparam("ids", type_=ARRAY(Uuid)))


def page(ids: Sequence[UUID], wanted: Wanted) -> list[dict[str, Any]]:
    """Results as they are answered, in the order of the ids, without the members nobody asked for."""
    return present(*read(ids, wanted), wanted)


Benchmarks = dict[UUID, orjson.Fragment]


def read(ids: Sequence[UUID], wanted: Wanted) -> tuple[list[Row[Any]], Benchmarks]:
    """What `present` needs, from the database: rows in the order of the ids, and their benchmarks."""
    if not ids:
        return [], {}
    statement = whole(wanted).where(AMONG_IDS) if wanted else WHOLE
    found = {row.id: row for row in fetched(statement, ids=list(ids))}
    rows = [found[id] for id in ids if id in found]
    return rows, presented_benchmarks(rows, wanted)


def one(id: UUID, viewer: Viewer) -> dict[str, Any]:
    """The result that the viewer may see, as it is answered. Raises NotFound."""
    rows = fetched(ONE, id=id, **reader(viewer))
    if not rows:
        raise queries.missing(id)
    [item] = present(rows, presented_benchmarks(rows, {}), {})
    mine = uploader(viewer, rows[0])
    withdrawn = rows[0].status == ResultStatus.WITHDRAWN
    return item | without_nones(mine=mine or None, withdrawn=withdrawn or None)


def fetched(statement: Select[Any], **values: Any) -> Sequence[Row[Any]]:
    """Rows of plain columns; without objects for each, which would take as long again."""
    return session().connection().execute(statement, values).all()


def paths_in(wanted: Wanted) -> list[Path]:
    """The paths of the members of a document that are wanted; none means all of it."""
    return [(name, *rest) for name, inner in wanted.items() for rest in (paths_in(inner) or [()])]


def whole(wanted: Wanted) -> Select[Any]:
    """The rows of results, with what belongs to them."""
    columns: list[Any] = [
        RESULT.c[name] for name in ("id", "upload_datetime", "execution_datetime", "benchmark_id")
    ]
    columns += [RESULT.c.claims_open, literal_column("benchmark.xmin::text").label("benchmark_version")]
    columns += [Site.__table__.c[name].label(f"site_{name}") for name in SITE]
    columns += [Flavor.__table__.c[name].label(f"flavor_{name}") for name in FLAVOR]
    if not wanted or "tags" in wanted:
        columns.append(cast(TAGS, Text).label("tags"))
    if not wanted or wanted.get("json") == {}:
        columns.append(RESULT.c.json)
    for number, path in enumerate(paths_in(wanted.get("json", {}))):
        columns.append(
            cast(raw_document().op("#>")(cast(list(path), ARRAY(Text))), Text).label(f"json{number}")
        )
    return (
        select(*columns)
        .select_from(RESULT)
        .join(Site.__table__, Site.id == RESULT.c.site_id)
        .join(Flavor.__table__, Flavor.id == RESULT.c.flavor_id)
        .join(Benchmark.__table__, Benchmark.id == RESULT.c.benchmark_id)
    )


WHOLE = whole({}).where(AMONG_IDS)
ONE = (
    whole({})
    .add_columns(RESULT.c.uploader_id, RESULT.c.status)
    .where(RESULT.c.id == bindparam("id"), queries.MAY_READ)
)


class AtHand:
    """Benchmarks as they are answered, by id and the transaction that wrote the row: schemas are long."""

    def __init__(self) -> None:
        self.kept: LRUCache[tuple[UUID, str], dict[str, object]] = LRUCache(500)
        self.lock = Lock()


def present(rows: Sequence[Row[Any]], of_benchmark: Benchmarks, wanted: Wanted) -> list[dict[str, Any]]:
    """Benchmarks, sites and flavors, which many rows share, are written as JSON once for all of them."""
    sites: dict[UUID, orjson.Fragment] = {}
    flavors: dict[UUID, orjson.Fragment] = {}
    paths = paths_in(wanted.get("json", {}))
    has_tags, has_json = (bool(rows) and name in rows[0]._mapping for name in ("tags", "json"))
    presented = []
    for row in rows:
        site, flavor = sites.get(row.site_id), flavors.get(row.flavor_id)
        if site is None:
            members = {name: row._mapping[f"site_{name}"] for name in SITE}
            site = sites[row.site_id] = written(members, wanted.get("site"))
        if flavor is None:
            members = {name: row._mapping[f"flavor_{name}"] for name in FLAVOR}
            flavor = flavors[row.flavor_id] = written(members, wanted.get("flavor"))
        item = {
            "id": row.id,
            "upload_datetime": row.upload_datetime,
            "execution_datetime": row.execution_datetime,
            "benchmark": of_benchmark.get(row.benchmark_id),
            "site": site,
            "flavor": flavor,
            "claims_open": row.claims_open,
        }
        if has_tags:
            item["tags"] = orjson.loads(row.tags) if wanted.get("tags") else orjson.Fragment(row.tags)
        if has_json:
            item["json"] = orjson.Fragment(row.json)
        elif paths:
            item["json"] = parts_of(paths, [row._mapping[f"json{number}"] for number in range(len(paths))])
        presented.append(item)
    return presented


def written(members: dict[str, object], wanted: Wanted | None) -> orjson.Fragment:
    """The wanted members that have a value, as JSON."""
    return orjson.Fragment(orjson.dumps(only(without_nones(**members), wanted or {})))


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


def presented_benchmarks(rows: Sequence[Row[Any]], wanted: Wanted) -> Benchmarks:
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
