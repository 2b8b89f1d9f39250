//! What a clinic's system is told as one FHIR R4 bundle. Cramps and calm nights follow the profiles of the HL7 Symptoms
//! guide (STU 1): what was noticed is the value, and the patient is the performer, which is what marks a report of theirs.
//!
//! The names of resources follow from the diary's random name and the key of the record, so that the same record is the
//! same resource in every bundle. They do not lead back to the diary's name.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use crate::diary::sha256;
use crate::render::fhir_resources::{
    Annotation, Attachment, CodeableConcept, Coding, Component, Content, DocumentReference, Dosage,
    DoseAndRate, Effective, Entry, Identifier, MedicationStatement, Meta, Observation, Patient,
    Period, Quantity, Reference, Repeat, Resource, Timing, UnitCode, Value,
};
use crate::report::clinic::told::{Amount, Answer, Clinic, Concept, Seen, Span, Taken, What};
use crate::report::codes::{self, Code, System};
use crate::words::t;

const SYMPTOM: &str = "http://hl7.org/fhir/uv/symptoms/StructureDefinition/SymptomObservation";
const SYMPTOM_ABSENT: &str =
    "http://hl7.org/fhir/uv/symptoms/StructureDefinition/SymptomAbsentObservation";
/// The system of identifiers that are URIs.
const URI: &str = "urn:ietf:rfc:3986";

/// The bundle, a resource a line; with the page for a clinician where a PDF is given.
pub(crate) fn bundle(clinic: &Clinic<'_>, report: Option<&[u8]>) -> String {
    let patient = named(clinic.diary, "patient");
    let me = Reference {
        reference: &patient,
    };
    let entry = |key: &str, resource: Resource<'_>| {
        let full_url = named(clinic.diary, key);
        line(&Entry { full_url, resource })
    };
    let mut entries = vec![line(&Entry {
        full_url: patient.clone(),
        resource: Resource::Patient(Patient {
            identifier: [uri(patient.clone())],
            birth_date: clinic.born.as_deref(),
        }),
    })];
    let seen = clinic.seen.iter();
    entries
        .extend(seen.map(|s| entry(&s.key, Resource::Observation(Box::new(observation(s, me))))));
    let taken = clinic.taken.iter();
    entries.extend(taken.map(|t| {
        let statement = Resource::MedicationStatement(Box::new(statement(t, me)));
        entry(&t.key, statement)
    }));
    let made = instant(clinic.made);
    entries.extend(report.map(|pdf| {
        let document = Resource::DocumentReference(Box::new(document(pdf, &made, me)));
        entry(&format!("report/{made}"), document)
    }));
    let identifier = line(&uri(named(clinic.diary, &format!("bundle/{made}"))));
    format!(
        "{{\"resourceType\":\"Bundle\",\"identifier\":{identifier},\"type\":\"collection\",\"timestamp\":\"{made}\",\"entry\":[\n{}\n]}}\n",
        entries.join(",\n")
    )
}

/// One line of JSON. Plain structs with text keys can always be written.
fn line(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A UUID of version 8 (RFC 9562: the maker says how) from SHA-256, as a URN.
fn named(diary: &str, key: &str) -> String {
    let hash = sha256(format!("nightcramp fhir\n{diary}\n{key}").as_bytes());
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    // two bits of the variant, 10, and two of the hash
    let variant = match hash.as_bytes().get(16).map(|digit| digit % 4) {
        Some(0) => '8',
        Some(1) => '9',
        Some(2) => 'a',
        _ => 'b',
    };
    format!(
        "urn:uuid:{}-{}-8{}-{variant}{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

fn uri(value: String) -> Identifier {
    Identifier { system: URI, value }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn observation<'a>(seen: &'a Seen, me: Reference<'a>) -> Observation<'a> {
    let (profile, category, code) = asked(seen.what);
    let category = category.map(|code| coded(&[code], None));
    Observation {
        meta: profile.map(|url| Meta { profile: [url] }),
        status: "final",
        category: category.into_iter().collect(),
        code: match code {
            Some(code) => coded(&[code], None),
            None => coded(&[], Some(t!(clinic, "in-bed"))),
        },
        subject: me,
        effective: effective(&seen.when),
        issued: instant(seen.said),
        performer: [me],
        value: answer(&seen.value),
        note: notes(seen.note.as_deref()),
        body_site: seen.site.as_ref().map(concept),
        method: seen.method.map(|text| coded(&[], Some(text))),
        component: seen
            .parts
            .iter()
            .map(|(code, value)| Component {
                code: concept(code),
                value: answer(value),
            })
            .collect(),
    }
}

/// The profile, category and code of a question. A calm night needs no category; for time in bed there is no code.
#[rustfmt::skip]
fn asked(what: What) -> (Option<&'static str>, Option<&'static Code>, Option<&'static Code>) {
    let activity = Some(&codes::CATEGORY_ACTIVITY);
    match what {
        What::Symptom => (Some(SYMPTOM), Some(&codes::CATEGORY_SYMPTOM), Some(&codes::SYMPTOM)),
        What::SymptomAbsent => (Some(SYMPTOM_ABSENT), None, Some(&codes::SYMPTOM_ABSENT)),
        What::Room => (None, Some(&codes::CATEGORY_SURVEY), Some(&codes::ROOM_TEMPERATURE)),
        What::Sleep => (None, activity, Some(&codes::SLEEP_DURATION)),
        What::InBed => (None, activity, None),
        What::Exercise => (None, activity, Some(&codes::EXERCISE_DURATION)),
    }
}

fn statement<'a>(taken: &'a Taken, me: Reference<'a>) -> MedicationStatement<'a> {
    let timing = taken.times.map(|(frequency, period)| Timing {
        repeat: Repeat {
            frequency,
            period,
            period_unit: "d",
        },
    });
    let dose = taken.dose.as_ref().map(|amount| DoseAndRate {
        dose_quantity: quantity(amount),
    });
    let is_said = timing.is_some() || dose.is_some();
    let dosage = is_said.then(|| Dosage {
        timing,
        dose_and_rate: dose.into_iter().collect(),
    });
    MedicationStatement {
        status: taken.status,
        medication_codeable_concept: coded(&[], Some(&taken.name)),
        subject: me,
        effective: taken.when.as_ref().map(effective),
        date_asserted: instant(taken.said),
        information_source: me,
        note: notes(taken.note.as_deref()),
        dosage: dosage.into_iter().collect(),
    }
}

fn document<'a>(pdf: &[u8], made: &str, me: Reference<'a>) -> DocumentReference<'a> {
    DocumentReference {
        status: "current",
        kind: coded(&[&codes::PATIENT_NOTE], None),
        subject: me,
        date: made.to_string(),
        author: [me],
        content: [Content {
            attachment: Attachment {
                content_type: "application/pdf",
                language: "en",
                data: STANDARD.encode(pdf),
                title: t!(clinic, "report"),
            },
        }],
    }
}

fn notes(note: Option<&str>) -> Vec<Annotation<'_>> {
    note.map(|text| Annotation { text }).into_iter().collect()
}

fn coded<'a>(codes: &[&Code], text: Option<&'a str>) -> CodeableConcept<'a> {
    let coding = |code: &&Code| Coding {
        system: code.system.url(),
        code: code.code,
        display: code.display,
    };
    CodeableConcept {
        coding: codes.iter().map(coding).collect(),
        text,
    }
}

fn concept(concept: &Concept) -> CodeableConcept<'_> {
    coded(&concept.codes, concept.text.as_deref())
}

fn answer(answer: &Answer) -> Value<'_> {
    match answer {
        Answer::Concept(said) => Value::Concept(concept(said)),
        Answer::Whole(number) => Value::Integer(*number),
        Answer::Amount(amount) => Value::Quantity(quantity(amount)),
        Answer::Range(low, high) => Value::Range {
            low: quantity(low),
            high: quantity(high),
        },
    }
}

fn quantity(amount: &Amount) -> Quantity<'_> {
    Quantity {
        value: amount.value,
        unit: amount.unit.as_deref(),
        code: amount.ucum.map(|code| UnitCode {
            system: System::Ucum.url(),
            code,
        }),
    }
}

/// A day needs no offset in FHIR, an instant always has one.
fn effective(span: &Span) -> Effective {
    let day = |date: &NaiveDate| date.to_string();
    let within = |start, end| Effective::Within(Period { start, end });
    match span {
        Span::Day(date) => Effective::At(day(date)),
        Span::Days(from, to) => within(from.as_ref().map(day), to.as_ref().map(day)),
        Span::At(at) => Effective::At(at.rfc3339()),
        Span::Between(from, to) => within(Some(from.rfc3339()), Some(to.rfc3339())),
    }
}
