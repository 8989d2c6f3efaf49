"""A ranking as it crosses the wire."""

from typing import Any

from ..web.paging import without_nones
from . import details, gaps, wanted, words
from .candidates import Comparable, Key, values_at
from .details import Details
from .estimate import LEVEL
from .question import Metric, Question, any_value
from .ranking import Ranked, Ranking
from .ranks import DRAWS

RECIPE = 3
"""Counts up when the same data and question may get another answer."""
CSV = (
    "rank", "id", "site", "flavor", "split", "ratio", "ratio_low", "ratio_high", "group", "probability_best",
    "rank_low", "rank_high", "coverage", "benchmark", "metric", "unit", "value", "low", "high", "runs",
    "samples", "oldest", "newest", "results",
)  # fmt: skip


def digits(value: float | None) -> float | None:
    """Seven digits: what is computed is not known to more."""
    return None if value is None else float(f"{value:.7g}")


def ranking(made: Ranking) -> dict[str, Any]:
    found = details.of(made)
    first = made.ranked[0] if made.ranked else None
    return {
        "summary": words.summary(made, found),
        "notes": words.notes(made, found) if made.ranked else [],
        "recipe": recipe(made),
        "comparability": [comparability(each) for each in made.field.comparable],
        "candidates": [candidate(made, place, found) for place in range(len(made.ranked))],
        "dropped": [dropped(made, key, reasons) for key, reasons in made.field.dropped.items()],
        "sensitivity": {
            "holds": all(winner is first for *_, winner in made.tilted),
            "tilts": [
                {**of_metric(metric), "factor": factor, "winner": winner.key.written()}
                for metric, factor, winner in made.tilted
            ],
        },
        "wanted": [
            {
                "candidate": each.candidate.key.written(),
                "name": each.candidate.name,
                **of_metric(made.question.metrics[each.place]),
                "reason": each.reason,
            }
            for each in wanted.wanted(made)
        ],
        **({"estimates": estimates(made)} if made.question.query.estimates else {}),
    }


def estimates(made: Ranking) -> list[dict[str, Any]]:
    return [
        without_nones(
            name=f"{each.site[1]} {each.flavor.flavor}"
            if each.flavor
            else f"{each.site[1]} (no such flavor)",
            site={"id": each.site[0], "name": each.site[1]},
            flavor={"id": each.flavor.flavor_id, "name": each.flavor.flavor} if each.flavor else None,
            split=split(made.question, Key(None, each.split)) if each.flavor else [],
            **of_metric(made.question.metrics[each.place]),
            value=digits(each.value),
            low=digits(each.low),
            high=digits(each.high),
            method=each.method,
            basis=each.basis,
        )
        for each in gaps.estimates(made)
    ]


def of_metric(metric: Metric) -> dict[str, Any]:
    return {"path": metric.field.name, "benchmark_id": metric.benchmark.id}


def recipe(made: Ranking) -> dict[str, Any]:
    question = made.question
    whole = sum(metric.weight for metric in question.metrics)
    return without_nones(
        version=RECIPE,
        metrics=[
            {
                "benchmark": {"id": metric.benchmark.id, "name": metric.benchmark.name},
                "title": metric.benchmark.title,
                "path": metric.field.name,
                "unit": metric.unit,
                "better": metric.field.better,
                "weight": metric.weight,
                "share": digits(metric.weight / whole),
            }
            for metric in question.metrics
        ],
        missing=question.query.missing,
        baseline=question.query.baseline,
        per=question.query.per,
        by=question.query.by,
        level=LEVEL,
        draws=DRAWS,
        seed=str(made.seed),
    )


def parameters(each: Comparable, values: tuple[Any, ...]) -> list[dict[str, Any]]:
    names = [field.name for field in each.benchmark.of_role("parameter")]
    return [{"path": name, "value": value} for name, value in zip(names, values, strict=False)]


def comparability(each: Comparable) -> dict[str, Any]:
    return {
        "benchmark": {"id": each.benchmark.id, "name": each.benchmark.name},
        "parameters": parameters(each, each.values),
        "results": each.used,
        "outside": each.outside,
        "others": [
            {"parameters": parameters(each, values), "results": results, "candidates": candidates}
            for values, results, candidates in each.others
        ],
    }


def split(question: Question, key: Key) -> list[dict[str, Any]]:
    return [
        {"path": ".".join(path), "value": value} for path, value in zip(question.by, key.split, strict=False)
    ]


def candidate(made: Ranking, position: int, found: Details) -> dict[str, Any]:
    each = made.ranked[position]
    low, high = each.interval or (None, None)
    place = each.place
    return without_nones(
        id=each.key.written(),
        rank=position + 1,
        name=each.name,
        site={"id": place.site_id, "name": place.site} if place else None,
        flavor={"id": place.flavor_id, "name": place.flavor} if place else None,
        mine=None if place else True,
        split=split(made.question, each.key),
        ratio=digits(each.ratio),
        low=digits(low),
        high=digits(high),
        coverage=digits(each.coverage),
        group=each.group,
        probability_best=each.first,
        rank_low=each.low,
        rank_high=each.high,
        mixed=list(details.mixed(found, made, each.key)),
        metrics=[measured(made, each, number, found) for number in range(len(each.runs))],
        hardware=[
            {"path": path, "values": sorted(values, key=str)}
            for path, values in sorted(found.hardware.get(each.key, {}).items())
        ],
    )


def measured(made: Ranking, each: Ranked, number: int, found: Details) -> dict[str, Any]:
    """A candidate's value of one metric."""
    metric, runs, estimate = made.question.metrics[number], each.runs[number], each.estimates[number]
    if runs is None or estimate is None:
        return {**of_metric(metric), "runs": 0, "changes": []}
    low, high = estimate.interval() or (None, None)
    repeats = found.repeats.get((each.key, number))
    results, series = None, None
    if each.place:
        at = values_at(made.field, metric)
        results, series = details.addresses(made.question.query, metric, each.key, at, made.question.by)
    return without_nones(
        **of_metric(metric),
        value=digits(estimate.centre),
        low=digits(low),
        high=digits(high),
        runs=runs.runs,
        samples=sum(map(len, repeats)) if repeats is not None else None,
        repeats_vary=digits(details.variation(repeats or [])),
        oldest=runs.oldest,
        newest=runs.newest,
        changes=[
            {"at": at, "factor": digits(factor)} for at, factor in found.changes.get((each.key, number), [])
        ],
        trend=found.trends.get((each.key, number)),
        results=results,
        drift=series,
    )


def dropped(made: Ranking, key: Key, reasons: list[str]) -> dict[str, Any]:
    assert key.flavor_id is not None
    place = made.places[key.flavor_id]
    return {
        "id": key.written(),
        "site": {"id": place.site_id, "name": place.site},
        "flavor": {"id": place.flavor_id, "name": place.flavor},
        "split": split(made.question, key),
        "reasons": reasons,
    }


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """A ranking's answer as the rows of CSV."""
    made = []
    for each in answer["candidates"]:
        for metric, asked in zip(each["metrics"], answer["recipe"]["metrics"], strict=True):
            made.append(
                {
                    **{name: each.get(name) for name in ("rank", "id", "ratio", "group", "coverage")},
                    **{name: each.get(name) for name in ("probability_best", "rank_low", "rank_high")},
                    "ratio_low": each.get("low"),
                    "ratio_high": each.get("high"),
                    "site": each.get("site", {}).get("name", ""),
                    "flavor": each.get("flavor", {}).get("name", each["name"]),
                    "split": "; ".join(f"{one['path']} {any_value(one['value'])}" for one in each["split"]),
                    "benchmark": asked["benchmark"]["name"],
                    "metric": asked["path"],
                    "unit": asked["unit"],
                    **{name: metric.get(name) for name in ("value", "low", "high", "runs", "samples")},
                    **{name: metric.get(name) for name in ("oldest", "newest", "results")},
                }
            )
    return made
