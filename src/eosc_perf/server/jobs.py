"""Work that outlives a request: jobs in PostgreSQL, and the worker that runs them.

A job is stored in the transaction of whoever asks for it, so what was rolled back leaves none. It runs at
least once: when its worker dies or the database goes away in the middle, it runs again.
"""

import asyncio
import logging
import signal
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate import (
    App,
    BaseRetryStrategy,
    JobContext,
    PsycopgConnector,
    RetryDecision,
    SyncPsycopgConnector,
)
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from . import smtp
from .config import Settings
from .results.models import ADD_UP_TOTALS

log = logging.getLogger(__name__)

# The library logs a job with all its arguments, a whole mail that is. Backoff says how it ended instead.
logging.getLogger("procrastinate").setLevel(logging.WARNING)
logging.getLogger("procrastinate.worker").addFilter(lambda record: not hasattr(record, "job"))

MAIL = "mail"
KEEP_FAILED_HOURS = 30 * 24
_queue = App(connector=SyncPsycopgConnector())


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How long the worker waits for what, in seconds. Tests hurry it."""

    poll: float = 5
    heartbeat: float = 10
    stalled_after: float = 60
    stalled_cron: str = "* * * * *"
    reconnect: float = 3
    first_retry: float = 30
    longest_retry: float = 4 * 3600
    attempts: int = 15


@dataclass(frozen=True)
class Backoff(BaseRetryStrategy):
    """Twice the wait after each failure, for about a day with the default pace; every failure is logged."""

    pace: Pace

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        name, tries = f"{job.task_name} job {job.id}", job.attempts + 1
        if isinstance(exception, smtp.Refused):
            log.error("%s was refused for good: %s", name, exception)
            return None
        if tries >= self.pace.attempts:
            log.error("%s is given up after %d tries: %s", name, tries, exception, exc_info=exception)
            return None
        wait = timedelta(seconds=min(self.pace.first_retry * 2.0**job.attempts, self.pace.longest_retry))
        log.warning("%s failed (try %d), again in %s: %r", name, tries, wait, exception)
        return RetryDecision(retry_at=datetime.now(UTC) + wait)


def defer(task: str, *, session: Session, **arguments: Any) -> int:
    """Store a job in the session's transaction and answer its id. It runs once that is committed."""
    connection = session.connection()
    driver = connection.connection.driver_connection
    try:
        return _queue.configure_task(task, queue=task, connection=driver).defer(**arguments)
    except ConnectorException as error:
        if driver is None or driver.closed:
            connection.invalidate()  # else the session would fail once more, at its rollback
        raise OperationalError("store a job", None, error.__cause__ or error) from error


def counts(engine: Engine) -> dict[str, int]:
    """Jobs by status: those that wait, run, and failed for good. Done ones are not kept."""
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT status::text AS status, count(*) AS number FROM procrastinate_jobs GROUP BY status")
        )
        return {"todo": 0, "doing": 0, "failed": 0} | {row.status: row.number for row in rows}


def app(settings: Settings, pace: Pace) -> App:
    """The worker's side of the queue: its tasks and their times."""
    connector = PsycopgConnector(
        conninfo=settings.database_url,
        min_size=1,
        max_size=4,
        timeout=3,
        kwargs={"connect_timeout": 3, "application_name": "eosc-perf worker"},
    )
    worker = App(connector=connector)
    once = Backoff(replace(pace, attempts=1))

    @worker.task(name=MAIL, retry=Backoff(pace))
    def mail(*, to: str, subject: str, text: str, message_id: str) -> None:
        smtp.deliver(settings, to=to, subject=subject, text=text, message_id=message_id)

    @worker.periodic(cron=pace.stalled_cron)
    @worker.task(name="retry_stalled", queueing_lock="retry_stalled", pass_context=True, retry=once)
    async def retry_stalled(context: JobContext, timestamp: int) -> None:
        await _retry_stalled(context.app, pace)

    @worker.periodic(cron="17 * * * *")
    @worker.task(name="clean_up", queueing_lock="clean_up", pass_context=True, retry=once)
    async def clean_up(context: JobContext, timestamp: int) -> None:
        await _clean_up(context.app)

    return worker


def run_worker(settings: Settings, *, pace: Pace | None = None, until_idle: bool = False) -> None:
    """Run jobs until SIGTERM or SIGINT, finishing those that run; the database may go away and come back.

    until_idle: return when no job is due, and raise when the database is away. For tests and scripts.
    """
    pace = pace or Pace()
    asyncio.run(_work(settings, pace, wait=False) if until_idle else _work_until_stopped(settings, pace))


async def _work_until_stopped(settings: Settings, pace: Pace) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    stopped = asyncio.ensure_future(stop.wait())
    while not stop.is_set():
        work = asyncio.ensure_future(_work(settings, pace, wait=True))
        await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
        work.cancel()
        [outcome] = await asyncio.gather(work, return_exceptions=True)
        if not stop.is_set():
            reason = outcome or "disconnected"
            log.warning("the worker lost the database, again in %s s: %s", pace.reconnect, reason)
            await asyncio.wait({stopped}, timeout=pace.reconnect)


async def _work(settings: Settings, pace: Pace, *, wait: bool) -> None:
    async with app(settings, pace).open_async() as worker:
        await _retry_stalled(worker, pace)
        await worker.run_worker_async(
            wait=wait,
            concurrency=4,
            fetch_job_polling_interval=pace.poll,
            update_heartbeat_interval=pace.heartbeat,
            stalled_worker_timeout=pace.stalled_after,
            delete_jobs="successful",
            install_signal_handlers=False,
        )


async def _retry_stalled(worker: App, pace: Pace) -> None:
    """Queue again what a worker that was killed, or lost the database, left unfinished.

    Periodic jobs (they have a queueing lock) are dropped instead: their next turn comes by itself.
    """
    for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=pace.stalled_after):
        if job.queueing_lock:
            await worker.job_manager.finish_job(job, Status.ABORTED, delete_job=True)
            continue
        log.warning("%s job %s lost its worker and runs again", job.task_name, job.id)
        await worker.job_manager.retry_job(job)


async def _clean_up(worker: App) -> None:
    """Delete what has expired: logins, remembered answers, failed jobs. Add up the running totals."""
    connector = worker.connector
    await connector.execute_query_async(ADD_UP_TOTALS)
    await connector.execute_query_async("DELETE FROM session WHERE expires < now()")
    await connector.execute_query_async(
        "DELETE FROM idempotency_key WHERE created < now() - interval '48 hours'"
    )
    await worker.job_manager.delete_old_jobs(
        nb_hours=KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
