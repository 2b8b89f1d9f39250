//! What may be said about one factor, and nothing more: associations, never causes; no advice; "can't tell" kept
//! apart from "no". Every sentence about a factor is made here, so that one test can read them all.

use crate::analysis::association::{Association, Associations, Caution, Grade, NoAnalysis};
use crate::analysis::exposure::{Split, Step};
use crate::analysis::gate::Gate;
use crate::analysis::left_out::LeftOut;
use crate::analysis::looks::Hold;
use crate::analysis::model::BLOCK;
use crate::analysis::night_table::NightCounts;
use crate::analysis::self_check::SelfTest;
use crate::data::word::Word;
use crate::stats::estimate::Estimate;
use crate::words::{date, nights, number, of_100, percent, t};

pub(crate) use crate::words::ratio;

/// Recorded nights in five years: beyond this a diary alone will hardly settle a question.
pub(crate) const FIVE_YEARS: usize = 1826;

/// A value with the factor's unit.
pub(crate) fn value(x: f64, unit: Option<&str>) -> String {
    unit.map_or_else(|| number(x), |u| format!("{} {u}", number(x)))
}

/// Nights of a factor that an experiment leaves out until it is over.
pub(crate) fn left_out(left_out: &LeftOut) -> String {
    let (factor, n) = (&left_out.factor, left_out.nights);
    t!(experiment, "left-out", factor, n)
}

/// The plain counts: "Socks: cramps on 9 of 31 nights with, on 12 of 90 nights without."
pub(crate) fn counts(a: &Association) -> String {
    let t = &a.table;
    let label = &a.label;
    if t.nights == 0 {
        return t!(analyze, "never-known", label);
    }
    let (with, without) = sides(a);
    if t.exposed == 0 || t.unexposed == 0 {
        let (side, cramp) = if t.exposed == 0 {
            (without, t.cramp_unexposed)
        } else {
            (with, t.cramp_exposed)
        };
        return t!(
            analyze,
            "one-side",
            label,
            nights = nights(t.nights),
            side,
            cramp
        );
    }
    t!(
        analyze,
        "counts",
        label,
        cramp_with = t.cramp_exposed,
        nights_with = nights(t.exposed),
        with,
        cramp_without = t.cramp_unexposed,
        nights_without = nights(t.unexposed),
        without
    )
}

/// Words for the nights with and without a factor.
pub(crate) fn sides(a: &Association) -> (String, String) {
    match a.split {
        Split::Yes => (t!(analyze, "with-it").into(), t!(analyze, "without").into()),
        Split::Any => (
            t!(analyze, "with-any").into(),
            t!(analyze, "with-none").into(),
        ),
        Split::Above(x) => {
            let value = value(x, a.unit.as_deref());
            (
                t!(analyze, "above", value),
                t!(analyze, "at-or-below", value),
            )
        }
        Split::OtherThan(_) => {
            let base = a.base_level.as_deref();
            let level = base.unwrap_or_else(|| t!(analyze, "commonest"));
            (t!(analyze, "not-level", level), t!(analyze, "level", level))
        }
    }
}

/// What the rate ratio is stated for, in the contract's words: "yes vs no", "5 °C".
pub(crate) fn per(a: &Association) -> String {
    match &a.step {
        Some(Step::Range { from, to }) => value(to - from, a.unit.as_deref()),
        Some(Step::Level { level, against }) => format!("{level} vs {against}"),
        Some(Step::YesNo) | None => "yes vs no".to_string(),
    }
}

/// The adjusted estimate: "… 1.6 times as many cramps (95 % interval 1.1 to 2.3)".
pub(crate) fn estimate(a: &Association) -> Option<String> {
    let e = a.ratio()?;
    let (interval, step) = (interval(&e), step(a));
    Some(if e.value.is_infinite() {
        t!(analyze, "every-cramp", step, interval)
    } else if e.value == 0.0 {
        t!(analyze, "never-a-cramp", step, interval)
    } else {
        let (ratio, joint) = (ratio(e.value), beside_others(a));
        t!(analyze, "estimate", ratio, step, interval, joint)
    })
}

/// What the ratio compares: "at 65 min rather than 0", "on nights with it".
pub(crate) fn step(a: &Association) -> String {
    match &a.step {
        Some(Step::Range { from, to }) => {
            let to = value(*to, a.unit.as_deref());
            t!(analyze, "step-range", to, from = number(*from))
        }
        Some(Step::Level { level, against }) => t!(analyze, "step-level", level, against),
        Some(Step::YesNo) | None => t!(analyze, "step-yes-no").to_string(),
    }
}

/// Whether all the other things checked are allowed for.
pub(crate) fn beside_others(a: &Association) -> bool {
    a.in_family && a.bundled_with.is_empty()
}

/// The interval of a ratio: "95 % interval 1.1 to 2.3".
pub(crate) fn interval(e: &Estimate) -> String {
    let level = percent(e.level);
    let low = if e.low <= 0.0 {
        "0".to_string()
    } else {
        ratio(e.low)
    };
    if e.high.is_finite() {
        t!(analyze, "interval", level, low, high = ratio(e.high))
    } else {
        t!(analyze, "interval-open", level, low)
    }
}

/// Cramp nights at a look from which fewer of the links it shows are chance.
const FIRM_LOOK: usize = 60;

/// Of links shown like these, about one in how many may be chance. `look` is the number of cramp nights at the last look.
pub(crate) fn one_in(look: Option<usize>) -> usize {
    match look {
        Some(cramp_nights) if cramp_nights >= FIRM_LOOK => 10,
        _ => 5,
    }
}

/// What the grade means, in words; `look` is the number of cramp nights at the last look.
pub(crate) fn meaning(a: &Association, look: Option<usize>) -> String {
    let tenths = |x: f64| number((x * 10.0).max(0.0));
    let direction = match a.ratio().map(|e| e.value >= 1.0) {
        Some(true) => "more",
        Some(false) => "less",
        None => "unknown",
    };
    match a.grade {
        Grade::NotEnough => {
            let gates: Vec<String> = a.gates.iter().map(gate).collect();
            let why = match gates.is_empty() {
                true => t!(analyze, "too-little-known").to_string(),
                false => gates.join("; "),
            };
            with_nights_needed(&t!(analyze, "not-enough", why), a)
        }
        Grade::CannotTell => with_nights_needed(t!(analyze, "open"), a),
        Grade::NoSizeableLink => match a.ratio().filter(|e| e.high.is_finite()) {
            Some(e) => t!(
                analyze,
                "no-large-link-within",
                fewer = tenths(1.0 - e.low),
                more = tenths(e.high - 1.0)
            ),
            None => t!(analyze, "no-large-link").to_string(),
        },
        Grade::Hint => t!(analyze, "hint").to_string(),
        Grade::Possible => t!(analyze, "possible", direction, one_in = one_in(look)),
        Grade::Consistent => match a.announced {
            Some(since) => t!(analyze, "consistent-since", direction, since),
            None => t!(analyze, "consistent", direction),
        },
        Grade::Shown => t!(analyze, "shown").to_string(),
        Grade::ShownTwice => t!(analyze, "shown-twice").to_string(),
    }
}

/// A sentence with how many more nights it takes, where that is known.
fn with_nights_needed(sentence: &str, a: &Association) -> String {
    match a.need_nights {
        None => sentence.to_string(),
        Some(n) if n > FIVE_YEARS => format!("{sentence} {}", t!(analyze, "never-settled")),
        Some(n) => format!("{sentence} {}", t!(analyze, "nights-needed", n)),
    }
}

/// Share of known nights from which a factor is written down often enough.
const WELL_KNOWN: f64 = 0.8;

/// Why a factor cannot be graded yet.
pub(crate) fn gate(gate: &Gate) -> String {
    match *gate {
        Gate::NothingKnown => t!(analyze, "gate-nothing-known").to_string(),
        Gate::Constant => t!(analyze, "gate-constant").to_string(),
        Gate::CrampNights { have, need } => t!(analyze, "gate-cramp-nights", have, need),
        Gate::RarerSide { have, need } => t!(analyze, "gate-rarer-side", have, need),
        Gate::Switches { have, need } => t!(analyze, "gate-switches", have, need),
        Gate::Coverage { share } => t!(analyze, "gate-coverage", percent = percent(share)),
        Gate::NoModel => t!(analyze, "gate-no-model").to_string(),
        Gate::Wide => t!(analyze, "gate-wide").to_string(),
    }
}

pub(crate) fn caution(a: &Association, caution: Caution) -> String {
    t!(
        analyze,
        "caution",
        caution = caution.word(),
        n = match caution {
            Caution::FewSwitches => a.switches,
            _ => a.recalled,
        },
        others = a.bundled_with.join(", ")
    )
}

/// Why nothing is graded at all.
pub(crate) fn refusal(why: NoAnalysis) -> String {
    t!(analyze, "refused", why = why.word())
}

/// What to write down, what that may tell, and what an experiment would take instead.
pub(crate) fn record_next(a: &Association, chance: f64, experiment: Option<usize>) -> String {
    let known = percent(a.coverage);
    let often = if a.coverage >= WELL_KNOWN {
        "all"
    } else {
        "some"
    };
    let (label, chance) = (&a.label, of_100(chance));
    let said = t!(analyze, "record-next", label, often, known, chance);
    match experiment {
        Some(nights) => format!("{said} {}", t!(analyze, "experiment-instead", nights)),
        None => said,
    }
}

/// What long spells change; nothing to say at the usual block length.
pub(crate) fn long_spells(block_nights: usize) -> Option<String> {
    (block_nights > BLOCK).then(|| t!(analyze, "long-spells", nights = block_nights, usual = BLOCK))
}

/// Size of the family, and what luck alone would do.
pub(crate) fn family(tested: usize) -> String {
    let by_luck = number(tested as f64 * 0.05);
    t!(analyze, "tested", n = tested, by_luck)
}

/// When grades may rise next.
pub(crate) fn looks(a: &Associations) -> String {
    let (next, spent) = (a.next_look, percent(a.budget_used));
    if let Some(look) = &a.look_taken {
        let (n, at, share) = (a.looks, look.cramp_nights, percent(look.w));
        return t!(analyze, "look-taken", n, at, share, spent, next);
    }
    match a.hold {
        Some(Hold::Newer) => return t!(analyze, "looks-newer").to_string(),
        Some(Hold::Until(day)) => return t!(analyze, "looks-put-off", day = date(day)),
        Some(Hold::Past) => return t!(analyze, "looks-then", look = a.look.unwrap_or(0)),
        None => {}
    }
    let (have, n) = (a.nights.cramp, a.looks + 1);
    match a.look_due {
        true => t!(analyze, "look-due", n, have),
        false if have >= next => t!(analyze, "look-waits", n),
        false => t!(analyze, "looks", look = a.look.unwrap_or(0), next),
    }
}

pub(crate) fn nights_analysed(n: &NightCounts) -> String {
    let (recorded, cramp, unknown) = (nights(n.recorded), n.cramp, n.unknown);
    t!(analyze, "nights", recorded, cramp, unknown)
}

pub(crate) fn self_test(t: &SelfTest) -> String {
    t!(
        analyze,
        "self-test-found",
        runs = t.runs,
        hint = t.any_hint,
        possible = t.any_possible,
        consistent = t.any_consistent
    )
}
