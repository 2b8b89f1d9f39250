//! Thermometers of SwitchBot, as their app exports them: local times without a zone.
//!
//! Layout seen in exports up to 2026: every cell in quotes, a header `"Timestamp","Temperature_Celsius(°C)",
//! "Relative_Humidity(%)",…` after a byte-order mark or not, `Temperature_Fahrenheit(°F)` when the app shows that.

use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::thermometer::{Columns, Degrees, TimeText, read_rows};
use crate::import::wanted::{Stop, Wanted};

pub(super) struct SwitchBot;

impl Format for SwitchBot {
    fn name(&self) -> &'static str {
        "switchbot"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        let cells = head.lines().next()?.split(',');
        let names: Vec<&str> = cells.map(|cell| cell.trim().trim_matches('"')).collect();
        let found = columns(&names)?;
        (given.kind == FileKind::Text && found.temperature.is_some()).then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, _: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        read_rows(b',', columns, given, out)
    }
}

fn columns(names: &[&str]) -> Option<Columns> {
    let units = [
        ("Temperature_Celsius(°C)", Degrees::Celsius),
        ("Temperature_Fahrenheit(°F)", Degrees::Fahrenheit),
    ];
    let at = |name: &str| names.iter().position(|n| *n == name);
    let mut found = units
        .iter()
        .filter_map(|(name, unit)| Some((at(name)?, *unit)));
    let temperature = found.next();
    Some(Columns {
        time: at("Timestamp")?,
        clock: None,
        form: TimeText::Local(&["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]),
        temperature: temperature.map(|(at, _)| at),
        degrees: temperature.map(|(_, unit)| unit),
        zone: None,
    })
}
