"""Everything that is reviewed, for tests that hold for all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from factories import Json, a_benchmark, a_flavor, a_site


@dataclass(frozen=True)
class Kind:
    """Something that is reviewed. named: the members that no two may have in common."""

    name: str
    make: Callable[..., Json]
    named: tuple[str, ...]

    def path(self, thing: Json) -> str:
        return f"/{self.name}s/{thing['id']}"

    def lists(self, thing: Json) -> list[tuple[str, Json]]:
        """Lists that hold the thing, narrowed down to it."""
        whole = f"/sites/{thing['site']['id']}/flavors" if "site" in thing else f"/{self.name}s"
        exact = {member: thing[member] for member in self.named}
        return [(whole, exact), (f"{whole}:search", {"terms": thing[self.named[0]]})]


def a_flavor_and_its_site(user: httpx.Client, admin: httpx.Client | None = None, **values: Any) -> Json:
    """A flavor, with its site as a further member."""
    site = values.pop("site", None) or a_site(user, admin)
    return a_flavor(user, admin, site=site, **values) | {"site": site}


SITE = Kind("site", a_site, ("name",))
FLAVOR = Kind("flavor", a_flavor_and_its_site, ("name",))
BENCHMARK = Kind("benchmark", a_benchmark, ("docker_image", "docker_tag"))
KINDS = (SITE, FLAVOR, BENCHMARK)


each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def where(kind: Kind, site: Json) -> Json:
    return {"site": site} if kind is FLAVOR else {}


def again(kind: Kind, thing: Json, **changes: Any) -> Json:
    """What was sent to make the thing."""
    sent = {
        "site": ("name", "address", "description"),
        "flavor": ("name", "description"),
        "benchmark": ("docker_image", "docker_tag", "url", "description", "json_schema"),
    }[kind.name]
    return {member: thing[member] for member in sent if member in thing} | changes
