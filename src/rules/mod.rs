//! Medical advice as values: patterns that deserve a check, each with its source.
//!
//! A [`Rule`] (a table of the room `data`) says when it fires as a condition, what was observed, why it matters, whom to ask
//! and who says so. Conditions answer Yes, No or Unknown from the records of a diary up to one day; silence is Unknown and
//! never No. Nothing here diagnoses, and nothing here gives an all-clear.

pub(crate) mod answer;
pub(crate) mod ask;
pub(crate) mod choice;
mod condition;
pub(crate) mod dose;
pub(crate) mod evaluate;
mod evidence;
pub(crate) mod experiment;
mod flag;
mod nights;
mod person;
pub(crate) mod question;
mod signs;
mod suppose;
mod trial_rules;
pub(crate) mod trial_thing;
mod tried;
mod view;
mod worse;

pub(crate) use crate::data::rule::{ClaimWithoutRule, Rule, Sort, Urgency};
pub(crate) use answer::Missing;
pub(crate) use ask::{Ask, name_of};
pub(crate) use choice::Choice;
pub(crate) use evaluate::{AtEntry, FlagsReport, asks, evaluate, set_off};
pub(crate) use evidence::plain;
pub(crate) use flag::{CouldNotTell, Flag, Reader, Talk, advice, heading, recorded};
pub(crate) use view::LOOKBACK_NIGHTS;

/// Every rule, the most urgent sort first.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    crate::data::rule_book().rules.iter()
}

/// The rule with this id.
pub(crate) fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// Claims about diseases, thresholds, rules and groups at risk that no rule rests on.
pub(crate) fn claims_without_rule() -> &'static [ClaimWithoutRule] {
    &crate::data::rule_book().claims_without_rule
}
