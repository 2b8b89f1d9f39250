//! Every sentence that can be said about a factor: no causes, no advice, no certainty that is not there.

use crate::analysis::analyze::{Looking, associations};
use crate::analysis::association::{Association, Associations, Caution, Effect, Grade, NoAnalysis};
use crate::analysis::control_charts::{Gaps, MonthPoint, MonthlyChart, Run};
use crate::analysis::cramp_risk::{CrampRisk, HowMany, NoRisk};
use crate::analysis::cross_checks::CrossChecks;
use crate::analysis::exposure::{PlainTable, Split, Step};
use crate::analysis::factor_detail::{Companions, Exploratory, Ranks};
use crate::analysis::gate::Gate;
use crate::analysis::looks::{History, Hold};
use crate::analysis::night_table::{Kind, NightTable};
use crate::report::say::{explain as say_explain, factor as say_factor, overview as say_overview};
use crate::report::trend as say_trend;
use crate::stats::change::Limits;
use crate::stats::estimate::Estimate;
use chrono::NaiveDate;

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
const CAUTIONS: [Caution; 10] = [
    Caution::SelectiveLogging,
    Caution::Exploratory,
    Caution::Recalled,
    Caution::Bundled,
    Caution::NotJudged,
    Caution::FewSwitches,
    Caution::Tomorrow,
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
        Gate::CrampNights { have: 3, need: 16 },
        Gate::RarerSide { have: 3, need: 10 },
        Gate::Switches { have: 1, need: 3 },
        Gate::Wide,
        Gate::Coverage { share: 0.2 },
        Gate::NoModel,
    ]
}

fn effect(value: f64, low: f64, high: f64, level: f64) -> Option<Effect> {
    Some(Effect {
        measure: "rate ratio",
        per: String::new(),
        estimate: Estimate::new(value, low, high, level)?,
    })
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
            nights: 121,
            exposed: 31,
            unexposed: 90,
            cramp_exposed: 9,
            cramp_unexposed: 12,
            episodes_exposed: 10,
            episodes_unexposed: 13,
        },
        coverage: 0.5,
        step: Some(Step::YesNo),
        effect: effect(2.1, 1.2, 3.6, 0.95),
        risk: None,
        alone: None,
        p_alone: None,
        p_joint: None,
        p: Some(0.02),
        p_spent: Some(0.03),
        q: Some(0.04),
        g_star: None,
        switches: 31,
        filled: 7,
        grade,
        gates: Vec::new(),
        in_family: true,
        need_nights: Some(120),
        chance_of_change: None,
        bundled_with: vec!["room".into()],
        recalled: 4,
        announced: NaiveDate::from_ymd_opt(2026, 1, 5),
        cautions: Vec::new(),
    }
}

/// Every sentence about looks.
fn about_looks() -> Vec<String> {
    let day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    let table = NightTable::new(day, vec![Some(1); 40], Vec::new());
    let none = associations(&table, &History::default(), Looking::Leave);
    let mut nights = none.nights;
    nights.cramp = 43;
    let taken = |n, cramp_nights| Associations {
        looks: n,
        look_taken: Some(History::default().look(cramp_nights, day, &[], 0.06)),
        ..none.clone()
    };
    let held = |hold, look| Associations {
        hold: Some(hold),
        look,
        ..none.clone()
    };
    let all = [
        none.clone(),
        Associations {
            look: Some(43),
            next_look: 65,
            ..none.clone()
        },
        Associations {
            look_due: true,
            ..none.clone()
        },
        Associations {
            nights,
            ..none.clone()
        },
        taken(1, 43),
        taken(2, 65),
        held(Hold::Newer, Some(43)),
        held(Hold::Until(day), None),
        held(Hold::Past, None),
        held(Hold::Past, Some(43)),
    ];
    all.iter().map(say_factor::looks).collect()
}

/// Everything the table of sentences can produce.
fn all_sentences() -> Vec<String> {
    let mut out: Vec<String> = gates().iter().map(say_factor::gate).collect();
    out.extend(REFUSALS.iter().map(|r| say_factor::refusal(*r)));
    out.extend([0, 1, 15].map(say_factor::family));
    out.extend(about_looks());
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
                    a.effect = effect(value, low, high, 0.95);
                    (a.split, a.step, a.gates) = (split, Some(step.clone()), gates());
                    out.extend([
                        say_factor::counts(&a),
                        say_factor::meaning(&a, Some(48)),
                        say_factor::per(&a),
                    ]);
                    out.extend(say_factor::estimate(&a));
                    out.extend(CAUTIONS.iter().map(|c| say_factor::caution(&a, *c)));
                    a.need_nights = Some(4000);
                    out.push(say_factor::meaning(&a, Some(48)));
                }
            }
        }
    }
    out.extend(beside_sentences());
    out.extend(sentences_at_a_glance());
    out.extend(trend_sentences());
    out.sort();
    out.dedup();
    out
}

/// What is said of several links at once, and of what went into a number.
fn sentences_at_a_glance() -> Vec<String> {
    let mut out = Vec::new();
    for grade in GRADES {
        let a = example(grade);
        for caution in CAUTIONS {
            out.push(say_overview::notice(&[&a, &a], 3, caution));
            out.push(say_overview::notice(&[&a, &a], 2, caution));
        }
        out.extend(
            [None, Some(59), Some(60)]
                .map(|look| say_overview::chance(&[&a], look))
                .concat(),
        );
        out.extend(say_explain::went_in(&a, 130));
    }
    out.push(say_overview::bundle(vec![
        "Bed socks".into(),
        "Stress".into(),
    ]));
    out
}

#[test]
fn one_link_in_ten_may_be_chance_only_from_sixty_cramp_nights() {
    let a = example(Grade::Possible);
    for (look, one_in) in [(None, 5), (Some(59), 5), (Some(60), 10), (Some(400), 10)] {
        let words = format!("about 1 in {one_in} may be chance");
        assert!(say_factor::meaning(&a, look).contains(&words), "{look:?}");
        assert!(
            say_overview::chance(&[&a], look)[0].contains(&words),
            "{look:?}"
        );
    }
}

/// What stands beside an entry in `explain`.
fn beside_sentences() -> Vec<String> {
    let e = |value, low, high| Estimate::new(value, low, high, 0.95).unwrap();
    let more = e(2.1, 1.2, 3.6);
    let mut out: Vec<String> = Vec::new();
    let risk = CrampRisk {
        with: e(0.31, 0.2, 0.45),
        without: e(0.002, 0.0, 0.995),
        difference: e(0.3, 0.1, 0.4),
        ratio: more,
        penalised: true,
    };
    for step in [
        Step::YesNo,
        Step::Range {
            from: 0.0,
            to: 60.0,
        },
        Step::Level {
            level: "supine".into(),
            against: "side".into(),
        },
    ] {
        let a = Association {
            step: Some(step),
            ..example(Grade::Possible)
        };
        out.push(say_explain::risk(&a, &Ok(risk)));
        for why in [
            NoRisk::NoCramps,
            NoRisk::OnlyCramps,
            NoRisk::NoContrast,
            NoRisk::NoFit,
        ] {
            out.push(say_explain::risk(&a, &Err(why)));
        }
    }
    for theta in [None, Some(3.0)] {
        out.extend(say_explain::how_many(&HowMany {
            whether: more,
            how_many: e(0.9, 0.5, 1.6),
            theta,
        }));
    }
    for same_sign in [None, Some(true), Some(false)] {
        out.extend(say_explain::cross(&CrossChecks {
            rate_ratio: Some(more),
            odds_ratio: Some(more),
            hazard_ratio: Some(more),
            same_sign,
        }));
    }
    for p in [0.0001, 0.04, 0.4] {
        for lag in [-1, 1, 2] {
            let x = Exploratory {
                lag,
                ratio: Some(more),
                p: Some(p),
                q: None,
            };
            out.extend(say_explain::lag(&x));
            out.extend(say_explain::tomorrow(&x));
        }
        for (value, shift) in [(0.0, -2.0), (2.1, 2.0), (f64::INFINITY, 0.0)] {
            let odds = e(value, 0.0, f64::INFINITY);
            out.extend(say_explain::plain(
                &Companions {
                    rate_ratio: Some(odds),
                    rate_p: Some(p),
                    odds_ratio: Some(odds),
                    odds_p: Some(p),
                    ranks: Some(Ranks {
                        higher: 0.6,
                        shift: Some(shift),
                        p,
                        spearman: None,
                    }),
                },
                Some("min"),
            ));
        }
    }
    out.extend(say_factor::long_spells(28));
    for experiment in [None, Some(168)] {
        let a = example(Grade::CannotTell);
        out.push(say_factor::record_next(&a, 0.34, experiment));
    }
    out.push(crate::words::t!(analyze, "before-sleep").to_string());
    out
}

/// What the trend can say of months, runs and gaps.
fn trend_sentences() -> Vec<String> {
    let mut out = Vec::new();
    for months in [1, 5, 9] {
        for above in [true, false] {
            out.push(say_trend::run(&Run {
                centre: 2.1,
                months,
                above,
                flagged: months >= 8,
            }));
        }
    }
    let limits = Limits {
        low: 0.0,
        centre: 2.0,
        high: 5.0,
    };
    for (above, many) in [(None, 1), (Some(true), 1), (Some(false), 2)] {
        let point = MonthPoint {
            from: NaiveDate::from_ymd_opt(2025, 3, 1).unwrap(),
            rate: 6.0,
            limits,
            above,
        };
        out.push(say_trend::monthly(&MonthlyChart {
            centre: 2.0,
            sigma_z: 1.4,
            months: vec![point; many],
        }));
    }
    for (open, outside, decades) in [(3, 0, None), (300, 2, Some(limits))] {
        out.push(say_trend::gaps(&Gaps {
            mean: 29.0,
            short: 0.0,
            middle: 20.0,
            long: 194.0,
            complete: 5,
            outside,
            last: 30,
            open,
            longer_than_limit: open > 194,
            decades,
        }));
    }
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
            .replace("that no link was left", "")
            // the other way round: the factor may follow the cramps
            .replace("you may have changed it because of your cramps", "");
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
fn a_risk_is_said_in_nights_of_100_and_never_rounds_to_none_or_all() {
    let e = |value, low, high| Estimate::new(value, low, high, 0.95).unwrap();
    let risk = CrampRisk {
        with: e(0.31, 0.2, 0.45),
        without: e(0.004, 0.0001, 0.996),
        difference: e(0.3, 0.1, 0.4),
        ratio: e(2.0, 1.0, 4.0),
        penalised: false,
    };
    let text = say_explain::risk(&example(Grade::Possible), &Ok(risk));
    assert!(
        text.ends_with("a cramp on about 31 of 100 nights with it (95 % interval 20 to 45), on fewer than 1 of 100 without (fewer than 1 to more than 99)."),
        "{text}"
    );
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
    let open = say_factor::meaning(&example(Grade::CannotTell), None);
    let none = say_factor::meaning(
        &Association {
            effect: effect(1.0, 0.8, 1.3, 0.95),
            ..example(Grade::NoSizeableLink)
        },
        None,
    );
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
