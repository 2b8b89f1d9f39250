//! A write is a command line, run by the door: one reader of words, one journal, the same refusals.

use std::io::Cursor;
use std::time::Duration;

use serde_json::Value;

use crate::cli::serve::By;
use crate::cli::{Environment, Failure, run};
use crate::diary::Now;
use crate::store::devices::Unanswered;
use crate::web::app::App;

/// Runs `words` as after `cramp --json` at the moment `now` for a device, and gives what `answer` makes of its JSON. That
/// is kept with what was written, in one transaction.
///
/// # Errors
/// What the command refuses, with its message and hint.
pub(crate) fn json(
    app: &App,
    words: &[&str],
    now: Now,
    by: By,
    answer: impl FnOnce(Value) -> Value,
) -> Result<Value, Failure> {
    let words = [&["--json"], words].concat();
    let (request, unanswered) = (by.request.clone(), Unanswered::with(app.held().clone()));
    let by = By {
        unanswered: Some(unanswered.clone()),
        ..by
    };
    app.writing(|| {
        let (code, out, err) = run_for(app, &words, now, by);
        let value = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
        if code == 0 {
            let value = answer(value(&out).unwrap_or(Value::Null));
            unanswered.answer(&request, &value.to_string())?;
            return Ok(value);
        }
        let refused =
            value(&err).and_then(|v| serde_json::from_value(v.get("error")?.clone()).ok());
        Err(refused.unwrap_or_else(|| Failure::new(code, String::from_utf8_lossy(&err), None)))
    })
}

/// Runs `words` as after `cramp`, and gives the lines the terminal would show, remarks after results.
///
/// # Errors
/// What the command refuses: all that the terminal would show of it.
pub(crate) fn lines(app: &App, words: &[&str], now: Now, by: By) -> Result<Vec<String>, Failure> {
    let (code, out, err) = app.writing(|| run_for(app, words, now, by));
    let said = [out, err].concat();
    let said = String::from_utf8_lossy(&said);
    match code {
        0 => Ok(said.lines().map(str::to_string).collect()),
        _ => Err(Failure::new(code, said.trim_start_matches("cramp: "), None)),
    }
}

/// Runs one command line at the moment `now` for a device, while nothing else writes: exit code, standard output and
/// standard error.
fn run_for(app: &App, words: &[&str], now: Now, by: By) -> (u8, Vec<u8>, Vec<u8>) {
    let args = ["cramp"].iter().chain(words);
    let args = args.map(std::ffi::OsString::from).collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = Cursor::new(Vec::new());
    let environment = Environment {
        now: now.utc,
        zone: now.zone,
        diary: Some(app.diary_path().to_path_buf()),
        pretend_now: None,
        data_dir: None,
        working_dir: std::path::PathBuf::new(),
        no_color: true,
        columns: None,
        unicode: true,
        input: &mut input,
        input_is_terminal: false,
        hidden_line: None,
        random: &mut |bytes| app.fill_random(bytes),
        out: &mut out,
        out_is_terminal: false,
        err: &mut err,
        err_is_terminal: false,
        patience: Duration::from_secs(1),
        by: Some(by),
        server: None,
    };
    let code = run(args, environment);
    (code, out, err)
}
