from uuid import UUID

from sqlalchemy import select

from ..db import session
from ..moderation.queries import getter
from .models import Benchmark, Field

SORTABLE = {
    "docker_image": Benchmark.docker_image,
    "docker_tag": Benchmark.docker_tag,
    "description": Benchmark.description,
    "upload_datetime": Benchmark.upload_datetime,
    "id": Benchmark.id,
}
SEARCHED = (Benchmark.docker_image, Benchmark.docker_tag, Benchmark.description)

get = getter(Benchmark, "benchmark")


def fields_of(benchmark_id: UUID) -> list[Field]:
    """The benchmark's declared fields, in the order of its schema."""
    statement = select(Field).where(Field.benchmark_id == benchmark_id).order_by(Field.position)
    return list(session().scalars(statement))
