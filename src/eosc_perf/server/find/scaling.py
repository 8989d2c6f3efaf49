"""How a task speeds up with more cores: measured, and by two laws fitted to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any

import numpy as np
from scipy.optimize import least_squares

from .estimate import Estimate, Floats, quantile


@dataclass(frozen=True)
class Speedup:
    """Against the smallest number of cores, whose efficiency is 1 by definition. Intervals where known."""

    cores: float
    speedup: float
    efficiency: float
    half_width: float | None
    """Of the logarithm of both."""

    def interval(self, value: float) -> tuple[float, float] | None:
        return (
            None if self.half_width is None else (value / exp(self.half_width), value * exp(self.half_width))
        )


@dataclass(frozen=True)
class Law:
    """A fitted law. parameters: by name; residual: standard deviation of ln(value) around it.

    ranges: 95 % intervals of the parameters, if the law holds and the values scatter alike around it.
    one: ln of the rate of one core, which is fitted too.
    """

    name: str
    source: str
    parameters: dict[str, float]
    ranges: dict[str, tuple[float, float]]
    residual: float
    one: float
    peak: float | None = None
    """More cores make it slower beyond this number; None: never."""
    half: float | None = None
    """The number of cores where efficiency falls to one half; None: never."""
    peak_range: tuple[float, float | None] | None = None
    """95 % interval of the peak; its upper end is None where there may be no peak."""


def speedups(cores: Sequence[float], rates: Sequence[Estimate]) -> list[Speedup]:
    """rates: more is better (of a time, the estimate of its inverse); cores ascend."""
    base, made = rates[0], []
    for number, rate in zip(cores, rates, strict=True):
        gain = rate.mean - base.mean
        made.append(
            Speedup(
                number,
                cores[0] * exp(gain),
                exp(gain - log(number / cores[0])),
                None if rate is base else half_width(rate, base),
            )
        )
    return made


def half_width(one: Estimate, other: Estimate) -> float | None:
    """Of the 95 % interval of a difference of logarithms (Welch 1947)."""
    if one.error is None or other.error is None or one.lent or other.lent:
        return None
    parts = one.error**2, other.error**2
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / one.freedom + parts[1] ** 2 / other.freedom)
    return quantile(freedom) * sqrt(sum(parts))


def amdahl(cores: Floats, serial: float) -> Floats:
    """ln of the speedup: 1 / (s + (1 - s) / n)."""
    result: Floats = -np.log(serial + (1 - serial) / cores)
    return result


def universal(cores: Floats, contention: float, coherency: float) -> Floats:
    """ln of the speedup: n / (1 + a (n - 1) + b n (n - 1))."""
    result: Floats = np.log(cores / (1 + contention * (cores - 1) + coherency * cores * (cores - 1)))
    return result


def peak_of(contention: float, coherency: float) -> float | None:
    """The number of cores where the universal law has its maximum; None: it has none."""
    return sqrt((1 - contention) / coherency) if coherency > 0 else None


def half_of(contention: float, coherency: float) -> float | None:
    """Where efficiency is one half: a (n - 1) + b n (n - 1) = 1. Amdahl's law is the case b = 0."""
    if coherency == 0:
        return 1 / contention + 1 if contention > 0 else None
    mixed = contention - coherency
    return (-mixed + sqrt(mixed**2 + 4 * coherency * (1 + contention))) / (2 * coherency)


def fit_amdahl(cores: Sequence[float], rates: Sequence[float]) -> Law | None:
    """rates: ln. None with fewer than three numbers of cores."""
    found = fitted(amdahl, cores, rates, [0.05])
    if found is None:
        return None
    [serial] = found.parameters
    return Law(
        "Amdahl's law",
        "Amdahl 1967",
        {"serial": serial},
        {"serial": found.range(0)},
        found.residual,
        found.one,
        half=half_of(serial, 0),
    )


def fit_universal(cores: Sequence[float], rates: Sequence[float]) -> Law | None:
    """rates: ln. None with fewer than four numbers of cores."""
    found = fitted(universal, cores, rates, [0.05, 1e-4])
    if found is None:
        return None
    contention, coherency = found.parameters
    return Law(
        "Universal scalability law",
        "Gunther 2007",
        {"contention": contention, "coherency": coherency},
        {"contention": found.range(0), "coherency": found.range(1)},
        found.residual,
        found.one,
        peak=peak_of(contention, coherency),
        half=half_of(contention, coherency),
        peak_range=peak_range(found),
    )


VAGUE = 100.0
"""Half the range of a logarithm beyond which nothing is known; a few times more could not be written."""


def peak_range(found: "Fit") -> tuple[float, float | None] | None:
    """By the first derivatives of ln(peak) = (ln(1 - a) - ln(b)) / 2. There is no less than one core."""
    contention, coherency = found.parameters
    peak = peak_of(contention, coherency)
    if peak is None or contention >= 1:
        return None
    slope = np.array([-1 / (2 * (1 - contention)), -1 / (2 * coherency)])
    half = quantile(found.freedom) * sqrt(float(slope @ found.covariance @ slope))
    if half > VAGUE:
        return 1.0, None
    sure = found.range(1)[0] > 0
    return max(1.0, peak / exp(half)), peak * exp(half) if sure else None


@dataclass(frozen=True)
class Fit:
    """Parameters of a law, each from 0 to 1. residual, one: as in `Law`."""

    parameters: list[float]
    covariance: Floats
    freedom: int
    residual: float
    one: float

    def range(self, place: int) -> tuple[float, float]:
        value = self.parameters[place]
        half = quantile(self.freedom) * sqrt(float(self.covariance[place, place]))
        return max(0.0, value - half), min(1.0, value + half)


def fitted(
    law: Callable[..., Floats], cores: Sequence[float], rates: Sequence[float], start: list[float]
) -> Fit | None:
    """Least squares of the logarithm, with the rate of one core. Effects below 1e-6 are zero.

    The covariance is that of the law's linear approximation (Bates, Watts 1988, chapter 2).
    """
    at, seen = np.array(cores, dtype=float), np.array(rates, dtype=float)
    if len(set(cores)) < len(start) + 2:
        return None

    def off(parameters: Any) -> Floats:
        residuals: Floats = parameters[0] + law(at, *parameters[1:]) - seen
        return residuals

    first = [seen[0] - log(at[0]), *start]
    bounds = [-np.inf, *[0.0] * len(start)], [np.inf, *[1.0] * len(start)]
    found = least_squares(
        off, first, bounds=bounds, x_scale=[1.0, *start], xtol=1e-12, ftol=1e-12, gtol=1e-12
    )
    freedom = max(1, len(at) - len(first))
    variance = float((found.fun**2).sum()) / freedom
    kept = [0.0 if value < 1e-6 else float(value) for value in found.x[1:]]
    covariance: Floats = variance * np.linalg.pinv(found.jac.T @ found.jac)[1:, 1:]
    return Fit(kept, covariance, freedom, sqrt(variance), float(found.x[0]))
