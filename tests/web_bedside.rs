//! The page of the bedside as a browser without JavaScript uses it, and as its script asks for a part of it.

use axum::http::StatusCode;

use crate::diary::vocabulary::Wish;
use crate::store::devices::DeviceKind;
use crate::tests::web::{Browser, Got};

const NIGHT: &str = "2026-03-04T03:10:00Z";
const ORIGIN: &str = "http://localhost:7466";

/// The value of the first hidden field of this name after `start`.
pub(crate) fn field(page: &str, start: &str, name: &str) -> String {
    let from = page
        .split_once(start)
        .unwrap_or_else(|| panic!("no {start} in {page}"))
        .1;
    let marked = format!("name=\"{name}\" value=\"");
    let value = from.split_once(&marked).unwrap().1;
    value.split_once('"').unwrap().0.to_string()
}

fn encoded(text: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.bytes()
        .map(|byte| match kept(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

/// The tags of a page with their text, without what is drawn by chance for every page.
pub(crate) fn tags(page: &str) -> Vec<String> {
    let is_chance = |tag: &&str| {
        ["csrf", "key"]
            .iter()
            .any(|name| tag.contains(&format!("name=\"{name}\"")))
    };
    page.split('<')
        .filter(|tag| !is_chance(tag))
        .map(str::to_string)
        .collect()
}

/// Sends a form; `part` as the script does.
pub(crate) fn send(phone: &Browser, path: &str, fields: &[(&str, &str)], part: bool) -> Got {
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    let mut headers = vec![
        ("host", "localhost:7466"),
        ("origin", ORIGIN),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    if part {
        headers.push(("x-part", "1"));
    }
    phone.send("POST", path, &body.join("&"), &headers)
}

/// A paired phone with its page open.
pub(crate) struct Phone {
    pub(crate) browser: Browser,
    pub(crate) csrf: String,
}

impl Phone {
    pub(crate) fn at(now: &str) -> Phone {
        Phone::of(Browser::paired(now, DeviceKind::Bedside))
    }

    pub(crate) fn of(browser: Browser) -> Phone {
        let page = browser.get("/bed").body;
        let csrf = field(&page, "id=\"cramp\"", "csrf");
        Phone { browser, csrf }
    }

    pub(crate) fn tap(&self, path: &str, key: &str, fields: &[(&str, &str)]) -> Got {
        let own = [("csrf", self.csrf.as_str()), ("key", key)];
        send(&self.browser, path, &[&own, fields].concat(), true)
    }

    /// The only cramp there is.
    fn cramp(&self) -> String {
        let diary = self.browser.store().read(None).unwrap();
        let [e] = diary.episodes.as_slice() else {
            panic!("{:?}", diary.episodes);
        };
        let began = e.began_at.as_ref().unwrap().utc.format("%H:%M:%S");
        format!(
            "{began} {:?} {:?} {:?} {:?} {:?}",
            e.side,
            e.site,
            e.severity.map(|pain| pain.to_string()),
            e.duration_s,
            e.relief
        )
    }

    fn cramps(&self) -> usize {
        self.browser.store().read(None).unwrap().episodes.len()
    }
}

#[test]
fn without_a_script_one_button_keeps_a_cramp_and_each_detail_is_a_button() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let page = phone.get("/bed").body;
    let csrf = field(&page, "id=\"cramp\"", "csrf");
    let key = field(&page, "id=\"cramp\"", "key");
    let log = || {
        send(
            &phone,
            "/bed/cramp",
            &[("csrf", &csrf), ("key", &key)],
            false,
        )
    };
    let (kept, again) = (log(), log());
    assert_eq!(
        (kept.status, again.status),
        (StatusCode::OK, StatusCode::OK)
    );
    assert!(kept.body.contains("Kept: Wed 4 Mar 03:10"), "{}", kept.body);
    assert_eq!(phone.store().read(None).unwrap().episodes.len(), 1);
    let side = ["csrf", "key", "of"].map(|name| field(&kept.body, "id=\"details\"", name));
    let amend = |words: &str| {
        let [csrf, key, of] = side.each_ref().map(String::as_str);
        let fields = [("csrf", csrf), ("key", key), ("of", of), ("words", words)];
        send(&phone, "/bed/amend", &fields, false)
    };
    let left = amend("side=left");
    assert!(
        left.body.contains("03:10 (night of Tue 3 Mar), left"),
        "{}",
        left.body
    );
    let pressed = "value=\"side=left\" aria-pressed=\"true\"";
    assert!(left.body.contains(pressed), "{}", left.body);
    // another button of the same form is another tap
    assert!(
        amend("side=right")
            .body
            .contains("value=\"side=right\" aria-pressed=\"true\"")
    );
}

#[test]
fn every_tap_amends_the_cramp_just_kept_and_passing_ends_its_time() {
    let phone = Phone::at(NIGHT);
    phone.tap("/bed/cramp", "a", &[]);
    phone.browser.set_now("2026-03-04T03:12:30Z");
    for (key, words) in [
        ("b", "passed"),
        ("c", "side=left"),
        ("d", "site=calf"),
        ("e", "pain=7"),
        ("f", "+stretch"),
        ("g", "+pull-toe"),
    ] {
        let got = phone.tap("/bed/amend", key, &[("of", "a"), ("words", words)]);
        assert_eq!(got.status, StatusCode::OK, "{words}: {}", got.body);
    }
    assert_eq!(
        phone.cramp(),
        "03:10:00 Some(Left) Some(Calf) Some(\"7\") Some(150) [Stretch, PullToe]"
    );
}

#[test]
fn it_has_passed_once() {
    let phone = Phone::at(NIGHT);
    phone.tap("/bed/cramp", "a", &[]);
    for (now, key) in [("2026-03-04T03:11:00Z", "b"), ("2026-03-04T03:14:00Z", "c")] {
        phone.browser.set_now(now);
        let passed = [("of", "a"), ("words", "passed")];
        let got = phone.tap("/bed/amend", key, &passed);
        assert_eq!(got.status, StatusCode::OK, "{}", got.body);
        assert!(got.body.contains("about 60 s."), "{}", got.body);
    }
    assert_eq!(phone.cramp(), "03:10:00 None None None Some(60) []");
}

#[test]
fn what_was_kept_is_said_in_full_and_without_numbers_of_records() {
    let phone = Phone::at(NIGHT);
    let lines = |line: &str| {
        let looked = phone.tap("/bed/preview", line, &[("line", line)]).body;
        let kept = phone.tap("/bed/cramp", line, &[("line", line)]).body;
        (looked, kept)
    };
    let full =
        "Wed 4 Mar 03:10 (night of Tue 3 Mar), right foot, pain 5/10; alcohol=some, room=17 °C";
    let (looked, kept) = lines("right foot 5 alcohol=some room=17");
    assert!(looked.contains(&format!("<p>{full}</p>")), "{looked}");
    assert!(kept.contains(&format!("<p>Kept: {full}.</p>")), "{kept}");
    let (_, two) = lines("left calf at 1am and right calf at 2am");
    for one in ["left calf", "right calf"] {
        assert!(
            two.contains(&format!("(night of Tue 3 Mar), {one}.</p>")),
            "{two}"
        );
    }
    let (_, note) = lines("can't feel between my legs");
    assert!(note.contains("<p>Kept: "), "{note}");
    for body in [kept, two, note] {
        let numbered = ["#1", "#2", "#3", "(e1)"].iter().any(|n| body.contains(n));
        assert!(!numbered, "{body}");
    }
}

#[test]
fn only_its_own_cramp_and_only_what_has_a_button_is_amended_for_ten_minutes() {
    let phone = Phone::at(NIGHT);
    phone.tap("/bed/cramp", "a", &[]);
    let amend = |key: &str, of: &str, words: &str| {
        let got = phone.tap("/bed/amend", key, &[("of", of), ("words", words)]);
        (got.status, got.body)
    };
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    for (key, of, words) in [
        ("b", "z", "pain=7"),
        ("c", "a", "yesterday"),
        ("d", "a", "note=x"),
        ("e", "a", ""),
    ] {
        assert_eq!(amend(key, of, words).0, refused, "{of} {words}");
    }
    phone.browser.set_now("2026-03-04T03:19:00Z");
    assert_eq!(amend("f", "a", "pain=6").0, StatusCode::OK);
    phone.browser.set_now("2026-03-04T03:21:00Z");
    let (status, body) = amend("g", "a", "pain=9");
    assert_eq!(status, refused);
    assert!(body.contains("for ten minutes"), "{body}");
    assert_eq!(phone.cramp(), "03:10:00 None None Some(\"6\") None []");
    let strange = [("csrf", "0"), ("key", "h")];
    assert_eq!(
        send(&phone.browser, "/bed/cramp", &strange, true).status,
        StatusCode::FORBIDDEN
    );
    let without_key = [("csrf", phone.csrf.as_str())];
    assert_eq!(
        send(&phone.browser, "/bed/cramp", &without_key, true).status,
        refused
    );
    assert_eq!(phone.cramps(), 1);
}

#[test]
fn what_waited_on_the_phone_is_kept_with_its_own_times() {
    let phone = Phone::at("2026-03-04T07:00:00Z");
    let sent = ("sent", "2026-03-04T07:00:00+00:00");
    let tap = |path: &str, key: &str, at: &str, more: &[(&str, &str)]| {
        let got = phone.tap(path, key, &[&[("at", at), sent], more].concat());
        assert_eq!(got.status, StatusCode::OK, "{}", got.body);
    };
    let (first, later) = ("2026-03-04T03:10:00+00:00", "2026-03-04T03:14:00+00:00");
    for _ in 0..2 {
        tap("/bed/cramp", "a", first, &[]);
        tap(
            "/bed/amend",
            "b",
            later,
            &[("of", "a"), ("words", "passed")],
        );
        tap(
            "/bed/amend",
            "c",
            later,
            &[("of", "a"), ("words", "pain=8")],
        );
    }
    assert_eq!(phone.cramp(), "03:10:00 None None Some(\"8\") Some(240) []");
}

#[test]
fn own_words_are_shown_before_they_are_kept() {
    let phone = Phone::at(NIGHT);
    let line = ("line", "left calf 7 \"window <b>open</b>\"");
    let preview = phone.tap("/bed/preview", "a", &[line]);
    assert!(preview.body.contains("left calf"), "{}", preview.body);
    assert!(
        preview.body.contains("Nothing is kept yet"),
        "{}",
        preview.body
    );
    assert!(!preview.body.contains("<b>"), "{}", preview.body);
    assert_eq!(phone.cramps(), 0);
    assert!(phone.browser.store().history(9).unwrap().is_empty());
    // also what was not understood, before it is kept and after
    let odd = ("line", "left calf wobble=3");
    let says = "&#39;wobble=3&#39; was not understood and is kept as text";
    let preview = phone.tap("/bed/preview", "o", &[odd]);
    let plain = |got: &Got| got.body.replace('\'', "&#39;");
    assert!(plain(&preview).contains(says), "{}", preview.body);
    let kept = phone.tap("/bed/cramp", "b", &[line]);
    assert!(kept.body.contains("left calf"), "{}", kept.body);
    assert_eq!(phone.cramps(), 1);
    let wrong = phone.tap("/bed/cramp", "c", &[("line", "left calf pain=70")]);
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.body
    );
    let page = [
        ("csrf", phone.csrf.as_str()),
        ("key", "d"),
        ("line", "left calf pain=70"),
    ];
    let page = send(&phone.browser, "/bed/cramp", &page, false).body;
    assert!(page.contains("value=\"left calf pain=70\""), "{page}");
}

#[test]
fn a_cramp_is_taken_back_within_ten_minutes_with_all_that_was_tapped() {
    for (now, left) in [("2026-03-04T03:19:00Z", 0), ("2026-03-04T03:21:00Z", 1)] {
        let phone = Phone::at(NIGHT);
        phone.tap("/bed/cramp", "a", &[]);
        phone.tap("/bed/amend", "b", &[("of", "a"), ("words", "side=left")]);
        phone.browser.set_now(now);
        for _ in 0..2 {
            phone.tap("/bed/undo", "c", &[("of", "a")]);
        }
        assert_eq!(phone.cramps(), left, "{now}");
    }
}

#[test]
fn a_night_that_was_calm_is_calm_again_when_the_cramp_is_taken_back() {
    let phone = Phone::at(NIGHT);
    let store = || phone.browser.store().read(None).unwrap();
    let night = phone.browser.post(
        "/api/night",
        r#"{"line":"2026-03-03 calm"}"#,
        &[("idempotency-key", "n")],
    );
    assert_eq!(night.status, StatusCode::CREATED, "{}", night.body);
    phone.tap("/bed/cramp", "a", &[]);
    phone.tap("/bed/amend", "b", &[("of", "a"), ("words", "side=left")]);
    let tonight = crate::diary::Night::of_evening("2026-03-03".parse().unwrap());
    assert_eq!(store().state(tonight), crate::diary::NightState::Cramp);
    phone.tap("/bed/undo", "c", &[("of", "a")]);
    assert_eq!(store().state(tonight), crate::diary::NightState::Calm);
    assert_eq!(phone.cramps(), 0);
}

#[test]
fn a_question_is_answered_by_a_tap_and_its_warning_is_shown_in_full() {
    let phone = Phone::at(NIGHT);
    let asked = phone.tap(
        "/bed/cramp",
        "a",
        &[("line", "right calf bad and my leg is swollen and red")],
    );
    assert!(asked.body.contains("swollen?"), "{}", asked.body);
    let names = ["from", "ask", "of"];
    let [from, ask, of] = names.map(|name| field(&asked.body, "class=\"question\"", name));
    let fields = [("of", of.as_str()), ("from", &from), ("ask", &ask)];
    let answered = phone.tap(
        "/bed/answer",
        "b",
        &[&fields[..], &[("words", "yes")]].concat(),
    );
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.body);
    assert_eq!(phone.browser.store().read(None).unwrap().symptoms.len(), 1);
    let forged = [("of", "a"), ("from", "a"), ("ask", "x"), ("words", "yes")];
    let forged = phone.tap("/bed/answer", "c", &forged);
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "class=\"warning\"",
        "do not rub the leg",
        "See a doctor today",
    ] {
        assert!(answered.body.contains(said), "{said}: {}", answered.body);
    }
}

impl Phone {
    /// The question that is open, and the words of its buttons.
    fn asked(body: &str) -> Option<(String, Vec<String>)> {
        let form = body.split_once("class=\"question\"")?.1;
        let form = form.split_once("</form>")?.0;
        let buttons = form.split("name=\"words\" value=\"").skip(1);
        let words = buttons.map(|button| button.split_once('"').unwrap().0.to_string());
        Some((field(form, "", "ask"), words.collect()))
    }

    fn reply(&self, key: &str, ask: &str, words: &str) -> Got {
        let fields = [("of", "a"), ("from", ""), ("ask", ask), ("words", words)];
        self.tap("/bed/answer", key, &fields)
    }

    /// Logged at night: a leg that is swollen, and that it is meant; the page then asks which leg.
    fn swollen() -> (Phone, String) {
        let phone = Phone::at(NIGHT);
        phone.tap(
            "/bed/cramp",
            "a",
            &[("line", "leg cramp and it is swollen")],
        );
        let asked = phone.browser.get("/bed").body;
        let (ask, words) = Phone::asked(&asked).unwrap();
        assert_eq!(words, ["yes", "no", "?"], "{asked}");
        let which = phone.reply("b", &ask, "yes").body;
        let (ask, words) = Phone::asked(&which).unwrap();
        assert_eq!(words, ["left", "right", "both", "?"], "{which}");
        (phone, ask)
    }

    fn sides(&self) -> Vec<Option<crate::diary::vocabulary::Side>> {
        let diary = self.browser.store().read(None).unwrap();
        diary.symptoms.iter().map(|s| s.side).collect()
    }
}

#[test]
fn which_leg_is_swollen_is_answered_by_a_tap_once_and_its_warning_is_shown_in_full() {
    let (phone, ask) = Phone::swollen();
    let left = Some(crate::diary::vocabulary::Side::Left);
    for _ in 0..2 {
        let warned = phone.reply("c", &ask, "left").body;
        for said in [
            "class=\"warning\"",
            "do not rub the leg",
            "See a doctor today",
            "Kept: left",
        ] {
            assert!(warned.contains(said), "{said}: {warned}");
        }
    }
    assert_eq!(phone.sides(), [left]);
    let commands = phone
        .browser
        .store()
        .history(9)
        .unwrap()
        .into_iter()
        .map(|c| c.command);
    let edits = commands.filter(|command| command == "phone: edit -- s1 left");
    assert_eq!(edits.count(), 1);
    // a question that is answered is not answered again, and what was tapped by mistake is taken back
    let late = phone.reply("d", &ask, "right");
    assert_eq!(
        late.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        late.body
    );
    assert_eq!(phone.sides(), [left]);
    let back = phone.tap("/bed/undo", "e", &[("of", "c left")]).body;
    assert!(back.contains("Taken back"), "{back}");
    assert_eq!(Phone::asked(&back).unwrap().0, ask);
    assert_eq!((phone.sides(), phone.cramps()), (vec![None], 1));
}

#[test]
fn both_legs_set_off_no_warning_of_one_and_none_of_the_signs_beside_it_closes_the_question() {
    let (phone, ask) = Phone::swollen();
    let both = phone.reply("c", &ask, "both").body;
    assert!(!both.contains("class=\"warning\""), "{both}");
    // first what would make it an emergency, then what would make it a matter of today
    let mut page = both;
    for (key, first) in [("d", "chest pain"), ("e", "redness")] {
        let (ask, words) = Phone::asked(&page).unwrap();
        assert!(ask.ends_with(":beside"), "{page}");
        assert_eq!(words[0], first, "{words:?}");
        assert_eq!(words[words.len() - 2..], ["none of them", "?"]);
        page = phone.reply(key, &ask, "none of them").body;
        assert!(!page.contains("class=\"warning\""), "{page}");
    }
    assert!(Phone::asked(&page).is_none(), "{page}");
}

#[test]
fn of_several_signs_the_one_that_is_tapped_is_written_down() {
    let (phone, ask) = Phone::swollen();
    let both = phone.reply("c", &ask, "both").body;
    let (ask, _) = Phone::asked(&both).unwrap();
    let warned = phone.reply("d", &ask, "breathlessness").body;
    assert!(warned.contains("Get help now"), "{warned}");
    let diary = phone.browser.store().read(None).unwrap();
    let noticed: Vec<String> = diary
        .symptoms
        .iter()
        .map(|s| s.symptom.to_string())
        .collect();
    assert_eq!(noticed, ["swelling", "breathlessness"]);
}

#[test]
fn what_a_person_cannot_tell_stays_unknown_and_asked_and_the_page_says_what_to_do() {
    let (phone, ask) = Phone::swollen();
    let before = phone.browser.store().history(9).unwrap().len();
    let unsure = phone.reply("c", &ask, "?").body;
    assert!(unsure.contains("stays unknown"), "{unsure}");
    assert!(unsure.contains("ask a doctor today"), "{unsure}");
    assert!(!unsure.contains("class=\"warning\""), "{unsure}");
    assert_eq!(phone.sides(), [None]);
    assert_eq!(phone.browser.store().history(9).unwrap().len(), before);
    // other taps, a new page and the morning leave it open; a day later, and to another phone, it is not shown
    phone.tap("/bed/amend", "d", &[("of", "a"), ("words", "pain=7")]);
    for (now, is_open) in [
        (NIGHT, true),
        (MORNING, true),
        ("2026-03-05T03:11:00Z", false),
    ] {
        phone.browser.set_now(now);
        let page = phone.browser.get("/bed").body;
        let open = Phone::asked(&page).map(|(open, _)| open);
        assert_eq!(open, is_open.then(|| ask.clone()), "{now}");
    }
    phone.browser.set_now(MORNING);
    let mut other = phone.browser.beside();
    let code = other.offer("other", DeviceKind::Bedside);
    other.pair(&code);
    assert!(Phone::asked(&other.get("/bed").body).is_none());
}

/// Not knowing clears nothing: of a question that could begin an urgent warning the page goes on to say what to do.
#[test]
fn not_knowing_is_never_an_all_clear() {
    use crate::data::rule::Urgency;
    use crate::data::word::Word as _;
    for urgency in Urgency::ALL {
        let said = crate::words::t!(bedside, "stays-unknown", urgency = urgency.word());
        assert!(said.starts_with("It stays unknown"), "{urgency}: {said}");
        assert_eq!(
            said.contains("ask a doctor today"),
            urgency.is_urgent(),
            "{said}"
        );
        let calls = said.contains("call your emergency number, for example 112, 999 or 911");
        assert_eq!(calls, *urgency == Urgency::Emergency, "{said}");
        for clears in [
            "no warning",
            "clear",
            "no sign",
            "nothing",
            "not urgent",
            "fine",
            "worry",
        ] {
            assert!(!said.to_lowercase().contains(clears), "{clears}: {said}");
        }
    }
}

#[test]
fn a_note_without_a_cramp_is_asked_about_too() {
    let phone = Phone::at(NIGHT);
    let asked = phone.tap("/bed/cramp", "a", &[("line", "can't feel between my legs")]);
    let (ask, _) = Phone::asked(&asked.body).unwrap_or_else(|| panic!("{}", asked.body));
    let warned = phone.reply("b", &ask, "yes").body;
    assert!(warned.contains("Get help now"), "{warned}");
    assert_eq!(phone.cramps(), 0);
}

#[test]
fn words_that_read_two_ways_are_settled_by_a_tap() {
    for (line, answer, pain, lasted) in [
        ("left calf pain 7 pain 8", "pain 8", Some("8"), None),
        ("left calf 11", "it lasted 11 min", None, Some(660)),
    ] {
        let phone = Phone::at(NIGHT);
        let asked = phone.tap("/bed/cramp", "a", &[("line", line)]).body;
        let (ask, words) = Phone::asked(&asked).unwrap_or_else(|| panic!("{line}: {asked}"));
        assert!(words.iter().any(|w| w == answer), "{line}: {words:?}");
        let fields = [
            ("of", "a"),
            ("from", "a"),
            ("ask", ask.as_str()),
            ("words", answer),
        ];
        let kept = phone.tap("/bed/answer", "b", &fields);
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
        let e = phone.browser.store().read(None).unwrap().episodes.remove(0);
        assert_eq!(
            (e.severity.map(|p| p.to_string()), e.duration_s),
            (pain.map(str::to_string), lasted),
            "{line}"
        );
    }
}

#[test]
fn the_page_says_what_to_do_during_a_cramp() {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    let page = phone.get("/bed").body;
    assert!(page.contains("swollen, warm, red or tender"), "{page}");
}

const MORNING: &str = "2026-03-04T07:30:00Z";

/// A phone in the morning whose owner follows alcohol, the room's warmth and stretching.
fn in_the_morning() -> Phone {
    let phone = Phone::at(NIGHT);
    let at = crate::diary::Zone::named("Europe/London").unwrap();
    let now = crate::diary::Now {
        utc: chrono::DateTime::parse_from_rfc3339(NIGHT)
            .unwrap()
            .to_utc(),
        zone: at,
    };
    for factor in ["alcohol", "room", "stretch"] {
        let mut store = phone.browser.store();
        store
            .write(now.utc, "setup", |w| w.wish(factor, Wish::Ask, &now))
            .unwrap();
    }
    phone.browser.set_now(MORNING);
    phone
}

#[test]
fn the_morning_asks_for_last_night_and_what_is_followed_and_fills_nothing_in() {
    let phone = in_the_morning();
    let page = phone.browser.get("/bed").body;
    let asked = page.split_once("id=\"morning\"").unwrap().1;
    let calm = "value=\"2026-03-03 calm\" aria-pressed=\"false\">No cramp<";
    let cramp = "value=\"2026-03-03 cramp\" aria-pressed=\"false\">Cramp<";
    let unknown = "value=\"2026-03-03 stretch=?\" aria-pressed=\"false\">";
    for button in [
        calm,
        cramp,
        unknown,
        "value=\"2026-03-03 stretch=no\"",
        "data-start",
    ] {
        assert!(asked.contains(button), "{button}: {asked}");
    }
    assert!(
        !asked.contains("aria-pressed=\"true\"") && !asked.contains("checked"),
        "{asked}"
    );
    for (now, is_asked) in [
        ("2026-03-04T04:59:00Z", false),
        ("2026-03-04T05:00:00Z", true),
        ("2026-03-04T13:59:00Z", true),
        ("2026-03-04T14:00:00Z", false),
    ] {
        phone.browser.set_now(now);
        let page = phone.browser.get("/bed").body;
        assert_eq!(page.contains("id=\"morning\""), is_asked, "{now}");
    }
}

#[test]
fn answers_of_the_morning_are_kept_once_and_can_be_corrected() {
    let phone = in_the_morning();
    let state = || {
        let diary = phone.browser.store().read(None).unwrap();
        let outcome: Vec<_> = diary.nights.values().map(|n| n.outcome).collect();
        let values: Vec<String> = diary
            .values
            .iter()
            .map(|v| format!("{} {:?}", v.factor, v.value))
            .collect();
        format!("{outcome:?} {}", values.join(", "))
    };
    let tap = |key: &str, words: &str, line: &str| {
        let got = phone.tap("/bed/night", key, &[("words", words), ("line", line)]);
        assert_eq!(got.status, StatusCode::OK, "{words}: {}", got.body);
        got.body
    };
    assert!(tap("a", "2026-03-03 calm", "").contains("no cramp that night"));
    tap("b", "2026-03-03 stretch=yes", "");
    tap("b", "2026-03-03 stretch=yes", "");
    let warm = tap("c", "2026-03-03 room=", "18");
    assert!(warm.contains("room 18"), "{warm}");
    let before = state();
    assert!(
        before.contains("Calm") && before.contains("room") && before.contains("stretch"),
        "{before}"
    );
    tap("d", "2026-03-03 stretch=?", "");
    assert!(!state().contains("stretch"), "{}", state());
    let none = phone.tap("/bed/night", "e", &[("words", "2026-03-03 room=")]);
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let odd = phone.tap(
        "/bed/night",
        "f",
        &[("words", "2026-03-03 room="), ("line", "hot \"b")],
    );
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    let forged = [("words", "did 2026-03-03 yes magnesium")];
    let forged = phone.tap("/bed/night", "g", &forged);
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
}
