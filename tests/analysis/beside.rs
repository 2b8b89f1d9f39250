//! What stands beside a graded entry: risks in 100 nights, other methods, whether or how many. Held to numbers computed
//! elsewhere (`tests/reference/explain/`), and to stated answers at the edges.

use crate::analysis::cramp_risk::{CrampRisk, NoRisk, cramp_risk, how_many};
use crate::analysis::cross_checks::{Resampling, cross_checks};
use crate::analysis::evaluation::evaluate;
use crate::analysis::exposure::Exposure;
use crate::analysis::factor_detail::factor_detail;
use crate::analysis::model::NightModel;
use crate::analysis::night_table::{Factor, Kind, NightTable, Shape};
use crate::stats::estimate::Estimate;
use serde_json::Value;

use super::{case, table};

use crate::tests::analysis::chance;

fn wanted() -> Value {
    case("explain/nights_365")
}

fn model_of(table: &NightTable) -> NightModel {
    let counts: Vec<Option<f64>> = table.counts.iter().map(|c| c.map(f64::from)).collect();
    NightModel::new(table.first, &counts).unwrap()
}

fn year() -> (NightTable, NightModel) {
    let table = table(&case("explain/nights")["data"]);
    let model = model_of(&table);
    (table, model)
}

fn factor(table: &NightTable, name: &str, kind: Kind) -> Factor {
    let f = table.factors.iter().find(|f| f.name == name).unwrap();
    Factor { kind, ..f.clone() }
}

fn same(what: &str, got: Estimate, want: &Value) {
    for (got, want) in [got.value, got.low, got.high]
        .iter()
        .zip(want.as_array().unwrap())
    {
        let want = want.as_f64().unwrap();
        assert!((got - want).abs() < 1e-6, "{what}: got {got}, want {want}");
    }
}

fn same_risk(what: &str, got: CrampRisk, want: &Value) {
    same(what, got.with, &want["with_"]);
    same(what, got.without, &want["without"]);
    same(what, got.difference, &want["difference"]);
    same(what, got.ratio, &want["ratio"]);
}

#[test]
fn risks_in_100_nights_equal_the_reference() {
    let ((table, model), want) = (year(), wanted());
    for name in ["back_sleeping", "tight_bedding"] {
        let e = Exposure::new(&model, &factor(&table, name, Kind::YesNo));
        let r = cramp_risk(&model, &e, 0).unwrap();
        assert!(!r.penalised);
        same_risk(name, r, &want["risk"][name]);
    }
    let mut minutes = factor(&table, "exercise_min", Kind::Number);
    for (shape, key) in [(Shape::Straight, "risk"), (Shape::Log1p, "risk_log1p")] {
        minutes.shape = shape;
        let r = cramp_risk(&model, &Exposure::new(&model, &minutes), 0).unwrap();
        same_risk(key, r, &want[key]["exercise_min"]);
    }
}

/// back_sleeping, known on its cramp nights with the value 1 only `kept` times.
fn thinned(table: &NightTable, kept: usize) -> Factor {
    let mut f = factor(table, "back_sleeping", Kind::YesNo);
    let mut seen = 0;
    for (v, c) in f.values.iter_mut().zip(&table.counts) {
        if *v == Some(1.0) && c.is_some_and(|c| c > 0) {
            seen += 1;
            if seen > kept {
                *v = None;
            }
        }
    }
    f
}

#[test]
fn a_cell_below_five_or_of_none_is_penalised_and_stays_finite() {
    let ((table, model), want) = (year(), wanted());
    for (kept, key) in [(3, "sparse"), (0, "zero")] {
        let e = Exposure::new(&model, &thinned(&table, kept));
        let r = cramp_risk(&model, &e, 0).unwrap();
        assert!(r.penalised && r.with.low > 0.0 && r.with.high < 1.0);
        same_risk(key, r, &want["risk_firth"][key]);
    }
}

#[test]
fn a_risk_that_cannot_be_estimated_says_why() {
    let (table, model) = year();
    let mut f = factor(&table, "back_sleeping", Kind::YesNo);
    let on_nights = |f: &Factor, cramp: bool| Factor {
        values: f
            .values
            .iter()
            .zip(&table.counts)
            .map(|(v, c)| v.filter(|_| c.is_some_and(|c| (c > 0) == cramp)))
            .collect(),
        ..f.clone()
    };
    let why = |f: &Factor| cramp_risk(&model, &Exposure::new(&model, f), 0).unwrap_err();
    assert_eq!(why(&on_nights(&f, true)), NoRisk::OnlyCramps);
    assert_eq!(why(&on_nights(&f, false)), NoRisk::NoCramps);
    f.values.fill(Some(1.0));
    assert_eq!(why(&f), NoRisk::NoContrast);
    f.values.fill(None);
    assert_eq!(why(&f), NoRisk::NoContrast);
}

#[test]
fn other_methods_equal_the_reference() {
    let ((table, model), want) = (year(), wanted());
    let e = Exposure::new(&model, &factor(&table, "back_sleeping", Kind::YesNo));
    let c = cross_checks(&model, &e.term().unwrap(), 0, 1.0);
    let log = |e: Estimate| {
        (
            e.value.ln(),
            (e.high / e.low).ln() / (2.0 * 1.959_963_984_540_054),
        )
    };
    let close = |got: (f64, f64), want: &Value, se: usize| {
        let number = |i: usize| want[i].as_f64().unwrap();
        assert!((got.0 - number(0)).abs() < 1e-5, "{got:?} {want}");
        assert!((got.1 - number(se)).abs() < 1e-5, "{got:?} {want}");
    };
    close(
        log(c.odds_ratio.unwrap()),
        &want["conditional_logistic"]["back_sleeping"],
        1,
    );
    close(
        log(c.hazard_ratio.unwrap()),
        &want["cox_gap"]["back_sleeping"],
        2,
    );
    assert_eq!(c.same_sign, Some(true));
}

/// Nights on which the factor doubles the chance of any cramp, or of a second and third one, or of nothing.
fn counted(nights: usize, whether: f64, how_many: f64) -> NightTable {
    let mut u = chance(21);
    let on: Vec<bool> = (0..nights).map(|_| u() < 0.5).collect();
    let counts = on
        .iter()
        .map(|on| {
            let times = |x: f64| if *on { x } else { 1.0 };
            let again = 0.3 * times(how_many);
            let any = u() < 0.25 * times(whether);
            Some(u32::from(any) + u32::from(any && u() < again) + u32::from(any && u() < again))
        })
        .collect();
    let values = on.iter().map(|on| Some(f64::from(*on))).collect();
    let first = "2023-01-01".parse().unwrap();
    NightTable::new(first, counts, vec![Factor::new("on", Kind::YesNo, values)])
}

fn hurdle_of(table: &NightTable) -> Option<Option<crate::analysis::cramp_risk::HowMany>> {
    let evaluation = evaluate(table, &|_| false).unwrap();
    how_many(&evaluation.model, &evaluation.factors[0])
}

#[test]
fn whether_and_how_many_are_told_apart() {
    let often = hurdle_of(&counted(900, 2.0, 1.0)).unwrap().unwrap();
    assert!(
        often.whether.low > 1.0 && often.how_many.covers(1.0),
        "{often:?}"
    );
    let more = hurdle_of(&counted(900, 1.0, 2.5)).unwrap().unwrap();
    assert!(
        more.how_many.low > 1.0 && more.whether.covers(1.0),
        "{more:?}"
    );
}

#[test]
fn whether_or_how_many_is_not_asked_of_too_few_nights() {
    assert_eq!(hurdle_of(&counted(150, 1.0, 1.0)), None);
    let mut single_cramps = counted(900, 1.0, 1.0);
    for c in single_cramps.counts.iter_mut().flatten() {
        *c = (*c).min(1);
    }
    assert_eq!(hurdle_of(&single_cramps), None);
}

#[test]
fn spells_that_last_bring_blocks_of_28_nights() {
    let mut u = chance(5);
    let steady: Vec<Option<u32>> = (0..720).map(|_| Some(u32::from(u() < 0.4))).collect();
    let nights = |counts: Vec<Option<u32>>| {
        let x = (0..720).map(|t| Some(f64::from(t * 7 % 11 < 5))).collect();
        let first = "2023-01-01".parse().unwrap();
        NightTable::new(first, counts, vec![Factor::new("x", Kind::YesNo, x)])
    };
    let draws = Resampling {
        shuffles: 50,
        seed: 1,
    };
    let run = |t: &NightTable| {
        use crate::analysis::analyze::{Looking, associations};
        associations(t, &Default::default(), Looking::Leave)
    };
    assert_eq!(run(&nights(steady)).block_nights, 14);
    // Forty nights of few, forty of many: too quick for trend and season, and hidden from the night before,
    // which nearly always has a cramp.
    let long: Vec<Option<u32>> = (0..720)
        .map(|t| {
            let many = if (t / 40) % 2 == 0 { 4 } else { 1 };
            Some(if u() < 0.1 {
                0
            } else {
                many + u32::from(u() < 0.5)
            })
        })
        .collect();
    let long = nights(long);
    assert_eq!(run(&long).block_nights, 28);
    let evaluation = evaluate(&long, &|_| false);
    let detail = factor_detail(&long, evaluation.as_ref(), 0, draws).unwrap();
    assert!(detail.support.is_some());
}

#[test]
fn nights_that_do_not_remember_are_seldom_called_long_spells() {
    let mut u = chance(31);
    let first = "2023-01-01".parse().unwrap();
    let (mut plain, mut called) = (0, 0);
    for _ in 0..300 {
        let counts: Vec<Option<f64>> = (0..110).map(|_| Some(f64::from(u() < 0.4))).collect();
        let model = NightModel::new(first, &counts).unwrap();
        plain += usize::from(model.spell_autocorrelation().0 > 0.1);
        called += usize::from(model.with_blocks_for_spells().block == 28);
    }
    // The bare limit of 0.1 would take noise for spells; with the standard error it is one-sided 5 %.
    assert!(plain > 20 && called <= 24, "{plain} {called}");
}
