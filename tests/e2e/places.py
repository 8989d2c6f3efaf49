"""Every page of the web interface, as its people see it: what is looked at on one is looked at on all."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from factories import IMAGE_REGISTRY, Json, a_benchmark, a_claim, a_flavor, a_result, a_site, a_tag, made
from playwright.sync_api import Page, expect

from .people import log_in
from .submitting import BAD, GOOD, choose, say_where_and_when, write


@dataclass(frozen=True)
class Place:
    """A page, or a state of one."""

    name: str
    """Also the name of its picture."""
    address: str
    """With the things of `furnish` in braces."""
    who: str | None = None
    """Who looks: a person of the demo, ME with things of her own, or nobody in particular."""
    then: Callable[[Page], None] | None = None
    """What is done there before one looks."""


def open_result_pickers(page: Page) -> None:
    page.get_by_role("button", name="+ Filter").click()
    page.get_by_role("combobox", name="Site").click()
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()


def arrange(page: Page) -> None:
    page.get_by_role("button", name="Columns", exact=True).click()
    page.get_by_role("button", name="+ Dates").click()


def open_json(page: Page) -> None:
    page.get_by_role("button", name="Unfold all").click()


def fill_wrongly(page: Page) -> None:
    say_where_and_when(page)
    write(page, BAD)
    expect(page.get_by_text("This must be a number.").first).to_be_visible()


def fill_well(page: Page) -> None:
    say_where_and_when(page)
    write(page, GOOD)
    expect(page.get_by_text("This fits the benchmark")).to_be_visible()


def add(what: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        choose(page, "Site", "CESNET-MCC")
        open_dialog(f"Add a new {what}…")(page)

    return act


def leave_the_network(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_role("contentinfo").get_by_role("link", name="Privacy").click()
    expect(page.get_by_role("alert")).to_contain_text("You are offline")


def outlive_the_login(page: Page) -> None:
    fill_well(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Submit the result").click()
    expect(page.get_by_text("What you typed is kept.")).to_be_visible()


def name_what_is_there(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("CESNET-MCC")
    page.get_by_label("Address").fill("https://cesnet.example")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("alert")).to_be_visible()


def load_example(page: Page) -> None:
    page.get_by_role("button", name="Load an example").click()
    expect(page.get_by_role("heading", name="Fields it declares")).to_be_visible()


def open_dialog(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_role("button", name=name).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()

    return act


def open_registration(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Register…").click()
    expect(page.get_by_role("dialog")).to_be_visible()


ME = "maria"
FILTERS = "filters=machine.cpu.count+%3E%3D+4&filters=machine.cpu.model+~+Xeon"
CHOSEN = "executed_from=2021-01-01&tags_ids={published}"

PLACES = [
    Place("start", "/"),
    Place("start-eight-cores", "/?size=8"),
    Place("find", "/find"),
    Place("results", "/results"),
    Place("results-filtered", f"/results?{FILTERS}&q=cesnet&selected={{results}}"),
    Place("results-pickers", "/results", then=open_result_pickers),
    Place("results-arranged", "/results?" + CHOSEN, then=arrange),
    Place("results-none", "/results?plot=hidden&filters=machine.cpu.count+%3E+1000"),
    Place("results-fitted", "/results?fit=power&errors=range"),
    Place("results-speedup", "/results?measure=speedup&kind=line"),
    Place("results-bars", "/results?kind=bar&errors=range"),
    Place("results-boxes", "/results?kind=box&x=machine.cpu.model"),
    Place("results-by-model", "/results?colour=machine.cpu.model"),
    Place("result", "/results/{result}"),
    Place("result-json", "/results/{result}", then=open_json),
    Place("result-disputed", "/results/{disputed}"),
    Place("compare", "/compare?ids={results}"),
    Place("compare-twenty", "/compare?differences=only"),
    Place("compare-nothing", "/compare?ids=00000000-0000-4000-8000-000000000000"),
    Place("benchmarks", "/benchmarks"),
    Place("benchmark", "/benchmarks/{benchmark}"),
    Place("sites", "/sites"),
    Place("sites-none", "/sites?q=nothing+like+it"),
    Place("site", "/sites/{site}"),
    Place("flavor", "/flavors/{flavor}"),
    Place("instructions", "/instructions"),
    Place("terms", "/terms"),
    Place("offline", "/terms", then=leave_the_network),
    Place("privacy", "/privacy"),
    Place("nowhere", "/nowhere"),
    Place("no-such-result", "/results/00000000-0000-4000-8000-000000000000"),
    Place("submit-result-anyone", "/submit/result"),
    Place("me-anyone", "/me"),
    Place("admin-anyone", "/admin"),
    Place("submit-result-newcomer", "/submit/result", who="newcomer"),
    Place("register", "/me", who="newcomer", then=open_registration),
    Place("submit-result", "/submit/result", who=ME),
    Place("submit-result-mistakes", "/submit/result", who=ME, then=fill_wrongly),
    Place("submit-result-fits", "/submit/result", who=ME, then=fill_well),
    *(
        Place(f"submit-result-new-{what}", "/submit/result", who=ME, then=add(what))
        for what in ("benchmark", "site", "flavor", "tag")
    ),
    Place("submit-result-login-ended", "/submit/result", who=ME, then=outlive_the_login),
    Place("submit-benchmark", "/submit/benchmark", who=ME),
    Place("submit-benchmark-example", "/submit/benchmark", who=ME, then=load_example),
    Place("submit-site", "/submit/site", who=ME),
    Place("submit-site-refused", "/submit/site", who=ME, then=name_what_is_there),
    Place("submit-flavor", "/submit/flavor", who=ME),
    Place("me", "/me", who=ME),
    Place("me-remove", "/me", who=ME, then=open_dialog("Remove me…")),
    Place("result-own", "/results/{own}", who=ME),
    Place("result-report", "/results/{own}?do=report", who=ME),
    Place("result-tags", "/results/{own}?do=tags", who=ME),
    Place("result-withdraw", "/results/{own}?do=withdraw", who=ME),
    Place("result-withdrawn", "/results/{withdrawn}", who=ME),
    Place("admin-not-for-users", "/admin", who="user"),
    *(
        Place(f"admin-queue-{kind}", f"/admin?item={{waiting_{kind}}}", who="admin")
        for kind in ("benchmark", "site", "flavor", "claim")
    ),
    *(
        Place(f"admin-{tab}", f"/admin/{tab}", who="admin")
        for tab in ("benchmarks", "sites", "tags", "users", "log")
    ),
    Place("admin-edit-benchmark", "/admin/benchmarks/{benchmark}", who="admin"),
    Place("admin-edit-site", "/admin/sites/{site}", who="admin"),
    Place("admin-edit-flavor", "/admin/flavors/{flavor}", who="admin"),
    Place("admin-edit-tag", "/admin/tags/{published}", who="admin"),
]

PAPER = {"width": 718, "height": 1016}
"""A4 upright, without its margins."""

MEANT = ("422", "404", "403", "401", "409", "net::ERR_INTERNET_DISCONNECTED")
"""Errors in the console that these places provoke: what is refused, not there, not allowed; no network."""


def furnish(server: Any) -> dict[str, str]:
    """Makes things to look at, beside the demo's catalogue. Their ids, by what `Place.address` calls them."""
    server.identity.describe(ME)
    with server.client(ME) as person, server.client("user") as user, server.client("admin") as admin:
        made(person.post("/users:register"))
        [tag] = made(admin.get("/tags", params={"name": "published in 2021"}), status=200)["items"]
        listed = {
            "tags_ids": tag["id"],
            "filters": "machine.cpu.count == 8",
            "sort_by": "+json.result.score",
            "fields": "id,site.id,flavor.id,benchmark.id",
        }
        eight = made(admin.get("/results", params=listed), status=200)["items"]
        ids = {
            "result": eight[1]["id"],
            "results": ".".join(each["id"] for each in eight),
            "disputed": eight[2]["id"],
            "published": tag["id"],
            **{name: eight[1][name]["id"] for name in ("benchmark", "site", "flavor")},
        }
        of = {"benchmark": {"id": ids["benchmark"]}, "flavor": {"id": ids["flavor"]}}
        tags = [a_tag(person, name="turbo off", description="The clock was fixed.")]
        mine = [a_result(person, admin, **of, json=ran(score), tags=tags) for score in (104.2, 104.9, 260.1)]
        made(person.delete(f"/results/{mine[2]['id']}"), status=204)
        site = a_site(person, name="Example Cloud", address="https://cloud.example", description=WHY)
        flavor = a_flavor(person, site=site, name="c8.large", description="8 cores, 16 GB")
        image = f"{IMAGE_REGISTRY}/example/stream"
        benchmark = a_benchmark(person, docker_image=image, description="Memory bandwidth, by STREAM.")
        claim = a_claim(user, {"id": ids["disputed"]}, CLAIM)
        a_claim(person, {"id": ids["result"]}, "The clock was not fixed.")
        refused = a_site(user, name="My laptop", address="https://laptop.example")
        made(
            admin.post(f"/sites/{refused['id']}:reject", json={"reason": "No cloud that others can use."}),
            status=204,
        )
    waiting = {"benchmark": benchmark, "site": site, "flavor": flavor, "claim": claim}
    return {
        **ids,
        "own": mine[0]["id"],
        "withdrawn": mine[2]["id"],
        **{f"waiting_{kind}": thing["id"] for kind, thing in waiting.items()},
    }


WHY = "A cloud for examples, with machines in two halls."
CLAIM = "Two machines were mixed up: this ran on the 16-core one, as its log says."


def ran(score: float) -> Json:
    document: Json = json.loads(json.dumps(GOOD))
    document["result"] = {"score": score, "samples": [score - 0.3, score, score + 0.3]}
    return document


def arrive(page: Page, place: Place, things: dict[str, str]) -> None:
    """Be there as the one who looks, with all of it drawn."""
    address = place.address.format(**things)
    if place.who:
        log_in(page, place.who, then=quote(address))
    else:
        page.goto(address)
    settle(page)
    if place.then:
        place.then(page)
        settle(page)


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
