from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import joinedload

from ..db import session
from ..identity import Viewer
from ..web.problems import not_found
from .models import Moderated, Status

M = TypeVar("M", bound=Moderated)


def may_see(model: type[Moderated], viewer: Viewer) -> ColumnElement[bool]:
    """Approved rows for everyone; those on review for their uploader and admins."""
    if viewer.is_admin:
        return true()
    if viewer.user is None:
        return model.status == Status.APPROVED
    return (model.status == Status.APPROVED) | (model.uploader_id == viewer.user.id)


def visible_to(viewer: Viewer, model: type[M]) -> Select[M]:
    return select(model).where(may_see(model, viewer))


def getter(model: type[M], what: str, *options: Any) -> Callable[[UUID, Viewer], M]:
    """A function that loads the row the viewer may see, with its uploader, or raises NotFound."""

    def get(id: UUID, viewer: Viewer) -> M:
        statement = (
            visible_to(viewer, model).where(model.id == id).options(joinedload(model.uploader), *options)
        )
        item = session().scalar(statement)
        if item is None:
            raise not_found(what)
        return item

    return get
