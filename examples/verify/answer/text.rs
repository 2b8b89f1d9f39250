//! Functions named in a text, over rows of arguments: as R writes them (`pnorm(x, lower.tail=FALSE, log.p=TRUE)`), or in
//! words (`ln P(Z>z)`, `log upper tail of chi-squared, args=[x,df]`).

use super::called::{Place, UNKNOWN};
use super::distributions::{Asked, is_discrete, parameters, probability};
use super::term::{Reader, Term};
use std::f64::consts::LN_10;

/// A text cut into what it computes and the names of a row's arguments, where it gives them.
struct Told<'a> {
    body: &'a str,
    names: Option<Vec<&'a str>>,
}

fn told(text: &str) -> Told<'_> {
    let named = text.match_indices("args").find_map(|(at, word)| {
        let rest = text[at + word.len()..].trim_start();
        let rest = rest.strip_prefix(['=', ':'])?;
        Some((&text[..at], rest))
    });
    let (body, names) = match named {
        Some((body, rest)) => {
            let open = |c: char| c == '[' || c == '(';
            let list = rest.split_once(open).map_or(rest, |(_, list)| list);
            let list = list.split([']', ')']).next().unwrap_or("");
            (body, Some(list.split(',').map(str::trim).collect()))
        }
        None => (text, None),
    };
    let body = body.split(" for each").next().unwrap_or(body);
    let body = body.trim().trim_end_matches([',', ';']).trim();
    Told { body, names }
}

/// The names of `function(x, df)` in a text.
fn parameters_of(text: &str) -> Option<Vec<&str>> {
    let (list, _) = text.split_once("function(")?.1.split_once(')')?;
    let names: Vec<&str> = list.split(',').map(str::trim).collect();
    (names.len() > 1).then_some(names)
}

/// What `text` comes to for one row of arguments: one number or several, `None` where it is undefined; and whether it is
/// a list.
pub(crate) fn compute(text: &str, row: &[f64]) -> Result<(Vec<Option<f64>>, bool), String> {
    let told = told(text);
    let mut reader = Reader { rest: told.body };
    let read = reader.whole().or_else(|| Reader::within(told.body));
    if let Some(read) = read {
        let parameters = parameters_of(told.body);
        let names = told
            .names
            .clone()
            .or(parameters)
            .unwrap_or_else(|| read.free());
        let bound = |place: Place| {
            let at = match place {
                Place::Named(name) => names.iter().position(|n| *n == name)?,
                Place::Numbered(place) => place.checked_sub(1)?,
            };
            row.get(at).copied()
        };
        return match &read {
            Term::Call("c", list) => {
                let each = list.iter().map(|(_, part)| part.value(&bound));
                Ok((each.collect::<Result<_, _>>()?, true))
            }
            one => Ok((vec![one.value(&bound)?], false)),
        };
    }
    in_words(&told, row).map(|value| (vec![value], false))
}

/// `ln P(X>x), X chi-squared, args=[x,df]`: the distribution, the side and the logarithm by the words for them.
fn in_words(told: &Told, row: &[f64]) -> Result<Option<f64>, String> {
    let said = format!("{} ", told.body.to_lowercase());
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let words = [
        ("nbinom", ["negative binomial", "nbinom"].as_slice()),
        ("binom", &["binom"]),
        ("pois", &["poisson"]),
        ("beta", &["beta", "i_x("]),
        ("gamma", &["gamma"]),
        ("chisq", &["chi", "χ"]),
        ("exp", &["exponential"]),
        ("norm", &["normal", "gauss", "p(z", "p(|z|"]),
        (
            "t",
            &["student", "p(t", "p(|t|", " t dist", "of t ", "of t,"],
        ),
        (
            "f",
            &["fisher", "snedecor", "p(f", " f dist", "of f ", "of f,"],
        ),
    ];
    let found = words.iter().find(|(_, words)| has(words));
    let (name, _) = found.ok_or_else(|| format!("{UNKNOWN} {}", told.body))?;
    let asked = Asked {
        lower: !has(&[
            ">",
            "≥",
            "upper",
            "survival",
            " sf",
            "complement",
            "q(a",
            "1-i_x",
            "1 - i_x",
        ]),
        log: has(&["ln ", "ln(", "log ", "log(", "log10", "logarithm"]),
    };
    let wanted = parameters(name).unwrap_or_default();
    let other_names = |parameter: &str| -> &[&str] {
        match parameter {
            "df" => &["df", "nu", "ν"],
            "df1" => &["df1", "d1"],
            "df2" => &["df2", "d2"],
            "shape" => &["shape", "a"],
            "shape1" => &["shape1", "a", "alpha"],
            "shape2" => &["shape2", "b", "beta"],
            "size" => &["size", "n", "r"],
            "prob" => &["prob", "p"],
            "lambda" => &["lambda", "mean", "m", "mu"],
            "rate" => &["rate"],
            "sd" => &["sd", "sigma"],
            _ => &["mean", "mu"],
        }
    };
    let mut left: Vec<(Option<&str>, f64)> = match &told.names {
        Some(names) => names
            .iter()
            .copied()
            .map(Some)
            .zip(row.iter().copied())
            .collect(),
        None => row.iter().map(|v| (None, *v)).collect(),
    };
    // without names the incomplete functions have their parameters first, as they are written
    if told.names.is_none() && matches!(*name, "gamma" | "beta") {
        left.rotate_right(1);
    }
    let mut with = Vec::new();
    for (parameter, unsaid) in wanted {
        let names = other_names(parameter);
        let named = left
            .iter()
            .position(|(n, _)| n.is_some_and(|n| names.contains(&n)));
        let unnamed = || {
            left.iter()
                .skip(1)
                .position(|(n, _)| n.is_none())
                .map(|at| at + 1)
        };
        with.push(match (named.or_else(unnamed), unsaid) {
            (Some(at), _) => left.remove(at).1,
            (None, Some(unsaid)) => *unsaid,
            (None, None) => return Err(format!("no {parameter}")),
        });
    }
    let [(_, mut x)] = *left.as_slice() else {
        return Err(format!("cannot tell the arguments of {}", told.body));
    };
    let at_point = said.contains('≥') || said.contains(">=");
    let below_point = said.contains('<') && !said.contains("<=");
    if is_discrete(name) && (at_point || below_point) {
        x = x.ceil() - 1.0;
    }
    let two_sided = has(&["|", "two-sided", "two sided"]);
    if two_sided {
        let outer = Asked {
            lower: false,
            log: true,
        };
        let ln = probability(name, x.abs(), &with, outer);
        let ln = ln.map(|ln| ln + std::f64::consts::LN_2);
        return Ok(ln.map(|ln| if asked.log { ln } else { ln.exp() }));
    }
    let value = probability(name, x, &with, asked);
    let base = if said.contains("log10") { LN_10 } else { 1.0 };
    Ok(value.map(|v| v / base))
}
