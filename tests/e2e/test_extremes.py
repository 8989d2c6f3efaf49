"""Pages of an archive that is empty, and of one whose names are as long as they may be."""

from collections.abc import Callable

import pytest
from conftest import Server
from playwright.sync_api import Page

from .conftest import Complaints
from .extremes import EMPTY, LONG
from .places import Place, arrive
from .test_everywhere import bars_nobody, fits

SERVER = "bare_server"


@pytest.mark.parametrize("place", EMPTY, ids=lambda place: place.name)
def test_a_page_of_an_empty_archive_is_whole(open_page: Callable[..., Page], place: Place) -> None:
    page = open_page(reduced_motion="reduce")
    arrive(page, place, {})
    bars_nobody(page)
    fits(page)


@pytest.mark.parametrize("place", LONG, ids=lambda place: place.name)
def test_long_names_and_many_tags_widen_no_page(
    open_page: Callable[..., Page],
    complaints: Complaints,
    long_server: tuple[Server, dict[str, str]],
    place: Place,
) -> None:
    server, things = long_server
    page = open_page(base_url=server.url, reduced_motion="reduce")
    arrive(page, place, things)
    bars_nobody(page)
    fits(page)
