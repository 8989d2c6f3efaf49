"""What sentences call a field, as the pages do (ui: results/fields.ts): "CPU count", not its path."""

import re
from collections.abc import Iterable

from ..benchmarks.models import Field

ACRONYM = re.compile(r"\b(cpu|gpu|ram|io|mpi|os|id)s?\b", re.IGNORECASE)


def called(field: Field, fields: Iterable[Field]) -> str:
    """The whole path where the name would be ambiguous among the benchmark's fields."""
    name = words_of(field)
    alike = any(other.path != field.path and words_of(other) == name for other in fields)
    return field.name if alike else name


def words_of(field: Field) -> str:
    words = "_".join(field.path[-1 if field.role in {"metric", "parameter"} else -2 :]).split("_")
    if len(words) > 1 and words[-1].lower() == (field.unit or "").lower():
        words.pop()
    text = ACRONYM.sub(lambda found: found[0].upper(), " ".join(words))
    return text[:1].upper() + text[1:]
