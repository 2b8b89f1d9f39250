//! Pages speak of their own buttons, fields and pages, never of commands, and lose nothing else of a sentence.

use crate::render::web::own_words::{Pages, own, without_sources};
use crate::store::devices::DeviceKind;
use crate::tests::web::{Browser, Got};
use crate::tests::web_desk::{MORNING, desk, send, terminal, upload};

/// Every command of the door.
fn commands() -> Vec<String> {
    let door = crate::tests::door::Door::at(MORNING);
    let help = door.ok("help");
    let names = help.lines().filter_map(|line| line.strip_prefix("  "));
    let names = names.filter_map(|line| line.split([' ', ',']).next());
    let names: Vec<String> = names
        .filter(|name| !name.is_empty())
        .map(str::to_string)
        .collect();
    assert!(
        names.len() > 20 && names.contains(&"edit".to_string()),
        "{help}"
    );
    names
}

/// What a page shows: its text, and the texts its script shows.
fn shown(page: &str) -> String {
    let body = page.split("<body").nth(1).unwrap_or(page);
    let mut out = String::new();
    for (at, part) in body.split('<').enumerate() {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        for kept in ["data-", "placeholder=", "aria-label="] {
            for value in tag.split(kept).skip(1) {
                out.push_str(value.split('"').nth(1).unwrap_or_default());
                out.push('\n');
            }
        }
        if at > 0 {
            out.push_str(text);
        }
        let is_block = [
            "/p", "/li", "/h1", "/h2", "/h3", "/td", "/th", "/legend", "/label",
        ];
        if is_block.contains(&tag) {
            out.push('\n');
        }
    }
    let marks = [
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    marks
        .iter()
        .fold(out, |text, (mark, letter)| text.replace(mark, letter))
}

/// Fails where a page speaks of a command or an option.
fn speaks_for_itself(of: &str, got: &Got, commands: &[String]) {
    let text = shown(&got.body);
    for line in text.lines() {
        for (at, _) in line.match_indices("cramp ") {
            let mut words = line[at..]
                .split([' ', '\'', '.', ',', ')', ':', ';'])
                .skip(1);
            let (name, next) = (words.next().unwrap(), words.next().unwrap_or_default());
            let is_noun = name == "night" && next != "calm" && !next.contains('=');
            assert!(
                is_noun || !commands.iter().any(|command| command == name),
                "{of}: {line}"
            );
        }
        let option = line
            .split(" --")
            .nth(1)
            .and_then(|rest| rest.chars().next());
        assert!(
            !option.is_some_and(|c| c.is_ascii_lowercase()),
            "{of}: {line}"
        );
        let option = line
            .split("(--")
            .nth(1)
            .and_then(|rest| rest.chars().next());
        assert!(
            !option.is_some_and(|c| c.is_ascii_lowercase()),
            "{of}: {line}"
        );
        assert!(
            !line.trim_end().ends_with(':') || !line.contains(": :"),
            "{of}: {line}"
        );
    }
}

const PAGES: [&str; 9] = [
    "/",
    "/calendar",
    "/charts",
    "/links",
    "/flags",
    "/entries",
    "/files",
    "/links/socks",
    "/bed",
];

/// Diaries in which the pages have something to say.
fn diaries() -> Vec<(&'static str, Vec<String>)> {
    let own = |lines: &[&str]| {
        lines
            .iter()
            .map(|line| line.to_string())
            .collect::<Vec<_>>()
    };
    let nights = |every: i64| -> Vec<String> {
        (1..90)
            .map(|back| match back % every {
                0 => format!("log -{back} 3am left calf 5 socks=yes alcohol=2"),
                _ => format!("night -{back} calm socks=no alcohol=1"),
            })
            .collect()
    };
    let mut tried = nights(3);
    tried.extend(own(&[
        "me born=1960",
        "experiment start stretch --nights 84 --anyway --yes",
        "log 3am left calf 8 20min",
    ]));
    vec![
        ("empty", Vec::new()),
        ("one cramp", own(&["log 3am left calf 7 3min"])),
        (
            "cramps only",
            (1..40)
                .map(|back| format!("log -{back} 3am left calf"))
                .collect(),
        ),
        ("links", nights(4)),
        (
            "calm",
            (1..40).map(|back| format!("night -{back} calm")).collect(),
        ),
        ("an experiment", tried),
        (
            "signs",
            own(&[
                "log 3am left calf 7 3min \"my calf was swollen and red\"",
                "symptom swelling",
                "symptom chest-pain",
                "symptom numbness left",
                "me condition+=oddness",
                "course start zolpimol 10mg 2026-01-01",
                "course start magnesium 300mg",
                "took quinine 200mg",
                "event \"new bed\"",
            ]),
        ),
    ]
}

#[test]
fn pages_speak_of_no_commands() {
    let commands = commands();
    for (name, lines) in diaries() {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let (browser, _) = desk(&lines);
        for path in PAGES {
            speaks_for_itself(&format!("{name} {path}"), &browser.get(path), &commands);
        }
    }
}

/// What is typed into the line of the desk and of the phone.
const LINES: [&str; 22] = [
    "left calf",
    "12:30 left calf 6",
    "3am left calf 7 20min",
    "left calf 7 8",
    "left calf 5 or 6 for 3 or 4 minutes",
    "\"my calf is swollen and red\"",
    "swollen leg",
    "left calf 7 +stretch relief-after=2parsecs",
    "left calf tomorrow 3am",
    "lfet claf 7",
    "wobble=3",
    "socks=perhaps",
    "room=18",
    "calm",
    "outcome=calm left calf",
    "left calf 77",
    "yesterday 23:50 both 8 room=18C",
    "left calf 27:00",
    "2020-01-01 3am left calf",
    "kind=jerk 2h ago",
    "\"I could not breathe and my chest hurt\" left calf",
    "--yes",
];

#[test]
fn what_a_line_is_read_as_speaks_of_no_commands() {
    let commands = commands();
    let before = ["log -1 3am left calf 7 3min", "night -2 calm"];
    for line in LINES {
        let (browser, _) = desk(&before);
        let seen = send(&browser, &browser.get("/"), "/say", &[("line", line)]);
        speaks_for_itself(line, &seen, &commands);
        let page = browser.get("/");
        let said = crate::tests::web_desk::hidden(&page.body, "/say");
        let csrf = said.iter().find(|(name, _)| name == "csrf").unwrap();
        let kept = [("csrf", csrf.1.as_str()), ("key", "k"), ("line", line)];
        speaks_for_itself(line, &browser.send_form("/keep", &kept), &commands);
        for path in PAGES {
            speaks_for_itself(&format!("{line} {path}"), &browser.get(path), &commands);
        }
        let phone = Browser::paired("2026-03-04T12:40:00Z", DeviceKind::Bedside);
        let bed = phone.get("/bed");
        for to in ["/bed/preview", "/bed/cramp"] {
            let got = send(&phone, &bed, to, &[("line", line)]);
            speaks_for_itself(&format!("{line} {to}"), &got, &commands);
        }
        speaks_for_itself(line, &phone.get("/bed"), &commands);
    }
}

#[test]
fn what_is_refused_speaks_of_no_commands() {
    let commands = commands();
    let (browser, door) = desk(&[
        "log -1 3am left calf 7 3min",
        "symptom swelling left",
        "symptom leg-warmth left",
        "course start magnesium 300mg",
        "me born=1960",
        "event \"new bed\"",
    ]);
    let entries = browser.get("/entries");
    let edit = "/act/entries/edit";
    for (id, line) in [
        ("1", "pain=eleventy"),
        ("1", "wobble=3"),
        ("1", "date=2031-01-01"),
        ("1", "night=2031-01-01"),
        ("1", "lasted=9parsecs"),
        ("1", ""),
        ("99", "pain=3"),
        ("zz", "pain=3"),
        ("s1", "side=up"),
        ("s1", "symptom=wobble"),
        ("c1", "dose=9parsecs"),
        ("p1", "born=never"),
        ("2026-03-03", "outcome=calm"),
        ("2026-03-03:socks", "perhaps"),
        ("e1", "text="),
    ] {
        let got = send(
            &browser,
            &entries,
            edit,
            &[("id", id), ("line", line), ("key", line)],
        );
        speaks_for_itself(&format!("{id} {line}"), &got, &commands);
    }
    for (to, fields) in [
        ("/act/entries/delete", &[("id", "99")][..]),
        ("/act/entries/undo", &[("change", "1")]),
        ("/act/entries/redo", &[("change", "99")]),
        ("/act/flags/seen", &[("id", "nosuch")]),
        ("/act/flags/answer", &[("id", "1"), ("answer", "perhaps")]),
        (
            "/act/flags/discussed",
            &[("id", "clot"), ("date", "2031-01-01")],
        ),
        ("/act/experiments/stop", &[("id", "socks"), ("text", "why")]),
        ("/act/nothing/such", &[]),
    ] {
        let csrf = crate::tests::web_desk::hidden(&entries.body, edit)
            .remove(0)
            .1;
        let marks = [("csrf", csrf.as_str()), ("key", to)];
        let got = browser.send_form(to, &[&marks, fields].concat());
        assert_ne!(got.status.as_u16(), 200, "{to}: {}", got.body);
        speaks_for_itself(to, &got, &commands);
    }
    let files = browser.get("/files");
    for (name, content) in [
        ("nights.csv", "night,outcome\n2026-03-01,perhaps\n"),
        ("nights.csv", "night,outcome\n2026-03-01,calm\n"),
        ("odd.csv", "Datum;Temp\n"),
        ("diary.json", "{}"),
        ("a.zip", "x"),
        ("x.db", "x"),
        ("export.xml", "<x/>"),
    ] {
        let got = upload(&browser, &files, &[(name, content)]);
        speaks_for_itself(name, &got, &commands);
        if got.body.contains("/import/keep") {
            let kept = send(&browser, &got, "/import/keep", &[]);
            speaks_for_itself(name, &kept, &commands);
        }
    }
    let history = terminal(&browser, &door, "history");
    assert!(history.contains("import"), "{history}");
}

#[test]
fn only_what_a_page_does_not_have_is_left_out() {
    let on_desk = |text: &str| own(text, Pages::Desk);
    for (text, said) in [
        (
            "counted as a night cramp; if you were up and about, say so: cramp edit 112 period=day",
            "counted as a night cramp; if you were up and about, say so: “Change” at 112 on the page Entries: period=day",
        ),
        (
            "if that was a mistake, 'cramp delete 111' first",
            "if that was a mistake, “Delete” at 111 on the page Entries first",
        ),
        ("'cramp help units' shows how quantities are written", ""),
        (
            "did you mean clot? 'cramp flags --rules' lists them all",
            "did you mean clot?",
        ),
        (
            "Look 2 for links is due, at 30 cramp nights: 'cramp analyze' takes it. Until then no new link is announced.",
            "Look 2 for links is due, at 30 cramp nights: “Take this look” on the page What goes with it takes it. Until then no new link is announced.",
        ),
        ("Nothing was written (--dry-run).", "Nothing was written."),
        (
            "More: cramp analyze --long, cramp flags, cramp flags --why",
            "More: the page What goes with it, the page Warnings",
        ),
        (
            "'cramp flags' lists the open questions",
            "The page Warnings lists the open questions",
        ),
        // the words of a person stay as they are
        (
            "'--yes' was not understood and is kept as text",
            "'--yes' was not understood and is kept as text",
        ),
        (
            "a bad cramp night, no cramp log kept",
            "a bad cramp night, no cramp log kept",
        ),
        (
            "#1: \"then: cramp edit; cramp undo\"",
            "#1: \"then: cramp edit; cramp undo\"",
        ),
        (
            "You wrote “see: cramp ask”. Is a leg swollen?",
            "You wrote “see: cramp ask”. Is a leg swollen?",
        ),
    ] {
        assert_eq!(on_desk(text), said);
    }
    assert_eq!(
        own("say so: cramp edit 112 period=day", Pages::Bedside),
        "say so: “Change” at 112 on the page Entries of your computer: period=day"
    );
    assert_eq!(
        without_sources("Get help. (ALI, WELLS, TET) Call (112, 999 or 911)."),
        "Get help. Call (112, 999 or 911)."
    );
}

#[test]
fn a_question_about_a_sign_has_a_button_for_each_answer() {
    let (browser, door) = desk(&["symptom swelling"]);
    let page = browser.get("/flags");
    assert!(
        page.body.contains("Which leg: left, right or both?"),
        "{}",
        page.body
    );
    let id = crate::tests::web_desk::hidden(&page.body, "/act/flags/choose");
    let id = id.iter().find(|(name, _)| name == "id").unwrap().1.clone();
    let answered = [("id", id.as_str()), ("answer", "left")];
    let got = send(&browser, &page, "/act/flags/choose", &answered);
    assert_eq!(got.status.as_u16(), 200, "{}", got.body);
    let again = send(&browser, &page, "/act/flags/choose", &answered);
    assert!(again.body.contains("kept already"), "{}", again.body);
    let listed = terminal(&browser, &door, "list");
    assert!(listed.contains("left"), "{listed}");
    let wild = [
        ("id", id.as_str()),
        ("answer", "delete 1"),
        ("key", "other"),
    ];
    let refused = send(&browser, &page, "/act/flags/choose", &wild);
    assert_eq!(refused.status.as_u16(), 409, "{}", refused.body);
}
