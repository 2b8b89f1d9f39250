//! `cramp demo`: a made-up diary with known truth, its weekly report and its pictures. The person's own diary is not
//! touched.

use std::path::{Path, PathBuf};

use crate::cli::export::{cannot_write, make_folder, replace};
use crate::cli::failure::fail;
use crate::cli::import::put;
use crate::cli::{Failure, Invocation, analyze, demo_cohort, read};
use crate::diary::{Diary, Night, Nights, Word};
use crate::import::Changes;
use crate::import::demo::{self, TRUTH};
use crate::render;
use crate::report::chart::counts::SEED;
use crate::report::origin::Provenance;
use crate::report::{chart, doctor, experiment_result};
use crate::store::Store;
use crate::words::t;

/// Nights of the made-up diary.
const NIGHTS: i64 = 180;
const DIARY: &str = "diary.sqlite";

/// A made-up diary with known truth, to try everything on
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/demo.txt"))]
pub(crate) struct Demo {
    /// The folder to write to; a demo that is already there is made anew
    #[arg(value_name = "DIR", default_value = "demo-diary")]
    folder: PathBuf,
    /// Make so many people whose links differ, a diary each
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    cohort: Option<u32>,
    /// Of a cohort, the tables of a study instead of diaries
    #[arg(long, requires = "cohort")]
    tables: bool,
}

impl Demo {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let folder = call.place(&self.folder);
        if let Some(people) = self.cohort {
            return demo_cohort::write(call, &folder, people as usize, NIGHTS, self.tables);
        }
        let path = folder.join(DIARY);
        clear(&folder, &path, &call.path)?;
        make_folder(&folder)?;
        let made = demo::make(call.seed, NIGHTS, call.now.utc, &call.now.zone);
        // first the mark, so that a demo cut short can be made anew
        save(&folder.join(TRUTH), made.truth.as_bytes())?;
        let mut store = Store::open(&path, call.now.utc)?;
        store.write(call.now.utc, "demo", |w| {
            put(w, Changes::from(made.diary.clone()), |_, _| Ok(()))
        })?;
        drop(store);
        call.path = path;
        // The page and the charts show what a person would see who has run the analysis.
        analyze::first_look(call, &made.diary, made.last)?;
        let diary = call.diary(None)?;
        let mut files = vec![folder.join(DIARY), folder.join(TRUTH)];
        files.extend(call.watch(t!(cli, "demo-drawing"), || {
            pictures(&folder, &diary, made.last)
        })?);

        let report = read::week(call.open_read()?, made.last, &call.now)?;
        if call.json {
            let files: Vec<String> = files.iter().map(|p| p.display().to_string()).collect();
            return call.print_json(&serde_json::json!({
                "schema": 1, "kind": "demo", "files": files, "week": report,
            }));
        }
        call.print(&render::terminal_reports::week(&report, call.style))?;
        let names: Vec<String> = files.iter().map(|p| format!("  {}", p.display())).collect();
        let end = t!(
            cli,
            "demo-written",
            nights = NIGHTS,
            seed = call.seed.to_string(),
            files = names.join("\n"),
            diary = self.folder.join(DIARY).display(),
            tried = demo::TRIED,
        );
        call.print(&format!("\n{end}"))
    }
}

/// Makes room for the demo: only what an earlier demo wrote is removed.
fn clear(folder: &Path, path: &Path, own: &Path) -> Result<(), Failure> {
    let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if !occupied {
        return Ok(());
    }
    let truth = std::fs::read_to_string(folder.join(TRUTH)).unwrap_or_default();
    if !truth.contains("\"demo-truth\"") {
        return Err(fail!(Cannot, "demo-occupied", folder = folder.display()));
    }
    let same = |a: &Path, b: &Path| match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    };
    if same(path, own) {
        return Err(fail!(Cannot, "demo-in-use", file = own.display()));
    }
    if path.exists() {
        std::fs::remove_file(path).map_err(|e| cannot_write(path, &e))?;
    }
    Ok(())
}

/// The charts and the page for a clinician.
fn pictures(folder: &Path, diary: &Diary, last: Night) -> Result<Vec<PathBuf>, Failure> {
    let nights = Nights::ending(last, NIGHTS);
    let program = crate::cli::drawn::program();
    let period = Nights::ending(last, doctor::NIGHTS);
    let paper = render::page::Paper::A4;
    let beside = || doctor::beside(diary, period);
    let report = doctor::doctor(diary, period, beside, &program, paper.word());
    let report = render::page::numbered(report);
    let about = render::page::about(&report);
    let mut files = Vec::new();
    let timeline = chart::rates::timeline(diary, nights, chart::rates::ROOM);
    let calendar = chart::calendar::calendar(diary, nights);
    let by_nights = |name: &str| Provenance::chart(&program, name, diary, nights, false);
    let mut charts = vec![
        ("timeline", timeline, by_nights("timeline")),
        ("calendar", calendar, by_nights("calendar")),
    ];
    let tried = experiment_result::newest(diary, demo::TRIED);
    let result =
        tried.and_then(|e| Some((e, experiment_result::result_by(diary, e, last, SEED).ok()?)));
    charts.extend(result.map(|(experiment, result)| {
        let made_from = Provenance::experiment(&program, diary, experiment);
        ("experiment", result.chart, made_from)
    }));
    for (name, chart, made_from) in charts {
        let about = render::chart::about(&chart, &program, &made_from.line());
        let sheet = [render::chart::sheet(&chart)];
        let svg = render::picture::svg(&sheet, &about).into_bytes();
        files.push((format!("{name}.svg"), svg));
        let png = render::picture::png(&sheet, &about)?;
        files.push((format!("{name}.png"), png));
    }
    let sheets = render::page::sheets(&report, paper);
    let pdf = render::pdf::file(&sheets, &about)?;
    files.push(("report.pdf".to_string(), pdf));
    let mut written = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        save(&path, &bytes)?;
        written.push(path);
    }
    Ok(written)
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    replace(path, bytes).map_err(|e| cannot_write(path, &e))
}
