from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ..users.schemas import User
from ..web.paging import Page, SortedQuery, UploadDates
from ..web.parsing import Body
from .models import Status

ResourceType = Literal["benchmark", "site", "flavor", "claim"]


class StatusQuery(SortedQuery, UploadDates):
    status: Status = Field(
        Status.APPROVED, description="Items on review are listed for their uploader and admins only."
    )


class Rejection(Body):
    reason: Annotated[str, Field(max_length=2000)] | None = Field(
        None, description="Why; mailed to the uploader.", examples=["The image prints no JSON."]
    )


class SubmitQuery(SortedQuery, UploadDates):
    resource_type: ResourceType | None = Field(None, description="Only this kind of thing.")


class Submit(BaseModel):
    """An entry of the review queue."""

    model_config = ConfigDict(extra="forbid")
    resource_type: ResourceType
    resource_id: UUID
    name: str = Field(description="What it is called; of a claim, how its message begins.")
    upload_datetime: datetime
    uploader: User | None = Field(None, description="Left out when the person was removed.")


class SubmitPage(Page):
    items: list[Submit]


class EventQuery(SortedQuery):
    resource_id: UUID | None = Field(None, description="Only what was decided about this thing.")


class Event(BaseModel):
    """A line of the decision log."""

    model_config = ConfigDict(extra="forbid")
    at: datetime
    actor: User | None = Field(None, description="Left out when the person was removed.")
    action: str
    resource_type: str
    resource_id: UUID
    name: str | None = Field(None, description="What it was called then, where it has a name.")
    reason: str | None = None


class EventPage(Page):
    items: list[Event]
