//! What every page must pass in every state: accessibility by axe-core, no sideways scrolling at any width or zoom, every
//! control within reach of the keyboard. It leaves pictures to be looked at.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::driver::{Browser, not_run};
use crate::tree::told;

/// Width and height in CSS pixels, dots per pixel, and a name. A page zoomed to 200 % on a screen of 1280 pixels has 640.
const SIZES: [(u32, u32, f64, &str); 4] = [
    (320, 640, 1.0, "320"),
    (640, 512, 2.0, "zoomed"),
    (1280, 900, 1.0, "1280"),
    (390, 844, 1.0, "390"),
];

/// Checks the page as it stands; the browser is left at the size of a phone.
pub(crate) fn check(browser: &Browser, state: &str) {
    for (width, height, dots, name) in SIZES {
        browser.set_size(width, height, dots);
        // the page learns of its new size a moment later
        browser.wait(&format!("innerWidth === {width}"));
        let sizes = browser.script(
            "const page = document.documentElement; \
             return [page.scrollWidth, page.clientWidth, innerWidth]",
        );
        let pixels = |n: usize| sizes[n].as_u64().unwrap();
        assert_eq!(pixels(2), u64::from(width), "{state}");
        assert!(
            pixels(0) <= pixels(1),
            "{state} scrolls sideways at {width}: {sizes}; too wide: {}",
            too_wide(browser)
        );
        browser.picture(&format!("{state}-{name}"));
        if matches!(name, "1280" | "390") {
            accessible(browser, &format!("{state} at {name}"));
        }
    }
    tabbed(browser, state);
    told(browser, state);
}

/// The elements that stand out on the right.
fn too_wide(browser: &Browser) -> Value {
    browser.script(
        "return [...document.querySelectorAll('*')] \
         .filter(e => e.getBoundingClientRect().right > innerWidth + 1) \
         .map(e => e.outerHTML.slice(0, 100))",
    )
}

/// Whether axe-core finds nothing.
pub(crate) fn accessible(browser: &Browser, state: &str) {
    let Ok(axe) = std::fs::read_to_string(axe_file()) else {
        return not_run(&format!("accessibility of {state}"), "axe-core");
    };
    browser.script(&axe);
    // all rules but the experimental ones; the contrast is computed from what is drawn
    let found = browser.promise(
        "axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations \
         .map(v => [v.id, v.help, v.nodes.map(n => n.html.slice(0, 200) + ' ' + n.failureSummary)]))",
    );
    assert_eq!(found, json!([]), "{state}: {found:#}");
}

/// Where axe-core is: where it was said to be, or beside the build.
fn axe_file() -> PathBuf {
    let beside =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../axe/node_modules/axe-core/axe.min.js");
    std::env::var_os("NIGHTCRAMP_AXE").map_or(beside, PathBuf::from)
}

/// Whether the Tab key comes to every control that is shown.
fn tabbed(browser: &Browser, state: &str) {
    let count = browser.script(
        "window.reached = new Set(); \
         document.addEventListener('focusin', event => reached.add(event.target)); \
         window.controls = () => [...document.querySelectorAll( \
           'a[href], button, input:not([type=hidden]), select, textarea, summary')] \
           .filter(e => !e.disabled && e.checkVisibility({ visibilityProperty: true })); \
         document.activeElement.blur(); return controls().length",
    );
    let count = usize::try_from(count.as_u64().unwrap()).unwrap();
    browser.press_tab(count * 2 + 5);
    // of the buttons of one choice only one is a stop
    let missed = browser.script(
        "const stops = e => e.type === 'radio' \
           ? [...document.getElementsByName(e.name)].some(other => reached.has(other)) : reached.has(e); \
         return controls().filter(e => !stops(e)).map(e => e.outerHTML.slice(0, 150))",
    );
    assert_eq!(missed, json!([]), "{state}: out of reach of the keyboard");
}
