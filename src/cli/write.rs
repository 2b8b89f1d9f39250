//! What every writing command shares: the flags an entry sets off, and the echo of what was written.

use serde::Serialize;

use crate::cli::{Failure, Invocation};
use crate::diary::factor::Catalogue;
use crate::diary::typed::LineError;
use crate::diary::typed::clean;
use crate::diary::{Key, Night, Nights, Now, Record, Word};
use crate::render::terminal_flags;
use crate::report::experiment_safety::offers_at_entry;
use crate::report::flags::{self, Asked, AtEntry, Flag};
use crate::report::records::{self, Notices, ValueEcho};
use crate::report::say::record as words;
use crate::report::unanswered::what_is_it;
use crate::store::entry::{Entered, Remark};
use crate::store::{EntryError, StoreError, Writer};
use crate::words::t;

impl From<LineError> for Failure {
    fn from(e: LineError) -> Self {
        Failure::words(e.message, e.hint)
    }
}

impl From<EntryError> for Failure {
    fn from(e: EntryError) -> Self {
        match e {
            EntryError::Words(e) => e.into(),
            EntryError::Conflict(e) => Failure::cannot(e.message, Some(e.hint)),
            EntryError::Store(e) => e.into(),
        }
    }
}

/// Words as typed, without control characters; a notice is added when there were any.
pub(crate) fn cleaned(words: &[String], notices: &mut Notices) -> Vec<String> {
    let out: Vec<String> = words.iter().map(|w| clean(w)).collect();
    if out.as_slice() != words {
        let notice = t!(cli, "control-characters");
        notices.warnings.push(notice.to_string());
    }
    out
}

/// Adds what the records just written set off: flags, and the questions that would settle whether an urgent one fires.
pub(crate) fn set_off(
    w: &Writer<'_>,
    now: &Now,
    keys: &[Key],
    notices: &mut Notices,
) -> Result<(), StoreError> {
    let (found, offers) = at_entry(w, now, keys)?;
    notices.warnings.extend(offers);
    let asked = found
        .questions
        .iter()
        .map(|q| t!(cli, "to-answer", question = q.ask, how = q.how));
    if found.asks.is_empty() {
        notices.warnings.extend(asked);
    }
    // one question at a time: the next is asked when this one has its answer
    notices.asks.extend(
        found
            .asks
            .into_iter()
            .take(1)
            .map(|ask| Asked::Sign(Box::new(ask))),
    );
    notices.flags = found.flags;
    Ok(())
}

/// Flags that the records just written fire, not yet seen by the person.
pub(crate) fn fired(w: &Writer<'_>, now: &Now, keys: &[Key]) -> Result<Vec<Flag>, StoreError> {
    Ok(at_entry(w, now, keys)?.0.flags)
}

/// What the records set off, and what they mean for running experiments.
fn at_entry(w: &Writer<'_>, now: &Now, keys: &[Key]) -> Result<(AtEntry, Vec<String>), StoreError> {
    let today = now.today();
    let last = Night::of_evening(today);
    let window = Nights::ending(last, flags::LOOKBACK_NIGHTS);
    let earliest = keys.iter().filter_map(|k| match k {
        Key::Night(n) | Key::Value(n, _) => Some(*n),
        _ => None,
    });
    let from = earliest.min().map_or(window.from, |n| n.min(window.from));
    let diary = w.lately(Nights { from, to: last })?;
    let found = flags::set_off(&diary, today, keys);
    let offers = offers_at_entry(&diary, &found.flags, keys, today);
    Ok((found, offers))
}

impl Notices {
    pub(crate) fn remarks(&mut self, remarks: &[Remark], name: impl Fn(Night) -> String) {
        self.warnings
            .extend(remarks.iter().map(|remark| match remark {
                Remark::Words(words) => words.clone(),
                Remark::NotOver => t!(cli, "not-over").to_string(),
                Remark::WasCalm(night) => t!(cli, "was-calm", night = name(*night)),
                Remark::NoCrampLeft(night) => t!(cli, "no-cramp-left", night = night.date()),
                Remark::Done(thing, night, done) => {
                    let (thing, night) = (&**thing, name(*night));
                    let done = done.map_or("unknown", |done| done.word());
                    t!(experiment, "written-as-done", thing, night, done)
                }
            }));
    }
}

/// Factor values as they are read back: `room=18 °C, socks unknown`, after what was said before them.
pub(crate) fn with_values(line: String, values: &[ValueEcho]) -> String {
    if values.is_empty() {
        return line;
    }
    let words = values.iter().map(|v| match &v.shown {
        Some(shown) => format!("{}={shown}", v.factor),
        None => t!(cli, "value-unknown", factor = v.factor),
    });
    let values = words.collect::<Vec<_>>().join(", ");
    t!(cli, "echo-values", line, values)
}

/// What was taken; a reply that was refused is explained, so that it can be given again.
pub(crate) fn taken<T>(
    call: &mut Invocation<'_>,
    written: Result<T, Failure>,
) -> Result<Option<T>, Failure> {
    match written {
        Ok(written) => Ok(Some(written)),
        Err(Failure {
            code: 1 | 2,
            message,
            hint,
        }) => {
            call.print(&match hint {
                Some(hint) => t!(cli, "refused-hint", message, hint),
                None => t!(cli, "refused", message),
            })?;
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// Does `work` under another name in the change journal.
pub(crate) fn under<'w, T>(
    call: &mut Invocation<'w>,
    command: String,
    work: impl FnOnce(&mut Invocation<'w>) -> T,
) -> T {
    let typed = std::mem::replace(&mut call.command, command);
    let done = work(call);
    call.command = typed;
    done
}

impl Invocation<'_> {
    /// Makes one entry in one transaction with what it sets off, and adds to `notices` what there is to say about it;
    /// `name` writes a night that was marked calm.
    pub(crate) fn enter(
        &mut self,
        notices: &mut Notices,
        name: impl Fn(Night) -> String,
        entry: impl FnOnce(&mut Writer<'_>, &Now) -> Result<Entered, EntryError>,
    ) -> Result<Entered, Failure> {
        self.write(|w, now| {
            let entered = entry(w, now)?;
            notices.remarks(&entered.remarks, name);
            notices.values = records::values(&entered.values, &entered.catalogue);
            set_off(w, now, &entered.keys, notices)?;
            Ok::<_, EntryError>(entered)
        })
    }

    /// Urgent flags, if any.
    pub(crate) fn print_flags(&mut self, flags: &[Flag]) -> Result<(), Failure> {
        let urgent = terminal_flags::at_entry(flags, self.style);
        match urgent.is_empty() {
            true => Ok(()),
            false => self.print(&urgent),
        }
    }

    /// Echoes an entry: what it set off above everything else, then what was written, then remarks.
    pub(crate) fn echo(
        &mut self,
        line: &str,
        value: &impl Serialize,
        notices: &Notices,
    ) -> Result<(), Failure> {
        if self.json {
            return self.print_json(value);
        }
        self.print_flags(&notices.flags)?;
        match &self.env.by {
            // a page has a button for it
            Some(_) => self.print(line)?,
            None => self.print(&t!(cli, "echo", line))?,
        }
        for asked in &notices.asks {
            if let Asked::Sign(ask) = asked {
                self.print(&ask.lines().join("\n"))?;
            }
        }
        self.notes(&notices.warnings)
    }

    /// Echoes a record other than an episode or a night.
    pub(crate) fn echo_record(
        &mut self,
        verb: &str,
        record: &Record,
        catalogue: &Catalogue,
        notices: Notices,
    ) -> Result<(), Failure> {
        let line = words::line(record, catalogue, self.now.today());
        let key = record.key().to_string();
        let line = t!(cli, "echo-record", verb, key, line);
        let value = records::record_echo(record, notices.clone());
        self.echo(&line, &value, &notices)
    }

    /// Writes a new record under a number of its own and echoes it, with the flags it sets off.
    pub(crate) fn add(
        &mut self,
        verb: &str,
        record: Record,
        mut notices: Notices,
    ) -> Result<(), Failure> {
        let record = self.write(|w, now| {
            let record = w.add(record)?;
            if matches!(
                record,
                Record::Symptom(_) | Record::Intake(_) | Record::Event(_)
            ) {
                set_off(w, now, &[record.key()], &mut notices)?;
            }
            Ok::<_, StoreError>(record)
        })?;
        notices.warnings.extend(what_is_it(&record));
        self.echo_record(verb, &record, &Catalogue::built_in(), notices)
    }
}
