//! What a phone keeps of the bedside: a plain page and its files, by a worker, as an app.

use serde_json::json;

use crate::store::devices::DeviceKind;
use crate::tests::web::Browser;
use crate::tests::web_bedside_morning::following;

const NIGHT: &str = "2026-03-04T03:10:00Z";

/// The value of the first hidden field of this name.
fn field<'p>(page: &'p str, name: &str) -> &'p str {
    let marked = format!("name=\"{name}\" value=\"");
    let value = page.split_once(&marked).unwrap().1;
    value.split_once('"').unwrap().0
}

#[test]
fn the_kept_page_says_nothing_of_a_day_and_its_forms_are_those_of_the_device() {
    let phone = following(&["room", "alcohol"]);
    let tapped = phone.tap("/bed/cramp", "a", &[("line", "left calf 8 swollen")]);
    assert!(tapped.body.contains("swollen"), "{}", tapped.body);
    let (page, kept) = (
        phone.browser.get("/bed").body,
        phone.browser.get("/bed/kept").body,
    );
    for of_today in ["id=\"morning\"", "class=\"question\"", "name=\"ask\""] {
        assert!(page.contains(of_today), "{of_today}: {page}");
        assert!(!kept.contains(of_today), "{of_today}: {kept}");
    }
    for word in [
        "swollen",
        "class=\"warning\"",
        "Kept:",
        "room",
        "last night",
    ] {
        // the advice for a cramp is the same on every day
        let said = kept.split_once("<details").unwrap().0;
        assert!(!said.contains(word), "{word}: {said}");
    }
    assert!(kept.contains("Your computer did not answer."), "{kept}");
    assert!(kept.contains("<a href=\"/bed\">Try again</a>"), "{kept}");
    assert!(!page.contains("did not answer"), "{page}");
    assert_eq!(field(&kept, "csrf"), field(&page, "csrf"));
    assert_ne!(field(&kept, "key"), field(&page, "key"));
}

#[test]
fn the_worker_names_what_it_keeps_and_its_version() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let worker = phone.get("/bed-worker.js");
    let version = worker.body.split_once("`${NAME}").unwrap().1;
    let version = version.split_once('`').unwrap().0;
    assert_eq!(version.len(), 64, "{version}");
    assert!(version.chars().all(|c| c.is_ascii_hexdigit()), "{version}");
    let files = "const FILES = [\"/bed.css\",\"/bed.js\",\"/icon.svg\"];";
    assert!(worker.body.contains(files), "{}", worker.body);
    // the same for every device and at every time, and never an older one from a cache of the way
    let other = Browser::paired("2026-03-05T09:00:00Z", DeviceKind::Owner);
    assert_eq!(other.get("/bed-worker.js").body, worker.body);
    assert_eq!(worker.headers["cache-control"], "no-store");
    assert_eq!(phone.get("/bed/kept").headers["cache-control"], "no-store");
}

#[test]
fn the_bedside_is_an_app_of_the_phone() {
    // a browser asks for the manifest without a cookie
    let stranger = Browser::at(NIGHT);
    let got = stranger.get("/bed.webmanifest");
    assert_eq!(got.headers["content-type"], "application/manifest+json");
    assert_eq!(
        got.json(),
        json!({
            "id": "/bed", "name": "Cramp", "start_url": "/bed", "scope": "/bed", "display": "standalone",
            "background_color": "#0b0907", "theme_color": "#0b0907",
            "icons": [{ "src": "/icon.svg", "sizes": "any", "type": "image/svg+xml" }],
        })
    );
    assert_eq!(
        stranger.get("/icon.svg").headers["content-type"],
        "image/svg+xml"
    );
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let link = "<link rel=\"manifest\" href=\"/bed.webmanifest\">";
    assert!(phone.get("/bed").body.contains(link));
    let owner = Browser::paired(NIGHT, DeviceKind::Owner);
    for path in ["/", "/pair"] {
        assert!(!owner.get(path).body.contains("webmanifest"), "{path}");
    }
}
