//! Many questions at once: adjusted p-values. An unknown p takes no part: it is not counted and stays unknown.

/// The way to adjust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Adjustment {
    /// False discovery rate: Y. Benjamini and Y. Hochberg, JRSS B 57 (1995).
    BenjaminiHochberg,
    /// The same under any dependence: Y. Benjamini and D. Yekutieli, Annals of Statistics 29 (2001).
    BenjaminiYekutieli,
    /// S. Holm, Scandinavian Journal of Statistics 6 (1979).
    Holm,
    /// Y. Hochberg, Biometrika 75 (1988).
    Hochberg,
    /// p times the number of tests.
    Bonferroni,
}

/// Adjusted p-values in the order given.
#[must_use]
pub(crate) fn adjust(p: &[Option<f64>], how: Adjustment) -> Vec<Option<f64>> {
    let mut known: Vec<(usize, f64)> = p
        .iter()
        .enumerate()
        .filter_map(|(i, p)| p.filter(|p| !p.is_nan()).map(|p| (i, p)))
        .collect();
    known.sort_by(|a, b| a.1.total_cmp(&b.1));
    let m = known.len() as f64;
    let harmonic: f64 = (1..=known.len()).map(|i| 1.0 / i as f64).sum();
    let scaled = |rank: usize, p: f64| {
        let rank = rank as f64;
        p * match how {
            Adjustment::BenjaminiHochberg => m / rank,
            Adjustment::BenjaminiYekutieli => m / rank * harmonic,
            Adjustment::Holm | Adjustment::Hochberg => m - rank + 1.0,
            Adjustment::Bonferroni => m,
        }
    };
    let mut out = vec![None; p.len()];
    let mut put = |i: usize, q: f64| {
        if let Some(slot) = out.get_mut(i) {
            *slot = Some(q);
        }
    };
    match how {
        Adjustment::Bonferroni => {
            for &(i, p) in &known {
                put(i, scaled(1, p).min(1.0));
            }
        }
        Adjustment::Holm => {
            let mut running: f64 = 0.0;
            for (k, &(i, p)) in known.iter().enumerate() {
                running = running.max(scaled(k + 1, p).min(1.0));
                put(i, running);
            }
        }
        _ => {
            let mut running: f64 = 1.0;
            for (k, &(i, p)) in known.iter().enumerate().rev() {
                running = running.min(scaled(k + 1, p));
                put(i, running);
            }
        }
    }
    out
}
