"""Places of an archive that holds nothing, and of one whose names are as long as they may be."""

from typing import Any

from factories import (
    IMAGE_REGISTRY,
    Json,
    a_benchmark,
    a_claim,
    a_document,
    a_flavor,
    a_result,
    a_site,
    a_tag,
)

from .places import Place

EMPTY = [
    Place("empty-start", "/"),
    Place("empty-find", "/find"),
    Place("empty-results", "/results"),
    Place("empty-compare", "/compare"),
    Place("empty-benchmarks", "/benchmarks"),
    Place("empty-sites", "/sites"),
    Place("empty-me", "/me", who="user"),
    Place("empty-queue", "/admin", who="admin"),
    Place("empty-log", "/admin/log", who="admin"),
]

LONG = [
    Place("long-start", "/"),
    Place("long-find", "/find"),
    Place("long-results", "/results?tags_ids={tag}"),
    Place("long-bars", "/results?kind=bar&x=machine.cpu&colour=flavor"),
    Place("long-result", "/results/{result}"),
    Place("long-compare", "/compare?ids={results}"),
    Place("long-benchmark", "/benchmarks/{benchmark}"),
    Place("long-sites", "/sites"),
    Place("long-site", "/sites/{site}"),
    Place("long-flavor", "/flavors/{flavor}"),
    Place("long-submit", "/submit/result?benchmark_id={benchmark}&flavor_id={flavor}", who="user"),
    Place("long-me", "/me", who="user"),
    Place("long-tags", "/admin/tags", who="admin"),
    Place("long-queue", "/admin?item={claim}", who="admin"),
]

SITE = "Rechenzentrum der Universität Südwest, Abteilung Wissenschaftliches-Rechnen (Standort-Nord)"
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TEXT = f"What a machine is for is told here at length. {WORD}, https://example.org/{'deep/' * 20} " * 6


def lengthen(server: Any) -> dict[str, str]:
    """Makes things with long names, and many tags on one result. Their ids, by what `LONG` calls them."""
    with server.client("user") as user, server.client("admin") as admin:
        sites = [
            a_site(user, admin, name=name, address=f"https://{'sub.' * 20}example.org/", description=TEXT)
            for name in (SITE, WORD)
        ]
        flavors = [
            a_flavor(user, admin, site=site, name=name, description=TEXT)
            for site in sites
            for name in ("gpu-a100-80gb-sxm4.128vcpu-1024ram-nvme_ephemeral.2xlarge", "m" * 120)
        ]
        image = f"{IMAGE_REGISTRY}/a-group-with-a-long-name/{'benchmark-of-many-words-' * 4}suite"
        benchmark = a_benchmark(user, admin, docker_image=image, docker_tag="v" * 60, description=TEXT)
        names = ["a" * 100, "hyper-threading switched off in the firmware", *(f"tag {n}" for n in range(13))]
        tags = [a_tag(user, name=name, description=TEXT[:1900]) for name in names]
        results = [
            a_result(user, admin, benchmark=benchmark, flavor=flavor, json=measured(place), tags=tags)
            for place, flavor in enumerate(flavors)
        ]
        claim = a_claim(admin, results[0], TEXT[:900])
    return {
        "result": results[0]["id"],
        "results": ".".join(each["id"] for each in results),
        "benchmark": benchmark["id"],
        "site": sites[1]["id"],
        "flavor": flavors[1]["id"],
        "tag": tags[0]["id"],
        "claim": claim["id"],
    }


def measured(place: int) -> Json:
    cpu = f"A Processor (R) With A (TM) Long Name, Generation {place} @ 2.60GHz, {WORD[:30]}"
    return a_document(1234567.891 * (place + 1), cores=2**place, cpu=cpu)
