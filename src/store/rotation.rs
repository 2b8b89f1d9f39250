//! Which automatic backups stay: 7 days, 4 weeks, 12 months, and the last ten made before something risky.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// How many of the newest days, weeks and months keep one backup each.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;
/// How many backups made before something risky stay.
const OTHERS: usize = 10;

/// Which of the daily backups stay, by their place in `made`. Of each day, week (Monday to Sunday) and month that
/// has one, the newest counts for it.
pub(super) fn daily(made: &[DateTime<Utc>]) -> BTreeSet<usize> {
    let mut newest_first: Vec<usize> = (0..made.len()).collect();
    newest_first.sort_by_key(|place| std::cmp::Reverse(made[*place]));
    let mut kept = BTreeSet::new();
    let mut keep = |count: usize, period: fn(NaiveDate) -> (i32, u32)| {
        let mut periods = BTreeSet::new();
        for place in &newest_first {
            let period = period(made[*place].date_naive());
            if periods.len() == count && !periods.contains(&period) {
                break;
            }
            if periods.insert(period) {
                kept.insert(*place);
            }
        }
    };
    keep(DAYS, |date| (date.year(), date.ordinal()));
    keep(WEEKS, |date| {
        (date.iso_week().year(), date.iso_week().week())
    });
    keep(MONTHS, |date| (date.year(), date.month()));
    kept
}

/// Which of the backups made before something risky stay, by their place in `made`.
pub(super) fn others(made: &[DateTime<Utc>]) -> BTreeSet<usize> {
    let mut newest_first: Vec<usize> = (0..made.len()).collect();
    newest_first.sort_by_key(|place| std::cmp::Reverse(made[*place]));
    newest_first.into_iter().take(OTHERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(number * 86_400 + 3_600, 0).unwrap()
    }

    #[test]
    fn a_daily_diary_settles_on_seven_days_four_weeks_twelve_months() {
        // One backup a day for three years, rotated every day as the program does it.
        let mut there: Vec<DateTime<Utc>> = Vec::new();
        for number in 20_000..21_100 {
            there.push(day(number));
            let kept = daily(&there);
            there = kept.into_iter().map(|place| there[place]).collect();
        }
        let newest: Vec<_> = (21_093..21_100).map(day).collect();
        assert!(newest.iter().all(|d| there.contains(d)), "seven days");
        let weeks: BTreeSet<_> = there.iter().map(|d| d.iso_week()).collect();
        let months: BTreeSet<_> = there.iter().map(|d| (d.year(), d.month())).collect();
        assert!(weeks.len() >= WEEKS && months.len() == MONTHS, "{there:?}");
        assert!(there.len() <= DAYS + WEEKS + MONTHS);
    }

    #[test]
    fn gaps_do_not_lose_what_is_old() {
        let made: Vec<_> = [1, 400, 800, 1_200].map(day).to_vec();
        assert_eq!(daily(&made).len(), 4);
        assert!(daily(&[]).is_empty());
        assert_eq!(
            others(&(0..30).map(day).collect::<Vec<_>>()),
            (20..30).collect()
        );
    }
}
