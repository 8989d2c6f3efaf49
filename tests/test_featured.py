"""Which benchmark the start page begins with."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from conftest import Identity, NewDatabase, served, settings_for
from factories import a_benchmark, a_flavor, a_result, made

UNDECLARED = {"type": "object", "properties": {"score": {"type": "number", "suggestToUser": True}}}


def test_the_benchmark_with_results_at_most_sites_is_featured_unless_the_operator_chose(
    new_database: NewDatabase, identity: Identity, tmp_path: Path
) -> None:
    settings = settings_for(new_database(), identity)
    with (
        served(settings, identity, tmp_path / "server.log") as server,
        server.client("user") as user,
        server.client("admin") as admin,
    ):

        def featured() -> Any:
            with server.client() as anyone:
                return made(anyone.get("/info"), status=200).get("featured")

        assert featured() is None
        a_benchmark(user)
        assert featured() is None  # it waits for review
        often, widely = (a_benchmark(user, admin, description="Work.") for _ in range(2))
        flavor = a_flavor(user, admin)
        for _ in range(3):
            a_result(user, admin, benchmark=often, flavor=flavor)
        assert featured() == {name: often[name] for name in ("id", "name", "description")}
        for _ in range(2):
            far = a_result(user, admin, benchmark=widely)
        assert featured()["id"] == widely["id"]
        made(user.delete(f"/results/{far['id']}"), status=204)
        assert featured()["id"] == often["id"]
        vague = a_benchmark(user, admin, json_schema=UNDECLARED)
        for _ in range(2):
            a_result(user, admin, benchmark=vague, json={"score": 1})
        assert featured()["id"] == often["id"]  # of the other nobody knows what is better
    chosen = replace(settings, featured_benchmark=vague["name"])
    with served(chosen, identity, tmp_path / "other.log") as server, server.client() as anyone:
        assert made(anyone.get("/info"), status=200)["featured"]["id"] == vague["id"]
