//! `episodes.csv`: rows become episodes, or are found among those the diary has.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::diary::moment::ClockTime as Clock;
use crate::diary::night::Night;
use crate::diary::unit::{LONGEST_AFTER_S, LONGEST_EPISODE_S};
use crate::diary::vocabulary::{Certainty, Kind, Origin, Period, Posture, Relief, Side, Site};
use crate::diary::{Episode, Source};
use crate::diary::{Moment, Word};
use crate::import::outcome::{Bad, Log};
use crate::import::row::{Place, Row};
use crate::import::settle::{Draft, Lined};
use crate::import::sheet::Sheet;

/// One row of `episodes.csv`; `None` is not said.
#[derive(Debug, PartialEq)]
pub(super) struct EpisodeRow {
    id: Option<i64>,
    night: Night,
    began_at: Option<Clock>,
    certainty: Option<Certainty>,
    kind: Option<Kind>,
    period: Option<Period>,
    side: Option<Side>,
    site: Option<Site>,
    severity: Option<u8>,
    duration_s: Option<u32>,
    repeats: Option<u32>,
    woke: Option<bool>,
    knot: Option<bool>,
    relief: Option<Vec<Relief>>,
    relief_s: Option<u32>,
    soreness_h: Option<f64>,
    urge: Option<bool>,
    movement_relieves: Option<bool>,
    posture: Option<Posture>,
    awareness_lost: Option<bool>,
    raw: Option<String>,
    note: Option<String>,
    source: Option<Source>,
    recorded_at: Option<DateTime<Utc>>,
}

impl EpisodeRow {
    fn read(row: &Row<'_>, place: &Place) -> Result<Self, Bad> {
        let longest = i64::from(LONGEST_EPISODE_S);
        let sore_most = f64::from(LONGEST_AFTER_S) / 3_600.0;
        let read = EpisodeRow {
            id: row.whole("id", 1, i64::MAX)?,
            night: Row::needed("night", row.night("night", place)?)?,
            began_at: row.clock("began_at", "zone", place)?,
            certainty: row.word("certainty")?,
            kind: row.word("kind")?,
            period: row.word("period")?,
            side: row.word("side")?,
            site: row.word("site")?,
            severity: row.whole("severity", 0, 10)?,
            duration_s: row.whole("duration_s", 0, longest)?,
            repeats: row.whole("repeats", 0, 1_000)?,
            woke: row.flag("woke")?,
            knot: row.flag("knot")?,
            relief: relief(row)?,
            relief_s: row.whole("relief_s", 0, longest)?,
            soreness_h: row.number("soreness_h", 0.0, sore_most)?,
            urge: row.flag("urge")?,
            movement_relieves: row.flag("movement_relieves")?,
            posture: row.word("posture")?,
            awareness_lost: row.flag("awareness_lost")?,
            raw: row.text("raw")?,
            note: row.text("note")?,
            source: source(row)?,
            recorded_at: row.recorded_at(place)?,
        };
        if let Some(clock) = &read.began_at {
            let night = clock.moment.night();
            if night != read.night {
                let reason = format!(
                    "that time belongs to the night of {night}, not {}: a night runs from noon to noon and is named by its evening",
                    read.night
                );
                return Err(Bad::cell("began_at", &clock.moment.rfc3339(), reason));
            }
        }
        Ok(read)
    }
}

/// Where a row says it came from.
pub(super) fn source(row: &Row<'_>) -> Result<Option<Source>, Bad> {
    match row.name("source")? {
        Some(said) => said.parse::<Source>().map(Some).map_err(|e| {
            Bad::cell(
                "source",
                &said,
                format!("{e}; or one of them with a detail, as in import:watch"),
            )
        }),
        None => Ok(None),
    }
}

/// The source of a row that does not say.
pub(super) const IMPORTED: Source = Source {
    origin: Origin::Import,
    detail: None,
};

fn relief(row: &Row<'_>) -> Result<Option<Vec<Relief>>, Bad> {
    let Some(said) = row.text("relief")? else {
        return Ok(None);
    };
    let mut done = Vec::new();
    for word in said.split(';').map(str::trim).filter(|w| !w.is_empty()) {
        let relief = Relief::ALL
            .iter()
            .find(|r| r.word().eq_ignore_ascii_case(word))
            .ok_or_else(|| {
                let accepted: Vec<&str> = Relief::ALL.iter().map(|r| r.word()).collect();
                let reason = format!("words between ';' are one of: {}", accepted.join(" "));
                Bad::cell("relief", word, reason)
            })?;
        done.push(*relief);
    }
    if done.len() > 1 && done.contains(&Relief::None) {
        return Err(Bad::cell("relief", &said, "'none' stands alone"));
    }
    Ok(Some(done).filter(|done| !done.is_empty()))
}

impl Draft for EpisodeRow {
    type Record = Episode;
    type About = Night;
    const ID_IS_A_HINT: bool = false;

    fn id(&self) -> Option<i64> {
        self.id
    }
    fn about(&self) -> Night {
        self.night
    }
    fn about_in_words(&self) -> String {
        format!("an episode of the night of {}", self.night)
    }
    fn said(&self) -> usize {
        [
            self.began_at.is_some(),
            self.certainty.is_some(),
            self.kind.is_some(),
            self.period.is_some(),
            self.side.is_some(),
            self.site.is_some(),
            self.severity.is_some(),
            self.duration_s.is_some(),
            self.repeats.is_some(),
            self.woke.is_some(),
            self.knot.is_some(),
            self.relief.is_some(),
            self.relief_s.is_some(),
            self.soreness_h.is_some(),
            self.urge.is_some(),
            self.movement_relieves.is_some(),
            self.posture.is_some(),
            self.awareness_lost.is_some(),
            self.raw.is_some(),
            self.note.is_some(),
        ]
        .into_iter()
        .filter(|said| *said)
        .count()
    }
    fn fresh(&self, id: i64, recorded_at: DateTime<Utc>) -> Episode {
        let mut episode = Episode::blank(id, self.night, recorded_at);
        episode.source = IMPORTED;
        self.apply(&mut episode);
        episode
    }
    fn apply(&self, e: &mut Episode) {
        if let Some(clock) = &self.began_at {
            let settled: Moment = clock.settle(e.began_at.as_ref());
            // a time that was not known before brings its own certainty
            if e.began_at.as_ref() != Some(&settled) {
                e.certainty = clock.certainty;
            }
            e.began_at = Some(settled);
        }
        put(&mut e.certainty, self.certainty);
        put(&mut e.kind, self.kind);
        put(&mut e.period, self.period);
        keep(&mut e.side, self.side);
        keep(&mut e.site, self.site);
        keep(&mut e.severity, self.severity);
        keep(&mut e.duration_s, self.duration_s);
        keep(&mut e.repeats, self.repeats);
        keep(&mut e.woke, self.woke);
        keep(&mut e.knot, self.knot);
        put(&mut e.relief, self.relief.clone());
        keep(&mut e.relief_s, self.relief_s);
        keep(&mut e.soreness_h, self.soreness_h);
        keep(&mut e.urge, self.urge);
        keep(&mut e.movement_relieves, self.movement_relieves);
        keep(&mut e.posture, self.posture);
        keep(&mut e.awareness_lost, self.awareness_lost);
        keep(&mut e.raw, self.raw.clone());
        keep(&mut e.note, self.note.clone());
        put(&mut e.source, self.source.clone());
        put_time(&mut e.recorded_at, self.recorded_at);
    }
    fn id_of(e: &Episode) -> i64 {
        e.id
    }
    fn about_of(e: &Episode) -> Night {
        e.night
    }
    fn recorded_at_of(e: &Episode) -> DateTime<Utc> {
        e.recorded_at
    }
}

/// Replaces a value by one that was said.
pub(super) fn put<T>(kept: &mut T, said: Option<T>) {
    if let Some(said) = said {
        *kept = said;
    }
}

/// Replaces a value, known or not, by one that was said; what is known never becomes unknown.
pub(super) fn keep<T>(kept: &mut Option<T>, said: Option<T>) {
    if said.is_some() {
        *kept = said;
    }
}

/// Replaces a time by one that was said, unless they are the same to the second, which is all a file keeps.
pub(super) fn put_time(kept: &mut DateTime<Utc>, said: Option<DateTime<Utc>>) {
    match said {
        Some(said) if said.timestamp() != kept.timestamp() => *kept = said,
        _ => {}
    }
}

/// Reads the rows. Second: the nights of rows that could not be taken but may have been cramps, so that such a night
/// is not recorded as calm.
pub(super) fn read(
    sheet: Sheet<'_>,
    place: &Place,
    log: &mut Log,
) -> (Vec<Lined<EpisodeRow>>, HashSet<Night>) {
    let file = sheet.file.clone();
    let mut rows = Vec::new();
    let mut doubtful = HashSet::new();
    sheet.rows(log, |row, log| match EpisodeRow::read(row, place) {
        Ok(draft) => rows.push(Lined {
            line: row.line,
            draft,
        }),
        Err(bad) => {
            let night = row.night("night", place).ok().flatten();
            let counts = !matches!(row.word::<Kind>("kind"), Ok(Some(kind)) if kind != Kind::Cramp)
                && !matches!(row.word::<Period>("period"), Ok(Some(Period::Day)));
            doubtful.extend(night.filter(|_| counts));
            log.refuse(&file, row.line, bad);
        }
    });
    (rows, doubtful)
}
