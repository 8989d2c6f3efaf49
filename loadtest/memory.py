"""The memory of server processes, as Linux counts it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

MB = 1024 * 1024


def workers(server: int) -> list[int]:
    """The processes that answer requests: children of the web server's main process."""
    return [each.pid for each in psutil.Process(server).children(recursive=True)]


def peak(server: int) -> float:
    """The most that any worker has used so far, in MB."""
    return max(peak_of(pid) for pid in workers(server))


def peak_of(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise LookupError(f"Process {pid} has no VmHWM.")


def now(server: int) -> float:
    """What the largest worker uses now, in MB."""
    return max(psutil.Process(pid).memory_info().rss for pid in workers(server)) / MB


@dataclass
class Memory:
    """The most that any worker used at a time, in MB, moment by moment."""

    seen: list[float]

    @property
    def growth(self) -> float:
        """By how much the second half of the time needed more than the first."""
        middle = len(self.seen) // 2
        return max(self.seen[middle:], default=0) - max(self.seen[:middle], default=0)


@contextmanager
def watched(server: int, *, every: float = 0.1) -> Iterator[Memory]:
    memory, ended = Memory([]), threading.Event()

    def look() -> None:
        processes = [psutil.Process(pid) for pid in workers(server)]
        while not ended.wait(every):
            memory.seen.append(max(each.memory_info().rss for each in processes) / MB)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield memory
    finally:
        ended.set()
        thread.join()
