//! A smooth density on the circle.

use std::f64::consts::{PI, TAU};

/// Steps of the integral of [`bessel_scaled`]; the trapezoid rule on a period converges faster than any power.
const STEPS: usize = 512;

/// e^-x times the modified Bessel function I_n(x), for x ≥ 0, from its integral (DLMF 10.32.3).
fn bessel_scaled(n: u32, x: f64) -> f64 {
    let height = |at: usize| {
        let t = PI * at as f64 / STEPS as f64;
        (x * (t.cos() - 1.0)).exp() * (f64::from(n) * t).cos()
    };
    let ends = (height(0) + height(STEPS)) / 2.0;
    (ends + (1..STEPS).map(height).sum::<f64>()) / STEPS as f64
}

/// The concentration of the smoothing kernel for `n` angles that are themselves concentrated by `kappa`: the plug-in
/// rule of C. C. Taylor (2008), doi 10.1016/j.csda.2007.11.003. 0 (no smoothing at all is possible) for even angles.
#[must_use]
pub(crate) fn taylor_concentration(n: usize, kappa: f64) -> f64 {
    if n == 0 || !(kappa > 0.0 && kappa.is_finite()) {
        return 0.0;
    }
    // the exponentials of the scaled functions cancel
    let ratio = bessel_scaled(2, 2.0 * kappa) / bessel_scaled(0, kappa).powi(2);
    (3.0 * n as f64 * kappa.powi(2) * ratio / (4.0 * PI.sqrt())).powf(0.4)
}

/// The von Mises kernel density of `angles` (radians) at `at`, with kernels of the given `concentration`; it integrates
/// to 1 over the circle. `None` without angles.
#[must_use]
pub(crate) fn von_mises_density(angles: &[f64], concentration: f64, at: f64) -> Option<f64> {
    if angles.is_empty() || !(concentration >= 0.0 && concentration.is_finite()) {
        return None;
    }
    let sum: f64 = angles
        .iter()
        .map(|angle| (concentration * ((at - angle).cos() - 1.0)).exp())
        .sum();
    Some(sum / (angles.len() as f64 * TAU * bessel_scaled(0, concentration)))
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use crate::stats::circular_density::{bessel_scaled, taylor_concentration, von_mises_density};

    #[test]
    fn bessel_functions_have_the_values_of_the_tables() {
        // Abramowitz and Stegun, table 9.8: e^-x I0(x) and e^-x I1(x)
        assert!((bessel_scaled(0, 1.0) - 0.465_759_607_6).abs() < 1e-9);
        assert!((bessel_scaled(0, 10.0) - 0.127_833_337_2).abs() < 1e-9);
        assert!((bessel_scaled(1, 1.0) - 0.207_910_415_4).abs() < 1e-9);
        assert!((bessel_scaled(0, 0.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_density_integrates_to_one() {
        let angles = [0.1, 0.2, 1.0, 6.2, 3.0];
        for concentration in [0.0, 0.5, 4.0, 50.0] {
            let steps = 2000;
            let total: f64 = (0..steps)
                .filter_map(|i| {
                    von_mises_density(
                        &angles,
                        concentration,
                        TAU * f64::from(i) / f64::from(steps),
                    )
                })
                .sum::<f64>()
                * TAU
                / f64::from(steps);
            assert!((total - 1.0).abs() < 1e-9, "{concentration}: {total}");
        }
        assert_eq!(von_mises_density(&[], 1.0, 0.0), None);
    }

    #[test]
    fn more_angles_are_smoothed_less() {
        assert!(taylor_concentration(200, 2.0) > taylor_concentration(20, 2.0));
        assert!((taylor_concentration(20, 0.0)).abs() < 1e-12);
    }
}
