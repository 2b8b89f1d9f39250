//! `cramp course`: a medicine, supplement or measure over a period.

use crate::cli::event::date;
use crate::cli::written::{answer_record, catalogue, cleaned, free_text, set_off};
use crate::cli::{Context, Failure};
use crate::diary::course_line::{apply, start_from};
use crate::diary::{Night, Record};
use crate::report::echo::Aside;
use crate::report::say::record as words;
use crate::store::Table;

/// A medicine, supplement or measure over a period.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Course {
    /// Start one: NAME [DOSE] [KEY=VALUE…] [DATE]
    #[command(after_help = "Examples:
  cramp course start magnesium 300mg basis=elemental per-day=1
  cramp course start furosemide 40mg reason=\"swollen legs\" 2026-01-10
  cramp course start \"calf stretching\" kind=measure
Keys: kind=medicine|supplement|measure class= basis=elemental|compound per-day= reason= stop=
The class of common generic names is known. This diary never advises starting, stopping or changing a medicine.")]
    Start {
        /// What
        name: String,
        /// Dose, keys and the first day (today if left out)
        #[arg(allow_negative_numbers = true)]
        rest: Vec<String>,
    },
    /// Stop one: NAME [DATE]
    Stop {
        /// What
        name: String,
        /// The last day (today if left out)
        #[arg(allow_negative_numbers = true)]
        date: Vec<String>,
    },
    /// All courses
    List,
}

impl Course {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        match self {
            Course::Start { name, rest } => start(ctx, name, rest),
            Course::Stop { name, date } => stop(ctx, name, date),
            Course::List => list(ctx),
        }
    }
}

fn start(ctx: &mut Context<'_, '_>, name: &str, rest: &[String]) -> Result<(), Failure> {
    let mut aside = Aside::default();
    let name = free_text(name, "name")?.to_lowercase();
    let words = cleaned(rest, &mut aside.warnings);
    let now = ctx.now.clone();
    let mut course = start_from(&name, &words, &now)?;
    let mut store = ctx.open()?;
    let (record, catalogue) = store.write(now.utc, &ctx.command.clone(), |w| {
        let diary =
            w.read_without_values(Some(crate::diary::Nights::ending(now.this_night(), 1)))?;
        let running = diary
            .courses
            .iter()
            .find(|c| c.name == name && c.covers(course.start));
        if let Some(running) = running {
            return Err(Failure::cannot_but(
                format!(
                    "{name} is already a course, c{}, since {}",
                    running.id, running.start
                ),
                format!(
                    "'cramp course stop {name} DATE' ends it first; 'cramp edit c{}' amends it",
                    running.id
                ),
            ));
        }
        course.id = w.next_id(Table::Course)?;
        let record = Record::Course(course);
        w.put(record.clone())?;
        set_off(w, now.today(), &[record.key()], &mut aside)?;
        Ok::<_, Failure>((record, catalogue(w, now.this_night())?))
    })?;
    answer_record(ctx, "Started", &record, &catalogue, aside)
}

fn stop(ctx: &mut Context<'_, '_>, name: &str, words: &[String]) -> Result<(), Failure> {
    let name = free_text(name, "name")?.to_lowercase();
    let last = match words {
        [] => ctx.now.today(),
        words => date(ctx, &words.join(" "))?.date(),
    };
    let now = ctx.now.clone();
    let mut store = ctx.open()?;
    let (record, catalogue) = store.write(now.utc, &ctx.command.clone(), |w| {
        let diary =
            w.read_without_values(Some(crate::diary::Nights::ending(now.this_night(), 1)))?;
        let open = diary
            .courses
            .iter()
            .rev()
            .find(|c| c.name == name && c.stop.is_none());
        let Some(open) = open else {
            let names = diary
                .courses
                .iter()
                .filter(|c| c.stop.is_none())
                .map(|c| c.name.as_str());
            let near = crate::diary::factor::nearest_of(&name, names);
            return Err(Failure::cannot_but(
                format!("no course of '{name}' is running"),
                near.map_or("'cramp course list' shows all".to_string(), |n| {
                    format!("did you mean '{n}'?")
                }),
            ));
        };
        let mut course = open.clone();
        apply(&mut course, &[format!("stop={last}")], &now)?;
        let record = Record::Course(course);
        w.put(record.clone())?;
        Ok::<_, Failure>((record, catalogue(w, Night::of_evening(last))?))
    })?;
    answer_record(ctx, "Stopped", &record, &catalogue, Aside::default())
}

fn list(ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
    let last = ctx.now.this_night();
    let diary = match ctx.open_read()? {
        None => crate::diary::Diary::default(),
        Some(store) => store.read_without_values(Some(crate::diary::Nights::ending(last, 1)))?,
    };
    if ctx.dress.json {
        let records: Vec<Record> = diary.courses.into_iter().map(Record::Course).collect();
        return ctx
            .json(&serde_json::json!({ "schema": 1, "kind": "courses", "courses": records }));
    }
    if diary.courses.is_empty() {
        return ctx.say("No courses yet. Start one: cramp course start magnesium 300mg");
    }
    let lines: Vec<String> = diary
        .courses
        .iter()
        .map(|c| format!("c{:<4} {}", c.id, words::course(c)))
        .collect();
    ctx.say(&lines.join("\n"))
}
