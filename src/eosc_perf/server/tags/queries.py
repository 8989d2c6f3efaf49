from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from ..db import session
from ..identity import Viewer
from ..web.faults import Fault, Faults
from ..web.problems import not_found
from .models import Tag

SORTABLE = {"name": Tag.name, "description": Tag.description, "id": Tag.id}
SEARCHED = (Tag.name, Tag.description)


AMONG = select(Tag).where(Tag.id == func.any(bindparam("ids", type_=ARRAY(Uuid))))


def get(id: UUID, viewer: Viewer) -> Tag:
    """Everyone sees every tag. Raises NotFound."""
    tag = session().get(Tag, id)
    if tag is None:
        raise not_found("tag")
    return tag


def get_all(ids: list[UUID]) -> list[Tag]:
    """The tags with these ids. Raises Faults naming those that do not exist."""
    tags = list(session().scalars(AMONG, {"ids": ids})) if ids else []
    missing = set(ids) - {tag.id for tag in tags}
    if missing:
        raise Faults([Fault(f"There is no tag {id}.", parameter="tags_ids") for id in sorted(missing)])
    return tags
