"""The app in this process, with one more route that tells whom it takes us for."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, jsonify

from eosc_perf.server import create_app
from eosc_perf.server.config import Settings
from eosc_perf.server.identity import viewer


def who() -> object:
    seen = viewer()
    return jsonify(
        by=seen.by,
        iss=seen.iss,
        sub=seen.sub,
        email=seen.email,
        email_verified=seen.email_verified,
        entitlements=seen.entitlements,
        registered=seen.user is not None,
        is_admin=seen.is_admin,
    )


@contextmanager
def application(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.add_url_rule("/who", view_func=who, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    yield app
    app.extensions["engine"].dispose()
    app.extensions["identity"].pool.shutdown(wait=False)
