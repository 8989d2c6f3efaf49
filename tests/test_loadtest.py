"""The load test: data that follow from the seed, and measurements that work. No times are judged."""

import hashlib
import subprocess
import sys
from pathlib import Path

import orjson
import psycopg
import pytest
from conftest import NewDatabase

from eosc_perf.server.config import Settings
from loadtest import measure, report, writes

ROOT = Path(__file__).parents[1]
RESULTS = 20_000
TABLES = {
    "benchmark": "id, docker_image, json_schema",
    "field": "benchmark_id, path, type, role, unit, better",
    "flavor": "id, site_id, name",
    "result": "id, upload_datetime, execution_datetime, benchmark_id, flavor_id, site_id, json",
    "result_tag": "result_id, tag_id",
    "result_total": "benchmark_id, flavor_id, number",
    "observation": "result_id, flavor_id, execution_datetime, number, text",
}


def loadtest(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "loadtest", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


def digest(database_url: str) -> dict[str, str]:
    """Of the rows of each table, in order."""
    found = {}
    with psycopg.connect(database_url) as connection:
        for table, columns in TABLES.items():
            rows = connection.execute(f"SELECT ({columns})::text FROM {table} ORDER BY 1").fetchall()
            assert rows, table
            found[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def test_the_same_seed_makes_the_same_data(new_database: NewDatabase) -> None:
    filled = {}
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        url = new_database()
        assert loadtest("fill", "--results", 300, "--seed", seed, "--database", url).returncode == 0
        filled[name] = digest(url)
    assert filled["one"] == filled["again"]
    assert not set(filled["one"].values()) & set(filled["other"].values())


@pytest.fixture(scope="module")
def archive(new_database: NewDatabase) -> str:
    url = new_database()
    done = loadtest("fill", "--results", RESULTS, "--seed", 7, "--database", url)
    assert done.returncode == 0, done.stderr
    return url


def test_every_request_is_measured_and_the_archive_left_as_it_was(archive: str, tmp_path: Path) -> None:
    before = digest(archive)
    figures, page = tmp_path / "figures.json", tmp_path / "page.md"
    page.write_text("# Page\n\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nThe rest.\n")
    done = loadtest(
        "run", "--quick", "--workers", 1, "--database", archive, "--smaller", archive,
        "--json", figures, "--markdown", page,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert digest(archive) == before
    seen = orjson.loads(figures.read_bytes())
    assert len(seen["splits"]) == len(seen["loads"]["1"]) == 15
    assert len(seen["smaller"]) == 11
    for name, load in seen["loads"]["1"].items():
        times = [*load["first"].values(), *load["again"].values(), load["committed"]]
        times += [seen["smaller"][name]] if name in seen["smaller"] else []
        assert all(0 < each["p50"] <= each["p95"] <= each["p99"] for each in times), name
        assert all(each["requests"] > 0 and each["per_second"] > 0 for each in times), name
        assert load["sql"] > 0
        split = seen["splits"][name]
        assert 0 < split["statements"] <= (5 if name in seen["smaller"] else 20), name
        assert min(split["sql"], split["making"], split["rest"], split["bytes"]) > 0, name
    assert seen["export"]["results"] == RESULTS == seen["data"]["results"]
    assert 10 < seen["peaks"]["1"] < seen["peaks_computing"]["1"]
    text = page.read_text()
    assert text.startswith("# Page\n\n<!-- measured: begin -->\n20,000 results")
    assert text.endswith("<!-- measured: end -->\nThe rest.\n")
    assert "old" not in text


@pytest.mark.parametrize("format", ["ndjson", "csv", "parquet"])
def test_an_export_needs_no_more_memory_the_longer_it_gets(archive: str, format: str) -> None:
    with measure.served(Settings(database_url=archive)) as (port, server):
        seen = writes.exported(port, server, format)
    assert seen.bytes > RESULTS * 50
    assert seen.growth < report.FLAT, "in MB, the second half of the time against the first"


def test_a_database_that_holds_results_is_not_filled_again(archive: str) -> None:
    refused = loadtest("fill", "--results", 10, "--database", archive)
    assert refused.returncode == 1
    assert "holds results already" in refused.stderr


def test_nothing_is_measured_without_the_made_up_results(new_database: NewDatabase) -> None:
    refused = loadtest("run", "--quick", "--database", new_database())
    assert refused.returncode == 1
    assert "holds no results" in refused.stderr
    assert "Traceback" not in refused.stderr
