//! What leaves the diary as files.

use maud::html;

use crate::render::web::desk::{Carried, Place, page};
use crate::words::t;

/// The page of downloads; `files` are those of the export.
pub(crate) fn files(files: &[&str], carried: &Carried) -> String {
    let body = html! {
        section {
            h2 { (t!(desk, "report")) }
            p { (t!(desk, "report-means")) }
            p { a.button href="/report.pdf" { (t!(desk, "report-open")) } }
        }
        section {
            h2 { (t!(desk, "backup")) }
            p { (t!(desk, "backup-means")) }
            (carried.button("/backup", &[], t!(desk, "backup-make")))
        }
        section {
            h2 { (t!(desk, "export")) }
            p { (t!(desk, "export-means")) }
            @if files.is_empty() {
                p { (t!(desk, "export-none")) }
            } @else {
                ul { @for name in files { li { a href={ "/export/" (name) } download=(name) { (name) } } } }
            }
        }
    };
    page(Place::Files, Place::Files.name(), body)
}
