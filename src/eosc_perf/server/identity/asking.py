"""Who is asking: the one answer that the rest of the program uses."""

from dataclasses import dataclass
from typing import Literal, cast

from flask import g, request
from sqlalchemy import bindparam, select

from ..db import session
from ..users.models import User
from . import bearer, browser
from .entitlements import admits
from .person import Person
from .trust import trust


@dataclass(frozen=True)
class Viewer:
    """The sender of a request. Without `sub`: nobody in particular. Without `user`: not registered."""

    iss: str | None
    sub: str | None
    email: str | None
    email_verified: bool
    entitlements: tuple[str, ...]
    user: User | None
    is_admin: bool
    by: Literal["nobody", "bearer", "session"]


ANYONE = Viewer(
    iss=None,
    sub=None,
    email=None,
    email_verified=False,
    entitlements=(),
    user=None,
    is_admin=False,
    by="nobody",
)


def viewer() -> Viewer:
    """Who sent the running request. Raises NotAuthenticated for a bad token; a bad cookie is nobody's."""
    if "viewer" not in g:
        g.viewer = _look()
    return cast(Viewer, g.viewer)


def _look() -> Viewer:
    header = request.environ.get("HTTP_AUTHORIZATION")
    if header is not None:
        return _seen(bearer.person_of(header, trust()), "bearer")
    person = browser.person_of_cookie()
    return _seen(person, "session") if person else ANYONE


KNOWN_AS = select(User).where(User.iss == bindparam("iss"), User.sub == bindparam("sub"))


def _seen(person: Person, by: Literal["bearer", "session"]) -> Viewer:
    """The row is looked up each time: a removed person is a stranger at once."""
    user = session().scalar(KNOWN_AS, {"iss": person.iss, "sub": person.sub})
    is_admin = user is not None and admits(person.entitlements, trust().settings.admin_entitlements)
    return Viewer(
        iss=person.iss,
        sub=person.sub,
        email=person.email,
        email_verified=person.email_verified,
        entitlements=person.entitlements,
        user=user,
        is_admin=is_admin,
        by=by,
    )
