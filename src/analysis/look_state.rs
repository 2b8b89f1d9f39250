//! What one look found, as it is written into the diary and as it is read back, whichever version wrote it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::diary::Look;

/// The way of spending that is written today. Looks of scheme 1 came at 24, 48, 96, … cramp nights and spent nothing.
pub(crate) const SCHEME: u8 = 2;
/// Grades of scheme 1 that announced a link, and those that had held it up, as they were stored.
const FORMERLY_ANNOUNCED: [&str; 4] = ["possible link", "consistent link", "shown", "shown twice"];
const FORMERLY_CONSISTENT: [&str; 3] = ["consistent link", "shown", "shown twice"];

/// What one look found, as it is written into the diary.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct LookState {
    pub(crate) scheme: u8,
    pub(crate) cramp_nights: usize,
    /// The last night it saw.
    pub(crate) night: NaiveDate,
    /// Share of the budget it spent.
    pub(crate) w: f64,
    /// Number of tests among which links were announced.
    pub(crate) family: usize,
    /// Every factor that was ever tested, by name.
    pub(crate) factors: Vec<LookFactor>,
}

/// One factor at a look.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct LookFactor {
    pub(crate) factor: String,
    /// Its p at this look; `None` when it was not tested.
    pub(crate) p: Option<f64>,
    /// The smallest of p / w over the looks so far, at most 1.
    pub(crate) p_spent: f64,
    /// False discovery rate over the family.
    pub(crate) q: Option<f64>,
    /// Sign of its effect: that of the announcement, or of the last test until there is one.
    pub(crate) direction: Option<f64>,
    /// Night of the look that announced it.
    pub(crate) announced: Option<NaiveDate>,
    /// Night of the look at which later nights bore it out.
    pub(crate) consistent: Option<NaiveDate>,
}

/// A look as the diary holds it, of any scheme, as far as this version can read it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct StoredLook {
    #[serde(default = "first_scheme")]
    scheme: u64,
    pub(super) cramp_nights: usize,
    pub(super) night: NaiveDate,
    #[serde(default)]
    pub(super) factors: Vec<StoredFactor>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct StoredFactor {
    pub(super) factor: String,
    #[serde(default)]
    pub(super) p: Option<f64>,
    #[serde(default)]
    pub(super) p_spent: Option<f64>,
    #[serde(default)]
    pub(super) q: Option<f64>,
    #[serde(default)]
    pub(super) direction: Option<f64>,
    /// Only in scheme 1, where it says what later schemes say by dates.
    #[serde(default)]
    grade: Option<String>,
    #[serde(default)]
    announced: Option<NaiveDate>,
    #[serde(default)]
    pub(super) consistent: Option<NaiveDate>,
}

fn first_scheme() -> u64 {
    1
}

impl StoredLook {
    /// Reads a record of the diary. Of a look that cannot be read the cramp nights stand in the record, so that what it
    /// spent stays spent.
    pub(crate) fn read(look: &Look) -> Self {
        #[derive(Deserialize)]
        struct Scheme {
            #[serde(default = "first_scheme")]
            scheme: u64,
        }
        let cramp_nights = usize::try_from(look.cramp_nights).unwrap_or(usize::MAX);
        serde_json::from_str(&look.state).unwrap_or_else(|_| Self {
            scheme: serde_json::from_str(&look.state)
                .map_or(u64::from(SCHEME), |s: Scheme| s.scheme),
            cramp_nights,
            night: look.night.date(),
            factors: Vec::new(),
        })
    }

    pub(super) fn is_newer(&self) -> bool {
        self.scheme > u64::from(SCHEME)
    }

    pub(super) fn is_former(&self) -> bool {
        self.scheme < u64::from(SCHEME)
    }
}

impl From<&LookState> for StoredLook {
    /// As if it had been written into a diary and read again.
    fn from(look: &LookState) -> Self {
        let factors = look.factors.iter();
        Self {
            scheme: u64::from(look.scheme),
            cramp_nights: look.cramp_nights,
            night: look.night,
            factors: factors.map(StoredFactor::from).collect(),
        }
    }
}

impl From<&LookFactor> for StoredFactor {
    fn from(factor: &LookFactor) -> Self {
        Self {
            factor: factor.factor.clone(),
            p: factor.p,
            p_spent: Some(factor.p_spent),
            q: factor.q,
            direction: factor.direction,
            grade: None,
            announced: factor.announced,
            consistent: factor.consistent,
        }
    }
}

impl StoredFactor {
    /// Night from which it stands announced, at a look of `night`.
    pub(super) fn announced(&self, night: NaiveDate) -> Option<NaiveDate> {
        self.announced
            .or_else(|| self.graded(&FORMERLY_ANNOUNCED).then_some(night))
    }

    /// Whether scheme 1 held it for a link that later nights bore out.
    pub(super) fn was_consistent(&self) -> bool {
        self.graded(&FORMERLY_CONSISTENT)
    }

    fn graded(&self, grades: &[&str]) -> bool {
        self.grade.as_deref().is_some_and(|g| grades.contains(&g))
    }

    /// Whether it was among those tested together; in scheme 1 only those have a q.
    pub(super) fn in_family(&self, of: &StoredLook) -> bool {
        !of.is_former() || self.q.is_some() || self.announced(of.night).is_some()
    }
}
