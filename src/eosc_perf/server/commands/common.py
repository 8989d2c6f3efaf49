"""What several commands share."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..config import Settings, SettingsError, from_environment
from ..processes import Failed


@contextmanager
def plain_errors() -> Iterator[None]:
    """What the person at the terminal can mend is said in a sentence, without a traceback."""
    try:
        yield
    except (Failed, SettingsError) as error:
        raise click.ClickException(str(error)) from None


def settings_from_environment() -> Settings:
    with plain_errors():
        return from_environment()
