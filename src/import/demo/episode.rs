//! The single cramps of the made-up diary.

use chrono::{DateTime, Duration, Utc};

use crate::diary::moment::Night;
use crate::diary::pain::Pain;
use crate::diary::record::Episode;
use crate::diary::vocabulary::{Certainty, Posture, Relief, Side, Site};
use crate::diary::{Source, Zone};
use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// One cramp between going to bed and getting up: most of them in the small hours, on the left, in the calf.
pub(super) fn episode(
    id: i64,
    night: Night,
    (bed, up): (DateTime<Utc>, DateTime<Utc>),
    morning: DateTime<Utc>,
    zone: &Zone,
    chance: &mut Chance,
) -> Episode {
    let asleep = (up - bed).num_minutes() as f64;
    let share = chance.normal(0.58, 0.19).clamp(0.04, 0.97);
    let began = bed + Duration::minutes((asleep * share) as i64);
    // some are written down at once, most in the morning
    let at_once = chance.happens(0.45);
    let recorded_at = if at_once {
        (began + Duration::minutes(chance.within(3.0, 14.0) as i64)).min(morning)
    } else {
        morning
    };
    let mut e = Episode::blank(id, night, recorded_at);
    let known = at_once || chance.happens(0.8);
    let began = zone.moment(began);
    if known && began.night() == night {
        e.began_at = Some(began);
        e.certainty = if at_once {
            Certainty::Exact
        } else {
            Certainty::About
        };
    }
    e.side = chance
        .one_of(&[
            (Some(Side::Left), 0.58),
            (Some(Side::Right), 0.30),
            (Some(Side::Both), 0.05),
            (None, 0.07),
        ])
        .flatten();
    e.site = chance
        .one_of(&[
            (Some(Site::Calf), 0.72),
            (Some(Site::Foot), 0.14),
            (Some(Site::Toes), 0.05),
            (Some(Site::Hamstring), 0.04),
            (None, 0.05),
        ])
        .flatten();
    let severity = chance.normal(5.3, 1.7).round().clamp(1.0, 9.0);
    e.severity = chance.happens(0.94).then(|| Pain::of(severity)).flatten();
    let seconds = chance.normal(110f64.ln(), 0.7).exp().clamp(15.0, 900.0);
    e.duration_s = chance
        .happens(0.85)
        .then_some(((seconds / 15.0).round() * 15.0) as u32);
    e.repeats = chance.happens(0.12).then_some(1);
    e.woke = chance.happens(0.93).then_some(true);
    e.knot = chance.happens(0.6).then_some(true);
    let stood_up = chance.happens(0.4);
    e.relief = match chance.one_of(&[(0, 0.55), (1, 0.2), (2, 0.12), (3, 0.13)]) {
        Some(0) if stood_up => vec![Relief::Stretch, Relief::Walk],
        Some(0) => vec![Relief::Stretch],
        Some(1) => vec![Relief::Massage],
        Some(2) => vec![Relief::Dorsiflex, Relief::Massage],
        _ => Vec::new(),
    };
    if !e.relief.is_empty() {
        let eased = (seconds * chance.within(0.3, 0.9) / 10.0).round() * 10.0;
        e.relief_s = Some(eased.max(10.0) as u32);
    }
    if severity >= 6.0 && chance.happens(0.5) {
        e.soreness_h = Some((chance.within(1.0, 14.0) * 2.0).round() / 2.0);
    }
    e.posture = chance
        .one_of(&[
            (Some(Posture::Supine), 0.4),
            (Some(Posture::Side), 0.35),
            (Some(Posture::Prone), 0.07),
            (None, 0.18),
        ])
        .flatten();
    if chance.happens(0.08) {
        e.note = chance.one_of(&NOTES).map(str::to_string);
    }
    e.source = Source::PERSON;
    e
}

const NOTES: [(&str, f64); 6] = [
    ("came while turning over", 1.0),
    ("had to stand on the cold tiles", 1.0),
    ("stretching my toes set it off", 1.0),
    ("woke my husband too", 1.0),
    ("calf still tight at breakfast", 1.0),
    ("let go as soon as I pulled the foot up", 1.0),
];

/// Resampling of chance.
pub(super) struct Chance(Pcg64Mcg);

impl Chance {
    pub(super) fn of(seed: u64) -> Self {
        Chance(Pcg64Mcg::seed_from_u64(seed))
    }
    /// Between 0 and 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }
    pub(super) fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
    /// Normal, by the polar form of Box and Muller (1958, doi 10.1214/aoms/1177706645).
    pub(super) fn normal(&mut self, mean: f64, sd: f64) -> f64 {
        let (u, v) = (1.0 - self.unit(), self.unit());
        mean + sd * (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
    /// Poisson, by multiplying uniforms until they fall below exp(-rate); rates here are small.
    pub(super) fn count(&mut self, rate: f64) -> usize {
        let end = (-rate).exp();
        let mut product = self.unit();
        let mut count = 0;
        while product > end && count < 6 {
            product *= self.unit();
            count += 1;
        }
        count
    }
    /// One of several, by weight.
    pub(super) fn one_of<T: Copy>(&mut self, choices: &[(T, f64)]) -> Option<T> {
        let total: f64 = choices.iter().map(|(_, weight)| weight).sum();
        let mut at = self.unit() * total;
        for (choice, weight) in choices {
            at -= weight;
            if at < 0.0 {
                return Some(*choice);
            }
        }
        choices.last().map(|(choice, _)| *choice)
    }
}
