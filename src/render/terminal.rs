//! Reports on a terminal: at most 80 columns, colour only as an addition, one record a line when plain.

use crate::diary::NightState;
use crate::report::listing::Listing;
use crate::report::say;
use crate::report::weekly::{StripNight, Weekly};

/// The weekly report.
pub fn week(report: &Weekly, plain: bool, color: bool, unicode: bool, width: usize) -> String {
    let p = &report.week.period;
    let title = format!(
        "Week of {} to {}",
        say::night(p.from),
        say::date(p.to.date())
    );
    let mut out = vec![bold(&title, color)];
    if plain {
        out.extend(report.strip.iter().map(strip_sentence));
    } else {
        out.push(String::new());
        out.extend(strip(&report.strip, unicode));
        out.push(String::new());
    }
    for sentence in &report.sentences {
        out.extend(wrapped(sentence, width, ""));
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
    section("Courses", &report.courses);
    section("Marks", &report.events);
    section("Stood out (a description, not a cause)", &report.stood_out);
    section("Missing", &report.missing);
    let flags = crate::render::terminal_flags::in_week(&report.flags);
    section("Worth a medical check", &flags);
    out.join("\n") + "\n"
}

/// The seven nights, a column each: state by shape, count and worst pain below.
fn strip(nights: &[StripNight], unicode: bool) -> Vec<String> {
    let mut days = String::from("  ");
    let mut dates = String::from("  ");
    let mut marks = String::from("  ");
    let mut pains = String::from("  ");
    for night in nights {
        days += &format!("{:<8}", night.night.date().format("%a"));
        dates += &format!("{:<8}", night.night.date().format("%-d %b"));
        marks += &pad(&mark(night, unicode), 8);
        let pain = night
            .severity_max
            .map(|s| format!("{s}/10"))
            .unwrap_or_default();
        pains += &format!("{pain:<8}");
    }
    let legend = if unicode {
        "  ● cramp (×2: two)   ○ calm   · not recorded   – left out"
    } else {
        "  # cramp (x2: two)   o calm   . not recorded   - left out"
    };
    let mut out = vec![days, dates, marks];
    if !pains.trim().is_empty() {
        out.push(pains);
    }
    out.push(legend.to_string());
    out.into_iter().map(|l| l.trim_end().to_string()).collect()
}

fn mark(night: &StripNight, unicode: bool) -> String {
    let (cramp, calm, unknown, out, times) = if unicode {
        ("●", "○", "·", "–", "×")
    } else {
        ("#", "o", ".", "-", "x")
    };
    if night.excluded {
        return out.to_string();
    }
    match night.state {
        NightState::Cramp => match night.cramps {
            Some(n) if n > 1 => format!("{cramp} {times}{n}"),
            _ => cramp.to_string(),
        },
        NightState::Calm => calm.to_string(),
        NightState::Unknown => unknown.to_string(),
    }
}

fn strip_sentence(night: &StripNight) -> String {
    let state = match night.state {
        _ if night.excluded => "left out".to_string(),
        NightState::Calm => "calm".to_string(),
        NightState::Unknown => "not recorded".to_string(),
        NightState::Cramp => {
            let n = night.cramps.unwrap_or(1);
            let pain = night
                .severity_max
                .map(|s| format!(", worst pain {s} of 10"))
                .unwrap_or_default();
            format!("{}{pain}", say::count(n, "cramp"))
        }
    };
    format!("{}: {state}", say::night(night.night))
}

/// A list of records.
pub fn listing(list: &Listing, plain: bool) -> String {
    let mut out = Vec::new();
    if list.nights.is_empty() && list.courses.is_empty() {
        return format!("Nothing recorded from {} to {}.\n", list.from, list.to);
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
        ("Courses", &list.courses),
        ("Left out of statistics", &list.exclusions),
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
    out.push(format!(
        "{} without a record between {} and {}: unknown, not calm.",
        say::count(list.unrecorded, "night"),
        list.from,
        list.to
    ));
    out.join("\n") + "\n"
}

/// A night is named by the line above it.
fn short(id: &str) -> &str {
    if id.len() == 10 { "night" } else { id }
}

/// One record, a field a line; unknown fields are said to be unknown.
pub fn fields(id: &str, fields: &[(String, serde_json::Value)]) -> String {
    let mut out = vec![id.to_string()];
    for (name, value) in fields {
        let shown = match value {
            serde_json::Value::Null => "unknown".to_string(),
            serde_json::Value::String(s) => crate::report::echo::one_line(s),
            serde_json::Value::Array(list) if list.is_empty() => "unknown".to_string(),
            serde_json::Value::Array(list) => {
                let words = list
                    .iter()
                    .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_string));
                words.collect::<Vec<_>>().join(" ")
            }
            other => other.to_string(),
        };
        out.push(format!("  {name:<18} {shown}"));
    }
    out.join("\n") + "\n"
}

/// Sentences a line each, broken at spaces; a line that begins with a space is shown as it is.
pub fn paragraphs(sentences: &[String], width: usize) -> String {
    let mut out = Vec::new();
    for sentence in sentences {
        if sentence.starts_with(' ') {
            out.push(sentence.clone());
        } else {
            out.extend(wrapped(sentence, width, ""));
        }
    }
    out.join("\n") + "\n"
}

/// A sentence broken at spaces so that no line is longer than `width`, where words allow.
pub(crate) fn wrapped(text: &str, width: usize, indent: &str) -> Vec<String> {
    let room = width.saturating_sub(indent.len()).max(20);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room {
            lines.push(format!("{indent}{line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    if !line.is_empty() {
        lines.push(format!("{indent}{line}"));
    }
    lines
}

pub(crate) fn bold(text: &str, color: bool) -> String {
    if color {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    } else {
        text.to_string()
    }
}

fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(missing))
}
