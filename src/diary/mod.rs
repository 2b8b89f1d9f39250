//! The words and the things: nights, episodes, factors, doses, symptoms, the person.
//!
//! A record is declared in `record.rs` or `between.rs`; `kept.rs`, `column.rs`, `cell.rs` and `table.rs` say how it is
//! written down. What a person types is read by `entry.rs` and `line.rs` (a cramp, a night), `background_line.rs`,
//! `amend.rs` and `dose.rs` (everything else).

pub(crate) mod account;
pub(crate) mod amend;
pub(crate) mod background_line;
pub(crate) mod beginning;
pub(crate) mod between;
pub(crate) mod cell;
pub(crate) mod clause;
pub(crate) mod clock;
pub(crate) mod clock_face;
pub(crate) mod clock_words;
pub(crate) mod column;
pub(crate) mod coverage;
pub(crate) mod dose;
pub(crate) mod elsewhere;
pub(crate) mod entry;
pub(crate) mod experiment;
pub(crate) mod fact;
pub(crate) mod factor;
pub(crate) mod factor_words;
pub(crate) mod kept;
pub(crate) mod key;
pub(crate) mod known;
pub(crate) mod lexicon;
pub(crate) mod line;
pub(crate) mod moment;
pub(crate) mod name_match;
pub(crate) mod names;
pub(crate) mod number_words;
pub(crate) mod pain;
pub(crate) mod phrase;
pub(crate) mod phrase_index;
pub(crate) mod plain_facts;
pub(crate) mod plain_words;
pub(crate) mod reading;
pub(crate) mod record;
pub(crate) mod said;
pub(crate) mod study;
pub(crate) mod substance;
pub(crate) mod symptom_line;
pub(crate) mod table;
pub(crate) mod time_words;
pub(crate) mod token;
pub(crate) mod told;
pub(crate) mod typed;
pub(crate) mod unit;
pub(crate) mod warning_words;

pub(crate) use crate::data::word::Word;
pub(crate) use crate::data::{vocabulary, word};
pub(crate) use clock::{Now, When};
pub(crate) use clock_face::ClockError;
pub(crate) use coverage::{Coverage, NightState};
pub(crate) use elsewhere::Reading;
pub(crate) use experiment::{Adherence, Experiment, hexadecimal, sha256};
pub(crate) use key::{Changes, Diary, Key, Record};
pub use moment::Zone;
pub(crate) use moment::{Moment, Night, Nights, Source};
pub(crate) use record::{
    ContextValue, Course, CustomFactor, Episode, Event, Exclusion, Fact, FlagNote, Follow, Intake,
    Look, NightRecord, Reply, Symptom, Value,
};
pub(crate) use table::Table;
