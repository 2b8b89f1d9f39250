//! The pages of `cramp serve` as HTML: values of the reports and words of `words/en`, nothing computed. No script or style
//! stands in a page; both come from files of their own.

pub(crate) mod bedside;
pub(crate) mod bedside_morning;
pub(crate) mod desk;
pub(crate) mod desk_charts;
pub(crate) mod desk_checks;
pub(crate) mod desk_entries;
pub(crate) mod desk_files;
pub(crate) mod desk_flags;
pub(crate) mod desk_links;
pub(crate) mod desk_today;
pub(crate) mod frame;
pub(crate) mod nothing_here;
pub(crate) mod own_words;
pub(crate) mod pair;
pub(crate) mod place;
