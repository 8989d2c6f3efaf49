from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    String,
    Table,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from ..benchmarks.models import Benchmark
from ..db import Base, Identified, RawJson
from ..flavors.models import Flavor
from ..sites.models import Site
from ..tags.models import Tag
from ..users.models import Uploaded

result_tag = Table(
    "result_tag",
    Base.metadata,
    Column("result_id", ForeignKey("result.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_result_tag_tag_id_result_id", "tag_id", "result_id"),
)


IS_LISTED = text("status = 'listed'")


class ResultStatus(StrEnum):
    LISTED = "listed"
    WITHDRAWN = "withdrawn"


class Result(Base, Identified, Uploaded):
    """The JSON of one run of a benchmark on a flavor. The site is the flavor's, kept here for filtering."""

    __tablename__ = "result"
    __table_args__ = (
        ForeignKeyConstraint(
            ["flavor_id", "site_id"],
            ["flavor.id", "flavor.site_id"],
            name="fk_result_flavor_id_site_id",
            ondelete="RESTRICT",
        ),
        CheckConstraint("status IN ('listed', 'withdrawn')", name="status"),
        CheckConstraint("claims_open >= 0", name="claims_open"),
        Index("ix_result_execution", "execution_datetime", "id", postgresql_where=IS_LISTED),
        Index("ix_result_upload", "upload_datetime", "id", postgresql_where=IS_LISTED),
        Index(
            "ix_result_benchmark",
            "benchmark_id",
            "execution_datetime",
            "id",
            postgresql_where=IS_LISTED,
        ),
        Index("ix_result_site", "site_id", "execution_datetime", "id", postgresql_where=IS_LISTED),
        Index("ix_result_flavor", "flavor_id", "execution_datetime", "id", postgresql_where=IS_LISTED),
        {"postgresql_with": {"toast_tuple_target": 8160}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-2)
    """Ordered by time: new rows go to the end of an index instead of all over it."""
    benchmark_id: Mapped[UUID] = mapped_column(ForeignKey("benchmark.id", ondelete="RESTRICT"))
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id", ondelete="RESTRICT"))
    flavor_id: Mapped[UUID] = mapped_column()
    execution_datetime: Mapped[datetime]
    json: Mapped[str] = mapped_column(RawJson)
    status: Mapped[ResultStatus] = mapped_column(String(16), default=ResultStatus.LISTED)
    withdrawn_datetime: Mapped[datetime | None]
    claims_open: Mapped[int] = mapped_column(default=0, server_default="0")

    benchmark: Mapped[Benchmark] = relationship(lazy="raise")
    site: Mapped[Site] = relationship(lazy="raise", foreign_keys=[site_id])
    flavor: Mapped[Flavor] = relationship(
        lazy="raise", foreign_keys=[flavor_id], primaryjoin=lambda: Result.flavor_id == Flavor.id
    )
    tags: Mapped[list[Tag]] = relationship(secondary=result_tag, lazy="raise", order_by=[Tag.name, Tag.id])

    def withdraw(self) -> None:
        """Leave a tombstone: the row stays, the lists no longer show it."""
        self.status, self.withdrawn_datetime = ResultStatus.WITHDRAWN, datetime.now(UTC)


class Observation(Base):
    """The value of one field in one listed result: what filters, sorts, plots and rankings read.

    Exactly one of number, text and flag is set. Text is compared by code point, as jsonpath does. Rows go
    with their result or field by triggers: a foreign key would look up both for each of a million values.
    """

    __tablename__ = "observation"
    __table_args__ = (
        CheckConstraint("num_nonnulls(number, text, flag) = 1", name="one_value"),
        Index(
            "ix_observation_number",
            "field_id",
            "number",
            "execution_datetime",
            "result_id",
            postgresql_include=["flavor_id"],
            postgresql_where=text("number IS NOT NULL"),
        ),
        Index(
            "ix_observation_text",
            "field_id",
            "text",
            "execution_datetime",
            "result_id",
            postgresql_where=text("text IS NOT NULL"),
        ),
        Index(
            "ix_observation_flavor",
            "field_id",
            "flavor_id",
            "execution_datetime",
            postgresql_include=["number", "result_id"],
        ),
    )

    result_id: Mapped[UUID] = mapped_column(primary_key=True)
    field_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    flavor_id: Mapped[UUID]
    execution_datetime: Mapped[datetime]
    number: Mapped[float | None]
    text: Mapped[str | None] = mapped_column(String(collation="C"))
    flag: Mapped[bool | None]


class ResultTotal(Base):
    """Running numbers of listed results; the sum over a benchmark and flavor is exact.

    Triggers on `result` add a row for each change, so that writers never wait for each other; a job adds
    them up.
    """

    __tablename__ = "result_total"
    __table_args__ = (Index("ix_result_total", "benchmark_id", "flavor_id", postgresql_include=["number"]),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    benchmark_id: Mapped[UUID]
    flavor_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(BigInteger)


ADD_UP_TOTALS = """
WITH gone AS (DELETE FROM result_total RETURNING benchmark_id, flavor_id, number)
INSERT INTO result_total (benchmark_id, flavor_id, number)
SELECT benchmark_id, flavor_id, sum(number) FROM gone GROUP BY 1, 2 HAVING sum(number) <> 0
"""
"""One row a benchmark and flavor again; the sums stay the same for everyone at every moment."""
