//! `cramp list` and `cramp show`: what is kept.

use crate::cli::event::date;
use crate::cli::{Context, Failure};
use crate::diary::factor::Catalogue;
use crate::diary::{Diary, Key, Night, Nights};
use crate::report::listing;

/// Records of a stretch of nights, the latest first.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp list                     the last 28 nights
  cramp list --last 7n
  cramp list --since 2026-02-01 --until 2026-02-28")]
pub(crate) struct List {
    /// First night
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
    /// Last night
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    /// So many nights, for example 28n
    #[arg(long, value_name = "NIGHTS", conflicts_with = "since")]
    last: Option<String>,
}

impl List {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let store = ctx.open_read()?;
        let until = match &self.until {
            Some(text) => date(ctx, text)?,
            None => self.latest(ctx, store.as_ref())?,
        };
        let from = match (&self.since, &self.last) {
            (Some(text), _) => date(ctx, text)?,
            (None, Some(text)) => until.plus(1 - nights(text)?),
            (None, None) => until.plus(-27),
        };
        let span = Nights { from, to: until };
        let diary = match &store {
            Some(store) => store.read(Some(span))?,
            None => Diary::default(),
        };
        let catalogue = Catalogue::of(&diary);
        let listing = listing::listing(&diary, span, &catalogue, ctx.now.today());
        if ctx.dress.json {
            return ctx.json(&listing);
        }
        ctx.say(&crate::render::terminal_week::listing(
            &listing,
            ctx.dress.plain,
        ))
    }

    /// Tonight, or the diary's last night when it lies further back than four weeks.
    fn latest(
        &self,
        ctx: &Context<'_, '_>,
        store: Option<&crate::store::Store>,
    ) -> Result<Night, Failure> {
        let tonight = Night::of_evening(ctx.now.today());
        let last = match store {
            Some(store) if self.since.is_none() => store.last_night()?,
            _ => None,
        };
        Ok(last.filter(|n| n.plus(28) < tonight).unwrap_or(tonight))
    }
}

/// `28n`, `28` or `4w` as a number of nights.
fn nights(text: &str) -> Result<i64, Failure> {
    let (digits, scale) = match text.strip_suffix('w') {
        Some(weeks) => (weeks, 7),
        None => (text.strip_suffix('n').unwrap_or(text), 1),
    };
    digits
        .parse::<i64>()
        .ok()
        .filter(|n| (1..=40_000).contains(n))
        .map(|n| n * scale)
        .ok_or_else(|| {
            Failure::words(
                format!("'{text}' is not a number of nights"),
                "write --last 28n, or --last 4w",
            )
        })
}

/// One record in full.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp show 12                an episode
  cramp show 2026-03-03        a night, with everything about it
  cramp show c3                a course (i5 a dose, s2 a symptom, p1 a fact, e1 an event, x1 an excluded period)")]
pub(crate) struct Show {
    /// Which
    #[arg(allow_negative_numbers = true)]
    id: String,
}

impl Show {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let key = key(ctx, &self.id)?;
        let store = ctx.open_read()?.ok_or_else(|| missing(&self.id))?;
        if let Key::Night(night) = key {
            let span = Nights {
                from: night,
                to: night,
            };
            let diary = store.read(Some(span))?;
            let catalogue = Catalogue::of(&diary);
            let listing = listing::listing(&diary, span, &catalogue, ctx.now.today());
            if ctx.dress.json {
                return ctx.json(&listing);
            }
            return ctx.say(&crate::render::terminal_week::listing(
                &listing,
                ctx.dress.plain,
            ));
        }
        let record = store.get(&key)?.ok_or_else(|| missing(&self.id))?;
        let value = listing::full(&record);
        if ctx.dress.json {
            return ctx.json(&value);
        }
        ctx.say(&crate::render::terminal::fields(&value.id, &value.fields))
    }
}

/// A record's reference as typed: `12`, `#12`, `c3`, a night's date or day word.
pub(crate) fn key(ctx: &Context<'_, '_>, text: &str) -> Result<Key, Failure> {
    if let Some(key) = Key::parse(text) {
        return Ok(key);
    }
    match date(ctx, text) {
        Ok(night) => Ok(Key::Night(night)),
        Err(_) => Err(Failure::words(
            format!("'{text}' is not the name of a record"),
            "records are named 12 (episode), 2026-03-03 (night), 2026-03-03:room (factor), c3 i5 s2 p1 e1 x1; see 'cramp list'",
        )),
    }
}

pub(crate) fn missing(id: &str) -> Failure {
    Failure::cannot_but(
        format!("there is no record '{id}'"),
        "'cramp list' shows what there is; 'cramp history' what there was",
    )
}
