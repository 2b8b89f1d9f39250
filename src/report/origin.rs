//! From what a page or a chart was made: a line that every form of it carries, so that it can be held to its diary; and whether a
//! diary still gives a page that was written earlier.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::diary::experiment::State;
use crate::diary::{Diary, Experiment, Night, Nights, Reading, hexadecimal};
use crate::words::t;

/// The first words of the line of a page.
const PAGE: &str = "nightcramp-page";
/// The first words of the line of a chart.
const CHART: &str = "nightcramp-chart";

/// What the line of the page of a year names.
const YEAR: &str = "year";

/// From what a page or a chart was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Provenance {
    pub(crate) program: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) chart: Option<String>,
    pub(crate) from: String,
    pub(crate) to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) paper: Option<String>,
    /// SHA-256 in hexadecimal: for a page of everything in the diary up to the end of the period, for a chart of the
    /// records it shows.
    pub(crate) data_sha256: String,
}

impl Provenance {
    /// What the page of `nights` on `paper` is made from.
    pub(crate) fn page(program: &str, diary: &Diary, nights: Nights, paper: &str) -> Provenance {
        Provenance {
            paper: Some(paper.to_string()),
            ..Provenance::new(program, nights, data_hash(diary, nights.to))
        }
    }

    /// What the page of the year of `nights` is made from.
    pub(crate) fn year(program: &str, diary: &Diary, nights: Nights, paper: &str) -> Provenance {
        Provenance {
            chart: Some(YEAR.to_string()),
            ..Provenance::page(program, diary, nights, paper)
        }
    }

    /// Whether it is of the page of a year.
    pub(crate) fn is_year(&self) -> bool {
        self.chart.as_deref() == Some(YEAR)
    }

    /// What `chart` of `nights` is made from; `values` when it uses factor values.
    pub(crate) fn chart(
        program: &str,
        chart: &str,
        diary: &Diary,
        nights: Nights,
        values: bool,
    ) -> Provenance {
        Provenance {
            chart: Some(chart.to_string()),
            ..Provenance::new(program, nights, chart_hash(diary, nights, values))
        }
    }

    /// What the picture of `experiment` is made from.
    pub(crate) fn experiment(program: &str, diary: &Diary, experiment: &Experiment) -> Provenance {
        let nights = experiment.nights();
        Provenance {
            chart: Some("experiment".to_string()),
            ..Provenance::new(program, nights, experiment_hash(diary, experiment))
        }
    }

    fn new(program: &str, nights: Nights, data_sha256: String) -> Provenance {
        Provenance {
            program: program.to_string(),
            chart: None,
            from: nights.from.to_string(),
            to: nights.to.to_string(),
            paper: None,
            data_sha256,
        }
    }

    /// The line. It has no letter that PDF, HTML, SVG or JSON would write differently.
    pub(crate) fn line(&self) -> String {
        let mark = if self.paper.is_some() { PAGE } else { CHART };
        let mut line = format!("{mark} program={}", self.program.replace(' ', "/"));
        let fields = [
            ("chart", self.chart.as_ref()),
            ("from", Some(&self.from)),
            ("to", Some(&self.to)),
            ("paper", self.paper.as_ref()),
            ("sha256", Some(&self.data_sha256)),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                line += &format!(" {name}={value}");
            }
        }
        line + " end"
    }

    /// Finds the line of a page in the bytes of a file, whatever its format; `None` when there is none.
    pub(crate) fn find(bytes: &[u8]) -> Option<Provenance> {
        let mark = PAGE.as_bytes();
        let at = bytes
            .windows(mark.len())
            .position(|window| window == mark)?;
        // the line is far shorter than this
        let rest: Vec<u8> = bytes.iter().skip(at).take(400).copied().collect();
        let text = String::from_utf8_lossy(&rest);
        let (line, _) = text.split_once(" end")?;
        let field = |name: &str| {
            let word = line
                .split_whitespace()
                .find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
            word.map(str::to_string)
        };
        Some(Provenance {
            program: field("program")?.replace('/', " "),
            chart: field("chart"),
            from: field("from")?,
            to: field("to")?,
            paper: Some(field("paper")?),
            data_sha256: field("sha256")?,
        })
    }
}

/// The answer to "does the diary still give this page?".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Verdict {
    pub(crate) schema: u32,
    pub(crate) kind: &'static str,
    /// Whether it does, to the byte.
    pub(crate) still_gives_it: bool,
    pub(crate) same_data: bool,
    pub(crate) same_program: bool,
    pub(crate) file: Provenance,
    pub(crate) diary: Provenance,
    pub(crate) sentence: String,
}

/// Compares what a `file` says it was made from with what the `diary` gives now; `same_bytes` when the page made again
/// is the file.
pub(crate) fn verdict(file: &Provenance, diary: &Provenance, same_bytes: bool) -> Verdict {
    let same_data = file.data_sha256 == diary.data_sha256;
    let same_program = file.program == diary.program;
    let sentence = match (same_bytes, same_data, same_program) {
        (true, _, _) => t!(page, "same-page").to_string(),
        (false, false, _) => t!(page, "data-changed").to_string(),
        (false, true, false) => t!(page, "program-changed", program = file.program),
        (false, true, true) => t!(page, "page-changed").to_string(),
    };
    Verdict {
        schema: 1,
        kind: "verify",
        still_gives_it: same_bytes,
        same_data,
        same_program,
        file: file.clone(),
        diary: diary.clone(),
        sentence,
    }
}

/// SHA-256 of every record up to and including the night `last`, in hexadecimal.
///
/// Records are hashed as JSON lines, kind by kind in the order of [`Diary`]'s fields; courses count from their start,
/// facts about the person always. Looks of the analysis and what is asked about
/// are left out: they are notes, not data. Factor
/// values and everything else of later nights do not change the hash, so that a page of a past period can be held to
/// a diary that has grown since.
fn data_hash(diary: &Diary, last: Night) -> String {
    let by = |night: Night| night <= last;
    let courses = diary.courses.iter().filter(|r| r.start <= last.date());
    let mut hasher = Hasher(Sha256::new());
    hasher.all("night", diary.nights.values().filter(|r| by(r.night)));
    hasher.all("episode", diary.episodes.iter().filter(|r| by(r.night)));
    hasher.all("value", diary.values.iter().filter(|r| by(r.night)));
    hasher.all("factor", &diary.factors);
    hasher.all("intake", diary.intakes.iter().filter(|r| by(r.night)));
    hasher.all("course", courses);
    hasher.all("symptom", diary.symptoms.iter().filter(|r| by(r.night)));
    hasher.all("fact", &diary.facts);
    hasher.all("event", diary.events.iter().filter(|r| by(r.night)));
    hasher.all("exclusion", diary.exclusions.iter().filter(|r| by(r.from)));
    hasher.all("flag-note", &diary.flag_notes);
    // a page made before there were answers keeps its hash
    if !diary.replies.is_empty() {
        hasher.all("reply", &diary.replies);
    }
    readings(&mut hasher, diary.readings.iter().filter(|r| by(r.night)));
    experiments(&mut hasher, diary, last);
    hasher.hexadecimal()
}

/// Experiments begun by the night of `last`. Of one that has not ended only its beginning counts, so that nothing made
/// from the diary tells what was drawn; of one that has ended, what was done on its nights counts, too.
fn experiments(hasher: &mut Hasher, diary: &Diary, last: Night) {
    for experiment in diary.experiments.iter().filter(|e| e.from <= last) {
        match experiment.state_by(diary.last_over(last)) {
            State::Finished | State::Stopped => hasher.experiment(diary, experiment),
            State::Running => {
                hasher.all("experiment since", [(&experiment.thing, experiment.from)]);
            }
        }
    }
}

/// SHA-256 of an experiment, what was done on its nights, and the records of its nights.
fn experiment_hash(diary: &Diary, experiment: &Experiment) -> String {
    let within = |night: Night| experiment.nights().contains(night);
    let exclusions = diary.exclusions.iter().filter(|r| r.from <= experiment.to);
    let mut hasher = Hasher(Sha256::new());
    hasher.experiment(diary, experiment);
    hasher.all("night", diary.nights.values().filter(|r| within(r.night)));
    hasher.all("episode", diary.episodes.iter().filter(|r| within(r.night)));
    hasher.all("exclusion", exclusions);
    hasher.hexadecimal()
}

/// SHA-256 of the records a chart of `nights` is drawn from: nights, episodes and events within them, courses and
/// excluded periods begun by their end, and, where the chart uses `values`, factors, their values and doses taken.
fn chart_hash(diary: &Diary, nights: Nights, values: bool) -> String {
    let within = |night: Night| nights.contains(night);
    let last = nights.to;
    let courses = diary.courses.iter().filter(|r| r.start <= last.date());
    let exclusions = diary.exclusions.iter().filter(|r| r.from <= last);
    let mut hasher = Hasher(Sha256::new());
    hasher.all("night", diary.nights.values().filter(|r| within(r.night)));
    hasher.all("episode", diary.episodes.iter().filter(|r| within(r.night)));
    hasher.all("event", diary.events.iter().filter(|r| within(r.night)));
    hasher.all("course", courses);
    hasher.all("exclusion", exclusions);
    if values {
        hasher.all("factor", &diary.factors);
        hasher.all("value", diary.values.iter().filter(|r| within(r.night)));
        hasher.all("intake", diary.intakes.iter().filter(|r| within(r.night)));
        readings(&mut hasher, diary.readings_in(nights).iter());
    }
    hasher.hexadecimal()
}

/// Readings of devices; a page made before there were any keeps its hash.
fn readings<'a>(hasher: &mut Hasher, readings: impl Iterator<Item = &'a Reading>) {
    let mut readings = readings.peekable();
    if readings.peek().is_some() {
        hasher.all("reading", readings);
    }
}

struct Hasher(Sha256);

impl Hasher {
    fn all<T: Serialize>(&mut self, kind: &str, records: impl IntoIterator<Item = T>) {
        self.0.update(kind.as_bytes());
        let mut line = Vec::new();
        for record in records {
            line.clear();
            // plain records of numbers and words: writing them to memory cannot fail
            let _ = serde_json::to_writer(&mut line, &record);
            line.push(b'\n');
            self.0.update(&line);
        }
    }

    /// An experiment that has ended and what was done on its nights.
    fn experiment(&mut self, diary: &Diary, experiment: &Experiment) {
        self.all("experiment", [experiment]);
        let done = diary
            .adherence
            .iter()
            .filter(|a| a.thing == experiment.thing);
        let within = done.filter(|a| experiment.nights().contains(a.night));
        self.all("adherence", within);
    }

    fn hexadecimal(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}
