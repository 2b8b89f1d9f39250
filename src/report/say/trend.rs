//! The words about courses in the trend: rates before and after, and what such a comparison cannot show.

use crate::analysis::changes::{BeforeAfter, SwitchKind};
use crate::analysis::rates::Period;
use crate::analysis::trend::Trend;
use crate::data::word::Word;
use crate::words::{date, nights, number, t};

/// Before and after courses, each with the warning that belongs to it.
pub(crate) fn courses(t: &Trend) -> Vec<String> {
    // what holds for all of them is said once
    let none_compared = t.courses.iter().all(|c| c.p.is_none());
    let one = |c| before_after(c, !none_compared);
    let mut out: Vec<String> = t.courses.iter().map(one).collect();
    if none_compared && !t.courses.is_empty() {
        out.push(t!(trend, "no-other-dates", n = t.courses.len()));
    }
    if !t.courses_too_short.is_empty() {
        let courses = t.courses_too_short.join(", ");
        out.push(t!(trend, "courses-too-short", courses));
    }
    if t.courses.iter().any(|c| c.kind != SwitchKind::Stop) {
        out.push(t!(trend, "courses-caution").to_string());
    }
    out
}

/// The rates before and after one course, and with `compared` how unusual the difference is.
fn before_after(c: &BeforeAfter, compared: bool) -> String {
    let unusual = match c.p.map(|p| number(p * 100.0)) {
        None => t!(trend, "no-other-dates", n = 1usize),
        Some(n) if c.hint => t!(trend, "hint-at-most", n),
        Some(n) => t!(trend, "nothing-unusual", n),
    };
    let names = c.courses.iter().map(ToString::to_string);
    let course = names.reduce(|first, last| t!(trend, "and", first, last));
    let said = t!(
        trend,
        "course",
        course = course.unwrap_or_default(),
        kind = c.kind.word(),
        together = c.courses.len() > 1,
        date = date(c.date),
        before = week_rate(&c.before),
        after = week_rate(&c.after),
        washout = nights(c.washout),
        month_before = week_rate(&c.month_before),
        year_before = week_rate(&c.year_before)
    );
    match compared {
        true => format!("{said} {unusual}"),
        false => said,
    }
}

fn week_rate(p: &Period) -> String {
    match p.rate_per_week {
        Some(r) => {
            let (rate, nights) = (number(r.value), nights(p.recorded));
            t!(trend, "week-rate", rate, nights)
        }
        None => t!(trend, "not-recorded").to_string(),
    }
}
