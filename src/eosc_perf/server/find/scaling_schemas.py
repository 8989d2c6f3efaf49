from typing import Literal
from uuid import UUID

from pydantic import Field

from .schemas import Named, Part, Value, Where


class ScalingQuery(Where):
    benchmark_id: UUID = Field(description="The benchmark.")
    site_id: UUID = Field(description="The site.")
    metric: str | None = Field(
        None, max_length=200, description="Path; the primary metric if left out.", examples=["result.score"]
    )
    over: str | None = Field(
        None,
        max_length=200,
        description="The number that grows, such as the cores; the first number of the machine if left out.",
        examples=["machine.cpu.count"],
    )


class ScalingPoint(Part):
    at: float = Field(description="How many.")
    flavor: Named = Field(description="The one that does best with this number.")
    value: float
    low: float | None = None
    high: float | None = None
    runs: int
    speedup: float
    speedup_low: float | None = None
    speedup_high: float | None = None
    efficiency: float = Field(
        description="Speedup by what perfect scaling would give; the smallest number has 1."
    )
    efficiency_low: float | None = None
    efficiency_high: float | None = None
    results: str


class LawParameter(Part):
    name: str
    value: float
    low: float = Field(description="Of the 95 % interval, if the law holds.")
    high: float


class Law(Part):
    name: str
    source: str
    formula: str
    parameters: list[LawParameter]
    residual: float = Field(description="Standard deviation of the logarithm around the law.")
    peak: float | None = Field(None, description="Beyond this number it becomes slower.")
    peak_low: float | None = Field(None, description="Of the 95 % interval of the peak.")
    peak_high: float | None = Field(None, description="Left out where there may be no peak.")
    half: float | None = Field(None, description="Here efficiency falls to one half.")
    curve: list[list[float]] = Field(description="(number, speedup) pairs to draw, as fitted to all points.")


class Scaling(Part):
    """How a task speeds up at a site."""

    summary: str
    notes: list[str]
    benchmark: Named
    site: Named
    path: str
    unit: str
    better: Literal["lower", "higher"]
    over: str
    parameters: list[Value]
    outside: int
    points: list[ScalingPoint]
    laws: list[Law]
