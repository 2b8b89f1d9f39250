//! What goes wrong with an experiment: words that mean nothing, a diary that cannot carry one, files that are not there.
//! Each has a clear message, and nothing is lost.

use crate::store::Store;
use crate::tests::analysis::door_edges::{Plan, cramps};
use crate::tests::door::Door;

/// A diary of 120 nights, the last of them that of 4 January 2026, of a person who has nothing and takes nothing.
fn door() -> Door {
    let door = Plan::new("2025-09-07", cramps(120, 0.5)).door();
    door.ok("me born=1960 pregnant=no conditions=none taking=none");
    door
}

fn begin(door: &Door, thing: &str) {
    door.ok(&format!(
        "experiment start {thing} --pairs 8 --anyway --yes"
    ));
}

fn experiments(door: &Door) -> usize {
    let now = "2026-03-01T08:00:00Z".parse().unwrap();
    let store = Store::open(&door.diary(), now).unwrap();
    store.read(None).unwrap().experiments.len()
}

#[test]
fn words_that_mean_nothing_are_refused_with_the_way_out() {
    let door = door();
    let long = "x".repeat(10_000);
    for (code, line, wanted) in [
        (1, "experiment plan hopping", "no factor and no supplement"),
        (
            1,
            &*format!("experiment plan {long}"),
            "no factor and no supplement",
        ),
        (1, "experiment plan 🦵🦵", "no factor and no supplement"),
        (1, "experiment plan \"\"", "empty name"),
        (1, "experiment plan stretching", "did you mean 'stretch'"),
        (1, "experiment plan magnesium", "on=\"… mg\""),
        (1, "experiment plan magnesium on=lots", "'lots'"),
        (1, "experiment plan magnesium on=🦵", "one amount"),
        (
            1,
            "experiment plan magnesium \"on=200 mg\" basis=moon",
            "basis",
        ),
        (1, "experiment plan magnesium \"on=600 mg\"", "UL-MG"),
        (1, "experiment plan stretch banana", "banana"),
        (
            1,
            &*format!("experiment plan stretch on={long}"),
            "at most 120 letters",
        ),
        (1, "experiment plan stretch on=warfarin", "theirs to plan"),
        (
            1,
            "experiment plan stretch \"off=no ramipril\"",
            "never stops",
        ),
        (1, "experiment plan \"tonic water\"", "never an experiment"),
        (
            1,
            "experiment start alcohol --yes",
            "nobody should be sent to drink",
        ),
        (2, "experiment plan stretch --pairs 7", "8 pairs"),
        (2, "experiment plan stretch --pairs 0", "8 pairs"),
        (2, "experiment plan stretch --nights 0", "too few"),
        (2, "experiment plan stretch --nights 6", "fours"),
        (
            2,
            "experiment plan stretch --nights 1000000",
            "at most 2000",
        ),
        (2, "experiment plan stretch --effect 1.0", "no effect"),
        (2, "experiment plan stretch --effect 1", "no effect"),
        (2, "experiment plan stretch --effect nan", "'nan'"),
        (2, "experiment plan stretch --effect -3", "-3"),
        (
            1,
            "experiment plan balanced-diet --nights 84",
            "pairs of periods",
        ),
        (1, "experiment stop stretch why --yes", "no experiment"),
        (1, "experiment result stretch", "no experiment"),
        (1, "experiment verify stretch", "no experiment"),
    ] {
        let said = door.refused(code, line);
        let short: String = said.chars().take(700).collect();
        assert!(said.contains(wanted), "{line:.60}: {short}");
        assert!(said.chars().count() < 900, "{line:.60}: {short}");
    }
    assert_eq!(experiments(&door), 0);
}

#[test]
fn a_basis_may_stand_by_itself() {
    let door = door();
    let line = "experiment plan \"magnesium citrate\" \"on=400 mg\" --pairs 8";
    assert!(door.refused(1, line).contains("compound"));
    door.ok(&format!("{line} basis=compound"));
}

#[test]
fn a_diary_that_cannot_carry_an_experiment_says_why() {
    let none = Door::at("2026-01-05T08:00:00Z");
    assert!(none.refused(1, "experiment plan stretch").contains("born"));
    assert!(!none.diary().exists());
    none.ok("me born=1960");
    assert!(
        none.refused(1, "experiment plan stretch")
            .contains("too few nights")
    );
    for (share, name) in [(0.0, "calm"), (1.0, "cramps")] {
        let door = Plan::new("2025-09-07", cramps(120, share)).door();
        door.ok("me born=1960");
        let said = door.run("experiment plan stretch");
        assert!(said.code <= 1, "{name}: {said:?}");
        assert!(
            !said.out.contains("NaN") && !said.err.contains("NaN"),
            "{name}"
        );
    }
}

#[test]
fn what_overlaps_is_refused() {
    let door = door();
    door.ok("experiment start magnesium \"on=100 mg\" --pairs 8 --anyway --yes");
    for thing in ["magnesium", "\"magnesium citrate\""] {
        let line =
            format!("experiment start {thing} \"on=100 mg elemental\" --pairs 8 --anyway --yes");
        assert!(door.refused(1, &line).contains("runs until"), "{thing}");
    }
    begin(&door, "stretch");
    assert_eq!(experiments(&door), 2);
}

#[test]
fn a_read_only_diary_stays_as_it_is() {
    let door = door();
    let mut rights = std::fs::metadata(door.diary()).unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(door.diary(), rights).unwrap();
    let before = std::fs::read(door.diary()).unwrap();
    door.ok("experiment plan stretch --pairs 8");
    let said = door.run("experiment start stretch --pairs 8 --anyway --yes");
    // the owner of every file may write it all the same
    if said.code != 0 {
        assert!(!said.err.is_empty());
        assert_eq!(std::fs::read(door.diary()).unwrap(), before);
    }
}

#[test]
fn a_start_that_cannot_write_its_key_file_starts_nothing() {
    let door = door();
    let line = "experiment start stretch --pairs 8 --anyway --yes --blind nowhere/key.txt";
    assert!(door.refused(1, line).contains("nowhere"));
    std::fs::write(door.folder().join("key.txt"), "mine").unwrap();
    let line = "experiment start stretch --pairs 8 --anyway --yes --blind key.txt";
    door.refused(1, line);
    assert_eq!(
        std::fs::read_to_string(door.folder().join("key.txt")).unwrap(),
        "mine"
    );
    assert_eq!(experiments(&door), 0);
}

#[test]
fn nights_before_the_start_are_no_nights_of_it() {
    let door = door();
    begin(&door, "stretch");
    door.ok("night 2026-01-03 stretch=yes");
    let now = "2026-03-01T08:00:00Z".parse().unwrap();
    let diary = Store::open(&door.diary(), now).unwrap().read(None).unwrap();
    assert_eq!(diary.adherence, []);
    assert!(diary.values.iter().any(|value| &*value.factor == "stretch"));
}

#[test]
fn what_comes_up_offers_to_stop_wherever_it_is_read() {
    let mut door = door();
    door.ok("experiment start magnesium \"on=100 mg\" --pairs 8 --anyway --yes");
    door.set_now("2026-01-10T08:00:00Z");
    let offer = "cramp experiment stop \"magnesium\" \"why\"";
    assert!(!door.ok("experiment").contains(offer));
    let said = door.run("me condition+=kidney-disease");
    assert!(
        format!("{}{}", said.out, said.err).contains(offer),
        "{said:?}"
    );
    for line in ["experiment", "", "week"] {
        let said = door
            .ok(line)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(said.contains(offer), "{line}: {said}");
        assert!(said.contains("refused now"), "{line}: {said}");
    }
    door.ok("experiment stop magnesium kidneys --yes");
    for line in ["experiment", "", "week"] {
        assert!(!door.ok(line).contains(offer), "{line}");
    }
}

#[test]
fn a_red_flag_offers_to_stop_and_refuses_a_start() {
    let mut door = door();
    begin(&door, "stretch");
    door.set_now("2026-01-10T08:00:00Z");
    let offer = "cramp experiment stop \"stretch\" \"why\"";
    let said = door.run("symptom swelling left yes");
    assert!(
        format!("{}{}", said.out, said.err).contains(offer),
        "{said:?}"
    );
    assert!(door.ok("experiment").contains("swelling"));
    for line in ["experiment", "", "week"] {
        let said = door
            .ok(line)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(said.contains(offer), "{line}: {said}");
    }
    let said = door.refused(1, "experiment start socks --pairs 8 --anyway --yes");
    assert!(said.contains("something else comes first"), "{said}");
}
