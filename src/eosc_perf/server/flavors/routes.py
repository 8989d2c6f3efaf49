from flask import Response

from ..moderation.actions import acting_user
from ..moderation.queries import asked_for
from ..moderation.schemas import Rejection
from ..sites import queries as sites
from ..sites import schemas as site_schemas
from ..sites.models import Site
from ..web.access import allow
from ..web.paging import answer, page_of
from ..web.routing import section
from . import actions, queries, schemas
from .models import Flavor

api = section("flavors", __name__)


@api.get("/sites/<uuid:id>/flavors", responses={200: schemas.FlavorPage})
@allow("flavor:read", load=sites.get)
def list_flavors(site: Site, query: schemas.FlavorQuery) -> Response:
    """The machine types that a site offers."""
    found = asked_for(query, Flavor, exact=("name",)).where(Flavor.site_id == site.id)
    return page_of(found, query, schemas.flavor, default="+name", sortable=queries.SORTABLE)


@api.get("/sites/<uuid:id>/flavors:search", responses={200: schemas.FlavorPage})
@allow("flavor:read", load=sites.get)
def search_flavors(site: Site, query: schemas.FlavorSearch) -> Response:
    """Flavors of a site whose name or description hold every term."""
    found = asked_for(query, Flavor, searched=queries.SEARCHED).where(Flavor.site_id == site.id)
    return page_of(found, query, schemas.flavor, default="+name", sortable=queries.SORTABLE)


@api.post("/sites/<uuid:id>/flavors", responses={201: schemas.Flavor})
@allow("flavor:submit", load=sites.get)
def submit_flavor(site: Site, body: schemas.NewFlavor) -> Response:
    """Submit a flavor of a site for review."""
    return answer(schemas.flavor(actions.submit(body, site, by=acting_user())), 201)


@api.get("/flavors/<uuid:id>", responses={200: schemas.Flavor})
@allow("flavor:read", load=queries.get)
def get_flavor(flavor: Flavor) -> Response:
    """One flavor."""
    return answer(schemas.flavor(flavor))


@api.get("/flavors/<uuid:id>/site", responses={200: site_schemas.Site})
@allow("flavor:read", load=queries.get)
def get_site_of_flavor(flavor: Flavor) -> Response:
    """The site that offers a flavor."""
    return answer(site_schemas.site(flavor.site))


@api.put("/flavors/<uuid:id>", responses={204: None})
@allow("flavor:edit", load=queries.get)
def edit_flavor(flavor: Flavor, body: schemas.NewFlavor) -> Response:
    """Change a flavor."""
    actions.edit(flavor, body)
    return Response(status=204)


@api.delete("/flavors/<uuid:id>", responses={204: None})
@allow("flavor:delete", load=queries.get)
def delete_flavor(flavor: Flavor) -> Response:
    """Delete a flavor that no result depends on."""
    actions.delete(flavor)
    return Response(status=204)


@api.post("/flavors/<uuid:id>:approve", responses={204: None})
@allow("flavor:review", load=queries.get)
def approve_flavor(flavor: Flavor) -> Response:
    """Let a submitted flavor into the public lists."""
    actions.approve(flavor)
    return Response(status=204)


@api.post("/flavors/<uuid:id>:reject", responses={204: None})
@allow("flavor:review", load=queries.get)
def reject_flavor(flavor: Flavor, body: Rejection) -> Response:
    """Remove a submitted flavor and tell the uploader why."""
    actions.reject(flavor, reason=body.reason)
    return Response(status=204)
