from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Identified
from ..results.models import Result
from ..users.models import Uploaded, User


class ClaimStatus(StrEnum):
    ON_REVIEW = "on_review"
    APPROVED = "approved"
    REJECTED = "rejected"


class Claim(Base, Identified, Uploaded):
    """A registered user's objection to a result."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("status IN ('on_review', 'approved', 'rejected')", name="status"),
        Index("ix_claim_result_id", "result_id"),
        Index("ix_claim_open", "upload_datetime", "id", postgresql_where=text("status = 'on_review'")),
    )

    result_id: Mapped[UUID] = mapped_column(ForeignKey("result.id", ondelete="CASCADE"))
    message: Mapped[str]
    status: Mapped[ClaimStatus] = mapped_column(String(16), default=ClaimStatus.ON_REVIEW)
    decided_datetime: Mapped[datetime | None]

    result: Mapped[Result] = relationship(lazy="raise")
    uploader: Mapped[User | None] = relationship(lazy="raise")
