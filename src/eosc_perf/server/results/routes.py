from typing import Any
from urllib.parse import urlencode

from flask import Response, g, request, stream_with_context
from sqlalchemy import func, select

from ..db import session
from ..errors import NotFound
from ..identity import viewer
from ..moderation.actions import acting_user
from ..users import schemas as user_schemas
from ..users.models import User
from ..web.access import allow
from ..web.faults import Fault, Faults
from ..web.paging import answer, chosen, listing, offset, ordered, sort_keys, without_nones
from ..web.parsing import raw_body
from ..web.routing import section
from . import actions, batch, documents, export, plan, queries, reading, schemas
from .models import Result

api = section("results", __name__)

MEDIA_TYPES = {
    "ndjson": "application/x-ndjson",
    "json": "application/json",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
EXPORTS: dict[str, Any] = {
    "description": "The results, as a download.",
    "content": {media_type: {"schema": {}} for media_type in MEDIA_TYPES.values()},
}
LARGEST_BATCH = 16
"""How many times as long as other bodies a batch may be."""

BATCH = {
    "required": True,
    "description": "A result a line: when, of what, where, and what the benchmark printed.",
    "content": {
        "application/x-ndjson": {
            "schema": {"type": "string"},
            "example": '{"benchmark_id": "...", "flavor_id": "...", "execution_datetime": '
            '"2021-03-04T05:06:07+00:00", "tags_ids": [], "json": {"score": 105.238}}\n',
        }
    },
}
DOCUMENT = {
    "required": True,
    "description": "What the benchmark printed; valid against the benchmark's JSON Schema.",
    "content": {"application/json": {"schema": {}, "example": {"score": 105.238}}},
}


def page_of_results(query: schemas.ResultQuery) -> Response:
    if query.after and query.page != 1:
        raise Faults([Fault("Give a page or a cursor, not both.", parameter="after")])
    question = plan.understand(query)
    found = question.find()
    response = listing(query, found.total, reading.page(found.ids, chosen(query.fields)))
    if found.cursor:
        response.headers["Link"] = f'<{next_address(found.cursor.written())}>; rel="next"'
    return response


def next_address(cursor: str) -> str:
    """This request's address with the cursor in place of the page."""
    kept = [(name, text) for name, text in request.args.items(multi=True) if name not in {"after", "page"}]
    return f"{request.path}?{urlencode([*kept, ('after', cursor)])}"


@api.get("/results", responses={200: schemas.ResultPage})
@allow("result:read")
def list_results(query: schemas.ResultQuery) -> Response:
    """Listed results that match all conditions."""
    return page_of_results(query)


@api.get("/results:search", responses={200: schemas.ResultPage})
@allow("result:read")
def search_results(query: schemas.ResultSearch) -> Response:
    """Listed results where every term is part of a name: benchmark, site (or its address), flavor, tags."""
    return page_of_results(query)


@api.post("/results", request_body=DOCUMENT, responses={201: schemas.Result, 200: schemas.DryRun})
@allow("result:submit")
def submit_result(query: schemas.NewResult) -> Response:
    """Submit the JSON of a run. The site follows from the flavor."""
    body = raw_body()
    document = documents.parse(body)
    result = actions.submit(query, document, text=body.decode(), by=acting_user(), viewer=viewer())
    if query.dry_run:
        g.roll_back = True
        return answer({"result": schemas.result(result), "fields": queries.observed(result)})
    return answer(schemas.result(result), 201)


@api.get("/results:export", responses={200: EXPORTS})
@allow("result:export")
def export_results(query: schemas.ExportQuery) -> Response:
    """All results that match, streamed. They are as they were when the export began."""
    headers = {"Content-Disposition": f'attachment; filename="results.{query.format}"'}
    return Response(
        stream_with_context(export.stream(query)), mimetype=MEDIA_TYPES[query.format], headers=headers
    )


@api.post("/results:batch", request_body=BATCH, responses={200: schemas.BatchAnswer})
@allow("result:submit", longest_body=LARGEST_BATCH)
def submit_results(query: schemas.BatchQuery) -> Response:
    """Submit up to 1,000 results as newline-delimited JSON. Each line is answered; the good ones are kept."""
    lines = batch.submit(raw_body(), by=acting_user(), viewer=viewer(), atomic=query.atomic)
    refused = sum(bool(line.faults) for line in lines)
    if query.atomic and refused:
        raise batch.refusal(lines)
    items = [
        without_nones(
            line=place,
            status=422 if line.faults else 201,
            id=line.id,
            errors=[without_nones(detail=each.detail, pointer=each.pointer) for each in line.faults] or None,
        )
        for place, line in enumerate(lines, start=1)
    ]
    return answer({"stored": len(lines) - refused, "refused": refused, "items": items})


@api.get("/results/<uuid:id>", responses={200: schemas.Result})
@allow("result:read", load=reading.one)
def get_result(result: dict[str, Any]) -> Response:
    """One result."""
    return answer(result)


@api.delete("/results/<uuid:id>", responses={204: None})
@allow("result:withdraw", load=queries.get)
def withdraw_result(result: Result) -> Response:
    """Take a result off the lists. A tombstone stays, which its uploader and admins can read."""
    actions.withdraw(result)
    return Response(status=204)


@api.post("/results/<uuid:id>:restore", responses={204: None})
@allow("result:restore", load=queries.get)
def restore_result(result: Result) -> Response:
    """Bring a withdrawn result back to the lists."""
    actions.restore(result)
    return Response(status=204)


@api.put("/results/<uuid:id>/tags", responses={204: None})
@allow("result:edit", load=queries.get)
def set_result_tags(result: Result, body: schemas.NewTags) -> Response:
    """Replace the tags of a result."""
    actions.set_tags(result, body.tags_ids)
    return Response(status=204)


@api.get("/results/<uuid:id>/uploader", responses={200: user_schemas.User})
@allow("result:read-uploader", load=queries.get)
def get_uploader(result: Result) -> Response:
    """The person who uploaded a result. 404 when the person was removed."""
    uploader = session().get(User, result.uploader_id) if result.uploader_id else None
    if uploader is None:
        raise NotFound("The uploader of this result was removed.")
    return answer(user_schemas.user(uploader))


@api.get("/users/self/results", responses={200: schemas.ResultPage})
@allow("self:list")
def list_own_results(query: schemas.OwnResultQuery) -> Response:
    """My results, withdrawn ones too."""
    mine = select(Result.id).where(
        Result.uploader_id == acting_user().id, *query.upload_conditions(Result.upload_datetime)
    )
    keys = sort_keys(query.sort_by, "-upload_datetime", queries.OWN_SORTABLE)
    total = session().scalar(select(func.count()).select_from(mine.subquery())) or 0
    page = mine.order_by(*ordered(keys, Result.id)).limit(query.per_page).offset(offset(query))
    return listing(
        query,
        total,
        [schemas.result_for(viewer(), each) for each in queries.whole(list(session().scalars(page)))],
    )
