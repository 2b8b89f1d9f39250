//! The cross-checks point the way of a true effect, and say nothing without a contrast.

use crate::analysis::cross_checks::cross_checks;
use crate::analysis::model::{NightModel, Term, known};

fn diary(ratio: f64) -> (NightModel, Term) {
    let mut state = 11u64;
    let mut u = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let on: Vec<f64> = (0..400).map(|_| f64::from(u() < 0.4)).collect();
    let counts: Vec<Option<f64>> = on
        .iter()
        .enumerate()
        .map(|(t, x)| (t % 13 != 5).then(|| f64::from(u() < 0.2 * ratio.powf(*x))))
        .collect();
    let first = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    let model = NightModel::new(first, &counts).unwrap();
    let values: Vec<Option<f64>> = on.into_iter().map(Some).collect();
    let (rows, values) = known(&model.rows_of(&values));
    let term = Term::new(rows, vec![values]).unwrap();
    (model, term)
}

#[test]
fn every_method_points_the_way_of_a_true_effect() {
    for ratio in [0.4, 2.5] {
        let (model, term) = diary(ratio);
        let full = cross_checks(&model, &term, 0, ratio.ln());
        for e in [full.rate_ratio, full.odds_ratio, full.hazard_ratio] {
            let e = e.unwrap();
            assert!(e.value.ln() * ratio.ln() > 0.0, "{full:?}");
            assert!(e.low < e.value && e.value < e.high);
        }
        assert_eq!(full.same_sign, Some(true));
        let against = cross_checks(&model, &term, 0, -ratio.ln());
        assert_eq!(against.same_sign, Some(false));
    }
}

#[test]
fn a_factor_without_contrast_has_no_cross_check() {
    let (model, mut term) = diary(2.0);
    term.columns[0].fill(1.0);
    let none = cross_checks(&model, &term, 0, 1.0);
    assert_eq!(
        (none.rate_ratio, none.odds_ratio, none.same_sign),
        (None, None, None)
    );
}
