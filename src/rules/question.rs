//! The one or two questions that would settle the most important of what could not be told.

use std::collections::BTreeMap;

use crate::data::rule::Urgency;
use crate::diary::vocabulary::SymptomName::{self, *};
use crate::rules::answer::{Missing, plain};
use crate::rules::evaluate::Unclear;

/// One question. A "no" answers for every symptom of it at once, so that a week's questions take less than a minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// Stable id.
    pub(crate) id: String,
    /// The question.
    pub(crate) ask: String,
    /// The symptoms it asks about; empty when it is about something else.
    pub(crate) symptoms: &'static [SymptomName],
    /// The facts about the person it asks for (keys of `cramp me`).
    pub(crate) facts: &'static [&'static str],
    /// How to answer it by hand.
    pub(crate) how: String,
}

/// A group of symptoms that are asked about together.
struct Group {
    id: &'static str,
    ask: &'static str,
    symptoms: &'static [SymptomName],
}

static GROUPS: &[Group] = &[
    Group {
        id: "strength",
        ask: "In the last 4 weeks, was there any numbness, tingling, weakness, twitching, shrinking muscles, a foot that drops, unsteady steps or falls?",
        symptoms: &[
            Numbness,
            Tingling,
            Weakness,
            Twitching,
            Wasting,
            FootDrop,
            CannotMoveLeg,
            Unsteadiness,
            Falls,
        ],
    },
    Group {
        id: "swelling",
        ask: "In the last 4 weeks, was a leg swollen, red, warm or sore to touch, or were there wide veins, heavy legs, changed skin or an open sore?",
        symptoms: &[
            Swelling,
            Redness,
            LegWarmth,
            CalfTenderness,
            VaricoseVeins,
            Heaviness,
            SkinChange,
            LegUlcer,
            VeinBleeding,
        ],
    },
    Group {
        id: "blood-flow",
        ask: "In the last 4 weeks, did legs hurt when walking or at rest, or was a foot cold, pale or sore, or a toe dark?",
        symptoms: &[
            WalkingPain,
            RestPain,
            SuddenLegPain,
            ColdFoot,
            PaleFoot,
            FootSore,
            BlackToe,
        ],
    },
    Group {
        id: "back",
        ask: "In the last 4 weeks, was there back or leg pain, numbness between the legs, or a change of bladder, bowel or sexual feeling?",
        symptoms: &[
            BackPain,
            LegPain,
            SaddleNumbness,
            BladderChange,
            BowelChange,
            SexualChange,
        ],
    },
    Group {
        id: "heart",
        ask: "In the last 4 weeks, was there chest pain, shortness of breath, a racing heart, noisy breathing, confusion or great drowsiness?",
        symptoms: &[
            ChestPain,
            Breathlessness,
            Palpitations,
            NoisyBreathing,
            Confusion,
            Drowsiness,
        ],
    },
    Group {
        id: "spasms",
        ask: "In the last 4 weeks, was there tingling round the mouth, cramped hands, a stiff jaw, spasms of the body, a dirty wound, contact with a poison, or trouble with speech or swallowing?",
        symptoms: &[
            MouthTingling,
            HandSpasm,
            JawStiffness,
            BodySpasms,
            DirtyWound,
            ToxinContact,
            SpeechChange,
            SwallowingTrouble,
        ],
    },
    Group {
        id: "nights",
        ask: "In the last 4 weeks, was there a fit, a bitten tongue, a wet bed, legs that kick in sleep, or an urge to move the legs?",
        symptoms: &[Seizure, TongueBiting, WetBed, NightJerks, UrgeToMove],
    },
    Group {
        id: "body",
        ask: "In the last 4 weeks, was there great thirst, passing a lot of urine, a change of weight, lasting tiredness, feeling cold, vomiting, diarrhoea or fever?",
        symptoms: &[
            Thirst,
            FrequentUrination,
            WeightLoss,
            WeightGain,
            Tiredness,
            ColdIntolerance,
            Vomiting,
            Diarrhoea,
            Fever,
        ],
    },
    Group {
        id: "muscles",
        ask: "In the last 4 weeks, was there dark urine, muscle pain, stiffness, trembling, slow movement, toes that curl, or a limp?",
        symptoms: &[
            DarkUrine, MusclePain, Stiffness, Tremor, Slowness, ToeCurling, Limp,
        ],
    },
    Group {
        id: "senses",
        ask: "In the last 4 weeks, was there a change of sight, hearing, memory, mood or temper?",
        symptoms: &[
            VisionLoss,
            VisionChange,
            HearingChange,
            Memory,
            Mood,
            Irritability,
        ],
    },
    Group {
        id: "skin",
        ask: "In the last 4 weeks, were there bruises, bleeding or a rash that you cannot explain?",
        symptoms: &[Bruising, Bleeding, Rash],
    },
];

/// Which question a missing fact belongs to.
fn question_for(missing: &Missing) -> Question {
    let fact = |id: &str, ask: &str, facts: &'static [&'static str], how: &str| Question {
        id: id.into(),
        ask: ask.into(),
        symptoms: &[],
        facts,
        how: how.into(),
    };
    match missing {
        Missing::Symptom(name) => match GROUPS.iter().find(|g| g.symptoms.contains(name)) {
            Some(group) => Question {
                id: group.id.into(),
                ask: group.ask.into(),
                symptoms: group.symptoms,
                facts: &[],
                how: "cramp ask symptoms".into(),
            },
            None => fact(
                &plain(*name),
                &format!("Was there {} in the last 4 weeks?", plain(*name)),
                &[],
                "cramp symptom",
            ),
        },
        Missing::Detail(name, detail) => Question {
            id: format!("{}: {detail}", plain(*name)),
            ask: format!("About the {} you recorded: {detail}?", plain(*name)),
            symptoms: &[],
            facts: &[],
            how: format!("cramp symptom {name} yes"),
        },
        Missing::Conditions => fact(
            "conditions",
            "Which conditions did a doctor name to you (such as diabetes, kidney, thyroid, heart, vein or nerve disease), or none?",
            &["condition", "all-conditions"],
            "cramp me condition+=NAME (then all-conditions=yes), or cramp me conditions=none",
        ),
        Missing::Fact("pregnant") => fact(
            "pregnant",
            "Are you pregnant?",
            &["pregnant"],
            "cramp me pregnant=no",
        ),
        Missing::Fact("born") => fact(
            "born",
            "In which year were you born?",
            &["born"],
            "cramp me born=YEAR",
        ),
        Missing::Fact("surgery") => fact(
            "rest",
            "In the last 12 weeks, was there an operation, or were there days when you had to lie or sit still?",
            &["surgery", "immobile"],
            "cramp me surgery=DATE (the latest one), and immobile=yes or no",
        ),
        Missing::Fact("immobile") => question_for(&Missing::Fact("surgery")),
        Missing::Fact(key) => fact(
            key,
            &format!("What is your answer to \"{key}\"?"),
            &[],
            &format!("cramp me {key}=..."),
        ),
        Missing::Medicine(_) => fact(
            "medicines",
            "Which medicines do you take, and since when?",
            &["taking"],
            "cramp course start NAME DATE for each; when all are written down: cramp me taking=listed (or none)",
        ),
        Missing::Substance(_) => fact(
            "supplements",
            "Which supplements do you take (magnesium, calcium, vitamins, potassium), and do you drink tonic water or take quinine?",
            &["taking"],
            "cramp course start NAME DOSE, or cramp took NAME AMOUNT; when all are written down: cramp me taking=listed (or none)",
        ),
        Missing::Amount(what) => fact(
            "amount",
            &format!("Please look at the label: {what}?"),
            &[],
            "cramp edit ID basis=elemental or basis=compound",
        ),
        Missing::Cramp(detail) => fact(
            "cramps",
            &format!("When you log a cramp, please add {detail}."),
            &[],
            "cramp log left calf 6/10 3min",
        ),
        Missing::Nights(_) => fact(
            "more-nights",
            "Please answer for each night, also when there was no cramp.",
            &[],
            "cramp night calm",
        ),
        Missing::Factors(what) => fact(
            "factors",
            &format!("Please write down {what}."),
            &[],
            "cramp night exercise=30min fatigue=4 room=18C",
        ),
    }
}

/// How much settling a rule of this urgency is worth.
fn weight(urgency: Urgency) -> f64 {
    match urgency {
        Urgency::Emergency => 8.0,
        Urgency::SameDay => 4.0,
        Urgency::Soon => 2.0,
        Urgency::Routine => 1.0,
    }
}

/// The (at most) `count` questions that would settle most, most important first. A rule for which some entries already
/// speak counts eight times; what could be settled by several questions is shared between them.
pub(crate) fn most_useful(unclear: &[Unclear], count: usize) -> Vec<Question> {
    let mut scores: BTreeMap<String, (f64, Question)> = BTreeMap::new();
    for rule in unclear {
        let mut questions: Vec<Question> = rule.missing.iter().map(question_for).collect();
        questions.sort_by(|a, b| a.id.cmp(&b.id));
        questions.dedup_by(|a, b| a.id == b.id);
        let near = if rule.is_near() { 8.0 } else { 1.0 };
        let share = weight(rule.rule.urgency) * near / questions.len().max(1) as f64;
        for question in questions {
            scores
                .entry(question.id.clone())
                .or_insert((0.0, question))
                .0 += share;
        }
    }
    let mut ranked: Vec<(f64, Question)> = scores.into_values().collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    ranked
        .into_iter()
        .take(count)
        .map(|(_, question)| question)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::Word;

    #[test]
    fn every_symptom_is_asked_about_once() {
        for name in SymptomName::ALL {
            let groups = GROUPS.iter().filter(|g| g.symptoms.contains(name)).count();
            assert_eq!(groups, 1, "{name}");
        }
    }
}
