"""How a page of results is found: which rows to start from, the total, and the ids in order.

Observations carry the flavor and the execution time of their result, so a question about declared fields of
one benchmark is answered from them alone; everything else starts from `result`. Only listed results have
observations.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, cast, exists, func, literal, null, select, true
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import Null
from sqlalchemy.types import Text

from ..benchmarks.models import Field
from ..db import PLANNED_ANEW, session
from ..flavors.models import Flavor
from ..web.json_filter import Filter
from ..web.paging import between, signed_names
from .conditions import (
    Declared,
    declared_fields,
    filtered,
    has_tag,
    in_field,
    named_like,
    parsed,
    raw_document,
)
from .models import Observation, Result, ResultStatus, ResultTotal
from .schemas import ResultQuery, ResultSearch
from .sorting import (
    COLUMNS,
    NAMES,
    TAG_NAMES,
    Cursor,
    Key,
    beyond,
    directed,
    keys_of,
    path_of,
    read_cursor,
    tag_names,
    value_of,
)

LISTED = Result.status == ResultStatus.LISTED


@dataclass(frozen=True)
class Rows:
    """Rows to choose from: `result` or an alias of `observation`, and what is joined to it."""

    start: Any
    id: Any
    executed: Any
    flavor_id: Any
    where: list[ColumnElement[bool]] = field(default_factory=list)
    joins: list[tuple[Any, Any]] = field(default_factory=list)

    def select(self, *columns: Any) -> Select[Any]:
        statement = select(*columns).select_from(self.start)
        for target, on in self.joins:
            statement = statement.join(target, on)
        return statement.where(*self.where)

    def only(self, *conditions: ColumnElement[bool]) -> "Rows":
        return replace(self, where=[*self.where, *conditions])

    def joined(self, target: Any, on: Any) -> "Rows":
        present = self.start is target or any(each is target for each, _ in self.joins)
        return self if present else replace(self, joins=[*self.joins, (target, on)])

    def with_result(self) -> "Rows":
        return self.joined(Result, Result.id == self.id)

    def column_of(self, key: Key) -> "tuple[Rows, Any]":
        """The column of a sort key, and these rows with the table joined that it lies in."""
        if key.field:
            seen = aliased(Observation)
            same = (seen.field_id == key.field.id) & (seen.result_id == self.id)
            return self, select(value_of(key.field, seen)).where(same).scalar_subquery()
        if key.path:
            value = raw_document().op("#>")(cast(list(key.path), ARRAY(Text)))
            return self.with_result(), func.nullif(value, literal("null", Text).cast(JSONB))
        if key.name in NAMES:
            column, model, reference = NAMES[key.name]
            return self.with_result().joined(model, model.id == reference), column
        if key.name == TAG_NAMES:
            return self, tag_names(self.id)
        own = {"id": self.id, "execution_datetime": self.executed, "flavor_id": self.flavor_id}
        return (self, own[key.name]) if key.name in own else (self.with_result(), COLUMNS[key.name])


def of_results() -> Rows:
    return Rows(Result, Result.id, Result.execution_datetime, Result.flavor_id, [LISTED])


def of_observations(declared: Field) -> Rows:
    """Rows that have a value for a declared field."""
    seen = aliased(Observation)
    here = [seen.field_id == declared.id, value_of(declared, seen).is_not(None)]
    return Rows(seen, seen.result_id, seen.execution_datetime, seen.flavor_id, here)


@dataclass(frozen=True)
class Found:
    """A page's results in order, how many match in all, and the place after the page if there may be more."""

    ids: list[UUID]
    total: int
    cursor: Cursor | None


@dataclass(frozen=True)
class Question:
    """A query, understood: its filters parsed and its declared fields known."""

    query: ResultQuery
    filters: list[Filter]
    keys: list[Key]
    declared: Declared
    named: list[ColumnElement[bool]]
    cursor: Cursor | None

    def rows(self, start: Rows | None = None) -> Rows:
        """All rows that match. start: observations of a field to begin with."""
        query, rows = self.query, start
        exact = query.benchmark_id is not None
        observed = [
            (each, self.declared[each.path][0])
            for each in self.filters
            if exact and each.path in self.declared
        ]
        rest = [each for each in self.filters if not exact or each.path not in self.declared]
        for each, declared in observed:
            if rows is None:
                rows = of_observations(declared)
                rows = rows.only(in_field(each, declared, rows.start))
            elif start is not None:
                seen = aliased(Observation)
                passing = in_field(each, declared, seen), *self.at_place(seen.flavor_id)
                rows = rows.only(among(rows.id, seen, declared, passing))
            else:
                seen = aliased(Observation)
                rows = rows.joined(seen, (seen.result_id == rows.id) & (seen.field_id == declared.id))
                rows = rows.only(in_field(each, declared, seen), *self.at_place(seen.flavor_id))
        if rows is None:
            rows = of_results()
            if query.benchmark_id is not None:
                rows = rows.only(Result.benchmark_id == query.benchmark_id)
        if query.site_id is not None and rows.start is Result:
            rows = rows.only(Result.site_id == query.site_id)
        rows = rows.only(*self.at_place(rows.flavor_id))
        uploaded = query.upload_conditions(Result.upload_datetime)
        documents = [filtered(each, self.declared.get(each.path, [])) for each in rest]
        if uploaded or documents or self.named:
            rows = rows.with_result().only(*uploaded, *documents, *self.named)
        return rows.only(
            *between(rows.executed, query.execution_after, query.execution_before),
            *([rows.id.in_(query.ids)] if query.ids else []),
            *(has_tag(rows.id, tag) for tag in set(query.tags_ids)),
        )

    def at_place(self, flavor_id: Any) -> list[ColumnElement[bool]]:
        """Conditions on the flavor, as asked for or by the site. Every observation carries its own copy."""
        query, places = self.query, []
        if query.flavor_id is not None:
            places.append(flavor_id == query.flavor_id)
        if query.site_id is not None and flavor_id is not Result.flavor_id:
            places.append(flavor_id.in_(select(Flavor.id).where(Flavor.site_id == query.site_id)))
        return places

    def count(self) -> Select[int]:
        """How many results match, exactly."""
        query = self.query
        narrowed = (
            self.filters, self.named, query.ids, query.tags_ids,
            query.execution_after, query.execution_before, query.upload_after, query.upload_before,
        )  # fmt: skip
        return self.rows().select(func.count()) if any(narrowed) else total_of(query)

    def total(self) -> int:
        return int(session().scalar(self.count(), execution_options=PLANNED_ANEW) or 0)

    def find(self, total: int | None = None) -> "Found":
        """The page. total: how many results match, if known; else the page's own statement counts them."""
        if total is None and self.may_read_backwards:
            total = self.total()
        beside = [self.count().scalar_subquery().label("total")] if total is None else []
        limit = self.query.per_page
        rows: list[Row[Any]] = []
        for page in self.pages(total) if total != 0 else []:
            if len(rows) < limit:
                found = session().execute(page.add_columns(*beside), execution_options=PLANNED_ANEW)
                rows += found.all()[: limit - len(rows)]
        if total is None:
            total = (
                int(rows[0].total) if rows else 0 if self.offset == 0 and not self.cursor else self.total()
            )
        cursor = None
        if len(rows) == limit:
            cursor = Cursor(list(rows[-1][1 : 1 + len(self.keys)]), rows[-1].id)
        return Found([row.id for row in rows], total, cursor)

    @property
    def offset(self) -> int:
        return (self.query.page - 1) * self.query.per_page

    @property
    def may_read_backwards(self) -> bool:
        """Whether the total decides how the page is read. Filtered rows are sorted when they are found."""
        read_along = self.cursor or self.filters or self.named or any(key.nullable for key in self.keys)
        return self.offset > 0 and not read_along

    def pages(self, total: int | None) -> list[Select[Any]]:
        """Queries for (id, sort values...) of the page in order; a later one fills what the first leaves."""
        query, keys, offset = self.query, self.keys, self.offset
        if keys[0].field:
            return self.by_value(keys[0].field, offset)
        if total is not None and self.may_read_backwards and offset > total // 2:
            return [self.from_the_end(total, offset)]
        return [in_order(self.rows(), keys, self.cursor).limit(query.per_page).offset(offset)]

    def from_the_end(self, total: int, offset: int) -> Select[Any]:
        """A page of the second half, read backwards."""
        size = max(0, min(self.query.per_page, total - offset))
        turned = [replace(key, descending=not key.descending) for key in self.keys]
        last = (
            in_order(self.rows(), turned, None).limit(size).offset(max(0, total - offset - size)).subquery()
        )
        id, *values = last.c
        order = [directed(value, key) for value, key in zip(values, self.keys, strict=True)]
        return select(*last.c).order_by(*order, id.desc() if self.keys[0].descending else id.asc())

    def by_value(self, field: Field, offset: int) -> list[Select[Any]]:
        """Sorted by a declared field first: rows that have a value, along its index; then the others."""
        limit = self.query.per_page
        start = of_observations(field)
        valued = self.rows(start)
        first = replace(self.keys[0], valued=True)
        head = in_order(valued, [first, *self.keys[1:]], self.cursor, lead=value_of(field, start.start))
        seen = aliased(Observation)
        unvalued = self.rows()
        unvalued = unvalued.only(~exists().where(seen.field_id == field.id, seen.result_id == unvalued.id))
        tail = in_order(unvalued, self.keys, self.cursor, lead=null())
        if self.cursor and self.cursor.values[0] is None:
            return [tail.limit(limit)]
        passed = select(func.count()).select_from(valued.select(valued.id).subquery()).scalar_subquery()
        skipped = func.greatest(0, literal(offset) - passed) if offset else literal(0)
        return [head.limit(limit).offset(offset), tail.limit(limit).offset(skipped)]


def in_order(rows: Rows, keys: Sequence[Key], cursor: Cursor | None, *, lead: Any = None) -> Select[Any]:
    """(id, sort values...) of rows. lead: the first key's column, if it is at hand."""
    columns = [] if lead is None else [lead]
    for key in keys[len(columns) :]:
        rows, column = rows.column_of(key)
        columns.append(column)
    if cursor:
        rows = rows.only(beyond(cursor, columns, keys, rows.id))
    order = [
        directed(column, key)
        for column, key in zip(columns, keys, strict=True)
        if not isinstance(column, Null)
    ]
    tie = rows.id.desc() if keys[0].descending else rows.id.asc()
    named = [
        (cast(column, Text) if key.path and not key.field else column).label(f"value{place}")
        for place, (column, key) in enumerate(zip(columns, keys, strict=True))
    ]
    return rows.select(rows.id.label("id"), *named).order_by(*order, tie)


def among(id: Any, seen: Any, declared: Field, passing: Sequence[Any]) -> ColumnElement[bool]:
    """The id is one of those whose observation of the field passes.

    `IS TRUE` keeps PostgreSQL from joining: walking along a sort index, each row is looked up in a hash table
    that is made once, so the time is bounded even where the filter and the order contradict each other.
    """
    ids = select(seen.result_id).where(seen.field_id == declared.id, *passing)
    found: ColumnElement[bool] = id.in_(ids).is_(true())
    return found


def total_of(query: ResultQuery) -> Select[Any]:
    """The number of listed results of a benchmark, site or flavor, from the running totals."""
    counted = select(func.coalesce(func.sum(ResultTotal.number), 0))
    if query.benchmark_id is not None:
        counted = counted.where(ResultTotal.benchmark_id == query.benchmark_id)
    if query.flavor_id is not None:
        counted = counted.where(ResultTotal.flavor_id == query.flavor_id)
    if query.site_id is not None:
        at_site = select(Flavor.id).where(Flavor.site_id == query.site_id)
        counted = counted.where(ResultTotal.flavor_id.in_(at_site))
    return counted


def understand(query: ResultQuery) -> Question:
    """Raises Faults for malformed filters, sort keys or cursors."""
    filters = parsed(query.filters)
    paths = {each.path for each in filters}
    if query.benchmark_id is not None:
        names = signed_names(query.sort_by) if query.sort_by else []
        paths |= {path for name, _ in names if (path := path_of(name))}
    declared = declared_fields(sorted(paths), query.benchmark_id)
    keys = keys_of(query.sort_by, declared if query.benchmark_id is not None else {})
    cursor = read_cursor(query.after, keys) if query.after else None
    terms = query.terms if isinstance(query, ResultSearch) else []
    return Question(query, filters, keys, declared, named_like(terms), cursor)
