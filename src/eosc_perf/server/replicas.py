"""Where public reads go: to read replicas in turn, and to the primary when none answers.

People who are logged in always read from the primary, so that a writer sees its own write.
"""

import logging
import time
from collections.abc import Callable
from itertools import count
from typing import TypeVar

from flask import g
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from . import db
from .web import problems

log = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds until a replica that failed is asked again."""

VISIBLE = text(
    "SELECT pg_current_snapshot()::text, "
    "CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() END::text"
)
"""What is visible now. A replica's snapshot lists no running transactions: its place in the log counts."""

T = TypeVar("T")


class Reads:
    def __init__(self, primary: Engine, replicas: list[Engine]) -> None:
        self.primary = primary
        self.replicas = replicas
        self.down_until = dict.fromkeys(range(len(replicas)), 0.0)
        self.turn = count()

    def carry_out(self, read: Callable[[str], T]) -> T:
        """What `read` answers on a replica, or else on the primary. It is given the state of the data.

        Within it `db.session()` reads from the same server.
        """
        for place in self.in_turn():
            engine = self.replicas[place]
            try:
                return self.on(engine, read, name=f"replica {place}")
            except DBAPIError as error:
                if not is_servers_fault(error):
                    raise
                log.warning("replica %d fails and gets a pause: %s", place, type(error.orig).__name__)
                self.down_until[place] = time.monotonic() + PAUSE
                db.close()
        return self.on(self.primary, read, name="primary")

    def in_turn(self) -> list[int]:
        """The places of the replicas that are not in a pause, beginning with another one each time."""
        number = len(self.replicas)
        start = next(self.turn) if number else 0
        places = [(start + step) % number for step in range(number)]
        return [place for place in places if self.down_until[place] <= time.monotonic()]

    @staticmethod
    def on(engine: Engine, read: Callable[[str], T], *, name: str) -> T:
        """One connection for the snapshot and for what is read, without a transaction to begin and end."""
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            snapshot, place_in_log = connection.execute(VISIBLE).one()
            g.reads_from = engine
            try:
                with Session(connection, expire_on_commit=False) as session, db.using(session):
                    return read(f"{name} {snapshot} {place_in_log or ''}")
            finally:
                g.pop("reads_from")


def is_servers_fault(error: DBAPIError) -> bool:
    """Gone, shut down, or a replica that had to cancel because of what the primary did."""
    state = getattr(error.orig, "sqlstate", None)
    if error.connection_invalidated or state is None:
        return True
    return state[:2] in {"08", "40", "53", "57"} and state != problems.QUERY_CANCELED
