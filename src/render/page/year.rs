//! The page of a year on its sheets.

use crate::render::page::flow::{GAP, LIVE, Part, Row, TITLE, abreast, figure, stacked, tabled};
use crate::render::page::second::experimented;
use crate::render::page::{FOOT, HOURS, Paper, flow, laid, warned};
use crate::render::sheet::{About, HEAD, Look, Sheet};
use crate::render::style::{Ink, Stroke, Type};
use crate::report::chart::Chart;
use crate::report::doctor::year::Year;

/// How wide the calendar is, and where the counts beside it stand with their width.
const CALENDAR: (f64, (f64, f64)) = (116.0, (124.0, 56.0));
/// The height of the plots over time.
const PLOT: f64 = 42.0;

/// The sheets of the page of a year.
pub(crate) fn sheets(year: &Year, paper: Paper) -> Vec<Sheet> {
    let live = paper.live();
    let room = crate::render::canvas::Area {
        h: live.h - FOOT,
        ..live
    };
    let head = || {
        Part::of(LIVE.0, |top| {
            top.title(&year.title, HEAD * 1.2, 1);
            top.lines(&year.subtitle, Type::new(HEAD, Ink::Black), 1);
        })
    };
    laid(flow::sheets(rows(year), room, head), paper, &year.footer)
}

/// What the file of the page says about itself.
pub(crate) fn about(year: &Year) -> About {
    About::new(&year.title, &year.made_from.program, &year.made_from_line)
}

fn rows(year: &Year) -> Vec<Row> {
    let head = Part::of(LIVE.0, |top| {
        top.title(&year.title, TITLE, 1);
        let plain = Type::new(HEAD, Ink::Black);
        top.lines(&year.subtitle, plain, 1);
        top.lines(&year.coverage, plain, 2);
        top.gap(1.2);
        for sentence in &year.summary {
            top.lines(sentence, plain, 3);
        }
        top.gap(1.6);
        top.rule(top.y(), Stroke::solid(Ink::Black, 0.3));
    });
    let row = |part| Row { above: GAP, part };
    let drawn =
        |chart: &Chart, width, height| (!chart.is_empty()).then(|| figure(chart, width, height));
    let mut rows = vec![Row {
        above: 0.0,
        part: head,
    }];
    rows.extend(warned(&year.flags, &year.flags_note));
    let (left, right) = CALENDAR;
    let counts = stacked(
        drawn(&year.onset, right.1, HOURS),
        2.0 * GAP,
        stacked(
            drawn(&year.sides, right.1, HOURS),
            2.0 * GAP,
            drawn(&year.sites, right.1, HOURS),
        ),
    );
    rows.extend(abreast(drawn(&year.calendar, left, 0.0), right.0, counts).map(row));
    if !year.headline.rows.is_empty() {
        let widths = [38.0, 92.0, 50.0];
        let missing = &year.headline_missing;
        rows.push(row(tabled(&year.headline, &widths, Look::Numbers, missing)));
    }
    let widths = [32.0, 34.0, 34.0, 26.0, 54.0];
    rows.push(row(tabled(&year.months, &widths, Look::Wide, &None)));
    rows.extend(drawn(&year.trend, LIVE.0, PLOT).map(row));
    if year.numbers.rate_per_week.is_some() {
        rows.extend(drawn(&year.timeline, LIVE.0, PLOT).map(row));
    }
    rows.extend(year.experiments.iter().flat_map(experimented));
    if !year.courses.rows.is_empty() {
        let widths = [100.0, 40.0, 40.0];
        rows.push(row(tabled(&year.courses, &widths, Look::Wide, &None)));
    }
    rows
}
