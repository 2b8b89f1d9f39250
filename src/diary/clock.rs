//! Clock words: "03:10", "yesterday 3am", "2h ago", "mon 2:30", "-1", given `now`. The past is always preferred.

use chrono::{
    DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc, Weekday,
};

use crate::diary::clock_face::{
    ClockError, DateOrInstant, looks_like_a_date, read_clock, read_date_time, read_span,
};
use crate::diary::lexicon;
use crate::diary::moment::Night;
use crate::diary::moment::{Moment, Zone};
use crate::diary::vocabulary::Certainty;

/// The present, and the zone of the clock on the wall.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Now {
    pub(crate) utc: DateTime<Utc>,
    /// The zone clock words are read in.
    pub(crate) zone: Zone,
}

impl Now {
    pub(crate) fn moment(&self) -> Moment {
        self.zone.moment(self.utc)
    }

    /// What the clock on the wall shows.
    pub(crate) fn local(&self) -> NaiveDateTime {
        self.moment().local()
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.local().date()
    }

    /// The night of yesterday's date, whatever the hour: the one a morning answer is about.
    pub(crate) fn last_night(&self) -> Night {
        Night::of_evening(self.today()).plus(-1)
    }

    /// The night that now belongs to (noon to noon).
    pub(crate) fn this_night(&self) -> Night {
        self.moment().night()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct When {
    /// The instant, when a clock time was given.
    pub(crate) at: Option<Moment>,
    pub(crate) night: Night,
    pub(crate) certainty: Certainty,
}

/// The pieces of a time as they are met, word by word.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Pieces {
    pub(crate) day: Option<Day>,
    pub(crate) clock: Option<NaiveTime>,
    /// The half of the day was not said: half past two in the night or in the afternoon.
    pub(crate) either_half: bool,
    pub(crate) about: bool,
    /// The time stands for a part of the night, hours long.
    pub(crate) vague: bool,
    pub(crate) instant: Option<NaiveDateTime>,
    pub(crate) exact: Option<DateTime<Utc>>,
    /// A day that is still to come.
    pub(crate) to_come: Option<String>,
    pub(crate) words: Vec<String>,
}

/// A day as it is spoken of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Day {
    Date(NaiveDate),
    Weekday(Weekday),
    LastNight,
    NightsAgo(i64),
    /// A night, whatever side of midnight: a time falls within it.
    Night(Night),
    /// The morning of a date: without a time, the night before it.
    Morning(NaiveDate),
}

/// Reads clock words one after another, so that they may stand anywhere in a line.
#[derive(Debug, Clone)]
pub(crate) struct ClockReader<'n> {
    now: &'n Now,
    pieces: Pieces,
}

impl<'n> ClockReader<'n> {
    /// A reader that has met no clock word yet.
    pub(crate) fn new(now: &'n Now) -> Self {
        ClockReader {
            now,
            pieces: Pieces::default(),
        }
    }

    /// Takes as many leading words of `words` as belong to a time; 0 when the first is no clock word.
    ///
    /// # Errors
    /// A word that is clearly meant as a time but cannot be one.
    pub(crate) fn take(&mut self, words: &[&str]) -> Result<usize, ClockError> {
        let Some(first) = words.first() else {
            return Ok(0);
        };
        let word = first.trim().to_lowercase();
        let second = words.get(1).map(|w| w.trim().to_lowercase());
        if word == "now" {
            return self
                .note(first, |p, now| p.exact = Some(now.utc))
                .map(|()| 1);
        }
        if word == "last" && second.as_deref() == Some("night") {
            self.set_day(first, Day::LastNight)?;
            return Ok(2);
        }
        if second.as_deref() == Some("ago")
            && let Some(span) = read_span(&word)?
        {
            self.note(&format!("{first} ago"), |p, now| {
                p.exact = now.utc.checked_sub_signed(span);
                p.about = true;
            })?;
            return Ok(2);
        }
        if let Some((_, taken)) = lexicon::leading("future", words) {
            let typed = words.get(..taken).unwrap_or_default().join(" ");
            self.pieces.to_come = Some(typed);
            return Ok(taken);
        }
        if let Some(day) = self.read_day(&word)? {
            self.set_day(first, day)?;
            return Ok(1);
        }
        if let Some(at) = read_date_time(&word) {
            self.note(first, |p, _| match at {
                DateOrInstant::Local(local) => p.instant = Some(local),
                DateOrInstant::Exact(utc) => p.exact = Some(utc),
            })?;
            return Ok(1);
        }
        let (about, face) = match word.strip_prefix('~') {
            Some(rest) => (true, rest.to_string()),
            None => (false, word.clone()),
        };
        if let Some(clock) = read_clock(&face)? {
            if let Some(earlier) = self.pieces.clock.and(self.pieces.words.last()) {
                return Err(ClockError::Two(earlier.clone(), (*first).to_string()));
            }
            self.pieces.clock = Some(clock);
            self.pieces.about |= about;
            self.pieces.words.push((*first).to_string());
            return Ok(1);
        }
        if looks_like_a_date(&word) {
            return Err(ClockError::Ambiguous((*first).to_string()));
        }
        Ok(0)
    }

    /// What the words met so far mean; `None` when there were none.
    ///
    /// # Errors
    /// A time in the future.
    pub(crate) fn finish(self) -> Result<Option<When>, ClockError> {
        self.pieces.when(self.now)
    }

    fn read_day(&self, word: &str) -> Result<Option<Day>, ClockError> {
        let today = self.now.today();
        let is_date = word.len() == 10 && word.as_bytes().get(4) == Some(&b'-');
        let nights_ago = || word.strip_prefix('-')?.parse().ok().map(Day::NightsAgo);
        let weekday = || lexicon::weekday(word).map(Day::Weekday);
        Ok(match word {
            "today" | "tonight" => Some(Day::Date(today)),
            "yesterday" => Some(Day::Date(back(today, 1))),
            "last" => Some(Day::LastNight),
            _ => match weekday().or_else(nights_ago) {
                None if is_date => {
                    let date = NaiveDate::parse_from_str(word, "%Y-%m-%d");
                    let no_such = |_| ClockError::NoSuchTime(word.to_string());
                    Some(Day::Date(date.map_err(no_such)?))
                }
                day => day,
            },
        })
    }

    fn set_day(&mut self, word: &str, day: Day) -> Result<(), ClockError> {
        if let Some(earlier) = self.pieces.day.and(self.pieces.words.first()) {
            return Err(ClockError::Two(earlier.clone(), word.to_string()));
        }
        self.pieces.day = Some(day);
        self.pieces.words.push(word.to_string());
        Ok(())
    }

    fn note(&mut self, word: &str, set: impl FnOnce(&mut Pieces, &Now)) -> Result<(), ClockError> {
        if let Some(earlier) = self.pieces.words.first() {
            return Err(ClockError::Two(earlier.clone(), word.to_string()));
        }
        set(&mut self.pieces, self.now);
        self.pieces.words.push(word.to_string());
        Ok(())
    }
}

impl Pieces {
    /// What the pieces mean; `None` when there are none.
    ///
    /// # Errors
    /// A time in the future.
    pub(crate) fn when(self, now: &Now) -> Result<Option<When>, ClockError> {
        if let Some(word) = self.to_come {
            return Err(ClockError::ToCome(word));
        }
        let word = self.words.join(" ");
        let at_local = |local| now.zone.resolve(local, now.utc);
        let (at, certainty) = match (self.exact, self.instant, self.day, self.clock) {
            (Some(utc), ..) => (now.zone.moment(utc), Certainty::Exact),
            (None, Some(local), ..) => at_local(local),
            (None, None, None, None) => return Ok(None),
            (None, None, day, Some(time)) => at_local(match self.either_half {
                true => in_bed(day, time, now),
                false => local_time(day, time, now),
            }),
            (None, None, Some(day), None) => {
                let night = night_of(day, now);
                if night.date() > now.today() {
                    let when = format!("the night of {night}");
                    return Err(ClockError::Future { word, when });
                }
                return Ok(Some(When {
                    at: None,
                    night,
                    certainty: Certainty::Unknown,
                }));
            }
        };
        if at.utc > now.utc {
            let when = at.local().format("%a %Y-%m-%d %H:%M").to_string();
            return Err(ClockError::Future { word, when });
        }
        Ok(Some(When {
            night: at.night(),
            at: Some(at),
            certainty: match certainty {
                Certainty::Exact if self.vague => Certainty::Vague,
                Certainty::Exact if self.about => Certainty::About,
                other => other,
            },
        }))
    }
}

/// A time of which the half of the day was not said: the latest one that has passed, of those at which people lie in
/// bed or sit up late.
fn in_bed(day: Option<Day>, time: NaiveTime, now: &Now) -> NaiveDateTime {
    let twelve_later = time.overflowing_add_signed(Duration::hours(12)).0;
    let halves = [time, twelve_later].into_iter();
    let locals = halves
        .filter(|t| !(10..18).contains(&t.hour()))
        .map(|t| local_time(day, t, now));
    let past = locals.filter(|local| *local <= now.local()).max();
    past.unwrap_or_else(|| local_time(day, time, now))
}

/// The clock time `time` of a day; the latest one that has passed where only a time was given.
fn local_time(day: Option<Day>, time: NaiveTime, now: &Now) -> NaiveDateTime {
    let today = now.today();
    let Some(day) = day else {
        let local = today.and_time(time);
        return match now.zone.resolve(local, now.utc).0.utc > now.utc {
            true => back(today, 1).and_time(time),
            false => local,
        };
    };
    match day {
        Day::Date(date) | Day::Morning(date) => date.and_time(time),
        Day::LastNight => past_at(now, now.last_night(), time),
        Day::NightsAgo(n) => Night::of_evening(today).plus(-n).at(time),
        Day::Night(night) => night.at(time),
        Day::Weekday(weekday) => {
            let date = back(today, u64::from(today.weekday().days_since(weekday)));
            if date.and_time(time) > now.local() {
                back(date, 7).and_time(time)
            } else {
                date.and_time(time)
            }
        }
    }
}

/// Reads a whole phrase as a time; `None` when any word of it is no clock word.
///
/// # Errors
/// As [`ClockReader::take`] and [`ClockReader::finish`].
pub(crate) fn read_when(text: &str, now: &Now) -> Result<Option<When>, ClockError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return Err(ClockError::Empty);
    }
    let mut reader = ClockReader::new(now);
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let taken = reader.take(rest)?;
        if taken == 0 {
            return Ok(None);
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    reader.finish()
}

fn back(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

/// `time` in `night`, or in the night before when that is still to come.
fn past_at(now: &Now, night: Night, time: NaiveTime) -> NaiveDateTime {
    let local = night.at(time);
    if local > now.local() {
        night.plus(-1).at(time)
    } else {
        local
    }
}

pub(crate) fn night_of(day: Day, now: &Now) -> Night {
    let today = now.today();
    match day {
        Day::Date(date) => Night::of_evening(date),
        Day::Morning(date) => Night::of_evening(date).plus(-1),
        Day::Night(night) => night,
        Day::LastNight => now.last_night(),
        Day::NightsAgo(n) => Night::of_evening(today).plus(-n),
        Day::Weekday(weekday) => {
            // Today's own name means a week ago.
            let days = today.weekday().pred().days_since(weekday) + 1;
            Night::of_evening(back(today, u64::from(days)))
        }
    }
}
