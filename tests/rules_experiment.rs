//! What may be tried by lot: a yes, a no and an unknown case for every rule, and what is never a trial.

use crate::data;
use crate::diary::Diary;
use crate::diary::vocabulary::{Basis, CourseKind, ExperimentDesign, FactorKind};
use crate::report::experiment_safety::{Safety, Wanted, may_try, notes};
use crate::rules::experiment::Allowed;

use crate::tests::rules_entries::{as_of, diary};

/// What is answered: `ok`, the reason of a refusal, or `?` and the questions.
fn answer(diary: &Diary, thing: &str, on: &str, off: &str) -> String {
    let text = |text: &'static str| Some(text).filter(|t| !t.is_empty());
    let (on, off): (String, String) = (on.into(), off.into());
    let wanted = Wanted {
        thing,
        on: Some(&*on).filter(|t| !t.is_empty()),
        off: Some(&*off).filter(|t| !t.is_empty()),
        design: None,
    };
    let _ = text;
    match may_try(diary, &wanted, as_of()) {
        Safety::Allowed(_) => "ok".into(),
        Safety::Refused(refused) => refused.reason.into(),
        Safety::Unknown(open) => {
            let asked: Vec<String> = open.into_iter().map(|open| open.how).collect();
            format!("? {}", asked.join(" | "))
        }
    }
}

/// A person of whom everything is known, who has nothing and takes nothing.
const WELL: &str = "me born=1960; me pregnant=no; me condition=none; me taking=none";

#[track_caller]
fn check(rows: &[(&str, &str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (lines, thing, on, wanted) in rows {
        let got = answer(&diary(lines), thing, on, "");
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
