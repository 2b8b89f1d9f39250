//! Any CSV file, read as the person said: which column is the time, and which the pain, a value, or words.

use crate::diary::Moment;
use crate::diary::vocabulary::Certainty;
use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::row::{decimal, iso_date};
use crate::import::table::each_row;
use crate::import::wanted::{Stop, Wanted};
use crate::import::when::{iso, minutes};

pub(super) struct Mapped;

/// What a column may be, and the field of a cramp it fills; `when`, `key`, `words` and `value` are no fields.
const FIELDS: [(&str, &str); 4] = [
    ("pain", "severity"),
    ("duration", "duration"),
    ("side", "side"),
    ("site", "site"),
];
const OTHERS: [&str; 4] = ["when", "key", "words", "value"];

impl Format for Mapped {
    fn name(&self) -> &'static str {
        "csv"
    }

    /// Only a mapping makes a file one of these.
    fn recognise(&self, given: &Given) -> Option<Sure> {
        (given.kind == FileKind::Text).then_some(Sure::Likely)
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        let column = |what: &str| {
            let mut map = wanted.map.iter();
            map.find(|(of, _)| of == what)
                .map(|(_, column)| column.as_str())
        };
        let known = |what: &str| FIELDS.iter().any(|(w, _)| *w == what) || OTHERS.contains(&what);
        if let Some((what, _)) = wanted.map.iter().find(|(what, _)| !known(what)) {
            let all = "when key words value pain duration side site";
            return Err(Stop::with(
                format!("a column cannot be '{what}'"),
                format!("it can be {all}"),
            ));
        }
        let when = column("when").ok_or_else(|| {
            Stop::with(
                "no column is said to be the time",
                "say which: --map when=COLUMN",
            )
        })?;
        let factor = match (column("value"), &wanted.factor) {
            (None, _) => None,
            (Some(column), Some(name)) => {
                let def = wanted.catalogue.find(name);
                Some((column, def.ok_or_else(|| unknown_factor(name))?))
            }
            (Some(_), None) => {
                return Err(Stop::with(
                    "it is not said what the values are of",
                    "name the factor: --factor room",
                ));
            }
        };
        let columns = wanted.map.iter().chain(&wanted.only);
        let needed: Vec<&str> = columns
            .map(
                |(of, column)| match wanted.only.iter().any(|(c, _)| c == of) {
                    true => of.as_str(),
                    false => column.as_str(),
                },
            )
            .collect();
        each_row(given, &needed, out, |row, out| {
            if wanted
                .only
                .iter()
                .any(|(column, text)| row.get(column) != text)
            {
                return Ok(());
            }
            let said = row.get(when);
            let Some((at, certainty)) = time(said, wanted)? else {
                out.refuse(
                    row.line,
                    when,
                    said,
                    "not a time; it is written 2026-03-04 03:10",
                );
                return Ok(());
            };
            let key = column("key").map(|column| row.get(column).to_string());
            let key = key
                .filter(|key| !key.is_empty())
                .unwrap_or_else(|| at.rfc3339());
            if let Some((column, def)) = factor {
                let value = row.get(column);
                match decimal(value).ok().or_else(|| minutes(value)) {
                    Some(number) => out.value(row.line, &def.factor, &at, number, &key),
                    None if value.is_empty() => {}
                    None => out.refuse(row.line, column, value, "not a number"),
                }
                return Ok(());
            }
            let mut words = column("words").map_or_else(Vec::new, |column| {
                crate::diary::typed::split(row.get(column))
            });
            for (what, field) in FIELDS {
                let value = column(what)
                    .map(|column| row.get(column))
                    .unwrap_or_default();
                if !value.is_empty() {
                    words.push(format!("{field}={value}"));
                }
            }
            out.cramp(row.line, key, (at, certainty), words);
            Ok(())
        })
    }
}

/// A time, or a day, which stands for its night.
fn time(said: &str, wanted: &Wanted) -> Result<Option<(Moment, Certainty)>, Stop> {
    match iso_date(said).and_then(|date| date.and_hms_opt(23, 59, 0)) {
        Some(local) => Ok(Some((
            wanted.lived_in().resolve(local, wanted.now).0,
            Certainty::Unknown,
        ))),
        None => iso(said, wanted),
    }
}

fn unknown_factor(name: &str) -> Stop {
    Stop::with(
        format!("no factor is called {name}"),
        "cramp factors lists them; cramp factors add makes one",
    )
}
