"""Every error is a problem document of one shape, and tells nothing of what is inside."""

from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest
from factories import a_site
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import default_exceptions
from who import application

from eosc_perf.server.config import Settings
from eosc_perf.server.errors import Refusal
from eosc_perf.server.web.faults import Fault, Faults

SECRET = "postgresql://somebody:password@inside/table"
NOBODY = "00000000-0000-4000-8000-000000000000"
REFUSED: list[tuple[int, str, str, str, dict[str, Any]]] = [
    (404, "client", "GET", "/nothing", {}),
    (404, "client", "GET", "/sites/nothing", {}),
    (404, "client", "GET", f"/sites/{NOBODY}", {}),
    (405, "client", "PATCH", "/sites", {}),
    (401, "client", "POST", "/sites", {"json": {}}),
    (401, "client", "GET", "/sites", {"headers": {"Authorization": "Bearer nonsense"}}),
    (403, "newcomer", "POST", "/sites", {"json": {}}),
    (403, "user", "GET", "/users", {}),
    (413, "user", "POST", "/sites", {"content": b" " * 1024 * 1024 + b"{}"}),
    (422, "user", "POST", "/sites", {"content": b"{"}),
    (422, "user", "POST", "/sites", {"json": {"name": "x"}}),
    (422, "client", "GET", "/sites", {"params": {"page": "x", "colour": "blue"}}),
]


@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: " ".join(map(str, refused[:4])))
def test_every_refusal_is_a_problem_document(
    refused: tuple[int, str, str, str, dict[str, Any]], request: pytest.FixtureRequest
) -> None:
    status, who, method, path, given = refused
    person: httpx.Client = request.getfixturevalue(who)
    answer = person.request(method, path, **given)
    check(answer.status_code, dict(answer.headers), answer.json(), status)


def test_a_conflict_is_a_problem_document(user: httpx.Client) -> None:
    site = a_site(user)
    answer = user.post("/sites", json={"name": site["name"], "address": "https://site.example"})
    check(answer.status_code, dict(answer.headers), answer.json(), 409)


def check(status: int, headers: dict[str, str], problem: dict[str, Any], wanted: int) -> None:
    headers = {name.lower(): value for name, value in headers.items()}
    assert status == problem["status"] == wanted, problem
    assert headers["content-type"] == "application/problem+json"
    assert set(problem) == {"type", "title", "status", "detail"} | ({"errors"} if wanted == 422 else set())
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
    for each in problem.get("errors", []):
        assert each["detail"]
        assert set(each) <= {"detail", "pointer", "parameter"}
    assert ("www-authenticate" in headers) == (wanted == 401)
    assert ("retry-after" in headers) == (wanted == 503)
    assert ("allow" in headers) == (wanted == 405)


def of_the_database(kind: type[Any], error: type[Exception] = psycopg.Error) -> Exception:
    raised: Exception = kind(SECRET, {}, error(SECRET))
    return raised


RAISED: list[tuple[int, Exception]] = [
    *(
        (kind.status, kind("Not like this."))
        for kind in Refusal.__subclasses__()
        if kind.status not in {401, 503}
    ),
    (422, Faults([Fault("Wrong.", pointer="/a"), Fault("Wrong.", parameter="b")])),
    (409, of_the_database(IntegrityError)),
    (409, StaleDataError(SECRET)),
    (503, of_the_database(OperationalError)),
    (503, of_the_database(OperationalError, psycopg.errors.QueryCanceled)),
    (503, of_the_database(OperationalError, psycopg.errors.DeadlockDetected)),
    (503, TimeoutError(SECRET)),
    (500, of_the_database(ProgrammingError)),
    (500, RuntimeError(SECRET)),
    *((code, kind()) for code, kind in default_exceptions.items() if code not in {401, 405, 422, 503}),
]


@pytest.fixture(scope="module")
def failing(settings: Settings) -> Iterator[Flask]:
    """The app, with a route that fails in every way."""
    with application(settings) as app:
        app.add_url_rule("/fail/<int:place>", view_func=fail)
        yield app


def fail(place: int) -> None:
    raise RAISED[place][1]


@pytest.mark.parametrize("place", range(len(RAISED)), ids=lambda place: repr(RAISED[place][1])[:40])
def test_whatever_goes_wrong_is_a_problem_document_that_tells_no_secret(place: int, failing: Flask) -> None:
    answer = failing.test_client().get(f"/fail/{place}")
    assert SECRET not in answer.text
    check(answer.status_code, dict(answer.headers), answer.get_json(force=True), RAISED[place][0])
