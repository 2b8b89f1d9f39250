//! Chromium by chromedriver: one driver for the whole run, one fresh browser for each test, one test at a time.

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::webdriver::Session;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// How long a page may take to show what is waited for: longer than the bedside waits for an answer, four seconds after which
/// it sends a tap again.
const PATIENCE: Duration = Duration::from_secs(45);

/// A browser with a profile of its own, which ends with the test.
pub(crate) struct Browser {
    session: Session,
    _alone: MutexGuard<'static, ()>,
}

/// Tells of a test that cannot run for want of a program; where nobody is there to read it, that is a failure.
pub(crate) fn not_run(test: &str, missing: &str) {
    let told = format!("\nNOT RUN: {test}: {missing} is missing\n");
    // the printing macros are silenced in tests that pass
    let _closed = std::io::stderr().write_all(told.as_bytes());
    assert!(std::env::var_os("CI").is_none(), "{told}");
}

impl Browser {
    /// A new browser; `None`, and told loudly, on a computer without one.
    pub(crate) fn open(test: &str) -> Option<Browser> {
        static ONE: Mutex<()> = Mutex::new(());
        static DRIVER: LazyLock<Option<Driver>> = LazyLock::new(Driver::start);
        let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(driver) = DRIVER.as_ref() else {
            not_run(test, "chromedriver or chromium");
            return None;
        };
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--hide-scrollbars",
        ];
        let wanted = json!({ "goog:chromeOptions": { "args": arguments } });
        Some(Browser {
            session: Session::new(driver.port, &wanted),
            _alone: alone,
        })
    }

    pub(crate) fn goto(&self, address: &str) {
        self.session.post("url", &json!({ "url": address }));
    }

    pub(crate) fn reload(&self) {
        self.session.post("refresh", &json!({}));
    }

    pub(crate) fn address(&self) -> String {
        let address = self.session.get("url");
        address.as_str().unwrap().to_string()
    }

    /// The value of a script's `return`.
    pub(crate) fn script(&self, script: &str) -> Value {
        let call = json!({ "script": script, "args": [] });
        self.session.post("execute/sync", &call)
    }

    /// What a promise gives.
    pub(crate) fn promise(&self, script: &str) -> Value {
        let script =
            format!("const done = arguments[0]; ({script}).then(done, e => done(String(e)));");
        let call = json!({ "script": script, "args": [] });
        self.session.post("execute/async", &call)
    }

    /// Waits until an expression of JavaScript is true.
    pub(crate) fn wait(&self, expression: &str) {
        let end = Instant::now() + PATIENCE;
        let script = format!("return Boolean({expression})");
        while Instant::now() < end {
            if self.script(&script) == json!(true) {
                return;
            }
            std::thread::sleep(Duration::from_millis(30));
        }
        panic!(
            "{expression} did not come true; the page says:\n{}",
            self.text()
        );
    }

    /// Waits until the page shows a text.
    pub(crate) fn wait_text(&self, text: &str) {
        self.wait(&format!(
            "document.body.innerText.includes({})",
            json!(text)
        ));
    }

    /// All the text that is shown.
    pub(crate) fn text(&self) -> String {
        let text = self.script("return document.body.innerText");
        text.as_str().unwrap_or_default().to_string()
    }

    /// Clicks as a finger or a mouse does.
    pub(crate) fn click(&self, css: &str) {
        let element = self.find(css);
        self.session
            .post(&format!("element/{element}/click"), &json!({}));
    }

    /// Types into a field.
    pub(crate) fn type_into(&self, css: &str, text: &str) {
        let element = self.find(css);
        self.session.post(
            &format!("element/{element}/value"),
            &json!({ "text": text }),
        );
    }

    /// Presses the Tab key so many times.
    pub(crate) fn press_tab(&self, times: usize) {
        let stroke = ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": "\u{E004}" }));
        let strokes: Vec<Value> = stroke.iter().cycle().take(times * 2).cloned().collect();
        let actions = json!([{ "type": "key", "id": "keyboard", "actions": strokes }]);
        self.session.post("actions", &json!({ "actions": actions }));
    }

    /// Moves the clock of every page that is opened from now on; `window.later(ms)` moves it further.
    pub(crate) fn set_now(&self, now: &str) {
        let source = format!(
            "(() => {{ const Real = Date; let ahead = Real.parse({}) - Real.now(); \
             window.later = ms => {{ ahead += ms; }}; \
             window.Date = class extends Real {{ \
               constructor(...given) {{ given.length ? super(...given) : super(Real.now() + ahead); }} \
               static now() {{ return Real.now() + ahead; }} }}; }})()",
            json!(now)
        );
        let call = json!({ "source": source });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", call);
    }

    /// The handle of the first element.
    fn find(&self, css: &str) -> String {
        let wanted = json!({ "using": "css selector", "value": css });
        let found = self.session.post("element", &wanted);
        let mut handles = found.as_object().unwrap().values();
        handles.next().unwrap().as_str().unwrap().to_string()
    }

    /// A command of Chromium's own protocol.
    pub(crate) fn devtools(&self, command: &str, parameters: Value) -> Value {
        let call = json!({ "cmd": command, "params": parameters });
        self.session.post("goog/cdp/execute", &call)
    }

    /// The zone of the browser's clock.
    pub(crate) fn set_zone(&self, name: &str) {
        self.devtools(
            "Emulation.setTimezoneOverride",
            json!({ "timezoneId": name }),
        );
    }

    /// Whether the person likes pages light or dark.
    pub(crate) fn set_scheme(&self, scheme: &str) {
        let scheme = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": scheme }));
    }

    /// Turns JavaScript off in pages.
    pub(crate) fn without_scripts(&self) {
        self.devtools(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": true }),
        );
    }

    /// Waits until an element shows a text; without JavaScript in the page too.
    pub(crate) fn wait_shown(&self, css: &str, text: &str) {
        let wanted = json!({ "using": "css selector", "value": css });
        // the page may change between the two questions
        let shown = || {
            let found = self.session.try_post("element", &wanted).ok()?;
            let handle = found.as_object()?.values().next()?.as_str()?.to_string();
            let text = self.session.try_get(&format!("element/{handle}/text"));
            Some(text.ok()?.as_str()?.to_string())
        };
        let end = Instant::now() + PATIENCE;
        while !shown().is_some_and(|shown| shown.contains(text)) {
            assert!(Instant::now() < end, "{text} is not shown: {:?}", shown());
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// The width and height in CSS pixels, and how many dots each pixel has.
    pub(crate) fn set_size(&self, width: u32, height: u32, dots: f64) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": dots, "mobile": false
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
    }

    /// Keeps a picture of the page to be looked at.
    pub(crate) fn picture(&self, name: &str) {
        let png = self.session.get("screenshot");
        let png = STANDARD.decode(png.as_str().unwrap()).unwrap();
        std::fs::write(pictures().join(format!("{name}.png")), png).unwrap();
    }
}

impl Browser {
    /// Keeps the page as it is printed on A4, to be looked at, and gives how many sheets it takes.
    pub(crate) fn print(&self, name: &str) -> usize {
        let a4 = json!({ "page": { "width": 21.0, "height": 29.7 }, "shrinkToFit": false });
        // the process that prints may be gone while several browsers run, and is there again a moment later
        let tried = (0..20).find_map(|_| match self.session.try_post("print", &a4) {
            Err(why) if why.contains("Printing failed") => {
                std::thread::sleep(Duration::from_millis(500));
                None
            }
            other => Some(other),
        });
        let pdf = tried
            .expect("it could not be printed in ten seconds")
            .unwrap();
        let pdf = STANDARD.decode(pdf.as_str().unwrap()).unwrap();
        std::fs::write(pictures().join(format!("{name}.pdf")), &pdf).unwrap();
        let pages = lopdf::Document::load_mem(&pdf).unwrap().get_pages();
        pages.len()
    }
}

/// Where pictures are left.
fn pictures() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("browser");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The running chromedriver.
struct Driver {
    port: u16,
    /// A shell that ends chromedriver when the pipe to it closes, however this program ends.
    _keeper: Child,
}

impl Driver {
    fn start() -> Option<Driver> {
        let has = |program: &str| {
            let version = Command::new(program).arg("--version").output();
            version.is_ok_and(|o| o.status.success())
        };
        if !(has("chromedriver") && has("chromium")) {
            return None;
        }
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let kept = format!(
            "chromedriver --port={port} --log-level=SEVERE & driver=$!; cat; kill $driver; wait"
        );
        let keeper = Command::new("sh")
            .args(["-c", &kept])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(Instant::now() < end, "chromedriver does not answer");
            std::thread::sleep(Duration::from_millis(30));
        }
        Some(Driver {
            port,
            _keeper: keeper,
        })
    }
}
