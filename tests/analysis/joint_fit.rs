//! The joint fit through the analysis: announcements and what they need, what is held back, and edges of the fit.

use crate::analysis::analyze::{Looking, analysis, associations};
use crate::analysis::association::{Associations, Caution, Grade};
use crate::analysis::evaluation::evaluate;
use crate::analysis::looks::{History, StoredLook};
use crate::analysis::night_table::{Factor, Kind, NightTable, unknown_against_known};
use crate::stats::fill::centred_and_filled;
use crate::stats::latent::{LatentData, fit_latent};

use crate::tests::analysis::chance;

/// `nights` nights; the first factor multiplies the chance of a cramp (0.15) by `ratio`, the others do nothing.
fn diary(nights: usize, ratio: f64, idle: usize, seed: u64) -> NightTable {
    let mut u = chance(seed);
    let mut coin = |share: f64| -> Vec<f64> {
        let night = |_| f64::from(u() < share);
        (0..nights).map(night).collect()
    };
    let on = coin(0.4);
    let mut columns = vec![on.clone()];
    columns.extend((0..idle).map(|_| coin(0.4)));
    let counts = on
        .iter()
        .map(|x| Some(u32::from(u() < 0.15 * ratio.powf(*x))))
        .collect();
    let factor = |(k, x): (usize, Vec<f64>)| {
        let values = x.into_iter().map(Some).collect();
        Factor::new(&format!("f{k}"), Kind::YesNo, values)
    };
    let factors = columns.into_iter().enumerate().map(factor).collect();
    NightTable::new("2024-01-01".parse().unwrap(), counts, factors)
}

fn first_look(table: &NightTable) -> (Associations, History) {
    let found = associations(table, &History::default(), Looking::Take);
    let look = found.look_taken.as_ref().map(StoredLook::from);
    (
        found,
        History::replay(&look.into_iter().collect::<Vec<_>>()),
    )
}

#[test]
fn a_link_is_consistent_only_when_later_nights_bear_it_out() {
    let table = diary(700, 3.0, 4, 3);
    let (found, history) = first_look(&table.until(300));
    assert_eq!(found.factors[0].grade, Grade::Possible);
    assert!(found.factors[1..].iter().all(|f| f.grade < Grade::Possible));
    // The same link in the nights after: consistent at the next look, and not before it.
    let between = associations(&table, &history, Looking::Leave);
    assert_eq!(between.factors[0].grade, Grade::Possible);
    let later = associations(&table, &history, Looking::Take);
    assert_eq!(later.factors[0].grade, Grade::Consistent);
    assert_eq!(later.looks, 2);
    // Nights after in which the factor says nothing bear nothing out.
    let mut other = table.clone();
    let idle = table.factors[1].values.clone();
    other.factors[0].values[300..].copy_from_slice(&idle[300..]);
    let later = associations(&other, &history, Looking::Take);
    assert!(later.factors[0].grade < Grade::Consistent);
}

#[test]
fn tomorrows_value_that_goes_with_tonight_holds_a_link_back() {
    let mut table = diary(500, 3.5, 1, 5);
    let (found, _) = first_look(&table);
    assert_eq!(found.factors[0].grade, Grade::Possible);
    // Written down the day after the cramp: tonight's value says little that tomorrow's does not.
    let cramps = table.counts.clone();
    let values = &mut table.factors[0].values;
    for t in 0..values.len() - 1 {
        if cramps[t].is_some_and(|c| c > 0) {
            values[t + 1] = Some(1.0);
        }
    }
    let (found, history) = first_look(&table);
    let f = &found.factors[0];
    let announced = history
        .standing("f0")
        .is_some_and(|s| s.announced.is_some());
    assert!(announced, "{f:?}");
    assert_eq!(f.grade, Grade::Hint);
    assert!(f.cautions.contains(&Caution::Tomorrow));
}

#[test]
fn what_follows_from_a_cramp_is_never_more_than_a_hint_and_counts_in_no_family() {
    let mut table = diary(600, 4.0, 1, 7);
    table.factors[0].lag = 1;
    let (found, history) = first_look(&table);
    assert_eq!(found.factors[0].grade, Grade::Hint);
    assert!(found.factors[0].p.unwrap() < 1e-6);
    assert_eq!(found.tested, 1);
    assert!(history.standing("f0").is_none());
}

#[test]
fn beyond_forty_factors_the_rest_wait_and_keep_their_p() {
    let table = diary(300, 1.0, 60, 9);
    let (found, _) = first_look(&table);
    let left: Vec<_> = found
        .factors
        .iter()
        .filter(|f| f.cautions.contains(&Caution::NotJudged))
        .collect();
    assert_eq!((found.tested, left.len()), (40, 21));
    assert!(
        left.iter()
            .all(|f| f.p.is_none() && f.grade == Grade::NotEnough)
    );
    assert!(left.iter().all(|f| f.chance_of_change.is_none()));
    assert!(!format!("{found:?}").contains("NaN"));
}

#[test]
fn one_absurd_night_of_a_short_diary_does_not_silence_the_others() {
    let mut table = diary(150, 4.0, 1, 17);
    table.counts[70] = Some(1_000_000);
    let (found, _) = first_look(&table);
    assert!(
        found.factors.iter().all(|f| f.effect.is_some()),
        "{found:?}"
    );
    assert_eq!(
        found.winsorised.map(|w| (w.nights, w.limit)),
        Some((1, 50.0))
    );
}

#[test]
fn a_newer_scheme_means_no_look() {
    let table = diary(400, 4.0, 1, 11);
    let newer = r#"{"scheme":9,"cramp_nights":20,"night":"2024-03-01","factors":[]}"#;
    let history = History::replay(&[serde_json::from_str(newer).unwrap()]);
    let found = associations(&table, &history, Looking::Take);
    assert_eq!((found.look_taken, found.look_due), (None, false));
    assert_eq!(found.factors[0].grade, Grade::Hint);
}

#[test]
fn the_estimate_alone_stands_beside_the_one_with_the_others() {
    let mut table = diary(800, 3.0, 1, 13);
    // The second factor rides on the first: alone it carries its effect, beside it not.
    let mut u = chance(4);
    let rides = table.factors[0]
        .values
        .iter()
        .map(|v| v.map(|v| if u() < 0.8 { v } else { 1.0 - v }))
        .collect();
    table.factors[1].values = rides;
    let (found, evaluation) = analysis(&table, &History::default(), Looking::Leave, None);
    let evaluation = evaluation.unwrap();
    let alone = evaluation.alone(1).unwrap();
    let beside = found.factors[1].ratio().unwrap();
    assert!(
        alone.low > 1.0 && beside.covers(1.0),
        "{alone:?} {beside:?}"
    );
}

#[test]
fn an_unknown_value_is_filled_from_its_neighbours() {
    let times: Vec<usize> = (0..40).collect();
    let mut values: Vec<Option<f64>> = (0..40).map(|t| Some(f64::from(t >= 20))).collect();
    values[5] = None;
    values[19] = None;
    let filled = centred_and_filled(&times, &values, 20.0 / 38.0, 20.0 * 18.0 / 38.0 / 38.0);
    // In a long spell the neighbours decide; at its edge the guess stands between them.
    assert!((filled[5] + 20.0 / 38.0).abs() < 0.02, "{}", filled[5]);
    assert!(filled[19].abs() < 0.1, "{}", filled[19]);
    // Nothing known: the mean.
    assert_eq!(
        centred_and_filled(&[0, 1], &[None, None], 0.0, 0.0),
        [0.0, 0.0]
    );
}

#[test]
fn the_fit_has_a_stated_answer_at_its_edges() {
    let fit = |counts: &[f64], columns: &[Vec<f64>]| {
        let times: Vec<usize> = (0..counts.len()).collect();
        fit_latent(&LatentData {
            times: &times,
            precision: vec![1e-6, 4.0, 4.0][..columns.len()].to_vec(),
            counts,
            columns: columns.iter().map(Vec::as_slice).collect(),
            background: 1,
        })
    };
    let one = |n: usize| vec![1.0; n];
    // No row, one row, no event.
    assert!(fit(&[], &[vec![]]).is_none());
    assert!(fit(&[1.0], &[one(1)]).is_none());
    assert!(fit(&[0.0; 50], &[one(50)]).is_none());
    // A column of nothing holds no information; its neighbour is judged as if it were not there.
    let x: Vec<f64> = (0..60).map(|t| f64::from(t % 2) - 0.5).collect();
    let counts: Vec<f64> = (0..60).map(|t| f64::from(t % 4 == 1)).collect();
    let with = fit(&counts, &[one(60), x.clone(), vec![0.0; 60]]).unwrap();
    let without = fit(&counts, &[one(60), x]).unwrap();
    assert_eq!(with.release(&[2]), None);
    let (a, b) = (with.release(&[1]).unwrap(), without.release(&[1]).unwrap());
    assert!((a.b[0] - b.b[0]).abs() < 1e-9 && a.p.is_finite());
    let weights: f64 = with.grid_weights().iter().sum();
    assert!((weights - 1.0).abs() < 1e-12);
}

#[test]
fn gaps_of_decades_are_two_diaries_in_one() {
    let mut table = diary(300, 2.0, 1, 15);
    table.counts.extend(vec![None; 20_000]);
    table.excluded = vec![false; table.counts.len()];
    table.counts.extend(table.counts[..300].to_vec());
    table.excluded = vec![false; table.counts.len()];
    for f in &mut table.factors {
        f.values.extend(vec![None; 20_000]);
        f.values.extend(f.values[..300].to_vec());
    }
    let evaluation = evaluate(&table, &|_| false).unwrap();
    assert!(!format!("{:?}", evaluation.factors).contains("NaN"));
}

#[test]
fn four_more_weeks_are_worth_more_early_and_for_what_is_undecided() {
    let chance = |nights: usize, seed: u64| -> Vec<f64> {
        let (found, _) = first_look(&diary(nights, 1.0, 3, seed));
        let open = found.factors.iter().filter(|f| f.grade < Grade::Hint);
        open.filter_map(|f| f.chance_of_change).collect()
    };
    let mean = |x: Vec<f64>| x.iter().sum::<f64>() / x.len() as f64;
    let (early, late) = (mean(chance(150, 21)), mean(chance(3000, 21)));
    assert!((0.0..=1.0).contains(&early) && (0.0..=1.0).contains(&late));
    assert!(late < 0.05 && early > late, "{early} {late}");
    // Of a link nothing is promised: it is not what four more weeks are spent on.
    let (found, _) = first_look(&diary(500, 4.0, 1, 23));
    assert_eq!(found.factors[0].chance_of_change, None);
    // A gate that opens within four weeks leaves an interval that is still wide; one that does not is no promise.
    let mut table = diary(200, 1.0, 1, 25);
    let keep = |values: &mut Vec<Option<f64>>, ones: usize| {
        let mut seen = 0;
        for v in values.iter_mut().filter(|v| **v == Some(1.0)) {
            seen += 1;
            if seen > ones {
                *v = Some(0.0);
            }
        }
    };
    keep(&mut table.factors[0].values, 9);
    let (found, _) = first_look(&table);
    let nine = found.factors[0].chance_of_change.unwrap();
    keep(&mut table.factors[0].values, 3);
    let (found, _) = first_look(&table);
    assert!((0.01..0.3).contains(&nine), "{nine}");
    assert_eq!(found.factors[0].chance_of_change, None);
}

#[test]
fn an_experiment_is_offered_only_where_it_was_shown_to_settle_something() {
    use crate::analysis::gain::experiment_nights;
    assert_eq!(experiment_nights(0.2), None);
    assert_eq!(experiment_nights(0.7), Some(168));
    assert_eq!(experiment_nights(f64::NAN), None);
}

#[test]
fn uneven_nights_alone_do_not_make_logging_selective() {
    // A cramp night has five: ten of a hundred nights, and a factor unknown on ten nights.
    let counts = (0..100).map(|t| Some(if t % 10 == 0 { 5 } else { 0 }));
    let table = NightTable::new("2024-01-01".parse().unwrap(), counts.collect(), Vec::new());
    let known_but = |unknown: &dyn Fn(usize) -> bool| -> Vec<Option<f64>> {
        (0..100).map(|t| (!unknown(t)).then_some(0.0)).collect()
    };
    // Three of the ten were cramp nights: 15 cramps where 5 were to be expected, and yet no more than three nights.
    let by_chance = known_but(&|t| t < 30 && t % 10 == 0 || (61..68).contains(&t));
    assert!(!unknown_against_known(&table, &by_chance));
    let after_cramps = known_but(&|t| t % 10 == 0);
    assert!(unknown_against_known(&table, &after_cramps));
}
