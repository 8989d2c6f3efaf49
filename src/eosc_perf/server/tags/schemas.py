from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ..web.paging import Name, Page, SortedQuery, Terms, without_nones
from ..web.parsing import NOT_BLANK, Body
from . import models


class NewTag(Body):
    name: Annotated[str, Field(min_length=1, max_length=100)] = Field(
        examples=["hyper-threading off"], json_schema_extra=NOT_BLANK
    )
    description: Annotated[str, Field(max_length=2000)] | None = None


class Tag(BaseModel):
    """A free label on results."""

    model_config = ConfigDict(extra="forbid")
    id: UUID
    name: str
    description: str | None = None


class TagPage(Page):
    items: list[Tag]


class TagQuery(SortedQuery):
    name: Name | None = Field(None, description="Exactly this name.", examples=["hyper-threading off"])


class TagSearch(SortedQuery):
    terms: Terms = Field(default_factory=list)


def tag(item: models.Tag) -> dict[str, object]:
    return without_nones(id=item.id, name=item.name, description=item.description)
