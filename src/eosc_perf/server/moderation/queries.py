from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Select, Uuid, bindparam, or_, select, true
from sqlalchemy.orm import joinedload

from ..db import session
from ..identity import Viewer, viewer
from ..web.paging import matching
from ..web.problems import not_found
from .models import Moderated, Status
from .schemas import StatusQuery

M = TypeVar("M", bound=Moderated)


def may_see(model: type[Moderated], seen_by: Viewer) -> ColumnElement[bool]:
    """Approved rows for everyone; those on review for their uploader and admins."""
    if seen_by.is_admin:
        return true()
    if seen_by.user is None:
        return model.status == Status.APPROVED
    return (model.status == Status.APPROVED) | (model.uploader_id == seen_by.user.id)


READER = bindparam("reader_id", type_=Uuid())
READER_IS_ADMIN = bindparam("reader_is_admin", type_=Boolean())


def reader(viewer: Viewer) -> dict[str, Any]:
    """The parameters of statements that are built once for all viewers."""
    return {"reader_id": viewer.user.id if viewer.user else None, "reader_is_admin": viewer.is_admin}


def readable(model: type[Moderated]) -> ColumnElement[bool]:
    """As `may_see`, with the parameters of `reader`."""
    return or_(model.status == Status.APPROVED, model.uploader_id == READER, READER_IS_ADMIN)


def visible_to(seen_by: Viewer, model: type[M]) -> Select[M]:
    return select(model).where(may_see(model, seen_by))


def asked_for(
    query: StatusQuery, model: type[M], *, exact: Sequence[str] = (), searched: Sequence[Any] = ()
) -> Select[M]:
    """Rows the viewer may see, by status, upload dates, exact members and search terms of the query.

    exact: names of parameters that are columns too; searched: columns that `terms` look at.
    """
    given = query.model_dump(include=set(exact), exclude_none=True)
    return (
        visible_to(viewer(), model)
        .filter_by(status=query.status, **given)
        .where(
            matching(getattr(query, "terms", ()), searched),
            *query.upload_conditions(model.upload_datetime),
        )
    )


def getter(model: type[M], what: str, *options: Any) -> Callable[[UUID, Viewer], M]:
    """A function that loads the row the viewer may see, with its uploader, or raises NotFound."""

    def get(id: UUID, seen_by: Viewer) -> M:
        statement = (
            visible_to(seen_by, model).where(model.id == id).options(joinedload(model.uploader), *options)
        )
        item = session().scalar(statement)
        if item is None:
            raise not_found(what)
        return item

    return get
