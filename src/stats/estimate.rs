//! One shape for every number that carries uncertainty.

use serde::{Serialize, Serializer};

/// A point estimate with its interval, in the units of the quantity estimated.
///
/// As JSON: `{"value":2.1,"low":1.2,"high":3.6,"level":0.95}`. A side without a bound (a ratio with no events in its
/// denominator) is infinite here and `null` in JSON, because JSON has no infinity and a made-up bound would be read as
/// one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Estimate {
    /// The point estimate.
    #[serde(serialize_with = "finite_or_null")]
    pub(crate) value: f64,
    /// Lower end of the interval; may be minus infinity.
    #[serde(serialize_with = "finite_or_null")]
    pub(crate) low: f64,
    /// Upper end of the interval; may be infinity.
    #[serde(serialize_with = "finite_or_null")]
    pub(crate) high: f64,
    /// Nominal coverage of the interval, between 0 and 1.
    pub(crate) level: f64,
}

impl Estimate {
    /// Puts the four numbers together; `None` when one of them is not a number, so that an undefined quantity cannot
    /// travel on as NaN.
    #[must_use]
    pub(crate) fn new(value: f64, low: f64, high: f64, level: f64) -> Option<Self> {
        let undefined = value.is_nan() || low.is_nan() || high.is_nan();
        (!undefined && level > 0.0 && level < 1.0).then_some(Self {
            value,
            low,
            high,
            level,
        })
    }

    /// The same estimate in other units: all three numbers times a positive `factor` (nights to weeks, say).
    #[must_use]
    pub(crate) fn scaled(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            low: self.low * factor,
            high: self.high * factor,
            level: self.level,
        }
    }

    /// From the logarithm of the quantity: e to the power of all three numbers.
    #[must_use]
    pub(crate) fn exp(self) -> Self {
        Self {
            value: self.value.exp(),
            low: self.low.exp(),
            high: self.high.exp(),
            level: self.level,
        }
    }

    /// Whether `x` lies in the closed interval.
    #[must_use]
    pub(crate) fn covers(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }
}

fn finite_or_null<S: Serializer>(x: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if x.is_finite() {
        serializer.serialize_f64(*x)
    } else {
        serializer.serialize_none()
    }
}

#[cfg(test)]
mod tests {
    use crate::stats::estimate::Estimate;

    #[test]
    fn an_open_side_is_null_in_json() {
        let estimate = Estimate::new(2.0, 1.5, f64::INFINITY, 0.95).unwrap();
        assert_eq!(
            serde_json::to_string(&estimate).unwrap(),
            r#"{"value":2.0,"low":1.5,"high":null,"level":0.95}"#
        );
    }

    #[test]
    fn an_undefined_number_makes_no_estimate() {
        assert_eq!(Estimate::new(f64::NAN, 0.0, 1.0, 0.95), None);
        assert_eq!(Estimate::new(0.0, 0.0, 1.0, 1.0), None);
    }
}
