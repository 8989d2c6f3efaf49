"""The page that shows the OpenAPI document: Swagger UI from its package, served by us."""

from pathlib import Path

import flask_openapi_swagger
from flask import Blueprint, Flask, Response, send_from_directory

SWAGGER = Path(flask_openapi_swagger.__file__).parent / "templates" / "swagger"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>EOSC-Performance API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="swagger/css/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="swagger/js/swagger-ui-bundle.js"></script><script src="swagger/start.js"></script></body>
</html>
"""
START = """window.ui = SwaggerUIBundle({url: "api-spec.json", dom_id: "#swagger-ui", deepLinking: true,
  persistAuthorization: false, presets: [SwaggerUIBundle.presets.apis]});
"""


def init_app(app: Flask) -> None:
    pages = Blueprint("swagger", __name__, url_prefix="/api/v1")
    pages.add_url_rule("/", "page", lambda: Response(PAGE, mimetype="text/html"))
    pages.add_url_rule("/swagger/start.js", "start", lambda: Response(START, mimetype="text/javascript"))
    pages.add_url_rule("/swagger/<path:name>", "file", lambda name: send_from_directory(SWAGGER, name))
    app.register_blueprint(pages)
