//! The resources of FHIR R4 (4.0.1) a diary is written as, with the elements it fills. An element without content is left
//! out, because FHIR knows no empty ones.

use serde::Serialize;
use serde::ser::Serializer;

use crate::report::clinic::told::Status;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry<'a> {
    pub(super) full_url: String,
    pub(super) resource: Resource<'a>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "resourceType")]
pub(super) enum Resource<'a> {
    Patient(Patient<'a>),
    Observation(Box<Observation<'a>>),
    MedicationStatement(Box<MedicationStatement<'a>>),
    DocumentReference(Box<DocumentReference<'a>>),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Patient<'a> {
    pub(super) identifier: [Identifier; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) birth_date: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub(super) struct Identifier {
    pub(super) system: &'static str,
    pub(super) value: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Observation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta: Option<Meta>,
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) category: Vec<CodeableConcept<'a>>,
    pub(super) code: CodeableConcept<'a>,
    pub(super) subject: Reference<'a>,
    #[serde(flatten)]
    pub(super) effective: Effective,
    pub(super) issued: String,
    pub(super) performer: [Reference<'a>; 1],
    #[serde(flatten)]
    pub(super) value: Value<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) note: Vec<Annotation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_site: Option<CodeableConcept<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) method: Option<CodeableConcept<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) component: Vec<Component<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Meta {
    pub(super) profile: [&'static str; 1],
}

#[derive(Debug, Serialize)]
pub(super) struct Component<'a> {
    pub(super) code: CodeableConcept<'a>,
    #[serde(flatten)]
    pub(super) value: Value<'a>,
}

#[derive(Debug, Serialize)]
pub(super) enum Value<'a> {
    #[serde(rename = "valueCodeableConcept")]
    Concept(CodeableConcept<'a>),
    #[serde(rename = "valueInteger")]
    Integer(u8),
    #[serde(rename = "valueQuantity")]
    Quantity(Quantity<'a>),
    #[serde(rename = "valueRange")]
    Range {
        low: Quantity<'a>,
        high: Quantity<'a>,
    },
}

#[derive(Debug, Serialize)]
pub(super) enum Effective {
    #[serde(rename = "effectiveDateTime")]
    At(String),
    #[serde(rename = "effectivePeriod")]
    Within(Period),
}

#[derive(Debug, Serialize)]
pub(super) struct Period {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<String>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct CodeableConcept<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) coding: Vec<Coding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub(super) struct Coding {
    pub(super) system: &'static str,
    pub(super) code: &'static str,
    pub(super) display: &'static str,
}

/// A quantity whose unit, where it has a code, names the system of the code too.
#[derive(Debug, Serialize)]
pub(super) struct Quantity<'a> {
    #[serde(serialize_with = "decimal")]
    pub(super) value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<&'a str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<UnitCode>,
}

#[derive(Debug, Serialize)]
pub(super) struct UnitCode {
    pub(super) system: &'static str,
    pub(super) code: &'static str,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Reference<'a> {
    pub(super) reference: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct Annotation<'a> {
    pub(super) text: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MedicationStatement<'a> {
    pub(super) status: Status,
    pub(super) medication_codeable_concept: CodeableConcept<'a>,
    pub(super) subject: Reference<'a>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) effective: Option<Effective>,
    pub(super) date_asserted: String,
    pub(super) information_source: Reference<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) note: Vec<Annotation<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) dosage: Vec<Dosage<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dosage<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timing: Option<Timing>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) dose_and_rate: Vec<DoseAndRate<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Timing {
    pub(super) repeat: Repeat,
}

/// So many times in so many days.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Repeat {
    pub(super) frequency: u32,
    pub(super) period: u32,
    pub(super) period_unit: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DoseAndRate<'a> {
    pub(super) dose_quantity: Quantity<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct DocumentReference<'a> {
    pub(super) status: &'static str,
    #[serde(rename = "type")]
    pub(super) kind: CodeableConcept<'a>,
    pub(super) subject: Reference<'a>,
    pub(super) date: String,
    pub(super) author: [Reference<'a>; 1],
    pub(super) content: [Content<'a>; 1],
}

#[derive(Debug, Serialize)]
pub(super) struct Content<'a> {
    pub(super) attachment: Attachment<'a>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Attachment<'a> {
    pub(super) content_type: &'static str,
    pub(super) language: &'static str,
    /// Base64.
    pub(super) data: String,
    pub(super) title: &'a str,
}

/// A number as it was said: 18, not 18.0, which would claim a tenth.
fn decimal<S: Serializer>(value: &f64, s: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9.0e15;
    if value.fract() == 0.0 && value.abs() < EXACT {
        return s.serialize_i64(*value as i64);
    }
    s.serialize_f64(*value)
}
