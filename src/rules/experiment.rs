//! What a person may try on themselves by lot: never a prescribed medicine or the stopping of one, never quinine, nothing
//! that a rule speaks against, and nothing while an answer is missing that could speak against it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::diary::substance::{Nutrient, amount_of_experiment, class_as_typed, nutrients_of};
use crate::diary::typed::{has_phrase, plain_name};
use crate::diary::vocabulary::{CourseKind, ExperimentDesign, MedicineClass};
use crate::diary::{Course, Diary, Experiment, Key, Night};
use crate::rules::answer::Missing;
use crate::rules::evaluate::evaluate;
use crate::rules::flag::Flag;
use crate::rules::question::{Question, questions};
pub(crate) use crate::rules::trial_rules::Against;
use crate::rules::trial_rules::{rules_about, supposed};
use crate::rules::trial_thing::{
    Dose, NoDose, NotDrawn, Thing, is_supplement_named, read_dose_of_day, thing_named,
};

/// What a person asks to try, in their own words.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted<'w> {
    pub(crate) thing: &'w str,
    /// What is done on an "on" night, and on an "off" night.
    pub(crate) on: Option<&'w str>,
    pub(crate) off: Option<&'w str>,
    /// The design asked for, if one was.
    pub(crate) design: Option<ExperimentDesign>,
}

/// Whether it may be tried.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Verdict {
    Allowed(Box<Allowed>),
    Refused(Box<Refusal>),
    /// What must be answered first.
    Unknown(Vec<Open>),
}

/// What may be tried, and how.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Allowed {
    /// The name it is kept under.
    pub(crate) thing: String,
    /// The name in sentences.
    pub(crate) label: String,
    /// The designs its lots may be drawn by, the one to offer first.
    pub(crate) designs: &'static [ExperimentDesign],
    /// The dose of an "on" day, for a supplement.
    pub(crate) dose: Option<Dose>,
    /// Why lots are drawn so, for a built-in factor.
    pub(crate) why: Option<&'static str>,
    /// On how many of the last two weeks' nights it was written down already, where it is a supplement.
    pub(crate) lately: usize,
    /// Whether it is a supplement of which no rule knows what it holds.
    pub(crate) unknown_contents: bool,
}

/// What must be answered before an experiment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Open {
    /// A question of the list, with how to answer it.
    Question(Question),
    /// How much a dose is, or how much of the substance is in it.
    Dose {
        label: String,
        unit: &'static str,
        problem: NoDose,
    },
}

/// Why it may not be tried.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Refusal {
    /// It is no thing lots can be drawn for.
    NotDrawn(NotDrawn),
    /// Only periods of weeks are right for it.
    OnlyPairs {
        label: String,
        why: Option<&'static str>,
    },
    /// A medicine, or something written down as one.
    Medicine { name: String, course: Option<Key> },
    /// "Off" speaks of a medicine.
    StoppingMedicine { name: String },
    /// Quinine or a drink that holds it, with what the rules say.
    Quinine(Vec<Against>),
    /// What is done on an "on" night is a supplement, and the thing is none.
    OtherThing { label: String, name: String },
    /// Something that needs to be looked at now comes first.
    Urgent(Box<Flag>),
    /// Rules that speak against it, the most urgent first.
    Rules(Vec<Against>),
    /// It is taken already.
    Taken { key: Key, name: String },
    /// An experiment of the same thing, or of the same substance, is under way.
    UnderWay { thing: String, to: Night },
}

/// Whether `wanted` may be tried from the night of `today`.
pub(crate) fn may_try(diary: &Diary, wanted: &Wanted, today: NaiveDate) -> Verdict {
    match judge(diary, wanted, today) {
        Ok(allowed) => Verdict::Allowed(Box::new(allowed)),
        Err(verdict) => verdict,
    }
}

impl From<Refusal> for Verdict {
    fn from(refusal: Refusal) -> Self {
        Verdict::Refused(Box::new(refusal))
    }
}

fn judge(diary: &Diary, wanted: &Wanted, today: NaiveDate) -> Result<Allowed, Verdict> {
    no_medicine(diary, wanted, today)?;
    let thing = thing_named(diary, wanted.thing).map_err(Refusal::NotDrawn)?;
    let by_label = Wanted {
        thing: &thing.label,
        ..*wanted
    };
    no_medicine(diary, &by_label, today)?;
    if let Some(on) = wanted
        .on
        .filter(|on| !thing.supplement && is_supplement_named(on))
    {
        let (label, name) = (thing.label, on.to_string());
        return Err(Refusal::OtherThing { label, name }.into());
    }
    if wanted.design == Some(ExperimentDesign::Nightly)
        && !thing.designs.contains(&ExperimentDesign::Nightly)
    {
        let (label, why) = (thing.label, thing.why);
        return Err(Refusal::OnlyPairs { label, why }.into());
    }
    let tonight = Night::of_evening(today);
    not_twice(diary, &thing, today)?;
    let flags = evaluate(diary, today, true).flags;
    if let Some(flag) = flags.into_iter().find(Flag::is_urgent) {
        return Err(Refusal::Urgent(Box::new(flag)).into());
    }
    let mut open: Vec<Open> = Vec::new();
    let dose = thing
        .supplement
        .then(|| read_dose_of_day(&thing, wanted.on))
        .transpose();
    let dose = dose.unwrap_or_else(|problem| {
        let (label, unit) = (
            thing.label.clone(),
            thing.nutrient().map_or("mg", Nutrient::unit),
        );
        open.push(Open::Dose {
            label,
            unit,
            problem,
        });
        None
    });
    let experiment = supposed(&thing.name, wanted.on, dose.as_ref(), today);
    let holds_basis = amount_of_experiment(&experiment).is_none_or(|a| a.low == a.high);
    if let (false, Some(nutrient)) = (holds_basis, thing.nutrient()) {
        let (label, unit) = (thing.label.clone(), nutrient.unit());
        open.push(Open::Dose {
            label,
            unit,
            problem: NoDose::Basis,
        });
    }
    let found = rules_about(diary, &experiment, thing.supplement, today);
    if !found.against.is_empty() {
        return Err(Refusal::Rules(found.against).into());
    }
    // the dose is asked for in words of its own
    let is_asked = |m: &Missing| open.is_empty() || !matches!(m, Missing::Amount(_));
    let asked: Vec<Missing> = found.missing.into_iter().filter(is_asked).collect();
    open.extend(questions(&asked).into_iter().map(Open::Question));
    if !open.is_empty() {
        return Err(Verdict::Unknown(open));
    }
    Ok(Allowed {
        lately: lately(diary, &thing, tonight),
        unknown_contents: thing.supplement && nutrients_of(&thing.name).is_empty(),
        thing: thing.name,
        label: thing.label,
        designs: thing.designs,
        dose,
        why: thing.why,
    })
}

/// Names of fewer letters are not looked for within other words.
const SHORTEST_NAME: usize = 3;

/// Refuses a medicine, one written down as such, and the stopping of one.
fn no_medicine(diary: &Diary, wanted: &Wanted, today: NaiveDate) -> Result<(), Refusal> {
    let prescribed = |text: &str| {
        let plain = plain_name(text);
        let mut medicines = diary
            .courses
            .iter()
            .filter(|c| c.kind == CourseKind::Medicine);
        medicines.find(|course| {
            let name = plain_name(&course.name);
            name.chars().count() >= SHORTEST_NAME && has_phrase(&plain, &name)
        })
    };
    for text in [Some(wanted.thing), wanted.on].into_iter().flatten() {
        let class = class_as_typed(text);
        if class == Some(MedicineClass::Quinine) {
            let taken = supposed(text, wanted.on, None, today);
            let against = rules_about(diary, &taken, false, today).against;
            return Err(Refusal::Quinine(against));
        }
        let course = prescribed(text);
        if class.is_some() || course.is_some() {
            let name = course.map_or(text, |course| &course.name).to_string();
            let course = course.map(|course| Key::Course(course.id));
            return Err(Refusal::Medicine { name, course });
        }
    }
    let stops = |off: &&str| class_as_typed(off).is_some() || prescribed(off).is_some();
    match wanted.off.filter(stops) {
        Some(off) => Err(Refusal::StoppingMedicine {
            name: off.to_string(),
        }),
        None => Ok(()),
    }
}

/// Refuses what is taken already, and what an experiment under way is about.
fn not_twice(diary: &Diary, thing: &Thing, today: NaiveDate) -> Result<(), Refusal> {
    let tonight = Night::of_evening(today);
    let under_way =
        |e: &&Experiment| e.stopped.is_none() && e.to >= tonight && thing.is_also(&e.thing);
    if let Some(experiment) = diary.experiments.iter().find(under_way) {
        let (thing, to) = (experiment.thing.clone(), experiment.to);
        return Err(Refusal::UnderWay { thing, to });
    }
    let open = |c: &&Course| c.stop.is_none_or(|stop| stop >= today) && thing.is_also(&c.name);
    let taken = diary.courses.iter().find(open);
    match taken {
        Some(course) if course.kind == CourseKind::Medicine => Err(Refusal::Medicine {
            name: course.name.clone(),
            course: Some(Key::Course(course.id)),
        }),
        Some(course) => Err(Refusal::Taken {
            key: Key::Course(course.id),
            name: course.name.clone(),
        }),
        None => Ok(()),
    }
}

/// Nights looked at for what was taken before an experiment.
const LATELY: i64 = 14;

/// On how many of the last nights a supplement was written down.
fn lately(diary: &Diary, thing: &Thing, tonight: Night) -> usize {
    if !thing.supplement {
        return 0;
    }
    let doses = diary
        .intakes
        .iter()
        .filter(|i| thing.is_also(&i.name))
        .map(|i| i.night);
    let values = diary
        .values
        .iter()
        .filter(|v| thing.is_also(&v.factor))
        .map(|v| v.night);
    let near = |night: &Night| (0..LATELY).contains(&tonight.since(*night));
    let nights: BTreeSet<Night> = doses.chain(values).filter(near).collect();
    nights.len()
}

/// What has come up since an experiment began that would have refused its start.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct ComeUp {
    pub(crate) against: Vec<Against>,
    /// A course of the same name or substance.
    pub(crate) course: Option<(Key, String)>,
}

/// What speaks for an end of a running experiment, besides flags in force.
pub(crate) fn come_up(diary: &Diary, experiment: &Experiment, today: NaiveDate) -> ComeUp {
    let thing = thing_named(diary, &experiment.thing).ok();
    let supplement = thing.as_ref().is_some_and(|thing| thing.supplement);
    let goes_on = |c: &&Course| c.stop.is_none_or(|stop| stop >= today);
    let mut courses = diary.courses.iter().filter(goes_on);
    let same = thing.and_then(|thing| courses.find(|course| thing.is_also(&course.name)));
    let course = same.map(|course| (Key::Course(course.id), course.name.clone()));
    ComeUp {
        against: rules_about(diary, experiment, supplement, today).against,
        course,
    }
}
