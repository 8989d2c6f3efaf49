"""What is measured: each request with its goals, and the raw SQL that fetches the same rows."""
# ruff: noqa: S608  # all parts of the statements stand here

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg

API = "/api/v1"
PER_PAGE = 20

COLUMNS = {
    "site": "{0}.id, {0}.upload_datetime, {0}.name, {0}.address, {0}.description, {0}.status",
    "flavor": "{0}.id, {0}.upload_datetime, {0}.name, {0}.description, {0}.status",
    "benchmark": "{0}.id, {0}.upload_datetime, {0}.docker_image, {0}.docker_tag, {0}.url, {0}.description, "
    "{0}.json_schema::text, {0}.status, {0}.image_digest, {0}.image_note",
}
RESULT = f"""
SELECT r.id, r.upload_datetime, r.execution_datetime, r.benchmark_id, r.claims_open,
  {COLUMNS["site"].format("s")}, {COLUMNS["flavor"].format("f")}, r.json::text,
  (SELECT jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.name, t.id)::text
   FROM result_tag rt JOIN tag t ON t.id = rt.tag_id WHERE rt.result_id = r.id)
FROM result r JOIN site s ON s.id = r.site_id JOIN flavor f ON f.id = r.flavor_id
"""
ROWS = "WITH page AS MATERIALIZED ({page}) " + RESULT + "JOIN page ON page.id = r.id ORDER BY {order}"
BENCHMARKS = f"SELECT {COLUMNS['benchmark'].format('b')} FROM benchmark b WHERE b.id = ANY(%(benchmarks)s)"

EXECUTED = "r.execution_datetime, r.id"
IN_TIME = "SELECT id FROM result WHERE status = 'listed' ORDER BY execution_datetime, id"
TOTAL = "SELECT sum(number) FROM result_total"
ONE_FILTER = "FROM observation o WHERE o.field_id = %(cores)s AND o.number > 16"
HERE = "(SELECT id FROM flavor WHERE site_id = %(site)s)"
TWO_FILTERS = f"""
FROM observation o
JOIN observation p ON p.result_id = o.result_id AND p.field_id = %(size)s AND p.flavor_id IN {HERE}
JOIN result_tag rt ON rt.result_id = o.result_id AND rt.tag_id = %(tag)s
WHERE o.field_id = %(cores)s AND o.number > 4 AND o.flavor_id IN {HERE} AND p.number = 1
"""
MEANS = """
SELECT o.flavor_id, p.number, count(*), avg(ln(o.number)), var_samp(ln(o.number)),
  min(o.execution_datetime), max(o.execution_datetime)
FROM observation o JOIN observation p ON p.result_id = o.result_id AND p.field_id = %({size})s
WHERE o.field_id = %({score})s AND o.number > 0 {where}
GROUP BY o.flavor_id, p.number
"""
FAST = "AND o.result_id IN (SELECT result_id FROM observation WHERE field_id = %(cores)s AND number >= 8)"
AT_SITE = f"AND o.flavor_id IN {HERE}"
SEARCHED = """
FROM result r WHERE r.status = 'listed' AND r.site_id = %(site)s
AND r.id IN (SELECT result_id FROM result_tag WHERE tag_id = %(tag)s)
"""

SOME = "SELECT id, benchmark_id FROM result WHERE status = 'listed' ORDER BY md5(id::text) LIMIT 50000"

Parameters = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """What of the database the addresses name."""

    total: int
    benchmarks: list[UUID]
    fields: dict[tuple[UUID, str], int]
    sites: list[tuple[UUID, str]]
    flavors: dict[UUID, list[UUID]]
    """By site."""
    tags: list[tuple[UUID, str]]
    results: list[tuple[UUID, UUID]]
    documents: dict[UUID, list[str]]


@dataclass(frozen=True)
class Asked:
    """A request of the table in the report. Goals, if any: milliseconds, and times raw SQL."""

    name: str
    first: float | None
    again: float | None
    ratio: float | None
    address: str
    sql: tuple[str, ...]
    grows: bool = True
    """Whether the goal for growing archives holds for it."""
    computes: bool = False
    """Whether it computes with whole benchmarks: slow, and with packages that others do without."""

    def parameters(self, dice: random.Random, known: Known, number: int) -> Parameters:
        """number: the same result comes again only after all others."""
        benchmark, second, third = dice.sample(known.benchmarks, k=3)
        site, site_name = dice.choice(known.sites)
        tag, tag_name = dice.choice(known.tags)
        result, its_benchmark = known.results[number % len(known.results)]
        pages = -(-known.total // PER_PAGE)
        middle = pages // 2 - dice.randint(0, min(50, pages // 4))
        return {
            "benchmark": benchmark,
            "second": second,
            "third": third,
            "benchmarks": [benchmark] if "benchmark_id" in self.address else known.benchmarks,
            "its_benchmark": its_benchmark,
            "cores": known.fields[benchmark, "machine.cpu.count"],
            "size": known.fields[benchmark, "parameters.size"],
            "score": known.fields[benchmark, "result.score"],
            "second_score": known.fields[second, "result.score"],
            "second_size": known.fields[second, "parameters.size"],
            "third_score": known.fields[third, "result.score"],
            "third_size": known.fields[third, "parameters.size"],
            "site": site,
            "site_name": site_name,
            "tag": tag,
            "tag_name": tag_name,
            "result": result,
            "last": pages,
            "last_rows": known.total - (pages - 1) * PER_PAGE,
            "middle": middle,
            "middle_offset": (middle - 1) * PER_PAGE,
        }

    def addresses(self, dice: random.Random, known: Known, numbers: Iterable[int]) -> list[str]:
        return [spelled(self.address % self.parameters(dice, known, each), each) for each in numbers]


def page(select: str, order: str) -> str:
    return ROWS.format(page=select, order=order)


def means(benchmark: str = "", where: str = "") -> str:
    """What a ranking is made of: a row for each flavor and size."""
    return MEANS.format(score=f"{benchmark}score", size=f"{benchmark}size", where=where)


ASKED = (
    Asked(
        "first page", 10, 3, 3, "/results?per_page=20",
        (TOTAL, page(f"{IN_TIME} LIMIT 20", EXECUTED), BENCHMARKS),
    ),
    Asked(
        "newest 100", 20, 5, 3, "/results?per_page=100&sort_by=-upload_datetime",
        (TOTAL, page("SELECT id FROM result WHERE status = 'listed' ORDER BY upload_datetime DESC, id DESC "
                     "LIMIT 100", "r.upload_datetime DESC, r.id DESC"), BENCHMARKS),
    ),
    Asked(
        "benchmark + filter", 25, 3, 3,
        "/results?per_page=20&benchmark_id=%(benchmark)s&filters=machine.cpu.count > 16",
        (f"SELECT count(*) {ONE_FILTER}",
         page(f"SELECT o.result_id AS id {ONE_FILTER} ORDER BY o.execution_datetime, o.result_id LIMIT 20",
              EXECUTED), BENCHMARKS),
    ),
    Asked(
        "benchmark + two filters + site + tag", 25, 3, 3,
        "/results?per_page=20&benchmark_id=%(benchmark)s&filters=machine.cpu.count > 4"
        "&filters=parameters.size == 1&site_id=%(site)s&tags_ids=%(tag)s",
        (f"SELECT count(*) {TWO_FILTERS}",
         page(f"SELECT o.result_id AS id {TWO_FILTERS} ORDER BY o.execution_datetime, o.result_id LIMIT 20",
              EXECUTED), BENCHMARKS),
    ),
    Asked(
        "benchmark, best score first", 15, 3, 3,
        "/results?per_page=20&benchmark_id=%(benchmark)s&sort_by=-json.result.score",
        (f"{TOTAL} WHERE benchmark_id = %(benchmark)s",
         page("SELECT o.result_id AS id, o.number FROM observation o WHERE o.field_id = %(score)s "
              "AND o.number IS NOT NULL ORDER BY o.number DESC, o.result_id DESC LIMIT 20",
              "page.number DESC, r.id DESC"), BENCHMARKS),
    ),
    Asked(
        "last page", 15, 3, 3, "/results?per_page=20&page=%(last)s",
        (TOTAL, page("SELECT id FROM result WHERE status = 'listed' "
                     "ORDER BY execution_datetime DESC, id DESC LIMIT %(last_rows)s", EXECUTED), BENCHMARKS),
    ),
    Asked(
        "page in the middle", 120, 3, 3, "/results?per_page=20&page=%(middle)s",
        (TOTAL, page(f"{IN_TIME} LIMIT 20 OFFSET %(middle_offset)s", EXECUTED), BENCHMARKS), grows=False,
    ),
    Asked(
        "search for site and tag", 25, 3, 3,
        "/results:search?per_page=20&terms=%(site_name)s&terms=%(tag_name)s",
        (f"SELECT count(*) {SEARCHED}",
         page(f"SELECT r.id {SEARCHED} ORDER BY r.execution_datetime, r.id LIMIT 20", EXECUTED), BENCHMARKS),
    ),
    Asked(
        "one result", 3, 2, 4, "/results/%(result)s",
        (f"{RESULT} WHERE r.id = %(result)s",
         f"SELECT {COLUMNS['benchmark'].format('b')} FROM benchmark b WHERE b.id = %(its_benchmark)s"),
    ),
    Asked(
        "benchmarks", 5, 2, 4, "/benchmarks?per_page=100",
        ("SELECT count(*) FROM benchmark WHERE status = 'approved'",
         f"SELECT {COLUMNS['benchmark'].format('b')} FROM benchmark b WHERE b.status = 'approved' "
         "ORDER BY b.docker_image, b.id LIMIT 100"),
    ),
    Asked(
        "flavors of a site", 5, 2, 4, "/sites/%(site)s/flavors?per_page=100",
        ("SELECT count(*) FROM flavor WHERE site_id = %(site)s AND status = 'approved'",
         f"SELECT {COLUMNS['flavor'].format('f')} FROM flavor f WHERE f.site_id = %(site)s "
         "AND f.status = 'approved' ORDER BY f.name, f.id LIMIT 100"),
    ),
    Asked(
        "ranking by one metric", 300, 5, None, "/rankings?metrics=%(benchmark)s:result.score",
        (means(),), grows=False, computes=True,
    ),
    Asked(
        "ranking by three metrics", 800, 5, None,
        "/rankings?metrics=%(benchmark)s:result.score&metrics=%(second)s:result.score:2"
        "&metrics=%(third)s:result.score",
        (means(), means("second_"), means("third_")), grows=False, computes=True,
    ),
    Asked(
        "ranking on 8 cores or more", 300, 5, None,
        "/rankings?metrics=%(benchmark)s:result.score&filters=machine.cpu.count >= 8",
        (means(where=FAST),), grows=False, computes=True,
    ),
    Asked(
        "scaling at a site", 300, 5, None, "/scaling?benchmark_id=%(benchmark)s&site_id=%(site)s",
        (means(where=AT_SITE),), grows=False, computes=True,
    ),
)  # fmt: skip


def look_up(connection: psycopg.Connection[Any]) -> Known:
    """Raises LookupError unless the database was filled by `python -m loadtest fill`."""

    def rows(statement: str) -> list[Any]:
        return connection.execute(statement).fetchall()

    made = "SELECT id FROM benchmark WHERE docker_image LIKE 'loadtest/%' ORDER BY id"
    benchmarks = [id for (id,) in rows(made)]
    results = rows(SOME)
    if not benchmarks or not results:
        raise LookupError("The database holds no results of `python -m loadtest fill`.")
    documents: dict[UUID, list[str]] = {}
    for benchmark in benchmarks:
        some = "SELECT json::text FROM result WHERE benchmark_id = %s AND status = 'listed' LIMIT 50"
        documents[benchmark] = [text for (text,) in connection.execute(some, [benchmark])]
    return Known(
        total=int(rows(TOTAL)[0][0]),
        benchmarks=benchmarks,
        fields={
            (benchmark, ".".join(path)): id
            for benchmark, path, id in rows("SELECT benchmark_id, path, id FROM field")
        },
        sites=rows("SELECT id, name FROM site WHERE name LIKE 'SITE-%' ORDER BY name"),
        flavors=dict(
            rows("SELECT site_id, array_agg(id ORDER BY name) FROM flavor GROUP BY site_id ORDER BY site_id")
        ),
        tags=rows("SELECT id, name FROM tag WHERE name LIKE 'tag-%' ORDER BY name"),
        results=results,
        documents=documents,
    )


def spelled(address: str, number: int) -> str:
    """The address for the wire. Some letters of its query are percent-encoded, which changes no question.

    Answers are kept by address, so each number makes one that is asked for the first time.
    """
    path, question, query = address.partition("?")
    written = []
    for letter in query:
        if letter.isalpha():
            written.append(f"%{ord(letter):02X}" if number & 1 else letter)
            number >>= 1
        else:
            written.append(quote(letter, safe="/:?&=+-.,"))
    return API + path + question + "".join(written)
