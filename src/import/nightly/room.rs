//! The temperature of the bedroom: samples become the coldest of each night, with the share of the night they cover.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveTime, Utc};

use crate::diary::elsewhere::{BED, ReadingDraft, UP};
use crate::diary::{Diary, Moment, Night, Zone};
use crate::import::wanted::Wanted;

/// Temperatures no bedroom has, °C.
const COLDEST: f64 = -20.0;
const WARMEST: f64 = 50.0;

/// When nobody said when the person was in bed, this part of the night stands for it (local time).
const ASSUMED_BED: (u32, u32) = (22, 0);
const ASSUMED_UP: (u32, u32) = (7, 0);

/// How long a sample stands for what follows it, at least and at most.
const SHORTEST_HOLD: i64 = 15 * 60;
const LONGEST_HOLD: i64 = 3 * 3_600;

/// What stands for a temperature from where on none is known.
const UNKNOWN: f32 = f32::NAN;

/// Two files of one sensor agree wherever both were read; with fewer samples than this nothing can be said.
const FEWEST_IN_COMMON: usize = 12;
/// What a sensor's own rounding may change, °C.
const AGREES: f32 = 0.3;

/// Samples by night.
#[derive(Debug, Default)]
pub(crate) struct Room {
    /// Seconds since 1970 and °C, [`UNKNOWN`] where the sensor fell silent. The last value read for an instant counts.
    samples: BTreeMap<Night, Vec<(u32, f32)>>,
    zone: Zone,
    /// How long a sample stands for what follows it, where the format knows; else twice the sensor's own rhythm.
    pub(crate) hold: Option<Duration>,
}

impl Room {
    /// Takes a sample lived in `zone`; the reason when no bedroom is like it.
    pub(crate) fn take(
        &mut self,
        at: DateTime<Utc>,
        zone: &Zone,
        celsius: f64,
    ) -> Result<(), &'static str> {
        if !(COLDEST..=WARMEST).contains(&celsius) {
            return Err("no bedroom is like this; −20 to 50 °C is taken");
        }
        self.keep(at, zone, celsius as f32)
    }

    /// From here on the temperature is not known.
    pub(crate) fn silence(&mut self, at: DateTime<Utc>, zone: &Zone) -> Result<(), &'static str> {
        self.keep(at, zone, UNKNOWN)
    }

    fn keep(&mut self, at: DateTime<Utc>, zone: &Zone, celsius: f32) -> Result<(), &'static str> {
        let seconds = u32::try_from(at.timestamp()).map_err(|_| "no thermometer kept this time")?;
        if self.zone != *zone {
            self.zone = zone.clone();
        }
        let samples = self.samples.entry(zone.moment(at).night()).or_default();
        samples.push((seconds, celsius));
        Ok(())
    }

    /// Both together; where both know an instant, what `later` says counts.
    pub(crate) fn and(mut self, later: Room) -> Room {
        if self.samples.is_empty() {
            return later;
        }
        for (night, samples) in later.samples {
            self.samples.entry(night).or_default().extend(samples);
        }
        self.hold = self.hold.or(later.hold);
        self
    }

    /// Whether the samples of `other` are of another sensor: where both were read, they were read at other times or say
    /// something else.
    pub(crate) fn differs_from(&self, other: &Room) -> bool {
        let (mut both, mut same) = (0, 0);
        for (night, theirs) in &other.samples {
            let Some(ours) = self.samples.get(night) else {
                continue;
            };
            let ours: BTreeMap<u32, f32> = ours.iter().copied().collect();
            let ends = (ours.first_key_value(), ours.last_key_value());
            let (Some((from, _)), Some((to, _))) = ends else {
                continue;
            };
            for (at, celsius) in theirs.iter().filter(|(at, _)| (from..=to).contains(&at)) {
                both += 1;
                let known = ours.get(at);
                same += usize::from(known.is_some_and(|k| (k - celsius).abs() < AGREES));
            }
        }
        both >= FEWEST_IN_COMMON && same * 2 < both
    }

    /// Of each night the coldest while the person was in bed, as the factor asks, and the share of that time covered.
    pub(crate) fn coldest(
        &self,
        diary: &Diary,
        slept: &[ReadingDraft],
        wanted: &Wanted,
    ) -> Vec<(Night, f64, f64)> {
        let nights = self.samples.iter();
        let coldest = nights.filter_map(|(night, samples)| {
            let window = in_bed(diary, slept, *night, &self.zone, wanted.now);
            let (value, coverage) = coldest(samples, self.hold, window.map(|m| m.utc.timestamp()))?;
            Some((*night, value, coverage))
        });
        coldest.collect()
    }
}

/// The coldest of samples while they stand within `[from, to]`, to a tenth, and the share of it they cover, to a hundredth.
fn coldest(
    samples: &[(u32, f32)],
    hold: Option<Duration>,
    [from, to]: [i64; 2],
) -> Option<(f64, f64)> {
    let mut last: BTreeMap<i64, f32> = BTreeMap::new();
    last.extend(
        samples
            .iter()
            .map(|(at, celsius)| (i64::from(*at), *celsius)),
    );
    let times: Vec<i64> = last.keys().copied().collect();
    let hold = hold.map_or_else(|| rhythm(&times), |hold| hold.num_seconds());
    let mut lowest: Option<f32> = None;
    let mut covered = 0;
    let nexts = times.iter().skip(1).copied().map(Some).chain([None]);
    for ((at, celsius), next) in last.iter().zip(nexts) {
        let until = next.map_or(at + hold, |next| next.min(at + hold));
        let stands = until.min(to) - (*at).max(from);
        if stands > 0 && !celsius.is_nan() {
            covered += stands;
            lowest = Some(lowest.map_or(*celsius, |lowest| lowest.min(*celsius)));
        }
    }
    let share = covered as f64 / (to - from).max(1) as f64;
    let tenth = |x: f32| (f64::from(x) * 10.0).round() / 10.0;
    Some((
        tenth(lowest?),
        (share.clamp(0.0, 1.0) * 100.0).round() / 100.0,
    ))
}

/// Twice the usual time between samples, seconds.
fn rhythm(times: &[i64]) -> i64 {
    let mut steps: Vec<i64> = times.windows(2).map(|w| w[1] - w[0]).collect();
    steps.sort_unstable();
    let median = steps.get(steps.len() / 2).copied().unwrap_or(0);
    (2 * median).clamp(SHORTEST_HOLD, LONGEST_HOLD)
}

/// When the person was in bed: as they said, as a device read (`slept` what is brought in now, sorted by night), or else a
/// usual night.
fn in_bed(
    diary: &Diary,
    slept: &[ReadingDraft],
    night: Night,
    zone: &Zone,
    now: DateTime<Utc>,
) -> [Moment; 2] {
    let said = diary.nights.get(&night);
    let local = |minutes: f64| {
        let noon = night.date().and_time(NaiveTime::MIN) + Duration::hours(12);
        zone.resolve(noon + Duration::seconds((minutes * 60.0) as i64), now)
            .0
    };
    let from = slept.partition_point(|draft| draft.night < night);
    let fresh = slept.get(from..).unwrap_or_default();
    let fresh = || fresh.iter().take_while(|draft| draft.night == night);
    let read = |factor: &str| {
        let kept = diary.reading(night, factor).map(|r| r.value);
        let now = fresh().find(|draft| &*draft.factor == factor);
        now.map(|draft| draft.value).or(kept).map(local)
    };
    let usual = |(hour, minute)| {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        zone.resolve(night.at(time), now).0
    };
    let bed = said.and_then(|n| n.bed_at.clone()).or_else(|| read(BED));
    let up = said.and_then(|n| n.up_at.clone()).or_else(|| read(UP));
    [
        bed.unwrap_or_else(|| usual(ASSUMED_BED)),
        up.unwrap_or_else(|| usual(ASSUMED_UP)),
    ]
}
