"""The built web interface: files with hashed names for ever, everything else is the page itself."""

import os
from pathlib import Path

from flask import Flask, Response, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.routing import PathConverter
from werkzeug.security import safe_join

from ..config import Settings

NOT_PAGES = ("api/", "auth/", "healthz", "readyz", "metrics")
A_YEAR = 365 * 24 * 3600


class PagePath(PathConverter):
    """A path that is none of the service: what is not there must be 404 for all methods, never 405."""

    regex = rf"(?!{'|'.join(NOT_PAGES)})[^/].*?"


def init_app(app: Flask, settings: Settings) -> None:
    folder = find(settings)
    if folder is None:
        app.logger.warning("the web interface is not built: run `make ui`")
        return

    def page(path: str = "") -> Response:
        if path and is_file(folder, path):
            hashed = path.startswith("assets/")
            response = send_from_directory(folder, path, max_age=A_YEAR if hashed else 3600)
            if hashed:
                response.cache_control.immutable = True
            return response
        if path.startswith("assets/"):
            raise NotFound
        response = send_from_directory(folder, "index.html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    app.url_map.converters["page"] = PagePath
    app.add_url_rule("/", "page", page)
    app.add_url_rule("/<page:path>", "page", page)


def is_file(folder: Path, path: str) -> bool:
    """Whether the folder holds such a file now; it may have been built anew since the server started."""
    inside = safe_join(str(folder), path)
    return inside is not None and os.path.isfile(inside)  # False for what can be no path at all


def find(settings: Settings) -> Path | None:
    """The folder with index.html: the configured, the packaged, or the one built in the repository."""
    here = Path(__file__)
    candidates = (
        [Path(settings.ui_folder)]
        if settings.ui_folder
        else [here.parent / "static" / "ui", here.parents[4] / "ui" / "dist"]
    )
    return next((each.resolve() for each in candidates if (each / "index.html").is_file()), None)
