"""Logging in and out with a browser, and what other sites must not be able to do to one."""

import base64
import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from conftest import Identity
from flask import Flask
from flask.testing import FlaskClient
from issuer import CLIENT_ID, OTHER_KEY, Issuer, issuer
from sqlalchemy import select
from werkzeug.test import TestResponse
from who import application

from eosc_perf.server.config import Settings
from eosc_perf.server.db import connect, transaction
from eosc_perf.server.users.models import LoginSession

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def settings(database_url: str, identity: Identity) -> Settings:
    return Settings(
        database_url=database_url,
        oidc_issuer=identity.url,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret="secret",
        demo=True,
    )


@pytest.fixture
def site(settings: Settings) -> Iterator[Flask]:
    with application(settings) as app:
        yield app


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    return site.test_client()


def begin(client: FlaskClient, **query: str) -> str:
    """Where the site sends the browser to log in."""
    return client.get("/auth/login", query_string=query).headers["Location"]


def at_provider(address: str, sub: str = "user") -> str:
    """Where the provider sends the browser after the person logged in there."""
    answer = httpx.post(address, data={"sub": sub}, trust_env=False)
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def log_in(client: FlaskClient, sub: str = "user", **query: str) -> TestResponse:
    return client.get(at_provider(begin(client, **query), sub))


def who(client: FlaskClient) -> dict[str, Any]:
    seen = client.get("/who").json
    assert seen is not None
    return seen


def who_holds(site: Flask, cookie: str) -> str:
    """How the site knows the sender of a session cookie that a program, not a browser, sends."""
    answer = site.test_client(use_cookies=False).get("/who", headers={"Cookie": f"session-8080={cookie}"})
    assert answer.json is not None
    return str(answer.json["by"])


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("session-8080")
    assert cookie is not None
    return cookie.value


def test_logging_in_makes_a_session_and_returns_to_the_page(client: FlaskClient, identity: Identity) -> None:
    answer = log_in(client, "user", next="/results?filters=a%20%3E%203")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/results?filters=a%20%3E%203"
    seen = who(client)
    assert (seen["by"], seen["iss"], seen["sub"]) == ("session", identity.url, "user")
    assert (seen["email"], seen["email_verified"]) == ("user@example.org", True)


def test_entitlements_come_along(client: FlaskClient) -> None:
    log_in(client, "admin")
    assert who(client)["entitlements"]


def test_pages_cannot_read_the_cookie_and_other_sites_cannot_use_it(client: FlaskClient) -> None:
    header = next(
        each for each in log_in(client).headers.getlist("Set-Cookie") if each.startswith("session-8080=")
    )
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"} <= set(header.split("; "))


def test_no_token_of_the_provider_reaches_the_browser_or_the_database(
    client: FlaskClient, settings: Settings
) -> None:
    answer = log_in(client)
    engine = connect(settings)
    with transaction(engine) as session:
        stored = session.scalars(select(LoginSession)).all()
    engine.dispose()
    assert cookie_of(client).encode() not in {row.token_hash for row in stored}
    assert hashlib.sha256(cookie_of(client).encode()).digest() in {row.token_hash for row in stored}
    assert not any("token" in each for each in answer.headers.getlist("Set-Cookie"))


def test_each_login_makes_a_new_session_and_ends_the_one_before(client: FlaskClient, site: Flask) -> None:
    log_in(client, "user")
    before = cookie_of(client)
    log_in(client, "other")
    assert cookie_of(client) != before
    assert who(client)["sub"] == "other"
    assert who_holds(site, before) == "nobody"


def test_a_session_ends_at_logout_also_for_a_copy_of_the_cookie(client: FlaskClient, site: Flask) -> None:
    log_in(client)
    copy = cookie_of(client)
    assert who_holds(site, copy) == "session"
    answer = client.post("/auth/logout", headers=SAME_ORIGIN)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert client.get_cookie("session-8080") is None
    assert who(client)["by"] == "nobody"
    assert who_holds(site, copy) == "nobody"


def test_logging_out_twice_is_no_error(client: FlaskClient) -> None:
    for _ in range(2):
        assert client.post("/auth/logout", headers=SAME_ORIGIN).status_code == 303


@pytest.mark.parametrize("cookie", ["", "a", "a" * 43, "a" * 44, "%00" * 43, "\xfc" * 43, "a" * 5000])
def test_a_forged_cookie_is_nobodys(site: Flask, cookie: str) -> None:
    assert who_holds(site, cookie) == "nobody"


def test_the_hash_in_the_database_is_no_cookie(client: FlaskClient, site: Flask) -> None:
    log_in(client)
    digest = hashlib.sha256(cookie_of(client).encode()).digest()
    stolen = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert who_holds(site, stolen) == "nobody"


def test_a_session_expires_and_the_next_login_clears_it_away(client: FlaskClient, settings: Settings) -> None:
    log_in(client)
    digest = hashlib.sha256(cookie_of(client).encode()).digest()
    engine = connect(settings)
    with transaction(engine) as session:
        session.get_one(LoginSession, digest).expires = datetime.now(UTC) - timedelta(seconds=1)
    assert who(client)["by"] == "nobody"
    client.delete_cookie("session-8080")
    log_in(client)
    with transaction(engine) as session:
        assert session.get(LoginSession, digest) is None
    engine.dispose()


CROSS_SITE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8080"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://evil.example.org"},
    {"Origin": "http://127.0.0.1:8080.evil.example.org"},
    {"Origin": "https://127.0.0.1:8080"},
    {"Origin": "null"},
    {},
]


@pytest.mark.parametrize("headers", CROSS_SITE)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_another_site_cannot_change_anything_with_the_cookie(
    client: FlaskClient, headers: dict[str, str], method: str
) -> None:
    log_in(client)
    answer = client.open("/who", method=method, headers=headers)
    assert answer.status_code == 403
    assert answer.mimetype == "application/problem+json"


def test_another_site_cannot_log_one_out(client: FlaskClient) -> None:
    log_in(client)
    assert client.post("/auth/logout", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert who(client)["by"] == "session"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://127.0.0.1:8080"},
        {"Origin": "http://localhost"},
        {"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "none"},
    ],
)
def test_our_own_pages_can(client: FlaskClient, headers: dict[str, str]) -> None:
    log_in(client)
    answer = client.post("/who", headers=headers)
    assert answer.json is not None
    assert answer.json["by"] == "session"


def test_a_bearer_token_wins_over_the_cookie_and_may_come_from_anywhere(
    client: FlaskClient, identity: Identity
) -> None:
    log_in(client, "user")
    headers = {"Authorization": f"Bearer {identity.token('other')}", "Sec-Fetch-Site": "cross-site"}
    seen = client.post("/who", headers=headers).json
    assert seen is not None
    assert (seen["by"], seen["sub"]) == ("bearer", "other")


def test_a_bad_bearer_token_is_not_excused_by_a_good_cookie(client: FlaskClient) -> None:
    log_in(client)
    assert client.get("/who", headers={"Authorization": "Bearer"}).status_code == 401


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example.org/",
        "//evil.example.org",
        "///evil.example.org",
        "/\\evil.example.org",
        "\\\\evil.example.org",
        "/a\\b",
        "/\t/evil.example.org",
        "/\n/evil.example.org",
        "\t//evil.example.org",
        " //evil.example.org",
        "/\r\nSet-Cookie: a=b",
        "/\x00",
        "/\u202e",
        "javascript:alert(1)",
        "evil.example.org",
        "@evil.example.org",
        ".evil.example.org",
        "",
        "/" + "a" * 2000,
    ],
)
def test_login_never_leads_to_another_site(client: FlaskClient, address: str) -> None:
    assert log_in(client, next=address).headers["Location"] == "/"


@pytest.mark.parametrize(
    "address", ["/", "/sites/1", "/a?next=//b", "/a#b", "/%2F%2Fevil.example.org", "/b%C3%BCcher"]
)
def test_login_leads_back_to_pages_of_this_site(client: FlaskClient, address: str) -> None:
    assert log_in(client, next=address).headers["Location"] == address


def test_a_login_cannot_be_finished_twice(client: FlaskClient) -> None:
    returned = at_provider(begin(client))
    attempt = client.get_cookie("login-8080")
    assert attempt is not None
    assert client.get(returned).headers["Location"] == "/"
    first = cookie_of(client)
    assert client.get(returned).headers["Location"] == "/?login_error=expired"
    client.set_cookie("login-8080", attempt.value)
    assert client.get(returned).headers["Location"] == "/?login_error=failed"
    assert cookie_of(client) == first


def test_a_login_begun_in_another_browser_cannot_be_finished_here(client: FlaskClient, site: Flask) -> None:
    returned = at_provider(begin(site.test_client()), "other")
    begin(client)
    assert client.get(returned).headers["Location"] == "/?login_error=expired"
    assert who(client)["by"] == "nobody"


@pytest.mark.parametrize(
    "cookie", [None, "", "a", "bnVsbA==", "W10=", "e30=", "eyJhIjogMX0=", "\xfc", "=" * 4000]
)
def test_a_callback_without_the_cookie_of_its_login_is_refused(
    client: FlaskClient, site: Flask, cookie: str | None
) -> None:
    returned = at_provider(begin(client))
    headers = {} if cookie is None else {"Cookie": f"login-8080={cookie}"}
    answer = site.test_client(use_cookies=False).get(returned, headers=headers)
    assert answer.headers["Location"] == "/?login_error=expired"


@pytest.mark.parametrize("query", ["", "?state=", "?code=a", "?code=a&state=%FF", "?state=a&code=%00"])
def test_a_made_up_callback_is_refused(client: FlaskClient, query: str) -> None:
    begin(client)
    assert client.get(f"/auth/callback{query}").headers["Location"] == "/?login_error=expired"


@pytest.mark.parametrize("code", ["", "made-up", "\x00", "a" * 10_000])
def test_a_made_up_code_is_refused(client: FlaskClient, code: str) -> None:
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    answer = client.get("/auth/callback", query_string={"state": state, "code": code})
    assert answer.headers["Location"] == "/?login_error=failed"


def test_a_person_who_declines_at_the_provider_is_told_so(client: FlaskClient) -> None:
    declined = httpx.post(begin(client), data={"action": "deny"}, trust_env=False).headers["Location"]
    answer = client.get(f"/auth/callback?{urlsplit(declined).query}")
    assert answer.headers["Location"] == "/?login_error=denied"


def test_without_an_issuer_there_is_no_login(settings: Settings) -> None:
    with application(replace(settings, oidc_issuer="")) as app:
        answer = app.test_client().get("/auth/login")
        assert answer.headers["Location"] == "/?login_error=not-configured"
        assert app.test_client().get("/auth/callback").headers["Location"] == "/?login_error=expired"


@pytest.fixture
def provider() -> Iterator[Issuer]:
    with issuer() as it:
        it.people["ada"] = {"sub": "ada", "email": "ada@example.org", "email_verified": True}
        yield it


@pytest.fixture
def visitor(settings: Settings, provider: Issuer) -> Iterator[FlaskClient]:
    """A browser whose provider answers as the test likes."""
    with application(replace(settings, oidc_issuer=provider.url)) as app:
        yield app.test_client()


def return_with(
    visitor: FlaskClient, provider: Issuer, id_token: Callable[[Issuer, str], str]
) -> TestResponse:
    """id_token: made of the issuer and the nonce."""
    asked = parse_qs(urlsplit(begin(visitor)).query)
    provider.id_token = id_token(provider, asked["nonce"][0])
    return visitor.get("/auth/callback", query_string={"code": "code", "state": asked["state"][0]})


def test_a_good_id_token_logs_in(visitor: FlaskClient, provider: Issuer) -> None:
    return_with(visitor, provider, lambda it, nonce: it.sign(nonce=nonce, aud=CLIENT_ID))
    assert who(visitor)["sub"] == "ada"


def without_signature(it: Issuer, nonce: str) -> str:
    claims = it.sign(nonce=nonce, aud=CLIENT_ID).split(".")[1]
    header = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    return f"{header}.{claims}."


BAD_ID_TOKENS: dict[str, Callable[[Issuer, str], str]] = {
    "another nonce": lambda it, nonce: it.sign(nonce="another", aud=CLIENT_ID),
    "no nonce": lambda it, nonce: it.sign(aud=CLIENT_ID),
    "for another client": lambda it, nonce: it.sign(nonce=nonce, aud="another"),
    "for another client too": lambda it, nonce: it.sign(
        nonce=nonce, aud=[CLIENT_ID, "another"], azp="another"
    ),
    "for another client by ours": lambda it, nonce: it.sign(nonce=nonce, aud="another", azp=CLIENT_ID),
    "for nobody": lambda it, nonce: it.sign(nonce=nonce),
    "of another issuer": lambda it, nonce: it.sign(nonce=nonce, aud=CLIENT_ID, iss="https://example.org"),
    "another key": lambda it, nonce: it.sign(nonce=nonce, aud=CLIENT_ID, key=OTHER_KEY),
    "expired": lambda it, nonce: it.sign(nonce=nonce, aud=CLIENT_ID, exp=int(time.time()) - 120),
    "never expiring": lambda it, nonce: it.sign(nonce=nonce, aud=CLIENT_ID, exp=None),
    "another access token": lambda it, nonce: it.sign(nonce=nonce, aud=CLIENT_ID, at_hash="AAAA"),
    "another person": lambda it, nonce: it.sign("eve", nonce=nonce, aud=CLIENT_ID),
    "unsigned": without_signature,
    "empty": lambda it, nonce: "",
}


@pytest.mark.parametrize("id_token", BAD_ID_TOKENS.values(), ids=BAD_ID_TOKENS.keys())
def test_a_bad_id_token_does_not_log_in(
    visitor: FlaskClient, provider: Issuer, id_token: Callable[[Issuer, str], str]
) -> None:
    answer = return_with(visitor, provider, id_token)
    assert answer.headers["Location"] == "/?login_error=failed"
    assert who(visitor)["by"] == "nobody"


def test_the_code_is_redeemed_with_the_secret_that_the_login_began_with(
    visitor: FlaskClient, provider: Issuer
) -> None:
    asked = parse_qs(urlsplit(begin(visitor)).query)
    visitor.get("/auth/callback", query_string={"code": "code", "state": asked["state"][0]})
    digest = hashlib.sha256(provider.form["code_verifier"].encode()).digest()
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["code_challenge"] == [base64.urlsafe_b64encode(digest).rstrip(b"=").decode()]
    assert asked["redirect_uri"] == [provider.form["redirect_uri"]] == ["http://localhost/auth/callback"]


def test_a_provider_that_is_away_is_said_so_before_and_after(visitor: FlaskClient, provider: Issuer) -> None:
    state = parse_qs(urlsplit(begin(visitor)).query)["state"][0]
    provider.broken.add("/keys")
    provider.id_token = provider.sign()
    answer = visitor.get("/auth/callback", query_string={"code": "code", "state": state})
    assert answer.headers["Location"] == "/?login_error=unavailable"
    trust = visitor.application.extensions["identity"]
    trust.providers[provider.url]._discovery.content = None
    assert visitor.get("/auth/login").headers["Location"] == "/?login_error=unavailable"


def test_a_provider_that_does_not_answer_does_not_keep_the_browser(
    visitor: FlaskClient, provider: Issuer
) -> None:
    state = parse_qs(urlsplit(begin(visitor)).query)["state"][0]
    provider.hanging.add("/token")
    answer = visitor.get("/auth/callback", query_string={"code": "code", "state": state})
    assert answer.headers["Location"] == "/?login_error=unavailable"


def test_in_production_cookies_are_bound_to_the_host_and_to_https(settings: Settings) -> None:
    production = replace(
        settings, oidc_issuer="https://issuer.example.org", public_url="https://perf.example.org", demo=False
    )
    with application(production) as app:
        client = app.test_client(use_cookies=False)
        headers = {"Cookie": f"__Host-session={'a' * 43}", "Origin": "https://perf.example.org"}
        gone = client.post("/auth/logout", headers=headers).headers["Set-Cookie"]
        assert gone.startswith("__Host-session=;")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=0"} <= set(gone.split("; "))
        assert "Domain" not in gone
        for other in ("http://perf.example.org", "http://localhost"):
            assert client.post("/auth/logout", headers={**headers, "Origin": other}).status_code == 403
