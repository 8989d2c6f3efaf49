"""Many results in one request, as newline-delimited JSON: looked at line by line, stored through COPY."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import ValidationError
from sqlalchemy import Row, select
from uuid_utils.compat import uuid7

from ..benchmarks.models import Benchmark
from ..db import copy, session
from ..errors import Refusal
from ..flavors.models import Flavor
from ..identity import Viewer
from ..moderation.models import Moderated, Status
from ..moderation.queries import may_see
from ..tags.models import Tag
from ..users.models import User
from ..web.faults import Fault, Faults
from ..web.problems import of_validation
from . import documents, index
from .actions import checked_moment
from .schemas import BatchLine

MOST_LINES = 1000
DEEPEST_LINE = documents.DEEPEST + 1

RESULT = (
    "id", "upload_datetime", "execution_datetime", "benchmark_id", "site_id", "flavor_id", "uploader_id",
    "status", "json",
)  # fmt: skip


@dataclass
class Line:
    """One line: what it asks for, or what is wrong with it."""

    asked: BatchLine | None = None
    faults: Sequence[Fault] = ()
    id: UUID | None = None


@dataclass(frozen=True)
class Known:
    """The rows that the lines name, locked against removal while they are used."""

    benchmarks: dict[UUID, Row[Any]]
    schemas: dict[UUID, dict[str, Any]]
    fields: dict[UUID, list[index.Indexed]]
    flavors: dict[UUID, Row[Any]]
    tags: set[UUID]


def submit(body: bytes, *, by: User, viewer: Viewer, atomic: bool) -> list[Line]:
    """Store the good lines; with `atomic` none if one is bad. Raises Faults for an unusable body."""
    lines = [read(text) for text in split(body)]
    known = look_up([line.asked for line in lines if line.asked], viewer)
    for line in lines:
        if line.asked:
            line.faults = faults_of(line.asked, known)
            line.id = None if line.faults else uuid7()
    if not (atomic and any(line.faults for line in lines)):
        store([line for line in lines if line.id], known, by)
    return lines


def split(body: bytes) -> list[bytes]:
    lines = [line for line in body.split(b"\n") if line.strip()]
    if not lines:
        raise Faults([Fault("Send newline-delimited JSON: one result a line.", pointer="")])
    if len(lines) > MOST_LINES:
        raise Faults([Fault(f"Send at most {MOST_LINES} lines; these are {len(lines)}.", pointer="")])
    return lines


def read(text: bytes) -> Line:
    try:
        asked = BatchLine.model_validate(documents.parse(text, max_depth=DEEPEST_LINE))
    except Faults as error:
        return Line(faults=error.faults)
    except ValidationError as error:
        return Line(faults=of_validation(error, in_query=False).faults)
    return Line(asked=asked)


def look_up(asked: Iterable[BatchLine], viewer: Viewer) -> Known:
    """All benchmarks, flavors and tags that the lines name, in one statement each."""
    lines = list(asked)
    of_benchmark = (Benchmark.status, Benchmark.schema_version, Benchmark.json_schema)
    benchmarks = visible(Benchmark, {line.benchmark_id for line in lines}, viewer, *of_benchmark)
    flavors = visible(Flavor, {line.flavor_id for line in lines}, viewer, Flavor.status, Flavor.site_id)
    wanted = {tag for line in lines for tag in line.tags_ids}
    tags = set(session().scalars(select(Tag.id).where(Tag.id.in_(wanted)))) if wanted else set()
    schemas = {id: orjson.loads(benchmark.json_schema) for id, benchmark in benchmarks.items()}
    return Known(benchmarks, schemas, index.fields_of(session(), benchmarks), flavors, tags)


def visible(model: type[Moderated], ids: set[UUID], viewer: Viewer, *columns: Any) -> dict[UUID, Row[Any]]:
    found = (
        select(model.id, *columns)
        .where(may_see(model, viewer), model.id.in_(ids))
        .order_by(model.id)
        .with_for_update(read=True)
    )
    return {row.id: row for row in session().execute(found)}


def faults_of(asked: BatchLine, known: Known) -> Sequence[Fault]:
    """What is wrong with a line; the document's faults have pointers below `/json`."""
    faults = []
    benchmark = known.benchmarks.get(asked.benchmark_id)
    flavor = known.flavors.get(asked.flavor_id)
    for what, found in (("benchmark", benchmark), ("flavor", flavor)):
        if found is None:
            faults.append(Fault(f"There is no {what} with this id.", pointer=f"/{what}_id"))
        elif found.status != Status.APPROVED:
            faults.append(Fault(f"This {what} waits for review.", pointer=f"/{what}_id"))
    for place, tag in enumerate(asked.tags_ids):
        if tag not in known.tags:
            faults.append(Fault("There is no tag with this id.", pointer=f"/tags_ids/{place}"))
    try:
        checked_moment(asked.execution_datetime)
    except Faults as error:
        faults += [Fault(each.detail, pointer="/execution_datetime") for each in error.faults]
    if benchmark is not None:
        try:
            key = (benchmark.id, benchmark.schema_version)
            documents.validate(asked.document, known.schemas[benchmark.id], key=key)
        except Faults as error:
            faults += [Fault(each.detail, pointer=f"/json{each.pointer or ''}") for each in error.faults]
    return faults


def store(lines: Sequence[Line], known: Known, by: User) -> None:
    """Write the lines through COPY: the results, their tags and their observations.

    Each row is made when the one before is on its way: the database works meanwhile.
    """
    good = [(str(line.id), line.asked) for line in lines if line.asked]
    copy(session(), "result", RESULT, result_rows(good, known, by))
    tags = ((id, str(tag)) for id, asked in good for tag in set(asked.tags_ids))
    copy(session(), "result_tag", ("result_id", "tag_id"), tags)
    index.store(session(), observations(good, known))


Good = Sequence[tuple[str, BatchLine]]
"""Ids and times are given as text, which is copied twice as fast."""


def result_rows(good: Good, known: Known, by: User) -> Iterator[Sequence[Any]]:
    now = datetime.now(UTC).isoformat()
    for id, asked in good:
        flavor = known.flavors[asked.flavor_id]
        executed = checked_moment(asked.execution_datetime).isoformat()
        ids = (asked.benchmark_id, flavor.site_id, flavor.id, by.id)
        yield id, now, executed, *map(str, ids), "listed", documents.dumps(asked.document)


def observations(good: Good, known: Known) -> Iterator[index.Row]:
    for id, asked in good:
        executed = checked_moment(asked.execution_datetime).isoformat()
        fields = known.fields[asked.benchmark_id]
        yield from index.rows_of(id, str(asked.flavor_id), executed, asked.document, fields)


class BatchRefused(Refusal):
    status, title = 422, "Invalid"


def refusal(lines: Sequence[Line]) -> BatchRefused:
    """Why nothing was stored: pointers start with the line's place, from 0."""
    faults = [
        Fault(fault.detail, pointer=f"/{place}{fault.pointer or ''}")
        for place, line in enumerate(lines)
        for fault in line.faults
    ]
    bad = sum(bool(line.faults) for line in lines)
    return BatchRefused(f"{bad} of {len(lines)} lines are wrong, so nothing was stored.", faults=faults[:50])
