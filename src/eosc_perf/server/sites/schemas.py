from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ..moderation.models import Status
from ..moderation.schemas import StatusQuery
from ..web.paging import Name, Page, Terms, without_nones
from ..web.parsing import NOT_BLANK, Body
from . import models


class NewSite(Body):
    name: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        examples=["CESNET-MCC"], json_schema_extra=NOT_BLANK
    )
    address: Annotated[str, Field(min_length=1, max_length=500)] = Field(
        examples=["https://www.metacentrum.cz"], json_schema_extra=NOT_BLANK
    )
    description: Annotated[str, Field(max_length=10_000)] | None = None


class Site(BaseModel):
    """A provider of computing: a cloud or an HPC centre."""

    model_config = ConfigDict(extra="forbid")
    id: UUID
    upload_datetime: datetime
    name: str
    address: str
    description: str | None = None
    status: Status


class SitePage(Page):
    items: list[Site]


class SiteQuery(StatusQuery):
    name: Name | None = Field(None, description="Exactly this name.", examples=["CESNET-MCC"])
    address: Name | None = Field(None, description="Exactly this address.")


class SiteSearch(StatusQuery):
    terms: Terms = Field(default_factory=list)


def site(item: models.Site) -> dict[str, object]:
    return without_nones(
        id=item.id,
        upload_datetime=item.upload_datetime,
        name=item.name,
        address=item.address,
        description=item.description,
        status=item.status,
    )
