"""The tests of an experiment by numpy, each in the fastest of two ways, and its interval by inverting them: prints
milliseconds, median of eleven runs (pairs, nights, pairs with the interval, nights with the interval).

usage: python3 experiment.py DATA.json       (a list of log ratios, a schedule and counts in blocks of four)
"""

import itertools
import json
import sys
import time

import numpy as np

data = json.load(open(sys.argv[1]))
ratios = np.array(data["log_ratios"])
y, on = np.array(data["counts"], float), np.array(data["on"], bool)
DRAWS = 20_000


def flips_by_doubling():
    sums = np.zeros(1)
    for d in ratios:
        sums = np.concatenate([sums + d, sums - d])
    return np.mean(abs(sums) >= abs(ratios.sum()) - 1e-12)


def flips_by_halves():
    first, second = np.zeros(1), np.zeros(1)
    for d in ratios[:10]:
        first = np.concatenate([first + d, first - d])
    for d in ratios[10:]:
        second = np.concatenate([second + d, second - d])
    sums = first[:, None] + second[None, :]
    return np.mean(abs(sums) >= abs(ratios.sum()) - 1e-12)


def centred():
    blocks = y.reshape(-1, 4)
    return blocks - blocks.mean(axis=1, keepdims=True)


def redraws_by_permuting():
    rng = np.random.default_rng(1)
    c = centred()
    schedules = np.broadcast_to(on.reshape(-1, 4), (DRAWS, len(y) // 4, 4))
    sums = rng.permuted(schedules, axis=2).reshape(DRAWS, -1) @ c.ravel()
    return (1 + (abs(sums) >= abs(c.ravel()[on].sum()) - 1e-12).sum()) / (1 + DRAWS)


def redraws_by_table():
    rng = np.random.default_rng(1)
    c = centred()
    ways = np.array([[k in chosen for k in range(4)] for chosen in itertools.combinations(range(4), 2)])
    table = c @ ways.T
    sums = table[np.arange(len(c)), rng.integers(6, size=(DRAWS, len(c)))].sum(axis=1)
    return (1 + (abs(sums) >= abs(c.ravel()[on].sum()) - 1e-12).sum()) / (1 + DRAWS)


def edges(p, middle, farthest, near):
    """The ratios (as logarithms) beyond which p falls to .05, on both sides of one where it is 1."""
    found = []
    for outer in (middle - farthest, middle + farthest):
        kept, far = middle, outer
        while abs(far - kept) > near:
            half = (kept + far) / 2
            kept, far = (half, far) if p(half) > 0.05 else (kept, half)
        found.append(kept)
    return found


def signed(some):
    sums = np.zeros(1)
    for d in some:
        sums = np.concatenate([sums + d, sums - d])
    return sums


def pairs_with_interval(by_walking):
    def p(ln_ratio):
        beyond = ratios - ln_ratio
        far = abs(beyond.sum()) - 1e-12
        first, second = signed(beyond[:10]), signed(beyond[10:])
        if by_walking:
            # of two sorted lists each sum of the first asks how many of the second reach the limit
            second.sort()
            return 2 * (len(second) - np.searchsorted(second, far - first)).sum() / 2.0 ** len(ratios)
        return np.mean(abs(first[:, None] + second[None, :]) >= far)

    return p(0.0), edges(p, ratios.mean(), 8.0, 1e-6)


def nights_with_interval():
    """As the statistic of a schedule is on/ratio + off, two tables of redraws do for every ratio."""
    rng = np.random.default_rng(1)
    blocks, was_on = y.reshape(-1, 4), on.reshape(-1, 4)
    ways = np.array([[k in chosen for k in range(4)] for chosen in itertools.combinations(range(4), 2)])
    drawn = np.arange(len(blocks)), rng.integers(6, size=(DRAWS, len(blocks)))
    seen, redrawn = [], []
    for part in (blocks * was_on, blocks * ~was_on):
        c = part - part.mean(axis=1, keepdims=True)
        seen.append(c[was_on].sum())
        redrawn.append((c @ ways.T)[drawn].sum(axis=1))

    def p(ln_ratio):
        part = np.exp(-ln_ratio)
        far = abs(seen[0] * part + seen[1]) - 1e-12
        return (1 + (abs(redrawn[0] * part + redrawn[1]) >= far).sum()) / (1 + DRAWS)

    return p(0.0), edges(p, np.log(seen[0] / -seen[1]), 6.0, 1e-5)


def fastest(*ways):
    medians = []
    for way in ways:
        times = []
        for _ in range(11):
            start = time.perf_counter()
            way()
            times.append((time.perf_counter() - start) * 1e3)
        medians.append(sorted(times)[5])
    return min(medians)


print(
    fastest(flips_by_doubling, flips_by_halves),
    fastest(redraws_by_permuting, redraws_by_table),
    fastest(lambda: pairs_with_interval(True), lambda: pairs_with_interval(False)),
    fastest(nights_with_interval),
)
