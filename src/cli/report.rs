//! `cramp report`: the page for a clinician, and whether a diary still gives it.

use std::path::{Path, PathBuf};

use crate::cli::event::date;
use crate::cli::export::{cannot_write, replace};
use crate::cli::{Context, Failure};
use crate::diary::{Diary, Night, Nights};
use crate::render::page::{self, Paper};
use crate::render::sheet::DrawError;
use crate::render::{html, pdf, png, svg};
use crate::report::doctor::{self, Doctor, MadeFrom};
use crate::report::verify::verdict;

/// The page for a clinician: one sheet about eight weeks.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp report --out doctor.pdf
  cramp report --from 2026-01-01 --to 2026-02-28 --paper letter --out doctor.html
  cramp report --verify doctor.pdf
Your initials and questions appear on it when you give them:
  cramp me initials=AB question+=\"Could the water tablets do this?\"")]
pub(crate) struct Args {
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
    /// Say whether the diary still gives the page in this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "from", "to"])]
    verify: Option<PathBuf>,
}

/// The kinds of file a picture or page is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Pdf,
    Html,
    Svg,
    Png,
    Json,
}

impl Format {
    const ALL: [Format; 5] = [
        Format::Pdf,
        Format::Html,
        Format::Svg,
        Format::Png,
        Format::Json,
    ];

    /// The format by the ending of a file's name.
    pub(crate) fn of(path: &Path) -> Result<Format, Failure> {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        let found = Format::ALL
            .into_iter()
            .find(|format| format.name() == ending);
        found.ok_or_else(|| {
            Failure::words(
                format!("'{}' does not end in a known kind of file", path.display()),
                "end it in .pdf, .svg or .png (a report also in .html or .json)",
            )
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Html => "html",
            Format::Svg => "svg",
            Format::Png => "png",
            Format::Json => "json",
        }
    }
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        if let Some(file) = &self.verify {
            return verify(ctx, file);
        }
        let format = self.out.as_deref().map(Format::of).transpose()?;
        if format.is_none() && !ctx.dress.json {
            return Err(Failure::words(
                "no file to write the page into",
                "add --out FILE with .pdf, .html, .svg, .png or .json",
            ));
        }
        let to = match &self.to {
            Some(text) => date(ctx, text)?,
            None => ctx.now.last_night(),
        };
        let from = match &self.from {
            Some(text) => date(ctx, text)?,
            None => to.plus(1 - doctor::NIGHTS),
        };
        if to < from {
            return Err(Failure::words(
                format!("{to} comes before {from}"),
                "give --from the earlier night and --to the later one",
            ));
        }
        let paper = Paper::named(&self.paper).unwrap_or(Paper::A4);
        let page = page_of(ctx, Nights { from, to }, paper)?;
        if let (Some(out), Some(format)) = (&self.out, format) {
            let bytes = ctx.watched("drawing the page", || bytes(&page, format, paper))?;
            write(ctx, out, &bytes)?;
        }
        if ctx.dress.json {
            return ctx.json(&page);
        }
        let out = self.out.as_deref().unwrap_or_else(|| Path::new(""));
        ctx.say(&format!(
            "{}\n{}\nWritten to {}",
            page.subtitle,
            page.coverage,
            out.display()
        ))
    }
}

/// The program and its version, as files name it.
pub(crate) fn program() -> String {
    format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
}

/// Writes a file where the person stands: whole or not at all, readable for its owner only.
pub(crate) fn write(ctx: &Context<'_, '_>, out: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let place = ctx.place(out);
    // A link is followed; a device or a pipe is written to, not replaced.
    let place = std::fs::canonicalize(&place).unwrap_or(place);
    let written = match std::fs::metadata(&place) {
        Ok(there) if !there.is_file() && !there.is_dir() => std::fs::write(&place, bytes),
        _ => replace(&place, bytes),
    };
    written.map_err(|e| cannot_write(out, &e))
}

/// The page as the diary gives it now; an absent diary is an empty one.
fn page_of(ctx: &mut Context<'_, '_>, nights: Nights, paper: Paper) -> Result<Doctor, Failure> {
    let diary = match ctx.open_read()? {
        None => Diary::default(),
        Some(store) => {
            let first = store.first_night()?.unwrap_or(nights.from);
            store.read(Some(Nights {
                from: first.min(nights.from),
                to: nights.to,
            }))?
        }
    };
    Ok(ctx.watched("counting and comparing nights", || {
        let beside = || doctor::beside(&diary, nights);
        doctor::doctor(&diary, nights, beside, &program(), paper.name())
    }))
}

fn bytes(page: &Doctor, format: Format, paper: Paper) -> Result<Vec<u8>, DrawError> {
    let sheets = page::sheets(page, paper);
    let about = page::about(page);
    match format {
        Format::Pdf => pdf::file(&sheets, &about),
        Format::Png => png::file(&sheets, &about),
        Format::Svg => Ok(svg::file(&sheets, &about).into_bytes()),
        Format::Html => Ok(html::file(page, &sheets, paper, &about).into_bytes()),
        Format::Json => {
            let text = serde_json::to_string_pretty(page)
                .map_err(|e| DrawError::Picture(e.to_string()))?;
            Ok((text + "\n").into_bytes())
        }
    }
}

/// Makes the page again and compares.
fn verify(ctx: &mut Context<'_, '_>, file: &Path) -> Result<(), Failure> {
    let format = Format::of(file)?;
    let found = std::fs::read(ctx.place(file))
        .map_err(|e| Failure::cannot(format!("{} could not be read: {e}", file.display())))?;
    let Some(made) = MadeFrom::find(&found) else {
        return Err(Failure::cannot_but(
            format!("{} does not say from what it was made", file.display()),
            "only files written by 'cramp report' can be verified",
        ));
    };
    let (Ok(from), Ok(to), Some(paper)) = (
        made.from.parse::<Night>(),
        made.to.parse::<Night>(),
        Paper::named(&made.paper),
    ) else {
        return Err(Failure::cannot(format!(
            "{} names no period or paper that could be read",
            file.display()
        )));
    };
    let page = page_of(ctx, Nights { from, to }, paper)?;
    let again = ctx.watched("drawing the page again", || bytes(&page, format, paper))?;
    let same = again == found;
    let verdict = verdict(&made, &page.made_from, same);
    if ctx.dress.json {
        ctx.json(&verdict)?;
    } else {
        ctx.say(&verdict.sentence)?;
    }
    if verdict.still_gives_it {
        Ok(())
    } else {
        Err(Failure::Exit(1))
    }
}

impl From<DrawError> for Failure {
    fn from(e: DrawError) -> Self {
        Failure::cannot(e.to_string())
    }
}
