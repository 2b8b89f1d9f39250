//! What every page has around it.

use maud::{DOCTYPE, Markup, html};

/// The style sheets, by their addresses.
pub(crate) const DESK_STYLE: &str = "/desk.css";
pub(crate) const BED_STYLE: &str = "/bed.css";

/// A page: its title, its style sheet and scripts by their addresses, and what stands in it.
pub(crate) fn frame(title: &str, style: &str, scripts: &[&str], body: Markup) -> String {
    app_frame(title, style, scripts, None, body)
}

/// The same for a page that a phone may put on its home screen; its manifest by its address.
pub(super) fn app_frame(
    title: &str,
    style: &str,
    scripts: &[&str],
    manifest: Option<&str>,
    body: Markup,
) -> String {
    // known before the style sheet, which may come late, or not at all to a foreign name of this server
    let scheme = match style {
        BED_STYLE => "dark",
        _ => "light dark",
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(scheme);
                title { (title) }
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                @if let Some(manifest) = manifest { link rel="manifest" href=(manifest); }
                link rel="stylesheet" href=(style);
                @for script in scripts {
                    script src=(script) defer {}
                }
            }
            body { (body) }
        }
    };
    page.into_string()
}

/// What the forms of the bedside carry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Forms<'f> {
    pub(crate) csrf: &'f str,
    /// Random; with the name of its form it is the key of a request.
    pub(crate) key: &'f str,
}

pub(super) fn hidden(forms: Forms<'_>, name: &str) -> Markup {
    html! {
        input type="hidden" name="csrf" value=(forms.csrf);
        input type="hidden" name="key" value={ (forms.key) "-" (name) };
    }
}
