"""What a provider tells of a person, cleaned: whatever it sends can be stored and compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_TEXT = 1000
MOST_ENTITLEMENTS = 1000


class Unusable(Exception):
    """The provider's answer does not say who the person is."""


@dataclass(frozen=True)
class Person:
    iss: str
    sub: str
    email: str | None
    email_verified: bool
    entitlements: tuple[str, ...]


def person(iss: str, claims: Mapping[str, Any]) -> Person:
    """The person that verified claims describe. Raises Unusable without a subject."""
    sub = _text(claims.get("sub"))
    if sub is None:
        raise Unusable
    email = _text(claims.get("email"))
    return Person(
        iss=iss,
        sub=sub,
        email=email,
        email_verified=email is not None and claims.get("email_verified") in (True, "true"),
        entitlements=(*_texts(claims.get("eduperson_entitlement")), *_texts(claims.get("entitlements"))),
    )


def _texts(value: object) -> list[str]:
    several = value if isinstance(value, list) else [value]
    return [text for each in several[:MOST_ENTITLEMENTS] if (text := _text(each)) is not None]


def _text(value: object) -> str | None:
    """No control characters and no lone surrogates, which the database refuses."""
    usable = isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT and value.isprintable()
    return str(value) if usable else None
