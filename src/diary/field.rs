//! The fields of an episode and of a night: the keys people type, what each takes, and who says it matters.

use crate::diary::clock::Now;
use crate::diary::clock_face::{ClockError, read_clock};
use crate::diary::moment::Moment;
use crate::diary::night::Night;
use crate::diary::record::{Episode, NightRecord};
use crate::diary::typed::{LineError, Typed, closed};
use crate::diary::unit::{LONGEST_AFTER_S, LONGEST_EPISODE_S, yes_no};
use crate::diary::vocabulary::{Certainty, Kind, Outcome, Period, Posture, Relief, Side, Site};
use crate::diary::word::Word;

/// Which record a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    Episode,
    Night,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    Side,
    Site,
    Kind,
    Period,
    Posture,
    Certainty,
    Outcome,
    /// Relief actions, each with a plus sign in `cramp log`.
    Relief,
    YesNo,
    /// A whole number from 0 to 10, also written `7/10`.
    ZeroToTen,
    /// A duration of at most 12 hours.
    Duration,
    /// A duration of at most 14 days, kept in hours.
    LongDuration,
    Count,
    Time,
    Text,
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// The key people type (`soreness`); some are also written without it (`left`, `7/10`, `3min`, `+stretch`).
    pub(crate) field: &'static str,
    pub(crate) label: &'static str,
    pub(crate) takes: Takes,
    pub(crate) question: &'static str,
    /// Claims and literature keys behind it.
    pub(crate) sources: &'static [&'static str],
    pub(crate) set: Set,
}

/// What sets a field as typed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Set {
    When,
    Episode(fn(&mut Episode, Typed<'_>) -> Result<(), LineError>),
    Night(fn(&mut NightRecord, Typed<'_>, &Now) -> Result<(), LineError>),
}

impl Field {
    /// Which record it is of.
    pub(crate) fn on(&self) -> On {
        match self.set {
            Set::Night(_) => On::Night,
            Set::When | Set::Episode(_) => On::Episode,
        }
    }
}

/// Other keys a field may be typed with.
const OTHER_KEYS: &[(&str, &str)] = &[
    ("time", "at"),
    ("when", "at"),
    ("pain", "severity"),
    ("lasted", "duration"),
    ("eased", "relief-after"),
    ("movement-relieves", "moving-relieves"),
    ("bed-at", "bed"),
    ("up-at", "up"),
];

/// The field that a key names in a line about an episode (which may also speak of its night) or about a night.
pub(crate) fn typed(episode: bool, key: &str) -> Option<&'static Field> {
    let other = OTHER_KEYS.iter().find(|(other, _)| *other == key);
    let name = other.map_or(key, |(_, name)| *name);
    let of = |on: On| FIELDS.iter().find(|f| f.on() == on && f.field == name);
    match episode {
        true => of(On::Episode).or_else(|| of(On::Night)),
        false => of(On::Night).or_else(|| of(On::Episode).filter(|f| f.field == "at")),
    }
}

impl Takes {
    /// Every accepted word; empty where it is not a closed set.
    pub(crate) fn words(self) -> Vec<&'static str> {
        fn all<W: Word>() -> Vec<&'static str> {
            W::ALL.iter().map(|w| w.word()).collect()
        }
        match self {
            Takes::Side => all::<Side>(),
            Takes::Site => all::<Site>(),
            Takes::Kind => all::<Kind>(),
            Takes::Period => all::<Period>(),
            Takes::Posture => all::<Posture>(),
            Takes::Certainty => all::<Certainty>(),
            Takes::Outcome => all::<Outcome>(),
            Takes::Relief => all::<Relief>(),
            Takes::YesNo => vec!["yes", "no"],
            _ => Vec::new(),
        }
    }

    /// What may be typed, in a few words.
    pub(crate) fn accepted(self) -> String {
        match self {
            Takes::ZeroToTen => "0 to 10, or 7/10".to_string(),
            Takes::Duration => "90s 3min 2m30s 1h, at most 12 h".to_string(),
            Takes::LongDuration => "30min 4h 2d, at most 14 days".to_string(),
            Takes::Count => "a whole number, 2 or 2x".to_string(),
            Takes::Time => "a time word, see cramp help dates".to_string(),
            Takes::Text => "free words in quotes".to_string(),
            closed => closed.words().join(" "),
        }
    }
}

/// Every field, episode first.
pub(crate) static FIELDS: &[Field] = &[
    Field {
        field: "at",
        label: "Time of onset",
        takes: Takes::Time,
        question: "When did it begin?",
        sources: &["S0:F0.9", "S4:O4.1", "HAL17"],
        set: Set::When,
    },
    Field {
        field: "side",
        label: "Side",
        takes: Takes::Side,
        question: "Which leg?",
        sources: &["S4:O4.4", "HAL17"],
        set: Set::Episode(|e, v| v.word(&mut e.side)),
    },
    Field {
        field: "site",
        label: "Muscle",
        takes: Takes::Site,
        question: "Which muscle?",
        sources: &["S4:O4.4", "HAL17"],
        set: Set::Episode(|e, v| v.word(&mut e.site)),
    },
    Field {
        field: "severity",
        label: "Pain",
        takes: Takes::ZeroToTen,
        question: "How bad was the pain (0 none, 10 the worst you can imagine)?",
        sources: &["S0:O0.1", "HAL17", "SEB19"],
        set: Set::Episode(|e, v| v.zero_to_ten(&mut e.severity)),
    },
    Field {
        field: "duration",
        label: "Duration",
        takes: Takes::Duration,
        question: "How long did it last?",
        sources: &["S0:O0.2", "S4:O4.2", "SEB19"],
        set: Set::Episode(|e, v| v.duration(&mut e.duration_s, LONGEST_EPISODE_S)),
    },
    Field {
        field: "relief",
        label: "What was done against it",
        takes: Takes::Relief,
        question: "What did you do against it?",
        sources: &[
            "S3:A3.1", "S3:A3.2", "S3:A3.3", "S3:A3.4", "S4:A4.1", "S4:A4.2",
        ],
        set: Set::Episode(set_relief),
    },
    Field {
        field: "relief-after",
        label: "Time until it eased",
        takes: Takes::Duration,
        question: "How long until it eased?",
        sources: &["S0:O0.2"],
        set: Set::Episode(|e, v| v.duration(&mut e.relief_s, LONGEST_EPISODE_S)),
    },
    Field {
        field: "kind",
        label: "What it was",
        takes: Takes::Kind,
        question: "Was it a cramp, a jerk, an urge to move, an ache or a tingle?",
        sources: &["S3:O3.1", "HAL17"],
        set: Set::Episode(|e, v| v.word_or(&mut e.kind, Kind::Unknown)),
    },
    Field {
        field: "period",
        label: "By night or by day",
        takes: Takes::Period,
        question: "Was it by night or by day?",
        sources: &["S4:R4.4", "S4:F4.4"],
        set: Set::Episode(|e, v| v.word_or(&mut e.period, Period::Night)),
    },
    Field {
        field: "repeats",
        label: "Times it came straight back",
        takes: Takes::Count,
        question: "How often did it come straight back?",
        sources: &["S4:O4.3"],
        set: Set::Episode(|e, v| v.count(&mut e.repeats, 1_000)),
    },
    Field {
        field: "woke",
        label: "Woken by it",
        takes: Takes::YesNo,
        question: "Did it wake you?",
        sources: &["S0:O0.1", "S0:F0.9"],
        set: Set::Episode(|e, v| v.yes_no(&mut e.woke)),
    },
    Field {
        field: "knot",
        label: "Hard knot in the muscle",
        takes: Takes::YesNo,
        question: "Was the muscle a hard knot?",
        sources: &["S4:O4.6", "OKE16"],
        set: Set::Episode(|e, v| v.yes_no(&mut e.knot)),
    },
    Field {
        field: "soreness",
        label: "Soreness afterwards",
        takes: Takes::LongDuration,
        question: "How long did the muscle stay sore?",
        sources: &["HAL17", "NHS"],
        set: Set::Episode(set_soreness),
    },
    Field {
        field: "posture",
        label: "Position when it began",
        takes: Takes::Posture,
        question: "How did you lie when it began?",
        sources: &[
            "S1:F1.2", "S1:F1.3", "S2:F2.3", "S2:F2.4", "S3:F3.10", "S3:F3.11",
        ],
        set: Set::Episode(|e, v| v.word(&mut e.posture)),
    },
    Field {
        field: "urge",
        label: "Urge to move the leg",
        takes: Takes::YesNo,
        question: "Did you feel an urge to move the leg?",
        sources: &["IRLS"],
        set: Set::Episode(|e, v| v.yes_no(&mut e.urge)),
    },
    Field {
        field: "moving-relieves",
        label: "Moving made it better",
        takes: Takes::YesNo,
        question: "Did moving make it better?",
        sources: &["IRLS"],
        set: Set::Episode(|e, v| v.yes_no(&mut e.movement_relieves)),
    },
    Field {
        field: "awareness-lost",
        label: "Awareness lost",
        takes: Takes::YesNo,
        question: "Were you unaware while it happened, as others tell it?",
        sources: &["S1:D1.3", "NG127-S"],
        set: Set::Episode(|e, v| v.yes_no(&mut e.awareness_lost)),
    },
    Field {
        field: "certainty",
        label: "How sure the time is",
        takes: Takes::Certainty,
        question: "How sure are you of the time?",
        sources: &[],
        set: Set::Episode(|e, v| v.word_or(&mut e.certainty, Certainty::Unknown)),
    },
    Field {
        field: "note",
        label: "Note",
        takes: Takes::Text,
        question: "Anything else?",
        sources: &[],
        set: Set::Episode(|e, v| v.text(&mut e.note)),
    },
    Field {
        field: "outcome",
        label: "Cramp or calm",
        takes: Takes::Outcome,
        question: "Was the night calm, or was there a cramp?",
        sources: &["SEB19"],
        set: Set::Night(|n, v, _| set_outcome(n, v)),
    },
    Field {
        field: "bed",
        label: "Went to bed",
        takes: Takes::Time,
        question: "When did you go to bed?",
        sources: &["S0:F0.9"],
        set: Set::Night(|n, v, now| set_time(n.night, &mut n.bed_at, v, now)),
    },
    Field {
        field: "up",
        label: "Got up",
        takes: Takes::Time,
        question: "When did you get up?",
        sources: &["S0:F0.9"],
        set: Set::Night(|n, v, now| set_time(n.night, &mut n.up_at, v, now)),
    },
    Field {
        field: "sleep-quality",
        label: "Sleep quality",
        takes: Takes::ZeroToTen,
        question: "How well did you sleep (0 not at all, 10 perfectly)?",
        sources: &["S0:G0.2"],
        set: Set::Night(|n, v, _| v.zero_to_ten(&mut n.sleep_quality)),
    },
    Field {
        field: "sleep-disturbance",
        label: "Sleep disturbed by cramps",
        takes: Takes::ZeroToTen,
        question: "How much did cramps disturb your sleep (0 not, 10 ruined it)?",
        sources: &["S4:O4.5", "SEB19"],
        set: Set::Night(|n, v, _| v.zero_to_ten(&mut n.sleep_disturbance)),
    },
    Field {
        field: "sleep-lost",
        label: "Sleep lost",
        takes: Takes::Duration,
        question: "How long did cramps keep you awake?",
        sources: &["S0:O0.3"],
        set: Set::Night(|n, v, _| set_sleep_lost(n, v)),
    },
    Field {
        field: "note",
        label: "Note",
        takes: Takes::Text,
        question: "Anything else about the night?",
        sources: &[],
        set: Set::Night(|n, v, _| v.text(&mut n.note)),
    },
];

fn set_relief(episode: &mut Episode, typed: Typed<'_>) -> Result<(), LineError> {
    let words = typed.known().unwrap_or_default().split([';', ',', '+']);
    let actions = words.filter(|w| !w.is_empty()).map(closed);
    episode.relief = actions.collect::<Result<_, _>>()?;
    Ok(())
}

/// Soreness is kept in hours; `0` and `no` are none at all.
fn set_soreness(episode: &mut Episode, typed: Typed<'_>) -> Result<(), LineError> {
    let mut seconds = Some(0);
    if typed.value != "0" && yes_no(typed.value) != Some(false) {
        typed.duration(&mut seconds, LONGEST_AFTER_S)?;
    }
    episode.soreness_h = seconds.map(|s| f64::from(s) / 3600.0);
    Ok(())
}

/// Sleep lost is kept in whole minutes, any begun minute counted.
fn set_sleep_lost(night: &mut NightRecord, typed: Typed<'_>) -> Result<(), LineError> {
    let mut seconds = None;
    typed.duration(&mut seconds, LONGEST_EPISODE_S)?;
    night.sleep_lost_min = seconds.map(|s| s.div_ceil(60));
    Ok(())
}

fn set_outcome(night: &mut NightRecord, typed: Typed<'_>) -> Result<(), LineError> {
    let outcome = typed.known().map(str::parse::<Outcome>).transpose();
    night.outcome = outcome.map_err(|e| LineError::new(e.to_string(), "write calm or cramp"))?;
    Ok(())
}

/// Reads a clock time of this night, or an instant.
fn set_time(
    night: Night,
    field: &mut Option<Moment>,
    typed: Typed<'_>,
    now: &Now,
) -> Result<(), LineError> {
    *field = None;
    let Some(value) = typed.known() else {
        return Ok(());
    };
    *field = match Moment::parse(value, None) {
        Some(moment) => Some(moment),
        None => {
            let face = read_clock(&value.to_lowercase())?
                .ok_or_else(|| ClockError::NoSuchTime(value.to_string()))?;
            Some(now.zone.resolve(night.at(face), now.utc).0)
        }
    };
    Ok(())
}
