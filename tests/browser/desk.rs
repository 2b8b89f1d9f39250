//! The desk: every page by daylight and in the dark, and everything without JavaScript.

use serde_json::json;

use crate::driver::Browser;
use crate::looks::{accessible, check};
use crate::server::Served;

const MORNING: &str = "2026-03-04T08:10:00Z";

/// The owner's browser on the first page of the desk.
fn desk(served: &Served, test: &str) -> Option<Browser> {
    let browser = Browser::open(test)?;
    browser.set_size(1280, 900, 1.0);
    browser.goto(&served.entry);
    browser.wait("location.pathname === '/'");
    Some(browser)
}

/// The pages the navigation leads to.
fn pages(browser: &Browser) -> Vec<String> {
    let links = browser
        .script("return [...document.querySelectorAll('nav a')].map(a => a.getAttribute('href'))");
    let links = links.as_array().unwrap().iter();
    let pages: Vec<String> = links.map(|a| a.as_str().unwrap().to_string()).collect();
    assert!(pages.len() > 2, "{pages:?}");
    pages
}

fn name(page: &str) -> String {
    match page.trim_matches('/') {
        "" => "today".to_string(),
        page => page.replace('/', "-"),
    }
}

#[test]
fn every_page_of_a_long_diary_is_accessible_by_day_and_in_the_dark() {
    let served = Served::demo(MORNING);
    let Some(browser) = desk(&served, "the pages of the desk") else {
        return;
    };
    for page in pages(&browser) {
        browser.goto(&served.address(&page));
        browser.script("for (const more of document.querySelectorAll('details')) more.open = true");
        browser.set_scheme("light");
        let page_name = format!("desk-{}", name(&page));
        check(&browser, &page_name);
        browser.set_scheme("dark");
        accessible(&browser, &format!("{page_name} in the dark"));
        browser.picture(&format!("{page_name}-dark"));
        let unseen = browser.script(
            "return [...document.images].filter(i => !i.complete || i.naturalWidth === 0).map(i => i.src)",
        );
        assert_eq!(unseen, json!([]), "{page}: pictures that do not show");
    }
}

#[test]
fn every_page_of_an_empty_diary_says_something() {
    let served = Served::at(MORNING);
    let Some(browser) = desk(&served, "the pages of an empty diary") else {
        return;
    };
    for page in pages(&browser) {
        browser.goto(&served.address(&page));
        check(&browser, &format!("desk-empty-{}", name(&page)));
        assert!(
            browser
                .script("return document.querySelector('main').innerText.length")
                .as_u64()
                > Some(20),
            "{page}"
        );
    }
}

#[test]
fn the_charts_are_the_files_of_the_command() {
    let served = Served::demo(MORNING);
    let Some(browser) = desk(&served, "the charts of the desk") else {
        return;
    };
    let mut seen = 0;
    for page in ["/calendar", "/charts", "/links"] {
        browser.goto(&served.address(page));
        let shown = browser.promise(
            "Promise.all([...document.images].map(async image => \
             [image.getAttribute('src'), await (await fetch(image.src)).text()]))",
        );
        for picture in shown.as_array().unwrap() {
            let address = picture[0].as_str().unwrap();
            let kind = address.strip_prefix("/chart/").unwrap();
            let kind = kind.strip_suffix(".svg").unwrap();
            let words: Vec<&str> = ["chart"].into_iter().chain(kind.split('/')).collect();
            let written = served.written(MORNING, &words, "svg");
            assert!(
                picture[1].as_str().unwrap().as_bytes() == written,
                "{address} differs"
            );
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen} pictures");
}

#[test]
fn the_morning_is_answered_on_the_desk() {
    let served = Served::at(MORNING);
    for night in [
        ["-2", "socks=yes", "alcohol=2"],
        ["-3", "socks=no", "alcohol=1"],
    ] {
        served.cramp(MORNING, &[&["night", "calm"], &night[..]].concat());
    }
    let Some(browser) = desk(&served, "the check-in of the desk") else {
        return;
    };
    browser.wait_text("Night of Tue 3 Mar: was there a cramp?");
    let chosen = "return document.querySelectorAll('input:checked').length";
    assert_eq!(browser.script(chosen), json!(0), "nothing is filled in");
    browser.click("input[name='night 2026-03-03'][value='yes'] + span");
    browser.type_into("input[name='more night 2026-03-03']", "3am left calf 6");
    browser.click("input[name='factor 2026-03-03 socks'][value='no'] + span");
    browser.type_into("input[name='factor 2026-03-03 alcohol']", "a river");
    check(&browser, "desk-check-in");
    browser.set_size(1280, 900, 1.0);
    browser.click("form[action='/check-in'] button.main");
    // what was refused stays to be mended, and the rest is kept
    browser.wait_shown("main", "This could not be done");
    check(&browser, "desk-check-in-refused");
    assert_eq!(served.cramps(), ["2026-03-04T03:00:00+00:00"]);
    let typed = "return document.querySelector(\"input[name='factor 2026-03-03 alcohol']\").value";
    assert_eq!(browser.script(typed), json!("a river"));
    browser.set_size(1280, 900, 1.0);
    browser
        .script("document.querySelector(\"input[name='factor 2026-03-03 alcohol']\").value = ''");
    browser.type_into("input[name='factor 2026-03-03 alcohol']", "2");
    browser.click("form[action='/check-in'] button.main");
    browser.wait("!document.body.innerText.includes('could not be done')");
    let listed = served.cramp(MORNING, &["list", "--last", "2n"]);
    for part in ["left calf", "socks=no", "alcohol=2"] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
}

#[test]
fn every_page_prints() {
    let served = Served::demo(MORNING);
    let Some(browser) = desk(&served, "the desk on paper") else {
        return;
    };
    for page in pages(&browser) {
        browser.goto(&served.address(&page));
        let sheets = browser.print(&format!("desk-{}", name(&page)));
        assert!((1..20).contains(&sheets), "{page}: {sheets} sheets");
    }
}

#[test]
fn without_scripts_a_line_is_echoed_then_kept_and_undone() {
    let served = Served::at(MORNING);
    let Some(browser) = desk(&served, "the desk without JavaScript") else {
        return;
    };
    browser.without_scripts();
    browser.goto(&served.address("/"));
    browser.type_into("#line", "left calf 7 at 03:10");
    browser.click("form[action='/say'] button");
    browser.wait_shown("main", "left calf");
    assert_eq!(served.cramps().len(), 0, "an echo keeps nothing");
    browser.click("form[action='/keep'] button");
    browser.wait_shown("main", "left calf");
    assert_eq!(served.cramps(), ["2026-03-04T03:10:00+00:00"]);
    // sent again by the browser, it counts once
    browser.reload();
    assert_eq!(served.cramps().len(), 1);
    for (page, text) in [
        ("/calendar", "Calendar"),
        ("/entries", "left calf"),
        ("/flags", "Warnings"),
        ("/bed", "Cramp now"),
    ] {
        browser.goto(&served.address(page));
        browser.wait_shown("main", text);
    }
    browser.click("#cramp button");
    browser.wait_shown("main", "Kept");
    assert_eq!(
        served.cramps().len(),
        2,
        "the bedside works without JavaScript"
    );
}

#[test]
fn what_was_written_is_text_and_nothing_else() {
    let served = Served::at(MORNING);
    let evil = "left calf 7 at 03:10 note \"<img src=x onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)>\"";
    served.cramp(MORNING, &["log", evil]);
    let Some(browser) = desk(&served, "HTML in a note") else {
        return;
    };
    for page in pages(&browser) {
        browser.goto(&served.address(&page));
        let made = browser.script(
            "return document.querySelectorAll('main [onerror], main [onload], main script').length",
        );
        assert_eq!(made, json!(0), "{page}");
    }
}
