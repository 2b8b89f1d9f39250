//! Factors of the night in plain words: `room 18`, `2 beers`, `walked 10 km`, `no socks`, `didn't stretch`, `stress 7`.
//! An amount without a figure is kept as the word `some`.

use std::sync::Arc;

use crate::diary::clock_words::amount;
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::lexicon;
use crate::diary::line::ValueChange;
use crate::diary::number_words::stretch_of_time;
use crate::diary::phrase::{Break, Words};
use crate::diary::reading::Reading;
use crate::diary::said::negated;
use crate::diary::vocabulary::FactorKind;

/// A factor value with the words it was read from.
#[derive(Debug, Clone)]
pub(crate) struct FactorSaid {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) change: ValueChange,
}

/// Reads every factor of a line and takes its words.
pub(crate) fn read_factors(words: &mut Words, catalogue: &Catalogue) -> Vec<FactorSaid> {
    let reader = FactorWords { catalogue };
    let mut found: Vec<FactorSaid> = Vec::new();
    for pattern in [
        FactorWords::named,
        FactorWords::movement,
        FactorWords::temperature,
    ] {
        let mut at = 0;
        while at < words.len() {
            match pattern(&reader, words, at).filter(|said| words.is_free(said.from)) {
                Some(said) => {
                    words.take(said.from, said.to);
                    at = said.to.max(at + 1);
                    let same = found
                        .iter_mut()
                        .find(|f| f.change.factor == said.change.factor);
                    match same {
                        // a figure says more than `some`
                        Some(earlier) if is_some(&earlier.change) => earlier.change = said.change,
                        Some(_) => {}
                        None => found.push(said),
                    }
                }
                None => at += 1,
            }
        }
    }
    found
}

fn is_some(change: &ValueChange) -> bool {
    change.to.as_ref().is_some_and(Reading::is_some)
}

struct FactorWords<'a> {
    catalogue: &'a Catalogue,
}

impl FactorWords<'_> {
    /// A factor by one of its everyday names, with a number before or behind it, a negation, or neither.
    fn named(&self, words: &Words, at: usize) -> Option<FactorSaid> {
        let denied = || {
            words
                .find(at, "factor-denied")
                .filter(|_| negated(words, at).is_some())
        };
        let noun = words.find(at, "factor").or_else(denied)?;
        let factor = self.catalogue.find(noun.meaning)?;
        let mut to = at + noun.len;
        if self.is_ruled_out(words, at, factor) {
            return None;
        }
        if let Some((from, _)) = negated(words, at) {
            return self.said(factor, "no", from, to);
        }
        if factor.kind == FactorKind::YesNo {
            let off = words.word(to) == "off";
            to += usize::from(matches!(words.word(to), "on" | "off"));
            return self.said(factor, if off { "no" } else { "yes" }, at, to);
        }
        // behind it: `room temp was 17.5 degrees`, `magnesium 300`, `stress 4/10`
        let mut begin = to;
        while words.is(begin, "factor-between") && words.break_before(begin) < Break::Stop {
            begin += 1;
        }
        if words.break_before(begin) < Break::Stop
            && let Some((value, end)) = self.quantity(words, begin, factor)
            && let Some(said) = self.said(factor, &value, at, end)
        {
            return Some(said);
        }
        // before it: `300mg of magnesium`, `2 litres of water`, `65F in the room`
        let mut before = at;
        while before > 0
            && words.break_before(before) == Break::None
            && words.is(before - 1, "factor-between")
        {
            before -= 1;
        }
        for from in before.saturating_sub(3)..before {
            if words.break_before(before) == Break::None
                && let Some((value, end)) = self.quantity(words, from, factor)
                && end == before
                // `2 beers` counts glasses, not units
                && (factor.kind == FactorKind::Scale || value.ends_with(char::is_alphabetic))
                && let Some(said) = self.said(factor, &value, from, to)
            {
                return Some(said);
            }
        }
        if factor.unit.as_deref() == Some("°C") || factor.kind == FactorKind::Choice {
            return None;
        }
        // `2 beers`, `a glass of water`: some, whatever the size of the glass
        let mut from = before;
        while from > 0
            && words.break_before(from) == Break::None
            && (words.is(from - 1, "measure") || words.number(from - 1).is_some())
        {
            from -= 1;
        }
        if factor.kind == FactorKind::Scale && noun.meaning == words.word(at) {
            return None;
        }
        to += words.find(to, "taken").map_or(0, |f| f.len);
        self.said(factor, "some", from, to)
    }

    /// Walking, running, swimming: minutes, kilometres, or some.
    fn movement(&self, words: &Words, at: usize) -> Option<FactorSaid> {
        let sure = words.find(at, "exercise");
        let verb = sure.or_else(|| words.find(at, "walk"))?;
        let minutes = self.catalogue.find("exercise")?;
        let mut to = at + verb.len;
        if words.find_before(at, "not-done").is_some()
            || words.find_before(at, "cause").is_some() && sure.is_none()
        {
            return None;
        }
        if let Some((from, _)) = negated(words, at) {
            return sure.and_then(|_| self.said(minutes, "no", from, to));
        }
        let mut begin = to;
        while words.is(begin, "factor-between") && words.break_before(begin) == Break::None {
            begin += 1;
        }
        if words.break_before(begin) == Break::None
            && let Some((factor, value, end)) = self.effort(words, begin)
        {
            let end = end + usize::from(words.is(end, "exercise"));
            return self.said(factor, &value, at, end);
        }
        let mut before = at;
        while before > 0
            && words.break_before(before) == Break::None
            && (words.is(before - 1, "factor-between") || words.is(before - 1, "exercise"))
        {
            before -= 1;
        }
        for from in before.saturating_sub(4)..before {
            if words.break_before(before) == Break::None
                && let Some((factor, value, end)) = self.effort(words, from)
                && end == before
            {
                to += words.find(to, "exercise").map_or(0, |f| f.len);
                return self.said(factor, &value, from, to);
            }
        }
        to += words.find(to, "exercise").map_or(0, |f| f.len);
        sure.and_then(|_| self.said(minutes, "some", at, to))
    }

    /// Minutes or kilometres: the factor, its value as it reads it, and where it ends.
    fn effort(&self, words: &Words, at: usize) -> Option<(&FactorDef, String, usize)> {
        if let Some((seconds, None, end)) = stretch_of_time(words, at) {
            let value = format!("{}min", seconds / 60.0);
            return Some((self.catalogue.find("exercise")?, value, end));
        }
        let (n, unit) = amount(words, at)?;
        let per_km = words
            .find(unit, "distance")
            .filter(|_| words.break_before(unit) == Break::None)?;
        let km = n * per_km.meaning.parse::<f64>().ok()?;
        let value = format!("{}km", (km * 100.0).round() / 100.0);
        Some((self.catalogue.find("exercise-distance")?, value, unit + 1))
    }

    /// A temperature by itself: `24C`.
    fn temperature(&self, words: &Words, at: usize) -> Option<FactorSaid> {
        let room = self.catalogue.find("room")?;
        let typed_unit = matches!(words.word(at + 1), "c" | "f" | "celsius" | "fahrenheit");
        if !typed_unit
            || words.break_before(at + 1) != Break::None
            || self.is_ruled_out(words, at, room)
        {
            return None;
        }
        let (value, to) = self.quantity(words, at, room)?;
        let from = at - usize::from(at > 0 && words.is(at - 1, "about") && words.is_free(at - 1));
        self.said(room, &value, from, to)
    }

    /// A number with the unit typed behind it, as the factor would read it.
    fn quantity(&self, words: &Words, at: usize, factor: &FactorDef) -> Option<(String, usize)> {
        if factor.kind == FactorKind::Scale {
            let word = words.word(at);
            let is_score =
                word.split_once('/').is_some_and(|(_, ten)| ten == "10") && words.is_free(at);
            if is_score {
                return Some((word.to_string(), at + 1));
            }
            let n = words.number(at)?;
            let of_ten = words.word(at + 1) == "out" && words.word(at + 2) == "of";
            return Some((n.to_string(), if of_ten { at + 4 } else { at + 1 }));
        }
        let (n, mut to) = amount(words, at)?;
        let mut unit = String::new();
        if words.break_before(to) == Break::None && words.is_free(to) {
            if matches!(words.word(to), "degree" | "degrees" | "deg") {
                to += 1;
            }
            let word = words.word(to);
            let own = factor
                .unit
                .as_deref()
                .is_some_and(|unit| lexicon::same_noun(word, unit));
            let known = lexicon::unit_named(word).is_some() && word != "x";
            if words.break_before(to) == Break::None && (own || known) {
                unit = word.to_string();
                to += 1;
            }
        }
        if words.is(to, "half-of-day") || words.word(to) == "oclock" {
            return None;
        }
        Some((format!("{n}{unit}"), to))
    }

    /// A value the factor accepts.
    fn said(&self, factor: &FactorDef, value: &str, from: usize, to: usize) -> Option<FactorSaid> {
        let reading = factor.read(value).ok()?;
        let change = ValueChange {
            factor: Arc::from(factor.factor.as_ref()),
            to: Some(reading),
        };
        Some(FactorSaid { from, to, change })
    }

    /// `room 12 at the hotel`, `3 degrees colder than usual`: words that make it something else.
    fn is_ruled_out(&self, words: &Words, at: usize, factor: &FactorDef) -> bool {
        let clause = (at.saturating_sub(6)..(at + 7).min(words.len())).filter(|i| {
            let (a, b) = (at.min(*i), at.max(*i));
            (a + 1..=b).all(|j| words.break_before(j) < Break::Comma || j == a)
        });
        factor.factor == "room" && clause.into_iter().any(|i| words.is(i, "not-a-temperature"))
    }
}
