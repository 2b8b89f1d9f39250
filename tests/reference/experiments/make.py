"""Experiments worked through by counting every assignment: writes cases.json here, and the two textbook cases
`randomisation_paired__darwin_maize.json` and `randomisation_paired__sleep.json` one folder up.

Nothing here knows the program: sign flips and redraws are all listed, an interval is found by halving on the share of
them that is as far out, the likeliest ratio by halving on its score.

    python3 make.py        (numpy)
"""

import itertools
import json
import math
import pathlib

import numpy as np
from numpy.random import default_rng

HERE = pathlib.Path(__file__).parent
LEVEL = 0.95
FARTHEST = 8.0

PAIRED = (
    "n <- length(diff); s <- as.matrix(expand.grid(rep(list(c(-1,1)), n))); t <- drop(s %*% diff)/n; o <- mean(diff); "
    "list(n_assignments = 2^n, observed_mean = o, p_two_sided = mean(abs(t) >= abs(o) - 1e-12), "
    "p_greater = mean(t >= o - 1e-12), p_less = mean(t <= o + 1e-12))"
)


def signs(n):
    return np.array(list(itertools.product([1.0, -1.0], repeat=n)))


def textbook(name, source, differences):
    d = np.array(differences, float)
    t, o = signs(len(d)) @ d / len(d), d.mean()
    expected = {
        "n_assignments": len(t),
        "observed_mean": o,
        "p_two_sided": np.mean(abs(t) >= abs(o) - 1e-12),
        "p_greater": np.mean(t >= o - 1e-12),
        "p_less": np.mean(t <= o + 1e-12),
    }
    case = {
        "schema": 1,
        "id": f"randomisation_paired__{name}",
        "method": "randomisation_paired",
        "name": name,
        "source": source,
        "data": {"diff": differences},
        "call": PAIRED,
        "software": {"language": "Python", "packages": f"numpy {np.__version__}"},
        "expected": {
            k: {"value": float(v), "rel_tol": 1e-12, "abs_tol": 1e-12} for k, v in expected.items()
        },
        "notes": "All assignments listed by make.py of the folder experiments.",
    }
    case["expected"]["n_assignments"]["value"] = len(t)
    path = HERE.parent / f"randomisation_paired__{name}.json"
    path.write_text(json.dumps(case) + "\n")


def halve(holds, inner, outer):
    """The end of the stretch from `inner` outward on which `holds`."""
    for _ in range(60):
        middle = (inner + outer) / 2
        inner, outer = (middle, outer) if holds(middle) else (inner, middle)
    return inner


def bounds(p, middle):
    """All log ratios that p does not reject."""
    alpha = 1 - LEVEL
    ends = []
    for outer in (-FARTHEST, FARTHEST):
        if p(outer) > alpha:
            ends.append(None)
        else:
            ends.append(math.exp(halve(lambda ln: p(ln) > alpha, middle, outer)))
    return ends


def pairs(counts, on, period, dropped):
    """(cramps on, nights on, cramps off, nights off) of each pair in which both periods have a known night."""
    out = []
    for start in range(0, len(counts), 2 * period):
        sums = {True: [0, 0], False: [0, 0]}
        for t in range(start, start + 2 * period):
            if (t - start) % period >= dropped and counts[t] is not None:
                sums[on[t]][0] += counts[t]
                sums[on[t]][1] += 1
        if sums[True][1] and sums[False][1]:
            out.append((*sums[True], *sums[False]))
    return np.array(out, float)


def of_pairs(counts, on, period, dropped):
    table = pairs(counts, on, period, dropped)
    s1, n1, s0, n0 = table.T
    flips = signs(len(table))

    def beyond(ln):
        quarter = math.exp(ln / 4)
        return np.log((s1 + quarter / 2) / n1) - np.log((s0 + 0.5 / quarter) / n0) - ln

    def p(ln):
        d = beyond(ln)
        return np.mean(abs(flips @ d) >= abs(d.sum()) - 1e-10)

    middle = halve(lambda ln: beyond(ln).sum() > 0, -FARTHEST, FARTHEST)

    def score(ln):
        w = math.exp(ln) * n1
        return s1.sum() - ((s1 + s0) * w / (w + n0)).sum()

    value = math.exp(halve(lambda ln: score(ln) > 0, -30.0, 30.0))
    low, high = bounds(p, middle)
    return {
        "p": p(0.0),
        "ratio": [value, low, high],
        "on": [int(n1.sum()), int(s1.sum())],
        "off": [int(n0.sum()), int(s0.sum())],
        "draws": 2 ** len(table),
        "dropped_pairs": len(counts) // (2 * period) - len(table),
    }


def of_nights(counts, on):
    """Every schedule of blocks of four, two on, is listed: for a few blocks only."""
    y = np.array([np.nan if c is None else c for c in counts], float)
    known = ~np.isnan(y)
    on = np.array(on)
    ways = [np.array([k in chosen for k in range(4)]) for chosen in itertools.combinations(range(4), 2)]
    schedules = np.array(
        [np.concatenate(ways_) for ways_ in itertools.product(ways, repeat=len(y) // 4)]
    )

    def centred(ln):
        v = np.where(on, y * math.exp(-ln), y).reshape(-1, 4)
        means = np.array([np.nanmean(b) if (~np.isnan(b)).any() else 0.0 for b in v])
        return np.nan_to_num(v - means[:, None]).ravel()

    def p(ln):
        c = centred(ln)
        return np.mean(abs(schedules @ c) >= abs(c[on].sum()) - 1e-10)

    rate = [y[known & on].mean(), y[known & ~on].mean()]
    middle = halve(lambda ln: centred(ln)[on].sum() > 0, -FARTHEST, FARTHEST)
    value = rate[0] / rate[1]
    low, high = bounds(p, middle)
    return {
        "p": p(0.0),
        "ratio": [value, low, high],
        "on": [int((known & on).sum()), int(y[known & on].sum())],
        "off": [int((known & ~on).sum()), int(y[known & ~on].sum())],
    }


def drawn(seed, design, count, period, dropped, rate, ratio, answered):
    rng = default_rng(seed)
    on = []
    for _ in range(count):
        if design == "pairs":
            first = bool(rng.integers(2))
            on += [first] * period + [not first] * period
        else:
            block = [True, True, False, False]
            rng.shuffle(block)
            on += [bool(b) for b in block]
    counts = [int(rng.poisson(rate * (ratio if o else 1))) for o in on]
    counts = [c if rng.random() < answered else None for c in counts]
    return counts, on


def case(name, design, count, period, dropped, rate, ratio, answered, seed, silent=()):
    counts, on = drawn(seed, design, count, period, dropped, rate, ratio, answered)
    for t in silent:
        counts[t] = None
    found = of_pairs(counts, on, period, dropped) if design == "pairs" else of_nights(counts, on)
    return {
        "name": name,
        "design": design,
        "period": period,
        "dropped": dropped,
        "counts": counts,
        "on": "".join("1" if o else "0" for o in on),
        "expected": found,
    }


def main():
    maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    textbook("darwin_maize", "C. Darwin 1876, in R. A. Fisher, The Design of Experiments, ch. 3", maize)
    sleep = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    textbook("sleep", "datasets::sleep (A. R. Cushny and A. R. Peebles 1905), drug 2 less drug 1", sleep)
    cases = [
        case("eight pairs of 14, halved", "pairs", 8, 14, 4, 0.4, 0.5, 0.9, 1),
        case("twelve pairs of 14, no effect", "pairs", 12, 14, 4, 0.3, 1.0, 0.8, 2),
        case("eight pairs of 28, a third", "pairs", 8, 28, 7, 0.3, 0.33, 0.9, 3),
        case("a period without a word", "pairs", 9, 14, 4, 0.5, 0.6, 1.0, 4, range(28, 42)),
        case("five pairs cannot", "pairs", 5, 14, 4, 0.6, 0.2, 1.0, 5),
        case("six blocks, halved", "nightly", 6, 1, 0, 2.0, 0.4, 1.0, 6),
        case("six blocks with gaps", "nightly", 6, 1, 0, 2.0, 1.5, 0.8, 7),
    ]
    (HERE / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")


main()
