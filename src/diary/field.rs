//! The fields of an episode and of a night: the keys people type, what each takes, and who says it matters.

use crate::diary::catalogue::nearest_of;
use crate::diary::vocabulary::{Certainty, Kind, Outcome, Period, Posture, Relief, Side, Site};
use crate::diary::word::Word;

/// Which record a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    /// One cramp (`cramp log`).
    Episode,
    /// The whole night (`cramp night`).
    Night,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// `left right both`.
    Side,
    /// A muscle group.
    Site,
    /// What it was.
    Kind,
    /// Night or day.
    Period,
    /// A position.
    Posture,
    /// How sure the time is.
    Certainty,
    /// Cramp or calm.
    Outcome,
    /// Relief actions, each with a plus sign in `cramp log`.
    Relief,
    /// Yes or no.
    YesNo,
    /// A whole number from 0 to 10, also written `7/10`.
    ZeroToTen,
    /// A duration of at most 12 hours.
    Duration,
    /// A duration of at most 14 days, kept in hours.
    LongDuration,
    /// A whole number.
    Count,
    /// A time word.
    Time,
    /// Free words.
    Text,
}

/// One field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Field {
    /// The key people type (`soreness`); some are also written without it (`left`, `7/10`, `3min`, `+stretch`).
    pub(crate) field: &'static str,
    /// Which record it is of.
    pub(crate) on: On,
    /// The name in sentences.
    pub(crate) label: &'static str,
    /// What it takes.
    pub(crate) takes: Takes,
    /// The question that asks for it.
    pub(crate) question: &'static str,
    /// Claims and literature keys behind it.
    pub(crate) sources: &'static [&'static str],
    /// Other keys people may try; used for suggestions only.
    pub(crate) also: &'static [&'static str],
}

/// The field of this name.
pub(crate) fn find(on: On, name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|f| f.on == on && f.field == name)
}

/// The field a misspelt or everyday key most likely means.
pub(crate) fn nearest(on: On, name: &str) -> Option<&'static str> {
    let of = || FIELDS.iter().filter(move |f| f.on == on);
    match of().find(|f| f.also.contains(&name)) {
        Some(field) => Some(field.field),
        None => nearest_of(name, of().map(|f| f.field)),
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

/// What a relief action means, with its claims.
pub(crate) fn relief(action: Relief) -> (&'static str, &'static [&'static str]) {
    match action {
        Relief::Stretch => (
            "straighten the leg and stretch the cramped muscle",
            &["S3:A3.3", "S4:A4.1"],
        ),
        Relief::Massage => ("rub or knead the muscle", &["S3:A3.4", "S4:A4.2"]),
        Relief::Walk => ("get up and walk", &["GENERAL"]),
        Relief::Heat => ("warm the muscle", &["S4:A4.2"]),
        Relief::Press => ("press on the cramped part", &["S4:A4.1"]),
        Relief::Dorsiflex => ("lift toes and foot towards the shin", &["S3:A3.1"]),
        Relief::PullToe => (
            "take the big toe in the hand and pull the sole towards you",
            &["S3:A3.2"],
        ),
        Relief::None => ("nothing was done", &[]),
    }
}

/// Every field, episode first.
pub(crate) static FIELDS: &[Field] = &[
    Field {
        field: "at",
        on: On::Episode,
        label: "Time of onset",
        takes: Takes::Time,
        question: "When did it begin?",
        sources: &["S0:F0.9", "S4:O4.1", "HAL17"],
        also: &["time", "onset", "when"],
    },
    Field {
        field: "side",
        on: On::Episode,
        label: "Side",
        takes: Takes::Side,
        question: "Which leg?",
        sources: &["S4:O4.4", "HAL17"],
        also: &["leg"],
    },
    Field {
        field: "site",
        on: On::Episode,
        label: "Muscle",
        takes: Takes::Site,
        question: "Which muscle?",
        sources: &["S4:O4.4", "HAL17"],
        also: &["muscle", "where"],
    },
    Field {
        field: "severity",
        on: On::Episode,
        label: "Pain",
        takes: Takes::ZeroToTen,
        question: "How bad was the pain (0 none, 10 the worst you can imagine)?",
        sources: &["S0:O0.1", "HAL17", "SEB19"],
        also: &["pain"],
    },
    Field {
        field: "duration",
        on: On::Episode,
        label: "Duration",
        takes: Takes::Duration,
        question: "How long did it last?",
        sources: &["S0:O0.2", "S4:O4.2", "SEB19"],
        also: &["lasted", "lasts"],
    },
    Field {
        field: "relief",
        on: On::Episode,
        label: "What was done against it",
        takes: Takes::Relief,
        question: "What did you do against it?",
        sources: &[
            "S3:A3.1", "S3:A3.2", "S3:A3.3", "S3:A3.4", "S4:A4.1", "S4:A4.2",
        ],
        also: &["remedy", "helped"],
    },
    Field {
        field: "relief-after",
        on: On::Episode,
        label: "Time until it eased",
        takes: Takes::Duration,
        question: "How long until it eased?",
        sources: &["S0:O0.2"],
        also: &["eased", "relief-time"],
    },
    Field {
        field: "kind",
        on: On::Episode,
        label: "What it was",
        takes: Takes::Kind,
        question: "Was it a cramp, a jerk, an urge to move, an ache or a tingle?",
        sources: &["S3:O3.1", "HAL17"],
        also: &["type"],
    },
    Field {
        field: "period",
        on: On::Episode,
        label: "By night or by day",
        takes: Takes::Period,
        question: "Was it by night or by day?",
        sources: &["S4:R4.4", "S4:F4.4"],
        also: &[],
    },
    Field {
        field: "repeats",
        on: On::Episode,
        label: "Times it came straight back",
        takes: Takes::Count,
        question: "How often did it come straight back?",
        sources: &["S4:O4.3"],
        also: &["repeat", "again"],
    },
    Field {
        field: "woke",
        on: On::Episode,
        label: "Woken by it",
        takes: Takes::YesNo,
        question: "Did it wake you?",
        sources: &["S0:O0.1", "S0:F0.9"],
        also: &["asleep", "awake", "woken"],
    },
    Field {
        field: "knot",
        on: On::Episode,
        label: "Hard knot in the muscle",
        takes: Takes::YesNo,
        question: "Was the muscle a hard knot?",
        sources: &["S4:O4.6", "OKE16"],
        also: &["hard", "hard-knot"],
    },
    Field {
        field: "soreness",
        on: On::Episode,
        label: "Soreness afterwards",
        takes: Takes::LongDuration,
        question: "How long did the muscle stay sore?",
        sources: &["HAL17", "NHS"],
        also: &["sore"],
    },
    Field {
        field: "posture",
        on: On::Episode,
        label: "Position when it began",
        takes: Takes::Posture,
        question: "How did you lie when it began?",
        sources: &[
            "S1:F1.2", "S1:F1.3", "S2:F2.3", "S2:F2.4", "S3:F3.10", "S3:F3.11",
        ],
        also: &["position"],
    },
    Field {
        field: "urge",
        on: On::Episode,
        label: "Urge to move the leg",
        takes: Takes::YesNo,
        question: "Did you feel an urge to move the leg?",
        sources: &["IRLS"],
        also: &["urge-to-move"],
    },
    Field {
        field: "moving-relieves",
        on: On::Episode,
        label: "Moving made it better",
        takes: Takes::YesNo,
        question: "Did moving make it better?",
        sources: &["IRLS"],
        also: &["moving-helps", "moving", "movement-relieves"],
    },
    Field {
        field: "awareness-lost",
        on: On::Episode,
        label: "Awareness lost",
        takes: Takes::YesNo,
        question: "Were you unaware while it happened, as others tell it?",
        sources: &["S1:D1.3", "NG127-S"],
        also: &["unaware", "awareness"],
    },
    Field {
        field: "certainty",
        on: On::Episode,
        label: "How sure the time is",
        takes: Takes::Certainty,
        question: "How sure are you of the time?",
        sources: &[],
        also: &["sure"],
    },
    Field {
        field: "note",
        on: On::Episode,
        label: "Note",
        takes: Takes::Text,
        question: "Anything else?",
        sources: &[],
        also: &["text", "comment"],
    },
    Field {
        field: "outcome",
        on: On::Night,
        label: "Cramp or calm",
        takes: Takes::Outcome,
        question: "Was the night calm, or was there a cramp?",
        sources: &["SEB19"],
        also: &["result"],
    },
    Field {
        field: "bed",
        on: On::Night,
        label: "Went to bed",
        takes: Takes::Time,
        question: "When did you go to bed?",
        sources: &["S0:F0.9"],
        also: &["bedtime", "bed-at"],
    },
    Field {
        field: "up",
        on: On::Night,
        label: "Got up",
        takes: Takes::Time,
        question: "When did you get up?",
        sources: &["S0:F0.9"],
        also: &["up-at", "got-up"],
    },
    Field {
        field: "sleep-quality",
        on: On::Night,
        label: "Sleep quality",
        takes: Takes::ZeroToTen,
        question: "How well did you sleep (0 not at all, 10 perfectly)?",
        sources: &["S0:G0.2"],
        also: &["sleep", "quality"],
    },
    Field {
        field: "sleep-disturbance",
        on: On::Night,
        label: "Sleep disturbed by cramps",
        takes: Takes::ZeroToTen,
        question: "How much did cramps disturb your sleep (0 not, 10 ruined it)?",
        sources: &["S4:O4.5", "SEB19"],
        also: &["disturbance", "disturbed"],
    },
    Field {
        field: "sleep-lost",
        on: On::Night,
        label: "Sleep lost",
        takes: Takes::Duration,
        question: "How long did cramps keep you awake?",
        sources: &["S0:O0.3"],
        also: &["awake", "lost"],
    },
    Field {
        field: "note",
        on: On::Night,
        label: "Note",
        takes: Takes::Text,
        question: "Anything else about the night?",
        sources: &[],
        also: &["text", "comment"],
    },
];
