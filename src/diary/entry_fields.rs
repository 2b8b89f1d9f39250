//! The fields of an episode, with a key (`side=left`) or bare (`left`).

use chrono::Timelike;

use crate::diary::clock::When;
use crate::diary::entry::{Line, LineError, UNITS_HINT};
use crate::diary::factor::nearest_of;
use crate::diary::text::shown;
use crate::diary::unit::{self, LONGEST_AFTER_S, LONGEST_EPISODE_S};
use crate::diary::vocabulary::{Certainty, Kind, Period, Relief, Side, Site};
use crate::diary::word::Word;

pub(crate) fn set<T>(
    clear: bool,
    read: impl FnOnce() -> Result<T, unit::QuantityError>,
    name: &str,
) -> Result<Option<T>, LineError> {
    if clear {
        return Ok(None);
    }
    read()
        .map(Some)
        .map_err(|e| LineError::new(format!("{name}: {e}"), UNITS_HINT))
}

pub(crate) fn closed<W: Word + std::str::FromStr<Err = crate::diary::NotAWord>>(
    clear: bool,
    value: &str,
) -> Result<Option<W>, LineError> {
    if clear {
        return Ok(None);
    }
    let lower = value.to_lowercase();
    lower.parse::<W>().map(Some).map_err(|e| {
        let hint = match nearest_of(&lower, W::ALL.iter().map(|w| w.word())) {
            Some(n) => format!("did you mean '{n}'?"),
            None => format!("write one of: {}", e.accepted.join(" ")),
        };
        LineError::new(e.to_string(), hint)
    })
}

fn yes_no(clear: bool, key: &str, value: &str) -> Result<Option<bool>, LineError> {
    if clear {
        return Ok(None);
    }
    unit::yes_no(value).map(Some).ok_or_else(|| {
        LineError::new(
            format!("'{key}={value}' is neither yes nor no"),
            format!("write {key}=yes, {key}=no or {key}=?"),
        )
    })
}

/// Names of the episode's own fields on the command line.
pub(crate) const EPISODE_KEYS: &[&str] = &[
    "side",
    "site",
    "severity",
    "duration",
    "kind",
    "period",
    "repeats",
    "woke",
    "knot",
    "relief",
    "relief-after",
    "soreness",
    "urge",
    "moving-relieves",
    "posture",
    "awareness-lost",
    "certainty",
    "note",
    "at",
];

/// Names of the night's own fields on the command line.
pub(crate) const NIGHT_KEYS: &[&str] = &[
    "bed",
    "up",
    "sleep-quality",
    "sleep-disturbance",
    "sleep-lost",
    "note",
    "outcome",
];

pub(crate) fn episode_key(
    line: &mut Line,
    name: &str,
    value: &str,
    clear: bool,
) -> Result<bool, LineError> {
    let e = &mut line.episode;
    let said = match name {
        "side" => {
            e.side = closed(clear, value)?;
            "side"
        }
        "site" => {
            e.site = closed(clear, value)?;
            "site"
        }
        "severity" | "pain" => {
            e.severity = set(clear, || unit::zero_to_ten(value), name)?;
            "severity"
        }
        "duration" | "lasted" => {
            e.duration_s = set(clear, || unit::duration_s(value, LONGEST_EPISODE_S), name)?;
            "duration_s"
        }
        "kind" => {
            e.kind = closed(clear, value)?.unwrap_or(Kind::Unknown);
            "kind"
        }
        "period" => {
            e.period = closed(clear, value)?.unwrap_or(Period::Night);
            "period"
        }
        "repeats" => {
            e.repeats = set(clear, || unit::count(value, 1_000), name)?;
            "repeats"
        }
        "woke" => {
            e.woke = yes_no(clear, name, value)?;
            "woke"
        }
        "knot" => {
            e.knot = yes_no(clear, name, value)?;
            "knot"
        }
        "relief" => {
            e.relief.clear();
            if !clear {
                for word in value.split([';', ',', '+']).filter(|w| !w.is_empty()) {
                    e.relief.extend(closed::<Relief>(false, word)?);
                }
            }
            "relief"
        }
        "relief-after" | "eased" => {
            e.relief_s = set(clear, || unit::duration_s(value, LONGEST_EPISODE_S), name)?;
            "relief_s"
        }
        "soreness" => {
            e.soreness_h = if value == "0" || unit::yes_no(value) == Some(false) {
                Some(0.0)
            } else {
                set(clear, || unit::duration_s(value, LONGEST_AFTER_S), name)?
                    .map(|s| f64::from(s) / 3600.0)
            };
            "soreness_h"
        }
        "urge" => {
            e.urge = yes_no(clear, name, value)?;
            "urge"
        }
        "moving-relieves" | "movement-relieves" => {
            e.movement_relieves = yes_no(clear, name, value)?;
            "movement_relieves"
        }
        "posture" => {
            e.posture = closed(clear, value)?;
            "posture"
        }
        "awareness-lost" => {
            e.awareness_lost = yes_no(clear, name, value)?;
            "awareness_lost"
        }
        "certainty" => {
            e.certainty = closed(clear, value)?.unwrap_or(Certainty::Unknown);
            "certainty"
        }
        "note" => {
            e.note = (!clear).then(|| value.to_string());
            "note"
        }
        _ => return Ok(false),
    };
    line.episode_said.push(said);
    Ok(true)
}

/// A word of an episode without a key: side, site, pain, duration, relief.
pub(crate) fn bare(line: &mut Line, word: &str) -> Result<bool, LineError> {
    let lower = word.to_lowercase();
    let twice = |what: &str, first: String| {
        LineError::new(
            format!("two {what}: '{first}' and '{word}'"),
            "give one, or log a second cramp",
        )
    };
    if let Some(name) = lower.strip_prefix('+') {
        let name = match name {
            "stretching" => "stretch",
            "massaging" => "massage",
            "walking" => "walk",
            "warmth" => "heat",
            "pull_toe" | "pulltoe" => "pull-toe",
            other => other,
        };
        match Relief::from_word(name) {
            Some(relief) if !line.episode.relief.contains(&relief) => {
                if !line.episode_said.contains(&"relief") {
                    line.episode.relief.clear();
                }
                line.episode.relief.push(relief);
                line.episode_said.push("relief");
            }
            Some(_) => {}
            None => {
                let near = nearest_of(name, Relief::ALL.iter().map(|r| r.word()));
                line.warnings.push(match near {
                    Some(n) => format!(
                        "'{}' was not understood and is kept as text; did you mean '+{n}'?",
                        shown(word)
                    ),
                    None => format!("'{}' was not understood and is kept as text", shown(word)),
                });
            }
        }
        return Ok(true);
    }
    let side = match lower.as_str() {
        "l" | "left" => Some(Side::Left),
        "r" | "right" => Some(Side::Right),
        "b" | "both" => Some(Side::Both),
        _ => None,
    };
    if let Some(side) = side {
        let said = line.episode_said.contains(&"side");
        line.episode.side = Some(match line.episode.side.filter(|s| said && *s != side) {
            Some(_) => Side::Both,
            None => side,
        });
        line.episode_said.push("side");
        return Ok(true);
    }
    let site = match lower.as_str() {
        "calves" => Some(Site::Calf),
        "feet" => Some(Site::Foot),
        "toe" => Some(Site::Toes),
        "shins" => Some(Site::Shin),
        "thighs" => Some(Site::Thigh),
        "hamstrings" => Some(Site::Hamstring),
        "other" => None,
        _ => Site::from_word(&lower),
    };
    if let Some(site) = site {
        if let Some(first) = line
            .episode
            .site
            .filter(|s| *s != site && line.episode_said.contains(&"site"))
        {
            return Err(twice("places", first.to_string()));
        }
        line.episode.site = Some(site);
        line.episode_said.push("site");
        return Ok(true);
    }
    if lower == "other" {
        line.episode.site = Some(Site::Other);
        line.episode_said.push("site");
        return Ok(true);
    }
    let plain_number = lower.bytes().all(|b| b.is_ascii_digit()) || lower.ends_with("/10");
    if plain_number {
        let pain = unit::zero_to_ten(&lower)
            .map_err(|e| LineError::new(e.to_string(), "pain is a whole number from 0 to 10"))?;
        if let Some(first) = line
            .episode
            .severity
            .filter(|s| *s != pain && line.episode_said.contains(&"severity"))
        {
            return Err(twice("pain values", first.to_string()));
        }
        line.episode.severity = Some(pain);
        line.episode_said.push("severity");
        return Ok(true);
    }
    if lower.starts_with(|c: char| c.is_ascii_digit()) && !lower.contains([':', '-', '/']) {
        match unit::duration_s(&lower, LONGEST_EPISODE_S) {
            Ok(seconds) => {
                if let Some(first) = line
                    .episode
                    .duration_s
                    .filter(|s| *s != seconds && line.episode_said.contains(&"duration_s"))
                {
                    return Err(twice("durations", unit::span(first)));
                }
                line.episode.duration_s = Some(seconds);
                line.episode_said.push("duration_s");
                return Ok(true);
            }
            Err(e) if e.is_another_word() => {}
            Err(unit::QuantityError::WrongUnit { .. } | unit::QuantityError::NeedsUnit { .. }) => {}
            Err(e) => return Err(LineError::new(e.to_string(), UNITS_HINT)),
        }
    }
    Ok(false)
}

impl Line {
    /// What a new episode has besides the fields its line names: the time, the text, the line as typed.
    pub(crate) fn complete(&mut self, words: &[String], when: When) {
        let line = self;
        let episode = &mut line.episode;
        if !line.episode_said.contains(&"certainty") {
            episode.certainty = when.certainty;
        }
        if let Some(at) = &when.at
            && !line.episode_said.contains(&"period")
            && (10..18).contains(&at.local().hour())
        {
            line.warnings.push(format!(
            "counted as a night cramp; if you were up and about, say so: cramp edit {} period=day",
            episode.id
        ));
        }
        episode.began_at = when.at;
        if let Some(text) = line.text.take() {
            episode.note = Some(match episode.note.take() {
                Some(note) => format!("{note}; {text}"),
                None => text,
            });
        }
        episode.raw = Some(words.join(" ")).filter(|raw| !raw.is_empty());
        if episode.period == Period::Day && episode.kind == Kind::Cramp {
            line.warnings.push(
                "kept as a daytime cramp; the night itself still waits for its answer".to_string(),
            );
        }
    }
}
