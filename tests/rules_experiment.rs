//! What may be tried by lot: a yes, a no and an unknown case for every rule, and what is never a trial.

use crate::data;
use crate::diary::vocabulary::ExperimentDesign::{Nightly, Pairs};
use crate::diary::vocabulary::{Basis, FactorKind};
use crate::diary::{CustomFactor, Diary};
use crate::report::experiment_safety::{Allowed, Safety, Wanted, may_try, notes};

use crate::tests::rules_entries::{as_of, diary};

fn verdict(diary: &Diary, thing: &str, on: Option<&str>, off: Option<&str>) -> Safety {
    let design = None;
    let wanted = Wanted {
        thing,
        on,
        off,
        design,
    };
    may_try(diary, &wanted, as_of())
}

/// What is answered: `ok`, the reason of a refusal, or `?` and how the questions are answered.
pub(crate) fn answer(diary: &Diary, thing: &str, on: &str) -> String {
    match verdict(diary, thing, Some(on).filter(|on| !on.is_empty()), None) {
        Safety::Allowed(_) => "ok".into(),
        Safety::Refused(refused) => refused.reason.into(),
        Safety::Unknown(open) => {
            let asked: Vec<String> = open.into_iter().map(|open| open.how).collect();
            format!("? {}", asked.join(" | "))
        }
    }
}

fn allowed(diary: &Diary, thing: &str, on: Option<&str>) -> Allowed {
    match verdict(diary, thing, on, None) {
        Safety::Allowed(allowed) => *allowed,
        other => panic!("{thing}: {other:?}"),
    }
}

/// A person of whom everything is known, who has nothing and takes nothing.
pub(crate) const WELL: &str = "me born=1960; me pregnant=no; me condition=none; me taking=none";

#[track_caller]
fn check(rows: &[(&str, &str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (lines, thing, on, wanted) in rows {
        let got = answer(&diary(lines), thing, on);
        let fits = match wanted.strip_prefix('~') {
            Some(part) => got.starts_with('?') && got.contains(part),
            None => got == *wanted,
        };
        if !fits {
            wrong.push(format!(
                "{lines} / {thing} {on}: wanted {wanted}, got {got}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_about_a_trial_has_a_yes_a_no_and_an_unknown_case() {
    let kidney = "me born=1960; me pregnant=no; me condition=kidney-disease; me taking=none";
    let open = "me born=1960; me pregnant=no; me taking=none";
    let thinner = "me born=1960; me pregnant=no; me condition=none; med warfarin start=90";
    let no_list = "me born=1960; me pregnant=no; me condition=none";
    let stones = "me born=1960; me pregnant=no; me condition=kidney-stones; me taking=none";
    let pressure = "me born=1960; me pregnant=no; me condition=hypertension; me taking=none";
    check(&[
        // trial-child
        ("me born=2011", "stretch", "", "trial-child"),
        ("me born=2010", "stretch", "", "trial-child"),
        ("me born=1960", "stretch", "", "ok"),
        ("", "stretch", "", "~cramp me born=YEAR"),
        // trial-pregnancy
        (
            "me born=1990; me pregnant=yes since=20; me condition=none; me taking=none",
            "valerian",
            "450 mg",
            "trial-pregnancy",
        ),
        (WELL, "valerian", "450 mg", "ok"),
        (
            "me born=1990; me condition=none; me taking=none",
            "valerian",
            "450 mg",
            "~cramp me pregnant=no",
        ),
        (
            "me born=1990; me sex=male; me condition=none; me taking=none",
            "valerian",
            "450 mg",
            "ok",
        ),
        // trial-organs
        (kidney, "valerian", "450 mg", "trial-organs"),
        (open, "valerian", "450 mg", "~cramp me condition+="),
        // trial-blood-thinner
        (thinner, "valerian", "450 mg", "trial-blood-thinner"),
        (no_list, "valerian", "450 mg", "~taking=listed"),
        // magnesium: limit and kidneys
        (WELL, "magnesium", "200 mg", "ok"),
        (WELL, "magnesium", "300 mg", "limit-magnesium"),
        (WELL, "magnesium", "", "~on=\"… mg\""),
        (kidney, "magnesium", "200 mg", "magnesium-kidney"),
        (kidney, "magnesium", "", "magnesium-kidney"),
        (open, "magnesium", "200 mg", "~conditions=none"),
        (WELL, "magnesium citrate", "400 mg", "~compound"),
        (WELL, "magnesium citrate", "400 mg compound", "ok"),
        (
            WELL,
            "magnesium citrate",
            "400 mg elemental",
            "limit-magnesium",
        ),
        (WELL, "magnesium", "2 tablets", "~on=\"… mg\""),
        (WELL, "magnesium", "2x150mg", "limit-magnesium"),
        (WELL, "magnesium", "2 x 100 mg at bedtime", "ok"),
        // calcium: limit and stones
        (WELL, "calcium", "500 mg", "ok"),
        (WELL, "calcium", "2100 mg", "limit-calcium"),
        (stones, "calcium", "500 mg", "calcium-stones"),
        (open, "calcium", "500 mg", "~conditions=none"),
        // vitamin D, B6
        (WELL, "vitamin d", "1000 IU", "ok"),
        (WELL, "vitamin d", "5000 IU", "limit-vitamin-d"),
        (WELL, "vitamin-b6", "10 mg", "ok"),
        (WELL, "b6", "13 mg", "limit-vitamin-b6"),
        // vitamin K2 and its blockers
        (thinner, "vitamin k2", "100 µg", "vitamin-k2-warfarin"),
        (WELL, "vitamin k2", "100 µg", "ok"),
        (no_list, "vitamin k2", "100 µg", "~taking=listed"),
        // potassium and salt
        (kidney, "potassium", "200 mg", "potassium-risk"),
        (WELL, "potassium", "200 mg", "ok"),
        (no_list, "potassium", "200 mg", "~taking=listed"),
        (pressure, "salt", "1 g", "salt-risk"),
        (WELL, "salt", "1 g", "ok"),
        (open, "salt", "1 g", "~conditions=none"),
    ]);
}

#[test]
fn the_dose_of_a_day_is_read() {
    let diary = diary(WELL);
    for (thing, on, amount, unit, basis) in [
        ("magnesium", "200 mg", 200.0, "mg", None),
        ("magnesium", "0.2g", 200.0, "mg", None),
        (
            "magnesium",
            "2x100mg elemental",
            200.0,
            "mg",
            Some(Basis::Elemental),
        ),
        ("magnesium", "2 × 100 mg, in the evening", 200.0, "mg", None),
        (
            "magnesium citrate",
            "1 g basis=compound",
            1_000.0,
            "mg",
            Some(Basis::Compound),
        ),
        ("vitamin d3", "1000 IU", 25.0, "µg", None),
        ("vitamin b12", "500 ug", 500.0, "µg", None),
        ("valerian", "1 capsule", 1.0, "capsule", None),
        ("pickle juice", "60ml", 60.0, "ml", None),
    ] {
        let dose = allowed(&diary, thing, Some(on)).dose.unwrap();
        assert_eq!(
            (dose.amount, &*dose.unit, dose.basis),
            (amount, unit, basis),
            "{on}"
        );
    }
    for on in [
        "",
        "some",
        "two tablets",
        "200",
        "0 mg",
        "-3 mg",
        "nan mg",
        "1e999 mg",
        "99x200mg",
        "🦵",
        "200 mg 300 mg",
        "200mg+zinc 5mg",
        "200 bananas",
    ] {
        let got = verdict(&diary, "magnesium", Some(on), None);
        assert!(matches!(got, Safety::Unknown(_)), "{on}: {got:?}");
    }
    let long = "9".repeat(10_000);
    let got = verdict(&diary, "magnesium", Some(&long), None);
    assert!(matches!(got, Safety::Unknown(_)));
}

#[test]
fn a_salt_named_in_the_dose_is_the_salt() {
    let diary = diary(WELL);
    assert_eq!(answer(&diary, "magnesium", "400 mg citrate compound"), "ok");
    assert!(answer(&diary, "magnesium", "400 mg citrate").contains("compound"));
}

#[test]
fn what_is_taken_already_counts() {
    let taking = |line: &str| {
        diary(&format!(
            "me born=1960; me pregnant=no; me condition=none; me taking=listed; {line}"
        ))
    };
    for (line, thing, on, wanted) in [
        (
            "supp magnesium 100mg start=50",
            "magnesium",
            "100 mg",
            "taken",
        ),
        (
            "supp magnesium_citrate 100mg start=50",
            "magnesium",
            "100 mg",
            "taken",
        ),
        (
            "supp magnesium 100mg start=50 stop=2",
            "magnesium",
            "100 mg",
            "ok",
        ),
        (
            "took 0 magnesium_citrate 200mg basis=elemental",
            "magnesium",
            "100 mg",
            "limit-magnesium",
        ),
        ("val 0 vitamin-b6 8", "vitamin b6", "8 mg", "ok"),
        (
            "supp leg_mix 1capsule start=50 stop=1",
            "leg mix",
            "1 capsule",
            "ok",
        ),
        (
            "supp leg_mix 1capsule start=50",
            "leg mix",
            "1 capsule",
            "taken",
        ),
    ] {
        assert_eq!(answer(&taking(line), thing, on), wanted, "{line}");
    }
    let diary = taking("supp leg_mix 1capsule start=50 stop=1");
    let said = notes(&allowed(&diary, "leg mix", Some("1 capsule"))).join(" ");
    assert!(said.contains("not known here"), "{said}");
    let diary = taking("took 3,5,9 magnesium 100mg");
    let said = notes(&allowed(&diary, "magnesium", Some("100 mg"))).join(" ");
    assert!(said.contains("3 nights"), "{said}");
}

#[test]
fn a_medicine_is_never_tried_nor_stopped() {
    let diary = diary(WELL);
    let reason =
        |thing: &str, on: Option<&str>, off: Option<&str>| match verdict(&diary, thing, on, off) {
            Safety::Refused(refused) => refused.reason,
            other => panic!("{thing}: {other:?}"),
        };
    for class in data::medicines() {
        for name in &class.names {
            let wanted = match class.class.to_string().as_str() {
                "quinine" => "quinine",
                _ => "medicine",
            };
            assert_eq!(reason(name, None, None), wanted, "{name}");
            assert_eq!(reason("stretch", Some(name), None), wanted, "on={name}");
            assert_eq!(
                reason("stretch", None, Some(name)),
                "medicine",
                "off={name}"
            );
        }
    }
    for slip in [
        "warfarine",
        "furosemid 40 mg",
        "simvastatn",
        "Ramipril",
        "RAMIPRIL 5mg",
        "amlodipin",
        "stopping ramipril",
        "no warfarin",
    ] {
        assert_eq!(reason(slip, None, None), "medicine", "{slip}");
    }
    for quinine in [
        "quinine",
        "Quinine",
        "quinnine",
        "quinine sulphate 200 mg",
        "tonic water",
        "Tonic Water",
        "tonic-water",
        "gin and tonic",
    ] {
        assert_eq!(reason(quinine, None, None), "quinine", "{quinine}");
        assert_eq!(reason("fluid", Some(quinine), None), "quinine", "{quinine}");
    }
    assert_eq!(
        reason("magnesium", Some("200 mg"), Some("no furosemide")),
        "medicine"
    );
    let Safety::Refused(quinine) = verdict(&diary, "tonic water", None, None) else {
        panic!()
    };
    assert!(quinine.sources.contains(&"FDA-Q"), "{quinine:?}");
    assert!(
        quinine.message.contains("never an experiment"),
        "{quinine:?}"
    );
}

#[test]
fn what_is_written_down_as_a_medicine_is_one() {
    let diary = diary(&format!(
        "{WELL}; med leg_syrup start=40; med magnesium 100mg start=40"
    ));
    for (thing, on) in [
        ("leg syrup", ""),
        ("no leg syrup", ""),
        ("magnesium", "100 mg"),
        ("magnesium citrate", "100 mg elemental"),
    ] {
        assert_eq!(answer(&diary, thing, on), "medicine", "{thing}");
    }
    let Safety::Refused(refused) = verdict(&diary, "stretch", None, Some("leg syrup as usual"))
    else {
        panic!()
    };
    assert!(refused.message.contains("never stops"), "{refused:?}");
}

#[test]
fn every_factor_says_how_it_may_be_tried() {
    let diary = diary(WELL);
    for factor in data::factors() {
        let got = verdict(&diary, factor.factor, None, None);
        match (factor.trial, factor.kind, got) {
            _ if factor.nutrient.is_some() => {
                let Safety::Unknown(open) = verdict(&diary, factor.factor, None, None) else {
                    panic!("{}", factor.factor)
                };
                assert!(open[0].ask.contains("\"on\" day"), "{open:?}");
            }
            (None, _, Safety::Refused(refused)) => {
                assert_eq!(refused.reason, "not-drawn");
                assert!(refused.message.contains(factor.trial_why.unwrap()));
            }
            (Some(design), FactorKind::YesNo, Safety::Allowed(allowed)) => {
                assert_eq!(allowed.designs[0], design, "{}", factor.factor);
            }
            (Some(_), kind, Safety::Refused(refused)) => {
                assert!(kind != FactorKind::YesNo && refused.reason == "not-drawn");
                assert!(refused.hint.unwrap().contains("type=yes-no"));
            }
            (.., other) => panic!("{}: {other:?}", factor.factor),
        }
    }
    assert_eq!(allowed(&diary, "stretch", None).designs, [Nightly, Pairs]);
    assert_eq!(allowed(&diary, "Balanced meals", None).designs, [Pairs]);
    let nightly = Wanted {
        thing: "balanced-diet",
        design: Some(Nightly),
        ..Wanted::default()
    };
    let Safety::Refused(refused) = may_try(&diary, &nightly, as_of()) else {
        panic!()
    };
    assert_eq!(refused.reason, "only-pairs");
}

#[test]
fn a_factor_of_ones_own_is_tried_either_way() {
    let mut diary = diary(WELL);
    let mut own = |name: &str, label: &str| {
        diary.factors.push(CustomFactor {
            factor: name.into(),
            label: label.into(),
            kind: FactorKind::YesNo,
            unit: None,
            min: None,
            max: None,
            timing: crate::diary::vocabulary::Timing::Evening,
            group: None,
            choices: Vec::new(),
            retired: name == "old",
        });
    };
    own("pillow", "Pillow under the quilt");
    own("foot-board", "");
    own("mgx", "Magnesium");
    own("white-pill", "Ramipril 5 mg");
    own("magnesum", "");
    own("evening-magnesium", "");
    own("leave-out-ramipril", "");
    own("old", "");
    for (thing, on, wanted) in [
        ("pillow", "", "ok"),
        ("Pillow under the quilt", "", "ok"),
        ("foot board", "", "ok"),
        ("mgx", "", "not-drawn"),
        ("magnesum", "", "not-drawn"),
        ("evening-magnesium", "200 mg", "ok"),
        ("evening-magnesium", "600 mg", "limit-magnesium"),
        ("leave-out-ramipril", "", "medicine"),
        ("white-pill", "", "medicine"),
        ("old", "", "not-drawn"),
        ("pillow", "magnesium 200 mg", "not-drawn"),
        ("pillow", "a glass of water", "ok"),
        ("piloww", "", "not-known"),
        ("", "", "not-known"),
        ("  ", "", "not-known"),
        ("🦵", "", "not-known"),
        ("magnesum", "200 mg", "not-drawn"),
        ("potasium", "200 mg", "not-known"),
        ("stretching", "", "not-known"),
    ] {
        assert_eq!(answer(&diary, thing, on), wanted, "{thing} {on}");
    }
    let Safety::Refused(refused) = verdict(&diary, &"x".repeat(10_000), None, None) else {
        panic!()
    };
    assert!(refused.message.chars().count() < 200, "{refused:?}");
    assert_eq!(allowed(&diary, "pillow", None).designs, [Nightly, Pairs]);
}

#[test]
fn warmth_is_not_for_feet_that_feel_less() {
    let with = |lines: &str| {
        let mut diary = diary(lines);
        let bottle = crate::diary::factor::Catalogue::built_in();
        let mut own = bottle.find("socks").unwrap().as_custom();
        own.factor = "hot-water-bottle".into();
        own.label = "Hot water bottle".into();
        diary.factors.push(own);
        answer(&diary, "hot-water-bottle", "")
    };
    assert_eq!(
        with("me born=1960; me condition=neuropathy; absent 1 numbness"),
        "heat-numb-feet"
    );
    assert_eq!(
        with("me born=1960; me condition=none; sym 3 numbness"),
        "heat-numb-feet"
    );
    assert_eq!(
        with("me born=1960; me condition=none; absent 1 numbness"),
        "ok"
    );
    assert!(with("me born=1960; me condition=none").contains("cramp ask symptoms"));
}

#[test]
fn what_needs_a_look_today_comes_first() {
    let diary = diary(&format!("{WELL}; sym 1 swelling right"));
    let Safety::Refused(refused) = verdict(&diary, "stretch", None, None) else {
        panic!()
    };
    assert_eq!(refused.reason, "red-dvt");
    let discussed = "talk 0 red-dvt scan clear";
    let diary =
        crate::tests::rules_entries::diary(&format!("{WELL}; sym 1 swelling right; {discussed}"));
    assert_eq!(answer(&diary, "stretch", ""), "ok");
}
