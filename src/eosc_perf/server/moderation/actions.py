"""Deciding on what waits for review. Each decision leaves a line in the log and tells the uploader."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from .. import mail
from ..db import session
from ..errors import Conflict, Invalid
from ..identity import viewer
from ..users.models import User
from ..web.problems import not_found
from .models import Moderated, ModerationEvent, Status


def record(
    action: str,
    resource_type: str,
    resource_id: UUID,
    *,
    reason: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to the decision log in the name of the viewer."""
    by = viewer().user
    session().add(
        ModerationEvent(
            actor_id=by.id if by else None,
            action=action,
            resource_type=resource_type,
            resource_id=resource_id,
            reason=reason,
            details=dict(details or {}),
        )
    )


def approve(item: mail.Item) -> None:
    lock_undecided(item)
    item.status = Status.APPROVED
    record("approve", item.__tablename__, item.id, details={"name": item.name})
    mail.approved(item, by=acting_user(), session=session())


def reject(item: mail.Item, *, reason: str | None) -> None:
    """Remove a submission and tell the uploader why."""
    lock_undecided(item)
    record("reject", item.__tablename__, item.id, reason=reason, details={"name": item.name})
    mail.rejected(item, by=acting_user(), reason=reason, session=session())
    session().delete(item)
    session().flush()


def acting_user() -> User:
    """The registered viewer, behind a guard that lets no other pass."""
    user = viewer().user
    assert user is not None
    return user


def lock_undecided(item: mail.Item) -> None:
    """Two admins deciding at once: the second waits, then sees that it is decided, or gone (NotFound)."""
    model: type[Moderated] = type(item)
    status = session().scalar(select(model.status).where(model.id == item.id).with_for_update())
    if status is None:
        raise not_found(item.__tablename__)
    if status != Status.ON_REVIEW:
        raise Invalid(f"This {item.__tablename__} was approved already.")


def refuse_while_used(what: str, **counts: Select[int]) -> None:
    """Raise Conflict with the numbers while something depends on an item. counts: a query per kind."""
    used = {kind: session().scalar(count) or 0 for kind, count in counts.items()}
    found = [
        f"{number} {kind if number != 1 else kind.removesuffix('s')}"
        for kind, number in used.items()
        if number
    ]
    if found:
        depend = "depends" if sum(used.values()) == 1 else "depend"
        raise Conflict(f"This {what} can't be deleted: {' and '.join(found)} {depend} on it.")


def count_of(column: InstrumentedAttribute[UUID], id: UUID) -> Select[int]:
    """How many rows name `id` in the column."""
    return select(func.count()).where(column == id)
