"""Refusals: what goes wrong in the user's words. Only `web/problems.py` turns them into HTTP."""

from collections.abc import Sequence
from typing import ClassVar

from .web.faults import Fault


class Refusal(Exception):
    """Why a request is not carried out. `detail` is shown to the user and says what to do."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "Bad request"

    def __init__(self, detail: str, *, faults: Sequence[Fault] = (), retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = list(faults)
        self.retry_after = retry_after


class BadRequest(Refusal):
    pass


class NotAuthenticated(Refusal):
    status, title = 401, "Not authenticated"


class Forbidden(Refusal):
    status, title = 403, "Not allowed"


class NotFound(Refusal):
    status, title = 404, "Not found"


class Conflict(Refusal):
    status, title = 409, "Conflict"


class Invalid(Refusal):
    status, title = 422, "Invalid"


class Unavailable(Refusal):
    status, title = 503, "Not available now"
