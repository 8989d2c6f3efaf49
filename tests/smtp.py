"""A real SMTP server on loopback, with the moods of real ones, and the way mails take to it."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from eosc_perf.server import db, jobs, mail
from eosc_perf.server.config import Settings

HURRY = jobs.Pace(
    poll=0.1, heartbeat=0.2, stalled_after=1, stalled_cron="* * * * * *", reconnect=0.2, first_retry=0.1
)


@dataclass
class Mailbox:
    """What arrived.

    answers: what the server says to a recipient instead of 250, used up one by one.
    verdict: what it says to a text.
    """

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    verdict: str = "250 OK"
    offers: int = 0
    holding: bool = False
    _controller: Controller | None = None

    def start(self, **options: Any) -> None:
        """options: of aiosmtpd's SMTP, for TLS and passwords."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(
        self, server: SMTP, session: object, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        self.offers += 1
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: object, envelope: Envelope) -> str:
        while self.holding:
            await asyncio.sleep(0.02)
        if self.verdict == "250 OK":
            mail = message_from_bytes(envelope.original_content or b"", policy=default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.recipients += envelope.rcpt_tos
        return self.verdict


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mailbox = Mailbox(port)
    mailbox.start()
    yield mailbox
    mailbox.holding = False
    mailbox.stop()


@dataclass
class Post:
    """Everything a mail passes: a session that orders it, the jobs that carry it, the mailbox it ends in."""

    settings: Settings
    engine: Engine
    session: Session
    mailbox: Mailbox

    def store(self, *, to: str = "person@example.org", subject: str = "Hello", body: str = "There") -> None:
        mail.send(to, subject, body, session=self.session)
        self.session.commit()

    def deliver(self, pace: jobs.Pace | None = None) -> None:
        """Commits, and sends what is due. Without a pace: failed jobs are due again at once."""
        self.session.commit()
        jobs.run_worker(self.settings, pace=pace or replace(HURRY, first_retry=0), until_idle=True)

    def arrived(self) -> dict[str, tuple[str, str]]:
        """Subject and text of the mails that arrived, by recipient."""
        mails = self.mailbox.mails
        assert sorted(each["To"] for each in mails) == sorted(self.mailbox.recipients)
        assert len(set(self.mailbox.recipients)) == len(mails), "somebody got two mails"
        return {each["To"]: (each["Subject"], each.get_content().replace("\r\n", "\n")) for each in mails}

    def jobs(self) -> list[str]:
        """The status of each mail that is not done."""
        with self.engine.connect() as connection:
            found = text("SELECT status::text FROM procrastinate_jobs WHERE queue_name = 'mail' ORDER BY id")
            return list(connection.scalars(found))


@pytest.fixture
def post(new_database: Callable[[], str], mailbox: Mailbox) -> Iterator[Post]:
    settings = Settings(
        database_url=new_database(),
        public_url="https://perf.example.org",
        mail_server="127.0.0.1",
        mail_port=mailbox.port,
        mail_from="EOSC-Performance <perf@example.org>",
        mail_support="help@example.org",
    )
    app = Flask("test")
    app.extensions["settings"] = settings
    engine = db.connect(settings)
    with app.app_context(), Session(engine, expire_on_commit=False) as session:
        yield Post(settings, engine, session, mailbox)
    engine.dispose()
