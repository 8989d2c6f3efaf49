"""Bearer tokens: whom the service believes, and that it asks nobody about what can't be good."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from cachetools import TTLCache
from conftest import Identity, Server
from flask.testing import FlaskClient
from issuer import KEY, OTHER_KEY, Issuer, issuer
from sqlalchemy import delete
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse
from who import application

from eosc_perf.server import identity as identity_package
from eosc_perf.server.config import Settings, SettingsError
from eosc_perf.server.db import connect, transaction
from eosc_perf.server.identity.entitlements import admits
from eosc_perf.server.identity.provider import Away, Provider
from eosc_perf.server.identity.trust import make
from eosc_perf.server.users.models import User

ADMINS = "urn:mace:egi.eu:group:perf.example:admins:role=manager#aai.egi.eu"
ADA = {"sub": "ada", "email": "ada@example.org", "email_verified": True, "eduperson_entitlement": [ADMINS]}


@pytest.fixture
def trusted() -> Iterator[Issuer]:
    with issuer() as it:
        it.people["ada"] = ADA
        yield it


@pytest.fixture
def stranger() -> Iterator[Issuer]:
    """An issuer that we don't trust."""
    with issuer() as it:
        yield it


@pytest.fixture
def configured(database_url: str, trusted: Issuer, identity: Identity) -> Settings:
    return Settings(
        database_url=database_url,
        trusted_issuers=(trusted.url, identity.url),
        admin_entitlements=(ADMINS,),
        demo=True,
    )


@pytest.fixture
def client(configured: Settings) -> Iterator[FlaskClient]:
    with application(configured) as app:
        yield app.test_client()


def ask(client: FlaskClient, *authorization: str) -> TestResponse:
    return client.get("/who", headers=Headers([("Authorization", each) for each in authorization]))


def test_a_jwt_of_a_trusted_issuer_tells_who_asks(client: FlaskClient, trusted: Issuer) -> None:
    assert ask(client, f"Bearer {trusted.sign()}").json == {
        "by": "bearer",
        "iss": trusted.url,
        "sub": "ada",
        "email": "ada@example.org",
        "email_verified": True,
        "entitlements": [ADMINS],
        "registered": False,
        "is_admin": False,
    }


def test_an_opaque_token_of_a_trusted_provider_tells_who_asks(
    client: FlaskClient, trusted: Issuer, identity: Identity
) -> None:
    seen = ask(client, f"Bearer {identity.token('user')}").json
    assert seen is not None
    assert (seen["iss"], seen["sub"], seen["email"]) == (identity.url, "user", "user@example.org")


def test_without_a_token_one_is_nobody(client: FlaskClient, trusted: Issuer) -> None:
    seen = ask(client).json
    assert seen is not None
    assert (seen["by"], seen["sub"]) == ("nobody", None)
    assert trusted.requests == []


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(it: Issuer, algorithm: str) -> str:
    return f"{part({'alg': algorithm})}.{it.sign().split('.')[1]}."


def signed_with_the_public_key(it: Issuer, secret: bytes) -> str:
    """The algorithm confusion attack: the key that everybody knows, used as a shared secret."""
    content = f"{part({'alg': 'HS256', 'kid': KEY.kid})}.{it.sign().split('.')[1]}"
    signature = hmac.digest(secret, content.encode(), hashlib.sha256)
    return f"{content}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


NEVER_GOOD: dict[str, Callable[[Issuer], str]] = {
    "unsigned": lambda it: unsigned(it, "none"),
    "unsigned in capitals": lambda it: unsigned(it, "None"),
    "without an algorithm": lambda it: f"{part({'typ': 'JWT'})}.{it.sign().split('.')[1]}.",
    "HS256 with the public key as PEM": lambda it: signed_with_the_public_key(it, KEY.as_pem(private=False)),
    "HS256 with the public key as JWK": lambda it: signed_with_the_public_key(
        it, json.dumps(KEY.as_dict(private=False)).encode()
    ),
    "expired": lambda it: it.sign(exp=int(time.time()) - 1),
    "never expiring": lambda it: it.sign(exp=None),
    "expiring at a text": lambda it: it.sign(exp="2100-01-01"),
    "expiring at no number": lambda it: it.sign(exp=float("nan")),
    "not yet valid": lambda it: it.sign(nbf=int(time.time()) + 300),
    "without issuer": lambda it: it.sign(iss=None),
    "several issuers": lambda it: it.sign(iss=[it.url]),
    "issuer with a slash more": lambda it: it.sign(iss=it.url + "/"),
    "cut in half": lambda it: it.sign()[: len(it.sign()) // 2],
    "cut in the header": lambda it: it.sign()[:17],
    "cut before the signature": lambda it: it.sign().rpartition(".")[0],
    "claims that are no object": lambda it: f"{part({'alg': 'RS256'})}.{part([1])}.{it.sign().split('.')[2]}",
    "encrypted": lambda it: f"{part({'alg': 'RSA-OAEP', 'enc': 'A256GCM'})}.a.b.c.d",
    "deeply nested": lambda it: f"{part({'alg': 'RS256'})}.{'W1tb' * 3000}.AAAA",
    "empty": lambda it: "",
    "blank": lambda it: " ",
    "100 kB": lambda it: "a" * 100_000,
    "two words": lambda it: "a b",
    "not ASCII": lambda it: "tök",
    "with a comma": lambda it: "a,b",
}


@pytest.mark.parametrize("make_token", NEVER_GOOD.values(), ids=NEVER_GOOD.keys())
def test_a_token_that_cannot_be_good_is_refused_and_nobody_is_asked(
    client: FlaskClient, trusted: Issuer, make_token: Callable[[Issuer], str]
) -> None:
    answer = ask(client, f"Bearer {make_token(trusted)}")
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert trusted.requests == []


@pytest.mark.parametrize("header", ["", "Bearer", "Basic dTpw", "Token abc", "abc", "Bearerabc"])
def test_a_header_that_is_no_bearer_token_is_refused_and_nobody_is_asked(
    client: FlaskClient, trusted: Issuer, header: str
) -> None:
    assert ask(client, header).status_code == 401
    assert trusted.requests == []


def test_two_authorization_headers_are_refused_even_when_both_are_good(
    client: FlaskClient, trusted: Issuer
) -> None:
    good = f"Bearer {trusted.sign()}"
    assert ask(client, good, good).status_code == 401
    assert trusted.requests == []


def test_the_real_server_refuses_two_and_endless_headers_too(app: Server) -> None:
    good = ("Authorization", f"Bearer {app.identity.token('user')}")
    endless = ("Authorization", f"Bearer {'a' * 100_000}")
    asked = [
        httpx.get(f"{app.url}/api/v1/users/self", headers=each) for each in ([good], [good, good], [endless])
    ]
    assert [answer.status_code for answer in asked] == [200, 401, 401]


@pytest.mark.parametrize("name", ["jku", "jwk", "x5u"])
def test_a_token_cannot_bring_its_own_key(
    client: FlaskClient, trusted: Issuer, stranger: Issuer, name: str
) -> None:
    brought = OTHER_KEY.as_dict(private=False) if name == "jwk" else f"{stranger.url}/keys"
    token = trusted.sign(key=OTHER_KEY, header={name: brought})
    assert ask(client, f"Bearer {token}").status_code == 401
    assert stranger.requests == []


def test_nothing_is_fetched_from_an_issuer_that_is_not_trusted(
    client: FlaskClient, trusted: Issuer, stranger: Issuer
) -> None:
    stranger.people["ada"] = ADA
    assert ask(client, f"Bearer {stranger.sign()}").status_code == 401
    assert stranger.requests == []
    assert trusted.requests == []


def test_the_issuer_of_logins_is_not_trusted_for_tokens_when_others_are_named(
    configured: Settings, stranger: Issuer
) -> None:
    stranger.people["ada"] = ADA
    with application(replace(configured, oidc_issuer=stranger.url, oidc_client_id="client")) as app:
        assert ask(app.test_client(), f"Bearer {stranger.sign()}").status_code == 401
    assert stranger.requests == []


def test_a_token_signed_with_another_key_is_never_shown_to_userinfo(
    client: FlaskClient, trusted: Issuer
) -> None:
    assert ask(client, f"Bearer {trusted.sign(key=OTHER_KEY)}").status_code == 401
    assert "/userinfo" not in trusted.requests


def test_unknown_key_ids_do_not_make_us_fetch_keys_again_and_again(
    client: FlaskClient, trusted: Issuer
) -> None:
    for number in range(20):
        token = trusted.sign(key=OTHER_KEY, header={"kid": f"unknown-{number}"})
        assert ask(client, f"Bearer {token}").status_code == 401
    assert trusted.requests.count("/keys") == 1
    assert "/userinfo" not in trusted.requests


def test_a_good_signature_under_another_algorithm_is_refused(client: FlaskClient, trusted: Issuer) -> None:
    head, claims, signature = trusted.sign().split(".")
    assert (
        ask(client, f"Bearer {part({'alg': 'RS512', 'kid': KEY.kid})}.{claims}.{signature}").status_code
        == 401
    )
    assert ask(client, f"Bearer {head}.{claims}.{signature}").status_code == 200


def test_changed_claims_are_refused(client: FlaskClient, trusted: Issuer) -> None:
    trusted.people["eve"] = {**ADA, "sub": "eve"}
    head, _, signature = trusted.sign("ada").split(".")
    _, claims, _ = trusted.sign("eve", key=OTHER_KEY).split(".")
    assert ask(client, f"Bearer {head}.{claims}.{signature}").status_code == 401


def test_a_token_that_the_provider_revoked_is_refused(client: FlaskClient, trusted: Issuer) -> None:
    del trusted.people["ada"]
    assert ask(client, f"Bearer {trusted.sign()}").status_code == 401


def test_userinfo_about_somebody_else_is_refused(client: FlaskClient, trusted: Issuer) -> None:
    trusted.people["ada"] = {**ADA, "sub": "eve"}
    assert ask(client, f"Bearer {trusted.sign('ada')}").status_code == 401


def test_a_provider_cannot_speak_for_the_people_of_another(
    client: FlaskClient, trusted: Issuer, identity: Identity
) -> None:
    trusted.opaque["opaque"] = {**ADA, "iss": identity.url}
    assert ask(client, "Bearer opaque").status_code == 401


def test_a_provider_is_asked_once_about_a_token_it_knows(client: FlaskClient, trusted: Issuer) -> None:
    token = trusted.sign()
    for _ in range(3):
        assert ask(client, f"Bearer {token}").status_code == 200
    assert trusted.requests.count("/userinfo") == 1


def test_a_token_in_the_cache_ends_when_it_expires(client: FlaskClient, trusted: Issuer) -> None:
    ends = int(time.time()) + 4
    token = trusted.sign(exp=ends)
    assert ask(client, f"Bearer {token}").status_code == 200
    time.sleep(max(0, ends + 0.1 - time.time()))
    assert ask(client, f"Bearer {token}").status_code == 401


def test_made_up_opaque_tokens_do_not_make_us_ask_without_end(client: FlaskClient, trusted: Issuer) -> None:
    trust = client.application.extensions["identity"]
    trust.refused = TTLCache(trust.refused.maxsize, ttl=3600)
    answers = [ask(client, f"Bearer made-up-{number}").status_code for number in range(60)]
    assert answers == [401] * 50 + [503] * 10
    asked = len(trusted.requests)
    assert ask(client, "Bearer made-up-0").status_code == 401
    assert ask(client, f"Bearer {trusted.sign()}").status_code == 200
    assert trusted.requests[asked:].count("/userinfo") == 1


def test_a_provider_that_is_away_is_not_taken_for_a_bad_token(client: FlaskClient, trusted: Issuer) -> None:
    trusted.broken.add("/.well-known/openid-configuration")
    for token in (trusted.sign(), "opaque"):
        answer = ask(client, f"Bearer {token}")
        assert answer.status_code == 503
        assert "Retry-After" in answer.headers


@pytest.mark.parametrize("path", ["/keys", "/userinfo"])
def test_a_provider_that_is_half_away_is_not_taken_for_a_bad_token(
    client: FlaskClient, trusted: Issuer, path: str
) -> None:
    trusted.broken.add(path)
    assert ask(client, f"Bearer {trusted.sign()}").status_code == 503


def test_a_provider_that_does_not_answer_does_not_keep_us(client: FlaskClient, trusted: Issuer) -> None:
    trusted.hanging.add("/userinfo")
    assert ask(client, f"Bearer {trusted.sign()}").status_code == 503


def test_keys_already_known_are_used_while_the_provider_is_away(client: FlaskClient, trusted: Issuer) -> None:
    assert ask(client, f"Bearer {trusted.sign()}").status_code == 200
    trusted.broken.add("/keys")
    assert ask(client, f"Bearer {trusted.sign(key=OTHER_KEY)}").status_code == 401


@pytest.mark.parametrize(
    "changes", [{"issuer": "https://example.org"}, {"jwks_uri": "http://example.org/keys"}]
)
def test_a_discovery_document_that_points_elsewhere_is_not_believed(
    client: FlaskClient, trusted: Issuer, changes: dict[str, str]
) -> None:
    trusted.metadata = changes
    assert ask(client, f"Bearer {trusted.sign()}").status_code == 503
    assert set(trusted.requests) == {"/.well-known/openid-configuration"}


@pytest.mark.parametrize(
    "claims", [{"sub": "a\x00"}, {"sub": "\ud800"}, {"sub": ""}, {"sub": 7}, {"sub": "a" * 5000}]
)
def test_a_subject_that_cannot_be_stored_is_refused(
    client: FlaskClient, trusted: Issuer, claims: dict[str, object]
) -> None:
    trusted.opaque["opaque"] = {**ADA, **claims}
    assert ask(client, "Bearer opaque").status_code == 401


def test_odd_claims_are_left_out(client: FlaskClient, trusted: Issuer) -> None:
    odd = {"email": "a\x00@b", "email_verified": True, "eduperson_entitlement": ["\ud800", 1, None, "x"]}
    trusted.opaque["opaque"] = {**ADA, **odd}
    seen = ask(client, "Bearer opaque").json
    assert seen is not None
    assert (seen["email"], seen["email_verified"], seen["entitlements"]) == (None, False, ["x"])


def test_refusals_tell_nothing_about_the_person(
    client: FlaskClient, trusted: Issuer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    trusted.people["ada"] = {**ADA, "sub": "eve"}
    token = trusted.sign()
    body = ask(client, f"Bearer {token}").get_data(as_text=True)
    for secret in (token, "ada", "eve"):
        assert secret not in body + caplog.text


def test_a_removed_users_token_is_a_strangers_at_once(
    client: FlaskClient, trusted: Issuer, configured: Settings
) -> None:
    token = f"Bearer {trusted.sign()}"
    engine = connect(configured)
    with transaction(engine) as session:
        session.add(User(iss=trusted.url, sub="ada", email="ada@example.org"))
    seen = ask(client, token).json
    assert seen is not None
    assert (seen["registered"], seen["is_admin"]) == (True, True)
    with transaction(engine) as session:
        session.execute(delete(User).where(User.iss == trusted.url))
    seen = ask(client, token).json
    assert seen is not None
    assert (seen["registered"], seen["is_admin"]) == (False, False)
    engine.dispose()


def test_the_same_subject_at_another_issuer_is_somebody_else(
    client: FlaskClient, trusted: Issuer, configured: Settings
) -> None:
    engine = connect(configured)
    with transaction(engine) as session:
        session.add(User(iss="https://elsewhere.example.org", sub="ada", email="ada@example.org"))
    engine.dispose()
    seen = ask(client, f"Bearer {trusted.sign()}").json
    assert seen is not None
    assert seen["registered"] is False


@pytest.mark.parametrize(
    "held",
    [
        ADMINS,
        "URN:MACE:EGI.eu:group:perf.example:admins:role=manager#aai.egi.eu",
    ],
)
def test_an_admins_entitlement_may_be_spelled_as_aarc_g069_allows(held: str) -> None:
    assert admits([held], [ADMINS])


def test_an_authority_that_the_operator_left_out_may_be_anything() -> None:
    assert admits([ADMINS], [ADMINS.partition("#")[0]])


@pytest.mark.parametrize(
    "held",
    [
        "",
        ADMINS[:-1],
        ADMINS + "x",
        " " + ADMINS,
        ADMINS.partition("#")[0],
        ADMINS.replace("aai.egi.eu", "evil.example.org"),
        ADMINS.replace("#aai.egi.eu", "#evil.example.org#aai.egi.eu"),
        ADMINS.replace("mace:egi.eu", "mace:egi.eu:evil"),
        ADMINS.replace("mace:egi.eu", "mace:egi.eu#evil"),
        ADMINS.replace("urn:mace", "urn:geant"),
        ADMINS.replace("egi.eu:group", "egi.eu.evil.org:group"),
        ADMINS.replace("perf.example", "Perf.example"),
        ADMINS.replace("perf.example", "perf.example2"),
        ADMINS.replace("perf.example", "perf"),
        ADMINS.replace(":admins", ""),
        ADMINS.replace(":admins", ":admins:interns"),
        ADMINS.replace(":admins", ":others:admins"),
        ADMINS.replace(":role=manager", ""),
        ADMINS.replace("role=manager", "role=Manager"),
        ADMINS.replace("role=manager", "role=member"),
        ADMINS.replace("role=manager", "role=managers"),
        ADMINS.replace("role=manager", "role=manager:role=member"),
        ADMINS.replace("perf.example", "pe\u0131rf.example"),
    ],
)
def test_an_entitlement_that_only_resembles_an_admins_is_none(held: str) -> None:
    assert not admits([held], [ADMINS])


@pytest.mark.parametrize("more", [":interns", ":role=member", ":interns:role=member"])
def test_members_of_a_subgroup_or_with_a_role_do_not_hold_the_entitlement_of_the_group(more: str) -> None:
    group = "urn:mace:egi.eu:group:perf.example:admins"
    assert not admits([group + more], [group])


def test_an_empty_list_of_admin_entitlements_makes_nobody_an_admin() -> None:
    assert not admits([ADMINS, ""], [])


def test_an_issuer_without_https_is_refused_at_start_outside_of_the_demo(trusted: Issuer) -> None:
    with pytest.raises(SettingsError, match="https"):
        make(Settings(database_url="", trusted_issuers=(trusted.url,)))


def test_no_endpoint_is_asked_by_plain_http_outside_of_the_demo(trusted: Issuer) -> None:
    provider = Provider("https://issuer.example.org", demo=False)
    provider._discovery.content = {"issuer": provider.issuer, "jwks_uri": f"{trusted.url}/keys"}
    provider._discovery.fetched = time.monotonic()
    with pytest.raises(Away):
        provider.verified(trusted.sign())
    assert trusted.requests == []


def test_even_the_demo_refuses_plain_http_beyond_this_machine() -> None:
    with pytest.raises(SettingsError, match="https"):
        make(Settings(database_url="", trusted_issuers=("http://example.org",), demo=True))


@pytest.mark.parametrize(
    "variable",
    [
        "DISABLE_AUTHENTICATION_AND_ASSUME_AUTHENTICATED_USER",
        "DISABLE_AUTHORIZATION_AND_ASSUME_AUTHORIZED_USER",
    ],
)
def test_the_server_does_not_start_with_checks_switched_off(
    configured: Settings, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "YES")
    with pytest.raises(SettingsError), application(configured):
        pass


def test_only_the_identity_package_imports_flaat() -> None:
    source = Path(identity_package.__file__).parents[2]
    importers = {file.parent.name for file in source.rglob("*.py") if "from flaat" in file.read_text()}
    assert importers == {"identity"}
