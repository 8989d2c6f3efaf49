"""Lists of a million results: running totals kept by triggers, and indexes for filters by flavor."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TRIGGERS = """
CREATE FUNCTION result_total_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO result_total (benchmark_id, flavor_id, number)
    SELECT benchmark_id, flavor_id, count(*) FROM added WHERE status = 'listed' GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE FUNCTION result_total_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO result_total (benchmark_id, flavor_id, number)
    SELECT benchmark_id, flavor_id, -count(*) FROM gone WHERE status = 'listed' GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE FUNCTION result_total_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO result_total (benchmark_id, flavor_id, number)
    SELECT benchmark_id, flavor_id, sum(change) FROM (
        SELECT benchmark_id, flavor_id, 1 AS change FROM added WHERE status = 'listed'
        UNION ALL SELECT benchmark_id, flavor_id, -1 FROM gone WHERE status = 'listed'
    ) AS changes GROUP BY 1, 2 HAVING sum(change) <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER result_total_insert AFTER INSERT ON result
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION result_total_insert();
CREATE TRIGGER result_total_update AFTER UPDATE ON result
    REFERENCING OLD TABLE AS gone NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION result_total_update();
CREATE TRIGGER result_total_delete AFTER DELETE ON result
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION result_total_delete();
"""

INDEXES = """
ALTER TABLE observation DROP CONSTRAINT pk_observation;
DROP INDEX ix_observation_result;
ALTER TABLE observation ADD CONSTRAINT pk_observation PRIMARY KEY (result_id, field_id);
DROP INDEX ix_observation_number;
CREATE INDEX ix_observation_number ON observation (field_id, number, execution_datetime, result_id)
    INCLUDE (flavor_id) WHERE number IS NOT NULL;
CREATE INDEX ix_observation_flavor ON observation (field_id, flavor_id, execution_datetime)
    INCLUDE (number, result_id);
"""


def upgrade() -> None:
    op.create_table(
        "result_total",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("benchmark_id", sa.Uuid(), nullable=False),
        sa.Column("flavor_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_total")),
    )
    op.create_index(
        "ix_result_total", "result_total", ["benchmark_id", "flavor_id"], postgresql_include=["number"]
    )
    op.execute("LOCK TABLE result IN SHARE MODE")
    op.execute(
        "INSERT INTO result_total (benchmark_id, flavor_id, number) "
        "SELECT benchmark_id, flavor_id, count(*) FROM result WHERE status = 'listed' GROUP BY 1, 2"
    )
    op.execute(TRIGGERS)
    op.execute(INDEXES)
