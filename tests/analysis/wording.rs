//! Every sentence that can be said about a factor: no causes, no advice, no certainty that is not there.

use chrono::NaiveDate;
use nightcramp::analysis::association::{Association, Caution, NoAnalysis};
use nightcramp::analysis::exposure::{PlainTable, Split, Step};
use nightcramp::analysis::gate::Gate;
use nightcramp::analysis::grade::Grade;
use nightcramp::analysis::night_table::Kind;
use nightcramp::analysis::selective::LoggingCheck;
use nightcramp::report::say::factor as say_factor;
use nightcramp::stats::estimate::Estimate;

const GRADES: [Grade; 8] = [
    Grade::NotEnough,
    Grade::CannotTell,
    Grade::NoSizeableLink,
    Grade::Hint,
    Grade::Possible,
    Grade::Consistent,
    Grade::Shown,
    Grade::ShownTwice,
];
const CAUTIONS: [Caution; 9] = [
    Caution::LowCoverage,
    Caution::SelectiveLogging,
    Caution::Exploratory,
    Caution::Recalled,
    Caution::Bundled,
    Caution::NotAdjustedForOthers,
    Caution::NoCrampsOnOneSide,
    Caution::WaitsForLook,
    Caution::NoEstimate,
];
const REFUSALS: [NoAnalysis; 4] = [
    NoAnalysis::NoNights,
    NoAnalysis::NoCramps,
    NoAnalysis::OnlyCramps,
    NoAnalysis::OnlyWhenItHurt,
];

fn gates() -> Vec<Gate> {
    vec![
        Gate::NothingKnown,
        Gate::Constant,
        Gate::CrampNights { have: 3, need: 24 },
        Gate::CalmNights { have: 3, need: 12 },
        Gate::RarerSide { have: 3, need: 12 },
        Gate::Values { have: 2, need: 3 },
        Gate::ExpectedEpisodes,
        Gate::TooFewSwitches { g_star: 4.0 },
        Gate::Coverage { share: 0.2 },
        Gate::NoModel,
    ]
}

fn example(grade: Grade) -> Association {
    Association {
        factor: "socks".into(),
        label: "Bed socks".into(),
        kind: Kind::YesNo,
        unit: None,
        lag: 0,
        split: Split::Yes,
        base_level: None,
        table: PlainTable {
            exposed: 31,
            unexposed: 90,
            cramp_exposed: 9,
            cramp_unexposed: 12,
            episodes_exposed: 10,
            episodes_unexposed: 13,
        },
        coverage: 0.5,
        step: Some(Step::YesNo),
        effect: Estimate::new(2.1, 1.2, 3.6, 0.95),
        risk: None,
        p_alone: Some(0.01),
        p_joint: Some(0.02),
        p: Some(0.02),
        q: Some(0.08),
        g_star: Some(14.0),
        grade,
        gates: Vec::new(),
        in_family: true,
        need_nights: Some(120),
        bundled_with: vec!["room".into()],
        support: None,
        logging: LoggingCheck {
            ratio: None,
            p: None,
            selective: false,
        },
        recalled: 4,
        since: NaiveDate::from_ymd_opt(2026, 1, 5),
        cautions: Vec::new(),
    }
}

/// Everything the table of sentences can produce.
fn all_sentences() -> Vec<String> {
    let mut out: Vec<String> = gates().iter().map(say_factor::gate).collect();
    out.extend(REFUSALS.iter().map(|r| say_factor::refusal(*r).to_string()));
    out.extend([0, 1, 15].map(say_factor::family));
    out.extend([say_factor::looks(None, 24), say_factor::looks(Some(48), 96)]);
    let effects = [
        (2.1, 1.2, 3.6),
        (0.5, 0.2, 0.9),
        (1.0, 0.8, 1.3),
        (0.0, 0.0, 0.4),
        (f64::INFINITY, 3.0, f64::INFINITY),
        (0.001, 0.0002, 0.01),
    ];
    let splits = [
        Split::Yes,
        Split::Any,
        Split::Above(18.0),
        Split::OtherThan(0),
    ];
    let steps = [
        Step::YesNo,
        Step::Range {
            from: 16.0,
            to: 22.0,
        },
        Step::Level {
            level: "supine".into(),
            against: "side".into(),
        },
    ];
    for grade in GRADES {
        for (value, low, high) in effects {
            for split in splits {
                for step in &steps {
                    let mut a = example(grade);
                    a.effect = Estimate::new(value, low, high, 0.95);
                    (a.split, a.step, a.gates) = (split, Some(step.clone()), gates());
                    out.extend([
                        say_factor::counts(&a),
                        say_factor::meaning(&a),
                        say_factor::per(&a),
                    ]);
                    out.extend(say_factor::estimate(&a));
                    out.extend(CAUTIONS.iter().map(|c| say_factor::caution(&a, *c)));
                    a.need_nights = Some(4000);
                    out.push(say_factor::meaning(&a));
                }
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

#[test]
fn no_sentence_claims_a_cause_gives_advice_or_says_there_is_no_effect() {
    // "need not be the cause" is the one place the word may stand.
    let never = [
        "trigger",
        "prevent",
        "protect",
        "works",
        "helps",
        "causes",
        "caused",
        "because of",
        "due to",
        "leads to",
        "deficien",
        "lack ",
        "you should",
        "stop taking",
        "start taking",
        "no effect",
        "no link",
        "proves",
        "proven",
        "safe",
        "best dose",
        "certain",
        "everyone",
        "NaN",
        "inf",
    ];
    for sentence in all_sentences() {
        let text = sentence
            .replace("it need not be the cause", "")
            .replace("that no link was left", "");
        for word in never {
            assert!(
                !text.to_lowercase().contains(&word.to_lowercase()),
                "'{word}' in: {sentence}"
            );
        }
        assert!(!text.contains("cause"), "{sentence}");
    }
}

#[test]
fn the_first_thing_said_are_the_counts() {
    assert_eq!(
        say_factor::counts(&example(Grade::Hint)),
        "Bed socks: a cramp on 9 of 31 nights with it, on 12 of 90 nights without."
    );
}

#[test]
fn can_t_tell_is_not_said_like_no() {
    let open = say_factor::meaning(&example(Grade::CannotTell));
    let none = say_factor::meaning(&Association {
        effect: Estimate::new(1.0, 0.8, 1.3, 0.95),
        ..example(Grade::NoSizeableLink)
    });
    assert!(open.contains("still possible") && open.contains("About 120 more"));
    assert!(none.contains("between 2 fewer and 3 more"), "{none}");
}

#[test]
fn a_ratio_never_rounds_to_nothing() {
    assert_eq!(
        [0.0004, 0.05, 0.5, 1.0, 2.345, 34.2].map(say_factor::ratio),
        ["less than 0.01", "0.05", "0.50", "1.0", "2.3", "34"]
    );
}
