//! The hash by which a page can be held to the diary it was made from.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::diary::{Diary, Night, Nights};

/// SHA-256 of every record up to and including the night `last`, in hexadecimal.
///
/// Records are hashed as JSON lines, kind by kind in the order of [`Diary`]'s fields; courses count from their start,
/// facts about the person always. Looks of the analysis are left out: they are notes of the program, not data. Factor
/// values and everything else of later nights do not change the hash, so that a page of a past period can be held to
/// a diary that has grown since.
pub(crate) fn data_hash(diary: &Diary, last: Night) -> String {
    let mut hasher = Hasher(Sha256::new());
    hasher.all(
        "night",
        diary.nights.range(..=last).map(|(_, record)| record),
    );
    hasher.all(
        "episode",
        diary.episodes.iter().filter(|record| record.night <= last),
    );
    hasher.all(
        "value",
        diary.values.iter().filter(|record| record.night <= last),
    );
    hasher.all("factor", &diary.factors);
    hasher.all(
        "intake",
        diary.intakes.iter().filter(|record| record.night <= last),
    );
    hasher.all(
        "course",
        diary
            .courses
            .iter()
            .filter(|record| record.start <= last.date()),
    );
    hasher.all(
        "symptom",
        diary.symptoms.iter().filter(|record| record.night <= last),
    );
    hasher.all("fact", &diary.facts);
    hasher.all(
        "event",
        diary.events.iter().filter(|record| record.night <= last),
    );
    hasher.all(
        "exclusion",
        diary.exclusions.iter().filter(|record| record.from <= last),
    );
    hasher.all("flag-note", &diary.flag_notes);
    hasher.hexadecimal()
}

/// SHA-256 of the records a chart of `nights` is drawn from: nights, episodes and events within them, courses and
/// excluded periods begun by their end, and, where the chart uses `values`, factors, their values and doses taken.
pub(crate) fn chart_hash(diary: &Diary, nights: Nights, values: bool) -> String {
    let mut hasher = Hasher(Sha256::new());
    let answers = diary.nights.iter();
    hasher.all(
        "night",
        answers
            .filter(|(night, _)| nights.contains(**night))
            .map(|(_, record)| record),
    );
    let within = |night: Night| nights.contains(night);
    hasher.all("episode", diary.episodes.iter().filter(|r| within(r.night)));
    hasher.all("event", diary.events.iter().filter(|r| within(r.night)));
    let last = nights.to;
    let courses = diary.courses.iter();
    hasher.all("course", courses.filter(|r| r.start <= last.date()));
    let exclusions = diary.exclusions.iter();
    hasher.all("exclusion", exclusions.filter(|r| r.from <= last));
    if values {
        hasher.all("factor", &diary.factors);
        hasher.all("value", diary.values.iter().filter(|r| within(r.night)));
        hasher.all("intake", diary.intakes.iter().filter(|r| within(r.night)));
    }
    hasher.hexadecimal()
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

    fn hexadecimal(self) -> String {
        let digest = self.0.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
