from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from ..db import Base, RawJson
from ..moderation.models import Moderated, status_is_known


class Benchmark(Base, Moderated):
    """A container image at a fixed tag, and the JSON Schema of what it prints."""

    __tablename__ = "benchmark"
    __table_args__ = (
        UniqueConstraint("docker_image", "docker_tag", name="uq_benchmark_docker_image_docker_tag"),
        status_is_known(),
    )

    docker_image: Mapped[str]
    docker_tag: Mapped[str]
    url: Mapped[str]
    description: Mapped[str | None]
    json_schema: Mapped[str] = mapped_column(RawJson)
    schema_version: Mapped[int] = mapped_column(default=1, server_default="1")
    image_digest: Mapped[str | None]
    image_note: Mapped[str | None] = mapped_column(
        comment="why the registry could not be asked, for the reviewer"
    )

    @property
    def name(self) -> str:
        return f"{self.docker_image}:{self.docker_tag}"


class FieldType(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"


class Field(Base):
    """A leaf of a benchmark's JSON Schema that people compare. Derived from the schema."""

    __tablename__ = "field"
    __table_args__ = (UniqueConstraint("benchmark_id", "path", name="uq_field_benchmark_id_path"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    benchmark_id: Mapped[UUID] = mapped_column(ForeignKey("benchmark.id", ondelete="CASCADE"))
    position: Mapped[int]
    path: Mapped[list[str]] = mapped_column(ARRAY(Text))
    type: Mapped[FieldType] = mapped_column(String(8))
    role: Mapped[str | None]
    unit: Mapped[str | None]
    better: Mapped[str | None]
    primary: Mapped[bool]
    samples: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    description: Mapped[str | None]

    @property
    def name(self) -> str:
        """The path as filters and sort keys write it."""
        return ".".join(self.path)
