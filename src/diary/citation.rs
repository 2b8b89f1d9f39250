//! What factors, fields, rules and advice cite: claims of the five documents the diary answers to, and the literature.
//!
//! The documents are web articles for lay readers, translated by machine. A claim is what one of them says, not what is
//! known: where studies agree or disagree is said where the claim is used. Most of the literature was read as abstract
//! or first page while the program was planned; read the full text before relying on more than what is said here.
//! Keys that end in a letter name one finding of several.

use crate::data;
pub(crate) use crate::data::tables::{Claim, Work};

/// What a claim is about, by the letter of its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Sort {
    /// F: something that is said to bring cramps on.
    Factor,
    /// C: a countermeasure.
    Countermeasure,
    /// A: an action during a cramp.
    Action,
    /// D: a disease, or a sign of one.
    Disease,
    /// T: when to see a doctor.
    Threshold,
    /// R: a rule for deciding.
    Rule,
    /// O: how a cramp goes.
    Outcome,
    /// Q: a number.
    Quantity,
    /// G: people said to be at risk.
    Group,
}

impl Claim {
    /// What it is about; `None` for an id that names no sort (a test holds that there is none).
    pub(crate) fn sort(&self) -> Option<Sort> {
        let letter = self.claim.split(':').nth(1)?.chars().next()?;
        match letter {
            'F' => Some(Sort::Factor),
            'C' => Some(Sort::Countermeasure),
            'A' => Some(Sort::Action),
            'D' => Some(Sort::Disease),
            'T' => Some(Sort::Threshold),
            'R' => Some(Sort::Rule),
            'O' => Some(Sort::Outcome),
            'Q' => Some(Sort::Quantity),
            'G' => Some(Sort::Group),
            _ => None,
        }
    }
}

/// The claim with this id.
pub(crate) fn claim(id: &str) -> Option<&'static Claim> {
    data::claims().iter().find(|claim| claim.claim == id)
}

/// The work of the literature with this key.
pub(crate) fn work(key: &str) -> Option<&'static Work> {
    data::literature().iter().find(|work| work.key == key)
}
