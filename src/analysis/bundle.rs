//! Factors that move together: those whose columns correlate beyond 0.8, or that the others predict, are
//! bundled, because no analysis of this diary can tell them apart.

use crate::analysis::exposure::Exposure;

/// Absolute correlation above which two factors are one bundle.
pub(crate) const SAME: f64 = 0.8;
/// Above this, a second member adds nothing that could be estimated.
const COPY: f64 = 0.98;
/// Variance inflation above which a factor joins the one it resembles most.
const INFLATION: f64 = 5.0;

/// A group of factors tested as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bundle {
    /// Positions of the members, ascending.
    pub(crate) members: Vec<usize>,
    /// Members that enter the model; copies of an earlier member stay out.
    pub(crate) modelled: Vec<usize>,
}

/// Groups `exposures`; a factor that goes with nothing is a bundle of one.
pub(crate) fn bundles(exposures: &[&Exposure]) -> Vec<Bundle> {
    let n = exposures.len();
    let r: Vec<Vec<f64>> = (0..n)
        .map(|i| {
            (0..n)
                .map(|j| {
                    if j < i {
                        largest_correlation(exposures[i], exposures[j])
                    } else {
                        0.0
                    }
                })
                .collect()
        })
        .collect();
    let between = |a: usize, b: usize| if a > b { r[a][b] } else { r[b][a] };
    let mut group: Vec<usize> = (0..n).collect();
    let join = |group: &mut Vec<usize>, a: usize, b: usize| {
        let (keep, drop) = (group[a].min(group[b]), group[a].max(group[b]));
        group
            .iter_mut()
            .filter(|g| **g == drop)
            .for_each(|g| *g = keep);
    };
    for a in 0..n {
        for b in 0..a {
            if between(a, b).abs() > SAME {
                join(&mut group, a, b);
            }
        }
    }
    for a in inflated(n, &between, &group) {
        let nearest = (0..n)
            .filter(|b| *b != a)
            .max_by(|x, y| between(a, *x).abs().total_cmp(&between(a, *y).abs()));
        if let Some(b) = nearest {
            join(&mut group, a, b);
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
            if modelled.iter().all(|&k| between(m, k).abs() <= COPY) {
                modelled.push(m);
            }
        }
        out.push(Bundle { members, modelled });
    }
    out
}

/// Factors standing alone whose variance inflation, given one of each other group, exceeds the limit.
fn inflated(n: usize, between: &dyn Fn(usize, usize) -> f64, group: &[usize]) -> Vec<usize> {
    let leads: Vec<usize> = (0..n).filter(|i| group[*i] == *i).collect();
    if leads.len() < 3 {
        return Vec::new();
    }
    let size = leads.len();
    let m = nalgebra::DMatrix::from_fn(size, size, |i, j| {
        if i == j {
            1.0 + 1e-6
        } else {
            between(leads[i], leads[j])
        }
    });
    let alone = |lead: usize| group.iter().filter(|g| **g == lead).count() == 1;
    // Correlations over different nights need not form a proper matrix; then nothing can be concluded here.
    m.cholesky().map_or_else(Vec::new, |c| {
        let inverse = c.inverse();
        (0..size)
            .filter(|&i| inverse[(i, i)] > INFLATION && alone(leads[i]))
            .map(|i| leads[i])
            .collect()
    })
}

/// The correlation largest in size between any columns of two factors, on nights where both are known.
fn largest_correlation(a: &Exposure, b: &Exposure) -> f64 {
    let (Some(a), Some(b)) = (&a.term, &b.term) else {
        return 0.0;
    };
    let mut best = 0.0f64;
    for x in &a.columns {
        for y in &b.columns {
            let r = correlation(&a.rows, x, &b.rows, y);
            if r.abs() > best.abs() {
                best = r;
            }
        }
    }
    best
}

fn correlation(rows_x: &[usize], x: &[f64], rows_y: &[usize], y: &[f64]) -> f64 {
    let (mut n, mut sx, mut sy, mut sxx, mut syy, mut sxy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut i, mut j) = (0, 0);
    while i < rows_x.len() && j < rows_y.len() {
        match rows_x[i].cmp(&rows_y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                let (a, b) = (x[i], y[j]);
                n += 1.0;
                sx += a;
                sy += b;
                sxx += a * a;
                syy += b * b;
                sxy += a * b;
                i += 1;
                j += 1;
            }
        }
    }
    let (vx, vy) = (sxx - sx * sx / n, syy - sy * sy / n);
    let r = (sxy - sx * sy / n) / (vx * vy).sqrt();
    if r.is_finite() { r } else { 0.0 }
}
