//! The week, the first screen, lists of records, the trend, and topics of help, on a terminal.

use crate::diary::NightState;
use crate::render::terminal::{self, Layout, Lines, wrapped_after};
use crate::render::terminal_bars;
use crate::render::terminal_flags;
use crate::report::experiment_safety::StopOffer;
use crate::report::first_screen::FirstScreen;
use crate::report::flags::Ask;
use crate::report::help::{Block, Topic};
use crate::report::records::Listing;
use crate::report::stretch::{Bar, Bars, StripNight};
use crate::report::trend::Trend;
use crate::report::weekly::Weekly;
use crate::words::{nights, t};

/// Columns of the strip of nights; a narrower terminal gets a line a night.
const STRIP: usize = 58;
/// Open questions put on the first screen; the others are counted.
const ASKED: usize = 1;
/// The most months drawn one by one; plain text has them all.
const MOST_MONTHS: usize = 24;

/// The weekly report.
pub(crate) fn week(report: &Weekly, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    let p = &report.week.period;
    out.title(&t!(week, "title", from = p.from, to = p.to));
    if layout.plain {
        out.lines(report.strip.iter().map(StripNight::sentence));
    } else {
        out.blank();
        if layout.width < STRIP {
            out.lines(report.strip.iter().map(StripNight::sentence));
        } else {
            out.lines(strip(&report.strip, layout.unicode));
        }
        out.blank();
    }
    out.all(0, &report.sentences);
    out.all(0, report.tonight.iter().map(|night| &night.sentence));
    // a single week has said it all in words
    if report.weeks.iter().filter(|week| week.recorded > 0).count() > 1 {
        out.heading(t!(chart, "bars-weeks"));
        bars(&mut out, &report.bars());
    }
    out.section(t!(week, "courses"), &report.courses);
    out.section(t!(week, "marks"), &report.events);
    out.section(t!(week, "stood-out"), &report.stood_out);
    out.section(t!(week, "missing"), &report.missing);
    let offers = &report.stop_offers;
    if !report.flags.is_empty() || !report.asks.is_empty() || !offers.is_empty() {
        out.heading(t!(week, "flags"));
        terminal_flags::in_week(&mut out, &report.flags);
        out.all(2, offers.iter().map(StopOffer::beside_flags));
        out.all(2, report.asks.iter().flat_map(Ask::lines));
    }
    out.text()
}

/// Where things stand: warnings above everything, last night, the week, and the one thing to do next.
pub(crate) fn first_screen(screen: &FirstScreen, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    let mut warnings = terminal_flags::in_short(&screen.flags);
    let most = screen
        .flags
        .iter()
        .filter(|flag| flag.is_urgent())
        .count()
        .max(1);
    let more = warnings.len().saturating_sub(most);
    warnings.truncate(most);
    if let Some(warning) = warnings.last_mut().filter(|_| more > 0) {
        *warning = t!(status, "more-warnings", warning = &*warning, n = more);
    }
    out.all(0, &warnings);
    out.all(0, screen.stop_offers.iter().map(StopOffer::beside_flags));
    for ask in screen.asks.iter().take(ASKED) {
        out.words(0, &ask.question);
        out.all(0, ask.safety);
    }
    if screen.asks.len() > ASKED {
        let n = screen.asks.len() - ASKED;
        out.words(0, &t!(status, "more-asked", n));
    }
    out.all(0, &screen.last_night);
    let sentences = terminal::paragraphs(&screen.status.sentences, layout.width);
    out.lines(sentences.lines().map(str::to_string));
    if !layout.plain && layout.width >= STRIP && !screen.strip.is_empty() {
        // the legend stands in the weekly report
        let mut week = strip(&screen.strip, layout.unicode);
        week.pop();
        out.lines(week);
    }
    out.all(0, screen.tonight.iter().map(|night| &night.sentence));
    out.words(0, &t!(status, "next", next = screen.next));
    out.text()
}

/// Bars, or sentences where the text is plain.
fn bars(out: &mut Lines, bars: &Bars) {
    match out.layout.plain {
        true => out.lines(bars.rows.iter().map(Bar::sentence)),
        false => out.lines(terminal_bars::rows(bars, out.layout)),
    }
}

/// The seven nights, a column each: state by shape, count and worst pain below.
fn strip(nights: &[StripNight], unicode: bool) -> Vec<String> {
    let mut rows = vec![String::from("  "); 4];
    for night in nights {
        let date = night.night.date();
        let pain = night.severity_max.map(|s| format!("{s}/10"));
        let cells = [
            date.format("%a").to_string(),
            date.format("%-d %b").to_string(),
            mark(night, unicode),
            pain.unwrap_or_default(),
        ];
        for (row, cell) in rows.iter_mut().zip(cells) {
            *row += &format!("{cell:<8}");
        }
    }
    let legend = match unicode {
        true => t!(week, "legend"),
        false => t!(week, "legend-ascii"),
    };
    rows.push(format!("  {legend}"));
    let rows = rows.iter().map(|line| line.trim_end().to_string());
    rows.filter(|line| !line.is_empty()).collect()
}

/// The mark of a night: cramp, calm, unknown or left out, with the number of cramps when more than one.
fn mark(night: &StripNight, unicode: bool) -> String {
    let [cramp, calm, unknown, excluded, times] = match unicode {
        true => ["●", "○", "·", "–", "×"],
        false => ["#", "o", ".", "-", "x"],
    };
    match (night.excluded, night.state, night.cramps) {
        (true, _, _) => excluded.to_string(),
        (_, NightState::Cramp, Some(n)) if n > 1 => format!("{cramp} {times}{n}"),
        (_, NightState::Cramp, _) => cramp.to_string(),
        (_, NightState::Calm, _) => calm.to_string(),
        (_, NightState::Unknown, _) => unknown.to_string(),
    }
}

/// A list of records.
pub(crate) fn listing(list: &Listing, layout: Layout) -> String {
    let plain = layout.plain;
    let mut out = Lines::new(layout);
    if list.nights.is_empty() && list.courses.is_empty() {
        return t!(week, "nothing-recorded", from = list.from, to = list.to) + "\n";
    }
    let line = |night: &str, id: &str, says: &str| match plain {
        true => format!("{night}\t{id}\t{says}"),
        // a night is named by the line above it
        false => format!("  {:<5} {says}", if id.len() == 10 { "night" } else { id }),
    };
    for night in &list.nights {
        let name = night.night.to_string();
        if !plain {
            out.line(format!("{name}  {}", night.title));
        }
        let records = night.records.iter();
        out.lines(records.map(|record| line(&name, &record.id, &record.says)));
        match plain {
            _ if night.values.is_empty() => {}
            true => out.line(line(&name, "factors", &night.values)),
            false => out.line(format!("        {}", night.values)),
        }
        let readings = night.readings.iter();
        out.lines(readings.map(|read| match plain {
            true => line(&name, &read.id, &read.says),
            false => format!("        {}", read.says),
        }));
    }
    for (title, records) in [
        (t!(week, "courses"), &list.courses),
        (t!(week, "left-out"), &list.exclusions),
    ] {
        if !plain && !records.is_empty() {
            out.line(title);
        }
        let records = records.iter();
        out.lines(records.map(|record| line("", &record.id, &record.says)));
    }
    let nights = nights(list.unrecorded);
    out.line(t!(
        week,
        "unrecorded",
        nights,
        from = list.from,
        to = list.to
    ));
    out.text()
}

/// The trend report.
pub(crate) fn trend(report: &Trend, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    out.title(t!(trend, "title"));
    out.all(0, &report.overall);
    if !report.months.is_empty() {
        months(&mut out, report);
    }
    for (title, said) in &report.sections {
        out.list(title, said);
    }
    out.list(t!(trend, "before-and-after"), &report.course_lines);
    out.text()
}

/// The newest months one by one.
fn months(out: &mut Lines, report: &Trend) {
    let layout = out.layout;
    out.heading(t!(chart, "bars-months"));
    let earlier = match layout.plain {
        true => 0,
        false => report.months.len().saturating_sub(MOST_MONTHS),
    };
    let newest = report.months.get(earlier..).unwrap_or_default();
    bars(out, &Trend::bars(newest));
    if earlier > 0 {
        out.words(2, &t!(chart, "bars-earlier", n = earlier));
    }
}

/// Letters kept for the term of an item; a longer one stands on a line of its own.
const TERM: usize = 18;

/// A topic as text, lines of at most `width` letters where a word is not longer itself.
pub(crate) fn topic(topic: &Topic, width: usize) -> String {
    let width = width.max(30);
    let mut lines = wrapped_after(topic.title, "", "", width);
    let mut last_was_item = false;
    for block in &topic.blocks {
        let is_item = matches!(block, Block::Item { .. } | Block::Step { .. });
        if !(is_item && last_was_item) {
            lines.push(String::new());
        }
        last_was_item = is_item;
        match block {
            Block::Heading { text } => {
                lines.extend(wrapped_after(&text.to_uppercase(), "", "", width))
            }
            Block::Says { text } => lines.extend(wrapped_after(text, "", "", width)),
            Block::Item { term, text } => lines.extend(item_lines(term, text, width)),
            Block::Step { number, text } => {
                lines.extend(wrapped_after(
                    text,
                    &format!("  {number}. "),
                    "     ",
                    width,
                ));
            }
            Block::Copied { text } => lines.extend(text.lines().map(str::to_string)),
            Block::Advice(advice) => {
                for (place, line) in advice.paragraphs().iter().enumerate() {
                    let indent = if place == 0 { "" } else { "  " };
                    lines.extend(wrapped_after(line, indent, indent, width));
                }
            }
        }
    }
    lines.join("\n")
}

/// A term and its meaning; on a narrow screen, and for a long term, the meaning stands below.
fn item_lines(term: &str, text: &str, width: usize) -> Vec<String> {
    let indent = if width < 4 * TERM { 6 } else { TERM + 4 };
    let rest = " ".repeat(indent);
    if indent > TERM && term.chars().count() <= TERM {
        return wrapped_after(text, &format!("  {term:<TERM$}  "), &rest, width);
    }
    let mut lines = wrapped_after(term, "  ", "    ", width);
    if !text.is_empty() {
        lines.extend(wrapped_after(text, &rest, &rest, width));
    }
    lines
}
