"""The OpenAPI document and its page. flask-openapi collects what the routes say; here it is made whole."""

import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import flask_openapi_swagger
from flask import Blueprint, Flask, Response, current_app, send_from_directory
from flask_openapi.openapi import OpenAPI
from pydantic import BaseModel, ConfigDict, Field

from ..config import Settings
from .access import POLICY, anyone, who
from .paging import PartialPage

DESCRIPTION = """
Results of real benchmarks on research clouds and HPC centres: search, compare, submit.

Reading is public. Writing takes a bearer token of a trusted OpenID Connect provider whose person is
*registered* (`POST /users:register`); admins carry an entitlement. Errors are problem documents (RFC 9457).
A POST with an `Idempotency-Key` header that is repeated answers with the first result instead of making a
second one.
"""
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
PATH_PARAMETER = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Up to 255 printable ASCII characters. A repeated request with the same key answers with "
    "the first result; keys are kept for 48 hours.",
    "schema": {"type": "string", "maxLength": 255, "pattern": "^[!-~]+$"},
}
STATUS_TEXTS = {
    "400": "The body is not readable.",
    "401": "No token or session, or one that is not valid.",
    "403": "Not registered, or not allowed.",
    "404": "There is no such thing, or the caller may not see it.",
    "409": "This contradicts what is stored.",
    "413": "The body is too long.",
    "422": "A parameter or the body is wrong; `errors` says where.",
    "503": "The database is away or the question takes too long; see `Retry-After`.",
}


class ProblemError(BaseModel):
    """One mistake."""

    model_config = ConfigDict(extra="forbid")
    detail: str
    pointer: str | None = Field(None, description="RFC 6901 pointer into the body.")
    parameter: str | None = Field(None, description="Name of the parameter.")


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "Invalid",
                "status": 422,
                "detail": "There is no such parameter.",
                "errors": [{"detail": "There is no such parameter.", "parameter": "colour"}],
            }
        },
    )
    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemError] | None = None


def options(settings: Settings) -> dict[str, Any]:
    """Arguments for the OpenAPI app."""
    return {
        "info": {
            "title": "EOSC-Performance",
            "version": version("eosc-perf"),
            "description": DESCRIPTION.strip(),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": url} for url in settings.api_servers],
        "security_schemes": {
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "JWT",
                "description": "An access token of a trusted OpenID Connect provider.",
            },
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": "session" if settings.demo else "__Host-session",
                "description": "A browser login.",
            },
        },
        "validation_error_model": Problem,
        "doc_ui": False,
    }


def init_app(app: OpenAPI) -> None:
    pages = Blueprint("openapi", __name__, url_prefix="/api/v1")
    pages.add_url_rule("/api-spec.json", "document", lambda: current_app.json.response(document(app)))
    pages.add_url_rule("/openapi.json", "alias", lambda: current_app.json.response(document(app)))
    pages.add_url_rule("/", "page", lambda: Response(PAGE, mimetype="text/html"))
    pages.add_url_rule("/swagger/start.js", "start", lambda: Response(START, mimetype="text/javascript"))
    pages.add_url_rule("/swagger/<path:name>", "file", lambda name: send_from_directory(SWAGGER, name))
    app.register_blueprint(pages)


def document(app: OpenAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document: every parameter, member, error and permission."""
    made: dict[str, Any] | None = app.extensions.get("openapi-document")
    if made is None:
        made = app.api_doc
        made["paths"] = dict(sorted(made["paths"].items()))
        permissions = permissions_by_operation(app)
        for path, operations in made["paths"].items():
            for method, operation in operations.items():
                complete(path, method, operation, permissions[operation["operationId"]])
        schemas = made["components"]["schemas"]
        schemas["PartialPage"] = PartialPage.model_json_schema()
        for schema in schemas.values():
            schema.pop("$defs", None)
        made["components"]["schemas"] = dict(sorted(schemas.items()))
        app.extensions["openapi-document"] = made
    return made


def permissions_by_operation(app: Flask) -> dict[str, str]:
    """Which permission guards each operation, by the name of its view."""
    return {
        endpoint.rpartition(".")[2]: view.permission
        for endpoint, view in app.view_functions.items()
        if hasattr(view, "permission")
    }


def complete(path: str, method: str, operation: dict[str, Any], permission: str) -> None:
    """Add what every operation of this API has in common."""
    public = POLICY[permission] is anyone
    has_id, has_body = "{id}" in path, "requestBody" in operation
    operation["description"] = " ".join(
        part for part in (operation.get("description"), f"For {who(permission)}.") if part
    )
    operation["security"] = [{"bearer": []}, {"session": []}] + ([{}] if public else [])
    parameters = operation.setdefault("parameters", [])
    if has_id:
        parameters.insert(0, PATH_PARAMETER)
    if method == "post" and operation["responses"].get("201"):
        parameters.append(IDEMPOTENCY_KEY)
    if not parameters:
        del operation["parameters"]
    statuses = {"401", "422", "503"}
    statuses |= {"403"} if not public else set()
    statuses |= {"404"} if has_id or operation["operationId"] in {"get_self", "submit_result"} else set()
    statuses |= {"409"} if method in {"post", "put", "delete"} else set()
    statuses |= {"400", "413"} if has_body else set()
    for status in sorted(statuses):
        operation["responses"][status] = {
            "description": STATUS_TEXTS[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    if has_body and permission.endswith((":review", ":decide")):
        operation["requestBody"]["required"] = False
    widen_page(operation["responses"].get("200", {}))


def widen_page(response: dict[str, Any]) -> None:
    """A list may be asked for some members only (`fields=`): then its items lack the others."""
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    if re.search(r"Page$", schema.get("$ref", "")):
        response["content"]["application/json"]["schema"] = {
            "anyOf": [schema, {"$ref": "#/components/schemas/PartialPage"}]
        }
