//! Sleep as phones and watches record it: pieces of several sources become one time to bed, one time up and the minutes
//! asleep of each night.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, Timelike, Utc};

use crate::diary::{Night, Zone};

/// What a stretch of time was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Stage {
    InBed,
    Awake,
    Asleep,
    /// Light, deep or REM sleep: the source looks closer than others.
    Staged,
    /// A whole sleep, with the minutes asleep in it where the source knows.
    Whole(Option<f32>),
}

/// One stretch; times are seconds since 1970.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: u32,
    to: u32,
    source: u16,
    zone: u16,
    stage: Stage,
}

/// Sleep of all sources.
#[derive(Debug, Default)]
pub(crate) struct Sleep {
    pieces: Vec<Piece>,
    zones: Vec<Zone>,
}

/// What is known of the sleep of a night: minutes after noon by the clock on the wall, and minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Slept {
    pub(crate) night: Night,
    pub(crate) bed: f64,
    pub(crate) up: f64,
    pub(crate) asleep: Option<f64>,
}

/// Pieces further apart than this are two sleeps, seconds.
const APART: u32 = 90 * 60;
/// A sleep at least this long is that of the night whenever it was, seconds.
const LONG: u32 = 3 * 3_600;
/// A shorter one is when its middle lies in the night; below this it is none.
const SHORTEST: u32 = 3_600;
/// Nobody sleeps longer: what claims it is a device left running, seconds.
const LONGEST: u32 = 24 * 3_600;

impl Sleep {
    /// Takes a stretch lived in `zone`; the reason when it cannot be one.
    pub(crate) fn take(
        &mut self,
        source: u16,
        zone: &Zone,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        stage: Stage,
    ) -> Result<(), &'static str> {
        let seconds = |at: DateTime<Utc>| u32::try_from(at.timestamp()).ok();
        let (Some(from), Some(to)) = (seconds(from), seconds(to)) else {
            return Err("no device recorded this time");
        };
        if to < from {
            return Err("it ends before it begins");
        }
        if to - from > LONGEST {
            return Err("longer than a day");
        }
        let known = self.zones.iter().position(|z| z == zone);
        let zone = known.unwrap_or_else(|| {
            self.zones.push(zone.clone());
            self.zones.len() - 1
        });
        self.pieces.push(Piece {
            from,
            to,
            source,
            zone: u16::try_from(zone).unwrap_or_default(),
            stage,
        });
        Ok(())
    }

    /// The main sleep of each night, and how many others there are: naps, and nights of which too little was recorded.
    pub(crate) fn nights(&self) -> (Vec<Slept>, usize) {
        let mut pieces = self.pieces.clone();
        pieces.sort_by_key(|piece| piece.from);
        // the same sleep said again, as after a correction: the last word counts
        pieces.dedup_by(|later, earlier| {
            let whole = |piece: &Piece| matches!(piece.stage, Stage::Whole(_));
            let same = (later.from, later.source) == (earlier.from, earlier.source);
            let again = same && whole(later) && whole(earlier);
            if again {
                *earlier = *later;
            }
            again
        });
        let mut others = 0;
        let mut longest: BTreeMap<Night, (u32, Slept)> = BTreeMap::new();
        let mut from = 0;
        let mut end = 0;
        for at in 0..=pieces.len() {
            let next = pieces.get(at);
            if next.is_none_or(|next| at > from && next.from > end + APART) {
                let cluster = pieces.get(from..at).unwrap_or_default();
                let slept = self.slept(cluster);
                others += usize::from(slept.is_none() && !cluster.is_empty());
                if let Some((length, slept)) = slept {
                    match longest.get_mut(&slept.night) {
                        Some(known) if length <= known.0 => others += 1,
                        Some(known) => {
                            others += 1;
                            *known = (length, slept);
                        }
                        None => _ = longest.insert(slept.night, (length, slept)),
                    }
                }
                (from, end) = (at, 0);
            }
            end = end.max(next.map_or(0, |next| next.to));
        }
        let nights = longest.into_values().map(|(_, slept)| slept);
        (nights.collect(), others)
    }

    /// Pieces that belong together; the source that looks closest counts for what is asleep.
    fn slept(&self, pieces: &[Piece]) -> Option<(u32, Slept)> {
        let closeness = |piece: &Piece| match piece.stage {
            Stage::Staged => 4,
            Stage::Whole(Some(_)) => 3,
            Stage::Asleep => 2,
            Stage::Whole(None) | Stage::InBed => 1,
            Stage::Awake => 0,
        };
        // of two that look as closely the first
        let best = pieces.iter().rev().max_by_key(|piece| closeness(piece))?;
        let its = |piece: &&Piece| piece.source == best.source || piece.stage == Stage::InBed;
        let from = pieces.iter().filter(its).map(|p| p.from).min()?;
        let to = pieces.iter().filter(its).map(|p| p.to).max()?;
        let zone = self.zones.get(usize::from(best.zone))?;
        let local = |seconds: u32| {
            let at = DateTime::from_timestamp(i64::from(seconds), 0)?;
            Some(zone.moment(at).local())
        };
        let middle = local(from + (to - from) / 2)?.hour();
        let by_night = !(7..21).contains(&middle);
        let length = to - from;
        if length < SHORTEST || (length < LONG && !by_night) {
            return None;
        }
        let (bed, up) = (local(from)?, local(to)?);
        let night = Night::of_local(bed);
        let slept = Slept {
            night,
            bed: after_noon(night, bed),
            up: after_noon(night, up),
            asleep: asleep(pieces.iter().filter(|p| p.source == best.source)),
        };
        Some((length, slept))
    }
}

/// Minutes after noon of a night, by the clock on the wall.
fn after_noon(night: Night, local: NaiveDateTime) -> f64 {
    let noon = night.date().and_time(NaiveTime::MIN) + Duration::hours(12);
    ((local - noon).num_seconds() as f64 / 60.0).round()
}

/// Minutes asleep by pieces of one source in the order they began; what overlaps counts once.
fn asleep<'p>(pieces: impl Iterator<Item = &'p Piece>) -> Option<f64> {
    let mut minutes: Option<f64> = None;
    let (mut asleep_to, mut whole_to) = (0, 0);
    for piece in pieces {
        let more = match piece.stage {
            Stage::Asleep | Stage::Staged => {
                let counted = piece.to.saturating_sub(piece.from.max(asleep_to));
                asleep_to = asleep_to.max(piece.to);
                f64::from(counted) / 60.0
            }
            Stage::Whole(Some(within)) if piece.from >= whole_to => {
                whole_to = piece.to;
                f64::from(within).clamp(0.0, f64::from(piece.to - piece.from) / 60.0)
            }
            _ => continue,
        };
        minutes = Some(minutes.unwrap_or(0.0) + more);
    }
    minutes.map(f64::round)
}
