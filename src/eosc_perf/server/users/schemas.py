import re
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from ..web.paging import Name, Page, SortedQuery, Terms
from ..web.parsing import Query
from . import models


class User(BaseModel):
    """A registered person. Seen only by admins and the person."""

    model_config = ConfigDict(extra="forbid")
    sub: str = Field(examples=["a1b2c3@egi.eu"])
    iss: str = Field(examples=["https://aai.egi.eu/auth/realms/egi"])
    email: str
    registration_datetime: datetime


class Self(User):
    is_admin: bool = Field(description="Whether the token or session carries an admin's entitlement.")


class UserPage(Page):
    items: list[User]


class PersonQuery(Query):
    sub: Name | None = Field(None, description="Exactly this subject of the issuer.")
    iss: Name | None = Field(None, description="Exactly this issuer.")
    email: Name | None = Field(None, description="Exactly this address.", examples=["user@example.org"])


class UserQuery(SortedQuery, PersonQuery):
    pass


class UserSearch(SortedQuery):
    terms: Terms = Field(default_factory=list)


def user(item: models.User) -> dict[str, object]:
    return {
        "sub": item.sub,
        "iss": item.iss,
        "email": item.email,
        "registration_datetime": item.registration_datetime,
    }


def looks_like_email(text: str) -> bool:
    return len(text) <= 320 and re.fullmatch(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+", text) is not None
