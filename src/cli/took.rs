//! `cramp took`: one dose taken.

use crate::cli::written::{answer_record, catalogue, cleaned, set_off};
use crate::cli::{Context, Failure};
use crate::diary::clock::ClockReader;
use crate::diary::dose::{Dose, read_dose};
use crate::diary::vocabulary::Basis;
use crate::diary::{Intake, Record};
use crate::report::echo::Aside;
use crate::store::Table;

/// One dose taken: name, amount, and when.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp took magnesium 300mg
  cramp took \"vitamin d\" 1000IU yesterday 20:00
  cramp took \"magnesium citrate\" 2g basis=compound")]
pub(crate) struct Args {
    /// What was taken
    name: String,
    /// How much, with its unit
    amount: String,
    /// When (now if left out), and basis=elemental or basis=compound
    #[arg(allow_negative_numbers = true)]
    rest: Vec<String>,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let mut aside = Aside::default();
        let name = crate::cli::written::free_text(&self.name, "name")?.to_lowercase();
        let Dose {
            amount,
            unit,
            typed,
        } = read_dose(&name, &self.amount)?;
        let rest = cleaned(&self.rest, &mut aside.warnings);
        let now = ctx.now.clone();
        let mut clock = ClockReader::new(&now);
        let mut basis: Option<Basis> = None;
        let flat: Vec<&str> = rest.iter().flat_map(|w| w.split_whitespace()).collect();
        let mut at = 0;
        while let Some(word) = flat.get(at) {
            if let Some(value) = word.strip_prefix("basis=") {
                let parsed = value.parse::<Basis>();
                basis = Some(parsed.map_err(|e| {
                    Failure::words(e.to_string(), "write basis=elemental or basis=compound")
                })?);
                at += 1;
                continue;
            }
            let taken = clock.take(flat.get(at..).unwrap_or_default())?;
            if taken == 0 {
                return Err(Failure::words(
                    format!("'{word}' was not understood"),
                    "after the amount comes a time such as 21:30 or 'yesterday 20:00', or basis=elemental",
                ));
            }
            at += taken;
        }
        let when = clock.finish()?;
        let (taken_at, night) = match when {
            None => (now.moment(), now.this_night()),
            Some(when) => {
                let evening = || now.zone.resolve(when.night.at(EVENING), now.utc).0;
                (when.at.clone().unwrap_or_else(evening), when.night)
            }
        };
        let mut store = ctx.open()?;
        let (record, catalogue) = store.write(now.utc, &ctx.command.clone(), |w| {
            let id = w.next_id(Table::Intake)?;
            let record = Record::Intake(Intake {
                id,
                taken_at,
                night,
                name,
                amount: Some(amount),
                unit,
                basis,
                typed,
                recorded_at: now.utc,
            });
            w.put(record.clone())?;
            set_off(w, now.today(), &[record.key()], &mut aside)?;
            Ok::<_, Failure>((record, catalogue(w, night)?))
        })?;
        answer_record(ctx, "Taken", &record, &catalogue, aside)
    }
}

/// When only the night of a dose is known it is kept at 21:00 of that evening.
const EVENING: chrono::NaiveTime = match chrono::NaiveTime::from_hms_opt(21, 0, 0) {
    Some(time) => time,
    None => chrono::NaiveTime::MIN,
};
