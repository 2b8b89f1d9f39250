//! One factor in full: its entry, the nights themselves, levels, earlier days, bounds and cross-checks.

use serde::Serialize;

use crate::analysis::associations::associations;
use crate::analysis::factor_detail::{
    Exploratory, FactorDetail, Level, factor_detail, tomorrow_of,
};
use crate::analysis::from_diary::night_table;
use crate::analysis::night_table::{Factor, Kind, NightTable};
use crate::diary::factor::nearest_of;
use crate::diary::{Diary, Night};
use crate::report::factors::{Entry, draws, kept_looks};
use crate::report::say;
use crate::stats::estimate::Estimate;

/// The plain two-by-two table.
#[derive(Debug, Clone, Serialize)]
pub struct TwoByTwo {
    /// Words for the first row.
    pub with: String,
    /// Words for the second row.
    pub without: String,
    /// Cramp nights and calm nights with.
    pub exposed: [usize; 2],
    /// Cramp nights and calm nights without.
    pub unexposed: [usize; 2],
    /// Exact ratio of the rates of cramps; nothing allowed for.
    pub rate_ratio: Option<Estimate>,
    /// Its exact p.
    pub p: Option<f64>,
}

/// The whole answer of `cramp explain FACTOR`.
#[derive(Debug, Clone, Serialize)]
pub struct Explained {
    /// Version of the JSON shape.
    pub schema: u32,
    /// `explain`.
    pub kind: &'static str,
    /// The entry as in `analyze`.
    pub entry: Entry,
    /// Unit of the values.
    pub unit: Option<String>,
    /// The plain table.
    pub table: TwoByTwo,
    /// Everything beside it.
    #[serde(flatten)]
    pub detail: FactorDetail,
    /// The answer in sentences, in reading order.
    pub sentences: Vec<String>,
    /// Levels in words.
    pub level_lines: Vec<String>,
    /// Exploratory answers and checks in words.
    pub check_lines: Vec<String>,
}

/// Why a factor cannot be explained.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("nothing is written down about '{name}'")]
pub struct NotRecorded {
    /// The word given.
    pub name: String,
    /// The nearest factor that has values.
    pub nearest: Option<String>,
    /// All factors with values.
    pub known: Vec<String>,
}

/// Explains one factor.
///
/// # Errors
/// The diary holds no value of it.
pub fn explain(
    diary: &Diary,
    as_of: Night,
    name: &str,
    seed: u64,
) -> Result<Explained, NotRecorded> {
    let table = night_table(diary, as_of);
    let known: Vec<String> = table.factors.iter().map(|f| f.name.clone()).collect();
    let Some(i) = table.factors.iter().position(|f| f.name == name) else {
        let nearest = nearest_of(name, known.iter().map(String::as_str)).map(str::to_string);
        return Err(NotRecorded {
            name: name.to_string(),
            nearest,
            known,
        });
    };
    let draws = draws(&table, seed);
    let all = associations(&table, &kept_looks(diary, as_of), draws);
    let (Some(a), Some(detail), Some(factor)) = (
        all.factors.get(i),
        factor_detail(&table, i, draws),
        table.factors.get(i),
    ) else {
        return Err(NotRecorded {
            name: name.to_string(),
            nearest: None,
            known,
        });
    };
    let entry = Entry::new(a, all.look);
    let (with, without) = say::factor::sides(a);
    let t = &a.table;
    let mut sentences = vec![entry.counts.clone()];
    sentences.extend(entry.estimate.clone());
    sentences.push(entry.meaning.clone());
    sentences.extend(entry.warnings.iter().cloned());
    sentences.push(say::factor::looks(all.look, all.next_look));
    Ok(Explained {
        schema: 1,
        kind: "explain",
        unit: a.unit.clone(),
        table: TwoByTwo {
            with,
            without,
            exposed: [t.cramp_exposed, t.exposed - t.cramp_exposed],
            unexposed: [t.cramp_unexposed, t.unexposed - t.cramp_unexposed],
            rate_ratio: detail.plain_ratio,
            p: detail.plain_p,
        },
        level_lines: detail
            .levels
            .iter()
            .map(|l| level_line(factor, l))
            .collect(),
        check_lines: check_lines(&detail),
        entry,
        detail,
        sentences,
    })
}

fn level_line(factor: &Factor, l: &Level) -> String {
    let unit = factor.unit.as_deref();
    let name = match (&l.word, factor.kind) {
        (Some(word), _) => word.clone(),
        (None, Kind::YesNo | Kind::Course) => {
            if l.range.0 > 0.0 { "yes" } else { "no" }.to_string()
        }
        (None, _) if l.range.0 == l.range.1 => say::factor::value(l.range.0, unit),
        (None, _) => format!(
            "{} to {}",
            say::number(l.range.0),
            say::factor::value(l.range.1, unit)
        ),
    };
    let rate = l
        .rate
        .map(|r| format!(", {} cramps in 100 nights", say::number(r.value * 100.0)))
        .unwrap_or_default();
    format!(
        "{name}: a cramp on {} of {}{rate}",
        l.cramp,
        say::count(l.nights, "night")
    )
}

fn check_lines(d: &FactorDetail) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(p) = d.bent_p.filter(|p| *p < 0.01) {
        out.push(format!(
            "The link does not follow a straight line (p {}): read the levels, not the slope.",
            p_words(p)
        ));
    }
    for l in &d.lags {
        out.extend(lag_line(l));
    }
    out.extend(d.tomorrow.as_ref().and_then(tomorrow_words));
    if let Some(s) = &d.support {
        let m = &s.missing;
        let each = [
            ("unknown as a level of its own", m.unknown_as_level),
            ("unrecorded nights at half your rate", m.unrecorded_at_half),
            (
                "unrecorded nights at double your rate",
                m.unrecorded_at_double,
            ),
        ];
        let words: Vec<String> = each
            .iter()
            .filter_map(|(w, b)| b.map(|b| format!("{w} {}", say::factor::ratio(b.exp()))))
            .collect();
        if !words.is_empty() {
            out.push(format!(
                "If what is missing were otherwise, the ratio would be: {}.",
                words.join(", ")
            ));
        }
        if let Some(b) = s.stratified {
            out.push(format!(
                "Compared only within 28-night stretches: {}.",
                say::factor::ratio(b.exp())
            ));
        }
        if s.quarters.heard > 0 {
            out.push(format!(
                "Same direction in {} of {} quarters with enough nights.",
                s.quarters.same_sign, s.quarters.heard
            ));
        }
        if let Some(p) = s.shuffle_p {
            out.push(format!(
                "Shuffling two-week stretches gives as much in {} of 100 draws.",
                say::number(p * 100.0)
            ));
        }
    }
    out
}

fn p_words(p: f64) -> String {
    if p < 0.001 {
        "< 0.001".to_string()
    } else {
        format!("{p:.3}")
    }
}

fn lag_line(l: &Exploratory) -> Option<String> {
    let (ratio, p) = (l.ratio?, l.p?);
    Some(format!(
        "{} before the one it is kept under: {} times as many cramps (p {}; exploratory, at most a hint).",
        say::count(usize::from(l.lag.unsigned_abs()), "night"),
        say::factor::ratio(ratio.value),
        p_words(p)
    ))
}

/// Tomorrow's value set against tonight: a link there casts doubt on a link today.
fn tomorrow_words(t: &Exploratory) -> Option<String> {
    let (ratio, p) = (t.ratio?, t.p?);
    let verdict = if p <= 0.05 {
        "it should not, so something the two share may be behind both"
    } else {
        "as it should be, nothing clear"
    };
    Some(format!(
        "Tomorrow's value against tonight's cramps: {} times (p {}): {verdict}.",
        say::factor::ratio(ratio.value),
        p_words(p)
    ))
}

/// The negative control of one factor, in words.
pub(crate) fn tomorrow_sentence(table: &NightTable, i: usize) -> Option<String> {
    let words = tomorrow_words(&tomorrow_of(table, i)?)?;
    Some(format!("{}. {words}", table.factors.get(i)?.label))
}
