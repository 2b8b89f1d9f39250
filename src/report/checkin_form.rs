//! The questions of the check-in as a form: a name for each, and the replies that can be picked.

use crate::diary::factor::FactorDef;
use crate::diary::vocabulary::FactorKind;
use crate::report::checkin::{About, Question};
use crate::words::t;

/// How a question is answered in a form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Replies {
    /// By one of these replies, each with the word that is shown.
    Picked(Vec<(String, String)>),
    /// By words of one's own, in this form.
    Written(String),
}

/// Whether a yes or a no says how much there was of it.
fn is_amount(def: &FactorDef) -> bool {
    def.kind == FactorKind::Number && def.min == Some(0.0)
}

impl Question {
    /// Its name, the same as long as it is asked: what it is about, and the night.
    pub(crate) fn id(&self) -> String {
        let night = self.night;
        match &self.about {
            About::Outcome => format!("night {night}"),
            About::Details => format!("details {night}"),
            About::Tried(thing) => format!("tried {night} {thing}"),
            About::Factor { def, .. } => format!("factor {night} {}", def.factor),
        }
    }

    /// Whether a yes is followed by the question what it was like.
    pub(crate) fn has_details(&self) -> bool {
        self.about == About::Outcome
    }

    /// The replies that can be given; leaving it out is always one.
    pub(crate) fn replies(&self) -> Replies {
        let pick = |reply: &str, shown: &str| (reply.to_string(), shown.to_string());
        let yes_no = || {
            vec![
                pick("yes", t!(checkin, "yes")),
                pick("no", t!(checkin, "no")),
            ]
        };
        match &self.about {
            About::Outcome => Replies::Picked(yes_no()),
            About::Tried(_) => {
                let mut replies = yes_no();
                replies.insert(1, pick("partly", t!(checkin, "partly")));
                Replies::Picked(replies)
            }
            About::Factor { def, .. } if def.kind == FactorKind::YesNo => Replies::Picked(yes_no()),
            About::Factor { def, .. } if !def.choices.is_empty() => {
                let choices = def.choices.iter().map(|word| pick(word, word));
                Replies::Picked(choices.collect())
            }
            About::Factor { def, bare_unit } if is_amount(def) => {
                let unit = bare_unit.or(def.unit.as_deref()).unwrap_or_default();
                Replies::Written(t!(checkin, "amount-in-full", unit))
            }
            About::Factor { .. } | About::Details => Replies::Written(self.form.clone()),
        }
    }
}
