//! The pages of the desk: their names and their addresses.

use crate::words::t;

/// A page of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Today,
    Calendar,
    Charts,
    Links,
    Warnings,
    Entries,
    Files,
}

impl Place {
    pub(super) const ALL: [Place; 7] = [
        Place::Today,
        Place::Calendar,
        Place::Charts,
        Place::Links,
        Place::Warnings,
        Place::Entries,
        Place::Files,
    ];

    pub(super) fn address(self) -> &'static str {
        match self {
            Place::Today => "/",
            Place::Calendar => "/calendar",
            Place::Charts => "/charts",
            Place::Links => "/links",
            Place::Warnings => "/flags",
            Place::Entries => "/entries",
            Place::Files => "/files",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Place::Today => t!(desk, "today"),
            Place::Calendar => t!(desk, "calendar"),
            Place::Charts => t!(desk, "charts"),
            Place::Links => t!(desk, "links"),
            Place::Warnings => t!(desk, "warnings"),
            Place::Entries => t!(desk, "entries"),
            Place::Files => t!(desk, "files"),
        }
    }
}
