"""The review queue and the decision log: queries over all that is moderated."""

from typing import Any

from flask import Response
from sqlalchemy import ColumnElement, func, literal, select, union_all

from ..benchmarks.models import Benchmark
from ..claims.models import Claim
from ..db import session
from ..flavors.models import Flavor
from ..sites.models import Site
from ..users import queries as users
from ..users import schemas as user_schemas
from ..web.paging import listing, offset, ordered, sort_keys, without_nones
from .models import ModerationEvent, Status
from .schemas import EventQuery, SubmitQuery

LONGEST_NAME = 200
"""How much of a claim's message stands for it in the queue, in characters."""

NAMED: dict[type[Any], Any] = {
    Benchmark: Benchmark.docker_image + ":" + Benchmark.docker_tag,
    Site: Site.name,
    Flavor: Flavor.name,
    Claim: func.left(Claim.message, LONGEST_NAME),
}

WAITING = union_all(
    *(
        select(
            literal(model.__tablename__).label("resource_type"),
            model.id.label("resource_id"),
            name.label("name"),
            model.upload_datetime.label("upload_datetime"),
            model.uploader_id.label("uploader_id"),
        ).where(model.status == Status.ON_REVIEW)
        for model, name in NAMED.items()
    )
).subquery("waiting")

SORTABLE = {
    "upload_datetime": WAITING.c.upload_datetime,
    "resource_type": WAITING.c.resource_type,
    "resource_id": WAITING.c.resource_id,
}
EVENTS_SORTABLE = {"at": ModerationEvent.at, "id": ModerationEvent.id}


def page(query: SubmitQuery, *conditions: ColumnElement[bool]) -> Response:
    """One page of what waits for review, and of that what meets the conditions on WAITING."""
    keys = sort_keys(query.sort_by, "+upload_datetime", SORTABLE)
    found = select(WAITING).where(*query.upload_conditions(WAITING.c.upload_datetime), *conditions)
    if query.resource_type:
        found = found.where(WAITING.c.resource_type == query.resource_type)
    total = session().scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = (
        session()
        .execute(
            found.order_by(*ordered(keys, WAITING.c.resource_id)).limit(query.per_page).offset(offset(query))
        )
        .all()
    )
    people = users.by_id({row.uploader_id for row in rows if row.uploader_id})
    return listing(
        query,
        total,
        [
            without_nones(
                resource_type=row.resource_type,
                resource_id=row.resource_id,
                name=row.name,
                upload_datetime=row.upload_datetime,
                uploader=user_schemas.user(people[row.uploader_id]) if row.uploader_id in people else None,
            )
            for row in rows
        ],
    )


def page_of_events(query: EventQuery) -> Response:
    keys = sort_keys(query.sort_by, "-at", EVENTS_SORTABLE)
    found = select(ModerationEvent)
    if query.resource_id:
        found = found.where(ModerationEvent.resource_id == query.resource_id)
    total = session().scalar(select(func.count()).select_from(found.subquery())) or 0
    events = (
        session()
        .scalars(
            found.order_by(*ordered(keys, ModerationEvent.id)).limit(query.per_page).offset(offset(query))
        )
        .all()
    )
    people = users.by_id({event.actor_id for event in events if event.actor_id})
    return listing(
        query,
        total,
        [
            without_nones(
                at=event.at,
                actor=user_schemas.user(people[event.actor_id]) if event.actor_id in people else None,
                action=event.action,
                resource_type=event.resource_type,
                resource_id=event.resource_id,
                name=event.details.get("name"),
                reason=event.reason,
            )
            for event in events
        ],
    )
