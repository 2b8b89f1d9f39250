//! Factors in few words, for the analysis at a glance: names, contrasts, counts, and what weakens several links at once.

use crate::analysis::association::{Association, Associations, Caution, Grade};
use crate::analysis::exposure::{PlainTable, Split, Step};
use crate::analysis::night_table::NightCounts;
use crate::data::word::Word;
use crate::report::say::factor::{FIVE_YEARS, caution, looks, one_in, value};
use crate::stats::estimate::Estimate;
use crate::words::{nights, number, ratio, t};

/// Letters kept of a name; `--long` has all of it.
const LONGEST_NAME: usize = 40;

/// The name of a factor in few letters; of an earlier day's factor with when it was.
pub(crate) fn name(a: &Association) -> String {
    let short = if a.lag == 0 {
        a.label.clone()
    } else {
        // a label may tell in words of its own what a few letters tell here
        let what = a.label.split(',').next().unwrap_or(&a.label);
        t!(analyze, "earlier", what, nights = a.lag)
    };
    if short.chars().count() <= LONGEST_NAME {
        return short;
    }
    let kept: String = short.chars().take(LONGEST_NAME - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The name, and how many more recorded nights it takes where that is known and in reach.
pub(crate) fn name_and_need(a: &Association) -> String {
    match nights_in_reach(a) {
        Some(n) => t!(analyze, "name-and-need", name = name(a), n),
        None => name(a),
    }
}

/// Recorded nights still needed, if a diary is likely to reach them.
pub(crate) fn nights_in_reach(a: &Association) -> Option<usize> {
    a.need_nights.filter(|n| *n <= FIVE_YEARS)
}

/// What the ratio compares; `None` for "with it" and "without".
pub(crate) fn contrast(a: &Association) -> Option<String> {
    match a.step.as_ref()? {
        Step::Range { from, to } => {
            let to = value(*to, a.unit.as_deref());
            Some(t!(analyze, "contrast", with = to, without = number(*from)))
        }
        Step::Level { level, against } => {
            let (with, without) = (
                t!(analyze, "level", level),
                t!(analyze, "level", level = against),
            );
            Some(t!(analyze, "contrast", with, without))
        }
        Step::YesNo => None,
    }
}

/// What the counts compare; `None` for "with it" and "without".
pub(crate) fn sides_in_short(a: &Association) -> Option<String> {
    match a.split {
        Split::Yes => None,
        Split::Any => Some(t!(analyze, "sides-any").to_string()),
        Split::Above(x) => {
            let value = value(x, a.unit.as_deref());
            Some(t!(analyze, "sides-above", value))
        }
        Split::OtherThan(_) => {
            let base = a.base_level.as_deref();
            let level = base.unwrap_or_else(|| t!(analyze, "commonest"));
            Some(t!(analyze, "sides-level", level))
        }
    }
}

/// Cramp nights of nights: "33 of 64 · 27 of 83".
pub(crate) fn counts_in_short(table: &PlainTable) -> String {
    t!(
        analyze,
        "counts-short",
        cramp_with = table.cramp_exposed,
        with = table.exposed,
        cramp_without = table.cramp_unexposed,
        without = table.unexposed
    )
}

/// A ratio and its interval in numbers: "2.4 (1.5 to 3.8)".
pub(crate) fn ratio_in_short(e: Estimate) -> String {
    let low = if e.low <= 0.0 {
        "0".to_string()
    } else {
        ratio(e.low)
    };
    let interval = match e.high.is_finite() {
        true => t!(chart, "to", low, high = ratio(e.high)),
        false => t!(chart, "or-more", low),
    };
    match (e.value.is_finite(), e.value > 0.0) {
        (true, true) => t!(analyze, "ratio-short", ratio = ratio(e.value), interval),
        (true, false) => t!(analyze, "ratio-short", ratio = "0", interval),
        (false, _) => interval,
    }
}

/// How many nights the analysis rests on.
pub(crate) fn nights_at_a_glance(n: &NightCounts) -> String {
    let (recorded, cramp, unknown) = (nights(n.recorded), n.cramp, n.unknown);
    t!(analyze, "nights-short", recorded, cramp, unknown)
}

/// When was looked, and when the next look is due; in one line where nothing is out of the ordinary.
pub(crate) fn look(a: &Associations) -> String {
    let nothing_new = a.look_taken.is_none() && a.hold.is_none() && !a.look_due;
    match a
        .look
        .filter(|_| nothing_new && a.nights.cramp < a.next_look)
    {
        Some(look) => t!(analyze, "look-short", look, next = a.next_look),
        None => looks(a),
    }
}

/// How often links like these are chance. `look` is the number of cramp nights at the last look.
pub(crate) fn chance(links: &[&Association], look: Option<usize>) -> Vec<String> {
    let any = |grades: &[Grade]| links.iter().any(|link| grades.contains(&link.grade));
    let mut out = Vec::new();
    if any(&[Grade::Possible, Grade::Consistent]) {
        out.push(t!(analyze, "chance", n = one_in(look)));
    }
    if any(&[Grade::Hint]) {
        out.push(t!(analyze, "chance-hint").to_string());
    }
    out
}

/// Factors that go together.
pub(crate) fn bundle(mut names: Vec<String>) -> String {
    names.sort_unstable();
    t!(analyze, "bundle", names = joined(&names))
}

/// What weakens `concerned` of all links, of which there are `all`.
pub(crate) fn notice(concerned: &[&Association], all: usize, of: Caution) -> String {
    let notice = t!(analyze, "notice", caution = of.word());
    if let ([first, ..], true) = (concerned, notice.is_empty()) {
        // what has no words for several stands with its numbers
        return caution(first, of);
    }
    if concerned.len() == all {
        return t!(analyze, "notice-of-all", notice);
    }
    let names = joined(&concerned.iter().map(|a| name(a)).collect::<Vec<_>>());
    t!(analyze, "notice-of", notice, names)
}

/// "Socks", "Socks and Stress", "Socks, Stress and Tea".
fn joined(names: &[String]) -> String {
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => t!(analyze, "and", first = rest.join(", "), last),
        None => String::new(),
    }
}
