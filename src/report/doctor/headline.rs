//! The few numbers at the top of the page, each with what it rests on.

use crate::diary::{Diary, Episode, Nights};
use crate::report::chart::Table;
use crate::report::say::page as say;
use crate::report::weekly::{Stretch, median};

/// The headline numbers of `nights` as they are read. What nobody recorded says so; it is never 0.
pub(crate) fn headline(diary: &Diary, nights: Nights, numbers: &Stretch) -> Table {
    let cramps: Vec<&Episode> = diary
        .episodes_in(nights)
        .iter()
        .filter(|episode| episode.is_night_cramp() && !diary.is_excluded(episode.night))
        .collect();
    let known = |has: &dyn Fn(&Episode) -> bool| cramps.iter().filter(|cramp| has(cramp)).count();
    let all = numbers.episodes.count;
    let recorded = numbers.nights.recorded;
    let episodes = &numbers.episodes;
    let mut lost: Vec<f64> = diary
        .nights
        .range(nights.from..=nights.to.max(nights.from))
        .filter(|(night, _)| !diary.is_excluded(**night))
        .filter_map(|(_, record)| record.sleep_lost_min)
        .map(f64::from)
        .collect();
    let total: f64 = lost.iter().sum();
    let asked = known(&|cramp| cramp.woke.is_some());
    let rows = vec![
        say::cramp_nights(numbers.nights.cramp, recorded),
        say::cramps_a_week(numbers.rate_per_week, all, recorded),
        say::pain(
            episodes.severity_median,
            episodes.severity_max,
            known(&|cramp| cramp.severity.is_some()),
            all,
        ),
        say::durations(
            episodes.duration_s_median,
            episodes.duration_s_max,
            known(&|cramp| cramp.duration_s.is_some()),
            all,
        ),
        say::woken(episodes.woke, asked, all),
        say::sleep_lost(median(&mut lost), total, lost.len()),
        say::daytime(episodes.daytime),
    ];
    Table {
        caption: say::HEADLINE.to_string(),
        head: say::HEADLINE_HEAD.map(str::to_string).to_vec(),
        rows: rows.into_iter().map(|row| row.to_vec()).collect(),
    }
}
