//! `cramp export`: what of the diary is written, and for whom.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::export;
use crate::cli::export_clinic::Clinic;
use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};

/// What a diary is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Json,
    Fhir,
}

/// The whole diary as CSV or JSON files, or what a clinic's system takes
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/export.txt"))]
pub(crate) struct Export {
    /// The folder to write to; made if it is not there
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// csv: files with a diary.json beside them; json: everything in one diary.json; fhir: a bundle for a clinic
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    format: Format,
    #[command(flatten)]
    clinic: Clinic,
}

impl Export {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        match self.format {
            Format::Fhir if self.folder.is_some() => Err(fail!(Words, "fhir-to-a-file")),
            Format::Fhir => self.clinic.run(call),
            _ if self.clinic.is_asked() => Err(fail!(Words, "only-with-fhir")),
            Format::Csv | Format::Json => {
                let folder = self.folder.as_ref();
                let folder = folder.ok_or_else(|| fail!(Words, "no-folder"))?;
                export::run(call, folder, self.format == Format::Json)
            }
        }
    }
}
