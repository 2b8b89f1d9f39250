//! The commands that only read: bare `cramp`, `week`, `trend`, `analyze`, `explain`, `list`, `show` and `locate`.

use serde_json::json;

use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::factor::Catalogue;
use crate::diary::{Diary, Key, Night, Nights, Now};
use crate::render::terminal;
use crate::render::terminal_analysis;
use crate::render::terminal_reports;
use crate::report::experiment::tonight;
use crate::report::experiment_safety::stop_offers;
use crate::report::explain::explain;
use crate::report::first_screen::{FirstScreen, first_screen};
use crate::report::{flags, looks, records, status, trend, weekly};
use crate::store::{Store, StoreError, backups_folder, missing};
use crate::words::t;

/// Bare `cramp`: where things stand.
pub(crate) fn status(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let screen = screen(call.open_read()?, &call.now)?;
    call.respond(&screen, terminal_reports::first_screen)
}

/// Where things stand; an absent diary is an empty one.
pub(crate) fn screen(store: Option<Store>, now: &Now) -> Result<FirstScreen, StoreError> {
    let span = Nights::ending(now.last_night(), status::NIGHTS);
    let (diary, last, first, is_blank, look_due) = match store {
        Some(store) => {
            let lately = Nights::ending(span.to.plus(1), flags::LOOKBACK_NIGHTS);
            let diary = store.read(Some(lately))?;
            let look_due = look_due(&store, &diary, span.to)?;
            let (last, first) = (store.last_episode()?, store.first_night()?);
            (diary, last, first, store.is_blank()?, look_due)
        }
        None => (Diary::default(), None, None, true, false),
    };
    let today = now.today();
    let status = status::status(&diary, span, first, last.as_ref(), is_blank, today);
    let begun = first.is_some();
    Ok(first_screen(&diary, status, span.to, begun, look_due, now))
}

/// Whether `cramp analyze` would take a look now. The whole diary is read only where there are cramp nights enough.
fn look_due(store: &Store, lately: &Diary, as_of: Night) -> Result<bool, StoreError> {
    match looks::due_from(lately, as_of) {
        Some(enough) if store.cramp_nights()? >= enough => {
            Ok(looks::is_due(&store.read(None)?, as_of))
        }
        _ => Ok(false),
    }
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
        let report = week(call.open_read()?, last, &call.now)?;
        call.respond(&report, terminal_reports::week)
    }
}

/// The report for the week that ends with `last`; an absent diary is an empty one.
pub(crate) fn week(
    store: Option<Store>,
    last: Night,
    now: &Now,
) -> Result<weekly::Weekly, StoreError> {
    let Some(store) = store else {
        return Ok(weekly::weekly(
            &Diary::default(),
            last,
            Vec::new(),
            Vec::new(),
        ));
    };
    let diary = store.read(Some(Nights::ending(last, flags::LOOKBACK_NIGHTS)))?;
    let found = flags::flags_of_window(&diary, last.plus(1).date());
    let (stop_offers, tonight) = match last == now.last_night() {
        true => (stop_offers(&diary, &found), tonight(&diary, now)),
        false => (Vec::new(), Vec::new()),
    };
    // a sign noticed on the day after the last night is asked about too
    let until = last.plus(1);
    let with_day = store.read(Some(Nights::ending(until, flags::LOOKBACK_NIGHTS)))?;
    let asks = flags::asks(&with_day, until.date(), None);
    Ok(weekly::Weekly {
        stop_offers,
        tonight,
        ..weekly::weekly(&diary, last, found.flags, asks)
    })
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
                _ if e.left_out => t!(experiment, "see-how-it-stands").to_string(),
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
            None if self.since.is_some() => Night::of_evening(call.now.today()),
            None => latest(store.as_ref(), &call.now)?,
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
}

/// Tonight, or the diary's last night when it lies further back than four weeks.
pub(crate) fn latest(store: Option<&Store>, now: &Now) -> Result<Night, StoreError> {
    let tonight = Night::of_evening(now.today());
    let last = match store {
        Some(store) => store.last_night()?,
        None => None,
    };
    Ok(last.filter(|n| n.plus(28) < tonight).unwrap_or(tonight))
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
