//! `cramp log`, `night`, `took`, `symptom`, `event` and `exclude`: one entry in one short line.

use chrono::NaiveDate;

use crate::cli::failure::fail;
use crate::cli::help::listed;
use crate::cli::write::{cleaned, set_off, with_values};
use crate::cli::{Failure, Invocation};
use crate::diary::dose::read_intake;
use crate::diary::factor::Catalogue;
use crate::diary::symptom_line::{SymptomLine, read_symptoms};
use crate::diary::typed::free_text;
use crate::diary::{Exclusion, Night, Record};
use crate::report::catalogue::{self, SymptomList, WordList};
use crate::report::experiment::tonight;
use crate::report::flags::Asked;
use crate::report::records::{self, Notices};
use crate::report::said;
use crate::report::say::record as words;
use crate::store::EntryError;
use crate::store::entry::Entered;
use crate::words::t;

/// Log a cramp: now, or at a time, with whatever you remember
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/log.txt"))]
pub(crate) struct Log {
    /// What you remember, in any order
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
    /// List every word the line may hold
    #[arg(long = "words")]
    list: bool,
}

impl Log {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if self.list {
            return listed(call, &catalogue::words(), WordList::topic);
        }
        let mut notices = Notices::default();
        let typed = match self.words.as_slice() {
            [dash] if dash == "-" => {
                let mut line = String::new();
                call.env.input.read_line(&mut line)?;
                call.command = "log -".to_string();
                crate::diary::typed::split(&line)
            }
            words => words.to_vec(),
        };
        let words = cleaned(&typed, &mut notices);
        let today = call.now.today();
        let is_tried = call.env.by.as_ref().is_some_and(|by| by.dry_run);
        let name = |night| words::night_words(night, today);
        let logged = call.write(|w, now| {
            let logged = w.log(&words, now)?;
            let mut keys = Vec::new();
            for entered in &logged.entries {
                notices.remarks(&entered.remarks, name);
                notices
                    .values
                    .extend(records::values(&entered.values, &entered.catalogue));
                keys.extend(entered.keys.iter().cloned());
            }
            set_off(w, now, &keys, &mut notices)?;
            Ok::<_, EntryError>(logged)
        })?;
        let lines: Vec<String> = logged
            .entries
            .iter()
            .map(|e| echoed(e, today, is_tried))
            .collect();
        let id = logged.entries.iter().find_map(|e| match &e.record {
            Record::Episode(episode) => Some(episode.id.to_string()),
            _ => None,
        });
        let doubts = logged.doubts.iter().zip(&id);
        let asks = doubts.map(|(doubt, id)| Asked::doubt(doubt, id));
        let asks: Vec<Asked> = asks.collect();
        notices.warnings.extend(logged.remarks.iter().cloned());
        let is_clear = asks.is_empty();
        notices.warnings.extend(asks.iter().map(Asked::question));
        notices.asks.splice(0..0, asks);
        if let [only] = logged.entries.as_slice()
            && let Record::Episode(episode) = &only.record
            && logged.unread.is_empty()
            && only.values.is_empty()
            && is_clear
        {
            let value = records::episode_echo(episode, only.outcome, notices.clone());
            return call.echo(&lines.concat(), &value, &notices);
        }
        let entries = logged
            .entries
            .iter()
            .map(|e| (&e.record, e.values.as_slice(), e.outcome));
        let entries: Vec<_> = entries.collect();
        let catalogue = logged.entries.first().map(|e| e.catalogue.clone());
        let said = said::said_echo(
            &entries,
            &catalogue.unwrap_or_else(Catalogue::built_in),
            lines.clone(),
            &logged.unread,
            notices.clone(),
        );
        call.echo(&lines.join("\n"), &said, &notices)
    }
}

/// Writes a line as `cramp log` does.
pub(crate) fn log_words(call: &mut Invocation<'_>, words: &[String]) -> Result<(), Failure> {
    let line = Log {
        words: words.to_vec(),
        list: false,
    };
    line.run(call)
}

/// One entry as it is read back.
/// The line an entry is echoed with; of one that is only tried it does not say that it is kept.
fn echoed(entered: &Entered, today: NaiveDate, is_tried: bool) -> String {
    let values = records::values(&entered.values, &entered.catalogue);
    if is_tried {
        let line = words::line(&entered.record, &entered.catalogue, today);
        return with_values(line, &values);
    }
    let line = match &entered.record {
        Record::Episode(episode) => {
            let line = words::episode(episode, today);
            t!(cli, "logged", id = episode.id.to_string(), line)
        }
        Record::Night(night) => t!(cli, "noted", line = words::night(night, today)),
        other => {
            let line = words::line(other, &entered.catalogue, today);
            t!(cli, "kept-as-note", id = other.key().to_string(), line)
        }
    };
    with_values(line, &values)
}

/// Answer for a night: calm, or what the evening before was like
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/night.txt"))]
pub(crate) struct NightAnswer {
    /// The night, 'calm', and factors as name=value
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
}

impl NightAnswer {
    /// Nothing is said: at a terminal the check-in asks.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if self.words.is_empty() {
            return Err(fail!(Words, "no-answer-given"));
        }
        let (entered, notices) = answer_night(call, &self.words)?;
        let Record::Night(night) = &entered.record else {
            return Ok(());
        };
        let line = t!(cli, "noted", line = words::night(night, call.now.today()));
        let value = records::night_echo(night, notices.clone());
        let is_last = night.night == call.now.last_night();
        call.echo(&with_values(line, &notices.values), &value, &notices)?;
        match is_last && !call.json {
            true => print_tonight(call),
            false => Ok(()),
        }
    }
}

/// What tonight is to be, a line for every experiment that runs.
pub(crate) fn print_tonight(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let diary = call.background()?;
    let nights = tonight(&diary, &call.now);
    nights
        .iter()
        .try_for_each(|night| call.print(&night.sentence))
}

/// Writes an answer for a night in one transaction, and returns the night as it now stands.
pub(crate) fn answer_night(
    call: &mut Invocation<'_>,
    words: &[String],
) -> Result<(Entered, Notices), Failure> {
    let mut notices = Notices::default();
    let words = cleaned(words, &mut notices);
    let entered = call.enter(
        &mut notices,
        |night| night.to_string(),
        |w, now| w.answer(&words, now),
    )?;
    Ok((entered, notices))
}

/// One dose of a medicine or supplement taken
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/took.txt"))]
pub(crate) struct Took {
    /// What was taken
    name: String,
    /// How much, with its unit; when (now if left out), and basis=elemental or basis=compound
    #[arg(allow_negative_numbers = true)]
    rest: Vec<String>,
}

impl Took {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let mut notices = Notices::default();
        let rest = cleaned(&self.rest, &mut notices);
        let words: Vec<String> = std::iter::once(self.name.clone()).chain(rest).collect();
        let intake = read_intake(&words, &call.now)?;
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
        let typed: Vec<String> = std::iter::once(name).chain(&self.words).cloned().collect();
        let words = cleaned(&typed, &mut notices);
        match read_symptoms(&words, &call.now)? {
            SymptomLine::Symptoms(symptoms) => note_symptoms(call, symptoms, notices),
            SymptomLine::Note(text) => {
                let event = crate::diary::Event {
                    id: 0,
                    night: Night::of_evening(call.now.today()),
                    text,
                    recorded_at: call.now.utc,
                };
                let kept = t!(cli, "no-symptom-named");
                notices.warnings.push(kept.to_string());
                call.add(t!(cli, "kept-note"), Record::Event(event), notices)
            }
        }
    }
}

/// Writes the symptoms of one line, and what they set off together.
fn note_symptoms(
    call: &mut Invocation<'_>,
    symptoms: Vec<crate::diary::Symptom>,
    mut notices: Notices,
) -> Result<(), Failure> {
    if let [only] = symptoms.as_slice() {
        let record = Record::Symptom(only.clone());
        return call.add(t!(cli, "symptom-noted"), record, notices);
    }
    let records = call.write(|w, now| {
        let mut records = Vec::new();
        for symptom in symptoms {
            records.push(w.add(Record::Symptom(symptom))?);
        }
        let keys: Vec<_> = records.iter().map(Record::key).collect();
        set_off(w, now, &keys, &mut notices)?;
        Ok::<_, EntryError>(records)
    })?;
    let today = call.now.today();
    let line = |record: &Record| {
        let line = words::line(record, &Catalogue::built_in(), today);
        let (verb, key) = (t!(cli, "symptom-noted"), record.key().to_string());
        t!(cli, "echo-record", verb, key, line)
    };
    let lines: Vec<String> = records.iter().map(line).collect();
    let value = records::symptoms_echo(&records, notices.clone());
    call.echo(&lines.join("\n"), &value, &notices)
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
