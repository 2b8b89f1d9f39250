//! Pairing by the fragment of an address.

use crate::driver::Browser;
use crate::server::Served;

const NIGHT: &str = "2026-03-04T03:10:00Z";

#[test]
fn a_code_in_the_fragment_pairs_once_and_leaves_the_address() {
    let served = Served::at(NIGHT);
    let Some(browser) = Browser::open("pairing by the fragment") else {
        return;
    };
    browser.goto(&served.entry);
    browser.wait("location.pathname === '/'");
    assert_eq!(browser.address(), served.address("/"));
    browser.picture("desk-first");
    assert_eq!(
        browser.script("return document.cookie"),
        "",
        "scripts cannot read the secret"
    );

    // going back shows no code, and a code works once
    browser.script("history.back()");
    assert!(!browser.address().contains('#'), "{}", browser.address());
    browser.devtools("Network.clearBrowserCookies", serde_json::json!({}));
    browser.goto(&served.entry);
    browser.wait_text("not valid any more");
    assert!(!browser.address().contains('#'), "{}", browser.address());
    browser.picture("pairing-failed");
}
