//! The catalogue of factors: how typed values are read, and that every claim of the source documents has its place.

use std::sync::Arc;

use crate::diary::factor::FactorDef;
use crate::diary::factor::{Catalogue, FactorError};
use crate::diary::reading::{Reading, ValueError};
use crate::diary::unit::QuantityError;
use crate::diary::vocabulary::{FactorKind, Timing};
use crate::diary::{CustomFactor, Value};

fn own(name: &str, kind: FactorKind) -> CustomFactor {
    CustomFactor {
        factor: Arc::from(name),
        label: name.to_string(),
        kind,
        unit: None,
        min: None,
        max: None,
        timing: Timing::Day,
        group: None,
        choices: Vec::new(),
        retired: false,
    }
}

fn read(factor: &str, word: &str) -> Result<Reading, ValueError> {
    Catalogue::built_in().find(factor).unwrap().read(word)
}

fn number(factor: &str, word: &str) -> f64 {
    match read(factor, word).unwrap().value {
        Value::Number(x) => x,
        Value::Word(word) => panic!("{word}"),
    }
}

#[test]
fn the_words_of_the_command_line_are_read_with_their_units() {
    for (factor, word, want) in [
        ("room", "18C", 18.0),
        ("room", "18", 18.0),
        ("room", "64.4F", 18.0),
        ("exercise", "45min", 45.0),
        ("exercise", "1h30", 90.0),
        ("exercise", "none", 0.0),
        ("exercise-intensity", "7", 7.0),
        ("fatigue", "6/10", 6.0),
        ("fatigue", "6.5", 6.5),
        ("covers-press", "no", 0.0),
        ("socks", "Y", 1.0),
        ("stretch", "true", 1.0),
        ("magnesium", "300mg", 300.0),
        ("magnesium", "0.3g", 300.0),
        ("magnesium", "300", 300.0),
        ("magnesium", "0", 0.0),
        ("alcohol", "2units", 2.0),
        ("alcohol", "1unit", 1.0),
        ("fluid", "1.5l", 1_500.0),
        ("vitamin-d", "4000IU", 100.0),
        ("vitamin-d", "25ug", 25.0),
        ("climb", "1000ft", 304.8),
        ("standing", "90min", 1.5),
        ("milk", "2", 2.0),
        ("sweat", "2/3", 2.0),
    ] {
        assert_eq!(number(factor, word), want, "{factor}={word}");
    }
    assert_eq!(
        read("posture", "Side").unwrap().value,
        Value::Word(Arc::from("side"))
    );
}

#[test]
fn the_original_is_kept_when_a_value_is_converted() {
    let reading = read("room", "64F").unwrap();
    assert_eq!(reading.unit.as_deref(), Some("°C"));
    assert_eq!(reading.typed.as_deref(), Some("64F"));
    assert_eq!(read("room", "18C").unwrap().typed, None);
    assert_eq!(read("socks", "yes").unwrap().unit, None);
}

#[test]
fn impossible_and_ambiguous_values_are_refused_by_name() {
    let message = |factor, word| read(factor, word).unwrap_err().to_string();
    assert_eq!(
        message("room", "180C"),
        "room=180C: 180 °C is outside the accepted -5 to 45 °C"
    );
    assert!(message("room", "64").ends_with("for Fahrenheit write F, as in 64F"));
    assert_eq!(
        message("fluid", "1.5"),
        "fluid: '1.5' needs a unit; write for example 1.5l or 1.5ml"
    );
    assert!(message("magnesium", "2").contains("needs a unit"));
    assert!(message("vitamin-d", "50").contains("50ug or 50IU"));
    assert!(message("magnesium", "4000IU").contains("accepted: ug mg g"));
    assert!(message("fatigue", "11").contains("0 to 10"));
    assert!(message("sweat", "2/10").contains("two ways"));
    assert!(message("posture", "supin").ends_with("(did you mean supine?)"));
    assert!(message("covers-press", "maybe").contains("yes y no n 1 0"));
    assert!(message("exercise", "-5min").contains("outside"));
    assert!(message("exercise", "25h").contains("outside the accepted 0 to 1440 min"));
    assert!(message("exercise", "18C").contains("accepted: s min h d"));
    assert!(read("room", "nan").is_err());
    assert!(read("room", "inf").is_err());
    assert!(read("room", "").is_err());
    assert!(read("room", "no").is_err(), "no is not a temperature");
}

#[test]
fn a_value_from_a_table_needs_no_unit_and_round_trips() {
    let catalogue = Catalogue::built_in();
    let fluid = catalogue.find("fluid").unwrap();
    assert_eq!(
        fluid.read_stored("30", None).unwrap().value,
        Value::Number(30.0)
    );
    let reading = fluid.read_stored("1.5", Some("l")).unwrap();
    assert_eq!(reading.value, Value::Number(1_500.0));
    assert_eq!(reading.typed.as_deref(), Some("1.5l"));
    assert!(fluid.read_stored("1e400", None).is_err());
    let socks = catalogue.find("socks").unwrap();
    assert_eq!(
        socks.read_stored("1.0", None).unwrap().value,
        Value::Number(1.0)
    );
    assert!(socks.read_stored("2.0", None).is_err());
    for def in catalogue.iter() {
        let value = match def.kind {
            FactorKind::Choice => Value::Word(Arc::from(def.choices.last().unwrap().as_ref())),
            _ => Value::Number(def.max.unwrap()),
        };
        let text = match &value {
            Value::Number(x) => x.to_string(),
            Value::Word(word) => word.to_string(),
        };
        let again = def.read_stored(&text, def.unit.as_deref()).unwrap();
        assert_eq!(again.value, value, "{}", def.factor);
        assert_eq!(again.typed, None, "{}", def.factor);
        assert!(def.accepts(&value), "{}", def.factor);
    }
    assert!(!fluid.accepts(&Value::Number(-1.0)));
    assert!(!fluid.accepts(&Value::Word(Arc::from("much"))));
}

#[test]
fn values_are_shown_with_unit_or_scale() {
    let catalogue = Catalogue::built_in();
    let show = |factor: &str, x: f64| catalogue.find(factor).unwrap().show(&Value::Number(x));
    assert_eq!(show("room", 17.777_78), "17.78 °C");
    assert_eq!(show("fatigue", 6.0), "6/10");
    assert_eq!(show("sweat", 2.0), "2/3");
    assert_eq!(show("socks", 0.0), "no");
    assert_eq!(show("magnesium", 300.0), "300 mg");
}

#[test]
fn misspelt_and_everyday_names_find_their_factor() {
    let catalogue = Catalogue::built_in();
    assert_eq!(catalogue.nearest("exersise"), Some("exercise"));
    assert_eq!(catalogue.nearest("magnesum"), Some("magnesium"));
    assert_eq!(catalogue.nearest("water"), Some("fluid"));
    assert_eq!(catalogue.nearest("b6"), Some("vitamin-b6"));
    assert_eq!(catalogue.nearest("zebra-count"), None);
}

/// A factor that the program learns later may be one a person had already.
#[test]
fn a_factor_the_person_had_before_the_program_did_keeps_its_meaning() {
    let thousands = CustomFactor {
        unit: Some("thousand".to_string()),
        ..own("steps", FactorKind::Number)
    };
    let catalogue = Catalogue::with(std::slice::from_ref(&thousands));
    let def = catalogue.find("steps").unwrap();
    assert_eq!(def.unit.as_deref(), Some("thousand"));
    assert!(!def.built_in && !def.log_scale);
    let same = CustomFactor {
        unit: Some("steps".to_string()),
        ..thousands.clone()
    };
    assert!(Catalogue::with(&[same]).find("steps").unwrap().built_in);
    let gone = CustomFactor {
        retired: true,
        ..thousands
    };
    let catalogue = Catalogue::with(&[gone]);
    let def = catalogue.find("steps").unwrap();
    assert!(def.built_in && def.retired);
}

#[test]
fn the_persons_own_factors_join_and_built_in_ones_can_be_retired() {
    let air = CustomFactor {
        unit: Some("index".to_string()),
        min: Some(0.0),
        max: Some(500.0),
        ..own("air-quality", FactorKind::Number)
    };
    let gone = CustomFactor {
        retired: true,
        ..own("dream", FactorKind::YesNo)
    };
    let catalogue = Catalogue::with(&[air.clone(), gone]);
    let def = catalogue.find("air-quality").unwrap();
    assert_eq!(
        def.read_stored("46", Some("index")).unwrap().value,
        Value::Number(46.0)
    );
    assert!(matches!(
        def.read("46mg").unwrap_err(),
        ValueError::Quantity(_, QuantityError::WrongUnit { .. })
    ));
    assert!(def.read("501").is_err());
    assert!(!def.built_in);
    assert!(catalogue.find("dream").unwrap().retired);
    assert!(catalogue.iter().all(|d| d.factor != "dream"));
    assert_eq!(catalogue.all().len(), catalogue.iter().count() + 1);
    assert_eq!(Catalogue::check(&air), Ok(()));
    assert_eq!(
        Catalogue::check(&own("room", FactorKind::Number)),
        Err(FactorError::BuiltIn("room".to_string()))
    );
    for name in ["", "Room", "x y", "9lives", "naïve", &"x".repeat(41)] {
        assert_eq!(
            Catalogue::check(&own(name, FactorKind::YesNo)),
            Err(FactorError::Name(name.to_string()))
        );
    }
    let empty = CustomFactor {
        min: Some(2.0),
        max: Some(1.0),
        ..own("x-a", FactorKind::Number)
    };
    assert_eq!(
        Catalogue::check(&empty),
        Err(FactorError::Range("x-a".to_string()))
    );
    let mood = FactorDef::of_person(&own("mood", FactorKind::Scale));
    assert_eq!(mood.accepted(), "0 to 10");
    let free = FactorDef::of_person(&own("place", FactorKind::Choice));
    assert_eq!(
        free.read("Hotel").unwrap().value,
        Value::Word(Arc::from("hotel"))
    );
}

#[test]
fn every_built_in_factor_is_complete() {
    let catalogue = Catalogue::built_in();
    let mut names = std::collections::BTreeSet::new();
    for def in catalogue.iter() {
        let name = &def.factor;
        assert!(names.insert(name.to_string()), "{name} twice");
        assert!(!def.sources.is_empty(), "{name} has no source");
        assert!(!def.label.is_empty() && !def.group.is_empty(), "{name}");
        assert!(def.question.contains('?'), "{name}");
        assert_eq!(def.kind == FactorKind::Choice, !def.choices.is_empty());
        assert_eq!(def.kind == FactorKind::Number, def.unit.is_some());
        for other in def.also {
            assert!(
                catalogue.find(other).is_none(),
                "{other} is a factor itself"
            );
        }
    }
}

#[test]
fn no_key_of_a_night_means_two_things() {
    let catalogue = Catalogue::built_in();
    for f in data::fields().iter().filter(|f| f.record == On::Night) {
        assert!(catalogue.find(f.field).is_none(), "{}", f.field);
    }
    assert_eq!(field_typed(true, "pain").map(|f| f.field), Some("severity"));
    assert!(field_typed(false, "knot").is_none());
}

/// A field of the table that no record sets is refused with these words.
#[test]
fn every_field_can_be_typed() {
    let now = Now {
        utc: DateTime::UNIX_EPOCH,
        zone: Zone::named("UTC").unwrap(),
    };
    let night = now.this_night();
    for f in data::fields().iter().filter(|f| f.field != "at") {
        let typed = Typed {
            key: f.field,
            value: "?",
        };
        let set = match f.record {
            On::Episode => Episode::blank(1, night, now.utc).set(f.field, typed),
            On::Night => NightRecord::blank(night, now.utc).set(f.field, typed, &now),
        };
        assert!(f.field == "soreness" || set.is_ok(), "{}: {set:?}", f.field);
    }
}

use std::collections::BTreeSet;

use chrono::DateTime;

use crate::data;
use crate::data::tables::On;
use crate::diary::lexicon::{self, Sort};
use crate::diary::line::field_typed;
use crate::diary::typed::Typed;
use crate::diary::{Episode, NightRecord, Now, Zone};
use crate::render::terminal_reports::topic as page;
use crate::report::catalogue;
use crate::report::help::{Block, Topic, titles, topic};

fn topics() -> Vec<Topic> {
    titles().filter_map(|(name, _)| topic(name)).collect()
}

/// The ids of the 138 claims, from the design notes the program was built to (document and claim number).
const CLAIM_IDS: &str = include_str!("reference/claims.csv");

#[test]
fn the_claims_are_those_of_the_source_documents() {
    let expected: Vec<String> = CLAIM_IDS
        .lines()
        .skip(1)
        .map(|line| line.replace(',', ":"))
        .collect();
    let held: Vec<&str> = data::claims().iter().map(|c| c.claim).collect();
    assert_eq!(held, expected);
    assert_eq!(held.len(), 138);
    for claim in data::claims() {
        assert!(claim.sort().is_some(), "{}", claim.claim);
        assert!(
            data::documents()
                .iter()
                .any(|d| claim.claim.starts_with(&format!("{}:", d.document))),
            "{}",
            claim.claim
        );
    }
}

#[test]
fn every_claim_a_diary_can_act_on_is_recorded_or_listed_with_the_reason() {
    let list = catalogue::sources();
    let mut unrecorded = Vec::new();
    for claim in &list.claims {
        assert_eq!(
            claim.recorded_as.is_empty(),
            claim.reason.is_some(),
            "{}",
            claim.claim
        );
        let sort = lexicon::claim(claim.claim).unwrap().sort().unwrap();
        let must = matches!(
            sort,
            Sort::Factor | Sort::Countermeasure | Sort::Action | Sort::Outcome | Sort::Group
        );
        if must && claim.recorded_as.is_empty() {
            unrecorded.push(claim.claim);
        }
    }
    // Ways of going about it and seeing a doctor: each has a reason of its own in `cramp help sources`.
    assert_eq!(unrecorded, ["S0:C0.5", "S0:C0.6", "S4:C4.10"]);
    for claim in list.claims.iter().filter(|c| c.reason.is_some()) {
        assert_ne!(
            claim.reason,
            Some("not something a diary can hold"),
            "{}",
            claim.claim
        );
    }
}

/// Whether `text` is a claim id or a literature key.
pub(crate) fn is_known(text: &str) -> bool {
    lexicon::claim(text).is_some() || lexicon::work(text).is_some()
}

#[test]
fn every_source_cited_anywhere_is_known() {
    for (source, places) in catalogue::citations() {
        assert!(is_known(source), "{source} in {places:?}");
    }
    for rule in crate::rules::all() {
        for source in &rule.sources {
            assert!(is_known(source), "{source} in rule {}", rule.id);
        }
    }
    for topic in topics() {
        for block in &topic.blocks {
            if let Block::Advice(advice) = block {
                assert!(!advice.sources.is_empty(), "{}", advice.what);
                for source in &advice.sources {
                    assert!(is_known(source), "{source} in {}", advice.what);
                }
            }
        }
    }
    let keys: BTreeSet<&str> = data::literature().iter().map(|w| w.key).collect();
    assert_eq!(keys.len(), data::literature().len(), "a key stands twice");
}

/// Claim ids and keys in brackets within the sentences of help are known too.
#[test]
fn sources_named_within_sentences_are_known() {
    let mut checked = 0;
    for topic in topics() {
        if topic.name == "sources" {
            continue;
        }
        let text = page(&topic, usize::MAX);
        for bracket in text.split('(').skip(1).filter_map(|t| t.split(')').next()) {
            for word in bracket
                .split([',', ' ', ';'])
                .map(|w| w.trim_end_matches('.'))
            {
                let is_claim = word.len() > 4 && word.starts_with('S') && word.contains(':');
                let is_key = word.len() > 3
                    && word.chars().any(|c| c.is_ascii_digit())
                    && word.chars().next().is_some_and(|c| c.is_ascii_uppercase());
                if is_claim || is_key {
                    assert!(is_known(word), "{word} in {}", topic.name);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 30, "{checked}");
}

#[test]
fn the_factor_list_has_the_shape_scripts_rely_on() {
    let json = serde_json::to_value(catalogue::factors(&Catalogue::built_in())).unwrap();
    assert_eq!(json["schema"], 1);
    let room = &json["factors"][0];
    assert_eq!(room["factor"], "room");
    assert_eq!(room["label"], "Room temperature");
    assert_eq!(room["type"], "number");
    assert_eq!(room["unit"], "°C");
    assert_eq!(room["min"], -5.0);
    assert_eq!(room["max"], 45.0);
    assert_eq!(room["timing"], "night");
    assert_eq!(room["lags"], serde_json::json!([0]));
    assert_eq!(room["built_in"], true);
    let sources = room["sources"].as_array().unwrap();
    assert!(sources.contains(&"S0:F0.7".into()) && sources.contains(&"GAR15".into()));
    let socks = json["factors"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["factor"] == "socks")
        .unwrap();
    assert!(socks["unit"].is_null() && socks["min"].is_null());
}

#[test]
fn the_other_lists_say_what_may_be_typed() {
    let facts = serde_json::to_value(catalogue::facts()).unwrap();
    assert_eq!(facts["facts"][0]["key"], "born");
    assert!(facts["conditions"].as_array().unwrap().len() > 20);
    let symptoms = serde_json::to_value(catalogue::symptoms()).unwrap();
    assert_eq!(symptoms["symptoms"][0]["symptom"], "numbness");
    assert_eq!(symptoms["relieved_by"][0], "rest");
    let words = serde_json::to_value(catalogue::words()).unwrap();
    let side = words["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["field"] == "side")
        .unwrap();
    assert_eq!(side["words"], serde_json::json!(["left", "right", "both"]));
    assert_eq!(words["relief"][0]["word"], "stretch");
}

#[test]
fn help_fits_the_line_and_names_no_disease_the_reader_has() {
    for topic in topics() {
        for width in [40, 80] {
            for line in page(&topic, width).lines() {
                let is_one_word = line.split_whitespace().count() == 1;
                assert!(
                    line.chars().count() <= width || is_one_word,
                    "{} at {width}: {line}",
                    topic.name
                );
            }
        }
        let text = page(&topic, 80).to_lowercase();
        for phrase in [
            "you have cancer",
            "nothing to worry",
            "you are healthy",
            "cures ",
            "you lack ",
        ] {
            assert!(!text.contains(phrase), "{phrase} in {}", topic.name);
        }
    }
    let names: Vec<&str> = topics().iter().map(|t| t.name).collect();
    for name in [
        "dates",
        "factors",
        "statistics",
        "flags",
        "privacy",
        "sources",
        "relief",
        "prevention",
        "units",
        "night",
        "import",
    ] {
        assert!(names.contains(&name), "{name}");
    }
}

#[test]
fn contradicting_advice_is_shown_as_contradicting() {
    let all = topics();
    let prevention = all.iter().find(|t| t.name == "prevention").unwrap();
    let text = page(prevention, usize::MAX);
    for (claim, against) in [
        ("S1:C1.3", "S1:C1.4"),
        ("S0:C0.4", "S2:R2.1"),
        ("S1:F1.2", "S2:F2.3"),
    ] {
        let line = text
            .lines()
            .find(|l| l.contains("contradict each other") && l.contains(claim))
            .unwrap();
        assert!(line.contains(against), "{claim} v {against}");
    }
    let relief = page(all.iter().find(|t| t.name == "relief").unwrap(), 80);
    for claim in data::claims()
        .iter()
        .filter(|c| c.sort() == Some(Sort::Action))
    {
        assert!(relief.contains(claim.claim), "{}", claim.claim);
    }
    let advice = page(prevention, 80) + &relief;
    for claim in data::claims()
        .iter()
        .filter(|c| c.sort() == Some(Sort::Countermeasure))
    {
        assert!(advice.contains(claim.claim), "{}", claim.claim);
    }
}
