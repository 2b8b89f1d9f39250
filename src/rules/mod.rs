//! Medical advice as values: patterns that deserve a check, each with its source.
//!
//! A [`Rule`] says when it fires as data ([`Condition`](condition::Condition)), what was observed, why it
//! matters, whom to ask and who says so. Conditions answer Yes, No or Unknown from the records of a diary up to one day;
//! silence is Unknown and never No. Nothing here diagnoses, and nothing here gives an all-clear.

pub mod answer;
mod burden;
mod claims;
pub mod condition;
mod dose;
mod episodes;
pub mod evaluate;
mod evidence;
mod explain;
mod ladder;
mod pattern;
mod person;
mod possible;
pub mod question;
mod red;
pub mod rule;
mod safety;
pub mod substance;
mod symptoms;
mod tried;
pub mod view;
mod worse;

pub use answer::{Answer, Evidence, EvidenceKind, Finding, Missing};
pub use claims::CLAIMS_WITHOUT_RULE;
pub use evaluate::{Discussed, Earlier, Evaluation, Fired, Persistence, Unclear, evaluate};
pub use question::Question;
pub use rule::{Rule, Sort, Urgency};
pub use view::LOOKBACK_NIGHTS;

/// Every rule, the most urgent sort first.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    red::RULES
        .iter()
        .chain(ladder::RULES)
        .chain(pattern::RULES)
        .chain(safety::RULES)
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
