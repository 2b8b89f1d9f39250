//! The questions of the morning check-in: how last night was, then the factors the person follows or uses, then a few
//! earlier nights without an answer; and the words a reply stands for.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::data;
use crate::diary::entry::LineReader;
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::lexicon;
use crate::diary::line::{Line, LineKind};
use crate::diary::typed::{LineError, split};
use crate::diary::unit;
use crate::diary::vocabulary::{Done, FactorKind, Wish};
use crate::diary::{Diary, Experiment, Night, NightState, Nights, Now, Word};
use crate::report::experiment::{label_of, what_was_done};
use crate::words::{short_day, t};

/// The most nights without an answer that are asked about at once.
const MOST_MISSED: usize = 3;
/// How many nights back a value makes a factor one that the person uses.
pub(crate) const USED_NIGHTS: i64 = 28;
/// A factor is in use after this many values within [`USED_NIGHTS`].
const USED_TIMES: usize = 2;
/// The reply of somebody who does not know, which is kept as unknown.
pub(crate) const UNKNOWN: &str = "?";
/// The most words of a choice that are numbered, so that one digit answers.
const MOST_NUMBERED: usize = 9;

/// What a question is about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum About {
    Outcome,
    /// What the cramp was like.
    Details,
    /// Whether the thing of an experiment was really done.
    Tried(String),
    Factor {
        def: Box<FactorDef>,
        /// The unit of a bare number that would otherwise read two ways.
        bare_unit: Option<&'static str>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    /// The question with how it is answered.
    pub(crate) text: String,
    /// The question by itself.
    pub(crate) asks: String,
    /// How it is answered, in short.
    pub(crate) form: String,
    pub(crate) night: Night,
    pub(crate) about: About,
}

/// What a reply stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meant {
    /// The words of `cramp night`.
    Night(Vec<String>),
    /// The words of `cramp log`.
    Log(Vec<String>),
    /// What was really done about the thing of an experiment; `None`: the person does not know.
    Done(String, Night, Option<Done>),
    /// Nothing to write.
    Nothing,
    /// This factor is not to be asked about again.
    NotAgain(String),
}

impl Question {
    fn new(asks: &str, form: &str, night: Night, about: About) -> Question {
        let text = match form.is_empty() {
            true => asks.to_string(),
            false => t!(checkin, "question", question = asks, form),
        };
        Question {
            text,
            asks: asks.to_string(),
            form: form.to_string(),
            night,
            about,
        }
    }

    /// What `reply` stands for.
    ///
    /// # Errors
    /// A reply that is no answer to this question.
    pub(crate) fn meant(
        &self,
        reply: &str,
        catalogue: &Catalogue,
        now: &Now,
    ) -> Result<Meant, LineError> {
        match &self.about {
            About::Outcome => {
                let outcome = match (reply.to_lowercase().as_str(), reply_yes_no(reply)) {
                    ("calm", _) | (_, Some(false)) => "calm",
                    ("cramp", _) | (_, Some(true)) => "cramp",
                    _ => return self.told(reply, catalogue, now),
                };
                let night = self.night.to_string();
                Ok(Meant::Night(vec![night, outcome.to_string()]))
            }
            About::Details if reply_yes_no(reply) == Some(false) => Ok(Meant::Nothing),
            About::Details => Ok(Meant::Log(self.as_entry(reply, now))),
            About::Tried(thing) => {
                let yes_no = reply_yes_no(reply).map(|yes| if yes { Done::Yes } else { Done::No });
                let done = lexicon_done(reply).or(yes_no);
                if done.is_none() && reply != UNKNOWN {
                    let message = t!(experiment, "no-answer", reply);
                    return Err(LineError::new(message, t!(experiment, "answers")));
                }
                Ok(Meant::Done(thing.clone(), self.night, done))
            }
            About::Factor { def, .. } if reply.eq_ignore_ascii_case(t!(checkin, "stop")) => {
                Ok(Meant::NotAgain(def.factor.to_string()))
            }
            About::Factor { def, bare_unit } => {
                let mut words = vec![self.night.to_string()];
                words.extend(value_words(def, *bare_unit, reply, catalogue, now));
                Ok(Meant::Night(words))
            }
        }
    }

    /// The question that follows a yes to whether there was a cramp.
    pub(crate) fn details(&self, meant: &Meant) -> Option<Question> {
        let is_cramp =
            matches!(meant, Meant::Night(words) if words.last().is_some_and(|w| w == "cramp"));
        let details = || Question::new(t!(checkin, "details"), "", self.night, About::Details);
        (self.about == About::Outcome && is_cramp).then(details)
    }

    /// A reply that tells of the night in words of its own.
    fn told(&self, reply: &str, catalogue: &Catalogue, now: &Now) -> Result<Meant, LineError> {
        let read = LineReader::new(LineKind::Episode, catalogue, now).read(&split(reply));
        let understood = read.is_ok_and(|account| {
            let says = |line: &Line| line.when.is_some() || !line.said.is_empty();
            let said = account.episodes.iter().any(says) || !account.nights.is_empty();
            said && account.unread.is_empty() && !account.is_note
        });
        match understood {
            true => Ok(Meant::Log(self.as_entry(reply, now))),
            false => Err(LineError::new(
                t!(checkin, "no-answer", reply),
                t!(checkin, "answers"),
            )),
        }
    }

    /// A reply as the words of `cramp log`, under this night: `-2 3am left calf`.
    fn as_entry(&self, reply: &str, now: &Now) -> Vec<String> {
        let night = std::iter::once(as_typed(self.night, now));
        night.chain(split(reply)).collect()
    }
}

/// A night that is over as `cramp log` takes it before other words, which then have no time but their own.
pub(crate) fn as_typed(night: Night, now: &Now) -> String {
    format!("-{}", now.last_night().since(night) + 1)
}

/// `partly`, or the first letters of it.
fn lexicon_done(reply: &str) -> Option<Done> {
    let reply = reply.to_lowercase();
    let partly = Done::Partly.word();
    (!reply.is_empty() && partly.starts_with(&reply)).then_some(Done::Partly)
}

/// Yes or no, also as people answer a question (`yep`, `didn't`).
fn reply_yes_no(reply: &str) -> Option<bool> {
    unit::yes_no(reply).or_else(|| lexicon::reply(&reply.to_lowercase()))
}

/// The words of `cramp night` for a reply about a factor. A bare yes is some, a bare no none; a digit is a word of the
/// choice; then a value, a bare number in the unit of the question, and plain words (`2 beers`, `half an hour`).
fn value_words(
    def: &FactorDef,
    bare_unit: Option<&str>,
    reply: &str,
    catalogue: &Catalogue,
    now: &Now,
) -> Vec<String> {
    let set = |value: &str| vec![format!("{}={value}", def.factor)];
    let amount = def.kind == FactorKind::Number && def.min == Some(0.0);
    match (def.kind, reply_yes_no(reply).filter(|_| reply != "1")) {
        (FactorKind::YesNo, Some(true)) => return set("yes"),
        (FactorKind::YesNo, Some(false)) => return set("no"),
        (_, Some(true)) if amount => return set("some"),
        (_, Some(false)) if amount => return set("0"),
        _ => {}
    }
    let place = reply.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let choices = def.choices.iter().take(MOST_NUMBERED);
    if let Some(word) = place.and_then(|place| choices.clone().nth(place)) {
        return set(word);
    }
    if let Some(word) = lexicon::choice(&def.factor, &reply.to_lowercase())
        && def.choices.iter().any(|choice| choice == word)
    {
        return set(word);
    }
    let reads = |value: &str| def.read(value).is_ok();
    if reads(reply) {
        return set(reply);
    }
    if let Some(with_unit) = bare_unit.map(|unit| format!("{reply}{unit}"))
        && reads(&with_unit)
    {
        return set(&with_unit);
    }
    if reply.parse::<f64>().is_ok() {
        return set(reply);
    }
    // plain words, as they are or with the name of the factor before them, when they speak of this factor alone
    let said = split(reply);
    let named: Vec<String> = std::iter::once(def.factor.to_string())
        .chain(said.iter().cloned())
        .collect();
    let reader = LineReader::new(LineKind::Night, catalogue, now);
    let tells = |words: &&Vec<String>| {
        let account = reader.read(words).ok();
        let line = account.and_then(|account| account.only_night().ok());
        line.is_some_and(|(_, line)| {
            let factors: Vec<&str> = line.values.iter().map(|v| &*v.factor).collect();
            factors == [&*def.factor]
        })
    };
    match [&said, &named].into_iter().find(tells) {
        Some(words) => words.clone(),
        // refused with what is accepted
        None => set(reply),
    }
}

/// The nights to ask about: `last`, and the nearest earlier ones of a fortnight without an answer since the diary began;
/// at most three of them wait for an answer.
pub(crate) fn nights(diary: &Diary, last: Night, span: Nights) -> Vec<Night> {
    let mut missed = diary.unanswered(Nights { to: last, ..span });
    missed.reverse();
    missed.retain(|night| *night != last);
    let room = MOST_MISSED - usize::from(diary.state(last) == NightState::Unknown);
    missed.truncate(room);
    missed.insert(0, last);
    missed
}

/// The questions about `nights` on the morning of `today`: whether the first of them had a cramp and its factors, then
/// whether the others had one, as given.
pub(crate) fn questions(
    diary: &Diary,
    nights: &[Night],
    catalogue: &Catalogue,
    today: NaiveDate,
) -> Vec<Question> {
    let Some((last, earlier)) = nights.split_first() else {
        return Vec::new();
    };
    let mut out: Vec<Question> = outcome(diary, *last).into_iter().collect();
    let tried = tried(diary, *last);
    out.extend(
        tried
            .iter()
            .filter_map(|e| about_tried(diary, e, *last, catalogue)),
    );
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for value in diary.values_in(Nights::ending(last.plus(-1), USED_NIGHTS)) {
        *used.entry(value.factor.as_ref()).or_default() += 1;
    }
    let known = diary.known_values(Nights::ending(*last, 1));
    // those of the list in its order, then the others in the order of the catalogue
    let offered = data::follow()
        .iter()
        .filter_map(|o| catalogue.find(o.offer));
    let is_offered = |def: &&FactorDef| data::follow().iter().any(|o| o.offer == def.factor);
    let others = catalogue.iter().filter(|def| !is_offered(def));
    for def in offered.filter(|def| !def.retired).chain(others) {
        let in_use = used.get(def.factor.as_ref()).copied().unwrap_or(0) >= USED_TIMES;
        let asked = match diary.wish(&def.factor, today) {
            Some(wish) => wish == Wish::Ask,
            None => in_use,
        };
        let is_tried = tried.iter().any(|e| *e.thing == *def.factor);
        if asked && !is_tried && !known.iter().any(|v| *v.factor == *def.factor) {
            out.push(about_factor(def, *last));
        }
    }
    out.extend(earlier.iter().filter_map(|night| outcome(diary, *night)));
    out
}

/// The experiments that have drawn something for a night.
fn tried(diary: &Diary, night: Night) -> Vec<&Experiment> {
    let experiments = diary.experiments.iter();
    experiments
        .filter(|e| e.assigned(night).is_some())
        .collect()
}

/// Whether it was really done, where that is not known. What was drawn is not said again.
fn about_tried(
    diary: &Diary,
    e: &Experiment,
    night: Night,
    catalogue: &Catalogue,
) -> Option<Question> {
    if what_was_done(diary, &e.thing, night).is_some() {
        return None;
    }
    let def = catalogue
        .find(&e.thing)
        .filter(|def| def.kind == FactorKind::YesNo);
    let question = match def {
        _ if e.is_blinded() => t!(experiment, "took-marked", label = label_of(diary, &e.thing)),
        Some(def) if !def.question.is_empty() => def.question.to_string(),
        _ => t!(experiment, "took", label = label_of(diary, &e.thing)),
    };
    let asks = t!(
        experiment,
        "did-you",
        question,
        night = short_day(night.date())
    );
    let form = t!(experiment, "did-you-form");
    Some(Question::new(
        &asks,
        form,
        night,
        About::Tried(e.thing.clone()),
    ))
}

/// Whether there was a cramp, where that is not known.
fn outcome(diary: &Diary, night: Night) -> Option<Question> {
    (diary.state(night) == NightState::Unknown).then(|| {
        let asks = t!(checkin, "outcome", night = short_day(night.date()));
        Question::new(&asks, t!(checkin, "yes-no"), night, About::Outcome)
    })
}

fn about_factor(def: &FactorDef, night: Night) -> Question {
    let offers = data::follow().iter();
    let offer = offers.clone().find(|o| o.offer == def.factor);
    let bare_unit = offer.and_then(|o| o.bare_unit);
    let numbered = |(place, word)| format!("{} {word}", place + 1);
    let form = match def.kind {
        FactorKind::YesNo => t!(checkin, "yes-no").to_string(),
        FactorKind::Choice if (1..=MOST_NUMBERED).contains(&def.choices.len()) => {
            let choices = def.choices.iter().enumerate().map(numbered);
            choices.collect::<Vec<_>>().join("  ")
        }
        FactorKind::Number if def.min == Some(0.0) => {
            let unit = bare_unit.or(def.unit.as_deref());
            t!(checkin, "amount", unit = unit.unwrap_or(""))
        }
        FactorKind::Number => def.unit.as_deref().unwrap_or_default().to_string(),
        _ => def.accepted(),
    };
    let question = match def.question.is_empty() {
        true => t!(checkin, "by-label", label = def.label),
        false => def.question.to_string(),
    };
    let about = About::Factor {
        def: Box::new(def.clone()),
        bare_unit,
    };
    Question::new(&question, &form, night, about)
}
