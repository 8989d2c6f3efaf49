import logging

import click

from .. import jobs
from .common import settings_from_environment


@click.command("worker")
def command() -> None:
    """Run the background jobs: mails, slow checks, cleaning up.

    `serve` starts one by itself unless told not to. Any number may run, on any machine that reaches the
    database. Settings come from the environment. SIGTERM ends it when the running job is done.
    """
    settings = settings_from_environment()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    jobs.run_worker(settings)
