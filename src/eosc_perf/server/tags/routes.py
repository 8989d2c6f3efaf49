from flask import Response
from sqlalchemy import select

from ..moderation.actions import acting_user
from ..web.access import allow
from ..web.paging import answer, matching, page_of
from ..web.routing import section
from . import actions, queries, schemas
from .models import Tag

api = section("tags", __name__)


@api.get("/tags", responses={200: schemas.TagPage})
@allow("tag:read")
def list_tags(query: schemas.TagQuery) -> Response:
    """All tags."""
    found = select(Tag).filter_by(**query.model_dump(include={"name"}, exclude_none=True))
    return page_of(found, query, schemas.tag, default="+name", sortable=queries.SORTABLE)


@api.get("/tags:search", responses={200: schemas.TagPage})
@allow("tag:read")
def search_tags(query: schemas.TagSearch) -> Response:
    """Tags whose name or description holds every term."""
    found = select(Tag).where(matching(query.terms, queries.SEARCHED))
    return page_of(found, query, schemas.tag, default="+name", sortable=queries.SORTABLE)


@api.post("/tags", responses={201: schemas.Tag})
@allow("tag:create")
def create_tag(body: schemas.NewTag) -> Response:
    """Add a tag; it needs no review."""
    return answer(schemas.tag(actions.create(body, by=acting_user())), 201)


@api.get("/tags/<uuid:id>", responses={200: schemas.Tag})
@allow("tag:read", load=queries.get)
def get_tag(tag: Tag) -> Response:
    """One tag."""
    return answer(schemas.tag(tag))


@api.put("/tags/<uuid:id>", responses={204: None})
@allow("tag:edit", load=queries.get)
def edit_tag(tag: Tag, body: schemas.NewTag) -> Response:
    """Change a tag on all results that carry it."""
    actions.edit(tag, body)
    return Response(status=204)


@api.delete("/tags/<uuid:id>", responses={204: None})
@allow("tag:delete", load=queries.get)
def delete_tag(tag: Tag) -> Response:
    """Delete a tag and unlink it from results."""
    actions.delete(tag)
    return Response(status=204)
