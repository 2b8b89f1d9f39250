//! What the pages refuse, and what every answer carries.

use axum::http::{StatusCode, header};

use crate::diary::experiment::sha256;
use crate::store::devices::DeviceKind;
use crate::tests::web::{Browser, Got};

const NIGHT: &str = "2026-03-04T03:10:00Z";

/// Every address that needs a device, with its method.
const ADDRESSES: &[(&str, &str)] = &[
    ("GET", "/"),
    ("GET", "/bed"),
    ("GET", "/bed/kept"),
    ("POST", "/api/cramp"),
    ("POST", "/api/night"),
    ("POST", "/api/undo"),
];

/// A program with a token, and the token.
fn program() -> (Browser, String) {
    let server = Browser::at(NIGHT);
    let secret = sha256(b"a token");
    let now = server.now();
    server
        .store()
        .add_device("button", DeviceKind::Token, &secret, now)
        .unwrap();
    (server, "Bearer a token".to_string())
}

/// A request of a program: no origin, no cookie.
fn ask(server: &Browser, method: &str, path: &str, token: &str) -> Got {
    let headers = [
        ("host", "localhost:7466"),
        ("authorization", token),
        ("content-type", "application/json"),
        ("idempotency-key", "one"),
    ];
    server.send(method, path, "{}", &headers)
}

fn tap(device: &Browser, key: &str, line: &str) -> Got {
    let body = serde_json::json!({ "line": line }).to_string();
    device.post("/api/cramp", &body, &[("idempotency-key", key)])
}

fn undo(device: &Browser, key: &str) -> Got {
    device.post("/api/undo", "{}", &[("idempotency-key", key)])
}

fn cramps(device: &Browser) -> usize {
    device.store().read(None).unwrap().episodes.len()
}

#[test]
fn strangers_reach_nothing() {
    let stranger = Browser::at(NIGHT);
    for (method, path) in ADDRESSES {
        for token in ["", "Bearer ", "Bearer x", "Basic eDp5", "bearer a token"] {
            let got = ask(&stranger, method, path, token);
            let wanted = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
            assert!(
                wanted.contains(&got.status),
                "{method} {path} {token}: {}",
                got.status
            );
        }
    }
}

#[test]
fn a_token_only_adds() {
    let (server, token) = program();
    for (method, path) in ADDRESSES {
        let got = ask(&server, method, path, &token);
        let wanted = match *path {
            "/api/cramp" | "/api/night" => StatusCode::CREATED,
            _ => StatusCode::FORBIDDEN,
        };
        assert_eq!(got.status, wanted, "{method} {path}: {}", got.body);
    }
    // a token is no cookie, and a cookie no token
    let mut browser = server;
    browser.cookie = Some("cramp=a token".to_string());
    assert_eq!(tap(&browser, "two", "").status, StatusCode::FORBIDDEN);
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let secret = phone.cookie.as_ref().unwrap().trim_start_matches("cramp=");
    let got = ask(&phone, "POST", "/api/cramp", &format!("Bearer {secret}"));
    assert_eq!(got.status, StatusCode::FORBIDDEN);
}

#[test]
fn a_revoked_device_is_a_stranger() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    assert_eq!(tap(&phone, "one", "left calf").status, StatusCode::CREATED);
    assert!(phone.store().revoke("phone", phone.now()).unwrap());
    assert_eq!(
        tap(&phone, "two", "left calf").status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(cramps(&phone), 1);
}

#[test]
fn nothing_is_written_by_reading() {
    let owner = Browser::paired(NIGHT, DeviceKind::Owner);
    for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        for path in ["/api/cramp", "/api/night", "/api/undo"] {
            let headers = [
                ("host", "localhost:7466"),
                ("origin", "http://localhost:7466"),
                ("content-type", "application/json"),
                ("idempotency-key", "one"),
            ];
            let got = owner.send(method, path, "{}", &headers);
            assert_eq!(
                got.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
        }
    }
    assert_eq!(cramps(&owner), 0);
}

#[test]
fn an_entry_is_json_with_a_key_and_known_fields() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let post = |body: &str, more: &[(&str, &str)]| {
        let key = [("idempotency-key", "one")];
        let all: Vec<(&str, &str)> = key
            .into_iter()
            .filter(|(name, _)| !more.iter().any(|(m, _)| m == name))
            .chain(more.iter().copied())
            .collect();
        let got = phone.post("/api/cramp", body, &all);
        assert!(!got.status.is_success(), "{body} {more:?}");
        assert_eq!(
            got.headers[header::CONTENT_TYPE],
            "application/json",
            "{body} {more:?}"
        );
        let error = got.json()["error"]["message"].to_string();
        assert!(!error.contains("diary.sqlite"), "{error}");
    };
    post("{}", &[("idempotency-key", "")]);
    post("{}", &[("idempotency-key", &"k".repeat(101))]);
    post("{}", &[("content-type", "text/plain")]);
    post(
        "{}",
        &[("content-type", "application/x-www-form-urlencoded")],
    );
    post("line=left", &[]);
    post(r#"{"pain":7}"#, &[]);
    post(r#"{"line":7}"#, &[]);
    post(r#"{"at":"yesterday"}"#, &[]);
    assert_eq!(cramps(&phone), 0);
}

/// A key may be a date in the letters of the phone; what is wrong with another is said.
#[test]
fn a_key_is_any_short_text() {
    let (server, token) = program();
    let send = |key: &[u8]| {
        let mut request = axum::http::Request::builder()
            .method("POST")
            .uri("/api/cramp");
        for (name, value) in [
            ("host", "localhost:7466"),
            ("authorization", token.as_str()),
            ("content-type", "application/json"),
        ] {
            request = request.header(name, value);
        }
        let key = axum::http::HeaderValue::from_bytes(key).unwrap();
        let request = request.header("idempotency-key", key);
        server.answer(request.body("{}".into()).unwrap())
    };
    let key = "٤ مارس ٢٠٢٦، ٣:١٠ ص".as_bytes();
    assert_eq!(send(key).status, StatusCode::CREATED);
    assert_eq!(send(key).status, StatusCode::CREATED);
    assert_eq!(cramps(&server), 1);
    for (key, said) in [
        (b"".as_slice(), "the request has no key"),
        (b"4. M\xe4rz", "the key of the request is not text in UTF-8"),
        (
            &[b'k'; 101],
            "the key of the request is longer than 100 bytes",
        ),
    ] {
        let got = send(key);
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(got.json()["error"]["message"], said);
    }
    assert_eq!(cramps(&server), 1);
}

#[test]
fn what_is_wrong_with_a_body_is_said_with_what_to_send() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let form = "send JSON: an object with \"line\" (the words), \"at\" and \"sent\" (times such as \
                2026-03-04T03:10:00+01:00), each optional";
    for (body, status, said) in [
        (
            r#"{"at":"2026-03-04T03:10"}"#,
            422,
            "the field \"at\" is '2026-03-04T03:10', which is no date with a time, its seconds and its offset",
        ),
        (
            r#"{"sent":"now"}"#,
            422,
            "the field \"sent\" is 'now', which is no date with a time, its seconds and its offset",
        ),
        (
            r#"{"at":1772593800}"#,
            422,
            "the field \"at\" must be a text in quotation marks",
        ),
        (
            r#"{"line":7}"#,
            422,
            "the field \"line\" must be a text in quotation marks",
        ),
        (r#"{"pain":7}"#, 422, "there is no field \"pain\" here"),
        (
            r#"["left calf"]"#,
            422,
            "this is JSON, but no object in curly brackets",
        ),
        ("line=left", 400, "this is not JSON"),
        (r#"{"line":"left"#, 400, "this is not JSON"),
    ] {
        let got = phone.post("/api/cramp", body, &[("idempotency-key", "one")]);
        assert_eq!(got.status.as_u16(), status, "{body}");
        let error = &got.json()["error"];
        assert_eq!(
            (&error["message"], &error["hint"]),
            (&said.into(), &form.into()),
            "{body}"
        );
    }
    assert_eq!(cramps(&phone), 0);
    let got = phone.post(
        "/api/undo",
        r#"{"which":"one"}"#,
        &[("idempotency-key", "two")],
    );
    assert_eq!(
        got.json()["error"]["message"],
        "there is no field \"which\" here"
    );
    // a field that is null is as if it were not there
    let empty = r#"{"line":null,"at":null,"sent":null}"#;
    let got = phone.post("/api/cramp", empty, &[("idempotency-key", "three")]);
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.body);
}

/// What is typed on a phone is words for the diary, never options of the command line.
#[test]
fn no_words_of_a_device_are_options() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let lines = ["--diary other.db left", "--now left", "--help", "-h"];
    for line in lines {
        let got = tap(&phone, line, line);
        let said = got.body.contains("Usage");
        assert!(
            !said && got.status != StatusCode::INTERNAL_SERVER_ERROR,
            "{line}: {}",
            got.body
        );
    }
    let diary = phone.store().read(None).unwrap();
    let is_now = |e: &crate::diary::Episode| e.began_at.as_ref().unwrap().utc == phone.now();
    assert!(diary.episodes.iter().all(is_now), "{:?}", diary.episodes);
    assert!(!phone.diary().with_file_name("other.db").exists());
}

#[test]
fn every_answer_carries_the_headers() {
    let owner = Browser::paired(NIGHT, DeviceKind::Owner);
    let big = "x".repeat(20_000);
    let answers = [
        owner.get("/"),
        owner.get("/bed"),
        owner.get("/pair"),
        owner.get("/bed.css"),
        owner.get("/bed/kept"),
        owner.get("/bed-worker.js"),
        owner.get("/bed.webmanifest"),
        owner.get("/nowhere"),
        owner.send("GET", "/", "", &[("host", "evil.example")]),
        owner.post("/api/cramp", &big, &[("idempotency-key", "k")]),
        owner.post("/api/cramp", "{}", &[("origin", "http://evil.example")]),
        tap(&owner, "one", "left calf 7"),
        owner.post("/api/cramp", "{}", &[]),
    ];
    let expected = [
        200, 200, 200, 200, 200, 200, 200, 404, 421, 413, 403, 201, 422,
    ];
    for (got, status) in answers.iter().zip(expected) {
        assert_eq!(got.status.as_u16(), status, "{}", got.body);
        let header = |name: &str| got.headers[name].to_str().unwrap().to_string();
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "same-origin");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert!(got.headers.contains_key("cache-control"));
        let cors = got
            .headers
            .keys()
            .any(|name| name.as_str().starts_with("access-control"));
        assert!(!cors, "{:?}", got.headers);
    }
}

#[test]
fn a_body_of_more_than_16_kilobytes_is_refused() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let line = "x".repeat(1_000_000);
    assert_eq!(
        tap(&phone, "one", &line).status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let mut other = Browser::at(NIGHT);
    assert_eq!(other.pair(&line).status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn tricks_with_paths_lead_nowhere() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    for path in [
        "//",
        "/./",
        "/bed/../",
        "/bed/..%2f",
        "/%2e%2e/etc/passwd",
        "/..%5c..%5cwindows",
        "/bed.css/../../Cargo.toml",
        "/api/cramp/",
        "/BED",
        "/bed%00",
        "/diary.sqlite",
    ] {
        let got = phone.get(path);
        let refused = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN];
        assert!(refused.contains(&got.status), "{path}: {}", got.status);
    }
}

#[test]
fn a_name_or_a_key_cannot_write_a_header() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let got = tap(
        &phone,
        "one",
        "left calf \r\nSet-Cookie: cramp=x note=\"\r\nX-A: b\"",
    );
    assert!(
        !got.headers.contains_key(header::SET_COOKIE),
        "{:?}",
        got.headers
    );
    assert!(!got.headers.contains_key("x-a"));
}

#[test]
fn five_wrong_codes_close_pairing() {
    let mut phone = Browser::at(NIGHT);
    let code = phone.offer("phone", DeviceKind::Bedside);
    for wrong in 0..5 {
        assert_eq!(
            phone.pair(&format!("wrong {wrong}")).status,
            StatusCode::FORBIDDEN
        );
    }
    assert_eq!(phone.pair(&code).status, StatusCode::FORBIDDEN);
    assert!(phone.store().devices().unwrap().is_empty());
    let next = phone.offer("next", DeviceKind::Bedside);
    assert_eq!(phone.pair(&next).status, StatusCode::OK);
}

#[test]
fn a_reader_is_not_paired_over_the_home_network() {
    for (origin, status) in [
        ("http://192.168.1.20:7466", StatusCode::FORBIDDEN),
        ("http://diary.ts.net", StatusCode::FORBIDDEN),
        ("http://localhost:7466", StatusCode::OK),
        ("http://[::1]:7466", StatusCode::OK),
        ("https://diary.ts.net", StatusCode::OK),
    ] {
        let browser = Browser::at(NIGHT);
        let code = browser.offer("tablet", DeviceKind::Reader);
        let body = serde_json::json!({ "code": code }).to_string();
        let got = browser.post("/pair", &body, &[("origin", origin)]);
        assert_eq!(got.status, status, "{origin}");
    }
}

/// The cookie outlives the browser, and no script reads it.
#[test]
fn the_cookie_is_for_the_server_alone() {
    let mut phone = Browser::at(NIGHT);
    let code = phone.offer("phone", DeviceKind::Bedside);
    let got = phone.pair(&code);
    let cookie = got.headers[header::SET_COOKIE].to_str().unwrap();
    let (secret, rules) = cookie.split_once("; ").unwrap();
    assert_eq!(rules, "HttpOnly; SameSite=Lax; Path=/; Max-Age=34560000");
    let secret = secret.strip_prefix("cramp=").unwrap();
    assert_eq!(secret.len(), 64);
    // only its hash is kept
    let kept = std::fs::read(phone.diary()).unwrap();
    let holds = |text: &str| kept.windows(text.len()).any(|w| w == text.as_bytes());
    assert!(holds(&sha256(secret.as_bytes())) && !holds(secret));
}

#[test]
fn a_device_takes_its_own_entry_back_for_ten_minutes() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    assert_eq!(
        tap(&phone, "one", "left calf 7").status,
        StatusCode::CREATED
    );
    phone.set_now("2026-03-04T03:19:00Z");
    let (first, again) = (undo(&phone, "u"), undo(&phone, "u"));
    assert_eq!(
        (first.status, again.status),
        (StatusCode::OK, StatusCode::OK),
        "{}",
        first.body
    );
    assert_eq!(first.body, again.body);
    assert_eq!(cramps(&phone), 0);
    assert!(phone.store().read(None).unwrap().nights.is_empty());
    assert_eq!(undo(&phone, "v").json()["records"], 0);

    assert_eq!(
        tap(&phone, "two", "left calf 7").status,
        StatusCode::CREATED
    );
    phone.set_now("2026-03-04T03:30:00Z");
    assert_eq!(undo(&phone, "w").status, StatusCode::CONFLICT);
    assert_eq!(cramps(&phone), 1);
}

#[test]
fn a_device_leaves_the_entries_of_others_alone() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    assert_eq!(
        tap(&phone, "one", "left calf 7").status,
        StatusCode::CREATED
    );
    let mut tablet = phone.beside();
    let code = tablet.offer("tablet", DeviceKind::Bedside);
    tablet.pair(&code);
    assert_eq!(undo(&tablet, "u").status, StatusCode::CONFLICT);
    // the tablet's own cramp of the same night goes, and the night stays a cramp night
    assert_eq!(
        tap(&tablet, "one", "right foot 3").status,
        StatusCode::CREATED
    );
    assert_eq!(
        tap(&phone, "two", "left toes 2").status,
        StatusCode::CREATED
    );
    assert_eq!(undo(&tablet, "v").json()["records"], 1);
    let diary = phone.store().read(None).unwrap();
    let from: Vec<String> = diary
        .episodes
        .iter()
        .map(|e| e.source.to_string())
        .collect();
    assert_eq!(from, ["device:phone", "device:phone"]);
    assert_eq!(diary.nights.len(), 1);
}

#[test]
fn what_a_revoked_device_wrote_is_taken_back_in_one_step() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    for (key, line) in [("one", "left calf 7"), ("two", "right foot 3")] {
        assert_eq!(tap(&phone, key, line).status, StatusCode::CREATED);
    }
    let mut store = phone.store();
    let before = store.read(None).unwrap();
    let changes = store.changes_of("phone").unwrap();
    let back = store
        .take_back(&changes, phone.now(), "devices revoke phone --entries")
        .unwrap();
    // two cramps, and the answer of their night
    assert_eq!((back.records, back.left), (3, 0));
    let emptied = store.read(None).unwrap();
    assert!(emptied.episodes.is_empty() && emptied.nights.is_empty());
    let now = crate::diary::Now {
        utc: phone.now(),
        zone: crate::diary::Zone::default(),
    };
    store.undo(&now).unwrap().unwrap();
    assert_eq!(
        format!("{:?}", store.read(None).unwrap()),
        format!("{before:?}")
    );
}

/// The program was ended between the write and its answer: the retried tap counts once.
#[test]
fn a_tap_without_its_answer_is_not_written_again() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    assert_eq!(
        tap(&phone, "one", "left calf 7").status,
        StatusCode::CREATED
    );
    let file = rusqlite::Connection::open(phone.diary()).unwrap();
    file.execute("UPDATE request SET answer = NULL", [])
        .unwrap();
    drop(file);
    let again = tap(&phone, "one", "left calf 7");
    assert_eq!(again.status, StatusCode::CREATED);
    assert_eq!(again.json()["kind"], "kept");
    assert_eq!(cramps(&phone), 1);
}

/// Ended between the write and its answer, neither is there.
#[test]
fn a_write_that_was_not_answered_never_happened() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let write = || {
        let mut store = phone.store();
        store.stays_open();
        let now = crate::diary::Now {
            utc: phone.now(),
            zone: crate::diary::Zone::default(),
        };
        let words = ["left", "calf"].map(str::to_string);
        store
            .write(phone.now(), "log", |w| w.log(&words, &now))
            .unwrap();
        store
    };
    drop(write());
    assert_eq!(cramps(&phone), 0);
    let unanswered = crate::store::devices::Unanswered::default();
    unanswered.hold(write());
    assert_eq!(cramps(&phone), 0);
    unanswered.finish().unwrap();
    assert_eq!(cramps(&phone), 1);
}

/// Answers are kept for a season; that a tap was done is never forgotten.
#[test]
fn after_a_season_a_tap_sent_again_is_still_known() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    tap(&phone, "one", "left calf 7");
    let after = phone.now() + chrono::TimeDelta::days(91);
    phone.set_now(&after.to_rfc3339());
    let again = tap(&phone, "one", "left calf 7");
    assert_eq!(again.json()["kind"], "kept");
    assert_eq!(cramps(&phone), 1);
}

/// A restore brings the diary back and leaves the devices as they are.
#[test]
fn a_restore_brings_no_revoked_device_back() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    tap(&phone, "one", "left calf 7");
    let copy = phone.diary().with_extension("copy");
    phone.store().backup_to(phone.now(), &copy, None).unwrap();
    tap(&phone, "two", "left calf 8");
    phone.store().revoke("phone", phone.now()).unwrap();
    let restore = |to: &std::path::Path| {
        crate::store::Store::restore(to, &copy, phone.now(), None).unwrap();
    };
    restore(&phone.diary());
    assert_eq!(cramps(&phone), 1);
    assert_eq!(tap(&phone, "three", "").status, StatusCode::UNAUTHORIZED);
    // nor does a copy that takes the place of a lost diary
    std::fs::remove_file(phone.diary()).unwrap();
    restore(&phone.diary());
    assert!(phone.store().devices().unwrap().is_empty());
}

#[test]
fn a_device_that_only_adds_is_told_what_to_do_and_nothing_else() {
    let flag = serde_json::json!({
        "id": "clot", "urgency": "emergency", "do": "call", "why": "three entries", "dates": ["2026-03-01"],
    });
    let keys = |kind: DeviceKind| {
        let echo = serde_json::json!({ "id": 1, "flags": [flag] });
        let shown = crate::web::add::as_seen_by(kind, echo);
        let keys = shown["flags"][0].as_object().unwrap().keys();
        keys.cloned().collect::<Vec<String>>()
    };
    assert_eq!(keys(DeviceKind::Bedside), ["do", "id", "urgency"]);
    assert_eq!(keys(DeviceKind::Token), ["do", "id", "urgency"]);
    assert_eq!(keys(DeviceKind::Owner).len(), 5);
}
