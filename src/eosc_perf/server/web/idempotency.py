"""`Idempotency-Key`: a repeated POST answers with the first result instead of making a second one."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from flask import Response, current_app, g, request
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from ..db import session
from ..errors import Conflict
from ..users.models import IdempotencyKey, User
from .faults import Fault, Faults
from .parsing import raw_body

KEY = re.compile(r"[!-~]{1,255}")


def once(key: str, user: User, carry_out: Callable[[], Any]) -> Response:
    """The first answer given under this key, or, if there is none, what `carry_out` answers now.

    The key is stored in the transaction that carries the request out: a failed request leaves it usable, and
    of two at the same time the second waits for the first. Where the request commits on its way, the second
    runs into what the first made. Raises Faults if the key was used for another request.
    """
    if not KEY.fullmatch(key):
        raise fault("Use 1 to 255 printable ASCII characters without blanks.")
    asked = hashlib.sha256(request.full_path.encode("utf-8", "replace") + b"\0" + raw_body()).digest()
    mine = select(IdempotencyKey).where(IdempotencyKey.user_id == user.id, IdempotencyKey.key == key)
    session().execute(
        insert(IdempotencyKey).values(user_id=user.id, key=key, request_hash=asked).on_conflict_do_nothing()
    )
    kept = session().scalars(mine.with_for_update()).one()
    if kept.status is not None:
        return first_answer(kept, asked)
    kept.request_hash = asked
    try:
        response = current_app.make_response(carry_out())
    except (Conflict, IntegrityError):
        session().rollback()
        done = session().scalar(mine.where(IdempotencyKey.status.is_not(None)))
        if done is None or done.request_hash != asked:
            raise
        return first_answer(done, asked)
    if not g.get("roll_back"):
        kept.status, kept.body = response.status_code, response.get_data()
    return response


def first_answer(kept: IdempotencyKey, asked: bytes) -> Response:
    if kept.request_hash != asked:
        raise fault("This key was used for another request. Use a new key for each request.")
    return Response(kept.body or b"", kept.status, mimetype="application/json")


def fault(detail: str) -> Faults:
    return Faults([Fault(detail, parameter="Idempotency-Key")])
