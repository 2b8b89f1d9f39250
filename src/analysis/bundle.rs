//! Factors that move together: those whose columns correlate beyond 0.8 are one bundle, because no analysis of this diary
//! can tell them apart.

/// Absolute correlation above which two factors are one bundle.
pub(crate) const SAME: f64 = 0.8;
/// Above this, a second member adds nothing that could be estimated.
const COPY: f64 = 0.98;
/// A group of factors tested as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bundle {
    pub(crate) members: Vec<usize>,
    /// Members that enter the model; copies of an earlier member stay out.
    pub(crate) modelled: Vec<usize>,
}

/// Groups factors by their filled columns (one vector of columns a factor); a factor that goes with nothing is a bundle
/// of one.
pub(crate) fn bundles(factors: &[&[Vec<f64>]]) -> Vec<Bundle> {
    let n = factors.len();
    let with_earlier = |i: usize| {
        let earlier = factors[..i].iter();
        earlier
            .map(|e| largest_correlation(factors[i], e))
            .collect()
    };
    let r: Vec<Vec<f64>> = (0..n).map(with_earlier).collect();
    let between = |a: usize, b: usize| if a > b { r[a][b] } else { r[b][a] };
    let mut group: Vec<usize> = (0..n).collect();
    for a in 0..n {
        for b in (0..a).filter(|&b| between(a, b) > SAME) {
            let (keep, drop) = (group[a].min(group[b]), group[a].max(group[b]));
            let joined = group.iter_mut().filter(|g| **g == drop);
            joined.for_each(|g| *g = keep);
        }
    }
    let mut out: Vec<Bundle> = Vec::new();
    for lead in 0..n {
        let members: Vec<usize> = (0..n).filter(|m| group[*m] == lead).collect();
        if members.is_empty() {
            continue;
        }
        let mut modelled: Vec<usize> = Vec::new();
        for &m in &members {
            if modelled.iter().all(|&k| between(m, k) <= COPY) {
                modelled.push(m);
            }
        }
        out.push(Bundle { members, modelled });
    }
    out
}

/// The correlation largest in size between any columns of two factors; the columns are centred.
fn largest_correlation(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    let pairs = a
        .iter()
        .flat_map(|x| b.iter().map(move |y| correlation(x, y)));
    pairs.fold(0.0, f64::max)
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let r = dot(x, y) / (dot(x, x) * dot(y, y)).sqrt();
    if r.is_finite() { r.abs() } else { 0.0 }
}
