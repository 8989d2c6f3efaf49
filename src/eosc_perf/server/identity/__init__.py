"""Who is asking: browsers by a session cookie, scripts by a bearer token. The one door for identity."""

import logging
import os

from flask import Flask

from ..config import SWITCHED_OFF_CHECKS, Settings, SettingsError
from . import guards
from .asking import ANYONE, Viewer, viewer
from .trust import make

__all__ = ["ANYONE", "Viewer", "init_app", "viewer"]


def init_app(app: Flask, settings: Settings) -> None:
    """Raises SettingsError when the environment would switch off checks, or an issuer has no https."""
    from ..web.login import blueprint

    if any(name.startswith(SWITCHED_OFF_CHECKS) for name in os.environ):
        raise SettingsError("An environment variable switches off all checks of identity: unset it.")
    app.extensions["identity"] = make(settings)
    app.before_request(guards.refuse_cross_site)
    app.register_blueprint(blueprint)
    logging.getLogger("flaat").setLevel(logging.ERROR)  # its other messages carry personal data
