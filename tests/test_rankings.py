"""Rankings as people ask for them: over HTTP, of the published results and of results made here."""

from collections.abc import Iterator
from json import dumps
from math import exp
from typing import Any

import httpx
import numpy as np
import pytest
from answers import places, refused
from conftest import Server
from factories import Json, a_benchmark, a_claim, a_document, a_flavor, a_site, made
from measurements import World
from scipy import stats


@pytest.fixture
def world(user: httpx.Client, admin: httpx.Client) -> World:
    return World(user, admin)


def names(answer: Json) -> list[str]:
    return [each["id"] for each in answer["candidates"]]


# The published results, as a careful reader of their table would judge.


@pytest.fixture(scope="module")
def demo(demo_server: Server) -> Iterator[httpx.Client]:
    with demo_server.client() as client:
        yield client


def published(demo: httpx.Client, cores: int, *, without_testbed: bool, **asked: Any) -> Json:
    [benchmark] = demo.get("/benchmarks").json()["items"]
    sites = {each["name"]: each["id"] for each in demo.get("/sites").json()["items"]}
    question = {
        "metrics": benchmark["id"],
        "filters": f"machine.cpu.count == {cores}",
        "exclude_site_ids": [sites["VirtualboxTestbed"]] if without_testbed else [],
        **asked,
    }
    return made(demo.get("/rankings", params=question), status=200)


CAREFUL = {
    1: [
        "VirtualboxTestbed virtualbox-arch",
        "NCG-INGRID-PT svc1.s",
        "CESNET-MCC standard.small",
        "IFCA-LCG2 m1.small",
        "IISAS-FedCloud m1.small",
        "CESGA cor1mem2hd10",
    ],
    2: [
        "VirtualboxTestbed virtualbox-arch",
        "NCG-INGRID-PT svc2.s",
        "CESNET-MCC standard.medium",
        "IISAS-FedCloud m1.medium",
        "IFCA-LCG2 cm4.large",
    ],
    4: [
        "VirtualboxTestbed virtualbox-arch",
        "NCG-INGRID-PT svc2.m",
        "CESNET-MCC standard.large",
        "IISAS-FedCloud m1.large",
        "IFCA-LCG2 m1.large",
    ],
    8: [
        "VirtualboxTestbed virtualbox-arch",
        "CESNET-MCC hpc.8core-16ram",
        "NCG-INGRID-PT svc2.l",
        "IISAS-FedCloud m1.xlarge",
        "IFCA-LCG2 m1.xlarge",
    ],
    16: ["NCG-INGRID-PT svc2.xl", "IFCA-LCG2 cm4.4xlarge"],
}


@pytest.mark.parametrize("without_testbed", [False, True])
@pytest.mark.parametrize("cores", CAREFUL)
def test_the_published_results_are_ranked_as_a_careful_reader_would(
    demo: httpx.Client, cores: int, without_testbed: bool
) -> None:
    answer = published(demo, cores, without_testbed=without_testbed)
    expected = [name for name in CAREFUL[cores] if not (without_testbed and name.startswith("Virtualbox"))]
    assert [each["name"] for each in answer["candidates"]] == expected
    assert "one run" in answer["summary"]
    assert "so run-to-run variation is unknown" in answer["summary"]
    for each in answer["candidates"]:
        assert each["group"] == "unknown"
        assert not {"low", "high", "probability_best", "rank_low"} & each.keys()
        assert not {"low", "high"} & each["metrics"][0].keys()


def test_the_answer_is_said_in_words(demo: httpx.Client) -> None:
    answer = published(demo, 8, without_testbed=True)
    assert answer["summary"] == (
        "For c-ray on 8 cores, without VirtualboxTestbed: CESNET-MCC hpc.8core-16ram comes first, 6 % faster "
        "than NCG-INGRID-PT svc2.l; one run of three samples each, so run-to-run variation is unknown."
    )


def test_it_is_said_when_only_two_sites_have_data(demo: httpx.Client) -> None:
    answer = published(demo, 16, without_testbed=True)
    assert "Only two sites have results for this: NCG-INGRID-PT and IFCA-LCG2." in answer["notes"]


def notes_on_few_sites(answer: Json) -> list[str]:
    return [note for note in answer["notes"] if "only" in note.lower() and "results for this" in note]


def test_sites_that_were_left_out_are_not_said_to_have_no_results(demo: httpx.Client) -> None:
    sites = {each["name"]: each["id"] for each in demo.get("/sites").json()["items"]}
    two = [sites["CESNET-MCC"], sites["NCG-INGRID-PT"]]
    assert notes_on_few_sites(published(demo, 8, without_testbed=False, site_ids=two)) == []
    others = [id for name, id in sites.items() if name not in {"CESNET-MCC", "NCG-INGRID-PT", "CESGA"}]
    answer = published(demo, 8, without_testbed=False, exclude_site_ids=others)
    assert notes_on_few_sites(answer) == [
        "Of the sites asked for, only two have results for this: CESNET-MCC and NCG-INGRID-PT."
    ]
    answer = published(demo, 12, without_testbed=False)
    assert notes_on_few_sites(answer) == ["Only one site has results for this: VirtualboxTestbed."]


def test_constraints_are_said_in_words(demo: httpx.Client) -> None:
    filters = ["machine.cpu.count >= 2", "machine.cpu.count <= 8", "machine.cpu.model ~ EPYC"]
    asked = {"filters": filters, "per": "machine.cpu.count"}
    assert published(demo, 8, without_testbed=False, **asked)["summary"].startswith(
        "For c-ray on at least 2 cores and at most 8 cores, where CPU model contains EPYC, per core: "
        "NCG-INGRID-PT svc2.s comes first, its Score 0.1 % lower than that of NCG-INGRID-PT svc2.m; "
    )
    answer = published(demo, 1, without_testbed=False)
    assert "one run of three to nine samples each" in answer["summary"]


def test_the_dropped_have_reasons(demo: httpx.Client) -> None:
    dropped = {
        f"{each['site']['name']} {each['flavor']['name']}": each["reasons"]
        for each in published(demo, 8, without_testbed=True)["dropped"]
    }
    assert dropped["CESGA cor1mem2hd10"] == ["CPU count is 1; asked was 8."]
    assert dropped["VirtualboxTestbed virtualbox-arch"] == ["This site was left out."]
    assert len(dropped) == 17


def test_samples_within_a_run_are_counted_and_give_no_interval(demo: httpx.Client) -> None:
    first = published(demo, 1, without_testbed=True)["candidates"][0]["metrics"][0]
    samples = [780.782, 886.853, 775.145, 772.799, 777.171, 776.234, 771.652, 774.239, 770.833]
    assert (first["value"], first["runs"], first["samples"]) == (787.301, 1, 9)
    assert first["repeats_vary"] == pytest.approx(exp(np.log(samples).std(ddof=1)) - 1, rel=1e-5)


def test_every_number_leads_to_the_results_behind_it(demo: httpx.Client) -> None:
    for each in published(demo, 8, without_testbed=False)["candidates"]:
        [result] = demo.get(each["metrics"][0]["results"]).json()["items"]
        assert result["flavor"]["id"] == each["id"]
        assert result["json"]["machine"]["cpu"]["count"] == 8


def test_the_hardware_seen_is_told(demo: httpx.Client) -> None:
    hardware = published(demo, 8, without_testbed=True)["candidates"][0]["hardware"]
    assert {each["path"]: each["values"] for each in hardware} == {
        "machine.cpu.clock_ghz": [2.2946],
        "machine.cpu.count": [8],
        "machine.cpu.model": ["Intel Xeon Processor (Skylake, IBRS)"],
    }


def test_published_scaling_is_told_with_its_laws_and_its_doubts(demo: httpx.Client) -> None:
    [benchmark] = demo.get("/benchmarks").json()["items"]
    [site] = demo.get("/sites", params={"name": "NCG-INGRID-PT"}).json()["items"]
    asked = {"benchmark_id": benchmark["id"], "site_id": site["id"]}
    answer = made(demo.get("/scaling", params=asked), status=200)
    assert [each["at"] for each in answer["points"]] == [1, 2, 4, 8, 16, 32]
    assert answer["points"][-1]["speedup"] == pytest.approx(787.301 / 28.080, rel=1e-4)
    assert [each["name"] for each in answer["laws"]] == ["Amdahl's law", "Universal scalability law"]
    assert any("different flavors" in note for note in answer["notes"])
    assert any("run-to-run variation is unknown" in note for note in answer["notes"])
    table = demo.get("/scaling", params={**asked, "format": "csv"}).text.splitlines()
    assert len(table) == 7


def test_a_law_is_drawn_among_the_points_that_it_was_fitted_to(demo: httpx.Client) -> None:
    [benchmark] = demo.get("/benchmarks").json()["items"]
    [site] = demo.get("/sites", params={"name": "NCG-INGRID-PT"}).json()["items"]
    asked = {"benchmark_id": benchmark["id"], "site_id": site["id"]}
    answer = made(demo.get("/scaling", params=asked), status=200)
    at, seen = zip(*[(each["at"], each["speedup"]) for each in answer["points"]], strict=True)
    for law in answer["laws"]:
        drawn = np.interp(
            np.log(at), np.log([x for x, _ in law["curve"]]), np.log([y for _, y in law["curve"]])
        )
        off = np.log(seen) - drawn
        assert abs(off.mean()) < 0.001
        assert (off**2).sum() == pytest.approx(
            law["residual"] ** 2 * (6 - 1 - len(law["parameters"])), rel=0.02
        )


# Results made here.


def test_runs_on_different_days_give_an_interval_and_a_judgement(world: World) -> None:
    times = {each: world.flavor(*each) for each in [(10.0, 10.2, 9.9), (10.1, 10.3, 9.8), (20.0, 20.4, 19.9)]}
    answer = world.ask()
    assert names(answer) == list(times.values())
    groups = [each["group"] for each in answer["candidates"]]
    assert groups == ["not distinguishable from the best"] * 2 + ["clearly behind"]
    shared = np.mean([np.log(each).var(ddof=1) for each in times])
    for each, sample in zip(answer["candidates"], times, strict=True):
        [metric] = each["metrics"]
        own = np.log(sample).var(ddof=1)
        weight = 1 / (1 + (2 / 20) ** 2)
        among = stats.t.ppf(0.975, 6) * ((weight * shared + (1 - weight) * own) / 3) ** 0.5
        t = stats.t.ppf(0.975, 2)
        half = max(among, t * (own / 3) ** 0.5)
        moved = stats.skew(np.log(sample)) * (2 * t**2 + 1) / (6 * 3**0.5) * (own / 3) ** 0.5 * 3 / 33
        assert metric["value"] == pytest.approx(stats.gmean(sample), rel=1e-6)
        assert metric["high"] == pytest.approx(stats.gmean(sample) * exp(half + moved), rel=1e-6)
        assert metric["low"] == pytest.approx(stats.gmean(sample) * exp(moved - half), rel=1e-6)
        assert metric["runs"] == 3
    assert sum(each["probability_best"] for each in answer["candidates"]) == pytest.approx(1)
    assert answer["candidates"][2]["rank_low"] == answer["candidates"][2]["rank_high"] == 3
    assert "can't be told from it" in answer["summary"]


def test_a_clear_winner_is_called_so(world: World) -> None:
    world.flavor(10.0, 10.1, 9.9), world.flavor(20.0, 20.4, 19.9)
    answer = world.ask()
    assert answer["candidates"][0]["group"] == "clearly best"
    assert "more than chance" in answer["summary"]


def test_the_same_question_has_the_same_answer_to_the_last_digit(world: World) -> None:
    for times in [(10.0, 10.2, 9.9), (10.1, 10.3, 9.8), (10.4, 10.0, 9.9)]:
        world.flavor(*times)
    asked = {"params": {"metrics": world.metric()}}
    assert world.user.get("/rankings", **asked).content == world.admin.get("/rankings", **asked).content


def test_a_single_run_gets_no_interval_and_it_is_said(world: World) -> None:
    once = world.flavor(12.0)
    for times in [(10.0, 10.2, 9.9), (10.1, 10.3, 9.8), (20.0, 20.4, 19.9)]:
        world.flavor(*times)
    answer = world.ask()
    [single] = [each for each in answer["candidates"] if each["id"] == once]
    assert "low" not in single["metrics"][0]
    assert "low" not in single
    assert any("is judged by the spread of the others" in note for note in answer["notes"])


def test_without_a_spread_to_lend_nobody_is_said_to_be_judged_by_it(world: World) -> None:
    world.flavor(10.0, 10.2, 9.9), world.flavor(30.0)
    answer = world.ask()
    assert [each["group"] for each in answer["candidates"]] == [
        "not distinguishable from the best",
        "unknown",
    ]
    assert any("too few others ran repeatedly to tell" in note for note in answer["notes"])


def test_a_single_run_is_never_clearly_best_however_far_it_leads(world: World) -> None:
    once = world.flavor(1.0)
    repeated = [world.flavor(*times) for times in [(10.0, 10.2, 9.9), (20.1, 20.3, 19.8), (40.0, 40.4, 39.9)]]
    answer = world.ask()
    assert names(answer) == [once, *repeated]
    groups = [each["group"] for each in answer["candidates"]]
    assert groups == ["unknown", "unknown", "clearly behind", "clearly behind"]
    assert "ran once, so whether that is chance is unknown" in answer["summary"]
    assert not {"probability_best", "rank_low", "rank_high"} & answer["candidates"][0].keys()
    assert answer["candidates"][1]["rank_high"] == 2


def test_a_single_run_far_behind_does_not_hide_who_is_clearly_best(world: World) -> None:
    for times in [(10.0, 10.2, 9.9), (20.1, 20.3, 19.8), (40.0, 40.4, 39.9), (90.0,)]:
        world.flavor(*times)
    groups = [each["group"] for each in world.ask()["candidates"]]
    assert groups == ["clearly best", *["clearly behind"] * 3]


def test_a_candidate_has_the_same_interval_whichever_sites_are_asked_for(world: World) -> None:
    site = a_site(world.user, world.admin)
    here = a_flavor(world.user, world.admin, site=site)
    for day, time in enumerate((10.0, 10.05, 10.01)):
        world.run(here, time, day=day)
    for times in [(10.0, 12.2, 9.0), (20.1, 25.3, 19.8), (40.0, 49.4, 39.9)]:
        world.flavor(*times)
    [whole] = [each for each in world.ask()["candidates"] if each["id"] == here["id"]]
    [alone] = world.ask(site_ids=site["id"])["candidates"]
    assert whole["metrics"] == alone["metrics"]
    assert alone["low"] == pytest.approx(alone["metrics"][0]["value"] / alone["metrics"][0]["high"])


def test_claimed_and_withdrawn_results_do_not_count(world: World) -> None:
    flavor = a_flavor(world.user, world.admin)
    fair, claimed, withdrawn = (world.run(flavor, time, day=day) for day, time in enumerate((10, 1, 2)))
    a_claim(world.user, claimed)
    made(world.user.delete(f"/results/{withdrawn['id']}"), status=204)
    [metric] = world.ask()["candidates"][0]["metrics"]
    assert (metric["value"], metric["runs"]) == (10, 1)
    assert fair["id"]


def test_only_results_with_equal_parameters_are_compared(world: World) -> None:
    both = a_flavor(world.user, world.admin)
    world.run(both, 10, size=1), world.run(both, 99, size=2)
    other = world.flavor(12)
    only_large = world.flavor(50, size=2)
    answer = world.ask()
    assert names(answer) == [both["id"], other]
    [compared] = answer["comparability"]
    assert compared["parameters"] == [{"path": "size", "value": 1}]
    assert (compared["results"], compared["outside"]) == (2, 2)
    assert compared["others"] == [
        {"parameters": [{"path": "size", "value": 2}], "results": 2, "candidates": 2}
    ]
    assert [each["id"] for each in answer["dropped"]] == [only_large]
    assert "other parameters (Size 2)" in answer["dropped"][0]["reasons"][0]
    assert names(world.ask(filters="size == 2")) == [only_large, both["id"]]


def test_several_metrics_are_weighed_and_the_recipe_is_told(world: World) -> None:
    quick = world.flavor(10, rate=100)
    wide = world.flavor(20, rate=400)
    answer = world.ask(world.metric("time", 3), world.metric("rate", 1), baseline=quick)
    ratios = {each["id"]: each["ratio"] for each in answer["candidates"]}
    assert ratios == {quick: 1, wide: pytest.approx(stats.gmean([0.5, 4], weights=[3, 1]), rel=1e-6)}
    assert [each["share"] for each in answer["recipe"]["metrics"]] == [0.75, 0.25]
    assert answer["recipe"]["version"] == 3
    assert answer["sensitivity"]["holds"]
    assert names(world.ask(world.metric("time", 1), world.metric("rate", 1)))[0] == wide


def test_a_winner_that_depends_on_the_weights_is_told(world: World) -> None:
    world.flavor(10, rate=100), world.flavor(10.9, rate=110)
    answer = world.ask(world.metric("time"), world.metric("rate"))
    assert not answer["sensitivity"]["holds"]
    assert any("comes first" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("missing", "ranked", "coverage"), [("require", 1, 1), ("ignore", 2, 0.5), ("penalize", 2, 0.5)]
)
def test_a_missing_metric_is_treated_as_asked_for(
    user: httpx.Client, admin: httpx.Client, missing: str, ranked: int, coverage: float
) -> None:
    first, second = World(user, admin), World(user, admin)
    whole = a_flavor(user, admin)
    first.run(whole, 10), second.run(whole, 10)
    half = first.flavor(5)
    answer = first.ask(first.metric(), second.metric(), missing=missing)
    assert len(answer["candidates"]) == ranked
    assert min(each["coverage"] for each in answer["candidates"]) == coverage
    if missing == "require":
        [dropped] = answer["dropped"]
        assert dropped["id"] == half
        assert "No comparable result for Time" in dropped["reasons"][0]
    [name] = [each["name"] for each in answer["candidates"] if each["id"] == half] or ["nobody"]
    said = {
        "require": "is the only candidate",
        "ignore": f"{name} comes first, 41 % better than",
        "penalize": "41 % better than",
    }
    assert said[missing] in answer["summary"]
    assert ("each by the metrics that it has" in answer["summary"]) == (missing == "ignore")
    notes = {
        "ignore": f"Judged by some of the metrics only, as results for the others are missing: {name}.",
        "penalize": f"Given the worst value of the others where a metric is missing: {name}.",
    }
    assert [each for each in answer["notes"] if "missing" in each] == [*filter(None, [notes.get(missing)])]


def test_a_flavor_is_split_by_the_hardware_that_was_seen(world: World) -> None:
    flavor = a_flavor(world.user, world.admin)
    for day in range(3):
        world.run(flavor, 10 + day / 10, cpu="New", day=day)
        world.run(flavor, 20 + day / 10, cpu="Old", day=day)
    whole = world.ask()
    assert any("different values of CPU: New and Old. Split by CPU." in note for note in whole["notes"])
    assert whole["candidates"][0]["mixed"] == ["cpu"]
    answer = world.ask(by="cpu")
    assert [each["mixed"] for each in answer["candidates"]] == [[], []]
    assert names(answer) == [f"{flavor['id']}|New", f"{flavor['id']}|Old"]
    results = world.user.get(answer["candidates"][0]["metrics"][0]["results"]).json()
    assert [each["json"]["cpu"] for each in results["items"]] == ["New"] * 3


def test_a_flavor_that_ran_with_different_numbers_of_cores_is_no_one_machine(demo: httpx.Client) -> None:
    [benchmark] = demo.get("/benchmarks").json()["items"]
    answer = made(demo.get("/rankings", params={"metrics": benchmark["id"]}), status=200)
    mixed = {each["name"]: each["mixed"] for each in answer["candidates"] if each["mixed"]}
    assert mixed == {"VirtualboxTestbed virtualbox-arch": ["machine.cpu.count"]}
    assert any("different values of CPU count: 1, 2, 4 and 2 more" in note for note in answer["notes"])


def test_values_are_related_to_cores_if_asked(world: World) -> None:
    many, few = world.flavor(10, cores=16), world.flavor(20, cores=4)
    assert names(world.ask()) == [many, few]
    answer = world.ask(per="cores")
    assert names(answer) == [few, many]
    assert answer["candidates"][0]["metrics"][0]["value"] == 80
    assert answer["recipe"]["metrics"][0]["unit"] == "s × cores"


def test_older_results_are_left_out_if_asked(world: World) -> None:
    old, new = world.flavor(10), a_flavor(world.user, world.admin)
    world.run(new, 20, day=40)
    answer = world.ask(execution_after="2024-02-01")
    assert names(answer) == [new["id"]]
    assert [(each["id"], each["reasons"]) for each in answer["dropped"]] == [
        (old, ["Only results from outside the chosen dates."])
    ]


def test_sites_are_chosen_or_left_out(world: World) -> None:
    site = a_site(world.user, world.admin)
    here = a_flavor(world.user, world.admin, site=site)
    world.run(here, 10)
    there = world.flavor(5)
    assert names(world.ask(site_ids=site["id"])) == [here["id"]]
    assert names(world.ask(exclude_site_ids=site["id"])) == [there]


def test_a_change_over_time_is_noticed(world: World) -> None:
    flavor = a_flavor(world.user, world.admin)
    for day in range(16):
        world.run(flavor, (10 if day < 8 else 13) + day % 3 / 20, day=2 * day)
    [metric] = world.ask()["candidates"][0]["metrics"]
    [change] = metric["changes"]
    assert change["at"].startswith("2024-01-17")
    assert change["factor"] == pytest.approx(1.3, rel=0.02)


def test_wanted_are_runs_of_those_that_may_be_best(world: World) -> None:
    for times in [(10.0, 10.2, 9.9), (10.1, 10.3, 9.8), (20.0, 20.4, 19.9)]:
        world.flavor(*times)
    once = world.flavor(10.05)
    wanted = world.ask()["wanted"]
    assert wanted[0]["candidate"] == once
    assert "ran once" in wanted[0]["reason"]


def test_the_own_machine_is_ranked_and_not_stored(world: World) -> None:
    faster, slower = world.flavor(10), world.flavor(30)
    question = {"metrics": world.metric(), "baseline": "mine"}
    document = {"time": 20, "rate": 50, "cores": 8, "size": 1}
    body = {"documents": [{"benchmark_id": world.benchmark["id"], "json": document}]}
    answer = made(world.user.post("/rankings", params=question, json=body), status=200)
    assert names(answer) == [faster, "mine", slower]
    assert [each["ratio"] for each in answer["candidates"]] == [2, 1, pytest.approx(2 / 3, rel=1e-6)]
    assert world.user.get("/results", params={"benchmark_id": world.benchmark["id"]}).json()["total"] == 2
    body["documents"][0]["json"] = {**document, "size": 7}
    alone = made(world.user.post("/rankings", params=question, json=body), status=200)
    assert names(alone) == ["mine"]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ("cores == 4", "Cores is 8; asked was 4"),
        ("cores > 8", "Cores is 8; asked was more than 8"),
        ("cpu ~ example", "CPU is not known; asked was to contain example"),
        ("cores >= 8", None),
    ],
)
def test_an_own_machine_that_is_not_as_asked_for_takes_part_and_it_is_said(
    world: World, filters: str, said: str | None
) -> None:
    world.flavor(10)
    body = {
        "documents": [
            {"benchmark_id": world.benchmark["id"], "json": {"time": 5, "rate": 9, "cores": 8, "size": 1}}
        ]
    }
    question = {"metrics": world.metric(), "filters": filters}
    answer = made(world.user.post("/rankings", params=question, json=body), status=200)
    assert names(answer)[0] == "mine"
    notes = [note for note in answer["notes"] if "Your own machine" in note]
    assert notes == ([f"Your own machine takes part, but it is not as asked for: {said}."] if said else [])


def test_an_own_document_must_satisfy_the_schema(world: World) -> None:
    body = {"documents": [{"benchmark_id": world.benchmark["id"], "json": {"time": "soon"}}]}
    answer = world.user.post("/rankings", params={"metrics": world.metric()}, json=body)
    assert "/documents/0/json/time" in places(answer)


def test_a_ranking_is_a_table_too(world: World) -> None:
    world.flavor(10), world.flavor(20)
    answer = world.user.get("/rankings", params={"metrics": world.metric(), "format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    head, first, _ = answer.text.splitlines()
    assert dict(zip(head.split(","), first.split(","), strict=True))["value"] == "10.0"


def test_nobody_left_is_an_answer(world: World) -> None:
    world.flavor(10)
    answer = world.ask(filters="cores >= 100")
    assert answer["candidates"] == []
    assert "no candidate is left" in answer["summary"]
    assert answer["dropped"][0]["reasons"] == ["Cores is 4; asked was at least 100."]


@pytest.mark.parametrize(
    ("asked", "parameter", "said"),
    [
        ({"metrics": "{id}:cores"}, "metrics", "cores has no direction"),
        ({"metrics": "{id}:nothing"}, "metrics", "declares no field nothing. Its metrics: time, rate."),
        ({"metrics": "{id}:time:0"}, "metrics", "A weight is a number above 0"),
        ({"metrics": "{id}:time:-1"}, "metrics", "A weight is a number above 0"),
        ({"metrics": "{id}:time:heavy"}, "metrics", "is no number"),
        ({"metrics": "{id}:time:nan"}, "metrics", "A weight is a number above 0"),
        ({"metrics": "c-ray"}, "metrics", "does not begin with the id of a benchmark"),
        (
            {"metrics": "0b8f63a5-2f29-4a2c-8a35-c4c04ba5d3f1"},
            "metrics",
            "There is no benchmark with this id.",
        ),
        ({"metrics": ["{id}:time", "{id}"]}, "metrics", "Name each metric once."),
        (
            {"filters": "memory > 4"},
            "filters",
            "declares no field memory. Its facts about the machine: cores, cpu",
        ),
        ({"filters": ["size == 1", "size == 2"]}, "filters", "size can't be both 1 and 2"),
        ({"by": "size"}, "by", "size is none"),
        ({"by": "nothing"}, "by", "declares no field nothing"),
        ({"per": "cpu"}, "per", "cpu is no number"),
        ({"baseline": "mine"}, "baseline", "none of the candidates"),
    ],
)
def test_a_bad_question_is_refused_with_a_sentence_that_helps(
    world: World, asked: Json, parameter: str, said: str
) -> None:
    given = asked.get("metrics", "{id}")
    metrics = [
        each.format(id=world.benchmark["id"]) for each in ([given] if isinstance(given, str) else given)
    ]
    answer = world.user.get("/rankings", params={**asked, "metrics": metrics})
    assert places(answer) == [parameter]
    assert said in refused(answer, 422)["detail"]


def test_more_candidates_than_can_be_compared_are_refused(world: World) -> None:
    flavor = a_flavor(world.user, world.admin)
    where = {"benchmark_id": world.benchmark["id"], "flavor_id": flavor["id"], "tags_ids": []}
    for first in (0, 1000, 2000):
        lines = [
            {
                **where,
                "execution_datetime": "2024-01-01T00:00:00Z",
                "json": {"time": 1, "rate": 1, "cores": 1, "cpu": f"{first + number}"},
            }
            for number in range(1000 if first < 2000 else 1)
        ]
        made(world.user.post("/results:batch", content="\n".join(map(dumps, lines))), status=200)
    asked = {"metrics": world.metric(), "by": "cpu"}
    answer = world.user.get("/rankings", params=asked)
    assert "2,001 candidates" in refused(answer, 422)["detail"]
    narrow = made(world.user.get("/rankings", params=asked | {"filters": "cpu ~ 199"}), status=200)
    assert len(narrow["candidates"]) == 12  # 199, 1199, and 1990 to 1999


def test_a_benchmark_without_metrics_cant_be_ranked(user: httpx.Client, admin: httpx.Client) -> None:
    schema = {"type": "object", "properties": {"n": {"type": "number", "suggestToUser": True}}}
    benchmark = a_benchmark(user, admin, json_schema=schema)
    answer = user.get("/rankings", params={"metrics": benchmark["id"]})
    assert "declares no metric" in refused(answer, 422)["detail"]


def test_scaling_of_nothing_is_an_answer_and_of_an_unknown_site_a_refusal(world: World) -> None:
    flavor = a_flavor(world.user, world.admin)
    site = world.user.get(f"/flavors/{flavor['id']}/site").json()
    asked = {"benchmark_id": world.benchmark["id"], "site_id": site["id"], "over": "cores"}
    assert "no result" in made(world.user.get("/scaling", params=asked), status=200)["summary"]
    unknown = {**asked, "site_id": world.benchmark["id"]}
    assert places(world.user.get("/scaling", params=unknown)) == ["site_id"]


def test_speedup_has_an_interval_where_runs_were_repeated(world: World) -> None:
    site = a_site(world.user, world.admin)
    flavor = a_flavor(world.user, world.admin, site=site)
    times = {1: (100.0, 103.0, 99.0), 2: (52.0, 51.0, 53.0), 4: (27.0, 28.0, 27.5), 8: (15.0, 15.4, 15.1)}
    for cores, each in times.items():
        for day, time in enumerate(each):
            world.run(flavor, time, cores=cores, day=day)
    asked = {"benchmark_id": world.benchmark["id"], "site_id": site["id"], "over": "cores"}
    answer = made(world.user.get("/scaling", params=asked), status=200)
    first, *_, last = answer["points"]
    assert (first["speedup"], first["efficiency"], "speedup_low" in first) == (1, 1, False)
    assert last["speedup_low"] < last["speedup"] < last["speedup_high"]
    [serial] = answer["laws"][0]["parameters"]
    assert serial["name"] == "serial"
    assert 0 <= serial["low"] < serial["value"] < serial["high"] < 0.3


def test_a_document_of_another_benchmark_is_refused(world: World) -> None:
    other = a_benchmark(world.user, world.admin)
    body = {"documents": [{"benchmark_id": other["id"], "json": a_document()}]}
    answer = world.user.post("/rankings", params={"metrics": world.metric()}, json=body)
    assert places(answer) == ["/documents"]
