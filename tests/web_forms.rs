//! The plain forms of the desk: whose they are, that each counts once, and what waits beside the diary between two of them.

use axum::http::StatusCode;

use crate::store::devices::DeviceKind;
use crate::tests::web::{Browser, Got};
use crate::tests::web_desk::{desk, episodes, hidden, send, terminal, upload};

/// Every form that writes, what it is sent with, and the page it stands on.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    ("/say", &[("line", "left calf 7")]),
    ("/keep", &[("line", "left calf 7")]),
    ("/check-in", &[("night 2026-03-03", "no")]),
    ("/checks", &[("symptom numbness", "no")]),
    ("/act/entries/edit", &[("id", "1"), ("line", "pain=6")]),
    ("/act/entries/delete", &[("id", "1")]),
    ("/act/entries/undo", &[("change", "1")]),
    ("/act/entries/redo", &[("change", "2")]),
    ("/act/flags/seen", &[("id", "clot")]),
    ("/backup", &[]),
    ("/import/keep", &[("upload", "1")]),
];

/// What the diary is and how it came to be, with the files beside it.
fn state(browser: &Browser) -> String {
    let folder = browser.diary().parent().unwrap().to_path_buf();
    let mut files: Vec<String> = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // SQLite's own come and go
            if path.is_dir() {
                folders.push(path.clone());
            }
            let name = path.display().to_string();
            files.extend((!name.ends_with("-wal") && !name.ends_with("-shm")).then_some(name));
        }
    }
    files.sort();
    let store = browser.store();
    let (read, history) = (store.read(None).unwrap(), store.history(99).unwrap());
    format!("{files:?}\n{read:?}\n{history:?}")
}

#[test]
fn a_form_without_its_mark_or_key_or_with_those_of_others_writes_nothing() {
    let (browser, _) = desk(&[
        "log -1 3am left calf 7 3min",
        "log -2 2am right foot 3",
        "undo",
    ]);
    let csrf = hidden(&browser.get("/").body, "/say").remove(0).1;
    let mut other = browser.beside();
    let code = other.offer("tablet", DeviceKind::Reader);
    other.pair(&code);
    let foreign = hidden(&other.get("/").body, "/say").remove(0).1;
    assert_ne!(csrf, foreign);
    let before = state(&browser);
    let cases: [&[(&str, &str)]; 6] = [
        &[("key", "k1")],
        &[("csrf", ""), ("key", "k2")],
        &[("csrf", "0000"), ("key", "k3")],
        &[("csrf", &foreign), ("key", "k4")],
        &[("csrf", &csrf)],
        &[("csrf", &csrf), ("key", "")],
    ];
    for (to, fields) in FORMS {
        for marks in cases {
            let got = browser.send_form(to, &[marks, fields].concat());
            assert_eq!(
                got.status,
                StatusCode::FORBIDDEN,
                "{to} {marks:?}: {}",
                got.body
            );
            assert!(
                got.body.contains("made for another visit"),
                "{to}: {}",
                got.body
            );
        }
    }
    assert_eq!(state(&browser), before);
}

#[test]
fn a_form_sent_again_counts_once_and_says_so() {
    let (browser, _) = desk(&["log -1 3am left calf 7 3min", "log -2 2am right foot 3"]);
    let csrf = hidden(&browser.get("/").body, "/say").remove(0).1;
    let forms: [(&str, &[(&str, &str)]); 5] = [
        ("/keep", &[("line", "left calf 7")]),
        ("/act/entries/edit", &[("id", "1"), ("line", "pain=6")]),
        ("/act/entries/delete", &[("id", "1")]),
        ("/act/entries/undo", &[("change", "5")]),
        ("/act/entries/redo", &[("change", "5")]),
    ];
    for (to, fields) in forms {
        let marks = [("csrf", csrf.as_str()), ("key", to)];
        let once = || browser.send_form(to, &[&marks, fields].concat());
        let first = once();
        assert_eq!(first.status, StatusCode::OK, "{to}: {}", first.body);
        assert!(!first.body.contains("kept already"), "{to}: {}", first.body);
        let after = state(&browser);
        let again = once();
        assert_eq!(again.status, StatusCode::OK, "{to}: {}", again.body);
        let says = ["kept already", "not done twice"];
        let is_said = says.iter().any(|says| again.body.contains(says));
        assert!(is_said, "{to}: {}", again.body);
        assert_eq!(state(&browser), after, "{to}");
    }
}

/// A page that was open for long offers to bring back what has since been brought back, or stepped over.
#[test]
fn an_old_form_brings_nothing_else_back() {
    let (browser, door) = desk(&["log -1 3am left calf 7", "log -2 2am right foot 3"]);
    terminal(&browser, &door, "undo");
    let old = browser.get("/entries");
    assert!(old.body.contains("Bring back change 2"), "{}", old.body);
    terminal(&browser, &door, "undo");
    let late = send(&browser, &old, "/act/entries/redo", &[]);
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    assert!(late.body.contains("Nothing was changed"), "{}", late.body);
    assert_eq!(episodes(&browser), 0);
    let page = browser.get("/entries");
    assert!(page.body.contains("Bring back change 1"), "{}", page.body);
    let back = send(&browser, &page, "/act/entries/redo", &[]);
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    assert_eq!(episodes(&browser), 1);
    // without the number of a change it says nothing of which one is meant
    let csrf = hidden(&browser.get("/").body, "/say").remove(0).1;
    for way in ["undo", "redo"] {
        let marks = [("csrf", csrf.as_str()), ("key", way)];
        let got = browser.send_form(&format!("/act/entries/{way}"), &marks);
        assert_eq!(got.status, StatusCode::CONFLICT, "{way}: {}", got.body);
    }
    assert_eq!(episodes(&browser), 1);
}

/// A file of an import.
const NIGHTS: (&str, &str) = ("nights.csv", "night,outcome\n2026-03-01,calm\n");

fn waits(browser: &Browser) -> bool {
    browser.diary().with_extension("sqlite.import").exists()
}

#[test]
fn an_upload_that_was_looked_at_and_left_does_not_stay() {
    let (browser, _) = desk(&[]);
    let seen = upload(&browser, &browser.get("/files"), &[NIGHTS]);
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    assert!(waits(&browser));
    browser.set_now("2026-03-04T08:25:00Z");
    browser.get("/bed.css");
    assert!(
        waits(&browser),
        "a quarter of an hour is given to look at it"
    );
    browser.set_now("2026-03-04T08:25:01Z");
    browser.get("/bed.css");
    assert!(!waits(&browser));
    let late = send(&browser, &seen, "/import/keep", &[]);
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    assert!(late.body.contains("Choose them again"), "{}", late.body);
    assert!(browser.store().read(None).unwrap().nights.is_empty());
}

#[test]
fn an_upload_is_private_and_one_of_files_that_are_not_taken_does_not_stay() {
    let (browser, _) = desk(&[]);
    let page = browser.get("/files");
    let bad = ("nights.csv", "night,outcome\n2026-03-01,perhaps\n");
    let two: &[(&str, &str)] = &[("a.zip", "x"), NIGHTS];
    let same: &[(&str, &str)] = &[NIGHTS, NIGHTS];
    for files in [two, same, &[NIGHTS, ("evil.sh", "x")]] {
        let got = upload(&browser, &page, files);
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", got.body);
        assert!(!waits(&browser), "{files:?}");
    }
    // files that could be read wait until what is asked of them was answered, as long as those that were shown
    let got = upload(&browser, &page, &[bad]);
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", got.body);
    assert!(waits(&browser));
    browser.set_now("2026-03-04T08:25:01Z");
    browser.get("/bed.css");
    assert!(!waits(&browser));
    upload(&browser, &page, &[NIGHTS]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mut seen = Vec::new();
        let mut folders = vec![browser.diary().with_extension("sqlite.import")];
        while let Some(path) = folders.pop() {
            let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            seen.push((path.is_dir(), mode));
            let inside = std::fs::read_dir(&path).into_iter().flatten();
            folders.extend(inside.map(|entry| entry.unwrap().path()));
        }
        assert_eq!(seen, [(true, 0o700), (true, 0o700), (false, 0o600)]);
    }
}

/// Two windows, each with files of its own: each imports what it showed, or nothing.
#[test]
fn only_the_files_that_were_shown_are_imported() {
    let (browser, _) = desk(&[]);
    let page = browser.get("/files");
    let first = upload(&browser, &page, &[NIGHTS]);
    let other = ("nights.csv", "night,outcome\n2026-02-01,calm\n");
    let second = upload(&browser, &page, &[other]);
    let late = send(&browser, &first, "/import/keep", &[]);
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    let kept = send(&browser, &second, "/import/keep", &[]);
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let nights = browser.store().read(None).unwrap().nights;
    let nights: Vec<String> = nights.keys().map(ToString::to_string).collect();
    assert_eq!(nights, ["2026-02-01"]);
    assert!(!waits(&browser));
}

/// The page in the browser that led in is of no use once its code was.
#[test]
fn the_page_that_leads_in_goes_with_its_code() {
    use crate::cli::doorstep::Doorstep;
    use crate::diary::experiment::sha256;
    let mut browser = Browser::at(crate::tests::web_desk::MORNING);
    let code = browser.offer("this computer", DeviceKind::Owner);
    let hash = sha256(code.as_bytes());
    let temp = browser.diary().parent().unwrap().to_path_buf();
    let doorstep = Doorstep::new(&temp, "http://localhost:7466/enter#x", hash, |_| Ok(()));
    let doorstep = doorstep.unwrap();
    let page = doorstep.page();
    browser.app.waiting().set_doorstep(Some(doorstep));
    let other = browser.offer("phone", DeviceKind::Bedside);
    assert_eq!(browser.beside().pair(&other).status, StatusCode::OK);
    assert!(page.exists(), "another device was paired");
    let entered: Got = browser.pair(&code);
    assert_eq!(entered.status, StatusCode::OK);
    assert!(!page.exists() && !page.parent().unwrap().exists());
}

/// The value of a field, as it stands in a page.
fn value_of(page: &Got, name: &str) -> String {
    let field = page.body.split("<input ").find(|field| {
        field.contains(&format!("name=\"{name}\"")) && !field.contains("type=\"hidden\"")
    });
    let field = field.unwrap_or_else(|| panic!("no field {name}: {}", page.body));
    let value = field.split("value=\"").nth(1).unwrap_or_default();
    value.split('"').next().unwrap().to_string()
}

#[test]
fn what_was_typed_into_a_refused_form_stands_there_still() {
    let (browser, _) = desk(&[
        "log -1 3am left calf 7 3min",
        "symptom swelling left",
        "symptom leg-warmth left",
        "symptom calf-tenderness left",
    ]);
    let (entries, warnings) = (browser.get("/entries"), browser.get("/flags"));
    let (edit, talk) = ("/act/entries/edit", "/act/flags/discussed");
    let change = [("id", "1"), ("line", "pain=eleventy right")];
    let note = [("date", "2031-01-01"), ("text", "come back in a week")];
    let words = [("date", "last tusday"), ("text", "come back in a week")];
    for (page, to, typed) in [
        (&entries, edit, &change),
        (&warnings, talk, &note),
        (&warnings, talk, &words),
    ] {
        let got = send(&browser, page, to, typed);
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", got.body);
        assert!(got.body.contains("role=\"alert\""), "{}", got.body);
        for (name, text) in typed.iter().filter(|(name, _)| *name != "id") {
            assert_eq!(value_of(&got, name), *text, "{to}");
        }
        // the form is whole: mended, it is taken
        let mended = match to == edit {
            true => send(&browser, &got, to, &[("line", "pain=6 right")]),
            false => send(&browser, &got, to, &[("date", "2026-03-03"), note[1]]),
        };
        assert_eq!(mended.status, StatusCode::OK, "{}", mended.body);
    }
    // the form of another visit too
    for (to, typed) in [
        ("/say", &[("line", "left calf 7")][..]),
        ("/keep", &[("line", "left calf 7")]),
        (edit, &change),
        (talk, &note),
        ("/import/keep", &[("tz", "Europe/London")]),
    ] {
        let old = [&[("csrf", "0000"), ("key", "k")], typed].concat();
        let got = browser.send_form(to, &old);
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{to}: {}", got.body);
        for (name, text) in typed.iter().filter(|(name, _)| *name != "id") {
            assert_eq!(value_of(&got, name), *text, "{to}");
        }
    }
    let (browser, _) = desk(&["night -2 calm alcohol=2", "night -3 calm alcohol=1"]);
    let old = [
        ("csrf", "0000"),
        ("key", "k"),
        ("factor 2026-03-03 alcohol", "3"),
    ];
    let got = browser.send_form("/check-in", &old);
    assert_eq!(value_of(&got, "factor 2026-03-03 alcohol"), "3");
}

#[test]
fn what_was_asked_beside_files_that_are_not_taken_stands_there_still() {
    let (browser, _) = desk(&[]);
    let page = browser.get("/files");
    let typed =
        "<input type=\"hidden\" name=\"tz\" value=\"Europe/London\"><input id=\"import-tz\"";
    let page = Got {
        body: page.body.replace("<input id=\"import-tz\"", typed),
        ..page
    };
    let got = upload(&browser, &page, &[("evil.sh", "x")]);
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", got.body);
    assert_eq!(value_of(&got, "tz"), "Europe/London");
    assert!(
        got.body.contains("name=\"files\" multiple required"),
        "{}",
        got.body
    );
    // what waited and was not shown goes, and what was chosen beside it stays
    let seen = upload(&browser, &page, &[NIGHTS]);
    upload(&browser, &page, &[NIGHTS]);
    let gone = send(&browser, &seen, "/import/keep", &[]);
    assert_eq!(gone.status, StatusCode::CONFLICT, "{}", gone.body);
    assert_eq!(value_of(&gone, "tz"), "Europe/London");
}
