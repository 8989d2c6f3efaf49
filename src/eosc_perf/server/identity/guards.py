"""Requests that another site makes a browser send."""

from urllib.parse import urlsplit

from flask import request

from ..errors import Forbidden
from .browser import cookie_name
from .trust import trust

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def refuse_cross_site() -> None:
    """Raise Forbidden when a cookie would authenticate a change that our own pages did not ask for.

    Browsers tell by Sec-Fetch-Site; old ones, and plain http, by Origin. Bearer tokens need no such check: no
    browser adds them by itself.
    """
    if request.method in SAFE_METHODS or "HTTP_AUTHORIZATION" in request.environ:
        return
    if cookie_name("session") not in request.cookies:
        return
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site == "same-origin" or (site == "none" and request.headers.get("Origin") in own_origins()):
        return
    raise Forbidden("Another site tried to change something in your name. Reload this page and try again.")


def own_origins() -> set[str]:
    settings = trust().settings
    origins = {origin(settings.public_url)}
    return {*origins, origin(request.host_url)} if settings.demo else origins


def home() -> str:
    """This site's address as the browser knows it: people type localhost or 127.0.0.1 for a demo."""
    settings = trust().settings
    return request.host_url.rstrip("/") if settings.demo else settings.public_url.rstrip("/")


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
