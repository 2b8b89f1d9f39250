//! `cramp took`, `symptom`, `event` and `exclude`: entries beside cramps and nights.

use crate::cli::write::cleaned;
use crate::cli::{Failure, Invocation};
use crate::diary::dose::read_intake;
use crate::diary::symptom_line::read_symptom;
use crate::diary::text::free_text;
use crate::diary::{Exclusion, Night, Record};
use crate::report::records::Notices;

/// One dose taken: name, amount, and when.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp took magnesium 300mg
  cramp took \"vitamin d\" 1000IU yesterday 20:00
  cramp took \"magnesium citrate\" 2g basis=compound")]
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
        call.add("Taken", Record::Intake(intake), notices)
    }
}

/// Something noticed between cramps, or asked and absent.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp symptom swelling left 4
  cramp symptom numbness both since=2026-02-01 \"toes, mostly evenings\"
  cramp symptom walking-pain right brought-on=walking relieved-by=rest lasts=5min
  cramp symptom tremor no                 asked, and absent
  cramp symptom --list                    every symptom, with its question")]
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
            return crate::cli::help::symptoms(call);
        };
        let mut notices = Notices::default();
        let words = cleaned(&self.words, &mut notices);
        let symptom = read_symptom(name, &words, &call.now)?;
        call.add("Noted", Record::Symptom(symptom), notices)
    }
}

/// A mark on the time axis.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp event \"new shoes\"
  cramp event \"moved house\" 2026-02-14")]
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
        call.add("Marked", Record::Event(event), Notices::default())
    }
}

/// A period that statistics skip, visibly.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp exclude 2026-02-01 2026-02-07 \"fever\"
  cramp exclude -9 -3 travel
Both ends are included. The nights stay in the diary; every report says how many were left out.")]
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
            return Err(Failure::words(
                format!("{} comes before {}", self.to, self.from),
                "write the first night, then the last",
            ));
        }
        let exclusion = Exclusion {
            id: 0,
            from,
            to,
            text: free_text(&self.text.join(" "), "reason")?,
            recorded_at: call.now.utc,
        };
        call.add("Excluded", Record::Exclusion(exclusion), Notices::default())
    }
}
