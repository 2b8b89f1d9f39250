//! `cramp import` of what another program wrote: it says what it recognised, and then does the same as with a diary's own
//! files.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::table::MANIFEST;
use crate::diary::{Diary, Night, Table, Zone};
use crate::import::elsewhere::{self, Found, Recognised};
use crate::import::format::Sure;
use crate::import::formats::FORMATS;
use crate::import::given::Given;
use crate::import::wanted::Wanted;
use crate::words::t;

/// How to read what another program wrote.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Elsewhere {
    /// What the file is, where it is not recognised or two formats fit
    #[arg(long = "as", value_name = "FORMAT")]
    format: Option<String>,
    /// The one sensor to read, where a file holds several
    #[arg(long, value_name = "NAME")]
    entity: Option<String>,
    /// The factor to keep the values under
    #[arg(long, value_name = "FACTOR")]
    factor: Option<String>,
    /// The zone of the file's clock, where it does not say (Europe/London)
    #[arg(long, value_name = "ZONE")]
    tz: Option<String>,
    /// The first night to take
    #[arg(long, value_name = "DATE")]
    since: Option<Night>,
    /// The last night to take
    #[arg(long, value_name = "DATE")]
    until: Option<Night>,
    /// Which column is what: when=Timestamp, pain=Value
    #[arg(long, value_name = "WHAT=COLUMN")]
    map: Vec<String>,
    /// Only rows with this text in a column: FeatureName=Cramp
    #[arg(long = "where", value_name = "COLUMN=TEXT")]
    only: Vec<String>,
    /// It is mine, though it names another year of birth
    #[arg(long)]
    mine: bool,
}

impl Elsewhere {
    /// Whether what lies at `path` is read by a format rather than as files of a diary.
    pub(crate) fn reads(&self, path: &Path) -> bool {
        if self.format.is_some() || !self.map.is_empty() {
            return true;
        }
        let files = Table::ALL.into_iter().filter_map(Table::file);
        let mut own = files.chain([MANIFEST]);
        match path.is_dir() {
            true => !own.any(|name| path.join(name).exists()),
            false => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                !own.any(|file| file.eq_ignore_ascii_case(&name))
            }
        }
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
            let names: Vec<&str> = FORMATS.iter().map(|format| format.name()).collect();
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
        Ok(Wanted {
            now: call.now.utc,
            here: call.now.zone.clone(),
            zone: zone.transpose()?,
            format: self.format.clone(),
            entity: self.entity.clone(),
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
    let what = t!(cli, "reading-file", file = path.display());
    let found = call.watch(&what, || {
        let read = Rc::new(Cell::new(0));
        let given = Given::all(path, &read).map_err(|stop| (path.display().to_string(), stop))?;
        elsewhere::find(&given, wanted).map_err(|stopped| (stopped.file, stopped.stop))
    });
    let found = found.map_err(|(file, stop)| match stop.hint {
        Some(hint) => fail!(Words, "file-stopped-hint", file, why = stop.why, hint),
        None => fail!(Words, "file-stopped", file, why = stop.why),
    })?;
    if found.recognised.is_empty() {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name()).collect();
        let (file, names) = (path.display(), names.join(" "));
        return Err(fail!(Cannot, "not-recognised", file, names));
    }
    Ok(found)
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
