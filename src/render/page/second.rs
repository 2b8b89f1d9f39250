//! The sheet about what was tried and what went with cramps: experiments before what was only seen.

use crate::render::page::flow::{GAP, LIVE, Part, Row, TITLE, figure, height, tabled, titled};
use crate::render::sheet::Look;
use crate::render::style::{Ink, Stroke};
use crate::report::doctor::{Associations, Doctor, Section, SelfExperiments};

/// What heads, and rows that begin a sheet instead of ending one, may take of the last sheet, millimetres.
const MOVED: f64 = 45.0;

/// The rows of the sheet, which is `room` high; none where there is nothing to say. `plain` heads a sheet of
/// experiments alone.
pub(super) fn second(doctor: &Doctor, room: f64, plain: impl Fn() -> Part) -> Vec<Row> {
    let tried = doctor.experiments.as_ref();
    let tried = tried.filter(|tried| !tried.results.is_empty());
    let mut rows = match (&doctor.associations, tried) {
        (Some(associations), _) => associated(doctor, associations),
        (None, Some(_)) => vec![Row {
            above: 0.0,
            part: plain(),
        }],
        (None, None) => return Vec::new(),
    };
    if let Some(tried) = tried {
        let below = rows.split_off(1);
        rows.extend(experimented(tried));
        rows.extend(below);
        // on the sheet that the rows end on, of which heads and rows that were moved take some
        let all = height(&rows);
        let left = match all <= room {
            true => room - all,
            false => room - all % room - MOVED,
        };
        rows.extend(picture_of(tried, left));
    }
    rows
}

/// What went with cramps, below its head.
fn associated(doctor: &Doctor, associations: &Associations) -> Vec<Row> {
    let head = Part::of(LIVE.0, |column| {
        column.title(&associations.title, TITLE, 1);
        column.words(&doctor.subtitle, Ink::Black, 1);
        column.words(&associations.nights, Ink::Black, 2);
        column.gap(1.2);
        for caution in &associations.caution {
            column.words(caution, Ink::Black, 3);
        }
        column.gap(1.0);
        column.rule(column.y(), Stroke::solid(Ink::Black, 0.3));
    });
    let mut rows = vec![Row {
        above: 0.0,
        part: head,
    }];
    let row = |part| Row {
        above: GAP + 1.0,
        part,
    };
    if let Some(forest) = &associations.forest {
        rows.push(row(figure(forest, LIVE.0, 0.0)));
        let under = (associations.more.iter())
            .chain(&associations.notices)
            .chain(&associations.grades);
        rows.extend(under.enumerate().map(|(at, line)| Row {
            above: if at == 0 { 1.0 } else { 0.0 },
            part: Part::of(LIVE.0, |column| {
                column.words(line, Ink::Grey, usize::MAX);
            }),
        }));
    }
    let none = associations.no_links.iter();
    rows.extend(none.map(|none| row(Part::of(LIVE.0, |column| column.words(none, Ink::Black, 2)))));
    for list in &associations.lists {
        let head = Part::of(LIVE.0, |column| {
            column.heading(&list.names.title);
            column.words(&list.means, Ink::Grey, 2);
        });
        rows.push(row(head.over(0.4, two_columns(&list.names))));
    }
    if let Some(courses) = &associations.courses {
        let widths = [58.0, 31.0, 31.0, 60.0];
        let table = tabled(&courses.table, &widths, Look::Wide, &courses.more);
        let caution = Part::of(LIVE.0, |column| {
            column.words(&courses.caution, Ink::Grey, 4);
        });
        rows.push(row(table.over(1.0, caution)));
    }
    rows
}

/// Self-experiments: a table of those with a result, and a line for each of the others.
pub(super) fn experimented(tried: &SelfExperiments) -> Vec<Row> {
    let lines = tried.lines.iter().map(|line| {
        Part::of(LIVE.0, |column| {
            column.words(line, Ink::Black, usize::MAX);
        })
    });
    if tried.results.is_empty() {
        return titled(&tried.table.caption, lines.collect());
    }
    let widths = [46.0, 29.0, 29.0, 29.0, 20.0, 27.0];
    let table = tabled(&tried.table, &widths, Look::Wide, &None);
    let notes = Part::of(LIVE.0, |column| {
        for note in &tried.notes {
            column.words(note, Ink::Grey, usize::MAX);
        }
    });
    let mut rows = vec![Row {
        above: GAP + 1.0,
        part: table.over(1.0, notes),
    }];
    rows.extend(lines.map(|part| Row { above: 0.6, part }));
    rows
}

/// The picture of the newest experiment with a result, where the sheet has `room` for it.
fn picture_of(tried: &SelfExperiments, room: f64) -> Option<Row> {
    let part = figure(tried.chart.as_ref()?, LIVE.0, 0.0);
    let above = GAP + 1.0;
    (above + part.height <= room).then_some(Row { above, part })
}

/// Names one under the other, the second half beside the first.
fn two_columns(names: &Section<String>) -> Part {
    let names: Vec<&String> = names.lines.iter().chain(&names.more).collect();
    let (width, between) = ((LIVE.0 - GAP) / 2.0, GAP);
    let column = |names: &[&String]| {
        Part::of(width, |column| {
            for name in names {
                column.words(name, Ink::Black, 5);
            }
        })
    };
    let (left, right) = names.split_at(names.len().div_ceil(2));
    column(left).beside(width + between, column(right))
}
