//! The columns a study may be given: the whole list of what can leave. A column that is not here does not exist.

use std::borrow::Cow;

use crate::diary::factor::FactorDef;
use crate::diary::vocabulary::{
    Certainty, FactorKind, MedicineClass, Nutrient, Period, Relief, Side, Site,
};
use crate::diary::word::Word;
use crate::words::t;

/// What stands in a column, in the words of Frictionless Table Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Type {
    String,
    Integer,
    Number,
    Date,
    Datetime,
    Time,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) name: Cow<'static, str>,
    pub(crate) kind: Type,
    pub(crate) unit: Option<Cow<'static, str>>,
    /// The least and the most a number may be.
    pub(crate) range: Option<(f64, f64)>,
    /// The words of a closed set.
    pub(crate) words: Vec<Cow<'static, str>>,
    /// Several of them may stand in a cell, with `;` between.
    pub(crate) several: bool,
    /// A number that is 1 for yes and 0 for no.
    pub(crate) is_yes_no: bool,
    /// It is never empty.
    pub(crate) needed: bool,
    pub(crate) says: Cow<'static, str>,
}

impl Column {
    fn new(name: &'static str, kind: Type, says: &'static str) -> Column {
        Column {
            name: name.into(),
            kind,
            unit: None,
            range: None,
            words: Vec::new(),
            several: false,
            is_yes_no: false,
            needed: false,
            says: says.into(),
        }
    }

    fn needed(self) -> Column {
        Column {
            needed: true,
            ..self
        }
    }

    fn unit(self, unit: &'static str) -> Column {
        Column {
            unit: Some(unit.into()),
            ..self
        }
    }

    fn range(self, least: f64, most: f64) -> Column {
        Column {
            range: Some((least, most)),
            ..self
        }
    }

    fn yes_no(self) -> Column {
        Column {
            is_yes_no: true,
            ..self.range(0.0, 1.0)
        }
    }

    /// A word of this set, or of those named before it.
    fn word<W: Word>(mut self) -> Column {
        self.words.extend(W::ALL.iter().map(|w| w.word().into()));
        self
    }

    fn several(self) -> Column {
        Column {
            several: true,
            ..self
        }
    }

    /// A built-in factor. The person's own are never a column: their names are theirs.
    fn of_factor(factor: &FactorDef) -> Column {
        let kind = match factor.kind {
            FactorKind::YesNo | FactorKind::Scale => Type::Integer,
            FactorKind::Number => Type::Number,
            FactorKind::Choice => Type::String,
        };
        Column {
            name: factor.factor.replace('-', "_").into(),
            kind,
            unit: factor.unit.clone(),
            range: factor.min.zip(factor.max),
            words: factor.choices.clone(),
            several: false,
            is_yes_no: factor.kind == FactorKind::YesNo,
            needed: false,
            says: factor.label.clone(),
        }
    }
}

/// The columns that both tables begin with.
fn key() -> Vec<Column> {
    use Type::{Date, Integer, String};
    vec![
        Column::new("record_id", String, t!(research, "record-id")).needed(),
        Column::new("night", Integer, t!(research, "night")).needed(),
        Column::new("night_date", Date, t!(research, "night-date")),
    ]
}

/// `nights.csv`: every night from the first to the last, recorded or not.
pub(crate) fn nights<'f>(factors: impl Iterator<Item = &'f FactorDef>) -> Vec<Column> {
    use Type::{Integer, String};
    let own = vec![
        Column::new("weekend", Integer, t!(research, "weekend"))
            .yes_no()
            .needed(),
        Column::new("age_band", String, t!(research, "age-band")),
        Column::new("any_cramp", Integer, t!(research, "any-cramp")).yes_no(),
        Column::new("cramps", Integer, t!(research, "cramps")).range(0.0, 1e4),
        Column::new("excluded", Integer, t!(research, "excluded"))
            .yes_no()
            .needed(),
        Column::new("in_bed_min", Integer, t!(research, "in-bed"))
            .unit("min")
            .range(0.0, 2_880.0),
        Column::new("asleep_min", Type::Number, t!(research, "asleep"))
            .unit("min")
            .range(0.0, 1_440.0),
        Column::new("sleep_quality", Integer, t!(research, "sleep-quality")).range(0.0, 10.0),
        Column::new(
            "sleep_disturbance",
            Integer,
            t!(research, "sleep-disturbance"),
        )
        .range(0.0, 10.0),
        Column::new("sleep_lost_min", Integer, t!(research, "sleep-lost"))
            .unit("min")
            .range(0.0, 1_440.0),
        Column::new("room_by_device", Integer, t!(research, "room-by-device")).yes_no(),
        Column::new("taken", String, t!(research, "taken"))
            .word::<MedicineClass>()
            .word::<Nutrient>()
            .several(),
    ];
    let factors = factors.map(Column::of_factor);
    key().into_iter().chain(own).chain(factors).collect()
}

/// `cramps.csv`: every cramp.
pub(crate) fn cramps() -> Vec<Column> {
    use Type::{Datetime, Integer, Number, String, Time};
    let own = vec![
        Column::new("cramp", Integer, t!(research, "cramp")).needed(),
        Column::new("period", String, t!(research, "period"))
            .word::<Period>()
            .needed(),
        Column::new("cramp_start", Datetime, t!(research, "cramp-start")),
        Column::new("cramp_end", Datetime, t!(research, "cramp-end")),
        Column::new("cramp_clock", Time, t!(research, "cramp-clock")),
        Column::new("time_certainty", String, t!(research, "time-certainty"))
            .word::<Certainty>()
            .needed(),
        Column::new("tz_offset_min", Integer, t!(research, "tz-offset"))
            .unit("min")
            .range(-1_440.0, 1_440.0),
        Column::new("cramp_pain", Number, t!(research, "pain")).range(0.0, 10.0),
        Column::new("cramp_site", String, t!(research, "site")).word::<Site>(),
        Column::new("cramp_side", String, t!(research, "side")).word::<Side>(),
        Column::new("duration_s", Integer, t!(research, "duration")).unit("s"),
        Column::new("duration_max_s", Integer, t!(research, "duration-max")).unit("s"),
        Column::new("woke", Integer, t!(research, "woke")).yes_no(),
        Column::new("knot", Integer, t!(research, "knot")).yes_no(),
        Column::new("relief", String, t!(research, "relief"))
            .word::<Relief>()
            .several(),
        Column::new("eased_after_s", Integer, t!(research, "relief-after")).unit("s"),
    ];
    key().into_iter().chain(own).collect()
}
