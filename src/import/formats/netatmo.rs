//! Netatmo, as its site exports a module: semicolons, seconds since 1970, the zone named in the header, no unit.
//!
//! Layout seen in exports of 2016 to 2022: two lines that say the home's name and where it stands, which many people
//! delete and which are passed over, then `Timestamp;"Timezone : Europe/Berlin";Temperature;Humidity;…`. A module
//! without a temperature (rain, wind) is refused.

use crate::diary::Zone;
use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::thermometer::{Columns, TimeText, read_rows};
use crate::import::wanted::{Stop, Wanted};

pub(super) struct Netatmo;

impl Format for Netatmo {
    fn name(&self) -> &'static str {
        "netatmo"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        let header = |line: &str| {
            let cells = line.split(';').map(|cell| cell.trim().trim_matches('"'));
            columns(&cells.collect::<Vec<_>>()).is_some()
        };
        let found = given.kind == FileKind::Text && head.lines().take(3).any(header);
        found.then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, _: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        read_rows(b';', columns, given, out)
    }
}

fn columns(names: &[&str]) -> Option<Columns> {
    let time = names.iter().position(|name| *name == "Timestamp")?;
    let zone = names
        .iter()
        .find_map(|name| name.strip_prefix("Timezone"))?;
    let zone = zone.trim_start_matches([' ', ':']).trim();
    Some(Columns {
        time,
        clock: None,
        form: TimeText::Seconds,
        temperature: names.iter().position(|name| *name == "Temperature"),
        degrees: None,
        zone: Zone::named(zone),
    })
}
