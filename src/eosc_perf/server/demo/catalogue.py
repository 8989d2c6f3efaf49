"""The demo's people and catalogue: published results, loaded once, through the same checks as uploads."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..users.models import LoginSession, User
from . import identity


def register_people(session: Session, issuer: str, *, formerly: str | None = None) -> None:
    """Make the demo's registered people known as people of this issuer.

    formerly: the issuer's earlier address, whose people come along.
    """
    if formerly and formerly != issuer:
        for table in (User, LoginSession):
            session.execute(update(table).where(table.iss == formerly).values(iss=issuer))
    for each in identity.REGISTERED:
        known = select(User).where(User.iss == issuer, User.sub == each["sub"])
        if session.scalar(known) is None:
            session.add(User(iss=issuer, sub=each["sub"], email=each["email"]))
    session.flush()
