from datetime import UTC, datetime

from sqlalchemy import exists, select

from .. import mail
from ..db import session
from ..errors import Conflict, Invalid
from ..moderation import actions as moderation
from ..results import actions as results
from ..results.models import Result, ResultStatus
from ..users.models import User
from .models import Claim, ClaimStatus


def claim(result: Result, message: str, *, by: User) -> Claim:
    """Object to a result. It stays listed, marked, until an admin decides."""
    results.lock(result)
    if result.status != ResultStatus.LISTED:
        raise Invalid("This result is withdrawn already.")
    waiting = exists().where(
        Claim.result_id == result.id, Claim.uploader_id == by.id, Claim.status == ClaimStatus.ON_REVIEW
    )
    if session().scalar(select(waiting)):
        raise Conflict("Your earlier claim on this result still waits for a decision.")
    claim = Claim(result_id=result.id, message=message, uploader_id=by.id, uploader=by)
    result.claims_open += 1
    session().add(claim)
    session().flush()
    mail.claimed(claim, result, session=session())
    return claim


def approve(claim: Claim) -> None:
    """Uphold a claim: the result is withdrawn from the lists."""
    result = decide(claim, ClaimStatus.APPROVED)
    if result.status == ResultStatus.LISTED:
        results.withdraw(result)


def reject(claim: Claim, *, reason: str | None) -> None:
    """Dismiss a claim: the result loses its mark."""
    decide(claim, ClaimStatus.REJECTED, reason=reason)


def decide(claim: Claim, status: ClaimStatus, *, reason: str | None = None) -> Result:
    """Settle a claim and tell those concerned. Returns its result, locked. Raises Invalid if it was."""
    session().refresh(claim, ["status"], with_for_update={"of": Claim})
    if claim.status != ClaimStatus.ON_REVIEW:
        raise Invalid("This claim is already decided.")
    result = session().get_one(Result, claim.result_id)
    results.lock(result)
    claim.status, claim.decided_datetime = status, datetime.now(UTC)
    result.claims_open -= 1
    upheld = status == ClaimStatus.APPROVED
    moderation.record("approve" if upheld else "reject", "claim", claim.id, reason=reason)
    by = moderation.acting_user()
    mail.decided(claim, result, upheld=upheld, by=by, reason=reason, session=session())
    return result
