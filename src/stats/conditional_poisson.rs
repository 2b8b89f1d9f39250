//! Conditional Poisson regression: counts compared only within strata, whatever each stratum's own level
//! (Armstrong, Gasparrini & Tobias 2014, BMC Med Res Methodol 14:122).

/// Log rate ratio per unit of `x` and its model standard error, from Newton steps on the conditional likelihood.
///
/// `rows` are `(stratum, x, count)` sorted by stratum. `None` without contrast within any stratum that has counts,
/// or when the likelihood has no finite maximum.
pub(crate) fn conditional_poisson(rows: &[(usize, f64, f64)]) -> Option<(f64, f64)> {
    let mut b = 0.0;
    for _ in 0..50 {
        let (mut score, mut information) = (0.0, 0.0);
        for stratum in rows.chunk_by(|a, b| a.0 == b.0) {
            let total: f64 = stratum.iter().map(|r| r.2).sum();
            if total == 0.0 {
                continue;
            }
            let largest = stratum
                .iter()
                .map(|r| r.1 * b)
                .fold(f64::NEG_INFINITY, f64::max);
            let (mut s0, mut s1, mut s2) = (0.0, 0.0, 0.0);
            for (_, x, y) in stratum {
                let e = (x * b - largest).exp();
                s0 += e;
                s1 += e * x;
                s2 += e * x * x;
                score += x * y;
            }
            let mean = s1 / s0;
            score -= total * mean;
            information += total * (s2 / s0 - mean * mean);
        }
        if information <= 1e-10 {
            return None;
        }
        let step = (score / information).clamp(-2.0, 2.0);
        b += step;
        if b.abs() > 30.0 {
            return None;
        }
        if step.abs() < 1e-10 {
            return Some((b, information.sqrt().recip()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::conditional_poisson;

    #[test]
    fn two_equal_strata_give_the_ratio_of_totals() {
        let rows = [(0, 0.0, 2.0), (0, 1.0, 4.0), (1, 0.0, 3.0), (1, 1.0, 6.0)];
        let (b, se) = conditional_poisson(&rows).unwrap();
        assert!((b - 2f64.ln()).abs() < 1e-9);
        // Given the totals, exposed counts are binomial with share 2/3: information 15 x 2/9.
        assert!((se - (15.0 * 2.0 / 9.0f64).sqrt().recip()).abs() < 1e-9);
    }

    #[test]
    fn no_contrast_or_no_maximum_is_no_answer() {
        assert_eq!(conditional_poisson(&[(0, 1.0, 2.0), (0, 1.0, 0.0)]), None);
        assert_eq!(conditional_poisson(&[(0, 1.0, 2.0), (0, 0.0, 0.0)]), None);
        assert_eq!(conditional_poisson(&[]), None);
    }
}
