//! The commands that only read: bare `cramp`, `week`, `trend`, `analyze`, `explain`, `list`, `show` and `locate`.

use serde_json::json;

use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::factor::Catalogue;
use crate::diary::{Diary, Key, Night, Nights, Record};
use crate::render::terminal;
use crate::render::terminal_analysis;
use crate::render::terminal_reports;
use crate::report::explain::explain;
use crate::report::factors::{Factors, Wish, factors, look_record};
use crate::report::first_screen::first_screen;
use crate::report::{flags, records, status, trend, weekly};
use crate::store::{LOOKS, Store, StoreError, backups_folder, missing};
use crate::words::t;

/// Bare `cramp`: where things stand.
pub(crate) fn status(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let span = Nights::ending(call.now.last_night(), status::NIGHTS);
    let (diary, last, first, is_blank) = match call.open_read()? {
        Some(store) => (
            store.read(Some(Nights::ending(
                span.to.plus(1),
                flags::LOOKBACK_NIGHTS,
            )))?,
            store.last_episode()?,
            store.first_night()?,
            store.is_blank()?,
        ),
        None => (Diary::default(), None, None, true),
    };
    let today = call.now.today();
    let status = status::status(&diary, span, first, last.as_ref(), is_blank, today);
    let screen = first_screen(&diary, status, span.to, first.is_some(), &call.now);
    call.respond(&screen, terminal_reports::first_screen)
}

/// The weekly trend report
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/week.txt"))]
pub(crate) struct Week {
    /// The last night of the week (last night if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    ending: Option<String>,
}

impl Week {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let last = call.night_or_last(self.ending.as_deref())?;
        let report = week(call, last)?;
        call.respond(&report, terminal_reports::week)
    }
}

/// The report for the week that ends with `last`; an absent diary is an empty one.
pub(crate) fn week(call: &Invocation<'_>, last: Night) -> Result<weekly::Weekly, Failure> {
    let (diary, fired, asks) = match call.open_read()? {
        None => (Diary::default(), Vec::new(), Vec::new()),
        Some(store) => {
            let diary = store.read(Some(Nights::ending(last, flags::LOOKBACK_NIGHTS)))?;
            let fired = flags::flags_of_window(&diary, last.plus(1).date()).flags;
            // a sign noticed on the day after the last night is asked about too
            let until = last.plus(1);
            let with_day = store.read(Some(Nights::ending(until, flags::LOOKBACK_NIGHTS)))?;
            let asks = flags::asks(&with_day, until.date());
            (diary, fired, asks)
        }
    };
    Ok(weekly::weekly(&diary, last, fired, asks))
}

/// Months, drift, changes and season
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/trend.txt"))]
pub(crate) struct Trend {
    /// As things stood on this night (last night if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
}

impl Trend {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let as_of = call.night_or_last(self.until.as_deref())?;
        let (diary, seed) = (call.diary(None)?, call.seed);
        let report = call.watch(t!(cli, "looking-for-changes"), || {
            trend::trend(&diary, as_of, seed)
        });
        call.respond(&report, terminal_reports::trend)
    }
}

/// Which factors go with cramps
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/analyze.txt"))]
pub(crate) struct Analyze {
    /// As things stood on this night (last night if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    /// Shuffle your diary this often and say how often luck alone would speak
    #[arg(long, value_name = "TIMES", num_args = 0..=1, default_missing_value = "200", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    self_test: Option<u16>,
    /// Never take a look, even when one is due
    #[arg(long)]
    no_look: bool,
    /// All that is said of every factor, instead of one screen
    #[arg(long)]
    long: bool,
}

impl Analyze {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let as_of = call.night_or_last(self.until.as_deref())?;
        let diary = call.diary(None)?;
        let runs = self.self_test.map_or(0, usize::from);
        let wish = Wish {
            take_look: !self.no_look && self.until.is_none(),
            self_test: runs,
            seed: call.seed,
        };
        let report = call.watch_steps(t!(cli, "comparing-factors"), runs, |progress| {
            factors(&diary, as_of, wish, progress)
        });
        keep_look(call, &report)?;
        call.respond(
            &report,
            match self.long {
                true => terminal_analysis::in_full,
                false => terminal_analysis::at_a_glance,
            },
        )
    }
}

/// Keeps the look that was taken now. A diary that cannot be written to right now is no reason to be silent: the same
/// look can be taken again from the same nights.
fn keep_look(call: &mut Invocation<'_>, report: &Factors) -> Result<(), Failure> {
    let Some(look) = &report.found.look_taken else {
        return Ok(());
    };
    let now = call.now.utc;
    let kept = call.open().and_then(|mut store| {
        Ok(store.write(now, LOOKS, |w| {
            if let Ok(record) = look_record(look, 0, now) {
                w.add(Record::Look(record))?;
            }
            Ok::<(), StoreError>(())
        })?)
    });
    match kept {
        Ok(()) => Ok(()),
        Err(_) => call.inform(t!(cli, "look-not-kept")),
    }
}

/// One factor in full, with its nights
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/explain.txt"))]
pub(crate) struct Explain {
    /// The factor, as 'cramp factor list' and 'cramp analyze' name it
    factor: String,
    /// As things stood on this night (last night if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
}

impl Explain {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let as_of = call.night_or_last(self.until.as_deref())?;
        let (diary, seed) = (call.diary(None)?, call.seed);
        let explained = call.watch(t!(cli, "comparing-factor"), || {
            explain(&diary, as_of, &self.factor, seed)
        });
        let explained = explained.map_err(|e| {
            let hint = match (&e.nearest, e.known.is_empty()) {
                (Some(name), _) => t!(cli, "near-factor", name),
                (None, true) => t!(cli, "no-factors").to_string(),
                (None, false) => t!(cli, "factors-so-far", names = e.known.join(" ")),
            };
            Failure::cannot(e.to_string(), Some(hint))
        })?;
        call.respond(&explained, terminal_analysis::explained)
    }
}

/// Records of a stretch of nights
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/list.txt"))]
pub(crate) struct List {
    /// First night
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
    /// Last night
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    /// So many nights, for example 28n
    #[arg(long, value_name = "NIGHTS", conflicts_with = "since")]
    last: Option<String>,
}

impl List {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let store = call.open_read()?;
        let to = match &self.until {
            Some(text) => call.night(text)?,
            None => self.latest(call, store.as_ref())?,
        };
        let from = match (&self.since, &self.last) {
            (Some(text), _) => call.night(text)?,
            (None, Some(text)) => to.plus(1 - nights(text)?),
            (None, None) => to.plus(-27),
        };
        let span = Nights { from, to };
        let diary = store.map_or(Ok(Diary::default()), |store| store.read(Some(span)))?;
        print_list(call, &diary, span)
    }

    /// Tonight, or the diary's last night when it lies further back than four weeks.
    fn latest(&self, call: &Invocation<'_>, store: Option<&Store>) -> Result<Night, Failure> {
        let tonight = Night::of_evening(call.now.today());
        let last = match store.filter(|_| self.since.is_none()) {
            Some(store) => store.last_night()?,
            None => None,
        };
        Ok(last.filter(|n| n.plus(28) < tonight).unwrap_or(tonight))
    }
}

fn print_list(call: &mut Invocation<'_>, diary: &Diary, span: Nights) -> Result<(), Failure> {
    let catalogue = Catalogue::of(diary);
    let listing = records::listing(diary, span, &catalogue, call.now.today());
    call.respond(&listing, terminal_reports::listing)
}

/// `28n`, `28` or `4w` as a number of nights.
fn nights(text: &str) -> Result<i64, Failure> {
    let (digits, scale) = match text.strip_suffix('w') {
        Some(weeks) => (weeks, 7),
        None => (text.strip_suffix('n').unwrap_or(text), 1),
    };
    let count = digits.parse::<i64>().ok();
    let count = count.filter(|n| (1..=40_000).contains(n));
    count
        .map(|n| n * scale)
        .ok_or_else(|| fail!(Words, "not-nights", text))
}

/// One record in full
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/show.txt"))]
pub(crate) struct Show {
    /// Which
    #[arg(allow_negative_numbers = true)]
    id: String,
}

impl Show {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let key = record_key(call, &self.id)?;
        let store = call.open_read()?.ok_or_else(|| missing(&self.id))?;
        if let Key::Night(night) = key {
            let span = Nights::ending(night, 1);
            let diary = store.read(Some(span))?;
            return print_list(call, &diary, span);
        }
        let record = store.get(&key)?.ok_or_else(|| missing(&self.id))?;
        let value = records::full(&record);
        call.respond(&value, |_, _| terminal::fields(&value.id, &value.fields))
    }
}

/// A record's reference as typed: `12`, `#12`, `c3`, a night's date or day word.
pub(crate) fn record_key(call: &Invocation<'_>, text: &str) -> Result<Key, Failure> {
    let night = || call.night(text).ok().map(Key::Night);
    Key::parse(text)
        .or_else(night)
        .ok_or_else(|| fail!(Words, "not-a-record", text))
}

/// Where the diary is
#[derive(Debug, clap::Args)]
pub(crate) struct Locate {}

impl Locate {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let path = call.path.display().to_string();
        let exists = call.path.exists();
        let backups = backups_folder(&call.path);
        if call.json {
            return call.print_json(&json!({
                "schema": 1, "kind": "locate", "diary": path, "exists": exists, "backups": backups.display().to_string(),
            }));
        }
        call.print(&path)?;
        if !exists {
            call.note(t!(cli, "no-diary-there"))?;
        }
        if backups.is_dir() {
            call.note(&t!(cli, "backups-there", folder = backups.display()))?;
        }
        Ok(())
    }
}
