"""`make measure-ui`: how fast the pages are in Chromium, written into docs/ui.md."""

import gzip
import os
import platform
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import Identity, NewDatabase, Server, served, settings_for
from playwright.sync_api import Browser, Page

from loadtest.fill import fill
from loadtest.report import write_between

FILE = Path(__file__).parents[2] / "docs" / "ui.md"
RESULTS = 110_000
"""So that one benchmark has ten thousand."""
REPEATS = 5

DRAWN = """() => document.querySelector(".chart canvas") && document.querySelector(".best li")
    && document.querySelector("tbody tr:not([aria-hidden])") && performance.now()"""
SORTED = """([column, order]) => {
    const header = [...document.querySelectorAll("th")].find(each => each.innerText.startsWith(column));
    const box = document.querySelector(".table-box");
    if (header?.ariaSort !== order || box.ariaBusy !== "false") return false;
    const asked = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/results?"));
    return performance.now() - asked.at(-1).responseEnd;
}"""
FRAMES = """() => new Promise(done => {
    const frames = [];
    let last = performance.now();
    const step = now => {
        frames.push(now - last);
        last = now;
        if (frames.length < 120) requestAnimationFrame(step);
        else done(frames);
    };
    requestAnimationFrame(step);
})"""


@pytest.fixture(scope="module")
def big_server(
    new_database: NewDatabase, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    settings = settings_for(new_database(), identity)
    fill(settings.database_url, RESULTS, 1)
    with served(settings, identity, tmp_path_factory.mktemp("big") / "server.log") as server:
        yield server


def test_measure(browser: Browser, demo_server: Server, big_server: Server) -> None:
    lines = [
        ("JavaScript of the start page without the chart, kB", script(browser, demo_server), 200),
        ("Start page drawn, chart included, nothing cached, ms", start(browser, demo_server), 1500),
        (f"The same with {RESULTS:,} results, ms", start(browser, big_server), 1500),
        ("100 rows sorted: from the answer to the drawing, ms", table(browser, big_server), 300),
        *chart(browser, big_server),
    ]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}"
    head = [f"On {machine}; medians of {REPEATS}.", "", "| | measured | goal |", "|---|---|---|"]
    table_rows = [f"| {what} | {figure:,.0f} | {goal:,} |" for what, figure, goal in lines]
    write_between(FILE, "\n".join([*head, *table_rows]))


def new_page(browser: Browser, server: Server) -> Page:
    """In a browser that has cached nothing."""
    return browser.new_context(base_url=server.url, viewport={"width": 1440, "height": 900}).new_page()


def script(browser: Browser, server: Server) -> float:
    page = new_page(browser, server)
    loaded: list[str] = []
    page.on("response", lambda answer: loaded.append(answer.url))
    page.goto("/", wait_until="networkidle")
    later = ("/assets/Chart-", "/assets/Picture-")
    ours = [url for url in loaded if url.endswith(".js") and not urlsplit(url).path.startswith(later)]
    return sum(len(gzip.compress(page.request.get(url).body())) for url in ours) / 1000


def start(browser: Browser, server: Server) -> float:
    times = []
    for _ in range(REPEATS):
        page = new_page(browser, server)
        page.goto("/", wait_until="commit")
        times.append(page.wait_for_function(DRAWN, polling="raf").json_value())
        page.context.close()
    return median(times)


def table(browser: Browser, server: Server) -> float:
    page = new_page(browser, server)
    page.goto("/results?plot=hidden&per_page=100", wait_until="networkidle")
    times = []
    for turn in range(REPEATS):
        page.get_by_role("button", name="Flavor", exact=True).click()
        order = "descending" if turn % 2 else "ascending"
        times.append(page.wait_for_function(SORTED, arg=["Flavor", order], polling="raf").json_value())
    assert page.locator("tbody tr").count() == 100
    page.context.close()
    return median(times)


def chart(browser: Browser, server: Server) -> Iterator[tuple[str, float, int]]:
    with server.client() as client:
        benchmark = client.get("/benchmarks", params={"per_page": 1}).json()["items"][0]["id"]
        of = {"benchmark_id": benchmark, "per_page": 1}
        assert client.get("/results", params=of).json()["total"] >= 10_000
    page = new_page(browser, server)
    page.goto(f"/results?benchmark_id={benchmark}")
    page.wait_for_function(
        "() => document.querySelector('.chart canvas') && !document.querySelector('.plot-progress')",
        timeout=120_000,
    )
    box: Any = page.locator(".chart").bounding_box()
    moving = page.evaluate_handle(f"() => ({{ done: ({FRAMES})() }})")
    for step in range(60):
        page.mouse.move(box["x"] + 80 + step * 15, box["y"] + 60 + step * 3)
    frames = sorted(page.evaluate("handle => handle.done", moving))
    page.context.close()
    yield "Ten thousand points, the mouse moving over them: a frame, ms", median(frames), 33
    yield "The same, 95th percentile, ms", frames[int(len(frames) * 0.95)], 100
