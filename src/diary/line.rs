//! A line as understood: what it says about a cramp, its night and factors, to be applied to a new record or a present one.

use std::sync::Arc;

use chrono::Timelike;

use crate::data::{
    self,
    tables::{Field, FieldTakes, On},
};
use crate::diary::clock::{Now, When};
use crate::diary::reading::Reading;
use crate::diary::record::{Episode, NightRecord};
use crate::diary::typed::{LineError, Typed};
use crate::diary::vocabulary::{Certainty, Kind, Outcome, Period, Posture, Relief, Side, Site};
use crate::diary::word::Word;

/// The field that a key names in a line about an episode (which may also speak of its night) or about a night.
pub(crate) fn field_typed(episode: bool, key: &str) -> Option<&'static Field> {
    let named = |f: &Field| f.field == key || f.names.contains(&key);
    let of = |on: On| data::fields().iter().find(|f| f.record == on && named(f));
    match episode {
        true => of(On::Episode).or_else(|| of(On::Night)),
        false => of(On::Night).or_else(|| of(On::Episode).filter(|f| f.field == "at")),
    }
}

impl FieldTakes {
    /// Every accepted word; empty where it is not a closed set.
    pub(crate) fn words(self) -> Vec<&'static str> {
        fn all<W: Word>() -> Vec<&'static str> {
            W::ALL.iter().map(|w| w.word()).collect()
        }
        match self {
            FieldTakes::Side => all::<Side>(),
            FieldTakes::Site => all::<Site>(),
            FieldTakes::Kind => all::<Kind>(),
            FieldTakes::Period => all::<Period>(),
            FieldTakes::Posture => all::<Posture>(),
            FieldTakes::Certainty => all::<Certainty>(),
            FieldTakes::Outcome => all::<Outcome>(),
            FieldTakes::Relief => all::<Relief>(),
            FieldTakes::YesNo => vec!["yes", "no"],
            _ => Vec::new(),
        }
    }

    /// What may be typed, in a few words.
    pub(crate) fn accepted(self) -> String {
        match self {
            FieldTakes::ZeroToTen => "0 to 10, or 7/10".to_string(),
            FieldTakes::Duration => "90s 3min 2m30s 1h, at most 12 h".to_string(),
            FieldTakes::LongDuration => "30min 4h 2d, at most 14 days".to_string(),
            FieldTakes::Count => "a whole number, 2 or 2x".to_string(),
            FieldTakes::Time => "a time word, see cramp help dates".to_string(),
            FieldTakes::Text => "free words in quotes".to_string(),
            closed => closed.words().join(" "),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// `log`: an episode. An unknown word is kept and warned about, never refused.
    Episode,
    /// `night`: an answer about a night. An unknown word is refused.
    Night,
}

/// A change to one factor of the night: a value, or `None` to make it unknown again.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValueChange {
    pub(crate) factor: Arc<str>,
    /// The value with its unit, and what was typed where it was converted.
    pub(crate) to: Option<Reading>,
}

/// A field the line speaks of, with its value as it was typed.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) field: &'static Field,
    /// The key it was typed with.
    pub(crate) key: String,
    pub(crate) value: String,
}

/// A line as understood; it can be applied to a blank record or to a present one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) said: Vec<Mention>,
    /// When, if the line says so.
    pub(crate) when: Option<When>,
    /// Factors the line speaks of.
    pub(crate) values: Vec<ValueChange>,
    pub(crate) text: Option<String>,
    /// Whether the text stands behind the note there is, and not in its place.
    pub(crate) adds_to_note: bool,
    /// Words that were not understood, or deserve a remark.
    pub(crate) warnings: Vec<String>,
}

impl Line {
    /// Whether the line speaks of this field.
    pub(crate) fn mentions(&self, on: On, field: &str) -> bool {
        let mut mentions = self.said.iter().map(|m| m.field);
        mentions.any(|f| f.record == on && f.field == field)
    }

    /// Whether the line speaks of the night itself.
    pub(crate) fn is_about_the_night(&self) -> bool {
        self.said.iter().any(|m| m.field.record == On::Night)
    }

    /// The episode, with every word of the line applied.
    pub(crate) fn episode(&self, mut episode: Episode) -> Result<Episode, LineError> {
        for mention in &self.said {
            if mention.field.record == On::Episode {
                episode.set(mention.field.field, mention.typed())?;
            }
        }
        Ok(episode)
    }

    /// The night, with every word of the line applied.
    pub(crate) fn night(
        &self,
        mut night: NightRecord,
        now: &Now,
    ) -> Result<NightRecord, LineError> {
        for mention in &self.said {
            if mention.field.record == On::Night {
                night.set(mention.field.field, mention.typed(), now)?;
            }
        }
        Ok(night)
    }

    /// The answer for a night, with every word of the line and its free text as the note.
    pub(crate) fn answer(&self, night: &NightRecord, now: &Now) -> Result<NightRecord, LineError> {
        let mut night = self.night(night.clone(), now)?;
        if self.text.is_some() {
            night.note.clone_from(&self.text);
        }
        Ok(night)
    }

    /// A new episode that began `when`, with everything the line says about it; `words` are kept as they were typed.
    pub(crate) fn new_episode(
        &mut self,
        blank: Episode,
        when: When,
        words: &[String],
    ) -> Result<Episode, LineError> {
        let mut episode = self.episode(blank)?;
        if !self.mentions(On::Episode, "certainty") {
            episode.certainty = when.certainty;
        }
        if let Some(at) = &when.at
            && !self.mentions(On::Episode, "period")
            && (10..18).contains(&at.local().hour())
        {
            self.warnings.push(format!(
                "counted as a night cramp; if you were up and about, say so: cramp edit {} period=day",
                episode.id
            ));
        }
        episode.began_at = when.at;
        if let Some(text) = self.text.take() {
            episode.note = Some(match episode.note {
                Some(note) => format!("{note}; {text}"),
                None => text,
            });
        }
        episode.raw = Some(words.join(" ")).filter(|raw| !raw.is_empty());
        if episode.period == Period::Day && episode.kind == Kind::Cramp {
            self.warnings.push(
                "kept as a daytime cramp; the night itself still waits for its answer".to_string(),
            );
        }
        Ok(episode)
    }
}

impl Mention {
    fn typed(&self) -> Typed<'_> {
        Typed {
            key: &self.key,
            value: &self.value,
        }
    }
}
