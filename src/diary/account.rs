//! What a line comes to: the words that were understood, put together clause by clause into the cramps and the nights
//! it speaks of, with what stays text and what has to be asked.

use crate::data::tables::On;
use crate::data::word::Word;
use crate::diary::clause::{Clause, Item, is_clock};
use crate::diary::clock::{Day, Now};
use crate::diary::line::{Line, LineKind, Mention, ValueChange, field_typed};
use crate::diary::moment::{Night, Nights};
use crate::diary::phrase::Words;
use crate::diary::said::Said;
use crate::diary::time_words::{TimeSaid, Timed, day_as_night};
use crate::diary::told::{Doubt, Told};
use crate::diary::typed::LineError;
use crate::diary::vocabulary::Outcome;

/// What a whole line says.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// The cramps it tells of, in the order told; each may also speak of its night.
    pub(crate) episodes: Vec<Line>,
    /// Nights it answers for or gives factors of, without a cramp in them.
    pub(crate) nights: Vec<(Night, Line)>,
    /// Words that were not understood, as typed.
    pub(crate) unread: Vec<String>,
    /// What the reader has to say about words it did not understand.
    pub(crate) remarks: Vec<String>,
    /// What could be read in two ways.
    pub(crate) doubts: Vec<Doubt>,
    /// The line speaks of something else than a cramp, a night or a factor.
    pub(crate) is_note: bool,
}

impl Account {
    /// The one cramp a correction speaks of.
    ///
    /// # Errors
    /// Several cramps, or a calm night.
    pub(crate) fn only_episode(self) -> Result<Line, LineError> {
        let is_calm = |line: &Line| line.mentions(On::Night, "outcome");
        let (mut episodes, mut nights) = (self.episodes, self.nights);
        let line = match (episodes.pop(), nights.pop()) {
            (Some(line), None) => Some(line),
            (None, Some((_, line))) if !is_calm(&line) => Some(line),
            _ => None,
        };
        let mut line = line
            .filter(|_| episodes.is_empty() && nights.is_empty())
            .ok_or_else(|| {
                LineError::new(
                    "a correction speaks of one cramp",
                    "correct them one by one; if there was none, delete it with 'cramp delete'",
                )
            })?;
        line.warnings.extend(self.remarks);
        Ok(line)
    }

    /// The one night an answer is for.
    ///
    /// # Errors
    /// A cramp, several nights.
    pub(crate) fn only_night(mut self) -> Result<(Night, Line), LineError> {
        let one = self
            .nights
            .pop()
            .filter(|_| self.nights.is_empty() && self.episodes.is_empty());
        one.ok_or_else(|| {
            LineError::new(
                "an answer is for one night, and tells of no cramp",
                "log a cramp, or several nights in one line, with 'cramp log'",
            )
        })
    }
}

/// Puts the clauses together. `marked` is what the arguments that say by their form what they are come to.
pub(crate) fn put_together(
    kind: LineKind,
    now: &Now,
    marked: Line,
    mut words: Words,
    clauses: Vec<Clause>,
) -> Result<Account, LineError> {
    let mut events: Vec<Told> = Vec::new();
    let mut answers: Vec<(Vec<Night>, Vec<ValueChange>)> = Vec::new();
    let mut current: Option<Told> = None;
    let mut is_elsewhere = false;
    let mut day_of_factors = None;
    // nights of which it was said that there was no cramp, not only that they were quiet
    let mut denied: Vec<Night> = Vec::new();
    let any_body = clauses
        .iter()
        .any(|c| c.has_body() && !c.says(|s| *s == Said::Elsewhere));
    let timed_body = clauses.iter().any(|c| c.has_cramp() && c.has_time());
    for clause in &clauses {
        let give_back = |words: &mut Words| {
            for item in &clause.items {
                words.give_back(item.from(), item.to());
            }
        };
        if clause.is_elsewhere() {
            is_elsewhere = true;
            give_back(&mut words);
            continue;
        }
        if clause.says(|s| matches!(s, Said::NoCramp(_))) {
            let mut other = Told::default();
            for item in &clause.items {
                let of_answer = match item {
                    Item::Fact(fact) => matches!(fact.said, Said::NoCramp(_)),
                    Item::Time(time) => !is_clock(item) && !matches!(time.said, TimeSaid::Part(_)),
                    Item::Factor(_) => false,
                };
                if !of_answer && !other.add(item, None) {
                    words.give_back(item.from(), item.to());
                }
            }
            let nights = match nights_of(clause, now) {
                nights if nights.is_empty() && !answers.is_empty() => Vec::new(),
                nights if nights.is_empty() => vec![now.last_night()],
                nights => nights,
            };
            let is_told = other.kind.is_some() && other.stands_beside_calm(|_| false, now);
            let values = match is_told {
                true => Vec::new(),
                false => std::mem::take(&mut other).give_back(&mut words),
            };
            events.extend(is_told.then_some(other));
            if clause.says(|s| *s == Said::NoCramp(true)) {
                denied.extend(nights.iter().copied());
            }
            answers.push((nights, values));
            continue;
        }
        // `gp appointment friday`, `took the 8am train`: another matter than the cramp told beside it
        // `up at 6` beside `left calf at 3am`
        let is_aside = timed_body && clause.has_time() && clause.has_more_words(&words);
        let unread = is_aside || words.has_unread(clause.from, clause.to);
        if unread && any_body && !clause.has_body() {
            for item in &clause.items {
                let is_night =
                    matches!(item, Item::Time(t) if t.said == TimeSaid::Day(Day::LastNight));
                match item {
                    Item::Time(_) if !is_night => words.give_back(item.from(), item.to()),
                    _ => {
                        current.get_or_insert_default().add(item, None);
                    }
                }
            }
            continue;
        }
        // `stress 8/10 at work` is no cramp at work
        let is_of_factor =
            !clause.has_cramp() && clause.items.iter().any(|i| matches!(i, Item::Factor(_)));
        if current.as_ref().is_some_and(|event| event.is_other(clause)) {
            events.extend(current.take());
        }
        let before = events.last().cloned();
        let event = current.get_or_insert_default();
        let mut clock = 0;
        for item in &clause.items {
            let second = is_clock(item) && clock > 0;
            clock += usize::from(is_clock(item));
            let by_day = matches!(item, Item::Fact(f) if f.said == Said::ByDay);
            // `long cycle yesterday, right thigh 1am`: the day is the day of the cycling
            if let Item::Time(Timed {
                said: TimeSaid::Day(day),
                ..
            }) = item
                && is_of_factor
                && *day != Day::LastNight
            {
                day_of_factors = Some(*day);
                continue;
            }
            if second || by_day && is_of_factor || !event.add(item, before.as_ref()) {
                words.give_back(item.from(), item.to());
            }
        }
    }
    events.extend(current.take());
    // `12.40am and 4.15am, both times the left calf`
    for i in (1..events.len()).rev() {
        let (before, after) = events.split_at_mut(i);
        if let (Some(event), Some(after)) = (before.last_mut(), after.first()) {
            event.is_in_place_of(after);
        }
    }
    for i in 1..events.len() {
        let (before, after) = events.split_at_mut(i);
        if let (Some(before), Some(event)) = (before.last(), after.first_mut())
            && event.has_time()
        {
            event.is_like(before);
        }
    }
    for event in &mut events {
        event.settle_day(|night| answers.iter().any(|(n, _)| n.contains(&night)), now);
    }
    if let Some((_, values)) = answers.last_mut() {
        let (beside, unsure): (Vec<Told>, Vec<Told>) = events.into_iter().partition(|e| {
            let is_silent = !e.body && !e.has_time();
            is_silent || e.stands_beside_calm(|night| denied.contains(&night), now)
        });
        events = beside;
        for event in unsure {
            values.extend(event.give_back(&mut words));
        }
    }
    if events.len() > 1 {
        // `two cramps: 2am left calf and 5am right foot` counts the two that follow
        for event in &mut events {
            event.times = None;
        }
    }
    let plain = Plain {
        words,
        events,
        answers,
        is_elsewhere,
        day_of_factors,
    };
    plain.account(kind, now, marked)
}

/// What the plain words of a line come to.
struct Plain {
    words: Words,
    events: Vec<Told>,
    answers: Vec<(Vec<Night>, Vec<ValueChange>)>,
    is_elsewhere: bool,
    day_of_factors: Option<Day>,
}

impl Plain {
    /// Joined with what the marked arguments say.
    fn account(self, kind: LineKind, now: &Now, marked: Line) -> Result<Account, LineError> {
        let Plain {
            words,
            events,
            answers,
            is_elsewhere,
            day_of_factors,
        } = self;
        let mut account = Account {
            unread: words.left(0, words.len()),
            ..Account::default()
        };
        let (mut told, others): (Vec<Told>, Vec<Told>) =
            events.into_iter().partition(|e| e.body || e.has_time());
        let mut values: Vec<ValueChange> = Vec::new();
        let mut day = day_of_factors;
        for other in others {
            values.extend(other.values);
            day = day.or(other.day);
        }
        let about_cramp =
            marked.said.iter().any(|m| m.field.record == On::Episode) || marked.when.is_some();
        let silent = told.is_empty() && answers.is_empty();
        if kind == LineKind::Episode && silent {
            // a line that denies something never makes a cramp of its own
            let is_sign = |at| words.is(at, "sign") || words.is(at, "negation");
            let is_sign = (0..words.len()).any(is_sign);
            account.is_note = !about_cramp
                && values.is_empty()
                && marked.values.is_empty()
                && (is_elsewhere || is_sign);
            let is_cramp =
                about_cramp || !marked.values.is_empty() || values.is_empty() && !account.is_note;
            if is_cramp {
                told.push(Told {
                    day,
                    values: std::mem::take(&mut values),
                    ..Told::default()
                });
            }
        }
        // `11`, `3/4`: a number that could be many things
        let is_number = |run: &&String| {
            run.starts_with(|c: char| c.is_ascii_digit()) && !run.contains(char::is_alphabetic)
        };
        let numbers = account.unread.iter().filter(is_number).cloned();
        if !told.is_empty() && told.iter().all(|t| t.pains.is_empty()) {
            account.doubts.extend(numbers.map(Doubt::Number));
        }
        let mut cramp_nights = Vec::new();
        for event in told {
            let is_cramp = event.is_cramp();
            let line = event.line(now, &mut account.doubts)?;
            let night = line
                .when
                .as_ref()
                .map_or(now.this_night(), |when| when.night);
            cramp_nights.extend(is_cramp.then_some(night));
            account.episodes.push(line);
        }
        for (mut nights, values) in answers {
            // `slept fine till 3, then left calf`: the cramp is surer than the calm
            nights.retain(|night| !cramp_nights.contains(night));
            if nights.is_empty()
                && let Some(line) = account.episodes.first_mut()
            {
                line.values.extend(values);
                continue;
            }
            let last = nights.last().copied();
            for night in nights {
                let mut line = Line::default();
                line.said.extend(calm());
                if Some(night) == last {
                    line.values.clone_from(&values);
                }
                account.nights.push((night, line));
            }
        }
        // factors belong to the night that is told of, else to the one named, else to this one
        if !values.is_empty() {
            if let Some(line) = account.episodes.first_mut() {
                line.values.append(&mut values);
            } else if let Some((_, line)) = account.nights.last_mut() {
                line.values.append(&mut values);
            } else {
                let night = day.map_or(now.this_night(), |day| day_as_night(day, now));
                let line = Line {
                    values,
                    ..Line::default()
                };
                account.nights.push((night, line));
            }
        }
        let first = match account.episodes.first_mut() {
            Some(line) => Some(line),
            None => account.nights.last_mut().map(|(_, line)| line),
        };
        if let Some(line) = first {
            line.said.extend(marked.said);
            line.values.extend(marked.values);
            line.when = marked.when.or(line.when.take());
            line.text = marked.text;
            line.warnings = marked.warnings;
        } else if kind == LineKind::Night {
            let when = marked.when.as_ref();
            let night = when.map_or(now.last_night(), |when| when.night);
            account.nights.push((night, marked));
        }
        Ok(account)
    }
}

fn calm() -> Option<Mention> {
    let field = field_typed(false, "outcome")?;
    let value = Outcome::Calm.word().to_string();
    Some(Mention {
        field,
        key: "outcome".to_string(),
        value,
    })
}

/// The nights a clause names.
fn nights_of(clause: &Clause, now: &Now) -> Vec<Night> {
    let last = now.last_night();
    let mut nights: Vec<Night> = Vec::new();
    let is_count =
        |item: &&Item| matches!(item, Item::Time(t) if matches!(t.said, TimeSaid::Nights(_)));
    let (counts, dates): (Vec<&Item>, Vec<&Item>) = clause.items.iter().partition(is_count);
    for item in dates.into_iter().chain(counts) {
        let Item::Time(time) = item else { continue };
        match time.said {
            TimeSaid::Day(day) => nights.push(day_as_night(day, now)),
            TimeSaid::NightsBetween(from, to) => nights.extend(Nights { from, to }.iter()),
            TimeSaid::Since(from) => nights.extend(Nights { from, to: last }.iter()),
            TimeSaid::Nights(n) if nights.is_empty() => {
                nights.extend(Nights::ending(last, n).iter())
            }
            _ => {}
        }
    }
    nights
}
