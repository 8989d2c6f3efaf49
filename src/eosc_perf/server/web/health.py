"""For supervisors: is the process up, and can it serve?"""

from flask import Flask, Response, current_app

from .. import migrations
from .problems import problem


def init_app(app: Flask) -> None:
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


def readyz() -> Response:
    """The database is reachable and has all migrations. A database that is away is a 503 of its own."""
    if migrations.pending(current_app.extensions["engine"]):
        return problem(
            503, "Not ready", "The database lacks migrations. Run `eosc-perf db upgrade`.", retry_after=5
        )
    return Response("ready\n", mimetype="text/plain")
