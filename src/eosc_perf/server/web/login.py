"""Logging in and out with a browser. What fails ends on the first page, as `/?login_error=<code>`.

Codes: `denied` (by the person or the provider), `expired` (took too long, or was begun in another browser),
`unavailable` (the provider is away), `failed` (its answer was not as it should be), `not-configured`.
"""

import logging

from flask import Blueprint, jsonify, redirect, request
from werkzeug.wrappers import Response

from ..identity import browser, viewer
from ..identity.guards import home
from ..identity.provider import Away
from ..identity.trust import trust

log = logging.getLogger(__name__)

blueprint = Blueprint("login", __name__, url_prefix="/auth")


@blueprint.get("/login")
def login() -> Response:
    """Send the browser to the identity provider, and later to the page `next`."""
    if not trust().settings.oidc_issuer:
        return _failed("not-configured")
    attempt = browser.Attempt.begin(request.args.get("next", "/"))
    try:
        response = _go(browser.authorization_url(attempt, home(), trust()))
    except Away:
        return _failed("unavailable")
    browser.set_cookie(response, "login", attempt.to_cookie(), seconds=browser.ATTEMPT_SECONDS)
    return response


@blueprint.get("/callback")
def callback() -> Response:
    """The provider sends the browser back: with a code, or with an error."""
    attempt = browser.Attempt.from_cookie(request.cookies.get(browser.cookie_name("login"), ""))
    if "error" in request.args:
        return _failed("denied")
    if attempt is None or not attempt.is_of(request.args.get("state", "")):
        return _failed("expired")
    try:
        person = browser.redeem(request.args.get("code", ""), attempt, home(), trust())
    except Away:
        return _failed("unavailable")
    except Exception as error:
        log.warning("a login failed: %s", type(error).__name__)  # its text may carry personal data
        return _failed("failed")
    response = _go(browser.within_site(attempt.next))
    browser.open_session(person, response)
    browser.set_cookie(response, "login", "", seconds=0)
    return response


@blueprint.get("/session")
def session() -> Response:
    """Whom the web interface talks to. 200 for nobody too: browsers report a 401 as an error of the page."""
    someone = viewer()
    return jsonify(
        logged_in=someone.sub is not None,
        registered=someone.user is not None,
        email=someone.user.email if someone.user else someone.email,
        is_admin=someone.is_admin,
    )


@blueprint.post("/logout")
def logout() -> Response:
    """Forget the login, here and in the browser."""
    browser.end_session()
    response = _go("/")
    browser.set_cookie(response, "session", "", seconds=0)
    return response


def _failed(code: str) -> Response:
    log.info("a login ended: %s", code)
    response = _go(f"/?login_error={code}")
    browser.set_cookie(response, "login", "", seconds=0)
    return response


def _go(where: str) -> Response:
    response = redirect(where, 303)
    response.headers["Cache-Control"] = "no-store"
    return response
