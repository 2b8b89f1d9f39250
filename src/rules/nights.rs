//! Answers about how the nights went: the ladder of frequency and severity, what may explain it, and what was tried.

use chrono::NaiveDate;

use crate::data::rule::{Burden, Substance};
use crate::data::tables::{Factor, factors};
use crate::diary::vocabulary::{CourseKind, Kind, Side, SymptomName};
use crate::diary::{Night, NightState};
use crate::rules::answer::{Answer, Finding, Missing};
use crate::rules::evidence::Evidence;
use crate::rules::view::{At, LADDER_NIGHTS, Seen, nights_wanted};

impl Burden {
    pub(super) fn evaluate(&self, at: At) -> Finding {
        match *self {
            Burden::CrampNights { weeks, per_week } => {
                cramp_nights(at, usize::from(weeks), usize::from(per_week))
            }
            Burden::MeanSeverity { at_least } => mean_severity(at, at_least),
            Burden::SleepDisturbed { nights } => sleep_disturbed(at, usize::from(nights)),
            Burden::Cramps { days, nights } => cramps(at, days, usize::from(nights)),
            Burden::NoTrigger => no_trigger(at),
            Burden::TriedWithoutRelief { substance, days } => without_relief(at, substance, days),
            Burden::OneSided => one_sided(at),
            Burden::AfterLosses { nights } => after_losses(at, usize::from(nights)),
        }
    }
}

/// The entries that make a night a cramp night.
fn cramp_evidence(at: At, seen: &Seen) -> Vec<Evidence> {
    let episodes: Vec<Evidence> = at.cramps_of(seen.night).map(Evidence::episode).collect();
    if episodes.is_empty() {
        seen.record.map(Evidence::night).into_iter().collect()
    } else {
        episodes
    }
}

fn all_evidence<'s, 'a: 's>(at: At, nights: impl Iterator<Item = &'s Seen<'a>>) -> Vec<Evidence> {
    nights.flat_map(|n| cramp_evidence(at, n)).collect()
}

fn is_cramp(seen: &&Seen) -> bool {
    seen.state == NightState::Cramp
}

/// No when enough nights have an answer, else Unknown with the number that is missing.
pub(super) fn no_or_more_nights(nights: &[Seen], evidence: Vec<Evidence>) -> Finding {
    match nights_wanted(nights) {
        0 => Finding::no(),
        more => Finding::partly(evidence, vec![Missing::Nights(more)]),
    }
}

/// Yes when something was found on as many of these nights as are wanted.
fn on_enough(found: usize, wanted: usize, nights: &[Seen], evidence: Vec<Evidence>) -> Finding {
    match found >= wanted {
        true => Finding::yes(evidence),
        false => no_or_more_nights(nights, evidence),
    }
}

/// Counted cramp nights can only become more when missing nights are filled in, so Yes needs no coverage; No does.
fn cramp_nights(at: At, weeks: usize, per_week: usize) -> Finding {
    let nights = at.last_weeks();
    let heavy: Vec<&[Seen]> = nights
        .chunks(7)
        .filter(|week| week.iter().filter(is_cramp).count() >= per_week)
        .collect();
    let evidence = all_evidence(
        at,
        heavy.iter().flat_map(|week| week.iter().filter(is_cramp)),
    );
    on_enough(heavy.len(), weeks, &nights, evidence)
}

/// Mean of the pain scores there are; Unknown while fewer than half of the cramps have one.
fn mean_severity(at: At, at_least: u8) -> Finding {
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
        return no_or_more_nights(&nights, Vec::new());
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
fn sleep_disturbed(at: At, wanted: usize) -> Finding {
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
    let evidence: Vec<Evidence> = disturbed.iter().flat_map(of_night).collect();
    let found = disturbed.len();
    if found < wanted && found + open >= wanted {
        let missing = Missing::Cramp("whether they disturbed your sleep");
        return Finding::partly(evidence, vec![missing]);
    }
    on_enough(found, wanted, &nights, evidence)
}

fn cramps(at: At, days: u16, wanted: usize) -> Finding {
    let nights: Vec<Seen> = at.nights(days).rev().collect();
    let found: Vec<&Seen> = nights.iter().filter(is_cramp).collect();
    let evidence = all_evidence(at, found.iter().copied());
    on_enough(found.len(), wanted, &nights, evidence)
}

/// Yes when at least two thirds of the cramp nights (and four of them) are known to be ordinary; No when more than a
/// third followed effort or had surroundings that may bring cramps; otherwise Unknown.
fn no_trigger(at: At) -> Finding {
    let nights = at.last_weeks();
    let found: Vec<&Seen> = nights.iter().filter(is_cramp).collect();
    if found.is_empty() {
        return no_or_more_nights(&nights, Vec::new());
    }
    let (mut exposed, mut ordinary) = (0_usize, Vec::new());
    for night in &found {
        match exposure(at, night.night) {
            Some(true) => exposed += 1,
            Some(false) => ordinary.push(**night),
            None => {}
        }
    }
    if exposed * 3 > found.len() {
        Finding::no()
    } else if ordinary.len() >= 4 && ordinary.len() * 3 >= found.len() * 2 {
        Finding::yes(all_evidence(at, ordinary.iter()))
    } else {
        Finding::unknown(Missing::Factors(
            "tiredness or exercise, and how the bed was, on nights with a cramp",
        ))
    }
}

/// Whether a night followed effort or had surroundings that may bring cramps; `None` when that was not recorded.
fn exposure(at: At, night: Night) -> Option<bool> {
    let look = |fits: fn(&Factor, f64) -> Option<bool>| -> Option<bool> {
        let known: Vec<bool> = factors()
            .iter()
            .filter_map(|f| {
                at.value(night, f.factor)
                    .and_then(|(value, _)| fits(f, value))
            })
            .collect();
        (!known.is_empty()).then(|| known.contains(&true))
    };
    let effort = look(|f, value| f.effort_from.map(|from| value >= from));
    let around = look(|f, value| {
        let from = f.surroundings_from.map(|from| value >= from);
        from.or(f.surroundings_to.map(|to| value <= to))
    });
    match (effort, around) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// At least 20 cramps with a side, over four weeks or more, 85 in 100 of them on one side, and 75 in 100 in each half
/// of them. With 20 cramps, 17 on one side are too many for a coin (two-sided exact binomial p = 0.003).
fn one_sided(at: At) -> Finding {
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
fn after_losses(at: At, wanted: usize) -> Finding {
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
    on_enough(linked, wanted, &nights, evidence)
}

/// A quarter fewer is what trials of cramp remedies count as a success (CMg).
const FEWER: f64 = 0.75;

/// Yes when something was kept up for `days`, cramps still come every week, and they are not known to be a quarter
/// fewer than in the four weeks before it began. Unrecorded nights count as cramps when an improvement is looked for,
/// so that a missing night never looks like one without cramps.
fn without_relief(at: At, substance: Option<Substance>, days: u16) -> Finding {
    let weekly = cramp_nights(at, 4, 1);
    if weekly.answer == Answer::No {
        return Finding::no();
    }
    let tried = kept_up(at, substance, i64::from(days));
    if tried.is_empty() {
        let what = match substance {
            Some(Substance::Calcium) => "whether you have taken calcium for 4 weeks or more",
            _ => "what you tried against cramps for 4 weeks or more",
        };
        return Finding::partly(Vec::new(), vec![Missing::Factors(what)]);
    }
    let failed: Vec<Evidence> = tried
        .into_iter()
        .filter(|(began, _)| !became_fewer(at, *began))
        .flat_map(|(_, evidence)| evidence)
        .collect();
    if failed.is_empty() {
        return Finding::no();
    }
    match weekly.answer {
        Answer::Yes => Finding::yes(failed.into_iter().chain(weekly.evidence).collect()),
        _ => Finding::partly(failed, weekly.missing),
    }
}

/// What has been kept up until now for at least `days`: since when, and the entries that say so.
fn kept_up(at: At, substance: Option<Substance>, days: i64) -> Vec<(Night, Vec<Evidence>)> {
    let today = at.date();
    let fits = |name: &str| substance.is_none_or(|s| s.named(name));
    let long_enough = |start: NaiveDate| (today - start).num_days() >= days;
    let mut found: Vec<(Night, Vec<Evidence>)> = at
        .courses()
        .filter(|c| matches!(c.kind, CourseKind::Measure | CourseKind::Supplement))
        .filter(|c| c.covers(today) && long_enough(c.start) && fits(&c.name))
        .map(|c| (Night::of_evening(c.start), vec![Evidence::course(c)]))
        .collect();
    for factor in factors().iter().filter(|f| f.remedy).map(|f| f.factor) {
        if substance.is_some_and(|s| s.factor() != Some(factor)) {
            continue;
        }
        let window = u16::try_from(days).unwrap_or(u16::MAX);
        let done: Vec<_> = at
            .window(window)
            .iter()
            .filter_map(|night| at.value(night, factor))
            .filter(|(value, _)| *value > 0.0)
            .collect();
        // Seven nights of ten is what "kept up" means here (a proposal).
        if done.len() as i64 * 10 >= days * 7
            && let Some((_, first)) = done.first()
        {
            found.push((
                first.night,
                done.iter().map(|(_, v)| Evidence::value(v)).collect(),
            ));
        }
    }
    found
}

/// Whether the last four weeks had at least a quarter fewer cramp nights than the four weeks before `began`, even if
/// every unrecorded night of late had a cramp. False when the weeks before are not known well enough.
fn became_fewer(at: At, began: Night) -> bool {
    let days = u16::try_from(LADDER_NIGHTS).unwrap_or(u16::MAX);
    let before: Vec<Seen> = at.before(began).nights(days).rev().collect();
    if before.len() < LADDER_NIGHTS || nights_wanted(&before) > 0 {
        return false;
    }
    let count =
        |nights: &[Seen], state: NightState| nights.iter().filter(|n| n.state == state).count();
    let after = at.last_weeks();
    let most = count(&after, NightState::Cramp) + count(&after, NightState::Unknown);
    most as f64 <= FEWER * count(&before, NightState::Cramp) as f64
}
