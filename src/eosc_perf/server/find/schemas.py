from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ..results.schemas import FILTER, MOST_FILTERS
from ..web.paging import Moment
from ..web.parsing import Body, Query

MOST_METRICS, MOST_SITES, MOST_SPLITS, MOST_DOCUMENTS = 10, 100, 3, 20
METRIC = r"^[0-9a-fA-F-]{32,36}(:[^:]+(:[0-9.eE+-]+)?)?$"
EXAMPLE = "0b8f63a5-2f29-4a2c-8a35-c4c04ba5d3f1"

Filters = Annotated[
    list[Annotated[str, Field(json_schema_extra={"pattern": FILTER})]], Field(max_length=MOST_FILTERS)
]


class Where(Query):
    """What rankings and scaling have in common: which results count."""

    filters: Filters = Field(
        default_factory=list,
        description="Constraints on declared fields, as in filters on results. `==` on a parameter chooses "
        "at which value results are compared.",
        examples=[["machine.cpu.count == 8"]],
    )
    execution_after: Moment | None = Field(
        None, description="Only results run after, strictly.", examples=["2020-01-01T00:00:00Z"]
    )
    execution_before: Moment | None = Field(
        None, description="Only results run before, strictly.", examples=["2030-01-01T00:00:00Z"]
    )
    format: Literal["json", "csv"] = Field(
        "json", description="CSV: a row for each candidate and metric, or number."
    )


class RankingQuery(Where):
    metrics: list[Annotated[str, Field(max_length=300, json_schema_extra={"pattern": METRIC})]] = Field(
        min_length=1,
        max_length=MOST_METRICS,
        description="`benchmark id:path of the metric:weight`. Without a weight it is 1; without a path it "
        "is the benchmark's primary metric.",
        examples=[[f"{EXAMPLE}:result.score:2"]],
    )
    site_ids: list[UUID] = Field(
        default_factory=list, max_length=MOST_SITES, description="Only these sites, if any are given."
    )
    exclude_site_ids: list[UUID] = Field(
        default_factory=list, max_length=MOST_SITES, description="Without these sites."
    )
    by: list[Annotated[str, Field(max_length=200)]] = Field(
        default_factory=list,
        max_length=MOST_SPLITS,
        description="Facts about the machine that split a flavor into several candidates.",
        examples=[["machine.cpu.model"]],
    )
    per: str | None = Field(
        None,
        max_length=200,
        description="A number that values are related to, such as the cores: metrics where lower is better "
        "are multiplied by it, others divided.",
        examples=["machine.cpu.count"],
    )
    baseline: Annotated[str, Field(max_length=500)] = Field(
        "best", description="The `id` of a candidate, or `best`: of each metric the best value there is."
    )
    missing: Literal["require", "ignore", "penalize"] = Field(
        "require",
        description="A candidate without a result for a metric is dropped (`require`), judged by its other "
        "metrics (`ignore`), or given the worst value of the others (`penalize`).",
    )
    estimates: bool = Field(
        False,
        description="Also estimate what nobody measured, from equal hardware elsewhere or between sizes. "
        "Estimates don't enter the ranking.",
    )


def about_one(where: Where, metric: str, **asked: Any) -> RankingQuery:
    """A question about one metric, with the same constraints."""
    kept = where.model_dump(include=set(Where.model_fields))
    return RankingQuery.model_validate({**kept, "metrics": [metric], **asked})


class Document(Body):
    benchmark_id: UUID = Field(description="The benchmark that ran.", examples=[EXAMPLE])
    document: Any = Field(alias="json", description="What the benchmark printed.", examples=[{"score": 12.5}])


class OwnMachine(Body):
    """Results of the asker's own machine; they are not stored."""

    documents: list[Document] = Field(
        min_length=1,
        max_length=MOST_DOCUMENTS,
        description="Each is a run. Together they are a candidate with the id `mine`.",
        examples=[[{"benchmark_id": EXAMPLE, "json": {"score": 12.5}}]],
    )


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Named(Part):
    id: UUID
    name: str


class Value(Part):
    path: str
    value: float | str | bool | None


class MetricAsked(Part):
    benchmark: Named
    title: str = Field(description="What the benchmark calls itself.")
    path: str
    unit: str
    better: Literal["lower", "higher"]
    weight: float
    share: float = Field(description="Of all weights.")


class Recipe(Part):
    """How the numbers came about; enough to do it again."""

    version: int
    metrics: list[MetricAsked]
    missing: str
    baseline: str
    per: str | None = None
    by: list[str]
    level: float = Field(description="Of all intervals.")
    draws: int
    seed: str


class Alternative(Part):
    parameters: list[Value]
    results: int
    candidates: int


class Comparability(Part):
    benchmark: Named
    parameters: list[Value] = Field(description="The values at which results are compared.")
    results: int = Field(description="How many results are compared.")
    outside: int = Field(description="How many meet the constraints but have other parameters.")
    others: list[Alternative] = Field(description="What else there is to choose, with `filters`.")


class Change(Part):
    at: datetime
    factor: float = Field(description="Values after, over values before.")


class Gradual(Part):
    """A trend from the first run that is looked at to the last, where it tells more than steps."""

    start: datetime
    end: datetime
    factor: float = Field(description="Value at the end, over that at the start.")


class CandidateMetric(Part):
    path: str
    benchmark_id: UUID
    value: float | None = Field(None, description="Geometric mean over runs; left out if there is none.")
    low: float | None = Field(None, description="Of the 95 % interval; left out for a single run.")
    high: float | None = None
    runs: int
    samples: int | None = Field(None, description="Repeats within the runs, where these are few.")
    repeats_vary: float | None = Field(
        None,
        description="Relative standard deviation of repeats within a run. It says nothing about other days.",
    )
    oldest: datetime | None = None
    newest: datetime | None = None
    changes: list[Change] = Field(description="When the machine became faster or slower.")
    trend: Gradual | None = Field(None, description="If it does so gradually; `changes` is empty then.")
    results: str | None = Field(None, description="The page with the results behind the number.")
    drift: str | None = Field(None, description="How the results went over time: an address in this API.")


class Hardware(Part):
    path: str
    values: list[float | str | bool]


class Candidate(Part):
    id: str
    rank: int
    name: str
    site: Named | None = None
    flavor: Named | None = None
    mine: Literal[True] | None = None
    split: list[Value]
    ratio: float = Field(description="To the baseline; more is better.")
    low: float | None = None
    high: float | None = None
    coverage: float = Field(description="Share of the weights that there are results for.")
    group: Literal["clearly best", "not distinguishable from the best", "clearly behind", "unknown"] = Field(
        description="`unknown`: it, or the first, ran only once."
    )
    probability_best: float | None = Field(
        None, description="Left out for a single run, and for all while run-to-run variation is unknown."
    )
    rank_low: int | None = None
    rank_high: int | None = None
    mixed: list[str] = Field(
        description="Facts about the machine in which its results differ: it is more than one machine. Split "
        "by them with `by`."
    )
    metrics: list[CandidateMetric]
    hardware: list[Hardware] = Field(description="Facts about the machine, in its newest results.")


class Dropped(Part):
    id: str
    site: Named
    flavor: Named
    split: list[Value]
    reasons: list[str]


class Tilt(Part):
    path: str
    benchmark_id: UUID
    factor: float
    winner: str = Field(description="Id of the candidate that is first then.")


class Sensitivity(Part):
    holds: bool = Field(description="Whether the first stays first whichever weight moves by a fifth.")
    tilts: list[Tilt]


class WantedRun(Part):
    candidate: str
    name: str
    path: str
    benchmark_id: UUID
    reason: str


class Estimated(Part):
    """An estimate for what nobody measured."""

    name: str
    site: Named
    flavor: Named | None = Field(None, description="Left out where the site has no flavor of this size.")
    split: list[Value]
    path: str
    benchmark_id: UUID
    value: float
    low: float = Field(description="Of what one more flavor of this kind would have (95 %).")
    high: float
    method: Literal["same hardware", "between sizes"]
    basis: str = Field(description="What it was estimated from.")


class Ranking(Part):
    """Where to run a task, and how sure that is."""

    summary: str
    notes: list[str]
    recipe: Recipe
    comparability: list[Comparability]
    candidates: list[Candidate]
    dropped: list[Dropped]
    sensitivity: Sensitivity
    wanted: list[WantedRun]
    estimates: list[Estimated] | None = Field(None, description="If asked for.")
