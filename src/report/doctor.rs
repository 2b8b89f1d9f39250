//! The page for a clinician: one sheet, always in the same order, from one period of a diary.
//!
//! Coverage and one or two sentences come first, then every warning, then numbers and pictures; what went with cramps
//! stands on a sheet of its own. What a person wrote is given in their words; nothing here names a diagnosis, and the
//! reader is told of "the patient". The order follows what clinicians ask of diaries (NICE CG150; CKS leg cramps; the
//! ambulatory glucose profile, doi 10.1089/dia.2019.0034).

mod experiments;
mod found;
pub(crate) mod links;
mod summary;
pub(crate) mod year;

use serde::Serialize;

use crate::diary::{Diary, Nights};
use crate::report::chart::{Chart, KeyMark, Table, calendar, counts, rates};
use crate::report::flags;
use crate::report::origin::Provenance;
use crate::report::say::page as say;
use crate::report::stretch::{Change, Stretch, stretch};
use crate::words::{printable, t};

pub(crate) use experiments::SelfExperiments;
pub(crate) use found::{Beside, FlagLine, beside};
pub(crate) use links::Associations;
use summary::Before;

/// Nights of the period when none is asked for: eight weeks, the least that headache diaries ask for (NICE CG150).
pub(crate) const NIGHTS: i64 = 56;
/// Rows of seven nights on the sheet.
const STRIP_ROWS: usize = 8;
/// Courses, excluded periods and events on the sheet.
const ROOM: rates::Room = rates::Room {
    lanes: 5,
    events: 3,
};
/// The person's own questions on the sheet.
const QUESTIONS: usize = 3;

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
    /// The first `most` of `all`.
    fn new(title: &str, mut all: Vec<T>, most: usize) -> Section<T> {
        let rest = all.split_off(most.min(all.len()));
        Section {
            title: title.to_string(),
            none: None,
            lines: all,
            more: more(rest.len()),
            rest,
        }
    }

    /// `none` is said when there are no lines; without it nothing is.
    fn or(mut self, none: &str) -> Section<T> {
        self.none = self.lines.is_empty().then(|| none.to_string());
        self
    }
}

/// That there are `n` more in the diary, when there are.
fn more(n: usize) -> Option<String> {
    (n > 0).then(|| t!(page, "more", n))
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
    /// One sentence about the nights, and one about the change since as many nights before.
    pub(crate) summary: Vec<String>,
    #[serde(flatten)]
    pub(crate) numbers: Stretch,
    /// As many nights before, in numbers, and the comparison with them.
    pub(crate) previous: Stretch,
    pub(crate) change: Change,
    /// The numbers as they are read, each with the nights or cramps it rests on. What nobody recorded has no row.
    pub(crate) headline: Table,
    /// What of it nobody recorded.
    pub(crate) headline_missing: Option<String>,
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
    /// What a clinician would ask, as far as the diary says. What nobody recorded has no row.
    pub(crate) answers: Table,
    /// What of it nobody recorded; that is never "no".
    pub(crate) answers_missing: Option<String>,
    /// Every medicine, supplement and measure in force on the last day, by name and dose.
    pub(crate) taken: Vec<String>,
    /// The heading over it, where no timeline shows it.
    pub(crate) taken_title: &'static str,
    /// What must be known to read the page.
    pub(crate) footer: Vec<String>,
    /// What stands in the corner of each sheet, once the sheets are laid out.
    pub(crate) pages: Vec<String>,
    /// What went with cramps, for a sheet of its own; `None` when there is nothing to say about that.
    pub(crate) associations: Option<Associations>,
    /// What the patient tried on chance's choice; `None` when nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) experiments: Option<SelfExperiments>,
    /// Whether a look is due that would judge what was compared; for the person who makes the page, not for its reader.
    #[serde(skip)]
    pub(crate) look_due: bool,
    pub(crate) made_from: Provenance,
    /// The same as the one line that every form of the page carries.
    pub(crate) made_from_line: String,
}

impl Doctor {
    /// Whether enough nights are recorded to draw a rate.
    pub(crate) fn has_timeline(&self) -> bool {
        self.numbers.rate_per_week.is_some() && !self.timeline.is_empty()
    }
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
    let second = links::associations(&beside, nights);
    let look_due = beside.look_due;
    let flags = Section::new(t!(page, "flags"), beside.flags, usize::MAX).or(t!(page, "no-flags"));
    let known = flags.lines.iter().filter(|line| !line.is_question);
    let open = known.clone().filter(|flag| flag.done.is_none()).count();
    let known = known.count();
    let before = Before::of(diary, nights, &numbers);
    let (headline, headline_missing) = found::headline(diary, nights, &numbers);
    let (answers, answers_missing) = found::answers(diary, nights);
    // one kind of mark needs no key
    let mut onset = counts::clock(diary, nights, false);
    onset.key.retain(|entry| entry.mark == KeyMark::Hatched);
    Doctor {
        schema: 1,
        kind: "report",
        title: t!(page, "title").to_string(),
        subtitle: say::subtitle(nights, &person(diary)),
        coverage: before.coverage(say::coverage(diary.coverage(nights))),
        summary: before.summary(&numbers),
        headline,
        headline_missing,
        questions: Section::new(t!(page, "questions"), questions, QUESTIONS),
        strip: calendar::strip(diary, nights, STRIP_ROWS),
        onset,
        sides: counts::sides(diary, nights),
        sites: counts::sites(diary, nights),
        timeline: rates::timeline(diary, nights, ROOM),
        flags_note: flags::note(open, known),
        flags,
        answers,
        answers_missing,
        taken: found::taken(diary, nights),
        taken_title: t!(page, "taken"),
        footer: say::footer(&made_from.program, &made_from.data_sha256),
        pages: Vec::new(),
        look_due,
        associations: second,
        experiments: experiments::experiments(diary, nights.to, counts::SEED),
        numbers,
        previous: before.nights,
        change: before.change,
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
