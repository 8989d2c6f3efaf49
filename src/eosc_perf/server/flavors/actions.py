from .. import mail
from ..db import session
from ..errors import Invalid
from ..moderation import actions as moderation
from ..moderation.models import Status
from ..results.models import Result
from ..sites.models import Site
from ..users.models import User
from .models import Flavor
from .schemas import NewFlavor


def submit(new: NewFlavor, site: Site, *, by: User) -> Flavor:
    flavor = Flavor(**new.model_dump(), site_id=site.id, uploader_id=by.id)
    session().add(flavor)
    session().flush()
    mail.submitted(flavor, session=session())
    return flavor


def edit(flavor: Flavor, new: NewFlavor) -> None:
    flavor.name, flavor.description = new.name, new.description
    moderation.record("edit", "flavor", flavor.id, details=new.model_dump())


def approve(flavor: Flavor) -> None:
    """Raises Invalid while the flavor's site waits for review itself."""
    if flavor.site.status != Status.APPROVED:
        raise Invalid("Approve the flavor's site first.")
    moderation.approve(flavor)


def reject(flavor: Flavor, *, reason: str | None) -> None:
    moderation.reject(flavor, reason=reason)


def delete(flavor: Flavor) -> None:
    moderation.refuse_while_used("flavor", results=moderation.count_of(Result.flavor_id, flavor.id))
    moderation.record("delete", "flavor", flavor.id, details={"name": flavor.name})
    session().delete(flavor)
    session().flush()
