//! What may be said about one factor, and nothing more: associations, never causes; no advice; "can't tell" kept
//! apart from "no". Every sentence about a factor is made here, so that one test can read them all.

use crate::analysis::association::{Association, Caution, NoAnalysis};
use crate::analysis::exposure::{Split, Step};
use crate::analysis::gate::Gate;
use crate::analysis::grade::Grade;
use crate::analysis::model::BLOCK;
use crate::report::say;
use crate::stats::estimate::Estimate;

/// Recorded nights in five years: beyond this a diary alone will hardly settle a question.
const FIVE_YEARS: usize = 1826;

/// A value with the factor's unit.
pub(crate) fn value(x: f64, unit: Option<&str>) -> String {
    unit.map_or_else(|| say::number(x), |u| format!("{} {u}", say::number(x)))
}

/// The plain counts: "Socks: cramps on 9 of 31 nights with, on 12 of 90 nights without."
pub(crate) fn counts(a: &Association) -> String {
    let t = &a.table;
    if t.nights() == 0 {
        return format!("{}: not known on any recorded night.", a.label);
    }
    let (with, without) = sides(a);
    if t.exposed == 0 || t.unexposed == 0 {
        let (side, cramp) = if t.exposed == 0 {
            (without, t.cramp_unexposed)
        } else {
            (with, t.cramp_exposed)
        };
        return format!(
            "{}: all {} known {side}, a cramp on {cramp} of them.",
            a.label,
            say::count(t.nights(), "night")
        );
    }
    format!(
        "{}: a cramp on {} of {} {with}, on {} of {} {without}.",
        a.label,
        t.cramp_exposed,
        say::count(t.exposed, "night"),
        t.cramp_unexposed,
        say::count(t.unexposed, "night")
    )
}

/// Words for the nights with and without a factor.
pub(crate) fn sides(a: &Association) -> (String, String) {
    let unit = a.unit.as_deref();
    match a.split {
        Split::Yes => ("with it".into(), "without".into()),
        Split::Any => ("with any".into(), "with none".into()),
        Split::Above(x) => (
            format!("above {}", value(x, unit)),
            format!("at {} or below", value(x, unit)),
        ),
        Split::OtherThan(_) => {
            let base = a.base_level.as_deref().unwrap_or("the commonest");
            (format!("not '{base}'"), format!("'{base}'"))
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

/// The same in a sentence.
fn step_words(a: &Association) -> String {
    match &a.step {
        Some(Step::Range { from, to }) => {
            let unit = a.unit.as_deref();
            format!("at {} rather than {}", value(*to, unit), say::number(*from))
        }
        Some(Step::Level { level, against }) => format!("with '{level}' rather than '{against}'"),
        Some(Step::YesNo) | None => "on nights with it".to_string(),
    }
}

/// The adjusted estimate: "… 1.6 times as many cramps (95 % interval 1.1 to 2.3)".
pub(crate) fn estimate(a: &Association) -> Option<String> {
    let e = a.ratio()?;
    let interval = interval(&e);
    let words = step_words(a);
    let adjusted = if a.p_joint.is_some() && a.bundled_with.is_empty() {
        ", the other things checked, "
    } else {
        " "
    };
    let how = format!("season, slow drift, weekends{adjusted}and the night before allowed for");
    Some(if e.value.is_infinite() {
        format!("Every cramp fell {words} ({interval}).")
    } else if e.value == 0.0 {
        format!("No cramp fell {words} ({interval}).")
    } else {
        format!(
            "Per night, {} times as many cramps {words} ({interval}; {how}).",
            ratio(e.value)
        )
    })
}

/// A rate ratio with two digits that never rounds to 0.
pub(crate) fn ratio(x: f64) -> String {
    if x >= 10.0 {
        format!("{x:.0}")
    } else if x >= 0.995 {
        format!("{x:.1}")
    } else if x >= 0.01 {
        format!("{x:.2}")
    } else {
        "less than 0.01".to_string()
    }
}

/// The interval of a ratio: "95 % interval 1.1 to 2.3".
pub(crate) fn interval(e: &Estimate) -> String {
    let low = if e.low <= 0.0 {
        "0".to_string()
    } else {
        ratio(e.low)
    };
    if e.high.is_finite() {
        format!(
            "{:.0} % interval {low} to {}",
            e.level * 100.0,
            ratio(e.high)
        )
    } else {
        format!("{:.0} % interval {low} or more", e.level * 100.0)
    }
}

/// What the grade means, in words.
pub(crate) fn meaning(a: &Association) -> String {
    match a.grade {
        Grade::NotEnough => not_enough(a),
        Grade::CannotTell => {
            let more = a
                .need_nights
                .map(|n| format!(" {}", nights_needed(n)))
                .unwrap_or_default();
            format!("No clear link so far, but a sizeable one is still possible.{more}")
        }
        Grade::NoSizeableLink => {
            let within = a.ratio().filter(|e| e.high.is_finite()).map(|e| {
                format!(
                    ": for every 10 cramps, between {} fewer and {} more",
                    tenths(1.0 - e.low),
                    tenths(e.high - 1.0)
                )
            });
            format!("A large link is unlikely{}.", within.unwrap_or_default())
        }
        Grade::Hint => {
            "There may be something here, or luck: about 1 in 20 unrelated things looks like this."
                .to_string()
        }
        Grade::Possible => format!(
            "Cramps were {} on these nights. Of links announced like this, about 1 in 10 may be chance.",
            direction(a)
        ),
        Grade::Consistent => {
            let since = a
                .since
                .map(|d| format!(" since {}", say::date(d)))
                .unwrap_or_default();
            format!(
                "Cramps were {} on these nights, and that has held up{since}. The two go together; it need not be the cause.",
                direction(a)
            )
        }
        Grade::Shown => {
            "When chance decided, the difference remained, for you and under these conditions."
                .to_string()
        }
        Grade::ShownTwice => "Shown in two experiments of yours.".to_string(),
    }
}

fn direction(a: &Association) -> &'static str {
    match a.ratio().map(|e| e.value >= 1.0) {
        Some(true) => "more frequent",
        Some(false) => "less frequent",
        None => "differently frequent",
    }
}

fn tenths(x: f64) -> String {
    say::number((x * 10.0).max(0.0))
}

fn nights_needed(n: usize) -> String {
    if n > FIVE_YEARS {
        "Your diary alone is unlikely to settle this.".to_string()
    } else {
        format!(
            "About {} more recorded {} needed to see a doubling, if there is one.",
            n,
            if n == 1 { "night is" } else { "nights are" }
        )
    }
}

fn not_enough(a: &Association) -> String {
    let why: Vec<String> = a.gates.iter().map(gate).collect();
    let why = if why.is_empty() {
        "too little is known".to_string()
    } else {
        why.join("; ")
    };
    let more = a
        .need_nights
        .map(|n| format!(" {}", nights_needed(n)))
        .unwrap_or_default();
    format!("Not enough to say: {why}.{more}")
}

/// Why a factor cannot be graded yet.
pub(crate) fn gate(gate: &Gate) -> String {
    let of = |have: usize, need: usize, what: &str| format!("{have} of the {need} {what} needed");
    match *gate {
        Gate::NothingKnown => "it is not known on any recorded night".to_string(),
        Gate::Constant => "it was the same on every known night, so there is nothing to compare (a 'no' has to be written down too)".to_string(),
        Gate::CrampNights { have, need } => of(have, need, "cramp nights"),
        Gate::CalmNights { have, need } => of(have, need, "nights without a cramp"),
        Gate::RarerSide { have, need } => of(have, need, "nights on its rarer side"),
        Gate::Values { have, need } => of(have, need, "different values"),
        Gate::ExpectedEpisodes => "too few cramps are to be expected on one side".to_string(),
        Gate::TooFewSwitches { .. } => "it changed too seldom to be told apart from slow drift and season; see its before and after in 'cramp trend'".to_string(),
        Gate::Coverage { share } => format!("it is known on only {:.0} % of the nights", share * 100.0),
        Gate::NoModel => "it cannot be told apart from the weekend or from slow drift on these nights".to_string(),
    }
}

/// A caution, in words.
pub(crate) fn caution(a: &Association, caution: Caution) -> String {
    match caution {
        Caution::LowCoverage => format!("Known on {:.0} % of the nights only, so it can be no more than a hint.", a.coverage * 100.0),
        Caution::SelectiveLogging => "You fill this in differently on bad nights, so it can be no more than a hint.".to_string(),
        Caution::Exploratory => "Something that follows a cramp, or a second look at the same thing: no more than a hint.".to_string(),
        Caution::Recalled => format!("{} written down after the cramp: memory may colour them.", say::count(a.recalled, "value")),
        Caution::Bundled => format!("Goes together with {} in your diary; they can't be told apart.", a.bundled_with.join(", ")),
        Caution::NotAdjustedForOthers => "There are too few cramp nights to allow for the other things as well.".to_string(),
        Caution::NoCrampsOnOneSide => "No cramp at all on one side: judged by an exact count and by shuffling, and graded no higher than possible.".to_string(),
        Caution::WaitsForLook => "A link is announced only when the number of cramp nights has doubled since the last look; this one waits.".to_string(),
        Caution::NoEstimate => "No estimate could be made on these nights.".to_string(),
    }
}

/// Why nothing is graded at all.
pub(crate) fn refusal(why: NoAnalysis) -> &'static str {
    match why {
        NoAnalysis::NoNights => "No night has an answer yet, so there is nothing to compare.",
        NoAnalysis::NoCramps => "No cramp on any recorded night, so there is nothing to compare.",
        NoAnalysis::OnlyCramps => {
            "Every recorded night had a cramp. Calm nights have to be written down too ('cramp night calm'), or nothing can be compared."
        }
        NoAnalysis::OnlyWhenItHurt => {
            "Nearly every recorded night had a cramp: the diary seems to be kept only when it hurts. Nothing is graded: the nights without cramps are missing ('cramp night calm')."
        }
    }
}

/// A factor whose answer is in reach.
pub(crate) fn go_on(label: &str, nights: usize) -> Option<String> {
    (nights <= FIVE_YEARS).then(|| {
        format!(
            "{label}: go on writing it down; about {} more may tell.",
            say::count(nights, "recorded night")
        )
    })
}

/// Many values were written down after the cramp they are set against.
pub(crate) const BEFORE_SLEEP: &str = "Write the day down before going to sleep: many of your values came after the cramp, and memory may colour them.";

/// What long spells change; nothing to say at the usual block length.
pub(crate) fn long_spells(block_nights: usize) -> Option<String> {
    (block_nights > BLOCK).then(|| {
        format!("Your good and bad spells last unusually long, so nights are compared in stretches of {block_nights} instead of {BLOCK}: it takes more nights to be sure.")
    })
}

/// Size of the family, and what luck alone would do.
pub(crate) fn family(tested: usize) -> String {
    match tested {
        0 => "Nothing could be tested yet.".to_string(),
        1 => "1 thing was checked; by luck alone 1 in 20 would look like something.".to_string(),
        n => format!(
            "{n} things were checked together; by luck alone about {} would look like something.",
            say::number(n as f64 * 0.05)
        ),
    }
}

/// When grades may rise next.
pub(crate) fn looks(look: Option<usize>, next: usize) -> String {
    match look {
        None => format!(
            "The first look is taken at {next} cramp nights; until then nothing is announced."
        ),
        Some(look) => format!(
            "Last look at {look} cramp nights; links can be announced again at {next}. Looking more often would find things that are not there."
        ),
    }
}
