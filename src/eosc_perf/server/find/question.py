"""What a ranking is asked for: the query's texts, understood and checked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import cast, func, select
from sqlalchemy.types import Text

from ..benchmarks.models import Benchmark, Field
from ..db import session
from ..identity import viewer
from ..moderation.queries import may_see
from ..results.conditions import Path, parsed
from ..web.faults import Fault, Faults
from ..web.json_filter import Filter
from .names import called
from .schemas import RankingQuery

FORM = "Write a metric as the benchmark's id, the path of the field and a weight, like ID:result.score:2."


@dataclass(frozen=True)
class Tested:
    """A benchmark, with what is needed of it here."""

    id: UUID
    name: str
    title: str
    fields: dict[Path, Field]

    def of_role(self, role: str) -> list[Field]:
        return [field for field in self.fields.values() if field.role == role]

    def called(self, path: Path) -> str:
        """The name of a declared field in sentences."""
        return called(self.fields[path], self.fields.values())


@dataclass(frozen=True)
class Metric:
    """A field with a direction. per: the number its values are related to, such as the cores."""

    benchmark: Tested
    field: Field
    weight: float
    per: Field | None

    @property
    def lower(self) -> bool:
        return self.field.better == "lower"

    @property
    def name(self) -> str:
        return f"{self.benchmark.id}:{self.field.name}"

    @property
    def called(self) -> str:
        return called(self.field, self.benchmark.fields.values())

    @property
    def unit(self) -> str:
        unit = self.field.unit or ""
        if self.per is None:
            return unit
        other = self.per.unit or self.per.name
        return f"{unit} × {other}" if self.lower else f"{unit} per {other}"


@dataclass(frozen=True)
class Question:
    query: RankingQuery
    metrics: list[Metric]
    filters: list[Filter]
    by: list[Path]

    @property
    def benchmarks(self) -> list[Tested]:
        return list({each.benchmark.id: each.benchmark for each in self.metrics}.values())

    def called(self, text: str) -> str:
        """The name of a field that one of the benchmarks declares."""
        path = tuple(text.split("."))
        return next(each.called(path) for each in self.benchmarks if path in each.fields)

    def written(self) -> str:
        """The question as one text, for the seed. What changes no number is left out."""
        return orjson.dumps(
            self.query.model_dump(mode="json", exclude={"format", "estimates"}), option=orjson.OPT_SORT_KEYS
        ).decode()


def understand(query: RankingQuery) -> Question:
    """Raises Faults, each with a sentence that helps."""
    wanted = [split(text) for text in query.metrics]
    known = tested({id for id, _, _ in wanted})
    filters = parsed(query.filters)
    metrics = [metric_of(known.get(id), path, weight) for id, path, weight in wanted]
    if len({each.name for each in metrics}) < len(metrics):
        raise fault("metrics", "Name each metric once.")
    benchmarks = [each.benchmark for each in metrics]
    for each in filters:
        check_filter(each, benchmarks)
    check_parameters(filters, benchmarks)
    by = [declared(path, "by", benchmarks) for path in query.by]
    for path in by:
        if any(benchmark.fields[path].role not in {"machine", None} for benchmark in benchmarks):
            raise fault("by", f"Candidates are split by facts about the machine; {'.'.join(path)} is none.")
    if query.per is not None:
        per = declared(query.per, "per", benchmarks)
        if any(benchmark.fields[per].type != "number" for benchmark in benchmarks):
            raise fault("per", f"{query.per[:80]} is no number.")
        metrics = [replace(each, per=each.benchmark.fields[per]) for each in metrics]
    return Question(query, metrics, filters, by)


def fault(parameter: str, detail: str) -> Faults:
    return Faults([Fault(detail, parameter=parameter)])


def split(text: str) -> tuple[UUID, Path | None, float]:
    """(benchmark, path, weight) of a metric's text; the path None: the primary metric."""
    id, _, rest = text.partition(":")
    path, colon, weight = rest.rpartition(":")
    if not colon:
        path, weight = rest, "1"
    try:
        benchmark = UUID(id)
    except ValueError:
        raise fault("metrics", f"{text[:80]!r} does not begin with the id of a benchmark. {FORM}") from None
    try:
        number = float(weight)
    except ValueError:
        raise fault("metrics", f"The weight in {text[:120]!r} is no number. {FORM}") from None
    if not (isfinite(number) and 0 < number <= 1e6):
        raise fault("metrics", f"A weight is a number above 0, at most a million; {weight[:20]} is not.")
    return benchmark, tuple(path.split(".")) if path else None, number


def tested(ids: set[UUID]) -> dict[UUID, Tested]:
    """The benchmarks the viewer may see, with their fields; without their schemas, which are long."""
    title = func.jsonb_extract_path_text(Benchmark.__table__.c.json_schema, cast("title", Text))
    rows = (
        session()
        .execute(
            select(Benchmark.id, Benchmark.docker_image, Benchmark.docker_tag, title.label("title")).where(
                Benchmark.id.in_(ids), may_see(Benchmark, viewer())
            )
        )
        .all()
    )
    fields: dict[UUID, dict[Path, Field]] = {row.id: {} for row in rows}
    for field in session().scalars(
        select(Field).where(Field.benchmark_id.in_(fields)).order_by(Field.position)
    ):
        fields[field.benchmark_id][tuple(field.path)] = field
    return {
        row.id: Tested(
            row.id,
            f"{row.docker_image}:{row.docker_tag}",
            (row.title or "").strip()[:80] or row.docker_image.rpartition("/")[2],
            fields[row.id],
        )
        for row in rows
    }


def metric_of(benchmark: Tested | None, path: Path | None, weight: float) -> Metric:
    if benchmark is None:
        raise fault("metrics", "There is no benchmark with this id.")
    metrics = benchmark.of_role("metric")
    known = ", ".join(field.name for field in metrics)
    if not metrics:
        raise fault("metrics", f"{benchmark.title} declares no metric, so its results can't be ranked.")
    if path is None:
        chosen = next((field for field in metrics if field.primary), metrics[0])
        return Metric(benchmark, chosen, weight, None)
    field = benchmark.fields.get(path)
    shown = ".".join(path)[:80]
    if field is None:
        raise fault("metrics", f"{benchmark.title} declares no field {shown}. Its metrics: {known}.")
    if field.better is None:
        detail = f"{shown} has no direction: its schema does not say whether lower or higher is better."
        raise fault("metrics", f"{detail} Metrics of {benchmark.title}: {known}.")
    return Metric(benchmark, field, weight, None)


def declared(text: str | Path, parameter: str, benchmarks: Sequence[Tested]) -> Path:
    """A path that all benchmarks declare."""
    path = tuple(text.split(".")) if isinstance(text, str) else text
    for benchmark in benchmarks:
        if path not in benchmark.fields:
            known = ", ".join(field.name for field in benchmark.of_role("machine")) or "none"
            shown = ".".join(path)[:80]
            detail = f"{benchmark.title} declares no field {shown}. Its facts about the machine: {known}."
            raise fault(parameter, detail)
    return path


def check_filter(filter: Filter, benchmarks: Sequence[Tested]) -> None:
    """A filter is about a field that all benchmarks declare, or a parameter of some of them."""
    declaring = [each for each in benchmarks if filter.path in each.fields]
    if not (declaring and all(each.fields[filter.path].role == "parameter" for each in declaring)):
        declared(filter.path, "filters", benchmarks)


def check_parameters(filters: Sequence[Filter], benchmarks: Sequence[Tested]) -> None:
    """Raises Faults where two filters want different values of one parameter."""
    values: dict[Path, str] = {}
    for each in filters:
        is_parameter = any(
            (field := benchmark.fields.get(each.path)) is not None and field.role == "parameter"
            for benchmark in benchmarks
        )
        if each.operator == "==" and is_parameter:
            before = values.setdefault(each.path, each.text)
            if before != each.text:
                name = ".".join(each.path)
                detail = f"{name} can't be both {before[:60]} and {each.text[:60]}: all metrics are compared"
                raise fault("filters", f"{detail} at the same parameters. Choose one.")


def any_value(value: Any) -> str:
    """A field's value as filters write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
