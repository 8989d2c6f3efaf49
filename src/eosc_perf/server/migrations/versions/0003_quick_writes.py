"""Quick writes: documents up to a page are kept as they are, observations need no look-up a row."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UNPACKED = "ALTER TABLE result SET (toast_tuple_target = 8160)"
"""Compressing documents of 2 to 3 kB took two thirds of storing them, and saved a third of the space."""

TRIGGERS = """
ALTER TABLE observation DROP CONSTRAINT fk_observation_result_id;
ALTER TABLE observation DROP CONSTRAINT fk_observation_field_id;
CREATE FUNCTION observation_without_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM observation USING gone WHERE observation.result_id = gone.id;
    RETURN NULL;
END $$;
CREATE FUNCTION observation_without_field() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM observation USING gone WHERE observation.field_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER observation_without_result AFTER DELETE ON result
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION observation_without_result();
CREATE TRIGGER observation_without_field AFTER DELETE ON field
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION observation_without_field();
"""


def upgrade() -> None:
    op.execute(UNPACKED)
    op.execute(TRIGGERS)
