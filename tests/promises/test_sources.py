"""What may know what: imports, the environment, commits; and what no file of the repository names."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "eosc_perf"
SERVER = PACKAGE / "server"
SOURCES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text()) for path in PACKAGE.rglob("*.py")
}

ARROW = {
    "db": 0,
    "users": 1,
    "moderation": 2,
    "tags": 3,
    "sites": 3,
    "flavors": 4,
    "benchmarks": 4,
    "results": 5,
    "claims": 6,
}
"""Models import from what is further left only; see docs/development.md."""

ENVIRONMENT = {
    "server/config.py": "the settings",
    "server/identity/__init__.py": "refuses to start where a variable of flaat's switches checks off",
    "server/web/metrics.py": "PROMETHEUS_MULTIPROC_DIR is read by the Prometheus client itself",
    "server/serving.py": "hands the environment on to child processes",
    "server/backup.py": "hands the environment on to child processes",
}
COMMITS = {"server/app.py", "server/db.py", "server/demo/catalogue.py"}
"""The app commits requests; `db` gives it the way and ends what waits; the demo has no requests."""

MACHINES = re.compile(
    r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/|pypi\.org|pythonhosted\.org|registry\.npmjs\.org"
)
TEXTS = [
    path
    for folder, pattern in (
        (ROOT, "*.md"),
        (ROOT, "Makefile"),
        (ROOT, "pyproject.toml"),
        (ROOT / "docs", "**/*"),
        (ROOT / "requirements", "*"),
        (ROOT / ".ci", "*"),
        (ROOT / "src", "**/*.py"),
        (ROOT / "ui", "*.json"),
    )
    for path in sorted(folder.glob(pattern))
    if path.is_file() and path.suffix not in {".png", ".jpg"}
]


def imports(name: str) -> Iterator[str]:
    """Full names of the modules and their members that a source imports."""
    package = ("eosc_perf/" + name).split("/")[:-1]
    for node in ast.walk(SOURCES[name]):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{each.name}" for each in node.names)


@pytest.mark.parametrize("concept", ARROW)
def test_models_import_along_the_arrow_only(concept: str) -> None:
    name = "server/db.py" if concept == "db" else f"server/{concept}/models.py"
    others = [match[1] for each in imports(name) if (match := re.match(r"eosc_perf\.server\.(\w+)", each))]
    assert {each for each in others if each in ARROW and ARROW[each] >= ARROW[concept]} == set()


def test_the_arrow_names_every_models_file() -> None:
    assert {path.parent.name for path in SERVER.glob("*/models.py")} == set(ARROW) - {"db"}


def test_the_client_does_not_import_the_server() -> None:
    clients = [name for name in SOURCES if name.startswith("client/")]
    assert clients
    for name in [*clients, "__init__.py", "cli.py"]:
        assert not [each for each in imports(name) if each.startswith("eosc_perf.server")], name


def test_large_packages_are_loaded_when_somebody_needs_them() -> None:
    """They double the memory of a server process, and the time it takes to start."""
    program = "import sys, eosc_perf.server.app; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout
    assert "eosc_perf.server.find.routes" in loaded.split()
    assert not {"numpy", "scipy", "ruptures", "pyarrow"} & set(loaded.split())


def test_flaat_is_known_to_identity_only() -> None:
    using = {name for name in SOURCES for each in imports(name) if each.split(".")[0] == "flaat"}
    assert using
    assert all(name.startswith("server/identity") for name in using)


def test_the_environment_is_read_in_one_place() -> None:
    names = ("environ", "environb", "getenv")
    reading = {name for name in SOURCES if any(f"os.{each}" in imports(name) for each in names)}
    reading |= {
        name
        for name, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {f"os.{each}" for each in names}
    }
    assert reading == set(ENVIRONMENT)


def test_nobody_commits_but_the_app() -> None:
    committing = {
        name
        for name, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }
    assert committing == COMMITS


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_file_names_a_machine_or_a_package_host(file: Path) -> None:
    assert MACHINES.findall(file.read_text()) == []


def test_the_lock_of_npm_has_hashes_and_no_addresses() -> None:
    lock = (ROOT / "ui" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 50


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_required_package_has_a_version_and_hashes(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    whole = re.sub(r"\\\n\s*", "", text)
    required = [line for line in whole.splitlines() if line and not line.startswith("#")]
    assert len(required) > 50
    for line in required:
        assert re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line
