from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .. import mail
from ..db import session
from ..flavors.models import Flavor
from ..moderation import actions as moderation
from ..results.models import Result
from ..users.models import User
from .models import Site
from .schemas import NewSite


def submit(new: NewSite, *, by: User) -> Site:
    site = Site(**new.model_dump(), uploader_id=by.id)
    session().add(site)
    session().flush()
    mail.submitted(site, session=session())
    return site


def edit(site: Site, new: NewSite) -> None:
    site.name, site.address, site.description = new.name, new.address, new.description
    moderation.record("edit", "site", site.id, details=new.model_dump())


def approve(site: Site) -> None:
    moderation.approve(site)


def reject(site: Site, *, reason: str | None) -> None:
    """Remove a submitted site, with the flavors that were submitted for it."""
    moderation.lock_undecided(site)
    flavors = select(Flavor).where(Flavor.site_id == site.id).options(joinedload(Flavor.uploader))
    for flavor in session().scalars(flavors):
        moderation.reject(flavor, reason="Its site was rejected.")
    moderation.reject(site, reason=reason)


def delete(site: Site) -> None:
    moderation.refuse_while_used(
        "site",
        results=moderation.count_of(Result.site_id, site.id),
        flavors=moderation.count_of(Flavor.site_id, site.id),
    )
    moderation.record("delete", "site", site.id, details={"name": site.name})
    session().delete(site)
    session().flush()
