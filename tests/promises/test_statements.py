"""No list runs more SQL statements for more rows, and nothing is loaded that was not asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from conftest import Identity, NewDatabase, register, settings_for
from factories import SCHEMA, a_document
from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session
from who import application

from eosc_perf.server import create_app
from eosc_perf.server.benchmarks.actions import declared
from eosc_perf.server.claims.models import ClaimStatus
from eosc_perf.server.config import Settings
from eosc_perf.server.db import Base, transaction
from eosc_perf.server.moderation.models import Status
from eosc_perf.server.results import index
from eosc_perf.server.tables import Benchmark, Claim, Flavor, ModerationEvent, Result, Site, Tag, User
from eosc_perf.server.web import openapi

FEW, MANY = 5, 50
DOCUMENT = openapi.document(create_app(Settings(database_url="postgresql://")))
LISTS = [
    pytest.param(path, {}, id=operation["operationId"])
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
    if method == "get" and "PartialPage" in str(operation["responses"].get("200"))
]
ASKED = [
    pytest.param("/api/v1/results", {"sort_by": "-json.score"}, id="by field"),
    pytest.param("/api/v1/results", {"sort_by": "+json.other"}, id="by path"),
    pytest.param("/api/v1/results", {"filters": ["machine.cores > 1", "samples.0 >= 0"]}, id="filtered"),
    pytest.param("/api/v1/results", {"sort_by": "-site_name,+flavor_name"}, id="by name"),
    pytest.param("/api/v1/results:search", {"terms": "e"}, id="by term"),
    pytest.param("/api/v1/reports/claims", {"status": "on_review"}, id="open claims"),
    pytest.param("/api/v1/sites", {"status": "on_review"}, id="on review"),
]


Paths = dict[str, str]


@pytest.fixture(scope="module")
def full(new_database: NewDatabase, identity: Identity) -> Iterator[tuple[Flask, Paths]]:
    """The app in this process, with many rows of everything, each of another person; and ids for paths."""
    settings = settings_for(new_database(), identity)
    register(settings, identity)
    with application(settings) as app:
        engine = app.extensions["engine"]
        with transaction(engine) as session:
            paths = fill(session)
        index.rebuild(engine)
        yield app, paths


def fill(session: Session) -> Paths:
    admin = session.scalars(select(User).filter_by(sub="admin")).one()
    people = [User(iss="https://issuer.example", sub=f"{n}", email=f"{n}@example.org") for n in range(MANY)]
    session.add_all(people)
    session.flush()
    approved = [{"uploader_id": each.id, "status": Status.APPROVED} for each in people]
    waiting = [{"uploader_id": each.id} for each in [*people, *MANY * [admin]]]
    sites = [Site(name=f"site {n}", address="x", **of) for n, of in enumerate([*approved, *waiting])]
    tags = [Tag(name=f"tag {n}", uploader_id=each.id) for n, each in enumerate(people)]
    suites = [
        Benchmark(docker_image=f"image-{n}", docker_tag="1", url="x", json_schema=SCHEMA, **of)
        for n, of in enumerate(approved)
    ]
    session.add_all([*sites, *tags, *suites])
    session.flush()
    flavors = [Flavor(name=f"flavor {n}", site_id=sites[0].id, **of) for n, of in enumerate(approved)]
    fields = [field for each in suites for field in declared(SCHEMA, benchmark_id=each.id)]
    session.add_all([*flavors, *fields])
    session.flush()
    results = [
        Result(
            benchmark_id=suites[n % MANY].id,
            site_id=sites[0].id,
            flavor_id=flavors[n % MANY].id,
            execution_datetime=datetime.now(UTC),
            json=a_document(float(n)),
            tags=tags[: n % 5],
            uploader_id=uploader.id,
        )
        for n, uploader in enumerate([*people, *MANY * [admin]])
    ]
    session.add_all(results)
    session.flush()
    for n, each in enumerate(people):
        claim = {"message": "Wrong.", "uploader_id": each.id}
        mine = {"message": "Wrong.", "uploader_id": admin.id}
        session.add_all(
            [
                Claim(result_id=results[0].id, **claim),
                Claim(result_id=results[n].id, status=ClaimStatus.APPROVED, **claim),
                Claim(result_id=results[n].id, **mine),
                ModerationEvent(actor_id=each.id, action="edit", resource_type="tag", resource_id=tags[n].id),
            ]
        )
    return {"site": str(sites[0].id), "few": str(results[1].id), "many": str(results[0].id)}


def statements(full: tuple[Flask, Paths], identity: Identity, path: str, **query: Any) -> tuple[int, int]:
    """How many rows a list answers, and how many statements it takes."""
    app, _ = full
    headers = {"Authorization": f"Bearer {identity.token('admin')}"}
    app.test_client().get("/api/v1/info", headers=headers)  # the token is known from now on
    with counted(app.extensions["engine"]) as seen:
        answer = app.test_client().get(path, query_string=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return len(answer.get_json()["items"]), len(seen)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("path", "query"), [*LISTS, *ASKED])
def test_a_list_runs_no_more_statements_for_more_rows(
    path: str, query: Paths, full: tuple[Flask, Paths], identity: Identity
) -> None:
    path = path.replace("{id}", full[1]["site"])
    few, statements_for_few = statements(full, identity, path, per_page=FEW, **query)
    many, statements_for_many = statements(full, identity, path, per_page=MANY, **query)
    assert (few, many) == (FEW, MANY)
    assert statements_for_many == statements_for_few > 0


def test_claims_of_a_result_take_no_more_statements_when_they_are_many(
    full: tuple[Flask, Paths], identity: Identity
) -> None:
    few, statements_for_few = statements(full, identity, f"/api/v1/results/{full[1]['few']}/claims")
    many, statements_for_many = statements(full, identity, f"/api/v1/results/{full[1]['many']}/claims")
    assert 0 < few < many
    assert statements_for_many == statements_for_few


def test_no_relationship_is_loaded_in_passing() -> None:
    """A query says what it loads: what it forgot is an error, not one more statement for each row."""
    related = [each for mapper in Base.registry.mappers for each in mapper.relationships]
    assert related
    assert {str(each) for each in related if each.lazy != "raise"} == set()
