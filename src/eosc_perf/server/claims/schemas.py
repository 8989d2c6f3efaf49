from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ..users import schemas as users
from ..web.paging import Page, SortedQuery, UploadDates, without_nones
from ..web.parsing import NOT_BLANK, Body
from . import models
from .models import ClaimStatus


class NewClaim(Body):
    message: Annotated[str, Field(min_length=1, max_length=5000)] = Field(
        examples=["This ran with 8 cores, not 4: see samples."], json_schema_extra=NOT_BLANK
    )


class Claim(BaseModel):
    """A registered user's objection to a result."""

    model_config = ConfigDict(extra="forbid")
    id: UUID
    upload_datetime: datetime
    message: str
    resource_type: Literal["result"]
    resource_id: UUID
    status: ClaimStatus
    uploader: users.User | None = Field(
        None, description="Left out when the person was removed, and for others than admins and the person."
    )


class ClaimList(BaseModel):
    model_config = ConfigDict(extra="forbid")
    items: list[Claim]


class ClaimPage(Page):
    items: list[Claim]


class ClaimQuery(SortedQuery, UploadDates):
    status: ClaimStatus = Field(
        ClaimStatus.APPROVED,
        description="Upheld (`approved`), waiting (`on_review`) or dismissed (`rejected`).",
    )


class OwnClaimQuery(SortedQuery, UploadDates):
    status: ClaimStatus | None = Field(
        None, description="Upheld (`approved`), waiting (`on_review`) or dismissed (`rejected`)."
    )


def claim(item: models.Claim, *, with_uploader: bool = True) -> dict[str, object]:
    """with_uploader: whether the reader may know who claims (personal data)."""
    shown = with_uploader and item.uploader is not None
    return without_nones(
        id=item.id,
        upload_datetime=item.upload_datetime,
        message=item.message,
        resource_type="result",
        resource_id=item.result_id,
        status=item.status,
        uploader=users.user(item.uploader) if shown and item.uploader else None,
    )
