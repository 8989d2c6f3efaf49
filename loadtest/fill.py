"""Filling an empty, migrated database through COPY. The same seed makes the same data."""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import orjson
import psycopg

from eosc_perf.server.benchmarks import fields as field_specs
from eosc_perf.server.results.models import ADD_UP_TOTALS

from . import catalogue
from .catalogue import Benchmark, Catalogue, Flavor, uuid_of

NEWEST = datetime(2026, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=5 * 365)
CHUNK = 20_000
BIG_TABLES = ("result", "result_tag", "observation")
COLUMNS = {
    "result": "id, upload_datetime, execution_datetime, benchmark_id, site_id, flavor_id, uploader_id, "
    "status, json",
    "result_tag": "result_id, tag_id",
    "observation": "field_id, result_id, flavor_id, execution_datetime, number, text",
}

Row = tuple[Any, ...]


def fill(
    database_url: str, results: int, seed: int, progress: Callable[[int], None] = lambda done: None
) -> float:
    """Add the catalogue and that many results. Returns seconds. Raises ValueError if results exist."""
    begun = time.monotonic()
    made = catalogue.make(seed)
    with psycopg.connect(database_url) as connection:
        if connection.execute("SELECT EXISTS (SELECT FROM result)").fetchone() != (False,):
            raise ValueError("The database holds results already. Give an empty, migrated one.")
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET maintenance_work_mem = '1GB'")
        write_catalogue(connection, made)
        fields = field_ids(connection, made)
        with without_indexes(connection):
            dice = random.Random(f"results {seed}")  # noqa: S311
            moments = uploads(results, dice)
            for start in range(0, results, CHUNK):
                write_results(connection, made, fields, dice, islice(moments, CHUNK))
                progress(min(start + CHUNK, results))
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(ADD_UP_TOTALS)
        connection.execute("VACUUM (ANALYZE)")
    return time.monotonic() - begun


def write_catalogue(connection: psycopg.Connection[Any], made: Catalogue) -> None:
    insert = connection.cursor().executemany
    connection.execute(
        'INSERT INTO "user" (id, iss, sub, email) VALUES (%s, %s, %s, %s)',
        (made.uploader_id, "https://loadtest.invalid", "loadtest", "loadtest@example.org"),
    )
    insert(
        "INSERT INTO site (id, name, address, status) VALUES (%s, %s, %s, 'approved')",
        [(id, name, f"https://{name.lower()}.example.org") for id, name in made.sites],
    )
    insert(
        "INSERT INTO flavor (id, site_id, name, status) VALUES (%s, %s, %s, 'approved')",
        [(flavor.id, flavor.site_id, flavor.name) for flavor in made.flavors],
    )
    insert("INSERT INTO tag (id, name) VALUES (%s, %s)", made.tags)
    for benchmark in made.benchmarks:
        connection.execute(
            "INSERT INTO benchmark (id, docker_image, docker_tag, url, json_schema, status) "
            "VALUES (%s, %s, '1.0', 'https://example.org', %s::jsonb, 'approved')",
            (benchmark.id, f"loadtest/{benchmark.name}", orjson.dumps(benchmark.schema).decode()),
        )
        insert(
            'INSERT INTO field (benchmark_id, position, path, type, role, unit, better, "primary", samples) '
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (benchmark.id, position, list(spec.path), spec.type, spec.role, spec.unit, spec.better,
                 spec.primary, list(spec.samples) if spec.samples else None)
                for position, spec in enumerate(field_specs.derive(benchmark.schema))
            ],
        )  # fmt: skip


def field_ids(connection: psycopg.Connection[Any], made: Catalogue) -> dict[Any, list[Row]]:
    """Per benchmark: (field id, path, type) of its fields."""
    found: dict[Any, list[Row]] = {benchmark.id: [] for benchmark in made.benchmarks}
    for benchmark_id, *field in connection.execute(
        "SELECT benchmark_id, id, path, type FROM field ORDER BY benchmark_id, position"
    ):
        found[benchmark_id].append(tuple(field))
    return found


@contextmanager
def without_indexes(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Drop the big tables' indexes and keys meanwhile: filling goes several times faster."""
    made_again = []
    constraints = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'p', 'u') ORDER BY contype = 'f', conname",
        (list(BIG_TABLES),),
    ).fetchall()
    referring = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE confrelid = ANY(%s::regclass[]) AND conrelid <> ALL(%s::regclass[])",
        (list(BIG_TABLES), list(BIG_TABLES)),
    ).fetchall()
    indexes = connection.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS "
        "(SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))",
        (list(BIG_TABLES),),
    ).fetchall()
    keys = [each for each in constraints if not each[2].startswith("FOREIGN")]
    foreign = [each for each in constraints if each[2].startswith("FOREIGN")] + referring
    for table, name, _ in foreign + keys:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    for table, name, definition in keys:
        made_again.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    made_again += [definition for _, definition in indexes]
    for table, name, definition in foreign:
        made_again.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    yield
    for statement in made_again:
        connection.execute(statement)


def uploads(results: int, dice: random.Random) -> Iterator[datetime]:
    """When each result is uploaded, one after the other: so the rows of an archive that grew lie."""
    for number in range(results):
        yield NEWEST - SPAN * (1 - (number + dice.random()) / results)


def write_results(
    connection: psycopg.Connection[Any],
    made: Catalogue,
    fields: dict[Any, list[Row]],
    dice: random.Random,
    moments: Iterable[datetime],
) -> None:
    rows: dict[str, list[Row]] = {table: [] for table in BIG_TABLES}
    for uploaded in moments:
        one_result(made, fields, dice, uploaded, rows)
    with connection.cursor() as cursor:
        for table, lines in rows.items():
            with cursor.copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)


def one_result(
    made: Catalogue,
    fields: dict[Any, list[Row]],
    dice: random.Random,
    uploaded: datetime,
    rows: dict[str, list[Row]],
) -> None:
    benchmark, flavor = dice.choice(made.benchmarks), dice.choice(made.flavors)
    executed = uploaded - timedelta(days=dice.expovariate(1))
    id = uuid_of(uploaded, dice)
    document = run_of(benchmark, flavor, dice)
    rows["result"].append(
        (id, uploaded, executed, benchmark.id, flavor.site_id, flavor.id, made.uploader_id, "listed",
         orjson.dumps(document).decode())
    )  # fmt: skip
    rows["result_tag"] += [(id, tag) for tag, _ in dice.sample(made.tags, k=2)]
    for field_id, path, kind in fields[benchmark.id]:
        value: Any = document
        for key in path:
            value = value[key]
        number, text = (value, None) if kind == "number" else (None, value)
        rows["observation"].append((field_id, id, flavor.id, executed, number, text))


def run_of(benchmark: Benchmark, flavor: Flavor, dice: random.Random) -> dict[str, Any]:
    """A document of 2 to 3 kB, like c-ray's: log-normal runs, samples that vary less than runs do."""
    centre = benchmark.base / flavor.speed * dice.lognormvariate(0, 0.05)
    samples = [round(centre * dice.lognormvariate(0, 0.01), 4) for _ in range(dice.randint(1, 9))]
    printed = benchmark.schema["properties"]["result"]["properties"]
    phases = [name for name in printed if name.startswith("phase_")]
    return {
        "result": {
            "score": round(sum(samples) / len(samples), 4),
            "samples": samples,
            **{name: round(centre / (2 + place), 4) for place, name in enumerate(phases)},
        },
        "machine": flavor.machine,
        "parameters": {"size": dice.choice((1, 1, 1, 2)), "label": f"run {dice.getrandbits(40):x}"},
        "software": {"version": f"1.{dice.randint(0, 9)}.{dice.randint(0, 9)}", "compiler": "gcc 12.2.0 -O3"},
    }
