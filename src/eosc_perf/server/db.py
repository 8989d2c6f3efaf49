"""The database: engine, base class of the models, and the session of the running request."""

import select
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from typing import cast as cast_type
from uuid import UUID, uuid4

import orjson
from flask import current_app, g
from sqlalchemy import DateTime, Dialect, Engine, MetaData, Text, Uuid, cast, create_engine, event, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeDecorator

from .config import Settings


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {datetime: DateTime(timezone=True), str: Text(), UUID: Uuid()}


class RawJson(TypeDecorator[str]):
    """A jsonb column that is read as JSON *text*, so that stored documents are copied out and never parsed.

    Bind values are JSON text or bytes that were checked before, or any object that orjson can write.
    """

    impl = JSONB
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None or isinstance(value, str):
            return value
        return (value if isinstance(value, bytes) else orjson.dumps(value)).decode()

    def bind_processor(self, dialect: Dialect) -> Any:
        return lambda value: self.process_bind_param(value, dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None

    def bind_expression(self, bindvalue: Any) -> ColumnElement[Any]:
        return cast(cast(bindvalue, Text), JSONB)

    def column_expression(self, column: Any) -> ColumnElement[Any]:
        return cast(column, Text)


class Identified:
    """A row with its own id and the moment it was stored."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, sort_order=-2)
    upload_datetime: Mapped[datetime] = mapped_column(
        default=lambda: datetime.now(UTC), server_default=func.now(), sort_order=-1
    )


PLANNER = "-c work_mem=64MB -c jit=off"
"""Hash tables of a benchmark's observations fit in memory; compiling takes longer than our queries."""

PLANNED_ANEW = {"planned_anew": True}
"""Execution options of statements whose best plan depends on the values in them.

Others are prepared, and PostgreSQL soon plans them once for all values. For filters that may be a hundred
times slower: it doesn't know then which field, and so how many rows, will be asked for.
"""


def connect(settings: Settings, url: str | None = None) -> Engine:
    """An engine with bounded waits: 3 s to connect or to get a connection, and a statement timeout."""
    engine = create_engine(
        sqlalchemy_url(url or settings.database_url),
        pool_size=settings.db_pool_size,
        max_overflow=0,
        pool_timeout=3,
        connect_args={
            "connect_timeout": 3,
            "application_name": "eosc-perf",
            "options": f"-c statement_timeout={settings.statement_timeout_ms} -c timezone=UTC {PLANNER}",
        },
    )
    event.listen(engine, "do_execute", plan_anew)
    event.listen(engine, "checkout", refuse_ended)
    return engine


def plan_anew(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    """Execute a statement that is marked PLANNED_ANEW without preparing it."""
    if context is None or not context.execution_options.get("planned_anew"):
        return False
    cursor.execute(statement, parameters, prepare=False)
    return True


def refuse_ended(connection: Any, record: Any, proxy: Any) -> None:
    """Have the pool connect anew when the server ended a connection. Its socket tells, without asking."""
    if connection.closed or ended(connection.fileno()):
        raise InvalidatePoolError


def ended(socket: int) -> bool:
    """Whether something was sent that nobody asked for: the news that the server goes, or the end."""
    waiting = select.poll()
    waiting.register(socket, select.POLLIN)
    return bool(waiting.poll(0))


def sqlalchemy_url(url: str) -> str:
    """The URL with SQLAlchemy's name for psycopg 3 in its scheme."""
    scheme, separator, rest = url.partition("://")
    return f"postgresql+psycopg{separator}{rest}" if scheme in {"postgresql", "postgres"} else url


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session outside of requests: commits at the end, rolls back when an error passes."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def copy(session: Session, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows within the session's transaction. Columns of JSON take its text."""
    connection = session.connection().connection.driver_connection
    assert connection is not None
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)


def session() -> Session:
    """The session of the running request; the app commits it when the view returned, else rolls it back."""
    if "session" not in g:
        engine = g.get("reads_from") or current_app.extensions["engine"]
        g.session = Session(engine, expire_on_commit=False)
    return cast_type(Session, g.session)


@contextmanager
def using(other: Session) -> Iterator[None]:
    """Have `session()` answer another session meanwhile."""
    before = g.get("session")
    g.session = other
    try:
        yield
    finally:
        g.session = before
        if before is None:
            del g.session


def commit() -> None:
    if "session" in g:
        g.session.commit()


def release() -> None:
    """End the reading part of a request before it waits for the network, lest a connection waits with it."""
    commit()


def close(error: BaseException | None = None) -> None:
    """Give the request's connection back; what was not committed is rolled back."""
    opened: Session | None = g.pop("session", None)
    if opened is None:
        return
    try:
        opened.close()
    except DBAPIError:  # the server ended the connection meanwhile
        opened.invalidate()
