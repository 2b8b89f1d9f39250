//! Apple Health, as the phone exports it: `export.xml`, alone or in its archive.
//!
//! Rests on the document type that stands in exports, on HealthKit's identifiers, and on exports of 2023 to 2026. A date
//! is written with the offset of the phone when it exported: the instant is right, the clock time and often the day are
//! not, so only the instant is taken and lived in the zone of the record, or of `--tz`, or of this computer. A record
//! within another stands again at the top, so only those at the top are read. Nothing else is kept.

use std::collections::HashMap;
use std::io::{self, BufRead, Read};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::diary::{Zone, unit};
use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::nightly::effort::{EXERCISE, STEPS};
use crate::import::nightly::sleep::Stage;
use crate::import::row::decimal;
use crate::import::wanted::{Stop, Wanted};

pub(super) struct AppleHealth;

/// One element of an honest export is shorter than this, bytes.
const LONGEST: usize = 4 * 1024 * 1024;
/// Elements within elements.
const DEEPEST: usize = 64;

impl Format for AppleHealth {
    fn name(&self) -> &'static str {
        "apple-health"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        // it may stand behind a document type; the other XML of an archive names another root
        let is = given.kind == FileKind::Xml && head.contains("<HealthData");
        is.then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        given.stream(|from| {
            let mut reading = Reading {
                wanted,
                zones: HashMap::new(),
                pending: None,
                line: 1,
                root: false,
            };
            reading.all(from, out)
        })
    }
}

/// What a record is taken for.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Sleep,
    Workout,
    /// A factor, and the unit of its amounts.
    Amount(&'static str, &'static str),
}

/// A record that is not read to its end.
#[derive(Debug)]
struct Record {
    kind: Kind,
    line: u64,
    source: u16,
    span: Option<(DateTime<Utc>, DateTime<Utc>)>,
    said: String,
    unit: Option<String>,
    zone: Option<Zone>,
}

struct Reading<'w> {
    wanted: &'w Wanted,
    zones: HashMap<String, Option<Zone>>,
    pending: Option<Record>,
    /// The line of the file on which the element being read begins.
    line: u64,
    /// The root was met.
    root: bool,
}

impl Reading<'_> {
    fn all(&mut self, from: &mut dyn BufRead, out: &mut Gathered<'_>) -> Result<(), Stop> {
        let mut xml = Reader::from_reader(Bounded {
            from,
            left: LONGEST,
            line: 1,
        });
        let mut buffer = Vec::new();
        let mut depth = 0;
        loop {
            buffer.clear();
            xml.get_mut().left = LONGEST;
            // text before an element is an event of its own
            self.line = xml.get_ref().line;
            match xml.read_event_into(&mut buffer).map_err(broken)? {
                Event::Start(element) => {
                    self.element(depth, &element, out)?;
                    depth += 1;
                    if depth > DEEPEST {
                        return Err(Stop::new("its elements stand too deep in one another"));
                    }
                }
                Event::Empty(element) => {
                    self.element(depth, &element, out)?;
                    if depth == 1 {
                        self.finish(out);
                    }
                }
                Event::End(_) => {
                    depth -= 1;
                    if depth == 1 {
                        self.finish(out);
                    }
                }
                Event::DocType(text) if text.contains("<!ENTITY") => {
                    return Err(Stop::new(
                        "it declares entities, which no export of a phone does",
                    ));
                }
                Event::Eof if depth > 0 || !self.root => return Err(cut_off()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// An element begins at a depth; the root stands at 0.
    fn element(
        &mut self,
        depth: usize,
        element: &BytesStart<'_>,
        out: &mut Gathered<'_>,
    ) -> Result<(), Stop> {
        match (depth, element.name().as_ref()) {
            (0, "HealthData") => self.root = true,
            (0, other) => {
                let other = other.to_string();
                return Err(Stop::new(format!(
                    "it is {other}, not data of Apple Health"
                )));
            }
            (1, "Record") => {
                out.rows += 1;
                let named = attribute(element, "type")?;
                if let Some(kind) = named.and_then(|name| kind(&name, self.wanted)) {
                    self.pending = Some(record(kind, self.line, element, out)?);
                }
            }
            (1, "Workout") => {
                out.rows += 1;
                self.pending = Some(record(Kind::Workout, self.line, element, out)?);
            }
            (1, "Me") => self.theirs(element)?,
            (1, "ExportDate") => {
                let said = attribute(element, "value")?;
                out.exported = said.as_deref().and_then(instant).or(out.exported);
            }
            (2, "MetadataEntry") => {
                if let Some(pending) = &mut self.pending
                    && attribute(element, "key")?.as_deref() == Some("HKTimeZone")
                    && let Some(name) = attribute(element, "value")?
                {
                    let zones = &mut self.zones;
                    let known = zones.entry(name);
                    let named = known.or_insert_with_key(|name| Zone::named(name));
                    pending.zone = named.clone();
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether the export is of the person the diary is of, as far as the years of birth show.
    fn theirs(&self, element: &BytesStart<'_>) -> Result<(), Stop> {
        let said = attribute(element, "HKCharacteristicTypeIdentifierDateOfBirth")?;
        let born = said.and_then(|said| said.parse::<NaiveDate>().ok());
        match (self.wanted.born, born) {
            (Some(own), Some(born)) if own != born.year() && !self.wanted.mine => {
                let year = born.year();
                Err(Stop::with(
                    format!(
                        "it is of someone born in {year}, and this diary of someone born in {own}"
                    ),
                    "if it is yours all the same: --mine",
                ))
            }
            _ => Ok(()),
        }
    }

    fn finish(&mut self, out: &mut Gathered<'_>) {
        let Some(record) = self.pending.take() else {
            return;
        };
        let Record {
            kind, line, source, ..
        } = record;
        let Some(span) = record.span else {
            return out.refuse(line, "startDate", &record.said, "not two times");
        };
        if span.0 > self.wanted.now {
            return out.refuse(
                line,
                "startDate",
                &span.0.to_string(),
                "it lies in the future",
            );
        }
        let zone = record.zone.as_ref().unwrap_or(self.wanted.lived_in());
        let taken = match kind {
            Kind::Workout => out.effort.bout(zone, span),
            Kind::Sleep => match stage(&record.said) {
                Some(stage) => out.sleep.take(source, zone, span, stage),
                None => Ok(()),
            },
            Kind::Amount(factor, target) => match (decimal(&record.said), record.unit.as_deref()) {
                (Err(reason), _) => Err(reason),
                (_, None) => Err("it has no unit"),
                (Ok(amount), Some(unit)) => match convert(amount, unit, target) {
                    Some(amount) => out.effort.add(factor, source, zone, span, amount),
                    None => Err("not in a unit that is known for it"),
                },
            },
        };
        if let Err(reason) = taken {
            let said = [
                record.said.as_str(),
                record.unit.as_deref().unwrap_or_default(),
            ];
            out.refuse(line, "value", said.join(" ").trim(), reason);
        }
    }
}

fn kind(name: &str, wanted: &Wanted) -> Option<Kind> {
    let name = name.strip_prefix("HK")?;
    let asked = wanted.factor.as_deref();
    match name {
        "CategoryTypeIdentifierSleepAnalysis" => Some(Kind::Sleep),
        "QuantityTypeIdentifierAppleExerciseTime" => Some(Kind::Amount(EXERCISE, "min")),
        "QuantityTypeIdentifierStepCount" => Some(Kind::Amount(STEPS, "count")),
        "QuantityTypeIdentifierDietaryWater" => Some(Kind::Amount("fluid", "ml")),
        // what was eaten is no supplement, unless the person says that it is
        "QuantityTypeIdentifierDietaryMagnesium" if asked == Some("magnesium") => {
            Some(Kind::Amount("magnesium", "mg"))
        }
        "QuantityTypeIdentifierDietaryCalcium" if asked == Some("calcium") => {
            Some(Kind::Amount("calcium", "mg"))
        }
        "QuantityTypeIdentifierDietaryPotassium" if asked == Some("potassium") => {
            Some(Kind::Amount("potassium", "mg"))
        }
        _ => None,
    }
}

fn stage(said: &str) -> Option<Stage> {
    match said.strip_prefix("HKCategoryValueSleepAnalysis")? {
        "InBed" => Some(Stage::InBed),
        "Awake" => Some(Stage::Awake),
        "Asleep" | "AsleepUnspecified" => Some(Stage::Asleep),
        "AsleepCore" | "AsleepDeep" | "AsleepREM" => Some(Stage::Staged),
        _ => None,
    }
}

/// An amount in another unit, by the unit that is stated.
fn convert(amount: f64, said: &str, target: &str) -> Option<f64> {
    if said == target {
        return Some(amount);
    }
    let said = match said {
        "mcg" => "ug".to_string(),
        "hr" => "h".to_string(),
        // a unit with a prefix that the diary does not know is refused there
        other => other.to_lowercase(),
    };
    let quantity = unit::Quantity {
        number: amount,
        unit: Some(said),
        typed: String::new(),
    };
    quantity.to(target, None).ok()
}

fn record(
    kind: Kind,
    line: u64,
    element: &BytesStart<'_>,
    out: &mut Gathered<'_>,
) -> Result<Record, Stop> {
    let mut record = Record {
        kind,
        line,
        source: 0,
        span: None,
        said: String::new(),
        unit: None,
        zone: None,
    };
    let (mut from, mut to) = (None, None);
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| broken(error.into()))?;
        let value = &attribute.value;
        match attribute.key.as_ref() {
            "sourceName" => record.source = out.number_of(value),
            "startDate" => from = instant(value),
            "endDate" => to = instant(value),
            "value" => record.said = value.to_string(),
            "unit" => record.unit = Some(value.to_string()),
            _ => {}
        }
    }
    record.span = from.zip(to);
    Ok(record)
}

/// The raw text of an attribute: entities in it are never read.
fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, Stop> {
    let found = element.try_get_attribute(name);
    let found = found.map_err(|error| broken(error.into()))?;
    Ok(found.map(|attribute| attribute.value.into_owned()))
}

fn instant(said: &str) -> Option<DateTime<Utc>> {
    let at = DateTime::parse_from_str(said, "%Y-%m-%d %H:%M:%S %z").ok()?;
    Some(at.to_utc())
}

fn broken(error: quick_xml::Error) -> Stop {
    match error {
        quick_xml::Error::Io(error) => Stop::new(error.to_string()),
        _ => cut_off(),
    }
}

fn cut_off() -> Stop {
    Stop::with("it is damaged or was cut off on its way", "export it again")
}

/// Bytes of which one element takes no more than is left.
struct Bounded<'r> {
    from: &'r mut dyn BufRead,
    left: usize,
    /// The line that what comes next stands on.
    line: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.from.read(into)
    }
}

impl BufRead for Bounded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.left {
            0 => Err(io::Error::other(
                "one of its elements is longer than any export has",
            )),
            _ => self.from.fill_buf(),
        }
    }

    fn consume(&mut self, n: usize) {
        self.left = self.left.saturating_sub(n);
        // what is consumed was filled before, so this reads nothing
        let filled = self.from.fill_buf().unwrap_or_default();
        self.line += ends_of_line(filled.get(..n).unwrap_or(filled));
        self.from.consume(n);
    }
}

/// How many lines end in these bytes. Counted in pieces that fit a byte, of which the processor adds many at a time.
fn ends_of_line(bytes: &[u8]) -> u64 {
    let of_piece = |piece: &[u8]| piece.iter().map(|b| u8::from(*b == b'\n')).sum::<u8>();
    bytes
        .chunks(255)
        .map(|piece| u64::from(of_piece(piece)))
        .sum()
}
