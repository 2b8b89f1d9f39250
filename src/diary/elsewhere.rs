//! What came from elsewhere: values a device or another app gave for a night, and how a file of another program is read;
//! and what of the diary was handed out.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::diary::kept::record;
use crate::diary::moment::{Night, Source};
use crate::diary::record::{ContextValue, Value};
use crate::diary::table::Limit::{Name, Real, Whole};
use crate::diary::table::{beyond, csv, layout};
use crate::diary::vocabulary::Origin;

/// A reading counts when at least this share of the night or day was read.
pub(crate) const ENOUGH: f64 = 0.5;

/// Minutes after noon at which the person went to bed, and at which they got up.
pub(crate) const BED: &str = "bed";
pub(crate) const UP: &str = "up";
/// Minutes asleep.
pub(crate) const ASLEEP: &str = "asleep";

record! {
    /// What a device or another app said about a night. It stands beside the person's own value, which counts first.
    Reading, ReadingDraft,
    layout("reading", "readings", "night, factor, id").nightly()
        .csv("readings.csv", &["night", "factor", "source", "source_key"]),
    blank(
        id: i64, night: Night, factor: Arc<str>, source: String, source_key: String, value: f64,
        recorded_at: DateTime<Utc>
    ) => {
        id: i64 = id => beyond(),
        [needed] night: Night = night => csv(),
        /// A factor, or [`BED`], [`UP`], [`ASLEEP`].
        #[serde(serialize_with = "crate::diary::record::text")]
        [needed] factor: Arc<str> = factor => csv().limit(Name),
        /// The format it was read from, with a short hash of the sensor where there are several (`govee`).
        [needed] source: String = source => csv().limit(Name),
        /// The source's own key: with factor and source it finds the reading again.
        [needed] source_key: String = source_key => csv().limit(Name),
        [needed] value: f64 = value => csv().limit(Real(-1e300, 1e300)),
        unit: Option<String> => csv().limit(Name),
        /// The share of the time in bed, or of the day, that was read; unknown where the source does not say.
        coverage: Option<f64> => csv().limit(Real(0.0, 1.0)),
        recorded_at: DateTime<Utc> = recorded_at => csv(),
    }
}

record! {
    /// How a CSV file of another program is read, kept under a name.
    Mapping, MappingDraft,
    layout("mapping", "mappings", "id"),
    blank(id: i64, name: String, spec: String, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        [needed] name: String = name => beyond().limit(Name),
        /// The options it stands for, as they are typed.
        [needed] spec: String = spec => beyond().limit(Name),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// What was handed out to a study.
    Handover, HandoverDraft,
    layout("handover", "handovers", "id"),
    blank(id: i64, study: String, dates: String, nights: u32, sha256: String, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        /// The name of the study.
        [needed] study: String = study => beyond().limit(Name),
        /// How dates were written: `exact`, `shifted` or `day-number`.
        [needed] dates: String = dates => beyond().limit(Name),
        /// How many nights were in it.
        [needed] nights: u32 = nights => beyond().limit(Whole(0, 4_294_967_295)),
        /// SHA-256 of what was written, hexadecimal.
        [needed] sha256: String = sha256 => beyond().limit(Name),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

impl Reading {
    /// Whether enough of the night or day was read for it to count; a source that does not say read all of it.
    pub(crate) fn counts(&self) -> bool {
        self.coverage.is_none_or(|share| share >= ENOUGH)
    }

    /// The same as a value of its factor.
    pub(crate) fn as_value(&self) -> ContextValue {
        let source = Source {
            origin: Origin::Device,
            detail: Some(self.source.as_str().into()),
        };
        let value = Value::Number(self.value);
        ContextValue {
            unit: self.unit.as_deref().map(Arc::from),
            ..ContextValue::blank(
                self.night,
                self.factor.clone(),
                value,
                source,
                self.recorded_at,
            )
        }
    }
}
