//! Answers about how the nights went: the ladder of frequency and severity, sides, losses of water and salts.

use crate::diary::vocabulary::{Kind, Side, SymptomName};
use crate::diary::{Night, NightState};
use crate::rules::answer::{Finding, Missing};
use crate::rules::evidence::Evidence;
use crate::rules::view::{At, LADDER_NIGHTS, Seen};

/// The entries that make a night a cramp night.
fn cramp_evidence(at: At, seen: &Seen) -> Vec<Evidence> {
    let episodes: Vec<Evidence> = at.cramps_of(seen.night).map(Evidence::episode).collect();
    if episodes.is_empty() {
        seen.record.map(Evidence::night).into_iter().collect()
    } else {
        episodes
    }
}

pub(super) fn all_evidence<'s, 'a: 's>(
    at: At,
    nights: impl Iterator<Item = &'s Seen<'a>>,
) -> Vec<Evidence> {
    nights.flat_map(|n| cramp_evidence(at, n)).collect()
}

pub(super) fn is_cramp(seen: &&Seen) -> bool {
    seen.state == NightState::Cramp
}

/// No when enough nights have an answer, else Unknown with the number that is missing. A No rests on no entry, so none is
/// put into words for it.
pub(super) fn no_or_more_nights(
    nights: &[Seen],
    evidence: impl FnOnce() -> Vec<Evidence>,
) -> Finding {
    match nights_wanted(nights) {
        0 => Finding::no(),
        more => Finding::partly(evidence(), vec![Missing::Nights(more)]),
    }
}

/// Yes when something was found on as many of these nights as are wanted.
fn on_enough(
    found: usize,
    wanted: usize,
    nights: &[Seen],
    evidence: impl FnOnce() -> Vec<Evidence>,
) -> Finding {
    match found >= wanted {
        true => Finding::yes(evidence()),
        false => no_or_more_nights(nights, evidence),
    }
}

/// Counted cramp nights can only become more when missing nights are filled in, so Yes needs no coverage; No does.
pub(super) fn cramp_nights(at: At, weeks: usize, per_week: usize) -> Finding {
    let nights = at.last_weeks();
    let heavy: Vec<&[Seen]> = nights
        .chunks(7)
        .filter(|week| week.iter().filter(is_cramp).count() >= per_week)
        .collect();
    let cramps = heavy.iter().flat_map(|week| week.iter().filter(is_cramp));
    let evidence = || all_evidence(at, cramps);
    on_enough(heavy.len(), weeks, &nights, evidence)
}

/// Mean of the pain scores there are; Unknown while fewer than half of the cramps have one.
pub(super) fn mean_severity(at: At, at_least: u8) -> Finding {
    let nights = at.last_weeks();
    let mut scores = Vec::new();
    let mut cramps = 0_usize;
    let mut evidence = Vec::new();
    for night in nights.iter().filter(is_cramp) {
        let mut any = false;
        for episode in at.cramps_of(night.night) {
            any = true;
            cramps += 1;
            if let Some(severity) = episode.severity {
                scores.push(severity.score());
                evidence.push(Evidence::episode(episode));
            }
        }
        cramps += usize::from(!any);
    }
    if cramps == 0 {
        return no_or_more_nights(&nights, Vec::new);
    }
    if scores.len() * 2 < cramps {
        return Finding::partly(evidence, vec![Missing::Cramp("how bad they were, 0 to 10")]);
    }
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    if mean >= f64::from(at_least) {
        Finding::yes(evidence)
    } else {
        Finding::no()
    }
}

/// A cramp night disturbed sleep when it was scored 5 or more, cost 30 minutes or more, or a cramp woke the person
/// (thresholds are proposals).
pub(super) fn sleep_disturbed(at: At, wanted: usize) -> Finding {
    let nights = at.last_weeks();
    let mut disturbed = Vec::new();
    let mut open = 0_usize;
    for night in nights.iter().filter(is_cramp) {
        let score = night
            .record
            .and_then(|r| r.sleep_disturbance)
            .map(|s| s >= 5);
        let lost = night.record.and_then(|r| r.sleep_lost_min).map(|m| m >= 30);
        let woke = at.cramps_of(night.night).filter_map(|e| e.woke);
        let answers: Vec<bool> = woke.chain(score).chain(lost).collect();
        if answers.contains(&true) {
            disturbed.push(night);
        } else if answers.is_empty() {
            open += 1;
        }
    }
    let told = |n: &Seen| {
        n.record
            .filter(|r| r.sleep_disturbance.is_some() || r.sleep_lost_min.is_some())
            .map(Evidence::night)
    };
    let of_night = |n: &&Seen| told(n).into_iter().chain(cramp_evidence(at, n));
    let evidence = || disturbed.iter().flat_map(of_night).collect::<Vec<_>>();
    let found = disturbed.len();
    if found < wanted && found + open >= wanted {
        let missing = Missing::Cramp("whether they disturbed your sleep");
        return Finding::partly(evidence(), vec![missing]);
    }
    on_enough(found, wanted, &nights, evidence)
}

pub(super) fn cramps(at: At, days: u16, wanted: usize) -> Finding {
    let nights: Vec<Seen> = at.nights(days).rev().collect();
    let found: Vec<&Seen> = nights.iter().filter(is_cramp).collect();
    let evidence = || all_evidence(at, found.iter().copied());
    on_enough(found.len(), wanted, &nights, evidence)
}

/// At least 20 cramps with a side, over four weeks or more, 85 in 100 of them on one side, and 75 in 100 in each half
/// of them. With 20 cramps, 17 on one side are too many for a coin (two-sided exact binomial p = 0.003).
pub(super) fn one_sided(at: At) -> Finding {
    const DAYS: u16 = 182;
    let all: Vec<_> = at
        .episodes(DAYS)
        .filter(|e| e.kind == Kind::Cramp)
        .collect();
    let sided: Vec<_> = all.iter().copied().filter(|e| e.side.is_some()).collect();
    let span = match (sided.first(), sided.last()) {
        (Some(first), Some(last)) => last.night.since(first.night) + 1,
        _ => 0,
    };
    if sided.len() >= 20 && span >= 28 {
        let share = |list: &[&crate::diary::Episode], side: Side| {
            list.iter().filter(|e| e.side == Some(side)).count() as f64 / list.len().max(1) as f64
        };
        let (early, late) = sided.split_at(sided.len() / 2);
        for side in [Side::Left, Side::Right] {
            if share(&sided, side) >= 0.85
                && share(early, side) >= 0.75
                && share(late, side) >= 0.75
            {
                let proof = sided.iter().filter(|e| e.side == Some(side));
                return Finding::yes(proof.map(|e| Evidence::episode(e)).collect());
            }
        }
        return Finding::no();
    }
    let nights: Vec<Seen> = at.nights(DAYS).rev().collect();
    if all.len() < 20 && nights_wanted(&nights) == 0 {
        return Finding::no();
    }
    Finding::unknown(Missing::Cramp(
        "which side, for at least 20 of them over 4 weeks",
    ))
}

/// Cramps (by night or day) on the same day as, or the day after, heavy sweating, vomiting or diarrhoea.
pub(super) fn after_losses(at: At, wanted: usize) -> Finding {
    let nights = at.last_weeks();
    let days = u16::try_from(LADDER_NIGHTS + 1).unwrap_or(u16::MAX);
    let ill: Vec<_> = [SymptomName::Vomiting, SymptomName::Diarrhoea]
        .into_iter()
        .flat_map(|name| at.symptoms(name, days).filter(|s| s.present))
        .collect();
    let by_day = |night: Night| {
        at.episodes(days)
            .find(|e| e.night == night && e.kind == Kind::Cramp)
            .map(Evidence::episode)
    };
    let (mut linked, mut open) = (0_usize, 0_usize);
    let mut evidence = Vec::new();
    for seen in &nights {
        let mut cramp = match seen.state {
            NightState::Cramp => cramp_evidence(at, seen),
            _ => by_day(seen.night).into_iter().collect(),
        };
        if cramp.is_empty() {
            continue;
        }
        let sweat = at.value(seen.night, "sweat");
        let illness = ill
            .iter()
            .find(|s| (0..=1).contains(&seen.night.since(s.night)));
        match (sweat.filter(|(level, _)| *level >= 2.0), illness) {
            (None, None) => open += usize::from(sweat.is_none()),
            (loss, illness) => {
                linked += 1;
                evidence.append(&mut cramp);
                evidence.extend(loss.map(|(_, value)| Evidence::value(value)));
                evidence.extend(illness.map(|s| Evidence::symptom(s)));
            }
        }
    }
    if linked < wanted && linked + open >= wanted {
        let missing = Missing::Factors("how much you sweated on days with a cramp");
        return Finding::partly(evidence, vec![missing]);
    }
    on_enough(linked, wanted, &nights, || evidence)
}

/// Of any 14 nights this many must be recorded before "no" is said about them (clinical.md section 3, a proposal).
const COVERAGE_OF_14: usize = 10;

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
