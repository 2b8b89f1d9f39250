//! What may be tried by lot, in words: what is allowed and how, why something is refused, what must be answered first,
//! and what has come up since an experiment began.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::vocabulary::ExperimentDesign;
use crate::diary::{Diary, Experiment, Key, Night};
use crate::rules::experiment::{self as rules, Against, ComeUp, Open, Refusal, Verdict};
pub(crate) use crate::rules::experiment::{Allowed, Wanted};
use crate::rules::trial_thing::{NoDose, NotDrawn};
use crate::rules::{Flag, FlagsReport, Urgency};
use crate::words::{hinted, number, printable, t};

/// Whether something may be tried.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Safety {
    Allowed(Box<Allowed>),
    Refused(Refused),
    /// What must be answered first, the most important first.
    Unknown(Vec<ToAnswer>),
}

/// Why something may not be tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Refused {
    /// Stable: what sort of reason, or the id of the rule.
    pub(crate) reason: &'static str,
    /// Starts small, as a failure does.
    pub(crate) message: String,
    /// The way out.
    pub(crate) hint: Option<String>,
    /// Claims and literature behind it.
    pub(crate) sources: Vec<&'static str>,
}

/// A question that must be answered first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ToAnswer {
    pub(crate) ask: String,
    pub(crate) how: String,
}

/// Whether `wanted` may be tried from the night of `today`.
pub(crate) fn may_try(diary: &Diary, wanted: &Wanted, today: NaiveDate) -> Safety {
    match rules::may_try(diary, wanted, today) {
        Verdict::Allowed(allowed) => Safety::Allowed(allowed),
        Verdict::Refused(refusal) => Safety::Refused(refused(*refusal)),
        Verdict::Unknown(open) => Safety::Unknown(open.into_iter().map(to_answer).collect()),
    }
}

/// What must be known before an allowed experiment begins; each a sentence.
pub(crate) fn notes(allowed: &Allowed) -> Vec<String> {
    let label = printable(&allowed.label);
    let design = match allowed.designs {
        [ExperimentDesign::Pairs] => "pairs",
        _ => "nightly",
    };
    let mut notes = Vec::new();
    if let Some(why) = allowed.why {
        notes.push(t!(experiment, "drawn-because", design, why));
    }
    if allowed.dose.is_some() {
        notes.push(t!(experiment, "counts-every-night", label = &label));
    }
    if allowed.lately > 0 {
        notes.push(t!(
            experiment,
            "taken-lately",
            label = &label,
            n = allowed.lately
        ));
    }
    if allowed.unknown_contents {
        notes.push(t!(experiment, "contents-not-known", label));
    }
    notes
}

fn to_answer(open: Open) -> ToAnswer {
    match open {
        Open::Question(question) => ToAnswer {
            ask: question.ask,
            how: question.how,
        },
        Open::Dose {
            label,
            unit,
            problem,
        } => {
            let label = printable(&label);
            let ask = match problem {
                NoDose::Missing => t!(experiment, "dose-missing", label),
                NoDose::NotRead { typed } => {
                    t!(
                        experiment,
                        "dose-not-read",
                        label,
                        typed = printable(&typed)
                    )
                }
                NoDose::Contents { unit } => {
                    t!(experiment, "dose-contents", label, unit = printable(&unit))
                }
                NoDose::Basis => {
                    return ToAnswer {
                        ask: t!(experiment, "dose-basis", label),
                        how: t!(experiment, "dose-basis-how", unit),
                    };
                }
            };
            ToAnswer {
                ask,
                how: t!(experiment, "dose-how", unit),
            }
        }
    }
}

fn refused(refusal: Refusal) -> Refused {
    let reason = reason(&refusal);
    let mut sources = Vec::new();
    let (message, hint) = match refusal {
        Refusal::NotDrawn(why) => not_drawn(why),
        Refusal::OnlyPairs { label, why } => {
            let label = printable(&label);
            match why {
                Some(why) => hinted!(experiment, "only-pairs-because", label, why),
                None => hinted!(experiment, "only-pairs", label),
            }
        }
        Refusal::Medicine { name, course: None } => {
            hinted!(experiment, "a-medicine", name = printable(&name))
        }
        Refusal::Medicine {
            name,
            course: Some(key),
        } => {
            let key = key.to_string();
            hinted!(
                experiment,
                "written-as-medicine",
                name = printable(&name),
                key
            )
        }
        Refusal::StoppingMedicine { name } => {
            hinted!(experiment, "stopping-a-medicine", name = printable(&name))
        }
        Refusal::Quinine(against) => {
            sources = sources_of(&against);
            (
                t!(experiment, "quinine", why = reasons(&against)),
                advice(&against),
            )
        }
        Refusal::OtherThing { label, name } => hinted!(
            experiment,
            "on-is-a-supplement",
            label = printable(&label),
            name = printable(&name)
        ),
        Refusal::Urgent(flag) => {
            sources = flag.sources.to_vec();
            let (heading, observed) = (flag.heading(), &flag.observed);
            (
                t!(experiment, "urgent-first", heading, observed),
                Some(flag.advice.clone()),
            )
        }
        Refusal::Rules(against) => {
            sources = sources_of(&against);
            (
                t!(experiment, "rules-against", why = reasons(&against)),
                advice(&against),
            )
        }
        Refusal::Taken { key, name } => {
            let key = key.to_string();
            hinted!(experiment, "taken-already", name = printable(&name), key)
        }
        Refusal::UnderWay { thing, to } => {
            hinted!(
                experiment,
                "under-way",
                thing = printable(&thing),
                to = to.to_string()
            )
        }
    };
    Refused {
        reason,
        message,
        hint,
        sources,
    }
}

fn reason(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotDrawn(NotDrawn::Empty | NotDrawn::NotKnown { .. }) => "not-known",
        Refusal::NotDrawn(_) | Refusal::OtherThing { .. } => "not-drawn",
        Refusal::OnlyPairs { .. } => "only-pairs",
        Refusal::Medicine { .. } | Refusal::StoppingMedicine { .. } => "medicine",
        Refusal::Quinine(_) => "quinine",
        Refusal::Urgent(flag) => flag.id,
        Refusal::Rules(against) => against.first().map_or("rule", |a| a.rule.id),
        Refusal::Taken { .. } => "taken",
        Refusal::UnderWay { .. } => "under-way",
    }
}

fn not_drawn(why: NotDrawn) -> (String, Option<String>) {
    match why {
        NotDrawn::Empty => hinted!(experiment, "no-thing"),
        NotDrawn::NotKnown { typed, near } => {
            let typed = printable(&typed);
            match near {
                Some(near) => hinted!(experiment, "not-known-near", typed, near),
                None => hinted!(experiment, "not-known", typed),
            }
        }
        NotDrawn::Never { label, why } => {
            hinted!(experiment, "never-drawn", label = printable(&label), why)
        }
        NotDrawn::NotYesNo { label, factor } => {
            let (label, factor) = (printable(&label), printable(&factor));
            hinted!(experiment, "not-yes-no", label, factor)
        }
        NotDrawn::PutAway { factor } => {
            hinted!(experiment, "put-away", factor = printable(&factor))
        }
        NotDrawn::Several { label } => {
            hinted!(experiment, "several-substances", label = printable(&label))
        }
        NotDrawn::Supplement { label } => {
            hinted!(experiment, "own-supplement", label = printable(&label))
        }
    }
}

/// Why the rules speak against it, with what was recorded.
fn reasons(against: &[Against]) -> String {
    let one = |against: &Against| {
        let mut parts = vec![against.rule.why.to_string()];
        if let Some((amount, unit)) = against.amount {
            let amount = format!("{} {unit}", number(amount));
            parts.push(t!(experiment, "day-would-add-up", amount));
        }
        if !against.entries.is_empty() {
            let entries = printable(&against.entries.join("; "));
            parts.push(t!(experiment, "because-recorded", entries));
        }
        parts.join(" ")
    };
    against.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Whom to ask, as the most urgent of the rules says.
fn advice(against: &[Against]) -> Option<String> {
    let first = against.first()?;
    let (whom, advice) = (first.rule.whom, first.rule.advice);
    let id = first.rule.id;
    let sources = sources_of(against).join(", ");
    Some(t!(experiment, "whom-to-ask", whom, advice, id, sources))
}

fn sources_of(against: &[Against]) -> Vec<&'static str> {
    let mut sources: Vec<&'static str> = Vec::new();
    for source in against.iter().flat_map(|a| &a.rule.sources) {
        if !sources.contains(source) {
            sources.push(source);
        }
    }
    sources
}

/// What has come up since an experiment began: why, and the offer to stop it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct StopOffer {
    pub(crate) thing: String,
    /// How soon the most urgent of it should be looked at; `None` where no rule says so.
    pub(crate) urgency: Option<Urgency>,
    /// Flags in force that should be looked at today or now, each a sentence or more.
    pub(crate) flags: Vec<String>,
    /// What would refuse its start now, each a sentence or more.
    pub(crate) why: Vec<String>,
    /// The offer, with the command.
    pub(crate) offer: String,
}

impl StopOffer {
    /// The offer to stop an experiment with `thing`, without a reason.
    fn of(thing: &str) -> Self {
        StopOffer {
            thing: thing.to_string(),
            urgency: None,
            flags: Vec::new(),
            why: Vec::new(),
            offer: t!(experiment, "offer-to-stop", thing = printable(thing)),
        }
    }

    /// All of it, for where no flags stand beside it.
    pub(crate) fn lines(&self) -> Vec<String> {
        let reasons = self.flags.iter().chain(&self.why).cloned();
        reasons.chain([self.offer.clone()]).collect()
    }

    /// In one paragraph beside the flags, which are not said again.
    pub(crate) fn beside_flags(&self) -> String {
        let thing = printable(&self.thing);
        let mut said = vec![t!(experiment, "runs-on", thing)];
        said.extend(self.why.iter().cloned());
        said.push(self.offer.clone());
        said.join(" ")
    }
}

fn running(diary: &Diary, today: NaiveDate) -> impl Iterator<Item = &Experiment> {
    let tonight = Night::of_evening(today);
    let experiments = diary.experiments.iter();
    experiments.filter(move |e| e.stopped.is_none() && e.covers(tonight))
}

/// What entries that were just written mean for running experiments, each a sentence or more: `fired` are the flags they
/// set off.
pub(crate) fn offers_at_entry(
    diary: &Diary,
    fired: &[Flag],
    new: &[Key],
    today: NaiveDate,
) -> Vec<String> {
    let urgent = fired.iter().any(Flag::is_urgent);
    let of_experiment = |experiment: &Experiment| {
        let mut found = rules::come_up(diary, experiment, today);
        let is_new = |a: &Against| a.keys.iter().any(|key| new.contains(key));
        found.against.retain(is_new);
        found.course = found.course.filter(|(key, _)| new.contains(key));
        // what a flag says already is not said again
        let is_said = found
            .against
            .iter()
            .any(|a| fired.iter().any(|flag| flag.id == a.rule.id));
        found
            .against
            .retain(|a| fired.iter().all(|flag| flag.id != a.rule.id));
        let offer = stop_offer(&experiment.thing, &[], &found);
        let bare = || StopOffer::of(&experiment.thing);
        offer.or_else(|| (urgent || is_said).then(bare))
    };
    let offers = running(diary, today).filter_map(of_experiment);
    offers.map(|offer| offer.beside_flags()).collect()
}

/// What has come up for each running experiment, by its first night; `flags` are those in force. It tells nothing of what
/// was drawn or done.
pub(crate) fn stop_offers(diary: &Diary, flags: &FlagsReport) -> Vec<StopOffer> {
    let today = flags.as_of;
    let urgent: Vec<&Flag> = flags.flags.iter().filter(|flag| flag.is_urgent()).collect();
    running(diary, today)
        .filter_map(|experiment| {
            let found = rules::come_up(diary, experiment, today);
            stop_offer(&experiment.thing, &urgent, &found)
        })
        .collect()
}

fn stop_offer(thing: &str, urgent: &[&Flag], found: &ComeUp) -> Option<StopOffer> {
    let in_force = |flag: &&Flag| {
        let (heading, observed) = (flag.heading(), &flag.observed);
        t!(experiment, "flag-in-force", heading, observed)
    };
    let against = |against: &Against| {
        let why = reasons(std::slice::from_ref(against));
        t!(experiment, "now-against", why)
    };
    let mut why: Vec<String> = found.against.iter().map(against).collect();
    if let Some((_, name)) = &found.course {
        why.push(t!(experiment, "now-taken", name = printable(name)));
    }
    let flags = urgent.iter().map(|flag| flag.urgency);
    let rules = found.against.iter().map(|against| against.rule.urgency);
    let offer = StopOffer {
        urgency: flags.chain(rules).max(),
        flags: urgent.iter().map(in_force).collect(),
        why,
        ..StopOffer::of(thing)
    };
    let has_reason = !(offer.flags.is_empty() && offer.why.is_empty());
    has_reason.then_some(offer)
}
