//! What the check-in of a morning can ask for, and which of it is followed.

use chrono::NaiveDate;

use crate::data;
use crate::diary::Diary;
use crate::diary::vocabulary::Wish;
use crate::words::t;

/// Something a diary offers to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offered {
    /// The factor.
    pub(crate) factor: &'static str,
    pub(crate) label: &'static str,
    pub(crate) is_followed: bool,
}

/// All there is to follow, and whether it is on `date`.
pub(crate) fn offered(diary: &Diary, date: NaiveDate) -> Vec<Offered> {
    let offers = data::follow().iter();
    let offered = offers.map(|o| Offered {
        factor: o.offer,
        label: o.label,
        is_followed: diary.wish(o.offer, date) == Some(Wish::Ask),
    });
    offered.collect()
}

/// What is followed on `date`, by the names of the list.
pub(crate) fn followed(diary: &Diary, date: NaiveDate) -> Vec<String> {
    let offered = offered(diary, date).into_iter();
    let followed = offered.filter(|o| o.is_followed);
    followed.map(|o| o.label.to_string()).collect()
}

/// The same in a sentence.
pub(crate) fn says(diary: &Diary, date: NaiveDate) -> String {
    let list = followed(diary, date).join(", ");
    match list.is_empty() {
        true => t!(checkin, "setup-following-none").to_string(),
        false => t!(checkin, "setup-following", list),
    }
}

/// The list of what a new diary offers to follow, numbered, in columns that fit.
pub(crate) fn offers(width: usize) -> String {
    let offers = data::follow().iter().enumerate();
    let cells: Vec<String> = offers
        .map(|(place, offer)| {
            let n = format!("{:>2}", place + 1);
            t!(checkin, "setup-offer", n, label = offer.label)
        })
        .collect();
    let widest = cells.iter().map(|cell| cell.chars().count()).max();
    let widest = widest.unwrap_or(0) + 2;
    let columns = (width / widest.max(1)).clamp(1, 2);
    let rows = cells.len().div_ceil(columns);
    let line = |row: usize| {
        let cells = (0..columns).filter_map(|column| cells.get(row + column * rows));
        let line: String = cells.map(|cell| format!("{cell:<widest$}")).collect();
        format!("  {}", line.trim_end())
    };
    (0..rows).map(line).collect::<Vec<_>>().join("\n")
}
