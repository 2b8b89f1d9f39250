//! The ladder: how often, how bad and for how long (clinical.md section 3). A table.
//!
//! No source gives a count from which a doctor should look; the counts are proposals, anchored in the entry rules of
//! trials. Yes is said on recorded cramp nights alone, because a missing night can only add to them; No is said only
//! when 10 of 14 nights are recorded.

use crate::diary::vocabulary::SymptomName as S;
use crate::rules::condition::{Burden, Condition, WEEKLY, symptom};
use crate::rules::rule::{REVIEWED, Rule, Sort, Urgency};
use crate::rules::substance::Substance;
use Condition::{All, Any};

/// How long self-care must have been kept up before it is said not to help (4 to 6 weeks).
const TRIED_DAYS: u16 = 28;

/// A companion symptom in two separate weeks of the last eight.
const fn again(name: S) -> Condition {
    symptom(name, 56).lasting(14).is()
}

/// The rules of the ladder.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "ladder-weekly",
        sort: Sort::Ladder,
        urgency: Urgency::Routine,
        when: WEEKLY,
        observed: "You recorded cramps on {nights} nights {dates}, with at least one in each of the last four weeks.",
        why: "Cramps that keep coming every week are worth a talk. Medicines and other conditions can be behind them.",
        whom: "your doctor",
        advice: "Take this diary and a list of your medicines along.",
        worse: "If the leg swells, goes numb or gets weak, ask sooner.",
        sources: &[
            "S0:T0.1", "S0:R0.3", "S2:R2.2", "S3:R3.1", "CKS12", "HAL12", "PROPOSAL",
        ],
        proposal: true,
        reviewed: REVIEWED,
    },
    Rule {
        id: "ladder-sleep",
        sort: Sort::Ladder,
        urgency: Urgency::Routine,
        when: Condition::Burden(Burden::SleepDisturbed { nights: 4 }),
        observed: "You recorded cramps that broke your sleep {dates}.",
        why: "Lost sleep is the reason the health services give for asking a doctor about night cramps.",
        whom: "your doctor",
        advice: "Say how many nights a week it happens and how long you lie awake.",
        worse: "If you are so tired that you nod off by day, ask sooner and do not drive.",
        sources: &["NHS", "NI", "S2:T2.1", "PROPOSAL"],
        proposal: true,
        reviewed: REVIEWED,
    },
    Rule {
        id: "ladder-frequent",
        sort: Sort::Ladder,
        urgency: Urgency::Soon,
        when: Condition::Burden(Burden::CrampNights {
            weeks: 2,
            per_week: 3,
        }),
        observed: "You recorded cramps on {nights} nights {dates}, on three or more nights a week in at least two of the last four weeks.",
        why: "Cramps this frequent deserve a look at medicines, blood flow, nerves and blood salts.",
        whom: "your doctor",
        advice: "Take this diary and a list of your medicines along.",
        worse: "If the leg swells, turns cold or gets weak, be seen the same day.",
        sources: &["S2:T2.1", "NHS", "CKS12", "PROPOSAL"],
        proposal: true,
        reviewed: REVIEWED,
    },
    Rule {
        id: "ladder-severe",
        sort: Sort::Ladder,
        urgency: Urgency::Soon,
        when: All(&[
            Condition::Burden(Burden::CrampNights {
                weeks: 2,
                per_week: 2,
            }),
            Condition::Burden(Burden::MeanSeverity { at_least: 7 }),
        ]),
        observed: "You recorded cramps on {nights} nights {dates}. They come on two or more nights a week, and the pain is 7 out of 10 or more on average.",
        why: "Frequent and severe cramps are the ones for which every source says: see a doctor.",
        whom: "your doctor",
        advice: "Take this diary and a list of your medicines along.",
        worse: "If one cramp lasts more than 10 minutes, be seen the same day.",
        sources: &["S2:T2.1", "NHS", "PROPOSAL"],
        proposal: true,
        reviewed: REVIEWED,
    },
    Rule {
        id: "ladder-companion",
        sort: Sort::Ladder,
        urgency: Urgency::Soon,
        when: Any(&[
            again(S::Numbness),
            again(S::Tingling),
            again(S::Swelling),
            again(S::Weakness),
            again(S::Wasting),
            again(S::SkinChange),
        ]),
        observed: "You recorded {what} in separate weeks {dates}.",
        why: "Numbness, swelling, weakness, or muscles that shrink, next to cramps, point to nerves or blood vessels.",
        whom: "your doctor",
        advice: "Show where on the leg it is.",
        worse: "If only one leg swells, be seen today. If weakness comes on within days, call your emergency number, for example 112, 999 or 911.",
        sources: &["NHS", "NHS-old", "NI", "HAW13", "PROPOSAL"],
        proposal: true,
        reviewed: REVIEWED,
    },
    Rule {
        id: "tried-no-relief",
        sort: Sort::Ladder,
        urgency: Urgency::Soon,
        when: Condition::Burden(Burden::TriedWithoutRelief {
            substance: None,
            days: TRIED_DAYS,
        }),
        observed: "You recorded {what}. Something was kept up for four weeks or more, and cramps still came every week.",
        why: "When steps of your own have been tried for long enough and cramps go on, the cause may lie elsewhere.",
        whom: "your doctor",
        advice: "Say what you tried and for how long. Do not simply raise the dose.",
        worse: "If new signs come along, such as numbness or swelling, ask sooner.",
        sources: &["S0:R0.3", "S0:T0.1", "S2:R2.2", "CMg", "MHRA-Q", "PROPOSAL"],
        proposal: true,
        reviewed: REVIEWED,
    },
    Rule {
        id: "calcium-no-relief",
        sort: Sort::Ladder,
        urgency: Urgency::Routine,
        when: Condition::Burden(Burden::TriedWithoutRelief {
            substance: Some(Substance::Calcium),
            days: TRIED_DAYS,
        }),
        observed: "You recorded {what}. Calcium was kept up for four weeks or more, and cramps still came every week.",
        why: "Most people with night cramps do not lack calcium. Some sources name calcium as a common cause and others warn against taking it blindly; they disagree. When it has not helped, look elsewhere.",
        whom: "your doctor",
        advice: "Ask whether to go on with calcium. Mention any pain when walking and any back pain, so that these are not missed.",
        worse: "If there is tingling round the mouth or cramped hands, be seen the same day.",
        sources: &[
            "S0:R0.2", "S1:R1.1", "S2:R2.1", "S3:R3.1", "S4:R4.1", "S4:R4.5", "PROPOSAL",
        ],
        proposal: true,
        reviewed: REVIEWED,
    },
    Rule {
        id: "no-trigger",
        sort: Sort::Ladder,
        urgency: Urgency::Routine,
        when: All(&[WEEKLY, Condition::Burden(Burden::NoTrigger)]),
        observed: "You recorded cramps on {nights} nights {dates}. On most of them effort was low and the bed was ordinary.",
        why: "Cramps that last for weeks with no effort, cold or pressure to explain them are worth a look for other causes.",
        whom: "your doctor",
        advice: "Say that you looked for triggers and found none on most nights.",
        worse: "If the leg swells, goes numb or gets weak, ask sooner.",
        sources: &["S0:R0.1", "S0:R0.3", "S2:R2.2", "CKS12", "PROPOSAL"],
        proposal: true,
        reviewed: REVIEWED,
    },
];
