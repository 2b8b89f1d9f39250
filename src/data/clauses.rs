//! The single tests of the language of conditions: symptoms, episodes, the person, doses, and how the nights went.

use std::str::FromStr;

use crate::data::rule::{
    Burden, Condition, EpisodeTest, FactorTest, PersonTest, SideWanted, Substance, SubstanceTest,
    SymptomTest, Trait,
};
use crate::data::vocabulary::SymptomName;

pub(crate) fn symptom(
    name: SymptomName,
    last: u16,
    options: &[Vec<&str>],
) -> Result<Condition, String> {
    let mut test = SymptomTest {
        name,
        days: last,
        nights: 1,
        lasting: 0,
        severity_from: 0,
        bigger_by_cm: 0,
        sudden: false,
        worse: false,
        side: SideWanted::Any,
        relieved: Vec::new(),
        brought: Vec::new(),
        lasts_min_s: 0,
        lasts_max_s: 0,
        began_within: 0,
        began_open: false,
        also_over: false,
    };
    for option in options {
        match option.as_slice() {
            ["one", "side"] => test.side = SideWanted::One,
            ["both", "sides"] => test.side = SideWanted::Both,
            ["new", "within", days] => {
                test.began_within = span(days)?;
                test.began_open = true;
            }
            ["began", "within", days] => test.began_within = span(days)?,
            ["for", days] => test.lasting = span(days)?,
            ["on", count, "days"] => test.nights = number(count)?,
            ["brought", "on", "by", list @ ..] => test.brought = members(list)?,
            ["relieved", "by", list @ ..] => test.relieved = members(list)?,
            ["each", "at", "least", time] => test.lasts_min_s = seconds(time)?,
            ["each", "at", "most", time] => test.lasts_max_s = seconds(time)?,
            ["severity", "at", "least", score] => test.severity_from = number(score)?,
            ["bigger", "by", length] => test.bigger_by_cm = centimetres(length)?,
            ["getting", "worse"] => test.worse = true,
            ["sudden"] => test.sudden = true,
            ["also", "when", "over"] => test.also_over = true,
            other => test.days = window(other)?,
        }
    }
    Ok(Condition::Symptom(test))
}

pub(crate) fn episodes(
    kinds: &[&str],
    last: u16,
    options: &[Vec<&str>],
) -> Result<Condition, String> {
    let mut test = EpisodeTest {
        kinds: members(kinds)?,
        period: None,
        days: last,
        nights: 1,
        weeks: 1,
        trait_: Trait::Any,
    };
    for option in options {
        match option.as_slice() {
            ["by", period] => test.period = Some(period.parse().map_err(text)?),
            ["on", count, "nights"] => test.nights = number(count)?,
            ["in", count, "weeks"] => test.weeks = number(count)?,
            ["longer", "than", time] => test.trait_ = Trait::LongerThan(seconds(time)?),
            ["awareness", "lost"] => test.trait_ = Trait::AwarenessLost,
            ["urge", "relieved", "by", "moving"] => test.trait_ = Trait::UrgeRelievedByMoving,
            ["repeated", count, "times"] => {
                test.trait_ = Trait::RepeatedAtLeast(u32::from(number(count)?))
            }
            other => test.days = window(other)?,
        }
    }
    Ok(Condition::Episodes(test))
}

pub(crate) fn taken(
    substance: &str,
    last: u16,
    options: &[Vec<&str>],
) -> Result<Condition, String> {
    let mut test = SubstanceTest {
        substance: substance.parse().map_err(text)?,
        days: last,
        over: None,
    };
    for option in options {
        match option.as_slice() {
            ["over", amount] => {
                let unit = test.substance.unit();
                let number = amount.strip_suffix(unit).and_then(|n| n.parse().ok());
                test.over = Some(number.ok_or_else(|| format!("'{amount}' is not in {unit}"))?);
            }
            other => test.days = window(other)?,
        }
    }
    Ok(Condition::Substance(test))
}

pub(crate) fn factor(name: &str, last: u16, options: &[Vec<&str>]) -> Result<Condition, String> {
    let mut test = FactorTest {
        factor: kept(name),
        at_least: 1.0,
        days: last,
        nights: 1,
    };
    for option in options {
        match option.as_slice() {
            ["at", "least", value] => {
                test.at_least = value
                    .parse()
                    .map_err(|_| format!("'{value}' is not a number"))?
            }
            ["on", count, "night" | "nights"] => test.nights = number(count)?,
            other => test.days = window(other)?,
        }
    }
    Ok(Condition::Factor(test))
}

pub(crate) fn person(words: &[&str]) -> Result<Option<PersonTest>, String> {
    Ok(Some(match words {
        ["has", list @ ..] => PersonTest::Conditions(listed(list)?.into_iter().map(kept).collect()),
        ["me", key, "=", value] => PersonTest::Is(kept(key), kept(value)),
        ["pregnant"] => PersonTest::Pregnant,
        ["younger", "than", years] => PersonTest::Younger(i32::from(number(years)?)),
        ["aged", "at", "least", years] => PersonTest::Older(i32::from(number(years)?)),
        ["me", key, "within", days] => PersonTest::Within(kept(key), span(days)?),
        ["blood", "pressure", "at", "least", upper, "/", lower] => {
            PersonTest::PressureFrom(u16::from(number(upper)?), u16::from(number(lower)?))
        }
        _ => return Ok(None),
    }))
}

pub(crate) fn burden(words: &[&str]) -> Result<Burden, String> {
    Ok(match words {
        ["cramps", "on", nights, "night" | "nights", "in", days] => Burden::Cramps {
            days: span(days)?,
            nights: number(nights)?,
        },
        [
            "cramps",
            "on",
            nights,
            "night" | "nights",
            "a",
            "week",
            "in",
            weeks,
            "of",
            "4",
            "weeks",
        ] => Burden::CrampNights {
            weeks: number(weeks)?,
            per_week: number(nights)?,
        },
        ["cramps", "keep", "to", "one", "side"] => Burden::OneSided,
        [
            "cramps",
            "after",
            "losses",
            "on",
            nights,
            "night" | "nights",
        ] => Burden::AfterLosses {
            nights: number(nights)?,
        },
        ["mean", "pain", "at", "least", score] => Burden::MeanSeverity {
            at_least: number(score)?,
        },
        ["sleep", "disturbed", "on", nights, "night" | "nights"] => Burden::SleepDisturbed {
            nights: number(nights)?,
        },
        ["no", "trigger"] => Burden::NoTrigger,
        ["tried", what, "for", days, "without", "relief"] => Burden::TriedWithoutRelief {
            substance: match *what {
                "anything" => None,
                name => Some(Substance::from_str(name).map_err(text)?),
            },
            days: span(days)?,
        },
        [] => return Err("a condition is missing".into()),
        other => {
            return Err(format!(
                "'{}' is not a symptom, the name of a condition or a test",
                other.join(" ")
            ));
        }
    })
}

/// `last 14d`.
pub(crate) fn window(option: &[&str]) -> Result<u16, String> {
    match option {
        ["last", days] => span(days),
        other => Err(format!("'{}' does not belong here", other.join(" "))),
    }
}

/// `14d` in days.
pub(crate) fn span(text: &str) -> Result<u16, String> {
    let days = text.strip_suffix('d').and_then(|n| n.parse().ok());
    days.filter(|days| (1..=400).contains(days))
        .ok_or_else(|| format!("'{text}' is not a number of days such as 14d, at most 400d"))
}

/// `90s`, `5min` or `1d` in seconds.
fn seconds(text: &str) -> Result<u32, String> {
    [("min", 60), ("s", 1), ("d", 86_400)]
        .into_iter()
        .find_map(|(unit, size)| Some(text.strip_suffix(unit)?.parse::<u32>().ok()? * size))
        .ok_or_else(|| format!("'{text}' is not a time such as 5min"))
}

/// `3cm`.
fn centimetres(text: &str) -> Result<u8, String> {
    number(text.strip_suffix("cm").unwrap_or_default())
}

pub(crate) fn number(text: &str) -> Result<u8, String> {
    text.parse()
        .ok()
        .filter(|n| *n > 0)
        .ok_or_else(|| format!("'{text}' is not a number from 1 to 255"))
}

/// `rest/sitting` as a list.
fn listed<'t>(tokens: &[&'t str]) -> Result<Vec<&'t str>, String> {
    let parts: Vec<&[&'t str]> = tokens.split(|token| *token == "/").collect();
    parts
        .into_iter()
        .map(|part| match part {
            [word] => Ok(*word),
            _ => Err(format!("'{}' is not a list of words", tokens.join(" "))),
        })
        .collect()
}

fn members<W: FromStr<Err: std::fmt::Display>>(tokens: &[&str]) -> Result<Vec<W>, String> {
    let words = listed(tokens)?;
    words.iter().map(|w| w.parse().map_err(text)).collect()
}

pub(crate) fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Text that outlives the build script, as the shapes of the tables want it.
pub(crate) fn kept(text: &str) -> &'static str {
    String::from(text).leak()
}
