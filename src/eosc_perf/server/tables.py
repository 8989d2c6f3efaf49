"""Imports every model, so that `metadata` is whole for migrations and checks."""

from .benchmarks.models import Benchmark, Field
from .claims.models import Claim
from .db import Base
from .flavors.models import Flavor
from .moderation.models import ModerationEvent
from .results.models import Observation, Result, ResultTotal, result_tag
from .sites.models import Site
from .tags.models import Tag
from .users.models import IdempotencyKey, LoginSession, User

metadata = Base.metadata

__all__ = [
    "Base", "Benchmark", "Claim", "Field", "Flavor", "IdempotencyKey", "LoginSession", "ModerationEvent",
    "Observation", "Result", "ResultTotal", "Site", "Tag", "User", "metadata", "result_tag",
]  # fmt: skip
