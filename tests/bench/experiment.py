"""The tests of an experiment by numpy, each in the fastest of two ways: prints milliseconds, median of eleven runs.

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


print(fastest(flips_by_doubling, flips_by_halves), fastest(redraws_by_permuting, redraws_by_table))
