//! `cramp devices`, `cramp remind`, and `cramp serve` where there is nothing to serve with.

use crate::tests::door::Door;

#[test]
fn a_token_is_shown_once_and_can_be_shut_out() {
    let door = Door::at("2026-03-04T08:00:00Z");
    assert!(door.run("devices").out.contains("No device is paired"));
    let made = door.run("--json devices add button --token").json();
    let token = made["token"].as_str().unwrap().to_string();
    assert_eq!(token.len(), 64);
    let listed = door.run("--json devices");
    assert!(!listed.out.contains(&token), "{}", listed.out);
    let listed = listed.json();
    let device = &listed["devices"][0];
    assert_eq!(
        (&device["device"], &device["role"]),
        (&"button".into(), &"token".into())
    );
    let shown = door.run("devices").out;
    assert!(shown.contains("button: only adds, by a token"), "{shown}");

    let twice = door.run("devices add button --token");
    assert_eq!(twice.code, 1, "{}", twice.err);
    assert_eq!(door.run("devices revoke button").code, 0);
    assert!(door.run("devices").out.contains("button: shut out since"));
    assert_eq!(door.run("devices revoke button").code, 1);
    assert_eq!(door.run("devices revoke toaster").code, 1);
    // the name is free again
    assert_eq!(door.run("devices add button --token").code, 0);
}

#[test]
fn a_name_that_could_be_mistaken_is_refused() {
    let door = Door::at("2026-03-04T08:00:00Z");
    let long = "x".repeat(41);
    for name in ["a;b", "a:b", "\"\u{1b}[2J\"", long.as_str()] {
        let said = door.run(&format!("devices add {name} --token"));
        assert_eq!(said.code, 2, "{name}: {}{}", said.out, said.err);
        assert!(!said.err.contains('\u{1b}'));
    }
}

#[test]
fn a_reminder_begins_at_the_next_such_time() {
    let door = Door::at("2026-03-04T08:00:00Z");
    let first = |line: &str| {
        let said = door.run(line);
        assert_eq!(said.code, 0, "{}", said.err);
        let text = std::fs::read_to_string(door.folder().join("a.ics")).unwrap();
        let start = text.lines().find(|l| l.starts_with("DTSTART")).unwrap();
        start.to_string()
    };
    assert_eq!(first("remind 07:30 --out a.ics"), "DTSTART:20260305T073000");
    assert_eq!(first("remind 21:15 --out a.ics"), "DTSTART:20260304T211500");
    for (typed, start) in [
        ("8am", "20260305T080000"),
        ("8:00 pm", "20260304T200000"),
        ("\"7:05 PM\"", "20260304T190500"),
        ("noon", "20260304T120000"),
    ] {
        let line = format!("remind {typed} --out a.ics");
        assert_eq!(first(&line), format!("DTSTART:{start}"), "{typed}");
    }
    let said = door.run("remind 8 pm --out a.ics");
    let added = "add the address: --page http://192.168.1.20:7466/bed";
    assert!(said.out.contains("every day at 20:00"), "{}", said.out);
    assert!(said.out.contains(added), "{}", said.out);
    let with_page = "remind 8am --page http://192.168.1.20:7466/bed --out a.ics";
    let said = door.run(with_page);
    assert!(!said.out.contains(added), "{}", said.out);
    let json = door.run("remind 8am --out a.ics --json").json();
    assert_eq!(
        (&json["time"], &json["page"]),
        (&"08:00".into(), &serde_json::Value::Null)
    );
    for wrong in [
        "remind 13pm --out a.ics",
        "remind 08:00 tomorrow --out a.ics",
        "remind 25:00 --out a.ics",
        "remind 8 --out a.ics",
        "remind 08:00 --page ftp://x --out a.ics",
    ] {
        assert_eq!(door.run(wrong).code, 2, "{wrong}");
    }
}

#[test]
fn without_the_pages_serve_says_so() {
    let door = Door::at("2026-03-04T08:00:00Z");
    let said = door.run("serve --lan");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("built without the pages"), "{}", said.err);
}

#[test]
fn devices_are_told_to_a_program_as_they_are_declared() {
    let door = Door::at("2026-03-04T07:10:00Z");
    let added = door.ok("devices add button --token --json");
    let added: serde_json::Value = serde_json::from_str(&added).unwrap();
    assert_eq!(added["token"].as_str().unwrap().len(), 64);
    let expected = serde_json::json!({
        "device": "button", "role": "token", "added": "2026-03-04T07:10:00Z", "last_seen": null, "revoked": null,
    });
    assert_eq!(added["kind"], "devices");
    assert_eq!(added["devices"], serde_json::json!([expected]));
    let listed: serde_json::Value = serde_json::from_str(&door.ok("devices --json")).unwrap();
    assert_eq!(listed["devices"], added["devices"]);
    assert!(listed.get("token").is_none());
}
