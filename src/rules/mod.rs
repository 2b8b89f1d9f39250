//! Medical advice as values: patterns that deserve a check, each with its source.
//!
//! A [`Rule`] says when it fires as data ([`Condition`](condition::Condition)), what was observed, why it
//! matters, whom to ask and who says so. Conditions answer Yes, No or Unknown from the records of a diary up to one day;
//! silence is Unknown and never No. Nothing here diagnoses, and nothing here gives an all-clear.

pub(crate) mod answer;
pub(crate) mod burden;
pub(crate) mod claims;
pub(crate) mod dose;
pub(crate) mod episodes;
pub(crate) mod evaluate;
pub(crate) mod evidence;
pub(crate) mod explain;
pub(crate) mod person;
pub(crate) mod possible;
pub(crate) mod question;
pub(crate) mod substance;
pub(crate) mod symptoms;
pub(crate) mod tried;
pub(crate) mod view;
pub(crate) mod worse;

pub(crate) use crate::data::rule::{Rule, Sort, Urgency};
pub(crate) use answer::{Evidence, EvidenceKind, Finding};
pub(crate) use claims::CLAIMS_WITHOUT_RULE;
pub(crate) use evaluate::{Earlier, Evaluation, Fired, Persistence, Unclear, evaluate};
pub(crate) use question::Question;
pub(crate) use view::LOOKBACK_NIGHTS;

/// Every rule, the most urgent sort first.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    crate::data::rules().iter()
}

/// The rule with this id.
pub(crate) fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
