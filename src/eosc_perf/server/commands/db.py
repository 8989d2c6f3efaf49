from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from .. import backup, migrations
from ..config import Settings
from ..db import connect
from ..demo import postgres
from ..results import index
from .common import plain_errors, settings_from_environment

console = Console(stderr=True)


def database_option(function: Callable[..., Any]) -> Callable[..., Any]:
    help_text = "A demo's data folder, running or not, instead of DATABASE_URL."
    return click.option(
        "--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help=help_text
    )(function)


@contextmanager
def database(data: Path | None) -> Iterator[str]:
    """The URL of the database that the person named."""
    with plain_errors():
        if data is None:
            yield settings_from_environment().database_url
        else:
            with postgres.opened(data.absolute()) as url:
                yield url


@click.group("db")
def command() -> None:
    """Migrate, dump, restore, reindex the database.

    DATABASE_URL names it; --data names that of a demo.
    """


@command.command()
@database_option
def upgrade(data: Path | None) -> None:
    """Bring the database to the shape that this version needs. Safe to repeat, and while servers run."""
    with database(data) as url:
        migrations.upgrade(url)
    console.print("The database is up to date.")


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@database_option
def dump(file: Path, data: Path | None) -> None:
    """Write the whole database to FILE (pg_dump's custom format), while it is in use."""
    with database(data) as url, console.status("Dumping ..."):
        backup.dump(url, file)
    console.print(f"{file}: {file.stat().st_size:,} bytes.")


@command.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Drop what the database holds now.")
@database_option
def restore(file: Path, replace: bool, data: Path | None) -> None:
    """Fill the database from FILE, which `dump` wrote: wholly or, when anything fails, not at all.

    Refuses a database that holds tables, unless told to replace them.
    """
    with database(data) as url, console.status("Restoring ..."):
        backup.restore(url, file, replace=replace)
        engine = connect(Settings(database_url=url))
        pending = migrations.pending(engine)
        engine.dispose()
    console.print(
        "Restored." + (" It is of an earlier version: run `eosc-perf db upgrade`." if pending else "")
    )


@command.command()
@database_option
def reindex(data: Path | None) -> None:
    """Make what filters, sorting and plots read anew from the stored results, while the service runs."""
    with database(data) as url, Progress(console=console) as progress:
        engine = connect(Settings(database_url=url))
        task = progress.add_task("Results", total=None)
        total = index.rebuild(engine, lambda done, total: progress.update(task, completed=done, total=total))
        engine.dispose()
    console.print(f"Indexed {total:,} results.")
