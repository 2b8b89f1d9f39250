//! `cramp edit` and `cramp delete`: amendments, always reversible.

use serde_json::json;

use crate::cli::failure::fail;
use crate::cli::read::record_key;
use crate::cli::write::cleaned;
use crate::cli::{Failure, Invocation};
use crate::diary::{Key, Record};
use crate::report::records::{self, Notices};
use crate::report::say::record as words;
use crate::store::missing;
use crate::words::t;

/// Amend a record
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/edit.txt"))]
pub(crate) struct Edit {
    /// Which record: 12, 2026-03-03, c3, i5, s2, p1, e1, x1
    #[arg(allow_negative_numbers = true)]
    id: String,
    /// The changes
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
}

impl Edit {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let key = record_key(call, &self.id)?;
        let mut notices = Notices::default();
        let words = cleaned(&self.words, &mut notices);
        if words.is_empty() {
            return Err(fail!(Words, "nothing-to-change", id = self.id));
        }
        let entered = call.enter(
            &mut notices,
            |night| night.to_string(),
            |w, now| w.amend(&key, &self.id, &words, now),
        )?;
        let Record::Episode(episode) = &entered.record else {
            return call.echo_record(
                t!(cli, "amended"),
                &entered.record,
                &entered.catalogue,
                notices,
            );
        };
        let line = words::episode(episode, call.now.today());
        let value = records::episode_echo(episode, None, notices.clone());
        let line = t!(cli, "amended-episode", id = episode.id.to_string(), line);
        call.echo(&line, &value, &notices)
    }
}

/// Delete records (reversible; --forget erases for good)
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/delete.txt"))]
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
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let ids = self.ids.iter().map(|id| record_key(call, id));
        let keys = ids.collect::<Result<Vec<Key>, Failure>>()?;
        let mut store = call.open()?;
        for (key, id) in keys.iter().zip(&self.ids) {
            if store.get(key)?.is_none() {
                return Err(missing(id).into());
            }
        }
        if self.forget {
            return self.forget(call, &mut store, &keys);
        }
        if keys.len() >= 3 && !self.agreed(call, &t!(cli, "delete-some", n = keys.len()))? {
            return Err(fail!(Cannot, "nothing-deleted"));
        }
        let mut notices = Notices::default();
        let remarks = store.write(call.now.utc, &call.command, |w| w.delete(&keys))?;
        notices.remarks(&remarks, |night| night.to_string());
        let ids = names(&keys);
        let value =
            json!({ "schema": 1, "kind": "deleted", "ids": ids, "warnings": notices.warnings });
        call.echo(&t!(cli, "deleted", ids = ids.join(" ")), &value, &notices)
    }

    fn forget(
        &self,
        call: &mut Invocation<'_>,
        store: &mut crate::store::Store,
        keys: &[Key],
    ) -> Result<(), Failure> {
        let ids = names(keys);
        let list = ids.join(" ");
        if !self.agreed(call, &t!(cli, "erase", ids = list))? {
            return Err(fail!(Cannot, "nothing-erased"));
        }
        let forgotten = store.forget(call.now.utc, keys)?;
        let backups = forgotten.backups.iter().map(|b| b.display().to_string());
        let backups: Vec<String> = backups.collect();
        let value = json!({ "schema": 1, "kind": "forgotten", "ids": ids, "backups": backups });
        call.respond(&value, |_, _| {
            let erased = t!(cli, "erased", ids = list);
            match backups.as_slice() {
                [] => erased,
                some => {
                    let still = t!(cli, "backups-hold-it");
                    format!("{erased}\n{still}\n  {}", some.join("\n  "))
                }
            }
        })
    }

    /// Asks on a terminal; elsewhere only `--yes` agrees to erase, and plain deletion goes ahead.
    fn agreed(&self, call: &mut Invocation<'_>, question: &str) -> Result<bool, Failure> {
        if self.yes || !call.env.input_is_terminal {
            return Ok(self.yes || !self.forget);
        }
        call.inform(question)?;
        let mut reply = String::new();
        call.env.input.read_line(&mut reply)?;
        Ok(matches!(reply.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}

fn names(keys: &[Key]) -> Vec<String> {
    keys.iter().map(ToString::to_string).collect()
}
