//! What may be said about the course of time: what moved, how sure that is, and what cannot be told yet.

use chrono::{Days, NaiveDate};

use crate::analysis::changes::{BeforeAfter, SwitchKind};
use crate::analysis::control_charts::{Gaps, MonthlyChart, Run, Spells};
use crate::analysis::rates::{Period, Season, Slope};
use crate::analysis::trend::{Sides, TimeOfNight, Trend};
use crate::report::say;
use crate::report::say::factor::ratio;
use crate::stats::estimate::Estimate;

/// Ends of an interval further apart than this many times leave everything open.
const TELLS_NOTHING: f64 = 100.0;

/// The trend in sentences, in reading order.
pub(crate) fn sentences(t: &Trend) -> Vec<String> {
    let n = &t.nights;
    if n.recorded == 0 {
        return vec!["No night has an answer yet, so there is no trend to show.".to_string()];
    }
    let mut out = vec![format!(
        "{} recorded: {} with a cramp, {} unknown.",
        say::count(n.recorded, "night"),
        n.cramp,
        n.unknown
    )];
    if t.only_when_it_hurt {
        out.push("Nearly every recorded night had a cramp: the diary seems to be kept only when it hurts. What follows tells how often you wrote, not how often cramps come.".to_string());
    }
    if let Some(r) = &t.rate_per_week {
        out.push(format!("Over everything: {}.", say::rate(r)));
    }
    if n.cramp == 0 {
        out.push(
            "No cramp on any recorded night, so there is no drift, change or season to look for."
                .to_string(),
        );
        return out;
    }
    out.push(t.slope.as_ref().map_or_else(
        || "Too few recorded nights to speak of a drift.".to_string(),
        slope,
    ));
    match &t.changes {
        None => out.push("Too few weeks to look for changes of level.".to_string()),
        Some(changes) if changes.is_empty() => out.push("No lasting change of level was found.".to_string()),
        Some(changes) => out.extend(changes.iter().map(|c| {
            let firm = if c.level_shift { "" } else { " It may be no more than a long spell." };
            format!(
                "The level changed about {} (between {} and {}): from {} to {} cramps a week.{firm}",
                say::date(c.night.date()),
                say::date(c.earliest.date()),
                say::date(c.latest.date()),
                rate_words(c.rate_before.as_ref()),
                rate_words(c.rate_after.as_ref())
            )
        })),
    }
    out.extend(t.spells.as_ref().map(spells));
    out.extend(t.run.as_ref().filter(|r| r.months > 0).map(run));
    out.extend(t.monthly_chart.as_ref().map(monthly));
    out.extend(t.gaps.as_ref().map(gaps));
    out.push(t.season.as_ref().map_or_else(
        || "A season can only be seen from two full years on.".to_string(),
        season,
    ));
    out.extend(clock(&t.clock));
    out.extend(sides(&t.sides));
    if let Some(f) = &t.forecast {
        out.push(if f.shown {
            format!("Your diary predicts your nights somewhat better than your recent average does ({:.0} % smaller error).", f.skill * 100.0)
        } else {
            "Your diary does not predict your nights better than your recent average.".to_string()
        });
    }
    out
}

fn rate_words(e: Option<&Estimate>) -> String {
    e.map_or_else(
        || "an unknown number of".to_string(),
        |e| format!("{} ({})", say::number(e.value), say::interval(e)),
    )
}

fn slope(s: &Slope) -> String {
    let season = if s.season_separated {
        ""
    } else {
        " Season cannot be told apart from it yet."
    };
    let e = &s.ratio_per_year;
    if e.high - e.low < 1e-9 {
        return "Every recorded night had the same number of cramps: no drift.".to_string();
    }
    if !s.drifted && e.high > TELLS_NOTHING * e.low {
        return format!("Too little to say whether the rate drifts over the years.{season}");
    }
    if s.drifted {
        format!(
            "The rate has drifted: {} times a year later (95 % interval {} to {}).{season}",
            ratio(e.value),
            ratio(e.low),
            ratio(e.high)
        )
    } else {
        format!(
            "No clear drift over the years: {} times a year later (95 % interval {} to {}).{season}",
            ratio(e.value),
            ratio(e.low),
            ratio(e.high)
        )
    }
}

fn spells(s: &Spells) -> String {
    let baseline = format!(
        "the settled stretch before ({} a week)",
        say::number(s.baseline_rate * 7.0)
    );
    if s.worse.alarm {
        format!(
            "The last eight weeks are worse than {baseline}, by more than 9 of 10 years without a change would show."
        )
    } else if s.better.alarm {
        format!(
            "The last eight weeks are better than {baseline}, by more than 9 of 10 years without a change would show."
        )
    } else {
        format!("The last eight weeks do not stand out against {baseline}.")
    }
}

/// Months in a row on one side of the earlier rate.
pub(crate) fn run(r: &Run) -> String {
    let side = if r.above { "above" } else { "below" };
    let (verb, last) = if r.months == 1 {
        ("lies", "The last month".to_string())
    } else {
        ("lie", format!("The last {} months", r.months))
    };
    let verdict = if r.flagged {
        "8 or more in a row are a lasting shift, whatever is behind it"
    } else {
        "only 8 in a row would count as a lasting shift"
    };
    format!(
        "{last} {verb} {side} your earlier rate of {} a week; {verdict}.",
        say::number(r.centre)
    )
}

/// Months outside the usual variation.
pub(crate) fn monthly(c: &MonthlyChart) -> String {
    let out: Vec<String> = c
        .months
        .iter()
        .filter_map(|m| {
            let side = if m.above? { "above" } else { "below" };
            Some(format!("{} ({side})", m.from.format("%B %Y")))
        })
        .collect();
    match out.as_slice() {
        [] => "No month stands out against your usual variation from month to month.".to_string(),
        [one] => {
            format!("One month stands out against your usual variation from month to month: {one}.")
        }
        many => format!(
            "{} months stand out against your usual variation from month to month: {}.",
            many.len(),
            many.join(", ")
        ),
    }
}

/// Gaps between rare cramps.
pub(crate) fn gaps(g: &Gaps) -> String {
    let open = format!(
        "Your cramps are rare: {} cramp-free nights between them on average, {} since the last",
        say::number(g.mean),
        g.open
    );
    let verdict = if g.longer_than_limit {
        format!(
            ", which is unusually long (more than {}).",
            say::number(g.long)
        )
    } else {
        format!("; more than {} would be unusual.", say::number(g.long))
    };
    let past = match g.outside {
        0 => String::new(),
        n => format!(
            " Of {} between cramps so far, {n} lay outside what chance alone makes likely.",
            say::count(g.complete, "gap")
        ),
    };
    let decades = g.decades.map_or_else(String::new, |t| {
        format!(
            " Over all these years a cramp comes every {} nights as a rule; more than {} would be unusual.",
            say::number(t.centre),
            say::number(t.high)
        )
    });
    format!("{open}{verdict}{past}{decades}")
}

fn season(s: &Season) -> String {
    if s.persistent {
        let day = NaiveDate::from_ymd_opt(2001, 1, 1)
            .and_then(|d| d.checked_add_days(Days::new(u64::from(s.peak_day) - 1)));
        let peak = day.map_or_else(String::new, |d| format!(" around {}", d.format("%-d %B")));
        format!(
            "There is a yearly rhythm with its peak{peak}: {} times the rate of the quietest time.",
            ratio(s.peak_to_trough)
        )
    } else {
        "No yearly rhythm that holds in both halves of the diary.".to_string()
    }
}

fn clock(c: &TimeOfNight) -> Option<String> {
    let p = c.p?;
    let [a, b, d] = c.thirds;
    let window = if c.own_bed_times {
        "of your time in bed"
    } else {
        "of the hours from 23:00 to 07:00"
    };
    let verdict = if p < 0.01 {
        "more uneven than chance would easily make it"
    } else {
        "no clear pattern"
    };
    Some(format!(
        "First cramps of the night: {a} in the first, {b} in the middle and {d} in the last third {window}; {verdict}."
    ))
}

fn sides(s: &Sides) -> Option<String> {
    s.p?;
    let verdict = if s.persistent {
        "the same side leads in both halves of the diary"
    } else {
        "no lasting difference"
    };
    Some(format!("Left {}, right {}: {verdict}.", s.left, s.right))
}

/// Before and after courses, each with the warning that belongs to it.
pub(crate) fn courses(t: &Trend) -> Vec<String> {
    let mut out: Vec<String> = t.courses.iter().map(before_after).collect();
    if !t.courses_too_short.is_empty() {
        out.push(format!(
            "{}: fewer than 28 recorded nights on one side, so nothing is compared.",
            t.courses_too_short.join(", ")
        ));
    }
    if t.courses.iter().any(|c| c.kind != SwitchKind::Stop) {
        out.push("Things are often begun when cramps are at their worst, and the weeks after the worst are better whatever is done. A before and after cannot show that something helped.".to_string());
    }
    out
}

fn before_after(c: &BeforeAfter) -> String {
    let what = match c.kind {
        SwitchKind::Start => "started",
        SwitchKind::Stop => "stopped",
        SwitchKind::Mark => "(your mark)",
    };
    let compared = match c.p {
        None => "there are too few other dates to compare this with".to_string(),
        Some(p) if c.hint => format!(
            "a hint at most: on {} of 100 dates without a switch the difference is as large",
            say::number(p * 100.0)
        ),
        Some(p) => format!(
            "nothing unusual: on {} of 100 dates without a switch the difference is as large",
            say::number(p * 100.0)
        ),
    };
    let together = if c.courses.len() > 1 {
        " (together; they can't be told apart)"
    } else {
        ""
    };
    format!(
        "{} {what}{together} {}: {} before, {} after (the first {} left out); {compared}. The four weeks before: {}; the year before those: {}.",
        c.courses.join(" and "),
        say::date(c.date),
        week_rate(&c.before),
        week_rate(&c.after),
        say::count(c.washout, "night"),
        week_rate(&c.month_before),
        week_rate(&c.year_before)
    )
}

fn week_rate(p: &Period) -> String {
    p.rate_per_week.map_or_else(
        || "not recorded".to_string(),
        |r| {
            format!(
                "{} a week on {}",
                say::number(r.value),
                say::count(p.recorded, "night")
            )
        },
    )
}
