from pathlib import Path

import click

from .. import processes
from ..demo import runner
from .common import plain_errors


@click.command("demo")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--data",
    default=".data",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for the database and the logs. A later start finds its data there.",
)
def command(port: int, data: Path) -> None:
    """Run everything on this machine.

    Database, demo identity provider, server and published results. It needs nothing else, listens on
    loopback only, and stops all of it on Ctrl-C or SIGTERM.
    """
    with plain_errors(), processes.until_signalled():
        runner.run(data.absolute(), port)
