"""The server: wiring, and the transaction around each request."""

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import App
    from .config import Settings


def create_app(settings: "Settings | None" = None) -> "App":
    """The WSGI application. Without settings they are read from the environment. Raises SettingsError."""
    from . import app, config

    settings = settings or config.from_environment()
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return app.build(settings)
