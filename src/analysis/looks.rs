//! Looks: the moments at which a link may be announced, and what they have cost.
//!
//! A diary may announce something false with a chance of 0.06 in all, and that is spent once, on the scale of cramp nights: by
//! E of them the share E / (E + 24). The first look takes all that is due by then, whenever it comes; later ones come
//! when E has grown by half. What each look found is stored and replayed, never worked out again: an edit of old nights
//! moves the estimates at once, and the grades at the next look.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::analysis::look_state::{LookFactor, SCHEME, StoredFactor};
use crate::stats::estimate::{Adjustment, adjust};

pub(crate) use crate::analysis::look_state::{LookState, StoredLook};

/// Cramp nights at the first look.
pub(crate) const FIRST_LOOK: usize = 16;
/// Cramp nights by which half of the budget may be spent.
const HALF_SPENT: f64 = 24.0;

/// Why no look is taken, however many cramp nights there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hold {
    /// A newer version has taken looks; the grades stay as it stored them.
    Newer,
    /// The person chose to look first on this day.
    Until(NaiveDate),
    /// Looks were taken after the night as of which things are shown.
    Past,
}

/// What stands of one factor after all looks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Standing {
    pub(crate) factor: String,
    /// Running P: 1 at first.
    pub(crate) p_spent: f64,
    /// False discovery rate at the last look.
    pub(crate) q: Option<f64>,
    /// Sign of its effect when it was announced; of its last test until then.
    pub(crate) direction: Option<f64>,
    pub(crate) announced: Option<NaiveDate>,
    pub(crate) consistent: Option<NaiveDate>,
}

impl Standing {
    fn new(factor: &str) -> Self {
        Self {
            factor: factor.to_string(),
            p_spent: 1.0,
            q: None,
            direction: None,
            announced: None,
            consistent: None,
        }
    }
}

/// One test of a look: a factor, or a bundle of factors that cannot be told apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Test {
    pub(crate) factors: Vec<String>,
    /// Two-sided p of the joint fit. A test whose p is not a number takes no part.
    pub(crate) p: f64,
    /// Above 0 with more cramps, below with fewer.
    pub(crate) direction: f64,
}

/// What all stored looks come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct History {
    cramp_nights: usize,
    taken: usize,
    hold: Option<Hold>,
    standings: BTreeMap<String, Standing>,
}

impl History {
    /// Replays looks in any order. The one with most cramp nights says what has been spent, on the budget and on each
    /// factor; what any of them announced stays announced, from the earliest night on.
    pub(crate) fn replay(stored: &[StoredLook]) -> Self {
        let mut looks: Vec<&StoredLook> = stored.iter().collect();
        looks.sort_by_key(|l| l.cramp_nights);
        let Some(last) = looks.last() else {
            return Self::default();
        };
        let mut history = Self {
            cramp_nights: last.cramp_nights,
            taken: looks.len(),
            hold: looks.iter().any(|l| l.is_newer()).then_some(Hold::Newer),
            standings: BTreeMap::new(),
        };
        for look in &looks {
            for factor in look.factors.iter().filter(|f| f.in_family(look)) {
                history.add(look, factor);
            }
        }
        for factor in last.factors.iter().filter(|f| f.in_family(last)) {
            if let Some(standing) = history.standings.get_mut(&factor.factor) {
                // A p of scheme 1 was never divided by what its look spent.
                let former = factor.p.map(|p| p / spent_by(last.cramp_nights));
                let p = if last.is_former() {
                    former
                } else {
                    factor.p_spent
                };
                standing.p_spent = p.filter(|p| *p >= 0.0).map_or(1.0, |p| p.min(1.0));
                standing.q = factor.q;
            }
        }
        // In scheme 1 a link could lose that grade again: the last of its looks speaks.
        if let Some(former) = looks.iter().rfind(|l| l.is_former()) {
            for factor in former.factors.iter().filter(|f| f.was_consistent()) {
                if let Some(standing) = history.standings.get_mut(&factor.factor) {
                    standing.consistent.get_or_insert(former.night);
                }
            }
        }
        history
    }

    /// Takes over what a look says of a factor for good; looks come in order.
    fn add(&mut self, look: &StoredLook, factor: &StoredFactor) {
        let standing = self
            .standings
            .entry(factor.factor.clone())
            .or_insert_with(|| Standing::new(&factor.factor));
        if standing.announced.is_none() {
            standing.direction = factor.direction.or(standing.direction);
        }
        standing.announced = standing.announced.or(factor.announced(look.night));
        standing.consistent = standing.consistent.or(factor.consistent);
    }

    /// What the looks come to with one more.
    pub(crate) fn after(mut self, look: &LookState) -> Self {
        self.cramp_nights = self.cramp_nights.max(look.cramp_nights);
        self.taken += 1;
        for factor in &look.factors {
            let standing = Standing {
                factor: factor.factor.clone(),
                p_spent: factor.p_spent,
                q: factor.q,
                direction: factor.direction,
                announced: factor.announced,
                consistent: factor.consistent,
            };
            self.standings.insert(factor.factor.clone(), standing);
        }
        self
    }

    /// Cramp nights at the last look; 0 before the first.
    pub(crate) fn cramp_nights(&self) -> usize {
        self.cramp_nights
    }

    /// Number of looks taken.
    pub(crate) fn taken(&self) -> usize {
        self.taken
    }

    /// No look is taken for now; what a newer version did outweighs every other reason.
    pub(crate) fn on_hold(mut self, hold: Hold) -> Self {
        self.hold = self.hold.or(Some(hold));
        self
    }

    /// Why no look is taken now.
    pub(crate) fn hold(&self) -> Option<Hold> {
        self.hold
    }

    /// Share of the budget that is spent.
    pub(crate) fn spent(&self) -> f64 {
        spent_by(self.cramp_nights)
    }

    /// Cramp nights at which the next look is due.
    pub(crate) fn next_due(&self) -> usize {
        let grown = self.cramp_nights.saturating_mul(3).div_ceil(2);
        grown.max(FIRST_LOOK)
    }

    /// Share of the budget a look at so many cramp nights spends; `None` when none is due.
    pub(crate) fn weight(&self, cramp_nights: usize) -> Option<f64> {
        let due = self.hold.is_none() && cramp_nights >= self.next_due();
        due.then(|| spent_by(cramp_nights) - self.spent())
    }

    pub(crate) fn standing(&self, factor: &str) -> Option<&Standing> {
        self.standings.get(factor)
    }

    /// Every factor that was ever tested, by name.
    #[cfg(test)]
    pub(crate) fn standings(&self) -> impl Iterator<Item = &Standing> {
        self.standings.values()
    }

    /// The look that is due at so many cramp nights, `night` the last night it sees; what passes at a false discovery
    /// rate of `limit` is announced. Where none is due nothing is spent: the state then says what stood before.
    pub(crate) fn look(
        &self,
        cramp_nights: usize,
        night: NaiveDate,
        tests: &[Test],
        limit: f64,
    ) -> LookState {
        let weight = self.weight(cramp_nights);
        let tests: Vec<&Test> = tests
            .iter()
            .filter(|t| weight.is_some() && t.p >= 0.0)
            .collect();
        let w = weight.unwrap_or(0.0);
        let mut standings = self.standings.clone();
        let mut p_now: BTreeMap<&str, f64> = BTreeMap::new();
        for test in &tests {
            for name in &test.factors {
                let standing = standings
                    .entry(name.clone())
                    .or_insert_with(|| Standing::new(name));
                standing.p_spent = standing.p_spent.min(test.p / w);
                if standing.announced.is_none() && !test.direction.is_nan() {
                    standing.direction = Some(test.direction.signum());
                }
                p_now.insert(name, test.p);
            }
        }
        let family = family(&standings, &tests);
        let p: Vec<Option<f64>> = family
            .iter()
            .map(|names| largest(&standings, names))
            .collect();
        let adjusted = adjust(&p, Adjustment::BenjaminiHochberg);
        for (names, q) in family.iter().zip(adjusted) {
            for name in names {
                if let Some(standing) = standings.get_mut(name) {
                    standing.q = q;
                    let passed = weight.is_some() && q.is_some_and(|q| q <= limit);
                    if passed {
                        standing.announced.get_or_insert(night);
                    }
                }
            }
        }
        LookState {
            scheme: SCHEME,
            cramp_nights: weight.map_or(self.cramp_nights, |_| cramp_nights),
            night,
            w,
            family: family.len(),
            factors: standings
                .into_values()
                .map(|s| LookFactor {
                    p: p_now.get(s.factor.as_str()).copied(),
                    factor: s.factor,
                    p_spent: s.p_spent,
                    q: s.q,
                    direction: s.direction,
                    announced: s.announced,
                    consistent: s.consistent,
                })
                .collect(),
        }
    }
}

/// Share of the budget that may be spent by so many cramp nights.
pub(crate) fn spent_by(cramp_nights: usize) -> f64 {
    let nights = cramp_nights as f64;
    nights / (nights + HALF_SPENT)
}

/// The members of the family: each test of today, then each factor tested before and not today.
fn family(standings: &BTreeMap<String, Standing>, tests: &[&Test]) -> Vec<Vec<String>> {
    let today: BTreeSet<&String> = tests.iter().flat_map(|t| &t.factors).collect();
    let before = standings.keys().filter(|name| !today.contains(name));
    let tests = tests.iter().map(|t| t.factors.clone());
    tests.chain(before.map(|name| vec![name.clone()])).collect()
}

/// The running P of a member: of a bundle, the largest of its factors.
fn largest(standings: &BTreeMap<String, Standing>, names: &[String]) -> Option<f64> {
    let all = names.iter().filter_map(|name| standings.get(name));
    all.map(|s| s.p_spent).max_by(f64::total_cmp)
}
