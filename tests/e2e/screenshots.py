"""`make screenshots`: pictures of every page in both themes and three widths, on paper, and in the docs."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from conftest import Server
from playwright.sync_api import Page, expect

from .conftest import Complaints
from .extremes import EMPTY, LONG
from .places import MEANT, PAPER, PLACES, Place, arrive, settle

SERVER = "changing_server"

WIDTHS = {390: 844, 768: 1024, 1440: 900}
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "screenshots"
IN_DOCS = {
    "start": "start",
    "results": "results",
    "compare": "compare",
    "submit-result-mistakes": "submit",
    "admin-queue-claim": "queue",
}
"""Places that the documentation shows, and what their pictures are called there."""


@pytest.fixture(scope="module", autouse=True)
def folder() -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    yield
    (FOLDER / "index.html").write_text(sheet())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_look(
    open_page: Callable[..., Page],
    complaints: Complaints,
    things: dict[str, str],
    place: Place,
    theme: Literal["light", "dark"],
) -> None:
    complaints.expected.extend(MEANT)
    page = open_page(color_scheme=theme, reduced_motion="reduce")
    arrive(page, place, things)
    picture(page, place, theme)
    if theme == "light" and place.name in IN_DOCS:
        picture_for_docs(page, IN_DOCS[place.name])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("place", [*EMPTY, *LONG], ids=lambda place: place.name)
def test_look_at_extremes(
    open_page: Callable[..., Page],
    bare_server: Server,
    long_server: tuple[Server, dict[str, str]],
    place: Place,
    theme: Literal["light", "dark"],
) -> None:
    server, things = long_server if place in LONG else (bare_server, {})
    page = open_page(base_url=server.url, color_scheme=theme, reduced_motion="reduce")
    arrive(page, place, things)
    picture(page, place, theme)


def picture(page: Page, place: Place, theme: str) -> None:
    """At each width; once on paper."""
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)  # charts follow the width of their box
        page.screenshot(path=FOLDER / f"{place.name}-{width}-{theme}.png", full_page=True)
    if theme == "dark":
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        page.screenshot(path=FOLDER / f"{place.name}-print.png", full_page=True)


def test_find_in_docs(open_page: Callable[..., Page], demo_server: Server) -> None:
    """Of the published results alone: those made to be looked at would change the answer."""
    with demo_server.client() as client:
        [testbed] = client.get("/sites", params={"name": "VirtualboxTestbed"}).json()["items"]
    page = open_page(color_scheme="light", reduced_motion="reduce")
    page.goto(f"{demo_server.url}/find?filters=machine.cpu.count+%3D%3D+8&exclude_site_ids={testbed['id']}")
    settle(page)
    expect(page.get_by_role("region", name="Ranking").get_by_role("listitem")).to_have_count(4)
    picture_for_docs(page, "find")


def picture_for_docs(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 1200, "height": 800})
    page.wait_for_timeout(150)
    path = ROOT / "docs" / "images" / f"{name}.png"
    page.screenshot(path=path)
    compress(path)


def compress(picture: Path) -> None:
    """To a palette, where the tool for it is installed."""
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--ext", ".png", "--speed", "1", "128", picture], check=True)


def sheet() -> str:
    """A page that shows them all."""
    pictures = sorted(FOLDER.glob("*.png"))
    images = "".join(
        f'<figure><a href="{each.name}"><img loading="lazy" src="{each.name}"></a>'
        f"<figcaption>{each.stem}</figcaption></figure>"
        for each in pictures
    )
    style = "body{display:flex;flex-wrap:wrap;gap:1rem;font:14px sans-serif}img{width:24rem;border:1px solid}"
    return f'<!doctype html><meta charset="utf-8"><title>Screenshots</title><style>{style}</style>{images}'
