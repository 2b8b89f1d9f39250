//! Which factors go with cramps: the analysis as the person reads it.

use serde::Serialize;

use crate::analysis::association::{Association, Associations, Caution, associations};
use crate::analysis::cramp_risk::CrampRisk;
use crate::analysis::from_diary::{content_seed, night_table};
use crate::analysis::grade::{Grade, LookState};
use crate::analysis::night_table::{Kind, NightTable};
use crate::analysis::self_check::{AllNumbers, SelfTest, all_numbers, self_test};
use crate::analysis::sensitivity::Draws;
use crate::diary::{Diary, Look, Night};
use crate::report::say;

/// Shuffles behind every shuffle check.
pub(crate) const SHUFFLES: usize = 2000;

/// Nights, as the contract counts them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NightsOf {
    /// Nights with an answer.
    pub(crate) recorded: usize,
    /// Of those, with a cramp.
    pub(crate) cramp: usize,
    /// Nights nobody wrote about.
    pub(crate) unknown: usize,
    /// Nights in excluded periods.
    pub(crate) excluded: usize,
}

/// The plain counts of a factor.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CountsOf {
    /// Recorded nights where it is known.
    pub(crate) nights: usize,
    /// Of those, with it.
    pub(crate) exposed: usize,
    /// Cramp nights with it.
    pub(crate) cramp_exposed: usize,
    /// Cramp nights without.
    pub(crate) cramp_unexposed: usize,
}

/// An effect with what it is stated for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Effect {
    /// `rate ratio`.
    pub(crate) measure: &'static str,
    /// `yes vs no`, `5 °C`, …
    pub(crate) per: String,
    /// Estimate and interval.
    #[serde(flatten)]
    pub(crate) estimate: crate::stats::estimate::Estimate,
}

/// One factor.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    /// Name on the command line.
    pub(crate) factor: String,
    /// Name in sentences.
    pub(crate) label: String,
    /// Nights by which the value precedes the night.
    pub(crate) lag: u8,
    /// How it is measured.
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    /// Plain counts.
    pub(crate) n: CountsOf,
    /// Adjusted effect.
    pub(crate) effect: Option<Effect>,
    /// Cramp nights in 100 with and without, of a link.
    pub(crate) risk: Option<CrampRisk>,
    /// p on the background alone.
    pub(crate) p_alone: Option<f64>,
    /// p with all the others.
    pub(crate) p_joint: Option<f64>,
    /// The larger.
    pub(crate) p: Option<f64>,
    /// False discovery rate.
    pub(crate) q: Option<f64>,
    /// Effective independent blocks.
    pub(crate) g_star: Option<f64>,
    /// Grade.
    pub(crate) grade: Grade,
    /// Further recorded nights needed.
    pub(crate) need_nights: Option<usize>,
    /// Share of nights on which it is known.
    pub(crate) coverage: f64,
    /// Factors it cannot be told apart from.
    pub(crate) bundled_with: Vec<String>,
    /// Block-shuffle p, for candidate links.
    pub(crate) shuffle_p: Option<f64>,
    /// Cramp nights at the look its grade comes from.
    pub(crate) look: Option<usize>,
    /// The plain counts in words.
    pub(crate) counts: String,
    /// The adjusted effect in words.
    pub(crate) estimate: Option<String>,
    /// The risk of a link in words.
    pub(crate) in_100_nights: Option<String>,
    /// The grade in words.
    pub(crate) meaning: String,
    /// Cautions, in words.
    pub(crate) warnings: Vec<String>,
}

impl Entry {
    /// The grade in the contract's word.
    pub(crate) fn grade_word(&self) -> &'static str {
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
pub(crate) struct Factors {
    /// Version of the JSON shape.
    pub(crate) schema: u32,
    /// `analysis`.
    pub(crate) kind: &'static str,
    /// Nights.
    pub(crate) nights: NightsOf,
    /// First and last recorded night.
    pub(crate) span: Option<(Night, Night)>,
    /// Number of things tested together.
    pub(crate) tested: usize,
    /// Cramp nights at the last look.
    pub(crate) look: Option<usize>,
    /// Cramp nights at the next look.
    pub(crate) next_look: usize,
    /// Pearson dispersion of the counts around the background; 1 for Poisson counts.
    pub(crate) dispersion: Option<f64>,
    /// One-sided p that they vary more than Poisson counts (Dean's score test).
    pub(crate) overdispersion_p: Option<f64>,
    /// Nights in a block of the robust variance and the shuffle: 14, or 28 when spells last unusually long.
    pub(crate) block_nights: usize,
    /// The factors: links first, then no sizeable link, can't tell, not enough yet.
    pub(crate) factors: Vec<Entry>,
    /// What has to be known to read them, in sentences.
    pub(crate) notes: Vec<String>,
    /// What to write down to learn most, in sentences.
    pub(crate) record_next: Vec<String>,
    /// How often shuffled diaries would have announced something, if asked for.
    pub(crate) self_test: Option<SelfTestReport>,
    /// Every number without gates and grades, if asked for.
    pub(crate) all_numbers: Option<AllNumbers>,
    /// Looks to keep in the diary.
    #[serde(skip)]
    pub(crate) new_looks: Vec<LookState>,
}

/// The self-test with its sentence.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SelfTestReport {
    /// The numbers.
    #[serde(flatten)]
    pub(crate) result: SelfTest,
    /// In words.
    pub(crate) sentence: String,
    /// Tomorrow's value beside each linked factor, in words.
    pub(crate) tomorrow: Vec<String>,
}

/// What is asked for beside the grades.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wish {
    /// Every number, ungated.
    pub(crate) all_numbers: bool,
    /// Shuffled diaries to analyse; 0 for none.
    pub(crate) self_test: usize,
    /// Extra seed from the person.
    pub(crate) seed: u64,
}

/// Analyses a diary as known on the night of `as_of`. `progress` is told after each shuffled diary.
pub(crate) fn factors(
    diary: &Diary,
    as_of: Night,
    wish: Wish,
    progress: &(dyn Fn() + Sync),
) -> Factors {
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
pub(crate) fn look_record(
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

/// Factors named in "what to write down next".
const NEXT: usize = 3;
/// Share of known nights above which a factor need not be asked for.
const WELL_KNOWN: f64 = 0.8;

/// What to write down to learn most.
pub(crate) fn record_next(a: &Associations) -> Vec<String> {
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
    // What was done against a cramp cannot be written down on a night without one, and a course is kept by itself.
    let open = a.factors.iter().filter(|x| {
        matches!(x.grade, Grade::NotEnough | Grade::CannotTell)
            && x.table.nights() > 0
            && x.kind != Kind::Course
            && !x.cautions.contains(&Caution::Exploratory)
    });
    let (mut close, mut unknown): (Vec<&Association>, Vec<&Association>) =
        open.partition(|x| x.coverage >= WELL_KNOWN);
    unknown.sort_by(|x, y| y.coverage.total_cmp(&x.coverage));
    let asked = unknown.iter().take(NEXT);
    out.extend(asked.map(|x| say::analysis::write_every_night(&x.label, x.coverage)));
    close.sort_by_key(|x| x.need_nights.unwrap_or(usize::MAX));
    let near = close.iter().take(NEXT.saturating_sub(unknown.len()));
    out.extend(near.filter_map(|x| say::factor::go_on(&x.label, x.need_nights?)));
    if a.factors
        .iter()
        .any(|x| x.in_family && x.recalled * 4 > x.table.nights())
    {
        out.push(say::factor::BEFORE_SLEEP.to_string());
    }
    out
}
