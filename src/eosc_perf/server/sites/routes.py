from flask import Response

from ..moderation.actions import acting_user
from ..moderation.queries import asked_for
from ..moderation.schemas import Rejection
from ..web.access import allow
from ..web.paging import answer, page_of
from ..web.routing import section
from . import actions, queries, schemas
from .models import Site

api = section("sites", __name__)


@api.get("/sites", responses={200: schemas.SitePage})
@allow("site:read")
def list_sites(query: schemas.SiteQuery) -> Response:
    """Sites by exact name or address."""
    found = asked_for(query, Site, exact=("name", "address"))
    return page_of(found, query, schemas.site, default="+name", sortable=queries.SORTABLE)


@api.get("/sites:search", responses={200: schemas.SitePage})
@allow("site:read")
def search_sites(query: schemas.SiteSearch) -> Response:
    """Sites whose name, address or description hold every term."""
    found = asked_for(query, Site, searched=queries.SEARCHED)
    return page_of(found, query, schemas.site, default="+name", sortable=queries.SORTABLE)


@api.post("/sites", responses={201: schemas.Site})
@allow("site:submit")
def submit_site(body: schemas.NewSite) -> Response:
    """Submit a site for review."""
    return answer(schemas.site(actions.submit(body, by=acting_user())), 201)


@api.get("/sites/<uuid:id>", responses={200: schemas.Site})
@allow("site:read", load=queries.get)
def get_site(site: Site) -> Response:
    """One site."""
    return answer(schemas.site(site))


@api.put("/sites/<uuid:id>", responses={204: None})
@allow("site:edit", load=queries.get)
def edit_site(site: Site, body: schemas.NewSite) -> Response:
    """Change a site."""
    actions.edit(site, body)
    return Response(status=204)


@api.delete("/sites/<uuid:id>", responses={204: None})
@allow("site:delete", load=queries.get)
def delete_site(site: Site) -> Response:
    """Delete a site that nothing depends on."""
    actions.delete(site)
    return Response(status=204)


@api.post("/sites/<uuid:id>:approve", responses={204: None})
@allow("site:review", load=queries.get)
def approve_site(site: Site) -> Response:
    """Let a submitted site into the public lists."""
    actions.approve(site)
    return Response(status=204)


@api.post("/sites/<uuid:id>:reject", responses={204: None})
@allow("site:review", load=queries.get)
def reject_site(site: Site, body: Rejection) -> Response:
    """Remove a submitted site and tell the uploader why."""
    actions.reject(site, reason=body.reason)
    return Response(status=204)
