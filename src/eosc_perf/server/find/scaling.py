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
    """A fitted law. parameters: by name; residual: standard deviation of ln(value) around it."""

    name: str
    source: str
    parameters: dict[str, float]
    residual: float
    peak: float | None = None
    """More cores make it slower beyond this number; None: never."""
    half: float | None = None
    """The number of cores where efficiency falls to one half; None: never."""


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


def fit_amdahl(cores: Sequence[float], rates: Sequence[float]) -> Law | None:
    """rates: ln. None with fewer than three numbers of cores."""
    found = fitted(amdahl, cores, rates, [0.05], [1.0])
    if found is None:
        return None
    (serial,), residual = found
    half = (1 / serial) + 1 if serial > 0 else None
    return Law("Amdahl's law", "Amdahl 1967", {"serial": serial}, residual, half=half)


def fit_universal(cores: Sequence[float], rates: Sequence[float]) -> Law | None:
    """rates: ln. None with fewer than four numbers of cores."""
    found = fitted(universal, cores, rates, [0.05, 1e-4], [1.0, 1.0])
    if found is None:
        return None
    (contention, coherency), residual = found
    peak = sqrt((1 - contention) / coherency) if coherency > 0 else None
    # Efficiency is one half where a (n - 1) + b n (n - 1) = 1.
    half = 1 / contention + 1 if contention > 0 else None
    if coherency > 0:
        mixed = contention - coherency
        half = (-mixed + sqrt(mixed**2 + 4 * coherency * (1 + contention))) / (2 * coherency)
    parameters = {"contention": contention, "coherency": coherency}
    return Law("Universal scalability law", "Gunther 2007", parameters, residual, peak=peak, half=half)


def fitted(
    law: Callable[..., Floats],
    cores: Sequence[float],
    rates: Sequence[float],
    start: list[float],
    most: list[float],
) -> tuple[list[float], float] | None:
    """Least squares of the logarithm, with the rate of one core. Effects below 1e-6 are zero."""
    at, seen = np.array(cores, dtype=float), np.array(rates, dtype=float)
    if len(set(cores)) < len(start) + 2:
        return None

    def off(parameters: Any) -> Floats:
        residuals: Floats = parameters[0] + law(at, *parameters[1:]) - seen
        return residuals

    first = [seen[0] - log(at[0]), *start]
    bounds = [-np.inf, *[0.0] * len(start)], [np.inf, *most]
    found = least_squares(
        off, first, bounds=bounds, x_scale=[1.0, *start], xtol=1e-12, ftol=1e-12, gtol=1e-12
    )
    spare = max(1, len(at) - len(first))
    kept = [0.0 if value < 1e-6 else float(value) for value in found.x[1:]]
    return kept, sqrt(float((found.fun**2).sum()) / spare)
