"""The command `eosc-perf`. Each subcommand is imported when it is asked for."""

from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec

import click

COMMANDS = {
    "demo": "eosc_perf.server.commands.demo",
    "token": "eosc_perf.server.commands.token",
    "serve": "eosc_perf.server.commands.serve",
    "worker": "eosc_perf.server.commands.worker",
    "db": "eosc_perf.server.commands.db",
    "openapi": "eosc_perf.server.commands.openapi",
}
OF_THE_SERVER = ("flask", "granian", "psycopg")


class LazyGroup(click.Group):
    """Imports the module of a command, which holds a function `command`, only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if absent := [package for package in OF_THE_SERVER if find_spec(package) is None]:
            return _not_installed(cmd_name, absent[0])
        try:
            command = import_module(COMMANDS[cmd_name]).command
        except ModuleNotFoundError as error:
            return _not_installed(cmd_name, str(error.name))
        assert isinstance(command, click.Command)
        return command


def _not_installed(name: str, package: str) -> click.Command:
    """Stands for a command of the server where only the client is installed."""
    install = 'pip install "eosc-perf[server,demo]"'

    def refuse() -> None:
        raise click.ClickException(f"`{name}` needs the package {package}: {install}")

    anything = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(name, callback=refuse, help=f"(needs {install})", context_settings=anything)


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(version("eosc-perf"), message="%(version)s")
def main() -> None:
    """Compare real benchmark results of research clouds, and run the service that does."""


if __name__ == "__main__":
    main()
