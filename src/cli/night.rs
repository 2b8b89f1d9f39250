//! `cramp night`: the answer for a night, and what the day and evening before it were like.

use crate::cli::written::{
    answer, catalogue, cleaned, present_night, put_values, set_off, values_line,
};
use crate::cli::{Context, Failure};
use crate::diary::entry::{LineKind, LineReader};
use crate::diary::vocabulary::Outcome;
use crate::diary::{Episode, Key, Night, NightRecord, Record};
use crate::report::echo::{self, Aside};
use crate::report::say::record as words;

/// Answer for a night: `calm`, and factors as name=value.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp night calm                          no cramp last night
  cramp night calm room=18C socks=yes       with what the night was like
  cramp night tonight exercise=45min        about the evening now beginning
  cramp night 2026-03-01 calm               a night in the past
  cramp night -2 alcohol=? stretch=-        make a factor unknown again, or remove it
  cramp night cramp                         there was one, details not known
NIGHT is 'last' (the default: yesterday's date, whatever the hour), 'tonight', a date, a weekday, -1 (= last), -2, …
'cramp factor list' shows every factor.")]
pub(crate) struct Args {
    /// The night, 'calm', and factors as name=value
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        if self.words.is_empty() {
            return Err(Failure::words(
                "nothing said about the night",
                "answer with 'cramp night calm', or add factors such as room=18C; 'cramp ask' asks for them",
            ));
        }
        let (night, aside) = write_answer(ctx, &self.words)?;
        let mut said = format!("Noted: {}", words::night(&night, ctx.now.today()));
        if !aside.values.is_empty() {
            said += &format!("; {}", values_line(&aside.values));
        }
        said += ". Undo: cramp undo";
        let value = echo::night_echo(&night, aside.clone());
        answer(ctx, &said, &value, &aside)
    }
}

/// Writes an answer for a night in one transaction, and gives the night as it now stands.
pub(crate) fn write_answer(
    ctx: &mut Context<'_, '_>,
    words: &[String],
) -> Result<(NightRecord, Aside), Failure> {
    let mut aside = Aside::default();
    let words = cleaned(words, &mut aside.warnings);
    let mut store = ctx.open()?;
    let now = ctx.now.clone();
    let night = store.write(now.utc, &ctx.command.clone(), |w| {
        let catalogue = catalogue(w, now.last_night())?;
        let reader = LineReader::new(LineKind::Night, &catalogue, &now);
        let blank = |night: Night| Episode::blank(0, night, now.utc);
        let last = now.last_night();
        let probe = reader.read(&words, blank(last), NightRecord::blank(last, now.utc))?;
        let night = probe.when.as_ref().map_or(last, |when| when.night);
        if let Some(at) = probe.when.as_ref().and_then(|when| when.at.as_ref()) {
            return Err(Failure::words(
                format!("'{}' is a clock time, and a night is named by its date", at.local().format("%H:%M")),
                "write the date of its evening, 'last' or -2; a cramp at a time is logged with 'cramp log'",
            ));
        }
        let present = present_night(w, night, now.utc)?;
        let mut line = reader.read(&words, blank(night), present.clone())?;
        if let Some(text) = line.text.take() {
            line.night.note = Some(text);
            line.night_said.push("note");
        }
        check_answer(w, &line.night, &present, night)?;
        if line.night.outcome == Some(Outcome::Calm) && night.date() >= now.today() {
            aside.warnings.push(
                "this night is not over yet; if a cramp comes, log it and the night becomes a cramp night".to_string(),
            );
        }
        if present.outcome.is_none() && line.night.outcome.is_some() {
            line.night.recorded_at = now.utc;
        }
        let mut keys = vec![Key::Night(night)];
        if !line.night_said.is_empty() {
            w.put(Record::Night(line.night.clone()))?;
        }
        aside.warnings.extend(line.warnings);
        aside.values = put_values(w, night, &line.values, &catalogue, now.utc, &mut keys)?;
        set_off(w, now.today(), &keys, &mut aside)?;
        Ok::<_, Failure>(line.night)
    })?;
    Ok((night, aside))
}

/// A night with a logged cramp cannot be called calm or unanswered.
pub(crate) fn check_answer(
    w: &crate::store::Writer<'_>,
    answered: &crate::diary::NightRecord,
    present: &crate::diary::NightRecord,
    night: Night,
) -> Result<(), Failure> {
    if answered.outcome == Some(Outcome::Cramp) || answered.outcome == present.outcome {
        return Ok(());
    }
    let diary = w.read_without_values(Some(crate::diary::Nights {
        from: night,
        to: night,
    }))?;
    let Some(cramp) = diary.episodes_of(night).iter().find(|e| e.is_night_cramp()) else {
        return Ok(());
    };
    let what = if answered.outcome.is_some() {
        "calm"
    } else {
        "unknown"
    };
    Err(Failure::cannot_but(
        format!(
            "the night of {night} cannot be {what}: it has a cramp, #{}",
            cramp.id
        ),
        format!("if that was a mistake, 'cramp delete {}' first", cramp.id),
    ))
}
