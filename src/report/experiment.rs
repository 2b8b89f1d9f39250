//! Experiments on oneself: where one stands, and what tonight is. Nothing here compares nights.

use serde::Serialize;

use crate::diary::experiment::{Assigned, State, sha256};
use crate::diary::typed::nearest_of;
use crate::diary::vocabulary::{Done, ExperimentDesign};
use crate::diary::{Diary, Experiment, Night, NightState, Nights, Now};
use crate::report::experiment_result::{self, newest};
use crate::report::experiment_safety::{StopOffer, stop_offers};
use crate::report::flags::flags;
use crate::report::say::page::mid_sentence;
use crate::words::{hinted, short_day, t};

/// A chance to find the effect below this is said with everything the experiment shows.
pub(crate) const ENOUGH: f64 = 0.5;

/// Why something was refused, and the way out.
pub(crate) type Refusal = (String, Option<String>);

/// The name of a thing within a sentence.
pub(crate) fn label_of(diary: &Diary, thing: &str) -> String {
    mid_sentence(&experiment_result::label_of(diary, thing))
}

/// What one coming night is to be.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Tonight {
    pub(crate) thing: String,
    /// `on`, `off`, or the letter on the label.
    assigned: String,
    #[serde(skip)]
    pub(crate) sentence: String,
}

/// What tonight is to be, for every experiment that runs. Only this and tomorrow are ever shown.
pub(crate) fn tonight(diary: &Diary, now: &Now) -> Vec<Tonight> {
    let night = Night::of_evening(now.today());
    let running = running(diary, now);
    running
        .filter_map(|e| coming(diary, e, night, true))
        .collect()
}

/// What the night after is to be.
fn tomorrow(diary: &Diary, e: &Experiment, now: &Now) -> Option<Tonight> {
    coming(diary, e, Night::of_evening(now.today()).plus(1), false)
}

pub(crate) fn running<'d>(diary: &'d Diary, now: &Now) -> impl Iterator<Item = &'d Experiment> {
    let last = now.last_night();
    diary.experiments.iter().filter(move |e| e.is_running(last))
}

fn coming(diary: &Diary, e: &Experiment, night: Night, is_tonight: bool) -> Option<Tonight> {
    let label = label_of(diary, &e.thing);
    let (word, detail) = match e.assigned(night)? {
        Assigned::On => ("on".to_string(), e.on.as_deref()),
        Assigned::Off => ("off".to_string(), e.off.as_deref()),
        Assigned::Label(letter) => (letter.to_string(), None),
    };
    let side = match word.as_str() {
        "on" => t!(experiment, "with", label),
        "off" => t!(experiment, "without", label),
        letter => t!(experiment, "labelled", label, letter),
    };
    let side = match detail {
        Some(words) => t!(experiment, "side", side, words),
        None => side,
    };
    let sentence = match is_tonight {
        true => t!(experiment, "tonight", side),
        false => t!(experiment, "tomorrow", side),
    };
    Some(Tonight {
        thing: e.thing.clone(),
        assigned: word,
        sentence,
    })
}

/// The nights of an experiment in numbers that compare nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Counts {
    /// Nights that are over.
    pub(crate) done: usize,
    /// Of those, how many have an answer.
    pub(crate) recorded: usize,
    /// How often what was done is what was drawn.
    pub(crate) kept: usize,
    /// All the nights planned.
    pub(crate) of: usize,
    /// Nights of which the person said what was done.
    #[serde(skip)]
    pub(crate) told: usize,
}

/// Where an experiment stands: `cramp experiment`, and the answer to `start`, `stop` and `verify`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Standing {
    schema: u32,
    kind: &'static str,
    pub(crate) thing: String,
    pub(crate) state: State,
    pub(crate) design: ExperimentDesign,
    pub(crate) from: Night,
    pub(crate) to: Night,
    pub(crate) nights: Counts,
    pub(crate) seal: String,
    /// Whether plan and schedule are those of the first day.
    pub(crate) sound: Option<bool>,
    pub(crate) blinded: bool,
    /// The chance it had at its start to find the effect called worthwhile.
    pub(crate) power: f64,
    pub(crate) stopped: Option<chrono::NaiveDate>,
    pub(crate) reason: Option<String>,
    pub(crate) tonight: Option<Tonight>,
    pub(crate) tomorrow: Option<Tonight>,
    pub(crate) sentences: Vec<String>,
}

/// Where `e` stands on `now`.
pub(crate) fn standing(diary: &Diary, e: &Experiment, now: &Now) -> Standing {
    let last = now.last_night();
    let state = e.state(last);
    let nights = counts(diary, e, last);
    let is_running = state == State::Running;
    let tonight = coming(diary, e, Night::of_evening(now.today()), true).filter(|_| is_running);
    let tomorrow = tomorrow(diary, e, now).filter(|_| is_running);
    Standing {
        schema: 1,
        kind: "experiment",
        thing: e.thing.clone(),
        state,
        design: e.design,
        from: e.from,
        to: e.to,
        seal: e.seal.clone(),
        sound: Some(e.is_sound()),
        blinded: e.is_blinded(),
        power: e.power,
        stopped: e.stopped,
        reason: e.reason.clone(),
        sentences: sentences(diary, e, &nights, now),
        nights,
        tonight,
        tomorrow,
    }
}

/// What `cramp experiment` answers: the fields of the first, and every experiment in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Standings {
    #[serde(flatten)]
    first: Option<Standing>,
    #[serde(flatten)]
    none: Option<NoneYet>,
    pub(crate) experiments: Vec<Standing>,
}

/// What stands there while there is no experiment.
#[derive(Debug, Clone, Serialize)]
struct NoneYet {
    schema: u32,
    kind: &'static str,
    state: Option<State>,
}

/// Every experiment, those that run first and the newest of each first.
pub(crate) fn standings(diary: &Diary, now: &Now) -> Standings {
    let mut all: Vec<&Experiment> = diary.experiments.iter().collect();
    let last = now.last_night();
    all.sort_by_key(|e| std::cmp::Reverse((e.is_running(last), e.from, e.id)));
    let offers = match all.iter().any(|e| e.is_running(last)) {
        true => stop_offers(diary, &flags(diary, now.today())),
        false => Vec::new(),
    };
    let all = all.into_iter().map(|e| standing(diary, e, now));
    let all: Vec<Standing> = all.map(|one| one.with_offer(&offers)).collect();
    Standings {
        first: all.first().cloned(),
        none: all.is_empty().then_some(NoneYet {
            schema: 1,
            kind: "experiment",
            state: None,
        }),
        experiments: all,
    }
}

impl Standing {
    /// With what has come up since it began, below its head.
    fn with_offer(mut self, offers: &[StopOffer]) -> Self {
        let runs = self.state == State::Running;
        let offer = offers.iter().find(|offer| offer.thing == self.thing);
        if let Some(offer) = offer.filter(|_| runs) {
            let below = self.sentences.len().min(1);
            self.sentences.splice(below..below, offer.lines());
        }
        self
    }
}

/// Where one stands that has just begun: with its seal, and how it can be taken back.
pub(crate) fn begun(diary: &Diary, e: &Experiment, now: &Now) -> Standing {
    let mut begun = standing(diary, e, now);
    let (seal, thing) = (&e.seal, &e.thing);
    begun.sentences.push(t!(experiment, "seal", seal));
    begun.sentences.push(t!(experiment, "to-undo", thing));
    begun
}

/// Where one stands, with whether its plan and schedule are those of the first day: by the seal in the diary and, where
/// given, by the one that was printed.
pub(crate) fn verified(
    diary: &Diary,
    e: &Experiment,
    printed: Option<&str>,
    now: &Now,
) -> Standing {
    let mut verified = standing(diary, e, now);
    let printed = printed.map(|seal| seal.trim().eq_ignore_ascii_case(&e.seal));
    let is_sound = e.is_sound() && printed.unwrap_or(true);
    verified.sound = Some(is_sound);
    let said = match (e.is_sound(), printed) {
        (true, Some(false)) => t!(experiment, "other-seal").to_string(),
        (true, _) => t!(experiment, "sound").to_string(),
        // said already
        (false, _) => return verified,
    };
    verified.sentences.push(said);
    verified
        .sentences
        .push(t!(experiment, "seal-is", seal = e.seal));
    verified
}

/// What is asked before one is ended early.
pub(crate) fn question_stop(diary: &Diary, thing: &str) -> String {
    t!(experiment, "really-stop", label = label_of(diary, thing))
}

/// The nights up to `last`: how many are over, have an answer, and went as they were drawn.
fn counts(diary: &Diary, e: &Experiment, last: Night) -> Counts {
    let over = Nights {
        from: e.from,
        to: e.to.min(last).min(stopped(e).unwrap_or(last)),
    };
    let over: Vec<Night> = over.iter().collect();
    let answered = |night: &&Night| diary.state(**night) != NightState::Unknown;
    let told = over.iter().filter_map(|night| {
        let done = what_was_done(diary, &e.thing, *night)?;
        Some((e.assigned(*night)?, done))
    });
    let told: Vec<_> = told.collect();
    let kept = told.iter().filter(|(assigned, done)| match assigned {
        Assigned::On | Assigned::Label(_) => *done == Done::Yes,
        Assigned::Off => *done == Done::No,
    });
    Counts {
        done: over.len(),
        recorded: over.iter().filter(answered).count(),
        kept: kept.count(),
        of: e.nights().len(),
        told: told.len(),
    }
}

/// The last night before an early end.
fn stopped(e: &Experiment) -> Option<Night> {
    e.stopped.map(|day| Night::of_evening(day).plus(-1))
}

/// What was really done about a thing on a night: as it was said, else yes where it was taken.
pub(crate) fn what_was_done(diary: &Diary, thing: &str, night: Night) -> Option<Done> {
    let said = diary.adherence.iter().rev();
    let mut said = said.filter(|a| a.night == night && a.thing == thing);
    let taken = || {
        let mut intakes = diary.intakes.iter();
        intakes.any(|i| i.night == night && i.name == thing)
    };
    said.next()
        .map(|a| a.done)
        .or_else(|| taken().then_some(Done::Yes))
}

fn sentences(diary: &Diary, e: &Experiment, nights: &Counts, now: &Now) -> Vec<String> {
    let label = label_of(diary, &e.thing);
    let (from, to) = (e.from.date(), e.to.date());
    let last = now.last_night();
    let mut out = vec![match e.design {
        ExperimentDesign::Nightly => t!(experiment, "is-nightly", label, from, to),
        ExperimentDesign::Pairs => {
            let (pairs, period) = (nights.of / (2 * e.period.max(1) as usize), e.period);
            t!(experiment, "is-pairs", label, from, to, pairs, period)
        }
    }];
    match e.state(last) {
        State::Stopped => {
            let day = e.stopped.unwrap_or(to);
            let why = e.reason.clone().unwrap_or_default();
            out.push(t!(experiment, "is-stopped", day, why));
        }
        State::Finished => out.push(t!(experiment, "is-finished", thing = e.thing)),
        State::Running if e.from > last.plus(1) => out.push(t!(experiment, "not-begun", from)),
        State::Running => {
            let left = e.to.since(last);
            let opens = short_day(e.to.plus(1).date());
            out.push(t!(experiment, "to-go", left, opens));
        }
    }
    let Counts {
        done,
        recorded,
        kept,
        of,
        told,
    } = *nights;
    if done > 0 {
        out.push(t!(experiment, "nights", done, of, recorded));
        match told {
            0 if e.is_running(last) => out.push(t!(experiment, "none-told").to_string()),
            0 => {}
            told => out.push(t!(experiment, "kept", kept, told)),
        }
    }
    if !e.is_sound() {
        out.push(t!(experiment, "not-sound").to_string());
    }
    out.extend(weak(e.power));
    out
}

/// What has to be said with everything about an experiment that was started against advice.
pub(crate) fn weak(power: f64) -> Option<String> {
    (power < ENOUGH).then(|| {
        let chance = crate::words::of_100(power);
        t!(experiment, "weak", chance)
    })
}

/// The experiment a command means: the latest one with this thing.
///
/// # Errors
/// There is none; the nearest name is suggested.
pub(crate) fn find<'d>(diary: &'d Diary, typed: &str) -> Result<&'d Experiment, Refusal> {
    newest(diary, typed).ok_or_else(|| {
        let name = typed.trim().to_lowercase();
        let known = diary.experiments.iter().map(|e| e.thing.as_str());
        match (nearest_of(&name, known), diary.experiments.is_empty()) {
            (Some(near), _) => hinted!(experiment, "none-near", name, near),
            (None, true) => hinted!(experiment, "none-at-all", name),
            (None, false) => hinted!(experiment, "none-of-name", name),
        }
    })
}

/// The experiment with a thing to hold to a seal that was printed: the one with that seal, else the newest.
///
/// # Errors
/// There is none: the diary may be a copy from before the start.
pub(crate) fn find_sealed<'d>(
    diary: &'d Diary,
    typed: &str,
    printed: &str,
) -> Result<&'d Experiment, Refusal> {
    let has_it = |e: &&Experiment| e.seal.eq_ignore_ascii_case(printed.trim());
    let found = diary.experiments.iter().find(has_it);
    found
        .or_else(|| newest(diary, typed))
        .ok_or_else(|| hinted!(experiment, "seal-not-known"))
}

/// The label that was on, by the friend's key file.
///
/// # Errors
/// It is not the key of this experiment.
pub(crate) fn opened_by(e: &Experiment, file: &str) -> Result<char, Refusal> {
    let keys = file
        .lines()
        .filter_map(|line| line.trim().strip_prefix("key "));
    let mut keys = keys.map(str::trim);
    let fits = |key: &&str| e.key_hash.as_deref() == Some(&sha256(key.as_bytes()));
    let label = keys.find(fits).and_then(|key| key.chars().next());
    label.ok_or_else(|| hinted!(experiment, "wrong-key", thing = e.thing))
}
