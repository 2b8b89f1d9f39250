//! `cramp chart` and `report`: pictures of the diary, the page for a clinician, and whether a diary still gives it.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::cli::drawn::{Drawn, Kind, name_of, of_diary, of_experiment, period, program};
use crate::cli::export::{cannot_read, cannot_write, replace};
use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::{Diary, Nights, Now, Word};
use crate::render::page::{self, Paper};
use crate::render::sheet::{About, DrawError, Sheet};
use crate::render::{chart as drawing, pdf as pdf_file, picture};
use crate::report::doctor::year::{self, Year};
use crate::report::doctor::{self, Doctor};
use crate::report::origin::{Provenance, verdict};
use crate::store::{Store, StoreError};
use crate::words::t;

/// The kinds of file a picture or page is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Pdf,
    Html,
    Svg,
    Png,
    Json,
}

impl Format {
    /// The format by the ending of a file's name.
    pub(crate) fn of(path: &Path) -> Result<Format, Failure> {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        Format::from_str(&ending, true)
            .map_err(|_| fail!(Words, "unknown-kind", file = path.display()))
    }
}

/// A picture of the diary: timeline, calendar, clock, factors, trend or experiment
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/chart.txt"))]
pub(crate) struct Chart {
    /// What to draw
    #[arg(value_name = "KIND")]
    kind: Kind,
    /// Of an experiment that has ended: which
    #[arg(value_name = "THING")]
    thing: Option<String>,
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

impl Chart {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let file = file_of(call, &self.out, || fail!(Words, "no-picture-file"))?;
        let drawn = match (self.kind, &self.thing) {
            (Kind::Experiment, Some(thing)) => self.experiment(call, thing)?,
            (Kind::Experiment, None) => return Err(fail!(Words, "no-experiment-named")),
            (kind, Some(thing)) => {
                return Err(fail!(Words, "no-thing-drawn", thing, kind = name_of(kind)));
            }
            (_, None) => self.chart(call)?,
        };
        let chart = &drawn.chart;
        let (title, coverage) = (&chart.title, &chart.coverage);
        let lines = [&t!(cli, "chart-title", title, coverage), &chart.alt];
        deliver(call, file, &drawn, lines, t!(cli, "drawing"), |format| {
            let sheets = [drawing::sheet(chart)];
            let picture = pictured(&sheets, &drawn.about(), format);
            let picture =
                picture.ok_or_else(|| fail!(Words, "not-a-chart-kind", kind = name_of(format)))?;
            Ok(picture?)
        })
    }

    /// The picture of an experiment, whose nights are its own.
    fn experiment(&self, call: &mut Invocation<'_>, thing: &str) -> Result<Drawn, Failure> {
        if self.from.is_some() || self.to.is_some() {
            return Err(fail!(Words, "experiment-has-dates"));
        }
        let diary = call.diary(None)?;
        let (now, seed) = (call.now.clone(), call.seed);
        call.watch(t!(cli, "comparing"), || {
            of_experiment(&diary, thing, &now, seed)
        })
    }

    fn chart(&self, call: &mut Invocation<'_>) -> Result<Drawn, Failure> {
        let to = call.night_or_last(self.to.as_deref())?;
        let from = self.from.as_ref().map(|text| call.night(text));
        let from = from.transpose()?;
        let (store, kind) = (call.open_read()?, self.kind);
        let now = call.now.clone();
        call.watch(t!(cli, "comparing"), || {
            of_diary(store, kind, (from, to), &now)
        })
    }
}

/// Sheets as a file of this format; `None` where the format shows no sheets.
pub(crate) fn pictured(
    sheets: &[Sheet],
    about: &About,
    format: Format,
) -> Option<Result<Vec<u8>, DrawError>> {
    match format {
        Format::Svg => Some(Ok(picture::svg(sheets, about).into_bytes())),
        Format::Png => Some(picture::png(sheets, about)),
        Format::Pdf => Some(pdf_file::file(sheets, about)),
        Format::Html | Format::Json => None,
    }
}

/// The file to write and its format; without a file only JSON is printed, and without either `missing` says what to add.
fn file_of<'a>(
    call: &Invocation<'_>,
    out: &'a Option<PathBuf>,
    missing: impl FnOnce() -> Failure,
) -> Result<Option<(&'a Path, Format)>, Failure> {
    match out {
        None if !call.json => Err(missing()),
        None => Ok(None),
        Some(out) => Ok(Some((out, Format::of(out)?))),
    }
}

/// Writes what was made to its file, and answers with the value itself or a few lines about it.
fn deliver(
    call: &mut Invocation<'_>,
    file: Option<(&Path, Format)>,
    value: &impl serde::Serialize,
    lines: [&String; 2],
    doing: &'static str,
    bytes: impl FnOnce(Format) -> Result<Vec<u8>, Failure> + Send,
) -> Result<(), Failure> {
    if let Some((out, format)) = file {
        let bytes = call.watch(doing, || bytes(format))?;
        write(call, out, &bytes)?;
    }
    let out = file.map_or(Path::new(""), |(out, _)| out).display();
    call.respond(value, |_, _| {
        let [first, second] = lines;
        format!("{first}\n{second}\n{}", t!(cli, "written-to", file = out))
    })
}

/// The one-page report for a clinician
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/report.txt"))]
pub(crate) struct Report {
    /// The file to write: .pdf, .html, .svg, .png or .json
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The first night (eight weeks back if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<String>,
    /// The last night (last night if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<String>,
    /// The paper: a4 or letter
    #[arg(long, value_name = "PAPER", default_value = "a4", value_parser = ["a4", "letter"])]
    paper: String,
    /// The page of a whole year instead (.pdf, .html, .svg, .png or .json)
    #[arg(long, value_name = "YEAR", conflicts_with_all = ["from", "to"])]
    year: Option<i32>,
    /// Say whether the diary still gives the page in this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "from", "to", "year"])]
    verify: Option<PathBuf>,
}

impl Report {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if let Some(file) = &self.verify {
            return verify(call, file);
        }
        let file = file_of(call, &self.out, || fail!(Words, "no-page-file"))?;
        if let Some(year) = self.year {
            return self.year(call, file, year);
        }
        let to = call.night_or_last(self.to.as_deref())?;
        let from = match &self.from {
            Some(text) => call.night(text)?,
            None => to.plus(1 - doctor::NIGHTS),
        };
        let paper = self.paper.parse().unwrap_or(Paper::A4);
        let page = page_of(call, period(from, to)?, paper)?;
        let lines = [&page.subtitle, &page.coverage];
        let drawing = t!(cli, "drawing-page");
        deliver(call, file, &page, lines, drawing, |format| {
            Ok(bytes(&page, format, paper)?)
        })?;
        // the looks of a past period cannot be taken any more
        if page.look_due && self.to.is_none() && !call.json {
            call.inform(t!(cli, "page-look-due"))?;
        }
        Ok(())
    }
}

impl Report {
    /// The page of a whole year.
    fn year(
        &self,
        call: &mut Invocation<'_>,
        file: Option<(&Path, Format)>,
        year: i32,
    ) -> Result<(), Failure> {
        let nights = year::nights_of(year, call.now.last_night());
        let nights = nights.ok_or_else(|| fail!(Words, "no-such-year", year = year.to_string()))?;
        let paper = self.paper.parse().unwrap_or(Paper::A4);
        let page = year_of(call, nights, paper)?;
        let lines = [&page.title, &page.coverage];
        let drawing = t!(cli, "drawing-page");
        deliver(call, file, &page, lines, drawing, |format| {
            Ok(bytes_of_year(&page, format, paper)?)
        })
    }
}

/// The page of a year as the diary gives it now; an absent diary is an empty one.
fn year_of(call: &mut Invocation<'_>, nights: Nights, paper: Paper) -> Result<Year, Failure> {
    let (store, now) = (call.open_read()?, call.now.clone());
    let page = call.watch(t!(cli, "comparing"), || {
        let diary = read(store, nights)?.known(&now);
        let beside = doctor::beside(&diary, nights);
        Ok::<_, StoreError>(year::year(&diary, nights, beside, &program(), paper.word()))
    });
    Ok(page?)
}

fn bytes_of_year(page: &Year, format: Format, paper: Paper) -> Result<Vec<u8>, DrawError> {
    let sheets = page::year::sheets(page, paper);
    let about = page::year::about(page);
    pictured(&sheets, &about, format).unwrap_or_else(|| match format {
        Format::Html => Ok(page::html_of_year(page, &sheets, paper, &about).into_bytes()),
        _ => json(page),
    })
}

/// A page as JSON.
fn json(page: &impl serde::Serialize) -> Result<Vec<u8>, DrawError> {
    let text = serde_json::to_string_pretty(page);
    let text = text.map_err(|e| DrawError::Picture(e.to_string()))?;
    Ok((text + "\n").into_bytes())
}

/// Writes a file where the person stands: whole or not at all, readable for its owner only.
pub(crate) fn write(call: &Invocation<'_>, out: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let place = call.place(out);
    // A link is followed; a device or a pipe is written to, not replaced.
    let place = std::fs::canonicalize(&place).unwrap_or(place);
    let written = match std::fs::metadata(&place) {
        Ok(there) if !there.is_file() && !there.is_dir() => std::fs::write(&place, bytes),
        _ => replace(&place, bytes),
    };
    written.map_err(|e| cannot_write(out, &e))
}

/// The page as the diary gives it now; an absent diary is an empty one.
fn page_of(call: &mut Invocation<'_>, nights: Nights, paper: Paper) -> Result<Doctor, Failure> {
    let (store, now) = (call.open_read()?, call.now.clone());
    let page = call.watch(t!(cli, "comparing"), || page(store, nights, paper, &now));
    Ok(page?)
}

/// The diary up to the last of `nights`; an absent one is empty.
fn read(store: Option<Store>, nights: Nights) -> Result<Diary, StoreError> {
    let Some(store) = store else {
        return Ok(Diary::default());
    };
    let first = store.first_night()?.unwrap_or(nights.from);
    store.read(Some(Nights {
        from: first.min(nights.from),
        to: nights.to,
    }))
}

fn page(
    store: Option<Store>,
    nights: Nights,
    paper: Paper,
    now: &Now,
) -> Result<Doctor, StoreError> {
    let diary = read(store, nights)?.known(now);
    let beside = || doctor::beside(&diary, nights);
    let page = doctor::doctor(&diary, nights, beside, &program(), paper.word());
    Ok(page::numbered(page))
}

/// The page for a clinician about the last weeks as a PDF file.
///
/// # Errors
/// The diary cannot be read, or the page cannot be drawn.
pub(crate) fn pdf(store: Option<Store>, now: &Now) -> Result<Vec<u8>, Failure> {
    let nights = Nights::ending(now.last_night(), doctor::NIGHTS);
    let page = page(store, nights, Paper::A4, now)?;
    Ok(bytes(&page, Format::Pdf, Paper::A4)?)
}

fn bytes(page: &Doctor, format: Format, paper: Paper) -> Result<Vec<u8>, DrawError> {
    let sheets = page::sheets(page, paper);
    let about = page::about(page);
    pictured(&sheets, &about, format).unwrap_or_else(|| {
        if format == Format::Html {
            return Ok(page::html(page, &sheets, paper, &about).into_bytes());
        }
        json(page)
    })
}

/// Makes the page again and compares.
fn verify(call: &mut Invocation<'_>, file: &Path) -> Result<(), Failure> {
    let format = Format::of(file)?;
    let name = file.display();
    let found = std::fs::read(call.place(file)).map_err(|e| cannot_read(file, &e))?;
    let made = Provenance::find(&found);
    let made = made.ok_or_else(|| fail!(Cannot, "made-from-unknown", file = name))?;
    let (Ok(from), Ok(to), Some(paper)) = (
        made.from.parse(),
        made.to.parse(),
        made.paper.as_deref().and_then(Paper::from_word),
    ) else {
        return Err(fail!(Cannot, "made-from-unreadable", file = name));
    };
    let nights = Nights { from, to };
    let (made_from, again) = if made.is_year() {
        let page = year_of(call, nights, paper)?;
        let again = call.watch(t!(cli, "drawing-page-again"), || {
            bytes_of_year(&page, format, paper)
        });
        (page.made_from, again?)
    } else {
        let page = page_of(call, nights, paper)?;
        let again = call.watch(t!(cli, "drawing-page-again"), || {
            bytes(&page, format, paper)
        });
        (page.made_from, again?)
    };
    let verdict = verdict(&made, &made_from, again == found);
    call.respond(&verdict, |_, _| verdict.sentence.clone())?;
    Failure::exit_unless(verdict.still_gives_it, 1)
}

impl From<DrawError> for Failure {
    fn from(e: DrawError) -> Self {
        fail!(Cannot, "not-drawn", why = e.to_string())
    }
}
