//! What an experiment would cost and find, from the diary's own nights, before any night is spent on it.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

use crate::analysis::experiment_plan::{
    Background, NoBackground, Plan, Promise, Unworkable, Wished, background, promise,
};
use crate::analysis::from_diary::night_table;
use crate::diary::vocabulary::ExperimentDesign;
use crate::diary::{Diary, Night, Now};
use crate::report::experiment::{ENOUGH, Refusal};
use crate::report::experiment_trial::Trial;
use crate::words::{hinted, number, of_100, t};

/// How often the planner tells that it goes on.
pub(crate) const TICKS: usize = 100;
/// Simulated experiments a design; the tests of the door ask for its words, not for its third digit.
const RUNS: usize = if cfg!(test) { 40 } else { 2_000 };
/// Simulated experiments a longer design, where only a design that might do is looked for.
const FEWER_RUNS: usize = if cfg!(test) { 20 } else { 500 };
/// A chance from which on a design is called good.
const GOOD: f64 = 0.8;
/// Nights of the nightly design below which a schedule has too few others beside it to stand out.
const FEWEST_NIGHTS: usize = 12;

/// What the person wants of an experiment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wish {
    /// The rate ratio worth knowing about.
    pub(crate) effect: f64,
    pub(crate) nights: Option<usize>,
    pub(crate) pairs: Option<usize>,
    pub(crate) period: Option<u32>,
}

impl Wish {
    /// The design asked for, if one was.
    pub(crate) fn design(&self) -> Option<ExperimentDesign> {
        let pairs = self.pairs.is_some() || self.period.is_some();
        match (self.nights, pairs) {
            (Some(_), _) => Some(ExperimentDesign::Nightly),
            (None, true) => Some(ExperimentDesign::Pairs),
            (None, false) => None,
        }
    }

    fn wished(&self, lasting: bool) -> Wished {
        Wished {
            lasting,
            nights: self.nights,
            pairs: self.pairs,
            period: self.period,
        }
    }

    /// Whether anything can be tried this long.
    ///
    /// # Errors
    /// A length with which nothing could be found.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let nights = self.nights.unwrap_or(0);
        let too_few = self.nights.is_some_and(|n| n < FEWEST_NIGHTS);
        match self.wished(false).refusal() {
            None | Some(Unworkable::Length) if too_few => Err(hinted!(
                experiment,
                "few-nights",
                nights,
                fewest = FEWEST_NIGHTS
            )),
            // whether single nights are right for a thing is said when the thing is known
            None | Some(Unworkable::Lasting) => Ok(()),
            Some(Unworkable::NotInFours) => {
                let next = nights.next_multiple_of(4);
                Err(hinted!(experiment, "not-in-fours", nights, next))
            }
            Some(Unworkable::NightsAndPairs) => Err(hinted!(experiment, "nights-and-pairs")),
            Some(Unworkable::TooFewPairs) => {
                let pairs = self.pairs.unwrap_or(0);
                Err(hinted!(experiment, "few-pairs", pairs))
            }
            Some(Unworkable::Period) => {
                let period = self.period.unwrap_or(0);
                Err(hinted!(experiment, "no-period", period))
            }
            Some(Unworkable::Length) => Err(hinted!(experiment, "too-long")),
        }
    }
}

/// Reads the rate ratio of an effect: `half`, `third`, or a number between 0 and 1.
///
/// # Errors
/// No effect to look for.
pub(crate) fn read_effect(word: &str) -> Result<f64, Refusal> {
    let ratio = match word {
        "half" => 0.5,
        "third" => 1.0 / 3.0,
        number => match number.replace(',', ".").parse::<f64>() {
            Ok(ratio) if ratio.is_finite() => ratio,
            _ => return Err(hinted!(experiment, "not-an-effect", word)),
        },
    };
    match ratio {
        r if r > 1.0 => Err(hinted!(experiment, "more-cramps", word)),
        1.0 => Err(hinted!(experiment, "no-effect", word)),
        r if r <= 0.0 => Err(hinted!(experiment, "all-gone", word)),
        r => Ok(r),
    }
}

/// One design with what it promises.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Design {
    pub(crate) design: ExperimentDesign,
    pub(crate) nights: usize,
    pub(crate) pairs: Option<usize>,
    /// Nights that are drawn together.
    pub(crate) period: u32,
    /// The chance to find the effect, were it there.
    pub(crate) power: f64,
    /// How often a thing without effect would look like one.
    pub(crate) false_alarm: f64,
    /// The last night, were tonight the first.
    pub(crate) ends: Night,
    #[serde(skip)]
    pub(super) plan: Plan,
}

/// The answer of `cramp experiment plan`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Planned {
    schema: u32,
    kind: &'static str,
    pub(crate) thing: String,
    pub(crate) effect: f64,
    pub(crate) designs: Vec<Design>,
    pub(crate) advice: String,
    /// What it rests on, said above the table.
    pub(crate) sentences: Vec<String>,
    #[serde(skip)]
    chosen: Option<usize>,
}

/// What each design would cost and find in this diary, were tonight its first night. `progress` is called [`TICKS`] times.
///
/// # Errors
/// The diary holds too little to say.
pub(crate) fn plan(
    diary: &Diary,
    trial: &Trial,
    wish: &Wish,
    now: &Now,
    seed: u64,
    progress: &(dyn Fn() + Sync),
) -> Result<Planned, Refusal> {
    let found = background(&night_table(diary, now.last_night())).map_err(|why| match why {
        NoBackground::TooFewNights => hinted!(experiment, "too-few-nights"),
        NoBackground::NoCramps => hinted!(experiment, "no-cramps-yet"),
        NoBackground::NoFit => hinted!(experiment, "no-fit"),
    })?;
    let plans = Plan::menu(&wish.wished(trial.lasts));
    let (all, done) = ((plans.len() * RUNS).max(1), AtomicUsize::new(0));
    let step = |_| {
        let before = done.fetch_add(1, Ordering::Relaxed);
        if (before + 1) * TICKS / all > before * TICKS / all {
            progress();
        }
    };
    let first = Night::of_evening(now.today());
    let designs = plans.iter().map(|plan| {
        let promised = promise(&found, plan, wish.effect, RUNS, seed, &step);
        Design::of(&promised, first)
    });
    let designs: Vec<Design> = designs.collect();
    let chosen = choose(&designs);
    let advice = match chosen.and_then(|place| designs.get(place)) {
        Some(design) => advice(trial, wish.effect, design),
        None => what_would_do(trial, wish, &plans, &found, seed),
    };
    let label = &trial.label;
    let (rate, n) = (number(found.rate * 100.0), found.nights);
    let effect = effect_words(wish.effect);
    Ok(Planned {
        schema: 1,
        kind: "experiment-plan",
        thing: trial.thing.clone(),
        effect: wish.effect,
        designs,
        advice,
        sentences: vec![
            t!(experiment, "plan-title", label),
            t!(experiment, "plan-rests-on", rate, n),
            t!(experiment, "plan-effect", label, effect),
        ],
        chosen,
    })
}

/// The shortest good design, else the likeliest of those that might do.
fn choose(designs: &[Design]) -> Option<usize> {
    let good = designs.iter().position(|d| d.power >= GOOD);
    let likeliest = || {
        let might = designs
            .iter()
            .enumerate()
            .filter(|(_, d)| d.power >= ENOUGH);
        let likelier = might.max_by(|a, b| a.1.power.total_cmp(&b.1.power));
        likelier.map(|(place, _)| place)
    };
    good.or_else(likeliest)
}

impl Design {
    fn of(promised: &Promise, first: Night) -> Design {
        let Promise {
            plan,
            power,
            false_alarm,
        } = *promised;
        let nights = i64::try_from(plan.nights).unwrap_or(i64::MAX);
        Design {
            design: plan.design,
            nights: plan.nights,
            pairs: plan.pairs,
            period: plan.period,
            power,
            false_alarm,
            ends: first.plus(nights - 1),
            plan,
        }
    }

    /// `84 nights, each drawn by itself`, `8 pairs of 14 nights`.
    pub(crate) fn words(&self) -> String {
        plan_words(&self.plan)
    }
}

fn plan_words(plan: &Plan) -> String {
    let Plan { nights, period, .. } = *plan;
    match plan.pairs {
        None => t!(experiment, "design-nightly", nights),
        Some(pairs) => t!(experiment, "design-pairs", pairs, period, nights),
    }
}

/// An effect as people say it: `half as many cramps`.
fn effect_words(effect: f64) -> String {
    if (effect - 0.5).abs() < 1e-9 {
        t!(experiment, "effect-half").to_string()
    } else if (effect - 1.0 / 3.0).abs() < 1e-9 {
        t!(experiment, "effect-third").to_string()
    } else {
        let of_100 = number(effect * 100.0);
        t!(experiment, "effect", of_100)
    }
}

fn advice(trial: &Trial, effect: f64, design: &Design) -> String {
    let (label, words) = (&trial.label, design.words());
    let effect = effect_words(effect);
    let (chance, ends) = (of_100(design.power), design.ends.date());
    match design.power >= GOOD {
        true => t!(
            experiment,
            "advice-good",
            words,
            label,
            effect,
            chance,
            ends
        ),
        false => t!(
            experiment,
            "advice-might",
            words,
            label,
            effect,
            chance,
            ends
        ),
    }
}

/// What would have a fair chance where no design has: the same kind for longer, or a larger effect.
fn what_would_do(
    trial: &Trial,
    wish: &Wish,
    plans: &[Plan],
    found: &Background,
    seed: u64,
) -> String {
    let effect = effect_words(wish.effect);
    let would = |plan: &Plan, effect: f64| {
        promise(found, plan, effect, FEWER_RUNS, seed, &|_| ()).power >= ENOUGH
    };
    let longer = plans.last().into_iter().flat_map(|longest| {
        [2, 3, 4].into_iter().filter_map(|times| {
            let wish = Wished {
                lasting: trial.lasts,
                nights: longest.pairs.is_none().then_some(longest.nights * times),
                pairs: longest.pairs.map(|pairs| pairs * times),
                period: longest.pairs.map(|_| longest.period),
            };
            Plan::menu(&wish).into_iter().next()
        })
    });
    let longer = longer.into_iter().find(|plan| would(plan, wish.effect));
    let larger = [0.5, 1.0 / 3.0, 0.2]
        .into_iter()
        .filter(|e| *e < wish.effect);
    let larger = larger.flat_map(|effect| plans.iter().map(move |plan| (plan, effect)));
    let larger = larger
        .into_iter()
        .find(|(plan, effect)| would(plan, *effect));
    let mut out = vec![t!(experiment, "advice-none", effect)];
    if let Some(plan) = longer {
        out.push(t!(experiment, "would-longer", words = plan_words(&plan)));
    }
    if let Some((plan, effect)) = larger {
        let (words, effect) = (plan_words(plan), effect_words(effect));
        out.push(t!(experiment, "would-larger", words, effect));
    }
    if out.len() == 1 {
        out.push(t!(experiment, "would-nothing").to_string());
    }
    out.join(" ")
}

impl Planned {
    /// The design to start: the advised one, or against advice the likeliest.
    ///
    /// # Errors
    /// None would probably find anything, and the person did not say `anyway`.
    pub(crate) fn to_start(&self, anyway: bool) -> Result<&Design, Refusal> {
        let likeliest = || {
            let all = self.designs.iter();
            all.max_by(|a, b| a.power.total_cmp(&b.power))
                .filter(|_| anyway)
        };
        let chosen = self.chosen.and_then(|place| self.designs.get(place));
        let design = chosen.or_else(likeliest);
        design.ok_or_else(|| hinted!(experiment, "too-weak", advice = self.advice))
    }
}
