"""Handing one mail to the SMTP server of the settings."""

import logging
import smtplib
import ssl
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid, parseaddr

from .config import Settings

log = logging.getLogger(__name__)

TIMEOUT = 10
"""Seconds for each step of the conversation with the server."""


class Refused(Exception):
    """This mail will never be taken, however often it is offered."""


def new_message_id(settings: Settings) -> str:
    """Made once per mail, so that receivers recognise a mail that a retry brought twice."""
    return make_msgid(domain=parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost")


def deliver(settings: Settings, *, to: str, subject: str, text: str, message_id: str) -> None:
    """Raises Refused when trying again is pointless, and OSError or SMTPException when it is not."""
    message = compose(settings, to=to, subject=subject, text=text, message_id=message_id)
    if not settings.mail_server:
        log.info("no MAIL_SERVER is set; mail to %s: %s\n%s", to, message["Subject"], text)
        return
    try:
        with smtplib.SMTP(settings.mail_server, settings.mail_port, timeout=TIMEOUT) as server:
            if settings.mail_starttls:
                server.starttls(context=ssl.create_default_context())
            if settings.mail_user:
                server.login(settings.mail_user, settings.mail_password)
            server.send_message(message, to_addrs=[to])
    except smtplib.SMTPRecipientsRefused as error:
        _stop_if_permanent(error, code=error.recipients[to][0])
    except smtplib.SMTPDataError as error:
        _stop_if_permanent(error, code=error.smtp_code)


def compose(settings: Settings, *, to: str, subject: str, text: str, message_id: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    try:
        message["To"] = Address(addr_spec=to)
    except (ValueError, IndexError, MessageError) as error:
        raise Refused(f"{to!r} is no mail address") from error
    message["From"] = settings.mail_from
    message["Subject"] = one_line(subject)
    message["Date"] = datetime.now(UTC)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def one_line(text: str) -> str:
    """The text as a header may hold it: what breaks lines or can't be seen becomes a blank."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _stop_if_permanent(error: smtplib.SMTPException, *, code: int) -> None:
    if code >= 500:
        raise Refused(str(error)) from error
    raise error
