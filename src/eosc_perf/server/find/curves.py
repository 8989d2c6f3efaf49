"""Scaling at a site, from its results to the answer."""

from dataclasses import replace
from math import exp
from typing import Any

import numpy as np

from ..benchmarks.models import Field
from ..web.paging import without_nones
from . import details, queries
from . import scaling as laws
from .candidates import Comparable, Key, choose, written_parameters
from .estimate import Estimate, estimates
from .present import digits, parameters
from .queries import Place, Runs
from .question import Metric, Question, Tested, any_value, fault, understand
from .scaling_schemas import ScalingQuery
from .schemas import about_one

FAR = 4
"""How many times the largest number that was measured a law is believed."""
CSV = (
    "at", "flavor", "value", "low", "high", "runs", "speedup", "speedup_low", "speedup_high", "efficiency",
    "efficiency_low", "efficiency_high", "results",
)  # fmt: skip
FORMULAS = {
    "Amdahl's law": "S(n) = 1 / (s + (1 - s) / n)",
    "Universal scalability law": "S(n) = n / (1 + a (n - 1) + b n (n - 1))",
}


def scaling(query: ScalingQuery) -> dict[str, Any]:
    places = queries.places()
    here = {id: place for id, place in places.items() if place.site_id == query.site_id}
    if not here:
        raise fault("site_id", "There is no site with this id, or it has no flavors.")
    metric_text = f"{query.benchmark_id}:{query.metric}" if query.metric else str(query.benchmark_id)
    asked = about_one(query, metric_text, site_ids=[query.site_id])
    over = over_of(query, understand(asked).metrics[0].benchmark)
    question = understand(asked.model_copy(update={"by": [over.name]}))
    [metric] = question.metrics
    found = [
        run
        for run in queries.runs_of(question, metric, list(here))
        if all(run.met) and (run.split[0] or 0) > 0
    ]
    at = choose(metric.benchmark, found, None)
    used = [run for run in found if run.parameters == at.values]
    site = next(iter(here.values()))
    unit = over.unit or over.name
    points, rates = measured(used, metric)
    speedups = laws.speedups([run.split[0] for run in points], rates) if points else []
    fits = fitted(points, rates)
    return {
        "summary": summary(f"{metric.benchmark.title} at {site.site}", unit, points, speedups, fits),
        "notes": notes(at, points, used, here),
        "benchmark": {"id": metric.benchmark.id, "name": metric.benchmark.name},
        "site": {"id": site.site_id, "name": site.site},
        "path": metric.field.name,
        "unit": metric.unit,
        "better": metric.field.better,
        "over": over.name,
        "parameters": parameters(at, at.values),
        "outside": at.outside,
        "points": [
            point(run, rate, speedup, question=question, here=here, query=query)
            for run, rate, speedup in zip(points, rates, speedups, strict=True)
        ],
        "laws": [law(each, points, rates[0].mean) for each in fits],
    }


def over_of(query: ScalingQuery, benchmark: Tested) -> Field:
    """The number that grows: as asked, or the first that the benchmark tells of the machine."""
    numbers = [field for field in benchmark.of_role("machine") if field.type == "number"]
    if query.over is None:
        if not numbers:
            raise fault("over", f"{benchmark.title} declares no number of the machine, such as the cores.")
        return numbers[0]
    field = benchmark.fields.get(tuple(query.over.split(".")))
    if field is None:
        known = ", ".join(each.name for each in numbers) or "none"
        detail = (
            f"{benchmark.title} declares no field {query.over[:80]}. Its numbers of the machine: {known}."
        )
        raise fault("over", detail)
    if field.type != "number":
        raise fault("over", f"{query.over[:80]} is no number.")
    return field


def measured(used: list[Runs], metric: Metric) -> tuple[list[Runs], list[Estimate]]:
    """Of each number the flavor that does best, and its estimate turned so that more is better."""
    made = estimates(used)
    sign = -1 if metric.lower else 1
    turned = [replace(each, mean=sign * each.mean, shift=sign * each.shift) for each in made]
    best: dict[float, tuple[Runs, Estimate]] = {}
    for run, rate in sorted(zip(used, turned, strict=True), key=lambda pair: str(pair[0].flavor_id)):
        at = run.split[0]
        if at not in best or rate.mean > best[at][1].mean:
            best[at] = run, rate
    order = sorted(best)
    return [best[at][0] for at in order], [best[at][1] for at in order]


def fitted(points: list[Runs], rates: list[Estimate]) -> list[laws.Law]:
    at, seen = [run.split[0] for run in points], [rate.mean for rate in rates]
    found = [laws.fit_amdahl(at, seen), laws.fit_universal(at, seen)]
    return [each for each in found if each]


def point(
    run: Runs,
    rate: Estimate,
    speedup: laws.Speedup,
    *,
    question: Question,
    here: dict[Any, Place],
    query: ScalingQuery,
) -> dict[str, Any]:
    assert run.flavor_id is not None
    [metric] = question.metrics
    value, bounds = exp(rate.mean), rate.interval()
    if metric.lower:
        value, bounds = 1 / value, (1 / bounds[1], 1 / bounds[0]) if bounds else None
    low, high = bounds or (None, None)
    faster = speedup.interval(speedup.speedup) or (None, None)
    thrift = speedup.interval(speedup.efficiency) or (None, None)
    key = Key(run.flavor_id, run.split)
    return without_nones(
        at=speedup.cores,
        flavor={"id": run.flavor_id, "name": here[run.flavor_id].flavor},
        value=digits(value),
        low=digits(low),
        high=digits(high),
        runs=run.runs,
        speedup=digits(speedup.speedup),
        speedup_low=digits(faster[0]),
        speedup_high=digits(faster[1]),
        efficiency=digits(speedup.efficiency),
        efficiency_low=digits(thrift[0]),
        efficiency_high=digits(thrift[1]),
        results=details.addresses(query, metric, key, run.parameters, question.by)[0],
    )


def law(fit: laws.Law, points: list[Runs], first: float) -> dict[str, Any]:
    """peak and half are told only as far as the law may be believed.

    first: ln of the rate that speedups are related to. The curve lies among the points as it was fitted, and
    need not go through the first of them.
    """
    least, most = points[0].split[0], points[-1].split[0]
    at = np.geomspace(least, 2 * most, 33)
    if "serial" in fit.parameters:
        speedup = laws.amdahl(at, fit.parameters["serial"])
    else:
        speedup = laws.universal(at, **fit.parameters)
    curve = least * np.exp(fit.one + speedup - first)
    return without_nones(
        name=fit.name,
        source=fit.source,
        formula=FORMULAS[fit.name],
        parameters=[
            {"name": name, "value": digits(value), "low": digits(low), "high": digits(high)}
            for name, value in fit.parameters.items()
            for low, high in [fit.ranges[name]]
        ],
        residual=digits(fit.residual),
        peak=near(fit.peak, most),
        peak_low=digits(fit.peak_range[0]) if fit.peak_range and near(fit.peak, most) else None,
        peak_high=digits(fit.peak_range[1]) if fit.peak_range and near(fit.peak, most) else None,
        half=near(fit.half, most),
        curve=[[digits(float(x)), digits(float(y))] for x, y in zip(at, curve, strict=True)],
    )


def near(number: float | None, most: float) -> float | None:
    return digits(number) if number is not None and number <= FAR * most else None


def summary(
    what: str,
    unit: str,
    points: list[Runs],
    speedups: list[laws.Speedup],
    fits: list[laws.Law],
) -> str:
    if not points:
        return f"{what}: there is no result that fits."
    first, last = speedups[0], speedups[-1]
    if len(points) == 1:
        one = any_value(first.cores)
        return f"{what}: there are results for {one} {unit.removesuffix('s') if one == '1' else unit} only."
    said = (
        f"{what}: {any_value(last.cores)} {unit} are {last.speedup / first.speedup:.3g} times as fast as "
        f"{any_value(first.cores)}, an efficiency of {100 * last.efficiency:.0f} %."
    )
    if not fits:
        return f"{said} Too few different numbers to fit a law."
    fit, most = fits[-1], points[-1].split[0]
    expects = f"{said} {fit.name if fit.name[0] == 'A' else 'The ' + fit.name.lower()} expects"
    if (peak := near(fit.peak, most)) is not None:
        may_not = fit.peak_range is None or fit.peak_range[1] is None
        doubt = "; but there may be no such limit" if may_not else ""
        return f"{expects} more than {peak:.0f} {unit} to make it slower{unseen(peak, most)}{doubt}."
    if (half := near(fit.half, most)) is not None:
        return f"{expects} half of the {unit} to be lost from {half:.0f} on{unseen(half, most)}."
    return f"{said} Nothing shows where more {unit} would stop paying."


def unseen(number: float, most: float) -> str:
    return "; nobody measured that far" if number > most else ""


def notes(at: Comparable, points: list[Runs], used: list[Runs], here: dict[Any, Place]) -> list[str]:
    said = []
    if at.outside:
        shown = "; ".join(written_parameters(at.benchmark, at.values))
        said.append(f"Compared at {shown}; {at.outside} results with other parameters stayed outside.")
    flavors = {run.flavor_id for run in points}
    if len(flavors) > 1:
        said.append(
            "The numbers belong to different flavors, which may run on different machines: part of what "
            "looks like scaling may be the hardware."
        )
    if len(used) > len(points):
        said.append("Where several flavors have the same number, the fastest is shown.")
    if points and all(run.runs == 1 for run in points):
        said.append("All is one run each, so run-to-run variation is unknown and no interval is given.")
    if super_linear(points):
        said.append("Efficiency above 1: the smallest number is no fair base, or the machines differ.")
    return said


def super_linear(points: list[Runs]) -> bool:
    if not points:
        return False
    first = points[0]
    gains = [abs(run.mean - first.mean) - float(np.log(run.split[0] / first.split[0])) for run in points]
    return max(gains) > 0.02


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**each, "flavor": each["flavor"]["name"]} for each in answer["points"]]
