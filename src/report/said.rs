//! The echo of a line that was more, or something else, than one cramp.

use serde::Serialize;
use serde_json::Value as Json;

use crate::diary::factor::Catalogue;
use crate::diary::line::ValueChange;
use crate::diary::vocabulary::{Certainty, FactorKind, Outcome};
use crate::diary::{Night, Record, Value};
use crate::report::records::Notices;

/// The JSON echo of a line that was more, or something else, than one cramp.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SaidEcho {
    schema: u32,
    kind: &'static str,
    episodes: Vec<SaidEpisode>,
    nights: Vec<SaidNight>,
    /// What was understood, in words.
    understood: Vec<String>,
    /// The words that were not.
    kept_as_text: String,
    #[serde(flatten)]
    notices: Notices,
}

/// One cramp of a line.
#[derive(Debug, Clone, Serialize)]
struct SaidEpisode {
    certainty: &'static str,
    #[serde(flatten)]
    fields: Json,
}

/// One night of a line: its answer, and the factors given for it.
#[derive(Debug, Clone, Serialize)]
struct SaidNight {
    night: Night,
    outcome: Option<Outcome>,
    factors: serde_json::Map<String, Json>,
}

/// A factor as it was said: yes and no as such, `no` for none of an amount, `some` for one without a figure.
fn said_value(change: &ValueChange, catalogue: &Catalogue) -> Json {
    let Some(to) = &change.to else {
        return Json::Null;
    };
    let factor = catalogue.find(&change.factor);
    match (&to.value, factor.map(|f| (f.kind, f.min))) {
        (Value::Number(x), Some((FactorKind::YesNo, _))) => Json::Bool(*x != 0.0),
        (Value::Number(0.0), Some((FactorKind::Number, Some(0.0)))) => "no".into(),
        (value, _) => serde_json::json!(value),
    }
}

/// The echo of everything a line came to, and each entry in words.
pub(crate) fn said_echo(
    entries: &[(&Record, &[ValueChange], Option<Outcome>)],
    catalogue: &Catalogue,
    understood: Vec<String>,
    unread: &[String],
    notices: Notices,
) -> SaidEcho {
    let mut echo = SaidEcho {
        schema: 1,
        kind: "said",
        episodes: Vec::new(),
        nights: Vec::new(),
        understood,
        kept_as_text: unread.join("; "),
        notices,
    };
    for (record, values, outcome) in entries {
        let factors = values
            .iter()
            .map(|change| (change.factor.to_string(), said_value(change, catalogue)));
        let (night, outcome) = match record {
            Record::Episode(e) => {
                let certainty = match e.certainty {
                    Certainty::Unknown => "night",
                    Certainty::About | Certainty::Vague => "about",
                    _ => "exact",
                };
                let fields = serde_json::json!({
                    "id": e.id, "at": e.began_at, "night": e.night, "side": e.side, "site": e.site,
                    "severity": e.severity, "duration_s": e.duration_s, "duration_range_s": e.duration_range_s(),
                    "repeats": e.repeats, "relief": e.relief, "woke": e.woke, "posture": e.posture, "knot": e.knot,
                    "kind": e.kind, "period": e.period, "text": e.raw,
                });
                echo.episodes.push(SaidEpisode { certainty, fields });
                (e.night, *outcome)
            }
            Record::Night(n) => (n.night, n.outcome),
            _ => continue,
        };
        echo.nights.push(SaidNight {
            night,
            outcome,
            factors: factors.collect(),
        });
    }
    echo
}

/// The JSON echo of an answer to a question: the records it was written down as.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReplyEcho {
    schema: u32,
    kind: &'static str,
    question: String,
    records: Vec<Record>,
    #[serde(flatten)]
    notices: Notices,
}

/// The echo of an answer to the question with the id `question`.
pub(crate) fn reply_echo(question: &str, records: &[Record], notices: Notices) -> ReplyEcho {
    ReplyEcho {
        schema: 1,
        kind: "reply",
        question: question.to_string(),
        records: records.to_vec(),
        notices,
    }
}
