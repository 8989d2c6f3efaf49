"""The answer in words, for people without statistics. Pages, CSV and scripts say the same."""

from collections.abc import Sequence

from .candidates import Comparable, is_asked, written_parameters
from .details import Details, mixed
from .question import Metric, Question, any_value
from .ranking import Ranked, Ranking
from .ranks import Group

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TIMES = {"ns", "us", "µs", "ms", "s", "sec", "seconds", "min", "minutes", "h", "hours"}
COMPARED = {">=": "at least ", ">": "more than ", "<=": "at most ", "<": "fewer than ", "==": ""}
RELATIONS = {
    "==": "is", "!=": "is not", ">": "is more than", ">=": "is at least", "<": "is less than",
    "<=": "is at most", "~": "contains",
}  # fmt: skip
MOST_NAMED = 3
FEW_SITES = 2
WHOLE_TIME = (
    "Values are averages over the whole time: leave out older results to compare machines as they are now."
)


def written(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def number(count: int, one: str, many: str | None = None) -> str:
    """`three runs`."""
    return f"{written(count)} {one if count == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    names = [*names[:MOST_NAMED], *([f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else [])]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def summary(ranking: Ranking, details: Details) -> str:
    """One or two sentences: who comes first, by how much, and how sure that is."""
    subject = about(ranking)
    if not ranking.ranked:
        return f"{subject}: no candidate is left. {why_nobody(ranking)}"
    first = ranking.ranked[0]
    if len(ranking.ranked) == 1:
        return f"{subject}: {first.name} is the only candidate; {basis(ranking, details)}"
    lead = f"{first.name} comes first, {margin(ranking, first, ranking.ranked[1])}"
    return f"{subject}: {lead}; {basis(ranking, details)}"


def about(ranking: Ranking) -> str:
    """`For c-ray on 8 cores, without VirtualboxTestbed`."""
    question = ranking.question
    titles = list(dict.fromkeys(each.title for each in question.benchmarks))
    said = "".join(
        [f"For {listed(titles)}", *(constraint(question, i) for i in range(len(question.filters)))]
    )
    if per := question.metrics[0].per:
        said += f", per {(per.unit or per.name).removesuffix('s')}"
    sites = {place.site_id: place.site for place in ranking.places.values()}
    only = [sites[id] for id in question.query.site_ids if id in sites]
    without = [sites[id] for id in question.query.exclude_site_ids if id in sites]
    said += f", at {listed(only)}" if only else ""
    return said + (f", without {listed(without)}" if without else "")


def constraint(question: Question, place: int) -> str:
    each = question.filters[place]
    benchmark = next(one for one in question.benchmarks if each.path in one.fields)
    field = benchmark.fields[each.path]
    if field.unit and field.role == "machine" and each.operator in COMPARED:
        unit = field.unit.removesuffix("s") if each.text == "1" and each.operator == "==" else field.unit
        again = place > 0 and question.filters[place - 1].path == each.path
        return f" {'and' if again else 'on'} {COMPARED[each.operator]}{each.text} {unit}"
    unit = f" {field.unit}" if field.unit else ""
    return f", where {benchmark.called(each.path)} {RELATIONS[each.operator]} {each.text}{unit}"


def why_nobody(ranking: Ranking) -> str:
    if not ranking.field.dropped:
        return "There are no results for this at all."
    count = number(len(ranking.field.dropped), "candidate was", "candidates were")
    return f"{count[0].upper()}{count[1:]} dropped; see the reasons."


def margin(ranking: Ranking, first: Ranked, second: Ranked) -> str:
    """`6 % faster than NCG-INGRID-PT svc2.l`."""
    ratio = first.ratio / second.ratio
    [metric, *others] = ranking.question.metrics
    timed = metric.lower and (metric.field.unit or "") in TIMES and not metric.per
    over = f" over {number(len(others) + 1, 'metric')}" if others else ""
    if ranking.question.query.missing == "ignore" and min(first.coverage, second.coverage) < 1:
        over = ", each by the metrics that it has"
    if ratio < 1.0005:
        return f"level with {second.name}{over}"
    if others:
        return f"{percent(ratio)} better than {second.name}{over}"
    if ratio >= 2 and timed:
        return f"{ratio:.1f} times as fast as {second.name}"
    if timed:
        return f"{percent(ratio)} faster than {second.name}"
    if metric.lower:
        return f"its {metric.called} {percent(2 - 1 / ratio)} lower than that of {second.name}"
    return f"its {metric.called} {percent(ratio)} higher than that of {second.name}"


def percent(ratio: float) -> str:
    share = 100 * (ratio - 1)
    return f"{share:.0f} %" if share >= 1 else f"{share:.1f} %"


def basis(ranking: Ranking, details: Details) -> str:
    """How sure it is, in the words of the least that is known."""
    counts = [runs.runs for each in ranking.ranked for runs in each.runs if runs]
    first, group = ranking.ranked[0], ranking.ranked[0].group
    if max(counts) == 1:
        return f"one run{of_samples(ranking, details)}, so run-to-run variation is unknown."
    if group is Group.UNKNOWN:
        return f"{first.name} ran once, so whether that is chance is unknown."
    if group is Group.BEST and len(ranking.ranked) > 1:
        return "that is more than chance (95 %)."
    close = [each.name for each in ranking.ranked[1:] if each.group is Group.CLOSE]
    open_ = [each.name for each in ranking.ranked[1:] if each.group is Group.UNKNOWN]
    said = [f"{listed(close)} can't be told from it"] if close else []
    said += [f"of {listed(open_)} there is one run, which says nothing about chance"] if open_ else []
    if said:
        return ", and ".join(said) + "."
    return f"{number(max(counts), 'run')} at the most."


def of_samples(ranking: Ranking, details: Details) -> str:
    """` of three samples each`."""
    metric = 0
    sizes = [
        len(run)
        for each in ranking.ranked
        for run in details.repeats.get((each.key, metric), [])
        if each.place
    ]
    if not sizes or max(sizes) == 0:
        return " each" if len(ranking.ranked) > 1 else ""
    each = " each" if len(ranking.ranked) > 1 else ""
    if min(sizes) == max(sizes):
        return f" of {number(sizes[0], 'sample')}{each}"
    return f" of {written(min(sizes))} to {number(max(sizes), 'sample')}{each}"


def notes(ranking: Ranking, details: Details) -> list[str]:
    """What else should be known before one believes the order."""
    said = [each for one in ranking.field.comparable for each in parameters_said(one)]
    said += [f"Your own machine takes part, but it is not as asked for: {each}." for each in ranking.unmet]
    said += few_sites(ranking)
    said += incomplete(ranking)
    said += ran_once(ranking)
    said += mixed_hardware(ranking, details)
    said += changed(ranking, details)
    said += [
        f"With the weight of {metric.called} ({metric.benchmark.title}) times {factor:g}, "
        f"{winner.name} comes first."
        for metric, factor, winner in ranking.tilted
        if winner is not ranking.ranked[0]
    ]
    ages = [runs.newest for each in ranking.ranked for runs in each.runs if runs and runs.newest]
    if ages:
        old, new = min(ages), max(ages)
        said.append(
            f"The newest result of each candidate is from {old:%B %Y}"
            + (f" to {new:%B %Y}." if f"{old:%B %Y}" != f"{new:%B %Y}" else ".")
        )
    return said


def few_sites(ranking: Ranking) -> list[str]:
    """Where there is little to choose from, unless it is the asker who wants so."""
    here = {each.place.site_id: each.place.site for each in ranking.ranked if each.place}
    if not 1 <= len(here) <= FEW_SITES:
        return []
    places, query, one = ranking.places, ranking.question.query, len(here) == 1
    named = listed(list(here.values()))
    found = {run.flavor_id for runs in ranking.field.everywhere for run in runs}
    anywhere = {place.site_id for id, place in places.items() if id in found}
    if not (query.site_ids or query.exclude_site_ids) or anywhere <= here.keys():
        return [f"Only {'one site has' if one else 'two sites have'} results for this: {named}."]
    if {place.site_id for place in places.values() if is_asked(ranking.question, place)} <= here.keys():
        return []
    return [f"Of the sites asked for, only {'one has' if one else 'two have'} results for this: {named}."]


def incomplete(ranking: Ranking) -> list[str]:
    """Who lacks metrics, and what became of them."""
    names = [each.name for each in ranking.ranked if each.coverage < 1]
    if not names:
        return []
    if ranking.question.query.missing == "ignore":
        return [
            f"Judged by some of the metrics only, as results for the others are missing: {listed(names)}."
        ]
    return [f"Given the worst value of the others where a metric is missing: {listed(names)}."]


def ran_once(ranking: Ranking) -> list[str]:
    """What a single run can't tell, where others ran repeatedly."""
    once = [each for each in ranking.ranked if any(runs and runs.runs == 1 for runs in each.runs)]
    if not once or len(once) == len(ranking.ranked):
        return []
    judged = (
        "that it is behind is judged by the spread of the others."
        if any(estimate and estimate.lent for each in once for estimate in each.estimates)
        else "too few others ran repeatedly to tell whether it is behind."
    )
    names = listed([each.name for each in once])
    return [f"One run only: {names}. A single run has no interval and is never called clearly best; {judged}"]


def parameters_said(each: Comparable) -> list[str]:
    if not each.values or not each.outside:
        return []
    shown = "; ".join(written_parameters(each.benchmark, each.values))
    results = number(each.outside, "result")
    return [f"{each.benchmark.title} is compared at {shown}; {results} with other parameters stayed outside."]


def mixed_hardware(ranking: Ranking, found: Details) -> list[str]:
    """Candidates that are more than one machine."""
    said = []
    for each in ranking.ranked:
        for path, values in mixed(found, ranking, each.key).items():
            texts = [any_value(value) for value in values]
            name = ranking.question.called(path)
            said.append(f"{each.name} ran with different values of {name}: {listed(texts)}. Split by {name}.")
    return said[:MOST_NAMED]


def changed(ranking: Ranking, details: Details) -> list[str]:
    """A sentence for each candidate, month and kind of change, whichever metrics it was seen in."""
    said: dict[str, list[str]] = {}
    for each in ranking.ranked:
        for place, metric in enumerate(ranking.question.metrics):
            if trend := details.trends.get((each.key, place)):
                since = f"{each.name} has changed gradually since {trend['start']:%B %Y}"
                said.setdefault(since, []).append(gradual(metric, trend["factor"]))
            if found := details.changes.get((each.key, place)):
                when, factor = found[-1]
                since = f"{each.name} changed in {when:%B %Y}"
                said.setdefault(since, []).append(share(metric, factor))
    told = [f"{since}: {listed(changes)}." for since, changes in said.items()]
    return [*told[:MOST_NAMED], WHOLE_TIME] if told else []


def gradual(metric: Metric, factor: float) -> str:
    """`Score has become 5 % higher`."""
    rise = f"{percent(factor)} higher" if factor > 1 else f"{percent(2 - factor)} lower"
    return f"{metric.called} has become {rise}"


def share(metric: Metric, factor: float) -> str:
    rise = f"{percent(factor)} higher" if factor > 1 else f"{percent(2 - factor)} lower"
    return f"{metric.called} is {rise} since"
