//! Whether a rule could ever have held in the records seen: a quick look that spares following back most rules.

use crate::data::rule::{Condition, PersonTest};
use crate::diary::vocabulary::Kind;
use crate::rules::view::View;

impl Condition {
    /// False only when no day of the view can make it Yes.
    pub(super) fn could_hold(&self, view: &View) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|p| p.could_hold(view)),
            Condition::Any(parts) => parts.iter().any(|p| p.could_hold(view)),
            Condition::AtLeast(needed, parts) => {
                parts.iter().filter(|p| p.could_hold(view)).count() >= *needed
            }
            Condition::Unless(_) => true,
            Condition::Symptom(test) => view.ever_noticed(test.name),
            Condition::Episodes(test) => test.kinds.iter().any(|kind| view.ever_had(*kind)),
            Condition::Burden(_) => view.ever_had(Kind::Cramp),
            Condition::Person(PersonTest::Conditions(list)) => {
                view.ever_said("condition", |v| list.contains(&v))
            }
            Condition::Person(PersonTest::Is(key, value)) => view.ever_said(key, |v| v == *value),
            Condition::Person(PersonTest::Pregnant) => view.ever_said("pregnant", |v| v == "yes"),
            Condition::Person(PersonTest::SurgeryWithin(_)) => view.ever_said("surgery", |_| true),
            Condition::Person(PersonTest::Younger(_) | PersonTest::Older(_)) => {
                view.ever_said("born", |_| true)
            }
            Condition::Medicine(_) => view.ever_took(),
            Condition::Substance(test) => {
                view.ever_took() || test.substance.factor().is_some_and(|f| view.ever_valued(f))
            }
            Condition::Factor(test) => view.ever_valued(test.factor),
        }
    }
}
