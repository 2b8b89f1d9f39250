//! The shape of a rule: what it watches for, what it says, and who says so. The build script writes it, the program reads it.

use serde::{Deserialize, Serialize};

use crate::data::vocabulary::{BroughtOn, Kind, MedicineClass, Period, RelievedBy, SymptomName};
use crate::data::word::words;

words! {
    /// How soon somebody should look at it: at the next visit, within about two weeks, today, or now by the emergency number.
    Urgency, "urgency", { Routine = "routine", Soon = "soon", SameDay = "same-day", Emergency = "emergency" }
}

impl Urgency {
    /// Whether it must be said at once, above everything else.
    pub(crate) fn is_urgent(self) -> bool {
        self >= Urgency::SameDay
    }
}

words! {
    /// What sort of rule it is.
    Sort, "sort", {
        /// One entry is enough; excluded periods are no excuse (clinical.md section 4).
        RedFlag = "red-flag",
        /// Frequency, severity and persistence (section 3).
        Ladder = "ladder",
        /// A pattern of signs or a known condition (section 3).
        Pattern = "pattern",
        /// Supplements, drinks and measures that can do harm (section 6).
        Safety = "safety",
        /// Who may not let chance decide, whatever is tried. It raises no flag.
        Trial = "trial",
        /// Who may not let chance decide about a supplement. It raises no flag.
        TrialSupplement = "trial-supplement",
    }
}

words! {
    /// A substance whose daily amount matters. Quinine includes tonic water.
    Substance, "substance", {
        Magnesium = "magnesium", Calcium = "calcium", Potassium = "potassium", Salt = "salt", VitaminD = "vitamin-d",
        VitaminB6 = "vitamin-b6", VitaminK2 = "vitamin-k2", Quinine = "quinine",
    }
}

impl Substance {
    /// The unit its limits are stated in.
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Substance::VitaminD | Substance::VitaminK2 => "µg",
            _ => "mg",
        }
    }
}

/// The rules, the questions that settle them, and the claims that are none.
///
/// As in `entries.rs`, the build script reads text it owns, and the program decodes text borrowed from itself.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static, S: Deserialize<'de> + Default + From<&'static str>"))]
pub(crate) struct RuleBook<S = &'static str> {
    /// Every rule, the most urgent sort first.
    pub(crate) rules: Vec<Rule<S>>,
    /// Rules that only say who may not do an experiment. They raise no flag.
    pub(crate) trials: Vec<Rule<S>>,
    /// Questions that settle what a rule could not tell.
    pub(crate) questions: Vec<QuestionEntry<S>>,
    /// Questions about warning words of a text, where the symptom's own question does not fit.
    pub(crate) signs: Vec<SignEntry<S>>,
    /// Claims about diseases, thresholds, rules and groups at risk that no rule rests on.
    pub(crate) claims_without_rule: Vec<ClaimWithoutRule<S>>,
}

/// A question, with placeholders for what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionEntry<S = &'static str> {
    /// Stable id.
    pub(crate) id: S,
    /// The question.
    pub(crate) ask: S,
    /// How to answer it by hand.
    pub(crate) how: S,
    /// The symptoms it asks about; empty when it is about something else.
    #[serde(default)]
    pub(crate) symptoms: Vec<SymptomName>,
    /// The facts about the person it asks for (keys of `cramp me`).
    #[serde(default)]
    pub(crate) facts: Vec<S>,
}

/// What is asked where a text may speak of a symptom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignEntry<S = &'static str> {
    pub(crate) symptom: SymptomName,
    /// The question.
    pub(crate) ask: S,
}

/// A claim that no rule rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimWithoutRule<S = &'static str> {
    /// Its id.
    pub(crate) claim: S,
    /// Why.
    pub(crate) reason: S,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(deserialize = "'de: 'static, S: Deserialize<'de> + Default + From<&'static str>")
)]
pub(crate) struct Rule<S = &'static str> {
    /// Stable id, used by `--seen` and `--discussed`.
    pub(crate) id: S,
    /// What sort it is.
    pub(crate) sort: Sort,
    /// How soon.
    pub(crate) urgency: Urgency,
    /// When it fires; the build script reads it from its text.
    #[serde(default = "never")]
    pub(crate) when: Condition,
    /// What was observed, after "You recorded". `{what}` is what the entries are about, `{dates}` when, `{nights}` on
    /// how many nights, `{since}` the start that was entered, `{amount}` the largest daily amount, `{your}` whose it is: the reader's, or the patient's.
    #[serde(default = "what_and_when")]
    pub(crate) observed: S,
    /// Why it matters.
    pub(crate) why: S,
    /// Whom to ask, after "Ask" or "Call".
    pub(crate) whom: S,
    /// What to do, in full sentences.
    #[serde(rename = "do")]
    pub(crate) advice: S,
    /// What would make it more urgent.
    #[serde(default)]
    pub(crate) worse: S,
    /// Claims (`S1:D1.2c`) and literature keys (`CG147`).
    pub(crate) sources: Vec<S>,
    /// The threshold is a proposal of this program; no guideline states it.
    #[serde(default)]
    pub(crate) proposal: bool,
    /// The day the rule was last compared with its sources.
    pub(crate) reviewed: S,
    /// Who compared it.
    pub(crate) reviewer: S,
}

fn never() -> Condition {
    Condition::Any(Vec::new())
}

/// What most rules state as observed.
fn what_and_when<S: From<&'static str>>() -> S {
    "{what} {dates}.".into()
}

/// A condition over the diary. Its answer is Yes, No or Unknown (Kleene's three-valued logic).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) enum Condition {
    /// Every part holds.
    All(Vec<Condition>),
    /// Some part holds.
    Any(Vec<Condition>),
    /// At least so many parts hold.
    AtLeast(usize, Vec<Condition>),
    /// Holds unless the part is known to hold. Unlike a "not", it does not fall silent when the fact is unknown.
    Unless(Box<Condition>),
    /// Holds unless the part is known not to hold: it was asked about, and the answer was no.
    UnlessDenied(Box<Condition>),
    /// A symptom between cramps.
    Symptom(SymptomTest),
    /// Single episodes.
    Episodes(EpisodeTest),
    /// How the nights went.
    Burden(Burden),
    /// The person.
    Person(PersonTest),
    /// Medicines.
    Medicine(MedicineTest),
    /// Supplements and drinks that have a limit.
    Substance(SubstanceTest),
    /// A factor of the night reached a value on at least so many nights.
    Factor(FactorTest),
}

/// One symptom within a window, optionally of a certain sort.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SymptomTest {
    /// Which.
    pub(crate) name: SymptomName,
    /// Days looked back, today included.
    pub(crate) days: u16,
    /// On at least so many different nights.
    pub(crate) nights: u8,
    /// Lasting at least so many days: by its `since`, or by entries that far apart (less one week) with no `no` between.
    pub(crate) lasting: u16,
    /// At least so bad, 0 to 10; 0: however bad.
    pub(crate) severity_from: u8,
    /// So many cm bigger than the other side, and that was measured; 0: measured or not.
    pub(crate) bigger_by_cm: u8,
    /// Came on suddenly.
    pub(crate) sudden: bool,
    /// Getting worse, and that was said.
    pub(crate) worse: bool,
    /// Which sides count.
    pub(crate) side: SideWanted,
    /// What relieves it; empty: anything.
    pub(crate) relieved: Vec<RelievedBy>,
    /// What brings it on; empty: anything.
    pub(crate) brought: Vec<BroughtOn>,
    /// Each time lasting at least so many seconds; 0: any length.
    pub(crate) lasts_min_s: u32,
    /// Each time lasting at most so many seconds, where that was recorded; 0: any length.
    pub(crate) lasts_max_s: u32,
    /// Began at most so many days before it was noticed; 0: at any time.
    pub(crate) began_within: u16,
    /// With no `since`, it is taken to have begun when it was noticed. For red flags, where silence must not hide a
    /// warning.
    pub(crate) began_open: bool,
    /// An entry counts although a later one says that it is over. For attacks and injuries, which matter after they have
    /// passed; any other sign is ended by a `no`.
    pub(crate) also_over: bool,
}

/// Which sides of a symptom count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum SideWanted {
    /// Any, also when not recorded.
    Any,
    /// Left or right, not both.
    One,
    /// Both.
    Both,
}

/// Episodes of a sort within a window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct EpisodeTest {
    /// The kinds that count.
    pub(crate) kinds: Vec<Kind>,
    /// By night, by day, or either.
    pub(crate) period: Option<Period>,
    /// Days looked back, today included.
    pub(crate) days: u16,
    /// On at least so many different nights.
    pub(crate) nights: u8,
    /// In at least so many different weeks (runs of 7 nights counted back from today).
    pub(crate) weeks: u8,
    /// What they must show.
    pub(crate) trait_: Trait,
}

/// What an episode must show to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Trait {
    /// Nothing more.
    Any,
    /// It lasted longer than so many seconds.
    LongerThan(u32),
    /// Awareness was lost, or jerking was seen.
    AwarenessLost,
    /// An urge to move that moving relieved.
    UrgeRelievedByMoving,
    /// It came back at once at least so often.
    RepeatedAtLeast(u32),
}

/// How the nights went.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Burden {
    /// Cramps on at least `per_week` nights in at least `weeks` of the last 4 weeks.
    CrampNights {
        /// Weeks of the last four in which it must be so.
        weeks: u8,
        /// Cramp nights in such a week.
        per_week: u8,
    },
    /// Mean pain of the cramps of the last 4 weeks.
    MeanSeverity {
        /// At least this, 0 to 10.
        at_least: u8,
    },
    /// Cramp nights of the last 4 weeks on which sleep was disturbed.
    SleepDisturbed {
        /// At least so many.
        nights: u8,
    },
    /// Any cramp on at least so many nights of the last so many days.
    Cramps {
        /// Days looked back.
        days: u16,
        /// Nights.
        nights: u8,
    },
    /// Nothing recorded that would explain the cramps of the last 4 weeks: effort and surroundings were written
    /// down on most cramp nights and were ordinary (claim S0:R0.1).
    NoTrigger,
    /// A measure or supplement was kept up for at least `days` and cramps did not become clearly fewer.
    TriedWithoutRelief {
        /// Whether only this substance counts; `None`: any measure or supplement.
        substance: Option<Substance>,
        /// Days it must have been kept up.
        days: u16,
    },
    /// Cramps keep to one side.
    OneSided,
    /// Cramps within a day of heavy sweating, vomiting or diarrhoea, at least so often in 4 weeks.
    AfterLosses {
        /// Nights.
        nights: u8,
    },
}

/// A question about the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum PersonTest {
    /// Any of these conditions is known.
    Conditions(Vec<&'static str>),
    /// A fact has this value.
    Is(&'static str, &'static str),
    /// Pregnant now.
    Pregnant,
    /// May be younger than so many years.
    Younger(i32),
    /// At least so many years old.
    Older(i32),
    /// A fact is dated at most so many days ago (`surgery` was then).
    Within(&'static str, u16),
    /// The last blood pressure written down is at least so high, upper or lower figure.
    PressureFrom(u16, u16),
}

/// A question about medicines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct MedicineTest {
    /// Any of these classes.
    pub(crate) classes: Vec<MedicineClass>,
    /// What they are called in a sentence.
    pub(crate) called: &'static str,
    /// When.
    pub(crate) when: MedicineWhen,
}

/// When a medicine was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MedicineWhen {
    /// At some time in the last so many days.
    Within(u16),
    /// Started at most so many days before the first cramp of the diary.
    BeforeOnset(u16),
}

/// A question about a substance that has a limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SubstanceTest {
    /// Which.
    pub(crate) substance: Substance,
    /// Days looked back.
    pub(crate) days: u16,
    /// More than so much of the element a day, in the substance's unit; `None`: any at all.
    pub(crate) over: Option<f64>,
}

/// A question about a factor of the night.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FactorTest {
    /// The factor's name.
    pub(crate) factor: &'static str,
    /// At least this value.
    pub(crate) at_least: f64,
    /// Days looked back.
    pub(crate) days: u16,
    /// On at least so many nights.
    pub(crate) nights: u8,
}
