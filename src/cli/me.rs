//! `cramp me`: facts about the person that advice depends on.

use crate::cli::written::{answer, cleaned, set_off};
use crate::cli::{Context, Failure};
use crate::diary::fact_line::{FactChange, read_facts};
use crate::diary::{Diary, Fact, Nights, Record};
use crate::report::echo::Aside;
use crate::report::say::record as words;
use crate::store::Table;

/// Facts about you that advice depends on. What was never asked stays unknown.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp me born=1958 pregnant=no
  cramp me condition+=diabetes since=2019-05-01
  cramp me conditions=none                  asked, none
  cramp me condition-=diabetes              no longer holds, or was a mistake
  cramp me question+=\"Could my water tablets matter?\"
  cramp me                                  what is known
  cramp me --list                           every fact, with its question and sources")]
pub(crate) struct Args {
    /// key=value, key+=value to add, key-=value or key=- to remove
    words: Vec<String>,
    /// List every fact with its question and sources
    #[arg(long)]
    list: bool,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        if self.list {
            return crate::cli::help::facts(ctx);
        }
        if self.words.is_empty() {
            return known(ctx);
        }
        let mut aside = Aside::default();
        let words = cleaned(&self.words, &mut aside.warnings);
        let now = ctx.now.clone();
        let changes = read_facts(&words, &now, &mut aside.warnings)?;
        let mut store = ctx.open()?;
        let lines = store.write(now.utc, &ctx.command.clone(), |w| {
            let here = Nights {
                from: now.this_night(),
                to: now.this_night(),
            };
            let mut lines = Vec::new();
            let mut keys = Vec::new();
            for change in &changes {
                let diary = w.read_without_values(Some(here))?;
                for gone in change.replaces(&diary.facts) {
                    w.remove(&Record::Fact(gone.clone()).key())?;
                    lines.push(format!("{}={} removed", gone.key, gone.value));
                }
                if let FactChange::Set {
                    key, value, since, ..
                } = change
                {
                    let present = diary.facts_of(key).find(|f| f.value == *value).cloned();
                    let id = match &present {
                        Some(f) => f.id,
                        None => w.next_id(Table::Fact)?,
                    };
                    let since = since.or(present.and_then(|f| f.since));
                    let record = Record::Fact(Fact {
                        id,
                        key: key.clone(),
                        value: value.clone(),
                        since,
                        recorded_at: now.utc,
                    });
                    w.put(record.clone())?;
                    keys.push(record.key());
                    lines.push(words::line(
                        &record,
                        &crate::diary::factor::Catalogue::built_in(),
                        now.today(),
                    ));
                }
            }
            set_off(w, now.today(), &keys, &mut aside)?;
            Ok::<_, Failure>(lines)
        })?;
        let said = format!("Noted: {}. Undo: cramp undo", lines.join(", "));
        let value = serde_json::json!({
            "schema": 1, "kind": "person", "changes": lines, "warnings": aside.warnings, "flags": aside.flags,
        });
        answer(ctx, &said, &value, &aside)
    }
}

fn known(ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
    let night = ctx.now.this_night();
    let diary = match ctx.open_read()? {
        Some(store) => store.read_without_values(Some(Nights {
            from: night,
            to: night,
        }))?,
        None => Diary::default(),
    };
    if ctx.dress.json {
        let facts: Vec<&Fact> = diary.facts.iter().collect();
        return ctx.json(&serde_json::json!({ "schema": 1, "kind": "person", "facts": facts }));
    }
    if diary.facts.is_empty() {
        return ctx.say("Nothing is known about you yet; advice that depends on it stays unknown.\n'cramp me --list' shows what may be said, for example: cramp me born=1958 conditions=none");
    }
    let catalogue = crate::diary::factor::Catalogue::built_in();
    let lines = diary.facts.iter().map(|f| {
        let record = Record::Fact(f.clone());
        format!(
            "{:<4} {}",
            record.key().to_string(),
            words::line(&record, &catalogue, ctx.now.today())
        )
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    ctx.say(&text)
}
