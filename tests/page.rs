//! The clinician's page: what it says, that it is one well-set sheet, and that every form of it says the same.

use nightcramp::diary::record::Fact;
use nightcramp::diary::{Diary, Nights};
use nightcramp::render::page::{Paper, about, sheets};
use nightcramp::render::{pdf, png, svg};
use nightcramp::report::doctor::{AssociationLine, Beside, Doctor, FlagLine, doctor};

use crate::gallery;

fn fact(diary: &mut Diary, key: &str, value: &str) {
    let id = diary.facts.len() as i64 + 1;
    diary.facts.push(Fact {
        id,
        key: key.into(),
        value: value.into(),
        since: None,
        recorded_at: gallery::written(),
    });
}

fn flag(n: usize) -> FlagLine {
    FlagLine {
        dates: format!("2026-02-{:02}", n + 1),
        urgency: "soon".into(),
        observed:
            "Calf pain on walking that eases within minutes of standing still, recorded three times"
                .into(),
        done: "Discussed 2026-02-20: blood flow measured".into(),
    }
}

fn association(n: usize) -> AssociationLine {
    AssociationLine {
        factor: format!("Exercise of more than forty-five minutes {n}"),
        with: "14 of 30 nights (47 %)".into(),
        without: "22 of 110 nights (20 %)".into(),
        effect: "rate ratio 2.1 (1.2 to 3.6)".into(),
        q: "0.04".into(),
        grade: "possible link".into(),
    }
}

/// Every awkward diary, with its period and what other reports found.
fn pages() -> Vec<(&'static str, Doctor)> {
    let eight_weeks = gallery::nights("2026-01-07", "2026-03-03");
    let page = |diary: &Diary, nights: Nights, flags: usize, associations: usize| {
        let beside = Beside {
            flags: (0..flags).map(flag).collect(),
            associations: (0..associations).map(association).collect(),
        };
        doctor(diary, nights, beside, "nightcramp 0.0.0-test", "a4")
    };
    let mut ordinary = gallery::ordinary();
    fact(&mut ordinary, "born", "1958");
    fact(&mut ordinary, "initials", "A. B.");
    fact(&mut ordinary, "condition", "diabetes");
    fact(
        &mut ordinary,
        "question",
        "Could the water tablets have to do with it?",
    );
    fact(
        &mut ordinary,
        "question",
        "Is it safe to go on with magnesium?",
    );
    let mut crowded = gallery::crowded();
    for n in 0..6 {
        let words = "a question that goes on and on because there is much to ask and little time to ask it in, so that it takes more than two lines of the page and is cut ";
        fact(&mut crowded, "question", &format!("{n} {words}{words}"));
        fact(
            &mut crowded,
            "condition",
            "a condition with a long and learned name",
        );
    }
    fact(&mut crowded, "question", "למה זה קורה?");
    let century = gallery::century();
    vec![
        ("ordinary", page(&ordinary, eight_weeks, 1, 0)),
        ("associations", page(&ordinary, eight_weeks, 2, 5)),
        (
            "half-year",
            page(&ordinary, gallery::nights("2025-09-05", "2026-03-03"), 0, 0),
        ),
        ("empty", page(&gallery::empty(), eight_weeks, 0, 0)),
        ("one-night", page(&gallery::one_night(), eight_weeks, 0, 0)),
        (
            "century",
            page(&century, gallery::nights("1926-03-05", "2026-03-03"), 0, 0),
        ),
        ("crowded", page(&crowded, eight_weeks, 12, 9)),
    ]
}

#[test]
fn every_page_is_one_well_set_sheet() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, doctor) in pages() {
        for paper in [Paper::A4, Paper::Letter] {
            let sheets = sheets(&doctor, paper);
            assert_eq!(
                sheets.len(),
                1 + usize::from(doctor.associations.is_some()),
                "{name}"
            );
            for sheet in &sheets {
                assert_eq!(
                    sheet.strays(),
                    Vec::<&_>::new(),
                    "{name}: words leave the live area"
                );
                assert_eq!(sheet.collisions(), Vec::new(), "{name}: words overlap");
            }
            let about = about(&doctor);
            std::fs::write(
                folder.join(format!("page-{name}-{}.svg", paper.name())),
                svg::file(&sheets, &about),
            )
            .unwrap();
            std::fs::write(
                folder.join(format!("page-{name}-{}.png", paper.name())),
                png::file(&sheets, &about).unwrap(),
            )
            .unwrap();
            std::fs::write(
                folder.join(format!("page-{name}-{}.pdf", paper.name())),
                pdf::file(&sheets, &about).unwrap(),
            )
            .unwrap();
        }
    }
}
