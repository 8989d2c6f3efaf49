"""Who is compared: candidates at the same parameters, and who is dropped and why."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ..web.json_filter import Filter
from .queries import Place, Runs, Values
from .question import Metric, Question, Tested, any_value

MOST_OTHERS = 10
ASKED = {
    "==": "", "!=": "not ", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most ",
    "~": "to contain ",
}  # fmt: skip


@dataclass(frozen=True)
class Key:
    """A candidate: a flavor, and the values that it is split by; `mine` is what the asker sent."""

    flavor_id: UUID | None
    split: Values = ()

    def written(self) -> str:
        if self.flavor_id is None:
            return "mine"
        return "|".join([str(self.flavor_id), *(any_value(each) for each in self.split)])


MINE = Key(None)


@dataclass(frozen=True)
class Comparable:
    """At which parameters a benchmark's results are compared, and what else there would be."""

    benchmark: Tested
    values: Values
    used: int
    outside: int
    others: list[tuple[Values, int, int]]
    """(values, results, candidates)"""


@dataclass
class Field:
    """The field of candidates. runs: for each metric, by candidate.

    everywhere: for each metric, all comparable runs, also of sites that were left out: how much runs vary
    does not depend on who is asked for.
    """

    comparable: list[Comparable]
    runs: list[dict[Key, Runs]]
    everywhere: list[list[Runs]]
    dropped: dict[Key, list[str]] = field(default_factory=dict)

    def keys(self) -> set[Key]:
        return {key for runs in self.runs for key in runs}


def values_at(field: Field, metric: Metric) -> Values:
    """The parameters at which a metric's results are compared."""
    return next(each.values for each in field.comparable if each.benchmark.id == metric.benchmark.id)


def field_of(
    question: Question,
    found: Sequence[Sequence[Runs]],
    places: dict[UUID, Place],
    mine: Sequence[Runs | None],
) -> Field:
    """found: for each metric all runs there are; mine: the asker's own, which fix the parameters."""
    allowed = {id for id, place in places.items() if is_asked(question, place)}
    comparable = []
    for benchmark in question.benchmarks:
        places_of = [i for i, metric in enumerate(question.metrics) if metric.benchmark.id == benchmark.id]
        fitting = [
            run for i in places_of[:1] for run in found[i] if run.flavor_id in allowed and all(run.met)
        ]
        own = next((each.parameters for i in places_of if (each := mine[i])), None)
        comparable.append(choose(benchmark, fitting, own))
    values = {each.benchmark.id: each.values for each in comparable}
    runs: list[dict[Key, Runs]] = []
    everywhere = []
    for metric, everything, own_run in zip(question.metrics, found, mine, strict=True):
        at = values[metric.benchmark.id]
        comparing = [run for run in everything if all(run.met) and run.parameters == at]
        chosen = {Key(run.flavor_id, run.split): run for run in comparing if run.flavor_id in allowed}
        runs.append(chosen | ({MINE: own_run} if own_run else {}))
        everywhere.append(comparing)
    made = Field(comparable, runs, everywhere)
    by_key = [grouped(everything) for everything in found]
    left = {key for each in by_key for key in each} - made.keys()
    for key in sorted(left, key=by_name(places)):
        if key.flavor_id in places:
            here = [each.get(key, []) for each in by_key]
            made.dropped[key] = reasons(question, here, places[key.flavor_id], values)
    return made


def grouped(everything: Sequence[Runs]) -> dict[Key, list[Runs]]:
    found: dict[Key, list[Runs]] = defaultdict(list)
    for run in everything:
        found[Key(run.flavor_id, run.split)].append(run)
    return found


def by_name(places: dict[UUID, Place]) -> Callable[[Key], tuple[str, str, str]]:
    """The order of candidates that are otherwise equal."""

    def name(key: Key) -> tuple[str, str, str]:
        place = places.get(key.flavor_id) if key.flavor_id else None
        return (place.site, place.flavor, key.written()) if place else ("", "", key.written())

    return name


def is_asked(question: Question, place: Place) -> bool:
    query = question.query
    return place.site_id not in query.exclude_site_ids and (
        not query.site_ids or place.site_id in query.site_ids
    )


def choose(benchmark: Tested, fitting: Sequence[Runs], own: Values | None) -> Comparable:
    """The parameters that most candidates have results at; of equals, those with most results."""
    results: Counter[Values] = Counter()
    candidates: dict[Values, set[Key]] = defaultdict(set)
    for run in fitting:
        results[run.parameters] += run.runs
        candidates[run.parameters].add(Key(run.flavor_id, run.split))
    order = sorted(results, key=lambda each: (-len(candidates[each]), -results[each], repr(each)))
    values = own if own is not None else order[0] if order else ()
    others = [(each, results[each], len(candidates[each])) for each in order if each != values]
    outside = sum(number for _, number, _ in others)
    return Comparable(benchmark, values, results[values], outside, others[:MOST_OTHERS])


def reasons(
    question: Question, here: Sequence[Sequence[Runs]], place: Place, values: dict[UUID, Values]
) -> list[str]:
    """Why a candidate is not compared. here: its runs, for each metric."""
    if not is_asked(question, place):
        return ["This site was left out."]
    all_reasons = []
    for metric, runs in zip(question.metrics, here, strict=True):
        reason = why_not(question, metric, runs, values[metric.benchmark.id])
        if reason and reason not in all_reasons:
            all_reasons.append(reason)
    return all_reasons


def why_not(question: Question, metric: Metric, here: Sequence[Runs], at: Values) -> str | None:
    """Why none of these runs is compared for a metric; None if one is."""
    if any(all(run.met) and run.parameters == at for run in here):
        return None
    if not here:
        return f"No result for {metric.called} of {metric.benchmark.title}."
    meeting = [run for run in here if all(run.met)]
    if meeting:
        shown = "; ".join(written_parameters(metric.benchmark, meeting[0].parameters))
        return f"Only results with other parameters ({shown})."
    for position, each in enumerate(question.filters):
        if not any(run.met[position] for run in here):
            seen = [run.seen[position] for run in here]
            name = metric.benchmark.called(each.path)
            return f"{name} is {extent(seen)}; asked was {asked(each)}."
    if not any(run.met[-1] for run in here):
        return "Only results from outside the chosen dates."
    return "No result meets all constraints at once."


def asked(each: Filter) -> str:
    """`at least 8`."""
    return f"{ASKED[each.operator]}{each.text}"


def extent(seen: Sequence[tuple[object, object] | None]) -> str:
    known = [each for each in seen if each is not None and each[0] is not None]
    if not known:
        return "not known"
    low, high = min(each[0] for each in known), max(each[1] for each in known)  # type: ignore[type-var]
    return any_value(low) if low == high else f"{any_value(low)} to {any_value(high)}"


def written_parameters(benchmark: Tested, values: Values) -> list[str]:
    names = [benchmark.called(tuple(field.path)) for field in benchmark.of_role("parameter")]
    return [
        f"{name} {'not given' if value is None else any_value(value)}"
        for name, value in zip(names, values, strict=False)
    ]
