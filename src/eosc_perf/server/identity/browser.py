"""Logins of browsers: the authorization-code flow (Authlib), the session row, and the cookie that names it.

No token of the provider is kept or reaches a page. The cookie is a random number, of which we store the hash.
"""

import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Self
from urllib.parse import urlsplit

import orjson
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from flask import request
from requests import RequestException
from sqlalchemy import delete, select
from werkzeug.wrappers import Response

from ..config import Settings
from ..db import session
from ..users.models import LoginSession
from .person import Person, Unusable, person
from .provider import TIMEOUT, Away, Provider
from .trust import Trust, trust

log = logging.getLogger(__name__)

ATTEMPT_SECONDS = 600
CLOCK_SKEW = 60  # seconds
TOKEN_LENGTH = 43  # of 256 bits in base64
LONGEST_NEXT = 1500  # it travels in a cookie


@dataclass(frozen=True)
class Attempt:
    """A login under way, kept in a cookie of the browser that began it, so that nobody else can finish it."""

    state: str
    nonce: str
    verifier: str
    next: str

    @classmethod
    def begin(cls, next_page: str) -> Self:
        return cls(token_urlsafe(32), token_urlsafe(32), token_urlsafe(48), within_site(next_page))

    @classmethod
    def from_cookie(cls, cookie: str) -> Self | None:
        """None for a cookie that we did not write."""
        try:
            values = orjson.loads(urlsafe_b64decode(cookie))
            attempt = cls(**values)
        except (ValueError, TypeError):
            return None
        texts = asdict(attempt).values()
        return attempt if all(isinstance(text, str) and text for text in texts) else None

    def to_cookie(self) -> str:
        return urlsafe_b64encode(orjson.dumps(self)).decode()

    def is_of(self, state: str) -> bool:
        return compare_digest(self.state.encode(), state.encode(errors="replace"))


def within_site(page: str) -> str:
    """The page if it is a path on this site, else the first page."""
    inside = page.startswith("/") and not page.startswith("//") and "\\" not in page
    return page if inside and page.isprintable() and len(page) <= LONGEST_NEXT else "/"


def authorization_url(attempt: Attempt, home: str, trust: Trust) -> str:
    """Where the browser goes to log in. home: this site's origin as the browser knows it. Raises Away."""
    provider = trust.providers[trust.settings.oidc_issuer]
    endpoint = trust.within_patience(provider.endpoint, "authorization_endpoint")
    client = _client(trust.settings, home)
    url, _ = client.create_authorization_url(
        endpoint, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier
    )
    return str(url)


def redeem(code: str, attempt: Attempt, home: str, trust: Trust) -> Person:
    """Who logged in. Raises Away, and many other things when the provider or the code is wrong."""
    provider = trust.providers[trust.settings.oidc_issuer]
    try:
        return trust.within_patience(_redeem, code, attempt, _client(trust.settings, home), provider)
    except RequestException as error:
        raise Away(provider.issuer) from error


def _redeem(code: str, attempt: Attempt, client: OAuth2Session, provider: Provider) -> Person:
    token = client.fetch_token(
        provider.endpoint("token_endpoint"), code=code, code_verifier=attempt.verifier, allow_redirects=False
    )
    signed = provider.verified(token["id_token"])
    required = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": client.client_id},
    }
    agreed = {"nonce": attempt.nonce, "client_id": client.client_id, "access_token": token["access_token"]}
    CodeIDToken(signed.claims, signed.header, required, agreed).validate(leeway=CLOCK_SKEW)
    told = client.get(provider.endpoint("userinfo_endpoint"), allow_redirects=False).json()
    if told.get("sub") != signed.claims["sub"]:
        raise Unusable
    return person(provider.issuer, {**signed.claims, **told})


def _client(settings: Settings, home: str) -> OAuth2Session:
    return OAuth2Session(
        settings.oidc_client_id,
        settings.oidc_client_secret or None,
        scope=settings.oidc_scopes,
        redirect_uri=f"{home}/auth/callback",
        code_challenge_method="S256",
        default_timeout=TIMEOUT,
    )


def person_of_cookie() -> Person | None:
    """Who logged in with the browser that sent the running request."""
    token = request.cookies.get(cookie_name("session"), "")
    if len(token) != TOKEN_LENGTH:
        return None
    found = session().scalar(
        select(LoginSession).where(
            LoginSession.token_hash == _hash(token), LoginSession.expires > datetime.now(UTC)
        )
    )
    if found is None:
        return None
    return Person(found.iss, found.sub, found.email, found.email_verified, tuple(found.entitlements))


def open_session(person: Person, response: Response) -> None:
    """Log the person in, in place of whoever was; and forget logins that expired."""
    end_session()
    now = datetime.now(UTC)
    session().execute(delete(LoginSession).where(LoginSession.expires <= now))
    lasts = timedelta(hours=trust().settings.session_hours)
    token = token_urlsafe(32)
    session().add(
        LoginSession(
            token_hash=_hash(token),
            iss=person.iss,
            sub=person.sub,
            email=person.email,
            email_verified=person.email_verified,
            entitlements=list(person.entitlements),
            expires=now + lasts,
        )
    )
    set_cookie(response, "session", token, seconds=int(lasts.total_seconds()))


def end_session() -> None:
    """Forget the login of the browser that sent the running request."""
    token = request.cookies.get(cookie_name("session"), "")
    session().execute(delete(LoginSession).where(LoginSession.token_hash == _hash(token)))


def _hash(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()


def cookie_name(kind: str) -> str:
    """`__Host-` keeps other hosts from setting it, but needs https. Demos on one host differ by port."""
    settings = trust().settings
    return f"{kind}-{urlsplit(settings.public_url).port or 80}" if settings.demo else f"__Host-{kind}"


def set_cookie(response: Response, kind: str, value: str, *, seconds: int) -> None:
    """seconds: 0 removes it."""
    secure = not trust().settings.demo
    response.set_cookie(
        cookie_name(kind), value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="Lax"
    )
