//! What leaves the diary as files, and what comes in.

use maud::{Markup, html};

use crate::render::web::desk::{Carried, Place, page, refused, said};
use crate::words::{printable, t};

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
            (import_form(carried, &Waits::default()))
        }
    };
    page(Place::Files, Place::Files.name(), body)
}

/// Files that were looked at and wait, if any, and what was asked beside them.
#[derive(Default)]
pub(crate) struct Waits<'w> {
    pub(crate) upload: &'w str,
    pub(crate) files: &'w [String],
    pub(crate) asked: &'w [(&'static str, String)],
}

/// The label of what may be asked beside the files.
pub(crate) fn label(field: &str) -> &'static str {
    match field {
        "as" => t!(desk, "import-as"),
        "tz" => t!(desk, "import-tz"),
        "entity" => t!(desk, "import-entity"),
        "unit" => t!(desk, "import-unit"),
        "date-order" => t!(desk, "import-order"),
        "skip-bad" => t!(desk, "import-skip-bad"),
        _ => t!(desk, "import-mine"),
    }
}

/// The form of an import. Of what only some files leave open, nothing is chosen but what was asked before.
fn import_form(carried: &Carried, waits: &Waits) -> Markup {
    let asked = |name: &str| waits.asked.iter().find(|(field, _)| *field == name);
    let text = |name: &str| asked(name).map_or("", |(_, text)| text.as_str());
    let choice = |name: &str, options: &[(&str, &str)]| {
        let (id, chosen) = (format!("import-{name}"), text(name));
        html! {
            div.field {
                label for=(id) { (label(name)) }
                select id=(id) name=(name) {
                    option value="" { (t!(desk, "import-as-said")) }
                    @for (word, shown) in options {
                        option value=(word) selected[*word == chosen] { (shown) }
                    }
                }
            }
        }
    };
    let typed = |name: &str| {
        let id = format!("import-{name}");
        html! {
            div.field {
                label for=(id) { (label(name)) }
                input id=(id) type="text" name=(name) value=(text(name)) autocomplete="off";
            }
        }
    };
    // once something was asked for, it is in sight
    let is_asked = !waits.files.is_empty() || !waits.asked.is_empty();
    html! {
        form method="post" action="/import" enctype="multipart/form-data" {
            (carried.hidden("import"))
            @if !waits.files.is_empty() { input type="hidden" name="upload" value=(waits.upload); }
            div.field {
                label for="import-files" { (t!(desk, "import-files")) }
                input #import-files type="file" name="files" multiple required[waits.files.is_empty()]
                    accept=".csv,.json,.zip,.xml,.db,.sqlite" aria-describedby="import-means";
                @if !waits.files.is_empty() {
                    p.grey { (t!(desk, "import-waits", files = printable(&waits.files.join(", ")))) }
                }
            }
            details open[is_asked] {
                summary { (t!(desk, "import-more")) }
                div.field {
                    label for="import-tz" { (label("tz")) }
                    input #import-tz type="text" name="tz" value=(text("tz")) autocomplete="off"
                        aria-describedby="import-tz-means";
                    p.grey #import-tz-means { (t!(desk, "import-tz-means")) }
                }
                (typed("as"))
                (typed("entity"))
                (choice("unit", &[("C", "°C"), ("F", "°F")]))
                (choice("date-order", &[("dmy", t!(desk, "import-dmy")), ("mdy", t!(desk, "import-mdy"))]))
                @for name in ["mine", "skip-bad"] {
                    label.pick {
                        input type="checkbox" name=(name) value="yes" checked[asked(name).is_some()];
                        (label(name))
                    }
                }
            }
            button type="submit" { (t!(desk, "import-look")) }
        }
    }
}

/// Why the files that wait can not be imported so, and the form as it was filled in.
pub(crate) fn again(why: &str, waits: &Waits, carried: &Carried) -> String {
    let body = html! {
        (refused(why))
        section {
            h2 { (t!(desk, "import")) }
            p #import-means { (t!(desk, "import-means")) }
            (import_form(carried, waits))
        }
        p { a href="/files" { (t!(desk, "back", page = Place::Files.name())) } }
    };
    page(Place::Files, t!(desk, "not-done"), body)
}

/// What an import of the files that wait as `upload` would do, before it is done.
pub(crate) fn import(lines: &[String], waits: &Waits, carried: &Carried) -> String {
    let body = html! {
        section.done role="status" { (said(lines)) }
        form method="post" action="/import/keep" {
            (carried.hidden("import-keep"))
            input type="hidden" name="upload" value=(waits.upload);
            @for (name, text) in waits.asked { input type="hidden" name=(name) value=(text); }
            button.main type="submit" { (t!(desk, "import-keep")) }
        }
        p { a href="/files" { (t!(desk, "back", page = Place::Files.name())) } }
    };
    page(Place::Files, t!(desk, "preview"), body)
}
