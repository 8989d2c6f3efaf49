"""Migrations lead to the models, on their own, without keeping others waiting."""

import ast
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event

from eosc_perf.server import migrations
from eosc_perf.server.db import sqlalchemy_url
from eosc_perf.server.tables import metadata

VERSIONS = sorted((Path(migrations.__file__).parent / "versions").glob("*.py"))


@pytest.fixture(scope="module")
def statements(empty_database: str) -> list[str]:
    """What migrating an empty database to the newest version executes."""
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    migrations.upgrade(empty_database)
    event.remove(Engine, "before_cursor_execute", note)
    return seen


@pytest.fixture(scope="module")
def empty_database(postgres: str) -> str:
    name = f"empty_{uuid4().hex}"
    with psycopg.connect(postgres.replace("/eosc_perf?", "/postgres?"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres.replace("/eosc_perf?", f"/{name}?")


@pytest.fixture
def migrated(statements: list[str], empty_database: str) -> Iterator[Engine]:
    engine = create_engine(sqlalchemy_url(empty_database))
    yield engine
    engine.dispose()


def ours(thing: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    """The job queue keeps its own tables."""
    table = name if kind == "table" else getattr(getattr(thing, "table", None), "name", None)
    return not str(table).startswith("procrastinate_")


def test_a_migrated_database_has_what_the_models_say(migrated: Engine) -> None:
    options = {"compare_type": True, "include_object": ours}
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(migrated: Engine, empty_database: str) -> None:
    assert not migrations.pending(migrated)
    migrations.upgrade(empty_database)
    assert not migrations.pending(migrated)


def test_migrations_form_one_line() -> None:
    script = ScriptDirectory.from_config(migrations.configuration())
    line = list(script.walk_revisions())
    assert len(line) == len(VERSIONS)
    assert len(script.get_heads()) == 1
    assert not any(each.is_branch_point or each.is_merge_point for each in line)


def test_a_lock_timeout_is_set_before_tables_are_touched(statements: list[str]) -> None:
    timeout = next(n for n, each in enumerate(statements) if "SET LOCAL lock_timeout" in each)
    touching = ("ALTER TABLE", "CREATE TABLE", "CREATE INDEX", "CREATE UNIQUE", "DROP", "CREATE FUNCTION")
    first = next(n for n, each in enumerate(statements) if each.lstrip().startswith(touching))
    assert timeout < first


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: file.stem)
def test_a_migration_imports_nothing_of_ours(file: Path) -> None:
    """Else it would do something else once the models change."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            assert not str(node.module).startswith("eosc_perf")
        elif isinstance(node, ast.Import):
            assert not any(each.name.startswith("eosc_perf") for each in node.names)


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: file.stem)
def test_a_migration_says_what_it_does(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text()))
