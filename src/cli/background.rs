//! `cramp course`, `me` and `factor`: what holds for more than one night.

use serde_json::json;

use crate::cli::help::listed;
use crate::cli::write::{cleaned, fired, set_off};
use crate::cli::{Failure, Invocation};
use crate::diary::background_line::{read_course, read_factor, read_facts, split_course};
use crate::diary::factor::Catalogue;
use crate::diary::plain_facts::keyed;
use crate::diary::typed::free_text;
use crate::diary::{Fact, Key, Record};
use crate::report::catalogue::{self, FactList, FactorList};
use crate::report::records::Notices;
use crate::report::say::record as words;
use crate::report::unanswered::what_is_it;
use crate::store::EntryError;
use crate::store::background::Learnt;
use crate::words::{lines, t};

/// A medicine, supplement or measure over a period
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Course {
    /// Start one: NAME [DOSE] [KEY=VALUE…] [DATE]
    #[command(after_help = include_str!("../words/en/usage/course-start.txt"))]
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
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        match self {
            Course::Start { name, rest } => start_course(call, name, rest),
            Course::Stop { name, date } => stop_course(call, name, date),
            Course::List => list_courses(call),
        }
    }
}

pub(super) fn start_course(
    call: &mut Invocation<'_>,
    name: &str,
    rest: &[String],
) -> Result<(), Failure> {
    let mut notices = Notices::default();
    let typed: Vec<String> = std::iter::once(free_text(name, "name")?)
        .chain(rest.iter().cloned())
        .collect();
    let (name, words) = split_course(&cleaned(&typed, &mut notices), &call.now)?;
    let course = read_course(&name, &words, &call.now)?;
    let record = call.write(|w, now| {
        let record = w.start_course(course, now)?;
        set_off(w, now, &[record.key()], &mut notices)?;
        Ok::<_, EntryError>(record)
    })?;
    notices.warnings.extend(what_is_it(&record));
    call.echo_record(t!(cli, "started"), &record, &Catalogue::built_in(), notices)
}

fn stop_course(call: &mut Invocation<'_>, name: &str, words: &[String]) -> Result<(), Failure> {
    let name = free_text(name, "name")?.to_lowercase();
    let last = match words {
        [] => call.now.today(),
        words => call.night(&words.join(" "))?.date(),
    };
    let record = call.write(|w, now| w.stop_course(&name, last, now))?;
    call.echo_record(
        t!(cli, "stopped"),
        &record,
        &Catalogue::built_in(),
        Notices::default(),
    )
}

fn list_courses(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let courses = call.background()?.courses;
    let lines: Vec<String> = courses
        .iter()
        .map(|c| format!("c{:<4} {}", c.id, words::course(c)))
        .collect();
    let records: Vec<Record> = courses.into_iter().map(Record::Course).collect();
    let value = json!({ "schema": 1, "kind": "courses", "courses": records });
    call.list(&value, &lines, t!(cli, "no-courses"))
}

/// Facts about you that advice depends on
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/me.txt"))]
pub(crate) struct Me {
    /// key=value, key+=value to add, key-=value or key=- to remove
    words: Vec<String>,
    /// List every fact with its question and sources
    #[arg(long)]
    list: bool,
}

impl Me {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if self.list {
            return listed(call, &catalogue::facts(), FactList::topic);
        }
        if self.words.is_empty() {
            return list_facts(call);
        }
        let mut notices = Notices::default();
        let words = keyed(&cleaned(&self.words, &mut notices), &call.now)?;
        let lines = learn(call, &words, &mut notices, true)?;
        let value = json!({
            "schema": 1, "kind": "person", "changes": lines, "warnings": notices.warnings, "flags": notices.flags,
        });
        call.echo(&t!(cli, "noted", line = lines.join(", ")), &value, &notices)
    }
}

/// Writes facts about the person, and returns each change in words. With `ask_back` the notices hold the questions that
/// would settle an urgent flag.
pub(crate) fn learn(
    call: &mut Invocation<'_>,
    words: &[String],
    notices: &mut Notices,
    ask_back: bool,
) -> Result<Vec<String>, Failure> {
    let changes = read_facts(words, &call.now, &mut notices.warnings)?;
    let learnt = call.write(|w, now| {
        let learnt = w.learn(&changes, now)?;
        let written = learnt.iter().filter_map(|change| match change {
            Learnt::Written(fact) => Some(Key::Fact(fact.id)),
            Learnt::Removed(_) => None,
        });
        let keys: Vec<Key> = written.collect();
        match ask_back {
            true => set_off(w, now, &keys, notices)?,
            false => notices.flags = fired(w, now, &keys)?,
        }
        Ok::<_, EntryError>(learnt)
    })?;
    for change in &learnt {
        if let Learnt::Written(fact) = change {
            notices
                .warnings
                .extend(what_is_it(&Record::Fact(fact.clone())));
        }
    }
    let line = |change: &Learnt| match change {
        Learnt::Written(fact) => in_words(call, fact),
        Learnt::Removed(fact) => {
            t!(cli, "removed", key = fact.key, value = fact.value)
        }
    };
    Ok(learnt.iter().map(line).collect())
}

fn list_facts(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let facts = call.background()?.facts;
    let lines: Vec<String> = facts
        .iter()
        .map(|f| format!("p{:<3} {}", f.id, in_words(call, f)))
        .collect();
    let value = json!({ "schema": 1, "kind": "person", "facts": facts });
    call.list(&value, &lines, &lines!(cli, "no-facts").join("\n"))
}

fn in_words(call: &Invocation<'_>, fact: &Fact) -> String {
    let record = Record::Fact(fact.clone());
    words::line(&record, &Catalogue::built_in(), call.now.today())
}

/// The catalogue of factors: built-in ones with their sources, and your own
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Factor {
    /// Every factor: built-in ones with their sources, and your own
    List,
    /// Add one of your own: NAME [KEY=VALUE…]
    #[command(after_help = include_str!("../words/en/usage/factor-add.txt"))]
    Add {
        /// A short name without spaces
        name: String,
        /// What it is, as key=value
        #[arg(allow_negative_numbers = true)]
        words: Vec<String>,
    },
    /// Put a factor away: kept, no longer asked about
    Retire {
        /// Which
        name: String,
    },
}

impl Factor {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let (verb, record) = match self {
            Factor::List => {
                let known = Catalogue::of(&call.background()?);
                return listed(call, &catalogue::factors(&known), FactorList::topic);
            }
            Factor::Add { name, words } => {
                let factor = read_factor(name, words, &call.now)?;
                (t!(cli, "added"), call.write(|w, _| w.add_factor(factor))?)
            }
            Factor::Retire { name } => {
                let name = free_text(name, "name")?.to_lowercase();
                (
                    t!(cli, "retired"),
                    call.write(|w, _| w.retire_factor(&name))?,
                )
            }
        };
        call.echo_record(verb, &record, &Catalogue::built_in(), Notices::default())
    }
}
