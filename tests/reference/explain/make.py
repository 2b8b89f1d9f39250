"""Risks in 100 nights of nights.json, by dense algebra: writes `risk`, `risk_log1p` and `risk_firth` of nights_365.json.

Logistic fits by Newton's method on the background of the joint fit (intercept, previous night, weekend, trend, cosine and
sine, with prior precisions 1e-6 and 4), CR3 over 14-night blocks, delta method, Firth and FLIC by the modified score.

    python3 make.py        (numpy, scipy)
"""

import datetime
import json
import pathlib

import numpy as np
from scipy.stats import t as student

HERE = pathlib.Path(__file__).parent
DATA = json.loads((HERE / "nights.json").read_text())["data"]
DATES = [datetime.date.fromisoformat(d) for d in DATA["date"]]
DAY = np.array([(d - DATES[0]).days for d in DATES])
CRAMP = (np.array(DATA["episodes"]) > 0).astype(float)
SPAN = DAY[-1] + 1


def background():
    share = CRAMP.mean()
    before = np.zeros(len(DAY))
    for i in range(1, len(DAY)):
        if DAY[i] - DAY[i - 1] == 1:
            before[i] = CRAMP[i - 1] - share
    weekend = np.array([d.weekday() >= 5 for d in DATES], float) - 2 / 7
    year = 2 * np.pi * DAY / 365.25
    return np.column_stack(
        [np.ones(len(DAY)), before, weekend, 2 * DAY / SPAN - 1, np.cos(year), np.sin(year)]
    )


BACKGROUND = background()
PENALTY = np.array([1e-6, 4, 4, 4, 4, 4, 0.0])


def inverse_logit(eta):
    return 1 / (1 + np.exp(-eta))


def fit(x, y, firth):
    b = np.zeros(x.shape[1])
    for _ in range(500):
        mu = inverse_logit(x @ b)
        w = mu * (1 - mu)
        info = x.T @ (w[:, None] * x) + np.diag(PENALTY)
        score = y - mu
        if firth:
            h = w * np.einsum("ij,jk,ik->i", x, np.linalg.inv(info), x)
            score = score + h * (0.5 - mu)
        step = np.linalg.solve(info, x.T @ score - PENALTY * b)
        step *= min(1.0, 2.0 / max(np.abs(step).max(), 1e-300))
        b = b + step
        if np.abs(step).max() < 1e-13:
            return b, w, score, info
    raise RuntimeError("no fit")


def risks(value, ends, firth=False):
    value = np.array([np.nan if v is None else float(v) for v in value])
    known = ~np.isnan(value)
    x = np.column_stack([BACKGROUND[known], value[known]])
    y, day = CRAMP[known], DAY[known]
    b, w, score, info = fit(x, y, firth)
    eta = x @ b
    shift = 0.0
    for _ in range(200):
        p = inverse_logit(eta + shift)
        shift += (y.sum() - p.sum()) / (p * (1 - p)).sum()
    moved = b.copy()
    moved[0] += shift

    def at(v):
        z = np.column_stack([BACKGROUND, np.full(len(DAY), v)])
        p = inverse_logit(z @ moved)
        return p.mean(), z.T @ (p * (1 - p)) / len(p)

    (without, g_without), (with_, g_with) = at(ends[0]), at(ends[1])
    alone = np.eye(7)[6]
    wanted = [g_with, g_without, g_with - g_without, g_with / with_ - g_without / without, alone]
    inverse = np.linalg.inv(info)
    xw = np.sqrt(w)[:, None] * x
    r = score / np.sqrt(w)
    sums, squares, a = np.zeros(5), np.zeros(5), []
    groups = np.unique(day // 14)
    for g in groups:
        rows = day // 14 == g
        h = xw[rows] @ inverse @ xw[rows].T
        e = np.linalg.solve(np.eye(rows.sum()) - h + 1e-9 * np.eye(rows.sum()), r[rows])
        q = np.array([xw[rows] @ inverse @ c for c in wanted])
        sums += (q @ e) ** 2
        a.append((q**2).sum(axis=1))
    se = np.sqrt((len(groups) - 1) / len(groups) * sums)
    a = np.array(a)[:, 4]
    df = max(1.0, a.sum() ** 2 / (a**2).sum() - 1)
    if firth:
        se = np.maximum(se, [np.sqrt(c @ inverse @ c) for c in wanted])
    t = student.ppf(0.975, df)

    def risk(p, s):
        logit, half = np.log(p / (1 - p)), t * s / (p * (1 - p))
        return [p, inverse_logit(logit - half), inverse_logit(logit + half)]

    difference, ln = with_ - without, np.log(with_ / without)
    return {
        "with_": risk(with_, se[0]),
        "without": risk(without, se[1]),
        "difference": [difference, max(difference - t * se[2], -1), min(difference + t * se[2], 1)],
        "ratio": [np.exp(ln), np.exp(ln - t * se[3]), np.exp(ln + t * se[3])],
    }


def amounts(name, shape):
    value = [None if v is None else shape(float(v)) for v in DATA[name]]
    known = np.array([v for v in DATA[name] if v is not None], float)
    low, high = (shape(q) for q in np.quantile(known, [0.1, 0.9]))
    size = high - low
    return risks([None if v is None else v / size for v in value], (low / size, high / size))


def thinned(kept):
    out, seen = list(DATA["back_sleeping"]), 0
    for i, v in enumerate(out):
        if v == 1 and CRAMP[i] == 1:
            seen += 1
            if seen > kept:
                out[i] = None
    return risks(out, (0.0, 1.0), firth=True)


target = HERE / "nights_365.json"
wanted = json.loads(target.read_text())
wanted["risk"] = {n: risks(DATA[n], (0.0, 1.0)) for n in ("back_sleeping", "tight_bedding")}
wanted["risk"]["exercise_min"] = amounts("exercise_min", lambda v: v)
wanted["risk_log1p"] = {"exercise_min": amounts("exercise_min", np.log1p)}
wanted["risk_firth"] = {"sparse": thinned(3), "zero": thinned(0)}
wanted.pop("nb", None)
wanted["origin"] = (
    "From the nights of nights.json, whose origin stands in it. The risks: make.py beside this file. The conditional logistic "
    "likelihood on 28-night strata maximised directly (statsmodels ConditionalLogit agrees to 3e-5, where it stops); "
    "statsmodels PHReg (Efron) stratified by recorded nights since the last cramp night, robust standard error from its "
    "score residuals."
)
target.write_text(json.dumps(wanted) + "\n")
