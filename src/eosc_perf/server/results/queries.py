"""What of the results may be read, and how filters, terms and sort keys become SQL."""

import operator
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Float,
    Select,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, JSONPATH
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.types import Text

from ..benchmarks.models import Benchmark, Field
from ..db import session
from ..errors import NotFound
from ..flavors.models import Flavor
from ..identity import Viewer
from ..sites.models import Site
from ..tags.models import Tag
from ..web import json_filter
from ..web.faults import Fault, Faults
from ..web.json_filter import Filter
from ..web.paging import between, contains
from ..web.problems import not_found
from .models import Observation, Result, ResultStatus, result_tag
from .schemas import ResultQuery, ResultSearch

SORTABLE = {
    "execution_datetime": Result.execution_datetime,
    "upload_datetime": Result.upload_datetime,
    "benchmark_id": Result.benchmark_id,
    "benchmark_name": Benchmark.docker_image + ":" + Benchmark.docker_tag,
    "site_id": Result.site_id,
    "site_name": Site.name,
    "site_address": Site.address,
    "flavor_id": Result.flavor_id,
    "flavor_name": Flavor.name,
    "id": Result.id,
}
OWN_SORTABLE = {key: SORTABLE[key] for key in ("upload_datetime", "execution_datetime", "id")}
LISTED = Result.status == ResultStatus.LISTED
COMPARISONS: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
WHOLE = (
    joinedload(Result.flavor),
    joinedload(Result.site),
    selectinload(Result.benchmark),
    selectinload(Result.tags),
)


def visible_to(viewer: Viewer) -> Select[Result]:
    """Listed results for everyone; withdrawn ones for their uploader and admins."""
    if viewer.is_admin:
        return select(Result)
    mine = Result.uploader_id == viewer.user.id if viewer.user else false()
    return select(Result).where(or_(LISTED, mine))


def get(id: UUID, viewer: Viewer) -> Result:
    """The result with all that belongs to it. Raises NotFound, in other words when it was withdrawn."""
    found = session().scalar(visible_to(viewer).where(Result.id == id).options(*WHOLE))
    if found is None:
        if session().scalar(select(Result.withdrawn_datetime).where(Result.id == id)):
            raise NotFound("This result was withdrawn.")
        raise not_found("result")
    return found


def conditions(query: ResultQuery) -> list[ColumnElement[bool]]:
    """The WHERE clause of a question about listed results. Raises Faults for malformed filters."""
    clauses: list[ColumnElement[bool]] = [
        LISTED,
        *query.upload_conditions(Result.upload_datetime),
        *between(Result.execution_datetime, query.execution_after, query.execution_before),
    ]
    for column, value in (
        (Result.benchmark_id, query.benchmark_id),
        (Result.site_id, query.site_id),
        (Result.flavor_id, query.flavor_id),
    ):
        if value is not None:
            clauses.append(column == value)
    clauses += [has_tag(id) for id in set(query.tags_ids)]
    filters = parsed(query.filters)
    declared = declared_fields([each.path for each in filters], query.benchmark_id)
    clauses += [filtered(each, declared.get(each.path, [])) for each in filters]
    if isinstance(query, ResultSearch):
        clauses += [named_like(term) for term in query.terms]
    return clauses


def parsed(filters: Sequence[str]) -> list[Filter]:
    """All filters, or Faults for all that are malformed."""
    good, faults = [], []
    for text in filters:
        try:
            good.append(json_filter.parse(text))
        except Faults as error:
            faults += error.faults
    if faults:
        raise Faults(faults)
    return good


def has_tag(id: UUID) -> ColumnElement[bool]:
    return exists().where(result_tag.c.result_id == Result.id, result_tag.c.tag_id == id)


def named_like(term: str) -> ColumnElement[bool]:
    """The term is part of a name of the result's benchmark, site, flavor or tags.

    The names live in small tables; they are searched first, and results are found by the ids.
    """
    tags = (
        select(result_tag.c.result_id)
        .join(Tag, Tag.id == result_tag.c.tag_id)
        .where(contains(Tag.name, term))
    )
    return or_(
        Result.benchmark_id.in_(
            select(Benchmark.id).where(contains(Benchmark.docker_image + ":" + Benchmark.docker_tag, term))
        ),
        Result.site_id.in_(
            select(Site.id).where(or_(contains(Site.name, term), contains(Site.address, term)))
        ),
        Result.flavor_id.in_(select(Flavor.id).where(contains(Flavor.name, term))),
        Result.id.in_(tags),
    )


def declared_fields(
    paths: Sequence[tuple[str, ...]], benchmark_id: UUID | None
) -> dict[tuple[str, ...], list[Field]]:
    """Declared fields by path: of the benchmark, or of all benchmarks."""
    if not paths:
        return {}
    statement = select(Field).where(Field.path.in_([cast(list(path), ARRAY(Text)) for path in set(paths)]))
    if benchmark_id is not None:
        statement = statement.where(Field.benchmark_id == benchmark_id)
    found: dict[tuple[str, ...], list[Field]] = {}
    for field in session().scalars(statement):
        found.setdefault(tuple(field.path), []).append(field)
    return found


def filtered(filter: Filter, fields: Sequence[Field]) -> ColumnElement[bool]:
    """Results that pass the filter: by observations where the path is declared, by jsonpath elsewhere."""
    by_path = in_document(filter)
    if not fields:
        return by_path
    observed = Result.id.in_(
        select(Observation.result_id).where(
            Observation.field_id.in_([field.id for field in fields]), in_observation(filter)
        )
    )
    declaring = Result.benchmark_id.in_([field.benchmark_id for field in fields])
    return or_(and_(declaring, observed), and_(~declaring, by_path))


def in_observation(filter: Filter) -> ColumnElement[bool]:
    if filter.operator == "~":
        return contains(Observation.text, filter.text)
    compare = COMPARISONS[filter.operator]
    ways = [compare(Observation.text, filter.text)]
    if filter.number is not None:
        ways.append(compare(Observation.number, cast(literal(filter.number), Float)))
    if filter.boolean is not None and filter.operator in {"==", "!="}:
        ways.append(compare(Observation.flag, filter.boolean))
    return or_(*ways)


def in_document(filter: Filter) -> ColumnElement[bool]:
    """The filter on the stored document. Never casts stored JSON: one odd row must not break the query."""
    path, variables = json_filter.jsonpath(filter)
    return cast(func.jsonb_path_exists(raw_document(), cast(path, JSONPATH), cast(variables, JSONB)), Boolean)


def raw_document() -> Any:
    """`result.json` as jsonb; the mapped attribute would be read as text."""
    return Result.__table__.c.json.op("#>")(cast([], ARRAY(Text)))


def by_path(name: str, benchmark_id: UUID | None) -> Any:
    """The sort key `json.<path>`: an observation where the benchmark declares it, else the JSON value."""
    if not name.startswith("json.") or len(name) > 200:
        return None
    path = name.removeprefix("json.").split(".")
    if "" in path:
        raise Faults([Fault(f"{name[:80]!r} is not a path.", parameter="sort_by")])
    fields = declared_fields([tuple(path)], benchmark_id).get(tuple(path), []) if benchmark_id else []
    if fields:
        column = Observation.text if fields[0].type == "text" else Observation.number
        if fields[0].type == "boolean":
            column = Observation.flag
        return (
            select(column)
            .where(Observation.field_id == fields[0].id, Observation.result_id == Result.id)
            .scalar_subquery()
        )
    return func.nullif(
        raw_document().op("#>")(cast(path, ARRAY(Text))), cast(literal("null"), Text).cast(JSONB)
    )


def narrow(query: ResultQuery) -> Select[UUID]:
    """Ids of the listed results that match, with the joins that sort keys need."""
    return select(Result.id).where(*conditions(query))


def sorted_by_names(keys: list[tuple[Any, bool]]) -> bool:
    """Whether a sort key is a name from another table."""
    names = {id(SORTABLE[key]) for key in ("benchmark_name", "site_name", "site_address", "flavor_name")}
    return any(id(column) in names for column, _ in keys)


def with_names(statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(Benchmark, Benchmark.id == Result.benchmark_id)
        .join(Site, Site.id == Result.site_id)
        .join(Flavor, Flavor.id == Result.flavor_id)
    )


def whole(ids: Sequence[UUID]) -> list[Result]:
    """Results with all that belongs to them, in the order of the ids."""
    found = {
        result.id: result
        for result in session().scalars(select(Result).where(Result.id.in_(ids)).options(*WHOLE))
    }
    return [found[id] for id in ids if id in found]


def observed(result: Result) -> list[dict[str, object]]:
    """The values of the declared fields that were found in a result."""
    rows = session().execute(
        select(Field, Observation)
        .join(Observation, Observation.field_id == Field.id)
        .where(Observation.result_id == result.id)
        .order_by(Field.position)
    )
    return [
        {"path": field.name, "value": next(v for v in (seen.number, seen.text, seen.flag) if v is not None)}
        for field, seen in rows
    ]
