//! Files of other programs against a diary: each is recognised, read as a stream, and becomes readings and cramps.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::diary::elsewhere::{Reading, ReadingDraft};
use crate::diary::{Diary, Night, Nights, Table};
use crate::import::FreeNumbers;
use crate::import::format::Sure;
use crate::import::formats::recognise;
use crate::import::from_elsewhere::whole_at_last;
use crate::import::gathered::{Gathered, Handed};
use crate::import::given::{Given, Progress};
use crate::import::hours::Hours;
use crate::import::outcome::{CellError, Imported, RowChange, Warning};
use crate::import::records::SheetRow;
use crate::import::settle::settle;
use crate::import::told;
use crate::import::wanted::{Stop, Wanted};

/// What a file was recognised as, and what was found in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Recognised {
    pub(crate) file: String,
    pub(crate) format: &'static str,
    pub(crate) sure: Sure,
    /// Rows met, taken or not.
    pub(crate) rows: usize,
}

/// What was found in files of other programs, before it is held against a diary.
#[derive(Debug)]
pub(crate) struct Found<'w> {
    pub(crate) recognised: Vec<Recognised>,
    /// Files no format knows.
    pub(crate) unknown: Vec<String>,
    sources: Vec<Gathered<'w>>,
}

/// Why nothing was found: the file and what is wrong with it.
#[derive(Debug)]
pub(crate) struct Stopped {
    pub(crate) file: String,
    pub(crate) stop: Stop,
}

/// Reads every file that a format knows.
///
/// # Errors
/// A file that was recognised cannot be taken as a whole.
pub(crate) fn find<'w>(
    given: &[Given],
    wanted: &'w Wanted,
    progress: &Progress,
) -> Result<Found<'w>, Stopped> {
    let mut found = Found {
        recognised: Vec::new(),
        unknown: Vec::new(),
        sources: Vec::new(),
    };
    let mut known = Vec::new();
    for file in given {
        match recognise(file, wanted) {
            Some((format, sure)) => known.push((file, format, sure)),
            None => found.unknown.push(file.name.clone()),
        }
    }
    progress.expect(known.iter().map(|(file, ..)| file.size).sum());
    for (file, format, sure) in known {
        let of_format = found.sources.iter().position(|s| s.format == format.name());
        let at = of_format.unwrap_or_else(|| {
            found.sources.push(Gathered::new(wanted, format.name()));
            found.sources.len() - 1
        });
        let Some(out) = found.sources.get_mut(at) else {
            continue;
        };
        let (rows, before) = (out.rows, out.begin(&file.name));
        let read = format.read(file, wanted, out);
        read.and_then(|()| out.end(before))
            .map_err(|stop| Stopped {
                file: file.name.clone(),
                stop,
            })?;
        found.recognised.push(Recognised {
            file: file.name.clone(),
            format: format.name(),
            sure,
            rows: out.rows - rows,
        });
    }
    Ok(found)
}

/// What is new or changed against the diary.
pub(crate) fn against(found: &Found<'_>, diary: &Diary, free: &FreeNumbers) -> Imported {
    let mut out = Imported::default();
    let (mut number, mut episode) = (free.of(Table::Reading), free.of(Table::Episode));
    let mut nights: BTreeSet<Night> = BTreeSet::new();
    let mut slept: Vec<ReadingDraft> = Vec::new();
    for source in &found.sources {
        let (nights, others) = source.slept();
        slept.extend(nights);
        if others > 0 {
            out.warnings.push(Warning {
                file: source.source.clone(),
                line: None,
                text: format!(
                    "left alone, as they are naps or too little was recorded: {others} sleeps"
                ),
            });
        }
    }
    slept.sort_by_key(|draft| draft.night);
    let handed = found.sources.iter().map(|s| s.readings(diary, &slept));
    let mut handed: Vec<Handed> = handed.collect();
    let hours = found
        .sources
        .first()
        .map(|s| Hours::new(diary, &slept, s.wanted));
    let other = hours.as_ref().and_then(|hours| hours.others(&handed));
    let anew = handed.iter_mut().map(|handed| match &hours {
        Some(hours) => hours.anew(handed),
        None => Vec::new(),
    });
    let anew: Vec<Vec<Reading>> = anew.collect();
    for ((source, handed), mut changed) in found.sources.iter().zip(handed).zip(anew) {
        let mut readings = handed.readings;
        readings.extend(slept.extract_if(.., |draft| draft.source == source.source));
        let now = source.wanted.now;
        nights.extend(readings.iter().map(|reading| reading.night));
        nights.extend(source.cramps.iter().map(|cramp| cramp.at.night()));
        let mut log = source.log.clone();
        for (draft, most) in handed.too_much {
            log.refuse(&source.source, 0, too_much(&draft, most));
        }
        readings.retain(|draft| {
            let whole = whole_at_last(diary, draft);
            let stays = whole.is_none();
            changed.extend(whole);
            stays
        });
        for _ in &changed {
            log.count_row(&source.source, RowChange::Changed);
        }
        let mut of_factor: BTreeMap<Arc<str>, Vec<ReadingDraft>> = BTreeMap::new();
        for draft in readings {
            of_factor
                .entry(draft.factor.clone())
                .or_default()
                .push(draft);
        }
        // one factor after the other, as each draft becomes much larger on its way
        for drafts in of_factor.into_values() {
            let rows = drafts.into_iter();
            let rows: Vec<SheetRow<Reading>> =
                rows.map(|draft| SheetRow::new(0, draft, now)).collect();
            let settled = settle(&source.source, rows, &diary.readings, number, now, &mut log);
            number = number.max(settled.iter().map(|r| r.id + 1).max().unwrap_or(0));
            changed.extend(settled);
        }
        for reading in &mut changed {
            let mut before = diary.readings_in(Nights::ending(reading.night, 1)).iter();
            let Some(before) = before.find(|r| r.id == reading.id) else {
                continue;
            };
            // it is of now, and not of when its night was read first
            reading.recorded_at = now;
            if before.value != reading.value {
                let (night, factor, was, is) =
                    (reading.night, &reading.factor, before.value, reading.value);
                let text = format!("{factor} of the night of {night} was {was} and now is {is}");
                log.warn(&source.source, None, text);
            }
        }
        out.changes.readings.extend(changed);
        let (of, told_at) = ((diary, &source.wanted.catalogue), (episode, now));
        let name = &source.source;
        let cramps = told::against(&source.cramps, name, &source.file, of, told_at, &mut log);
        episode += cramps.iter().filter(|e| e.id >= episode).count() as i64;
        out.changes.episodes.extend(cramps);
        out.counts.extend(log.counts);
        out.refused.extend(log.refused);
        out.warnings.extend(log.warnings);
    }
    out.warnings.extend(other);
    out.nights = nights.len();
    out
}

/// Why a day's total is not taken.
fn too_much(draft: &ReadingDraft, most: f64) -> CellError {
    let (factor, night) = (&draft.factor, draft.night);
    let unit = draft.unit.as_deref().unwrap_or_default();
    let reason = format!("{factor} of {night}: more than the {most} {unit} a day can have");
    CellError {
        value: Some(draft.value.to_string()),
        ..CellError::row(reason)
    }
}
