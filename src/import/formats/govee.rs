//! Thermometers of Govee, as their app exports them: local times without a zone.
//!
//! Layout seen in exports of 2019, 2025 and 2026: a header `Timestamp for sample frequency every 15 min min,
//! Temperature_Celsius,Relative_Humidity` whose first name varies, after a byte-order mark or not.

use chrono::NaiveDateTime;

use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::thermometer::{Degrees, Table};
use crate::import::wanted::{Stop, Wanted};

pub(super) struct Govee;

impl Format for Govee {
    fn name(&self) -> &'static str {
        "govee"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        let header = head.lines().next()?;
        let is = given.kind == FileKind::Text
            && header.starts_with("Timestamp")
            && (header.contains("Temperature_Celsius,")
                || header.contains("Temperature_Fahrenheit,"));
        is.then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        let table = Table {
            delimiter: b',',
            header: |names| {
                names
                    .first()
                    .is_some_and(|name| name.starts_with("Timestamp"))
            },
            time: |names| names.iter().position(|name| name.starts_with("Timestamp")),
            temperature: |names| {
                names.iter().enumerate().find_map(|(at, name)| match *name {
                    "Temperature_Celsius" => Some((at, Degrees::Celsius)),
                    "Temperature_Fahrenheit" => Some((at, Degrees::Fahrenheit)),
                    _ => None,
                })
            },
        };
        table.read(given, out, |_, said| {
            let local = NaiveDateTime::parse_from_str(said, "%Y-%m-%d %H:%M:%S").ok()?;
            Some(wanted.local(local).map(|(moment, _)| moment))
        })
    }
}
