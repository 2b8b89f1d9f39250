//! What a browser shows where a page was asked for and there is none: a page of ours, with why and the way out.

use axum::http::StatusCode;

use crate::store::devices::DeviceKind;
use crate::tests::web::{Browser, Got};
use crate::tests::web_desk::{MORNING, hidden, upload};

/// Says `why` on a page of ours with this style sheet and way out, and nothing of where the diary is.
fn is_page(browser: &Browser, got: &Got, style: &str, why: &str, to: Option<&str>) {
    for part in ["<main", "<h1>", "lang=\"en\"", why] {
        assert!(got.body.contains(part), "{part}: {}", got.body);
    }
    assert!(
        got.body.contains(&format!("href=\"{style}\"")),
        "{}",
        got.body
    );
    let link = got.body.split("<a href=\"").nth(1);
    let link = link.map(|link| link.split('"').next().unwrap());
    assert_eq!(link, to, "{}", got.body);
    let folder = browser.diary().parent().unwrap().display().to_string();
    for part in [folder.as_str(), "sqlite", "<script", "<style"] {
        assert!(!got.body.contains(part), "{part}: {}", got.body);
    }
    assert_eq!(got.headers["content-type"], "text/html; charset=utf-8");
    for name in [
        "content-security-policy",
        "x-content-type-options",
        "cache-control",
    ] {
        assert!(got.headers.contains_key(name), "{name}");
    }
    assert_eq!(Browser::at(MORNING).get(style).status, StatusCode::OK);
}

#[test]
fn a_stranger_is_told_how_to_come_in() {
    let stranger = Browser::at(MORNING);
    let got = stranger.get("/");
    assert_eq!(got.status, StatusCode::UNAUTHORIZED);
    is_page(
        &stranger,
        &got,
        "/desk.css",
        "is not known to the diary",
        None,
    );
    assert!(
        got.body
            .contains("name=\"color-scheme\" content=\"light dark\"")
    );
    let phone = Browser::paired(MORNING, DeviceKind::Bedside);
    phone.store().revoke("phone", phone.now()).unwrap();
    let got = phone.get("/bed");
    assert_eq!(got.status, StatusCode::UNAUTHORIZED);
    is_page(&phone, &got, "/bed.css", "was shut out since", None);
    assert!(got.body.contains("name=\"color-scheme\" content=\"dark\""));
}

#[test]
fn a_phone_is_led_to_its_page() {
    let phone = Browser::paired(MORNING, DeviceKind::Bedside);
    let got = phone.get("/");
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert_eq!(got.headers["location"], "/bed");
    let got = phone.get("/flags");
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    is_page(
        &phone,
        &got,
        "/desk.css",
        "This device adds to the diary.",
        Some("/"),
    );
}

#[test]
fn an_address_that_leads_nowhere_says_so() {
    let owner = Browser::paired(MORNING, DeviceKind::Owner);
    for path in ["/nosuch", "/chart/other.svg", "/export/other.csv", "/say"] {
        let got = owner.get(path);
        assert!(got.status.is_client_error(), "{path}");
        is_page(
            &owner,
            &got,
            "/desk.css",
            "There is no such page.",
            Some("/"),
        );
    }
    assert_eq!(owner.get("/say").headers["allow"], "POST");
    let elsewhere = owner.send("GET", "/", "", &[("host", "evil.example")]);
    let why = "does not answer to this address";
    is_page(&owner, &elsewhere, "/desk.css", why, None);
}

#[test]
fn a_form_that_can_not_be_read_says_so() {
    let owner = Browser::paired(MORNING, DeviceKind::Owner);
    let long = "x".repeat(20_000);
    for to in [
        "/say",
        "/check-in",
        "/act/entries/edit",
        "/import/keep",
        "/bed/preview",
    ] {
        let got = owner.send_form(to, &[("line", &long)]);
        assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE, "{to}");
        let (style, home) = match to.starts_with("/bed") {
            true => ("/bed.css", "/bed"),
            false => ("/desk.css", "/"),
        };
        is_page(
            &owner,
            &got,
            style,
            "more than can be sent at once",
            Some(home),
        );
    }
    let got = owner.post("/say", "{}", &[]);
    is_page(&owner, &got, "/desk.css", "did not arrive whole", Some("/"));
    let cross = owner.post("/say", "", &[("origin", "http://evil.example")]);
    assert_eq!(cross.status, StatusCode::FORBIDDEN);
    is_page(
        &owner,
        &cross,
        "/desk.css",
        "made for another visit",
        Some("/"),
    );
    // a form of files that breaks off
    let cut = [("content-type", "multipart/form-data; boundary=cut")];
    let got = owner.post_bytes("/import", b"--cut\r\nContent-Disp".to_vec(), &cut);
    assert!(got.body.contains("did not arrive whole"), "{}", got.body);
}

#[test]
fn a_diary_that_can_not_be_read_says_so_and_programs_are_answered_as_before() {
    let owner = Browser::paired(MORNING, DeviceKind::Owner);
    let files = owner.get("/files");
    assert!(!hidden(&files.body, "/import").is_empty());
    for file in std::fs::read_dir(owner.diary().parent().unwrap()).unwrap() {
        let file = file.unwrap().path();
        if file.is_file() {
            std::fs::write(file, "x".repeat(20_000)).unwrap();
        }
    }
    for (path, style, home) in [("/", "/desk.css", "/"), ("/bed", "/bed.css", "/bed")] {
        let got = owner.get(path);
        assert_eq!(got.status, StatusCode::INTERNAL_SERVER_ERROR);
        let why = "cannot be read or written just now";
        is_page(&owner, &got, style, why, Some(home));
    }
    let night = upload(&owner, &files, &[("nights.csv", "night\n")]);
    assert_eq!(night.status, StatusCode::INTERNAL_SERVER_ERROR);
    let stranger = Browser::at(MORNING);
    let tap = stranger.post("/api/cramp", "{}", &[("idempotency-key", "k")]);
    assert_eq!(
        (tap.status, tap.body.as_str()),
        (StatusCode::UNAUTHORIZED, "")
    );
    // the script reads the status alone
    let part = stranger.post("/bed/cramp", "", &[("x-part", "1")]);
    assert_eq!(
        (part.status, part.body.as_str()),
        (StatusCode::UNAUTHORIZED, "")
    );
}
