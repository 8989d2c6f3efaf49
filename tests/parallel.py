"""How tests are shared out among processes (`pytest -n`): each process starts servers of its own."""

from typing import Any

import pytest

SPREAD = ("tests/e2e/test_everywhere.py",)
"""Files with many independent tests: they come last and fill up whichever process is free.

All others stay whole, so that what a file prepares is prepared once.
"""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadFileScheduling

    class FileByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid if nodeid.startswith(SPREAD) else super()._split_scope(nodeid)

    config.option.loadscopereorder = False
    return FileByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers last: Playwright keeps an event loop running in this thread, and no other can start then."""
    items.sort(key=lambda item: (item.path.parent.name == "e2e", item.nodeid.startswith(SPREAD)))
