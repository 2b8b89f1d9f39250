//! What leaves the diary as files.

use maud::{Markup, html};

use crate::render::web::desk::{Carried, Place, page, said};
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
                p { a.button href="/export.zip" download { (t!(desk, "export-all")) } }
                details {
                    summary { (t!(desk, "export-each")) }
                    ul { @for name in files { li { a href={ "/export/" (name) } download=(name) { (name) } } } }
                }
            }
        }
        section {
            h2 { (t!(desk, "import")) }
            p #import-means { (t!(desk, "import-means")) }
            form method="post" action="/import" enctype="multipart/form-data" {
                (carried.hidden("import"))
                div.field {
                    label for="import-tz" { (t!(desk, "import-tz")) }
                    input #import-tz type="text" name="tz" autocomplete="off" aria-describedby="import-tz-means";
                    p.grey #import-tz-means { (t!(desk, "import-tz-means")) }
                }
                div.field {
                    label for="import-entity" { (t!(desk, "import-entity")) }
                    input #import-entity type="text" name="entity" autocomplete="off";
                }
                (choice("unit", t!(desk, "import-unit"), &[("C", "°C"), ("F", "°F")]))
                (choice("date-order", t!(desk, "import-order"), &[
                    ("dmy", t!(desk, "import-dmy")), ("mdy", t!(desk, "import-mdy")),
                ]))
                label.pick { input type="checkbox" name="mine" value="yes"; (t!(desk, "import-mine")) }
                div.field {
                    label for="import-files" { (t!(desk, "import-files")) }
                    input #import-files type="file" name="files" multiple required accept=".csv,.json,.zip,.xml,.db,.sqlite"
                        aria-describedby="import-means";
                }
                button type="submit" { (t!(desk, "import-look")) }
            }
        }
    };
    page(Place::Files, Place::Files.name(), body)
}

/// What only some files leave open; nothing is chosen beforehand.
fn choice(name: &str, label: &str, options: &[(&str, &str)]) -> Markup {
    let id = format!("import-{name}");
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                option value="" { (t!(desk, "import-as-said")) }
                @for (word, shown) in options { option value=(word) { (shown) } }
            }
        }
    }
}

/// What an import of the files that wait as `upload` would do, before it is done.
pub(crate) fn import(
    lines: &[String],
    upload: &str,
    asked: &[(&str, String)],
    carried: &Carried,
) -> String {
    let body = html! {
        section.done role="status" { (said(lines)) }
        form method="post" action="/import/keep" {
            (carried.hidden("import-keep"))
            input type="hidden" name="upload" value=(upload);
            @for (name, text) in asked { input type="hidden" name=(name) value=(text); }
            button.main type="submit" { (t!(desk, "import-keep")) }
        }
        p { a href="/files" { (t!(desk, "back", page = Place::Files.name())) } }
    };
    page(Place::Files, t!(desk, "preview"), body)
}
