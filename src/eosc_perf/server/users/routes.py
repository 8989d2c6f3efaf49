from flask import Response
from sqlalchemy import select

from ..db import session
from ..errors import Invalid, NotFound
from ..identity import viewer
from ..moderation.actions import acting_user
from ..web.access import allow
from ..web.paging import answer, matching, page_of
from ..web.routing import section
from . import actions, queries, schemas
from .models import User

api = section("users", __name__)


@api.get("/users", responses={200: schemas.UserPage})
@allow("user:read")
def list_users(query: schemas.UserQuery) -> Response:
    """Registered people."""
    return page_of(queries.matching(query), query, schemas.user, default="+email", sortable=queries.SORTABLE)


@api.get("/users:search", responses={200: schemas.UserPage})
@allow("user:read")
def search_users(query: schemas.UserSearch) -> Response:
    """Registered people whose e-mail address holds every term."""
    found = select(User).where(matching(query.terms, [User.email]))
    return page_of(found, query, schemas.user, default="+email", sortable=queries.SORTABLE)


@api.post("/users:register", responses={201: schemas.User})
@allow("user:register")
def register_user() -> Response:
    """Register the person of the token. This accepts the terms of service."""
    return answer(schemas.user(actions.register(viewer())), 201)


@api.post("/users:remove", responses={204: None})
@allow("user:remove")
def remove_users(query: schemas.PersonQuery) -> Response:
    """Remove the people that match. Their results stay, under "removed user"."""
    if query.sub is None and query.iss is None and query.email is None:
        raise Invalid("Say whom to remove: sub, iss or email.")
    for user in session().scalars(queries.matching(query)):
        actions.remove(user)
    return Response(status=204)


@api.get("/users/self", responses={200: schemas.Self})
@allow("self:read")
def get_self() -> Response:
    """The person of the token or session. 404 if not registered."""
    user = viewer().user
    if user is None:
        raise NotFound("You are not registered.")
    return answer({**schemas.user(user), "is_admin": viewer().is_admin})


@api.delete("/users/self", responses={204: None})
@allow("self:remove")
def remove_self() -> Response:
    """Remove me. My results stay, under "removed user"."""
    actions.remove(acting_user())
    return Response(status=204)


@api.post("/users/self:update", responses={204: None})
@allow("self:update")
def update_self() -> Response:
    """Take over the verified e-mail address that the identity provider tells now."""
    actions.update_email(acting_user(), viewer())
    return Response(status=204)


@api.get("/users/self:try_admin", responses={204: None})
@allow("self:is-admin")
def try_admin() -> Response:
    """204 if the token or session is an admin's."""
    return Response(status=204)
