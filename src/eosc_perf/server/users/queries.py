from uuid import UUID

from sqlalchemy import Select, select

from ..db import session
from .models import User
from .schemas import PersonQuery

SORTABLE = {
    "email": User.email,
    "iss": User.iss,
    "sub": User.sub,
    "registration_datetime": User.registration_datetime,
    "id": User.id,
}


def matching(person: PersonQuery) -> Select[User]:
    """People with exactly these values."""
    given = person.model_dump(include={"sub", "iss", "email"}, exclude_none=True)
    return select(User).filter_by(**given)


def by_id(ids: set[UUID]) -> dict[UUID, User]:
    return {user.id: user for user in session().scalars(select(User).where(User.id.in_(ids)))}
