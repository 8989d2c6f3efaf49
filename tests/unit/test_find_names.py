"""What sentences call a field: the same as the pages do (ui/src/features/results)."""

import pytest

from eosc_perf.server.benchmarks.models import Field
from eosc_perf.server.find.names import called


def a_field(path: str, role: str | None = None, unit: str | None = None) -> Field:
    return Field(path=path.split("."), role=role, unit=unit)


SCORE = a_field("result.score", "metric", "s")
FIELDS = [SCORE, a_field("machine.cpu.count", "machine"), a_field("machine.cpu.clock_ghz", "machine", "GHz")]


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (SCORE, "Score"),
        (FIELDS[1], "CPU count"),
        (FIELDS[2], "CPU clock"),
        (a_field("machine.gpus", "machine"), "Machine GPUS"),
        (a_field("result.wall_time", "metric", "s"), "Wall time"),
        (a_field("parameters.size", "parameter"), "Size"),
        (a_field("other.score", "metric"), "other.score"),
    ],
)
def test_a_field_is_called_by_its_last_words_unless_two_would_have_the_same(field: Field, name: str) -> None:
    assert called(field, [*FIELDS, field]) == name
