//! A line as a person types or dictates it, read into what it says about cramps, nights and factors.
//!
//! The line is cut into words ([`phrase`](crate::diary::phrase)). Patterns take what they are sure of: answers, times,
//! factors, details of a cramp. What they took is put together, clause by clause, into the cramps and nights it speaks
//! of. What nobody took stays text. A new way of saying something is a line of the lexicon (`src/data/lexicon.toml`).

use std::sync::Arc;

use crate::data::tables::{Field, On};
use crate::data::word::Word;
use crate::diary::account::{Account, put_together};
use crate::diary::clause::clauses;
use crate::diary::clock::{ClockReader, Now, read_when};
use crate::diary::clock_face::ClockError;
use crate::diary::factor::Catalogue;
use crate::diary::factor_words::read_factors;
use crate::diary::lexicon;
use crate::diary::line::{Line, LineKind, Mention, ValueChange, field_typed};
use crate::diary::phrase::Words;
use crate::diary::plain_words::{ANSWERS, DETAILS};
use crate::diary::record::{Episode, NightRecord};
use crate::diary::said::read_facts;
use crate::diary::time_words::read_times;
use crate::diary::typed::{LONGEST_TEXT, LineError, Typed, UNITS_HINT, nearest_of, shown};
use crate::diary::vocabulary::{Outcome, Relief};

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

    /// Reads a line that has been cut into arguments: `key=value`, `+relief`, quoted text, and plain words.
    ///
    /// # Errors
    /// A `key=value` with an impossible value, a time that is clearly wrong; about a night also an unknown word.
    pub(crate) fn read(&self, arguments: &[String]) -> Result<Account, LineError> {
        let night = self.now.this_night();
        let mut typed = Arguments {
            reader: self,
            line: Line::default(),
            clock: ClockReader::new(self.now),
            texts: Vec::new(),
            plain: String::new(),
            episode: Episode::blank(0, night, self.now.utc),
            night: NightRecord::blank(night, self.now.utc),
        };
        let only = arguments.iter().filter(|a| !typed.is_marked(a)).count() == 1;
        let mut rest = arguments;
        while let Some((argument, others)) = rest.split_first() {
            let taken = typed.date_of_night(rest)?;
            if taken == 0 {
                typed.take(argument, only)?;
            }
            rest = rest.get(taken..).filter(|_| taken > 0).unwrap_or(others);
        }
        let Arguments {
            mut line,
            clock,
            texts,
            plain,
            ..
        } = typed;
        line.text = Some(texts.join("; ")).filter(|text| !text.is_empty());
        line.when = clock.finish()?;
        let mut words = Words::new(&plain, self.kind == LineKind::Episode);
        let repaired = words.repaired();
        let answers = read_facts(&mut words, &ANSWERS);
        let factors = read_factors(&mut words, self.catalogue);
        let times = read_times(&mut words, self.now);
        let mut facts = answers;
        facts.extend(read_facts(&mut words, &DETAILS));
        let clauses = clauses(&words, facts, factors, times);
        let mut account = put_together(self.kind, self.now, line, words, clauses)?;
        for (typed, read) in repaired {
            let remark = format!("'{typed}' was read as '{read}'");
            account.remarks.push(remark);
        }
        if let [run] = account.unread.as_slice() {
            refuse_future(run)?;
        }
        if let Some(first) = account.unread.first() {
            if self.kind == LineKind::Night {
                return Err(self.refused(first));
            }
            let runs = account.unread.join("; ");
            account.remarks.push(kept_as_text(&runs, None));
        }
        Ok(account)
    }

    /// Why a word is not understood about a night.
    fn refused(&self, run: &str) -> LineError {
        let word = run.split_whitespace().next().unwrap_or(run);
        let lower = word.to_lowercase();
        let answers = ["calm", "cramp", "last", "tonight", "yesterday"];
        let factor = || self.catalogue.nearest(&lower).map(|n| format!("{n}=…"));
        let nearest = nearest_of(&lower, answers)
            .map(str::to_string)
            .or_else(factor);
        LineError::not_understood(
            &shown(word),
            nearest.map_or(
                "a night is answered with 'calm', and factors as name=value; see 'cramp factor list'".to_string(),
                |n| format!("did you mean '{n}'?"),
            ),
        )
    }
}

/// Refuses what is said of a day to come: words that are nothing but its name, or a number before it.
fn refuse_future(run: &str) -> Result<(), ClockError> {
    let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    let words: Vec<&str> = run.split_whitespace().skip_while(is_number).collect();
    match lexicon::leading("future", &words) {
        Some((_, taken)) if taken == words.len() => Err(ClockError::ToCome(words.join(" "))),
        _ => Ok(()),
    }
}

/// The arguments of a line that are marked as something, read by themselves; the plain words are collected.
struct Arguments<'r, 'a> {
    reader: &'r LineReader<'a>,
    line: Line,
    clock: ClockReader<'a>,
    texts: Vec<String>,
    plain: String,
    /// What the marked words so far come to.
    episode: Episode,
    night: NightRecord,
}

impl Arguments<'_, '_> {
    /// Whether an argument says by its form what it is.
    fn is_marked(&self, argument: &str) -> bool {
        self.key_of(argument).is_some() || relief_of(argument).is_some()
    }

    /// The key and value of `key=value`.
    fn key_of<'w>(&self, argument: &'w str) -> Option<(&'w str, &'w str)> {
        argument
            .split_once('=')
            .filter(|(key, _)| !key.trim().contains(char::is_whitespace))
    }

    /// How many leading arguments of an answer about a night name the night; it is read to the letter.
    fn date_of_night(&mut self, rest: &[String]) -> Result<usize, LineError> {
        if self.reader.kind == LineKind::Episode {
            return Ok(0);
        }
        let words: Vec<&str> = rest.iter().map(String::as_str).collect();
        Ok(self.clock.take(&words)?)
    }

    fn take(&mut self, argument: &str, only: bool) -> Result<(), LineError> {
        if argument.len() > LONGEST_TEXT {
            return Err(LineError::new(
                format!("a text of {} bytes is too long", argument.len()),
                "keep it under 64 kB",
            ));
        }
        if argument.trim().is_empty() {
            let hint = "leave it out, or write what it should say";
            return Err(LineError::new("an empty word", hint));
        }
        if let Some((key, value)) = self.key_of(argument) {
            return self.keyed(key, value);
        }
        if let Some(name) = relief_of(argument) {
            return self.relief(argument, &name);
        }
        if self.reader.kind == LineKind::Night
            && let Some(outcome) = lexicon::answer(&argument.to_lowercase())
        {
            return self.answer(argument, outcome);
        }
        // a text in quotes beside other words is a note, unless it is a time
        if !only && argument.split_whitespace().nth(1).is_some() {
            match read_when(argument, self.reader.now)? {
                Some(_) => self.clock_words(argument)?,
                None => self.texts.push(argument.to_string()),
            }
            return Ok(());
        }
        if !self.plain.is_empty() {
            self.plain.push(' ');
        }
        self.plain.push_str(argument);
        Ok(())
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
    fn keyed(&mut self, key: &str, value: &str) -> Result<(), LineError> {
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
        Ok(())
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
    fn bare(&mut self, field: &str, value: &str) -> Result<(), LineError> {
        if let Some(field) = field_typed(true, field) {
            self.mention(field, field.field, value)?;
        }
        Ok(())
    }

    fn factor(&mut self, key: &str, name: &str, value: &str) -> Result<(), LineError> {
        let Some(factor) = self.reader.catalogue.find(name) else {
            return self.unknown_key(key, value);
        };
        let to = match value {
            "?" | "-" => None,
            _ => Some(
                factor
                    .read_done(value)
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

    fn keep_as_text(&mut self, word: &str, nearest: Option<String>) {
        self.line.warnings.push(kept_as_text(word, nearest));
    }

    /// `calm`, `cramp` and `?` answer for the night.
    fn answer(&mut self, word: &str, outcome: Option<Outcome>) -> Result<(), LineError> {
        if self.line.mentions(On::Night, "outcome") && self.night.outcome != outcome {
            return Err(LineError::new(
                format!("'{word}' contradicts the answer before it"),
                "a night is calm or a cramp night; give one answer",
            ));
        }
        match field_typed(false, "outcome") {
            Some(field) => self.mention(field, "outcome", outcome.map_or("?", Outcome::word)),
            None => Ok(()),
        }
    }

    /// `+stretch`: what was done against it.
    fn relief(&mut self, argument: &str, name: &str) -> Result<(), LineError> {
        let Some(relief) = lexicon::remedy(name) else {
            let near = nearest_of(name, Relief::ALL.iter().map(|r| r.word()));
            self.keep_as_text(argument, near.map(|n| format!("+{n}")));
            return Ok(());
        };
        let mut actions = self.episode.relief.clone();
        if !actions.contains(&relief) {
            actions.push(relief);
        }
        let words: Vec<&str> = actions.iter().map(|r| r.word()).collect();
        self.bare("relief", &words.join(";"))
    }
}

/// The name behind a plus sign, in small letters.
fn relief_of(argument: &str) -> Option<String> {
    let name = argument.strip_prefix('+')?;
    (name.starts_with(char::is_alphabetic) && !name.contains(char::is_whitespace))
        .then(|| name.to_lowercase())
}

/// A remark on words that are kept as text only.
fn kept_as_text(word: &str, nearest: Option<String>) -> String {
    let guess = nearest.map(|n| format!("; did you mean '{n}'?"));
    let guess = guess.unwrap_or_default();
    format!(
        "'{}' was not understood and is kept as text{guess}",
        shown(word)
    )
}
