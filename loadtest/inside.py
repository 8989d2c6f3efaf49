"""What the time of a request is made of: the app in this process, with its SQL statements timed."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder

from eosc_perf.server.app import App, build
from eosc_perf.server.config import Settings


@dataclass(frozen=True)
class Split:
    """Medians in milliseconds.

    sql: from sending a statement until its answer came. making: SQLAlchemy's, from being given a statement
    until it is sent. rest: all other Python, such as rows, JSON, Flask.
    """

    statements: int
    sql: float
    making: float
    rest: float
    bytes: int

    @property
    def whole(self) -> float:
        return self.sql + self.making + self.rest


@dataclass
class Clock:
    """Seconds that the statements of the running request take."""

    sql: list[float] = field(default_factory=list)
    making: float = 0
    given: float | None = None

    def clear(self) -> None:
        self.sql.clear()
        self.making, self.given = 0, None

    def listen(self, engine: Any) -> None:
        event.listen(Session, "do_orm_execute", self.give)
        event.listen(engine, "before_execute", self.give)
        event.listen(engine, "before_cursor_execute", self.send)
        event.listen(engine, "after_cursor_execute", self.receive)

    def ignore(self) -> None:
        event.remove(Session, "do_orm_execute", self.give)

    def give(self, *given: Any) -> None:
        self.given = self.given or time.perf_counter()

    def send(self, *given: Any) -> None:
        context = given[4]
        context.begun = time.perf_counter()
        self.making += context.begun - (self.given or context.begun)
        self.given = None

    def receive(self, *given: Any) -> None:
        self.sql.append(time.perf_counter() - given[4].begun)


@dataclass
class Inside:
    app: App
    clock: Clock

    def split(self, addresses: Sequence[str]) -> Split:
        """Of requests that are asked for the first time."""
        found = [self.one(address) for address in addresses]
        return Split(
            statements=max(split.statements for split in found[1:]),
            sql=median(split.sql for split in found),
            making=median(split.making for split in found),
            rest=median(split.rest for split in found),
            bytes=round(median(split.bytes for split in found)),
        )

    def one(self, address: str) -> Split:
        path, _, query = address.partition("?")
        request = EnvironBuilder(path=path, query_string=query).get_environ()
        begun_with: list[str] = []
        self.clock.clear()
        begun = time.perf_counter()
        parts = self.app(request, lambda status, headers, problem=None: begun_with.append(status))
        body = b"".join(parts)
        parts.close()  # type: ignore[attr-defined]
        whole = time.perf_counter() - begun
        if not begun_with[0].startswith("200"):
            raise RuntimeError(f"{address}: {begun_with[0]} {body[:500]!r}")
        sql, making = sum(self.clock.sql), self.clock.making
        seconds = (sql, making, whole - sql - making)
        return Split(len(self.clock.sql), *(1000 * each for each in seconds), bytes=len(body))


@contextmanager
def opened(settings: Settings) -> Iterator[Inside]:
    """The app of these settings, which keeps no answers."""
    app: App = build(replace(settings, answer_cache_bytes=0))
    clock = Clock()
    clock.listen(app.engine)
    try:
        yield Inside(app, clock)
    finally:
        clock.ignore()
        app.engine.dispose()
