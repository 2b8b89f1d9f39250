//! `cramp edit` and `cramp delete`: amendments, always reversible.

use serde_json::json;

use crate::cli::read::record_key;
use crate::cli::write::{cleaned, set_off};
use crate::cli::{Failure, Invocation};
use crate::diary::{Key, Record};
use crate::report::records::{self, Notices};
use crate::report::say::record as words;
use crate::store::{EntryError, missing};

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
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let key = record_key(call, &self.id)?;
        let mut notices = Notices::default();
        let words = cleaned(&self.words, &mut notices);
        if words.is_empty() {
            let example = format!("'cramp edit {} severity=7'", self.id);
            return Err(Failure::words(
                "nothing to change",
                format!("write what it should say, for example {example}"),
            ));
        }
        let entered = call.write(|w, now| {
            let entered = w.amend(&key, &self.id, &words, now)?;
            notices.entered(&entered, |night| night.to_string());
            set_off(w, now, &[entered.record.key()], &mut notices)?;
            Ok::<_, EntryError>(entered)
        })?;
        let Record::Episode(episode) = &entered.record else {
            return call.echo_record("Amended", &entered.record, &entered.catalogue, notices);
        };
        let line = words::episode(episode, call.now.today());
        let value = records::episode_echo(episode, None, notices.clone());
        call.echo(
            &format!("Amended #{}: {line}", episode.id),
            &value,
            &notices,
        )
    }
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
        if keys.len() >= 3 && !self.agreed(call, &format!("Delete {} records?", keys.len()))? {
            return Err(Failure::cannot("nothing was deleted"));
        }
        let mut notices = Notices::default();
        let remarks = store.write(call.now.utc, &call.command, |w| w.delete(&keys))?;
        notices.remarks(&remarks, |night| night.to_string());
        let ids = names(&keys);
        let value =
            json!({ "schema": 1, "kind": "deleted", "ids": ids, "warnings": notices.warnings });
        call.echo(&format!("Deleted {}", ids.join(" ")), &value, &notices)
    }

    fn forget(
        &self,
        call: &mut Invocation<'_>,
        store: &mut crate::store::Store,
        keys: &[Key],
    ) -> Result<(), Failure> {
        let ids = names(keys);
        let list = ids.join(" ");
        let question =
            format!("Erase {list} for good, from the history too? This cannot be undone.");
        if !self.agreed(call, &question)? {
            return Err(Failure::cannot_but(
                "nothing was erased",
                "say --yes to erase without being asked",
            ));
        }
        let forgotten = store.forget(call.now.utc, keys)?;
        let backups = forgotten.backups.iter().map(|b| b.display().to_string());
        let backups: Vec<String> = backups.collect();
        let value = json!({ "schema": 1, "kind": "forgotten", "ids": ids, "backups": backups });
        call.respond(&value, |_| {
            let erased = format!("Erased {list} from the diary and its history.");
            match backups.as_slice() {
                [] => erased,
                some => format!(
                    "{erased}\nThese backups still hold it:\n  {}",
                    some.join("\n  ")
                ),
            }
        })
    }

    /// Asks on a terminal; elsewhere only `--yes` agrees to erase, and plain deletion goes ahead.
    fn agreed(&self, call: &mut Invocation<'_>, question: &str) -> Result<bool, Failure> {
        if self.yes || !call.env.input_is_terminal {
            return Ok(self.yes || !self.forget);
        }
        call.inform(&format!("{question} [y/N]"))?;
        let mut reply = String::new();
        call.env.input.read_line(&mut reply)?;
        Ok(matches!(reply.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}

fn names(keys: &[Key]) -> Vec<String> {
    keys.iter().map(ToString::to_string).collect()
}
