//! The words and the things: nights, episodes, factors, doses, symptoms, the person.

pub(crate) mod amend;
pub(crate) mod background_line;
#[allow(dead_code, reason = "the importer reads by it next")]
pub(crate) mod between;
#[allow(dead_code, reason = "the importer reads by it next")]
pub(crate) mod cell;
pub(crate) mod citation;
pub(crate) mod clock;
pub(crate) mod clock_face;
#[allow(dead_code, reason = "the importer reads by it next")]
pub(crate) mod column;
pub(crate) mod dose;
pub(crate) mod entry;
pub(crate) mod fact;
pub(crate) mod factor;
pub(crate) mod field;
#[allow(dead_code, reason = "the importer reads by it next")]
pub(crate) mod kept;
pub(crate) mod key;
pub(crate) mod lexicon;
pub(crate) mod line;
pub(crate) mod medicine;
pub(crate) mod moment;
pub(crate) mod night;
pub(crate) mod nutrient;
pub(crate) mod reading;
#[allow(dead_code, reason = "the importer reads by it next")]
pub(crate) mod record;
pub(crate) mod source;
pub(crate) mod symptom_line;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod typed;
pub(crate) mod unit;
pub(crate) mod whole;

pub(crate) use crate::data::word::{NotAWord, Word};
pub(crate) use crate::data::{vocabulary, word};
pub(crate) use clock::{Now, When};
pub(crate) use clock_face::ClockError;
pub(crate) use key::{Key, Record};
pub(crate) use moment::Moment;
pub use moment::Zone;
pub(crate) use night::{Night, Nights};
pub(crate) use record::{
    ContextValue, Course, CustomFactor, Episode, Event, Exclusion, Fact, FlagNote, Intake, Look,
    NightRecord, Symptom, Value,
};
pub(crate) use source::Source;
pub(crate) use table::Table;
pub(crate) use whole::{Coverage, Diary, NightState};
