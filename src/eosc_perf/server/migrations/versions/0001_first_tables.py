"""The first tables, the job queue's own, and the log that only grows."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = """
CREATE FUNCTION moderation_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'moderation_event only grows';
END $$;
CREATE TRIGGER moderation_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON moderation_event
    FOR EACH STATEMENT EXECUTE FUNCTION moderation_event_append_only();
"""


def upgrade() -> None:
    op.create_table(
        "moderation_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "actor_id",
            sa.Uuid(),
            nullable=True,
            comment="user.id; no foreign key: the log outlives the person",
        ),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("resource_type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("details", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_event")),
    )
    op.create_index("ix_moderation_event_at", "moderation_event", ["at"], unique=False)
    op.create_index("ix_moderation_event_resource_id", "moderation_event", ["resource_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("iss", sa.Text(), nullable=False),
        sa.Column("sub", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        sa.Column("entitlements", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_index("ix_session_expires", "session", ["expires"], unique=False)
    op.create_index("ix_session_iss_sub", "session", ["iss", "sub"], unique=False)
    op.create_table(
        "user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("iss", sa.Text(), nullable=False),
        sa.Column("sub", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column(
            "registration_datetime",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("iss", "sub", name="uq_user_iss_sub"),
    )
    op.create_table(
        "benchmark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "upload_datetime", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("docker_image", sa.Text(), nullable=False),
        sa.Column("docker_tag", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("json_schema", postgresql.JSONB(), nullable=False),
        sa.Column("schema_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("image_digest", sa.Text(), nullable=True),
        sa.Column(
            "image_note",
            sa.Text(),
            nullable=True,
            comment="why the registry could not be asked, for the reviewer",
        ),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("uploader_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("status IN ('on_review', 'approved')", name=op.f("ck_benchmark_status")),
        sa.ForeignKeyConstraint(
            ["uploader_id"], ["user.id"], name=op.f("fk_benchmark_uploader_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
        sa.UniqueConstraint("docker_image", "docker_tag", name="uq_benchmark_docker_image_docker_tag"),
    )
    op.create_index(op.f("ix_benchmark_uploader_id"), "benchmark", ["uploader_id"], unique=False)
    op.create_table(
        "idempotency_key",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_idempotency_key_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index("ix_idempotency_key_created", "idempotency_key", ["created"], unique=False)
    op.create_table(
        "site",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "upload_datetime", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("uploader_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("status IN ('on_review', 'approved')", name=op.f("ck_site_status")),
        sa.ForeignKeyConstraint(
            ["uploader_id"], ["user.id"], name=op.f("fk_site_uploader_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("name", name="uq_site_name"),
    )
    op.create_index(op.f("ix_site_uploader_id"), "site", ["uploader_id"], unique=False)
    op.create_table(
        "tag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "upload_datetime", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("uploader_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["uploader_id"], ["user.id"], name=op.f("fk_tag_uploader_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name", name="uq_tag_name"),
    )
    op.create_index(op.f("ix_tag_uploader_id"), "tag", ["uploader_id"], unique=False)
    op.create_table(
        "field",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("benchmark_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("type", sa.String(length=8), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("better", sa.Text(), nullable=True),
        sa.Column("primary", sa.Boolean(), nullable=False),
        sa.Column("samples", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["benchmark_id"], ["benchmark.id"], name=op.f("fk_field_benchmark_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field")),
        sa.UniqueConstraint("benchmark_id", "path", name="uq_field_benchmark_id_path"),
    )
    op.create_table(
        "flavor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "upload_datetime", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("uploader_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("status IN ('on_review', 'approved')", name=op.f("ck_flavor_status")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_flavor_site_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["uploader_id"], ["user.id"], name=op.f("fk_flavor_uploader_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flavor")),
        sa.UniqueConstraint("id", "site_id", name="uq_flavor_id_site_id"),
        sa.UniqueConstraint("site_id", "name", name="uq_flavor_site_id_name"),
    )
    op.create_index(op.f("ix_flavor_uploader_id"), "flavor", ["uploader_id"], unique=False)
    op.create_table(
        "result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "upload_datetime", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("benchmark_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("flavor_id", sa.Uuid(), nullable=False),
        sa.Column("execution_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.Column("json", postgresql.JSONB(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("withdrawn_datetime", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claims_open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("uploader_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("status IN ('listed', 'withdrawn')", name=op.f("ck_result_status")),
        sa.CheckConstraint("claims_open >= 0", name=op.f("ck_result_claims_open")),
        sa.ForeignKeyConstraint(
            ["benchmark_id"], ["benchmark.id"], name=op.f("fk_result_benchmark_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["flavor_id", "site_id"],
            ["flavor.id", "flavor.site_id"],
            name="fk_result_flavor_id_site_id",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_result_site_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["uploader_id"], ["user.id"], name=op.f("fk_result_uploader_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
    )
    op.create_index(
        "ix_result_benchmark",
        "result",
        ["benchmark_id", "execution_datetime", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'listed'"),
    )
    op.create_index(
        "ix_result_execution",
        "result",
        ["execution_datetime", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'listed'"),
    )
    op.create_index(
        "ix_result_flavor",
        "result",
        ["flavor_id", "execution_datetime", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'listed'"),
    )
    op.create_index(
        "ix_result_site",
        "result",
        ["site_id", "execution_datetime", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'listed'"),
    )
    op.create_index(
        "ix_result_upload",
        "result",
        ["upload_datetime", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'listed'"),
    )
    op.create_index(op.f("ix_result_uploader_id"), "result", ["uploader_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "upload_datetime", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("decided_datetime", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uploader_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("status IN ('on_review', 'approved', 'rejected')", name=op.f("ck_claim_status")),
        sa.ForeignKeyConstraint(
            ["result_id"], ["result.id"], name=op.f("fk_claim_result_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["uploader_id"], ["user.id"], name=op.f("fk_claim_uploader_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(
        "ix_claim_open",
        "claim",
        ["upload_datetime", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'on_review'"),
    )
    op.create_index("ix_claim_result_id", "claim", ["result_id"], unique=False)
    op.create_index(op.f("ix_claim_uploader_id"), "claim", ["uploader_id"], unique=False)
    op.create_table(
        "observation",
        sa.Column("field_id", sa.BigInteger(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("flavor_id", sa.Uuid(), nullable=False),
        sa.Column("execution_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("text", sa.String(collation="C"), nullable=True),
        sa.Column("flag", sa.Boolean(), nullable=True),
        sa.CheckConstraint("num_nonnulls(number, text, flag) = 1", name=op.f("ck_observation_one_value")),
        sa.ForeignKeyConstraint(
            ["field_id"], ["field.id"], name=op.f("fk_observation_field_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["result_id"], ["result.id"], name=op.f("fk_observation_result_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("field_id", "result_id", name=op.f("pk_observation")),
    )
    op.create_index(
        "ix_observation_number",
        "observation",
        ["field_id", "number", "execution_datetime", "result_id"],
        unique=False,
        postgresql_include=["flavor_id"],
    )
    op.create_index("ix_observation_result", "observation", ["result_id"], unique=False)
    op.create_index(
        "ix_observation_text",
        "observation",
        ["field_id", "text", "execution_datetime", "result_id"],
        unique=False,
        postgresql_where=sa.text("text IS NOT NULL"),
    )
    op.create_table(
        "result_tag",
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"], ["result.id"], name=op.f("fk_result_tag_result_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tag.id"], name=op.f("fk_result_tag_tag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("result_id", "tag_id", name=op.f("pk_result_tag")),
    )
    op.create_index("ix_result_tag_tag_id_result_id", "result_tag", ["tag_id", "result_id"], unique=False)
    op.execute(APPEND_ONLY)
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
