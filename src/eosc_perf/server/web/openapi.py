"""The OpenAPI document. flask-openapi collects what the routes say; here it is made whole."""

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Flask, current_app
from flask_openapi.openapi import OpenAPI
from pydantic import BaseModel, ConfigDict, Field

from ..benchmarks import queries as benchmarks
from ..claims import queries as claims
from ..config import Settings
from ..errors import Refusal
from ..flavors import queries as flavors
from ..moderation import queue
from ..results import queries as results
from ..results import sorting
from ..sites import queries as sites
from ..tags import queries as tags
from ..users import queries as users
from . import swagger
from .access import POLICY, anyone, authenticated, who
from .paging import MOST_SORT_KEYS, PartialPage

Json = dict[str, Any]

DESCRIPTION = """
Results of real benchmarks on research clouds and HPC centres: search, compare, submit.

Reading is public. Writing takes a bearer token of a trusted OpenID Connect provider whose person is
*registered* (`POST /users:register`); admins carry an entitlement. Errors are problem documents (RFC 9457).
A POST with an `Idempotency-Key` header that is repeated answers with the first result instead of making a
second one.
"""
PATH_PARAMETER: Json = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Id of the thing that the path names.",
    "schema": {"type": "string", "format": "uuid", "examples": ["0b8f63a5-2f29-4a2c-8a35-c4c04ba5d3f1"]},
}
IDEMPOTENCY_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Up to 255 printable ASCII characters without blanks. A repeated request with the same "
    "key answers with the first result; keys are kept for 48 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}
ETAG: Json = {
    "description": "On public answers. Send it back as `If-None-Match`.",
    "schema": {"type": "string"},
}
NEXT: Json = {
    "description": '`<address>; rel="next"`: the following results, by a cursor. Left out on the last page.',
    "schema": {"type": "string"},
}
ERROR_HEADERS: dict[str, Json] = {
    "401": {"WWW-Authenticate": {"required": True, "schema": {"type": "string", "const": "Bearer"}}},
    "503": {
        "Retry-After": {
            "required": True,
            "description": "In seconds.",
            "schema": {"type": "integer", "minimum": 1},
        }
    },
}
STATUS_TEXTS = {
    "304": "Nothing has changed since the answer with this `ETag`.",
    "400": "The body is not readable.",
    "401": "No token or session, or one that is not valid.",
    "403": "Not registered, or not allowed.",
    "404": "There is no such thing, or the caller may not see it.",
    "409": "This contradicts what is stored.",
    "413": "The body is too long.",
    "422": "A parameter or the body is wrong, or it is too late for this; `errors` says where.",
    "503": "The database or the identity provider is away, or the question takes too long.",
}
TITLES = {str(each.status): each.title for each in Refusal.__subclasses__()} | {
    "413": "Request Entity Too Large"
}
REFERRING = {"get_self", "submit_result"}
"""Operations without an id in the path that still may miss what they are about: 404."""
SORT_KEYS: dict[str, Iterable[str]] = {
    "benchmarks": benchmarks.SORTABLE,
    "sites": sites.SORTABLE,
    "flavors": flavors.SORTABLE,
    "tags": tags.SORTABLE,
    "users": users.SORTABLE,
    "claims": claims.SORTABLE,
    "results": [*sorting.KEYS],
    "list_own_results": results.OWN_SORTABLE,
    "reports": queue.SORTABLE,
    "list_own_submits": queue.SORTABLE,
    "list_events": queue.EVENTS_SORTABLE,
}
"""What lists can be sorted by, by the operation or else by its section."""


class ProblemError(BaseModel):
    """One mistake."""

    model_config = ConfigDict(extra="forbid")
    detail: str
    pointer: str | None = Field(None, description="RFC 6901 pointer into the body.")
    parameter: str | None = Field(None, description="Name of the parameter or header.")


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
    errors: list[ProblemError] | None = Field(None, description="Always there with 422.")


def options(settings: Settings) -> Json:
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
    app.register_blueprint(pages)
    swagger.init_app(app)


def document(app: OpenAPI) -> Json:
    """The OpenAPI 3.1 document: every parameter, member, error and permission."""
    made: Json | None = app.extensions.get("openapi-document")
    if made is None:
        made = app.api_doc
        made["paths"] = dict(sorted(made["paths"].items()))
        schemas = made["components"]["schemas"]
        schemas["PartialPage"] = PartialPage.model_json_schema()
        permissions = permissions_by_operation(app)
        for path, operations in made["paths"].items():
            for method, operation in operations.items():
                complete(path, method, operation, permissions[operation["operationId"]], schemas)
        asked = {name for each in operations_of(made) for name in named_in(each.get("requestBody", {}))}
        for name, schema in schemas.items():
            schema.pop("$defs", None)
            if name not in asked:
                leave_out_nulls(schema)
        made["components"]["schemas"] = dict(sorted(schemas.items()))
        app.extensions["openapi-document"] = made
    return made


def operations_of(made: Json) -> Iterator[Json]:
    for operations in made["paths"].values():
        yield from operations.values()


def permissions_by_operation(app: Flask) -> dict[str, str]:
    """Which permission guards each operation, by the name of its view."""
    return {
        endpoint.rpartition(".")[2]: view.permission
        for endpoint, view in app.view_functions.items()
        if hasattr(view, "permission")
    }


def complete(path: str, method: str, operation: Json, permission: str, schemas: Json) -> None:
    """Add what every operation of this API has in common."""
    rule, name = POLICY[permission], operation["operationId"]
    public, writes = rule is anyone, method in {"post", "put", "delete"}
    has_id, has_body = "{id}" in path, "requestBody" in operation
    del operation["deprecated"]
    operation["description"] = " ".join(
        part for part in (operation.get("description"), f"For {who(permission)}.") if part
    )
    operation["x-permission"] = permission
    operation["security"] = [{"bearer": []}, {"session": []}] + ([{}] if public else [])
    operation["parameters"] = [
        *([PATH_PARAMETER] if has_id else []),
        *(parameter(each, operation) for each in operation.get("parameters", [])),
        *([IDEMPOTENCY_KEY] if method == "post" and rule not in {anyone, authenticated} else []),
    ]
    statuses = {"401", "422", "503"}
    statuses |= set() if public else {"403"}
    statuses |= {"404"} if has_id or name in REFERRING else set()
    statuses |= {"409"} if writes else set()
    statuses |= {"400", "413"} if has_body else set()
    operation["responses"] |= {status: error(status) for status in sorted(statuses)}
    if has_body:
        complete_body(operation["requestBody"], schemas)
    if public and method == "get":
        operation["responses"]["304"] = {"description": STATUS_TEXTS["304"]}
        operation["responses"]["200"]["headers"] = {"ETag": ETAG}
    if name in {"list_results", "search_results"}:
        operation["responses"]["200"]["headers"]["Link"] = NEXT
    if any("csv" in each["schema"].get("enum", ()) for each in operation["parameters"]):
        operation["responses"]["200"]["content"].setdefault("text/csv", {"schema": {"type": "string"}})
    operation["responses"] = dict(sorted(operation["responses"].items()))
    widen_page(operation["responses"].get("200", {}))


def error(status: str) -> Json:
    content: Json = {"schema": {"$ref": "#/components/schemas/Problem"}}
    if status != "422":
        detail = STATUS_TEXTS[status]
        content["example"] = {
            "type": "about:blank",
            "title": TITLES[status],
            "status": int(status),
            "detail": detail,
        }
    answer: Json = {"description": STATUS_TEXTS[status], "content": {"application/problem+json": content}}
    return answer | ({"headers": ERROR_HEADERS[status]} if status in ERROR_HEADERS else {})


def parameter(given: Json, operation: Json) -> Json:
    """A query parameter: what it means beside its schema, and without nulls, which an address can't hold."""
    schema = leave_out_nulls({"properties": {"it": given["schema"]}})["properties"]["it"]
    schema = {name: value for name, value in schema.items() if name not in {"title", "description"}}
    made = {**given, "schema": schema}
    if given["name"] == "sort_by":
        keys = list(SORT_KEYS.get(operation["operationId"]) or SORT_KEYS[operation["tags"][0]])
        made["description"] += f" Keys: {', '.join(f'`{key}`' for key in keys)}."
        schema["pattern"] = sort_pattern(keys)
        schema.setdefault("examples", [f"-{keys[0]}"])
    for example in schema.get("examples", [])[:1]:  # Swagger UI doesn't show them
        shown = example[0] if isinstance(example, list) else example
        made["description"] += f" Example: `{shown}`."
    return made


def sort_pattern(keys: Iterable[str]) -> str:
    key = "|".join(r"json(\.[^.,]+)+" if key == "json.<path>" else key for key in keys)
    return f"^([+ -]({key})(,[+ -]({key})){{0,{MOST_SORT_KEYS - 1}}})?$"


def complete_body(body: Json, schemas: Json) -> None:
    """A body's example from those of its members. It may be left out if no member is required."""
    for content in body["content"].values():
        name = next(named_in(content), None)
        if name:
            body["required"] = bool(schemas[name].get("required"))
            members = schemas[name]["properties"].items()
            example = {member: each["examples"][0] for member, each in members if each.get("examples")}
            content.setdefault("example", example)


def named_in(part: Any) -> Iterator[str]:
    """Names of the component schemas that a part of the document refers to."""
    yield from re.findall(r"#/components/schemas/(\w+)", str(part))


def leave_out_nulls(schema: Json) -> Json:
    """Optional members without a value are left out, never null."""
    for name, each in schema.get("properties", {}).items():
        if len(each.get("anyOf", ())) == 2 and {"type": "null"} in each["anyOf"]:
            [kind] = [one for one in each["anyOf"] if one != {"type": "null"}]
            rest = {key: value for key, value in each.items() if key != "anyOf"}
            schema["properties"][name] = {**kind, **rest}
    return schema


def widen_page(response: Json) -> None:
    """A list may be asked for some members only (`fields=`): then its items lack the others."""
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    if re.search(r"Page$", schema.get("$ref", "")):
        response["content"]["application/json"]["schema"] = {
            "anyOf": [schema, {"$ref": "#/components/schemas/PartialPage"}]
        }
