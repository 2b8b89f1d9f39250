//! `cramp export --format fhir`: one file for a clinic's system.

use std::path::PathBuf;

use crate::cli::export::say_files;
use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation, pictures};
use crate::render::fhir;
use crate::report::clinic;
use crate::store::Store;
use crate::words::t;

/// What only the bundle for a clinic is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Clinic {
    /// The file to write a bundle for a clinic to (--format fhir)
    #[arg(long, value_name = "FILE.json")]
    out: Option<PathBuf>,
    /// With the page for a clinician in it (--format fhir)
    #[arg(long)]
    with_report: bool,
}

impl Clinic {
    pub(crate) fn is_asked(&self) -> bool {
        self.out.is_some() || self.with_report
    }

    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let out = self.out.as_ref();
        let out = out.ok_or_else(|| fail!(Words, "no-bundle-file"))?;
        let (store, name) = named(call)?;
        let now = call.now.clone();
        let with_report = self.with_report;
        let (told, bundle) = call.watch(t!(cli, "writing-files"), || {
            let diary = store.read(None)?.known(&now);
            let told = clinic::clinic(&diary, &name, now.utc, now.today());
            let report = with_report.then(|| pictures::pdf(Some(store), &now));
            let bundle = fhir::bundle(&told, report.transpose()?.as_deref());
            Ok::<_, Failure>((told.counts(), bundle))
        })?;
        pictures::write(call, out, bundle.as_bytes())?;
        if call.json {
            return say_files(call, "fhir", std::slice::from_ref(out));
        }
        call.print(&t!(
            cli,
            "bundle-written",
            cramps = told.cramps,
            calm = told.calm,
            measures = told.measures,
            taken = told.taken,
            file = out.display(),
        ))?;
        call.note(t!(cli, "bundle-leaves-out"))?;
        call.note(t!(cli, "not-encrypted"))
    }
}

/// The diary with its random name, which one of an older version gets now.
pub(crate) fn named(call: &mut Invocation<'_>) -> Result<(Store, String), Failure> {
    let nothing = || fail!(Cannot, "nothing-to-export");
    let store = call.open_read()?.ok_or_else(nothing)?;
    if let Some(name) = store.diary_id()? {
        return Ok((store, name));
    }
    drop(store);
    let store = call.open()?;
    let name = store.diary_id()?;
    name.map(|name| (store, name)).ok_or_else(nothing)
}
