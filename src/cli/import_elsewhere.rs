//! `cramp import` of what another program wrote: it says what it recognised, and then does the same as with a diary's own
//! files.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::elsewhere::Mapping;
use crate::diary::factor::Catalogue;
use crate::diary::table::MANIFEST;
use crate::diary::{Diary, Night, Table, Zone};
use crate::import::archive;
use crate::import::elsewhere::{self, Found, Recognised, Stopped};
use crate::import::format::Sure;
use crate::import::formats::FORMATS;
use crate::import::given::{Given, Progress};
use crate::import::wanted::{DateOrder, Stop, Wanted};
use crate::words::t;

/// Bytes from which reading takes long enough for a bar.
const LONG: u64 = 64 * 1024 * 1024;

/// How to read what another program wrote.
#[derive(Debug, Clone, Default, clap::Args, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Elsewhere {
    /// What the file is, where it is not recognised or two formats fit
    #[arg(long = "as", value_name = "FORMAT")]
    #[serde(skip)]
    format: Option<String>,
    /// The one sensor to read, where a file holds several
    #[arg(long, value_name = "NAME")]
    #[serde(skip)]
    entity: Option<String>,
    /// The unit of the values, where the file does not state it: C or F
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// The order of day and month, where the file does not state it
    #[arg(long, value_name = "dmy|mdy")]
    #[serde(skip)]
    date_order: Option<Order>,
    /// The factor to keep the values under
    #[arg(long, value_name = "FACTOR")]
    factor: Option<String>,
    /// The zone of the file's clock, where it does not say (Europe/London)
    #[arg(long, value_name = "ZONE")]
    tz: Option<String>,
    /// The first night to take
    #[arg(long, value_name = "DATE")]
    #[serde(skip)]
    since: Option<Night>,
    /// The last night to take
    #[arg(long, value_name = "DATE")]
    #[serde(skip)]
    until: Option<Night>,
    /// Which column is what: when=Timestamp, pain=Value
    #[arg(long, value_name = "WHAT=COLUMN")]
    map: Vec<String>,
    /// Only rows with this text in a column: FeatureName=Cramp
    #[arg(long = "where", value_name = "COLUMN=TEXT")]
    only: Vec<String>,
    /// Keep this mapping under a name, for --as
    #[arg(long, value_name = "NAME", requires = "map")]
    #[serde(skip)]
    save: Option<String>,
    /// It is mine, though it names another year of birth
    #[arg(long)]
    #[serde(skip)]
    mine: bool,
}

/// What stands first in a date.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Order {
    /// The day, as in 31/12/2026
    Dmy,
    /// The month, as in 12/31/2026
    Mdy,
}

impl Elsewhere {
    /// Whether what lies at `path` is read by a format rather than as files of a diary.
    pub(crate) fn reads(&self, path: &Path) -> bool {
        if self.format.is_some() || !self.map.is_empty() {
            return true;
        }
        let own = |name: &str| {
            let files = Table::ALL.into_iter().filter_map(Table::file);
            files
                .chain([MANIFEST])
                .any(|file| file.eq_ignore_ascii_case(name))
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_archive = name.to_ascii_lowercase().ends_with(".zip");
        if path.is_dir() {
            let names = std::fs::read_dir(path).into_iter().flatten().flatten();
            !names
                .into_iter()
                .any(|entry| own(&entry.file_name().to_string_lossy()))
        } else if is_archive {
            // of a broken one the reader of exports says what is wrong
            archive::names(path).is_some_and(|names| !names.iter().any(|name| own(last_part(name))))
        } else {
            !own(&name)
        }
    }

    /// The same, with what a mapping of the diary stands for where `--as` names one.
    pub(crate) fn resolved(&self, diary: &Diary) -> Elsewhere {
        let name = self.format.as_deref().unwrap_or_default();
        let mut mappings = diary.mappings.iter().rev();
        let saved = mappings
            .find(|mapping| mapping.name == name)
            .and_then(|mapping| serde_json::from_str::<Elsewhere>(&mapping.spec).ok());
        let Some(saved) = saved else {
            return self.clone();
        };
        Elsewhere {
            unit: self.unit.clone().or(saved.unit),
            factor: self.factor.clone().or(saved.factor),
            tz: self.tz.clone().or(saved.tz),
            map: saved.map,
            only: saved.only,
            format: None,
            ..self.clone()
        }
    }

    /// Whether a mapping is to be kept.
    pub(crate) fn saves(&self) -> bool {
        self.save.is_some()
    }

    /// The mapping to keep, where a name was given for it, under the number of the one it replaces or none (0).
    pub(crate) fn mapping(&self, diary: &Diary, now: DateTime<Utc>) -> Option<Mapping> {
        let name = self.save.clone()?;
        let spec = serde_json::to_string(self).ok()?;
        let before = diary.mappings.iter().find(|mapping| mapping.name == name);
        let id = before.map_or(0, |mapping| mapping.id);
        Some(Mapping::blank(id, name, spec, now))
    }

    /// What was asked, against what the diary knows of the person.
    pub(crate) fn wanted(&self, call: &Invocation<'_>, diary: &Diary) -> Result<Wanted, Failure> {
        let zone = self
            .tz
            .as_deref()
            .map(|name| Zone::named(name).ok_or_else(|| fail!(Words, "no-such-zone", name)));
        if let Some(name) = &self.format
            && !FORMATS.iter().any(|format| format.name() == name)
        {
            let formats = FORMATS.iter().map(|format| format.name());
            let saved = diary.mappings.iter().map(|mapping| mapping.name.as_str());
            let names: Vec<&str> = formats.chain(saved).collect();
            let names = names.join(" ");
            return Err(fail!(Words, "no-such-format", name, names));
        }
        let pairs = |given: &[String]| {
            let pair = |text: &String| match text.split_once('=') {
                Some((what, column)) => Ok((what.to_string(), column.to_string())),
                None => Err(fail!(Words, "no-pair", text)),
            };
            given.iter().map(pair).collect::<Result<Vec<_>, _>>()
        };
        let catalogue = Catalogue::of(diary);
        if let Some(name) = &self.factor
            && catalogue.find(name).is_none()
        {
            return Err(match catalogue.nearest(name) {
                Some(near) => fail!(Words, "no-such-factor-near", name, near),
                None => fail!(Words, "no-such-factor", name),
            });
        }
        Ok(Wanted {
            now: call.now.utc,
            catalogue,
            here: call.now.zone.clone(),
            zone: zone.transpose()?,
            format: self.format.clone(),
            entity: self.entity.clone(),
            unit: self.unit.clone(),
            order: self.date_order.map(|order| match order {
                Order::Dmy => DateOrder::DayFirst,
                Order::Mdy => DateOrder::MonthFirst,
            }),
            factor: self.factor.clone(),
            from: self.since,
            to: self.until,
            map: pairs(&self.map)?,
            only: pairs(&self.only)?,
            born: diary
                .facts_of("born")
                .last()
                .and_then(|f| f.value.parse().ok()),
            mine: self.mine,
        })
    }
}

/// Reads what lies at `path`, showing how far it is.
pub(crate) fn find<'w>(
    call: &mut Invocation<'_>,
    path: &Path,
    wanted: &'w Wanted,
) -> Result<Found<'w>, Failure> {
    // its own name says enough: a page must not show where it lies
    let name = path.file_name().unwrap_or(path.as_os_str());
    let name = name.to_string_lossy().into_owned();
    let what = t!(cli, "reading-file", file = &name);
    let unreadable = |stop| stopped(name.clone(), stop);
    let size = {
        let quick = Given::all(path, &Progress::new(&|| ())).map_err(unreadable)?;
        quick.iter().map(|given| given.size).sum::<u64>()
    };
    let steps = match size {
        LONG.. => 100,
        _ => 0,
    };
    let bar = |bar: &str, done, _| t!(cli, "reading-bar", bar, done);
    let found = call.watch_steps(&what, steps, bar, |tell| {
        let quiet: &dyn Fn() = &|| ();
        let progress = Progress::new(if steps == 0 { quiet } else { tell });
        let given = Given::all(path, &progress).map_err(unreadable)?;
        let found = elsewhere::find(&given, wanted, &progress);
        found.map_err(|Stopped { file, stop }| stopped(file, stop))
    })?;
    if found.recognised.is_empty() {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name()).collect();
        let names = names.join(" ");
        return Err(fail!(Cannot, "not-recognised", file = name, names));
    }
    Ok(found)
}

/// The name of a file without its folders.
fn last_part(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

fn stopped(file: String, stop: Stop) -> Failure {
    match stop.hint {
        Some(hint) => fail!(Words, "file-stopped-hint", file, why = stop.why, hint),
        None => fail!(Words, "file-stopped", file, why = stop.why),
    }
}

/// What was recognised, a line a format.
pub(crate) fn lines(recognised: &[Recognised]) -> Vec<String> {
    let line = |r: &Recognised| {
        let (file, format, rows) = (&r.file, r.format, r.rows);
        match r.sure {
            Sure::Certain => t!(cli, "recognised", file, format, rows),
            Sure::Likely => t!(cli, "recognised-likely", file, format, rows),
        }
    };
    recognised.iter().map(line).collect()
}
