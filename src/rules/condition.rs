//! Conditions as data: trees of plain questions to the diary, which can be listed, explained and evaluated.

use crate::diary::vocabulary::{BroughtOn, Kind, MedicineClass, Period, RelievedBy, SymptomName};
use crate::rules::substance::Substance;

/// A condition over the diary. Its answer is Yes, No or Unknown (Kleene's three-valued logic).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Condition {
    /// Every part holds.
    All(&'static [Condition]),
    /// Some part holds.
    Any(&'static [Condition]),
    /// At least so many parts hold.
    AtLeast(usize, &'static [Condition]),
    /// Holds unless the part is known to hold. Unlike a "not", it does not fall silent when the fact is unknown.
    Unless(&'static Condition),
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SymptomTest {
    /// Which.
    pub(crate) name: SymptomName,
    /// Days looked back, today included.
    pub(crate) days: u16,
    /// On at least so many different nights.
    pub(crate) nights: u8,
    /// Lasting at least so many days: by its `since`, or by entries that far apart (less one week).
    pub(crate) lasting: u16,
    /// Which sides count.
    pub(crate) side: SideWanted,
    /// What relieves it; empty: whatever.
    pub(crate) relieved: &'static [RelievedBy],
    /// What brings it on; empty: whatever.
    pub(crate) brought: &'static [BroughtOn],
    /// Each time lasting at least so many seconds; 0: whatever.
    pub(crate) lasts_min_s: u32,
    /// Each time lasting at most so many seconds; 0: whatever.
    pub(crate) lasts_max_s: u32,
    /// Began at most so many days before it was noticed; 0: whenever.
    pub(crate) began_within: u16,
    /// With no `since`, it is taken to have begun when it was noticed. For red flags, where silence must not hide a
    /// warning.
    pub(crate) began_open: bool,
}

/// Which sides of a symptom count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SideWanted {
    /// Any, also when not recorded.
    Any,
    /// Left or right, not both.
    One,
    /// Both.
    Both,
}

/// Episodes of a sort within a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct EpisodeTest {
    /// The kinds that count.
    pub(crate) kinds: &'static [Kind],
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq)]
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum PersonTest {
    /// Any of these conditions is known.
    Conditions(&'static [&'static str]),
    /// A fact has this value.
    Is(&'static str, &'static str),
    /// Pregnant now.
    Pregnant,
    /// May be younger than so many years.
    Younger(i32),
    /// At least so many years old.
    Older(i32),
    /// An operation at most so many days ago.
    SurgeryWithin(u16),
}

/// A question about medicines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MedicineTest {
    /// Any of these classes.
    pub(crate) classes: &'static [MedicineClass],
    /// What they are called in a sentence.
    pub(crate) called: &'static str,
    /// When.
    pub(crate) when: MedicineWhen,
}

/// When a medicine was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MedicineWhen {
    /// At some time in the last so many days.
    Within(u16),
    /// Started at most so many days before the first cramp of the diary.
    BeforeOnset(u16),
}

/// A question about a substance that has a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SubstanceTest {
    /// Which.
    pub(crate) substance: Substance,
    /// Days looked back.
    pub(crate) days: u16,
    /// More than so much of the element a day, in the substance's unit; `None`: any at all.
    pub(crate) over: Option<f64>,
}

/// A question about a factor of the night.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// The symptom, once within `days`, as a condition.
pub(crate) const fn noticed(name: SymptomName, days: u16) -> Condition {
    Condition::Symptom(symptom(name, days))
}

/// One of these conditions is known.
pub(crate) const fn known(list: &'static [&'static str]) -> Condition {
    Condition::Person(PersonTest::Conditions(list))
}

/// A medicine of these classes, taken at some time in the last `days`.
pub(crate) const fn takes(
    classes: &'static [MedicineClass],
    called: &'static str,
    days: u16,
) -> Condition {
    Condition::Medicine(MedicineTest {
        classes,
        called,
        when: MedicineWhen::Within(days),
    })
}

/// Any of a substance in the last `days`.
pub(crate) const fn taken(substance: Substance, days: u16) -> Condition {
    Condition::Substance(SubstanceTest {
        substance,
        days,
        over: None,
    })
}

/// More than `limit` of a substance on one of the last `days`, in the substance's unit.
pub(crate) const fn over(substance: Substance, limit: f64, days: u16) -> Condition {
    Condition::Substance(SubstanceTest {
        substance,
        days,
        over: Some(limit),
    })
}

/// Cramps on at least `nights` nights of the last `days`.
pub(crate) const fn cramps(nights: u8, days: u16) -> Condition {
    Condition::Burden(Burden::Cramps { days, nights })
}

/// A cramp every week for four weeks.
pub(crate) const WEEKLY: Condition = Condition::Burden(Burden::CrampNights {
    weeks: 4,
    per_week: 1,
});

/// The symptom, once within `days`.
pub(crate) const fn symptom(name: SymptomName, days: u16) -> SymptomTest {
    SymptomTest {
        name,
        days,
        nights: 1,
        lasting: 0,
        side: SideWanted::Any,
        relieved: &[],
        brought: &[],
        lasts_min_s: 0,
        lasts_max_s: 0,
        began_within: 0,
        began_open: false,
    }
}

impl SymptomTest {
    /// As a condition.
    pub(crate) const fn is(self) -> Condition {
        Condition::Symptom(self)
    }
    /// On at least so many different nights.
    pub(crate) const fn nights(mut self, nights: u8) -> Self {
        self.nights = nights;
        self
    }
    /// Lasting at least so many days.
    pub(crate) const fn lasting(mut self, days: u16) -> Self {
        self.lasting = days;
        self
    }
    /// On one side only.
    pub(crate) const fn one_side(mut self) -> Self {
        self.side = SideWanted::One;
        self
    }
    /// On both sides.
    pub(crate) const fn both_sides(mut self) -> Self {
        self.side = SideWanted::Both;
        self
    }
    /// Relieved by one of these.
    pub(crate) const fn relieved_by(mut self, by: &'static [RelievedBy]) -> Self {
        self.relieved = by;
        self
    }
    /// Brought on by one of these.
    pub(crate) const fn brought_on(mut self, by: &'static [BroughtOn]) -> Self {
        self.brought = by;
        self
    }
    /// Each time at least so many seconds.
    pub(crate) const fn lasts_at_least(mut self, seconds: u32) -> Self {
        self.lasts_min_s = seconds;
        self
    }
    /// Each time at most so many seconds.
    pub(crate) const fn lasts_at_most(mut self, seconds: u32) -> Self {
        self.lasts_max_s = seconds;
        self
    }
    /// Began at most so many days before it was noticed; with no `since`, when it was noticed.
    pub(crate) const fn new_within(mut self, days: u16) -> Self {
        self.began_within = days;
        self.began_open = true;
        self
    }
    /// Began at most so many days before it was noticed; with no `since`, unknown.
    pub(crate) const fn began_within(mut self, days: u16) -> Self {
        self.began_within = days;
        self
    }
}
