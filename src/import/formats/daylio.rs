//! Daylio: one row an entry of its mood diary, with the activities that were ticked.
//!
//! Layout of many exports: `full_date,date,weekday,time,mood,activities,note_title,note`, newer ones with `scales`; ISO
//! `full_date`, clock times of 12 or 24 hours without a zone, activities between ` | `. An activity with "cramp" in it is
//! a cramp at the time of its entry; one called like a yes-no factor is a yes. What was not ticked says nothing.

use std::collections::BTreeSet;

use crate::diary::vocabulary::{Certainty, FactorKind};
use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::meaning::{Meaning, meaning};
use crate::import::table::{each_row, names};
use crate::import::wanted::{Stop, Wanted};
use crate::import::when::date_and_clock;

pub(super) struct Daylio;

impl Format for Daylio {
    fn name(&self) -> &'static str {
        "daylio"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let names = names(given);
        let is = given.kind == FileKind::Text
            && ["full_date", "time", "mood", "activities"]
                .iter()
                .all(|name| names.iter().any(|n| n == name));
        is.then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        let mut unknown: BTreeSet<String> = BTreeSet::new();
        each_row(
            given,
            &["full_date", "time", "activities"],
            out,
            |row, out| {
                let activities = row.get("activities");
                if activities.is_empty() {
                    return Ok(());
                }
                let (date, clock) = (row.get("full_date"), row.get("time"));
                let Some(local) = date_and_clock(date, clock) else {
                    let said = format!("{date} {clock}");
                    out.refuse(row.line, "full_date and time", &said, "not a time");
                    return Ok(());
                };
                let (at, certainty) = wanted.local(local)?;
                // an entry is written after what it tells of
                let certainty = match certainty {
                    Certainty::Exact => Certainty::About,
                    other => other,
                };
                for activity in activities.split('|').map(str::trim) {
                    let key = format!("{} {}", at.rfc3339(), activity.to_lowercase());
                    match meaning(activity, &wanted.catalogue) {
                        Meaning::Cramp => {
                            let words = crate::diary::typed::split(activity);
                            out.cramp(row.line, key, (at.clone(), certainty), words);
                        }
                        Meaning::Factor(def) if def.kind == FactorKind::YesNo => {
                            out.value(row.line, &def.factor, &at, 1.0, &key);
                        }
                        _ if activity.is_empty() => {}
                        _ => {
                            unknown.insert(activity.to_string());
                        }
                    }
                }
                Ok(())
            },
        )?;
        out.left_alone(&unknown);
        Ok(())
    }
}
