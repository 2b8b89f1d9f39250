//! Thermometers of Govee, as their app exports them: local times without a zone.
//!
//! Layout seen in exports of 2019, 2025 and 2026: a header `Timestamp for sample frequency every 15 min min,
//! Temperature_Celsius,Relative_Humidity` whose first name varies, after a byte-order mark or not; some models put
//! other columns between.

use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::thermometer::{Columns, Degrees, TimeText, read_rows};
use crate::import::wanted::{Stop, Wanted};

pub(super) struct Govee;

impl Format for Govee {
    fn name(&self) -> &'static str {
        "govee"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        let names: Vec<&str> = head.lines().next()?.split(',').map(str::trim).collect();
        let found = columns(&names)?;
        (given.kind == FileKind::Text && found.temperature.is_some()).then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, _: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        read_rows(b',', columns, given, out)
    }
}

fn columns(names: &[&str]) -> Option<Columns> {
    let time = names
        .iter()
        .position(|name| name.starts_with("Timestamp"))?;
    let temperature = names.iter().position(|n| n.starts_with("Temperature_"));
    let unit = temperature.and_then(|at| names.get(at)?.strip_prefix("Temperature_"));
    // with the sign of the unit behind the name it is of another maker
    let degrees = unit.and_then(Degrees::named);
    Some(Columns {
        time,
        clock: None,
        form: TimeText::Local(&["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]),
        temperature: temperature.filter(|_| degrees.is_some()),
        degrees,
        zone: None,
    })
}
