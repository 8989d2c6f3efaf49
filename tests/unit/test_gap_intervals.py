"""Intervals of estimates hold what would have been measured, by simulation."""

from uuid import UUID

import numpy as np

from eosc_perf.server.find import gaps
from eosc_perf.server.find.queries import Place

ANYWHERE = Place(UUID(int=1), "flavor", UUID(int=2), "site")
DRAWS = 1000
SEED = 11


def seen(logs: np.ndarray) -> list[gaps.Seen]:
    return [gaps.Seen(ANYWHERE, (), float(each)) for each in logs]


def test_one_more_flavor_of_equal_hardware_lies_in_the_interval() -> None:
    dice = np.random.default_rng(SEED)
    hits = 0
    for _ in range(DRAWS):
        groups = [seen(dice.normal(dice.normal(0, 1), 0.05, number)) for number in (3, 2, 4)]
        squares, freedom = gaps.within([*groups[1:], groups[0][1:]])
        donors = groups[0][1:]
        mean = np.mean([each.mean for each in donors])
        hits += abs(groups[0][0].mean - mean) <= gaps.of_one_more(squares, freedom, len(donors))
    assert 0.93 < hits / DRAWS < 0.97


def test_a_size_between_others_lies_in_the_interval_although_scaling_is_no_straight_line() -> None:
    dice = np.random.default_rng(SEED)
    sizes = np.array([1.0, 2, 4, 8, 16])
    hits = 0
    for _ in range(DRAWS):
        sites = []
        for _ in range(4):
            contention = dice.uniform(0.01, 0.1)
            speedup = sizes / (1 + contention * (sizes - 1) + 0.001 * sizes * (sizes - 1))
            logs = np.log(100 / speedup) + dice.normal(0, 0.03, len(sizes))
            sites.append(dict(zip(sizes.tolist(), seen(logs), strict=True)))
        truth = sites[0].pop(4.0).mean
        missed = [miss for each in sites for miss in gaps.misses(each)]
        guess = gaps.line(4, (2, sites[0][2.0].mean), (8, sites[0][8.0].mean))
        hits += abs(truth - guess) <= gaps.of_misses(missed)
    assert hits / DRAWS > 0.94
