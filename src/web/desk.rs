//! The desk: what the owner and paired readers see.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::cli::drawn::{Drawn, Kind, of_diary, of_experiment};
use crate::cli::{Failure, ask, journal, read};
use crate::diary::experiment::State as Stage;
use crate::diary::factor::Catalogue;
use crate::diary::{Night, Nights};
use crate::render::web::desk::{Carried, Place, Typed};
use crate::render::web::{
    desk_charts, desk_checks, desk_entries, desk_flags, desk_links, desk_today,
};
use crate::report::experiment::standings;
use crate::report::explain::explain;
use crate::report::factors::{Wish, factors};
use crate::report::follow;
use crate::report::{flags, records};
use crate::store::Store;
use crate::web::app::App;
use crate::web::blocking;
use crate::web::desk_answer::answer;
use crate::web::desk_steps::steps;
use crate::web::session::Visitor;
use crate::words::t;

/// The seed of everything that uses chance, the same as the command's own.
pub(crate) const SEED: u64 = 1;
/// Nights on one page of entries.
const NIGHTS: i64 = 28;
/// Changes shown.
const CHANGES: usize = 20;

/// What the forms of a page carry.
pub(crate) fn carried(app: &App, visitor: &Visitor) -> Result<Carried, Failure> {
    Ok(Carried {
        csrf: visitor.csrf.clone(),
        key: app.secret()?.chars().take(32).collect(),
    })
}

/// Where things stand, and what may be written down now.
pub(crate) async fn today(State(app): State<App>, visitor: Visitor) -> Response {
    answer(Place::Today, move || {
        today_page(&app, &visitor, &Typed::default())
    })
    .await
}

/// The first page, with what was typed into its check-in.
pub(crate) fn today_page(app: &App, visitor: &Visitor, typed: &Typed) -> Result<String, Failure> {
    let (now, open) = (app.now(), || Store::open_read(app.diary_path()));
    let screen = read::screen(open()?, &now)?;
    let week = read::week(open()?, now.last_night(), &now)?;
    let asked = ask::missed(open()?, &now)?;
    let carried = carried(app, visitor)?;
    Ok(desk_today::today(
        &screen,
        &week,
        &asked.questions,
        &follow::offered(&app.background()?, now.today()),
        typed,
        &carried,
    ))
}

/// What goes with the cramps; no look is taken.
pub(crate) async fn links(State(app): State<App>, visitor: Visitor) -> Response {
    answer(Place::Links, move || links_page(&app, &visitor)).await
}

pub(crate) fn links_page(app: &App, visitor: &Visitor) -> Result<String, Failure> {
    let wish = Wish {
        seed: SEED,
        ..Wish::default()
    };
    let report = factors(app.read(None)?, app.now().last_night(), wish, &|| ());
    let chart = picture(app, Kind::Factors)?.chart;
    Ok(desk_links::links(&report, &chart, &carried(app, visitor)?))
}

/// One factor in full.
pub(crate) async fn explained(
    State(app): State<App>,
    Path(factor): Path<String>,
    _visitor: Visitor,
) -> Response {
    answer(Place::Links, move || {
        let explained = explain(&app.read(None)?, app.now().last_night(), &factor, SEED);
        let explained = explained.map_err(|e| Failure::cannot(e.to_string(), None))?;
        Ok(desk_links::explained(&explained))
    })
    .await
}

/// Warnings with why.
pub(crate) async fn warnings(State(app): State<App>, visitor: Visitor) -> Response {
    answer(Place::Warnings, move || {
        warnings_page(&app, &visitor, &Typed::default())
    })
    .await
}

/// The page of warnings, with what was typed into its questions.
pub(crate) fn warnings_page(
    app: &App,
    visitor: &Visitor,
    typed: &Typed,
) -> Result<String, Failure> {
    let (diary, today) = (app.read(None)?, app.now().today());
    let report = flags::flags(&diary, today).explained();
    let checks = flags::weekly_check(&diary, today);
    // what is asked below needs no remark
    let is_asked = |line: &String| checks.iter().any(|check| line.contains(&check.ask));
    let mut typed = typed.clone();
    typed.taken.retain(|line| !is_asked(line));
    let carried = carried(app, visitor)?;
    let form = desk_checks::form(&checks, &diary, &typed, &carried);
    Ok(desk_flags::report(&report, form, &typed, &carried))
}

/// The calendar.
pub(crate) async fn calendar(State(app): State<App>, _visitor: Visitor) -> Response {
    answer(Place::Calendar, move || {
        let chart = picture(&app, Kind::Calendar)?.chart;
        let charts = [(chart, address(Kind::Calendar))];
        Ok(desk_charts::charts(Place::Calendar, &charts))
    })
    .await
}

/// Every other picture; experiments once they are finished.
pub(crate) async fn charts(State(app): State<App>, _visitor: Visitor) -> Response {
    answer(Place::Charts, move || {
        let mut charts = Vec::new();
        for kind in [Kind::Timeline, Kind::Clock, Kind::Trend] {
            charts.push((picture(&app, kind)?.chart, address(kind)));
        }
        let (diary, now) = (app.read(None)?, app.now());
        for experiment in standings(&diary, &now).experiments {
            let (thing, is_over) = (&experiment.thing, experiment.state == Stage::Finished);
            // one that was begun again has no picture until the new one is over
            if let Some(drawn) = is_over.then(|| of_experiment(&diary, thing, &now, SEED)) {
                let address = format!("/chart/experiment/{thing}.svg");
                charts.extend(drawn.ok().map(|drawn| (drawn.chart, address)));
            }
        }
        Ok(desk_charts::charts(Place::Charts, &charts))
    })
    .await
}

fn address(kind: Kind) -> String {
    format!("/chart/{}.svg", crate::cli::drawn::name_of(kind))
}

fn picture(app: &App, kind: Kind) -> Result<Drawn, Failure> {
    let (now, store) = (app.now(), Store::open_read(app.diary_path())?);
    of_diary(store, kind, (None, now.last_night()), &now)
}

/// A picture of the diary, as `cramp chart KIND --out` writes it.
pub(crate) async fn chart(
    State(app): State<App>,
    Path(file): Path<String>,
    _visitor: Visitor,
) -> Response {
    let drawn = blocking(move || {
        let kind = file.strip_suffix(".svg");
        let kind = kind.and_then(Kind::named);
        let kind = kind.filter(|kind| *kind != Kind::Experiment);
        match kind {
            Some(kind) => Ok(picture(&app, kind)?.svg()),
            None => Err(no_page()),
        }
    });
    svg(drawn.await)
}

/// The picture of an experiment that is over.
pub(crate) async fn experiment(
    State(app): State<App>,
    Path(file): Path<String>,
    _visitor: Visitor,
) -> Response {
    let drawn = blocking(move || {
        let thing = file.strip_suffix(".svg").unwrap_or(&file);
        Ok(of_experiment(&app.read(None)?, thing, &app.now(), SEED)?.svg())
    });
    svg(drawn.await)
}

fn svg(drawn: Result<String, Failure>) -> Response {
    match drawn {
        Ok(svg) => ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response(),
        Err(_) => axum::http::StatusCode::NOT_FOUND.into_response(),
    }
}

/// Which entries are asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Until {
    until: Option<Night>,
}

/// What is written down, and every change.
pub(crate) async fn entries(
    State(app): State<App>,
    Query(asked): Query<Until>,
    visitor: Visitor,
) -> Response {
    answer(Place::Entries, move || {
        let (now, store) = (app.now(), Store::open_read(app.diary_path())?);
        let newest = read::latest(store.as_ref(), &now)?;
        let to = asked.until.unwrap_or(newest).min(newest);
        let (span, whole) = (Nights::ending(to, NIGHTS), app.read(None)?);
        let history = store.map(|store| journal::history(&store, CHANGES, &now));
        let history = history.transpose()?.unwrap_or_default();
        let diary = app.read(Some(span))?;
        let list = records::listing(&diary, span, &Catalogue::of(&diary), now.today());
        let (earlier, later) = (to.plus(-NIGHTS).to_string(), to.plus(NIGHTS));
        let later = (to < newest).then(|| later.min(newest).to_string());
        Ok(desk_entries::entries(
            &list,
            &earlier,
            later.as_deref(),
            &standings(&whole, &now),
            &history,
            steps(&app)?,
            &carried(&app, &visitor)?,
        ))
    })
    .await
}

/// An address that leads nowhere.
pub(crate) fn no_page() -> Failure {
    Failure::cannot(t!(desk, "no-such-page"), None)
}
