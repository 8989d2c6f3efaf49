"""The figures as JSON and as Markdown, the goals beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import orjson

from .asked import ASKED, Asked
from .inside import Split
from .measure import Figures, Load, Times

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
MISSED = " ✗"
BUSY = 0.5
POST, BATCH, EXPORT, PEAK, STATEMENTS, GROWTH = 8, 5000, 50, 180, 4, 1.5
FLAT = 20
"""MB by which a worker's memory may vary during an export that counts as flat."""


def as_json(figures: Figures) -> bytes:
    option = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(asdict(figures), option=option)


def write_between(file: Path, text: str) -> None:
    """Put the text between the marks in the file; a new file gets them, an old one must have them."""
    whole = file.read_text() if file.exists() else f"{BEGIN}\n{END}\n"
    before, begin, rest = whole.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{file} lacks the lines {BEGIN} and {END}.")
    file.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def as_markdown(figures: Figures) -> str:
    parts = (headline(figures), answers(figures), throughput(figures), made_of(figures), others(figures))
    return "\n".join(line for part in parts for line in (*part, "")).rstrip()


def headline(figures: Figures) -> Iterator[str]:
    machine, data = figures.machine, figures.data
    yield (
        f"{data['results']:,} results, PostgreSQL {data['postgresql']} with `shared_buffers` of "
        f"{data['shared_buffers']}; {machine['cores']} cores shared by client, server and database; load "
        f"average before: {machine['load']}. {machine['processor']}, {machine['memory_gb']} GB of memory; "
        f"Python {machine['python']}. Measured in {figures.seconds / 60:.0f} minutes. "
        f"Medians, in milliseconds; {MISSED.strip()} marks a missed goal."
    )
    if machine["load"] > BUSY:
        yield ""
        yield "**The machine was busy with other things: these figures are too high.**"


def answers(figures: Figures) -> Iterable[str]:
    """The table of goals, from one connection to one worker."""
    loads = figures.loads[min(figures.loads)]
    grown = f"× {figures.smaller_total:,} results" if figures.smaller_total else "× fewer results"
    heads = [
        "request",
        "first time",
        "goal",
        "after a commit",
        "repeated",
        "goal",
        "raw SQL",
        "× raw SQL",
        "goal",
    ]
    return table(
        [*heads, "SQL statements", grown], (answered(each, loads[each.name], figures) for each in ASKED)
    )


def answered(asked: Asked, load: Load, figures: Figures) -> list[str]:
    first, again = load.first[1].p50, load.again[1].p50
    statements = figures.splits[asked.name].statements
    grown = "–"
    if asked.name in figures.smaller:
        ratio = first / figures.smaller[asked.name].p50
        grown = upto(ratio, GROWTH if asked.grows else None, digits=2)
    return [
        asked.name,
        upto(first, asked.first), goal(asked.first),
        number(load.committed.p50) if load.committed else "–",
        upto(again, asked.again), goal(asked.again),
        number(load.sql), upto(first / load.sql, asked.ratio), goal(asked.ratio),
        upto(statements, None if asked.computes else STATEMENTS, digits=0), grown,
    ]  # fmt: skip


def goal(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def throughput(figures: Figures) -> Iterator[str]:
    for title, kind in (("First time", "first"), ("Repeated", "again")):
        for workers, loads in figures.loads.items():
            yield f"{title}, {workers} worker{'s' if workers > 1 else ''}:"
            yield ""
            heads = ["request"]
            for connections in (1, 8):
                heads += [f"{connections} conn.: requests/s", "p50", "p95", "p99"]
            yield from table(heads, (paced(each.name, getattr(loads[each.name], kind)) for each in ASKED))
            yield ""


def paced(name: str, by_connections: dict[int, Times]) -> list[str]:
    one, eight = by_connections[1], by_connections[8]
    all_eight = marked(f"{eight.per_second:,.0f}", eight.per_second < one.per_second)
    cells = [name, f"{one.per_second:,.0f}", *map(number, (one.p50, one.p95, one.p99))]
    return [*cells, all_eight, *map(number, (eight.p50, eight.p95, eight.p99))]


def made_of(figures: Figures) -> Iterator[str]:
    yield (
        "What a first answer's time is made of. SQL: from sending statements until their answers came. "
        "Making statements: SQLAlchemy, before it sends them. Other Python: rows, JSON, Flask. "
        "HTTP: what the same request over the network takes longer, the client included. "
        f"{MISSED.strip()} marks requests that miss a goal of the first time."
    )
    yield ""
    loads = figures.loads[min(figures.loads)]
    rows = [parts(asked, loads[asked.name], figures.splits[asked.name]) for asked in ASKED]
    heads = ["request", "whole", "SQL", "making statements", "other Python", "HTTP", "answer in kB"]
    yield from table(heads, rows)


def parts(asked: Asked, load: Load, split: Split) -> list[str]:
    first = load.first[1].p50
    missed = beyond(first, asked.first) or beyond(first / load.sql, asked.ratio)
    times = (first, split.sql, split.making, split.rest, max(0.0, first - split.whole))
    return [marked(asked.name, missed), *map(number, times), f"{split.bytes / 1000:,.0f}"]


def others(figures: Figures) -> Iterator[str]:
    post, export = figures.post, figures.export
    memory = f"{export.before:.0f} MB before, {export.peak:.0f} MB at most, {export.growth:+.0f} MB"
    rows = [
        ["POST /results with two tags, p50", marked(f"{post.p50:.1f} ms", post.p50 > POST), f"{POST} ms"],
        ["POST /results with two tags, p95 and p99", f"{post.p95:.1f} and {post.p99:.1f} ms", ""],
        *(
            [
                f"POST /results:batch of {pace.lines:,} at {pace.sites} site{'s' * (pace.sites > 1)}, "
                f"{pace.at_once} at a time, on as many workers",
                marked(f"{pace.results_per_second:,.0f} results/s", pace.results_per_second < BATCH),
                f"{BATCH:,} results/s",
            ]
            for pace in figures.batches
        ),
        [
            f"export of everything as NDJSON ({export.bytes / 1e9:.2f} GB)",
            marked(f"{export.pace:.0f} MB/s", export.pace < EXPORT),
            f"{EXPORT} MB/s",
        ],
        [
            "a worker's memory during the export, and its growth in the second half",
            marked(memory, export.growth > FLAT),
            "flat",
        ],
    ]
    rows += [
        [
            f"a worker's peak memory after {what}",
            marked(f"{peak:.0f} MB", peak > PEAK),
            f"{PEAK} MB",
        ]
        for what, peak in peaks(figures)
    ]
    yield from table(["what else", "figure", "goal"], rows)
    yield ""
    sizes = [
        [
            f"`{name}`",
            f"{each['table'] / 1e6:,.0f}",
            f"{each['indexes'] / 1e6:,.0f}",
            f"{each['per_result']:,}",
        ]
        for name, each in figures.data["bytes"].items()
    ]
    yield from table(["table", "MB of rows", "MB of indexes", "bytes a result"], sizes)


def peaks(figures: Figures) -> Iterator[tuple[str, float]]:
    yield "the export, single results and batches", figures.peak_bulk
    for workers, peak in figures.peaks.items():
        yield f"lists and single reads, {workers} at work", peak
        yield (
            f"rankings as well (numpy, scipy, ruptures), {workers} at work",
            figures.peaks_computing[workers],
        )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def upto(value: float, goal: float | None, *, digits: int = 1) -> str:
    """The value, marked when it is beyond the goal."""
    return marked(f"{value:,.{digits}f}", beyond(value, goal))


def beyond(value: float, goal: float | None) -> bool:
    return goal is not None and value > goal


def marked(text: str, missed: bool) -> str:
    return text + MISSED if missed else text


def number(value: float) -> str:
    return f"{value:,.1f}"
