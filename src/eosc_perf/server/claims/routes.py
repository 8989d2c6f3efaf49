from flask import Response

from ..moderation.actions import acting_user
from ..moderation.schemas import Rejection
from ..results import queries as results
from ..results.models import Result
from ..web.access import allow
from ..web.paging import answer, page_of
from ..web.routing import section
from . import actions, queries, schemas
from .models import Claim

api = section("claims", __name__)


@api.post("/results/<uuid:id>:claim", responses={201: schemas.Claim})
@allow("result:claim", load=results.get)
def claim_result(result: Result, body: schemas.NewClaim) -> Response:
    """Object to a result. It stays listed, marked, until an admin decides."""
    return answer(schemas.claim(actions.claim(result, body.message, by=acting_user())), 201)


@api.get("/results/<uuid:id>/claims", responses={200: schemas.ClaimList})
@allow("result:read-claims", load=results.get)
def list_claims_of_result(result: Result) -> Response:
    """Claims against a result. Who claims is shown to admins only."""
    with_uploader = queries.may_see_people()
    return answer(
        {"items": [schemas.claim(each, with_uploader=with_uploader) for each in queries.of_result(result)]}
    )


@api.get("/users/self/claims", responses={200: schemas.ClaimPage})
@allow("self:list")
def list_own_claims(query: schemas.OwnClaimQuery) -> Response:
    """My claims."""
    found = queries.with_people.where(
        Claim.uploader_id == acting_user().id, *query.upload_conditions(Claim.upload_datetime)
    )
    if query.status:
        found = found.where(Claim.status == query.status)
    return page_of(found, query, schemas.claim, default="-upload_datetime", sortable=queries.SORTABLE)


@api.get("/reports/claims", responses={200: schemas.ClaimPage})
@allow("report:read")
def list_claims(query: schemas.ClaimQuery) -> Response:
    """Claims by their status: upheld (`approved`), waiting (`on_review`) or dismissed (`rejected`)."""
    found = queries.with_people.where(
        Claim.status == query.status, *query.upload_conditions(Claim.upload_datetime)
    )
    return page_of(found, query, schemas.claim, default="+upload_datetime", sortable=queries.SORTABLE)


@api.get("/reports/claims/<uuid:id>", responses={200: schemas.Claim})
@allow("report:read", load=queries.get)
def get_claim(claim: Claim) -> Response:
    """One claim."""
    return answer(schemas.claim(claim))


@api.post("/reports/claims/<uuid:id>:approve", responses={204: None})
@allow("claim:decide", load=queries.get)
def approve_claim(claim: Claim) -> Response:
    """Uphold a claim: the result is withdrawn from the lists."""
    actions.approve(claim)
    return Response(status=204)


@api.post("/reports/claims/<uuid:id>:reject", responses={204: None})
@allow("claim:decide", load=queries.get)
def reject_claim(claim: Claim, body: Rejection) -> Response:
    """Dismiss a claim: the result loses its mark."""
    actions.reject(claim, reason=body.reason)
    return Response(status=204)
