//! A column of nights with unknown values, ready for a fit: each unknown one guessed from the nearest known ones of the
//! same column, never from the outcome.

/// Fewest pairs of neighbouring known nights that say how long a factor keeps its value.
const FEWEST_PAIRS: usize = 10;
/// Largest lag-1 correlation that is believed.
const LONGEST_MEMORY: f64 = 0.99;

/// A column about `mean`, an unknown value filled with the best linear guess from the nearest known ones of the same
/// column on either side; `times` are its calendar nights (ascending), `variance` that of the known values.
pub(crate) fn centred_and_filled(
    times: &[usize],
    values: &[Option<f64>],
    mean: f64,
    variance: f64,
) -> Vec<f64> {
    let centred: Vec<Option<f64>> = values.iter().map(|v| v.map(|v| v - mean)).collect();
    let neighbours = times.windows(2).zip(centred.windows(2));
    let products: Vec<f64> = neighbours
        .filter(|(t, _)| t[1] - t[0] == 1)
        .filter_map(|(_, v)| Some(v[0]? * v[1]?))
        .collect();
    let r = if products.len() < FEWEST_PAIRS || variance <= 0.0 {
        0.0
    } else {
        products.iter().sum::<f64>() / products.len() as f64 / variance
    };
    let r = r.clamp(0.0, LONGEST_MEMORY);
    let known: Vec<usize> = (0..values.len()).filter(|&i| values[i].is_some()).collect();
    let mut next = 0;
    let guess = |i: usize, before: Option<&usize>, after: Option<&usize>| {
        let near = |k: Option<&usize>| {
            let &k = k?;
            Some((times[k].abs_diff(times[i]) as f64, centred[k]?))
        };
        let share = |d: f64, other: f64| {
            r.powf(d) * (1.0 - r.powf(2.0 * other)) / (1.0 - r.powf(2.0 * (d + other)))
        };
        match (near(before), near(after)) {
            (Some((a, x)), Some((b, y))) => share(a, b) * x + share(b, a) * y,
            (Some((d, x)), None) | (None, Some((d, x))) => r.powf(d) * x,
            (None, None) => 0.0,
        }
    };
    (0..values.len())
        .map(|i| {
            while known.get(next).is_some_and(|&k| k < i) {
                next += 1;
            }
            let before = next.checked_sub(1).and_then(|k| known.get(k));
            centred[i].unwrap_or_else(|| guess(i, before, known.get(next)))
        })
        .collect()
}
