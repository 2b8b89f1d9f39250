//! What a check finds, and the check of every row: its checksum, its words, the totals of its table, and whether it
//! can be true.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use rusqlite::Connection;
use serde::Serialize;

use crate::diary::{Episode, Experiment, Key, Moment, NightRecord, Record, Table};
use crate::store::error::StoreError;
use crate::store::read::each_row;
use crate::store::tally::{self, Tally};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Grade {
    /// Worth knowing; nothing is wrong with the records.
    Notice,
    /// A record says something that can hardly be true.
    Doubtful,
    /// What is on the disk is not what was written.
    Damage,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    pub(crate) grade: Grade,
    /// Where: a table and record, a journal entry, or the file.
    pub(crate) place: String,
    pub(crate) what: String,
    pub(crate) mend: &'static str,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Findings {
    pub(crate) schema_version: i64,
    pub(crate) rows: BTreeMap<&'static str, i64>,
    /// What is wrong, the worst first.
    pub(crate) findings: Vec<Finding>,
}

pub(super) const MEND_DAMAGE: &str = "cramp restore --list shows the backups, and cramp restore FILE brings one back; cramp recover saves what is readable into a new diary";
/// How to mend a record that says something doubtful.
pub(super) const MEND_RECORD: &str =
    "look at it with cramp show, then amend it with cramp edit or cramp delete";

/// How many findings about one table are listed before the rest is only counted.
const LISTED: usize = 50;

impl Findings {
    /// Whether everything on the disk is what was written.
    pub(crate) fn is_sound(&self) -> bool {
        self.findings.iter().all(|f| f.grade < Grade::Damage)
    }

    /// The first damage as an error.
    pub(super) fn sound(&self) -> Result<(), StoreError> {
        match self.findings.iter().find(|f| f.grade == Grade::Damage) {
            Some(worst) => Err(StoreError::Damaged(format!(
                "{}: {}",
                worst.place, worst.what
            ))),
            None => Ok(()),
        }
    }

    pub(crate) fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn add(&mut self, grade: Grade, place: impl ToString, what: impl ToString) {
        let mend = match grade {
            Grade::Damage => MEND_DAMAGE,
            Grade::Doubtful | Grade::Notice => MEND_RECORD,
        };
        self.add_with(grade, place, what, mend);
    }

    /// Something on the disk is not what was written.
    pub(super) fn broken(&mut self, place: impl ToString, what: impl ToString) {
        self.add(Grade::Damage, place, what);
    }

    pub(super) fn add_with(
        &mut self,
        grade: Grade,
        place: impl ToString,
        what: impl ToString,
        mend: &'static str,
    ) {
        self.findings.push(Finding {
            grade,
            place: place.to_string(),
            what: what.to_string(),
            mend,
        });
    }

    /// What could not be read, at the row where it stands if the error knows it.
    pub(super) fn damage(&mut self, place: impl ToString, error: &StoreError) {
        match error {
            StoreError::Odd(text) => match text.split_once(": ") {
                Some((row, what)) => self.broken(row, what),
                None => self.broken(place, text),
            },
            StoreError::Damaged(what) => self.broken(place, what),
            other => self.broken(place, other),
        }
    }
}

pub(super) fn rows(conn: &Connection, now: DateTime<Utc>, findings: &mut Findings) {
    for table in Table::ALL {
        let mut counted = Tally::default();
        let mut twins = Twins::default();
        let read = each_row(conn, table, None, |row| {
            match row.checked() {
                Ok(sum) => counted.count(sum),
                Err(error) => {
                    counted.count(0);
                    findings.damage(table.name(), &error);
                    return Ok(());
                }
            }
            match Record::read(&mut row.row) {
                Ok(record) => {
                    counted.last_id = counted.last_id.max(record.number().unwrap_or(0));
                    doubts(&record, now, findings);
                    twins.meet(&record, findings);
                }
                Err(error) => findings.damage(table.name(), &error.into()),
            }
            Ok(())
        });
        if let Err(error) = read {
            findings.damage(table.name(), &error);
        }
        compare(conn, table.name(), counted, findings);
    }
}

/// Compares what was counted with the tally kept beside it.
pub(super) fn compare(
    conn: &Connection,
    name: &'static str,
    counted: Tally,
    findings: &mut Findings,
) {
    let Tally {
        rows,
        total,
        last_id: largest,
    } = counted;
    findings.rows.insert(name, rows);
    match Tally::read(conn, name) {
        Err(error) => findings.damage(name, &error),
        Ok(tally) => {
            if tally.rows != rows {
                findings.broken(
                    name,
                    format_args!("{rows} rows are there, {} were written", tally.rows),
                );
            } else if tally.total != total {
                findings.broken(name, "the total of its checksums is not what was written");
            }
            if tally.last_id < largest {
                findings.broken(
                    name,
                    format_args!("number {largest} was never given to a record"),
                );
            }
        }
    }
}

/// Every tally is there, and no other.
pub(super) fn tallies(conn: &Connection) -> Result<(), StoreError> {
    let count: i64 = conn.query_row("SELECT count(*) FROM tally", [], |row| row.get(0))?;
    if usize::try_from(count).is_ok_and(|count| count == tally::names().count()) {
        Ok(())
    } else {
        Err(StoreError::Damaged(format!("there are {count} tallies")))
    }
}

/// What can hardly be true of a record.
fn doubts(record: &Record, now: DateTime<Utc>, findings: &mut Findings) {
    if let Record::Experiment(experiment) = record {
        seal_doubts(experiment, findings);
    }
    let mut doubt = |what: &str| findings.add(Grade::Doubtful, record.key(), what);
    // A diary is carried between clocks that disagree a little.
    let soon = now + Duration::hours(26);
    let ahead = |at: &Moment| at.utc > soon;
    let written = match record {
        Record::Night(r) => {
            night_doubts(r, &mut doubt);
            Some(r.recorded_at)
        }
        Record::Episode(r) => {
            episode_doubts(r, &mut doubt);
            if r.began_at.as_ref().is_some_and(ahead) {
                doubt("it lies in the future");
            }
            Some(r.recorded_at)
        }
        Record::Value(r) => Some(r.recorded_at),
        Record::Factor(r) => {
            if let (Some(min), Some(max)) = (r.min, r.max)
                && min > max
            {
                doubt("its smallest value is above its largest");
            }
            None
        }
        Record::Intake(r) => {
            if ahead(&r.taken_at) {
                doubt("it lies in the future");
            }
            if r.taken_at.night() != r.night {
                doubt("its time does not belong to its night");
            }
            Some(r.recorded_at)
        }
        Record::Course(r) => {
            if r.stop.is_some_and(|stop| stop < r.start) {
                doubt("it stops before it starts");
            }
            Some(r.recorded_at)
        }
        Record::Symptom(r) => {
            if ahead(&r.noticed_at) {
                doubt("it lies in the future");
            }
            if r.since
                .is_some_and(|since| since > r.noticed_at.local().date())
            {
                doubt("it is said to have begun after it was noticed");
            }
            Some(r.recorded_at)
        }
        Record::Fact(r) => Some(r.recorded_at),
        Record::Event(r) => Some(r.recorded_at),
        Record::Exclusion(r) => Some(r.recorded_at),
        Record::FlagNote(r) => Some(r.recorded_at),
        Record::Look(r) => Some(r.recorded_at),
        Record::Follow(r) => Some(r.recorded_at),
        Record::Reply(r) => Some(r.recorded_at),
        Record::Experiment(r) => Some(r.recorded_at),
        Record::Adherence(r) => Some(r.recorded_at),
        Record::Reading(r) => Some(r.recorded_at),
        Record::Mapping(r) => Some(r.recorded_at),
        Record::Handover(r) => Some(r.recorded_at),
    };
    if written.is_some_and(|at| at > soon) {
        doubt("it was written in the future: was the clock of the computer wrong?");
    }
}

/// How to go on with an experiment whose seal does not fit.
const MEND_SEAL: &str = "a changed plan gives no result; cramp restore --list shows the backups, and one from before the change has the plan as it was";

fn seal_doubts(r: &Experiment, findings: &mut Findings) {
    if !r.is_sound() {
        let what = "its plan or its schedule is not the one that was sealed when it began";
        findings.add_with(Grade::Doubtful, Key::Experiment(r.id), what, MEND_SEAL);
    }
}

fn night_doubts(r: &NightRecord, doubt: &mut impl FnMut(&str)) {
    if let (Some(bed), Some(up)) = (&r.bed_at, &r.up_at)
        && up.utc < bed.utc
    {
        doubt("up before going to bed");
    }
}

fn episode_doubts(r: &Episode, doubt: &mut impl FnMut(&str)) {
    if let Some(began) = &r.began_at {
        if began.night() != r.night {
            doubt("its time does not belong to its night");
        }
        if r.recorded_at < began.utc - Duration::hours(26) {
            doubt("it was written before it happened: was the clock of the computer wrong?");
        }
    }
    if r.duration_s.is_some_and(|s| s > 12 * 3600) {
        doubt("it lasts longer than twelve hours");
    }
}

/// Finds records that say the same twice.
#[derive(Default)]
struct Twins(BTreeMap<String, String>);

impl Twins {
    fn meet(&mut self, record: &Record, findings: &mut Findings) {
        let same = match record {
            Record::Episode(r) => match &r.began_at {
                Some(at) => format!(
                    "{:?}|{}|{:?}|{:?}|{}",
                    at.utc, r.night, r.side, r.site, r.kind
                ),
                None => return,
            },
            Record::Intake(r) => format!("{:?}|{}|{:?}", r.taken_at.utc, r.name, r.amount),
            Record::Course(r) => format!("{}|{}|{:?}", r.name, r.start, r.dose),
            Record::Symptom(r) => {
                format!(
                    "{:?}|{}|{}|{:?}",
                    r.noticed_at.utc, r.symptom, r.present, r.side
                )
            }
            Record::Event(r) => format!("{}|{}", r.night, r.text),
            Record::Exclusion(r) => format!("{}|{}", r.from, r.to),
            Record::Adherence(r) => format!("{}|{}", r.thing, r.night),
            _ => return,
        };
        let key = record.key().to_string();
        if let Some(first) = self.0.get(&same) {
            findings.add(
                Grade::Notice,
                &key,
                format_args!("it looks the same as {first}: was it written twice?"),
            );
        } else {
            self.0.insert(same, key);
        }
    }
}

/// Keeps the list readable when a whole table is broken.
pub(super) fn shorten(findings: &mut Findings) {
    let mut seen: BTreeMap<(Grade, String), usize> = BTreeMap::new();
    findings.findings.retain(|finding| {
        let table = finding
            .place
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_string();
        let count = seen.entry((finding.grade, table)).or_default();
        *count += 1;
        *count <= LISTED
    });
    for ((grade, table), count) in seen {
        if count > LISTED {
            let rest = count - LISTED;
            findings.add(grade, table, format_args!("and {rest} more like these"));
        }
    }
}
