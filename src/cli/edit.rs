//! `cramp edit` and `cramp delete`: amendments, always reversible.

use crate::cli::list::{key, missing};
use crate::cli::written::{
    answer, answer_record, catalogue, cleaned, present_night, put_values, set_off,
};
use crate::cli::{Context, Failure};
use crate::diary::amend::amend;
use crate::diary::entry::{Line, LineKind, LineReader};
use crate::diary::vocabulary::Outcome;
use crate::diary::{Episode, Key, NightRecord, Record};
use crate::report::echo::{self, Aside};
use crate::report::say::record as words;
use crate::store::Writer;

/// Amend a record: the same words as when it was written, `key=-` removes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp edit 12 right 7            the other leg, and worse
  cramp edit 12 yesterday 02:40    another time
  cramp edit 12 severity=? +heat
  cramp edit 2026-03-03 room=17C note=\"window open\"
  cramp edit c3 stop=2026-03-01
What was first written stays in 'cramp history'.")]
pub(crate) struct Edit {
    /// Which record: 12, 2026-03-03, c3, i5, s2, p1, e1, x1
    #[arg(allow_negative_numbers = true)]
    id: String,
    /// The changes
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
}

impl Edit {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let key = key(ctx, &self.id)?;
        let mut aside = Aside::default();
        let words = cleaned(&self.words, &mut aside.warnings);
        if words.is_empty() {
            return Err(Failure::words(
                "nothing to change",
                format!(
                    "write what it should say, for example 'cramp edit {} severity=7'",
                    self.id
                ),
            ));
        }
        let mut store = ctx.open()?;
        let now = ctx.now.clone();
        let (record, catalogue) = store.write(now.utc, &ctx.command.clone(), |w| {
            let present = match (w.get(&key)?, &key) {
                (Some(present), _) => present,
                (None, Key::Night(night)) => Record::Night(NightRecord::blank(*night, now.utc)),
                (None, _) => return Err(missing(&self.id)),
            };
            let catalogue = catalogue(w, now.this_night())?;
            let record = match present {
                Record::Episode(e) => episode(w, e, &words, &catalogue, &now, &mut aside)?,
                Record::Night(n) => night(w, n, &words, &catalogue, &now, &mut aside)?,
                other => {
                    let record = amend(other, &words, &catalogue, &now)?;
                    w.put(record.clone())?;
                    record
                }
            };
            set_off(w, now.today(), &[record.key()], &mut aside)?;
            Ok::<_, Failure>((record, catalogue))
        })?;
        if let Record::Episode(e) = &record {
            let said = format!(
                "Amended #{}: {}. Undo: cramp undo",
                e.id,
                words::episode(e, now.today())
            );
            return answer(
                ctx,
                &said,
                &echo::episode_echo(e, None, aside.clone()),
                &aside,
            );
        }
        answer_record(ctx, "Amended", &record, &catalogue, aside)
    }
}

fn episode(
    w: &mut Writer<'_>,
    present: Episode,
    words: &[String],
    catalogue: &crate::diary::factor::Catalogue,
    now: &crate::diary::Now,
    aside: &mut Aside,
) -> Result<Record, Failure> {
    let reader = LineReader::new(LineKind::Episode, catalogue, now);
    let old_night = present.night;
    let probe = reader.read(
        words,
        present.clone(),
        NightRecord::blank(old_night, now.utc),
    )?;
    let night = probe.when.as_ref().map_or(old_night, |when| when.night);
    let present_answer = present_night(w, night, now.utc)?;
    let Line {
        mut episode,
        night: mut answered,
        when,
        values,
        text,
        warnings,
        episode_said,
        night_said,
    } = reader.read(words, present, present_answer)?;
    if let Some(when) = when {
        episode.night = when.night;
        episode.began_at = when.at;
        if !episode_said.contains(&"certainty") {
            episode.certainty = when.certainty;
        }
    }
    if let Some(text) = text {
        episode.note = Some(text);
    }
    aside.warnings.extend(warnings);
    if episode.is_night_cramp() && answered.outcome != Some(Outcome::Cramp) {
        if answered.outcome == Some(Outcome::Calm) {
            aside.warnings.push(format!(
                "the night of {night} was marked calm; it is a cramp night now"
            ));
        }
        answered.outcome = Some(Outcome::Cramp);
    }
    if answered.outcome.is_some() || !night_said.is_empty() {
        w.put(Record::Night(answered))?;
    }
    let record = Record::Episode(episode);
    w.put(record.clone())?;
    let mut keys = Vec::new();
    aside.values = put_values(w, night, &values, catalogue, now.utc, &mut keys)?;
    if old_night != night || !matches!(&record, Record::Episode(e) if e.is_night_cramp()) {
        reopen(w, old_night, aside)?;
    }
    Ok(record)
}

fn night(
    w: &mut Writer<'_>,
    present: NightRecord,
    words: &[String],
    catalogue: &crate::diary::factor::Catalogue,
    now: &crate::diary::Now,
    aside: &mut Aside,
) -> Result<Record, Failure> {
    let night = present.night;
    let reader = LineReader::new(LineKind::Night, catalogue, now);
    let line = reader.read(words, Episode::blank(0, night, now.utc), present.clone())?;
    if line.when.is_some() {
        return Err(Failure::words(
            "a night cannot be moved to another date",
            "delete it, and answer for the other night with 'cramp night DATE …'",
        ));
    }
    let mut answered = line.night;
    if let Some(text) = line.text {
        answered.note = Some(text);
    }
    crate::cli::night::check_answer(w, &answered, &present, night)?;
    let record = Record::Night(answered);
    w.put(record.clone())?;
    let mut keys = Vec::new();
    aside.values = put_values(w, night, &line.values, catalogue, now.utc, &mut keys)?;
    Ok(record)
}

/// A night that lost its last cramp is no longer known to be a cramp night: it is unknown again, never calm.
fn reopen(
    w: &mut Writer<'_>,
    night: crate::diary::Night,
    aside: &mut Aside,
) -> Result<(), Failure> {
    let diary = w.read_without_values(Some(crate::diary::Nights {
        from: night,
        to: night,
    }))?;
    if diary.cramps_on(night) > 0 {
        return Ok(());
    }
    if let Some(Record::Night(mut answered)) = w.get(&Key::Night(night))?
        && answered.outcome == Some(Outcome::Cramp)
    {
        answered.outcome = None;
        w.put(Record::Night(answered))?;
        aside.warnings.push(format!(
            "the night of {night} has no cramp left and is unknown again; if it was calm: cramp night {night} calm"
        ));
    }
    Ok(())
}

/// Delete records. Reversible with undo; --forget erases for good.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp delete 12
  cramp delete 12 13 c2
  cramp delete --forget 12     erases it from the file and from the history; cannot be undone")]
pub(crate) struct Delete {
    /// Which records
    #[arg(required = true, allow_negative_numbers = true)]
    ids: Vec<String>,
    /// Erase for good, from the history too
    #[arg(long)]
    forget: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Delete {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let keys = self
            .ids
            .iter()
            .map(|id| key(ctx, id))
            .collect::<Result<Vec<Key>, Failure>>()?;
        let mut store = ctx.open()?;
        let now = ctx.now.clone();
        for (key, id) in keys.iter().zip(&self.ids) {
            if store.get(key)?.is_none() {
                return Err(missing(id));
            }
        }
        if self.forget {
            return self.forget(ctx, &mut store, &keys);
        }
        if keys.len() >= 3 && !self.agreed(ctx, &format!("Delete {} records?", keys.len()))? {
            return Err(Failure::cannot("nothing was deleted"));
        }
        let mut aside = Aside::default();
        store.write(now.utc, &ctx.command.clone(), |w| {
            for key in &keys {
                let Some(record) = w.get(key)? else { continue };
                if let Record::Night(n) = &record {
                    let diary = w.read(Some(crate::diary::Nights {
                        from: n.night,
                        to: n.night,
                    }))?;
                    if let Some(cramp) = diary
                        .episodes_of(n.night)
                        .iter()
                        .find(|e| e.is_night_cramp())
                        && !keys.contains(&Key::Episode(cramp.id))
                    {
                        return Err(Failure::cannot_but(
                            format!("the night of {} has a cramp, #{}", n.night, cramp.id),
                            format!(
                                "delete the cramp too: cramp delete {} {}",
                                cramp.id, n.night
                            ),
                        ));
                    }
                    for value in diary.values_of(n.night) {
                        w.remove(&Key::Value(n.night, value.factor.clone()))?;
                    }
                }
                w.remove(key)?;
                if let Record::Episode(e) = &record {
                    reopen(w, e.night, &mut aside)?;
                }
            }
            Ok::<_, Failure>(())
        })?;
        let list: Vec<String> = keys.iter().map(ToString::to_string).collect();
        if ctx.dress.json {
            return ctx.json(&serde_json::json!({ "schema": 1, "kind": "deleted", "ids": list, "warnings": aside.warnings }));
        }
        ctx.say(&format!("Deleted {}. Undo: cramp undo", list.join(" ")))?;
        for warning in &aside.warnings {
            ctx.tell(&format!("note: {warning}"))?;
        }
        Ok(())
    }

    fn forget(
        &self,
        ctx: &mut Context<'_, '_>,
        store: &mut crate::store::Store,
        keys: &[Key],
    ) -> Result<(), Failure> {
        let list: Vec<String> = keys.iter().map(ToString::to_string).collect();
        let question = format!(
            "Erase {} for good, from the history too? This cannot be undone.",
            list.join(" ")
        );
        if !self.agreed(ctx, &question)? {
            return Err(Failure::cannot_but(
                "nothing was erased",
                "say --yes to erase without being asked",
            ));
        }
        let forgotten = store.forget(ctx.now.utc, keys)?;
        let backups: Vec<String> = forgotten
            .backups
            .iter()
            .map(|b| b.display().to_string())
            .collect();
        if ctx.dress.json {
            return ctx.json(&serde_json::json!({ "schema": 1, "kind": "forgotten", "ids": list, "backups": backups }));
        }
        ctx.say(&format!(
            "Erased {} from the diary and its history.",
            list.join(" ")
        ))?;
        if !backups.is_empty() {
            ctx.say(&format!(
                "These backups still hold it:\n  {}",
                backups.join("\n  ")
            ))?;
        }
        Ok(())
    }

    /// Asks on a terminal; elsewhere only `--yes` agrees to erase, and plain deletion goes ahead.
    fn agreed(&self, ctx: &mut Context<'_, '_>, question: &str) -> Result<bool, Failure> {
        if self.yes {
            return Ok(true);
        }
        if !ctx.world.input_is_terminal {
            return Ok(!self.forget);
        }
        ctx.tell(&format!("{question} [y/N]"))?;
        let mut reply = String::new();
        ctx.world.input.read_line(&mut reply)?;
        Ok(matches!(reply.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}
