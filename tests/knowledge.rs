//! The tables of knowledge: every entry can be looked up by each of its names, and doses are counted right.

use chrono::NaiveDate;

use crate::data;
use crate::diary::fact;
use crate::diary::substance::{Nutrient, amount, class_of, classes_of, nutrients_of};
use crate::diary::typed::plain_name;
use crate::diary::vocabulary::{Basis, MedicineClass, SymptomName};
use crate::diary::word::Word;

#[test]
fn every_table_is_decoded() {
    assert_eq!(data::symptoms().len(), SymptomName::ALL.len());
    assert_eq!(data::nutrients().len(), Nutrient::ALL.len());
    assert_eq!(data::medicines().len(), MedicineClass::ALL.len());
    assert_eq!(data::claims().len(), 138);
    let sizes = [
        data::factors().len(),
        data::facts().len(),
        data::conditions().len(),
    ];
    assert!(sizes.iter().all(|size| *size > 10), "{sizes:?}");
    assert!(!data::documents().is_empty() && !data::literature().is_empty());
}

#[test]
fn generic_names_are_known_whatever_stands_around_them() {
    assert_eq!(
        class_of("Furosemide 40mg tablets"),
        Some(MedicineClass::LoopDiuretic)
    );
    assert_eq!(
        class_of("fluticasone/salmeterol"),
        Some(MedicineClass::Laba)
    );
    assert_eq!(
        class_of("WARFARIN"),
        Some(MedicineClass::VitaminKAntagonist)
    );
    assert_eq!(class_of("Tonic water"), Some(MedicineClass::Quinine));
    assert_eq!(
        classes_of("Co-amilofruse"),
        [
            MedicineClass::PotassiumSparingDiuretic,
            MedicineClass::LoopDiuretic
        ]
    );
    assert_eq!(class_of("iron tonic"), None);
    assert_eq!(class_of("quininex"), None);
    assert_eq!(class_of(""), None);
}

#[test]
fn every_class_but_other_has_names_and_all_are_explained() {
    for class in MedicineClass::ALL {
        let entry = data::medicines()
            .iter()
            .find(|entry| entry.class == *class)
            .unwrap();
        assert!(!entry.names.is_empty());
        for name in &entry.names {
            assert_eq!(plain_name(name), *name);
            assert!(classes_of(name).contains(class), "{name} is not {class}");
        }
    }
}

/// Grams of the element in one gram of a salt.
fn share_of(nutrient: Nutrient, salt: &str) -> Option<f64> {
    let name = format!("{nutrient} {salt}");
    let dose = amount(&name, 1.0, "mg", Some(Basis::Compound))?;
    (dose.low == dose.high && dose.nutrient == nutrient).then_some(dose.low)
}

#[test]
fn salts_hold_what_pharmacy_tables_say() {
    for (nutrient, name, want) in [
        (Nutrient::Magnesium, "oxide", 0.603),
        (Nutrient::Magnesium, "citrate", 0.1616),
        (Nutrient::Magnesium, "glycinate", 0.141),
        (Nutrient::Magnesium, "chloride", 0.1196),
        (Nutrient::Magnesium, "sulfate", 0.0986),
        (Nutrient::Calcium, "carbonate", 0.4004),
        (Nutrient::Calcium, "citrate", 0.2108),
        (Nutrient::Potassium, "chloride", 0.5244),
    ] {
        let share = share_of(nutrient, name).unwrap();
        assert!((share - want).abs() < 5e-4, "{name}");
    }
    for entry in data::nutrients() {
        for salt in entry.salts.iter().flat_map(|salt| &salt.names) {
            let nutrient = entry.nutrient;
            assert!(share_of(nutrient, salt).is_some(), "{nutrient} {salt}");
        }
    }
}

#[test]
fn a_salt_without_basis_gives_a_range() {
    let exact = amount("magnesium", 300.0, "mg", None).unwrap();
    assert_eq!((exact.low, exact.high), (300.0, 300.0));
    let range = amount("Magnesium citrate", 1.0, "g", None).unwrap();
    assert!((range.low - 161.6).abs() < 0.1 && range.high == 1_000.0);
    let salt = amount("magnesium citrate", 1_000.0, "mg", Some(Basis::Compound)).unwrap();
    assert_eq!(salt.low, salt.high);
    let d = amount("Vitamin D3", 4_000.0, "IU", None).unwrap();
    assert_eq!((d.nutrient, d.high), (Nutrient::VitaminD, 100.0));
    assert_eq!(amount("calcium + vitamin d", 500.0, "mg", None), None);
    assert_eq!(amount("multivitamin", 1.0, "tablet", None), None);
    assert_eq!(amount("magnesium", 1.0, "tablet", None), None);
    assert_eq!(amount("magnesium", 400.0, "IU", None), None);
}

#[test]
fn names_are_whole_words() {
    assert_eq!(nutrients_of("Vit-D"), [Nutrient::VitaminD]);
    assert_eq!(nutrients_of("MK-7"), [Nutrient::VitaminK2]);
    assert_eq!(nutrients_of("naproxen sodium"), []);
    assert_eq!(nutrients_of("losartan potassium"), []);
    assert_eq!(nutrients_of("atorvastatin calcium"), []);
    assert_eq!(nutrients_of("sodium valproate"), []);
    assert_eq!(
        nutrients_of("Slow-release potassium chloride"),
        [Nutrient::Potassium]
    );
    assert_eq!(nutrients_of("dekacalcium"), []);
}

#[test]
fn one_nutrient_is_found_in_a_name_as_all_of_them_are() {
    let medicines = data::medicines().iter().flat_map(|m| &m.names);
    let nutrients = data::nutrients().iter().flat_map(|n| &n.names);
    let single = medicines.chain(nutrients).map(|name| name.to_string());
    let names: Vec<String> = single
        .flat_map(|name| {
            let sold_as = ["sodium", "calcium", "citrate"].map(|salt| format!("{name} {salt}"));
            sold_as.into_iter().chain([name])
        })
        .chain([
            "Calcium + vitamin D".into(),
            "dekacalcium".into(),
            String::new(),
        ])
        .collect();
    let mut found = 0;
    for name in &names {
        let all = nutrients_of(name);
        let each = Nutrient::ALL.iter().filter(|n| n.is_in(name)).copied();
        assert_eq!(each.collect::<Vec<_>>(), all, "{name}");
        found += all.len();
    }
    assert!(
        found > 100 && found < names.len(),
        "{found} of {}",
        names.len()
    );
}

fn fact(key: &str, value: &str) -> String {
    let today = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
    fact::read(key, value, today).unwrap().value
}
fn refused(key: &str, value: &str) -> String {
    let today = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
    fact::read(key, value, today).unwrap_err().to_string()
}

#[test]
fn facts_are_read_into_one_spelling() {
    assert_eq!(fact("born", "1958"), "1958");
    assert_eq!(fact("pregnant", "No"), "no");
    assert_eq!(fact("condition", "High blood pressure"), "hypertension");
    assert_eq!(fact("conditions", "None"), "none");
    assert_eq!(fact("condition", "MS"), "multiple-sclerosis");
    assert_eq!(fact("condition", "Kidney Disease"), "kidney-disease");
    assert_eq!(fact("smoker", "former"), "former");
    assert_eq!(fact("surgery", "2026-02-28"), "2026-02-28");
    assert_eq!(fact("surgery", "None"), "none");
    assert_eq!(fact("due", "2026-09-01"), "2026-09-01");
    assert_eq!(fact("question", "Is it my tablets?"), "Is it my tablets?");
}

#[test]
fn a_condition_no_rule_knows_is_kept_and_marked() {
    let today = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
    let fibromyalgia = fact::read("condition", "Fibromyalgia", today).unwrap();
    assert_eq!(
        (fibromyalgia.value.as_str(), fibromyalgia.unknown),
        ("fibromyalgia", Some(None))
    );
    // a slip of the keys in a name is put right, in other words it is asked about
    let typo = fact::read("condition", "diabtes", today).unwrap();
    assert_eq!((typo.value.as_str(), typo.unknown), ("diabetes", None));
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
    for c in data::conditions() {
        for name in c.names.iter().chain([&c.condition, &c.label]) {
            // a name may be of two: nerve damage by diabetes
            let found = data::conditions().iter().filter(|other| {
                other.condition == *name || other.label == *name || other.names.contains(name)
            });
            let found: Vec<&str> = found.map(|other| other.condition).collect();
            let read = fact::condition(name).map(|k| k.condition);
            assert!(
                read.is_some_and(|read| found.contains(&read)),
                "{name}: {read:?}"
            );
        }
    }
}
