//! The language of conditions, read by the build script.
//!
//! ```text
//! CONDITION   PART and PART … unless PART …    every part, and none of the last ones known to hold; unless denied PART: and
//!                                              none of them known not to hold
//!             PART or PART …                   some part
//! PART        (CONDITION) · any of [CONDITION, …] · all of [CONDITION, …] · at least 2 of [CONDITION, …]
//!             a rule above this one, a name of the table [define], or one of:
//!
//! swelling(one side, new within 42d)           a symptom; both sides · began within 14d (new: also when no start was recorded)
//!                                              · for 14d · on 2 days · brought on by walking/standing · relieved by rest
//!                                              · each at least 5min · each at most 10min (or not recorded)
//!                                              · severity at least 7 · sudden · getting worse · bigger by 3cm · also when over (a later "no" does not end it)
//! episodes of cramp/jerk(on 4 nights)          by day · in 2 weeks · longer than 10min · awareness lost · repeated 5 times
//!                                              · urge relieved by moving
//! cramps on 2 nights in 28d                    cramps on 3 nights a week in 2 of 4 weeks · cramps keep to one side
//!                                              · cramps after losses on 2 nights · mean pain at least 7
//!                                              · sleep disturbed on 4 nights · no trigger · tried calcium for 28d without relief
//! has diabetes/epilepsy                        me immobile=yes · me surgery within 84d · pregnant · younger than 16
//!                                              · aged at least 51 · blood pressure at least 140/90
//! takes water-tablet                           a group of the table [medicines]; started GROUP within 365d before the first cramp
//! taken magnesium(over 250mg)                  a substance, on one day
//! factor warm-bath(at least 1, on 1 night)     the value of a factor
//! ```
//! Everything with brackets takes `last 14d`: days looked back, today included.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::data::clauses::{
    burden, episodes, factor, kept, number, person, span, symptom, taken, text, window,
};
use crate::data::rule::{Condition, MedicineTest, MedicineWhen};
use crate::data::vocabulary::{MedicineClass, SymptomName};

/// Medicines that a condition speaks of together.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MedicineGroup {
    /// What they are called in a sentence.
    pub(crate) called: String,
    /// Their classes.
    pub(crate) classes: Vec<MedicineClass>,
}

/// What a condition may refer to.
pub(crate) struct Names {
    /// Days looked back where a condition does not say.
    pub(crate) last: u16,
    /// Conditions by name.
    pub(crate) conditions: BTreeMap<String, Condition>,
    /// Groups of medicines by name.
    pub(crate) medicines: BTreeMap<String, MedicineGroup>,
}

/// Reads a condition.
pub(crate) fn parse(text: &str, names: &Names) -> Result<Condition, String> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        names,
    };
    let condition = parser.condition()?;
    match parser.peek() {
        None => Ok(condition),
        Some(rest) => Err(format!("'{rest}' is not expected here")),
    }
}

const PUNCTUATION: &str = "()[],/=";

fn tokens(text: &str) -> Result<Vec<&str>, String> {
    let mut out = Vec::new();
    for run in text.split_whitespace() {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let inside = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
            let length = match rest.find(|c| !inside(c)).unwrap_or(rest.len()) {
                0 if PUNCTUATION.contains(first) => 1,
                0 => return Err(format!("'{first}' is not a sign of the language")),
                length => length,
            };
            let (token, more) = rest.split_at(length);
            out.push(token);
            rest = more;
        }
    }
    Ok(out)
}

struct Parser<'t> {
    tokens: Vec<&'t str>,
    at: usize,
    names: &'t Names,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t str> {
        self.tokens.get(self.at).copied()
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        match self.eat(token) {
            true => Ok(()),
            false => Err(format!(
                "'{token}' is missing before '{}'",
                self.peek().unwrap_or("the end")
            )),
        }
    }

    fn condition(&mut self) -> Result<Condition, String> {
        let first = self.part()?;
        let mut parts = vec![first];
        while self.eat("or") {
            parts.push(self.part()?);
        }
        let some = parts.len() > 1;
        if !some {
            while self.eat("and") {
                parts.push(self.part()?);
            }
            while self.eat("unless") {
                let denied = self.eat("denied");
                let part = Box::new(self.part()?);
                parts.push(match denied {
                    true => Condition::UnlessDenied(part),
                    false => Condition::Unless(part),
                });
            }
        }
        if let Some(mixed @ ("and" | "or" | "unless")) = self.peek() {
            return Err(format!("'{mixed}' is not clear here: write brackets"));
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ if some => Condition::Any(parts),
            _ => Condition::All(parts),
        })
    }

    fn part(&mut self) -> Result<Condition, String> {
        if self.eat("(") {
            let condition = self.condition()?;
            self.expect(")")?;
            return Ok(condition);
        }
        match self.tokens.get(self.at..).unwrap_or_default() {
            ["any", "of", ..] => self.list(2).map(Condition::Any),
            ["all", "of", ..] => self.list(2).map(Condition::All),
            ["at", "least", count, "of", ..] => {
                let count = number(count)?;
                self.list(4)
                    .map(|parts| Condition::AtLeast(usize::from(count), parts))
            }
            _ => self.test(),
        }
    }

    /// The conditions between square brackets, after `skipped` words.
    fn list(&mut self, skipped: usize) -> Result<Vec<Condition>, String> {
        self.at += skipped;
        self.expect("[")?;
        let mut parts = Vec::new();
        while !self.eat("]") {
            parts.push(self.condition()?);
            if !self.eat(",") {
                self.expect("]")?;
                break;
            }
        }
        Ok(parts)
    }

    /// Words up to the next sign that cannot belong to a test.
    fn words(&mut self, ends: &[&str]) -> Vec<&'t str> {
        let from = self.at;
        while self.peek().is_some_and(|token| !ends.contains(&token)) {
            self.at += 1;
        }
        self.tokens.get(from..self.at).unwrap_or_default().to_vec()
    }

    /// What stands in round brackets behind a test, one list of words each.
    fn options(&mut self) -> Result<Vec<Vec<&'t str>>, String> {
        let mut options = Vec::new();
        if self.eat("(") {
            loop {
                options.push(self.words(&[",", ")"]));
                if !self.eat(",") {
                    self.expect(")")?;
                    break;
                }
            }
        }
        Ok(options)
    }

    fn test(&mut self) -> Result<Condition, String> {
        let words = self.words(&["(", ")", "[", "]", ",", "and", "or", "unless"]);
        let options = self.options()?;
        let last = self.names.last;
        match words.as_slice() {
            ["episodes", "of", kinds @ ..] => episodes(kinds, last, &options),
            ["takes", group] => {
                let mut days = last;
                for option in &options {
                    days = window(option)?;
                }
                self.medicine(group, MedicineWhen::Within(days))
            }
            ["taken", substance] => taken(substance, last, &options),
            ["factor", name] => factor(name, last, &options),
            [name] if SymptomName::from_str(name).is_ok() => {
                symptom(SymptomName::from_str(name).map_err(text)?, last, &options)
            }
            _ if !options.is_empty() => Err(format!("'{}' takes no brackets", words.join(" "))),
            [
                "started",
                group,
                "within",
                days,
                "before",
                "the",
                "first",
                "cramp",
            ] => self.medicine(group, MedicineWhen::BeforeOnset(span(days)?)),
            words => {
                let named = words.first().filter(|_| words.len() == 1);
                if let Some(known) = named.and_then(|name| self.names.conditions.get(*name)) {
                    return Ok(known.clone());
                }
                match person(words)? {
                    Some(test) => Ok(Condition::Person(test)),
                    None => burden(words).map(Condition::Burden),
                }
            }
        }
    }

    fn medicine(&self, group: &str, when: MedicineWhen) -> Result<Condition, String> {
        let Some(group) = self.names.medicines.get(group) else {
            return Err(format!("'{group}' is not a group of [medicines]"));
        };
        Ok(Condition::Medicine(MedicineTest {
            classes: group.classes.clone(),
            called: kept(&group.called),
            when,
        }))
    }
}
