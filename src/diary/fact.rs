//! Facts about the person that advice depends on: what may be said, how it is read, and who says it matters.

use std::borrow::Cow;

use chrono::{Datelike, Days, NaiveDate};

use crate::diary::catalogue::nearest_of;
use crate::diary::nutrient::plain_name;
use crate::diary::unit;

/// What a fact takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactKind {
    /// A year of birth.
    Year,
    /// Yes or no.
    YesNo,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A day in the past.
    PastDate,
    /// A day at most ten months ahead.
    DueDate,
    /// A long-term condition, of the table or in the person's words.
    Condition,
    /// Free words, at most this many letters.
    Text(usize),
}

/// One fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FactDef {
    /// The key (`born`).
    pub(crate) key: &'static str,
    /// The name in sentences.
    pub(crate) label: &'static str,
    /// What it takes.
    pub(crate) kind: FactKind,
    /// Whether several values may stand side by side.
    pub(crate) many: bool,
    /// The question that asks for it.
    pub(crate) question: &'static str,
    /// Claims and literature keys.
    pub(crate) sources: &'static [&'static str],
    /// Other keys people may try; `conditions` is accepted, the rest are suggestions.
    pub(crate) also: &'static [&'static str],
}

/// The value that says: asked, and there is none.
pub(crate) const NONE: &str = "none";

/// A long-term condition the rules know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Condition {
    /// The word that is stored.
    pub(crate) condition: &'static str,
    /// The name in sentences.
    pub(crate) label: &'static str,
    /// Other names for it, read as this one.
    pub(crate) also: &'static [&'static str],
    /// Claims and literature keys.
    pub(crate) sources: &'static [&'static str],
}

/// A value as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FactReading {
    /// The key that is stored (`condition` for `conditions`).
    pub(crate) key: &'static str,
    /// The value that is stored.
    pub(crate) value: String,
    /// Set for a condition that no rule knows: the nearest one that rules know, when one is near.
    pub(crate) unknown: Option<Option<&'static str>>,
}

/// Why a fact was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FactError {
    /// No such key.
    #[error(
        "'{key}' is not a fact that is kept; known: {known}{}",
        did_you_mean(nearest)
    )]
    Key {
        /// What was typed.
        key: String,
        /// Every key.
        known: String,
        /// The most similar key.
        nearest: Option<&'static str>,
    },
    /// A value that does not fit.
    #[error("{key}={value}: accepted is {accepted}")]
    Value {
        /// The key.
        key: &'static str,
        /// What was typed.
        value: String,
        /// What would have been accepted.
        accepted: Cow<'static, str>,
    },
}

fn did_you_mean(nearest: &Option<&'static str>) -> String {
    match nearest {
        Some(key) => format!(" (did you mean {key}?)"),
        None => String::new(),
    }
}

/// The fact with this key; `conditions` and `questions` are their singular.
pub(crate) fn find(key: &str) -> Option<&'static FactDef> {
    let key = match key {
        "conditions" => "condition",
        "questions" => "question",
        other => other,
    };
    FACTS.iter().find(|fact| fact.key == key)
}

/// The condition a name means: its word, its label, or another name for it.
pub(crate) fn condition(name: &str) -> Option<&'static Condition> {
    let plain = plain_name(name);
    CONDITIONS.iter().find(|c| {
        plain == plain_name(c.condition)
            || plain == plain_name(c.label)
            || c.also.contains(&plain.as_str())
    })
}

/// Reads `key=value` as the person typed it, on the day `today`.
///
/// Year of birth: 1900 to this year. A condition outside the table is kept in the person's words and marked as unknown to the
/// rules. `none` is accepted for conditions and dates, and means asked, none.
///
/// # Errors
/// An unknown key, or a value of the wrong sort; both say what is accepted.
pub(crate) fn read(key: &str, value: &str, today: NaiveDate) -> Result<FactReading, FactError> {
    let fact = find(key).ok_or_else(|| FactError::Key {
        key: key.to_string(),
        known: FACTS.iter().map(|f| f.key).collect::<Vec<_>>().join(" "),
        nearest: nearest(key),
    })?;
    let value = value.trim();
    let refuse = |accepted: Cow<'static, str>| FactError::Value {
        key: fact.key,
        value: value.chars().take(60).collect(),
        accepted,
    };
    let stored = |value: String| FactReading {
        key: fact.key,
        value,
        unknown: None,
    };
    if matches!(fact.kind, FactKind::PastDate | FactKind::DueDate)
        && value.eq_ignore_ascii_case(NONE)
    {
        return Ok(stored(NONE.to_string()));
    }
    match fact.kind {
        FactKind::Year => value
            .parse::<i32>()
            .ok()
            .filter(|year| (1900..=today.year()).contains(year))
            .map(|year| stored(year.to_string()))
            .ok_or_else(|| refuse(format!("a year from 1900 to {}", today.year()).into())),
        FactKind::YesNo => unit::yes_no(value)
            .map(|yes| stored(if yes { "yes" } else { "no" }.to_string()))
            .ok_or_else(|| refuse("yes or no".into())),
        FactKind::Choice(words) => words
            .iter()
            .find(|word| word.eq_ignore_ascii_case(value))
            .map(|word| stored((*word).to_string()))
            .ok_or_else(|| refuse(words.join(" ").into())),
        FactKind::PastDate => date(value)
            .filter(|date| *date <= today)
            .map(|date| stored(date.to_string()))
            .ok_or_else(|| {
                refuse("a day in the past as year-month-day, such as 2026-02-28".into())
            }),
        FactKind::DueDate => date(value)
            .filter(|date| *date <= today.checked_add_days(Days::new(310)).unwrap_or(today))
            .map(|date| stored(date.to_string()))
            .ok_or_else(|| refuse("a day at most ten months ahead, as year-month-day".into())),
        FactKind::Text(most) => Some(value)
            .filter(|text| is_text(text, most))
            .map(|text| stored(text.to_string()))
            .ok_or_else(|| refuse(format!("1 to {most} letters on one line").into())),
        FactKind::Condition => {
            if value.eq_ignore_ascii_case(NONE) {
                return Ok(stored(NONE.to_string()));
            }
            if let Some(known) = condition(value) {
                return Ok(stored(known.condition.to_string()));
            }
            if !is_text(value, 60) {
                return Err(refuse(
                    "a condition in up to 60 letters on one line, or none".into(),
                ));
            }
            Ok(FactReading {
                key: fact.key,
                value: value.to_lowercase(),
                unknown: Some(nearest_condition(value)),
            })
        }
    }
}

/// The key most like a misspelt or everyday one.
pub(crate) fn nearest(key: &str) -> Option<&'static str> {
    let key = key.to_lowercase();
    match FACTS.iter().find(|f| f.also.contains(&key.as_str())) {
        Some(fact) => Some(fact.key),
        None => nearest_of(&key, FACTS.iter().map(|f| f.key)),
    }
}

fn nearest_condition(name: &str) -> Option<&'static str> {
    let word = plain_name(name).replace(' ', "-");
    nearest_of(&word, CONDITIONS.iter().map(|c| c.condition))
}

fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|date| date.year() >= 1900)
}

fn is_text(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
}

impl FactKind {
    /// What may be typed, in a few words.
    pub(crate) fn accepted(self) -> String {
        match self {
            FactKind::Year => "a year such as 1958".to_string(),
            FactKind::YesNo => "yes no".to_string(),
            FactKind::Choice(words) => words.join(" "),
            FactKind::PastDate | FactKind::DueDate => "year-month-day, or none".to_string(),
            FactKind::Condition => "a condition, or none".to_string(),
            FactKind::Text(most) => format!("up to {most} letters"),
        }
    }

    /// The sort of value, in one word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            FactKind::Year => "year",
            FactKind::YesNo => "yes-no",
            FactKind::Choice(_) => "choice",
            FactKind::PastDate | FactKind::DueDate => "date",
            FactKind::Condition => "condition",
            FactKind::Text(_) => "text",
        }
    }
}

/// Every fact.
pub(crate) static FACTS: &[FactDef] = &[
    FactDef {
        key: "born",
        label: "Year of birth",
        kind: FactKind::Year,
        many: false,
        question: "In which year were you born?",
        sources: &[
            "S0:G0.1", "S1:G1.1", "S1:G1.2", "S2:G2.1", "S3:G3.1", "S3:G3.2", "S4:G4.1", "S4:G4.3",
            "S4:Q4.1", "MAI16", "AAFP12",
        ],
        also: &["age", "birth", "birthday", "year"],
    },
    FactDef {
        key: "sex",
        label: "Sex",
        kind: FactKind::Choice(&["female", "male", "other"]),
        many: false,
        question: "Which sex do medical records give you (female, male, other)?",
        sources: &["S2:G2.1", "S4:G4.1", "BAHK"],
        also: &["gender"],
    },
    FactDef {
        key: "pregnant",
        label: "Pregnancy",
        kind: FactKind::YesNo,
        many: false,
        question: "Are you pregnant?",
        sources: &["S2:G2.1", "S4:G4.1", "S4:G4.2", "CPreg", "WELLS"],
        also: &["pregnancy"],
    },
    FactDef {
        key: "due",
        label: "Due date",
        kind: FactKind::DueDate,
        many: false,
        question: "When is the baby due?",
        sources: &["S4:G4.2", "CPreg"],
        also: &["due-date"],
    },
    FactDef {
        key: "condition",
        label: "Long-term condition",
        kind: FactKind::Condition,
        many: true,
        question: "Which long-term conditions has a doctor named (none if none)?",
        sources: &["S4:G4.2", "S4:D4.2", "S2:D2.3"],
        also: &["disease", "diseases", "illness", "diagnosis"],
    },
    FactDef {
        key: "smoker",
        label: "Smoking",
        kind: FactKind::Choice(&["yes", "no", "former"]),
        many: false,
        question: "Do you smoke (yes, no, former)?",
        sources: &["CG147"],
        also: &["smoking", "smoke"],
    },
    FactDef {
        key: "heavy-work",
        label: "Heavy physical work",
        kind: FactKind::YesNo,
        many: false,
        question: "Is your usual work heavy physical work?",
        sources: &["S4:G4.2"],
        also: &["labour", "job", "work"],
    },
    FactDef {
        key: "all-conditions",
        label: "All long-term conditions are written down",
        kind: FactKind::YesNo,
        many: false,
        question: "Are all your long-term conditions written down here?",
        sources: &["S4:G4.2", "S4:D4.2"],
        also: &["conditions-listed"],
    },
    FactDef {
        key: "taking",
        label: "All that is taken is written down",
        kind: FactKind::Choice(&["none", "listed"]),
        many: false,
        question: "Is everything you take written down here (listed), or do you take nothing (none)?",
        sources: &["GAR12", "CKS12"],
        also: &["medicines", "medication", "supplements"],
    },
    FactDef {
        key: "surgery",
        label: "Latest operation",
        kind: FactKind::PastDate,
        many: false,
        question: "When was your latest operation, if any?",
        sources: &["WELLS"],
        also: &["operation"],
    },
    FactDef {
        key: "immobile",
        label: "Leg in plaster, paralysed, or in bed for three days or more",
        kind: FactKind::YesNo,
        many: false,
        question: "Is a leg in plaster or paralysed, or have you been in bed for three days or more?",
        sources: &["WELLS"],
        also: &["bedridden", "plaster"],
    },
    FactDef {
        key: "initials",
        label: "Initials for the clinician's page",
        kind: FactKind::Text(8),
        many: false,
        question: "Which initials may stand on the page for the clinician?",
        sources: &[],
        also: &["name"],
    },
    FactDef {
        key: "question",
        label: "Question for the clinician",
        kind: FactKind::Text(200),
        many: true,
        question: "What do you want to ask the clinician?",
        sources: &["CHU15"],
        also: &["ask"],
    },
];

const fn known(
    condition: &'static str,
    label: &'static str,
    also: &'static [&'static str],
    sources: &'static [&'static str],
) -> Condition {
    Condition {
        condition,
        label,
        also,
        sources,
    }
}

/// The conditions rules know; other names are plain names (lower case, single spaces).
pub(crate) static CONDITIONS: &[Condition] = &[
    known(
        "diabetes",
        "Diabetes",
        &[
            "type 1 diabetes",
            "type 2 diabetes",
            "diabetes type 1",
            "diabetes type 2",
            "diabetic",
            "t1dm",
            "t2dm",
        ],
        &["S0:D0.1", "S2:D2.3", "KAT14"],
    ),
    known(
        "kidney-disease",
        "Kidney disease",
        &[
            "ckd",
            "chronic kidney disease",
            "renal disease",
            "kidney failure",
            "renal failure",
        ],
        &["S4:D4.2", "UL-MG"],
    ),
    known(
        "dialysis",
        "Dialysis",
        &["haemodialysis", "hemodialysis", "peritoneal dialysis"],
        &["S4:D4.2", "K2HD", "LYN14"],
    ),
    known(
        "thyroid-disease",
        "Thyroid disease",
        &[
            "thyroid",
            "hypothyroidism",
            "hyperthyroidism",
            "underactive thyroid",
            "overactive thyroid",
        ],
        &["S0:D0.1", "HYPOT"],
    ),
    known(
        "hypertension",
        "High blood pressure",
        &["blood pressure", "high bp", "raised blood pressure"],
        &["S2:D2.3", "GRA17"],
    ),
    known("heart-failure", "Heart failure", &[], &["GENERAL"]),
    known(
        "arterial-disease",
        "Disease of the leg arteries",
        &[
            "pad",
            "peripheral arterial disease",
            "peripheral artery disease",
            "pvd",
        ],
        &["S1:D1.2", "S2:D2.1", "S4:D4.1", "ABD99", "HASK"],
    ),
    known(
        "venous-disease",
        "Disease of the leg veins",
        &["venous insufficiency", "chronic venous insufficiency"],
        &["S4:D4.1", "CG168"],
    ),
    known(
        "varicose-veins",
        "Varicose veins",
        &["varices", "varicose vein"],
        &["S4:T4.1", "CG168"],
    ),
    known(
        "deep-vein-thrombosis",
        "An earlier deep vein thrombosis",
        &["dvt", "thrombosis", "blood clot", "pulmonary embolism"],
        &["WELLS"],
    ),
    known(
        "cancer",
        "Cancer",
        &["tumour", "tumor", "leukaemia", "lymphoma"],
        &["WELLS"],
    ),
    known("epilepsy", "Epilepsy", &[], &["S1:D1.3"]),
    known(
        "multiple-sclerosis",
        "Multiple sclerosis",
        &["ms"],
        &["S1:D1.4"],
    ),
    known(
        "parkinsons",
        "Parkinson's disease",
        &[
            "parkinson",
            "parkinsons disease",
            "parkinson disease",
            "parkinson s",
        ],
        &["S1:D1.4", "PDUK"],
    ),
    known(
        "motor-neurone-disease",
        "Motor neurone disease",
        &["mnd", "als", "amyotrophic lateral sclerosis"],
        &["S4:D4.2", "NG42"],
    ),
    known(
        "muscle-disease",
        "Disease of the muscles",
        &["myopathy", "myositis", "muscular dystrophy"],
        &["S4:D4.2"],
    ),
    known(
        "back-disease",
        "Slipped disc or worn spine",
        &[
            "slipped disc",
            "herniated disc",
            "disc herniation",
            "lumbar disc",
            "sciatica",
        ],
        &["S0:D0.2", "S1:D1.1", "S2:D2.2"],
    ),
    known(
        "spinal-stenosis",
        "Narrow spinal canal",
        &["lumbar stenosis", "lumbar spinal stenosis"],
        &["MAT09", "HAN22"],
    ),
    known(
        "neuropathy",
        "Nerve damage in legs or feet",
        &[
            "nerve damage",
            "polyneuropathy",
            "peripheral neuropathy",
            "diabetic neuropathy",
        ],
        &["KAT14", "S4:D4.2"],
    ),
    known(
        "bowel-disease",
        "Disease of the bowel",
        &[
            "crohn s disease",
            "crohns",
            "ulcerative colitis",
            "colitis",
            "coeliac disease",
            "celiac disease",
        ],
        &["HYPOCA"],
    ),
    known(
        "neck-surgery",
        "Operation on the neck or thyroid",
        &[
            "thyroidectomy",
            "parathyroidectomy",
            "neck operation",
            "thyroid surgery",
        ],
        &["HYPOCA"],
    ),
    known(
        "liver-disease",
        "Liver disease",
        &["cirrhosis", "hepatitis"],
        &["GENERAL"],
    ),
    known(
        "kidney-stones",
        "Kidney stones",
        &["kidney stone", "renal stones"],
        &["UL-CA", "GENERAL"],
    ),
    known(
        "undernourished",
        "Poor nutrition",
        &["malnutrition", "malnourished", "poor nutrition"],
        &["S4:G4.2"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn ok(key: &str, value: &str) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        read(key, value, today).unwrap().value
    }
    fn refused(key: &str, value: &str) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        read(key, value, today).unwrap_err().to_string()
    }

    #[test]
    fn facts_are_read_into_one_spelling() {
        assert_eq!(ok("born", "1958"), "1958");
        assert_eq!(ok("pregnant", "No"), "no");
        assert_eq!(ok("condition", "High blood pressure"), "hypertension");
        assert_eq!(ok("conditions", "None"), "none");
        assert_eq!(ok("condition", "MS"), "multiple-sclerosis");
        assert_eq!(ok("condition", "Kidney Disease"), "kidney-disease");
        assert_eq!(ok("smoker", "former"), "former");
        assert_eq!(ok("surgery", "2026-02-28"), "2026-02-28");
        assert_eq!(ok("surgery", "None"), "none");
        assert_eq!(ok("due", "2026-09-01"), "2026-09-01");
        assert_eq!(ok("question", "Is it my tablets?"), "Is it my tablets?");
    }

    #[test]
    fn a_condition_no_rule_knows_is_kept_and_marked() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        let gout = read("condition", "Gout", today).unwrap();
        assert_eq!((gout.value.as_str(), gout.unknown), ("gout", Some(None)));
        let typo = read("condition", "diabtes", today).unwrap();
        assert_eq!(typo.unknown, Some(Some("diabetes")));
    }

    #[test]
    fn impossible_facts_are_refused_with_what_is_accepted() {
        assert_eq!(
            refused("born", "1899"),
            "born=1899: accepted is a year from 1900 to 2026"
        );
        assert!(refused("born", "2027").contains("1900 to 2026"));
        assert!(refused("born", "58").contains("1900 to 2026"));
        assert!(refused("pregnant", "perhaps").contains("yes or no"));
        assert!(refused("surgery", "2026-03-05").contains("past"));
        assert!(refused("surgery", "3/4/2026").contains("year-month-day"));
        assert!(refused("due", "2027-03-01").contains("ten months"));
        assert!(refused("condition", "a\nb").contains("one line"));
        assert!(refused("question", &"x".repeat(201)).contains("200"));
        assert!(refused("age", "60").contains("did you mean born?"));
    }

    #[test]
    fn every_condition_is_found_by_each_of_its_names() {
        for c in CONDITIONS {
            for name in c.also.iter().chain([&c.condition, &c.label]) {
                assert_eq!(
                    condition(name).map(|k| k.condition),
                    Some(c.condition),
                    "{name}"
                );
            }
        }
    }
}
