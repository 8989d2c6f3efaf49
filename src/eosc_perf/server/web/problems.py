"""Errors as problem documents (RFC 9457). No text of the database, of a library or of the stack goes out."""

import logging
from collections.abc import Iterable

import orjson
from flask import Flask, Response, request
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from ..errors import Conflict, Invalid, NotFound, Refusal, Unavailable
from .faults import Fault, Faults

log = logging.getLogger(__name__)

BROKEN_PROMISES: dict[str, str] = {
    "uq_site_name": "A site with this name exists or waits for review.",
    "uq_flavor_site_id_name": "A flavor with this name exists at this site or waits for review.",
    "uq_benchmark_docker_image_docker_tag": "A benchmark with this image and tag exists or waits for review.",
    "uq_tag_name": "A tag with this name exists.",
    "uq_user_iss_sub": "You are registered already.",
    "fk_result_benchmark_id": "Results depend on this benchmark, or it was just removed.",
    "fk_result_flavor_id_site_id": "Results depend on this flavor, or it was just removed.",
    "fk_result_site_id": "Results depend on this site, or it was just removed.",
    "fk_flavor_site_id": "Flavors depend on this site, or it was just removed.",
    "fk_result_tag_tag_id": "One of the tags was just removed. Choose the tags again.",
}
"""What a broken database constraint means to the person whose request broke it."""

QUERY_CANCELED, LOCK_NOT_AVAILABLE, SERIALIZATION, DEADLOCK = "57014", "55P03", "40001", "40P01"
RETRY_SECONDS = 5


def problem(
    status: int, title: str, detail: str, *, faults: Iterable[Fault] = (), retry_after: int | None = None
) -> Response:
    """A problem document; `errors` says which parameter or which place in the body is wrong."""
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    errors = [
        {
            "detail": fault.detail,
            **({"pointer": fault.pointer} if fault.pointer is not None else {}),
            **({"parameter": fault.parameter} if fault.parameter is not None else {}),
        }
        for fault in faults
    ]
    if errors or status == Invalid.status:
        body["errors"] = errors
    response = Response(orjson.dumps(body), status, mimetype="application/problem+json")
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def of_refusal(error: Refusal) -> Response:
    return problem(
        error.status, error.title, error.detail, faults=error.faults, retry_after=error.retry_after
    )


def of_faults(error: Faults) -> Response:
    faults = error.faults
    detail = faults[0].detail if len(faults) == 1 else f"{len(faults)} things are wrong; see errors."
    return problem(Invalid.status, Invalid.title, detail, faults=faults)


def of_http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    longest = request.max_content_length or 0
    details = {
        404: "There is nothing at this address.",
        413: f"This is too long: {longest / 1024**2:g} MiB are the most.",
    }
    response = problem(error.code, error.name, details.get(error.code, error.description or error.name))
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def of_database(error: DBAPIError) -> Response:
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error, IntegrityError):
        name = getattr(getattr(error.orig, "diag", None), "constraint_name", None) or ""
        if name in BROKEN_PROMISES:
            return of_refusal(Conflict(BROKEN_PROMISES[name]))
        log.error("constraint %s was broken", name, exc_info=error)
        return of_refusal(
            Conflict("This contradicts what is stored; it may have changed meanwhile. Try again.")
        )
    if state == QUERY_CANCELED:
        return of_refusal(
            Unavailable(
                "The question took too long to answer. Narrow it down: choose a benchmark, or filter and "
                "sort by a field that the benchmark declares.",
                retry_after=RETRY_SECONDS,
            )
        )
    if state in {LOCK_NOT_AVAILABLE, SERIALIZATION, DEADLOCK}:
        return of_refusal(Unavailable("Somebody else changes the same thing. Try again.", retry_after=1))
    if isinstance(error, OperationalError) or error.connection_invalidated:
        log.warning("the database is away: %s", type(error.orig).__name__)
        return database_away()
    log.error("database error", exc_info=error)
    return problem(500, "Internal error", "Something went wrong here; it was logged. Try again later.")


def database_away() -> Response:
    return of_refusal(Unavailable("The database can't be reached right now.", retry_after=RETRY_SECONDS))


def of_pool_timeout(error: TimeoutError) -> Response:
    log.warning("no database connection was free")
    return of_refusal(Unavailable("Too many requests at once. Try again.", retry_after=1))


def of_stale_data(error: StaleDataError) -> Response:
    return of_refusal(Conflict("Somebody else removed this meanwhile."))


def of_anything(error: Exception) -> Response:
    log.error("unhandled error", exc_info=error)
    return problem(500, "Internal error", "Something went wrong here; it was logged. Try again later.")


PLAIN_WORDS = {
    "dict_type": "This must be an object.",
    "uuid_parsing": "This is not an id.",
    "too_long": "At most {max_length} of these are possible.",
}
"""What people understand instead of Pydantic's words."""


def of_validation(error: ValidationError, *, in_query: bool) -> Faults:
    """Pydantic's errors in our form: parameters by name, body members by pointer."""
    faults = []
    for each in error.errors(include_url=False, include_input=False):
        location = [str(part) for part in each["loc"]]
        message = each["msg"].removeprefix("Value error, ")
        if each["type"] in PLAIN_WORDS:
            message = PLAIN_WORDS[each["type"]].format(**each.get("ctx", {}))
        if each["type"] == "extra_forbidden":
            message = "There is no such parameter." if in_query else "There is no such member."
        if in_query:
            faults.append(Fault(message, parameter=(location or [""])[0][:100]))
        else:
            pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in location)
            faults.append(Fault(message, pointer=pointer[:300]))
    return Faults(faults)


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, of_refusal)
    app.register_error_handler(Faults, of_faults)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(DBAPIError, of_database)
    app.register_error_handler(TimeoutError, of_pool_timeout)
    app.register_error_handler(StaleDataError, of_stale_data)
    app.register_error_handler(Exception, of_anything)


def not_found(what: str) -> NotFound:
    return NotFound(f"There is no {what} with this id.")
