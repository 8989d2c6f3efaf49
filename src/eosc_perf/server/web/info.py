from importlib.metadata import version
from typing import Any
from uuid import UUID

from flask import Response, current_app
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func, select

from ..benchmarks.models import Benchmark
from ..benchmarks.models import Field as BenchmarkField
from ..config import Settings
from ..db import session
from ..flavors.models import Flavor
from ..moderation.models import Status
from ..results.models import Result, ResultStatus, ResultTotal
from ..sites.models import Site
from .access import allow
from .paging import answer
from .routing import section

api = section("service", __name__)


class Link(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    url: str


class Featured(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: UUID
    name: str = Field(description="`image:tag`")
    description: str | None = None


class Info(BaseModel):
    """What this service is and how much it holds."""

    model_config = ConfigDict(extra="forbid")
    name: str
    version: str
    support_email: str = Field(description="Empty if the operator named none.")
    demo: bool = Field(description="Whether this is a demo with made-up accounts.")
    login: bool = Field(description="Whether one can log in by browser.")
    links: list[Link] = Field(description="Where else to go, as the operator chose.")
    deploy_url: str = Field(
        description="Where to deploy on a flavor: `{site}` and `{flavor}` stand for names. Empty: nowhere."
    )
    results: int
    sites: int
    flavors: int
    benchmarks: int
    featured: Featured | None = Field(
        None, description="What to begin with: the operator's choice, else what has results at most sites."
    )


@api.get("/info", responses={200: Info})
@allow("service:read")
def get_info() -> Response:
    """What this service is and how much it holds."""
    settings: Settings = current_app.extensions["settings"]
    counted = (
        session()
        .execute(
            select(
                select(func.count())
                .where(Result.status == ResultStatus.LISTED)
                .scalar_subquery()
                .label("results"),
                *(
                    select(func.count()).where(model.status == Status.APPROVED).scalar_subquery().label(name)
                    for name, model in (("sites", Site), ("flavors", Flavor), ("benchmarks", Benchmark))
                ),
            )
        )
        .one()
    )
    return answer(
        {
            "name": "EOSC-Performance",
            "version": version("eosc-perf"),
            "support_email": settings.mail_support,
            "demo": settings.demo,
            "login": bool(settings.oidc_issuer),
            "links": [
                dict(zip(("title", "url"), each.split("=", 1), strict=True)) for each in settings.links
            ],
            "deploy_url": settings.deploy_url,
            **counted._mapping,
            **featured(settings.featured_benchmark),
        }
    )


def featured(chosen: str) -> dict[str, Any]:
    """The benchmark called `chosen`; else, of those that say what is better, the one with most sites."""
    here = (
        select(ResultTotal.benchmark_id, ResultTotal.flavor_id, func.sum(ResultTotal.number).label("number"))
        .group_by(ResultTotal.benchmark_id, ResultTotal.flavor_id)
        .having(func.sum(ResultTotal.number) > 0)
        .subquery()
    )
    comparable = (
        select(BenchmarkField.id)
        .where(BenchmarkField.benchmark_id == Benchmark.id, BenchmarkField.better.is_not(None))
        .exists()
    )
    name = (Benchmark.docker_image + ":" + Benchmark.docker_tag).label("name")
    found = (
        session()
        .execute(
            select(Benchmark.id, name, Benchmark.description)
            .outerjoin(here, here.c.benchmark_id == Benchmark.id)
            .outerjoin(Flavor, Flavor.id == here.c.flavor_id)
            .where(Benchmark.status == Status.APPROVED)
            .group_by(Benchmark.id)
            .order_by(
                (name == chosen).desc(),
                comparable.desc(),
                func.count(Flavor.site_id.distinct()).desc(),
                func.coalesce(func.sum(here.c.number), 0).desc(),
                Benchmark.id,
            )
            .limit(1)
        )
        .first()
    )
    if not found:
        return {}
    return {"featured": {key: value for key, value in found._mapping.items() if value is not None}}
