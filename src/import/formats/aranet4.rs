//! Aranet4, as its app exports it: local times without a zone, in the order of day and month that the header states.
//!
//! Layout seen in exports of 2022 and 2023: `Time(dd/mm/yyyy),Carbon dioxide(ppm),Temperature(°C),…`, the numbers in
//! quotes and some empty, the clock of 12 or of 24 hours as the phone shows it, hours not padded.

use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::thermometer::{
    Columns, DAY_FIRST, Degrees, MONTH_FIRST, TimeText, in_brackets, read_rows,
};
use crate::import::wanted::{Stop, Wanted};

const YEAR_FIRST: &[&str] = &[
    "%Y/%m/%d %I:%M:%S %p",
    "%Y/%m/%d %I:%M %p",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
];

pub(super) struct Aranet4;

impl Format for Aranet4 {
    fn name(&self) -> &'static str {
        "aranet4"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        let cells = head.lines().next()?.split(',');
        let names: Vec<&str> = cells.map(|cell| cell.trim().trim_matches('"')).collect();
        columns(&names)?;
        let beside = ["Carbon dioxide", "Atmospheric pressure"];
        let its = |name: &&str| beside.iter().any(|beside| name.starts_with(beside));
        (given.kind == FileKind::Text && names.iter().any(its)).then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, _: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        read_rows(b',', columns, given, out)
    }
}

fn columns(names: &[&str]) -> Option<Columns> {
    let time = names.iter().position(|name| name.starts_with("Time"))?;
    let temperature = names
        .iter()
        .position(|name| name.starts_with("Temperature"));
    let order = in_brackets(names.get(time)?).map(str::to_lowercase);
    let order = order.as_deref().unwrap_or_default();
    let orders = [
        ("dd/mm/", DAY_FIRST),
        ("mm/dd/", MONTH_FIRST),
        ("yyyy/mm/", YEAR_FIRST),
    ];
    let forms = orders.iter().find(|(start, _)| order.starts_with(start));
    let unit = temperature.and_then(|at| in_brackets(names.get(at)?));
    Some(Columns {
        time,
        clock: None,
        form: forms.map_or(TimeText::Open, |(_, forms)| TimeText::Local(forms)),
        temperature,
        degrees: unit.and_then(Degrees::named),
        zone: None,
    })
}
