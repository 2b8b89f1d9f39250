//! The shapes of what may be recorded and of what is cited. The build script reads them from the files beside this one
//! with owned text (`Factor<String>`); the program decodes them with text borrowed from itself (`Factor<&str>`).
//! What a field means is said at the head of the file it is read from.

use serde::{Deserialize, Serialize};

use crate::data::vocabulary::{
    ExperimentDesign, FactorKind, MedicineClass, Nutrient, Relief, SymptomName, Timing,
};

/// A factor (`factors.toml`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Factor<S> {
    pub(crate) factor: S,
    pub(crate) label: S,
    #[serde(rename = "type")]
    pub(crate) kind: FactorKind,
    pub(crate) unit: Option<S>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) step: Option<f64>,
    pub(crate) start: Option<f64>,
    pub(crate) bare_from: Option<f64>,
    #[serde(default)]
    pub(crate) choices: Vec<S>,
    pub(crate) timing: Timing,
    pub(crate) lags: Vec<u8>,
    pub(crate) group: S,
    pub(crate) question: S,
    pub(crate) nutrient: Option<Nutrient>,
    pub(crate) effort_from: Option<f64>,
    pub(crate) surroundings_from: Option<f64>,
    pub(crate) surroundings_to: Option<f64>,
    pub(crate) done: Option<S>,
    #[serde(default)]
    pub(crate) remedy: bool,
    #[serde(default)]
    pub(crate) log_scale: bool,
    #[serde(default)]
    pub(crate) names: Vec<S>,
    #[serde(default)]
    pub(crate) also: Vec<S>,
    pub(crate) note: Option<S>,
    pub(crate) trial: Option<ExperimentDesign>,
    pub(crate) trial_why: Option<S>,
    pub(crate) sources: Vec<S>,
}

/// A symptom (`symptoms.toml`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Symptom<S> {
    pub(crate) symptom: SymptomName,
    /// Whether it has a left and a right.
    #[serde(default)]
    pub(crate) sided: bool,
    pub(crate) label: S,
    pub(crate) question: S,
    #[serde(default)]
    pub(crate) names: Vec<S>,
    pub(crate) sources: Vec<S>,
}

/// A class of medicines (`medicines.toml`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Class<S> {
    pub(crate) class: MedicineClass,
    pub(crate) label: S,
    pub(crate) why: S,
    pub(crate) names: Vec<S>,
    pub(crate) sources: Vec<S>,
}

/// A nutrient (`nutrients.toml`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NutrientRow<S> {
    pub(crate) nutrient: Nutrient,
    pub(crate) unit: S,
    pub(crate) symbol: Option<S>,
    pub(crate) names: Vec<S>,
    #[serde(default)]
    pub(crate) named: Named,
    #[serde(default)]
    pub(crate) salts: Vec<Salt<S>>,
    pub(crate) sources: Vec<S>,
}

/// Where the name of a nutrient counts within the name of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Named {
    /// As whole words anywhere in it.
    #[default]
    Anywhere,
    /// At its beginning.
    First,
    /// When it is all of it.
    Alone,
}

/// A salt a mineral is sold as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Salt<S> {
    pub(crate) names: Vec<S>,
    pub(crate) formula: S,
}

/// A fact about the person (`facts.toml`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fact<S> {
    pub(crate) fact: S,
    pub(crate) label: S,
    pub(crate) takes: Takes<S>,
    #[serde(default)]
    pub(crate) many: bool,
    pub(crate) question: S,
    #[serde(default)]
    pub(crate) names: Vec<S>,
    #[serde(default)]
    pub(crate) also: Vec<S>,
    pub(crate) sources: Vec<S>,
}

/// What a fact takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Takes<S> {
    /// A year of birth.
    Year,
    /// Yes or no.
    YesNo,
    /// A blood pressure reading, upper and lower figure in mmHg.
    Pressure,
    /// A day in the past.
    PastDate,
    /// A day at most ten months ahead.
    DueDate,
    /// A long-term condition, of the table or in the person's words.
    Condition,
    /// One of these words.
    Choice(Vec<S>),
    /// Free words, at most this many letters.
    Text(usize),
    /// A time of day.
    Clock,
}

/// A long-term condition (`conditions.toml`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Condition<S> {
    pub(crate) condition: S,
    pub(crate) label: S,
    pub(crate) names: Vec<S>,
    pub(crate) sources: Vec<S>,
}

/// A claim of one of the source documents (`claims.csv`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claim<S> {
    /// Document and number (`S0:F0.7`).
    pub(crate) claim: S,
    /// What the document says, in our words.
    pub(crate) says: S,
    /// Why nothing records it, where that needs a reason of its own.
    pub(crate) no_record_because: Option<S>,
}

/// A source document (`documents.csv`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document<S> {
    /// The name claims begin with.
    pub(crate) document: S,
    /// What it is about.
    pub(crate) about: S,
}

/// A work of the literature (`literature.csv`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Work<S> {
    /// The short key (`GAR15`).
    pub(crate) key: S,
    /// What it is.
    pub(crate) what: S,
    /// Where to find it: DOI, PubMed number or address; empty when there is no single place.
    pub(crate) place: S,
}

/// A field of an episode or of a night (`fields.toml`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field<S> {
    pub(crate) field: S,
    pub(crate) record: On,
    pub(crate) label: S,
    pub(crate) takes: FieldTakes,
    pub(crate) question: S,
    #[serde(default)]
    pub(crate) names: Vec<S>,
    pub(crate) sources: Vec<S>,
}

/// Something done against a cramp (`actions.toml`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Action<S> {
    pub(crate) action: Relief,
    pub(crate) label: S,
    pub(crate) sources: Vec<S>,
}

/// What a new diary offers to follow (`follow.toml`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Offer<S> {
    /// The factor.
    pub(crate) offer: S,
    pub(crate) label: S,
    pub(crate) bare_unit: Option<S>,
    pub(crate) sources: Vec<S>,
}

/// Which record a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum On {
    Episode,
    Night,
}

/// What a field takes: a word of a vocabulary, or something that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FieldTakes {
    Side,
    Site,
    Kind,
    Period,
    Posture,
    Certainty,
    Outcome,
    /// Relief actions, each with a plus sign in `cramp log`.
    Relief,
    YesNo,
    /// A whole number from 0 to 10, also written `7/10`.
    ZeroToTen,
    /// A duration of at most 12 hours.
    Duration,
    /// A duration of at most 14 days, kept in hours.
    LongDuration,
    Count,
    Time,
    Text,
}
