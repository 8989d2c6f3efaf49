"""The demo's identity provider: `oidc-provider-mock` on loopback, with four people who need no password."""

import json
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from .. import processes

CLIENT_ID = "eosc-perf-demo"
CLIENT_SECRET = "demo"  # noqa: S105  # the provider takes any
ADMIN_ENTITLEMENT = "urn:mace:egi.eu:group:eosc-perf.example:role=admin#demo"
SCOPE = "openid profile email voperson_id eduperson_entitlement"


def person(name: str, *, entitlements: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "sub": name,
        "name": f"Demo {name}",
        "email": f"{name}@example.org",
        "email_verified": True,
        "eduperson_entitlement": list(entitlements),
    }


REGISTERED = (person("user"), person("other"), person("admin", entitlements=(ADMIN_ENTITLEMENT,)))
PEOPLE = (*REGISTERED, person("newcomer"))


@contextmanager
def running(port: int, *, log: Path | None = None) -> Iterator[str]:
    """The issuer's address while the provider runs."""
    claims = [part for each in PEOPLE for part in ("--user-claims", json.dumps(each))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims]
    ready = partial(processes.listens, port)
    with processes.running(command, name="The identity provider", ready=ready, log=log):
        yield f"http://127.0.0.1:{port}"


def access_token(issuer: str, name: str) -> str:
    """Log in as the person `name` by the authorization-code flow, as a browser would."""
    redirect = "http://127.0.0.1/callback"
    asked = {
        "client_id": CLIENT_ID,
        "response_type": "code",
        "redirect_uri": redirect,
        "scope": SCOPE,
        "state": secrets.token_urlsafe(),
    }
    with httpx.Client(trust_env=False, timeout=10) as client:
        endpoints = client.get(f"{issuer}/.well-known/openid-configuration").raise_for_status().json()
        answer = client.post(endpoints["authorization_endpoint"], params=asked, data={"sub": name})
        returned = parse_qs(urlsplit(answer.headers.get("location", "")).query)
        if returned.get("state") != [asked["state"]] or "code" not in returned:
            raise processes.Failed(f"The identity provider at {issuer} did not log {name} in.")
        grant = {"grant_type": "authorization_code", "code": returned["code"][0], "redirect_uri": redirect}
        secret = (CLIENT_ID, CLIENT_SECRET)
        tokens = client.post(endpoints["token_endpoint"], data=grant, auth=secret).raise_for_status().json()
    return str(tokens["access_token"])
