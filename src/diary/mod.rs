//! The words and the things: nights, episodes, factors, doses, symptoms, the person.

pub mod moment;
pub mod night;
pub mod record;
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
