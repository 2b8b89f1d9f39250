//! The doorbell: reads the clock, the environment and the terminal, then hands over to the door.
#![allow(clippy::disallowed_methods)]

use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use nightcramp::Zone;
use nightcramp::{Environment, run};

fn main() -> ExitCode {
    let (stdin, stdout, stderr) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let (input_is_terminal, out_is_terminal) = (stdin.is_terminal(), stdout.is_terminal());
    let err_is_terminal = stderr.is_terminal();
    let var = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(var)
        .unwrap_or_default();
    let home = var(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    let mut out = BufWriter::new(stdout.lock());
    let environment = Environment {
        now: chrono::Utc::now(),
        zone: zone(var("TZ")),
        diary: var("NIGHTCRAMP_DIARY").map(PathBuf::from),
        pretend_now: var("NIGHTCRAMP_NOW"),
        data_dir: data_dir(&var),
        working_dir: std::env::current_dir().unwrap_or_default(),
        no_color: var("NO_COLOR").is_some() || var("TERM").as_deref() == Some("dumb"),
        columns: var("COLUMNS").and_then(|c| c.parse().ok()),
        unicode: cfg!(not(unix)) || locale.to_uppercase().replace('-', "").contains("UTF8"),
        input: &mut stdin.lock(),
        input_is_terminal,
        hidden_line: Some(rpassword::read_password),
        out: &mut out,
        out_is_terminal,
        err: &mut stderr.lock(),
        err_is_terminal,
        by: None,
        server: nightcramp::server(
            chrono::Utc::now,
            std::env::current_exe().ok(),
            home,
            std::env::temp_dir(),
        ),
        patience: std::time::Duration::from_secs(1),
        random: &mut |bytes| getrandom::fill(bytes).map_err(std::io::Error::from),
    };
    let code = run(std::env::args_os().collect(), environment);
    // A closed pipe is success: whoever read has read enough.
    let _closed = out.flush();
    ExitCode::from(code)
}

/// The zone of the clock on the wall: `TZ` where it names one, else the system's, else UTC.
fn zone(tz: Option<String>) -> Zone {
    let named = tz
        .as_deref()
        .and_then(|name| Zone::named(name.trim_start_matches(':')));
    let system = || {
        iana_time_zone::get_timezone()
            .ok()
            .and_then(|name| Zone::named(&name))
    };
    named.or_else(system).unwrap_or_default()
}

/// The folder the platform keeps programs' data in.
fn data_dir(var: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let home = || var("HOME").map(PathBuf::from);
    if cfg!(windows) {
        return var("APPDATA").map(PathBuf::from);
    }
    if let Some(dir) = var("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|d| d.is_absolute())
    {
        return Some(dir);
    }
    if cfg!(target_os = "macos") {
        return home().map(|h| h.join("Library").join("Application Support"));
    }
    home().map(|h| h.join(".local").join("share"))
}
