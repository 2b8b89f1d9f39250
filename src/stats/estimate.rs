//! One shape for every number that carries uncertainty, and p-values that are asked many at once.

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
    pub(crate) fn new(value: f64, low: f64, high: f64, level: f64) -> Option<Self> {
        let undefined = value.is_nan() || low.is_nan() || high.is_nan();
        (!undefined && level > 0.0 && level < 1.0).then_some(Self {
            value,
            low,
            high,
            level,
        })
    }

    /// The value less and plus `half`.
    pub(crate) fn around(value: f64, half: f64, level: f64) -> Option<Self> {
        Self::new(value, value - half, value + half, level)
    }

    /// The same estimate when all three numbers are finite.
    pub(crate) fn finite(self) -> Option<Self> {
        let all = [self.value, self.low, self.high];
        all.iter().all(|x| x.is_finite()).then_some(self)
    }

    /// The same estimate in other units: all three numbers times a positive `factor` (nights to weeks, say).
    pub(crate) fn scaled(self, factor: f64) -> Self {
        self.map(|x| x * factor)
    }

    /// From the logarithm of the quantity: e to the power of all three numbers.
    pub(crate) fn exp(self) -> Self {
        self.map(f64::exp)
    }

    fn map(self, rising: impl Fn(f64) -> f64) -> Self {
        Self {
            value: rising(self.value),
            low: rising(self.low),
            high: rising(self.high),
            level: self.level,
        }
    }

    /// Whether `x` lies in the closed interval.
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

/// The way to adjust p-values for the number of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Adjustment {
    /// False discovery rate: Y. Benjamini and Y. Hochberg, JRSS B 57 (1995).
    BenjaminiHochberg,
    /// The same under any dependence: Y. Benjamini and D. Yekutieli, Annals of Statistics 29 (2001).
    BenjaminiYekutieli,
}

/// Adjusted p-values in the order given. An unknown p takes no part: it is not counted and stays unknown.
pub(crate) fn adjust(p: &[Option<f64>], how: Adjustment) -> Vec<Option<f64>> {
    let mut known: Vec<(usize, f64)> = p
        .iter()
        .enumerate()
        .filter_map(|(i, p)| p.filter(|p| !p.is_nan()).map(|p| (i, p)))
        .collect();
    known.sort_by(|a, b| a.1.total_cmp(&b.1));
    let m = known.len() as f64;
    let harmonic: f64 = (1..=known.len()).map(|i| 1.0 / i as f64).sum();
    let mut out = vec![None; p.len()];
    let mut running: f64 = 1.0;
    for (k, &(i, p)) in known.iter().enumerate().rev() {
        let rank = (k + 1) as f64;
        let scaled = p * match how {
            Adjustment::BenjaminiHochberg => m / rank,
            Adjustment::BenjaminiYekutieli => m / rank * harmonic,
        };
        running = running.min(scaled);
        if let Some(slot) = out.get_mut(i) {
            *slot = Some(running);
        }
    }
    out
}
