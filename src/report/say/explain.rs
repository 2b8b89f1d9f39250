//! The words beside one factor's entry: its levels, its nights, and what other calculations say. None of it is graded,
//! so none of it may sound like a finding.

use crate::analysis::association::{Association, Associations};
use crate::analysis::cramp_risk::{CrampRisk, HowMany, NoRisk};
use crate::analysis::cross_checks::{CrossChecks, Missing, Support};
use crate::analysis::exposure::Step;
use crate::analysis::factor_detail::{
    Companions, Exploratory, FactorDetail, FactorNight, Level, Ranks,
};
use crate::analysis::night_table::{Factor, Kind};
use crate::data::word::Word;
use crate::report::say::factor::{interval, value};
use crate::stats::estimate::Estimate;
use crate::words::{cramps, date, nights, number, of_100, p_value, percent, ratio, t};

/// A p that tomorrow's value should not fall below.
const ODD: f64 = 0.05;
/// A p below which a straight line will not do.
const BENT: f64 = 0.01;

/// Cramp nights in 100 with and without, or that this could not be estimated.
pub(crate) fn risk(a: &Association, risk: &Result<CrampRisk, NoRisk>) -> String {
    let r = match risk {
        Ok(r) => r,
        Err(why) => {
            let why = t!(analyze, "no-risk-because", why = why.word());
            return t!(analyze, "no-risk", why);
        }
    };
    let at = |x: f64| t!(analyze, "at", value = value(x, a.unit.as_deref()));
    let (with, without) = match &a.step {
        Some(Step::Range { from, to }) => (at(*to), at(*from)),
        Some(Step::Level { level, against }) => (
            t!(analyze, "with-level", level),
            t!(analyze, "with-level", level = against),
        ),
        Some(Step::YesNo) | None => (
            t!(analyze, "with-it").to_string(),
            t!(analyze, "without").to_string(),
        ),
    };
    let span = |e: &Estimate| t!(analyze, "to", low = of_100(e.low), high = of_100(e.high));
    t!(
        analyze,
        "risk",
        n_with = of_100(r.with.value),
        with,
        level = percent(r.with.level),
        interval_with = span(&r.with),
        n_without = of_100(r.without.value),
        without,
        interval_without = span(&r.without)
    )
}

/// What the estimate rests on: the nights on which the factor is known of those `recorded`, and how often it changed.
pub(crate) fn went_in(a: &Association, recorded: usize) -> Vec<String> {
    let filled = if a.effect.is_some() { a.filled } else { 0 };
    let known = a.table.nights;
    let mut out = vec![t!(analyze, "known-on", known, recorded, filled)];
    if a.switches > 0 {
        out.push(t!(analyze, "changed", n = a.switches));
    }
    out
}

/// What the looks have made of the factor, and what of the budget is spent.
pub(crate) fn budget(a: &Association, all: &Associations) -> Vec<String> {
    let mut out = Vec::new();
    let p = a.p.map(p_value);
    match (p, a.p_spent, a.q) {
        (Some(p), ..) if !a.in_family => out.push(t!(analyze, "p-outside", p)),
        (Some(p), Some(spent), Some(q)) => {
            let (spent, q) = (p_value(spent), p_value(q));
            out.push(t!(analyze, "spent", p, spent, q));
            out.push(match a.announced {
                Some(night) => t!(analyze, "announced", date = date(night)),
                None => t!(analyze, "not-announced").to_string(),
            });
        }
        (Some(p), ..) => out.push(t!(analyze, "p-today", p)),
        (None, ..) => {}
    }
    out.push(t!(analyze, "budget", percent = percent(all.budget_used)));
    out
}

fn yes_or_no(x: f64) -> String {
    t!(analyze, "yes-no", yes = x > 0.0)
}

/// One level, or third, of a factor.
pub(crate) fn level(factor: &Factor, l: &Level) -> String {
    let unit = factor.unit.as_deref();
    let (low, high) = l.range;
    let level = match (&l.word, factor.kind) {
        (Some(word), _) => word.to_string(),
        (None, Kind::YesNo | Kind::Course) => yes_or_no(low),
        (None, _) if low == high => value(low, unit),
        (None, _) => t!(analyze, "to", low = number(low), high = value(high, unit)),
    };
    let (cramp, nights) = (l.cramp, nights(l.nights));
    match l.rate {
        Some(r) => {
            let rate = number(r.value * 100.0);
            t!(analyze, "level-rate", level, cramp, nights, rate)
        }
        None => t!(analyze, "level-nights", level, cramp, nights),
    }
}

/// One night as the factor saw it: "Mon 16 Nov 2026: 1 cramp; 70 min".
pub(crate) fn night(factor: &Factor, n: &FactorNight) -> String {
    let value = match (n.value, factor.kind) {
        (None, _) => t!(analyze, "unknown").to_string(),
        (Some(x), Kind::YesNo | Kind::Course) => yes_or_no(x),
        (Some(x), Kind::Choice) => {
            let level = factor.levels.get(x as usize);
            level.map_or_else(|| number(x), |level| level.to_string())
        }
        (Some(x), _) => value(x, factor.unit.as_deref()),
    };
    let cramps = match n.cramps {
        0 => t!(analyze, "calm").to_string(),
        n => cramps(n as usize),
    };
    t!(analyze, "night", night = date(n.night), cramps, value)
}

/// The exact answers on the plain table.
pub(crate) fn plain(c: &Companions, unit: Option<&str>) -> Vec<String> {
    let mut out = Vec::new();
    if let (Some(e), Some(p)) = (c.rate_ratio, c.rate_p) {
        let (side, ratio, interval, p) = (side(&e), ratio(e.value), interval(&e), p_value(p));
        out.push(t!(analyze, "exact-rate", side, ratio, interval, p));
    }
    if let (Some(e), Some(p)) = (c.odds_ratio, c.odds_p) {
        let (side, ratio, interval, p) = (side(&e), ratio(e.value), interval(&e), p_value(p));
        out.push(t!(analyze, "exact-odds", side, ratio, interval, p));
    }
    out.extend(c.ranks.as_ref().map(|r| ranks(r, unit)));
    out
}

/// Whether all cramps, none, or some fell on the nights compared.
fn side(e: &Estimate) -> &'static str {
    match e.value {
        x if x.is_infinite() => "all",
        0.0 => "none",
        _ => "some",
    }
}

fn ranks(r: &Ranks, unit: Option<&str>) -> String {
    let (n, p) = (of_100(r.higher), p_value(r.p));
    match r.shift.filter(|shift| *shift != 0.0) {
        None => t!(analyze, "ranks", n, p),
        Some(s) if s > 0.0 => t!(analyze, "ranks-higher", n, shift = value(s, unit), p),
        Some(s) => t!(analyze, "ranks-lower", n, shift = value(s.abs(), unit), p),
    }
}

/// What other calculations say, in sections with a title. `plain` are the exact answers on the plain table.
pub(crate) fn sections(
    d: &FactorDetail,
    plain: &[String],
    block_nights: usize,
) -> Vec<(&'static str, Vec<String>)> {
    let bent = d.bent_p.filter(|p| *p < BENT);
    let mut checks = plain.to_vec();
    checks.extend(bent.map(|p| t!(analyze, "bent", p = p_value(p))));
    if d.how_many_failed {
        checks.push(t!(analyze, "how-many-failed").to_string());
    }
    checks.extend(d.how_many.iter().flat_map(how_many));
    let mut days: Vec<String> = d.lags.iter().filter_map(lag).collect();
    days.extend(d.tomorrow.as_ref().and_then(tomorrow));
    checks.extend(d.cross_checks.iter().flat_map(cross));
    let mut missing_nights = Vec::new();
    if let Some(s) = &d.support {
        missing_nights.extend(missing(&s.missing));
        checks.extend(over_time(s, block_nights));
    }
    [
        (t!(analyze, "section-checks"), checks),
        (t!(analyze, "section-days"), days),
        (t!(analyze, "section-missing"), missing_nights),
    ]
    .into_iter()
    .filter(|(_, lines)| !lines.is_empty())
    .collect()
}

fn as_high(e: &Estimate) -> String {
    let (ratio, interval) = (ratio(e.value), interval(e));
    t!(analyze, "as-high", ratio, interval)
}

/// Whether, or how many.
pub(crate) fn how_many(h: &HowMany) -> [String; 2] {
    [
        t!(analyze, "whether", times = as_high(&h.whether)),
        t!(analyze, "how-many", times = as_high(&h.how_many)),
    ]
}

/// The other methods, and whether they agree.
pub(crate) fn cross(c: &CrossChecks) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(e) = &c.rate_ratio {
        out.push(t!(analyze, "within-stretches", ratio = ratio(e.value)));
    }
    if let Some(e) = &c.odds_ratio {
        out.push(t!(analyze, "case-crossover", ratio = ratio(e.value)));
    }
    if let Some(e) = &c.hazard_ratio {
        out.push(t!(analyze, "hazard", times = as_high(e)));
    }
    let verdict = match c.same_sign {
        Some(true) if out.is_empty() => t!(analyze, "no-finite-answer"),
        Some(true) => t!(analyze, "same-way"),
        Some(false) => t!(analyze, "not-the-same-way"),
        None => t!(analyze, "no-other-answer"),
    };
    out.push(verdict.to_string());
    out
}

fn missing(m: &Missing) -> Option<String> {
    let ratio_of = |b: Option<f64>| b.map(|b| ratio(b.exp()));
    let ratios: Vec<String> = [
        ratio_of(m.unknown_as_level).map(|ratio| t!(analyze, "unknown-as-level", ratio)),
        ratio_of(m.unrecorded_at_half).map(|ratio| t!(analyze, "at-half", ratio)),
        ratio_of(m.unrecorded_at_double).map(|ratio| t!(analyze, "at-double", ratio)),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!ratios.is_empty()).then(|| t!(analyze, "would-be", ratios = ratios.join(", ")))
}

fn over_time(s: &Support, block_nights: usize) -> Vec<String> {
    let mut out = Vec::new();
    let (same, heard) = (s.quarters.same_sign, s.quarters.heard);
    if heard > 0 {
        out.push(t!(analyze, "quarters", same, heard));
    }
    if let Some(p) = s.shuffle_p {
        let (nights, n) = (block_nights, number(p * 100.0));
        out.push(t!(analyze, "shuffled", nights, n));
    }
    out
}

/// The value of an earlier day.
pub(crate) fn lag(l: &Exploratory) -> Option<String> {
    let (r, p) = (l.ratio?, l.p?);
    let days = l.lag.unsigned_abs();
    let (ratio, p) = (ratio(r.value), p_value(p));
    Some(t!(analyze, "lag", days, ratio, p))
}

/// Tomorrow's value set against tonight: a link there casts doubt on a link today.
pub(crate) fn tomorrow(t: &Exploratory) -> Option<String> {
    let (r, p) = (t.ratio?, t.p?);
    let (ratio, odd, p) = (ratio(r.value), p <= ODD, p_value(p));
    Some(t!(analyze, "tomorrow", ratio, p, odd))
}
