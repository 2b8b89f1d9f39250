//! The bedside: taps, the queue of the phone, and what the page says about them.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::driver::Browser;
use crate::looks::check;
use crate::server::Served;

const NIGHT: &str = "2026-03-04T03:10:00Z";
const MORNING: &str = "2026-03-04T08:10:00Z";
/// The page's clock shows as many minutes past 03:10 by London's.
const AFTER: [&str; 3] = [
    "2026-03-04T03:11:00Z",
    "2026-03-04T03:19:00Z",
    "2026-03-04T03:21:30Z",
];

/// A phone in a zone at the time of the server, with the bedside open.
fn bedside(served: &Served, test: &str, zone: &str) -> Option<Browser> {
    bedside_at(served, test, NIGHT, zone)
}

fn bedside_at(served: &Served, test: &str, now: &str, zone: &str) -> Option<Browser> {
    let browser = Browser::open(test)?;
    browser.set_now(now);
    browser.set_zone(zone);
    browser.set_size(390, 844, 1.0);
    browser.goto(&served.entry);
    browser.wait("location.pathname === '/'");
    browser.goto(&served.address("/bed"));
    Some(browser)
}

const SENT: &str = "document.getElementById('waiting').textContent === ''";

/// Taps, and waits until the computer has it.
fn tap_and_wait(browser: &Browser, served: &Served, cramps: usize) {
    browser.click("#cramp button");
    wait_for(served, cramps);
    browser.wait(SENT);
}

pub(crate) fn wait_for(served: &Served, cramps: usize) -> Vec<String> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let found = served.cramps();
        if found.len() >= cramps || Instant::now() > end {
            assert_eq!(found.len(), cramps, "{found:?}");
            return found;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn one_tap_is_a_cramp_with_the_offset_of_the_phone() {
    let served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "one tap", "America/New_York") else {
        return;
    };
    check(&browser, "bed-night");
    tap_and_wait(&browser, &served, 1);
    let began = served.cramps();
    assert!(began[0].starts_with("2026-03-03T22:1"), "{began:?}");
    assert!(began[0].ends_with("-05:00"), "{began:?}");
    browser.wait("!document.getElementById('details').hidden");
    check(&browser, "bed-after-tap");
    browser.reload();
    assert_eq!(served.cramps(), began, "a reload adds nothing");
}

#[test]
fn the_second_half_of_a_double_tap_is_no_cramp_and_a_later_tap_is() {
    let served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "double tap", "Europe/London") else {
        return;
    };
    browser.script(
        "const cramp = document.querySelector('#cramp button'); cramp.click(); cramp.click();",
    );
    wait_for(&served, 1);
    browser.wait(SENT);
    browser.script("later(60000)");
    tap_and_wait(&browser, &served, 2);
}

#[test]
fn taps_without_the_computer_wait_and_arrive_once_in_order() {
    let mut served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "queue of taps", "Europe/London") else {
        return;
    };
    served.kill();
    browser.click("#cramp button");
    browser.wait_text("(1)");
    browser.wait_text(
        "If this page is closed or gets another address, taps may wait under the old one.",
    );
    check(&browser, "bed-waiting");
    browser.script("later(60000)");
    for n in 2..=50 {
        browser.script("document.querySelector('#cramp button').click(); later(60000)");
        browser.wait(&format!(
            "document.getElementById('waiting').textContent.includes('({n})')"
        ));
    }
    served.start("2026-03-04T04:10:00Z");
    browser.wait(SENT);
    let began = wait_for(&served, 50);
    let mut sorted = began.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), 50, "{began:?}");
    browser.reload();
    assert_eq!(served.cramps(), began);
}

/// Whether the page shows an element.
fn is_there(browser: &Browser, css: &str) -> bool {
    browser.script(&format!(
        "return document.querySelector({}) !== null",
        json!(css)
    )) == json!(true)
}

/// How many taps wait on the phone.
fn wait_waiting(browser: &Browser, n: usize) {
    browser.wait(&format!(
        "document.getElementById('waiting').textContent.includes('({n})')"
    ));
}

#[test]
fn what_was_tapped_without_the_computer_cannot_be_tapped_a_second_time() {
    let mut served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "no doubles while offline", "Europe/London") else {
        return;
    };
    browser.type_into("#line", "leg cramp and it is swollen");
    browser.click("#words button");
    browser.wait("document.querySelector('.keep button')");
    browser.click(".keep button");
    wait_for(&served, 1);
    browser.wait("document.querySelector('.question button')");
    browser.wait("document.querySelector('form[action=\"/bed/undo\"]')");
    served.kill();

    // words
    browser.script("later(60000)");
    browser.type_into("#line", "left calf 6");
    browser.click("#words button");
    browser.wait_text("Your words can wait on this phone");
    browser.click("#said .keep button");
    wait_waiting(&browser, 1);
    assert!(!is_there(&browser, "#said .keep"), "{}", browser.text());
    browser.wait("document.getElementById('said').textContent === 'Noted.'");
    check(&browser, "bed-kept-offline");
    // the answer to a question
    for _ in 0..3 {
        browser.script("later(60000)");
        browser.click(".question button[value=yes]");
        wait_waiting(&browser, 2);
    }
    served.start("2026-03-04T03:20:00Z");
    browser.wait(SENT);
    wait_for(&served, 2);

    // a detail, and what is taken back: the answer
    browser.wait("document.querySelector('form[action=\"/bed/undo\"]')");
    let said = served.cramp(NIGHT, &["list"]);
    assert!(said.contains("swelling"), "{said}");
    served.kill();
    for _ in 0..3 {
        browser.script("later(60000)");
        browser.click("button[value='pain=7']");
        wait_waiting(&browser, 1);
    }
    browser.click("#said form[action='/bed/undo'] button");
    wait_waiting(&browser, 2);
    assert!(
        !is_there(&browser, "#said form[action='/bed/undo']"),
        "{}",
        browser.text()
    );
    served.start("2026-03-04T03:22:00Z");
    browser.wait(SENT);
    let said = served.cramp(NIGHT, &["list"]);
    assert!(said.contains("pain 7/10"), "{said}");
    assert!(!said.contains("swelling"), "{said}");
}

#[test]
fn a_tap_survives_the_end_of_the_server_between_write_and_answer_and_of_the_page() {
    let mut served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "server killed at a tap", "Europe/London") else {
        return;
    };
    // killed at once after the tap, at whatever point of it
    browser.script("document.querySelector('#cramp button').click()");
    served.kill();
    served.start(AFTER[0]);
    wait_for(&served, 1);
    browser.wait(SENT);
    // closed and opened again while the computer is away
    browser.script("later(60000)");
    served.kill();
    browser.script("document.querySelector('#cramp button').click()");
    browser.wait_text("(1)");
    served.start(AFTER[0]);
    browser.goto(&served.address("/bed"));
    wait_for(&served, 2);
    browser.wait(SENT);
}

#[test]
fn a_tap_can_be_taken_back_for_ten_minutes() {
    let mut served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "undo at the bedside", "Europe/London") else {
        return;
    };
    let undo = "form[action='/bed/undo'] button";
    let is_shown = format!("document.querySelector({})", json!(undo));
    tap_and_wait(&browser, &served, 1);
    browser.wait(&is_shown);
    served.kill();
    served.start(AFTER[1]);
    browser.script("later(540000)");
    browser.click(undo);
    browser.wait_text("Taken back");
    wait_for(&served, 0);

    tap_and_wait(&browser, &served, 1);
    browser.wait(&is_shown);
    served.kill();
    served.start("2026-03-04T03:30:30Z");
    browser.script("later(660000)");
    browser.click(undo);
    browser.wait_text("ten minutes");
    assert_eq!(served.cramps().len(), 1);
    check(&browser, "bed-refused");
}

#[test]
fn what_is_tapped_and_typed_is_kept_as_it_was_shown() {
    let served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "details and free words", "Europe/London") else {
        return;
    };
    tap_and_wait(&browser, &served, 1);
    for words in ["side=left", "site=calf", "pain=7", "+stretch"] {
        browser.script("later(1000)");
        browser.click(&format!("button[value='{words}']"));
        browser.wait(SENT);
    }
    browser.wait_text("left calf");
    let said = served.cramp(NIGHT, &["list"]);
    for word in ["left", "calf", "7"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    check(&browser, "bed-details");

    browser.type_into("#line", "right foot 4 at 01:30");
    browser.click("#words button");
    browser.wait_text("right foot");
    assert_eq!(
        served.cramps().len(),
        1,
        "nothing is kept before it is confirmed"
    );
    check(&browser, "bed-echo");
    browser.script("later(60000)");
    browser.click(".keep button");
    wait_for(&served, 2);
}

#[test]
fn words_after_the_answer_that_there_was_a_cramp_are_of_last_night() {
    const NOON: &str = "2026-03-04T12:30:00Z";
    let mut served = Served::at(NOON);
    let Some(browser) = bedside_at(&served, "words of last night", NOON, "Europe/London") else {
        return;
    };
    browser.click("#morning .outcome [data-night]");
    browser.wait_text("You can say what it was like");
    browser.wait(SENT);
    check(&browser, "bed-morning-cramp");
    // taken back, the words are of now again
    browser.script("later(1000)");
    browser.click(".outcome form[action='/bed/undo'] button");
    browser.wait_text("Taken back");
    let night = "document.querySelector('#words [name=night]').value";
    assert_eq!(browser.script(&format!("return {night}")), "");
    browser.script("later(1000)");
    browser.click("#morning .outcome [data-night]");
    browser.wait_text("You can say what it was like");
    browser.reload();
    browser.wait_text("You can say what it was like");
    browser.wait(&format!("{night} === '2026-03-03'"));
    // without the computer too
    let said = |line: &str| {
        browser.script("later(60000)");
        browser.type_into("#line", line);
        browser.click("#words button");
        browser.wait("document.querySelector('#said .keep button')");
        browser.click("#said .keep button");
    };
    said("left calf 6");
    wait_for(&served, 1);
    browser.wait(SENT);
    served.kill();
    said("right foot 4");
    wait_waiting(&browser, 1);
    served.start(NOON);
    assert_eq!(wait_for(&served, 2), ["", ""], "the time is not known");
    browser.wait(SENT);
    let listed = served.cramp(NOON, &["list"]);
    assert!(listed.contains("2026-03-03  Tue 3 Mar"), "{listed}");
    assert!(!listed.contains("2026-03-04  Wed 4 Mar"), "{listed}");
    // a cramp now is one of now, and so are the words after it
    browser.script("later(60000)");
    browser.click("#cramp button");
    wait_for(&served, 3);
    said("left calf 3");
    let began = wait_for(&served, 4);
    assert!(began[3].starts_with("2026-03-04T12:"), "{began:?}");
}

/// A server in the morning whose diary is used to these factors.
fn followed(noted: &str) -> Served {
    let served = Served::at(MORNING);
    for night in ["2026-03-01", "2026-03-02"] {
        let words: Vec<&str> = noted.split_whitespace().collect();
        served.cramp(MORNING, &[&["night", night], words.as_slice()].concat());
    }
    served
}

/// What is said beside the question with this field or button.
fn wait_beside(browser: &Browser, words: &str, text: &str) {
    browser.wait(&format!(
        "[...document.querySelectorAll('#morning [name=words]')].find(e => e.value.endsWith({})) \
         .closest('fieldset').querySelector('.told').innerText.includes({})",
        json!(words),
        json!(text)
    ));
}

#[test]
fn what_was_kept_or_refused_of_the_morning_stands_beside_its_question() {
    let served = followed("calm exercise=30min stretch=yes");
    let Some(browser) = bedside_at(&served, "beside the question", MORNING, "Europe/London") else {
        return;
    };
    let number = "input[name=words][value$=' exercise='] ~";
    browser.type_into(&format!("{number} [name=line]"), "lots");
    browser.click(&format!("{number} button:not([data-step])"));
    wait_beside(&browser, " exercise=", "This was not kept");
    wait_beside(&browser, " exercise=", "lots");
    assert_eq!(
        browser.script("return document.getElementById('refused').innerText"),
        ""
    );
    check(&browser, "bed-morning-refused");
    // over a reload; another answer takes its place
    browser.reload();
    wait_beside(&browser, " exercise=", "lots");
    browser.script("later(1000)");
    browser.type_into(&format!("{number} [name=line]"), "20");
    browser.click(&format!("{number} button:not([data-step])"));
    wait_beside(&browser, " exercise=", "Kept: exercise 20 min.");
    browser.script("later(1000)");
    browser.click("#morning button[value$=' stretch=no']");
    wait_beside(&browser, " stretch=no", "Kept: stretch no.");
    assert_eq!(
        browser.script("return document.getElementById('said').innerText"),
        ""
    );
    assert_eq!(
        browser.script("return document.querySelectorAll('#morning fieldset.kept').length"),
        json!(2)
    );
    check(&browser, "bed-morning-kept");
    // and is taken back there
    browser.script("later(1000)");
    browser.click(".kept:has([value$=' stretch=no']) form[action='/bed/undo'] button");
    wait_beside(&browser, " stretch=no", "Taken back.");
    assert!(!is_there(
        &browser,
        "[value$=' stretch=no'][aria-pressed=true]"
    ));
    let listed = served.cramp(MORNING, &["list"]);
    assert_eq!(listed.matches("stretch=").count(), 2, "{listed}");
    assert!(listed.contains("exercise=20"), "{listed}");
}

#[test]
fn a_cramp_of_last_night_answers_the_question_whether_there_was_one() {
    let served = followed("calm stretch=yes");
    let Some(browser) = bedside_at(&served, "a cramp answers", MORNING, "Europe/London") else {
        return;
    };
    let asks = "document.querySelector('.outcome').checkVisibility()";
    browser.wait(asks);
    tap_and_wait(&browser, &served, 1);
    browser.wait(&format!("!{asks}"));
    check(&browser, "bed-morning-cramp-now");
    // what is taken back is asked again
    browser.script("later(1000)");
    browser.click("#said form[action='/bed/undo'] button");
    browser.wait_text("Taken back");
    browser.wait(asks);
    // a cramp of another night answers nothing
    browser.script("later(60000)");
    browser.type_into("#line", "left calf 2026-03-02 23:00");
    browser.click("#words button");
    browser.wait("document.querySelector('#said .keep button')");
    browser.click("#said .keep button");
    wait_for(&served, 1);
    browser.wait_text("Kept: ");
    browser.wait(asks);
}

#[test]
fn details_are_asked_of_a_cramp_only_and_of_the_last_one_over_a_reload() {
    let served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "details of a cramp", "Europe/London") else {
        return;
    };
    let keep = |line: &str| {
        browser.script("later(60000)");
        browser.type_into("#line", line);
        browser.click("#words button");
        browser.wait("document.querySelector('#said .keep button')");
        browser.click("#said .keep button");
        browser.wait("document.querySelector('#said form[action=\"/bed/undo\"]')");
    };
    let are_there = || browser.script("return !document.getElementById('details').hidden");
    keep("can't feel between my legs");
    assert_eq!(are_there(), json!(false), "{}", browser.text());
    keep("left calf 7");
    browser.wait("!document.getElementById('details').hidden");
    for value in ["side=left", "site=calf", "pain=7"] {
        let button = format!("button[value='{value}'][aria-pressed=true]");
        assert!(is_there(&browser, &button), "{value}");
    }
    browser.reload();
    browser.wait_text("Kept: ");
    assert!(is_there(
        &browser,
        "button[value='pain=7'][aria-pressed=true]"
    ));
    check(&browser, "bed-after-reload");
    for width in [320, 390] {
        browser.set_size(width, 844, 1.0);
        browser.wait(&format!(
            "innerWidth === {width} && [...document.querySelectorAll('.pain button')] \
             .every(button => button.getBoundingClientRect().width >= 44)"
        ));
    }
    browser.script("later(1000)");
    browser.click("button[value='pain=8']");
    browser.wait_text("pain 8/10");
    browser.click("#said form[action='/bed/undo'] button");
    browser.wait_text("Taken back");
    wait_for(&served, 0);
}

#[test]
fn a_refused_tap_is_named_by_its_button() {
    let mut served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "refused taps", "Europe/London") else {
        return;
    };
    tap_and_wait(&browser, &served, 1);
    browser.wait("document.querySelector('#said form')");
    served.kill();
    served.start("2026-03-04T03:30:30Z");
    browser.script("later(1230000)");
    for value in ["side=left", "pain=7"] {
        browser.script("later(1000)");
        browser.click(&format!("button[value='{value}']"));
        browser.wait(SENT);
    }
    browser.wait_text("Which leg? Left");
    browser.wait_text("Pain, 0 to 10 Pain 7");
    assert!(!browser.text().contains("side="), "{}", browser.text());
    assert!(
        !is_there(&browser, "#details [aria-pressed=true]"),
        "a refused tap is not pressed"
    );
    check(&browser, "bed-refused-taps");
}

#[test]
fn a_warning_stays_until_it_is_touched() {
    let served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "warning at entry", "Europe/London") else {
        return;
    };
    browser.type_into("#line", "left calf 8 swollen and red");
    browser.click("#words button");
    browser.wait("document.querySelector('.keep button')");
    browser.click(".keep button");
    wait_for(&served, 1);
    browser.wait("document.querySelector('.question')");
    check(&browser, "bed-question");
    browser.click(".question button[value=yes]");
    browser.wait("document.querySelector('#warnings .warning')");
    check(&browser, "bed-warning");
    browser.reload();
    browser.wait("document.querySelector('#warnings .warning')");
    browser.click("#warnings button");
    browser.wait("!document.querySelector('#warnings .warning')");
    browser.reload();
    assert_eq!(
        browser.script("return document.querySelector('#warnings .warning')"),
        json!(null)
    );
}

#[test]
fn a_question_for_a_detail_stays_until_a_tap_answers_it() {
    let served = Served::at(NIGHT);
    let Some(browser) = bedside(&served, "question for a detail", "Europe/London") else {
        return;
    };
    let button = |value: &str| format!("#asked button[value='{value}']");
    let tap = |value: &str| {
        browser.wait(&format!("document.querySelector({})", json!(button(value))));
        // what follows a tap at once is taken for the second half of a double tap
        browser.script("later(1000)");
        browser.click(&button(value));
    };
    browser.type_into("#line", "leg cramp and it is swollen");
    browser.click("#words button");
    browser.wait("document.querySelector('.keep button')");
    browser.click(".keep button");
    wait_for(&served, 1);
    tap("yes");
    browser.wait(&format!(
        "document.querySelector({})",
        json!(button("left"))
    ));
    check(&browser, "bed-question-detail");
    // over another tap and a reload
    browser.script("later(1000)");
    browser.click("button[value='pain=7']");
    browser.wait_text("pain 7/10");
    browser.reload();
    tap("?");
    browser.wait_text("stays unknown");
    check(&browser, "bed-cannot-tell");
    tap("left");
    browser.wait("document.querySelector('#warnings .warning')");
    check(&browser, "bed-warning-detail");
    let kept = served.cramp(NIGHT, &["flags"]);
    assert!(kept.contains("red-dvt"), "{kept}");
}

#[test]
fn in_the_morning_the_night_is_answered_by_one_tap() {
    let served = Served::at(MORNING);
    // what was noted twice of late is asked about
    for night in ["2026-03-01", "2026-03-02"] {
        let noted = "calm exercise=30min room=18 covers-press=no posture=side stretch=yes fluid=1.5l \
                     alcohol=1 magnesium=200mg";
        let words: Vec<&str> = noted.split_whitespace().collect();
        served.cramp(MORNING, &[&["night", night], words.as_slice()].concat());
    }
    let Some(browser) = bedside_at(&served, "the morning", MORNING, "Europe/London") else {
        return;
    };
    check(&browser, "bed-morning");
    assert_eq!(
        browser.script("return document.querySelectorAll('#morning [aria-pressed=true]').length"),
        json!(0),
        "nothing is chosen before it is tapped"
    );
    let field = "input[name=words][value$=' room='] ~";
    for _ in 0..2 {
        browser.click(&format!("{field} [data-step='1']"));
    }
    let shown = format!("document.querySelector(\"{field} [name=line]\").value === '18.5'");
    browser.wait(&shown);
    browser.click(&format!("{field} button:not([data-step])"));
    browser.wait_text("room 18.5");
    check(&browser, "bed-morning-number");
    browser.click("#morning .outcome button[value*='calm']");
    browser.wait_text("no cramp that night");
    browser.wait(SENT);
    let said = served.cramp(MORNING, &["list"]);
    assert!(said.contains("calm"), "{said}");
    browser.reload();
    check(&browser, "bed-morning-answered");
}
