"""Bearer tokens (RFC 6750): whose a token is, by flaat, and by a provider that we trust.

What can be refused without asking anybody is refused first: a stranger's token must not make us call anyone.
flaat itself fetches the keys of whatever issuer a token names, and asks userinfo for tokens whose signature
it could not check. Audiences are not compared: EGI Check-in's tokens name none that would mean us.
"""

import logging
import re
from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from hashlib import sha256
from math import nan
from time import time
from typing import Any, NoReturn

import jwt
from flaat.opconfig import CONFIG  # type: ignore[import-untyped]
from joserfc.jwt import JWTClaimsRegistry

from ..errors import NotAuthenticated, Unavailable
from .person import Person, person
from .provider import ALGORITHMS, Away, Provider
from .trust import REFUSED_SECONDS, Trust

log = logging.getLogger(__name__)

LONGEST_TOKEN = 16_000
HEADER = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE | re.ASCII)
RETRY_SECONDS = 5


def person_of(header: str, trust: Trust) -> Person:
    """Who sends this Authorization header. Raises NotAuthenticated; Unavailable while a provider is away."""
    token = _token(header)
    claims = _promises(token, trust)
    key = sha256(token.encode()).digest()
    known, refused, too_many = trust.recall(key)
    if known:
        return known
    if refused:
        _refuse("not known to the provider")
    if claims is None and too_many:
        raise Unavailable("Too many unknown tokens were tried. Try again soon.", retry_after=REFUSED_SECONDS)
    try:
        found = trust.within_patience(_ask, token, claims, trust)
    except Away:
        raise Unavailable("Your identity provider can't be reached now.", retry_after=RETRY_SECONDS) from None
    except Exception as error:
        # Broken tokens make libraries raise all kinds of things, with personal data in their texts.
        _refuse(type(error).__name__)
    trust.remember(key, found)
    return found or _refuse("not known to the provider")


def _refuse(reason: str) -> NoReturn:
    log.info("a bearer token was refused: %s", reason)
    raise NotAuthenticated("This access token is not valid (any more). Get a new one.") from None


def _token(header: str) -> str:
    """The token of one Bearer header. Several headers arrive joined by commas, which no token holds."""
    found = HEADER.fullmatch(header.strip(" \t")) if len(header) <= LONGEST_TOKEN else None
    return found[1] if found else _refuse("no single bearer token")


def _promises(token: str, trust: Trust) -> dict[str, Any] | None:
    """The unverified claims of a JWT that may turn out good; None for an opaque token."""
    try:
        # Exactly flaat's way to tell the two kinds of token apart.
        whole = jwt.api_jwt.decode_complete(token, options={"verify_signature": False})
    except jwt.DecodeError:
        return _refuse("a broken JWT") if _starts_like_a_jwt(token) else None
    except Exception as error:
        _refuse(type(error).__name__)
    claims: dict[str, Any] = whole["payload"]
    if whole["header"].get("alg") not in ALGORITHMS:
        _refuse("its algorithm")
    if claims.get("iss") not in trust.settings.issuers:
        _refuse("its issuer is not trusted")
    if not _moment(claims.get("nbf", 0)) <= time() < _moment(claims.get("exp")):
        _refuse("not valid at this time")
    return claims


def _moment(value: object) -> float:
    """Not a number, and so neither before nor after any other moment, if it is no number."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else nan


def _starts_like_a_jwt(token: str) -> bool:
    try:
        start = urlsafe_b64decode(token[: min(len(token), 12) // 4 * 4])
    except (Base64Error, ValueError):
        return False
    return start.lstrip().startswith(b"{") and start.isascii()


def _ask(token: str, claims: dict[str, Any] | None, trust: Trust) -> Person | None:
    """Runs outside of the request. None: no provider knows the token."""
    if claims is not None:
        provider = trust.providers[claims["iss"]]
        signed = provider.verified(token).claims
        required = JWTClaimsRegistry(
            iss={"essential": True, "value": provider.issuer}, exp={"essential": True}
        )
        required.validate(signed)
        return _ask_provider(token, provider, subject=signed.get("sub"))
    for issuer in trust.settings.issuers:
        if issuer.rstrip("/") not in CONFIG.OPS_THAT_SUPPORT_JWT:
            found = _ask_provider(token, trust.providers[issuer])
            if found:
                return found
    return None


def _ask_provider(token: str, provider: Provider, *, subject: str | None = None) -> Person | None:
    """flaat's verified answer. subject: whom the token names; userinfo must agree (OIDC Core 5.3.2)."""
    provider.endpoint("userinfo_endpoint")
    infos = provider.flaat.get_user_infos_from_request(token)
    told = infos.user_info if infos else {}
    if "sub" not in told:
        provider.check_reachable()
        return None
    if told["iss"] != provider.issuer or (subject is not None and told["sub"] != subject):
        return None
    of_token = infos.access_token_info.body if infos.access_token_info else {}
    return person(provider.issuer, {**of_token, **told})
