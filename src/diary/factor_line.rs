//! A factor of one's own as typed: `steps type=number unit=steps min=0 max=60000`.

use std::sync::Arc;

use crate::diary::course_line::closed;
use crate::diary::entry::LineError;
use crate::diary::factor::nearest_of;
use crate::diary::record::CustomFactor;
use crate::diary::vocabulary::{FactorKind, Timing};

/// Reads the name and keys of a factor; yes/no about the evening unless it says otherwise.
///
/// # Errors
/// A name that cannot stand before `=`, an unknown key, a range the wrong way round.
pub(crate) fn read_factor(name: &str, words: &[String]) -> Result<CustomFactor, LineError> {
    let name = name.trim().to_lowercase().replace('_', "-");
    let letters = name.chars().all(|c| c.is_alphanumeric() || c == '-');
    if name.is_empty()
        || !letters
        || name.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        || name.len() > 40
    {
        return Err(LineError::new(
            format!("'{name}' cannot be the name of a factor"),
            "use a letter first, then letters, digits and hyphens, at most 40",
        ));
    }
    let mut factor = CustomFactor {
        label: sentence_case(&name),
        factor: Arc::from(name.as_str()),
        kind: FactorKind::YesNo,
        unit: None,
        min: None,
        max: None,
        timing: Timing::Evening,
        group: None,
        choices: Vec::new(),
        retired: false,
    };
    for word in words {
        let Some((key, value)) = word.split_once('=') else {
            return Err(LineError::new(
                format!("'{word}' was not understood"),
                "describe the factor as key=value: type= label= unit= min= max= timing= group= choices=",
            ));
        };
        apply(&mut factor, key, value)?;
    }
    if factor.kind == FactorKind::Scale && factor.min.is_none() && factor.max.is_none() {
        (factor.min, factor.max) = (Some(0.0), Some(10.0));
    }
    if let (Some(min), Some(max)) = (factor.min, factor.max)
        && min >= max
    {
        return Err(LineError::new(
            format!("min={min} is not below max={max}"),
            "give the smaller as min",
        ));
    }
    Ok(factor)
}

pub(crate) fn apply(factor: &mut CustomFactor, key: &str, value: &str) -> Result<(), LineError> {
    if value.trim().is_empty() {
        return Err(LineError::new(
            format!("'{key}=' has no value"),
            format!("write {key}=VALUE"),
        ));
    }
    let number = || {
        value
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite())
            .ok_or_else(|| {
                LineError::new(
                    format!("'{key}={value}' is not a number"),
                    "write for example min=0 max=100",
                )
            })
    };
    match key {
        "type" | "kind" => factor.kind = closed(value)?,
        "label" => factor.label = value.to_string(),
        "unit" => factor.unit = Some(value.to_string()),
        "min" => factor.min = Some(number()?),
        "max" => factor.max = Some(number()?),
        "timing" => factor.timing = closed(value)?,
        "group" => factor.group = Some(value.to_string()),
        "choices" => {
            factor.kind = FactorKind::Choice;
            factor.choices = value
                .split([',', ';'])
                .map(|w| w.trim().to_lowercase())
                .filter(|w| !w.is_empty())
                .collect();
        }
        _ => {
            let keys = [
                "type", "label", "unit", "min", "max", "timing", "group", "choices",
            ];
            let near = nearest_of(key, keys);
            return Err(LineError::new(
                format!("a factor has no '{key}'"),
                near.map_or(format!("keys: {}", keys.join(" ")), |n| {
                    format!("did you mean '{n}'?")
                }),
            ));
        }
    }
    Ok(())
}

fn sentence_case(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut chars = words.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().collect::<String>() + chars.as_str())
        .unwrap_or_default()
}
