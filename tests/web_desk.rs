//! The pages of the desk, without a script: forms sent as a browser sends them, pages read as text.

use axum::http::StatusCode;

use crate::store::devices::DeviceKind;
use crate::tests::door::Door;
use crate::tests::web::{Browser, Got};

pub(crate) const MORNING: &str = "2026-03-04T08:10:00Z";

/// Every page.
const PAGES: [&str; 7] = [
    "/",
    "/calendar",
    "/charts",
    "/links",
    "/flags",
    "/entries",
    "/files",
];

/// A browser on a diary in which these lines were run at the terminal.
pub(crate) fn desk(lines: &[&str]) -> (Browser, Door) {
    let browser = Browser::paired(MORNING, DeviceKind::Owner);
    let door = Door::at(MORNING);
    for line in lines {
        terminal(&browser, &door, line);
    }
    (browser, door)
}

/// What a line says at the terminal, on the browser's diary.
pub(crate) fn terminal(browser: &Browser, door: &Door, line: &str) -> String {
    door.ok(&format!("--diary {} {line}", browser.diary().display()))
}

/// The hidden fields of the first form to `to`.
pub(crate) fn hidden(page: &str, to: &str) -> Vec<(String, String)> {
    let form = page.split(&format!("action=\"{to}\"")).nth(1);
    let form = form.unwrap_or_else(|| panic!("no form to {to}: {page}"));
    let form = form.split("</form>").next().unwrap();
    let inputs = form.split("<input type=\"hidden\" ").skip(1);
    let value = |input: &str, name: &str| {
        let rest = input.split(&format!("{name}=\"")).nth(1).unwrap();
        let text = rest.split('"').next().unwrap();
        text.replace("&quot;", "\"").replace("&amp;", "&")
    };
    inputs
        .map(|input| (value(input, "name"), value(input, "value")))
        .collect()
}

/// Sends the first form to `to` of a page, with what is filled in.
pub(crate) fn send(browser: &Browser, page: &Got, to: &str, filled: &[(&str, &str)]) -> Got {
    let hidden = hidden(&page.body, to);
    let hidden = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    let fields: Vec<(&str, &str)> = hidden.chain(filled.iter().copied()).collect();
    browser.send_form(to, &fields)
}

pub(crate) fn episodes(browser: &Browser) -> usize {
    browser.store().read(None).unwrap().episodes.len()
}

#[test]
fn every_page_stands_on_an_empty_diary_and_holds_no_script_or_style() {
    let (browser, _) = desk(&[]);
    for path in PAGES {
        let got = browser.get(path);
        assert_eq!(got.status, StatusCode::OK, "{path}: {}", got.body);
        for part in [
            "<main",
            "<nav",
            "class=\"skip\"",
            "<h1>",
            "lang=\"en\"",
            "aria-current",
        ] {
            assert!(got.body.contains(part), "{path} has no {part}");
        }
        for part in ["<script", "<style", "style=", "onclick", "javascript:"] {
            assert!(!got.body.contains(part), "{path} has {part}");
        }
    }
}

#[test]
fn the_desk_is_for_owner_and_reader_only() {
    let phone = Browser::paired(MORNING, DeviceKind::Bedside);
    let stranger = Browser::at(MORNING);
    let others = [
        "/chart/timeline.svg",
        "/report.pdf",
        "/export/diary.json",
        "/links/socks",
    ];
    for path in PAGES.into_iter().chain(others) {
        // its own page is another one
        let refused = match path {
            "/" => StatusCode::SEE_OTHER,
            _ => StatusCode::FORBIDDEN,
        };
        assert_eq!(phone.get(path).status, refused, "{path}");
        assert_eq!(
            stranger.get(path).status,
            StatusCode::UNAUTHORIZED,
            "{path}"
        );
    }
    for path in ["/say", "/keep", "/check-in", "/backup", "/act/entries/undo"] {
        assert_eq!(
            phone.send_form(path, &[]).status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}

#[test]
fn a_line_is_shown_as_understood_before_it_is_kept_and_kept_once() {
    let (browser, _) = desk(&[]);
    let seen = send(
        &browser,
        &browser.get("/"),
        "/say",
        &[("line", "3am left calf 7 3min")],
    );
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    for part in [
        "03:00",
        "left calf, pain 7/10",
        "Keep it",
        "value=\"3am left calf 7 3min\"",
    ] {
        assert!(seen.body.contains(part), "{part}: {}", seen.body);
    }
    assert!(!seen.body.contains("Logged"), "{}", seen.body);
    assert_eq!(episodes(&browser), 0, "looked at, not kept");
    assert_eq!(browser.store().history(9).unwrap().len(), 0);
    let kept = send(&browser, &seen, "/keep", &[]);
    assert!(
        kept.body.contains("Logged #1: Wed 4 Mar 03:00"),
        "{}",
        kept.body
    );
    let again = send(&browser, &seen, "/keep", &[]);
    assert!(again.body.contains("kept already"), "{}", again.body);
    assert_eq!(episodes(&browser), 1);
    let undone = send(&browser, &kept, "/act/entries/undo", &[]);
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(episodes(&browser), 0);
}

#[test]
fn a_cramp_of_now_is_kept_at_the_moment_it_was_looked_at() {
    let (browser, _) = desk(&[]);
    let seen = send(
        &browser,
        &browser.get("/"),
        "/say",
        &[("line", "left calf")],
    );
    browser.set_now("2026-03-04T08:14:00Z");
    send(&browser, &seen, "/keep", &[]);
    let diary = browser.store().read(None).unwrap();
    let at = diary.episodes[0].began_at.as_ref().unwrap().utc;
    assert_eq!(at.to_rfc3339(), "2026-03-04T08:10:00+00:00");
}

#[test]
fn a_refused_line_says_what_the_terminal_says_and_keeps_what_was_typed() {
    let (browser, door) = desk(&[]);
    let line = "left calf tomorrow 3am";
    let got = send(&browser, &browser.get("/"), "/say", &[("line", line)]);
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", got.body);
    assert!(
        got.body.contains(&format!("value=\"{line}\"")),
        "{}",
        got.body
    );
    assert!(got.body.contains("role=\"alert\""), "{}", got.body);
    let said = door.run(&format!("log {line}")).err;
    for words in said.trim_start_matches("cramp: ").lines().map(str::trim) {
        let words = words.replace('"', "&quot;");
        assert!(got.body.contains(&words), "{words}: {}", got.body);
    }
}

#[test]
fn a_form_of_another_site_or_visit_writes_nothing() {
    let (browser, _) = desk(&[]);
    let fields = [("csrf", "0000"), ("key", "k"), ("line", "left calf")];
    assert_eq!(
        browser.send_form("/keep", &fields).status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        browser.send_form("/keep", &fields[1..]).status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(episodes(&browser), 0);
}

#[test]
fn the_check_in_asks_and_never_fills_in() {
    let (browser, door) = desk(&["night -2 calm socks=yes", "night -3 calm socks=no"]);
    let page = browser.get("/");
    assert!(
        page.body.contains("Night of Tue 3 Mar: was there a cramp?"),
        "{}",
        page.body
    );
    assert!(!page.body.contains(" checked"), "{}", page.body);
    let none = send(&browser, &page, "/check-in", &[]);
    assert!(none.body.contains("nothing was written"), "{}", none.body);
    let answers = [
        ("night 2026-03-03", "no"),
        ("factor 2026-03-03 socks", "yes"),
    ];
    let done = send(&browser, &page, "/check-in", &answers);
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let listed = terminal(&browser, &door, "list --last 2n");
    assert!(listed.contains("socks=yes"), "{listed}");
    assert!(listed.contains("calm"), "{listed}");
    assert!(
        !done.body.contains("Night of Tue 3 Mar: was there"),
        "{}",
        done.body
    );
}

#[test]
fn details_of_a_cramp_are_logged_under_their_night_and_a_bad_reply_is_kept_for_mending() {
    let (browser, _) = desk(&["night -2 calm alcohol=2", "night -3 calm alcohol=1"]);
    let page = browser.get("/");
    let night = "night 2026-03-03";
    let answers = [
        (night, "yes"),
        ("more night 2026-03-03", "3am left calf 6"),
        ("factor 2026-03-03 alcohol", "a river"),
    ];
    let got = send(&browser, &page, "/check-in", &answers);
    let diary = browser.store().read(None).unwrap();
    assert_eq!(diary.episodes.len(), 1, "{}", got.body);
    assert_eq!(diary.episodes[0].night.to_string(), "2026-03-03");
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(got.body.contains("value=\"a river\""), "{}", got.body);
}

#[test]
fn pictures_are_the_very_files_the_program_writes() {
    let lines = [
        "log -1 3am left calf 7 3min",
        "night -2 calm socks=yes",
        "log -3 2am right foot",
        "course start magnesium 300mg 2026-02-01",
    ];
    let (browser, door) = desk(&lines);
    for kind in ["timeline", "calendar", "clock", "factors", "trend"] {
        let file = door.folder().join(format!("{kind}.svg"));
        terminal(&browser, &door, &format!("chart {kind} --out {kind}.svg"));
        let got = browser.get(&format!("/chart/{kind}.svg"));
        assert_eq!(got.status, StatusCode::OK);
        assert_eq!(got.headers["content-type"], "image/svg+xml");
        assert!(
            got.body == std::fs::read_to_string(file).unwrap(),
            "{kind} differs"
        );
    }
    for none in [
        "/chart/experiment.svg",
        "/chart/other.svg",
        "/chart/..%2f..%2fdiary.sqlite",
    ] {
        assert_eq!(browser.get(none).status, StatusCode::NOT_FOUND, "{none}");
    }
}

#[test]
fn the_picture_of_an_experiment_is_the_file_of_the_command_once_it_is_over() {
    let before: Vec<String> = (1..=40)
        .map(|back| match back % 4 {
            0 => format!("log -{back} 3am left calf 5"),
            _ => format!("night -{back} calm"),
        })
        .collect();
    let start = [
        "me born=1960",
        "experiment start stretch --nights 84 --anyway --yes",
    ];
    let lines = before.iter().map(String::as_str).chain(start);
    let (browser, mut door) = desk(&lines.collect::<Vec<_>>());
    let address = "/chart/experiment/stretch.svg";
    assert!(!browser.get("/charts").body.contains(address));
    assert_eq!(browser.get(address).status, StatusCode::NOT_FOUND);
    for (at, day) in (0..84).map(|at| (at, at * 24 + 32)).collect::<Vec<_>>() {
        let morning = (browser.now() + chrono::TimeDelta::hours(day)).to_rfc3339();
        door.set_now(&morning);
        let night = match at % 4 {
            0 => "log -1 3am left calf 5",
            _ => "night calm",
        };
        terminal(&browser, &door, night);
    }
    let over = (browser.now() + chrono::TimeDelta::days(90)).to_rfc3339();
    door.set_now(&over);
    browser.set_now(&over);
    terminal(&browser, &door, "chart experiment stretch --out e.svg");
    let written = std::fs::read(door.folder().join("e.svg")).unwrap();
    assert!(browser.get("/charts").body.contains(address));
    assert!(browser.get_bytes(address) == written, "it differs");
}

#[test]
fn sentences_are_those_of_the_terminal() {
    let lines = [
        "log -1 3am left calf 7 3min",
        "night -2 calm",
        "log -3 2am right foot",
        "symptom swelling left",
    ];
    let (browser, door) = desk(&lines);
    let today = browser.get("/").body;
    let week = terminal(&browser, &door, "--json week");
    let week: serde_json::Value = serde_json::from_str(&week).unwrap();
    let first = terminal(&browser, &door, "--json");
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    let list = |value: &serde_json::Value| -> Vec<String> {
        let texts = value.as_array().unwrap().iter();
        texts
            .map(|text| text.as_str().unwrap().to_string())
            .collect()
    };
    let mut said = list(&week["sentences"]);
    said.extend(list(&week["missing"]));
    said.extend(list(&first["sentences"]));
    for flag in first["flags"].as_array().unwrap() {
        said.extend(["observed", "do", "why"].map(|part| flag[part].as_str().unwrap().to_string()));
    }
    for ask in first["asks"].as_array().unwrap() {
        said.push(ask["question"].as_str().unwrap().to_string());
    }
    assert!(said.len() > 5);
    for sentence in said {
        let escaped = sentence.replace('&', "&amp;").replace('"', "&quot;");
        let escaped = escaped.replace('<', "&lt;").replace('>', "&gt;");
        assert!(today.contains(&escaped), "{sentence}: {today}");
    }
}

#[test]
fn hostile_text_is_shown_as_text() {
    let (browser, _) = desk(&["event \"<script>alert(3)</script><svg>\""]);
    let hostile = "\"<script>alert(1)</script><svg onload=alert(2)>\"";
    let seen = send(&browser, &browser.get("/"), "/say", &[("line", hostile)]);
    let kept = send(&browser, &seen, "/keep", &[]);
    for (name, body) in [
        ("seen", &seen.body),
        ("kept", &kept.body),
        ("entries", &browser.get("/entries").body),
        ("today", &browser.get("/").body),
    ] {
        assert!(
            !body.contains("<script") && !body.contains("<svg"),
            "{name}: {body}"
        );
    }
    assert!(browser.get("/entries").body.contains("&lt;script&gt;"));
}

#[test]
fn entries_are_changed_deleted_and_brought_back() {
    let (browser, door) = desk(&["log -1 3am left calf 7 3min"]);
    let page = browser.get("/entries");
    assert!(page.body.contains("left calf"), "{}", page.body);
    let edited = send(
        &browser,
        &page,
        "/act/entries/edit",
        &[("id", "1"), ("line", "pain=6")],
    );
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
    let pain = terminal(&browser, &door, "list");
    assert!(pain.contains("6/10"), "{pain}");
    let wrong = send(
        &browser,
        &browser.get("/entries"),
        "/act/entries/edit",
        &[("id", "1"), ("line", "pain=77")],
    );
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.body
    );
    let before = browser.get("/entries");
    let deleted = send(&browser, &before, "/act/entries/delete", &[("id", "1")]);
    assert_eq!(deleted.status, StatusCode::OK, "{}", deleted.body);
    let undo = hidden(&before.body, "/act/entries/undo");
    // the page from before names a change that is not the newest any more
    let undo: Vec<(&str, &str)> = undo.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let late = browser.send_form("/act/entries/undo", &undo);
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    let undone = send(&browser, &browser.get("/entries"), "/act/entries/undo", &[]);
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    let redone = send(&browser, &browser.get("/entries"), "/act/entries/redo", &[]);
    assert_eq!(redone.status, StatusCode::OK, "{}", redone.body);
    let history = terminal(&browser, &door, "history");
    assert!(history.contains("phone: delete -- "), "{history}");
}

#[test]
fn a_warning_is_read_and_talked_about() {
    let (browser, door) = desk(&[
        "symptom swelling left",
        "symptom leg-warmth left",
        "symptom calf-tenderness left",
    ]);
    let page = browser.get("/flags");
    if !page.body.contains("/act/flags/seen") {
        panic!("no warning: {}", page.body);
    }
    let seen = send(&browser, &page, "/act/flags/seen", &[]);
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    let talked = [("date", "2026-03-03"), ("text", "come back in a week")];
    let talked = send(&browser, &page, "/act/flags/discussed", &talked);
    assert_eq!(talked.status, StatusCode::OK, "{}", talked.body);
    let flags = terminal(&browser, &door, "flags");
    assert!(flags.contains("come back in a week"), "{flags}");
}

#[test]
fn files_are_those_of_the_commands() {
    let (browser, door) = desk(&["log -1 3am left calf 7 3min", "night -2 calm"]);
    terminal(&browser, &door, "export out");
    let page = browser.get("/files").body;
    for entry in std::fs::read_dir(door.folder().join("out")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        assert!(page.contains(&format!("/export/{name}")), "{name}");
        let got = browser.get(&format!("/export/{name}"));
        assert!(
            got.body == std::fs::read_to_string(entry.path()).unwrap(),
            "{name} differs"
        );
    }
    terminal(&browser, &door, "export out.zip");
    let packed = browser.get_bytes("/export.zip");
    assert!(packed == std::fs::read(door.folder().join("out.zip")).unwrap());
    let name = browser.get("/export.zip").headers["content-disposition"].clone();
    assert_eq!(name, "attachment; filename=\"nightcramp-2026-03-04.zip\"");
    assert_eq!(
        browser.get("/export/diary.sqlite").status,
        StatusCode::NOT_FOUND
    );
    let pdf = browser.get("/report.pdf");
    assert_eq!(pdf.status, StatusCode::OK);
    assert!(pdf.body.starts_with("%PDF"));
    let backup = send(&browser, &browser.get("/files"), "/backup", &[]);
    assert_eq!(backup.status, StatusCode::OK);
    assert!(backup.body.starts_with("SQLite format 3"));
}

#[test]
fn what_goes_with_the_cramps_takes_no_look_and_one_factor_is_explained() {
    let lines: Vec<String> = (1..60)
        .map(|back| match back % 3 {
            0 => format!("log -{back} 3am left calf socks=yes"),
            _ => format!("night -{back} calm socks=no"),
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (browser, _) = desk(&lines);
    let page = browser.get("/links");
    assert!(page.body.contains("href=\"/links/socks\""), "{}", page.body);
    let one = browser.get("/links/socks");
    assert_eq!(one.status, StatusCode::OK, "{}", one.body);
    assert!(browser.store().read(None).unwrap().looks.is_empty());
    let none = browser.get("/links/nothing");
    assert_eq!(none.status, StatusCode::CONFLICT);
}

/// Uploads files as the form of a page does.
pub(crate) fn upload(browser: &Browser, page: &Got, files: &[(&str, impl AsRef<[u8]>)]) -> Got {
    let mut body = Vec::new();
    for (name, value) in hidden(&page.body, "/import") {
        body.extend_from_slice(
            format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .as_bytes(),
        );
    }
    for (name, content) in files {
        let head = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend([head.as_bytes(), content.as_ref(), b"\r\n"].concat());
    }
    body.extend(b"--cut--\r\n");
    let kind = ("content-type", "multipart/form-data; boundary=cut");
    browser.post_bytes("/import", body, &[kind])
}

#[test]
fn an_archive_of_an_export_is_imported() {
    let (from, _) = desk(&["log -1 3am left calf 7 3min", "night -2 calm"]);
    let packed = from.get_bytes("/export.zip");
    let (browser, _) = desk(&[]);
    let seen = upload(
        &browser,
        &browser.get("/files"),
        &[("my diary.zip", &packed)],
    );
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    assert_eq!(episodes(&browser), 0, "looked at, not imported");
    let kept = send(&browser, &seen, "/import/keep", &[]);
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert!(browser.get_bytes("/export.zip") == packed);
    let broken = upload(
        &browser,
        &browser.get("/files"),
        &[("a.zip", &packed[..99])],
    );
    assert_eq!(broken.status, StatusCode::CONFLICT, "{}", broken.body);
    let folder = browser.diary().parent().unwrap().display().to_string();
    assert!(!broken.body.contains(&folder), "{}", broken.body);
}

#[test]
fn an_import_is_shown_before_it_is_done_and_done_once() {
    let (from, _) = desk(&["log -1 3am left calf 7 3min", "night -2 calm"]);
    let whole = from.get("/export/diary.json").body;
    let csv = ["nights.csv", "episodes.csv"]
        .map(|name| (name, from.get(&format!("/export/{name}")).body));
    assert!(whole.contains("nights.csv"));
    let (browser, _) = desk(&[]);
    let page = browser.get("/files");
    let files = csv.each_ref().map(|(name, text)| (*name, text.as_str()));
    let seen = upload(&browser, &page, &files);
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    assert_eq!(episodes(&browser), 0, "looked at, not imported");
    let kept = send(&browser, &seen, "/import/keep", &[]);
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert_eq!(episodes(&browser), 1);
    assert_eq!(
        send(&browser, &seen, "/import/keep", &[]).status,
        StatusCode::OK
    );
    assert_eq!(episodes(&browser), 1);
    let waiting = browser.diary().with_extension("sqlite.import");
    assert!(!waiting.exists(), "nothing is left beside the diary");
}

/// The page as its reader filled in a field of the import, which keeps what was chosen before.
fn filled(page: &Got, name: &str, value: &str) -> Got {
    let typed =
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\"><input id=\"import-tz\"");
    Got {
        body: page.body.replace("<input id=\"import-tz\"", &typed),
        ..page.clone()
    }
}

#[test]
fn what_a_file_leaves_open_is_chosen_on_the_page() {
    let (browser, _) = desk(&["night -1 calm"]);
    let page = filled(&browser.get("/files"), "tz", "Europe/London");
    let evening = browser.now().date_naive().pred_opt().unwrap();
    let mut rows = "Date,Time,Temperature,Humidity\n".to_string();
    for hour in 20..32 {
        let at = evening.and_hms_opt(0, 0, 0).unwrap() + chrono::Duration::hours(hour);
        rows.push_str(&format!("{},68.0,40\n", at.format("%d/%m/%Y,%H:%M")));
    }
    let asked = upload(&browser, &page, &[("room.csv", &rows)]);
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let says = |page: &Got, text: &str| assert!(page.body.contains(text), "{text}: {}", page.body);
    says(&asked, "whether the day or the month comes first");
    says(&asked, "say which: “Dates like 03/04” below");
    // the file waits, and what was typed stands there still
    says(&asked, "Here already: room.csv.");
    says(&asked, "value=\"Europe/London\"");
    let none: [(&str, &[u8]); 0] = [];
    let look = |page: &Got| upload(&browser, &filled(page, "tz", "Europe/London"), &none);
    let asked = look(&filled(&asked, "date-order", "dmy"));
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(
        &asked,
        "say what its temperatures are in: “Temperature in” below",
    );
    says(&asked, "<option value=\"dmy\" selected>");
    // that it is the person's own is an answer without a value
    let page = filled(&filled(&asked, "unit", "F"), "mine", "yes");
    let page = filled(&page, "date-order", "dmy");
    let seen = look(&page);
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    let kept = send(&browser, &seen, "/import/keep", &[]);
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let diary = browser.store().read(None).unwrap();
    let said: Vec<f64> = diary.readings.iter().map(|reading| reading.value).collect();
    assert_eq!(said, [20.0]);
    // a row that cannot be taken is shown, and left out where that is chosen
    let nights = format!(
        "night,outcome\n{night},calm\n{night},perhaps\n",
        night = evening.pred_opt().unwrap()
    );
    let asked = upload(&browser, &browser.get("/files"), &[("nights.csv", &nights)]);
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&asked, "no such outcome");
    says(
        &asked,
        "import the rest: “Leave out rows that cannot be taken” below",
    );
    let seen = upload(&browser, &filled(&asked, "skip-bad", "yes"), &none);
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    let odd = upload(
        &browser,
        &browser.get("/files"),
        &[("odd.csv", "Datum;Temp\n")],
    );
    says(
        &odd,
        "say which it is: “Program it is from, or a mapping you keep” below",
    );
    // it was imported, so it waits no more
    let gone = look(&page);
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&gone, "Choose an archive alone");
}

#[test]
fn an_upload_can_not_leave_its_folder_and_needs_a_form_of_ours() {
    let (browser, _) = desk(&[]);
    let page = browser.get("/files");
    for name in ["evil.sh", "..", ".csv"] {
        let got = upload(&browser, &page, &[(name, "x")]);
        assert_eq!(
            got.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}: {}",
            got.body
        );
    }
    upload(&browser, &page, &[("../../evil.csv", "x")]);
    let above = browser.diary().parent().unwrap().join("evil.csv");
    assert!(!above.exists());
    let bad = upload(
        &browser,
        &page,
        &[("nights.csv", "night,outcome\n2026-03-01,perhaps\n")],
    );
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bad.body);
    let stranger = Got {
        body: page
            .body
            .replace("name=\"csrf\" value=\"", "name=\"csrf\" value=\"0"),
        ..page
    };
    let got = upload(&browser, &stranger, &[("nights.csv", "night\n")]);
    assert_eq!(got.status, StatusCode::FORBIDDEN, "{}", got.body);
}

#[test]
fn what_a_thermometer_wrote_is_imported_with_its_zone() {
    let (browser, _) = desk(&["night -1 calm"]);
    let page = browser.get("/files");
    let mut rows =
        "Timestamp for sample frequency every 15 min min, Temperature_Celsius,Relative_Humidity\n"
            .to_string();
    let evening = browser.now().date_naive().pred_opt().unwrap();
    for hour in 20..32 {
        let at = evening.and_hms_opt(0, 0, 0).unwrap() + chrono::Duration::hours(hour);
        rows.push_str(&format!("{},17.5,40\n", at.format("%Y-%m-%d %H:%M:%S")));
    }
    let without = upload(&browser, &page, &[("govee.csv", &rows)]);
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.body.contains("have no zone"), "{}", without.body);
    // the reader types the zone into its field
    let typed = "<input type=\"hidden\" name=\"tz\" value=\"Europe/London\"";
    let page = Got {
        body: page
            .body
            .replace("<input id=\"import-tz\" type=\"text\" name=\"tz\"", typed),
        ..page
    };
    let seen = upload(&browser, &page, &[("govee.csv", &rows)]);
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    assert!(seen.body.contains("govee"), "{}", seen.body);
    let readings = || browser.store().read(None).unwrap().readings.len();
    assert_eq!(readings(), 0);
    let kept = send(&browser, &seen, "/import/keep", &[]);
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert_eq!(readings(), 1);
    let unknown = upload(&browser, &browser.get("/files"), &[("diary.sqlite", "x")]);
    assert_eq!(unknown.status, StatusCode::CONFLICT, "{}", unknown.body);
    let folder = browser.diary().parent().unwrap().display().to_string();
    assert!(!unknown.body.contains(&folder), "{}", unknown.body);
}

/// Without a terminal no link would ever be announced.
#[test]
fn a_look_that_is_due_is_taken_by_a_button_and_once() {
    let nights = |back: i64| match back % 3 {
        0 => format!("log -{back} 3am left calf 5 socks=yes alcohol=2"),
        _ => format!("night -{back} calm socks=no alcohol=1"),
    };
    let lines: Vec<String> = (1..130).map(nights).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (browser, door) = desk(&lines);
    let looks = || {
        let listed = terminal(&browser, &door, "history --last 3");
        listed.matches("analyze").count()
    };
    let page = browser.get("/links");
    assert!(page.body.contains("Take this look"), "{}", page.body);
    assert_eq!(looks(), 0, "reading takes none");
    let taken = send(&browser, &page, "/act/links/look", &[]);
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
    assert!(!taken.body.contains("Take this look"), "{}", taken.body);
    assert!(
        taken.body.contains("The last look for links was at"),
        "{}",
        taken.body
    );
    send(&browser, &page, "/act/links/look", &[]);
    assert_eq!(looks(), 1);
}

#[test]
fn what_the_mornings_ask_is_chosen_on_the_page() {
    let (browser, door) = desk(&[]);
    let page = browser.get("/");
    // the name of the field of a question has its night and factor
    let asked = |page: &Got| page.body.contains("2026-03-03 stretch\"");
    assert!(
        page.body.contains("name=\"follow stretch\""),
        "{}",
        page.body
    );
    assert!(
        !asked(&page) && !page.body.contains(" checked"),
        "{}",
        page.body
    );
    let ticked = [("follow stretch", "yes"), ("follow room", "yes")];
    let done = send(&browser, &page, "/act/mornings/follow", &ticked);
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert!(done.body.contains("Following: "), "{}", done.body);
    let page = browser.get("/");
    assert_eq!(page.body.matches(" checked").count(), 2, "{}", page.body);
    assert!(asked(&page), "{}", page.body);
    // the same form sent twice counts once, and unticking ends it
    let again = send(
        &browser,
        &page,
        "/act/mornings/follow",
        &[("follow room", "yes")],
    );
    assert!(!again.body.contains("stretch"), "{}", again.body);
    let listed = terminal(&browser, &door, "history");
    assert_eq!(listed.matches("ask setup: follow").count(), 2, "{listed}");
    send(&browser, &browser.get("/"), "/act/mornings/follow", &[]);
    assert!(!browser.get("/").body.contains(" checked"));
}
