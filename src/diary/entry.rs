//! One line as a person types it: words in any order, read into an episode, a night and factor values.

use std::sync::Arc;

use crate::diary::clock::{ClockError, ClockReader, Now, When, read_when};
use crate::diary::entry_fields::{EPISODE_KEYS, NIGHT_KEYS, bare, episode_key, set};
use crate::diary::factor::{Catalogue, Reading, nearest_of};
use crate::diary::moment::Moment;
use crate::diary::night::Night;
use crate::diary::record::{Episode, NightRecord};
pub(crate) use crate::diary::refusal::LineError;
use crate::diary::text::{LONGEST_TEXT, shown};
use crate::diary::unit::{self, LONGEST_EPISODE_S};
use crate::diary::vocabulary::{Outcome, Side, Site};
use crate::diary::word::Word;

/// Where to read about quantities.
pub(crate) const UNITS_HINT: &str = "'cramp help units' shows how quantities are written";

/// What kind of line it is.
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
    /// The factor's name.
    pub(crate) factor: Arc<str>,
    /// The value with its unit, and what was typed where it was converted.
    pub(crate) to: Option<Reading>,
}

/// A line as understood. Start from blank records to write, from present ones to amend.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// The episode, with every word of the line applied.
    pub(crate) episode: Episode,
    /// The night, with every word of the line applied.
    pub(crate) night: NightRecord,
    /// When, if the line said so.
    pub(crate) when: Option<When>,
    /// Factors the line speaks of.
    pub(crate) values: Vec<ValueChange>,
    /// Free text of the line.
    pub(crate) text: Option<String>,
    /// Words that were not understood, or deserve a remark.
    pub(crate) warnings: Vec<String>,
    /// Episode fields the line set.
    pub(crate) episode_said: Vec<&'static str>,
    /// Night fields the line set.
    pub(crate) night_said: Vec<&'static str>,
}

/// Words that carry no fact of their own.
const FILLERS: &[&str] = &[
    "a", "about", "and", "at", "cramp", "cramps", "for", "hurt", "in", "leg", "my", "pain", "the",
    "with",
];

/// Reads lines against a catalogue of factors and the present.
pub(crate) struct LineReader<'a> {
    catalogue: &'a Catalogue,
    now: &'a Now,
    kind: LineKind,
}

impl<'a> LineReader<'a> {
    /// A reader for one kind of line.
    pub(crate) fn new(kind: LineKind, catalogue: &'a Catalogue, now: &'a Now) -> Self {
        LineReader {
            catalogue,
            now,
            kind,
        }
    }

    /// Reads `words` on top of `episode` and `night`.
    ///
    /// # Errors
    /// A recognised thing with an impossible or ambiguous value; for a night, also an unknown word.
    pub(crate) fn read(
        &self,
        words: &[String],
        episode: Episode,
        night: NightRecord,
    ) -> Result<Line, LineError> {
        let mut line = Line {
            episode,
            night,
            when: None,
            values: Vec::new(),
            text: None,
            warnings: Vec::new(),
            episode_said: Vec::new(),
            night_said: Vec::new(),
        };
        let mut clock = ClockReader::new(self.now);
        let mut texts: Vec<&str> = Vec::new();
        let refs: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut at = 0;
        while let Some(word) = refs.get(at) {
            if word.len() > LONGEST_TEXT {
                return Err(LineError::new(
                    format!("a text of {} bytes is too long", word.len()),
                    "keep it under 64 kB",
                ));
            }
            if word.trim().is_empty() {
                return Err(LineError::new(
                    "an empty word",
                    "leave it out, or write what it should say",
                ));
            }
            if word.split_whitespace().nth(1).is_some() && !word.contains('=') {
                match read_when(word, self.now)? {
                    Some(_) => {
                        let parts: Vec<&str> = word.split_whitespace().collect();
                        let mut from = 0;
                        while let Some(rest) = parts.get(from..).filter(|r| !r.is_empty()) {
                            from += clock.take(rest)?.max(1);
                        }
                    }
                    None => texts.push(word),
                }
                at += 1;
                continue;
            }
            if let Some((key, value)) = word.split_once('=') {
                self.key(&mut line, &mut clock, key, value)?;
                at += 1;
                continue;
            }
            if self.kind == LineKind::Night && self.answer(&mut line, word)? {
                at += 1;
                continue;
            }
            if self.kind == LineKind::Episode
                && refs.get(at + 1) != Some(&"ago")
                && bare(&mut line, word)?
            {
                at += 1;
                continue;
            }
            let taken = clock.take(refs.get(at..).unwrap_or_default())?;
            if taken > 0 {
                at += taken;
                continue;
            }
            self.unknown(&mut line, word)?;
            at += 1;
        }
        line.when = clock.finish()?;
        if !texts.is_empty() {
            line.text = Some(texts.join("; "));
        }
        Ok(line)
    }

    /// `calm`, `cramp` and `?` answer for the night.
    fn answer(&self, line: &mut Line, word: &str) -> Result<bool, LineError> {
        let outcome = match word.to_lowercase().as_str() {
            "calm" => Some(Outcome::Calm),
            "cramp" | "cramps" => Some(Outcome::Cramp),
            "?" | "unknown" => None,
            _ => return Ok(false),
        };
        if line.night_said.contains(&"outcome") && line.night.outcome != outcome {
            return Err(LineError::new(
                format!("'{word}' contradicts the answer before it"),
                "a night is calm or a cramp night; give one answer",
            ));
        }
        line.night.outcome = outcome;
        line.night_said.push("outcome");
        Ok(true)
    }

    fn unknown(&self, line: &mut Line, word: &str) -> Result<(), LineError> {
        let nearest = nearest_word(word, self.kind, self.catalogue);
        if self.kind == LineKind::Night {
            let hint = match nearest {
                Some(n) => format!("did you mean '{n}'?"),
                None => "a night is answered with 'calm', and factors as name=value; see 'cramp factor list'".into(),
            };
            return Err(LineError::new(
                format!("'{}' was not understood", shown(word)),
                hint,
            ));
        }
        if FILLERS.contains(&word.to_lowercase().as_str()) {
            return Ok(());
        }
        line.warnings.push(match nearest {
            Some(n) => format!(
                "'{}' was not understood and is kept as text; did you mean '{n}'?",
                shown(word)
            ),
            None => format!("'{}' was not understood and is kept as text", shown(word)),
        });
        Ok(())
    }

    fn key(
        &self,
        line: &mut Line,
        clock: &mut ClockReader<'_>,
        key: &str,
        value: &str,
    ) -> Result<(), LineError> {
        let name = key.trim().to_lowercase().replace('_', "-");
        let value = value.trim();
        if value.is_empty() {
            return Err(LineError::new(
                format!("'{key}=' has no value"),
                format!("write {key}=VALUE, {key}=? for unknown, or {key}=- to remove it"),
            ));
        }
        if value.len() > LONGEST_TEXT {
            return Err(LineError::new(
                format!("the text of '{key}' is too long"),
                "keep it under 64 kB",
            ));
        }
        let clear = matches!(value, "?" | "-");
        if matches!(name.as_str(), "at" | "time" | "when") {
            let parts: Vec<&str> = value.split_whitespace().collect();
            let mut from = 0;
            while let Some(rest) = parts.get(from..).filter(|r| !r.is_empty()) {
                let taken = clock.take(rest)?;
                if taken == 0 {
                    return Err(ClockError::NoSuchTime(value.to_string()).into());
                }
                from += taken;
            }
            return Ok(());
        }
        if self.night_key(line, &name, value, clear)? {
            return Ok(());
        }
        if self.kind == LineKind::Episode && episode_key(line, &name, value, clear)? {
            return Ok(());
        }
        let Some(factor) = self.catalogue.find(&name) else {
            return self.unknown_key(line, key, value);
        };
        let to = if clear {
            None
        } else {
            let read = factor.read(value);
            Some(read.map_err(|e| LineError::new(e.to_string(), UNITS_HINT))?)
        };
        if let Some(earlier) = line
            .values
            .iter()
            .find(|v| *v.factor == *factor.factor.as_ref())
            && earlier.to != to
        {
            return Err(LineError::new(
                format!("'{name}' is given twice"),
                "give each factor once",
            ));
        }
        line.values.push(ValueChange {
            factor: Arc::from(factor.factor.as_ref()),
            to,
        });
        Ok(())
    }

    fn unknown_key(&self, line: &mut Line, key: &str, value: &str) -> Result<(), LineError> {
        let nearest = self.catalogue.nearest(key).map(str::to_string);
        let nearest = nearest.or_else(|| {
            nearest_of(key, EPISODE_KEYS.iter().chain(NIGHT_KEYS).copied()).map(str::to_string)
        });
        if self.kind == LineKind::Night {
            return Err(LineError::new(
                format!("'{}' is not a factor of this diary", shown(key)),
                match nearest {
                    Some(n) => format!(
                        "did you mean '{n}'? 'cramp factor list' shows all; 'cramp factor add' makes your own"
                    ),
                    None => {
                        "'cramp factor list' shows all; 'cramp factor add' makes your own".into()
                    }
                },
            ));
        }
        let shown = shown(&format!("{key}={value}"));
        line.warnings.push(match nearest {
            Some(n) => {
                format!("'{shown}' was not understood and is kept as text; did you mean '{n}'?")
            }
            None => format!("'{shown}' was not understood and is kept as text"),
        });
        Ok(())
    }

    fn night_key(
        &self,
        line: &mut Line,
        name: &str,
        value: &str,
        clear: bool,
    ) -> Result<bool, LineError> {
        let night = &mut line.night;
        let said = match name {
            "bed" | "bed-at" => {
                night.bed_at = if clear {
                    None
                } else {
                    Some(self.bed_time(night.night, value)?)
                };
                "bed_at"
            }
            "up" | "up-at" => {
                night.up_at = if clear {
                    None
                } else {
                    Some(self.bed_time(night.night, value)?)
                };
                "up_at"
            }
            "sleep-quality" => {
                night.sleep_quality = set(clear, || unit::zero_to_ten(value), name)?;
                "sleep_quality"
            }
            "sleep-disturbance" => {
                night.sleep_disturbance = set(clear, || unit::zero_to_ten(value), name)?;
                "sleep_disturbance"
            }
            "sleep-lost" => {
                let seconds = set(clear, || unit::duration_s(value, LONGEST_EPISODE_S), name)?;
                night.sleep_lost_min = seconds.map(|s| s.div_ceil(60));
                "sleep_lost_min"
            }
            "note" if self.kind == LineKind::Night => {
                night.note = (!clear).then(|| value.to_string());
                "note"
            }
            "outcome" => {
                night.outcome = if clear {
                    None
                } else {
                    Some(
                        value
                            .parse::<Outcome>()
                            .map_err(|e| LineError::new(e.to_string(), "write calm or cramp"))?,
                    )
                };
                "outcome"
            }
            _ => return Ok(false),
        };
        line.night_said.push(said);
        Ok(true)
    }

    /// A clock time of this night, whatever night that will be: resolved when the night is known.
    fn bed_time(&self, night: Night, value: &str) -> Result<Moment, LineError> {
        let wrong = || LineError::from(ClockError::NoSuchTime(value.to_string()));
        if let Some(moment) = Moment::parse(value, None) {
            return Ok(moment);
        }
        let face =
            crate::diary::clock_face::read_clock(&value.to_lowercase())?.ok_or_else(wrong)?;
        Ok(self.now.zone.resolve(night.at(face), self.now.utc).0)
    }
}

fn nearest_word(word: &str, kind: LineKind, catalogue: &Catalogue) -> Option<String> {
    let lower = word.to_lowercase();
    let known = match kind {
        LineKind::Episode => {
            let words = Side::ALL
                .iter()
                .map(|w| w.word())
                .chain(Site::ALL.iter().map(|w| w.word()));
            nearest_of(&lower, words.chain(["now", "yesterday", "last"]))
        }
        LineKind::Night => nearest_of(&lower, ["calm", "cramp", "last", "tonight", "yesterday"]),
    };
    known
        .map(str::to_string)
        .or_else(|| catalogue.nearest(&lower).map(|n| format!("{n}=…")))
}
