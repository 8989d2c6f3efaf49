"""Which results may be read, by whom."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ..benchmarks.models import Field
from ..db import session
from ..errors import NotFound
from ..identity import Viewer
from ..moderation.queries import READER, READER_IS_ADMIN, reader
from ..web.problems import not_found
from .models import Observation, Result, ResultStatus

LISTED = Result.status == ResultStatus.LISTED
OWN_SORTABLE = {
    "upload_datetime": Result.upload_datetime,
    "execution_datetime": Result.execution_datetime,
    "id": Result.id,
}
WHOLE = (joinedload(Result.flavor), joinedload(Result.site), selectinload(Result.tags))


MAY_READ = or_(LISTED, Result.uploader_id == READER, READER_IS_ADMIN)
"""Listed results for everyone; withdrawn ones for their uploader and admins. Its parameters: `reader`."""


def visible_to(viewer: Viewer) -> Select[Result]:
    return select(Result).where(MAY_READ).params(reader(viewer))


def get(id: UUID, viewer: Viewer) -> Result:
    """The result with all that belongs to it. Raises NotFound."""
    one = visible_to(viewer).where(Result.id == id)
    found = session().scalar(one.options(joinedload(Result.benchmark), *WHOLE))
    if found is None:
        raise missing(id)
    return found


def missing(id: UUID) -> NotFound:
    """What to say of a result that can't be read: in other words when it was withdrawn."""
    if session().scalar(select(Result.withdrawn_datetime).where(Result.id == id)):
        return NotFound("This result was withdrawn.")
    return not_found("result")


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
