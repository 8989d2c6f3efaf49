from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, String, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from ..db import Base, Identified
from ..users.models import Uploaded, User


class Status(StrEnum):
    ON_REVIEW = "on_review"
    APPROVED = "approved"


class Moderated(Identified, Uploaded):
    """A row that waits for an admin before others see it."""

    status: Mapped[Status] = mapped_column(String(16), default=Status.ON_REVIEW)

    @declared_attr
    @classmethod
    def uploader(cls) -> Mapped[User | None]:
        return relationship(User, lazy="raise")


def status_is_known() -> CheckConstraint:
    return CheckConstraint("status IN ('on_review', 'approved')", name="status")


class ModerationEvent(Base):
    """Who decided what, when, and why. Rows are only ever added (a trigger refuses the rest)."""

    __tablename__ = "moderation_event"
    __table_args__ = (
        Index("ix_moderation_event_resource_id", "resource_id"),
        Index("ix_moderation_event_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC), server_default=func.now())
    actor_id: Mapped[UUID | None] = mapped_column(
        comment="user.id; no foreign key: the log outlives the person"
    )
    action: Mapped[str]
    resource_type: Mapped[str]
    resource_id: Mapped[UUID]
    reason: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
