//! What may be said of the result of an experiment, and nothing more: "when chance decided" is as far as it goes, "no
//! difference found" is never "no effect", and p comes last.

use crate::analysis::experiment::{Arm, Finding, Outcome};
use crate::data::word::{Word, words};
use crate::diary::Nights;
use crate::report::say::chart::{ratio, ratios};
use crate::report::say::factor::interval;
use crate::words::{cramps, nights, number, of_100, p_value, printable, t};

words! {
    /// What an experiment comes to.
    Verdict, "verdict", {
        /// A difference, by chance at most once in 20 draws.
        Shown = "shown",
        /// The second one in the same direction, or one by chance at most once in 200 draws.
        ShownTwice = "shown twice",
        /// A difference, and another experiment found the opposite.
        Contradicted = "contradicted",
        /// No difference found, and the interval leaves no room for half as many cramps.
        LargeUnlikely = "no difference found, large effect unlikely",
        /// No difference found, and the interval leaves room for a large one.
        Possible = "no difference found, one still possible",
        NoNumbers = "no numbers",
    }
}

/// A promised chance below this was started all the same, and is repeated.
const ENOUGH: f64 = 0.5;

pub(crate) fn title(label: &str, of: Nights) -> String {
    let (label, nights) = (printable(label), nights(of.len()));
    t!(
        experiment,
        "result-title",
        label,
        nights,
        from = of.from,
        to = of.to
    )
}

/// Cramps in 100 nights, in whole numbers.
fn in_100(arm: Arm) -> String {
    arm.rate()
        .map_or_else(String::new, |rate| number((rate * 100.0).round()))
}

/// One side in numbers: "With it: 14 cramps on 40 nights, 35 in 100 nights."
fn side(on: bool, arm: Arm) -> String {
    let count = cramps(usize::try_from(arm.cramps).unwrap_or(usize::MAX));
    match arm.rate() {
        Some(_) => t!(
            experiment,
            "result-side",
            on,
            cramps = count,
            nights = nights(arm.nights),
            n = in_100(arm)
        ),
        None => t!(experiment, "result-side-empty", on),
    }
}

/// What is read before everything else: that too much is missing, the two rates, and the difference.
/// `power` to find the ratio `effect` was promised at the start.
pub(crate) fn first(outcome: &Outcome, power: f64, effect: f64) -> Vec<String> {
    let mut said = Vec::new();
    if outcome.incomplete {
        let expected = outcome.counted + outcome.in_dropped_pairs + outcome.unknown;
        said.push(t!(
            experiment,
            "result-incomplete",
            unknown = outcome.unknown,
            expected
        ));
    }
    if power < ENOUGH {
        let (chance, times) = (of_100(power), ratio(effect));
        said.push(t!(experiment, "result-weak", chance, times));
    }
    if !matches!(outcome.finding, Finding::NoNumbers(_)) || outcome.counted > 0 {
        said.push(side(true, outcome.on));
        said.push(side(false, outcome.off));
    }
    said.extend(difference(outcome));
    said
}

fn difference(outcome: &Outcome) -> Option<String> {
    let (on, off) = (outcome.on.rate()?, outcome.off.rate()?);
    if outcome.on.cramps + outcome.off.cramps == 0 {
        return None;
    }
    // of the rates as they are read
    let n = (on * 100.0).round() - (off * 100.0).round();
    let way = match n {
        n if n < 0.0 => "fewer",
        n if n > 0.0 => "more",
        _ => "same",
    };
    let n = number(n.abs());
    let Some(found) = outcome.rate_ratio else {
        return Some(t!(experiment, "result-difference-alone", way, n));
    };
    let (without, interval) = (in_100(outcome.off), interval(&found));
    let times = match found.value {
        value if value <= 0.0 => "0".to_string(),
        value => ratio(value),
    };
    let said = t!(experiment, "result-difference", way, n, times, interval);
    let hundred = |ratio: f64| number((ratio * off * 100.0).round());
    let range = match (off > 0.0, found.high.is_finite()) {
        (false, _) => return Some(said),
        (true, true) => t!(
            chart,
            "to",
            low = hundred(found.low),
            high = hundred(found.high)
        ),
        (true, false) => t!(chart, "or-more", low = hundred(found.low)),
    };
    Some(format!(
        "{said} {}",
        t!(experiment, "result-range", without, range)
    ))
}

/// What it means; `agreeing` experiments with this thing, this one among them, found the same.
pub(crate) fn means(
    verdict: Verdict,
    outcome: &Outcome,
    label: &str,
    agreeing: usize,
) -> Vec<String> {
    let more = outcome.finding == Finding::More;
    let (with, without) = (in_100(outcome.on), in_100(outcome.off));
    let label = printable(label);
    let shown = || match more {
        true => t!(experiment, "result-more", with, without),
        false => t!(experiment, "result-fewer", with, without),
    };
    match verdict {
        Verdict::Shown => vec![shown()],
        Verdict::ShownTwice if agreeing > 1 => {
            vec![shown(), t!(experiment, "result-twice", n = agreeing)]
        }
        Verdict::ShownTwice => vec![shown(), t!(experiment, "result-sure").to_string()],
        Verdict::Contradicted => vec![shown(), t!(experiment, "result-contradicted", label)],
        Verdict::LargeUnlikely => vec![t!(experiment, "result-unlikely").to_string()],
        Verdict::Possible => vec![t!(experiment, "result-unclear").to_string()],
        Verdict::NoNumbers => match outcome.finding {
            Finding::NoNumbers(why) => vec![t!(experiment, "result-no-numbers", why = why.word())],
            _ => Vec::new(),
        },
    }
}

/// How far the plan was kept, and what was seen by what was really done.
pub(crate) fn kept(outcome: &Outcome) -> Vec<String> {
    let kept = &outcome.kept;
    let mut said = vec![match kept.answered {
        0 => t!(experiment, "result-kept-unsaid").to_string(),
        answered => t!(
            experiment,
            "result-kept",
            kept = kept.as_assigned,
            of = kept.of,
            unsaid = kept.of - answered
        ),
    }];
    if let Some(done) = outcome
        .as_done
        .filter(|d| d.on.nights > 0 && d.off.nights > 0)
    {
        let (with, without) = (in_100(done.on), in_100(done.off));
        let (on, off) = (nights(done.on.nights), nights(done.off.nights));
        said.push(t!(experiment, "result-as-done", with, on, without, off));
    }
    said.extend(not_counted(outcome));
    let pairs = outcome.dropped_pairs;
    if pairs > 0 {
        said.push(t!(experiment, "result-dropped-pairs", pairs));
    }
    said
}

/// The nights that do not count, and why.
fn not_counted(outcome: &Outcome) -> Option<String> {
    let parts = [
        ("unknown", outcome.unknown),
        ("excluded", outcome.excluded),
        ("washout", outcome.washout),
    ];
    let parts = parts.into_iter().filter(|(_, n)| *n > 0);
    let parts = parts.map(|(why, n)| t!(experiment, "result-nights-left", why, nights = nights(n)));
    let parts: Vec<String> = parts.collect();
    let counted = nights(outcome.counted);
    (!parts.is_empty()).then(|| {
        let parts = parts.join(", ");
        t!(experiment, "result-not-counted", counted, parts)
    })
}

/// What it does not mean.
pub(crate) fn means_not(verdict: Verdict, blinded: bool) -> Vec<String> {
    let mut said = vec![knowing(blinded)];
    if matches!(verdict, Verdict::Possible | Verdict::NoNumbers) {
        said.push(t!(experiment, "result-not-no-effect").to_string());
    }
    said.push(t!(experiment, "result-only-you").to_string());
    said
}

/// Whether the person knew which nights were which, and what that does.
pub(crate) fn knowing(blinded: bool) -> String {
    t!(experiment, "result-knowing", blinded)
}

/// What chance alone does, and the seal.
pub(crate) fn chance(outcome: &Outcome, seal: &str) -> Vec<String> {
    let mut said = vec![t!(experiment, "result-seal", seal)];
    let compared = !matches!(outcome.finding, Finding::NoNumbers(_));
    said.extend(outcome.p.filter(|_| compared).map(|p| {
        let draws = usize::try_from(outcome.draws).unwrap_or(usize::MAX);
        let (n, p) = (of_100(p), p_value(p));
        t!(experiment, "result-p", exact = outcome.exact, draws, n, p)
    }));
    said
}

/// The picture in words.
pub(crate) fn alt(outcome: &Outcome) -> String {
    let mut said = vec![side(true, outcome.on), side(false, outcome.off)];
    said.extend(difference(outcome));
    said.extend(not_counted(outcome));
    said.join(" ")
}

/// The ratio with its interval, for a table; empty without one.
pub(crate) fn ratio_cell(outcome: &Outcome) -> String {
    outcome.rate_ratio.map_or_else(String::new, |found| {
        let times = if found.value > 0.0 {
            ratio(found.value)
        } else {
            "0".to_string()
        };
        t!(
            analyze,
            "ratio-short",
            ratio = times,
            interval = ratios(&found)
        )
    })
}

/// What it comes to, for a table, with what weakens it.
pub(crate) fn verdict_cell(verdict: Verdict, outcome: &Outcome, power: f64) -> String {
    let more = outcome.finding == Finding::More;
    let verdict = match verdict {
        Verdict::Shown => "shown",
        Verdict::ShownTwice => "shown-twice",
        Verdict::Contradicted => "contradicted",
        Verdict::LargeUnlikely => "large-unlikely",
        Verdict::Possible => "possible",
        Verdict::NoNumbers => "no-numbers",
    };
    let (incomplete, weak) = (outcome.incomplete, power < ENOUGH);
    t!(page, "experiment-verdict", verdict, more, incomplete, weak)
}

/// A side for a table: "14 on 40 nights (35 in 100)".
pub(crate) fn side_cell(arm: Arm) -> String {
    let (n, cramps) = (nights(arm.nights), arm.cramps.to_string());
    match arm.rate() {
        Some(_) => t!(
            experiment,
            "result-cell",
            cramps,
            nights = n,
            in_100 = in_100(arm)
        ),
        None => t!(experiment, "no-nights-count").to_string(),
    }
}
