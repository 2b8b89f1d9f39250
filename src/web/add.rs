//! What a device adds: a cramp, an answer for the night; each once, however often it is sent.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use chrono::{DateTime, FixedOffset, TimeDelta};
use serde_json::{Value, json};

use crate::cli::Failure;
use crate::cli::failure::fail;
use crate::cli::serve::By;
use crate::diary::typed::split;
use crate::diary::{Now, Zone};
use crate::store::devices::{DeviceKind, RequestKey};
use crate::web::app::App;
use crate::web::body::{Fields, Sent};
use crate::web::session::Visitor;
use crate::web::{Answer, blocking, command};
use crate::words::t;

/// A clock may be wrong by this much before it is marked.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(2);
/// The longest key of a request, bytes.
const LONGEST_KEY: usize = 100;

/// What is added, as a device sends it.
#[derive(Debug, Default)]
pub(crate) struct Added {
    /// The words, as after `cramp log` or `cramp night`.
    pub(crate) line: String,
    /// When it happened, by the clock of the device.
    pub(crate) at: Option<DateTime<FixedOffset>>,
    /// When it was sent, by the same clock; without it the clock of the device is trusted.
    pub(crate) sent: Option<DateTime<FixedOffset>>,
}

/// Adds a cramp.
pub(crate) async fn cramp(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Sent,
) -> Answer {
    add(app, visitor, &headers, body, "log").await
}

/// Answers for a night.
pub(crate) async fn night(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Sent,
) -> Answer {
    add(app, visitor, &headers, body, "night").await
}

async fn add(
    app: App,
    visitor: Visitor,
    headers: &HeaderMap,
    body: Sent,
    command: &'static str,
) -> Answer {
    let key = request_key(headers)?;
    let fields = Fields::read(body, &["line", "at", "sent"], t!(serve, "body-form"))?;
    let added = Added {
        line: fields.text("line")?.unwrap_or_default(),
        at: fields.moment("at")?,
        sent: fields.moment("sent")?,
    };
    let value = blocking(move || once(&app, &visitor, key, &added, command)).await?;
    Ok((StatusCode::CREATED, Json(value)).into_response())
}

/// The key a device made for its request.
pub(crate) fn request_key(headers: &HeaderMap) -> Result<String, Failure> {
    let key = headers.get("idempotency-key").map(|key| key.as_bytes());
    let Ok(key) = std::str::from_utf8(key.unwrap_or_default()) else {
        return Err(fail!(Words, "request-key-not-text"));
    };
    usable(key).map(str::to_string)
}

/// A key that can be kept.
pub(crate) fn usable(key: &str) -> Result<&str, Failure> {
    match key.len() {
        0 => Err(fail!(Words, "no-request-key")),
        1..=LONGEST_KEY => Ok(key),
        _ => {
            let most = LONGEST_KEY.to_string();
            Err(fail!(Words, "request-key-too-long", most))
        }
    }
}

/// Runs the command once for this key; a request sent again gets the first answer again.
pub(crate) fn once(
    app: &App,
    visitor: &Visitor,
    key: String,
    added: &Added,
    command: &str,
) -> Result<Value, Failure> {
    let request = RequestKey {
        device: visitor.device.id,
        key,
    };
    if let Some(answer) = answered(app, &request)? {
        return Ok(answer);
    }
    let server = app.now();
    let (now, note) = moment(added, &server);
    let by = By {
        request: request.clone(),
        device: visitor.device.name.clone(),
        note,
        arrived: server.utc,
        adds_only: visitor.device.kind.adds_only(),
        dry_run: false,
        unanswered: None,
    };
    let typed = split(&added.line);
    let words: Vec<&str> = command
        .split(' ')
        .chain(["--"])
        .chain(typed.iter().map(String::as_str))
        .collect();
    let answer = |value| as_seen_by(visitor.device.kind, value);
    let done = command::json(app, &words, now, by, answer);
    // the same request arrived twice at once, and the other one was faster
    done.or_else(|failure| answered(app, &request)?.ok_or(failure))
}

/// A device that only adds reads nothing of the diary: of a warning it is told which, how urgent, and what to do.
pub(crate) fn as_seen_by(kind: DeviceKind, mut value: Value) -> Value {
    if let Some(flags) = value.get_mut("flags").and_then(Value::as_array_mut)
        && kind.adds_only()
    {
        for flag in flags.iter_mut().filter_map(Value::as_object_mut) {
            flag.retain(|key, _| ["id", "urgency", "do"].contains(&key.as_str()));
        }
    }
    value
}

/// What was answered to a request that was done before.
pub(crate) fn answered(app: &App, request: &RequestKey) -> Result<Option<Value>, Failure> {
    let done = app.look(|store| store.done_request(request))?.flatten();
    Ok(done.map(|done| {
        let kept = done
            .answer
            .and_then(|text| serde_json::from_str(&text).ok());
        // ended between the write and the answer: it is kept, and the device may show so
        kept.unwrap_or_else(|| json!({ "schema": 1, "kind": "kept", "change": done.change }))
    }))
}

/// When it happened, by the clock of this computer in the zone of the device; and a note when the two clocks differ.
pub(crate) fn moment(added: &Added, server: &Now) -> (Now, Option<String>) {
    let Some(at) = added.at else {
        return (server.clone(), None);
    };
    let zone = match server.zone.moment(at.to_utc()).offset == *at.offset() {
        true => server.zone.clone(),
        false => Zone::Fixed(*at.offset()),
    };
    let sent = added.sent.map(|sent| sent.to_utc());
    // what is still to come was not sent before it
    let sent = sent.or_else(|| (at.to_utc() > server.utc).then(|| at.to_utc()));
    let difference = sent.map_or(TimeDelta::zero(), |sent| server.utc - sent);
    let utc = (at.to_utc() + difference).min(server.utc);
    let note = (difference.abs() > CLOCKS_DIFFER).then(|| {
        let shown = at.format("%Y-%m-%dT%H:%M:%S%:z").to_string();
        t!(serve, "clock-differs", shown)
    });
    (Now { utc, zone }, note)
}
