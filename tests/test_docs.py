"""The documentation is true: its commands work, and it names every setting, command and option."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from pathlib import Path

import click
import pytest

from eosc_perf.cli import main
from eosc_perf.server import create_app, processes, serving
from eosc_perf.server.config import Settings
from eosc_perf.server.web.access import who

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DEMO_PORT = "8080"
END_OF_OUTPUT = "<<<end of output>>>"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (?P<command>.*\n(?:> .*\n|>\n)*)(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A folder like that of the repository, where `make demo` runs, and the demo's port."""
    folder, port = tmp_path_factory.mktemp("demo"), processes.free_port()
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    command = [sys.executable, "-m", "eosc_perf.cli", "demo", "--port", str(port)]
    with processes.running(
        [*command, "--data", str(folder / ".data")],
        name="The demo",
        ready=lambda: serving.answers("127.0.0.1", port),
        log=folder / "demo.log",
    ):
        yield folder, port


def test_every_command_of_the_tutorial_prints_what_it_says(demo: tuple[Path, int]) -> None:
    folder, port = demo
    text = (DOCS / "tutorial.md").read_text().replace(f":{DEMO_PORT}", f":{port}")
    said = [found for block in BLOCK.findall(text) for found in COMMAND.finditer(block)]
    commands = [re.sub(r"^> ?", "", each["command"], flags=re.MULTILINE) for each in said]
    script = "".join(f"{command}echo '{END_OF_OUTPUT}'\n" for command in commands)
    environment = {**os.environ, "no_proxy": "*", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash"], input=script, cwd=folder, env=environment, stdout=-1, stderr=-2, text=True, check=False
    )
    printed = done.stdout.split(f"{END_OF_OUTPUT}\n")
    assert len(printed) == len(said) + 1, done.stdout[-2000:]
    for each, output in zip(said, printed, strict=False):
        pattern = ".*".join(map(re.escape, each["output"].split("...")))
        assert re.fullmatch(pattern, output, re.DOTALL), f"$ {each['command']}{output}"


def settings_row(setting: Field[object]) -> str:
    """A setting's row in the table of docs/operations.md."""
    default = setting.default
    if default is MISSING:
        shown = "required"
    elif isinstance(default, bool):
        shown = f"`{str(default).lower()}`"
    else:
        shown = f"`{serving.as_text(default)}`" if default not in ("", ()) else ""
    return f"| `{setting.metadata['variable']}` | {shown} | {setting.metadata['help']} |"


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.metadata["variable"])
def test_the_table_of_settings_says_what_the_program_says(setting: Field[object]) -> None:
    assert settings_row(setting) in (DOCS / "operations.md").read_text().splitlines()


def commands_of(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{name} {each}")
        else:
            yield f"{name} {each}", command


@pytest.mark.parametrize(("name", "command"), list(commands_of(main, "eosc-perf")))
def test_every_command_and_its_options_are_documented(name: str, command: click.Command) -> None:
    text = "".join(path.read_text() for path in (DOCS / "operations.md", DOCS / "tutorial.md"))
    row = next((line for line in text.splitlines() if line.startswith(f"| `{name}")), None)
    assert row, f"{name} is missing from the table of commands"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[-1]}`" in row, f"{name} {parameter.opts[-1]}"


PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_within_the_documentation_leads_somewhere(file: Path) -> None:
    for found in LINK.finditer(file.read_text()):
        target, _, anchor = (found[1] or found[2]).partition("#")
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        path = (file.parent / target).resolve() if target else file
        assert path.exists(), f"{file.name} links to {target}"
        if anchor:
            assert anchor in anchors_of(path), f"{file.name} links to {target}#{anchor}"


def anchors_of(file: Path) -> set[str]:
    """What the headings of a page are called in links."""
    headings = re.findall(r"^#+ (.*)$", file.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def operations() -> set[tuple[str, str]]:
    """Every operation, and whom it is for."""
    app = create_app(Settings(database_url="postgresql://"))
    return {
        (f"{method} {rule.rule.removeprefix('/api/v1')}".replace("<uuid:id>", "{id}"), who(view.permission))
        for rule in app.url_map.iter_rules()
        if hasattr(view := app.view_functions[rule.endpoint], "permission")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_table_of_operations_says_what_the_program_says() -> None:
    row = re.compile(r"^\| `([A-Z]+ [^`]*)` \| ([^|]*) \|", re.MULTILINE)
    assert set(row.findall((DOCS / "api.md").read_text())) == operations()
