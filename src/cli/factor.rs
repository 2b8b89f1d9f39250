//! `cramp factor`: the catalogue of factors, and the person's own.

use crate::cli::written::{answer_record, catalogue, free_text};
use crate::cli::{Context, Failure};
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::factor_line::read_factor;
use crate::diary::{CustomFactor, Key, Record};
use crate::report::echo::Aside;

/// The catalogue of factors.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Factor {
    /// Every factor: built-in ones with their sources, and your own
    List,
    /// Add one of your own: NAME [KEY=VALUE…]
    #[command(after_help = "Examples:
  cramp factor add new-mattress type=yes-no label=\"New mattress\"
  cramp factor add steps type=number unit=steps min=0 max=60000 timing=day
  cramp factor add tea type=choice choices=none,black,green timing=evening
Keys: type=yes-no|scale|number|choice label= unit= min= max= timing=day|evening|night group= choices=a,b,c")]
    Add {
        /// A short name without spaces
        name: String,
        /// What it is, as key=value
        #[arg(allow_negative_numbers = true)]
        words: Vec<String>,
    },
    /// Put a factor away: kept, no longer asked about
    Retire {
        /// Which
        name: String,
    },
}

impl Factor {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        match self {
            Factor::List => crate::cli::help::factors(ctx),
            Factor::Add { name, words } => add(ctx, name, words),
            Factor::Retire { name } => retire(ctx, name),
        }
    }
}

fn add(ctx: &mut Context<'_, '_>, name: &str, words: &[String]) -> Result<(), Failure> {
    let factor = read_factor(name, words)?;
    let now = ctx.now.clone();
    let mut store = ctx.open()?;
    let (record, catalogue) = store.write(now.utc, &ctx.command.clone(), |w| {
        let present = catalogue(w, now.this_night())?;
        match present.find(&factor.factor) {
            Some(known) if !known.retired => {
                return Err(Failure::cannot_but(
                    format!("'{}' is already a factor: {}", factor.factor, known.label),
                    "choose another name, or use it as it is",
                ));
            }
            _ => {}
        }
        Catalogue::check(&factor).map_err(|e| {
            Failure::words(e.to_string(), "'cramp factor add --help' shows examples")
        })?;
        let record = Record::Factor(factor);
        w.put(record.clone())?;
        Ok::<_, Failure>((record, catalogue(w, now.this_night())?))
    })?;
    answer_record(ctx, "Added", &record, &catalogue, Aside::default())
}

fn retire(ctx: &mut Context<'_, '_>, name: &str) -> Result<(), Failure> {
    let name = free_text(name, "name")?.to_lowercase();
    let now = ctx.now.clone();
    let mut store = ctx.open()?;
    let (record, catalogue) = store.write(now.utc, &ctx.command.clone(), |w| {
        let present = catalogue(w, now.this_night())?;
        let Some(known) = present.find(&name) else {
            let near = present
                .nearest(&name)
                .map(|n| format!("did you mean '{n}'?"));
            return Err(Failure::words(
                format!("'{name}' is not a factor of this diary"),
                near.unwrap_or("'cramp factor list' shows all".to_string()),
            ));
        };
        let own = match w.get(&Key::Factor(known.factor.as_ref().into()))? {
            Some(Record::Factor(own)) => CustomFactor {
                retired: true,
                ..own
            },
            _ => retired(known),
        };
        let record = Record::Factor(own);
        w.put(record.clone())?;
        Ok::<_, Failure>((record, catalogue(w, now.this_night())?))
    })?;
    answer_record(ctx, "Retired", &record, &catalogue, Aside::default())
}

/// The record that puts a built-in factor away.
fn retired(known: &FactorDef) -> CustomFactor {
    CustomFactor {
        factor: known.factor.as_ref().into(),
        label: known.label.to_string(),
        kind: known.kind,
        unit: known.unit.as_ref().map(ToString::to_string),
        min: known.min,
        max: known.max,
        timing: known.timing,
        group: Some(known.group.to_string()),
        choices: known.choices.iter().map(ToString::to_string).collect(),
        retired: true,
    }
}
