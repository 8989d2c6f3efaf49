"""Which results a question means: its parameters as SQL conditions."""

import operator
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Float,
    and_,
    cast,
    collate,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, JSONPATH
from sqlalchemy.types import Integer, Text

from ..benchmarks.models import Benchmark, Field
from ..db import session
from ..flavors.models import Flavor
from ..sites.models import Site
from ..tags.models import Tag
from ..web import json_filter
from ..web.faults import Faults
from ..web.json_filter import Filter
from ..web.paging import contains
from .models import Observation, Result, result_tag

Path = tuple[str, ...]
Declared = dict[Path, list[Field]]

COMPARISONS: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


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


def declared_fields(paths: Sequence[Path], benchmark_id: UUID | None) -> Declared:
    """Declared fields by path: of the benchmark, or of all benchmarks."""
    if not paths:
        return {}
    statement = select(Field).where(Field.path.in_([cast(list(path), ARRAY(Text)) for path in set(paths)]))
    if benchmark_id is not None:
        statement = statement.where(Field.benchmark_id == benchmark_id)
    found: Declared = {}
    for field in session().scalars(statement):
        found.setdefault(tuple(field.path), []).append(field)
    return found


def has_tag(result_id: Any, tag_id: UUID) -> ColumnElement[bool]:
    return exists().where(result_tag.c.result_id == result_id, result_tag.c.tag_id == tag_id)


def filtered(filter: Filter, fields: Sequence[Field]) -> ColumnElement[bool]:
    """Results that pass the filter: by observations where the path is declared, by jsonpath elsewhere."""
    by_path = in_document(filter)
    if not fields:
        return by_path
    observed = Result.id.in_(
        select(Observation.result_id).where(
            Observation.field_id.in_([field.id for field in fields]), in_observation(filter, Observation)
        )
    )
    declaring = Result.benchmark_id.in_([field.benchmark_id for field in fields])
    return or_(and_(declaring, observed), and_(~declaring, by_path))


def in_observation(filter: Filter, seen: Any) -> ColumnElement[bool]:
    """The filter on the value of an observation. seen: Observation, or an alias of it."""
    if filter.operator == "~":  # in the way of jsonpath's like_regex: the same letters are equal
        return collate(seen.text, "default").regexp_match(f"***={filter.text}", flags="i")
    compare = COMPARISONS[filter.operator]
    ways = [compare(seen.text, filter.text)]
    if filter.number is not None:
        ways.append(compare(seen.number, cast(literal(filter.number), Float)))
    if filter.boolean is not None and filter.operator in {"==", "!="}:
        ways.append(compare(seen.flag, filter.boolean))
    return or_(*ways)


def in_field(filter: Filter, field: Field, seen: Any) -> ColumnElement[bool]:
    """The filter on an observation of a field, whose one type leaves the planner one index to use."""
    if field.type == "number":
        compare = COMPARISONS.get(filter.operator)
        if compare is None or filter.number is None:
            return false()
        return compare(seen.number, cast(literal(filter.number), Float))
    return in_observation(filter, seen)


def in_document(filter: Filter) -> ColumnElement[bool]:
    """The filter on the stored document. Never casts stored JSON: one odd row must not break the query."""
    path, variables = json_filter.jsonpath(filter)
    return cast(func.jsonb_path_exists(raw_document(), cast(path, JSONPATH), cast(variables, JSONB)), Boolean)


def raw_document() -> Any:
    """`result.json` as jsonb; the mapped attribute would be read as text."""
    return Result.__table__.c.json.op("#>")(cast([], ARRAY(Text)))


def named_like(terms: Sequence[str]) -> list[ColumnElement[bool]]:
    """For each term: it is part of a name of the result's benchmark, site (or its address), flavor or tags.

    The names live in small tables, which are searched first, in one statement.
    """
    if not terms:
        return []
    searched = (
        ("benchmark", Benchmark, [Benchmark.docker_image + ":" + Benchmark.docker_tag]),
        ("site", Site, [Site.name, Site.address]),
        ("flavor", Flavor, [Flavor.name]),
        ("tag", Tag, [Tag.name]),
    )
    found = session().execute(
        union_all(
            *(
                select(cast(place, Integer), literal(kind), model.id).where(
                    or_(*(contains(column, term) for column in columns))
                )
                for place, term in enumerate(terms)
                for kind, model, columns in searched
            )
        )
    )
    ids: list[dict[str, list[UUID]]] = [{} for _ in terms]
    for place, kind, id in found:
        ids[place].setdefault(kind, []).append(id)
    return [named(each) for each in ids]


def named(ids: dict[str, list[UUID]]) -> ColumnElement[bool]:
    """Results of these benchmarks, sites or flavors, or with one of these tags."""
    columns = {"benchmark": Result.benchmark_id, "site": Result.site_id, "flavor": Result.flavor_id}
    ways: list[ColumnElement[bool]] = [
        column.in_(ids[kind]) for kind, column in columns.items() if kind in ids
    ]
    if "tag" in ids:
        ways.append(Result.id.in_(select(result_tag.c.result_id).where(result_tag.c.tag_id.in_(ids["tag"]))))
    return or_(*ways) if ways else false()
