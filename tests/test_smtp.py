"""Mail servers that want encryption and a password."""

import smtplib
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from registry import signer

from eosc_perf.server import smtp
from eosc_perf.server.config import Settings

pytest_plugins = ("smtp",)


def check_password(server, session, envelope, mechanism, login):
    assert isinstance(login, LoginPassword)
    return AuthResult(success=(login.login, login.password) == (b"perf", b"secret"), handled=False)


@pytest.fixture
def tls(tmp_path: Path) -> ssl.SSLContext:
    """For a server whose certificate is in ca.pem, which nobody trusts yet."""
    by = signer("127.0.0.1")
    (tmp_path / "ca.pem").write_bytes(by.pem)
    (tmp_path / "key.pem").write_bytes(by.key_pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "ca.pem", tmp_path / "key.pem")
    return context


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


@pytest.fixture
def guarded(mailbox, tls):
    """A server that takes mails only over TLS and after a login."""
    mailbox.stop()
    mailbox.start(tls_context=tls, require_starttls=True, auth_required=True, authenticator=check_password)
    return mailbox


def deliver(mailbox, **changes: object) -> None:
    server = Settings(
        database_url="postgresql:///unused",
        mail_server="127.0.0.1",
        mail_port=mailbox.port,
        mail_starttls=True,
        mail_user="perf",
        mail_password="secret",
    )
    smtp.deliver(
        replace(server, **changes),
        to="person@example.org",
        subject="Hello",
        text="There",
        message_id="<1@example.org>",
    )


def test_a_server_with_tls_and_a_password_takes_the_mail(guarded, trusted):
    deliver(guarded)
    assert guarded.recipients == ["person@example.org"]


def test_a_wrong_password_is_no_refusal_for_good(guarded, trusted):
    with pytest.raises(smtplib.SMTPAuthenticationError):
        deliver(guarded, mail_password="wrong")
    assert guarded.offers == 0


def test_a_server_with_a_certificate_that_nobody_trusts_gets_nothing(guarded):
    with pytest.raises(ssl.SSLCertVerificationError):
        deliver(guarded)
    assert guarded.offers == 0


def test_a_server_without_tls_gets_nothing_when_tls_is_asked_for(mailbox):
    with pytest.raises(smtplib.SMTPNotSupportedError):
        deliver(mailbox)
    assert mailbox.offers == 0


@pytest.mark.parametrize("code, error", [(552, smtp.Refused), (452, smtplib.SMTPDataError)])
def test_a_text_refused_for_good_is_not_offered_again(mailbox, monkeypatch, code, error):
    mailbox.verdict = f"{code} No"
    with pytest.raises(error):
        deliver(mailbox, mail_starttls=False, mail_user="")
