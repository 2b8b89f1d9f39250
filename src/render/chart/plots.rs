//! Charts with two axes: rates over time, and cramps by the hour.

use plotters::element::Rectangle;
use plotters::prelude::{ChartBuilder, LabelAreaPosition, LineSeries};
use plotters::style::text_anchor::HPos;

use crate::render::canvas::{Area, Canvas};
use crate::render::chart::marks::{
    CHANGE, DENSITY, HATCH, LEFT_OUT, LEVEL, OPEN_BAR, framed, hatched, lane_bar, path, rate,
    triangle,
};
use crate::render::plot::{
    Element, Failure, Paper, Plot, Scale, UNITS, filled, own, record, type_of, uncrowded, units,
};
use crate::render::style::{Anchor, Ink, RULE, Stroke, Type};
use crate::report::chart::{Axis, Bin, Clock, EventMark, HourBar, Lane, Rates, Tick};

/// The height of a lane, as a part of the size of its words.
const LANE: f64 = 1.95;
/// The height of the line of an event, likewise.
const EVENT: f64 = 1.35;

/// The height that the lanes and events of `rates` take under the plot.
pub(crate) fn under(rates: &Rates, size: f64) -> f64 {
    size * (0.5 + rates.lanes.len() as f64 * LANE + rates.events.len() as f64 * EVENT)
}

/// Draws the rates `width` wide, with a plot `height` high and as many lines under it as there are courses and events.
pub(crate) fn rates(rates: &Rates, width: f64, height: f64, size: f64) -> Canvas {
    record(width, height + under(rates, size), |paper| {
        let mut plot = axes(paper, &rates.x, &rates.y, height, size)?;
        let (bottom, top) = (rates.y.from, rates.y.to);
        for level in &rates.levels {
            let height = level.rate.min(top);
            let ends = [(level.start, height), (level.end, height)];
            plot.draw_series(LineSeries::new(ends, LEVEL))?;
        }
        let changes = rates.changes.iter();
        plot.draw_series(changes.map(|at| path(vec![(*at, bottom), (*at, top)], CHANGE)))?;
        // the rates stand on the lines, which would hide them otherwise
        let bins = rates.bins.iter();
        plot.draw_series(bins.flat_map(|bin| bin_marks(bin, (bottom, top), size)))?;
        let mut y = height + size * 0.5;
        for lane in &rates.lanes {
            plot.draw_series([lane_marks(lane.clone(), bottom, y, size)])?;
            y += size * LANE;
        }
        for event in &rates.events {
            plot.draw_series([event_marks(event, (bottom, top), y, size)])?;
            y += size * EVENT;
        }
        Ok(())
    })
}

fn bin_marks(bin: &Bin, (bottom, top): (f64, f64), size: f64) -> Vec<Element> {
    let corners = [(bin.start, bottom), (bin.end, top)];
    let Some(found) = bin.rate else {
        let unknown = bin.nights > 0;
        return vec![if unknown {
            hatched(corners, HATCH)
        } else {
            framed(corners, LEFT_OUT)
        }];
    };
    let high = if bin.clipped { top } else { found.high };
    let middle = (bin.start + bin.end) / 2.0;
    rate(
        middle,
        (found.low, found.value, high),
        bin.sparse,
        bin.clipped,
        size,
    )
}

/// A course or an excluded period: its words, and under them its bar on the same time axis.
fn lane_marks(lane: Lane, bottom: f64, y: f64, size: f64) -> Element {
    let ends = vec![(lane.start, bottom), (lane.end, bottom)];
    own(ends, move |canvas, at| {
        if let [(left, _), (right, _)] = *at {
            let words = format!("{} – {}", lane.label, lane.dates);
            beside(canvas, left, y + size * 0.95, size, &words);
            let bar = Area::new(left, y + size * 1.24, (right - left).max(0.8), size * 0.42);
            lane_bar(canvas, lane.kind, bar, lane.began_before, lane.goes_on);
        }
    })
}

/// An event: a thin line through the plot, and under it a mark with its words on whichever side has room.
fn event_marks(event: &EventMark, (bottom, top): (f64, f64), y: f64, size: f64) -> Element {
    let black = Type::new(size, Ink::Black);
    let words = format!("{} – {}", event.night, event.text);
    let foot = y + size * 0.95;
    let ends = vec![(event.at, bottom), (event.at, top)];
    own(ends, move |canvas, at| {
        if let [low, high] = *at {
            canvas.line(high, low, Stroke::broken(Ink::Grey, 0.2, [0.9; 2]));
            let x = low.0;
            triangle(canvas, x, foot, size);
            let room = canvas.width - x - size * 0.7;
            if black.width(&words) <= room || x < canvas.width / 2.0 {
                beside(canvas, x + size * 0.7, foot, size, &words);
            } else {
                let words = black.fit(&words, x - size * 0.7);
                let end = (x - size * 0.7, foot);
                canvas.text(end, black.anchored(Anchor::End), &words);
            }
        }
    })
}

/// Words that begin at `x`, or further left so that they end within the canvas; cut when even that is not enough.
fn beside(canvas: &mut Canvas, x: f64, foot: f64, size: f64, words: &str) {
    let black = Type::new(size, Ink::Black);
    let words = black.fit(words, canvas.width);
    let last = canvas.width - black.width(&words);
    canvas.text((x.min(last).max(0.0), foot), black, &words);
}

/// Bars over the hours of the night, `height` high with its axes; each bar carries its number.
pub(crate) fn clock(clock: &Clock, width: f64, height: f64, size: f64) -> Canvas {
    record(width, height, |paper| {
        let mut plot = axes(paper, &clock.x, &clock.y, height, size)?;
        let (bottom, top) = (clock.y.from, clock.y.to);
        if !clock.known {
            let corners = [(clock.x.from, bottom), (clock.x.to, top)];
            plot.draw_series([hatched(corners, HATCH)])?;
        }
        let smooth = !clock.density.is_empty();
        let bars = clock.bars.iter().filter(|bar| bar.count > 0);
        plot.draw_series(bars.clone().map(|bar| {
            let inset = (bar.end - bar.start) * 0.12;
            let count = bar.count as f64;
            let corners = [(bar.start + inset, count), (bar.end - inset, bottom)];
            // under a curve bars are open
            let style = if smooth {
                OPEN_BAR.into()
            } else {
                filled(Ink::Black)
            };
            Rectangle::new(corners, style)
        }))?;
        plot.draw_series(bars.map(|bar| bar_number(bar, smooth.then_some(top), size)))?;
        plot.draw_series([path(clock.density.clone(), DENSITY)])?;
        Ok(())
    })
}

/// The number over a bar; under a curve all stand in a `row` above, where neither hides the other.
fn bar_number(bar: &HourBar, row: Option<f64>, size: f64) -> Element {
    let number = bar.count.to_string();
    let height = row.unwrap_or(bar.count as f64);
    let down = if row.is_some() {
        size * 0.8
    } else {
        -size * 0.2
    };
    let ends = vec![(bar.start, height), (bar.end, height)];
    own(ends, move |canvas, at| {
        if let [(left, y), (right, _)] = *at {
            let face = Type::new(size, Ink::Black).anchored(Anchor::Middle);
            let fits = (right - left) * 0.94 / face.width(&number);
            let size = size * fits.min(1.0);
            let middle = ((left + right) / 2.0, y + down);
            canvas.text(middle, Type { size, ..face }, &number);
        }
    })
}

/// Both axes with their titles above and their marks, on the first `height` millimetres of `paper`.
///
/// A mark whose label would stand over its neighbour keeps its tick and loses its label; in a low plot lines across
/// are left out.
fn axes(paper: &Paper, x: &Axis, y: &Axis, height: f64, size: f64) -> Result<Plot, Failure> {
    let width = f64::from(paper.dim_in_pixel().0) / UNITS;
    let grey = Type::new(size, Ink::Grey);
    let titles = units(size * 0.9);
    paper.draw_text(&y.title, &type_of(grey, HPos::Left), (0, titles))?;
    paper.draw_text(
        &x.title,
        &type_of(grey, HPos::Right),
        (units(width), titles),
    )?;

    let gutter = grey.widest(y.ticks.iter().map(|tick| tick.label.as_str())) + 1.4;
    let (above, below) = (size * 1.8, size * 2.1);
    let apart = size / (height - above - below) * (y.to - y.from);
    let mut across: Vec<Tick> = Vec::new();
    for tick in &y.ticks {
        if across.last().is_none_or(|last| tick.at - last.at >= apart) {
            across.push(tick.clone());
        }
    }
    let along = uncrowded(
        x,
        |part| gutter + part * (width - gutter),
        (0.0, width),
        grey,
        false,
    );

    let (upper, _) = paper.split_vertically(units(height));
    let mut plot = ChartBuilder::on(&upper)
        .margin_top(units(above))
        .set_label_area_size(LabelAreaPosition::Left, units(gutter))
        .set_label_area_size(LabelAreaPosition::Bottom, units(below))
        .build_cartesian_2d(
            Scale::new(x.from, x.to, along),
            Scale::new(y.from, y.to, across),
        )?;
    let mut mesh = plot.configure_mesh();
    if y.ticks.is_empty() {
        mesh.disable_y_axis();
    }
    mesh.disable_x_mesh()
        .axis_style(RULE)
        .bold_line_style(RULE)
        .label_style(type_of(grey, HPos::Left))
        .set_tick_mark_size(LabelAreaPosition::Bottom, units(size * 0.31))
        .set_tick_mark_size(LabelAreaPosition::Left, units(0.5))
        .draw()?;
    Ok(plot)
}
