"""What the time of a request is made of: the app in this process, with its SQL statements timed."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from eosc_perf.server.app import App, build
from eosc_perf.server.config import Settings


@dataclass(frozen=True)
class Split:
    """Medians in milliseconds. Connecting, pings and the ends of transactions count as the rest."""

    statements: int
    sql: float
    rest: float
    bytes: int


@dataclass
class Inside:
    client: FlaskClient
    statements: list[float]

    def split(self, addresses: Sequence[str]) -> Split:
        """Of requests that are asked for the first time."""
        found = [self.one(address) for address in addresses]
        return Split(
            statements=max(number for number, *_ in found[1:]),
            sql=1000 * median(sql for _, sql, _, _ in found),
            rest=1000 * median(whole - sql for _, sql, whole, _ in found),
            bytes=round(median(size for *_, size in found)),
        )

    def one(self, address: str) -> tuple[int, float, float, int]:
        self.statements.clear()
        begun = time.perf_counter()
        answer = self.client.get(address)
        whole = time.perf_counter() - begun
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code} {answer.text[:500]}")
        return len(self.statements), sum(self.statements), whole, len(answer.data)


@contextmanager
def opened(settings: Settings) -> Iterator[Inside]:
    """The app of these settings, which keeps no answers."""
    app: App = build(replace(settings, answer_cache_bytes=0))
    statements: list[float] = []

    def before(*given: Any) -> None:
        given[4].begun = time.perf_counter()

    def after(*given: Any) -> None:
        statements.append(time.perf_counter() - given[4].begun)

    event.listen(app.engine, "before_cursor_execute", before)
    event.listen(app.engine, "after_cursor_execute", after)
    try:
        yield Inside(app.test_client(), statements)
    finally:
        app.engine.dispose()
