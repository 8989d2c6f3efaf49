from flask import Response

from ..web.access import allow
from ..web.routing import section
from . import queue, schemas
from .actions import acting_user

api = section("reports", __name__)


@api.get("/reports/submits", responses={200: schemas.SubmitPage})
@allow("report:read")
def list_submits(query: schemas.SubmitQuery) -> Response:
    """Everything that waits for review."""
    return queue.page(query)


@api.get("/users/self/submits", responses={200: schemas.SubmitPage})
@allow("self:list")
def list_own_submits(query: schemas.SubmitQuery) -> Response:
    """What I submitted and still waits for review."""
    return queue.page(query, queue.WAITING.c.uploader_id == acting_user().id)


@api.get("/reports/events", responses={200: schemas.EventPage})
@allow("report:read")
def list_events(query: schemas.EventQuery) -> Response:
    """The decision log: who decided what, when, why."""
    return queue.page_of_events(query)
