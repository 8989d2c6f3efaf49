"""The Flask application: what is registered, and the transaction around each request."""

from threading import BoundedSemaphore
from typing import Any

from flask import g
from flask.typing import ResponseReturnValue
from flask_openapi.openapi import OpenAPI
from sqlalchemy import Engine

from . import db, identity
from .benchmarks.routes import api as benchmarks
from .claims.routes import api as claims
from .config import Settings
from .find.routes import api as find
from .flavors.routes import api as flavors
from .moderation.routes import api as moderation
from .replicas import Reads
from .results.reading import AtHand
from .results.routes import api as results
from .sites.routes import api as sites
from .tags.routes import api as tags
from .users.routes import api as users
from .web import headers, health, metrics, openapi, problems, ui
from .web.cache import Cache
from .web.info import api as info


class App(OpenAPI):
    """Flask, with one transaction a request: commit when the view returned, roll back when it raised.

    The commit is inside `dispatch_request`: a constraint that breaks at commit reaches the error handlers.
    """

    def dispatch_request(self) -> ResponseReturnValue:
        try:
            answer: Any = self.make_response(super().dispatch_request())
            if not g.get("roll_back"):
                db.commit()
        finally:
            db.close()
        return answer  # type: ignore[no-any-return]

    @property
    def settings(self) -> Settings:
        return self.extensions["settings"]  # type: ignore[no-any-return]

    @property
    def engine(self) -> Engine:
        return self.extensions["engine"]  # type: ignore[no-any-return]


def build(settings: Settings) -> App:
    app = App("eosc_perf.server", static_folder=None, **openapi.options(settings))
    app.openapi_version = "3.1.0"
    app.url_map.strict_slashes = False
    app.extensions["settings"] = settings
    app.extensions["engine"] = db.connect(settings)
    replicas = [db.connect(settings, url) for url in settings.database_replica_urls]
    app.extensions["reads"] = Reads(app.engine, replicas)
    app.extensions["benchmarks"] = AtHand()
    app.extensions["answers"] = Cache(settings.answer_cache_bytes)
    app.extensions["exports"] = BoundedSemaphore(max(1, settings.db_pool_size // 2))
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    problems.init_app(app)
    metrics.init_app(app)
    identity.init_app(app, settings)
    headers.init_app(app, settings)
    for api in (info, find, results, benchmarks, sites, flavors, tags, claims, users, moderation):
        app.register_api(api)
    openapi.init_app(app)
    health.init_app(app)
    ui.init_app(app, settings)
    return app
