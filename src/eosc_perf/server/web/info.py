from importlib.metadata import version

from flask import Response, current_app
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func, select

from ..benchmarks.models import Benchmark
from ..config import Settings
from ..db import session
from ..flavors.models import Flavor
from ..moderation.models import Status
from ..results.models import Result, ResultStatus
from ..sites.models import Site
from .access import allow
from .paging import answer
from .routing import section

api = section("service", __name__)


class Link(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    url: str


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
        }
    )
