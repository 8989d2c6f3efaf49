from flask import Response

from ..users import queries as users
from ..users import schemas as user_schemas
from ..web.access import allow
from ..web.paging import listing, without_nones
from ..web.routing import section
from . import queue, schemas

api = section("reports", __name__)


@api.get("/reports/submits", responses={200: schemas.SubmitPage})
@allow("report:read")
def list_submits(query: schemas.SubmitQuery) -> Response:
    """Everything that waits for review."""
    total, rows = queue.page(query)
    people = users.by_id({row.uploader_id for row in rows if row.uploader_id})
    return listing(
        query,
        total,
        [
            without_nones(
                resource_type=row.resource_type,
                resource_id=row.resource_id,
                upload_datetime=row.upload_datetime,
                uploader=user_schemas.user(people[row.uploader_id]) if row.uploader_id in people else None,
            )
            for row in rows
        ],
    )


@api.get("/reports/events", responses={200: schemas.EventPage})
@allow("report:read")
def list_events(query: schemas.EventQuery) -> Response:
    """The decision log: who decided what, when, why."""
    return queue.page_of_events(query)
