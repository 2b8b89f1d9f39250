//! What a study is given of a diary: two tables of an allowed list of columns under a pseudonym.
//!
//! Everything that leaves is a number, a date in the mode that was chosen, or a word of a closed set of this program.
//! Text of the person, names of their own factors, of medicines and of devices have no column.

pub(crate) mod column;
mod taken;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime};

use crate::diary::elsewhere::ASLEEP;
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::moment::{Night, Nights};
use crate::diary::record::SOME;
use crate::diary::study::{Dates, Study};
use crate::diary::vocabulary::{FactorKind, Kind, Origin};
use crate::diary::{ContextValue, Diary, Episode, Moment, NightState, Value, Word};
use crate::report::research::column::Column;
use crate::report::research::taken::Taken;

/// Ages from here on are one band.
const OLDEST: i32 = 90;
/// The factor of which it is also said who read it.
const ROOM: &str = "room";

/// What a study is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Research {
    pub(crate) record_id: String,
    pub(crate) dates: Dates,
    pub(crate) nights: Table,
    pub(crate) cramps: Table,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: Vec<Column>,
    /// A cell a column; an empty one is unknown.
    pub(crate) rows: Vec<Vec<String>>,
}

/// How a night of the diary is written for the study.
struct Calendar {
    dates: Dates,
    first: Night,
    weeks_back: i64,
}

/// What `study` is given of `diary`, whose random name is `name`; `None` for a diary without nights.
pub(crate) fn research(diary: &Diary, name: &str, study: &Study, dates: Dates) -> Option<Research> {
    let span = diary.span()?;
    let record_id = study.pseudonym(name);
    let calendar = Calendar {
        dates,
        first: span.from,
        weeks_back: study.weeks_back(name),
    };
    let catalogue = Catalogue::built_in();
    let factors = catalogue.all();
    let known = diary.known_values(span);
    let band = age_band(diary, span.from.date());
    let taken = Taken::of(diary);
    let row = |night: Night| {
        let from = known.partition_point(|v| v.night < night);
        let to = known.partition_point(|v| v.night <= night);
        let values = known.get(from..to).unwrap_or_default();
        let mut row = calendar.key(&record_id, night);
        row.extend(of_night(diary, night, &band, values));
        row.push(taken.on(night));
        row.extend(factors.iter().map(|factor| of_factor(factor, values)));
        row
    };
    let nights = Table {
        name: "nights",
        columns: column::nights(factors.iter()),
        rows: span.iter().map(row).collect(),
    };
    Some(Research {
        cramps: Table {
            name: "cramps",
            columns: column::cramps(),
            rows: cramps(diary, span, &calendar, &record_id),
        },
        nights,
        record_id,
        dates,
    })
}

impl Research {
    pub(crate) fn tables(&self) -> [&Table; 2] {
        [&self.nights, &self.cramps]
    }
}

impl Table {
    pub(crate) fn file(&self) -> String {
        format!("{}.csv", self.name)
    }
}

impl Calendar {
    fn key(&self, record_id: &str, night: Night) -> Vec<String> {
        let number = night.since(self.first) + 1;
        let date = self.moved(night.date()).map(|date| date.to_string());
        vec![
            record_id.to_string(),
            number.to_string(),
            date.unwrap_or_default(),
        ]
    }

    fn back(&self) -> Option<Duration> {
        match self.dates {
            Dates::Exact => Some(Duration::zero()),
            Dates::Shifted => Some(Duration::weeks(self.weeks_back)),
            Dates::DayNumber => None,
        }
    }

    /// A date as the study sees it; none where nights are only numbered.
    fn moved(&self, date: NaiveDate) -> Option<NaiveDate> {
        date.checked_sub_signed(self.back()?)
    }

    fn moved_time(&self, time: NaiveDateTime) -> String {
        let moved = self.back().and_then(|back| time.checked_sub_signed(back));
        let written = moved.map(|time| time.format("%Y-%m-%d %H:%M:%S").to_string());
        written.unwrap_or_default()
    }
}

fn or_empty(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn flag(yes: bool) -> String {
    i32::from(yes).to_string()
}

/// The age in the year of the first night, in tens.
fn age_band(diary: &Diary, first: NaiveDate) -> String {
    let born: Option<i32> = diary
        .facts_of("born")
        .last()
        .and_then(|fact| fact.value.parse().ok());
    match born.map(|year| first.year() - year) {
        Some(age) if age >= OLDEST => format!("{OLDEST}+"),
        Some(age) if age >= 0 => {
            let from = age / 10 * 10;
            format!("{from}-{}", from + 9)
        }
        _ => String::new(),
    }
}

/// The columns of a night behind its key, before what was taken and the factors.
fn of_night(diary: &Diary, night: Night, band: &str, values: &[ContextValue]) -> Vec<String> {
    let record = diary.nights.get(&night);
    let in_bed = record.and_then(|n| {
        let (bed, up) = (n.bed_at.as_ref()?, n.up_at.as_ref()?);
        Some((up.utc - bed.utc).num_minutes()).filter(|minutes| (0..=2_880).contains(minutes))
    });
    let asleep = diary.reading(night, ASLEEP).map(|r| r.value);
    let any = match diary.state(night) {
        NightState::Cramp => Some(true),
        NightState::Calm => Some(false),
        NightState::Unknown => None,
    };
    let room = values.iter().find(|v| &*v.factor == ROOM);
    // as the analysis has it
    let is_weekend = night.date().weekday().num_days_from_monday() >= 5;
    vec![
        flag(is_weekend),
        band.to_string(),
        or_empty(any.map(flag)),
        or_empty(diary.cramp_count(night)),
        flag(diary.is_excluded(night)),
        or_empty(in_bed),
        or_empty(asleep),
        or_empty(record.and_then(|n| n.sleep_quality)),
        or_empty(record.and_then(|n| n.sleep_disturbance)),
        or_empty(record.and_then(|n| n.sleep_lost_min)),
        or_empty(room.map(|v| flag(v.source.origin == Origin::Device))),
    ]
}

/// A value of a built-in factor, if it is one this program would have written: a number within its range, a word of its
/// choices, or `some`.
fn of_factor(factor: &FactorDef, values: &[ContextValue]) -> String {
    let in_its_unit =
        |v: &&ContextValue| v.unit.is_none() || v.unit.as_deref() == factor.unit.as_deref();
    let value = values.iter().find(|v| *v.factor == *factor.factor);
    let value = value.filter(in_its_unit);
    match value.map(|v| &v.value) {
        Some(Value::Number(number)) if factor.kind != FactorKind::Choice => {
            let least = factor.min.is_none_or(|min| min <= *number);
            let most = factor.max.is_none_or(|max| *number <= max);
            or_empty((least && most).then_some(number))
        }
        Some(Value::Word(word)) if factor.kind == FactorKind::Choice => {
            let known = factor.choices.iter().any(|choice| **choice == **word);
            or_empty(known.then_some(word))
        }
        Some(Value::Word(word)) if **word == *SOME => SOME.to_string(),
        _ => String::new(),
    }
}

/// Every cramp of the nights handed out.
fn cramps(diary: &Diary, span: Nights, calendar: &Calendar, record_id: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut last = (span.from, 0);
    for e in diary.episodes_in(span) {
        if e.kind != Kind::Cramp {
            continue;
        }
        let number = if last.0 == e.night { last.1 + 1 } else { 1 };
        last = (e.night, number);
        let mut row = calendar.key(record_id, e.night);
        row.push(number.to_string());
        row.extend(of_cramp(e, calendar));
        rows.push(row);
    }
    rows
}

fn of_cramp(e: &Episode, calendar: &Calendar) -> Vec<String> {
    let began = e.began_at.as_ref();
    let end = began
        .zip(e.duration_s)
        .filter(|_| e.duration_max_s.is_none());
    let end = end.map(|(at, s)| at.local() + Duration::seconds(i64::from(s)));
    let offset = |at: &Moment| at.offset.local_minus_utc() / 60;
    // a change of the clock has a date, from which a shift could be read
    let offset = began.filter(|_| calendar.dates == Dates::Exact).map(offset);
    let done: Vec<&str> = e.relief.iter().map(|r| r.word()).collect();
    vec![
        e.period.word().to_string(),
        began.map_or_else(String::new, |at| calendar.moved_time(at.local())),
        end.map_or_else(String::new, |at| calendar.moved_time(at)),
        or_empty(began.map(|at| at.local().format("%H:%M:%S"))),
        e.certainty.word().to_string(),
        or_empty(offset),
        or_empty(e.severity),
        or_empty(e.site.map(Word::word)),
        or_empty(e.side.map(Word::word)),
        or_empty(e.duration_s),
        or_empty(e.duration_max_s),
        or_empty(e.woke.map(flag)),
        or_empty(e.knot.map(flag)),
        done.join(";"),
        or_empty(e.eased_after_s()),
    ]
}
