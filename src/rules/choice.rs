//! The answers a question about an entry offers, each with the command that gives it, so that one tap is enough.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::data::word::Word;
use crate::diary::vocabulary::{RelievedBy, ReplyAnswer, Side, SymptomName};
use crate::rules::evidence::plain;
use crate::words::t;

/// So many days ago a sign may have begun: today, yesterday, and the limits from which the rules count it as new, each as
/// late as it may be, so that one who is between two of them is warned rather than not.
const BEGAN_DAYS_AGO: [u64; 7] = [0, 1, 3, 7, 14, 28, 91];
/// So long a spell may last.
const LASTS: [&str; 5] = ["30s", "2min", "10min", "1h", "1d"];

/// One answer that a question offers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Choice {
    /// The answer, as a button says it; no two of a question are the same.
    pub(crate) answer: String,
    /// The command that gives it.
    pub(crate) command: String,
}

impl Choice {
    /// The answer a word stands for.
    fn new(word: &str, command: String) -> Choice {
        Choice {
            answer: t!(flags, "choice", word),
            command,
        }
    }
}

/// The answers for a detail of the entry `id` that was noticed on `noticed`.
pub(crate) fn of_detail(id: &str, detail: &str, noticed: NaiveDate) -> Vec<Choice> {
    let edit =
        |word: &str, answer: String| Choice::new(word, t!(flags, "command-edit", id, answer));
    let keyed = |word: &str| edit(word, format!("{detail}={word}"));
    match detail {
        "side" => {
            let sides = Side::ALL.iter().map(|side| side.word());
            sides.map(|side| edit(side, side.to_string())).collect()
        }
        "since" => {
            let began = BEGAN_DAYS_AGO.iter().filter_map(|days| {
                let date = noticed.checked_sub_days(Days::new(*days))?;
                let answer = format!("{detail}={date}");
                Some(edit(&format!("days-{days}"), answer))
            });
            began.collect()
        }
        "severity" => (1..=10).map(|n| keyed(&n.to_string())).collect(),
        "relieved-by" => RelievedBy::ALL.iter().map(|by| keyed(by.word())).collect(),
        "lasts" => {
            let spans = LASTS.iter();
            let edit = |span| edit(&format!("lasts-{span}"), format!("{detail}={span}"));
            spans.map(edit).collect()
        }
        _ => ["yes", "no"].map(keyed).to_vec(),
    }
}

/// The answers for the symptoms beside the entry `id`: each of them, or none.
pub(super) fn of_beside(id: &str, names: &[SymptomName]) -> Vec<Choice> {
    let named = names.iter().map(|name| Choice {
        answer: plain(*name),
        command: t!(flags, "command-symptom", words = name.word()),
    });
    let [_] = names else {
        return named.chain([not_so("none", id)]).collect();
    };
    let yes = named.map(|choice| Choice::new("yes", choice.command));
    yes.chain([not_so("no", id)]).collect()
}

/// The answers for words of the entry `id`: that they are meant, by the command given, or not.
pub(super) fn of_text(id: &str, yes: &str) -> Vec<Choice> {
    vec![Choice::new("yes", yes.to_string()), not_so("no", id)]
}

fn not_so(word: &str, id: &str) -> Choice {
    let answer = ReplyAnswer::No.word();
    Choice::new(word, t!(flags, "command-answer", id, answer))
}
