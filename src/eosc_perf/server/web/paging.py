"""Lists on the wire: pages, sorting, dates, search terms, and the choice of members."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import orjson
from flask import Response
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy.orm import InstrumentedAttribute

from ..db import session
from .faults import Fault, Faults
from .parsing import Query

MOST_SORT_KEYS = 10
MOST_TERMS = 20

T = TypeVar("T")
SortKeys = Mapping[str, Any]


def only_iso(value: object) -> object:
    if isinstance(value, str) and not value[:5].endswith("-"):
        raise ValueError("Write an ISO 8601 date, like 2021-03-04 or 2021-03-04T05:06:07+00:00.")
    return value


def to_utc(moment: datetime) -> datetime:
    """Without a zone it is UTC. Bounded, so that no conversion leaves the range of dates."""
    if not 1900 <= moment.year <= 9998:
        raise ValueError("Use a date between the years 1900 and 9998.")
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Moment = Annotated[datetime, BeforeValidator(only_iso), AfterValidator(to_utc)]
Name = Annotated[str, Field(max_length=500)]
Terms = Annotated[
    list[Annotated[str, Field(max_length=200)]],
    Field(
        max_length=MOST_TERMS,
        description="Each must appear, as a case-insensitive part, in one of the searched fields.",
        examples=[["egi"]],
    ),
]


class PageQuery(Query):
    page: int = Field(1, ge=1, le=10**12, description="Which page, from 1.")
    per_page: int = Field(100, ge=1, le=100, description="How many items a page holds.")
    fields: str | None = Field(
        None,
        max_length=1000,
        description="Comma list of the members to answer, dotted for inner ones.",
        examples=["id,site.name"],
    )


class SortedQuery(PageQuery):
    sort_by: str | None = Field(
        None,
        max_length=1000,
        description="Comma list of `+key` (ascending) or `-key` (descending). Ties are broken by id.",
    )


class UploadDates(Query):
    upload_before: Moment | None = Field(
        None,
        description="Uploaded before, strictly. A date alone means its midnight in UTC.",
        examples=["2030-01-01T00:00:00Z"],
    )
    upload_after: Moment | None = Field(
        None,
        description="Uploaded after, strictly. A date alone means its midnight in UTC.",
        examples=["2020-01-01T00:00:00Z"],
    )

    def upload_conditions(
        self, column: ColumnElement[datetime] | InstrumentedAttribute[datetime]
    ) -> list[ColumnElement[bool]]:
        return between(column, self.upload_after, self.upload_before)


class Page(BaseModel):
    """What every list answers beside its items."""

    model_config = ConfigDict(extra="forbid")
    page: int
    per_page: int
    pages: int = Field(description="How many pages there are.")
    total: int = Field(description="How many items match, exactly.")
    has_next: bool
    has_prev: bool
    next_num: int | None = Field(None, description="Number of the next page; left out on the last one.")
    prev_num: int | None = Field(None, description="Number of the previous page; left out on the first one.")


def between(
    column: ColumnElement[datetime] | InstrumentedAttribute[datetime],
    after: datetime | None,
    before: datetime | None,
) -> list[ColumnElement[bool]]:
    """Strict bounds on a moment; None is no bound."""
    bounds = []
    if after is not None:
        bounds.append(column > after)
    if before is not None:
        bounds.append(column < before)
    return bounds


class PartialPage(Page):
    """A list that was asked for some members only, with `fields`."""

    items: list[dict[str, Any]]


def matching(terms: Sequence[str], columns: Sequence[Any]) -> ColumnElement[bool]:
    """Every term appears, as a case-insensitive part, in one of the columns."""
    return and_(True, *(or_(*(contains(column, term) for column in columns)) for term in terms))


def contains(column: Any, term: str) -> ColumnElement[bool]:
    """The term is a case-insensitive part of the column; `%` and `_` mean themselves."""
    return column.icontains(term, autoescape=True)  # type: ignore[no-any-return]


def signed_names(text: str) -> list[tuple[str, bool]]:
    """The names in `sort_by`, each with whether it descends. Raises Faults for a missing sign.

    The sign `+` may arrive as a blank.
    """
    parts = text.split(",")
    if len(parts) > MOST_SORT_KEYS:
        raise Faults([Fault(f"Sort by at most {MOST_SORT_KEYS} keys.", parameter="sort_by")])
    if any(part[:1] not in {"+", "-", " "} for part in parts):
        raise Faults([Fault("Put + or - before each key to sort by.", parameter="sort_by")])
    return [(part[1:].strip(), part[0] == "-") for part in parts]


def sort_keys(text: str | None, default: str, sortable: SortKeys) -> list[tuple[Any, bool]]:
    """Columns to sort by, each with whether it descends. Raises Faults for an unknown key or no sign."""
    keys: list[tuple[Any, bool]] = []
    for name, descending in signed_names(text or default):
        column = sortable.get(name)
        if column is None:
            known = ", ".join(sortable)
            raise Faults([Fault(f"Can't sort by {name[:80]!r}. Known keys: {known}.", parameter="sort_by")])
        keys.append((column, descending))
    return keys


def ordered(keys: list[tuple[Any, bool]], tie: Any) -> list[Any]:
    """ORDER BY terms; rows without a value come last in both directions, and ties are broken by id."""
    return [*((c.desc() if down else c.asc()).nulls_last() for c, down in keys), tie.asc()]


def page_of(
    statement: Select[T],
    query: SortedQuery,
    present: Callable[[T], Any],
    *,
    default: str,
    sortable: SortKeys,
) -> Response:
    """One page of what the statement selects, with the exact total. The last key of `sortable` is the id."""
    keys = sort_keys(query.sort_by, default, sortable)
    tie = list(sortable.values())[-1]
    count = statement.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    count = count.correlate(None)
    page = statement.order_by(*ordered(keys, tie)).limit(query.per_page).offset(offset(query))
    rows = session().execute(page.add_columns(count.scalar_subquery())).all()
    beyond_the_end = not rows and query.page > 1
    total = session().scalar(count) if beyond_the_end else rows[0][1] if rows else 0
    return listing(query, total or 0, [present(row[0]) for row in rows])


def offset(query: PageQuery) -> int:
    return (query.page - 1) * query.per_page


def listing(query: PageQuery, total: int, items: list[Any]) -> Response:
    pages = -(-total // query.per_page)
    wanted = chosen(query.fields)
    body: dict[str, Any] = {
        "items": [only(item, wanted) for item in items] if wanted else items,
        "page": query.page,
        "per_page": query.per_page,
        "pages": pages,
        "total": total,
        "has_next": query.page < pages,
        "has_prev": query.page > 1,
    }
    if query.page < pages:
        body["next_num"] = query.page + 1
    if query.page > 1:
        body["prev_num"] = query.page - 1
    return answer(body)


Wanted = dict[str, "Wanted"]


def chosen(fields: str | None) -> Wanted:
    """The members named by `fields=`, as a tree; empty means all."""
    tree: Wanted = {}
    for name in filter(None, (fields or "").split(",")):
        node = tree
        for part in name.strip().split("."):
            node = node.setdefault(part, {})
    return tree


def only(item: Any, wanted: Wanted) -> Any:
    """The wanted members of an item; unknown names are left out, like optional members without a value."""
    if isinstance(item, list):
        return [only(each, wanted) for each in item]
    if not wanted or not isinstance(item, dict):
        return item
    return {name: only(value, wanted[name]) for name, value in item.items() if name in wanted}


def answer(body: object, status: int = 200) -> Response:
    """A JSON answer. Optional members without a value must have been left out."""
    return Response(orjson.dumps(body), status, mimetype="application/json")


def without_nones(**members: object) -> dict[str, object]:
    return {name: value for name, value in members.items() if value is not None}
