//! `cramp chart`: one picture of the diary.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::event::date;
use crate::cli::report::{Format, program, write};
use crate::cli::{Context, Failure};
use crate::diary::{Diary, Night, Nights};
use crate::render::{chart as look, pdf, png, svg};
use crate::report::chart::made_from::MadeFrom;
use crate::report::chart::{Chart, calendar, clock, factors, timeline, trend};

/// A picture of the diary, as SVG, PNG or PDF.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp chart timeline --out timeline.svg
  cramp chart calendar --out nights.png --from 2026-01-01
  cramp chart clock --json")]
pub(crate) struct Args {
    /// What to draw
    #[arg(value_name = "KIND")]
    kind: Kind,
    /// The file to write: .svg, .png or .pdf
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The first night (the diary's first if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<String>,
    /// The last night (last night if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<String>,
}

/// A chart as JSON.
#[derive(Debug, serde::Serialize)]
struct Drawn {
    #[serde(flatten)]
    chart: Chart,
    made_from: MadeFrom,
}

/// The kinds of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// Cramps a week, with courses and events
    Timeline,
    /// One cell a night
    Calendar,
    /// Cramps by the hour of their onset
    Clock,
    /// What goes with cramps, with intervals
    Factors,
    /// The rate month by month, with changes
    Trend,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let format = self.out.as_deref().map(Format::of).transpose()?;
        if format.is_none() && !ctx.dress.json {
            return Err(Failure::words(
                "no file to draw into",
                "add --out FILE with .svg, .png or .pdf, or --json for the numbers",
            ));
        }
        let (chart, made_from) = self.chart(ctx)?;
        if let (Some(out), Some(format)) = (&self.out, format) {
            let sheets = [look::sheet(&chart)];
            let about = look::about(&chart, &program(), &made_from.line());
            let bytes = ctx.watched("drawing", || match format {
                Format::Svg => Ok(svg::file(&sheets, &about).into_bytes()),
                Format::Png => png::file(&sheets, &about).map_err(Failure::from),
                Format::Pdf => pdf::file(&sheets, &about).map_err(Failure::from),
                Format::Html | Format::Json => Err(Failure::words(
                    format!("a chart is not written as {}", format.name()),
                    "use .svg, .png or .pdf",
                )),
            })?;
            write(ctx, out, &bytes)?;
        }
        if ctx.dress.json {
            return ctx.json(&Drawn { chart, made_from });
        }
        let out = self
            .out
            .as_deref()
            .unwrap_or_else(|| std::path::Path::new(""));
        ctx.say(&format!(
            "{}: {}\n{}\nWritten to {}",
            chart.title,
            chart.coverage,
            chart.alt,
            out.display()
        ))
    }

    fn chart(&self, ctx: &mut Context<'_, '_>) -> Result<(Chart, MadeFrom), Failure> {
        let to = match &self.to {
            Some(text) => date(ctx, text)?,
            None => ctx.now.last_night(),
        };
        let from = self.from.as_ref().map(|text| date(ctx, text)).transpose()?;
        let store = ctx.open_read()?;
        let first = match &store {
            Some(store) => store.first_night()?,
            None => None,
        };
        let nights = period(from, to, first)?;
        let values = matches!(self.kind, Kind::Factors | Kind::Trend);
        let diary = match &store {
            None => Diary::default(),
            Some(store) if values => store.read(Some(nights))?,
            Some(store) => store.read_without_values(Some(nights))?,
        };
        let (kind, seed) = (self.kind, ctx.seed);
        let name = kind
            .to_possible_value()
            .map_or_else(String::new, |v| v.get_name().to_string());
        let made_from = MadeFrom::new(&program(), &name, &diary, nights, values);
        let chart = ctx.watched("counting and comparing nights", || match kind {
            Kind::Timeline => timeline::timeline(&diary, nights, timeline::ROOM),
            Kind::Calendar => calendar::calendar(&diary, nights),
            Kind::Clock => clock::clock(&diary, nights, true),
            Kind::Factors => factors::factors(&diary, nights),
            Kind::Trend => trend::trend(&diary, nights, seed),
        });
        Ok((chart, made_from))
    }
}

/// From the night asked for, or the first of the diary, or eight weeks back where there is no diary.
fn period(from: Option<Night>, to: Night, first: Option<Night>) -> Result<Nights, Failure> {
    let default = first
        .filter(|first| *first <= to)
        .unwrap_or(to.plus(1 - crate::report::doctor::NIGHTS));
    let from = from.unwrap_or(default);
    if to < from {
        return Err(Failure::words(
            format!("{to} comes before {from}"),
            "give --from the earlier night and --to the later one",
        ));
    }
    Ok(Nights { from, to })
}
