//! R's text as terms: numbers, names, calls with named arguments, and what joins them.

use super::distributions::parameters;

/// What R's text is made of. A list in brackets is a call of `c`.
#[derive(Debug)]
pub(super) enum Term<'a> {
    Number(f64),
    Name(&'a str),
    /// `args[3]`: one of a row by its place, from 1.
    Element(usize),
    Call(&'a str, Vec<(&'a str, Term<'a>)>),
    Pair(char, Box<[Term<'a>; 2]>),
}

pub(super) struct Reader<'a> {
    pub(super) rest: &'a str,
}

impl<'a> Reader<'a> {
    /// The whole text as one term.
    pub(super) fn whole(&mut self) -> Option<Term<'a>> {
        let term = self.sum()?;
        self.rest.trim().is_empty().then_some(term)
    }

    /// The first call of a distribution in a text that says more.
    pub(super) fn within(text: &'a str) -> Option<Term<'a>> {
        let part = |c: char| c.is_alphanumeric() || c == '.' || c == '_';
        let starts = text
            .char_indices()
            .filter(|(at, c)| part(*c) && !text[..*at].chars().next_back().is_some_and(part));
        starts.map(|(at, _)| &text[at..]).find_map(|rest| {
            let name = rest.split('(').next()?;
            distribution(name)?;
            Reader { rest }.atom()
        })
    }

    fn take(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn pairs(
        &mut self,
        signs: [char; 2],
        part: fn(&mut Self) -> Option<Term<'a>>,
    ) -> Option<Term<'a>> {
        let mut left = part(self)?;
        while let Some(sign) = signs.into_iter().find(|sign| self.take(*sign)) {
            left = Term::Pair(sign, Box::new([left, part(self)?]));
        }
        Some(left)
    }

    fn sum(&mut self) -> Option<Term<'a>> {
        self.pairs(['+', '-'], |reader| reader.pairs(['*', '/'], Self::sign))
    }

    fn sign(&mut self) -> Option<Term<'a>> {
        if self.take('-') {
            let term = self.sign()?;
            return Some(Term::Pair('-', Box::new([Term::Number(0.0), term])));
        }
        let base = self.atom()?;
        match self.take('^') {
            true => Some(Term::Pair('^', Box::new([base, self.sign()?]))),
            false => Some(base),
        }
    }

    fn list(&mut self, end: char) -> Option<Vec<(&'a str, Term<'a>)>> {
        let mut list = Vec::new();
        if self.take(end) {
            return Some(list);
        }
        loop {
            let before = self.rest;
            let name = self.word();
            let name = match !name.is_empty() && self.take('=') {
                true => name,
                false => {
                    self.rest = before;
                    ""
                }
            };
            list.push((name, self.sum()?));
            if self.take(end) {
                return Some(list);
            }
            self.take(',').then_some(())?;
        }
    }

    fn word(&mut self) -> &'a str {
        let text = self.rest.trim_start();
        let part = |c: char| c.is_alphanumeric() || c == '.' || c == '_';
        let end = text.find(|c| !part(c)).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        word
    }

    /// `3`, `.5`, `1e-5`, `2L`.
    fn number(&mut self) -> Option<f64> {
        let text = self.rest.trim_start();
        let digits = |from: usize| {
            let part = |c: char| c.is_ascii_digit() || c == '.';
            let end = text.get(from..)?.find(|c| !part(c));
            Some(end.map_or(text.len(), |end| from + end))
        };
        let mut end = digits(0).filter(|end| *end > 0)?;
        if let Some(power) = text[end..].strip_prefix(['e', 'E']) {
            let signed = usize::from(power.starts_with(['-', '+']));
            end = digits(end + 1 + signed)?;
        }
        let number = text[..end].parse().ok()?;
        self.rest = text[end..].strip_prefix('L').unwrap_or(&text[end..]);
        Some(number)
    }

    fn atom(&mut self) -> Option<Term<'a>> {
        if self.take('(') {
            let term = self.sum()?;
            return self.take(')').then_some(term);
        }
        if self.take('[') {
            return Some(Term::Call("c", self.list(']')?));
        }
        if let Some(number) = self.number() {
            return Some(Term::Number(number));
        }
        let word = self.word();
        match word {
            "" => None,
            "pi" => Some(Term::Number(std::f64::consts::PI)),
            "Inf" => Some(Term::Number(f64::INFINITY)),
            "TRUE" => Some(Term::Number(1.0)),
            "FALSE" => Some(Term::Number(0.0)),
            _ if self.rest.starts_with('(') && self.take('(') => {
                let known = is_function(word);
                let list = self.list(')')?;
                known.then_some(Term::Call(word, list))
            }
            _ if self.rest.starts_with('[') && self.take('[') => {
                let place = self.number()?;
                self.take(']').then_some(Term::Element(place as usize))
            }
            _ => Some(Term::Name(word)),
        }
    }
}

/// The distribution of a function such as `pchisq`, and which of its functions it is.
pub(super) fn distribution(function: &str) -> Option<(char, &str)> {
    let kind = function.chars().next().filter(|c| "pdq".contains(*c))?;
    let name = function.get(1..)?;
    parameters(name).is_some().then_some((kind, name))
}

fn is_function(name: &str) -> bool {
    const PLAIN: [&str; 24] = [
        "c",
        "log",
        "log10",
        "log2",
        "log1p",
        "exp",
        "expm1",
        "sqrt",
        "abs",
        "lgamma",
        "lnGamma",
        "gamma",
        "digamma",
        "psi",
        "trigamma",
        "lbeta",
        "beta",
        "lchoose",
        "choose",
        "lfactorial",
        "erfc",
        "qlogis",
        "min",
        "max",
    ];
    PLAIN.contains(&name) || distribution(name).is_some()
}

pub(super) fn is_flag(argument: &str) -> bool {
    ["lower", "log"]
        .iter()
        .any(|flag| argument.starts_with(flag))
}
