//! The words and the things: nights, episodes, factors, doses, symptoms, the person.

pub mod catalogue;
pub mod factor;
mod factors;
pub mod field;
pub mod moment;
pub mod night;
pub mod nutrient;
pub mod record;
pub mod unit;
pub mod vocabulary;
pub mod whole;
pub mod word;

pub use moment::{Moment, Zone};
pub use night::{Night, Nights};
pub use record::{
    ContextValue, Course, CustomFactor, Episode, Event, Exclusion, Fact, FlagNote, Intake, Key,
    Look, NightRecord, Record, Source, Symptom, Value,
};
pub use whole::{Coverage, Diary, NightState};
pub use word::{NotAWord, Word};
