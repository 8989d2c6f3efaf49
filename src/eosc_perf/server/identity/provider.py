"""An OpenID provider we trust: its endpoints and keys, asked for rarely and with short waits."""

import logging
from dataclasses import dataclass, field
from ipaddress import ip_address
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx
from flaat import BaseFlaat, issuers  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError
from joserfc.jwk import KeySet
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from ..config import SettingsError

log = logging.getLogger(__name__)

ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519"),
)
"""Signatures by a private key that only the provider has. No `none`, no shared secrets."""

TIMEOUT = 2.0  # seconds for one request to a provider
FRESH = 600.0  # seconds for which endpoints and keys are not asked for again
STALE = 3600.0  # seconds for which they are still used while the provider is away
RETRY = 5.0  # seconds between attempts, and between looks for a key that we don't know


class Away(Exception):
    """The provider can't be asked now."""


@dataclass
class Document:
    """A JSON object that a provider publishes. Not fetched before it is needed."""

    content: dict[str, Any] | None = None
    fetched: float = float("-inf")
    tried: float = float("-inf")
    lock: Lock = field(default_factory=Lock)

    def read(self, url: str, *, at_most: float = FRESH) -> dict[str, Any]:
        """at_most: how old it may be, in seconds. One thread fetches; the others use what is known."""
        known = self.content
        if not self.lock.acquire(blocking=known is None):
            assert known is not None
            return known
        try:
            now = monotonic()
            if now - self.fetched > at_most and now - self.tried > RETRY:
                self.tried = now
                self._fetch(url)
            if self.content is None or now - self.fetched > STALE:
                raise Away(url)
            return self.content
        finally:
            self.lock.release()

    def _fetch(self, url: str) -> None:
        try:
            content = httpx.get(url, timeout=TIMEOUT).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            log.warning("%s could not be read: %s", url, type(error).__name__)
        else:
            if isinstance(content, dict):
                self.content, self.fetched = content, monotonic()


class Flaat(BaseFlaat):  # type: ignore[misc]
    """flaat for one issuer, given the token itself, and without its caches, which are not locked."""

    get_user_infos_from_access_token = BaseFlaat.get_user_infos_from_access_token.__wrapped__
    _get_issuer_config = BaseFlaat._get_issuer_config.__wrapped__

    def __init__(self, issuer: str) -> None:
        super().__init__()
        self.set_issuer(issuer)
        self.set_trusted_OP_list([issuer])
        self.set_request_timeout(TIMEOUT)

    def _get_header_from_request(self, request: str, name: str) -> str:
        return f"Bearer {request}"


class PlainHttp(HTTPAdapter):
    """flaat asks for discovery documents by https only; a loopback provider has none."""

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        request.url = (request.url or "").replace("https://", "http://", 1)
        return super().send(request, *args, **kwargs)


class Provider:
    def __init__(self, issuer: str, *, demo: bool) -> None:
        """demo: whether plain http is fine on loopback. Raises SettingsError for an issuer without https."""
        self.issuer = issuer
        self.demo = demo
        if not self._is_safe(issuer):
            raise SettingsError(f"The issuer {issuer} is not an https address.")
        self.flaat = Flaat(issuer)
        self._discovery, self._keys = Document(), Document()
        if issuer.startswith("http://"):
            issuers._config_session.mount(f"https://{urlsplit(issuer).netloc}", PlainHttp())

    def endpoint(self, name: str) -> str:
        """The address that the discovery document gives under this name. Raises Away."""
        discovery = self.issuer.rstrip("/") + "/.well-known/openid-configuration"
        metadata = self._discovery.read(discovery)
        address = str(metadata.get(name, ""))
        if metadata.get("issuer") != self.issuer or not self._is_safe(address):
            log.error("%s names another issuer, or no %s by https", discovery, name)
            raise Away(discovery)
        return address

    def verified(self, token: str) -> jwt.Token:
        """A JWT that this provider signed; its claims are not yet looked at.

        Raises JoseError for any other, and Away. Unknown keys make us look for new ones, every few seconds.
        """
        address = self.endpoint("jwks_uri")
        try:
            return _decode(token, self._keys.read(address))
        except InvalidKeyIdError:
            return _decode(token, self._keys.read(address, at_most=RETRY))

    def check_reachable(self) -> None:
        """Raise Away unless the userinfo endpoint answers, if only with a refusal."""
        try:
            if httpx.get(self.endpoint("userinfo_endpoint"), timeout=TIMEOUT).is_server_error:
                raise Away(self.issuer)
        except httpx.HTTPError:
            raise Away(self.issuer) from None

    def _is_safe(self, address: str) -> bool:
        parts = urlsplit(address)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (self.demo and parts.scheme == "http" and _is_loopback(parts.hostname))
        )


def _decode(token: str, published: dict[str, Any]) -> jwt.Token:
    keys = [key for key in published.get("keys", []) if key.get("use") != "enc"]
    return jwt.decode(token, KeySet.import_key_set({"keys": keys}), algorithms=ALGORITHMS)


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
