from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ..benchmarks import schemas as benchmarks
from ..flavors import schemas as flavors
from ..identity import Viewer
from ..sites import schemas as sites
from ..tags import schemas as tags
from ..web.access import uploader
from ..web.paging import Moment, Page, SortedQuery, Terms, UploadDates, only_iso, without_nones
from ..web.parsing import Body, Query
from . import models

MOST_FILTERS = 20
MOST_TAGS = 20
MOST_IDS = 200

FILTER = r"^[^.\s\x1c-\x1f]+(\.[^.\s\x1c-\x1f]+)*\s+(==|!=|>=|<=|>|<|~)\s+[^\s\x1c-\x1f]"
"""Python takes the separators from 1c to 1f for blanks too."""
COLUMN = r"^(id|execution_datetime|upload_datetime|benchmark|site|flavor|tags|json(\.[^.]+)+)$"

TagIds = Annotated[list[UUID], Field(max_length=MOST_TAGS)]


class Result(BaseModel):
    """The JSON of one run of a benchmark on a flavor."""

    model_config = ConfigDict(extra="forbid")
    id: UUID
    upload_datetime: datetime
    execution_datetime: datetime
    benchmark: benchmarks.Benchmark
    site: sites.Site
    flavor: flavors.Flavor
    tags: list[tags.Tag]
    json_: dict[str, Any] | list[Any] | str | float | bool | None = Field(
        alias="json", description="What the benchmark printed."
    )
    claims_open: int = Field(description="How many claims against this result wait for a decision.")
    mine: Literal[True] | None = Field(None, description="On results that the caller uploaded.")
    withdrawn: Literal[True] | None = Field(
        None, description="On tombstones, which only their uploader and admins read."
    )


class ResultPage(Page):
    items: list[Result]


class ResultQuery(SortedQuery, UploadDates):
    sort_by: str | None = Field(
        None,
        max_length=1000,
        description="Comma list of `+key` or `-key`; a key is also `json.` and the path of a field. Results "
        "without a value come last. Ties are broken by id.",
        examples=["-json.result.score"],
    )
    benchmark_id: UUID | None = Field(None, description="Of this benchmark.")
    site_id: UUID | None = Field(None, description="Of any flavor of this site.")
    flavor_id: UUID | None = Field(None, description="Of this flavor.")
    ids: list[UUID] = Field(
        default_factory=list, max_length=MOST_IDS, description="Only these results, if any are given."
    )
    tags_ids: TagIds = Field(default_factory=list, description="All must be on the result.")
    execution_before: Moment | None = Field(
        None,
        description="Run before, strictly. A date alone means its midnight in UTC.",
        examples=["2030-01-01T00:00:00Z"],
    )
    execution_after: Moment | None = Field(
        None,
        description="Run after, strictly. A date alone means its midnight in UTC.",
        examples=["2020-01-01T00:00:00Z"],
    )
    filters: list[Annotated[str, Field(json_schema_extra={"pattern": FILTER})]] = Field(
        default_factory=list,
        max_length=MOST_FILTERS,
        description="`<path> <operator> <value>` with `==`, `!=`, `>`, `<`, `>=`, `<=` or `~` (contains). "
        "A result whose value is of another type, or that lacks the path, does not match.",
        examples=[["machine.cpu.count > 4"]],
    )

    after: str | None = Field(
        None,
        max_length=4000,
        description="A cursor: the results after those seen, whatever was added meanwhile. Take it from the "
        '`Link` header (`rel="next"`) of the page before; `page` stays 1.',
    )


class ResultSearch(ResultQuery):
    terms: Terms = Field(default_factory=list)


class ExportQuery(ResultSearch):
    format: Literal["ndjson", "json", "csv", "parquet"] = Field(
        "ndjson",
        description="NDJSON and JSON hold whole results without schemas; CSV and Parquet hold `columns`.",
    )
    columns: list[Annotated[str, Field(json_schema_extra={"pattern": COLUMN})]] = Field(
        default_factory=list,
        max_length=100,
        description="For CSV and Parquet: `id`, `execution_datetime`, `upload_datetime`, `benchmark`, "
        "`site`, `flavor`, `tags` or `json.<path>`. Default: these, and the declared fields.",
    )


class OwnResultQuery(SortedQuery, UploadDates):
    pass


class NewResult(Query):
    execution_datetime: Annotated[datetime, BeforeValidator(only_iso)] = Field(
        description="When the benchmark ran: ISO 8601 with time zone, not in the future.",
        examples=["2021-03-04T05:06:07+00:00"],
    )
    benchmark_id: UUID = Field(description="The benchmark that ran; approved.")
    flavor_id: UUID = Field(description="The flavor it ran on; approved.")
    tags_ids: TagIds = Field(default_factory=list, description="Tags of the result.")
    dry_run: bool = Field(False, description="Check everything, store nothing, and say what would be stored.")


class BatchError(BaseModel):
    """One mistake in a line."""

    model_config = ConfigDict(extra="forbid")
    detail: str
    pointer: str | None = Field(None, description="RFC 6901 pointer into the line.")


class BatchLine(Body):
    """One line of a batch."""

    execution_datetime: datetime = Field(description="ISO 8601 with time zone, not in the future.")
    benchmark_id: UUID
    flavor_id: UUID
    tags_ids: TagIds = Field(default_factory=list)
    document: Any = Field(alias="json", description="What the benchmark printed.")


class BatchQuery(Query):
    atomic: bool = Field(False, description="Store all lines or, if one is wrong, none.")


class BatchItem(BaseModel):
    """What became of a line."""

    model_config = ConfigDict(extra="forbid")
    line: int = Field(description="Its place, from 1; empty lines don't count.")
    status: Literal[201, 422]
    id: UUID | None = Field(None, description="The new result's id; left out if the line was refused.")
    errors: list[BatchError] | None = None


class BatchAnswer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    stored: int
    refused: int
    items: list[BatchItem]


class Observed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    path: str
    value: float | str | bool


class DryRun(BaseModel):
    """What a submission would store."""

    model_config = ConfigDict(extra="forbid")
    result: Result
    fields: list[Observed] = Field(description="The declared fields that the document has values for.")


class NewTags(Body):
    tags_ids: TagIds = Field(
        description="Instead of those it had.", examples=[["0b8f63a5-2f29-4a2c-8a35-c4c04ba5d3f1"]]
    )


def result(item: models.Result) -> dict[str, object]:
    return {
        "id": item.id,
        "upload_datetime": item.upload_datetime,
        "execution_datetime": item.execution_datetime,
        "benchmark": benchmarks.benchmark(item.benchmark),
        "site": sites.site(item.site),
        "flavor": flavors.flavor(item.flavor),
        "tags": [tags.tag(tag) for tag in item.tags],
        "json": orjson.Fragment(item.json),
        "claims_open": item.claims_open,
    }


def result_for(viewer: Viewer, item: models.Result) -> dict[str, object]:
    """With what the item is to the viewer."""
    withdrawn = item.status == models.ResultStatus.WITHDRAWN
    return result(item) | without_nones(mine=uploader(viewer, item) or None, withdrawn=withdrawn or None)
