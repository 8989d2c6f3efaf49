"""The command `python -m studies`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from . import coverage as of_coverage
from . import drifting, otava_client
from . import federations as of_federations
from .tables import write_between

console = Console(stderr=True)
Study = Callable[[Callable[[float], None]], Iterator[str]]


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    quick = click.option("--quick", is_flag=True, help="A few repetitions: whether it works.")
    seed = click.option("--seed", default=1, show_default=True, help="The same seed makes the same tables.")
    markdown = click.option(
        "--markdown",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        help="Write the tables into a file, between its marks.",
    )
    return quick(seed(markdown(function)))


@click.group()
def main() -> None:
    """Simulate what the statistics of rankings promise, and print it as tables."""


def show(name: str, study: Study, markdown: Path | None) -> None:
    with Progress(console=console) as progress:
        task = progress.add_task(name, total=1.0)
        text = "\n".join(study(lambda share: progress.update(task, completed=share))).strip()
    if markdown:
        try:
            write_between(markdown, name, text)
        except ValueError as error:
            raise click.ClickException(str(error)) from None
    click.echo(text)


@main.command()
@options
def coverage(quick: bool, seed: int, markdown: Path | None) -> None:
    """How often intervals hold the true centre."""
    effort = of_coverage.QUICK if quick else of_coverage.WHOLE
    show("coverage", lambda further: of_coverage.study(seed, effort, further), markdown)


@main.command()
@options
def federations(quick: bool, seed: int, markdown: Path | None) -> None:
    """How often rankings are right, and what it costs when they are not."""
    repetitions = of_federations.QUICK if quick else of_federations.WHOLE
    show("federations", lambda further: of_federations.study(seed, repetitions, further), markdown)


@main.command()
@options
@click.option("--without-otava", is_flag=True, help="Only the service's own: nothing is installed.")
def drift(quick: bool, seed: int, markdown: Path | None, without_otava: bool) -> None:
    """Change points: false alarms and steps found, beside Apache Otava in an environment of its own."""
    effort = drifting.QUICK if quick else drifting.WHOLE
    finders: dict[str, drifting.Finder] = {"the service": drifting.ours}
    with ExitStack() as stack:
        if not without_otava:
            finders["Apache Otava"] = stack.enter_context(otava_client.running())
        show("drift", lambda further: drifting.study(seed, effort, finders, further), markdown)


if __name__ == "__main__":
    main(prog_name="python -m studies")
