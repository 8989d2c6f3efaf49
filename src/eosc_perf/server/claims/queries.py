from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from ..db import session
from ..identity import Viewer, viewer
from ..results.models import Result
from ..web.problems import not_found
from .models import Claim

SORTABLE = {"upload_datetime": Claim.upload_datetime, "message": Claim.message, "id": Claim.id}

with_people: Select[Claim] = select(Claim).options(joinedload(Claim.uploader))


def get(id: UUID, seen_by: Viewer) -> Claim:
    """Only admins pass the guard that follows. Raises NotFound."""
    claim = session().scalar(with_people.where(Claim.id == id))
    if claim is None:
        raise not_found("claim")
    return claim


def of_result(result: Result) -> list[Claim]:
    statement = with_people.where(Claim.result_id == result.id)
    return list(session().scalars(statement.order_by(Claim.upload_datetime, Claim.id)))


def may_see_people() -> bool:
    """Whether the viewer may know who claims: the uploader of a result need not."""
    return viewer().is_admin
