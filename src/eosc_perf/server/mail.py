"""The mails people get, one function per event: stored with the change it tells of, sent once committed."""

from textwrap import indent, shorten
from typing import TypeAlias, cast

from flask import current_app
from sqlalchemy.orm import Session

from . import jobs, smtp
from .benchmarks.models import Benchmark
from .claims.models import Claim
from .config import Settings
from .flavors.models import Flavor
from .results.models import Result
from .sites.models import Site
from .users.models import Uploaded, User

Item: TypeAlias = Benchmark | Flavor | Site

QUOTED = 2000
"""How much of a person's text a mail repeats, in characters."""


def registered(user: User, *, session: Session) -> None:
    send(
        user.email,
        "Welcome to EOSC-Performance",
        "You are registered. You can now add benchmarks, sites, flavors and results:\n\n" + _address(""),
        session=session,
    )
    _send_to_support(f"New user: {user.email}", f"{user.email} registered.", session=session)


def submitted(item: Item, *, session: Session) -> None:
    what = _named(item)
    _send_to_uploader(
        item,
        f"Waiting for review: {what}",
        f"Thank you for submitting the {what}. It waits for review; we write again when that is done.\n\n"
        f"{_link(item, session=session)}",
        session=session,
    )
    _send_to_support(
        f"To review: {what}",
        f"{_sender(item, session=session)} submitted the {what}. Please review it:\n\n"
        f"{_link(item, session=session)}",
        session=session,
    )


def approved(item: Item, *, by: User, session: Session) -> None:
    what = _named(item)
    _send_to_uploader(
        item,
        f"Approved: {what}",
        f"Good news: the {what} was approved and is in the public lists now.\n\n"
        f"{_link(item, session=session)}",
        session=session,
    )
    _send_to_support(
        f"Approved: {what}",
        f"{by.email} approved the {what}.\n\n{_link(item, session=session)}",
        session=session,
    )


def rejected(item: Item, *, by: User, reason: str | None = None, session: Session) -> None:
    """To be called before the item is deleted or after; nothing in the mail leads to it."""
    what, why = _named(item), _because(reason)
    _send_to_uploader(
        item,
        f"Not accepted: {what}",
        f"The {what}, which you submitted, was not accepted and has been removed.{why}\n\n"
        "You are welcome to correct it and submit it again.",
        session=session,
    )
    _send_to_support(f"Rejected: {what}", f"{by.email} rejected the {what}.{why}", session=session)


def claimed(claim: Claim, result: Result, *, session: Session) -> None:
    link, message = _link(result, session=session), _quote(claim.message)
    _send_to_uploader(
        claim,
        "Your claim on a result",
        "Thank you for your claim. An admin looks at it; we write again when it is decided.\n\n"
        f"{message}\n\n{link}",
        session=session,
    )
    if result.uploader_id != claim.uploader_id:
        _send_to_uploader(
            result,
            "A claim on your result",
            "Somebody objects to a result of yours. It stays listed, marked, until an admin has decided.\n\n"
            f"{message}\n\n{link}",
            session=session,
        )
    _send_to_support(
        "To decide: a claim on a result",
        f"{_sender(claim, session=session)} claims:\n\n{message}\n\n{link}",
        session=session,
    )


def decided(
    claim: Claim, result: Result, *, upheld: bool, by: User, reason: str | None = None, session: Session
) -> None:
    link, message = _link(result, session=session), _quote(claim.message)
    outcome = (
        "was upheld: the result is withdrawn from the lists"
        if upheld
        else "was not upheld: the result stays in the lists"
    )
    subject = f"Claim {'upheld' if upheld else 'not upheld'}"
    text = f"claim on a result {outcome}.{_because(reason)}\n\nThe claim:\n\n{message}\n\n{link}"
    _send_to_uploader(claim, subject, f"Your {text}", session=session)
    if result.uploader_id != claim.uploader_id:
        _send_to_uploader(result, f"{subject}, on your result", f"A {text}", session=session)
    _send_to_support(subject, f"A {text}\n\nDecided by {by.email}.", session=session)


def send(to: str | None, subject: str, text: str, *, session: Session) -> None:
    """Have a mail sent once the session's transaction is committed. Without a recipient: nothing."""
    if not to:
        return
    settings = _settings()
    contact = f"\nQuestions? Write to {settings.mail_support}" if settings.mail_support else ""
    jobs.defer(
        jobs.MAIL,
        session=session,
        to=_storable(to),
        subject=shorten(smtp.one_line(_storable(subject)), 150, placeholder="…"),
        text=_storable(f"{text}\n\n-- \nEOSC-Performance, {settings.public_url}{contact}\n"),
        message_id=smtp.new_message_id(settings),
    )


def _send_to_support(subject: str, text: str, *, session: Session) -> None:
    send(_settings().mail_support, subject, text, session=session)


def _send_to_uploader(item: Uploaded, subject: str, text: str, *, session: Session) -> None:
    uploader = _uploader(item, session=session)
    send(uploader.email if uploader else None, subject, text, session=session)


def _uploader(item: Uploaded, *, session: Session) -> User | None:
    session.flush()  # foreign keys are known when rows are written
    return session.get(User, item.uploader_id) if item.uploader_id else None


def _sender(item: Uploaded, *, session: Session) -> str:
    uploader = _uploader(item, session=session)
    return uploader.email if uploader else "A removed user"


def _named(item: Item) -> str:
    return f"{item.__tablename__} {shorten(smtp.one_line(item.name), 100, placeholder='…')}"


def _link(item: Item | Result, *, session: Session) -> str:
    session.flush()  # ids are given when rows are written
    return _address(f"{item.__tablename__}s/{item.id}")


def _address(path: str) -> str:
    return f"{_settings().public_url}/{path}"


def _because(reason: str | None) -> str:
    return f" The reason:\n\n{_quote(reason)}" if reason else ""


def _quote(text: str) -> str:
    shown = text if len(text) <= QUOTED else text[:QUOTED] + "…"
    return indent(shown, "> ", lambda _: True)


def _storable(text: str) -> str:
    """The text without what PostgreSQL's JSON can't hold: NUL and lone surrogates."""
    return text.encode(errors="replace").decode().replace("\0", "")


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])
