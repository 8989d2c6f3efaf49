"""What is wrong with an input, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_FAULTS = 50


@dataclass(frozen=True)
class Fault:
    """One mistake: a sentence, and the RFC 6901 pointer or the parameter it is about."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None


class Faults(ValueError):
    """An input was refused; at most `MOST_FAULTS` reasons are kept."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)[:MOST_FAULTS]
        super().__init__("; ".join(fault.detail for fault in self.faults))
