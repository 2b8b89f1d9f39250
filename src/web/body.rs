//! The JSON a program sends: an object of known fields, and in our words what is wrong with one.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

use crate::cli::Failure;
use crate::diary::typed::clean;
use crate::web::Refusal;
use crate::words::t;

/// A body as it arrives.
pub(crate) type Sent = Result<Json<Value>, JsonRejection>;

/// The fields of a body.
pub(crate) struct Fields {
    values: Map<String, Value>,
    /// What is to be sent, as a sentence.
    form: &'static str,
}

impl Fields {
    /// Reads a body that may have these fields.
    ///
    /// # Errors
    /// One that is too large or no JSON, no object, or has another field.
    pub(crate) fn read(sent: Sent, known: &[&str], form: &'static str) -> Result<Fields, Refusal> {
        let values = match sent {
            Ok(Json(Value::Object(values))) => values,
            Ok(_) => return Err(Failure::words(t!(serve, "body-no-object"), form).into()),
            Err(why) => {
                let status = why.status();
                let message = match status {
                    StatusCode::PAYLOAD_TOO_LARGE => t!(serve, "body-too-large"),
                    StatusCode::UNSUPPORTED_MEDIA_TYPE => t!(serve, "body-not-json"),
                    _ => t!(serve, "body-broken"),
                };
                return Err(Refusal {
                    failure: Failure::words(message, form),
                    status: Some(status),
                });
            }
        };
        if let Some(field) = values.keys().find(|field| !known.contains(&field.as_str())) {
            let message = t!(serve, "body-unknown-field", field = clean(field));
            return Err(Failure::words(message, form).into());
        }
        Ok(Fields { values, form })
    }

    /// A text; `null` is as if it were not there.
    pub(crate) fn text(&self, field: &str) -> Result<Option<String>, Failure> {
        match self.values.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Failure::words(t!(serve, "body-not-text", field), self.form)),
        }
    }

    /// A date with its time and offset.
    pub(crate) fn moment(&self, field: &str) -> Result<Option<DateTime<FixedOffset>>, Failure> {
        let Some(text) = self.text(field)? else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| {
            let message = t!(serve, "body-not-a-time", field, text = clean(&text));
            Failure::words(message, self.form)
        })
    }
}
