//! Which factors go with cramps: the analysis as the person reads it.

use serde::Serialize;

use crate::analysis::all_numbers::{AllNumbers, all_numbers};
use crate::analysis::association::{Association, Associations, Caution};
use crate::analysis::associations::associations;
use crate::analysis::cramp_risk::CrampRisk;
use crate::analysis::from_diary::{content_seed, night_table};
use crate::analysis::grade::Grade;
use crate::analysis::look::LookState;
use crate::analysis::night_table::{Kind, NightTable};
use crate::analysis::self_test::{SelfTest, self_test};
use crate::analysis::sensitivity::Draws;
use crate::diary::{Diary, Look, Night};
use crate::report::say;

/// Shuffles behind every shuffle check.
pub const SHUFFLES: usize = 2000;

/// Nights, as the contract counts them.
#[derive(Debug, Clone, Serialize)]
pub struct NightsOf {
    /// Nights with an answer.
    pub recorded: usize,
    /// Of those, with a cramp.
    pub cramp: usize,
    /// Nights nobody wrote about.
    pub unknown: usize,
    /// Nights in excluded periods.
    pub excluded: usize,
}

/// The plain counts of a factor.
#[derive(Debug, Clone, Serialize)]
pub struct CountsOf {
    /// Recorded nights where it is known.
    pub nights: usize,
    /// Of those, with it.
    pub exposed: usize,
    /// Cramp nights with it.
    pub cramp_exposed: usize,
    /// Cramp nights without.
    pub cramp_unexposed: usize,
}

/// An effect with what it is stated for.
#[derive(Debug, Clone, Serialize)]
pub struct Effect {
    /// `rate ratio`.
    pub measure: &'static str,
    /// `yes vs no`, `5 °C`, …
    pub per: String,
    /// Estimate and interval.
    #[serde(flatten)]
    pub estimate: crate::stats::estimate::Estimate,
}

/// One factor.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Name on the command line.
    pub factor: String,
    /// Name in sentences.
    pub label: String,
    /// Nights by which the value precedes the night.
    pub lag: u8,
    /// How it is measured.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Plain counts.
    pub n: CountsOf,
    /// Adjusted effect.
    pub effect: Option<Effect>,
    /// Cramp nights in 100 with and without, of a link.
    pub risk: Option<CrampRisk>,
    /// p on the background alone.
    pub p_alone: Option<f64>,
    /// p with all the others.
    pub p_joint: Option<f64>,
    /// The larger.
    pub p: Option<f64>,
    /// False discovery rate.
    pub q: Option<f64>,
    /// Effective independent blocks.
    pub g_star: Option<f64>,
    /// Grade.
    pub grade: Grade,
    /// Further recorded nights needed.
    pub need_nights: Option<usize>,
    /// Share of nights on which it is known.
    pub coverage: f64,
    /// Factors it cannot be told apart from.
    pub bundled_with: Vec<String>,
    /// Block-shuffle p, for candidate links.
    pub shuffle_p: Option<f64>,
    /// Cramp nights at the look its grade comes from.
    pub look: Option<usize>,
    /// The plain counts in words.
    pub counts: String,
    /// The adjusted effect in words.
    pub estimate: Option<String>,
    /// The risk of a link in words.
    pub in_100_nights: Option<String>,
    /// The grade in words.
    pub meaning: String,
    /// Cautions, in words.
    pub warnings: Vec<String>,
}

impl Entry {
    /// The grade in the contract's word.
    pub fn grade_word(&self) -> &'static str {
        self.grade.word()
    }

    pub(crate) fn new(a: &Association, look: Option<usize>) -> Self {
        let t = &a.table;
        Self {
            factor: a.factor.clone(),
            label: a.label.clone(),
            lag: a.lag,
            kind: a.kind,
            n: CountsOf {
                nights: t.nights(),
                exposed: t.exposed,
                cramp_exposed: t.cramp_exposed,
                cramp_unexposed: t.cramp_unexposed,
            },
            effect: a.effect.map(|estimate| Effect {
                measure: "rate ratio",
                per: say::factor::per(a),
                estimate,
            }),
            risk: a.risk.and_then(Result::ok),
            p_alone: a.p_alone,
            p_joint: a.p_joint,
            p: a.p,
            q: a.q,
            g_star: a.g_star.filter(|g| g.is_finite()),
            grade: a.grade,
            need_nights: a.need_nights,
            coverage: a.coverage,
            bundled_with: a.bundled_with.clone(),
            shuffle_p: a.support.and_then(|s| s.shuffle_p),
            look,
            counts: say::factor::counts(a),
            estimate: say::factor::estimate(a),
            in_100_nights: a.risk.as_ref().map(|r| say::explain::risk(a, r)),
            meaning: say::factor::meaning(a),
            warnings: a
                .cautions
                .iter()
                .map(|c| say::factor::caution(a, *c))
                .collect(),
        }
    }
}

/// The whole answer of `cramp analyze`.
#[derive(Debug, Clone, Serialize)]
pub struct Factors {
    /// Version of the JSON shape.
    pub schema: u32,
    /// `analysis`.
    pub kind: &'static str,
    /// Nights.
    pub nights: NightsOf,
    /// First and last recorded night.
    pub span: Option<(Night, Night)>,
    /// Number of things tested together.
    pub tested: usize,
    /// Cramp nights at the last look.
    pub look: Option<usize>,
    /// Cramp nights at the next look.
    pub next_look: usize,
    /// Pearson dispersion of the counts around the background; 1 for Poisson counts.
    pub dispersion: Option<f64>,
    /// One-sided p that they vary more than Poisson counts (Dean's score test).
    pub overdispersion_p: Option<f64>,
    /// Nights in a block of the robust variance and the shuffle: 14, or 28 when spells last unusually long.
    pub block_nights: usize,
    /// The factors: links first, then no sizeable link, can't tell, not enough yet.
    pub factors: Vec<Entry>,
    /// What has to be known to read them, in sentences.
    pub notes: Vec<String>,
    /// What to write down to learn most, in sentences.
    pub record_next: Vec<String>,
    /// How often shuffled diaries would have announced something, if asked for.
    pub self_test: Option<SelfTestReport>,
    /// Every number without gates and grades, if asked for.
    pub all_numbers: Option<AllNumbers>,
    /// Looks to keep in the diary.
    #[serde(skip)]
    pub new_looks: Vec<LookState>,
}

/// The self-test with its sentence.
#[derive(Debug, Clone, Serialize)]
pub struct SelfTestReport {
    /// The numbers.
    #[serde(flatten)]
    pub result: SelfTest,
    /// In words.
    pub sentence: String,
    /// Tomorrow's value beside each linked factor, in words.
    pub tomorrow: Vec<String>,
}

/// What is asked for beside the grades.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish {
    /// Every number, ungated.
    pub all_numbers: bool,
    /// Shuffled diaries to analyse; 0 for none.
    pub self_test: usize,
    /// Extra seed from the person.
    pub seed: u64,
}

/// Analyses a diary as known on the night of `as_of`. `progress` is told after each shuffled diary.
pub fn factors(diary: &Diary, as_of: Night, wish: Wish, progress: &(dyn Fn() + Sync)) -> Factors {
    let table = night_table(diary, as_of);
    let draws = draws(&table, wish.seed);
    let a = associations(&table, &kept_looks(diary, as_of), draws);
    let mut ordered: Vec<&Association> = a.factors.iter().collect();
    ordered.sort_by(|x, y| {
        rank(x)
            .cmp(&rank(y))
            .then(x.q.unwrap_or(2.0).total_cmp(&y.q.unwrap_or(2.0)))
    });
    let self_test = (wish.self_test > 0 && a.refused.is_none()).then(|| {
        let result = self_test(&table, a.block_nights, wish.self_test, draws, progress);
        let linked = table
            .factors
            .iter()
            .enumerate()
            .filter(|(i, _)| a.factors[*i].grade.is_link());
        let tomorrow = linked
            .filter_map(|(i, _)| crate::report::explain::tomorrow_sentence(&table, i))
            .collect();
        SelfTestReport {
            result,
            sentence: say::analysis::self_test(&result),
            tomorrow,
        }
    });
    Factors {
        schema: 1,
        kind: "analysis",
        nights: NightsOf {
            recorded: a.nights.recorded,
            cramp: a.nights.cramp,
            unknown: a.nights.unknown,
            excluded: a.nights.excluded,
        },
        span: a
            .span
            .map(|(f, t)| (Night::of_evening(f), Night::of_evening(t))),
        tested: a.tested,
        look: a.look,
        next_look: a.next_look,
        dispersion: a.dispersion,
        overdispersion_p: a.overdispersion_p,
        block_nights: a.block_nights,
        factors: ordered.iter().map(|x| Entry::new(x, a.look)).collect(),
        notes: notes(&a),
        record_next: record_next(&a),
        self_test,
        all_numbers: if wish.all_numbers {
            all_numbers(&table, SHUFFLES, draws.seed)
        } else {
            None
        },
        new_looks: a.new_looks,
    }
}

pub(crate) fn draws(table: &NightTable, seed: u64) -> Draws {
    Draws {
        shuffles: SHUFFLES,
        seed: content_seed(table) ^ seed,
    }
}

/// Looks the diary keeps, up to `as_of`; one that cannot be read is taken again.
pub(crate) fn kept_looks(diary: &Diary, as_of: Night) -> Vec<LookState> {
    diary
        .looks
        .iter()
        .filter(|l| l.night <= as_of)
        .filter_map(|l| serde_json::from_str(&l.state).ok())
        .collect()
}

/// A look as the diary keeps it.
///
/// # Errors
/// The state cannot be written as JSON.
pub fn look_record(
    look: &LookState,
    id: i64,
    recorded_at: chrono::DateTime<chrono::Utc>,
) -> Result<Look, serde_json::Error> {
    Ok(Look {
        id,
        cramp_nights: u32::try_from(look.cramp_nights).unwrap_or(u32::MAX),
        night: Night::of_evening(look.night),
        state: serde_json::to_string(look)?,
        recorded_at,
    })
}

/// Order of the entries: strongest links, then what is as good as excluded, then what is open.
fn rank(a: &Association) -> u8 {
    match a.grade {
        Grade::ShownTwice => 0,
        Grade::Shown => 1,
        Grade::Consistent => 2,
        Grade::Possible => 3,
        Grade::Hint => 4,
        Grade::NoSizeableLink => 5,
        Grade::CannotTell => 6,
        Grade::NotEnough => 7,
    }
}

fn notes(a: &Associations) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(why) = a.refused {
        out.push(say::factor::refusal(why).to_string());
        return out;
    }
    out.push(say::factor::family(a.tested));
    out.push(say::factor::looks(a.look, a.next_look));
    if a.after_gaps.selective {
        out.push(say::analysis::SELECTIVE.to_string());
    }
    out.extend(say::factor::long_spells(a.block_nights));
    if let Some(w) = a.winsorised.filter(|w| w.nights > 0) {
        out.push(say::analysis::capped(w.nights, w.limit));
    }
    if a.nights.unknown > 0 {
        out.push(say::analysis::without_answer(a.nights.unknown));
    }
    out
}

fn record_next(a: &Associations) -> Vec<String> {
    let mut out = Vec::new();
    let elapsed = a.nights.recorded + a.nights.unknown;
    if a.nights.recorded * 10 < elapsed * 8 {
        out.push(say::analysis::answer_every_night(
            a.nights.recorded,
            elapsed,
        ));
    }
    if a.refused.is_some() {
        return out;
    }
    let open = |x: &&Association| matches!(x.grade, Grade::NotEnough | Grade::CannotTell);
    let mut unknown: Vec<&Association> = a
        .factors
        .iter()
        .filter(open)
        .filter(|x| x.table.nights() > 0 && x.coverage < 0.8)
        // What was done against a cramp cannot be written down on a night without one.
        .filter(|x| !x.cautions.contains(&Caution::Exploratory))
        .collect();
    unknown.sort_by(|x, y| y.coverage.total_cmp(&x.coverage));
    for x in unknown.iter().take(3) {
        out.push(say::analysis::write_every_night(&x.label, x.coverage));
    }
    out
}
