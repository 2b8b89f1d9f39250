//! Zeros of functions of one variable.

/// Zero of `f` between `a` and `b`, where it must differ in sign, to `tolerance` in the argument, by the method of
/// T. J. Dekker and R. P. Brent ("Algorithms for Minimization without Derivatives", 1973, ch. 4) in the arrangement of
/// netlib's `zeroin`. `None` without a change of sign or when `f` is not a number on the way.
pub(crate) fn brent(mut f: impl FnMut(f64) -> f64, a: f64, b: f64, tolerance: f64) -> Option<f64> {
    let (mut a, mut b) = (a, b);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa.is_nan() || fb.is_nan() || fa * fb > 0.0 {
        return None;
    }
    let (mut c, mut fc) = (a, fa);
    for _ in 0..1000 {
        let previous = b - a;
        if fc.abs() < fb.abs() {
            // Keep the best point in b, the one across the zero in c.
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let close = 2.0 * f64::EPSILON * b.abs() + 0.5 * tolerance;
        let across = c - b;
        let mut step = 0.5 * across;
        if step.abs() <= close || fb == 0.0 {
            return Some(b);
        }
        if previous.abs() >= close && fa.abs() > fb.abs() {
            let t = fb / fa;
            let (mut p, mut q) = if a == c {
                (across * t, 1.0 - t)
            } else {
                let (q, r) = (fa / fc, fb / fc);
                (
                    t * (across * q * (q - r) - (b - a) * (r - 1.0)),
                    (q - 1.0) * (r - 1.0) * (t - 1.0),
                )
            };
            if p > 0.0 {
                q = -q;
            } else {
                p = -p;
            }
            if p < 0.75 * across * q - 0.5 * (close * q).abs() && p < (0.5 * previous * q).abs() {
                step = p / q;
            }
        }
        if step.abs() < close {
            step = close.copysign(step);
        }
        (a, fa) = (b, fb);
        b += step;
        fb = f(b);
        if fb.is_nan() {
            return None;
        }
        if fb * fc > 0.0 {
            (c, fc) = (a, fa);
        }
    }
    Some(b)
}

/// The point beyond `start` (in the direction of `step`) where `f`, negative at `start`, turns positive; infinite in
/// that direction when it does not within 60 doublings of the step.
pub(crate) fn crossing(
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
