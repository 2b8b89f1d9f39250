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

#[test]
fn a_second_code_opened_in_the_same_tab_is_used_too() {
    let mut served = Served::at(NIGHT);
    let Some(browser) = Browser::open("a second code in one tab") else {
        return;
    };
    let old = served.entry.replace("/enter#", "/pair#");
    served.kill();
    served.start("2026-03-04T03:20:00Z");
    browser.goto(&old);
    browser.wait_text("not valid any more");
    let fresh = served.entry.replace("/enter#", "/pair#");
    // only the fragment changes: the page is not loaded again
    browser.goto(&fresh);
    browser.wait("location.pathname === '/'");
    browser.goto(&fresh);
    browser.wait_text("not valid any more");
    browser.goto(&old);
    browser.wait("location.hash === ''");
    browser.wait_text("not valid any more");
}

/// The command line of a browser shows to every account of the computer; a file need not.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_let_in_by_a_private_file_that_is_gone_afterwards() {
    use std::os::unix::fs::PermissionsExt;
    let (served, page) = Served::opened(NIGHT);
    let code = served.entry.split_once('#').unwrap().1;
    assert!(!page.display().to_string().contains(code), "{page:?}");
    let mode = std::fs::metadata(&page).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(std::fs::read_to_string(&page).unwrap().contains(code));
    let Some(browser) = Browser::open("a browser that is opened") else {
        return;
    };
    browser.goto(&format!("file://{}", page.display()));
    browser.wait("location.pathname === '/'");
    assert!(!page.exists() && !page.parent().unwrap().exists());
}
