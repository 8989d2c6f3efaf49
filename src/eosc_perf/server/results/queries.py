"""Which results may be read, by whom."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ..benchmarks.models import Field
from ..db import session
from ..errors import NotFound
from ..identity import Viewer
from ..web.problems import not_found
from .models import Observation, Result, ResultStatus

LISTED = Result.status == ResultStatus.LISTED
OWN_SORTABLE = {
    "upload_datetime": Result.upload_datetime,
    "execution_datetime": Result.execution_datetime,
    "id": Result.id,
}
WHOLE = (joinedload(Result.flavor), joinedload(Result.site), selectinload(Result.tags))


def visible_to(viewer: Viewer) -> Select[Result]:
    """Listed results for everyone; withdrawn ones for their uploader and admins."""
    if viewer.is_admin:
        return select(Result)
    mine = Result.uploader_id == viewer.user.id if viewer.user else false()
    return select(Result).where(or_(LISTED, mine))


def get(id: UUID, viewer: Viewer) -> Result:
    """The result with all that belongs to it. Raises NotFound, in other words when it was withdrawn."""
    one = visible_to(viewer).where(Result.id == id)
    found = session().scalar(one.options(joinedload(Result.benchmark), *WHOLE))
    if found is None:
        if session().scalar(select(Result.withdrawn_datetime).where(Result.id == id)):
            raise NotFound("This result was withdrawn.")
        raise not_found("result")
    return found


def whole(ids: Sequence[UUID]) -> list[Result]:
    """Results with all that belongs to them, in the order of the ids. Each benchmark, which is long, once."""
    many = select(Result).where(Result.id.in_(ids)).options(selectinload(Result.benchmark), *WHOLE)
    found = {result.id: result for result in session().scalars(many)}
    return [found[id] for id in ids if id in found]


def observed(result: Result) -> list[dict[str, object]]:
    """The values of the declared fields that were found in a result."""
    rows = session().execute(
        select(Field, Observation)
        .join(Observation, Observation.field_id == Field.id)
        .where(Observation.result_id == result.id)
        .order_by(Field.position)
    )
    return [
        {"path": field.name, "value": next(v for v in (seen.number, seen.text, seen.flag) if v is not None)}
        for field, seen in rows
    ]
