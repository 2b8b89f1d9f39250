//! Just enough of R's arithmetic to read what the reference calls do to their columns.

use std::collections::BTreeMap;

/// Columns by name, in order of appearance.
#[derive(Default)]
pub(crate) struct Columns {
    pub(crate) order: Vec<String>,
    pub(crate) values: BTreeMap<String, Vec<f64>>,
    /// Columns that R would treat as factors.
    pub(crate) factors: Vec<String>,
    /// Matrices, as the names of their columns.
    pub(crate) matrices: BTreeMap<String, Vec<String>>,
}

impl Columns {
    pub(crate) fn insert(&mut self, name: &str, values: Vec<f64>) {
        if self.values.insert(name.to_owned(), values).is_none() {
            self.order.push(name.to_owned());
        }
    }

    pub(crate) fn get(&self, name: &str) -> Result<&[f64], String> {
        self.values
            .get(name)
            .map(Vec::as_slice)
            .ok_or_else(|| format!("no column {name}"))
    }

    /// Evaluates an expression over the columns; a single number stays a vector of one.
    pub(crate) fn evaluate(&self, text: &str) -> Result<Vec<f64>, String> {
        let mut parser = Parser {
            text: text.as_bytes(),
            at: 0,
            columns: self,
        };
        let value = parser.comparison()?;
        parser.space();
        if parser.at < parser.text.len() {
            return Err(format!("cannot read {text}"));
        }
        Ok(value)
    }

    /// Carries out assignments `name <- expression` it can read; others are left to the method.
    pub(crate) fn assign(&mut self, statement: &str) {
        let Some((left, right)) = statement.split_once("<-") else {
            return;
        };
        let left = left.trim();
        let name = left.rsplit('$').next().unwrap_or(left);
        if !name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '.')
            || name.is_empty()
        {
            return;
        }
        let right = right.trim();
        let factor = right
            .strip_prefix("factor(")
            .and_then(|r| r.strip_suffix(')'));
        if let Ok(value) = self.evaluate(factor.unwrap_or(right)) {
            self.insert(name, value);
            if factor.is_some() {
                self.factors.push(name.to_owned());
            }
        }
    }
}

/// Splits at a character outside all brackets.
pub(crate) fn split_outside(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0_i32, 0, Vec::new());
    for (i, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            c if c == separator && depth == 0 => {
                parts.push(text[from..i].trim());
                from = i + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim());
    parts
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    columns: &'a Columns,
}

fn both(a: Vec<f64>, b: Vec<f64>, f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    (0..a.len().max(b.len()))
        .map(|i| f(a[i % a.len()], b[i % b.len()]))
        .collect()
}

impl Parser<'_> {
    fn space(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn take(&mut self, token: &str) -> bool {
        self.space();
        let found = self.text[self.at..].starts_with(token.as_bytes());
        if found {
            self.at += token.len();
        }
        found
    }

    fn comparison(&mut self) -> Result<Vec<f64>, String> {
        let a = self.sum()?;
        type Compare = fn(f64, f64) -> bool;
        let operators: [(&str, Compare); 6] = [
            (">=", |x, y| x >= y),
            ("<=", |x, y| x <= y),
            ("==", |x, y| x == y),
            ("!=", |x, y| x != y),
            (">", |x, y| x > y),
            ("<", |x, y| x < y),
        ];
        for (token, f) in operators {
            if self.take(token) {
                let b = self.sum()?;
                return Ok(both(a, b, |x, y| f64::from(u8::from(f(x, y)))));
            }
        }
        Ok(a)
    }

    fn sum(&mut self) -> Result<Vec<f64>, String> {
        let mut a = self.product()?;
        loop {
            if self.take("+") {
                a = both(a, self.product()?, |x, y| x + y);
            } else if self.take("-") {
                a = both(a, self.product()?, |x, y| x - y);
            } else {
                return Ok(a);
            }
        }
    }

    fn product(&mut self) -> Result<Vec<f64>, String> {
        let mut a = self.modulo()?;
        loop {
            if self.take("*") {
                a = both(a, self.modulo()?, |x, y| x * y);
            } else if self.take("/") {
                a = both(a, self.modulo()?, |x, y| x / y);
            } else {
                return Ok(a);
            }
        }
    }

    fn modulo(&mut self) -> Result<Vec<f64>, String> {
        let mut a = self.sign()?;
        loop {
            if self.take("%%") {
                a = both(a, self.sign()?, f64::rem_euclid);
            } else if self.take("%/%") {
                a = both(a, self.sign()?, |x, y| (x / y).floor());
            } else {
                return Ok(a);
            }
        }
    }

    fn sign(&mut self) -> Result<Vec<f64>, String> {
        if self.take("-") {
            return Ok(self.sign()?.into_iter().map(|x| -x).collect());
        }
        let base = self.atom()?;
        if self.take("^") {
            return Ok(both(base, self.sign()?, f64::powf));
        }
        Ok(base)
    }

    /// `x[g == 1]` or `x[1]`, where that stands behind a column.
    fn chosen(&mut self, values: Vec<f64>) -> Result<Vec<f64>, String> {
        if !self.take("[") {
            return Ok(values);
        }
        let which = self.comparison()?;
        if !self.take("]") {
            return Err("bracket left open".to_owned());
        }
        if which.len() == values.len() && which.iter().all(|w| *w == 0.0 || *w == 1.0) {
            let kept = values.into_iter().zip(which).filter(|(_, w)| *w == 1.0);
            return Ok(kept.map(|(v, _)| v).collect());
        }
        let at = |place: &f64| values.get((*place as usize).checked_sub(1)?).copied();
        which
            .iter()
            .map(|place| at(place).ok_or_else(|| format!("no element {place}")))
            .collect()
    }

    fn atom(&mut self) -> Result<Vec<f64>, String> {
        if self.take("(") {
            let value = self.comparison()?;
            return if self.take(")") {
                Ok(value)
            } else {
                Err("bracket left open".to_owned())
            };
        }
        let from = self.at;
        let byte = |at: usize| self.text.get(at).copied().unwrap_or(0);
        let mut at = self.at;
        if byte(at).is_ascii_digit() || byte(at) == b'.' {
            while byte(at).is_ascii_digit() || byte(at) == b'.' {
                at += 1;
            }
            if byte(at) | 32 == b'e'
                && (byte(at + 1).is_ascii_digit() || b"+-".contains(&byte(at + 1)))
            {
                at += 2;
                while byte(at).is_ascii_digit() {
                    at += 1;
                }
            }
            self.at = at;
            let text = std::str::from_utf8(&self.text[from..at]).map_err(|e| e.to_string())?;
            self.take("L");
            return text
                .parse()
                .map(|x| vec![x])
                .map_err(|_| format!("no number {text}"));
        }
        while byte(at).is_ascii_alphanumeric() || b"._$".contains(&byte(at)) {
            at += 1;
        }
        self.at = at;
        let name = std::str::from_utf8(&self.text[from..at])
            .map_err(|e| e.to_string())?
            .to_owned();
        if self.take("(") {
            let argument = self.comparison()?;
            return if self.take(")") {
                apply(&name, argument)
            } else {
                Err(format!("cannot read {name}("))
            };
        }
        match name.as_str() {
            "pi" => Ok(vec![std::f64::consts::PI]),
            "" => Err("nothing to read".to_owned()),
            _ => self
                .columns
                .get(name.rsplit('$').next().unwrap_or(&name))
                .map(<[f64]>::to_vec)
                .and_then(|values| self.chosen(values)),
        }
    }
}

fn apply(name: &str, x: Vec<f64>) -> Result<Vec<f64>, String> {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let each = |f: fn(f64) -> f64| Ok(x.iter().map(|&v| f(v)).collect());
    match name {
        "cos" => each(f64::cos),
        "sin" => each(f64::sin),
        "log" => each(f64::ln),
        "log2" => each(f64::log2),
        "log1p" => each(f64::ln_1p),
        "exp" => each(f64::exp),
        "sqrt" => each(f64::sqrt),
        "abs" => each(f64::abs),
        "I" | "as.numeric" | "c" | "drop" => Ok(x),
        "seq_along" => Ok((1..=x.len()).map(|i| i as f64).collect()),
        "length" => Ok(vec![x.len() as f64]),
        "sum" => Ok(vec![x.iter().sum()]),
        "mean" => Ok(vec![mean(&x)]),
        "scale" => {
            let m = mean(&x);
            let sd =
                (x.iter().map(|v| (v - m).powi(2)).sum::<f64>() / (x.len() as f64 - 1.0)).sqrt();
            Ok(x.iter().map(|v| (v - m) / sd).collect())
        }
        _ => Err(format!("unknown function {name}")),
    }
}
