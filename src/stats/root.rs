//! Zeros of functions of one variable.

/// Zero of `f` between `a` and `b`, where it must differ in sign, by the method of R. P. Brent ("Algorithms for
/// Minimization without Derivatives", 1973, ch. 4), to `tolerance` in the argument. `None` without a change of sign or
/// when `f` is not a number there.
pub fn brent(mut f: impl FnMut(f64) -> f64, a: f64, b: f64, tolerance: f64) -> Option<f64> {
    let (mut a, mut b) = (a, b);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa.is_nan() || fb.is_nan() || fa * fb > 0.0 {
        return None;
    }
    let (mut c, mut fc) = (a, fa);
    let mut d = b - a;
    let mut e = d;
    for _ in 0..500 {
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let close = 2.0 * f64::EPSILON * b.abs() + 0.5 * tolerance;
        let half = 0.5 * (c - b);
        if half.abs() <= close || fb == 0.0 {
            return Some(b);
        }
        if e.abs() < close || fa.abs() <= fb.abs() {
            d = half;
            e = half;
        } else {
            let s = fb / fa;
            let (mut p, mut q) = if a == c {
                (2.0 * half * s, 1.0 - s)
            } else {
                let (q, r) = (fa / fc, fb / fc);
                (
                    s * (2.0 * half * q * (q - r) - (b - a) * (r - 1.0)),
                    (q - 1.0) * (r - 1.0) * (s - 1.0),
                )
            };
            if p > 0.0 {
                q = -q;
            } else {
                p = -p;
            }
            if 2.0 * p < (3.0 * half * q - (close * q).abs()).min((e * q).abs()) {
                e = d;
                d = p / q;
            } else {
                d = half;
                e = half;
            }
        }
        (a, fa) = (b, fb);
        b += if d.abs() > close {
            d
        } else {
            close.copysign(half)
        };
        fb = f(b);
        if fb.is_nan() {
            return None;
        }
        if fb * fc > 0.0 {
            (c, fc) = (a, fa);
            d = b - a;
            e = d;
        }
    }
    Some(b)
}

/// The point beyond `start` (in the direction of `step`) where `f`, negative at `start`, turns positive; infinite in
/// that direction when it does not within 60 doublings of the step.
pub fn crossing(
    mut f: impl FnMut(f64) -> f64,
    start: f64,
    step: f64,
    tolerance: f64,
) -> Option<f64> {
    let (mut inner, mut step) = (start, step);
    for _ in 0..60 {
        let outer = inner + step;
        let value = f(outer);
        if value.is_nan() {
            return None;
        }
        if value >= 0.0 {
            return brent(f, inner, outer, tolerance);
        }
        inner = outer;
        step *= 2.0;
        if inner.abs() > 1e6 * (1.0 + start.abs()) {
            break;
        }
    }
    Some(f64::INFINITY.copysign(step))
}
