//! `cramp took`, `symptom`, `event` and `exclude`: entries beside cramps and nights.

use crate::cli::failure::fail;
use crate::cli::help::listed;
use crate::cli::write::cleaned;
use crate::cli::{Failure, Invocation};
use crate::diary::amend::read_symptom;
use crate::diary::dose::read_intake;
use crate::diary::typed::free_text;
use crate::diary::{Exclusion, Night, Record};
use crate::report::catalogue::{self, SymptomList};
use crate::report::records::Notices;
use crate::words::t;

/// One dose of a medicine or supplement taken
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/took.txt"))]
pub(crate) struct Took {
    /// What was taken
    name: String,
    /// How much, with its unit
    amount: String,
    /// When (now if left out), and basis=elemental or basis=compound
    #[arg(allow_negative_numbers = true)]
    rest: Vec<String>,
}

impl Took {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let mut notices = Notices::default();
        let rest = cleaned(&self.rest, &mut notices);
        let intake = read_intake(&self.name, &self.amount, &rest, &call.now)?;
        call.add(t!(cli, "taken"), Record::Intake(intake), notices)
    }
}

/// Something noticed between cramps, or asked and absent
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/symptom.txt"))]
pub(crate) struct Symptom {
    /// What
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// Side, 0-10 or yes or no, key=value, when, free text
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
    /// List every symptom with its question and sources
    #[arg(long)]
    list: bool,
}

impl Symptom {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let Some(name) = self.name.as_ref().filter(|_| !self.list) else {
            return listed(call, &catalogue::symptoms(), SymptomList::topic);
        };
        let mut notices = Notices::default();
        let words = cleaned(&self.words, &mut notices);
        let symptom = read_symptom(name, &words, &call.now)?;
        call.add(t!(cli, "symptom-noted"), Record::Symptom(symptom), notices)
    }
}

/// A mark on the time axis
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/event.txt"))]
pub(crate) struct Event {
    /// What happened
    text: String,
    /// The date (today if left out)
    #[arg(allow_negative_numbers = true, num_args = 0..)]
    date: Vec<String>,
}

impl Event {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let text = free_text(&self.text, "text")?;
        let night = match self.date.as_slice() {
            [] => Night::of_evening(call.now.today()),
            words => call.night(&words.join(" "))?,
        };
        let event = crate::diary::Event {
            id: 0,
            night,
            text,
            recorded_at: call.now.utc,
        };
        call.add(t!(cli, "marked"), Record::Event(event), Notices::default())
    }
}

/// A period that statistics skip, visibly
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/exclude.txt"))]
pub(crate) struct Exclude {
    /// First night
    #[arg(allow_negative_numbers = true)]
    from: String,
    /// Last night
    #[arg(allow_negative_numbers = true)]
    to: String,
    /// Why
    text: Vec<String>,
}

impl Exclude {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let (from, to) = (call.night(&self.from)?, call.night(&self.to)?);
        if to < from {
            let (last, first) = (&self.to, &self.from);
            return Err(fail!(Words, "wrong-order", last, first));
        }
        let exclusion = Exclusion {
            id: 0,
            from,
            to,
            text: free_text(&self.text.join(" "), "reason")?,
            recorded_at: call.now.utc,
        };
        let record = Record::Exclusion(exclusion);
        call.add(t!(cli, "excluded"), record, Notices::default())
    }
}
