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
