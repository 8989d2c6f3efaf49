"""All matching results as a stream: NDJSON, JSON, CSV (RFC 4180) or Parquet, in bounded memory."""

import csv
import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any, TypeVar

import orjson
from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from .. import db
from ..benchmarks.models import Field
from ..benchmarks.queries import fields_of
from ..errors import Unavailable
from ..web.faults import Fault, Faults
from ..web.paging import Wanted, chosen, only
from . import plan, reading
from .plan import Question
from .schemas import ExportQuery
from .sorting import path_of

PAGE = 1000
FIXED = ("id", "execution_datetime", "upload_datetime", "benchmark", "site", "flavor", "tags")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
EVERYTHING: Wanted = {
    **{name: {} for name in ("id", "upload_datetime", "execution_datetime", "tags", "json", "claims_open")},
    "site": {},
    "flavor": {},
    "benchmark": {name: {} for name in ("id", "name", "docker_image", "docker_tag", "url", "status")},
}
"""A benchmark's schema would be repeated on each line: it is left out."""

Row = dict[str, Any]
Rows = Iterator[list[Row]]
Page = tuple[list[Any], reading.Benchmarks]
T = TypeVar("T")


def stream(query: ExportQuery) -> Iterator[bytes]:
    """The export's bytes. Errors of the question are raised at once, before anything is sent."""
    question = plan.understand(query)
    fields = fields_of(query.benchmark_id) if query.benchmark_id else []
    columns = columns_of(query, fields)
    tabular = query.format in {"csv", "parquet"}
    pages = walk(question, EVERYTHING if tabular else chosen(query.fields) or EVERYTHING)
    pages = chain(next(pages), pages)
    if query.format == "ndjson":
        return ndjson(pages)
    if query.format == "json":
        return json_array(pages)
    if query.format == "csv":
        return comma_separated(pages, columns)
    return parquet(pages, columns, {f"json.{field.name}": field.type for field in fields})


def chain(first: list[Row], rest: Rows) -> Rows:
    yield first
    yield from rest


def walk(question: Question, wanted: Wanted) -> Rows:
    """All matching results, a thousand at a time, as they were at one moment. The first list may be empty."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    server = g.get("reads_from") or app.extensions["engine"]
    with place_in_line(), closing(ahead(read(question, wanted, app, server))) as pages:
        for page in pages:
            rows = reading.present(*page, wanted)
            yield rows if wanted is EVERYTHING else [only(row, wanted) for row in rows]


def read(question: Question, wanted: Wanted, app: Flask, server: Engine) -> Generator[Page]:
    """The pages from the database, in a context of their own: a thread may walk through them."""
    engine = server.execution_options(isolation_level="REPEATABLE READ")
    with app.app_context(), Session(engine) as own, db.using(own):
        total = question.total()
        page = replace(question, query=question.query.model_copy(update={"per_page": PAGE, "page": 1}))
        while True:
            found = page.find(total)
            yield reading.read(found.ids, wanted)
            if found.cursor is None:
                return
            page = replace(page, cursor=found.cursor)


def ahead(items: Generator[T]) -> Generator[T]:
    """The items; a thread makes the next one while one is used. So the database works while we write."""
    context = copy_context()

    def following() -> T | None:
        return context.run(lambda: next(items, None))

    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(following)
        try:
            while (item := made.result()) is not None:
                made = pool.submit(following)
                yield item
        finally:
            pool.submit(context.run, items.close)


@contextmanager
def place_in_line() -> Iterator[None]:
    """A download may take as long as its reader likes: they get half of the connections at the most."""
    line: BoundedSemaphore = current_app.extensions["exports"]
    if not line.acquire(blocking=False):
        raise Unavailable("Too many exports run at this moment. Try again in a minute.", retry_after=60)
    try:
        yield
    finally:
        line.release()


def columns_of(query: ExportQuery, fields: Sequence[Field]) -> list[str]:
    """The columns asked for, else the fixed ones and the declared fields. Raises Faults for unknown ones."""
    if not query.columns:
        return [*FIXED, *(f"json.{field.name}" for field in fields)]
    for name in query.columns:
        if name not in FIXED and path_of(name, parameter="columns") is None:
            known = ", ".join([*FIXED, "json.<path>"])
            raise Faults([Fault(f"There is no column {name[:80]!r}. Known: {known}.", parameter="columns")])
    return query.columns


def ndjson(pages: Rows) -> Iterator[bytes]:
    for rows in pages:
        yield b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def json_array(pages: Rows) -> Iterator[bytes]:
    separator = b"["
    for rows in pages:
        for row in rows:
            yield separator + orjson.dumps(row)
            separator = b",\n"
    yield b"]\n" if separator != b"[" else b"[]\n"


def comma_separated(pages: Rows, columns: list[str]) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for rows in pages:
        writer.writerows([safe(cell) for cell in cells(row, columns)] for row in rows)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def parquet(pages: Rows, columns: list[str], kinds: Mapping[str, str]) -> Iterator[bytes]:
    """Declared numbers and booleans keep their type; everything else is text, JSON where it is not a text."""
    import pyarrow  # type: ignore[import-untyped]  # loaded when somebody asks for it: it is large
    from pyarrow import parquet as files

    types = {"number": pyarrow.float64(), "boolean": pyarrow.bool_()}
    schema = pyarrow.schema([(name, types.get(kinds.get(name, ""), pyarrow.string())) for name in columns])
    sink = io.BytesIO()
    with files.ParquetWriter(sink, schema) as writer:
        for rows in pages:
            table = [cells(row, columns) for row in rows]
            arrays = [
                pyarrow.array(
                    [fitting(row[place], kinds.get(name)) for row in table], type=schema.field(name).type
                )
                for place, name in enumerate(columns)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            yield taken(sink)
    yield taken(sink)


def taken(sink: io.BytesIO) -> bytes:
    """What was written since, taken out of memory; the writer goes on counting from the place it was at."""
    data = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return data


def cells(row: Row, columns: Sequence[str]) -> list[Any]:
    """A result's values in the columns: numbers, booleans, texts; None where there is none."""
    document = (
        orjson.loads(orjson.dumps(row["json"])) if any(name.startswith("json.") for name in columns) else None
    )
    return [cell(row, name, document) for name in columns]


def cell(row: Row, name: str, document: Any) -> Any:
    if name.startswith("json."):
        return at(document, name.split(".")[1:])
    value = row[name]
    if isinstance(value, orjson.Fragment):
        value = orjson.loads(orjson.dumps(value))
    if name == "tags":
        return ", ".join(tag["name"] for tag in value)
    if isinstance(value, dict):
        return value["name"]
    return value.isoformat() if isinstance(value, datetime) else str(value)


def at(document: Any, path: Sequence[str]) -> Any:
    """The value at a path of keys and array places; None where there is none."""
    for key in path:
        if isinstance(document, dict) and key in document:
            document = document[key]
        elif isinstance(document, list) and key.isascii() and key.isdigit() and int(key) < len(document):
            document = document[int(key)]
        else:
            return None
    return document


def safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        value = orjson.dumps(value).decode()
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def fitting(value: Any, kind: str | None) -> Any:
    """The value in a Parquet column of this kind."""
    if kind == "number":
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    if kind == "boolean":
        return value if isinstance(value, bool) else None
    return value if value is None or isinstance(value, str) else orjson.dumps(value).decode()
