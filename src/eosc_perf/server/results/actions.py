from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import bindparam, select, true
from sqlalchemy import text as sql
from sqlalchemy.orm import joinedload
from uuid_utils.compat import uuid7

from ..benchmarks.models import Benchmark
from ..db import session
from ..errors import Invalid
from ..flavors.models import Flavor
from ..identity import Viewer
from ..moderation import actions as moderation
from ..moderation.models import Status
from ..moderation.queries import may_see, readable, reader
from ..tags import queries as tags
from ..users.models import User
from ..web.faults import Fault, Faults
from ..web.paging import to_utc
from ..web.problems import not_found
from . import documents, index
from .models import Result, ResultStatus
from .schemas import NewResult


def submit(new: NewResult, document: Any, *, text: str, by: User, viewer: Viewer) -> Result:
    """Store a result. document: parsed from `text`, which is what is stored.

    Raises NotFound, Invalid or Faults; the document's faults carry JSON pointers.
    """
    executed = checked_moment(new.execution_datetime)
    benchmark, flavor = usable(new.benchmark_id, new.flavor_id, viewer)
    documents.validate(
        document, orjson.loads(benchmark.json_schema), key=(benchmark.id, benchmark.schema_version)
    )
    result = Result(
        id=uuid7(),
        upload_datetime=datetime.now(UTC),
        benchmark=benchmark,
        benchmark_id=benchmark.id,
        flavor=flavor,
        flavor_id=flavor.id,
        site=flavor.site,
        site_id=flavor.site_id,
        execution_datetime=executed,
        json=text,
        tags=sorted(tags.get_all(new.tags_ids), key=lambda tag: (tag.name, tag.id)),
        uploader_id=by.id,
        status=ResultStatus.LISTED,
        claims_open=0,
    )
    store(result, index.rows(session(), result, document))
    return result


STORE = sql("""
WITH stored AS (
    INSERT INTO result (id, upload_datetime, execution_datetime, benchmark_id, site_id, flavor_id,
        uploader_id, status, claims_open, json)
    VALUES (:id, :upload_datetime, :execution_datetime, :benchmark_id, :site_id, :flavor_id,
        :uploader_id, :status, :claims_open, CAST(:json AS jsonb))
), tagged AS (
    INSERT INTO result_tag (result_id, tag_id) SELECT :id, unnest(CAST(:tags AS uuid[]))
)
INSERT INTO observation (result_id, flavor_id, execution_datetime, field_id, number, text, flag)
SELECT :id, :flavor_id, :execution_datetime, seen.*
FROM unnest(CAST(:field_ids AS bigint[]), CAST(:numbers AS float8[]), CAST(:texts AS text[]),
    CAST(:flags AS boolean[])) AS seen
""")


def store(result: Result, observations: Sequence[index.Row]) -> None:
    """Write a new result with its tags and observations: one statement instead of one a table."""
    stored = ("id", "upload_datetime", "execution_datetime", "benchmark_id", "site_id", "flavor_id")
    values = {
        name: getattr(result, name) for name in (*stored, "uploader_id", "status", "claims_open", "json")
    }
    field_ids, _, _, _, numbers, texts, flags = zip(*observations, strict=True) if observations else [()] * 7
    values["tags"] = [tag.id for tag in result.tags]
    values |= {
        "field_ids": list(field_ids),
        "numbers": list(numbers),
        "texts": list(texts),
        "flags": list(flags),
    }
    session().execute(STORE, values)


def checked_moment(moment: datetime) -> datetime:
    """In UTC. Raises Faults without a zone, in the future, or out of range."""
    if moment.tzinfo is None:
        raise Faults([Fault("Add the time zone, like +00:00.", parameter="execution_datetime")])
    try:
        moment = to_utc(moment)
    except ValueError as error:
        raise Faults([Fault(str(error), parameter="execution_datetime")]) from None
    if moment > datetime.now(UTC):
        raise Faults([Fault("This is in the future.", parameter="execution_datetime")])
    return moment


NAMED = (
    select(Benchmark, Flavor)
    .join(Flavor, true())
    .options(joinedload(Flavor.site, innerjoin=True))
    .where(Benchmark.id == bindparam("benchmark_id"), readable(Benchmark))
    .where(Flavor.id == bindparam("flavor_id"), readable(Flavor))
    .with_for_update(read=True, of=(Benchmark, Flavor))
)


def usable(benchmark_id: UUID, flavor_id: UUID, viewer: Viewer) -> tuple[Benchmark, Flavor]:
    """What a result names, locked against removal. Raises NotFound, or Invalid while one waits for review."""
    ids = {"benchmark_id": benchmark_id, "flavor_id": flavor_id}
    found = session().execute(NAMED, ids | reader(viewer)).one_or_none()
    if found is None:
        seen = session().scalar(
            select(Benchmark.id).where(Benchmark.id == benchmark_id, may_see(Benchmark, viewer))
        )
        raise not_found("flavor" if seen else "benchmark")
    for what, item in (("benchmark", found.Benchmark), ("flavor", found.Flavor)):
        if item.status != Status.APPROVED:
            raise Invalid(f"This {what} waits for review; it takes results once it is approved.")
    return found.Benchmark, found.Flavor


def set_tags(result: Result, ids: Sequence[UUID]) -> None:
    lock(result)
    session().refresh(result, ["tags"])
    result.tags = tags.get_all(list(ids))


def withdraw(result: Result) -> None:
    """Take a result off the lists; a tombstone stays."""
    lock(result)
    if result.status == ResultStatus.WITHDRAWN:
        raise not_found("result")
    result.withdraw()
    index.remove(session(), result)
    moderation.record("withdraw", "result", result.id)


def restore(result: Result) -> None:
    """Bring a withdrawn result back to the lists."""
    index.fix_fields(session(), result.benchmark_id)
    lock(result)
    if result.status == ResultStatus.LISTED:
        raise Invalid("This result is listed.")
    result.status, result.withdrawn_datetime = ResultStatus.LISTED, None
    index.add(session(), result, orjson.loads(result.json))
    moderation.record("restore", "result", result.id)


def lock(result: Result) -> None:
    session().execute(select(Result.id).where(Result.id == result.id).with_for_update())
    session().refresh(result, ["status", "withdrawn_datetime", "claims_open"])
