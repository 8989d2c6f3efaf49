"""The simulations behind docs/statistics.md: that they run, and that the same seed makes the same tables."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def studies(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "studies", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize(
    ("study", "options", "rows"),
    [
        ("coverage", [], ["two clusters, 1 run in 4", "Hodges-Lehmann", "bootstrap, BCa"]),
        ("federations", [], ["| log-normal | 5 | 3 | 1 to 10 |"]),
        ("drift", ["--without-otava"], ["slow moods"]),
    ],
)
def test_a_study_writes_its_tables_between_the_marks(
    study: str, options: list[str], rows: list[str], tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n<!-- {study}: begin -->\nStale.\n<!-- {study}: end -->\nAfter.\n")
    done = studies(study, "--quick", "--markdown", page, *options)
    assert done.returncode == 0, done.stderr
    text = page.read_text()
    assert text.startswith("Before.\n")
    assert text.endswith("After.\n")
    assert "Stale." not in text
    for row in rows:
        assert row in text


def test_the_same_seed_makes_the_same_tables() -> None:
    one, again, other = (studies("coverage", "--quick", "--seed", seed).stdout for seed in (1, 1, 2))
    assert one == again != other


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Nothing here.\n")
    done = studies("drift", "--quick", "--without-otava", "--markdown", page)
    assert done.returncode == 1
    assert "lacks the lines <!-- drift: begin -->" in done.stderr
    assert page.read_text() == "Nothing here.\n"
