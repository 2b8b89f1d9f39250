//! What a device entered, taken back by it within ten minutes.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use crate::cli::Failure;
use crate::cli::failure::fail;
use crate::cli::serve::By;
use crate::diary::Now;
use crate::store::Store;
use crate::store::devices::RequestKey;
use crate::web::add::{answered, request_key};
use crate::web::app::App;
use crate::web::body::{Fields, Sent};
use crate::web::session::Visitor;
use crate::web::{Answer, blocking};
use crate::words::t;

/// Takes back an entry of the device that asks.
pub(crate) async fn undo(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Sent,
) -> Answer {
    let key = request_key(&headers)?;
    // the key of the request that made the entry; without it, the last one
    let of = Fields::read(body, &["of"], t!(serve, "body-undo"))?.text("of")?;
    let value = blocking(move || once(&app, &visitor, key, of.as_deref(), &app.now())).await?;
    Ok(Json(value).into_response())
}

/// What a change that takes back an entry of a device is called in the journal.
pub(crate) fn name(visitor: &Visitor) -> String {
    format!("{}: undo", visitor.device.name)
}

/// Takes the entry of the request `of`, or the last one, back with what was added to it, once for this key; `now` is the
/// moment it was asked for. Entries older than ten minutes and those of others stay.
pub(crate) fn once(
    app: &App,
    visitor: &Visitor,
    key: String,
    of: Option<&str>,
    now: &Now,
) -> Result<Value, Failure> {
    let device = visitor.device.id;
    let request = RequestKey { device, key };
    if let Some(answer) = answered(app, &request)? {
        return Ok(answer);
    }
    let command = name(visitor);
    let back = app.writing(|| -> Result<Value, Failure> {
        let arrived = app.now().utc;
        let mut store = Store::open(app.diary_path(), arrived)?;
        let change = store.last_entry(device, of, &command, now)?;
        let change = change.ok_or_else(|| fail!(Cannot, "nothing-to-take-back"))?;
        let by = By {
            request: request.clone(),
            device: visitor.device.name.clone(),
            note: None,
            arrived,
            adds_only: visitor.device.kind.adds_only(),
            dry_run: false,
            unanswered: None,
        };
        store.answers(request.clone(), by.source());
        store.stays_open();
        let changes = store.changes_of_entry(device, change, &command)?;
        let back = store.take_back(&changes, arrived, &command)?;
        let value = json!({
            "schema": 1, "kind": "taken back", "records": back.records, "left": back.left,
        });
        store.keep_answer(&request, &value.to_string())?;
        Ok(value)
    });
    // the same request arrived twice at once, and the other one was faster
    back.or_else(|failure| answered(app, &request)?.ok_or(failure))
}
