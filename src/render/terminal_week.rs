//! The weekly report and lists of records on a terminal: at most 80 columns, colour only as an addition, one record a
//! line when plain.

use crate::diary::NightState;
use crate::render::terminal::{self, bold, wrapped};
use crate::report::records::Listing;
use crate::report::stretch::StripNight;
use crate::report::weekly::Weekly;
use crate::words::{nights, t};

/// Columns of the strip of nights; a narrower terminal gets a line a night.
const STRIP: usize = 58;

/// Marks of the strip of nights.
struct Marks {
    /// A night with a cramp.
    cramp: &'static str,
    /// A night without.
    calm: &'static str,
    /// A night nobody wrote about.
    unknown: &'static str,
    /// A night statistics skip.
    excluded: &'static str,
    /// Before the number of cramps, when more than one.
    times: &'static str,
}

/// Marks for a terminal that shows UTF-8.
const FINE: Marks = Marks {
    cramp: "●",
    calm: "○",
    unknown: "·",
    excluded: "–",
    times: "×",
};

/// Marks for any other.
const ASCII: Marks = Marks {
    cramp: "#",
    calm: "o",
    unknown: ".",
    excluded: "-",
    times: "x",
};

/// The weekly report.
pub(crate) fn week(
    report: &Weekly,
    plain: bool,
    color: bool,
    unicode: bool,
    width: usize,
) -> String {
    let p = &report.week.period;
    let mut out = vec![bold(&t!(week, "title", from = p.from, to = p.to), color)];
    if plain {
        out.extend(report.strip.iter().map(StripNight::sentence));
    } else {
        out.push(String::new());
        if width < STRIP {
            out.extend(report.strip.iter().map(StripNight::sentence));
        } else {
            out.extend(strip(&report.strip, unicode));
        }
        out.push(String::new());
    }
    for sentence in &report.sentences {
        out.extend(wrapped(sentence, width, ""));
    }
    let bars = report.bars();
    let recorded = report.weeks.iter().any(|week| week.recorded > 0);
    if recorded && plain {
        out.push(bold(t!(chart, "bars-weeks"), color));
        out.extend(terminal::sentences(&bars));
    } else if recorded {
        out.push(String::new());
        out.push(bold(t!(chart, "bars-weeks"), color));
        out.extend(terminal::rows(&bars, unicode, color, width));
    }
    let mut section = |title: &str, lines: &[String]| {
        if lines.is_empty() {
            return;
        }
        if !plain {
            out.push(String::new());
        }
        out.push(bold(title, color));
        for line in lines {
            out.extend(wrapped(line, width, "  "));
        }
    };
    section(t!(week, "courses"), &report.courses);
    section(t!(week, "marks"), &report.events);
    section(t!(week, "stood-out"), &report.stood_out);
    section(t!(week, "missing"), &report.missing);
    let flags = crate::render::terminal_flags::in_week(&report.flags);
    section(t!(week, "flags"), &flags);
    out.join("\n") + "\n"
}

/// The seven nights, a column each: state by shape, count and worst pain below.
fn strip(nights: &[StripNight], unicode: bool) -> Vec<String> {
    let marks = if unicode { &FINE } else { &ASCII };
    let mut rows = vec![String::from("  "); 4];
    for night in nights {
        let date = night.night.date();
        let pain = night.severity_max.map(|s| format!("{s}/10"));
        let cells = [
            date.format("%a").to_string(),
            date.format("%-d %b").to_string(),
            mark(night, marks),
            pain.unwrap_or_default(),
        ];
        for (row, cell) in rows.iter_mut().zip(cells) {
            *row += &format!("{cell:<8}");
        }
    }
    rows.push(format!(
        "  {}",
        if unicode {
            t!(week, "legend")
        } else {
            t!(week, "legend-ascii")
        }
    ));
    let rows = rows.into_iter().map(|l| l.trim_end().to_string());
    rows.filter(|l| !l.is_empty()).collect()
}

fn mark(night: &StripNight, marks: &Marks) -> String {
    if night.excluded {
        return marks.excluded.to_string();
    }
    match night.state {
        NightState::Cramp => match night.cramps {
            Some(n) if n > 1 => format!("{} {}{n}", marks.cramp, marks.times),
            _ => marks.cramp.to_string(),
        },
        NightState::Calm => marks.calm.to_string(),
        NightState::Unknown => marks.unknown.to_string(),
    }
}

/// A list of records.
pub(crate) fn listing(list: &Listing, plain: bool) -> String {
    let mut out = Vec::new();
    if list.nights.is_empty() && list.courses.is_empty() {
        return t!(week, "nothing-recorded", from = list.from, to = list.to) + "\n";
    }
    for night in &list.nights {
        if plain {
            out.extend(
                night
                    .records
                    .iter()
                    .map(|r| format!("{}\t{}\t{}", night.night, r.id, r.says)),
            );
            if !night.values.is_empty() {
                out.push(format!("{}\tfactors\t{}", night.night, night.values));
            }
            continue;
        }
        out.push(format!("{}  {}", night.night, night.title));
        out.extend(
            night
                .records
                .iter()
                .map(|r| format!("  {:<5} {}", short(&r.id), r.says)),
        );
        if !night.values.is_empty() {
            out.push(format!("        {}", night.values));
        }
    }
    for (title, lines) in [
        (t!(week, "courses"), &list.courses),
        (t!(week, "left-out"), &list.exclusions),
    ] {
        if lines.is_empty() {
            continue;
        }
        if !plain {
            out.push(title.to_string());
        }
        out.extend(lines.iter().map(|r| {
            if plain {
                format!("\t{}\t{}", r.id, r.says)
            } else {
                format!("  {:<5} {}", r.id, r.says)
            }
        }));
    }
    out.push(t!(
        week,
        "unrecorded",
        nights = nights(list.unrecorded),
        from = list.from,
        to = list.to
    ));
    out.join("\n") + "\n"
}

/// A night is named by the line above it.
fn short(id: &str) -> &str {
    if id.len() == 10 { "night" } else { id }
}
