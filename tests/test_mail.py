"""What people are told, and how a mail looks when it arrives: on a real database and a real SMTP server."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import current_app
from sqlalchemy.orm import Session

from eosc_perf.server import mail
from eosc_perf.server.benchmarks.models import Benchmark
from eosc_perf.server.claims.models import Claim
from eosc_perf.server.flavors.models import Flavor
from eosc_perf.server.results.models import Result
from eosc_perf.server.sites.models import Site
from eosc_perf.server.users.models import User

pytest_plugins = ("smtp",)

PERSON, OWNER = "person@example.org", "owner@example.org"
ADMIN, SUPPORT = "admin@example.org", "help@example.org"


def user(email: str) -> User:
    return User(iss="https://login.example.org", sub=str(uuid4()), email=email)


def site(uploader: User) -> Site:
    return Site(name=f"Cloud {uuid4()}", address="https://cloud.example.org", uploader=uploader)


def claim(session: Session, *, by: User, owner: User | None) -> tuple[Claim, Result]:
    benchmark = Benchmark(docker_image="c-ray", docker_tag="1", url="https://example.org", json_schema="{}")
    flavor = Flavor(name="m1.small", site=site(by))
    session.add_all([by, benchmark, flavor, *([owner] if owner else [])])
    session.flush()
    result = Result(
        benchmark_id=benchmark.id,
        flavor_id=flavor.id,
        site_id=flavor.site_id,
        execution_datetime=datetime.now(UTC),
        json="{}",
        uploader_id=owner.id if owner else None,
    )
    session.add(result)
    session.flush()
    claim = Claim(result_id=result.id, message="Impossible.\nToo fast.", uploader_id=by.id)
    session.add(claim)
    return claim, result


# Events


def test_who_registers_is_welcomed_and_the_operators_learn_of_it(post):
    mail.registered(user(PERSON), session=post.session)
    post.deliver()
    mails = post.arrived()
    assert set(mails) == {PERSON, SUPPORT}
    assert "You are registered" in mails[PERSON][1]
    assert mails[SUPPORT][0] == f"New user: {PERSON}"


def test_a_submission_is_confirmed_and_put_before_the_operators_with_its_address(post):
    item = site(user(PERSON))
    post.session.add(item)
    mail.submitted(item, session=post.session)
    post.deliver()
    mails = post.arrived()
    assert set(mails) == {PERSON, SUPPORT}
    assert mails[PERSON][0] == f"Waiting for review: site {item.name}"
    assert mails[SUPPORT][0] == f"To review: site {item.name}"
    assert PERSON in mails[SUPPORT][1]
    for _, body in mails.values():
        assert f"https://perf.example.org/sites/{item.id}\n" in body


def test_an_approval_reaches_the_uploader_and_the_operators(post):
    item = Benchmark(docker_image="c-ray", docker_tag="1", url="https://example.org", json_schema="{}")
    item.uploader = user(PERSON)
    post.session.add(item)
    mail.approved(item, by=user(ADMIN), session=post.session)
    post.deliver()
    mails = post.arrived()
    assert set(mails) == {PERSON, SUPPORT}
    assert mails[PERSON][0] == "Approved: benchmark c-ray:1"
    assert f"https://perf.example.org/benchmarks/{item.id}\n" in mails[PERSON][1]
    assert ADMIN in mails[SUPPORT][1]
    assert ADMIN not in mails[PERSON][1]


@pytest.mark.parametrize("deleted_first", [True, False])
def test_a_rejection_says_why(post, deleted_first):
    item = site(user(PERSON))
    post.session.add(item)
    post.session.commit()
    if deleted_first:
        post.session.delete(item)
        post.session.flush()
    mail.rejected(item, by=user(ADMIN), reason="No such\ncloud.", session=post.session)
    post.deliver()
    mails = post.arrived()
    assert set(mails) == {PERSON, SUPPORT}
    for _, body in mails.values():
        assert "> No such\n> cloud.\n" in body
        assert str(item.id) not in body


def test_a_rejection_without_a_reason_needs_none(post):
    item = site(user(PERSON))
    post.session.add(item)
    mail.rejected(item, by=user(ADMIN), session=post.session)
    post.deliver()
    assert "reason" not in post.arrived()[PERSON][1]


def test_a_claim_reaches_the_claimant_the_results_owner_and_the_operators(post):
    objection, result = claim(post.session, by=user(PERSON), owner=user(OWNER))
    mail.claimed(objection, result, session=post.session)
    post.deliver()
    mails = post.arrived()
    assert set(mails) == {PERSON, OWNER, SUPPORT}
    for _, body in mails.values():
        assert "> Impossible.\n> Too fast.\n" in body
        assert f"https://perf.example.org/results/{result.id}\n" in body
    assert PERSON not in mails[OWNER][1]


@pytest.mark.parametrize("upheld, outcome", [(True, "withdrawn"), (False, "stays")])
def test_a_decision_reaches_the_claimant_the_results_owner_and_the_operators(post, upheld, outcome):
    objection, result = claim(post.session, by=user(PERSON), owner=user(OWNER))
    mail.decided(objection, result, upheld=upheld, by=user(ADMIN), session=post.session)
    post.deliver()
    mails = post.arrived()
    assert set(mails) == {PERSON, OWNER, SUPPORT}
    assert all(outcome in body for _, body in mails.values())
    assert [to for to, (_, body) in mails.items() if ADMIN in body] == [SUPPORT]


def test_a_decision_on_a_claim_says_why(post):
    objection, result = claim(post.session, by=user(PERSON), owner=user(OWNER))
    reason = "Others measured\nthe same."
    mail.decided(objection, result, upheld=False, by=user(ADMIN), reason=reason, session=post.session)
    post.deliver()
    mails = post.arrived()
    assert set(mails) == {PERSON, OWNER, SUPPORT}
    for _, body in mails.values():
        assert "> Others measured\n> the same.\n" in body


def test_who_claims_an_own_result_gets_one_mail(post):
    person = user(PERSON)
    objection, result = claim(post.session, by=person, owner=person)
    mail.claimed(objection, result, session=post.session)
    post.deliver()
    assert set(post.arrived()) == {PERSON, SUPPORT}


def test_a_removed_uploader_gets_no_mail(post):
    objection, result = claim(post.session, by=user(PERSON), owner=None)
    objection.uploader_id = None
    mail.decided(objection, result, upheld=True, by=user(ADMIN), session=post.session)
    post.deliver()
    assert set(post.arrived()) == {SUPPORT}


def test_without_a_support_address_only_the_person_gets_mail(post):
    current_app.extensions["settings"] = replace(post.settings, mail_support="")
    mail.registered(user(PERSON), session=post.session)
    post.deliver()
    assert set(post.arrived()) == {PERSON}


# The mail itself


def test_a_mail_says_that_a_machine_wrote_it_and_where_to_ask(post):
    post.store(body="Grüße 😀")
    post.deliver()
    [arrived] = post.mailbox.mails
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["From"] == "EOSC-Performance <perf@example.org>"
    assert arrived["Message-ID"].endswith("@example.org>")
    assert abs(arrived["Date"].datetime - datetime.now(UTC)) < timedelta(hours=1)
    assert arrived.get_content_type() == "text/plain"
    assert arrived.get_content().startswith("Grüße 😀")
    assert f"Questions? Write to {SUPPORT}" in arrived.get_content()


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x00", "\x85"])
def test_a_subject_cannot_add_headers(post, line_break):
    post.store(subject=f"Site{line_break}Bcc: victim@example.org{line_break}{line_break}Buy!")
    post.deliver()
    [arrived] = post.mailbox.mails
    assert arrived["Bcc"] is None
    assert arrived["Subject"].replace(" ", "") == "SiteBcc:victim@example.orgBuy!"
    assert post.mailbox.recipients == [PERSON]


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "nobody",
        "<>",
        " ",
        "a@b@c",
        "\x00",
    ],
)
def test_what_is_no_address_gets_no_mail_and_is_not_tried_again(post, address):
    post.store(to=address)
    post.deliver()
    assert post.mailbox.offers == 0
    assert post.jobs() == ["failed"]


def test_text_that_postgresql_cannot_hold_is_sent_without_what_it_cannot_hold(post):
    post.store(body="a\x00b\ud800c", subject="\ud800")
    post.deliver()
    assert post.mailbox.mails[0].get_content().startswith("ab?c")


def test_a_very_long_name_or_message_is_cut(post):
    objection, result = claim(post.session, by=user(PERSON), owner=None)
    objection.message = "x" * 900_000
    item = site(user(OWNER))
    item.name = "y" * 10_000
    post.session.add(item)
    mail.claimed(objection, result, session=post.session)
    mail.submitted(item, session=post.session)
    post.deliver()
    assert len(post.mailbox.mails) == 4
    assert all(len(each["Subject"]) <= 200 and len(each.get_content()) < 4000 for each in post.mailbox.mails)
