//! Thermometers of ThermoPro, as their app exports them: local times without a zone, dates of which nothing says whether the
//! day or the month stands first.
//!
//! No file of one was at hand: the layout is that which programs that read such files expect (2025). The file is called
//! `ThermoProSensor_export_PLACE_….csv`, a line says what it is, then come a header and columns for the date, the clock, the
//! temperature and the humidity, with a byte-order mark before either line or none. The place is not kept.

use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::thermometer::{Columns, Degrees, TimeText, in_brackets, read_rows};
use crate::import::wanted::{Stop, Wanted};

pub(super) struct ThermoPro;

/// What its files are called.
const NAME: &str = "ThermoProSensor_export";

impl Format for ThermoPro {
    fn name(&self) -> &'static str {
        "thermopro"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        let header =
            |line: &str| columns(&line.split(',').map(str::trim).collect::<Vec<_>>()).is_some();
        let has_header = head.lines().take(3).any(header);
        match (given.kind, given.file_name().starts_with(NAME)) {
            (FileKind::Text, true) => Some(Sure::Certain),
            (FileKind::Text, false) if has_header => Some(Sure::Likely),
            _ => None,
        }
    }

    fn read(&self, given: &Given, _: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        read_rows(b',', columns, given, out)
    }
}

fn columns(names: &[&str]) -> Option<Columns> {
    let plain = |name: &str| {
        let name = name.trim_start_matches('\u{feff}').trim_matches('"');
        name.to_lowercase()
    };
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let at = |start: &str| names.iter().position(|name| name.starts_with(start));
    let (date, clock, temperature) = (at("date")?, at("time")?, at("temperature")?);
    let name = names.get(temperature)?;
    let unit = in_brackets(name).or_else(|| name.strip_prefix("temperature_"));
    Some(Columns {
        time: date,
        clock: Some(clock),
        form: TimeText::Open,
        temperature: Some(temperature),
        degrees: unit.and_then(Degrees::named),
        zone: None,
    })
}
