//! The kinds of records that have a number of their own: what a row of each is about, and what its cells must hold
//! together beyond what each says alone.

use std::collections::HashSet;
use std::hash::Hash;

use chrono::{DateTime, NaiveDate, Utc};

use crate::diary::Source;
use crate::diary::between::{
    Course, CourseDraft, Event, Exclusion, ExclusionDraft, Fact, FactDraft, FlagNote, Follow,
    Intake, IntakeDraft, Look, LookDraft, Reply, Symptom, SymptomDraft,
};
use crate::diary::fact::{self, FactError};
use crate::diary::kept::Kept;
use crate::diary::moment::{ClockTime, Night};
use crate::diary::record::{Episode, EpisodeDraft};
use crate::diary::vocabulary::{Kind, Origin, Period, SymptomName};
use crate::import::outcome::{CellError, ImportLog};
use crate::import::row::{Place, Row, iso_date};
use crate::import::sheet::Sheet;

/// A record with a number, and how a row of a file finds it.
pub(super) trait Numbered: Kept {
    /// What a record is about; a row never changes a record that is about something else.
    type About: Eq + Hash;
    /// Whether a number already used for something else may be replaced by a free one: true where the CSV file has no
    /// column for it, so that the person could not mend it.
    const ID_IS_A_HINT: bool = true;
    /// Tells records that cannot stand beside each other, where there are such.
    const CLASHES: Option<fn(&Self, &Self) -> bool> = None;

    /// Checks what the cells say together, and fills in what follows from them.
    fn complete(_draft: &mut Self::Draft, _row: &Row<'_>) -> Result<(), CellError> {
        Ok(())
    }
    /// The number in the file.
    fn number(draft: &Self::Draft) -> Option<i64>;
    /// The record a row becomes when the diary does not have it.
    fn fresh(draft: &Self::Draft, id: i64, recorded_at: DateTime<Utc>) -> Self;
    fn id(&self) -> i64;
    fn about(&self) -> Self::About;
    fn recorded_at(&self) -> DateTime<Utc>;
    /// How messages name what it is about ("the night 2026-03-03").
    fn name(&self) -> String;
    /// Takes over what a row says; what it does not say stays.
    fn take(&mut self, draft: &Self::Draft) {
        self.amend(draft);
    }
    /// Whether a row about the same, saying something else, amends this record rather than standing beside it.
    fn gives_way(&self) -> bool {
        false
    }
    /// Whether the diary has at most one record about this.
    fn stands_alone(&self) -> bool {
        false
    }
}

/// A row that was understood, with the line it stands on.
#[derive(Debug)]
pub(super) struct SheetRow<R: Numbered> {
    pub(super) line: u64,
    pub(super) draft: R::Draft,
    /// The record it would become.
    pub(super) record: R,
}

impl<R: Numbered> SheetRow<R> {
    pub(super) fn new(line: u64, draft: R::Draft, now: DateTime<Utc>) -> Self {
        let record = R::fresh(&draft, 0, now);
        SheetRow {
            line,
            draft,
            record,
        }
    }
}

/// The source of a row that does not say.
pub(super) const IMPORTED: Source = Source {
    origin: Origin::Import,
    detail: None,
};

/// The night said, or that of the clock time; they may be one apart (a morning dose before the night to come).
fn night_near(night: &mut Option<Night>, clock: &ClockTime) -> Result<(), CellError> {
    let own = clock.moment.night();
    match *night {
        Some(night) if night.since(own).abs() > 1 => {
            let reason = format!("the time given belongs to the night of {own}");
            Err(CellError::cell("night", &night.to_string(), reason))
        }
        _ => {
            night.get_or_insert(own);
            Ok(())
        }
    }
}

/// What is alike for every kind: where its number and its time of writing stand, what it is about, and the record that
/// a row becomes.
macro_rules! numbered {
    ($about:ty, |$record:ident| $of:expr, $name:expr, |$draft:ident, $id:ident, $at:ident| $blank:expr) => {
        type About = $about;
        fn number(draft: &Self::Draft) -> Option<i64> {
            draft.id
        }
        fn fresh($draft: &Self::Draft, $id: i64, $at: DateTime<Utc>) -> Self {
            let mut record = $blank;
            record.amend($draft);
            record
        }
        fn id(&self) -> i64 {
            self.id
        }
        fn about(&self) -> $about {
            let $record = self;
            $of
        }
        fn recorded_at(&self) -> DateTime<Utc> {
            self.recorded_at
        }
        fn name(&self) -> String {
            let $record = self;
            $name
        }
    };
}
pub(super) use numbered;

impl Numbered for Episode {
    const ID_IS_A_HINT: bool = false;
    numbered!(
        Night,
        |e| e.night,
        format!("an episode of the night of {}", e.night),
        |draft, id, at| {
            let mut episode = Episode::blank(id, draft.night, at);
            episode.source = IMPORTED;
            if let Some(clock) = &draft.began_at {
                episode.certainty = clock.certainty;
            }
            episode
        }
    );

    fn complete(draft: &mut EpisodeDraft, _row: &Row<'_>) -> Result<(), CellError> {
        if let Some(clock) = &draft.began_at {
            let night = clock.moment.night();
            if night != draft.night {
                let reason = format!(
                    "that time belongs to the night of {night}, not {}: a night runs from noon to noon and is named by its evening",
                    draft.night
                );
                return Err(CellError::cell("began_at", &clock.moment.rfc3339(), reason));
            }
        }
        Ok(())
    }
    /// A time that was not known before brings its own certainty.
    fn take(&mut self, draft: &EpisodeDraft) {
        let certainty = match &draft.began_at {
            Some(clock) if self.began_at != Some(clock.settle(self.began_at.as_ref())) => {
                clock.certainty
            }
            _ => self.certainty,
        };
        self.certainty = certainty;
        self.amend(draft);
    }
}

impl Numbered for Intake {
    numbered!(
        (Night, String),
        |i| (i.night, i.name.clone()),
        format!("{} in the night of {}", i.name, i.night),
        |draft, id, at| {
            let taken_at = draft.taken_at.moment.clone();
            let night = draft.night.unwrap_or_else(|| taken_at.night());
            Intake::blank(id, taken_at, night, draft.name.clone(), at)
        }
    );

    fn complete(draft: &mut IntakeDraft, _row: &Row<'_>) -> Result<(), CellError> {
        // the diary keeps names in lower case
        draft.name = draft.name.to_lowercase();
        night_near(&mut draft.night, &draft.taken_at)
    }
}

impl Numbered for Course {
    numbered!(
        (String, NaiveDate),
        |c| (c.name.clone(), c.start),
        format!("{} from {}", c.name, c.start),
        |draft, id, at| Course::blank(id, draft.name.clone(), draft.kind, draft.start, at)
    );

    fn complete(draft: &mut CourseDraft, _row: &Row<'_>) -> Result<(), CellError> {
        draft.name = draft.name.to_lowercase();
        match draft.stop.filter(|stop| *stop < draft.start) {
            Some(stop) => {
                let reason = format!("it is before the start, {}", draft.start);
                Err(CellError::cell("stop", &stop.to_string(), reason))
            }
            None => Ok(()),
        }
    }
    /// The same thing started on the same day is the same course, ended or corrected since.
    fn gives_way(&self) -> bool {
        true
    }
}

impl Numbered for Symptom {
    const ID_IS_A_HINT: bool = false;
    numbered!(
        (Night, SymptomName),
        |s| (s.night, s.symptom),
        format!("{} in the night of {}", s.symptom, s.night),
        |draft, id, at| {
            let noticed_at = draft.noticed_at.moment.clone();
            let night = draft.night.unwrap_or_else(|| noticed_at.night());
            Symptom::blank(id, noticed_at, night, draft.symptom, draft.present, at)
        }
    );

    fn complete(draft: &mut SymptomDraft, _row: &Row<'_>) -> Result<(), CellError> {
        night_near(&mut draft.night, &draft.noticed_at)
    }
}

impl Numbered for Fact {
    numbered!(
        (String, String),
        |f| {
            // its key alone when there is one value, otherwise each value for itself
            let value = if has_one_value(&f.key) { "" } else { &f.value };
            (f.key.clone(), value.to_string())
        },
        format!("{}={}", f.key, f.value),
        |draft, id, at| Fact::blank(id, draft.key.clone(), draft.value.clone(), at)
    );

    fn complete(draft: &mut FactDraft, row: &Row<'_>) -> Result<(), CellError> {
        let known = fact::find(&draft.key);
        // a date that was near when it was written is far away in an old export
        let dated = known.is_some_and(|f| f.takes.is_date());
        match known.filter(|_| dated && iso_date(&draft.value).is_some()) {
            Some(known) => draft.key = known.fact.to_string(),
            None => {
                let latest = row.place.latest_date();
                let read =
                    fact::read(&draft.key, &draft.value, latest).map_err(|error| match error {
                        FactError::Key { .. } => {
                            CellError::cell("key", &draft.key, error.to_string())
                        }
                        FactError::Value { .. } => {
                            CellError::cell("value", &draft.value, error.to_string())
                        }
                    })?;
                draft.key = read.key.to_string();
                draft.value = read.value;
            }
        }
        Ok(())
    }
    /// A fact with one value is amended. Of others, since when is added where no date was known; another date is
    /// another time it held.
    fn gives_way(&self) -> bool {
        self.since.is_none() || has_one_value(&self.key)
    }
    fn stands_alone(&self) -> bool {
        has_one_value(&self.key)
    }
}

fn has_one_value(key: &str) -> bool {
    fact::find(key).is_some_and(|f| !f.many)
}

impl Numbered for Event {
    numbered!(
        (Night, String),
        |e| (e.night, e.text.clone()),
        format!("an event of {}", e.night),
        |draft, id, at| Event::blank(id, draft.night, draft.text.clone(), at)
    );
}

impl Numbered for Exclusion {
    numbered!(
        (Night, Night),
        |x| (x.from, x.to),
        format!("{} to {}", x.from, x.to),
        |draft, id, at| Exclusion::blank(id, draft.from, draft.to, at)
    );

    fn complete(draft: &mut ExclusionDraft, _row: &Row<'_>) -> Result<(), CellError> {
        if draft.to < draft.from {
            let reason = format!("it is before 'from', {}", draft.from);
            return Err(CellError::cell("to", &draft.to.to_string(), reason));
        }
        Ok(())
    }
    /// The same period with another reason is the same period.
    fn gives_way(&self) -> bool {
        true
    }
}

impl Numbered for FlagNote {
    numbered!(
        (String, Night),
        |g| (g.flag.clone(), g.night),
        format!("a note on {} of {}", g.flag, g.night),
        |draft, id, at| FlagNote::blank(id, draft.flag.clone(), draft.action, draft.night, at)
    );
}

impl Numbered for Look {
    numbered!(
        u32,
        |l| l.cramp_nights,
        format!("the look at {} cramp nights", l.cramp_nights),
        |draft, id, at| Look::blank(id, draft.cramp_nights, draft.night, draft.state.clone(), at)
    );

    /// A look the diary has taken itself stands: it says what was seen then.
    fn take(&mut self, _draft: &LookDraft) {}
}

impl Numbered for Follow {
    numbered!(
        (String, NaiveDate),
        |f| (f.factor.clone(), f.since),
        format!("what is asked about {} since {}", f.factor, f.since),
        |draft, id, at| Follow::blank(id, draft.factor.clone(), draft.wish, draft.since, at)
    );

    /// Of one day the later wish stands.
    fn gives_way(&self) -> bool {
        true
    }
}

impl Numbered for Reply {
    numbered!(
        (String, String),
        |r| (r.about.clone(), r.question.clone()),
        format!("the answer about {} ({})", r.about, r.question),
        |d, id, at| Reply::blank(id, d.about.clone(), d.question.clone(), d.answer, at)
    );
}

/// One row as a draft.
pub(super) fn read_row<R: Numbered>(row: &Row<'_>) -> Result<R::Draft, CellError> {
    let mut draft = R::import(row)?;
    R::complete(&mut draft, row)?;
    Ok(draft)
}

/// Every row of a sheet; rows that cannot be taken are refused, and `refused` is told of them.
pub(super) fn read_rows<R: Numbered>(
    sheet: Sheet<'_>,
    place: &Place,
    log: &mut ImportLog,
    mut refused: impl FnMut(&Row<'_>),
) -> Vec<SheetRow<R>> {
    let file = sheet.file.clone();
    let mut rows = Vec::new();
    sheet.rows(place, log, |row, log| match read_row::<R>(row) {
        Ok(draft) => rows.push(SheetRow::new(row.line, draft, place.now)),
        Err(bad) => {
            refused(row);
            log.refuse(&file, row.line, bad);
        }
    });
    rows
}

/// The episodes of a sheet. Second: the nights of rows that could not be taken but may have been cramps, so that such
/// a night is not recorded as calm.
pub(super) fn read_episodes(
    sheet: Sheet<'_>,
    place: &Place,
    log: &mut ImportLog,
) -> (Vec<SheetRow<Episode>>, HashSet<Night>) {
    use crate::diary::cell::Cells;
    let mut doubtful = HashSet::new();
    let rows = read_rows(sheet, place, log, |row| {
        let night = row.date("night", false).ok().flatten();
        let counts = !matches!(row.word::<Kind>("kind"), Ok(Some(kind)) if kind != Kind::Cramp)
            && !matches!(row.word::<Period>("period"), Ok(Some(Period::Day)));
        doubtful.extend(night.map(Night::of_evening).filter(|_| counts));
    });
    (rows, doubtful)
}
