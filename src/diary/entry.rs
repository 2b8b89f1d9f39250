//! One line as a person types it: words in any order, read into what they say about a cramp, its night and factors.
//!
//! A line is cut into words. Each pattern of `LineReading::PATTERNS` in turn is offered the words that are left and takes as many
//! as it understands; what it understood becomes a mention of a field, a factor value, a time or free text. A new way of
//! saying something is a new pattern, or a new word of the [lexicon](crate::diary::lexicon).

use std::sync::Arc;

use crate::data::tables::{Field, On};
use crate::diary::clock::{ClockReader, Now, read_when};
use crate::diary::clock_face::ClockError;
use crate::diary::factor::Catalogue;
use crate::diary::lexicon::{self, Meaning};
use crate::diary::line::{Line, LineKind, Mention, ValueChange, field_typed};
use crate::diary::record::{Episode, NightRecord};
use crate::diary::typed::{LONGEST_TEXT, LineError, Typed, UNITS_HINT, nearest_of, shown};
use crate::diary::unit::{self, LONGEST_EPISODE_S, QuantityError};
use crate::diary::vocabulary::{Outcome, Relief, Side, Site};
use crate::diary::word::Word;

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

    /// Reads a line that has been cut into words, some of them quoted.
    ///
    /// # Errors
    /// A recognised thing with an impossible or ambiguous value; for a night, also an unknown word.
    pub(crate) fn read(&self, words: &[String]) -> Result<Line, LineError> {
        let night = self.now.this_night();
        let mut reading = LineReading {
            reader: self,
            line: Line::default(),
            clock: ClockReader::new(self.now),
            texts: Vec::new(),
            episode: Episode::blank(0, night, self.now.utc),
            night: NightRecord::blank(night, self.now.utc),
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut rest = words.as_slice();
        while !rest.is_empty() {
            let taken = reading.take(rest)?;
            rest = rest.get(taken..).unwrap_or_default();
        }
        let text = Some(reading.texts.join("; ")).filter(|text| !text.is_empty());
        let when = reading.clock.finish()?;
        Ok(Line {
            when,
            text,
            ..reading.line
        })
    }
}

/// A line being read.
struct LineReading<'r, 'a> {
    reader: &'r LineReader<'a>,
    line: Line,
    clock: ClockReader<'a>,
    texts: Vec<String>,
    /// What the words so far come to.
    episode: Episode,
    night: NightRecord,
}

type Pattern<'r, 'a> = fn(&mut LineReading<'r, 'a>, &[&str]) -> Result<usize, LineError>;

impl<'r, 'a> LineReading<'r, 'a> {
    /// Every pattern, in the order in which they are offered the words. Each takes as many leading words as it
    /// understands; 0 when the first is not for it.
    const PATTERNS: [Pattern<'r, 'a>; 9] = [
        Self::quoted,
        Self::keyed,
        Self::answer,
        Self::relief,
        Self::place,
        Self::pain,
        Self::duration,
        Self::time,
        Self::unknown,
    ];

    fn take(&mut self, rest: &[&str]) -> Result<usize, LineError> {
        let word = first(rest);
        if word.len() > LONGEST_TEXT {
            return Err(LineError::new(
                format!("a text of {} bytes is too long", word.len()),
                "keep it under 64 kB",
            ));
        }
        if word.trim().is_empty() {
            let hint = "leave it out, or write what it should say";
            return Err(LineError::new("an empty word", hint));
        }
        for pattern in Self::PATTERNS {
            let taken = pattern(self, rest)?;
            if taken > 0 {
                return Ok(taken);
            }
        }
        Ok(1)
    }

    /// Several words in quotes: a time, or else free text.
    fn quoted(&mut self, rest: &[&str]) -> Result<usize, LineError> {
        let word = first(rest);
        if word.split_whitespace().nth(1).is_none() || word.contains('=') {
            return Ok(0);
        }
        match read_when(word, self.reader.now)? {
            Some(_) => self.clock_words(word)?,
            None => self.texts.push(word.to_string()),
        }
        Ok(1)
    }

    /// Words all of which belong to a time.
    fn clock_words(&mut self, text: &str) -> Result<(), LineError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut rest = words.as_slice();
        while !rest.is_empty() {
            let taken = self.clock.take(rest)?;
            if taken == 0 {
                return Err(ClockError::NoSuchTime(text.to_string()).into());
            }
            rest = rest.get(taken..).unwrap_or_default();
        }
        Ok(())
    }

    /// `key=value`: a time, a field, a factor.
    fn keyed(&mut self, rest: &[&str]) -> Result<usize, LineError> {
        let Some((key, value)) = first(rest).split_once('=') else {
            return Ok(0);
        };
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
        match field_typed(self.reader.kind == LineKind::Episode, &name) {
            Some(Field { field: "at", .. }) => self.clock_words(value)?,
            Some(field) => self.mention(field, &name, value)?,
            None => self.factor(key, &name, value)?,
        }
        Ok(1)
    }

    /// Applies a field to what the words so far come to, so that an impossible value is refused.
    fn mention(&mut self, field: &'static Field, key: &str, value: &str) -> Result<(), LineError> {
        let typed = Typed { key, value };
        match field.record {
            On::Episode => self.episode.set(field.field, typed)?,
            On::Night => self.night.set(field.field, typed, self.reader.now)?,
        }
        self.line.said.push(Mention {
            field,
            key: key.to_string(),
            value: value.to_string(),
        });
        Ok(())
    }

    /// A field of the episode that was said without its key.
    fn bare(&mut self, field: &str, value: &str) -> Result<usize, LineError> {
        if let Some(field) = field_typed(true, field) {
            self.mention(field, field.field, value)?;
        }
        Ok(1)
    }

    fn factor(&mut self, key: &str, name: &str, value: &str) -> Result<(), LineError> {
        let Some(factor) = self.reader.catalogue.find(name) else {
            return self.unknown_key(key, value);
        };
        let to = match value {
            "?" | "-" => None,
            _ => Some(
                factor
                    .read(value)
                    .map_err(|e| LineError::new(e.to_string(), UNITS_HINT))?,
            ),
        };
        let mut values = self.line.values.iter();
        let earlier = values.find(|v| *v.factor == *factor.factor.as_ref());
        if earlier.is_some_and(|earlier| earlier.to != to) {
            return Err(LineError::new(
                format!("'{name}' is given twice"),
                "give each factor once",
            ));
        }
        self.line.values.push(ValueChange {
            factor: Arc::from(factor.factor.as_ref()),
            to,
        });
        Ok(())
    }

    fn unknown_key(&mut self, key: &str, value: &str) -> Result<(), LineError> {
        let field = || nearest_of(key, crate::data::fields().iter().map(|f| f.field));
        let nearest = self.reader.catalogue.nearest(key).or_else(field);
        if self.reader.kind == LineKind::Night {
            const LIST: &str = "'cramp factor list' shows all; 'cramp factor add' makes your own";
            return Err(LineError::new(
                format!("'{}' is not a factor of this diary", shown(key)),
                nearest.map_or(LIST.to_string(), |n| format!("did you mean '{n}'? {LIST}")),
            ));
        }
        let nearest = nearest.map(str::to_string);
        self.keep_as_text(&format!("{key}={value}"), nearest);
        Ok(())
    }

    /// Warns that something is kept as text only.
    fn keep_as_text(&mut self, word: &str, nearest: Option<String>) {
        let (word, guess) = (
            shown(word),
            nearest.map(|n| format!("; did you mean '{n}'?")),
        );
        let guess = guess.unwrap_or_default();
        let warning = format!("'{word}' was not understood and is kept as text{guess}");
        self.line.warnings.push(warning);
    }

    /// `calm`, `cramp` and `?` answer for the night.
    fn answer(&mut self, rest: &[&str]) -> Result<usize, LineError> {
        let word = first(rest);
        if self.reader.kind != LineKind::Night {
            return Ok(0);
        }
        let Some(outcome) = lexicon::answer(&word.to_lowercase()) else {
            return Ok(0);
        };
        if self.line.mentions(On::Night, "outcome") && self.night.outcome != outcome {
            return Err(LineError::new(
                format!("'{word}' contradicts the answer before it"),
                "a night is calm or a cramp night; give one answer",
            ));
        }
        if let Some(field) = field_typed(false, "outcome") {
            self.mention(field, "outcome", outcome.map_or("?", Outcome::word))?;
        }
        Ok(1)
    }

    /// Whether a word may stand for a field of an episode without its key.
    fn may_be_bare(&self, rest: &[&str]) -> bool {
        self.reader.kind == LineKind::Episode && rest.get(1) != Some(&"ago")
    }

    /// `+stretch`: what was done against it.
    fn relief(&mut self, rest: &[&str]) -> Result<usize, LineError> {
        let lower = first(rest).to_lowercase();
        let Some(name) = lower.strip_prefix('+').filter(|_| self.may_be_bare(rest)) else {
            return Ok(0);
        };
        let Some(relief) = lexicon::remedy(name) else {
            let near = nearest_of(name, Relief::ALL.iter().map(|r| r.word()));
            self.keep_as_text(first(rest), near.map(|n| format!("+{n}")));
            return Ok(1);
        };
        let mut actions = self.episode.relief.clone();
        if !actions.contains(&relief) {
            actions.push(relief);
        }
        let words: Vec<&str> = actions.iter().map(|r| r.word()).collect();
        self.bare("relief", &words.join(";"))
    }

    /// `left`, `calf`; two different sides are both.
    fn place(&mut self, rest: &[&str]) -> Result<usize, LineError> {
        let word = first(rest);
        let meaning = lexicon::place(&word.to_lowercase()).filter(|_| self.may_be_bare(rest));
        match meaning {
            None => Ok(0),
            Some(Meaning::Side(side)) => {
                let side = match self.episode.side.filter(|before| *before != side) {
                    Some(_) => Side::Both,
                    None => side,
                };
                self.bare("side", side.word())
            }
            Some(Meaning::Site(site)) => {
                if site != Site::Other {
                    self.once("places", word, self.episode.site, site, Site::word)?;
                }
                self.bare("site", site.word())
            }
        }
    }

    /// `7` or `7/10`.
    fn pain(&mut self, rest: &[&str]) -> Result<usize, LineError> {
        let word = first(rest);
        let lower = word.to_lowercase();
        let is_score = lower.bytes().all(|b| b.is_ascii_digit()) || lower.ends_with("/10");
        if !is_score || !self.may_be_bare(rest) {
            return Ok(0);
        }
        let pain = unit::zero_to_ten(&lower)
            .map_err(|e| LineError::new(e.to_string(), "pain is a whole number from 0 to 10"))?;
        self.once("pain values", word, self.episode.severity, pain, |pain| {
            pain
        })?;
        self.bare("severity", &lower)
    }

    /// `3min`.
    fn duration(&mut self, rest: &[&str]) -> Result<usize, LineError> {
        let word = first(rest);
        let lower = word.to_lowercase();
        let is_number = lower.starts_with(|c: char| c.is_ascii_digit());
        if !is_number || lower.contains([':', '-', '/']) || !self.may_be_bare(rest) {
            return Ok(0);
        }
        match unit::duration_s(&lower, LONGEST_EPISODE_S) {
            Ok(seconds) => {
                self.once(
                    "durations",
                    word,
                    self.episode.duration_s,
                    seconds,
                    unit::span,
                )?;
                self.bare("duration", &lower)
            }
            Err(QuantityError::WrongUnit { .. } | QuantityError::NeedsUnit { .. }) => Ok(0),
            Err(e) if e.is_another_word() => Ok(0),
            Err(e) => Err(LineError::new(e.to_string(), UNITS_HINT)),
        }
    }

    /// Refuses a second, different value of what a line says once.
    fn once<T: PartialEq, S: std::fmt::Display>(
        &self,
        what: &str,
        word: &str,
        before: Option<T>,
        value: T,
        show: impl Fn(T) -> S,
    ) -> Result<(), LineError> {
        match before.filter(|before| *before != value) {
            None => Ok(()),
            Some(before) => Err(LineError::new(
                format!("two {what}: '{}' and '{word}'", show(before)),
                "give one, or log a second cramp",
            )),
        }
    }

    fn time(&mut self, rest: &[&str]) -> Result<usize, LineError> {
        Ok(self.clock.take(rest)?)
    }

    /// A word nobody understood: refused about a night, kept as text about a cramp.
    fn unknown(&mut self, rest: &[&str]) -> Result<usize, LineError> {
        let word = first(rest);
        let lower = word.to_lowercase();
        let nearest = self.reader.kind.nearest(&lower, self.reader.catalogue);
        if self.reader.kind == LineKind::Night {
            return Err(LineError::new(
                format!("'{}' was not understood", shown(word)),
                nearest.map_or(
                    "a night is answered with 'calm', and factors as name=value; see 'cramp factor list'".to_string(),
                    |n| format!("did you mean '{n}'?"),
                ),
            ));
        }
        if !lexicon::is_filler(&lower) {
            self.keep_as_text(word, nearest);
        }
        Ok(1)
    }
}

fn first<'w>(rest: &[&'w str]) -> &'w str {
    rest.first().copied().unwrap_or_default()
}
