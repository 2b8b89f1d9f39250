//! Which factors go with cramps: the analysis as the person reads it.

use std::borrow::Borrow;

use serde::Serialize;

use crate::analysis::analyze::{Looking, analysis};
use crate::analysis::association::{Association, Associations, Caution, Grade};
use crate::analysis::cross_checks::Resampling;
use crate::analysis::evaluation::Evaluation;
use crate::analysis::factor_detail::tomorrow;
use crate::analysis::from_diary::{content_seed, left_out, night_table};
use crate::analysis::gain::experiment_nights;
use crate::analysis::left_out::LeftOut;
use crate::analysis::night_table::{Kind, NightTable};
use crate::analysis::self_check::{SelfTest, self_test};
use crate::data;
use crate::diary::{Diary, Night};
use crate::report::experiment_grades::{Shown, lift, shown, shown_of};
use crate::report::looks::history;
use crate::report::say;
use crate::words::{nights, number, t};

/// Shuffles behind every shuffle check.
pub(crate) const SHUFFLES: usize = 2000;

/// One factor with its sentences.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    #[serde(flatten)]
    pub(crate) found: Association,
    /// Cramp nights at the look its grade comes from.
    pub(crate) look: Option<usize>,
    pub(crate) counts: String,
    pub(crate) estimate: Option<String>,
    pub(crate) in_100_nights: Option<String>,
    pub(crate) meaning: String,
    pub(crate) warnings: Vec<String>,
    /// What an experiment showed, which the grade is then about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) experiment: Option<Shown>,
}

impl Entry {
    /// Puts a factor in words.
    pub(crate) fn new(mut found: Association, look: Option<usize>, shown: &[Shown]) -> Self {
        let per = say::factor::per(&found);
        if let Some(effect) = &mut found.effect {
            effect.per = per;
        }
        let a = &found;
        let cautions = a.cautions.iter();
        let experiment = shown_of(a, shown).cloned();
        Self {
            look,
            counts: say::factor::counts(a),
            estimate: say::factor::estimate(a),
            in_100_nights: a.risk.as_ref().map(|r| say::explain::risk(a, r)),
            meaning: match &experiment {
                Some(shown) => shown.sentences.join(" "),
                None => say::factor::meaning(a, look),
            },
            warnings: cautions.map(|c| say::factor::caution(a, *c)).collect(),
            experiment,
            found,
        }
    }
}

/// The whole answer of `cramp analyze`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Factors {
    pub(crate) schema: u32,
    pub(crate) kind: &'static str,
    /// All that is told of the whole diary; its factors have moved to `factors`.
    #[serde(flatten)]
    pub(crate) found: Associations,
    /// The factors: links first, then no sizeable link, can't tell, not enough yet.
    pub(crate) factors: Vec<Entry>,
    pub(crate) notes: Vec<String>,
    pub(crate) record_next: Vec<RecordNext>,
    /// Factors of which an experiment that is not over leaves nights out.
    pub(crate) left_out: Vec<LeftOut>,
    /// How often shuffled diaries would have announced something, if asked for.
    pub(crate) self_test: Option<SelfTestReport>,
}

/// Something to write down next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct RecordNext {
    /// `None` for what concerns the whole diary.
    pub(crate) factor: Option<String>,
    /// Chance that four more weeks of it change the grade of the factor.
    pub(crate) chance: Option<f64>,
    /// Nights an experiment would take instead, where that is shorter.
    pub(crate) experiment_nights: Option<usize>,
    pub(crate) sentence: String,
}

impl RecordNext {
    fn whole(sentence: String) -> Self {
        Self {
            factor: None,
            chance: None,
            experiment_nights: None,
            sentence,
        }
    }
}

/// The self-test with its sentence.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SelfTestReport {
    #[serde(flatten)]
    pub(crate) result: SelfTest,
    pub(crate) sentence: String,
    /// Tomorrow's value beside each linked factor, in words.
    pub(crate) tomorrow: Vec<String>,
}

/// What is asked for beside the grades.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wish {
    /// Take the look that is due, if one is.
    pub(crate) take_look: bool,
    /// Shuffled diaries to analyse; 0 for none.
    pub(crate) self_test: usize,
    pub(crate) seed: u64,
}

/// Analyses a diary as known on the night of `as_of`. `progress` is told after each shuffled diary. A diary that is given
/// away is let go once its nights are in the table: of a long one both would not fit in half the room.
pub(crate) fn factors(
    diary: impl Borrow<Diary>,
    as_of: Night,
    wish: Wish,
    progress: &(dyn Fn() + Sync),
) -> Factors {
    let table = night_table(diary.borrow(), as_of);
    let history = history(diary.borrow(), as_of);
    let left_out = left_out(diary.borrow(), as_of);
    let shown = shown(diary.borrow(), as_of, wish.seed);
    drop(diary);
    let looking = match wish.take_look {
        true => Looking::Take,
        false => Looking::Leave,
    };
    let (mut found, evaluation) = analysis(&table, &history, looking, None);
    let self_test = (wish.self_test > 0 && found.refused.is_none()).then(|| {
        let seed = draws(&table, wish.seed).seed;
        let result = self_test(&table, found.block_nights, wish.self_test, seed, progress);
        let linked = (0..table.factors.len()).filter(|i| found.factors[*i].grade.is_link());
        let tomorrow = linked
            .filter_map(|i| tomorrow_sentence(evaluation.as_ref()?, &table, i))
            .collect();
        SelfTestReport {
            result,
            sentence: say::factor::self_test(&result),
            tomorrow,
        }
    });
    lift(&mut found.factors, &shown);
    let (mut notes, record_next) = (notes(&found), record_next(&found));
    notes.extend(left_out.iter().map(say::factor::left_out));
    let mut factors = std::mem::take(&mut found.factors);
    factors.sort_by(|x, y| {
        y.grade
            .cmp(&x.grade)
            .then(x.q.unwrap_or(2.0).total_cmp(&y.q.unwrap_or(2.0)))
    });
    let look = found.look;
    Factors {
        schema: 1,
        kind: "analysis",
        factors: factors
            .into_iter()
            .map(|x| Entry::new(x, look, &shown))
            .collect(),
        notes,
        record_next,
        left_out,
        self_test,
        found,
    }
}

pub(crate) fn draws(table: &NightTable, seed: u64) -> Resampling {
    Resampling {
        shuffles: SHUFFLES,
        seed: content_seed(table) ^ seed,
    }
}

fn notes(a: &Associations) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(why) = a.refused {
        out.push(say::factor::refusal(why));
        return out;
    }
    out.push(say::factor::family(a.tested));
    out.push(say::factor::looks(a));
    out.extend(circumstances(a));
    if a.nights.unknown > 0 {
        let nights = nights(a.nights.unknown);
        out.push(t!(analyze, "without-answer", nights));
    }
    out
}

/// What is unusual about the nights of a diary, and what was made of it.
pub(crate) fn circumstances(a: &Associations) -> Vec<String> {
    let mut out = Vec::new();
    if a.after_gaps {
        out.push(t!(analyze, "selective").to_string());
    }
    out.extend(say::factor::long_spells(a.block_nights));
    if let Some(w) = a.winsorised.filter(|w| w.nights > 0) {
        let (nights, limit) = (nights(w.nights), number(w.limit));
        out.push(t!(analyze, "capped", nights, limit));
    }
    out
}

/// Factors named in "what to write down next".
const NEXT: usize = 3;
/// Chance of a changed grade below which writing something down is a burden without hope.
const WORTH_WRITING: f64 = 0.1;

/// What to write down to learn most, at most three factors.
pub(crate) fn record_next(a: &Associations) -> Vec<RecordNext> {
    let mut out = Vec::new();
    let recorded = a.nights.recorded;
    let elapsed = recorded + a.nights.unknown;
    if recorded * 10 < elapsed * 8 {
        let sentence = t!(analyze, "answer-every-night", recorded, elapsed);
        out.push(RecordNext::whole(sentence));
    }
    if a.refused.is_some() {
        return out;
    }
    // What was done against a cramp cannot be written down on a night without one, and a course is kept by itself.
    let open = a.factors.iter().filter(|x| {
        matches!(x.grade, Grade::NotEnough | Grade::CannotTell)
            && x.kind != Kind::Course
            && !x.cautions.contains(&Caution::Exploratory)
    });
    let chance = |x: &Association| x.chance_of_change.filter(|c| *c >= WORTH_WRITING);
    let mut open: Vec<(&Association, f64)> = open.filter_map(|x| Some((x, chance(x)?))).collect();
    open.sort_by(|x, y| y.1.total_cmp(&x.1));
    let rate = a.nights.episodes as f64 / recorded as f64;
    out.extend(open.iter().take(NEXT).map(|&(x, chance)| {
        let by_experiment = experiment_nights(rate).filter(|n| {
            let remedy = data::factors()
                .iter()
                .any(|f| f.remedy && f.factor == x.factor);
            remedy && x.need_nights.is_none_or(|need| *n < need)
        });
        RecordNext {
            factor: Some(x.factor.clone()),
            chance: Some(chance),
            experiment_nights: by_experiment,
            sentence: say::factor::record_next(x, chance, by_experiment),
        }
    }));
    let recalled = |x: &Association| x.in_family && x.recalled * 4 > x.table.nights;
    if a.factors.iter().any(recalled) {
        out.push(RecordNext::whole(t!(analyze, "before-sleep").to_string()));
    }
    out
}

/// The negative control of one factor, in words.
fn tomorrow_sentence(evaluation: &Evaluation, table: &NightTable, i: usize) -> Option<String> {
    let words = say::explain::tomorrow(&tomorrow(evaluation, table, i)?)?;
    Some(format!("{}. {words}", table.factors.get(i)?.label))
}
