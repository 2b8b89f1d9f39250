//! The temperature of the bedroom: samples become the coldest of each night, with the share of the night they cover.

use chrono::{DateTime, Duration, Utc};

use crate::diary::elsewhere::ReadingDraft;
use crate::diary::{Diary, Night, Zone};
use crate::import::nightly::in_bed::{in_bed, usual};
use crate::import::nightly::packed::{Packed, Span};
use crate::import::wanted::Wanted;

/// Temperatures no bedroom has, °C.
const COLDEST: f64 = -20.0;
const WARMEST: f64 = 50.0;

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
    /// °C from where on, [`UNKNOWN`] where the sensor fell silent. The last value read for an instant counts.
    samples: Packed<Night, true>,
    zone: Zone,
    /// The night of the last sample.
    last: Option<Night>,
    /// How long a sample stands for what follows it, where the format knows; else twice the sensor's own rhythm.
    pub(crate) hold: Option<Duration>,
}

/// The coldest of a night.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Coldest {
    pub(crate) night: Night,
    /// While the person was in bed.
    pub(crate) in_bed: Covered,
    /// In the usual hours, where the person was in bed at others.
    pub(crate) usual: Option<Covered>,
}

/// The coldest of a stretch, °C, and the share of the stretch that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Covered {
    pub(crate) celsius: f64,
    pub(crate) share: f64,
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
        let night = zone.moment(at).night();
        // zones are long to compare, and nobody travels between two samples
        if self.last != Some(night) && self.zone != *zone {
            self.zone = zone.clone();
        }
        self.last = Some(night);
        let span = Span {
            from: seconds,
            lasts: 0,
            value: celsius,
        };
        self.samples.push(night, span);
        Ok(())
    }

    /// Both together; where both know an instant, what `later` says counts.
    pub(crate) fn and(mut self, later: Room) -> Room {
        if self.samples.is_empty() {
            return later;
        }
        self.samples.extend(&later.samples);
        self.hold = self.hold.or(later.hold);
        self
    }

    /// Whether the samples of `other` are of another sensor: where both were read, they were read at other times or say
    /// something else.
    pub(crate) fn differs_from(&self, other: &Room) -> bool {
        let (mut both, mut same) = (0, 0);
        let mut ours = self.samples.each().peekable();
        for (night, theirs) in other.samples.each() {
            while ours.next_if(|(earlier, _)| *earlier < night).is_some() {}
            let Some((_, ours)) = ours.next_if(|(of, _)| *of == night) else {
                continue;
            };
            let (Some(first), Some(last)) = (ours.first(), ours.last()) else {
                continue;
            };
            let read = first.from..=last.from;
            for sample in theirs.iter().filter(|s| read.contains(&s.from)) {
                both += 1;
                let known = ours.binary_search_by_key(&sample.from, |s| s.from);
                let known = known.ok().and_then(|at| ours.get(at));
                let agrees = |k: &Span| (k.value - sample.value).abs() < AGREES;
                same += usize::from(known.is_some_and(agrees));
            }
        }
        both >= FEWEST_IN_COMMON && same * 2 < both
    }

    /// Of each night the coldest while the person was in bed, as the factor asks.
    pub(crate) fn coldest<'r>(
        &'r self,
        diary: &'r Diary,
        slept: &'r [ReadingDraft],
        wanted: &Wanted,
    ) -> impl Iterator<Item = Coldest> + use<'r> {
        let now = wanted.now;
        self.samples.each().filter_map(move |(night, samples)| {
            let hours = in_bed(diary, slept, night, &self.zone, now);
            let others = usual(night, &self.zone, now);
            Some(Coldest {
                night,
                in_bed: coldest(&samples, self.hold, hours)?,
                usual: match others == hours {
                    true => None,
                    false => coldest(&samples, self.hold, others),
                },
            })
        })
    }
}

/// The coldest of samples in order while they stand within `[from, to]`, to a tenth, and the share of it they cover, to a
/// hundredth.
fn coldest(samples: &[Span], hold: Option<Duration>, [from, to]: [i64; 2]) -> Option<Covered> {
    let times: Vec<i64> = samples.iter().map(|s| i64::from(s.from)).collect();
    let hold = hold.map_or_else(|| rhythm(&times), |hold| hold.num_seconds());
    let mut lowest: Option<f32> = None;
    let mut covered = 0;
    let nexts = times.iter().skip(1).copied().map(Some).chain([None]);
    for ((at, sample), next) in times.iter().zip(samples).zip(nexts) {
        let until = next.map_or(at + hold, |next| next.min(at + hold));
        let stands = until.min(to) - (*at).max(from);
        if stands > 0 && !sample.value.is_nan() {
            covered += stands;
            lowest = Some(lowest.map_or(sample.value, |lowest| lowest.min(sample.value)));
        }
    }
    let share = covered as f64 / (to - from).max(1) as f64;
    let tenth = |x: f32| (f64::from(x) * 10.0).round() / 10.0;
    Some(Covered {
        celsius: tenth(lowest?),
        share: (share.clamp(0.0, 1.0) * 100.0).round() / 100.0,
    })
}

/// Twice the usual time between samples, seconds.
fn rhythm(times: &[i64]) -> i64 {
    let mut steps: Vec<i64> = times.windows(2).map(|w| w[1] - w[0]).collect();
    steps.sort_unstable();
    let median = steps.get(steps.len() / 2).copied().unwrap_or(0);
    (2 * median).clamp(SHORTEST_HOLD, LONGEST_HOLD)
}
