//! What every form of the bedside carries.

use maud::{Markup, html};

/// What the forms of a page carry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Forms<'f> {
    pub(crate) csrf: &'f str,
    /// Random; with the name of its form it is the key of a request.
    pub(crate) key: &'f str,
}

pub(crate) fn hidden(forms: Forms<'_>, name: &str) -> Markup {
    html! {
        input type="hidden" name="csrf" value=(forms.csrf);
        input type="hidden" name="key" value={ (forms.key) "-" (name) };
    }
}
