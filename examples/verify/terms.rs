//! The terms that an R formula stands for, in R's order: what crosses what, main effects before interactions.

use super::expression::split_outside;

/// The right-hand side of a formula.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Terms {
    /// What the formula speaks of, in the order of the text.
    pub(crate) variables: Vec<String>,
    /// The variables that each term multiplies.
    pub(crate) terms: Vec<Vec<usize>>,
    pub(crate) intercept: bool,
    /// What stands in `offset()`, `strata()` and `cluster()`.
    pub(crate) offsets: Vec<String>,
    pub(crate) strata: Option<String>,
    pub(crate) cluster: Option<String>,
}

/// The argument of `function(…)`, when the text is nothing else.
pub(crate) fn wrapped<'a>(term: &'a str, function: &str) -> Option<&'a str> {
    let inside = term.trim().strip_prefix(function)?.trim_start();
    let inside = inside.strip_prefix('(')?.strip_suffix(')')?;
    is_balanced(inside).then_some(inside)
}

/// Whether every bracket is closed in the text, and none before it was opened.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    let never_below = text.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    });
    never_below && depth == 0
}

/// Terms as sets of variables, each set once; the empty one is the intercept.
type Sets = Vec<Vec<usize>>;

fn union(mut a: Sets, b: Sets) -> Sets {
    for set in b {
        if !a.contains(&set) {
            a.push(set);
        }
    }
    a
}

fn merged(a: &[usize], b: &[usize]) -> Vec<usize> {
    let mut both = [a, b].concat();
    both.sort_unstable();
    both.dedup();
    both
}

fn interacting(a: &Sets, b: &Sets) -> Sets {
    let pairs = a.iter().flat_map(|x| b.iter().map(|y| merged(x, y)));
    union(Vec::new(), pairs.collect())
}

fn crossed(a: Sets, b: Sets) -> Sets {
    let both = interacting(&a, &b);
    union(union(a, b), both)
}

/// Reads the right-hand side; `others` is what a dot stands for.
pub(crate) fn expand(text: &str, others: &[String]) -> Result<Terms, String> {
    let mut terms = Terms::default();
    let mut sets = terms.sum(text, others, vec![Vec::new()])?;
    terms.intercept = sets.iter().any(Vec::is_empty);
    sets.retain(|set| !set.is_empty());
    sets.sort_by_key(Vec::len);
    terms.terms = sets;
    Ok(terms)
}

impl Terms {
    fn variable(&mut self, name: &str) -> Vec<usize> {
        let known = self.variables.iter().position(|own| own == name);
        vec![known.unwrap_or_else(|| {
            self.variables.push(name.to_owned());
            self.variables.len() - 1
        })]
    }

    /// `a + b - c`, added to what is there already.
    fn sum(&mut self, text: &str, others: &[String], before: Sets) -> Result<Sets, String> {
        let mut sets = before;
        for added in split_outside(text, '+') {
            for (at, part) in split_outside(added, '-').into_iter().enumerate() {
                if part.is_empty() {
                    continue;
                }
                // "+ 0" takes the intercept away, "- 0" gives it back
                let (part, gone) = match part {
                    "0" => ("1", at == 0),
                    part => (part, at > 0),
                };
                let named = self.product(part, others)?;
                sets = match gone {
                    true => sets.into_iter().filter(|s| !named.contains(s)).collect(),
                    false => union(sets, named),
                };
            }
        }
        Ok(sets)
    }

    /// `a * b` and `a / b`.
    fn product(&mut self, text: &str, others: &[String]) -> Result<Sets, String> {
        let mut parts = split_outside(text, '*').into_iter();
        let mut sets = self.nested(parts.next().unwrap_or(""), others)?;
        for part in parts {
            sets = crossed(sets, self.nested(part, others)?);
        }
        Ok(sets)
    }

    fn nested(&mut self, text: &str, others: &[String]) -> Result<Sets, String> {
        let mut parts = split_outside(text, '/').into_iter();
        let mut sets = self.interaction(parts.next().unwrap_or(""), others)?;
        for part in parts {
            let inner = self.interaction(part, others)?;
            let within = vec![sets.iter().fold(Vec::new(), |all, set| merged(&all, set))];
            sets = union(sets, interacting(&within, &inner));
        }
        Ok(sets)
    }

    /// `a:b`, also written `a %in% b`.
    fn interaction(&mut self, text: &str, others: &[String]) -> Result<Sets, String> {
        let text = text.replace("%in%", ":");
        let mut parts = split_outside(&text, ':').into_iter();
        let mut sets = self.power(parts.next().unwrap_or(""), others)?;
        for part in parts {
            sets = interacting(&sets, &self.power(part, others)?);
        }
        Ok(sets)
    }

    /// `(a + b)^2`.
    fn power(&mut self, text: &str, others: &[String]) -> Result<Sets, String> {
        let (base, power) = match split_outside(text, '^').as_slice() {
            [base] => ((*base).to_owned(), 1),
            [base, power] => {
                let power = power
                    .parse::<u8>()
                    .map_err(|_| format!("no power {power}"))?;
                ((*base).to_owned(), power)
            }
            _ => return Err(format!("cannot read {text}")),
        };
        let sets = self.atom(&base, others)?;
        let each = (1..power).map(|_| sets.clone());
        Ok(each.fold(sets.clone(), crossed))
    }

    fn atom(&mut self, text: &str, others: &[String]) -> Result<Sets, String> {
        let text = text.trim();
        if let Some(inside) = wrapped(text, "") {
            return self.sum(inside, others, Vec::new());
        }
        for (function, kept) in [("strata", &mut self.strata), ("cluster", &mut self.cluster)] {
            if let Some(inside) = wrapped(text, function) {
                *kept = Some(inside.to_owned());
                return Ok(Vec::new());
            }
        }
        if let Some(inside) = wrapped(text, "offset") {
            self.offsets.push(inside.to_owned());
            return Ok(Vec::new());
        }
        match text {
            "" => Err("nothing to read".to_owned()),
            "1" => Ok(vec![Vec::new()]),
            "." => Ok(others.iter().map(|name| self.variable(name)).collect()),
            name => Ok(vec![self.variable(name)]),
        }
    }
}
