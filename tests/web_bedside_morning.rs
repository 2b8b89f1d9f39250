//! The morning at the bedside: steps of amounts, what was done about the thing of an experiment, and the size of the page.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};

use crate::diary::vocabulary::{Done, Wish};
use crate::diary::{Now, Record, Zone};
use crate::session::Session;
use crate::store::devices::DeviceKind;
use crate::tests::experiments::{begun, experiments, write};
use crate::tests::web::{Browser, Got};
use crate::tests::web_bedside::{Phone, field, send as send_form, tags};
use crate::tests::web_desk::send;

const NIGHT: &str = "2026-03-04T03:10:00Z";
const MORNING: &str = "2026-03-04T07:30:00Z";

fn now(at: &str) -> Now {
    let utc: DateTime<Utc> = at.parse().unwrap();
    let zone = Zone::named("Europe/London").unwrap();
    Now { utc, zone }
}

/// A phone in the morning whose owner follows these.
pub(crate) fn following(factors: &[&str]) -> Phone {
    let phone = Phone::of(Browser::paired(MORNING, DeviceKind::Bedside));
    let now = now(MORNING);
    for factor in factors {
        let mut store = phone.browser.store();
        let wished = store.write(now.utc, "setup", |w| w.wish(factor, Wish::Ask, &now));
        wished.unwrap();
    }
    phone
}

/// The field of an amount, as it is sent.
fn stepper(page: &str, factor: &str) -> String {
    let from = page.split_once(&format!(" {factor}=\"")).unwrap().1;
    let field = from.split_once("<input name=\"line\"").unwrap().1;
    field.split_once(" inputmode").unwrap().0.trim().to_string()
}

#[test]
fn an_amount_is_stepped_as_far_as_makes_sense_for_it_and_no_further_than_it_may_be() {
    let followed = ["room", "exercise", "alcohol", "fluid", "outdoor"];
    let page = following(&followed).browser.get("/bed").body;
    for (factor, steps) in [
        (
            "room",
            "data-start=\"18\" data-by=\"0.5\" data-min=\"-5\" data-max=\"45\"",
        ),
        (
            "exercise",
            "data-start=\"0\" data-by=\"5\" data-min=\"0\" data-max=\"1440\"",
        ),
        (
            "alcohol",
            "data-start=\"0\" data-by=\"0.5\" data-min=\"0\" data-max=\"60\"",
        ),
        // asked for in litres, kept in millilitres
        (
            "fluid",
            "data-start=\"0\" data-by=\"0.25\" data-min=\"0\" data-max=\"15\"",
        ),
        (
            "outdoor",
            "data-start=\"5\" data-by=\"1\" data-min=\"-60\" data-max=\"60\"",
        ),
    ] {
        assert_eq!(stepper(&page, factor), steps, "{factor}");
    }
}

#[test]
fn a_number_of_ones_own_goes_by_one() {
    let phone = following(&[]);
    let mut session = Session::new(phone.browser.diary(), MORNING, "Europe/London").unwrap();
    session
        .text(&["factor", "add", "paces", "type=number", "unit=paces"])
        .unwrap();
    let now = now(MORNING);
    let mut store = phone.browser.store();
    store
        .write(now.utc, "setup", |w| w.wish("paces", Wish::Ask, &now))
        .unwrap();
    let page = phone.browser.get("/bed").body;
    let steps = stepper(&page, "paces");
    assert!(steps.contains("data-by=\"1\""), "{steps}");
}

/// The morning after the third night of an experiment, of which the first two were told; `turned` nights were drawn the
/// other way round.
fn trying(turned: std::ops::Range<usize>) -> Phone {
    Phone::of(tried_by(turned, DeviceKind::Bedside))
}

/// The same on a device of this kind.
fn tried_by(turned: std::ops::Range<usize>, kind: DeviceKind) -> Browser {
    let door = begun();
    let mut experiment = experiments(&door).remove(0);
    let drawn =
        experiment
            .schedule
            .chars()
            .enumerate()
            .map(|(t, c)| match (turned.contains(&t), c) {
                (true, '1') => '0',
                (true, _) => '1',
                (false, c) => c,
            });
    experiment.schedule = drawn.collect();
    experiment.seal = experiment.seal_now();
    let morning = format!("{}T07:30:00Z", experiment.from.plus(3).date());
    write(&door, vec![Record::Experiment(experiment)]);
    let mut browser = Browser::at(&morning);
    std::fs::copy(door.diary(), browser.diary()).unwrap();
    let code = browser.offer("phone", kind);
    assert_eq!(browser.pair(&code).status, StatusCode::OK);
    browser
}

fn done(phone: &Phone) -> Vec<Done> {
    done_on(&phone.browser)
}

fn done_on(browser: &Browser) -> Vec<Done> {
    let diary = browser.store().read(None).unwrap();
    diary.adherence.iter().map(|a| a.done).collect()
}

#[test]
fn what_was_done_is_asked_beside_tonight_and_kept_once() {
    let phone = trying(0..0);
    let page = phone.browser.get("/bed").body;
    let asked = page.split_once("id=\"morning\"").unwrap().1;
    let night = asked.split_once("value=\"did ").unwrap().1;
    let night = night.split_once(' ').unwrap().0;
    for answer in ["yes", "partly", "no"] {
        let button = format!("value=\"did {night} {answer} stretch\" aria-pressed=\"false\"");
        assert!(asked.contains(&button), "{button}: {asked}");
    }
    assert!(asked.contains("Tonight:"), "{asked}");
    assert_eq!(done(&phone), []);
    let words = format!("did {night} partly stretch");
    for _ in 0..2 {
        let kept = phone.tap("/bed/night", "a", &[("words", &words)]);
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    }
    assert_eq!(done(&phone), [Done::Partly]);
    let page = phone.browser.get("/bed").body;
    assert!(!page.contains("value=\"did "), "{page}");
    // a tap by mistake is corrected by another one
    let words = format!("did {night} yes stretch");
    phone.tap("/bed/night", "b", &[("words", &words)]);
    assert_eq!(done(&phone), [Done::Yes]);
    // of a night that nothing was drawn for nothing is kept
    let before = format!("did {} yes stretch", "2025-12-24");
    let refused = phone.tap("/bed/night", "c", &[("words", &before)]);
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.body
    );
}

/// Not knowing is an answer: nothing is kept of that night, and what was said before is taken away.
#[test]
fn who_does_not_know_what_was_done_says_so_and_it_stays_unknown() {
    let phone = trying(0..0);
    let page = phone.browser.get("/bed").body;
    let night = page.split_once("value=\"did ").unwrap().1;
    let night = night.split_once(' ').unwrap().0;
    let words = format!("did {night} ? stretch");
    let button = format!("value=\"{words}\" aria-pressed=\"false\">I don’t know<");
    assert!(page.contains(&button), "{page}");
    let changes = || phone.browser.store().history(99).unwrap().len();
    let before = changes();
    for _ in 0..2 {
        let kept = phone.tap("/bed/night", "a", &[("words", &words)]);
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
        assert!(kept.body.contains("stretch is not known"), "{}", kept.body);
    }
    assert_eq!((done(&phone), changes()), (vec![], before));
    assert!(
        !phone.browser.get("/bed").body.contains("value=\"did "),
        "asked again"
    );
    let said = format!("did {night} no stretch");
    phone.tap("/bed/night", "b", &[("words", &said)]);
    assert_eq!(done(&phone), [Done::No]);
    phone.tap("/bed/night", "c", &[("words", &words)]);
    assert_eq!(done(&phone), []);
    // of a night that nothing was drawn for there is nothing to say
    let before = [("words", "did 2025-12-24 ? stretch")];
    let refused = phone.tap("/bed/night", "d", &before);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn what_nobody_knows_is_not_asked_again_that_morning() {
    let phone = following(&["stretch", "room", "socks"]);
    let asks = |factor: &str| {
        let page = phone.browser.get("/bed").body;
        page.contains(&format!(" {factor}=?\""))
    };
    let factors = ["stretch", "room", "socks"];
    assert_eq!(factors.map(asks), [true; 3]);
    for (key, words) in [("a", "2026-03-03 stretch=?"), ("b", "2026-03-03 room=?")] {
        let kept = phone.tap("/bed/night", key, &[("words", words)]);
        assert!(kept.body.contains("is not known"), "{}", kept.body);
    }
    // of an earlier night it says nothing of this one
    phone.tap("/bed/night", "c", &[("words", "2026-03-01 socks=?")]);
    assert_eq!(factors.map(asks), [false, false, true]);
    assert!(phone.browser.store().read(None).unwrap().values.is_empty());
    // an answer that is taken back at the computer is asked for again, and so is the night after
    phone.tap("/bed/night", "d", &[("words", "2026-03-03 stretch=yes")]);
    assert!(!asks("stretch"));
    phone.browser.store().undo(&now(MORNING)).unwrap().unwrap();
    assert_eq!(factors.map(asks), [true, false, true]);
    phone.browser.set_now("2026-03-05T07:30:00Z");
    assert_eq!(factors.map(asks), [true; 3]);
}

#[test]
fn at_the_desk_it_is_left_unknown_by_a_choice_of_its_own() {
    let browser = tried_by(0..0, DeviceKind::Owner);
    let page = browser.get("/");
    let name = page.body.split_once("name=\"tried ").unwrap().1;
    let name = format!("tried {}", name.split_once('"').unwrap().0);
    for (reply, shown) in [
        ("yes", "yes"),
        ("partly", "partly"),
        ("no", "no"),
        ("", "I don't know"),
    ] {
        let choice = format!("name=\"{name}\" value=\"{reply}\"><span>{shown}</span>");
        assert!(page.body.contains(&choice), "{choice}: {}", page.body);
    }
    let kept = send(&browser, &page, "/check-in", &[(&name, "")]);
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert!(kept.body.contains("nothing was written"), "{}", kept.body);
    assert_eq!(done_on(&browser), []);
    let kept = send(&browser, &page, "/check-in", &[(&name, "partly")]);
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert_eq!(done_on(&browser), [Done::Partly]);
}

#[test]
fn the_page_says_what_tonight_is_and_shows_nothing_else_of_a_draw() {
    let shown = |turned| -> Vec<String> {
        let phone = trying(turned);
        let page = phone.browser.get("/bed").body;
        let night = page.split_once("value=\"did ").unwrap().1;
        let night = night.split_once(' ').unwrap().0.to_string();
        let words = format!("did {night} yes stretch");
        let answer = phone.tap("/bed/night", "a", &[("words", &words)]).body;
        let after = phone.browser.get("/bed").body;
        [page, answer, after]
            .iter()
            .flat_map(|page| tags(page))
            .collect()
    };
    let (first, past, tonight) = (shown(0..0), shown(0..3), shown(3..4));
    assert_eq!(first, past);
    let differing = first.iter().zip(&tonight).filter(|(a, b)| a != b);
    let lines: Vec<&String> = differing.map(|(a, _)| a).collect();
    assert_eq!(first.len(), tonight.len());
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines.iter().all(|line| line.starts_with("p>Tonight")),
        "{lines:?}"
    );
}

/// The cramps in the order they were added: the night, the time, and how bad it was.
fn cramps(phone: &Phone) -> Vec<String> {
    let diary = phone.browser.store().read(None).unwrap();
    let told = diary.episodes.iter().map(|e| {
        let began = e.began_at.as_ref();
        let began = began.map(|at| at.utc.format("%H:%M").to_string());
        let pain = e.severity.map(|pain| pain.to_string());
        format!("{} {began:?} {pain:?}", e.night)
    });
    told.collect()
}

#[test]
fn words_after_a_cramp_of_last_night_are_about_that_night_and_have_the_time_they_give() {
    for morning in [MORNING, "2026-03-04T12:30:00Z"] {
        let phone = following(&[]);
        phone.browser.set_now(morning);
        let tap = |path: &str, key: &str, fields: &[(&str, &str)]| {
            let own = [("csrf", phone.csrf.as_str()), ("key", key)];
            let got = send_form(&phone.browser, path, &[&own, fields].concat(), false);
            assert_eq!(got.status, StatusCode::OK, "{}", got.body);
            got.body
        };
        let answered = tap("/bed/night", "a", &[("words", "2026-03-03 cramp")]);
        let night = field(&answered, "id=\"words\"", "night");
        assert_eq!(night, "2026-03-03");
        assert!(
            answered.contains(">Last night’s cramp in your own words</label>"),
            "{answered}"
        );
        for (key, line) in [("b", "left calf 6"), ("c", "right foot 4 at 01:30")] {
            let words = [("line", line), ("night", night.as_str())];
            let looked = tap("/bed/preview", key, &words);
            assert!(looked.contains("night of Tue 3 Mar"), "{looked}");
            let kept = ["line", "night"].map(|name| field(&looked, "class=\"keep\"", name));
            assert_eq!(kept, [line, "2026-03-03"]);
            let kept = tap("/bed/cramp", key, &words);
            assert_eq!(field(&kept, "id=\"words\"", "night"), night);
        }
        let (first, second) = (
            "2026-03-03 None Some(\"6\")",
            "2026-03-03 Some(\"01:30\") Some(\"4\")",
        );
        assert_eq!(cramps(&phone), [first, second], "{morning}");
        // a night to come, and what is no night
        for night in ["2026-03-04", "x"] {
            let words = [("line", "left calf 6"), ("night", night)];
            let refused = phone.tap("/bed/cramp", "d", &words);
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{night}");
        }
        assert_eq!(cramps(&phone).len(), 2);
        // a night that was calm leaves the words to now
        let calm = phone.browser.get("/bed").body;
        assert_eq!(field(&calm, "id=\"words\"", "night"), "");
    }
}

#[test]
fn what_this_phone_wrote_last_stands_on_the_page_for_ten_minutes_with_its_undo() {
    let phone = Phone::at(NIGHT);
    let page = || phone.browser.get("/bed").body;
    let offers = |page: &str| page.contains("action=\"/bed/undo\"");
    assert!(!offers(&page()));
    phone.tap("/bed/cramp", "a", &[("line", "left calf alcohol=some")]);
    phone.tap("/bed/amend", "b", &[("of", "a"), ("words", "pain=5")]);
    phone.tap("/bed/amend", "c", &[("of", "a"), ("words", "+stretch")]);
    let shown = page();
    let kept = "Kept: Wed 4 Mar 03:10 (night of Tue 3 Mar), left calf, pain 5/10, what helped: stretching; \
                alcohol=some.";
    assert!(shown.contains(kept), "{shown}");
    assert_eq!(field(&shown, "action=\"/bed/undo\"", "of"), "a");
    assert_eq!(field(&shown, "id=\"details\"", "of"), "a");
    let pressed = "value=\"pain=5\" aria-pressed=\"true\"";
    assert!(shown.contains(pressed), "{shown}");
    // another phone is told nothing of it
    let mut other = phone.browser.beside();
    let code = other.offer("other", DeviceKind::Bedside);
    other.pair(&code);
    assert!(!offers(&other.get("/bed").body));
    // nor is this one of what became of it elsewhere
    let mut desk = Session::new(phone.browser.diary(), NIGHT, "Europe/London").unwrap();
    desk.text(&["edit", "1", "note=secret"]).unwrap();
    assert!(!offers(&page()), "{}", page());
    let amended = phone.tap("/bed/amend", "h", &[("of", "a"), ("words", "pain=6")]);
    assert_eq!(amended.status, StatusCode::OK, "{}", amended.body);
    assert!(
        amended.body.contains("<p>This is kept.</p>"),
        "{}",
        amended.body
    );
    assert!(!amended.body.contains("secret") && !page().contains("secret"));
    desk.text(&["undo"]).unwrap();
    desk.text(&["undo"]).unwrap();
    assert!(offers(&page()), "{}", page());
    phone.browser.set_now("2026-03-04T03:19:00Z");
    assert!(offers(&page()));
    phone.browser.set_now("2026-03-04T03:21:00Z");
    assert!(!offers(&page()), "{}", page());
    // what was taken back is not offered again, but what was written before it
    phone.tap("/bed/cramp", "d", &[("line", "left calf 2")]);
    phone.tap("/bed/cramp", "e", &[("line", "right calf 3")]);
    assert!(page().contains("right calf"));
    phone.tap("/bed/undo", "f", &[("of", "e")]);
    assert!(page().contains("left calf, pain 2/10"), "{}", page());
    phone.tap("/bed/undo", "g", &[("of", "d")]);
    assert!(!offers(&page()), "{}", page());
}

#[test]
fn an_answer_of_the_morning_is_taken_back_too_and_asked_again() {
    let phone = following(&["stretch", "room"]);
    let before = phone.browser.get("/bed").body;
    let state = || {
        let diary = phone.browser.store().read(None).unwrap();
        let outcomes = diary.nights.values().filter_map(|n| n.outcome);
        (outcomes.count(), diary.values.len())
    };
    for (key, words, line, kept, kept_as) in [
        (
            "a",
            "2026-03-03 calm",
            "",
            "Kept: no cramp that night.",
            (1, 0),
        ),
        (
            "b",
            "2026-03-03 cramp",
            "",
            "Kept: a cramp that night.",
            (1, 0),
        ),
        (
            "c",
            "2026-03-03 stretch=no",
            "",
            "Kept: stretch no.",
            (0, 1),
        ),
        ("d", "2026-03-03 room=", "17", "Kept: room 17 °C.", (0, 1)),
    ] {
        let answer = [("words", words), ("line", line)];
        let answered = phone.tap("/bed/night", key, &answer).body;
        assert!(answered.contains(kept), "{answered}");
        let of = field(&answered, "action=\"/bed/undo\"", "of");
        assert_eq!(state(), kept_as, "{words}");
        let again = phone.browser.get("/bed").body;
        assert!(again.contains(kept), "{kept}: {again}");
        assert_eq!(field(&again, "action=\"/bed/undo\"", "of"), of);
        let back = phone.tap("/bed/undo", &format!("{key}-"), &[("of", &of)]);
        assert!(back.body.contains("Taken back"), "{}", back.body);
        assert_eq!(state(), (0, 0), "{words}");
        assert_eq!(tags(&phone.browser.get("/bed").body), tags(&before));
    }
    // where nothing was written there is nothing to take back
    let unknown = [("words", "2026-03-03 stretch=?")];
    let unknown = phone.tap("/bed/night", "e", &unknown).body;
    assert!(unknown.contains("Kept: stretch is not known."), "{unknown}");
    assert!(!unknown.contains("action=\"/bed/undo\""), "{unknown}");
}

#[test]
fn without_a_script_a_number_that_was_refused_stands_in_its_field_again() {
    let phone = following(&["exercise", "room"]);
    let fields = [
        ("csrf", phone.csrf.as_str()),
        ("key", "a"),
        ("words", "2026-03-03 exercise="),
        ("line", "lots \"<b>"),
    ];
    let refused = send_form(&phone.browser, "/bed/night", &fields, false);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let typed = "value=\"2026-03-03 exercise=\"";
    let form = refused.body.split_once(typed).unwrap().1;
    assert_eq!(field(form, "", "line"), "lots &quot;&lt;b&gt;");
    assert_eq!(
        refused.body.matches("lots &quot;").count(),
        1,
        "{}",
        refused.body
    );
    assert!(
        refused
            .body
            .contains("id=\"line\" name=\"line\" value=\"\"")
    );
}

#[test]
fn what_was_done_is_echoed_and_taken_back() {
    let phone = trying(0..0);
    let page = phone.browser.get("/bed").body;
    let night = page.split_once("value=\"did ").unwrap().1;
    let night = night.split_once(' ').unwrap().0;
    let words = format!("did {night} partly stretch");
    let kept = phone.tap("/bed/night", "a", &[("words", &words)]).body;
    assert!(kept.contains("Kept: stretch partly."), "{kept}");
    let again = phone.browser.get("/bed").body;
    assert!(again.contains("Kept: stretch partly."), "{again}");
    let of = field(&again, "action=\"/bed/undo\"", "of");
    phone.tap("/bed/undo", "b", &[("of", &of)]);
    assert_eq!(done(&phone), []);
    let asks = phone.browser.get("/bed").body;
    assert!(asks.contains(&format!("value=\"{words}\"")), "{asks}");
}

/// Bytes of an answer with its headers, and those the server itself adds: the status line, the date and the length.
fn bytes(got: &Got) -> usize {
    let headers = got.headers.iter();
    let headers: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    let added =
        "HTTP/1.1 200 OK\r\ndate: Wed, 04 Mar 2026 03:10:00 GMT\r\ncontent-length: 12345\r\n\r\n";
    got.length + headers + added.len()
}

/// As a browser asks for it.
fn fetched(phone: &Phone, path: &str) -> Got {
    let asked = [
        ("host", "localhost:7466"),
        ("accept-encoding", "gzip, deflate"),
    ];
    phone.browser.send("GET", path, "", &asked)
}

#[test]
fn the_page_comes_quickly_over_a_weak_network() {
    let files = |phone: &Phone| -> usize {
        let files = [
            "/bed.css",
            "/bed.js",
            "/icon.svg",
            // where there is a worker, and after the page is shown; once for a version it fetches the three above again
            "/bed.webmanifest",
            "/bed-worker.js",
            "/bed/kept",
        ];
        files.iter().map(|path| bytes(&fetched(phone, path))).sum()
    };
    let night = Phone::of(Browser::paired(NIGHT, DeviceKind::Bedside));
    let morning = following(&[
        "exercise",
        "room",
        "covers-press",
        "posture",
        "stretch",
        "fluid",
        "alcohol",
        "magnesium",
    ]);
    for (name, phone, path, words) in [
        ("night", &night, "/bed/cramp", ""),
        ("morning", &morning, "/bed/night", "2026-03-03 stretch=yes"),
    ] {
        let (page, files) = (bytes(&fetched(phone, "/bed")), files(phone));
        let answer = bytes(&phone.tap(path, "a", &[("words", words)]));
        let total = page + files + answer;
        assert!(
            total <= 20_000,
            "{name}: page {page}, files {files}, answer {answer}"
        );
    }
}
