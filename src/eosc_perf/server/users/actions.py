from sqlalchemy import delete

from .. import mail
from ..db import session
from ..errors import Conflict, Invalid
from ..identity import Viewer
from ..moderation import actions as moderation
from .models import LoginSession, User
from .schemas import looks_like_email


def register(viewer: Viewer) -> User:
    """Register the bearer of a valid token. Raises Invalid without an e-mail, Conflict if known."""
    if viewer.user is not None:
        raise Conflict("You are registered already.")
    if not viewer.email or not looks_like_email(viewer.email):
        raise Invalid(
            "Your token carries no e-mail address. Ask for the scope `email` when you log in or get a token."
        )
    user = User(iss=viewer.iss, sub=viewer.sub, email=viewer.email)
    session().add(user)
    session().flush()
    mail.registered(user, session=session())
    return user


def update_email(user: User, viewer: Viewer) -> None:
    """Take over the verified e-mail address that the identity provider tells now."""
    if not viewer.email or not viewer.email_verified or not looks_like_email(viewer.email):
        raise Invalid("Your identity provider tells no verified e-mail address of yours.")
    user.email = viewer.email


def remove(user: User) -> None:
    """Remove a person and their logins. What they uploaded stays, without a name."""
    moderation.record("remove", "user", user.id)
    session().execute(delete(LoginSession).where(LoginSession.iss == user.iss, LoginSession.sub == user.sub))
    session().delete(user)
    session().flush()
