"""Apache Otava in an environment of its own: it pins a numpy that the service does not use."""

import json
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOME = ROOT / "build" / "otava"
REQUIREMENTS = ROOT / "requirements" / "otava.txt"
WORKER = Path(__file__).parent / "otava_worker.py"


def python() -> Path:
    """The interpreter of Otava's environment, which is made at first."""
    found = HOME / "bin" / "python"
    stamp = HOME / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != REQUIREMENTS.read_text():
        venv.create(HOME, clear=True, with_pip=True)
        install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--require-hashes",
        ]
        subprocess.run([found, *install, "--requirement", REQUIREMENTS], check=True, stdout=sys.stderr)
        stamp.write_text(REQUIREMENTS.read_text())
    return found


class Otava:
    """Places of change points, by Otava's defaults; changes below 1 % are left out, as the service does."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def __call__(self, values: Sequence[float]) -> list[int]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(values) + "\n")
        self.process.stdin.flush()
        found: list[int] = json.loads(self.process.stdout.readline())
        return found


@contextmanager
def running() -> Iterator[Otava]:
    command = [str(python()), str(WORKER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Otava(process)
        finally:
            if process.stdin:
                process.stdin.close()
