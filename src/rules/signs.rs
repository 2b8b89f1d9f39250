//! Answers of tests of symptoms and of single episodes.

use chrono::NaiveDate;

use crate::data::rule::{EpisodeTest, SideWanted, SymptomTest, Trait};
use crate::diary::vocabulary::{Side, SymptomName};
use crate::diary::{Episode, Night, Symptom};
use crate::rules::answer::{Answer, Finding, Missing};
use crate::rules::evidence::Evidence;
use crate::rules::nights::no_or_more_nights;
use crate::rules::view::At;

impl SymptomTest {
    /// Yes when enough fitting entries are in the window; No only when the symptom was asked about (and is absent, or
    /// is of another sort); otherwise Unknown. Silence is never No.
    pub(super) fn evaluate(&self, at: At) -> Finding {
        let entries: Vec<&Symptom> = at.symptoms(self.name, self.days).collect();
        // What comes and goes is counted on when it is back; anything else is ended by a no.
        let comes_and_goes = self.nights > 1 && self.lasting == 0;
        let mut fitting = Vec::new();
        let mut possible = Vec::new();
        let mut asked = false;
        let mut present = false;
        let mut missing = Vec::new();
        for (i, entry) in entries.iter().copied().enumerate() {
            let later = entries.get(i + 1..).unwrap_or_default();
            let over = !self.also_over && later.iter().any(|no| ends(no, entry));
            if !entry.present || over && !comes_and_goes {
                asked = true;
                continue;
            }
            let mut open = Vec::new();
            match self.fits(entry, &mut open) {
                Answer::No => {
                    asked = true;
                    continue;
                }
                Answer::Unknown => missing.append(&mut open),
                Answer::Yes => fitting.push(entry),
            }
            possible.push(entry);
            present |= !over;
        }
        if !present {
            fitting.clear();
            possible.clear();
            missing.clear();
        }
        let proof = |list: &[&Symptom]| {
            list.iter()
                .map(|s| Evidence::symptom(s))
                .collect::<Vec<_>>()
        };
        match self.enough(&fitting) {
            Answer::Yes => return Finding::yes(proof(&fitting)),
            Answer::Unknown => missing.push(Missing::Detail(self.name, "since when")),
            Answer::No => {}
        }
        if self.enough(&possible) != Answer::No {
            return Finding::partly(proof(&possible), missing);
        }
        if asked {
            return Finding::no();
        }
        let missing = match possible.is_empty() {
            true => Missing::Symptom(self.name),
            false => Missing::Detail(self.name, "whether it comes again"),
        };
        Finding::partly(proof(&possible), vec![missing])
    }

    /// Whether one entry is of the sort wanted; `open` gets the details that were not recorded.
    fn fits(&self, entry: &Symptom, open: &mut Vec<Missing>) -> Answer {
        let mut need = |answer: Option<bool>, what: &'static str| match answer {
            Some(true) => Answer::Yes,
            Some(false) => Answer::No,
            None => {
                open.push(Missing::Detail(self.name, what));
                Answer::Unknown
            }
        };
        let mut answers = Vec::new();
        match self.side {
            SideWanted::Any => {}
            SideWanted::One => answers.push(need(
                entry.side.map(|s| s != Side::Both),
                "one side or both",
            )),
            SideWanted::Both => answers.push(need(
                entry.side.map(|s| s == Side::Both),
                "one side or both",
            )),
        }
        if !self.relieved.is_empty() {
            answers.push(need(
                entry.relieved_by.map(|r| self.relieved.contains(&r)),
                "what relieves it",
            ));
        }
        if !self.brought.is_empty() {
            answers.push(need(
                entry.brought_on.map(|b| self.brought.contains(&b)),
                "what brings it on",
            ));
        }
        if self.severity_from > 0 {
            let severe = entry.severity.map(|score| score >= self.severity_from);
            answers.push(need(severe, "how bad it is, 0 to 10"));
        }
        if self.bigger_by_cm > 0 {
            let bigger = entry.difference_cm;
            let enough = bigger.is_some_and(|cm| cm >= f64::from(self.bigger_by_cm));
            answers.push(if enough { Answer::Yes } else { Answer::No });
        }
        if self.worse {
            let said = entry.worse == Some(true);
            answers.push(if said { Answer::Yes } else { Answer::No });
        }
        if self.sudden {
            answers.push(need(entry.sudden, "whether it came on suddenly"));
        }
        if self.lasts_max_s > 0 && entry.lasts_s.is_some_and(|s| s > self.lasts_max_s) {
            answers.push(Answer::No);
        }
        if self.lasts_min_s > 0 {
            // Something that has been there since an earlier day has lasted at least that long.
            let by_since = entry
                .since
                .filter(|_| self.lasts_min_s >= 86_400)
                .map(|since| days_since(entry, since) * 86_400 >= i64::from(self.lasts_min_s));
            let by_length = entry.lasts_s.map(|s| s >= self.lasts_min_s);
            answers.push(need(
                either(by_length, by_since),
                "how long it lasts each time",
            ));
        }
        if self.began_within > 0 {
            let recent = match entry.since {
                Some(since) => Some(days_since(entry, since) <= i64::from(self.began_within)),
                None if self.began_open => Some(true),
                None => None,
            };
            answers.push(need(recent, "since when"));
        }
        if answers.contains(&Answer::No) {
            Answer::No
        } else if answers.contains(&Answer::Unknown) {
            Answer::Unknown
        } else {
            Answer::Yes
        }
    }

    /// Whether these entries are on enough nights and go back far enough.
    fn enough(&self, entries: &[&Symptom]) -> Answer {
        let mut nights: Vec<_> = entries.iter().map(|s| s.night).collect();
        nights.dedup();
        if nights.is_empty() || nights.len() < usize::from(self.nights) {
            return Answer::No;
        }
        if self.lasting == 0 {
            return Answer::Yes;
        }
        let lasting = i64::from(self.lasting);
        let apart = match (nights.first(), nights.last()) {
            (Some(first), Some(last)) => last.since(*first),
            _ => 0,
        };
        let by_since = |s: &&Symptom| s.since.is_some_and(|since| days_since(s, since) >= lasting);
        // Weekly entries that span all but one week of the time are taken as lasting all of it.
        if nights.len() > 1 && apart >= (lasting - 7).max(1) || entries.iter().any(by_since) {
            Answer::Yes
        } else if entries.iter().any(|s| s.since.is_none()) {
            Answer::Unknown
        } else {
            Answer::No
        }
    }
}

/// Whether a later entry says that what was noticed is over: a no, of that side where it names one.
fn ends(no: &Symptom, entry: &Symptom) -> bool {
    let of_one_side = no.side.filter(|side| *side != Side::Both);
    !no.present && of_one_side.is_none_or(|side| entry.side == Some(side))
}

fn either(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), _) | (_, Some(false)) => Some(false),
        (None, None) => None,
    }
}

/// Days from `since` to the day the entry was noticed.
fn days_since(entry: &Symptom, since: NaiveDate) -> i64 {
    (entry.noticed_at.local().date() - since).num_days()
}

impl EpisodeTest {
    /// Yes when enough episodes fit; No only when enough nights are recorded and no undecided episode could change
    /// it; otherwise Unknown.
    pub(super) fn evaluate(&self, at: At) -> Finding {
        let mut fitting = Vec::new();
        let mut possible = Vec::new();
        let mut missing = Vec::new();
        let mut near = Vec::new();
        for episode in at.episodes(self.days) {
            if !self.kinds.contains(&episode.kind)
                || self.period.is_some_and(|p| p != episode.period)
            {
                continue;
            }
            match self.trait_.of(episode) {
                (Answer::Yes, _) => {
                    fitting.push(episode);
                    possible.push(episode);
                }
                (Answer::Unknown, _) if self.trait_.is_near(episode) => {
                    missing.push(Missing::Length(episode.id));
                    near.push(Evidence::episode(episode).telling());
                    possible.push(episode);
                }
                (Answer::Unknown, what) => {
                    missing.push(Missing::Cramp(what));
                    possible.push(episode);
                }
                (Answer::No, _) => {}
            }
        }
        let proof = |list: &[&Episode]| {
            list.iter()
                .map(|e| Evidence::episode(e))
                .collect::<Vec<_>>()
        };
        if self.enough(&fitting, at.last) {
            return Finding::yes(proof(&fitting));
        }
        // Nobody is asked after every cramp; the weekly question answers for the episodes that do not say.
        if let Some(question) = self.trait_.asked_as() {
            let answered = at.symptoms(question, self.days).any(|s| !s.present);
            return match answered {
                true => Finding::no(),
                false => Finding::partly(proof(&fitting), vec![Missing::Symptom(question)]),
            };
        }
        if self.enough(&possible, at.last) {
            let evidence = proof(&fitting).into_iter().chain(near).collect();
            return Finding::partly(evidence, missing);
        }
        let nights: Vec<_> = at.nights(self.days).rev().collect();
        no_or_more_nights(&nights, || proof(&fitting))
    }

    fn enough(&self, episodes: &[&Episode], last: Night) -> bool {
        let mut nights: Vec<Night> = episodes.iter().map(|e| e.night).collect();
        nights.dedup();
        let mut weeks: Vec<i64> = nights.iter().map(|n| last.since(*n) / 7).collect();
        weeks.dedup();
        !nights.is_empty()
            && nights.len() >= usize::from(self.nights)
            && weeks.len() >= usize::from(self.weeks)
    }
}

impl Trait {
    /// The symptom whose weekly question asks for the same.
    fn asked_as(self) -> Option<SymptomName> {
        match self {
            Trait::AwarenessLost => Some(SymptomName::Seizure),
            Trait::UrgeRelievedByMoving => Some(SymptomName::UrgeToMove),
            _ => None,
        }
    }

    /// Whether an episode may well show it: the upper end of what was said does.
    fn is_near(self, episode: &Episode) -> bool {
        let Trait::LongerThan(limit) = self else {
            return false;
        };
        episode.duration_max_s.is_some_and(|high| high > limit)
    }

    /// Whether an episode shows it, and what was not recorded.
    fn of(self, episode: &Episode) -> (Answer, &'static str) {
        let (answer, what) = match self {
            Trait::Any => (Some(true), ""),
            // Only the lower end of a range is certain.
            Trait::LongerThan(limit) => (
                match (episode.duration_s, episode.duration_max_s) {
                    (Some(low), _) if low > limit => Some(true),
                    (_, Some(high)) => (high <= limit).then_some(false),
                    (low, None) => low.map(|_| false),
                },
                "how long they lasted",
            ),
            Trait::AwarenessLost => (episode.awareness_lost, "whether awareness was lost"),
            Trait::RepeatedAtLeast(n) => (
                episode.repeats.map(|r| r >= n),
                "how often they came back at once",
            ),
            Trait::UrgeRelievedByMoving => {
                let both = match (episode.urge, episode.movement_relieves) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
                (both, "an urge to move, and whether moving helps")
            }
        };
        match answer {
            Some(true) => (Answer::Yes, what),
            Some(false) => (Answer::No, what),
            None => (Answer::Unknown, what),
        }
    }
}
