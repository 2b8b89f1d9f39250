//! `cramp report` and `cramp chart` at the door.

use crate::tests::door::Door;

/// A few nights, typed.
fn diary() -> Door {
    let door = Door::at("2026-03-04T08:00:00Z");
    door.ok("log 2026-03-02 03:10 left calf 6 3min");
    door.ok("log 2026-03-03 23:50 right foot 4 2min");
    door.ok("night 2026-02-28 calm");
    door.ok("course start magnesium 300mg 2026-02-20");
    door.ok("event \"new shoes\" 2026-02-25");
    door
}

fn file(door: &Door, name: &str) -> std::path::PathBuf {
    door.diary().parent().unwrap().parent().unwrap().join(name)
}

#[test]
fn every_form_is_written_and_verified() {
    let door = diary();
    for form in ["pdf", "html", "svg", "png", "json"] {
        let said = door.ok(&format!("report --out page.{form}"));
        assert!(said.contains("3 of 56 nights recorded"), "{said}");
        let first = std::fs::read(file(&door, &format!("page.{form}"))).unwrap();
        door.ok(&format!("report --out again.{form}"));
        assert!(
            first == std::fs::read(file(&door, &format!("again.{form}"))).unwrap(),
            "{form} differs"
        );
        assert!(
            door.ok(&format!("report --verify page.{form}"))
                .contains("exactly this page")
        );
    }
}

#[test]
fn a_page_is_held_to_the_diary() {
    let door = diary();
    door.ok("report --to 2026-03-02 --out page.pdf");
    // what comes after the period does not matter
    door.ok("log 2026-03-04 02:00 right 3");
    door.ok("report --verify page.pdf");
    // what changes within it does
    door.ok("log 2026-02-27 02:00 left 9");
    let said = door.run("report --verify page.pdf --json");
    assert_eq!(said.code, 1);
    let verdict = said.json();
    assert_eq!(verdict["still_gives_it"], false);
    assert_eq!(verdict["same_data"], false);
    door.ok("undo");
    door.ok("report --verify page.pdf");
    // a page changed by hand is found out
    let mut bytes = std::fs::read(file(&door, "page.pdf")).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(file(&door, "page.pdf"), bytes).unwrap();
    let said = door.run("report --verify page.pdf");
    assert_eq!(said.code, 1);
    assert!(said.out.contains("changed afterwards"), "{}", said.out);
    std::fs::write(file(&door, "other.pdf"), b"%PDF-1.7").unwrap();
    assert!(
        door.refused(1, "report --verify other.pdf")
            .contains("what it was made from")
    );
}

#[test]
fn the_json_is_the_page() {
    let door = diary();
    let page: serde_json::Value = serde_json::from_str(&door.ok("report --json")).unwrap();
    assert_eq!(page["schema"], 1);
    assert_eq!(page["kind"], "report");
    assert_eq!(page["nights"]["recorded"], 3);
    assert_eq!(page["episodes"]["count"], 2);
    assert_eq!(page["headline"]["rows"][0][1], "2 of 3 nights");
}

#[test]
fn charts_are_written_by_their_ending() {
    let door = diary();
    for kind in ["timeline", "calendar", "clock", "factors", "trend"] {
        for form in ["svg", "png", "pdf"] {
            door.ok(&format!("chart {kind} --out {kind}.{form}"));
            assert!(
                std::fs::metadata(file(&door, &format!("{kind}.{form}")))
                    .unwrap()
                    .len()
                    > 1000
            );
        }
        let svg = std::fs::read_to_string(file(&door, &format!("{kind}.svg"))).unwrap();
        assert!(svg.contains("<text ") && svg.contains("font-family=\"Noto Sans, sans-serif\""));
        let chart: serde_json::Value =
            serde_json::from_str(&door.ok(&format!("chart {kind} --json"))).unwrap();
        assert!(svg.contains(chart["title"].as_str().unwrap()));
    }
}

#[test]
fn a_chart_carries_the_hash_of_what_it_shows() {
    let door = diary();
    let made = |door: &Door, kind: &str| {
        let chart = door.run(&format!(
            "chart {kind} --json --from 2026-02-10 --to 2026-03-03"
        ));
        chart.json()["made_from"].clone()
    };
    for kind in ["timeline", "calendar", "clock", "factors", "trend"] {
        let before = made(&door, kind);
        let hash = before["data_sha256"].as_str().unwrap().to_string();
        assert_eq!((hash.len(), &before["chart"]), (64, &kind.into()));
        for form in ["svg", "pdf", "png"] {
            door.ok(&format!(
                "chart {kind} --from 2026-02-10 --to 2026-03-03 --out c.{form}"
            ));
            let bytes = std::fs::read(file(&door, &format!("c.{form}"))).unwrap();
            assert!(
                bytes.windows(64).any(|at| at == hash.as_bytes()),
                "{kind} as {form}"
            );
            // it is a chart, not a page
            assert!(
                door.refused(1, &format!("report --verify c.{form}"))
                    .contains("what it was made from")
            );
        }
        // later nights change nothing, nights within do, and values only where they are shown
        door.ok("night 2026-03-04 calm");
        assert_eq!(made(&door, kind), before, "{kind}");
        door.ok("night 2026-03-01 room=17C");
        let uses_values = matches!(kind, "factors" | "trend");
        assert_eq!(made(&door, kind) != before, uses_values, "{kind}");
        door.ok("undo");
        door.ok("night 2026-02-26 calm");
        assert_ne!(made(&door, kind), before, "{kind}");
        door.ok("undo");
        door.ok("undo");
        assert_eq!(made(&door, kind), before, "{kind}");
    }
}

#[test]
fn what_cannot_be_written_is_refused() {
    let door = diary();
    assert!(
        door.refused(2, "report --out page.doc")
            .contains("page.doc")
    );
    assert!(door.refused(2, "report").contains("no file"));
    assert!(
        door.refused(2, "chart timeline --out picture.html")
            .contains("html")
    );
    assert!(
        door.refused(2, "report --from 2026-03-01 --to 2026-02-01 --out page.pdf")
            .contains("before")
    );
    assert!(
        door.refused(1, "report --out nowhere/page.pdf")
            .contains("could not be written")
    );
    assert!(!file(&door, "page.pdf").exists());
}

#[test]
fn without_a_diary_the_page_says_that_nothing_is_recorded() {
    let door = Door::at("2026-03-04T08:00:00Z");
    assert!(
        door.ok("report --out page.pdf")
            .contains("0 of 56 nights recorded")
    );
    assert!(!door.diary().exists());
    for kind in ["timeline", "calendar", "clock", "factors", "trend"] {
        door.ok(&format!("chart {kind} --out {kind}.svg"));
    }
}
