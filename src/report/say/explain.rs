//! The words beside one factor's entry: its levels, its nights, and what other calculations say. None of it is graded,
//! so none of it may sound like a finding.

use crate::analysis::association::Association;
use crate::analysis::cramp_risk::{CrampRisk, HowMany, NoRisk};
use crate::analysis::cross_check::{Companions, CrossChecks, Ranks};
use crate::analysis::exposure::Step;
use crate::analysis::factor_detail::{Exploratory, FactorDetail, FactorNight, Level};
use crate::analysis::joint::LikelihoodRatio;
use crate::analysis::night_table::{Factor, Kind};
use crate::analysis::sensitivity::{Missing, Support};
use crate::report::say;
use crate::report::say::factor::{interval, ratio, value};
use crate::stats::estimate::Estimate;

/// A p that tomorrow's value should not fall below.
const ODD: f64 = 0.05;
/// A p below which a straight line will not do.
const BENT: f64 = 0.01;

/// Cramp nights in 100 with and without, or that this could not be estimated.
pub(crate) fn risk(a: &Association, risk: &Result<CrampRisk, NoRisk>) -> String {
    let unit = a.unit.as_deref();
    let (with, without) = match &a.step {
        Some(Step::Range { from, to }) => (
            format!("at {}", value(*to, unit)),
            format!("at {}", value(*from, unit)),
        ),
        Some(Step::Level { level, against }) => {
            (format!("with '{level}'"), format!("with '{against}'"))
        }
        Some(Step::YesNo) | None => ("with it".to_string(), "without".to_string()),
    };
    match risk {
        Ok(r) => format!(
            "Season, drift and weekends allowed for: a cramp on about {} of 100 nights {with} ({:.0} % interval {}), on {} of 100 {without} ({}).",
            hundredths(r.with.value),
            r.with.level * 100.0,
            span(&r.with),
            hundredths(r.without.value),
            span(&r.without)
        ),
        Err(why) => {
            let why = match why {
                NoRisk::NoCramps => "no night where it is known had a cramp",
                NoRisk::OnlyCramps => "every night where it is known had a cramp",
                NoRisk::NoContrast => "it was never known to differ",
                NoRisk::NoFit => "the calculation does not settle on these nights",
            };
            format!("How many of 100 nights that would be could not be estimated: {why}.")
        }
    }
}

fn span(e: &Estimate) -> String {
    format!("{} to {}", hundredths(e.low), hundredths(e.high))
}

/// Nights in 100; never 0 or 100 by rounding alone.
fn hundredths(share: f64) -> String {
    let of_100 = share * 100.0;
    if of_100 > 0.0 && of_100 < 1.0 {
        "fewer than 1".to_string()
    } else if of_100 < 100.0 && of_100 > 99.0 {
        "more than 99".to_string()
    } else {
        format!("{of_100:.0}")
    }
}

/// One level, or third, of a factor.
pub(crate) fn level(factor: &Factor, l: &Level) -> String {
    let unit = factor.unit.as_deref();
    let name = match (&l.word, factor.kind) {
        (Some(word), _) => word.clone(),
        (None, Kind::YesNo | Kind::Course) => {
            if l.range.0 > 0.0 { "yes" } else { "no" }.to_string()
        }
        (None, _) if l.range.0 == l.range.1 => value(l.range.0, unit),
        (None, _) => format!("{} to {}", say::number(l.range.0), value(l.range.1, unit)),
    };
    let rate = l
        .rate
        .map(|r| format!(", {} cramps in 100 nights", say::number(r.value * 100.0)))
        .unwrap_or_default();
    format!(
        "{name}: a cramp on {} of {}{rate}",
        l.cramp,
        say::count(l.nights, "night")
    )
}

/// One night as the factor saw it: "Mon 16 Nov 2026: 1 cramp; 70 min".
pub(crate) fn night(factor: &Factor, n: &FactorNight) -> String {
    let seen = match (n.value, factor.kind) {
        (None, _) => "unknown".to_string(),
        (Some(v), Kind::YesNo | Kind::Course) => if v > 0.0 { "yes" } else { "no" }.to_string(),
        (Some(v), Kind::Choice) => factor
            .levels
            .get(v as usize)
            .cloned()
            .unwrap_or_else(|| say::number(v)),
        (Some(v), _) => value(v, factor.unit.as_deref()),
    };
    let cramps = if n.cramps == 0 {
        "calm".to_string()
    } else {
        say::count(n.cramps as usize, "cramp")
    };
    format!("{}: {cramps}; {seen}", say::date(n.night))
}

/// The exact answers on the plain table.
pub(crate) fn plain(c: &Companions, unit: Option<&str>) -> Vec<String> {
    let mut out = Vec::new();
    let mut exact = |what: &str, e: Option<Estimate>, p: Option<f64>| {
        if let (Some(e), Some(p)) = (e, p) {
            out.push(format!(
                "{what} {} ({}; exact p {}).",
                side(e.value),
                interval(&e),
                p_words(p)
            ));
        }
    };
    exact(
        "Nothing allowed for, the rates of cramps stand at",
        c.rate_ratio,
        c.rate_p,
    );
    exact("The odds of a cramp night stand at", c.odds_ratio, c.odds_p);
    out.extend(c.ranks.as_ref().map(|r| ranks(r, unit)));
    out
}

fn side(x: f64) -> String {
    if x.is_infinite() {
        "all to none".to_string()
    } else if x == 0.0 {
        "0 to 1".to_string()
    } else {
        format!("{} to 1", ratio(x))
    }
}

fn ranks(r: &Ranks, unit: Option<&str>) -> String {
    let shift = match r.shift {
        Some(s) if s != 0.0 => {
            let way = if s > 0.0 { "higher" } else { "lower" };
            format!(", {} {way} as a rule", value(s.abs(), unit))
        }
        _ => String::new(),
    };
    format!(
        "A cramp night has the higher value in {} of 100 pairs with a calm one{shift} (p {}).",
        hundredths(r.higher),
        p_words(r.p)
    )
}

/// What other calculations say, in sections with a title.
pub(crate) fn sections(d: &FactorDetail, block_nights: usize) -> Vec<(&'static str, Vec<String>)> {
    let mut other = Vec::new();
    if let Some(p) = d.bent_p.filter(|p| *p < BENT) {
        other.push(format!(
            "The link does not follow a straight line (p {}): read the levels, not the slope.",
            p_words(p)
        ));
    }
    other.extend(d.likelihood.as_ref().map(likelihood));
    if d.how_many_failed {
        other.push(
            "Whether it goes with any cramp at all, or with how many, could not be estimated."
                .to_string(),
        );
    }
    other.extend(d.how_many.iter().flat_map(how_many));
    let mut days: Vec<String> = d.lags.iter().filter_map(lag).collect();
    days.extend(d.tomorrow.as_ref().and_then(tomorrow));
    let mut checks: Vec<String> = d.cross_checks.iter().flat_map(cross).collect();
    let mut missing_nights = Vec::new();
    if let Some(s) = &d.support {
        missing_nights.extend(missing(&s.missing));
        checks.extend(over_time(s, block_nights));
    }
    [
        ("Counted another way", other),
        ("Other days (a search, so at most a hint)", days),
        ("If what is missing were otherwise", missing_nights),
        ("Cross-checks", checks),
    ]
    .into_iter()
    .filter(|(_, lines)| !lines.is_empty())
    .collect()
}

fn times(e: &Estimate) -> String {
    format!("{} times ({})", ratio(e.value), interval(e))
}

/// The rate ratio by likelihood.
pub(crate) fn likelihood(l: &LikelihoodRatio) -> String {
    let counts = if l.theta.is_some() {
        "counts that vary more than by chance alone"
    } else {
        "counts that vary as by chance alone"
    };
    let others = if l.with_others {
        "; the other things checked allowed for"
    } else {
        ""
    };
    format!(
        "By likelihood, for {counts}: {} as many cramps{others}.",
        times(&l.ratio)
    )
}

/// Whether, or how many.
pub(crate) fn how_many(h: &HowMany) -> [String; 2] {
    [
        format!(
            "Whether there is any cramp: the odds are {}.",
            times(&h.whether)
        ),
        format!(
            "How many, on nights with one: the rate behind them is {}.",
            times(&h.how_many)
        ),
    ]
}

/// The other methods, and whether they agree.
pub(crate) fn cross(c: &CrossChecks) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(e) = &c.rate_ratio {
        out.push(format!(
            "Compared only within 28-night stretches: {} times as many cramps.",
            ratio(e.value)
        ));
    }
    if let Some(e) = &c.odds_ratio {
        out.push(format!(
            "Cramp nights against calm ones within the same stretches: the odds are {} times.",
            ratio(e.value)
        ));
    }
    if let Some(e) = &c.hazard_ratio {
        out.push(format!(
            "Time to the next cramp: the chance that a night ends it is {}.",
            times(e)
        ));
    }
    if out.is_empty() && c.same_sign == Some(true) {
        return vec![
            "No other method has a finite answer on these nights; all lean the way of the estimate."
                .to_string(),
        ];
    }
    out.push(
        match c.same_sign {
            Some(true) => "All of these point the same way as the estimate.",
            Some(false) => "These do not all point the same way as the estimate.",
            None => "No other method has an answer on these nights.",
        }
        .to_string(),
    );
    out
}

fn missing(m: &Missing) -> Option<String> {
    let each = [
        ("unknown as a level of its own", m.unknown_as_level),
        ("unrecorded nights at half your rate", m.unrecorded_at_half),
        ("at double your rate", m.unrecorded_at_double),
    ];
    let words: Vec<String> = each
        .iter()
        .filter_map(|(w, b)| b.map(|b| format!("{w} {}", ratio(b.exp()))))
        .collect();
    (!words.is_empty()).then(|| format!("The ratio would be: {}.", words.join(", ")))
}

fn over_time(s: &Support, block_nights: usize) -> Vec<String> {
    let mut out = Vec::new();
    if s.quarters.heard > 0 {
        out.push(format!(
            "Same direction in {} of {} quarters with enough nights.",
            s.quarters.same_sign, s.quarters.heard
        ));
    }
    if let Some(p) = s.shuffle_p {
        out.push(format!(
            "Shuffling {block_nights}-night stretches gives as large a difference in {} of 100 draws.",
            say::number(p * 100.0)
        ));
    }
    out
}

/// A p as it is printed.
pub(crate) fn p_words(p: f64) -> String {
    if p < 0.001 {
        "< 0.001".to_string()
    } else {
        format!("{p:.3}")
    }
}

/// The value of an earlier day.
pub(crate) fn lag(l: &Exploratory) -> Option<String> {
    let (r, p) = (l.ratio?, l.p?);
    Some(format!(
        "The value {} earlier: {} times as many cramps (p {}).",
        say::count(usize::from(l.lag.unsigned_abs()), "day"),
        ratio(r.value),
        p_words(p)
    ))
}

/// Tomorrow's value set against tonight: a link there casts doubt on a link today.
pub(crate) fn tomorrow(t: &Exploratory) -> Option<String> {
    let (r, p) = (t.ratio?, t.p?);
    let verdict = if p <= ODD {
        "it should not, so something the two share may be behind both"
    } else {
        "as it should be, nothing clear"
    };
    Some(format!(
        "Tomorrow's value against tonight's cramps: {} times (p {}): {verdict}.",
        ratio(r.value),
        p_words(p)
    ))
}
