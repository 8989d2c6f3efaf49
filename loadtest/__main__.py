"""The command `python -m loadtest`."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import psutil
import psycopg
from rich.console import Console
from rich.progress import Progress

from eosc_perf.server.commands.common import plain_errors
from eosc_perf.server.demo import postgres
from eosc_perf.server.migrations import upgrade

from . import fill as filling
from . import measure, report

console = Console(stderr=True)

ROOMY = {
    "shared_buffers": f"{psutil.virtual_memory().total * 2 // 5 // 2**20}MB",
    "effective_cache_size": f"{psutil.virtual_memory().total // 2 // 2**20}MB",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "30min",
    "random_page_cost": "1.1",
}
"""Settings for one machine, as in docs/operations.md; PostgreSQL's own are for small ones."""

FILE = click.Path(path_type=Path, dir_okay=False)


def database_options(function: Callable[..., Any]) -> Callable[..., Any]:
    url = click.option("--database", help="The URL of a PostgreSQL database.")
    folder = click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        help="Instead: the folder of a PostgreSQL that runs for as long as this command.",
    )
    return url(folder(function))


@contextmanager
def opened(database: str | None, data: Path | None) -> Iterator[str]:
    if (database is None) == (data is None):
        raise click.UsageError("Name each archive by its URL or by its folder.")
    with plain_errors():
        if database is not None:
            yield database
        elif data is not None:
            with postgres.running(data.absolute(), settings=ROOMY) as url:
                upgrade(url)
                yield url


@contextmanager
def opened_smaller(database: str | None, data: Path | None) -> Iterator[str | None]:
    if data is None:
        yield database
    else:
        with opened(database, data) as url:
            yield url


def prewarm(database_url: str) -> None:
    """Have a PostgreSQL of ours keep everything in its memory: what is measured is not the disk."""
    with psycopg.connect(database_url, user="postgres", autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        connection.execute(
            "SELECT pg_prewarm(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't') AND relpersistence = 'p'"
        )


@click.group()
def main() -> None:
    """Fill a database with made-up results, and measure the real server on it."""


@main.command()
@database_options
@click.option("--results", default=1_000_000, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same data.")
def fill(database: str | None, data: Path | None, results: int, seed: int) -> None:
    """Migrate an empty database and fill it."""
    with opened(database, data) as url, Progress(console=console) as progress:
        upgrade(url)
        task = progress.add_task("Results", total=results)
        try:
            seconds = filling.fill(url, results, seed, lambda done: progress.update(task, completed=done))
        except ValueError as error:
            raise click.ClickException(str(error)) from None
    console.print(f"{results:,} results in {seconds:.0f} s, indexes and statistics included.")


@main.command()
@database_options
@click.option("--quick", is_flag=True, help="A few requests each: whether the measurements work.")
@click.option(
    "--workers",
    multiple=True,
    default=(1, 2),
    show_default=True,
    type=click.IntRange(1),
    help="Server processes; once for each number.",
)
@click.option("--smaller", help="The URL of a smaller archive, to see what growing costs.")
@click.option(
    "--smaller-data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Instead: the folder of one.",
)
@click.option("--json", "json_file", type=FILE, help="Write all figures to a file.")
@click.option(
    "--markdown", type=FILE, help="Write the tables into a file, between its marks, if it has some."
)
def run(
    *,
    database: str | None,
    data: Path | None,
    quick: bool,
    workers: tuple[int, ...],
    smaller: str | None,
    smaller_data: Path | None,
    json_file: Path | None,
    markdown: Path | None,
) -> None:
    """Measure every request of the report. What is stored meanwhile is removed at the end."""
    effort = measure.QUICK if quick else measure.WHOLE
    load = measure.machine_now()["load"]
    if load > report.BUSY:
        console.print(f"[bold]WARN[/]: the machine is busy (load average {load}): times will be too long.")
    begun = time.monotonic()

    def tell(what: str) -> None:
        console.print(f"{time.monotonic() - begun:5.0f} s  {what}")

    with opened(database, data) as url, opened_smaller(smaller, smaller_data) as smaller_url:
        for folder, its_url in ((data, url), (smaller_data, smaller_url)):
            if folder and its_url:
                tell(f"reading {folder} into memory")
                prewarm(its_url)
        try:
            figures = measure.measure(url, workers=workers, smaller=smaller_url, effort=effort, progress=tell)
        except LookupError as error:
            raise click.ClickException(str(error)) from None
    text = report.as_markdown(figures)
    if json_file:
        json_file.write_bytes(report.as_json(figures))
    if markdown:
        report.write_between(markdown, text)
    click.echo(text)


if __name__ == "__main__":
    main(prog_name="python -m loadtest")
