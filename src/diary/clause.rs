//! A line divided into clauses, each with what was understood in it, in the order of the words.

use crate::diary::factor_words::FactorSaid;
use crate::diary::phrase::{Break, Words};
use crate::diary::said::{Fact, Said};
use crate::diary::time_words::{TimeSaid, Timed};

/// Everything that was understood, in the order of the words.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    Fact(Fact),
    Factor(FactorSaid),
    Time(Timed),
}

impl Item {
    pub(crate) fn from(&self) -> usize {
        match self {
            Item::Fact(f) => f.from,
            Item::Factor(f) => f.from,
            Item::Time(t) => t.from,
        }
    }

    pub(crate) fn to(&self) -> usize {
        match self {
            Item::Fact(f) => f.to,
            Item::Factor(f) => f.to,
            Item::Time(t) => t.to,
        }
    }
}

/// A part of a line between two breaks.
#[derive(Debug, Default)]
pub(crate) struct Clause {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) items: Vec<Item>,
}

impl Clause {
    pub(crate) fn says(&self, said: impl Fn(&Said) -> bool) -> bool {
        self.items
            .iter()
            .any(|i| matches!(i, Item::Fact(f) if said(&f.said)))
    }

    pub(crate) fn has_time(&self) -> bool {
        self.items.iter().any(is_clock)
    }

    /// Whether it speaks of something else, and not only at its end (`left calf 2am the cat jumped on me`).
    pub(crate) fn is_elsewhere(&self) -> bool {
        let is = |item: &Item| matches!(item, Item::Fact(f) if f.said == Said::Elsewhere);
        let mut before = self.items.iter().take_while(|item| !is(item));
        let placed = before.any(
            |i| matches!(i, Item::Fact(f) if matches!(f.said, Said::Side(_) | Said::Site(..))),
        );
        self.items.iter().any(is) && !placed
    }

    /// Whether it holds words beside those that were read, small ones included.
    pub(crate) fn has_more_words(&self, words: &Words) -> bool {
        let is_read = |at: usize| self.items.iter().any(|i| (i.from()..i.to()).contains(&at));
        let joins =
            |at: usize| words.is(at, "joiner") || matches!(words.word(at), "and" | "or" | "at");
        (self.from..self.to).any(|at| !is_read(at) && !joins(at))
    }

    /// Whether it names a place, a pain or a cramp.
    pub(crate) fn has_cramp(&self) -> bool {
        self.says(|said| {
            matches!(
                said,
                Said::Side(_) | Said::Site(..) | Said::Pain(_) | Said::Cramp
            )
        })
    }

    /// Whether it tells of a cramp by anything but its time.
    pub(crate) fn has_body(&self) -> bool {
        self.says(|said| {
            !matches!(
                said,
                Said::Elsewhere | Said::NoCramp(_) | Said::Nothing | Said::Correction
            )
        })
    }
}

pub(crate) fn is_clock(item: &Item) -> bool {
    use TimeSaid::{Ago, Between, Clock, Later, Written};
    matches!(item, Item::Time(t) if matches!(t.said, Clock(_) | Written(_) | Ago(1..) | Later(_) | Between(..)))
}

/// Divides what was understood into clauses: at commas and stops, at `then` and `but`, and at an `and` between two times.
pub(crate) fn clauses(
    words: &Words,
    facts: Vec<Fact>,
    factors: Vec<FactorSaid>,
    times: Vec<Timed>,
) -> Vec<Clause> {
    let mut items: Vec<Item> = facts.into_iter().map(Item::Fact).collect();
    items.extend(factors.into_iter().map(Item::Factor));
    items.extend(times.into_iter().map(Item::Time));
    items.sort_by_key(Item::from);
    let inside = |at: usize| items.iter().any(|i| i.from() < at && at < i.to());
    let mut clauses: Vec<Clause> = Vec::new();
    let mut times_here = 0;
    for at in 0..words.len() {
        let here = items.iter().filter(|i| i.from() == at);
        let later = || {
            let next = (at + 1..words.len()).find(|i| words.break_before(*i) > Break::None);
            let end = next.unwrap_or(words.len());
            items
                .iter()
                .any(|i| is_clock(i) && (at..end).contains(&i.from()))
        };
        let joined = words.is(at, "joiner") || words.word(at) == "and" && times_here > 0 && later();
        if clauses.is_empty() || !inside(at) && (words.break_before(at) > Break::None || joined) {
            clauses.push(Clause {
                from: at,
                to: at,
                items: Vec::new(),
            });
            times_here = 0;
        }
        if let Some(clause) = clauses.last_mut() {
            clause.to = at + 1;
            for item in here {
                times_here += usize::from(is_clock(item));
                clause.items.push(item.clone());
            }
        }
    }
    clauses
}
