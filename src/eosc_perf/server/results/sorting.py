"""Sort keys of results, and cursors: the place after a row, whatever is added meanwhile."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, tuple_
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.types import Text

from ..benchmarks.models import Benchmark, Field
from ..flavors.models import Flavor
from ..sites.models import Site
from ..tags.models import Tag
from ..web.faults import Fault, Faults
from ..web.paging import signed_names, to_utc
from . import documents
from .conditions import Declared, Path
from .models import Result, result_tag

COLUMNS = {
    "execution_datetime": Result.execution_datetime,
    "upload_datetime": Result.upload_datetime,
    "benchmark_id": Result.benchmark_id,
    "site_id": Result.site_id,
    "flavor_id": Result.flavor_id,
    "id": Result.id,
}
NAMES: dict[str, tuple[Any, type[Any], Any]] = {
    "benchmark_name": (
        Benchmark.docker_image + ":" + Benchmark.docker_tag,
        Benchmark,
        Result.benchmark_id,
    ),
    "site_name": (Site.name, Site, Result.site_id),
    "site_address": (Site.address, Site, Result.site_id),
    "flavor_name": (Flavor.name, Flavor, Result.flavor_id),
}
TAG_NAMES = "tag_names"
"""The names of a result's tags in their order, with commas between."""
KEYS = (*COLUMNS, *NAMES, TAG_NAMES, "json.<path>")
LONGEST_PATH = 200


@dataclass(frozen=True)
class Key:
    """A sort key: a name of COLUMNS or NAMES, TAG_NAMES, or the path of a JSON value, declared or not."""

    name: str
    descending: bool
    path: Path | None = None
    field: Field | None = None
    valued: bool = False
    """Whether only rows with a value are meant."""

    @property
    def nullable(self) -> bool:
        return (self.path is not None or self.name == TAG_NAMES) and not self.valued


def keys_of(sort_by: str | None, declared: Declared) -> list[Key]:
    """The keys of `sort_by`. Raises Faults for an unknown key or a missing sign."""
    keys = []
    for name, descending in signed_names(sort_by or "+execution_datetime"):
        path = path_of(name)
        if path is None and name not in KEYS[:-1]:
            known = ", ".join(KEYS)
            raise Faults([Fault(f"Can't sort by {name[:80]!r}. Known keys: {known}.", parameter="sort_by")])
        field = declared[path][0] if path in declared else None
        keys.append(Key(name, descending, path, field))
    return keys


def path_of(name: str, *, parameter: str = "sort_by") -> Path | None:
    """The path in `json.<path>`; None for another name. Raises Faults about the parameter."""
    if not name.startswith("json."):
        return None
    path = tuple(name.removeprefix("json.").split("."))
    if "" in path or len(name) > LONGEST_PATH:
        raise Faults([Fault(f"{name[:80]!r} is not a path.", parameter=parameter)])
    return path


def tag_names(result_id: Any) -> Any:
    """The value of TAG_NAMES; null without tags."""
    separated = aggregate_order_by(literal(", "), Tag.name, Tag.id)
    return (
        select(func.string_agg(Tag.name, separated))
        .join(result_tag, result_tag.c.tag_id == Tag.id)
        .where(result_tag.c.result_id == result_id)
        .scalar_subquery()
    )


def value_of(field: Field, seen: Any) -> Any:
    """The column of an observation that holds the field's values."""
    return {"number": seen.number, "text": seen.text, "boolean": seen.flag}[field.type]


def directed(column: Any, key: Key) -> Any:
    """Rows without a value come last in both directions."""
    ordered = column.desc() if key.descending else column.asc()
    return ordered.nulls_last() if key.nullable else ordered


@dataclass(frozen=True)
class Cursor:
    """The sort values and the id of the last row that was seen."""

    values: list[Any]
    id: UUID

    def written(self) -> str:
        text = orjson.dumps([*self.values, self.id])
        return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def read_cursor(text: str, keys: Sequence[Key]) -> Cursor:
    """A cursor of an earlier page. Raises Faults unless it was made for the same sort keys."""
    try:
        raw = orjson.loads(base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
        *values, id = raw
        if len(values) != len(keys):
            raise ValueError
        read = [typed(value, key) for value, key in zip(values, keys, strict=True)]
        return Cursor(read, UUID(id))
    except (ValueError, TypeError, AttributeError, binascii.Error):
        detail = "This is no cursor of this list. Take it from a `next` link of the same question."
        raise Faults([Fault(detail, parameter="after")]) from None


def typed(value: Any, key: Key) -> Any:
    """A cursor's value as the key's column compares it."""
    if value is None and key.nullable:
        return None
    if key.name.endswith("_datetime"):
        return to_utc(datetime.fromisoformat(value))
    if key.name == "id" or key.name.endswith("_id"):
        return UUID(value)
    kinds: dict[str, tuple[type, ...]] = {"number": (int, float), "boolean": (bool,)}
    wanted = kinds.get(key.field.type, (str,)) if key.field else (str,)
    if type(value) not in wanted:  # a boolean is no number
        raise ValueError
    if isinstance(value, str) and "\0" in value:
        raise ValueError
    if key.path and not key.field:
        documents.parse(value.encode())
    return value


def beyond(cursor: Cursor, columns: Sequence[Any], keys: Sequence[Key], id: Any) -> ColumnElement[bool]:
    """Rows after the cursor. columns: those of the keys; id breaks ties, in the direction of the first."""
    down = keys[0].descending
    if len(keys) == 1 and not keys[0].nullable:
        row, last = tuple_(columns[0], id), tuple_(literal(cursor.values[0]), literal(cursor.id))
        return row < last if down else row > last
    ways: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    for column, key, value in zip(columns, keys, cursor.values, strict=True):
        ways.append(and_(*equal, after(column, key, value)))
        equal.append(column.is_(None) if value is None else column == comparable(value, key))
    ways.append(and_(*equal, id < cursor.id if down else id > cursor.id))
    return or_(*ways)


def after(column: Any, key: Key, value: Any) -> ColumnElement[bool]:
    if value is None:
        return false()
    other = comparable(value, key)
    way: ColumnElement[bool] = column < other if key.descending else column > other
    return or_(way, column.is_(None)) if key.nullable else way


def comparable(value: Any, key: Key) -> Any:
    """A bound value; of an undeclared path it is compared as jsonb, in the text that the database gave."""
    return literal(value, Text).cast(JSONB) if key.path is not None and key.field is None else literal(value)
