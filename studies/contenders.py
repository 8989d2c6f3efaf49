"""Ways to an interval from logarithms of runs: (repetitions, runs) in, lower and upper ends out."""

from collections.abc import Callable
from functools import cache

import numpy as np
from scipy import special, stats

from eosc_perf.server.find.estimate import LEVEL, shared, shifted, uncertainty

from .worlds import Floats

Ends = tuple[Floats, Floats]
OUTSIDE = (1 - LEVEL) / 2
RESAMPLES = 2000


def around(values: Floats, error: Floats, freedom: Floats | float) -> Ends:
    middle = values.mean(axis=-1)
    half = special.stdtrit(freedom, 1 - OUTSIDE) * error
    return middle - half, middle + half


def student(values: Floats) -> Ends:
    runs = values.shape[-1]
    return around(values, values.std(axis=-1, ddof=1) / np.sqrt(runs), runs - 1)


def chosen(values: Floats, others: Floats) -> Ends:
    """What the service computes. others: (repetitions, candidates) variances of the other candidates."""
    runs = values.shape[-1]
    own = values.var(axis=-1, ddof=1, keepdims=True)
    counts = np.full(1 + others.shape[-1], float(runs))
    variances = np.concatenate([own, others], axis=-1)
    error, freedom = uncertainty(counts, variances, shared(counts, variances))
    skewness = np.nan_to_num(stats.skew(values, axis=-1))
    low, high = around(values, error[..., 0], freedom[..., 0])
    shift = shifted(np.array(float(runs)), own[..., 0], skewness)
    return low + shift, high + shift


def moderated(values: Floats, others: Floats) -> Ends:
    """Moderated t (Smyth 2004): variances come from a common distribution, estimated from all of them."""
    runs = values.shape[-1]
    own, freedom = values.var(axis=-1, ddof=1), runs - 1
    known = np.concatenate([own[..., None], others], axis=-1)
    logs = np.log(known) - special.digamma(freedom / 2) + np.log(freedom / 2)
    scatter = logs.var(axis=-1, ddof=1) - special.polygamma(1, freedom / 2)
    equal = scatter <= 0
    prior = np.where(equal, np.inf, 2 * inverse_trigamma(np.where(equal, 1.0, scatter)))
    with np.errstate(invalid="ignore"):
        below = np.where(equal, 0.0, np.log(prior / 2) - special.digamma(prior / 2))
        common = np.exp(logs.mean(axis=-1) - below)
        share = np.where(equal, 1.0, prior / (prior + freedom))
    variance = share * common + (1 - share) * own
    return around(values, np.sqrt(variance / runs), np.minimum(prior, freedom * others.shape[-1]) + freedom)


def inverse_trigamma(values: Floats) -> Floats:
    """Newton's method, as in the appendix of Smyth 2004."""
    found = 0.5 + 1 / values
    for _ in range(20):
        there = special.polygamma(1, found)
        found = found + there * (1 - there / values) / special.polygamma(2, found)
    return found


@cache
def weights(runs: int) -> Floats:
    """Bootstrap samples as shares of each run; the same for all repetitions."""
    dice = np.random.default_rng(runs)
    return dice.multinomial(runs, np.full(runs, 1 / runs), RESAMPLES) / runs


def percentile(values: Floats) -> Ends:
    """Efron 1979."""
    means = np.sort(values @ weights(values.shape[-1]).T, axis=-1)
    return picked(means, OUTSIDE), picked(means, 1 - OUTSIDE)


def bca(values: Floats) -> Ends:
    """Bias-corrected and accelerated (Efron 1987)."""
    runs = values.shape[-1]
    means = np.sort(values @ weights(runs).T, axis=-1)
    middle = values.mean(axis=-1, keepdims=True)
    below = ((means < middle).mean(axis=-1) + (means <= middle).mean(axis=-1)) / 2
    bias = special.ndtri(np.clip(below, 1 / RESAMPLES, 1 - 1 / RESAMPLES))
    off = values - middle
    with np.errstate(invalid="ignore"):
        skew = (off**3).sum(axis=-1) / (6 * (off**2).sum(axis=-1) ** 1.5)

    def end(outside: float) -> Floats:
        moved = bias + special.ndtri(outside)
        return picked(means, special.ndtr(bias + moved / (1 - np.nan_to_num(skew) * moved)))

    return end(OUTSIDE), end(1 - OUTSIDE)


def picked(ascending: Floats, share: Floats | float) -> Floats:
    count = ascending.shape[-1]
    place = np.clip(np.ceil(np.asarray(share) * count).astype(int) - 1, 0, count - 1)
    place = np.broadcast_to(place, ascending.shape[:-1])
    return np.take_along_axis(ascending, place[..., None], axis=-1)[..., 0]


def median(values: Floats) -> Ends:
    """Order statistics by the sign test; fewer than 6 runs: the smallest and the largest."""
    runs = values.shape[-1]
    place = max(1, int(stats.binom.ppf(OUTSIDE, runs, 0.5)))
    ascending = np.sort(values, axis=-1)
    return ascending[..., place - 1], ascending[..., runs - place]


def hodges_lehmann(values: Floats) -> Ends:
    """Means of pairs by Wilcoxon's signed-rank test (Hodges, Lehmann 1963)."""
    runs = values.shape[-1]
    one, other = np.triu_indices(runs)
    means = np.sort((values[..., one] + values[..., other]) / 2, axis=-1)
    place = max(1, int((signed_ranks(runs) <= OUTSIDE).sum()))
    return means[..., place - 1], means[..., -place]


@cache
def signed_ranks(runs: int) -> Floats:
    """P(V <= v) of Wilcoxon's statistic, for v = 0, 1, ..."""
    ways = np.zeros(runs * (runs + 1) // 2 + 1)
    ways[0] = 1
    for rank in range(1, runs + 1):
        ways[rank:] = ways[rank:] + ways[:-rank]
    return np.cumsum(ways / 2.0**runs)


def mixed_model(samples: Floats) -> Ends:
    """Restricted maximum likelihood with a random effect of the run, ends by the normal distribution.

    (repetitions, runs, samples), balanced: then the estimate has a closed form.
    """
    _, runs, number = samples.shape
    means = samples.mean(axis=-1)
    between = number * means.var(axis=-1, ddof=1)
    if number > 1:
        within = samples.var(axis=-1, ddof=1).mean(axis=-1)
        freedom = runs * (number - 1)
        together = ((runs - 1) * between + freedom * within) / (runs - 1 + freedom)
        between = np.where(between > within, between, together)
    half = special.ndtri(1 - OUTSIDE) * np.sqrt(between / (runs * number))
    middle = means.mean(axis=-1)
    return middle - half, middle + half


def all_alike(samples: Floats) -> Ends:
    """Student's, with every sample taken for a run: what one should not do."""
    return student(samples.reshape(len(samples), -1))


OF_RUNS: dict[str, Callable[[Floats], Ends]] = {
    "bootstrap, percentile": percentile,
    "bootstrap, BCa": bca,
    "Hodges-Lehmann": hodges_lehmann,
    "median (of the median)": median,
}
OF_SAMPLES: dict[str, Callable[[Floats], Ends]] = {
    "mixed model, normal ends": mixed_model,
    "every sample as a run": all_alike,
}
