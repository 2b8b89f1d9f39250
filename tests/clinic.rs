//! The bundle for a clinic: every fixed rule of the Symptoms profiles, silence for what nobody said, codes whose check
//! digits are right, and the same bytes for the same diary.
//!
//! The profiles are those of the HL7 Symptoms guide (STU 1); no free validator knows them, so their rules stand here. The
//! base rules of R4 are checked by other people's validators: tests/validators.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;

use crate::diary::{Zone, sha256};
use crate::report::codes::{self, System};
use crate::tests::door::Door;

const NOW: &str = "2026-03-06T09:00:00Z";
const SYMPTOMS: &str = "http://hl7.org/fhir/uv/symptoms/StructureDefinition/";

/// A diary of a few nights with everything a bundle can hold, and words that must not be in it.
fn door() -> Door {
    let door = Door::at(NOW);
    for line in [
        "log 2026-03-02T03:12 left calf 7 4min +stretch \"secret one\"",
        "log 2026-03-03T04:00 both thigh 4.5 2-3min +heat",
        "log -2 small hours right foot",
        "edit 1 relief-after=2min note=\"secret two\"",
        "night 2026-03-03 calm room=18C exercise=45min bed=22:40 up=06:30 note=\"secret three\"",
        "night 2026-02-20 cramp",
        "event \"secret four\" 2026-03-01",
        "course start magnesium 300mg per-day=2 2026-02-01",
        "course start quinine 200mg 2026-01-05",
        "course stop quinine 2026-02-05",
        "took magnesium 300mg 2026-03-01",
        "me born=1958",
        "symptom numbness left no",
    ] {
        door.ok(line);
    }
    door
}

fn bundle(door: &Door) -> Json {
    door.ok("export --format fhir --out bundle.json");
    let text = std::fs::read_to_string(door.folder().join("bundle.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The resources of a kind.
fn of_kind<'b>(bundle: &'b Json, kind: &str) -> Vec<&'b Json> {
    let entries = bundle["entry"].as_array().unwrap().iter();
    let resources = entries.map(|entry| &entry["resource"]);
    resources.filter(|r| r["resourceType"] == *kind).collect()
}

/// The observations that claim a profile of the Symptoms guide.
fn profiled<'b>(bundle: &'b Json, profile: &str) -> Vec<&'b Json> {
    let observations = of_kind(bundle, "Observation").into_iter();
    let claims = |o: &&Json| o["meta"]["profile"][0] == format!("{SYMPTOMS}{profile}");
    observations.filter(claims).collect()
}

fn coded(concept: &Json) -> Vec<(&str, &str)> {
    let codings = concept["coding"].as_array().into_iter().flatten();
    codings
        .map(|c| (c["system"].as_str().unwrap(), c["code"].as_str().unwrap()))
        .collect()
}

const LOINC: &str = "http://loinc.org";
const SNOMED: &str = "http://snomed.info/sct";

#[test]
fn a_cramp_keeps_every_fixed_rule_of_the_symptom_profile() {
    let bundle = bundle(&door());
    let patient = bundle["entry"][0]["fullUrl"].as_str().unwrap();
    let cramps = profiled(&bundle, "SymptomObservation");
    assert_eq!(cramps.len(), 4, "three cramps and a night answered so");
    for cramp in cramps {
        assert_eq!(cramp["status"], "final");
        let categories = cramp["category"].as_array().unwrap();
        let symptom = categories
            .iter()
            .filter(|c| coded(c) == [(System::Symptoms.url(), "symptom")]);
        assert_eq!(symptom.count(), 1, "exactly once");
        assert_eq!(coded(&cramp["code"]), [(LOINC, "75325-1")]);
        assert_eq!(cramp["subject"]["reference"], patient);
        let performers = cramp["performer"].as_array().unwrap();
        assert_eq!(performers.len(), 1);
        assert_eq!(performers[0]["reference"], patient);
        let times = ["effectiveDateTime", "effectivePeriod"]
            .map(|name| usize::from(cramp.get(name).is_some()));
        assert_eq!(times.iter().sum::<usize>(), 1, "one effective[x]");
        let value = coded(&cramp["valueCodeableConcept"]);
        assert_eq!(value.last(), Some(&(SNOMED, "55300003")), "a finding");
        for forbidden in [
            "interpretation",
            "specimen",
            "device",
            "referenceRange",
            "dataAbsentReason",
        ] {
            assert!(cramp.get(forbidden).is_none(), "{forbidden}");
        }
        for part in cramp["component"].as_array().into_iter().flatten() {
            assert_ne!(
                coded(&part["code"]),
                [(LOINC, "64750-3")],
                "a severity is a concept, never a number"
            );
        }
    }
}

#[test]
fn a_cramp_says_what_was_written_and_no_more() {
    let bundle = bundle(&door());
    let cramps = profiled(&bundle, "SymptomObservation");
    let at = |n: usize| cramps[n];
    let first = at(0);
    assert_eq!(
        first["effectivePeriod"],
        serde_json::json!({"start": "2026-03-02T03:12:00+00:00", "end": "2026-03-02T03:16:00+00:00"})
    );
    assert_eq!(
        coded(&first["valueCodeableConcept"]),
        [(SNOMED, "449918009"), (SNOMED, "55300003")]
    );
    assert_eq!(
        first["valueCodeableConcept"]["text"],
        "Night-time leg cramp"
    );
    assert_eq!(coded(&first["bodySite"]), [(SNOMED, "722115008")]);
    assert_eq!(first["bodySite"]["text"], "left calf");
    let parts = first["component"].as_array().unwrap();
    assert_eq!(coded(&parts[0]["code"]), [(LOINC, "72514-3")]);
    assert_eq!(parts[0]["valueInteger"], 7);
    assert_eq!(coded(&parts[1]["code"]), [(LOINC, "100753-3")]);
    assert_eq!(parts[1]["valueCodeableConcept"]["text"], "stretch");

    // a pain of a half, a length between two, something done of which nobody said that it helped
    let second = at(1);
    assert_eq!(second["effectiveDateTime"], "2026-03-03T04:00:00+00:00");
    assert_eq!(
        coded(&second["valueCodeableConcept"]),
        [(SNOMED, "55300003")]
    );
    assert_eq!(
        second["bodySite"],
        serde_json::json!({"text": "both thighs"})
    );
    let parts = second["component"].as_array().unwrap();
    assert_eq!(
        parts[0]["valueQuantity"],
        serde_json::json!({"value": 4.5, "unit": "score", "system": "http://unitsofmeasure.org", "code": "{score}"})
    );
    assert_eq!(parts[1]["code"]["text"], "How long it lasted");
    assert_eq!(parts[1]["valueRange"]["low"]["value"], 120);
    assert_eq!(parts[1]["valueRange"]["high"]["value"], 180);
    assert_eq!(
        parts[2]["code"],
        serde_json::json!({"text": "Done against it"})
    );

    // a part of the night is no minute
    let vague = at(2);
    assert_eq!(
        vague["effectivePeriod"],
        serde_json::json!({"start": "2026-03-04", "end": "2026-03-05"})
    );
    let note = vague["note"][0]["text"].as_str().unwrap();
    assert!(note.starts_with("Only the part of the night"), "{note}");

    // a night answered so, of which nothing else is known
    let answered = at(3);
    assert_eq!(
        answered["effectivePeriod"],
        serde_json::json!({"start": "2026-02-20", "end": "2026-02-21"})
    );
}

#[test]
fn only_a_recorded_calm_night_is_an_absence() {
    let bundle = bundle(&door());
    let absent = profiled(&bundle, "SymptomAbsentObservation");
    assert_eq!(absent.len(), 1);
    let night = absent[0];
    assert_eq!(coded(&night["code"]), [(LOINC, "111551-8")]);
    assert_eq!(
        coded(&night["valueCodeableConcept"]),
        [(SNOMED, "55300003")]
    );
    assert_eq!(night["effectivePeriod"]["start"], "2026-03-03");
    assert!(night.get("category").is_none());
    assert_eq!(
        night["performer"][0]["reference"],
        bundle["entry"][0]["fullUrl"]
    );
    // 2 March has a note and nothing else, 25 February has nothing: neither is in it
    let door = door();
    door.ok("night 2026-02-25 note=\"a full moon\"");
    let again = self::bundle(&door);
    assert_eq!(profiled(&again, "SymptomAbsentObservation").len(), 1);
    let text = again.to_string();
    assert!(!text.contains("2026-02-25"), "a note is no answer");
}

#[test]
fn an_empty_diary_gives_nobody_who_slept_well() {
    let door = Door::at(NOW);
    let refused = door.refused(1, "export --format fhir --out bundle.json");
    assert!(refused.contains("there is no diary yet"), "{refused}");
    door.ok("log 03:10 left calf");
    door.ok("undo");
    let bundle = bundle(&door);
    assert_eq!(bundle["entry"].as_array().unwrap().len(), 1);
    let patient = &bundle["entry"][0]["resource"];
    assert_eq!(patient["resourceType"], "Patient");
    assert!(patient.get("birthDate").is_none(), "{patient}");
}

#[test]
fn measures_have_units_a_machine_knows() {
    let door = door();
    let bundle = bundle(&door);
    let by_code = |code: &str| -> Json {
        let observations = of_kind(&bundle, "Observation").into_iter();
        let found = observations.filter(|o| coded(&o["code"]) == [(LOINC, code)]);
        let found: Vec<&Json> = found.collect();
        assert_eq!(found.len(), 1, "{code}");
        found[0].clone()
    };
    let room = by_code("60832-3");
    let ucum = "http://unitsofmeasure.org";
    assert_eq!(
        room["valueQuantity"],
        serde_json::json!({"value": 18, "unit": "°C", "system": ucum, "code": "Cel"})
    );
    assert!(room.get("method").is_none(), "the person's own");
    let exercise = by_code("55411-3");
    assert_eq!(exercise["valueQuantity"]["value"], 45);
    assert_eq!(exercise["effectiveDateTime"], "2026-03-03");
    // in bed is not asleep, so it has no code of sleep
    let observations = of_kind(&bundle, "Observation").into_iter();
    let in_bed: Vec<&Json> = observations
        .filter(|o| o["code"]["text"] == "Time in bed")
        .collect();
    assert_eq!(in_bed.len(), 1);
    assert_eq!(in_bed[0]["valueQuantity"]["value"], 470);
    assert_eq!(
        in_bed[0]["effectivePeriod"]["start"],
        "2026-03-03T22:40:00+00:00"
    );
}

#[test]
fn a_reading_counts_where_the_person_said_nothing() {
    let door = door();
    let readings = "night,factor,source,source_key,value,unit,coverage\n\
                    2026-03-03,room,govee,1,15.5,°C,0.9\n\
                    2026-03-04,room,govee,2,16.25,°C,0.9\n\
                    2026-03-04,asleep,fitbit,3,401,min,\n\
                    2026-03-05,room,govee,4,11,°C,0.2\n";
    std::fs::write(door.folder().join("readings.csv"), readings).unwrap();
    door.ok("import readings.csv");
    let bundle = bundle(&door);
    let of = |code: &str| -> Vec<(Json, Json)> {
        let observations = of_kind(&bundle, "Observation").into_iter();
        observations
            .filter(|o| coded(&o["code"]) == [(LOINC, code)])
            .map(|o| {
                (
                    o["valueQuantity"]["value"].clone(),
                    o["method"]["text"].clone(),
                )
            })
            .collect()
    };
    let device = Json::from("Read by a device or another program");
    assert_eq!(
        of("60832-3"),
        [(18.into(), Json::Null), (16.25.into(), device.clone())]
    );
    assert_eq!(of("93832-4"), [(401.into(), device)]);
    assert!(!bundle.to_string().contains("govee"), "no name of a device");
}

#[test]
fn medicines_are_as_reported() {
    let bundle = bundle(&door());
    let patient = &bundle["entry"][0]["fullUrl"];
    let taken = of_kind(&bundle, "MedicationStatement");
    let shown: Vec<(&str, &str)> = taken
        .iter()
        .map(|t| {
            let name = t["medicationCodeableConcept"]["text"].as_str().unwrap();
            (name, t["status"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("quinine", "completed"),
            ("magnesium", "active"),
            ("magnesium", "completed")
        ]
    );
    for statement in &taken {
        assert_eq!(statement["informationSource"]["reference"], *patient);
    }
    let dose = &taken[1]["dosage"][0];
    assert_eq!(
        dose["timing"]["repeat"],
        serde_json::json!({"frequency": 2, "period": 1, "periodUnit": "d"})
    );
    assert_eq!(dose["doseAndRate"][0]["doseQuantity"]["code"], "mg");
    assert_eq!(
        taken[0]["effectivePeriod"],
        serde_json::json!({"start": "2026-01-05", "end": "2026-02-05"})
    );
}

#[test]
fn nothing_the_person_wrote_in_words_is_in_it() {
    let door = door();
    let text = bundle(&door).to_string();
    assert!(!text.contains("secret"), "{text}");
    // nor what leads from the bundle to a pseudonym in a study
    door.ok("export copy");
    let manifest = std::fs::read_to_string(door.folder().join("copy/diary.json")).unwrap();
    let manifest: Json = serde_json::from_str(&manifest).unwrap();
    let id = manifest["diary_id"].as_str().unwrap();
    assert!(!text.replace('-', "").contains(id));
}

/// Rules of R4 that a writer of JSON gets wrong: no empty element, no time without an offset, no name twice, no reference
/// to nothing.
#[test]
fn the_bundle_is_well_made() {
    let door = door();
    door.ok("export --format fhir --with-report --out bundle.json");
    let text = std::fs::read_to_string(door.folder().join("bundle.json")).unwrap();
    let bundle: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(bundle["type"], "collection");
    assert_eq!(bundle["timestamp"], "2026-03-06T09:00:00Z");
    fn walk(value: &Json, each: &mut dyn FnMut(&Json)) {
        each(value);
        match value {
            Json::Array(items) => items.iter().for_each(|item| walk(item, each)),
            Json::Object(members) => members.values().for_each(|item| walk(item, each)),
            _ => {}
        }
    }
    let mut names: Vec<String> = Vec::new();
    for entry in bundle["entry"].as_array().unwrap() {
        let name = entry["fullUrl"].as_str().unwrap().to_string();
        let uuid = name.strip_prefix("urn:uuid:").unwrap();
        assert_eq!((uuid.len(), uuid.as_bytes()[14]), (36, b'8'), "{uuid}");
        assert!("89ab".contains(char::from(uuid.as_bytes()[19])), "{uuid}");
        assert!(!names.contains(&name), "twice: {name}");
        names.push(name);
    }
    walk(&bundle, &mut |value| match value {
        Json::Null => panic!("null"),
        Json::Array(items) => assert!(!items.is_empty()),
        Json::Object(members) => {
            assert!(!members.is_empty());
            if let Some(Json::String(to)) = members.get("reference") {
                assert!(names.contains(to), "{to}");
            }
            if members.contains_key("code") && members.contains_key("value") {
                assert!(members.contains_key("system"), "a code needs its system");
            }
        }
        Json::String(text) => {
            assert!(!text.is_empty());
            let is_time = text.len() > 18 && text.as_bytes()[10] == b'T' && text.starts_with("20");
            let zoned =
                text.ends_with('Z') || text.get(19..).is_some_and(|t| t.contains(['+', '-']));
            assert!(!is_time || zoned, "{text}");
        }
        _ => {}
    });
    let document = of_kind(&bundle, "DocumentReference")[0];
    assert_eq!(coded(&document["type"]), [(LOINC, "51855-5")]);
    let attachment = &document["content"][0]["attachment"];
    assert_eq!(attachment["contentType"], "application/pdf");
    use base64::Engine as _;
    let data = attachment["data"].as_str().unwrap();
    let pdf = base64::engine::general_purpose::STANDARD
        .decode(data)
        .unwrap();
    door.ok("report --out page.pdf");
    assert!(pdf == std::fs::read(door.folder().join("page.pdf")).unwrap());
}

#[test]
fn the_options_of_a_bundle_belong_together() {
    let door = door();
    for (line, says) in [
        ("export --format fhir", "no file is named"),
        ("export --format fhir out", "one file, not a folder"),
        ("export out --with-report", "belong to a bundle"),
        ("export --out x.json", "belong to a bundle"),
        ("export", "no folder is named"),
    ] {
        let said = door.refused(2, line);
        assert!(said.contains(says), "{line}: {said}");
        assert!(
            said.contains("cramp export"),
            "{line} shows no way out: {said}"
        );
    }
}

/// The last digit of a LOINC code, by Luhn (ISO/IEC 7812-1, mod 10).
fn luhn(code: &str) -> bool {
    let (number, check) = code.split_once('-').unwrap();
    let digits = number.bytes().rev().map(|b| u32::from(b - b'0'));
    let sum: u32 = digits
        .enumerate()
        .map(|(place, digit)| match place % 2 {
            0 => digit * 2 / 10 + digit * 2 % 10,
            _ => digit,
        })
        .sum();
    ((10 - sum % 10) % 10).to_string() == check
}

/// Whether a SNOMED CT identifier ends in its check digit (J. Verhoeff 1969): the dihedral group of order 10.
fn verhoeff(code: &str) -> bool {
    const TIMES: [[usize; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const MOVED: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let mut sum = 0;
    for (place, byte) in code.bytes().rev().enumerate() {
        let mut digit = usize::from(byte - b'0');
        for _ in 0..place {
            digit = MOVED[digit];
        }
        sum = TIMES[sum][digit];
    }
    sum == 0
}

#[test]
fn check_digits_find_a_slip() {
    assert!(luhn("60832-3") && !luhn("60832-4"));
    assert!(verhoeff("55300003") && !verhoeff("55300004") && !verhoeff("53500003"));
}

#[test]
fn every_code_ends_in_its_check_digit_and_stands_once() {
    let mut seen = std::collections::BTreeSet::new();
    for code in codes::ALL {
        assert!(
            seen.insert((code.system.url(), code.code)),
            "{code:?} twice"
        );
        assert!(!code.display.is_empty());
        match code.system {
            System::Loinc => assert!(luhn(code.code), "{code:?}"),
            System::Snomed => assert!(verhoeff(code.code), "{code:?}"),
            System::Symptoms | System::Category | System::Ucum => {}
        }
    }
}

/// The bundle of a stored diary, as it was when the validators of tests/validators found nothing wrong with it.
#[test]
fn a_stored_diary_gives_the_bundle_the_validators_saw() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let door = Door::at(NOW);
    std::fs::create_dir_all(door.diary().parent().unwrap()).unwrap();
    std::fs::copy(tests.join("diaries/version-7.db"), door.diary()).unwrap();
    door.ok("export --format fhir --out bundle.json");
    let bundle = std::fs::read_to_string(door.folder().join("bundle.json")).unwrap();
    let stored = tests.join("validators/version-7.fhir.json");
    if std::env::var("INSTA_UPDATE").is_ok_and(|v| v == "always") {
        std::fs::write(&stored, &bundle).unwrap();
    }
    assert_eq!(bundle, std::fs::read_to_string(stored).unwrap());
}

/// The same of the demo, by a digest of each kind of resource: a change of any of them needs the validators again.
#[test]
fn the_demo_gives_the_resources_the_validators_saw() {
    let now = "2026-03-06T09:00:00Z".parse().unwrap();
    let zone = Zone::named("Europe/London").unwrap();
    let diary = crate::import::demo::make(1, 180, now, &zone).diary;
    let name = "00112233445566778899aabbccddeeff";
    let today = "2026-03-06".parse().unwrap();
    let told = crate::report::clinic::clinic(&diary, name, now, today);
    let bundle = crate::render::fhir::bundle(&told, None);
    let mut kinds: BTreeMap<&str, String> = BTreeMap::new();
    for line in bundle.lines() {
        let kind = line.split("\"resourceType\":\"").nth(1);
        let kind = kind.and_then(|rest| rest.split('"').next()).unwrap_or("");
        kinds.entry(kind).or_default().push_str(line);
    }
    let digests: String = kinds
        .iter()
        .map(|(kind, lines)| format!("{kind} {}\n", sha256(lines.as_bytes())))
        .collect();
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validators/demo.sha256");
    if std::env::var("INSTA_UPDATE").is_ok_and(|v| v == "always") {
        std::fs::write(&stored, &digests).unwrap();
    }
    assert_eq!(digests, std::fs::read_to_string(stored).unwrap());
}
