//! `cramp log`: one cramp, in one short line.

use crate::cli::written::{
    answer, catalogue, cleaned, present_night, put_values, set_off, values_line,
};
use crate::cli::{Context, Failure};
use crate::diary::entry::{Line, LineKind, LineReader};
use crate::diary::vocabulary::{Certainty, Outcome, Period};
use crate::diary::{Episode, Key, NightRecord, Record, When};
use crate::report::echo::{self, Aside};
use crate::report::say::record as words;
use crate::store::{Table, Writer};

/// Log a cramp. No words means now; words may stand in any order.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp log                          a cramp, just now
  cramp log left calf 6 3min         left calf, pain 6 of 10, three minutes
  cramp log 03:10 right +stretch     at 03:10, eased by stretching
  cramp log yesterday 23:50 both 8   last evening
  cramp log 2h ago foot room=18C     with what the night was like
  cramp log kind=jerk                a jerk: kept, never counted as a cramp
  cramp log -                        read the line from standard input (keeps it out of the shell history)
Words: left right both · calf foot toes shin thigh hamstring other · 0-10 or 7/10 · 3min 90s ·
+stretch +massage +walk +heat +dorsiflex +pull-toe +press +none · key=value · \"free text\"")]
pub(crate) struct Args {
    /// What you remember, in any order
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
    /// List every word the line may hold
    #[arg(long = "words")]
    list: bool,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        if self.list {
            return crate::cli::help::vocabulary(ctx);
        }
        let mut aside = Aside::default();
        let words = cleaned(&self.typed(ctx)?, &mut aside.warnings);
        let mut store = ctx.open()?;
        let now = ctx.now.clone();
        let (episode, night) = store.write(now.utc, &ctx.command.clone(), |w| {
            let (line, catalogue) = read(w, &words, &now)?;
            let (episode, mut night) = (line.episode, line.night);
            aside.warnings.extend(line.warnings);
            let mut keys = vec![Key::Episode(episode.id)];
            let night_said = !line.night_said.is_empty();
            if night_said && night.outcome == Some(Outcome::Calm) && episode.is_night_cramp() {
                return Err(Failure::words(
                    "'outcome=calm' contradicts the cramp in the same line",
                    "leave it out: a night with a cramp is a cramp night",
                ));
            }
            if episode.is_night_cramp() && night.outcome != Some(Outcome::Cramp) {
                if night.outcome == Some(Outcome::Calm) {
                    let said = words::night_words(night.night, now.today());
                    aside.warnings.push(format!(
                        "the night of {said} was marked calm; it is a cramp night now"
                    ));
                }
                night.outcome = Some(Outcome::Cramp);
            }
            if night.outcome.is_some() || night_said {
                w.put(Record::Night(night.clone()))?;
            }
            w.put(Record::Episode(episode.clone()))?;
            aside.values = put_values(
                w,
                episode.night,
                &line.values,
                &catalogue,
                now.utc,
                &mut keys,
            )?;
            set_off(w, now.today(), &keys, &mut aside)?;
            Ok::<_, Failure>((episode, night))
        })?;
        let mut said = format!(
            "Logged #{}: {}",
            episode.id,
            words::episode(&episode, now.today())
        );
        if !aside.values.is_empty() {
            said += &format!("; {}", values_line(&aside.values));
        }
        said += ". Undo: cramp undo";
        let value = echo::episode_echo(&episode, night.outcome, aside.clone());
        answer(ctx, &said, &value, &aside)
    }

    /// The words given, or the line on standard input for `-`.
    fn typed(&self, ctx: &mut Context<'_, '_>) -> Result<Vec<String>, Failure> {
        if self.words.as_slice() != ["-"] {
            return Ok(self.words.clone());
        }
        let mut line = String::new();
        ctx.world.input.read_line(&mut line)?;
        ctx.command = "log -".to_string();
        Ok(split(&line))
    }
}

/// A line split at spaces, quoted parts kept whole.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote: Option<char> = None;
    for c in line.trim().chars() {
        match quote {
            Some(q) if c == q => quote = None,
            None if c == '"' => quote = Some(c),
            None if c.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            _ => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Reads the line twice: once to learn the night, then on top of what that night already holds.
fn read(
    w: &mut Writer<'_>,
    words: &[String],
    now: &crate::diary::Now,
) -> Result<(Line, crate::diary::factor::Catalogue), Failure> {
    let catalogue = catalogue(w, now.this_night())?;
    let reader = LineReader::new(LineKind::Episode, &catalogue, now);
    let tonight = now.this_night();
    let probe = reader.read(
        words,
        Episode::blank(0, tonight, now.utc),
        NightRecord::blank(tonight, now.utc),
    )?;
    let when = probe.when.unwrap_or_else(|| When {
        at: Some(now.moment()),
        night: tonight,
        certainty: Certainty::Exact,
    });
    let id = w.next_id(Table::Episode)?;
    let night = present_night(w, when.night, now.utc)?;
    let mut line = reader.read(words, Episode::blank(id, when.night, now.utc), night)?;
    let episode = &mut line.episode;
    if !line.episode_said.contains(&"certainty") {
        episode.certainty = when.certainty;
    }
    if let Some(at) = when
        .at
        .as_ref()
        .filter(|_| !line.episode_said.contains(&"period"))
    {
        let hour = chrono::Timelike::hour(&at.local());
        if (10..18).contains(&hour) {
            line.warnings.push(format!(
                "counted as a night cramp; if you were up and about, say so: cramp edit {id} period=day"
            ));
        }
    }
    episode.began_at = when.at;
    if let Some(text) = line.text.take() {
        episode.note = Some(match episode.note.take() {
            Some(note) => format!("{note}; {text}"),
            None => text,
        });
    }
    episode.raw = Some(words.join(" ")).filter(|raw| !raw.is_empty());
    if episode.period == Period::Day && episode.kind == crate::diary::vocabulary::Kind::Cramp {
        line.warnings.push(
            "kept as a daytime cramp; the night itself still waits for its answer".to_string(),
        );
    }
    Ok((line, catalogue))
}
