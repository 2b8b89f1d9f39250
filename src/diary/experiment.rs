//! Experiments on oneself: what was planned and drawn, what was really done, and the seal that shows later that neither
//! plan nor schedule was changed.

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use crate::diary::kept::record;
use crate::diary::moment::{Night, Nights};
use crate::diary::table::Limit::{Future, Name, Real, Whole};
use crate::diary::table::{beyond, layout};
use crate::diary::vocabulary::{Basis, Done, ExperimentDesign};
use crate::diary::word::Word;

/// Nights of a block of the nightly design; half of them are on.
pub(crate) const BLOCK: usize = 4;

/// Most nights an experiment may have.
pub(crate) const LONGEST: usize = 2_000;

record! {
    /// A planned experiment with its sealed schedule. Neither is ever changed; only an early end and the friend's key are
    /// added.
    Experiment, ExperimentDraft,
    layout("experiment", "experiments", "from_night, id"),
    blank(
        id: i64, thing: String, design: ExperimentDesign, from: Night, to: Night, period: u32, dropped: u32,
        effect: f64, power: f64, schedule: String, nonce: String, seal: String, recorded_at: DateTime<Utc>
    ) => {
        id: i64 = id => beyond(),
        /// The factor, or the name of the supplement, lower case.
        [needed] thing: String = thing => beyond().limit(Name),
        [needed] design: ExperimentDesign = design => beyond(),
        /// What "on" and "off" are, in the person's words (`300 mg`, `empty capsule`).
        on: Option<String> => beyond().sql(&["on_words"]).limit(Name),
        off: Option<String> => beyond().sql(&["off_words"]).limit(Name),
        /// The dose of an "on" day, where it is one.
        dose: Option<f64> => beyond().limit(Real(0.0, 1e300)),
        unit: Option<String> => beyond().limit(Name),
        basis: Option<Basis> => beyond(),
        /// First and last night.
        [needed] from: Night = from => beyond().sql(&["from_night"]).limit(Future),
        [needed] to: Night = to => beyond().sql(&["to_night"]).limit(Future),
        /// Nights that are drawn together: 1 in the nightly design, the length of a period in pairs.
        [needed] period: u32 = period => beyond().limit(Whole(1, 366)),
        /// First nights of each period that do not count (washout).
        [needed] dropped: u32 = dropped => beyond().limit(Whole(0, 365)),
        /// The rate ratio the person called worthwhile, and the chance to find it promised at the start.
        [needed] effect: f64 = effect => beyond().limit(Real(0.0, 1e3)),
        [needed] power: f64 = power => beyond().limit(Real(0.0, 1.0)),
        /// One letter a night: `1` on, `0` off; blinded, the label `A` or `B`.
        [needed] schedule: String = schedule => beyond(),
        /// 128 random bits, hexadecimal, so that the few possible schedules cannot be guessed from the seal.
        [needed] nonce: String = nonce => beyond(),
        /// SHA-256 of the plan and the schedule ([`Experiment::seal_now`]), hexadecimal.
        [needed] seal: String = seal => beyond(),
        /// Blinded: SHA-256 of the friend's key, hexadecimal.
        key_hash: Option<String> => beyond(),
        /// Blinded and opened with the key: the label that was on.
        opened: Option<String> => beyond(),
        /// The day it was ended early, and why.
        stopped: Option<NaiveDate> => beyond(),
        reason: Option<String> => beyond(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// What was really done on a night of an experiment, whatever was assigned.
    Adherence, AdherenceDraft,
    layout("adherence", "adherence", "night, id").nightly(),
    blank(id: i64, thing: String, night: Night, done: Done, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        /// The thing of the experiment that ran on that night.
        [needed] thing: String = thing => beyond().limit(Name),
        [needed] night: Night = night => beyond(),
        [needed] done: Done = done => beyond(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

/// What a night of an experiment was to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Assigned {
    On,
    Off,
    /// A label whose meaning only the friend knows.
    Label(char),
}

/// How far an experiment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    Running,
    Stopped,
    Finished,
}

impl Experiment {
    /// Every planned night, the last one included even after an early end.
    pub(crate) fn nights(&self) -> Nights {
        Nights {
            from: self.from,
            to: self.to,
        }
    }

    /// Whether it is with `thing` and one of its nights is among `nights`. An early end frees the nights from its day on.
    pub(crate) fn shares_a_night(&self, thing: &str, nights: Nights) -> bool {
        let end = self
            .stopped
            .map_or(self.to, |day| self.to.min(Night::of_evening(day).plus(-1)));
        self.thing == thing && self.from <= nights.to && nights.from <= end
    }

    /// How far it is on the morning after `last`, the last night that is over. The result opens when it is finished.
    pub(crate) fn state(&self, last: Night) -> State {
        match (self.stopped, self.to <= last) {
            (Some(_), _) => State::Stopped,
            (None, true) => State::Finished,
            (None, false) => State::Running,
        }
    }

    /// How far it was on that morning: an early end that came later does not count yet.
    pub(crate) fn state_by(&self, last: Night) -> State {
        match self.stopped.filter(|day| *day <= last.plus(1).date()) {
            Some(_) => State::Stopped,
            None if self.to <= last && self.stopped.is_none() => State::Finished,
            None => State::Running,
        }
    }

    pub(crate) fn is_running(&self, last: Night) -> bool {
        self.state(last) == State::Running
    }

    /// Whether `night` is one of its nights, and not after an early end.
    pub(crate) fn covers(&self, night: Night) -> bool {
        let stopped = self.stopped.is_some_and(|day| night.date() >= day);
        self.nights().contains(night) && !stopped
    }

    pub(crate) fn is_blinded(&self) -> bool {
        self.key_hash.is_some()
    }

    /// What `night` was drawn to be; `None` outside the planned nights or after an early end.
    pub(crate) fn assigned(&self, night: Night) -> Option<Assigned> {
        let stopped = self.stopped.is_some_and(|day| night.date() >= day);
        let place = usize::try_from(night.since(self.from)).ok()?;
        let letter = self.schedule.chars().nth(place).filter(|_| !stopped)?;
        Some(match (letter, &self.opened) {
            ('1', _) => Assigned::On,
            ('0', _) => Assigned::Off,
            (label, Some(on)) if on.chars().eq([label]) => Assigned::On,
            (_, Some(_)) => Assigned::Off,
            (label, None) => Assigned::Label(label),
        })
    }

    /// Whether `night` is among the first of its period, which the drop rule leaves out.
    pub(crate) fn is_washout(&self, night: Night) -> bool {
        let place = night.since(self.from);
        place.rem_euclid(i64::from(self.period.max(1))) < i64::from(self.dropped)
    }

    /// The seal that the plan and the schedule as they stand now would have.
    pub(crate) fn seal_now(&self) -> String {
        let (from, to) = (self.from, self.to);
        let dose = self.dose.map(|d| d.to_string());
        let or_none = |text: Option<&str>| serde_json::json!(text).to_string();
        let basis = self.basis.map(|b| b.word());
        let lines = [
            "nightcramp experiment 1".to_string(),
            format!("thing {}", or_none(Some(&self.thing))),
            format!("design {}", self.design.word()),
            format!("on {}", or_none(self.on.as_deref())),
            format!("off {}", or_none(self.off.as_deref())),
            format!("dose {}", or_none(dose.as_deref())),
            format!("unit {}", or_none(self.unit.as_deref())),
            format!("basis {}", or_none(basis)),
            format!("from {from} to {to}"),
            format!("period {} dropped {}", self.period, self.dropped),
            format!("effect {} power {}", self.effect, self.power),
            "outcome night cramps of each answered night; excluded nights are left out".to_string(),
            format!("statistic {}", statistic(self.design)),
            format!("key {}", or_none(self.key_hash.as_deref())),
            format!("nonce {}", self.nonce),
            format!("schedule {}", self.schedule),
        ];
        sha256(lines.join("\n").as_bytes())
    }

    /// Whether plan and schedule are those of the first day.
    pub(crate) fn is_sound(&self) -> bool {
        self.seal == self.seal_now() && self.schedule.chars().count() == self.nights().len()
    }
}

/// The statistic that was fixed at the start, as the seal names it.
fn statistic(design: ExperimentDesign) -> &'static str {
    match design {
        ExperimentDesign::Nightly => "sum over on nights of cramps centred within blocks of four",
        ExperimentDesign::Pairs => {
            "absolute sum over pairs of ln((on + 1/2)/nights) - ln((off + 1/2)/nights)"
        }
    }
}

/// SHA-256, hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
