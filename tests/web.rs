//! The pages in process: a browser with its cookie, at a stated time, on a diary of its own. No sockets.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::{DateTime, Utc};
use tower::ServiceExt;

use crate::cli::serve::{Outside, Plan};
use crate::diary::Zone;
use crate::diary::experiment::sha256;
use crate::store::Store;
use crate::store::devices::DeviceKind;
use crate::web::app::App;
use crate::web::routes::router;

/// What a request was answered with.
#[derive(Clone)]
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// Bytes of the body as it was sent.
    pub(crate) length: usize,
}

impl From<(StatusCode, HeaderMap, Vec<u8>)> for Got {
    fn from((status, headers, body): (StatusCode, HeaderMap, Vec<u8>)) -> Got {
        Got {
            status,
            headers,
            length: body.len(),
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}

impl Got {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

/// A server in process, and the cookie of one browser.
pub(crate) struct Browser {
    folder: Arc<tempfile::TempDir>,
    now: Arc<Mutex<DateTime<Utc>>>,
    pub(crate) app: App,
    router: Router,
    pub(crate) cookie: Option<String>,
}

const ORIGIN: &str = "http://localhost:7466";

impl Browser {
    /// A server at `now`, in London, and a browser that is not paired.
    pub(crate) fn at(now: &str) -> Browser {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let now = Arc::new(Mutex::new(instant(now)));
        let clock = now.clone();
        // the bytes differ from call to call, and are the same in every run
        static CALLS: AtomicU8 = AtomicU8::new(1);
        let outside = Outside {
            clock: Arc::new(move || *clock.lock().unwrap()),
            random: |bytes| {
                bytes.fill(CALLS.fetch_add(1, Ordering::Relaxed));
                Ok(())
            },
        };
        let plan = Plan {
            diary: folder.path().join("diary.sqlite"),
            zone: Zone::named("Europe/London").unwrap(),
            port: 7466,
            lan: Some("192.168.1.20".parse().unwrap()),
            hosts: vec!["diary.ts.net".to_string()],
            lasts: None,
        };
        let app = App::new(&plan, outside);
        Browser {
            router: router(app.clone()),
            app,
            folder,
            now,
            cookie: None,
        }
    }

    /// The same, paired as a device of this kind.
    pub(crate) fn paired(now: &str, kind: DeviceKind) -> Browser {
        let mut browser = Browser::at(now);
        let code = browser.offer("phone", kind);
        assert_eq!(browser.pair(&code).status, StatusCode::OK);
        browser
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.diary(), *self.now.lock().unwrap()).unwrap()
    }

    pub(crate) fn diary(&self) -> std::path::PathBuf {
        self.folder.path().join("diary.sqlite")
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    /// Another browser of the same server, not paired.
    pub(crate) fn beside(&self) -> Browser {
        Browser {
            folder: self.folder.clone(),
            now: self.now.clone(),
            app: self.app.clone(),
            router: self.router.clone(),
            cookie: None,
        }
    }

    pub(crate) fn set_now(&self, now: &str) {
        *self.now.lock().unwrap() = instant(now);
    }

    /// Offers a device, and gives its code.
    pub(crate) fn offer(&self, name: &str, kind: DeviceKind) -> String {
        let code = format!("{name}-code");
        let now = *self.now.lock().unwrap();
        self.store()
            .offer(&sha256(code.as_bytes()), name, kind, now)
            .unwrap();
        code
    }

    /// Sends a code as its page does; the cookie is kept.
    pub(crate) fn pair(&mut self, code: &str) -> Got {
        let got = self.post(
            "/pair",
            &serde_json::json!({ "code": code }).to_string(),
            &[],
        );
        if let Some(cookie) = got.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            self.cookie = Some(cookie.to_string());
        }
        got
    }

    pub(crate) fn get(&self, path: &str) -> Got {
        self.send("GET", path, "", &[("host", "localhost:7466")])
    }

    /// What an address gives, as it is.
    pub(crate) fn get_bytes(&self, path: &str) -> Vec<u8> {
        let (status, _, body) =
            self.exchange("GET", path, Vec::new(), &[("host", "localhost:7466")]);
        assert_eq!(status, StatusCode::OK, "{path}");
        body
    }

    /// Posts JSON as a script of one of our pages does; `more` headers stand in place of these.
    pub(crate) fn post(&self, path: &str, body: &str, more: &[(&str, &str)]) -> Got {
        self.post_bytes(path, body.as_bytes().to_vec(), more)
    }

    /// The same with any body.
    pub(crate) fn post_bytes(&self, path: &str, body: Vec<u8>, more: &[(&str, &str)]) -> Got {
        let own = [
            ("host", "localhost:7466"),
            ("origin", ORIGIN),
            ("content-type", "application/json"),
        ];
        let kept = own
            .into_iter()
            .filter(|(name, _)| !more.iter().any(|(m, _)| m == name));
        let headers: Vec<(&str, &str)> = kept.chain(more.iter().copied()).collect();
        self.exchange("POST", path, body, &headers).into()
    }

    /// Sends a form of one of our pages as a browser without script does.
    pub(crate) fn send_form(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let encode = |text: &str| -> String {
            let bytes = text.bytes().map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                other => format!("%{other:02X}"),
            });
            bytes.collect()
        };
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let form = ("content-type", "application/x-www-form-urlencoded");
        self.post(path, &body, &[form])
    }

    /// Sends exactly these headers, and the cookie.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> Got {
        self.exchange(method, path, body.as_bytes().to_vec(), headers)
            .into()
    }

    fn exchange(
        &self,
        method: &str,
        path: &str,
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> (StatusCode, HeaderMap, Vec<u8>) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.answered(request.body(Body::from(body)).unwrap())
    }

    /// The answer to a request as it is, without the cookie.
    pub(crate) fn answer(&self, request: Request<Body>) -> Got {
        self.answered(request).into()
    }

    fn answered(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let answer = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = answer.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            (parts.status, parts.headers, body.to_vec())
        })
    }
}

fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

const NIGHT: &str = "2026-03-04T03:10:00Z";

#[test]
fn a_tap_is_kept_once_with_its_device_however_often_it_is_sent() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let tap = r#"{"line":"left calf 7","at":"2026-03-04T03:09:30+00:00","sent":"2026-03-04T03:10:00+00:00"}"#;
    let send = || phone.post("/api/cramp", tap, &[("idempotency-key", "one")]);
    let (first, again) = (send(), send());
    assert_eq!(
        (first.status, again.status),
        (StatusCode::CREATED, StatusCode::CREATED),
        "{}",
        first.body
    );
    assert_eq!(first.body, again.body);
    let diary = phone.store().read(None).unwrap();
    let kept: Vec<_> = diary
        .episodes
        .iter()
        .map(|e| e.source.to_string())
        .collect();
    assert_eq!(kept, ["device:phone"]);
    let at = diary.episodes[0].began_at.as_ref().unwrap().utc;
    assert_eq!(at, instant("2026-03-04T03:09:30Z"));
    let commands: Vec<String> = phone
        .store()
        .history(9)
        .unwrap()
        .into_iter()
        .map(|c| c.command)
        .collect();
    assert_eq!(commands, ["phone: log -- left calf 7"]);
}

#[test]
fn a_phone_an_hour_ahead_is_corrected_and_marked() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let tap = r#"{"at":"2026-03-04T04:09:30+00:00","sent":"2026-03-04T04:10:00+00:00"}"#;
    let got = phone.post("/api/cramp", tap, &[("idempotency-key", "one")]);
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.body);
    let episode = phone.store().read(None).unwrap().episodes.remove(0);
    assert_eq!(
        episode.began_at.unwrap().utc,
        instant("2026-03-04T03:09:30Z")
    );
    assert_eq!(
        episode.source.to_string(),
        "device:phone; its clock showed 2026-03-04T04:09:30+00:00"
    );
}

#[test]
fn a_code_pairs_once_within_two_minutes() {
    let mut phone = Browser::at(NIGHT);
    assert_eq!(phone.get("/bed").status, StatusCode::UNAUTHORIZED);
    let code = phone.offer("phone", DeviceKind::Bedside);
    assert_eq!(phone.pair("something else").status, StatusCode::FORBIDDEN);
    assert_eq!(phone.pair(&code).json()["to"], "/bed");
    assert_eq!(phone.get("/bed").status, StatusCode::OK);
    assert_eq!(phone.pair(&code).status, StatusCode::FORBIDDEN);
    let late = phone.offer("other", DeviceKind::Bedside);
    phone.set_now("2026-03-04T03:12:01Z");
    assert_eq!(phone.pair(&late).status, StatusCode::FORBIDDEN);
}

#[test]
fn a_device_of_the_bedside_reads_nothing() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    assert_eq!(phone.get("/").status, StatusCode::SEE_OTHER);
    assert_eq!(phone.get("/entries").status, StatusCode::FORBIDDEN);
    let owner = Browser::paired(NIGHT, DeviceKind::Owner);
    assert_eq!(owner.get("/").status, StatusCode::OK);
}

#[test]
fn other_hosts_and_origins_are_refused() {
    let owner = Browser::paired(NIGHT, DeviceKind::Owner);
    let host = |host: &str| owner.send("GET", "/", "", &[("host", host)]).status;
    assert_eq!(host("localhost:7466"), StatusCode::OK);
    assert_eq!(host("192.168.1.20:7466"), StatusCode::OK);
    assert_eq!(host("diary.ts.net"), StatusCode::OK);
    for wrong in ["evil.example", "localhost", "localhost:80", ""] {
        assert_eq!(host(wrong), StatusCode::MISDIRECTED_REQUEST, "{wrong}");
    }
    let post = |more: &[(&str, &str)]| {
        let key = [("idempotency-key", "k")];
        owner
            .post("/api/cramp", "{}", &[&key, more].concat())
            .status
    };
    assert_eq!(
        post(&[("origin", "https://evil.example")]),
        StatusCode::FORBIDDEN
    );
    assert_eq!(post(&[("origin", "")]), StatusCode::FORBIDDEN);
    assert_eq!(
        post(&[("sec-fetch-site", "cross-site")]),
        StatusCode::FORBIDDEN
    );
    assert_eq!(post(&[]), StatusCode::CREATED);
}
