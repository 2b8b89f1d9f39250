//! Facts about the person that advice depends on: what may be said, how it is read, and who says it matters.

use chrono::{Datelike, Days, NaiveDate};

use crate::diary::catalogue::nearest_of;
use crate::diary::clock::Now;
use crate::diary::entry::LineError;
use crate::diary::nutrient::plain_name;
use crate::diary::unit;

/// What a fact takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
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
pub struct FactDef {
    /// The key (`born`).
    pub key: &'static str,
    /// The name in sentences.
    pub label: &'static str,
    /// What it takes.
    pub kind: FactKind,
    /// Whether several values may stand side by side.
    pub many: bool,
    /// The question that asks for it.
    pub question: &'static str,
    /// Claims and literature keys.
    pub sources: &'static [&'static str],
    /// Other keys people may try; `conditions` is accepted, the rest are suggestions.
    pub also: &'static [&'static str],
}

/// The value that says: asked, and there is none.
pub const NONE: &str = "none";

/// A long-term condition the rules know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// The word that is stored.
    pub condition: &'static str,
    /// The name in sentences.
    pub label: &'static str,
    /// Other names for it, read as this one.
    pub also: &'static [&'static str],
    /// Claims and literature keys.
    pub sources: &'static [&'static str],
}

/// The fact with this key; `conditions` and `questions` are their singular.
pub fn find(key: &str) -> Option<&'static FactDef> {
    let key = match key {
        "conditions" => "condition",
        "questions" => "question",
        other => other,
    };
    FACTS.iter().find(|fact| fact.key == key)
}

/// The condition a name means: its word, its label, or another name for it.
pub fn condition(name: &str) -> Option<&'static Condition> {
    let plain = plain_name(name);
    CONDITIONS.iter().find(|c| {
        plain == plain_name(c.condition)
            || plain == plain_name(c.label)
            || c.also.contains(&plain.as_str())
    })
}

/// The key's one spelling (`condition` for `conditions`).
///
/// # Errors
/// An unknown fact, with the nearest one that is known.
pub fn known_key(name: &str) -> Result<String, LineError> {
    match find(name) {
        Some(fact) => Ok(fact.key.to_string()),
        None => {
            let known = FACTS.iter().map(|f| f.key).collect::<Vec<_>>().join(" ");
            let hint = match nearest(name) {
                Some(near) => format!("did you mean '{near}'? Known: {known}"),
                None => format!("known: {known}; free words go into 'cramp event'"),
            };
            Err(LineError::new(
                format!("'{}' is not a fact that is kept", shortened(name)),
                hint,
            ))
        }
    }
}

/// Whether a fact may have several values.
pub fn is_many(key: &str) -> bool {
    find(key).is_some_and(|fact| fact.many)
}

/// Reads the value of one fact into its one spelling. Yes, no and choices take any case; a condition is read by any of its
/// names. A condition no rule knows is kept in the person's words, lower case, unless it looks like a slip of the keys.
/// `none` means asked, none.
///
/// # Errors
/// An unknown key, or a value of the wrong sort; both say what is accepted.
pub fn read_value(key: &str, value: &str, now: &Now) -> Result<String, LineError> {
    let name = known_key(key)?;
    let Some(fact) = find(&name) else {
        return Err(LineError::new(format!("'{name}' is not a fact"), ""));
    };
    let (value, today) = (value.trim(), now.today());
    let (read, accepted) = match fact.kind {
        FactKind::Year => (
            value
                .parse::<i32>()
                .ok()
                .filter(|year| (1900..=today.year()).contains(year))
                .map(|year| year.to_string()),
            format!("a year from 1900 to {}", today.year()),
        ),
        FactKind::YesNo => (
            unit::yes_no(value).map(|yes| if yes { "yes" } else { "no" }.to_string()),
            "yes or no".to_string(),
        ),
        FactKind::Choice(words) => (
            words
                .iter()
                .find(|word| word.eq_ignore_ascii_case(value))
                .map(|word| (*word).to_string()),
            words.join(" "),
        ),
        FactKind::PastDate => (
            date(value)
                .filter(|date| *date <= today)
                .map(|date| date.to_string()),
            "a day in the past as year-month-day, such as 2026-02-28".to_string(),
        ),
        FactKind::DueDate => (
            date(value)
                .filter(|date| *date <= today.checked_add_days(Days::new(310)).unwrap_or(today))
                .map(|date| date.to_string()),
            "a day at most ten months ahead, as year-month-day".to_string(),
        ),
        FactKind::Text(most) => (
            Some(value)
                .filter(|text| is_text(text, most))
                .map(str::to_string),
            format!("1 to {most} letters on one line"),
        ),
        FactKind::Condition => (
            read_condition(value)?,
            "a condition in up to 60 letters on one line, or none".to_string(),
        ),
    };
    read.ok_or_else(|| {
        LineError::new(
            format!("'{}={}' is not possible", fact.key, shortened(value)),
            format!("write {accepted}"),
        )
    })
}

fn read_condition(value: &str) -> Result<Option<String>, LineError> {
    if value.eq_ignore_ascii_case(NONE) {
        return Ok(Some(NONE.to_string()));
    }
    if let Some(known) = condition(value) {
        return Ok(Some(known.condition.to_string()));
    }
    let word = plain_name(value).replace(' ', "-");
    if let Some(near) = nearest_of(&word, CONDITIONS.iter().map(|c| c.condition)) {
        // Kept as a word of its own, a misspelt condition would be invisible to every rule.
        return Err(LineError::new(
            format!("'{}' is not a known condition", shortened(value)),
            format!("did you mean '{near}'? To keep your own word, add another to it"),
        ));
    }
    Ok(Some(value.to_lowercase()).filter(|text| is_text(text, 60)))
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

/// The key most like a misspelt or everyday one.
pub fn nearest(key: &str) -> Option<&'static str> {
    let key = key.to_lowercase();
    match FACTS.iter().find(|f| f.also.contains(&key.as_str())) {
        Some(fact) => Some(fact.key),
        None => nearest_of(&key, FACTS.iter().map(|f| f.key)),
    }
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
    pub fn accepted(self) -> String {
        match self {
            FactKind::Year => "a year such as 1958".to_string(),
            FactKind::YesNo => "yes no".to_string(),
            FactKind::Choice(words) => words.join(" "),
            FactKind::PastDate | FactKind::DueDate => "year-month-day".to_string(),
            FactKind::Condition => "a condition, or none".to_string(),
            FactKind::Text(most) => format!("up to {most} letters"),
        }
    }

    /// The sort of value, in one word.
    pub fn word(self) -> &'static str {
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
pub static FACTS: &[FactDef] = &[
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
pub static CONDITIONS: &[Condition] = &[
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

    fn at(key: &str, value: &str) -> Result<String, LineError> {
        let zone = crate::diary::Zone::named("Europe/London").unwrap();
        let utc = "2026-03-04T08:00:00Z".parse().unwrap();
        read_value(key, value, &Now { utc, zone })
    }
    fn ok(key: &str, value: &str) -> String {
        at(key, value).unwrap()
    }
    fn refused(key: &str, value: &str) -> String {
        let error = at(key, value).unwrap_err();
        format!("{error}: {}", error.hint)
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
        assert_eq!(ok("due", "2026-09-01"), "2026-09-01");
        assert_eq!(ok("question", "Is it my tablets?"), "Is it my tablets?");
    }

    #[test]
    fn a_condition_no_rule_knows_is_kept_but_a_slip_is_not() {
        assert_eq!(ok("condition", "Gout"), "gout");
        assert!(refused("condition", "diabtes").contains("did you mean 'diabetes'?"));
        assert!(refused("condition", "Kidney diseas").contains("kidney-disease"));
    }

    #[test]
    fn impossible_facts_are_refused_with_what_is_accepted() {
        assert_eq!(
            refused("born", "1899"),
            "'born=1899' is not possible: write a year from 1900 to 2026"
        );
        assert!(refused("born", "2027").contains("1900 to 2026"));
        assert!(refused("born", "58").contains("1900 to 2026"));
        assert!(refused("pregnant", "perhaps").contains("yes or no"));
        assert!(refused("surgery", "2026-03-05").contains("past"));
        assert!(refused("surgery", "3/4/2026").contains("year-month-day"));
        assert!(refused("due", "2027-03-01").contains("ten months"));
        assert!(refused("condition", "a\nb").contains("one line"));
        assert!(refused("question", &"x".repeat(201)).contains("200"));
        assert!(refused("age", "60").contains("did you mean 'born'?"));
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
