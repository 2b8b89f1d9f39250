//! The codes a clinic's system knows, each once: LOINC for what was asked, SNOMED CT for what was found and where, and the
//! few of HL7. Each was read in a published guide; the last digits of LOINC (Luhn) and SNOMED CT (Verhoeff) are checked by
//! a test.

/// Who gives out a code, as FHIR names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    Loinc,
    Snomed,
    /// Codes of the Symptoms guide that are meant to move elsewhere.
    Symptoms,
    /// Categories of observations.
    Category,
    /// Units.
    Ucum,
}

impl System {
    pub(crate) fn url(self) -> &'static str {
        match self {
            System::Loinc => "http://loinc.org",
            System::Snomed => "http://snomed.info/sct",
            System::Symptoms => "http://hl7.org/fhir/uv/symptoms/CodeSystem/SymptomTemporary",
            System::Category => "http://terminology.hl7.org/CodeSystem/observation-category",
            System::Ucum => "http://unitsofmeasure.org",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) system: System,
    pub(crate) code: &'static str,
    pub(crate) display: &'static str,
}

/// Declares the codes and the list of all of them.
macro_rules! codes {
    ($($name:ident = $system:ident $code:literal $display:literal;)*) => {
        $(pub(crate) static $name: Code = Code { system: System::$system, code: $code, display: $display };)*

        #[cfg(test)]
        pub(crate) static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    SYMPTOM = Loinc "75325-1" "Symptom";
    SYMPTOM_ABSENT = Loinc "111551-8" "Symptom absent";
    PAIN = Loinc "72514-3" "Pain severity - 0-10 verbal numeric rating [Score] - Reported";
    ALLEVIATING = Loinc "100753-3" "Alleviating factors - Reported";
    ROOM_TEMPERATURE = Loinc "60832-3" "Room temperature";
    SLEEP_DURATION = Loinc "93832-4" "Sleep duration";
    EXERCISE_DURATION = Loinc "55411-3" "Exercise duration";
    PATIENT_NOTE = Loinc "51855-5" "Patient Note";
    CRAMP = Snomed "55300003" "Cramp";
    CRAMP_IN_LOWER_LEG = Snomed "449918009" "Cramp in lower leg";
    LEFT_CALF = Snomed "722115008" "Structure of calf of left lower leg";
    RIGHT_CALF = Snomed "722116009" "Structure of calf of right lower leg";
    CATEGORY_SYMPTOM = Symptoms "symptom" "Symptom";
    CATEGORY_ACTIVITY = Category "activity" "Activity";
    CATEGORY_SURVEY = Category "survey" "Survey";
}

/// A unit of the diary in UCUM; `None` where there is none that says the same.
pub(crate) fn ucum(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "°C" => "Cel",
        "min" => "min",
        "s" => "s",
        "h" => "h",
        "mg" => "mg",
        "g" => "g",
        "µg" => "ug",
        "ml" => "mL",
        "l" => "L",
        "IU" => "[iU]",
        "mmol" => "mmol",
        "score" => "{score}",
        _ => return None,
    })
}
