//! `cramp symptom`: something noticed between cramps, or asked and absent.

use crate::cli::written::{answer_record, catalogue, cleaned, set_off};
use crate::cli::{Context, Failure};
use crate::diary::Record;
use crate::diary::symptom_line::read_symptom;
use crate::report::echo::Aside;
use crate::store::Table;

/// Something noticed between cramps, or asked and absent.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp symptom swelling left 4
  cramp symptom numbness both since=2026-02-01 \"toes, mostly evenings\"
  cramp symptom walking-pain right brought-on=walking relieved-by=rest lasts=5min
  cramp symptom tremor no                 asked, and absent
  cramp symptom --list                    every symptom, with its question")]
pub(crate) struct Args {
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

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let Some(name) = self.name.as_ref().filter(|_| !self.list) else {
            return crate::cli::help::symptoms(ctx);
        };
        let mut aside = Aside::default();
        let words = cleaned(&self.words, &mut aside.warnings);
        let now = ctx.now.clone();
        let mut symptom = read_symptom(name, &words, &now)?;
        let mut store = ctx.open()?;
        let (record, catalogue) = store.write(now.utc, &ctx.command.clone(), |w| {
            symptom.id = w.next_id(Table::Symptom)?;
            let record = Record::Symptom(symptom);
            w.put(record.clone())?;
            set_off(w, now.today(), &[record.key()], &mut aside)?;
            Ok::<_, Failure>((record, catalogue(w, now.this_night())?))
        })?;
        answer_record(ctx, "Noted", &record, &catalogue, aside)
    }
}
