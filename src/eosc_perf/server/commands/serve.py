import os

import click

from .. import processes, serving
from .common import plain_errors, settings_from_environment


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers",
    default=lambda: min(4, os.cpu_count() or 1),
    show_default="one per core, at most 4",
    type=click.IntRange(1, 64),
    help="Server processes. Each opens up to DB_POOL_SIZE database connections.",
)
@click.option("--no-worker", is_flag=True, help="Start no job worker: `eosc-perf worker` runs elsewhere.")
def command(host: str, port: int, workers: int, no_worker: bool) -> None:
    """Serve the API and the web interface in production.

    Settings come from the environment (docs/operations.md); DATABASE_URL is required. The database is not
    migrated: run `eosc-perf db upgrade` first; until then /readyz answers 503.
    """
    settings = settings_from_environment()
    with plain_errors(), processes.until_signalled():
        processes.check_port(port, host)
        serving.serve(settings, port, host=host, workers=workers, jobs=not no_worker)
