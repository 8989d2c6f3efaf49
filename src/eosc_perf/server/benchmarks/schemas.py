from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field

from ..moderation.models import Status
from ..moderation.schemas import StatusQuery
from ..web.paging import Name, Page, Terms, without_nones
from ..web.parsing import Body, Query
from . import models

EXAMPLE_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["score"],
    "properties": {
        "score": {
            "type": "number",
            "description": "Mean wall time",
            "suggestToUser": True,
            "x-perf": {"role": "metric", "unit": "s", "better": "lower", "primary": True},
        }
    },
}


class NewBenchmark(Body):
    docker_image: Annotated[str, Field(min_length=1, max_length=255)] = Field(
        description="A name by Docker's rules; a registry other than Docker Hub stands in front.",
        examples=["thechristophe/openbench-c-ray"],
    )
    docker_tag: Annotated[str, Field(min_length=1, max_length=128)] = Field(
        examples=["latest"], json_schema_extra={"pattern": "^[a-zA-Z0-9_][a-zA-Z0-9_.-]*$"}
    )
    url: Annotated[str, Field(max_length=2000, pattern=r"^https?://[^\s/]+")] = Field(
        description="Where to read about the benchmark.",
        examples=["https://hub.docker.com/r/thechristophe/openbench-c-ray"],
    )
    description: Annotated[str, Field(max_length=10_000)] | None = None
    json_schema: dict[str, Any] = Field(
        description="JSON Schema (drafts 4 to 2020-12) of what the image prints.", examples=[EXAMPLE_SCHEMA]
    )


class SubmitBenchmark(Query):
    dry_run: bool = Field(
        False,
        description="Check all but the image, store nothing, and say which fields the schema declares.",
    )


class Benchmark(BaseModel):
    """A container image at a fixed tag, and the JSON Schema of what it prints."""

    model_config = ConfigDict(extra="forbid")
    id: UUID
    upload_datetime: datetime
    name: str = Field(description="`image:tag`")
    docker_image: str
    docker_tag: str
    url: str
    description: str | None = None
    json_schema: dict[str, Any]
    status: Status
    image_digest: str | None = Field(None, description="Digest of the image when it was submitted.")
    image_note: str | None = Field(None, description="Why the registry could not be asked, if so.")


class BenchmarkPage(Page):
    items: list[Benchmark]


class BenchmarkQuery(StatusQuery):
    docker_image: Name | None = Field(
        None, description="Exactly this image.", examples=["thechristophe/openbench-c-ray"]
    )
    docker_tag: Name | None = Field(None, description="Exactly this tag.", examples=["latest"])


class BenchmarkSearch(StatusQuery):
    terms: Terms = Field(default_factory=list)


class Field_(BaseModel):
    """A leaf of the benchmark's JSON Schema that people compare."""

    model_config = ConfigDict(extra="forbid", title="Field")
    path: str = Field(description="As filters and sort keys write it.", examples=["result.score"])
    type: Literal["number", "text", "boolean"]
    role: Literal["metric", "parameter", "machine"] | None = None
    unit: str | None = None
    better: Literal["lower", "higher"] | None = None
    primary: bool
    samples: str | None = Field(None, description="Path of the array of repeats.")
    description: str | None = None


class FieldList(BaseModel):
    model_config = ConfigDict(extra="forbid")
    items: list[Field_]


def benchmark(item: models.Benchmark) -> dict[str, object]:
    return without_nones(
        id=item.id,
        upload_datetime=item.upload_datetime,
        name=item.name,
        docker_image=item.docker_image,
        docker_tag=item.docker_tag,
        url=item.url,
        description=item.description,
        json_schema=orjson.Fragment(item.json_schema),
        status=item.status,
        image_digest=item.image_digest,
        image_note=item.image_note,
    )


def field(item: models.Field) -> dict[str, object]:
    return without_nones(
        path=item.name,
        type=item.type,
        role=item.role,
        unit=item.unit,
        better=item.better,
        primary=item.primary,
        samples=".".join(item.samples) if item.samples else None,
        description=item.description,
    )
