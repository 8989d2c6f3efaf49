from flask import Response, g

from ..moderation.actions import acting_user
from ..moderation.queries import asked_for
from ..moderation.schemas import Rejection
from ..web.access import allow
from ..web.paging import answer, page_of
from ..web.routing import section
from . import actions, queries, schemas
from .models import Benchmark

api = section("benchmarks", __name__)


@api.get("/benchmarks", responses={200: schemas.BenchmarkPage})
@allow("benchmark:read")
def list_benchmarks(query: schemas.BenchmarkQuery) -> Response:
    """Benchmarks by exact image and tag."""
    found = asked_for(query, Benchmark, exact=("docker_image", "docker_tag"))
    return page_of(found, query, schemas.benchmark, default="+docker_image", sortable=queries.SORTABLE)


@api.get("/benchmarks:search", responses={200: schemas.BenchmarkPage})
@allow("benchmark:read")
def search_benchmarks(query: schemas.BenchmarkSearch) -> Response:
    """Benchmarks whose image, tag or description hold every term."""
    found = asked_for(query, Benchmark, searched=queries.SEARCHED)
    return page_of(found, query, schemas.benchmark, default="+docker_image", sortable=queries.SORTABLE)


@api.post("/benchmarks", responses={201: schemas.Benchmark, 200: schemas.FieldList})
@allow("benchmark:submit")
def submit_benchmark(query: schemas.SubmitBenchmark, body: schemas.NewBenchmark) -> Response:
    """Submit a benchmark for review. Its image must exist, and its schema be a JSON Schema."""
    if query.dry_run:
        g.roll_back = True
        return answer({"items": [schemas.field(field) for field in actions.check(body)]})
    return answer(schemas.benchmark(actions.submit(body, by=acting_user())), 201)


@api.get("/benchmarks/<uuid:id>", responses={200: schemas.Benchmark})
@allow("benchmark:read", load=queries.get)
def get_benchmark(benchmark: Benchmark) -> Response:
    """One benchmark."""
    return answer(schemas.benchmark(benchmark))


@api.get("/benchmarks/<uuid:id>/fields", responses={200: schemas.FieldList})
@allow("benchmark:read", load=queries.get)
def list_fields(benchmark: Benchmark) -> Response:
    """What of a benchmark's results people compare: metrics, parameters, facts about the machine."""
    return answer({"items": [schemas.field(field) for field in queries.fields_of(benchmark.id)]})


@api.put("/benchmarks/<uuid:id>", responses={204: None})
@allow("benchmark:edit", load=queries.get)
def edit_benchmark(benchmark: Benchmark, body: schemas.NewBenchmark) -> Response:
    """Change a benchmark. A changed schema renews the declared fields of all its results."""
    actions.edit(benchmark, body)
    return Response(status=204)


@api.delete("/benchmarks/<uuid:id>", responses={204: None})
@allow("benchmark:delete", load=queries.get)
def delete_benchmark(benchmark: Benchmark) -> Response:
    """Delete a benchmark that nothing depends on."""
    actions.delete(benchmark)
    return Response(status=204)


@api.post("/benchmarks/<uuid:id>:approve", responses={204: None})
@allow("benchmark:review", load=queries.get)
def approve_benchmark(benchmark: Benchmark) -> Response:
    """Let a submitted benchmark into the public lists."""
    actions.approve(benchmark)
    return Response(status=204)


@api.post("/benchmarks/<uuid:id>:reject", responses={204: None})
@allow("benchmark:review", load=queries.get)
def reject_benchmark(benchmark: Benchmark, body: Rejection) -> Response:
    """Remove a submitted benchmark and tell the uploader why."""
    actions.reject(benchmark, reason=body.reason)
    return Response(status=204)
