//! What a term of R comes to; logarithms of probabilities do not underflow.

use super::distributions::{Asked, density, parameters, probability, quantile};
use super::term::{Term, distribution, is_flag};
use crate::stats::special::{digamma, ln_gamma, trigamma};
use std::f64::consts::LN_10;

/// How a refusal begins when the program has no such function.
pub(crate) const UNKNOWN: &str = "unknown function";

/// Which of a row's arguments is meant.
pub(super) enum Place<'n> {
    Named(&'n str),
    /// From 1.
    Numbered(usize),
}

impl<'a> Term<'a> {
    /// The names that stand for arguments, in the order of the text.
    pub(super) fn free(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        self.gather(&mut names);
        names
    }

    fn gather(&self, names: &mut Vec<&'a str>) {
        match self {
            Term::Number(_) | Term::Element(_) => {}
            Term::Name(name) if names.contains(name) => {}
            Term::Name(name) => names.push(name),
            Term::Call(_, list) => {
                let parts = list.iter().filter(|(argument, _)| !is_flag(argument));
                parts.for_each(|(_, part)| part.gather(names));
            }
            Term::Pair(_, parts) => parts.iter().for_each(|part| part.gather(names)),
        }
    }

    fn flag(&self) -> bool {
        !matches!(self, Term::Name("F" | "FALSE")) && !matches!(self, Term::Number(x) if *x == 0.0)
    }

    pub(super) fn value(
        &self,
        bound: &dyn Fn(Place) -> Option<f64>,
    ) -> Result<Option<f64>, String> {
        match self {
            Term::Number(x) => Ok(Some(*x)),
            Term::Name(name) => match bound(Place::Named(name)) {
                Some(value) => Ok(Some(value)),
                None => Err(format!("no argument {name}")),
            },
            Term::Element(place) => match bound(Place::Numbered(*place)) {
                Some(value) => Ok(Some(value)),
                None => Err(format!("no argument {place}")),
            },
            Term::Pair(sign, parts) => {
                let [a, b] = [parts[0].value(bound)?, parts[1].value(bound)?];
                Ok(a.zip(b).map(|(a, b)| match sign {
                    '+' => a + b,
                    '-' => a - b,
                    '*' => a * b,
                    '/' => a / b,
                    _ => a.powf(b),
                }))
            }
            Term::Call(name @ ("log" | "log10" | "log2"), list) => {
                let [(_, inner)] = list.as_slice() else {
                    return Err(format!("cannot read {name}()"));
                };
                let base = match *name {
                    "log10" => LN_10,
                    "log2" => std::f64::consts::LN_2,
                    _ => 1.0,
                };
                Ok(inner.ln_value(bound)?.map(|ln| ln / base))
            }
            Term::Call(name, list) => match distribution(name) {
                Some((kind, name)) => of_distribution(kind, name, list, bound, None),
                None => {
                    let each = list.iter().map(|(_, part)| part.value(bound));
                    let values: Vec<Option<f64>> = each.collect::<Result<_, _>>()?;
                    match values.into_iter().collect::<Option<Vec<f64>>>() {
                        Some(values) => plain(name, &values),
                        None => Ok(None),
                    }
                }
            },
        }
    }

    /// The logarithm of the value, also of a probability too small to be written down.
    fn ln_value(&self, bound: &dyn Fn(Place) -> Option<f64>) -> Result<Option<f64>, String> {
        match self {
            Term::Pair(sign @ ('*' | '/'), parts) => {
                let [a, b] = [parts[0].ln_value(bound)?, parts[1].ln_value(bound)?];
                let both = a.zip(b);
                Ok(both.map(|(a, b)| if *sign == '*' { a + b } else { a - b }))
            }
            Term::Call(name, list) if distribution(name).is_some_and(|(kind, _)| kind != 'q') => {
                let (kind, name) = distribution(name).ok_or("no distribution")?;
                of_distribution(kind, name, list, bound, Some(true))
            }
            other => Ok(other.value(bound)?.map(f64::ln)),
        }
    }
}

/// A call such as `pbinom(k, size=n, prob=p, lower.tail=FALSE)`; `log` where its logarithm is wanted whatever it says.
fn of_distribution(
    kind: char,
    name: &str,
    list: &[(&str, Term)],
    bound: &dyn Fn(Place) -> Option<f64>,
    log: Option<bool>,
) -> Result<Option<f64>, String> {
    let known = parameters(name).ok_or("no distribution")?;
    let flag = |start: &str| {
        let stated = list
            .iter()
            .find(|(argument, _)| argument.starts_with(start));
        stated.map(|(_, part)| part.flag())
    };
    let named = |wanted: &str| list.iter().find(|(argument, _)| *argument == wanted);
    let scale = named("scale").filter(|_| name == "gamma");
    let mut unnamed = list.iter().filter(|(argument, _)| argument.is_empty());
    let point = ["q", "x", "p"].into_iter().find_map(named);
    let point = point.or_else(|| unnamed.next()).ok_or("no point")?;
    let mut values = vec![point.1.value(bound)?];
    for (parameter, unsaid) in known {
        let stated = named(parameter).or_else(|| unnamed.next());
        values.push(match (stated, scale) {
            (Some((_, part)), _) => part.value(bound)?,
            (None, Some((_, scale))) => scale.value(bound)?.map(f64::recip),
            (None, None) => Some(unsaid.ok_or_else(|| format!("{name} without {parameter}"))?),
        });
    }
    // the flags may stand behind all parameters, without a name
    let mut last =
        |start: &str| flag(start).or_else(|| unnamed.next().map(|(_, part)| part.flag()));
    let lower = if kind == 'd' {
        Some(true)
    } else {
        last("lower")
    };
    let asked = Asked {
        lower: lower.unwrap_or(true),
        log: log.or(last("log")).unwrap_or(false),
    };
    let Some(values) = values.into_iter().collect::<Option<Vec<f64>>>() else {
        return Ok(None);
    };
    let [x, with @ ..] = values.as_slice() else {
        return Ok(None);
    };
    Ok(match kind {
        'p' => probability(name, *x, with, asked),
        'd' => density(name, *x, with, asked.log),
        _ => quantile(name, *x, with, asked),
    })
}

fn plain(name: &str, values: &[f64]) -> Result<Option<f64>, String> {
    let ln_beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    let ln_choose = |n: f64, k: f64| -ln_beta(n - k + 1.0, k + 1.0) - (n + 1.0).ln();
    let value = match (name, values) {
        ("log1p", [x]) => x.ln_1p(),
        ("exp", [x]) => x.exp(),
        ("expm1", [x]) => x.exp_m1(),
        ("sqrt", [x]) => x.sqrt(),
        ("abs", [x]) => x.abs(),
        ("min", values) => values.iter().copied().fold(f64::INFINITY, f64::min),
        ("max", values) => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        ("lgamma" | "lnGamma", [x]) => ln_gamma(*x),
        ("gamma", [x]) => ln_gamma(*x).exp(),
        ("digamma" | "psi", [x]) => digamma(*x),
        ("trigamma", [x]) => trigamma(*x),
        ("lfactorial", [x]) => ln_gamma(x + 1.0),
        ("lbeta", [a, b]) => ln_beta(*a, *b),
        ("beta", [a, b]) => ln_beta(*a, *b).exp(),
        ("lchoose", [n, k]) => ln_choose(*n, *k),
        ("choose", [n, k]) => ln_choose(*n, *k).exp(),
        ("qlogis", [p]) => p.ln() - (-p).ln_1p(),
        ("erfc", [x]) => {
            let upper = Asked {
                lower: false,
                log: false,
            };
            let z = x * std::f64::consts::SQRT_2;
            return Ok(probability("norm", z, &[0.0, 1.0], upper).map(|p| 2.0 * p));
        }
        _ => return Err(format!("{UNKNOWN} {name}")),
    };
    Ok(Some(value).filter(|v| !v.is_nan()))
}
