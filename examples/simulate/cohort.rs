//! Many people whose links differ: what is said of the next one, of the mean, and of how much they differ.
//!
//! The people after it share their cohort's interval, so the share of them inside has an error of its own: about 0.36 divided
//! by the root of the cohorts. In exactly normal estimates with errors as large as these the same interval holds 0.94.

use rayon::prelude::*;

use crate::analysis::cohort::Person;
use crate::analysis::cohort_pool::{Cohort, Gathered};
use crate::analysis::from_diary::night_table;
use crate::diary::{Night, Zone};
use crate::import::demo::cohort::{Made, PLANTED, person};
use crate::simulate::outcome::{Figure, Limit};

const NIGHTS: i64 = 180;
/// People of a cohort, and those who come after it.
const PEOPLE: usize = 40;
const NEXT: usize = 20;

/// Cohorts of forty people with 180 nights each, held to twenty more.
pub(crate) fn next_people(cohorts: usize) -> Vec<Figure> {
    let (mut next, mut next_of) = (0usize, 0usize);
    let (mut mean_in, mut means) = (0usize, 0usize);
    let mut spread = Vec::new();
    let mut level = Vec::new();
    for run in 0..cohorts {
        let (cohort, after) = one(run as u64 + 1);
        for (at, (factor, _, mean, sd)) in PLANTED.iter().enumerate() {
            let found = cohort.observed.iter().find(|f| f.factor == *factor);
            let Some((found, ratio)) = found.and_then(|f| Some((f, f.ratio?))) else {
                continue;
            };
            means += 1;
            mean_in += usize::from(ratio.covers(mean.exp()));
            let Some((ahead, tau2)) = found.prediction.zip(found.tau2) else {
                continue;
            };
            match *sd > 0.0 {
                true => {
                    next_of += after.len();
                    let within = |p: &&Made| ahead.covers(p.effects[at].exp());
                    next += after.iter().filter(within).count();
                    spread.push(tau2 / (sd * sd));
                }
                false => level.push(tau2),
            }
        }
    }
    let average = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let of = |part: usize, all: usize| part as f64 / all as f64;
    let figure = |what: &str, got: f64, limit: Limit| Figure {
        id: "V15",
        what: format!("{what}, {PEOPLE} people"),
        runs: cohorts,
        got,
        limit,
    };
    vec![
        figure(
            "next people inside the prediction interval",
            of(next, next_of),
            Limit::Within(0.92, 0.98),
        ),
        figure(
            "true mean inside its interval",
            of(mean_in, means),
            Limit::Within(0.92, 0.98),
        ),
        figure(
            "mean of tau squared over the true one",
            average(&spread),
            Limit::Within(0.8, 1.2),
        ),
        figure(
            "mean of tau squared where people do not differ",
            average(&level),
            Limit::AtMost(0.03),
        ),
    ]
}

fn one(seed: u64) -> (Cohort, Vec<Made>) {
    let zone = Zone::named("Europe/London").unwrap_or_default();
    let now = "2026-03-04T10:00:00Z".parse().unwrap_or_default();
    let make = |number: usize| person((seed, number), NIGHTS, now, &zone);
    let people: Vec<Person> = (1..=PEOPLE)
        .into_par_iter()
        .map(|number| {
            let made = make(number);
            let last = made.diary.nights.keys().next_back().copied();
            let last = last.unwrap_or(Night::of_evening(now.date_naive()));
            Person::of(&night_table(&made.diary, last))
        })
        .collect();
    let mut gathered = Gathered::default();
    for person in &people {
        // what the program made itself is a line
        let _ = gathered.add(person);
    }
    let after = (PEOPLE + 1..=PEOPLE + NEXT).map(make).collect();
    (gathered.pool(), after)
}
