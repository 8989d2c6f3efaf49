"""Headers on every answer: what browsers may do with it, and which other origins may read it."""

from flask import Flask, Response, request
from flask_cors import CORS

from ..config import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def init_app(app: Flask, settings: Settings) -> None:
    if settings.cors_origins:
        CORS(
            app,
            resources={r"/api/.*": {"origins": list(settings.cors_origins)}},
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key"],
            expose_headers=["ETag", "Link", "Retry-After"],
            max_age=3600,
        )

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if settings.public_url.startswith("https:"):
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.path.startswith(("/api/", "/auth/")):
            response.headers.setdefault("Cache-Control", "no-store" if personal() else "no-cache")
            response.vary.update(("Authorization", "Cookie"))
        if unread():
            response.headers["Connection"] = "close"
        return response


def personal() -> bool:
    """Whether the answer may be for the eyes of one person."""
    return "Authorization" in request.headers or bool(request.cookies) or request.path.startswith("/auth/")


def unread() -> bool:
    """Whether the request has a body that nobody read: the server hangs up then, and must say so."""
    has_body = bool(request.content_length) or "Transfer-Encoding" in request.headers
    return has_body and not hasattr(request, "_cached_data")
