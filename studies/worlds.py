"""Made-up machines: how their runs vary, on the logarithmic scale. The true centre is known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Floats = NDArray[np.float64]
Dice = np.random.Generator

WITHIN = 1 / 3
"""The spread of samples within a run, over that from run to run."""
APART = 10.0
"""How far two clusters lie apart, in standard deviations within one."""


@dataclass(frozen=True)
class World:
    """spread: standard deviation of ln(run); share: of the runs that fall into the second cluster."""

    name: str
    spread: float = 0.05
    share: float = 0.0
    gamma: bool = False

    def runs(self, dice: Dice, shape: tuple[int, ...]) -> Floats:
        """Logarithms of runs, of mean 0 and standard deviation `spread`."""
        if self.gamma:
            size = 1 / self.spread**2
            return np.log(dice.gamma(size, 1, shape)) - special.digamma(size)
        if not self.share:
            return dice.normal(0, self.spread, shape)
        second = dice.random(shape) < self.share
        raw = dice.normal(0, 1, shape) + APART * (second - self.share)
        return raw * self.spread / np.sqrt(1 + APART**2 * self.share * (1 - self.share))

    def samples(self, runs: Floats, number: int, dice: Dice) -> tuple[Floats, Floats]:
        """Logarithms of the samples in runs (one axis more), and of the values: means of the samples."""
        within = self.spread * WITHIN
        samples = runs[..., None] + dice.normal(0, within, (*runs.shape, number))
        # The logarithm of a mean of samples lies above the mean of their logarithms.
        above = within**2 / 2 * (1 - 1 / number)
        return samples, np.log(np.exp(samples).mean(axis=-1)) - above

    def median(self) -> float:
        """Of ln(run)."""
        if self.gamma:
            size = 1 / self.spread**2
            return float(np.log(stats.gamma.ppf(0.5, size)) - special.digamma(size))
        if not self.share or self.share == 0.5:
            return 0.0
        inside = stats.norm.ppf(0.5 / (1 - self.share)) - APART * self.share
        return float(inside * self.spread / np.sqrt(1 + APART**2 * self.share * (1 - self.share)))


WORLDS = (
    World("log-normal"),
    World("gamma", spread=0.2, gamma=True),
    World("two clusters, 1 run in 2", share=0.5),
    World("two clusters, 1 run in 4", share=0.25),
    World("two clusters, 1 run in 10", share=0.1),
)


MOST_OF_NORMAL = 0.96
"""An interval that covers log-normal runs more often is wider than promised."""
STEPS = 10_000
"""Of an integral over a standard deviation."""


def allowed(world: World, runs: int, samples: int) -> float:
    """How often an interval can cover the mean of two clusters by what the runs of one candidate show.

    Of the intervals mean ± c s, the one that covers log-normal runs as often as it may, and the mean whenever
    the runs show both clusters. If they show only one they are normal, with a mean that is off by a known
    distance: then it covers as often as a noncentral t lies within c. Computed, not simulated.
    """
    inside = world.spread / np.sqrt(1 + APART**2 * world.share * (1 - world.share))
    noise = np.hypot(inside, world.spread * WITHIN / np.sqrt(samples))
    reach = stats.t.ppf((1 + MOST_OF_NORMAL) / 2, runs - 1)
    reach = reach * np.sqrt(stats.chi2.ppf((np.arange(STEPS) + 0.5) / STEPS, runs - 1) / (runs - 1))
    found = 1.0
    for seen in (world.share, 1 - world.share):
        off = np.sqrt(runs) * APART * (1 - seen) * inside / noise
        hit = special.ndtr(reach - off) - special.ndtr(-reach - off)
        found -= seen**runs * (1 - float(hit.mean()))
    return found
