//! The bedside while the computer sleeps: the page opens, its taps wait, and nothing of another day is shown.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};

use serde_json::json;

use crate::bedside::wait_for;
use crate::driver::Browser;
use crate::looks::check;
use crate::server::Served;

const MORNING: &str = "2026-03-04T08:10:00Z";
const LATER: &str = "2026-03-04T08:20:00Z";
/// What is kept by caches of the browser, as addresses.
const KEPT: &str = "(async () => { const all = []; \
    for (const name of await caches.keys()) \
      for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname); \
    return all.sort(); })()";
const SENT: &str = "document.getElementById('waiting').textContent === ''";

/// A phone with the page open, whose worker has kept it.
fn kept(served: &Served, test: &str) -> Option<Browser> {
    let browser = Browser::open(test)?;
    browser.set_now(MORNING);
    browser.set_zone("Europe/London");
    browser.set_size(390, 844, 1.0);
    browser.goto(&served.entry);
    browser.wait("location.pathname === '/'");
    // what an older program kept
    browser.promise(
        "caches.open('bedside-0').then(cache => cache.put('/bed/kept', new Response('old')))",
    );
    browser.goto(&served.address("/bed"));
    browser.wait("navigator.serviceWorker.controller?.state === 'activated'");
    Some(browser)
}

#[test]
fn the_page_opens_while_the_computer_sleeps_and_its_taps_arrive_once() {
    let mut served = Served::at(MORNING);
    let Some(browser) = kept(&served, "the page without the computer") else {
        return;
    };
    let wanted = json!(["/bed.css", "/bed.js", "/bed/kept", "/icon.svg"]);
    assert_eq!(browser.promise(KEPT), wanted, "one version is kept");
    assert!(browser.text().contains("Last night"), "{}", browser.text());
    served.kill();
    browser.reload();
    browser.wait_text("Your computer did not answer");
    assert_eq!(browser.address(), served.address("/bed"));
    let style = "return getComputedStyle(document.body).color";
    assert_eq!(browser.script(style), json!("rgb(217, 164, 91)"));
    assert!(!browser.text().contains("Last night"), "{}", browser.text());
    check(&browser, "bed-asleep");
    browser.click("#cramp button");
    browser.wait_text("(1)");
    browser.script("later(60000)");
    browser.click("#cramp button");
    browser.wait_text("(2)");
    // closed, and opened again
    browser.goto("about:blank");
    browser.goto(&served.address("/bed"));
    browser.wait_text("(2)");
    check(&browser, "bed-asleep-waiting");
    served.start(LATER);
    browser.wait(SENT);
    let began = served.cramps();
    assert_eq!(began.len(), 2, "{began:?}");
    assert!(began[0] < began[1], "{began:?}");
    browser.reload();
    browser.wait_text("Last night");
    assert!(
        !browser.text().contains("did not answer"),
        "{}",
        browser.text()
    );
    assert_eq!(served.cramps(), began);
    assert_eq!(browser.promise(KEPT), wanted, "no answer to a tap is kept");
}

#[test]
fn a_phone_that_is_shut_out_keeps_no_page() {
    let mut served = Served::at(MORNING);
    let Some(browser) = kept(&served, "the kept page of a phone that is shut out") else {
        return;
    };
    let files = json!(["/bed.css", "/bed.js", "/icon.svg"]);
    let revoke = |served: &Served| served.cramp(MORNING, &["devices", "revoke", "this computer"]);
    revoke(&served);
    browser.click("#cramp button");
    browser.wait_text("not paired any more");
    assert_eq!(browser.promise(KEPT), files, "after a tap that was refused");

    // paired again it is kept again, and goes when the page is opened
    served.kill();
    served.start(MORNING);
    browser.goto(&served.entry);
    browser.wait("location.pathname === '/'");
    browser.goto(&served.address("/bed"));
    browser.wait_text("Last night");
    browser.wait(SENT);
    wait_for(&served, 1);
    let with_page = json!(["/bed.css", "/bed.js", "/bed/kept", "/icon.svg"]);
    let until = |wanted: &serde_json::Value| {
        for _ in 0..200 {
            if browser.promise(KEPT) == *wanted {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert_eq!(browser.promise(KEPT), *wanted);
    };
    until(&with_page);
    revoke(&served);
    browser.goto("about:blank");
    browser.goto(&served.address("/bed"));
    // a page of the same address without cookie can see what is kept
    browser.goto(&served.address("/pair"));
    until(&files);
    served.kill();
}

/// A computer that wakes takes a connection and says nothing yet; a proxy answers for one that serves nothing.
#[test]
fn who_takes_a_request_and_has_no_answer_counts_as_asleep() {
    let mut served = Served::at(MORNING);
    let Some(browser) = kept(&served, "a computer without an answer") else {
        return;
    };
    served.kill();
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, served.port)).unwrap();
    browser.reload();
    browser.wait_text("Your computer did not answer");
    browser.goto("about:blank");
    std::thread::spawn(move || {
        for stream in silent.incoming() {
            let mut stream = stream.unwrap();
            let _asked = stream.read(&mut [0; 4096]);
            let _closed = stream.write_all(
                b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            );
        }
    });
    browser.goto(&served.address("/bed"));
    browser.wait_text("Your computer did not answer");
    browser.click("#cramp button");
    browser.wait_text("(1)");
}

/// What a browser asks of a page before it offers to install it.
#[test]
fn the_bedside_can_be_installed() {
    let served = Served::at(MORNING);
    let Some(browser) = kept(&served, "the bedside as an app") else {
        return;
    };
    let read = browser.devtools("Page.getAppManifest", json!({}));
    assert_eq!(read["errors"], json!([]), "{read:#}");
    assert!(
        read["url"].as_str().unwrap().ends_with("/bed.webmanifest"),
        "{read:#}"
    );
    let refused = browser.devtools("Page.getInstallabilityErrors", json!({}));
    assert_eq!(refused["installabilityErrors"], json!([]), "{refused:#}");
}
