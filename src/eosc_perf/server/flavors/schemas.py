from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ..moderation.models import Status
from ..moderation.schemas import StatusQuery
from ..web.paging import Name, Page, Terms, without_nones
from ..web.parsing import NOT_BLANK, Body
from . import models


class NewFlavor(Body):
    name: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        examples=["hpc.8core-16ram"], json_schema_extra=NOT_BLANK
    )
    description: Annotated[str, Field(max_length=10_000)] | None = None


class Flavor(BaseModel):
    """A machine type that a site offers."""

    model_config = ConfigDict(extra="forbid")
    id: UUID
    upload_datetime: datetime
    name: str
    description: str | None = None
    status: Status


class FlavorPage(Page):
    items: list[Flavor]


class FlavorQuery(StatusQuery):
    name: Name | None = Field(None, description="Exactly this name.", examples=["hpc.8core-16ram"])


class FlavorSearch(StatusQuery):
    terms: Terms = Field(default_factory=list)


def flavor(item: models.Flavor) -> dict[str, object]:
    return without_nones(
        id=item.id,
        upload_datetime=item.upload_datetime,
        name=item.name,
        description=item.description,
        status=item.status,
    )
