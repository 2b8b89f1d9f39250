//! One cramp as the words of a line tell of it, and the fields they come to.

use chrono::Duration;

use crate::data::word::Word;
use crate::diary::clause::{Clause, Item};
use crate::diary::clock::{Day, Now, Pieces, When};
use crate::diary::clock_face::ClockError;
use crate::diary::clock_face::DateOrInstant;
use crate::diary::clock_words::Clock;
use crate::diary::line::{Line, Mention, ValueChange, field_typed};
use crate::diary::moment::Night;
use crate::diary::phrase::Words;
use crate::diary::said::Said;
use crate::diary::time_words::{Part, TimeSaid};
use crate::diary::vocabulary::{Kind, Relief, Side, Site};

/// Something that could be read in two ways, and is left open.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Doubt {
    /// Which number is the pain.
    Pain(String),
    /// How long it lasted.
    Duration(String),
    /// What a number that stands alone is.
    Number(String),
}

/// A cramp as the words so far tell of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    pub(crate) day: Option<Day>,
    pub(crate) part: Option<Part>,
    pub(crate) clock: Option<Clock>,
    pub(crate) until: Option<Clock>,
    pub(crate) written: Option<DateOrInstant>,
    pub(crate) ago: Option<i64>,
    /// The words of its time, for a refusal.
    pub(crate) typed_time: String,
    /// Whether anything tells of a cramp.
    pub(crate) body: bool,
    pub(crate) cramp: bool,
    pub(crate) not_a_cramp: bool,
    pub(crate) side: Option<Side>,
    pub(crate) both: bool,
    pub(crate) site: Option<Site>,
    pub(crate) sided: bool,
    pub(crate) pains: Vec<f64>,
    pub(crate) lasted: Vec<(u32, Option<u32>)>,
    pub(crate) times: Option<u32>,
    pub(crate) relief: Vec<Relief>,
    pub(crate) mentions: Vec<(&'static str, &'static str)>,
    pub(crate) kind: Option<Kind>,
    pub(crate) by_day: bool,
    pub(crate) values: Vec<ValueChange>,
    /// The words it was read from, factors aside.
    pub(crate) spans: Vec<(usize, usize)>,
}

impl Told {
    pub(crate) fn has_time(&self) -> bool {
        self.clock.is_some() || self.ago.is_some() || self.written.is_some()
    }

    /// Takes over what an item says; false where it contradicts and has to stay text.
    pub(crate) fn add(&mut self, item: &Item, before: Option<&Told>) -> bool {
        match item {
            Item::Factor(factor) => {
                self.values.push(factor.change.clone());
                return true;
            }
            Item::Time(time) => self.add_time(&time.said, before),
            Item::Fact(fact) if !self.add_fact(&fact.said) => return false,
            Item::Fact(_) => {}
        }
        self.spans.push((item.from(), item.to()));
        true
    }

    fn add_time(&mut self, said: &TimeSaid, before: Option<&Told>) {
        match said {
            TimeSaid::Clock(clock) => self.clock = Some(*clock),
            TimeSaid::Between(from, to) => (self.clock, self.until) = (Some(*from), Some(*to)),
            // `an hour ago, only sitting down now`
            TimeSaid::Ago(0) if self.has_time() => {}
            TimeSaid::Ago(seconds) => self.ago = Some(*seconds),
            TimeSaid::Written(at) => self.written = Some(*at),
            TimeSaid::Part(part) => self.part = Some(*part),
            TimeSaid::Day(day) => self.day = Some(*day),
            TimeSaid::Later(seconds) => {
                let earlier = before.and_then(|b| b.clock);
                let later = Duration::seconds(*seconds);
                self.clock = earlier.map(|c| Clock {
                    time: c.time.overflowing_add_signed(later).0,
                    ..c
                });
                self.day = self.day.or(before.and_then(|b| b.day));
            }
            TimeSaid::Since(_) | TimeSaid::Nights(_) | TimeSaid::NightsBetween(..) => {}
        }
    }

    fn add_fact(&mut self, said: &Said) -> bool {
        self.body |= !matches!(said, Said::Nothing | Said::NoCramp(_) | Said::Correction);
        match *said {
            Said::Cramp => self.cramp = true,
            Said::NotACramp => self.not_a_cramp = true,
            Said::Correction => (self.side, self.both, self.site) = (None, false, None),
            Said::Again | Said::NoCramp(_) | Said::Elsewhere | Said::Nothing => {}
            Said::Side(Side::Both) => (self.side, self.both) = (Some(Side::Both), true),
            Said::Side(side) => {
                self.side = match self.side {
                    Some(_) if self.both => Some(Side::Both),
                    Some(before) if before != side => Some(Side::Both),
                    _ => Some(side),
                }
            }
            Said::Site(site, sided) => {
                use Site::{Foot, Other, Toes};
                match self.site {
                    None => self.site = Some(site),
                    Some(before) if before == site || site == Other => {}
                    // the toes of the foot
                    Some(Foot) if site == Toes => self.site = Some(Toes),
                    Some(Toes) if site == Foot => {}
                    // `back of the left thigh`
                    Some(Site::Hamstring) if site == Site::Thigh => {}
                    // `feet pointed, right calf`: the muscle with its side is the one
                    Some(_) if sided && !self.sided => self.site = Some(site),
                    Some(_) => return false,
                }
                self.sided |= sided;
            }
            Said::Pain(pain) => self.pains.push(pain),
            Said::Lasted(low, high) => self.lasted.push((low, high)),
            Said::Times(n) => self.times = Some(self.times.map_or(n, |m| m.max(n))),
            Said::Relief(relief) => {
                if !self.relief.contains(&relief) {
                    self.relief.push(relief);
                }
            }
            Said::Woke(yes) => self.mentions.push(("woke", yes_no(yes))),
            Said::Knot(yes) => self.mentions.push(("knot", yes_no(yes))),
            Said::Posture(posture) => self.mentions.push(("posture", posture.word())),
            Said::Kind(kind) => self.kind = Some(self.kind.unwrap_or(kind)),
            Said::ByDay => self.by_day = true,
        }
        true
    }

    /// `calm monday, tuesday left calf 3am`: where the night before was calm, the night that began that day is meant.
    pub(crate) fn settle_day(&mut self, calm: impl Fn(Night) -> bool, now: &Now) {
        if matches!(self.day, Some(Day::Weekday(_)))
            && let Ok(Some(when)) = self.when(now)
            && calm(when.night)
        {
            self.day = Some(Day::Night(when.night.plus(1)));
        }
    }

    /// Whether it makes its night a cramp night.
    pub(crate) fn is_cramp(&self) -> bool {
        let other_kind = self.kind.is_some() && !self.cramp;
        !self.not_a_cramp && !other_kind && !self.by_day && self.part != Some(Part::Afternoon)
    }

    /// Whether it is sure enough to stand beside the answer that there was no cramp: another kind of thing with its
    /// place, or a cramp with its time.
    pub(crate) fn stands_beside_calm(&self, denied: impl Fn(Night) -> bool, now: &Now) -> bool {
        let placed = self.side.is_some() || self.site.is_some();
        // `calf born at 4am, no cramps though`
        let exact = self.side.is_some() && self.site.is_some() && self.has_time();
        let is_sure = self.cramp || exact || placed && !self.pains.is_empty();
        let is_bare = self.is_cramp() && !is_sure;
        let night = self.when(now).ok().flatten();
        if is_bare && denied(night.map_or(now.this_night(), |when| when.night)) {
            return false;
        }
        self.cramp || self.has_time() || !self.pains.is_empty() || self.kind.is_some() && placed
    }

    /// Gives its words back, so that they stay text; its factors are returned.
    pub(crate) fn give_back(self, words: &mut Words) -> Vec<ValueChange> {
        for (from, to) in self.spans {
            words.give_back(from, to);
        }
        self.values
    }

    /// Whether the clause tells of another cramp than this one.
    pub(crate) fn is_other(&self, clause: &Clause) -> bool {
        self.has_time() && clause.has_time()
    }

    /// A cramp of which only the time was told was where the next one was.
    pub(crate) fn is_in_place_of(&mut self, after: &Told) {
        if self.side.is_none() && self.site.is_none() && self.has_time() {
            (self.side, self.both, self.site) = (after.side, after.both, after.site);
        }
    }

    /// A cramp told after this one, of which only the time or the side was said again, was in the same place.
    pub(crate) fn is_like(&mut self, before: &Told) {
        // `same thigh 3.10am`
        if self.side.is_none() && self.site == before.site {
            (self.side, self.both) = (before.side, before.both);
        }
        if self.site.is_none() {
            self.site = before.site;
            if self.side.is_none() {
                (self.side, self.both) = (before.side, before.both);
            }
        }
        if self.day.is_none() {
            self.day = before.day;
        }
        self.kind = self.kind.or(before.kind);
    }
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

impl Told {
    /// When it was; `None` where the line does not say.
    ///
    /// # Errors
    /// A time in the future.
    fn when(&self, now: &Now) -> Result<Option<When>, ClockError> {
        let today = now.today();
        let day = match (self.day, self.part) {
            (None, Some(Part::Morning)) => Some(Day::Morning(today)),
            (None, Some(_)) if self.clock.is_none() => Some(Day::Night(now.last_night())),
            (day, _) => day,
        };
        let clock = self.clock;
        let before = |s: i64| now.utc.checked_sub_signed(Duration::seconds(s));
        let (instant, exact) = match self.written {
            Some(DateOrInstant::Local(local)) => (Some(local), None),
            Some(DateOrInstant::Exact(utc)) => (None, Some(utc)),
            None => (None, self.ago.and_then(before)),
        };
        Pieces {
            day,
            clock: clock.map(|c| c.time),
            either_half: clock.is_some_and(|c| c.either_half),
            about: clock.is_some_and(|c| c.about) || self.ago.is_some_and(|s| s > 0),
            vague: clock.is_some_and(|c| c.vague),
            instant,
            exact,
            to_come: None,
            words: vec![self.typed_time.clone()],
        }
        .when(now)
    }

    /// The line it comes to; what could be read in two ways goes into `doubts`.
    ///
    /// # Errors
    /// A time in the future.
    pub(crate) fn line(mut self, now: &Now, doubts: &mut Vec<Doubt>) -> Result<Line, ClockError> {
        let mut line = Line {
            when: self.when(now)?,
            ..Line::default()
        };
        let mut say = |field: &str, value: &str| {
            if let Some(field) = field_typed(true, field) {
                line.said.push(Mention {
                    field,
                    key: field.field.to_string(),
                    value: value.to_string(),
                });
            }
        };
        if let Some(side) = self.side {
            say("side", side.word());
        }
        if let Some(site) = self.site {
            say("site", site.word());
        }
        if self.not_a_cramp || !self.cramp {
            let other = self.kind.or(self.not_a_cramp.then_some(Kind::Unknown));
            if let Some(kind) = other {
                say("kind", kind.word());
            }
        }
        if self.by_day || self.part == Some(Part::Afternoon) {
            say("period", "day");
        }
        self.pains.dedup();
        match self.pains.as_slice() {
            [] => {}
            [pain] => say("severity", &pain.to_string()),
            pains => {
                let words: Vec<String> = pains.iter().map(f64::to_string).collect();
                doubts.push(Doubt::Pain(words.join(", ")));
            }
        }
        if let (Some(from), Some(until)) = (self.clock, self.until) {
            let mut length = until.time - from.time;
            if length <= Duration::zero() {
                length += Duration::hours(12);
            }
            let seconds = u32::try_from(length.num_seconds().rem_euclid(43_200)).unwrap_or(0);
            if seconds > 0 && self.lasted.is_empty() {
                self.lasted.push((seconds, None));
            }
        }
        self.lasted.dedup();
        match self.lasted.as_slice() {
            [] => {}
            [(low, None)] => say("duration", &format!("{low}s")),
            [(0, Some(high))] => say("duration", &format!("<{high}s")),
            [(low, Some(high))] => say("duration", &format!("{low}s-{high}s")),
            several => {
                let words = several
                    .iter()
                    .map(|(low, _)| crate::diary::unit::span(*low));
                doubts.push(Doubt::Duration(words.collect::<Vec<_>>().join(", ")));
            }
        }
        if let Some(times) = self.times.filter(|n| *n > 1) {
            say("repeats", &times.to_string());
        }
        if self.relief.len() > 1 {
            self.relief.retain(|r| *r != Relief::None);
        }
        if !self.relief.is_empty() {
            let actions: Vec<&str> = self.relief.iter().map(|r| r.word()).collect();
            say("relief", &actions.join(";"));
        }
        for (field, value) in std::mem::take(&mut self.mentions) {
            say(field, value);
        }
        line.values = self.values;
        Ok(line)
    }
}
