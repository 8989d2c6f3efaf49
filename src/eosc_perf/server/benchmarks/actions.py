from typing import Any

import orjson
from flask import current_app
from sqlalchemy import delete as delete_rows
from sqlalchemy import exists, select

from .. import mail
from ..config import Settings
from ..db import release, session
from ..errors import Conflict
from ..moderation import actions as moderation
from ..results import index
from ..results.models import Result
from ..users.models import User
from ..web.faults import Fault, Faults
from ..web.problems import BROKEN_PROMISES
from . import fields, json_schema, registry
from .models import Benchmark, Field
from .schemas import NewBenchmark


def submit(new: NewBenchmark, *, by: User) -> Benchmark:
    schema = checked_schema(new)
    image = checked_image(new)
    benchmark = Benchmark(
        **new.model_dump(exclude={"json_schema"}),
        json_schema=schema,
        uploader_id=by.id,
        image_digest=image.digest,
        image_note=image.note,
    )
    session().add(benchmark)
    session().flush()
    store_fields(benchmark, schema)
    mail.submitted(benchmark, session=session())
    session().refresh(benchmark, ["json_schema"])
    return benchmark


def check(new: NewBenchmark) -> list[Field]:
    """The fields that the benchmark would declare. Stores nothing, and asks no registry."""
    schema = checked_schema(new)
    check_form(new)
    refuse_taken(new)
    return declared(schema)


def edit(benchmark: Benchmark, new: NewBenchmark) -> None:
    """A changed image is looked up again; a changed schema renews fields and observations."""
    schema = checked_schema(new)
    if (new.docker_image, new.docker_tag) != (benchmark.docker_image, benchmark.docker_tag):
        image = checked_image(new)
        benchmark.image_digest, benchmark.image_note = image.digest, image.note
    changed = canonical(schema) != canonical(orjson.loads(benchmark.json_schema))
    benchmark.docker_image, benchmark.docker_tag = new.docker_image, new.docker_tag
    benchmark.url, benchmark.description = new.url, new.description
    details = {"name": benchmark.name, **new.model_dump(exclude={"json_schema"})}
    moderation.record("edit", "benchmark", benchmark.id, details=details)
    if changed:
        benchmark.json_schema = schema  # type: ignore[assignment]  # RawJson takes objects in, gives text out
        benchmark.schema_version += 1
        session().execute(delete_rows(Field).where(Field.benchmark_id == benchmark.id))
        session().flush()
        store_fields(benchmark, schema)
        index.rebuild_benchmark(session(), benchmark.id)
    session().flush()


def approve(benchmark: Benchmark) -> None:
    moderation.approve(benchmark)


def reject(benchmark: Benchmark, *, reason: str | None) -> None:
    moderation.reject(benchmark, reason=reason)


def delete(benchmark: Benchmark) -> None:
    moderation.refuse_while_used("benchmark", results=moderation.count_of(Result.benchmark_id, benchmark.id))
    moderation.record("delete", "benchmark", benchmark.id, details={"name": benchmark.name})
    session().delete(benchmark)
    session().flush()


def store_fields(benchmark: Benchmark, schema: dict[str, Any]) -> None:
    session().add_all(declared(schema, benchmark_id=benchmark.id))
    session().flush()


def declared(schema: dict[str, Any], **of: Any) -> list[Field]:
    """The fields of a schema, as rows of the benchmark that `of` names. Raises Faults."""
    return [
        Field(
            position=position,
            path=list(spec.path),
            type=spec.type,
            role=spec.role,
            unit=spec.unit,
            better=spec.better,
            primary=spec.primary,
            samples=None if spec.samples is None else list(spec.samples),
            description=spec.description,
            **of,
        )
        for position, spec in enumerate(fields.derive(schema))
    ]


def canonical(schema: object) -> bytes:
    """For comparing: Python takes true and 1 for equal, JSON does not."""
    return orjson.dumps(schema, option=orjson.OPT_SORT_KEYS)


def checked_schema(new: NewBenchmark) -> dict[str, Any]:
    """The schema, if it is one. Faults point into the request's body."""
    try:
        return json_schema.check(new.json_schema)
    except Faults as error:
        raise Faults(
            Fault(each.detail, pointer=f"/json_schema{each.pointer or ''}") for each in error.faults
        ) from None


def refuse_taken(new: NewBenchmark) -> None:
    """Raise Conflict if there is a benchmark of this image and tag."""
    taken = exists().where(Benchmark.docker_image == new.docker_image, Benchmark.docker_tag == new.docker_tag)
    if session().scalar(select(taken)):
        raise Conflict(BROKEN_PROMISES["uq_benchmark_docker_image_docker_tag"])


def check_form(new: NewBenchmark) -> None:
    """Raises Faults if no image can have this name or tag."""
    try:
        registry.parse(new.docker_image, new.docker_tag)
    except registry.TagInvalid as error:
        raise Faults([Fault(str(error), pointer="/docker_tag")]) from None
    except registry.ImageReferenceInvalid as error:
        raise Faults([Fault(str(error), pointer="/docker_image")]) from None


def checked_image(new: NewBenchmark) -> registry.Image:
    """What the image's registry says. Raises Conflict if the benchmark exists, Faults if no image does."""
    check_form(new)
    refuse_taken(new)
    release()
    settings: Settings = current_app.extensions["settings"]
    try:
        digest = registry.resolve(
            new.docker_image, new.docker_tag, allow_private=settings.registry_allow_private
        )
    except registry.ImageMissing as error:
        raise Faults([Fault(str(error), pointer="/docker_image")]) from None
    except registry.RegistryUnreachable as error:
        if settings.image_check == "required":
            raise Faults([Fault(f"{error} Try again later.", pointer="/docker_image")]) from None
        return registry.Image(digest=None, note=str(error))
    return registry.Image(digest=digest, note=None)
