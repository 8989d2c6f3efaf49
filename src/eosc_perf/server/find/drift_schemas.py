"""A metric over time, and which values fields take."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from .schemas import EXAMPLE, METRIC, Change, Gradual, Named, Part, Value, Where


class Trend(Gradual):
    first: float = Field(description="The line's value at the start.")
    last: float = Field(description="And at the end.")


class DriftQuery(Where):
    metric: Annotated[str, Field(max_length=300, json_schema_extra={"pattern": METRIC})] = Field(
        description="`benchmark id:path of the metric`; without a path the benchmark's primary metric.",
        examples=[f"{EXAMPLE}:result.score"],
    )
    flavor_id: UUID = Field(description="The flavor.")


class DriftPoint(Part):
    at: datetime
    value: float
    result_id: UUID


class Segment(Part):
    """Results between two changes."""

    start: datetime
    end: datetime
    runs: int
    value: float = Field(description="Geometric mean.")
    low: float | None = None
    high: float | None = None


class Drift(Part):
    """How a metric went over time at a flavor."""

    summary: str
    benchmark: Named
    site: Named
    flavor: Named
    path: str
    unit: str
    better: Literal["lower", "higher"]
    parameters: list[Value]
    outside: int
    points: list[DriftPoint] = Field(description="The newest results, oldest first.")
    segments: list[Segment]
    changes: list[Change]
    trend: Trend | None = Field(None, description="In place of changes, if it tells more.")


class Frequency(Part):
    value: float | str | bool
    results: int


class Range(Part):
    """What values a declared field takes in listed results."""

    path: str
    low: float | None = Field(None, description="Of numbers.")
    high: float | None = None
    values: list[Frequency] = Field(
        description="The most frequent first; empty where there are too many different ones."
    )


class RangeList(Part):
    items: list[Range]
