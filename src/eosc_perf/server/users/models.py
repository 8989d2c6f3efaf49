from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from ..db import Base


class User(Base):
    """A registered person, known by issuer and subject."""

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("iss", "sub", name="uq_user_iss_sub"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    iss: Mapped[str]
    sub: Mapped[str]
    email: Mapped[str]
    registration_datetime: Mapped[datetime] = mapped_column(
        default=lambda: datetime.now(UTC), server_default=func.now()
    )


class LoginSession(Base):
    """A browser login. Holds what the identity provider said of the person, registered or not."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_iss_sub", "iss", "sub"), Index("ix_session_expires", "expires"))

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    iss: Mapped[str]
    sub: Mapped[str]
    email: Mapped[str | None]
    email_verified: Mapped[bool]
    entitlements: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created: Mapped[datetime] = mapped_column(server_default=func.now())
    expires: Mapped[datetime]


class IdempotencyKey(Base):
    """The first answer to a POST that carried an `Idempotency-Key`, for repeating it."""

    __tablename__ = "idempotency_key"
    __table_args__ = (Index("ix_idempotency_key_created", "created"),)

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE", name="fk_idempotency_key_user_id"), primary_key=True
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[datetime] = mapped_column(server_default=func.now())
    status: Mapped[int | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)


class Uploaded:
    """A row somebody submitted. The uploader is gone when the person was removed."""

    uploader_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
