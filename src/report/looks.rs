//! The looks of the analysis as the diary keeps them, and when the next may be taken.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::analysis::analyze::look_due;
use crate::analysis::from_diary::night_table;
use crate::analysis::looks::{History, Hold, LookState, StoredLook};
use crate::diary::{Diary, Look, Night};

/// The fact that says when to look first: `now`, or after so many weeks of diary.
pub(crate) const FIRST_LOOK: &str = "first-look";

/// What the looks of the diary come to as of a night, and whether another may be taken then.
pub(crate) fn history(diary: &Diary, as_of: Night) -> History {
    let history = replayed(diary, as_of);
    match put_off_until(diary).filter(|day| history.taken() == 0 && as_of.date() < *day) {
        Some(day) => history.on_hold(Hold::Until(day)),
        None => history,
    }
}

fn replayed(diary: &Diary, as_of: Night) -> History {
    let (then, later): (Vec<&Look>, Vec<&Look>) =
        diary.looks.iter().partition(|l| l.night <= as_of);
    let stored: Vec<StoredLook> = then.into_iter().map(StoredLook::read).collect();
    let history = History::replay(&stored);
    match later.is_empty() {
        true => history,
        false => history.on_hold(Hold::Past),
    }
}

/// The day from which a look may be taken, where the person chose to wait with the first one.
fn put_off_until(diary: &Diary) -> Option<NaiveDate> {
    let choice = diary.facts_of(FIRST_LOOK).last()?;
    let weeks: u64 = choice.value.strip_suffix('w')?.parse().ok()?;
    let first = diary.span()?.from.date();
    first.checked_add_days(Days::new(7 * weeks))
}

/// Whether `cramp analyze` would take a look on the night of `as_of`.
pub(crate) fn is_due(diary: &Diary, as_of: Night) -> bool {
    look_due(&night_table(diary, as_of), &history(diary, as_of))
}

/// Cramp nights without which no look is due; `None` when none is taken however many there are. Of `diary` only the looks
/// are read.
pub(crate) fn due_from(diary: &Diary, as_of: Night) -> Option<usize> {
    let history = replayed(diary, as_of);
    history.hold().is_none().then(|| history.next_due())
}

/// A look as the diary keeps it.
///
/// # Errors
/// The state cannot be written as JSON.
pub(crate) fn look_record(
    look: &LookState,
    recorded_at: DateTime<Utc>,
) -> Result<Look, serde_json::Error> {
    let cramp_nights = u32::try_from(look.cramp_nights).unwrap_or(u32::MAX);
    let night = Night::of_evening(look.night);
    let state = serde_json::to_string(look)?;
    Ok(Look::blank(0, cramp_nights, night, state, recorded_at))
}
