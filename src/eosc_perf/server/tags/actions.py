from ..db import session
from ..moderation import actions as moderation
from ..users.models import User
from .models import Tag
from .schemas import NewTag


def create(new: NewTag, *, by: User) -> Tag:
    tag = Tag(name=new.name, description=new.description, uploader_id=by.id)
    session().add(tag)
    session().flush()
    return tag


def edit(tag: Tag, new: NewTag) -> None:
    tag.name, tag.description = new.name, new.description
    moderation.record("edit", "tag", tag.id, details=new.model_dump())


def delete(tag: Tag) -> None:
    """Remove the label from every result that carries it."""
    moderation.record("delete", "tag", tag.id, details={"name": tag.name})
    session().delete(tag)
    session().flush()
