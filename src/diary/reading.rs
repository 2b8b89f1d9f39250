//! How a value of a factor is read as typed, checked and shown.

use std::sync::Arc;

use crate::diary::factor::FactorDef;
use crate::diary::record::{SOME, Value};
use crate::diary::substance::Nutrient;
use crate::diary::typed::nearest_of;
use crate::diary::unit::{self, Quantity, QuantityError};
use crate::diary::vocabulary::{Done, FactorKind};
use crate::diary::word::Word;

/// A value as it is to be stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) value: Value,
    /// The unit it is in; `None` for yes-no, scale and choice.
    pub(crate) unit: Option<Arc<str>>,
    /// What was typed, where it was converted.
    pub(crate) typed: Option<Arc<str>>,
}

/// Why a value was not accepted: the factor, what was typed, and what would be accepted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum ValueError {
    #[error("{0}={1}: '{1}' is neither yes nor no; accepted: yes y no n 1 0")]
    NotYesNo(String, String),
    /// Not a word of the choice; last comes the most similar one, as a question.
    #[error("{0}={1}: '{1}' is not one of: {2}{3}")]
    NotAChoice(String, String, String, String),
    /// A number or unit that does not fit.
    #[error("{0}: {1}")]
    Quantity(String, QuantityError),
    /// A number outside the sensible range: the value and the range with their unit, and what may have been meant.
    #[error("{0}={1}: {2} is outside the accepted {3}{4}")]
    OutOfRange(String, String, String, String, &'static str),
}

impl Reading {
    /// Whether it is an amount without a figure.
    pub(crate) fn is_some(&self) -> bool {
        self.value == Value::Word(Arc::from(SOME))
    }

    /// What it says was done, where it answers yes, no or `partly`.
    pub(crate) fn done(&self) -> Option<Done> {
        match &self.value {
            Value::Number(1.0) => Some(Done::Yes),
            Value::Number(0.0) => Some(Done::No),
            Value::Number(_) => None,
            Value::Word(word) => Done::from_word(word),
        }
    }

    /// Whether it is `partly`, which can be said of a night of an experiment and is no value of a factor.
    pub(crate) fn is_partly(&self) -> bool {
        self.value == Value::Word(Arc::from(Done::Partly.word()))
    }
}

impl FactorDef {
    /// Reads a value as the person typed it: `yes`, `7/10`, `64F`, `1.5l`, `supine`. For an amount, `no` and `none` are 0.
    ///
    /// # Errors
    /// A word of the wrong sort, a unit that does not fit, a number that reads two ways without its unit, or one
    /// outside the range. Nothing is clipped.
    pub(crate) fn read(&self, word: &str) -> Result<Reading, ValueError> {
        let word = word.trim();
        match self.kind {
            FactorKind::YesNo => {
                let answer = unit::yes_no(word).ok_or_else(|| {
                    ValueError::NotYesNo(self.factor.to_string(), word.to_string())
                })?;
                Ok(bare(Value::Number(if answer { 1.0 } else { 0.0 })))
            }
            FactorKind::Choice => self.read_choice(word),
            FactorKind::Scale | FactorKind::Number if word.eq_ignore_ascii_case(SOME) => {
                Ok(bare(Value::Word(Arc::from(SOME))))
            }
            FactorKind::Scale => {
                if self.min == Some(0.0) && is_nothing(word) {
                    return Ok(bare(Value::Number(0.0)));
                }
                let score = unit::score(word, self.max.unwrap_or(10.0))
                    .map_err(|error| self.quantity(error))?;
                self.within(score, word)?;
                Ok(bare(Value::Number(score)))
            }
            FactorKind::Number => self.read_number(word),
        }
    }

    /// As [`read`](FactorDef::read); of a factor that is yes or no also `partly`, which only an experiment has a place for.
    pub(crate) fn read_done(&self, word: &str) -> Result<Reading, ValueError> {
        let partly = Done::Partly.word();
        match self.kind {
            FactorKind::YesNo if word.trim().eq_ignore_ascii_case(partly) => {
                Ok(bare(Value::Word(Arc::from(partly))))
            }
            _ => self.read(word),
        }
    }

    /// Reads a value with its unit in a field of its own, as CSV has it; an empty unit means the factor's own, and a
    /// value that carries its unit in the same field is read as if typed.
    ///
    /// # Errors
    /// As [`read`](FactorDef::read), but a bare number is never ambiguous here.
    pub(crate) fn read_stored(
        &self,
        value: &str,
        unit: Option<&str>,
    ) -> Result<Reading, ValueError> {
        let value = value.trim();
        let unit = unit.map(str::trim).filter(|unit| !unit.is_empty());
        match (self.kind, value.parse::<f64>()) {
            (FactorKind::Number, Ok(number)) => {
                let typed = match unit {
                    Some(unit) => format!("{value}{unit}"),
                    None => value.to_string(),
                };
                let quantity = Quantity {
                    number,
                    unit: unit.map(unit::plain),
                    typed,
                };
                self.read_quantity(&quantity)
            }
            // Tables made by other programs write yes and no as 1.0 and 0.0.
            (FactorKind::YesNo, Ok(number)) if number == 0.0 || number == 1.0 => {
                Ok(bare(Value::Number(number)))
            }
            _ => self.read(value),
        }
    }

    /// Whether a stored value is one this factor can have.
    pub(crate) fn accepts(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (FactorKind::Choice, Value::Word(word)) => {
                self.choices.is_empty() || self.choices.iter().any(|c| *c == **word)
            }
            (FactorKind::YesNo, Value::Number(x)) => *x == 0.0 || *x == 1.0,
            (FactorKind::Scale | FactorKind::Number, Value::Word(word)) => **word == *SOME,
            (FactorKind::Scale | FactorKind::Number, Value::Number(x)) => {
                self.within(*x, "").is_ok()
            }
            _ => false,
        }
    }

    /// The value in words: `18 °C`, `yes`, `7/10`, `supine`.
    pub(crate) fn show(&self, value: &Value) -> String {
        match (self.kind, value) {
            (_, Value::Word(word)) => word.to_string(),
            (FactorKind::YesNo, Value::Number(x)) => {
                if *x == 0.0 { "no" } else { "yes" }.to_string()
            }
            (FactorKind::Scale, Value::Number(x)) => {
                format!(
                    "{}/{}",
                    unit::show(*x),
                    unit::show(self.max.unwrap_or(10.0))
                )
            }
            (_, Value::Number(x)) => self.with_unit(*x),
        }
    }

    /// What may be typed, in a few words: `yes no`, `0 to 10`, `-5 to 45 °C (C F)`.
    pub(crate) fn accepted(&self) -> String {
        match self.kind {
            FactorKind::YesNo => "yes no".to_string(),
            FactorKind::Choice if self.choices.is_empty() => "one word".to_string(),
            FactorKind::Choice => self.choices.join(" "),
            FactorKind::Scale | FactorKind::Number => {
                let unit = self
                    .unit
                    .as_deref()
                    .map(|u| format!(" {u}"))
                    .unwrap_or_default();
                match (self.min, self.max) {
                    (Some(min), Some(max)) => {
                        format!("{} to {}{unit}", unit::show(min), unit::show(max))
                    }
                    (Some(min), None) => format!("{}{unit} or more", unit::show(min)),
                    (None, Some(max)) => format!("{}{unit} or less", unit::show(max)),
                    (None, None) => format!("a number{unit}"),
                }
            }
        }
    }

    pub(crate) fn with_unit(&self, number: f64) -> String {
        match self.unit.as_deref() {
            Some(unit) => format!("{} {unit}", unit::show(number)),
            None => unit::show(number),
        }
    }

    fn read_choice(&self, word: &str) -> Result<Reading, ValueError> {
        let plain = word.to_lowercase();
        let known = self.choices.is_empty() && !plain.is_empty() && plain.chars().count() <= 40;
        if known || self.choices.iter().any(|c| *c == plain) {
            return Ok(bare(Value::Word(Arc::from(plain))));
        }
        let near = nearest_of(&plain, self.choices.iter().map(|c| &**c));
        Err(ValueError::NotAChoice(
            self.factor.to_string(),
            word.to_string(),
            self.choices.join(" "),
            near.map_or(String::new(), |word| format!(" (did you mean {word}?)")),
        ))
    }

    fn read_number(&self, word: &str) -> Result<Reading, ValueError> {
        if self.min == Some(0.0) && is_nothing(word) {
            return Ok(Reading {
                value: Value::Number(0.0),
                unit: self.unit.as_deref().map(Arc::from),
                typed: None,
            });
        }
        let quantity = unit::parse(word).map_err(|error| self.quantity(error))?;
        if quantity.unit.is_none() && quantity.number != 0.0 && quantity.number < self.bare_from {
            return Err(self.quantity(QuantityError::NeedsUnit(
                word.to_string(),
                self.examples(quantity.number),
            )));
        }
        self.read_quantity(&quantity)
    }

    fn read_quantity(&self, quantity: &Quantity) -> Result<Reading, ValueError> {
        let own = self.unit.as_deref();
        let iu = (self.nutrient == Some(Nutrient::VitaminD)).then_some(unit::VITAMIN_D_IU_PER_UG);
        let number = quantity
            .to(own.unwrap_or(""), iu)
            .map_err(|error| self.quantity(error))?;
        self.within(number, &quantity.typed)?;
        let converted = quantity.unit.is_some() && number != quantity.number;
        Ok(Reading {
            value: Value::Number(number),
            unit: own.map(Arc::from),
            typed: converted.then(|| Arc::from(quantity.typed.as_str())),
        })
    }

    fn within(&self, number: f64, word: &str) -> Result<(), ValueError> {
        let fits =
            self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max);
        if fits && number.is_finite() {
            return Ok(());
        }
        let hint = match self.unit.as_deref() {
            Some("°C") if number > 45.0 && unit::parse(word).is_ok_and(|q| q.unit.is_none()) => {
                "; for Fahrenheit write F, as in 64F"
            }
            _ => "",
        };
        Err(ValueError::OutOfRange(
            self.factor.to_string(),
            word.to_string(),
            self.with_unit(number),
            self.accepted(),
            hint,
        ))
    }

    fn examples(&self, number: f64) -> String {
        let number = unit::show(number);
        match (self.nutrient, self.unit.as_deref()) {
            (Some(Nutrient::VitaminD), _) => format!("{number}ug or {number}IU"),
            (_, Some("ml")) => format!("{number}l or {number}ml"),
            (_, Some("mg")) => format!("{number}mg or {number}g"),
            (_, Some("µg")) => format!("{number}ug or {number}mg"),
            (_, unit) => format!("{number}{}", unit.unwrap_or("")),
        }
    }

    fn quantity(&self, error: QuantityError) -> ValueError {
        ValueError::Quantity(self.factor.to_string(), error)
    }
}

fn bare(value: Value) -> Reading {
    Reading {
        value,
        unit: None,
        typed: None,
    }
}

fn is_nothing(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "no" | "n" | "none" | "nothing"
    )
}
