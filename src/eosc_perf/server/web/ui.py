"""The built web interface: files with hashed names for ever, everything else is the page itself."""

from pathlib import Path

from flask import Flask, Response, send_from_directory
from werkzeug.exceptions import NotFound

from ..config import Settings

NOT_PAGES = ("api/", "auth/", "assets/", "healthz", "readyz", "metrics")
A_YEAR = 365 * 24 * 3600


def init_app(app: Flask, settings: Settings) -> None:
    folder = find(settings)
    if folder is None:
        app.logger.warning("the web interface is not built: run `make ui`")
        return

    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    def page(path: str = "") -> Response:
        if path in files:
            hashed = path.startswith("assets/")
            response = send_from_directory(folder, path, max_age=A_YEAR if hashed else 3600)
            if hashed:
                response.cache_control.immutable = True
            return response
        if path.startswith(NOT_PAGES):
            raise NotFound
        response = send_from_directory(folder, "index.html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    app.add_url_rule("/", "page", page)
    app.add_url_rule("/<path:path>", "page", page)


def find(settings: Settings) -> Path | None:
    """The folder with index.html: the configured, the packaged, or the one built in the repository."""
    here = Path(__file__)
    candidates = (
        [Path(settings.ui_folder)]
        if settings.ui_folder
        else [here.parent / "static" / "ui", here.parents[4] / "ui" / "dist"]
    )
    return next((each.resolve() for each in candidates if (each / "index.html").is_file()), None)
