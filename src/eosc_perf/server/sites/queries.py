from sqlalchemy import func, select

from ..moderation.models import ModerationEvent
from ..moderation.queries import getter
from .models import Site

approvals = select(func.max(ModerationEvent.at)).where(
    ModerationEvent.resource_id == Site.id, ModerationEvent.action == "approve"
)
APPROVED = func.coalesce(approvals.scalar_subquery(), Site.upload_datetime)
"""When others first saw the site: an order in which one that comes joins at the end."""

SORTABLE = {
    "name": Site.name,
    "address": Site.address,
    "description": Site.description,
    "upload_datetime": Site.upload_datetime,
    "approved_datetime": APPROVED,
    "id": Site.id,
}
SEARCHED = (Site.name, Site.address, Site.description)

get = getter(Site, "site")
