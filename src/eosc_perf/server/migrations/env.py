"""Alembic's entry. Called by `upgrade` with a connection; by `alembic revision` never in production."""

from alembic import context

from eosc_perf.server.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, compare_type=True)
with context.begin_transaction():
    connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
    context.run_migrations()
