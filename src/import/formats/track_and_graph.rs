//! Track & Graph: one row a point, of any feature the person made up.
//!
//! Layout of its own tests: `FeatureName,Timestamp,Value,Label,Note` (older files have no `Label`), ISO times with their
//! offset, durations `h:mm:ss`. What a feature means only its name says: one with "cramp" in it is cramps, one called
//! like a factor is that factor, and the others are left alone.

use std::collections::{BTreeSet, HashMap};

use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::meaning::{Meaning, meaning};
use crate::import::row::decimal;
use crate::import::table::{each_row, names};
use crate::import::wanted::{Stop, Wanted};
use crate::import::when::{iso, minutes};

pub(super) struct TrackAndGraph;

impl Format for TrackAndGraph {
    fn name(&self) -> &'static str {
        "track-and-graph"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let names = names(given);
        let is = given.kind == FileKind::Text
            && ["FeatureName", "Timestamp", "Value"]
                .iter()
                .all(|name| names.iter().any(|n| n == name));
        is.then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut unknown: BTreeSet<String> = BTreeSet::new();
        each_row(
            given,
            &["FeatureName", "Timestamp", "Value"],
            out,
            |row, out| {
                let feature = row.get("FeatureName");
                let meaning = meaning(feature, &wanted.catalogue);
                if meaning == Meaning::Unknown {
                    unknown.insert(feature.to_string());
                    return Ok(());
                }
                let said = row.get("Timestamp");
                let Some((at, certainty)) = iso(said, wanted)? else {
                    out.refuse(row.line, "Timestamp", said, "not a time");
                    return Ok(());
                };
                // two equal rows may be two points
                let count = seen.entry(format!("{feature} {said}")).or_default();
                *count += 1;
                let key = match count {
                    1 => at.rfc3339(),
                    n => format!("{} {n}", at.rfc3339()),
                };
                match meaning {
                    Meaning::Cramp => {
                        let words = crate::diary::typed::split(row.get("Label"));
                        out.cramp(row.line, key, (at, certainty), words);
                    }
                    Meaning::Factor(def) => {
                        let value = row.get("Value");
                        let number = match decimal(value).ok().or_else(|| minutes(value)) {
                            // a duration is minutes here
                            Some(number)
                                if value.contains(':') && def.unit.as_deref() == Some("h") =>
                            {
                                Some(number / 60.0)
                            }
                            other => other,
                        };
                        match number {
                            Some(number) => out.value(row.line, &def.factor, &at, number, &key),
                            None => out.refuse(row.line, "Value", value, "not a number"),
                        }
                    }
                    Meaning::Unknown => {}
                }
                Ok(())
            },
        )?;
        out.left_alone(&unknown);
        Ok(())
    }
}
