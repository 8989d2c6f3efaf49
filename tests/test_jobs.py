"""Jobs and the worker that runs them, on a real database and a real SMTP server."""

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import OperationalError

from eosc_perf.server import jobs, mail
from eosc_perf.server.users.models import IdempotencyKey, LoginSession, User

pytest_plugins = ("smtp",)

PERSON = "person@example.org"
HURRY = jobs.Pace(
    poll=0.1, heartbeat=0.2, stalled_after=1, stalled_cron="* * * * * *", reconnect=0.2, first_retry=0.1
)
StartWorker = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def worker(post) -> Iterator[StartWorker]:
    """Starts workers in processes of their own, like production's."""
    started: list[subprocess.Popen[bytes]] = []
    program = (
        "from eosc_perf.server.config import Settings\n"
        "from eosc_perf.server.jobs import Pace, run_worker\n"
        f"run_worker({post.settings!r}, pace={HURRY!r})\n"
    )

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", program]))
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.wait()


# Delivery


def test_what_is_rolled_back_sends_nothing(post):
    mail.registered(User(iss="https://login.example.org", sub="1", email=PERSON), session=post.session)
    post.session.rollback()
    post.deliver()
    assert post.mailbox.offers == 0
    assert post.jobs() == []


def test_nothing_is_kept_of_a_mail_that_was_sent(post):
    post.store()
    assert post.jobs() == ["todo"]
    post.deliver()
    assert len(post.mailbox.mails) == 1
    assert post.jobs() == []


def test_a_mail_waits_while_the_server_is_away(post, worker):
    post.mailbox.stop()
    running = worker()
    post.store()
    eventually(lambda: attempts(post) >= 2)
    post.mailbox.start()
    eventually(lambda: post.mailbox.mails)
    assert post.mailbox.recipients == [PERSON]
    stop(running)


@pytest.mark.parametrize("answer", ["451 Try later", "421 Too busy"])
def test_a_refusal_for_now_is_tried_again(post, caplog, answer):
    post.mailbox.answers = [answer, answer]
    post.store()
    for _ in range(3):
        post.deliver()
    assert post.mailbox.recipients == [PERSON]
    assert levels(caplog) == ["WARNING", "WARNING"]


def test_a_refusal_for_good_is_logged_and_not_tried_again(post, caplog):
    post.mailbox.answers = ["550 No such mailbox"]
    post.store()
    post.deliver()
    post.deliver()
    assert post.mailbox.offers == 1
    assert post.jobs() == ["failed"]
    assert levels(caplog) == ["ERROR"]
    assert "No such mailbox" in caplog.text


def test_after_the_last_try_the_failure_is_an_error(post, caplog):
    post.mailbox.answers = ["451 Try later"] * 5
    post.store()
    for _ in range(5):
        post.deliver(jobs.Pace(first_retry=0, attempts=3))
    assert post.mailbox.offers == 3
    assert post.jobs() == ["failed"]
    assert levels(caplog) == ["WARNING", "WARNING", "ERROR"]


def test_the_default_pace_tries_for_about_a_day():
    pace = jobs.Pace()
    waits = [min(pace.first_retry * 2**each, pace.longest_retry) for each in range(pace.attempts - 1)]
    assert 20 * 3600 < sum(waits) < 30 * 3600


def test_a_mail_survives_a_worker_that_is_killed_while_sending_it(post, worker):
    post.mailbox.holding = True
    doomed = worker()
    post.store()
    eventually(lambda: post.mailbox.offers == 1)
    doomed.send_signal(signal.SIGKILL)
    doomed.wait()
    post.mailbox.holding = False
    running = worker()
    eventually(lambda: post.jobs() == [])
    assert PERSON in post.mailbox.recipients
    assert len({each["Message-ID"] for each in post.mailbox.mails}) == 1
    stop(running)


def test_a_worker_told_to_stop_finishes_the_mail_it_is_sending(post, worker):
    post.mailbox.holding = True
    running = worker()
    post.store()
    eventually(lambda: post.mailbox.offers == 1)
    running.terminate()
    post.mailbox.holding = False
    assert running.wait(30) == 0
    assert post.mailbox.recipients == [PERSON]
    assert post.jobs() == []


def test_a_worker_stops_on_ctrl_c_pressed_twice(post, worker):
    running = worker()
    eventually(lambda: workers(post) == 1)
    running.send_signal(signal.SIGINT)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 0


def test_a_worker_survives_that_the_database_goes_away(post, worker):
    running = worker()
    post.store()
    eventually(lambda: len(post.mailbox.mails) == 1)
    take_away(post)
    time.sleep(2)
    bring_back(post)
    post.engine.dispose()
    post.store()
    eventually(lambda: len(post.mailbox.mails) == 2)
    stop(running)


def test_a_worker_can_be_stopped_while_the_database_is_away(post, worker):
    running = worker()
    eventually(lambda: workers(post) == 1)
    take_away(post)
    running.terminate()
    assert running.wait(60) == 0


def test_a_job_for_a_database_that_goes_away_fails_like_any_other_statement(post):
    post.session.execute(text("SELECT 1"))
    take_away(post)
    with pytest.raises(OperationalError):
        mail.send(PERSON, "Hello", "There", session=post.session)


def test_without_a_mail_server_mails_go_to_the_log(post, caplog):
    post.session.commit()
    post.store(subject="Hello", body="A text to read")
    with caplog.at_level(logging.INFO, logger="eosc_perf"):
        jobs.run_worker(replace(post.settings, mail_server=""), until_idle=True)
    [record] = [each for each in caplog.records if each.name.startswith("eosc_perf")]
    for part in (PERSON, "Hello", "A text to read"):
        assert part in record.getMessage()


def test_the_logs_of_the_queue_hold_no_mails(post, caplog):
    post.mailbox.answers = ["550 No"]
    with caplog.at_level(logging.INFO):
        post.store(body="between us")
        post.deliver()
    assert "between us" not in caplog.text


# Housekeeping


def test_what_has_expired_is_deleted_and_nothing_else(post):
    now, person = datetime.now(UTC), User(iss="https://login.example.org", sub="1", email=PERSON)
    post.session.add(person)
    post.session.flush()
    for name, hours in (("old", -1), ("new", 1)):
        post.session.add(
            LoginSession(
                token_hash=name.encode(), iss="i", sub="s", email_verified=True, entitlements=[],
                expires=now + timedelta(hours=hours),
            )
        )  # fmt: skip
        post.session.add(
            IdempotencyKey(
                user_id=person.id, key=name, request_hash=b"", created=now + timedelta(hours=hours * 49 - 1)
            )
        )
    jobs.defer("clean_up", session=post.session, timestamp=0)
    post.deliver()
    assert post.session.scalars(select(LoginSession.token_hash)).all() == [b"new"]
    assert post.session.scalars(select(IdempotencyKey.key)).all() == ["new"]


def test_failed_mails_are_deleted_after_a_month(post):
    post.mailbox.answers = ["550 No", "550 No"]
    post.store()
    post.deliver()
    post.session.execute(text("UPDATE procrastinate_events SET at = at - interval '31 days'"))
    post.store()
    post.deliver()
    assert post.jobs() == ["failed", "failed"]
    jobs.defer("clean_up", session=post.session, timestamp=0)
    post.deliver()
    assert post.jobs() == ["failed"]


def test_a_periodic_job_that_lost_its_worker_does_not_block_the_next(post):
    post.session.execute(
        text(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args, status) "
            "VALUES ('default', 'clean_up', 'clean_up', '{\"timestamp\": 0}', 'doing')"
        )
    )
    post.deliver()
    assert post.jobs() == []


def test_the_metrics_know_how_many_jobs_wait_and_how_many_failed(post):
    assert jobs.counts(post.engine) == {"todo": 0, "doing": 0, "failed": 0}
    post.mailbox.answers = ["550 No"]
    post.store()
    post.deliver()
    post.store()
    assert jobs.counts(post.engine)["failed"] == 1
    assert jobs.counts(post.engine)["todo"] >= 1


# Helpers


def eventually(happened: Callable[[], object], *, seconds: float = 30) -> None:
    """Waits until it happened; fails when it does not."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def stop(running: subprocess.Popen[bytes]) -> None:
    running.terminate()
    assert running.wait(30) == 0


def levels(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.levelname for each in caplog.records if each.name == "eosc_perf.server.jobs"]


def attempts(post) -> int:
    return scalar(post, "SELECT max(attempts) FROM procrastinate_jobs")


def workers(post) -> int:
    return scalar(post, "SELECT count(*) FROM procrastinate_workers")


def scalar(post, query: str) -> int:
    with post.engine.connect() as connection:
        return connection.scalar(text(query)) or 0


def take_away(post) -> None:
    """Nobody reaches the database any longer."""
    name = make_url(post.settings.database_url).database
    with maintenance(post) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name]
        )


def bring_back(post) -> None:
    name = make_url(post.settings.database_url).database
    with maintenance(post) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def maintenance(post) -> psycopg.Connection:
    url = make_url(post.settings.database_url).set(database="postgres")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)
