//! The words and the things: nights, episodes, factors, doses, symptoms, the person.

pub mod amend;
pub mod catalogue;
pub mod claims;
pub mod clock;
pub mod clock_face;
pub mod columns;
pub mod course_line;
pub mod dose;
pub mod entry;
pub mod entry_fields;
pub mod fact;
pub mod fact_line;
pub mod factor;
pub mod factor_line;
mod factors;
pub mod field;
pub mod key;
pub mod literature;
pub mod medicine;
pub mod moment;
pub mod night;
pub mod nutrient;
pub mod record;
pub mod refusal;
pub mod source;
pub mod symptom;
pub mod symptom_line;
pub mod text;
pub mod unit;
pub mod vocabulary;
pub mod whole;
pub mod word;

pub use clock::{ClockError, Now, When};
pub use key::{Key, Record};
pub use moment::{Moment, Zone};
pub use night::{Night, Nights};
pub use record::{
    ContextValue, Course, CustomFactor, Episode, Event, Exclusion, Fact, FlagNote, Intake, Look,
    NightRecord, Symptom, Value,
};
pub use source::Source;
pub use whole::{Coverage, Diary, NightState};
pub use word::{NotAWord, Word};
