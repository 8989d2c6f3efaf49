"""The providers we trust, and what they told lately: one per app."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import ParamSpec, TypeVar, cast

from cachetools import TTLCache  # type: ignore[import-untyped]
from flask import current_app

from ..config import Settings
from .person import Person
from .provider import Away, Provider

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 4.0  # seconds for everything that one request asks of providers
QUESTIONS_AT_ONCE = 16
KEPT_TOKENS, KEPT_SECONDS = 2000, 300
REFUSED_TOKENS, REFUSED_SECONDS = 50, 5


@dataclass
class Trust:
    settings: Settings
    providers: dict[str, Provider]
    known: TTLCache = field(default_factory=lambda: TTLCache(KEPT_TOKENS, KEPT_SECONDS))
    refused: TTLCache = field(default_factory=lambda: TTLCache(REFUSED_TOKENS, REFUSED_SECONDS))
    """Tokens that a provider did not know. When it is full, opaque ones are not asked about for a while."""
    lock: Lock = field(default_factory=Lock)
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(QUESTIONS_AT_ONCE, thread_name_prefix="identity")
    )

    def within_patience(self, ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer, unless it takes too long: Away. flaat and Authlib limit single requests only."""
        future = self.pool.submit(ask, *args, **kwargs)
        try:
            return future.result(PATIENCE)
        except TimeoutError:
            future.cancel()
            raise Away("no answer in time") from None

    def recall(self, key: bytes) -> tuple[Person | None, bool, bool]:
        """Whose token it is, if we know; whether it was refused just now; whether too many were."""
        with self.lock:
            self.refused.expire()
            return self.known.get(key), key in self.refused, len(self.refused) >= REFUSED_TOKENS

    def remember(self, key: bytes, person: Person | None) -> None:
        with self.lock:
            if person is None:
                self.refused[key] = True
            else:
                self.known[key] = person


def make(settings: Settings) -> Trust:
    """Raises SettingsError for an issuer that can't be trusted."""
    login = (settings.oidc_issuer,) if settings.oidc_issuer else ()
    issuers = dict.fromkeys((*settings.issuers, *login))
    return Trust(settings, {issuer: Provider(issuer, demo=settings.demo) for issuer in issuers})


def trust() -> Trust:
    return cast(Trust, current_app.extensions["identity"])
