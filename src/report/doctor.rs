//! The page for a clinician: one sheet, always in the same order, from one period of a diary.
//!
//! Coverage comes first, numbers before pictures, associations only on a second page. What a person wrote is given in
//! their words; nothing here names a diagnosis. The order follows what clinicians ask of diaries (NICE CG150; CKS leg
//! cramps; the ambulatory glucose profile, doi 10.1089/dia.2019.0034).

mod found;

use serde::Serialize;

use crate::analysis::association::Association;
use crate::diary::{Diary, Nights};
use crate::report::chart::{Chart, KeyMark, Table, calendar, counts, rates};
use crate::report::flags;
use crate::report::origin::Provenance;
use crate::report::say::page as say;
use crate::report::stretch::{Stretch, stretch};
use crate::words::printable;
use crate::words::{lines, t};

pub(crate) use found::{Beside, FlagLine, beside};

/// Nights of the period when none is asked for: eight weeks, the least that headache diaries ask for (NICE CG150).
pub(crate) const NIGHTS: i64 = 56;
/// Rows of seven nights on the sheet.
const STRIP_ROWS: usize = 8;
/// Courses, excluded periods and events on the sheet.
const ROOM: rates::Room = rates::Room {
    lanes: 5,
    events: 3,
};
/// Flags on the sheet.
const FLAGS: usize = 5;
/// The person's own questions on the sheet.
const QUESTIONS: usize = 3;
/// Associations on the second sheet.
const ASSOCIATIONS: usize = 3;

/// What the person wrote, and how the sheet prints it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct OwnWords {
    /// Exactly as written.
    pub(crate) text: String,
    /// As printed: scripts that the type lacks are named in brackets.
    pub(crate) printed: String,
}

impl OwnWords {
    /// The person's `text`.
    pub(crate) fn new(text: &str) -> OwnWords {
        OwnWords {
            text: text.to_string(),
            printed: printable(text),
        }
    }
}

/// Lines under a heading, with how many more there are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Section<T> {
    pub(crate) title: String,
    /// What is said when there are no lines.
    pub(crate) none: Option<String>,
    /// The lines that have room.
    pub(crate) lines: Vec<T>,
    /// "and 3 more", when there are.
    pub(crate) more: Option<String>,
    /// The lines for which there is no room on the sheet.
    pub(crate) rest: Vec<T>,
}

impl<T> Section<T> {
    /// The first `most` of `all`; `none` is said when there are none.
    fn new(title: &str, none: &str, mut all: Vec<T>, most: usize) -> Section<T> {
        let rest = all.split_off(most.min(all.len()));
        Section {
            title: title.to_string(),
            none: all.is_empty().then(|| none.to_string()),
            lines: all,
            more: (!rest.is_empty()).then(|| t!(page, "more", n = rest.len())),
            rest,
        }
    }
}

/// The page for a clinician, every number and sentence of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Doctor {
    pub(crate) schema: u32,
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    /// The period, and who it is about as far as the person said.
    pub(crate) subtitle: String,
    /// How many nights are recorded; the first thing to read.
    pub(crate) coverage: String,
    #[serde(flatten)]
    pub(crate) numbers: Stretch,
    /// The numbers as they are read, each with the nights or cramps it rests on.
    pub(crate) headline: Table,
    pub(crate) questions: Section<OwnWords>,
    pub(crate) strip: Chart,
    pub(crate) onset: Chart,
    pub(crate) sides: Chart,
    pub(crate) sites: Chart,
    /// Cramps a week, with what was taken and what happened.
    pub(crate) timeline: Chart,
    /// Patterns that deserve a medical check.
    pub(crate) flags: Section<FlagLine>,
    /// That nothing is recorded about what was done, where that is so.
    pub(crate) flags_note: Option<String>,
    /// What a clinician would ask, as far as the diary says.
    pub(crate) answers: Table,
    /// Every medicine, supplement and measure in force on the last day, by name and dose.
    pub(crate) taken: Vec<String>,
    /// What must be known to read the page.
    pub(crate) footer: Vec<String>,
    /// What stands in the corner of each sheet.
    pub(crate) pages: Vec<String>,
    /// Associations, for a second page; `None` when none is supported.
    pub(crate) associations: Option<Associations>,
    pub(crate) made_from: Provenance,
    /// The same as the one line that every form of the page carries.
    pub(crate) made_from_line: String,
}

/// The second page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Associations {
    pub(crate) title: String,
    /// What an association is and is not.
    pub(crate) caution: Vec<String>,
    /// At most three associations.
    pub(crate) table: Table,
    /// "and 2 more", when there are.
    pub(crate) more: Option<String>,
    /// The rows for which there is no room on the sheet.
    pub(crate) rest: Vec<Vec<String>>,
    /// All of them with their numbers, as `analyze --json` has them.
    pub(crate) found: Vec<Association>,
}

/// The page for `nights`, for a `paper` by its name. `program` is the program's name and version; `beside` finds what
/// other reports say.
///
/// Nothing recorded after the last night is shown, so that the page of a past period can be made again.
pub(crate) fn doctor(
    diary: &Diary,
    nights: Nights,
    beside: impl FnOnce() -> Beside + Send,
    program: &str,
    paper: &str,
) -> Doctor {
    // Both go through the whole diary, so each may have a thread.
    let (beside, made_from) =
        rayon::join(beside, || Provenance::page(program, diary, nights, paper));
    let numbers = stretch(diary, nights);
    let questions = diary
        .facts_of("question")
        .map(|fact| OwnWords::new(&fact.value))
        .collect();
    let flags = Section::new(t!(page, "flags"), t!(page, "no-flags"), beside.flags, FLAGS);
    let known = flags.lines.iter().filter(|line| !line.is_question);
    let open = known.clone().filter(|flag| flag.done.is_none()).count();
    let known = known.count();
    let second = associations(beside.associations);
    let pages = 1 + usize::from(second.is_some());
    // one kind of mark needs no key
    let mut onset = counts::clock(diary, nights, false);
    onset.key.retain(|entry| entry.mark == KeyMark::Hatched);
    Doctor {
        schema: 1,
        kind: "report",
        title: t!(page, "title").to_string(),
        subtitle: say::subtitle(nights, &person(diary)),
        coverage: say::coverage(diary.coverage(nights)),
        headline: found::headline(diary, nights, &numbers),
        questions: Section::new(
            t!(page, "questions"),
            t!(page, "no-questions"),
            questions,
            QUESTIONS,
        ),
        strip: calendar::strip(diary, nights, STRIP_ROWS),
        onset,
        sides: counts::sides(diary, nights),
        sites: counts::sites(diary, nights),
        timeline: rates::timeline(diary, nights, ROOM),
        flags_note: flags::note(open, known),
        flags,
        answers: found::answers(diary, nights),
        taken: found::taken(diary, nights),
        footer: say::footer(&made_from.program, &made_from.data_sha256),
        pages: (1..=pages)
            .map(|page| t!(page, "page-of", page, pages))
            .collect(),
        associations: second,
        numbers,
        made_from_line: made_from.line(),
        made_from,
    }
}

/// Initials and year of birth, when the person set them.
fn person(diary: &Diary) -> Vec<String> {
    let last = |key| {
        diary
            .facts_of(key)
            .last()
            .map(|fact| printable(&fact.value))
    };
    let initials = last("initials");
    let born = last("born").map(|year| t!(page, "born", year));
    initials.into_iter().chain(born).collect()
}

fn associations(found: Vec<Association>) -> Option<Associations> {
    let mut rows: Vec<Vec<String>> = found.iter().map(found::association_row).collect();
    let rest = rows.split_off(ASSOCIATIONS.min(rows.len()));
    (!rows.is_empty()).then(|| Associations {
        title: t!(page, "associations").to_string(),
        caution: lines!(page, "associations-caution"),
        table: Table::new(
            t!(page, "associations"),
            lines!(page, "associations-head"),
            rows,
        ),
        more: (!rest.is_empty()).then(|| t!(page, "more", n = rest.len())),
        rest,
        found,
    })
}
