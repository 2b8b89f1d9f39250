//! Names as people say them: what each kind of name is read as, and what is never read into words.

use crate::data;
use crate::data::vocabulary::{MedicineClass, Side};
use crate::data::word::Word;
use crate::diary::Now;
use crate::diary::background_line::split_course;
use crate::diary::names::{self, named_in};
use crate::rules::answer::Answer;
use crate::tests::door::Door;
use crate::tests::rules::answer;
use crate::tests::rules_entries::diary;

/// What the program makes of a name, in the words of `tests/entry/names.txt`.
fn read(kind: &str, said: &str) -> Vec<String> {
    let named = named_in(said);
    let sign = |absent: bool| if absent { "-" } else { "" };
    let mut read: Vec<String> = match kind {
        "symptom" => {
            let each = named.symptoms.iter();
            each.map(|s| format!("{}{}", sign(s.absent), s.symptom.word()))
                .collect()
        }
        "condition" => {
            let each = named.conditions.iter().filter(|c| !c.absent);
            each.map(|c| c.thing.to_string()).collect()
        }
        "measure" => {
            let each = names::measure(said).into_iter();
            each.map(|_| "measure".to_string()).collect()
        }
        _ => {
            let each = named.medicines.iter();
            each.map(|m| m.thing.word().to_string()).collect()
        }
    };
    if kind == "medicine" && read.is_empty() && names::is_supplement(said) {
        read.push("supplement".to_string());
    }
    if read.is_empty() {
        read.push("ask".to_string());
    }
    read.sort();
    read
}

/// The lines of the list that was written before the tables: kind, words, what they are.
fn held_out() -> impl Iterator<Item = (&'static str, &'static str, Vec<String>)> {
    let lines = include_str!("entry/names.txt").lines();
    lines.filter(|line| !line.starts_with('#')).map(|line| {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [kind, said, meant] = parts.as_slice() else {
            panic!("{line}");
        };
        let mut meant: Vec<String> = meant.split(", ").map(str::to_string).collect();
        meant.sort();
        (*kind, *said, meant)
    })
}

#[test]
fn names_written_before_the_tables_are_read() {
    let mut report = Vec::new();
    let mut wrong = Vec::new();
    for kind in ["symptom", "medicine", "condition", "measure"] {
        let (mut all, mut understood, mut asked) = (0, 0, 0);
        for (_, said, meant) in held_out().filter(|(k, ..)| *k == kind) {
            let read = read(kind, said);
            let none = |list: &[String]| list == ["ask"] || list == ["other"];
            all += 1;
            asked += usize::from(none(&read));
            if read == meant || none(&read) && none(&meant) {
                understood += 1;
            } else {
                wrong.push(format!("{kind} {said}: {read:?}, not {meant:?}"));
            }
        }
        report.push(format!(
            "{kind}: {all} names, {understood} as meant, {asked} of them asked about"
        ));
        assert!(understood * 100 >= all * 95, "{report:#?} {wrong:#?}");
    }
}

#[test]
fn there_are_names_enough() {
    let medicines = data::medicines()
        .iter()
        .filter(|c| c.class != MedicineClass::Other);
    let medicines: usize = medicines.map(|c| c.names.len()).sum();
    assert!(
        medicines >= 400,
        "{medicines} names of medicines of a class"
    );
    let symptoms: usize = data::symptoms().iter().map(|s| s.names.len()).sum();
    assert!(symptoms >= 94, "{symptoms} names of symptoms");
    for symptom in data::symptoms() {
        assert!(symptom.names.len() >= 5, "{}", symptom.symptom);
        let named = named_in(symptom.label).symptoms;
        let found = named
            .iter()
            .any(|n| n.symptom == symptom.symptom && !n.absent);
        assert!(found, "the label '{}' is read as {named:?}", symptom.label);
    }
    let conditions = data::conditions()
        .iter()
        .filter(|c| c.names.len() >= 3)
        .count();
    assert!(conditions >= 24, "{conditions}");
}

#[test]
fn nothing_is_read_into_words_that_do_not_say_it() {
    for text in [
        "my mother had a fit",
        "my husband has chest pain",
        "worried about a stroke",
        "watched a film about numbness",
        "bought new shoes",
        "fit as a fiddle",
        "left work early",
        "the weather was cold",
        "not sure if my leg is swollen",
        "in the fall",
        "he had pins and needles",
    ] {
        let named = named_in(text).symptoms;
        assert!(named.iter().all(|n| n.absent), "{text}: {named:?}");
    }
    for text in [
        "no swelling",
        "leg not swollen",
        "swelling has gone",
        "no longer short of breath",
        "without any numbness",
    ] {
        let named = named_in(text).symptoms;
        assert!(named.len() == 1 && named[0].absent, "{text}: {named:?}");
    }
    for text in [
        "leg has gone numb",
        "hardly any feeling, foot numb",
        "not only swollen but red",
        "swelling no better",
    ] {
        let named = named_in(text).symptoms;
        assert!(named.iter().any(|n| !n.absent), "{text}: {named:?}");
    }
    for text in [
        "family history of diabetes",
        "mother had cancer",
        "cancer ruled out",
        "one kidney",
        "low blood pressure",
        "pre-diabetes",
        "white coat hypertension",
        "kidney donor",
        "diabetes insipidus",
    ] {
        assert_eq!(named_in(text).conditions, [], "{text}");
    }
    for text in [
        "iron tonic",
        "heart tablets",
        "white pill",
        "cold tablets",
        "lozenge",
    ] {
        assert_eq!(named_in(text).medicines, [], "{text}");
        assert_eq!(names::measure(text), None, "{text}");
    }
}

#[test]
fn sides_are_those_of_the_sign() {
    for (text, sides) in [
        (
            "left leg swollen and short of breath",
            vec![Some(Side::Left), None],
        ),
        (
            "my left calf is bigger than the right",
            vec![Some(Side::Left)],
        ),
        ("both ankles swollen", vec![Some(Side::Both)]),
        ("swelling in the right leg", vec![Some(Side::Right)]),
        (
            "left calf swollen, right calf red",
            vec![Some(Side::Left), Some(Side::Right)],
        ),
        ("swelling", vec![None]),
    ] {
        let read: Vec<_> = named_in(text).symptoms.iter().map(|n| n.side).collect();
        assert_eq!(read, sides, "{text}");
    }
}

fn answers(id: &str, entries: &str) -> Answer {
    let rule = data::rule_book().rules.iter().find(|r| r.id == id).unwrap();
    answer(rule, &diary(entries))
}

/// A rule that asks for something, entries that have it, and entries that would say no but for something unknown, which an
/// answer settles.
#[test]
fn what_nobody_knows_is_never_no() {
    for (rule, yes, unknown, no) in [
        (
            "medicines-before-onset",
            "med lipitor 5mg start=60; cramp 20",
            "well; med zzyzxol 5mg start=60; cramp 20; me all-conditions=yes; me taking=listed",
            "well; med zzyzxol 5mg class=other start=60; cramp 20; me all-conditions=yes; me taking=listed",
        ),
        (
            "vitamin-k2-warfarin",
            "took 2 vitamin_k2 100µg; med coumadin 3mg start=300",
            "well; took 2 vitamin_k2 100µg; med zzyzxol 3mg start=300; me taking=listed",
            "well; took 2 vitamin_k2 100µg; med zzyzxol 3mg class=other start=300; me taking=listed",
        ),
        (
            "quinine-cramps",
            "took 1 qualaquin",
            "well; took 1 zzyzxol; me taking=listed",
            "well; took 1 paracetamol; me taking=listed",
        ),
        (
            "diabetes-known",
            "me condition=type-2-diabetes-mellitus; cramp 1,9",
            "well; me condition=one-kidney; me all-conditions=yes; cramp 1,9",
            "well; me condition=asthma; me all-conditions=yes; cramp 1,9",
        ),
        (
            "potassium-risk",
            "took 1 salt_substitute; med spironolactone 25mg start=60",
            "well; took 1 salt_substitute; med water_tablet start=60; me taking=listed",
            "well; took 1 salt_substitute; med furosemide 40mg start=60; me taking=listed",
        ),
    ] {
        assert_eq!(answers(rule, yes), Answer::Yes, "{rule}: {yes}");
        assert_eq!(answers(rule, unknown), Answer::Unknown, "{rule}: {unknown}");
        assert_eq!(answers(rule, no), Answer::No, "{rule}: {no}");
    }
}

/// The present of the lines below.
fn now() -> Now {
    crate::tests::clock::now("2026-03-04T08:00:00+00:00")
}

#[test]
fn the_name_of_a_course_ends_where_its_start_begins() {
    for (line, name, rest) in [
        ("ramipril 5mg 2 years ago", "ramipril", "5mg|2 years ago"),
        ("water tablet", "water tablet", ""),
        ("omega 3 1000mg", "omega 3", "1000mg"),
        ("HRT patches since 2019", "hrt patches", "since 2019"),
        (
            "magnesium 300mg per-day=2 2026-01-10",
            "magnesium",
            "300mg|per-day=2|2026-01-10",
        ),
        ("my heart tablets", "my heart tablets", ""),
    ] {
        let words: Vec<String> = line.split(' ').map(str::to_string).collect();
        let (read, behind) = split_course(&words, &now()).unwrap();
        assert_eq!(
            (read.as_str(), behind.join("|").as_str()),
            (name, rest),
            "{line}"
        );
    }
}

#[test]
fn lines_in_everyday_words_are_kept_as_what_they_say() {
    let door = Door::at("2026-03-04T08:00:00+00:00");
    for (line, says) in [
        (
            "symptom left leg swollen since yesterday",
            "swelling on Wed 4 Mar 08:00, left, since 2026-03-03",
        ),
        (
            "symptom can't hold my water since yesterday",
            "bladder-change on Wed 4 Mar 08:00, since 2026-03-03",
        ),
        (
            "symptom no swelling",
            "swelling on Wed 4 Mar 08:00, asked, absent",
        ),
        (
            "symptom both ankles swollen",
            "swelling on Wed 4 Mar 08:00, both",
        ),
        ("symptom swelling healed", "asked, absent"),
        (
            "symptom swellling left",
            "swelling on Wed 4 Mar 08:00, left",
        ),
        (
            "symptom foot pain at night better hanging it out of bed",
            "rest-pain on Wed 4 Mar 08:00, relieved by hanging",
        ),
        (
            "symptom calf pain walking, goes when I stand still 5 min",
            "brought on by walking, relieved by rest, lasts 5 min",
        ),
        (
            "symptom bought new shoes",
            "Kept as a note e1: Wed 4 Mar: bought new shoes",
        ),
        (
            "course start Lasix 40mg",
            "lasix 40 mg (medicine), loop-diuretic",
        ),
        (
            "course start ramipril 5mg 2 years ago",
            "since about 2024-03-04",
        ),
        (
            "course start atorvastatin years ago",
            "since 2026-03-04 or earlier",
        ),
        ("course start hot foot bath", "hot foot bath (measure)"),
        ("took vitamin-k2 90mcg", "vitamin-k2 90 µg"),
        (
            "took blue inhaler yesterday",
            "blue inhaler at Tue 3 Mar 21:00",
        ),
        ("me condition=CKD stage 3", "condition=ckd stage 3"),
        ("me on dialysis", "condition=dialysis"),
        ("me pregnant", "pregnant=yes"),
        ("me long flight yesterday", "flight=2026-03-03"),
        ("me bp 150/95", "blood-pressure=150/95"),
        ("me ex smoker", "smoker=former"),
        ("me hip replacement 3 weeks ago", "surgery=2026-02-11"),
    ] {
        let said = door.ok(line);
        assert!(said.contains(says), "{line}: {said}");
    }
}

#[test]
fn an_unknown_name_is_asked_about_until_it_is_answered() {
    let door = Door::at("2026-03-04T08:00:00+00:00");
    let said = door.run("course start my heart tablets");
    assert!(
        said.out.contains("my heart tablets (medicine)"),
        "{}",
        said.out
    );
    assert!(
        said.err.contains("cramp edit c1 class=CLASS") && said.err.contains("beta-blocker"),
        "{}",
        said.err
    );
    let said = door.run("took zzyzxol");
    assert!(
        said.err.contains("cramp edit i1 class=CLASS"),
        "{}",
        said.err
    );
    let said = door.run("course start water tablet");
    assert!(
        said.out.contains("diuretic") && said.err.contains("Which kind"),
        "{}",
        said.err
    );
    let said = door.run("course start warfrin 3mg");
    assert!(
        said.err.contains("read as a slip of the keys"),
        "{}",
        said.err
    );
    let said = door.run("me condition=one kidney");
    assert!(
        said.err.contains("cramp edit p1 means=CONDITION"),
        "{}",
        said.err
    );
    assert!(door.ok("edit p1 means=other").contains("as other"));
    assert!(
        door.refused(2, "edit p1 means=zzz")
            .contains("not a condition of the list")
    );
    assert!(
        door.ok("edit c1 class=beta-blocker")
            .contains("beta-blocker")
    );
    assert!(door.ok("edit i1 class=other").contains("other"));
}

#[test]
fn several_symptoms_of_a_line_are_an_object_of_symptoms() {
    let door = Door::at("2026-03-04T08:00:00+00:00");
    let one: serde_json::Value =
        serde_json::from_str(&door.ok("--json symptom left calf swollen")).unwrap();
    assert_eq!(
        (&one["kind"], &one["symptom"], &one["side"]),
        (&"symptom".into(), &"swelling".into(), &"left".into())
    );
    let said = door.ok("--json symptom left calf swollen red and hot");
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["kind"], "symptoms");
    let names: Vec<&str> = said["symptoms"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|s| s["symptom"].as_str())
        .collect();
    assert_eq!(names, ["swelling", "redness", "leg-warmth"]);
}
