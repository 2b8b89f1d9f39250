//! `cramp export`: what of the diary is written, and for whom.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::export;
use crate::cli::export_clinic::Clinic;
use crate::cli::export_research::Tables;
use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};

/// What a diary is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Json,
    Fhir,
    Research,
}

/// The whole diary as CSV or JSON files, a bundle for a clinic, or tables for a study
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/export.txt"))]
pub(crate) struct Export {
    /// The folder to write to, made if it is not there; with --new-study the key file
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// csv: files with a diary.json beside them; json: everything in one diary.json; fhir: a bundle for a clinic;
    /// research: tables for a study
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    format: Format,
    #[command(flatten)]
    clinic: Clinic,
    #[command(flatten)]
    tables: Tables,
}

impl Export {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let folder = || {
            self.folder
                .as_ref()
                .ok_or_else(|| fail!(Words, "no-folder"))
        };
        if self.format != Format::Fhir && self.clinic.is_asked() {
            return Err(fail!(Words, "only-with-fhir"));
        }
        if self.format != Format::Research && self.tables.is_asked() {
            return Err(fail!(Words, "only-with-research"));
        }
        match self.format {
            Format::Fhir if self.folder.is_some() => Err(fail!(Words, "fhir-to-a-file")),
            Format::Fhir => self.clinic.run(call),
            Format::Research => self.tables.run(call, folder()?),
            Format::Csv | Format::Json => export::run(call, folder()?, self.format == Format::Json),
        }
    }
}
