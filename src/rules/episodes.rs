//! Answers of episode tests.

use crate::data::rule::{EpisodeTest, Trait};
use crate::diary::vocabulary::SymptomName;
use crate::diary::{Episode, Night, NightState};
use crate::rules::answer::{Answer, Evidence, Finding, Missing};
use crate::rules::view::{At, Seen};

/// Of any 14 nights this many must be recorded before "no" is said about them (clinical.md section 3, a proposal).
pub(super) const COVERAGE_OF_14: usize = 10;

impl EpisodeTest {
    /// Yes when enough episodes fit; No only when enough nights are recorded and no undecided episode could change
    /// it; otherwise Unknown.
    pub(super) fn evaluate(&self, at: At) -> Finding {
        let mut fitting = Vec::new();
        let mut possible = Vec::new();
        let mut missing = Vec::new();
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
            return Finding::partly(proof(&fitting), missing);
        }
        let nights: Vec<_> = at.nights(self.days).rev().collect();
        match nights_wanted(&nights) {
            0 => Finding::no(),
            more => Finding::partly(proof(&fitting), vec![Missing::Nights(more)]),
        }
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

    /// Whether an episode shows it, and what was not recorded.
    fn of(self, episode: &Episode) -> (Answer, &'static str) {
        let (answer, what) = match self {
            Trait::Any => (Some(true), ""),
            Trait::LongerThan(limit) => (
                episode.duration_s.map(|s| s > limit),
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

/// How many more of these nights (newest first) need an answer before "no" can be said about them; 0 when enough have
/// one. Each stretch of 14 needs [`COVERAGE_OF_14`].
pub(super) fn nights_wanted(nights: &[Seen]) -> usize {
    if nights.is_empty() {
        return COVERAGE_OF_14;
    }
    nights
        .chunks(14)
        .map(|stretch| {
            let wanted = (stretch.len() * COVERAGE_OF_14).div_ceil(14);
            let recorded = stretch
                .iter()
                .filter(|n| n.state != NightState::Unknown)
                .count();
            wanted.saturating_sub(recorded)
        })
        .sum()
}
