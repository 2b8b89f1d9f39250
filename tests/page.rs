//! The clinician's page: what it says, that it is one well-set sheet, and that every form of it says the same.

use std::sync::LazyLock;

use crate::analysis::association::{Association, Effect, Grade};
use crate::analysis::changes::{BeforeAfter, SwitchKind};
use crate::analysis::exposure::{PlainTable, Split, Step};
use crate::analysis::night_table::NightCounts;
use crate::analysis::rates::Period;
use crate::diary::record::Fact;
use crate::diary::vocabulary::{CourseKind, Outcome};
use crate::diary::{Diary, Nights};
use crate::render::canvas::Mark;
use crate::render::page::{Paper, about, sheets};
use crate::render::sheet::Block;
use crate::render::style::Ink;
use crate::render::{page, pdf, picture};
use crate::report::chart::{Chart, Table};
use crate::report::doctor::{Beside, Doctor, FlagLine, doctor};
use crate::stats::estimate::Estimate;

use crate::tests::gallery;

fn fact(diary: &mut Diary, key: &str, value: &str) {
    let id = diary.facts.len() as i64 + 1;
    diary.facts.push(Fact {
        means: None,
        id,
        key: key.into(),
        value: value.into(),
        since: None,
        recorded_at: gallery::written(),
    });
}

fn flag(n: usize) -> FlagLine {
    FlagLine {
        dates: format!("2026-02-{:02}", n + 1),
        urgency: "soon".into(),
        observed:
            "Calf pain on walking that eases within minutes of standing still, recorded three times."
                .into(),
        says: format!(
            "soon · Calf pain on walking that eases within minutes of standing still, recorded three times. Entries: 2026-02-{:02}.",
            n + 1
        ),
        done: n
            .is_multiple_of(2)
            .then(|| "Discussed 2026-02-20: blood flow measured".into()),
        urgent: n < 2,
        is_question: false,
    }
}

/// A link of one of three grades, of one of three sizes, with a name of some length.
pub(crate) fn association(n: usize) -> Association {
    let (value, low, high) = [(2.1, 1.2, 3.6), (0.4, 0.05, 2.9), (6.0, 0.01, 40.0)][n % 3];
    let estimate = Estimate::new(value, low, high, 0.95).unwrap();
    Association {
        label: format!("Exercise of more than forty-five minutes {n}"),
        table: PlainTable {
            nights: 140,
            exposed: 30,
            unexposed: 110,
            cramp_exposed: 14,
            cramp_unexposed: 22,
            ..PlainTable::default()
        },
        effect: Some(Effect {
            measure: "rate ratio",
            per: "yes vs no".into(),
            estimate,
        }),
        step: n
            .is_multiple_of(2)
            .then_some(Step::Range { from: 0.0, to: 7.0 }),
        split: if n.is_multiple_of(2) {
            Split::Above(3.5)
        } else {
            Split::Yes
        },
        q: Some(0.04),
        grade: [Grade::Possible, Grade::Hint, Grade::Consistent][n % 3],
        ..Association::default()
    }
}

/// What is no link, or cannot be told.
fn unlinked(n: usize) -> Association {
    let grade = [Grade::NoSizeableLink, Grade::CannotTell, Grade::NotEnough][n % 3];
    Association {
        label: format!("Something else written down {n}"),
        grade,
        ..association(n)
    }
}

fn course(n: usize) -> BeforeAfter {
    let date = |text: &str| text.parse().unwrap();
    let period = |episodes: u64| Period {
        from: date("2025-10-01"),
        to: date("2025-11-25"),
        recorded: 50,
        cramp: 20,
        episodes,
        rate_per_week: Estimate::new(episodes as f64 / 50.0 * 7.0, 1.0, 4.5, 0.95),
    };
    BeforeAfter {
        courses: vec![
            format!("magnesium citrate {n}"),
            "calf stretching at bedtime".into(),
        ],
        kind: [SwitchKind::Start, SwitchKind::Stop, SwitchKind::Mark][n % 3],
        date: date("2026-01-05"),
        washout: 7,
        before: period(25),
        after: period(15),
        ratio: None,
        p: n.is_multiple_of(2).then_some(0.32),
        dates: 70,
        month_before: period(10),
        year_before: period(100),
        hint: false,
    }
}

/// What other reports found: so many flags, links, other things and courses.
pub(crate) fn found(flags: usize, links: usize, others: usize, courses: usize) -> Beside {
    Beside {
        flags: (0..flags).map(flag).collect(),
        factors: (0..links)
            .map(association)
            .chain((0..others).map(unlinked))
            .collect(),
        look: Some(64),
        look_due: false,
        tested: links + others,
        nights: NightCounts {
            recorded: 163,
            cramp: 66,
            unknown: 13,
            excluded: 10,
            episodes: 95,
        },
        courses: (0..courses).map(course).collect(),
    }
}

/// The page of every awkward diary.
pub(crate) static PAGES: LazyLock<Vec<(&'static str, Doctor)>> = LazyLock::new(pages);

/// Every awkward diary, with its period and what other reports found, as a page.
fn pages() -> Vec<(&'static str, Doctor)> {
    let eight_weeks = gallery::nights("2026-01-07", "2026-03-03");
    let page = |diary: &Diary, nights: Nights, beside: Beside| {
        let page = doctor(diary, nights, || beside, "nightcramp 0.0.0-test", "a4");
        page::numbered(page)
    };
    let mut ordinary = gallery::ordinary();
    fact(&mut ordinary, "born", "1958");
    fact(&mut ordinary, "initials", "A. B.");
    fact(&mut ordinary, "condition", "diabetes");
    fact(
        &mut ordinary,
        "question",
        "Could the water tablets have to do with it?",
    );
    fact(
        &mut ordinary,
        "question",
        "Is it safe to go on with magnesium?",
    );
    let mut crowded = gallery::crowded();
    for n in 0..6 {
        let words = "a question that goes on and on because there is much to ask and little time to ask it in, so that it takes more than two lines of the page and is cut ";
        fact(&mut crowded, "question", &format!("{n} {words}{words}"));
        fact(
            &mut crowded,
            "condition",
            "a condition with a long and learned name",
        );
    }
    fact(&mut crowded, "question", "למה זה קורה?");
    let century = gallery::century();
    vec![
        ("ordinary", page(&ordinary, eight_weeks, found(1, 0, 0, 0))),
        (
            "associations",
            page(&ordinary, eight_weeks, found(2, 5, 9, 2)),
        ),
        (
            "half-year",
            page(
                &ordinary,
                gallery::nights("2025-09-05", "2026-03-03"),
                found(0, 0, 3, 0),
            ),
        ),
        (
            "empty",
            page(&gallery::empty(), eight_weeks, Beside::default()),
        ),
        (
            "medicine-only",
            page(&medicine_only(), eight_weeks, Beside::default()),
        ),
        (
            "one-night",
            page(&gallery::one_night(), eight_weeks, Beside::default()),
        ),
        (
            "calm",
            page(&calm(eight_weeks), eight_weeks, Beside::default()),
        ),
        ("untimed", page(&untimed(), eight_weeks, found(0, 0, 0, 1))),
        (
            "century",
            page(
                &century,
                gallery::nights("1926-03-05", "2026-03-03"),
                Beside::default(),
            ),
        ),
        ("warnings", page(&ordinary, eight_weeks, found(40, 1, 0, 0))),
        (
            "crowded",
            page(&crowded, eight_weeks, found(12, 15, 120, 9)),
        ),
        ("long-names", page(&ordinary, eight_weeks, long_names())),
    ]
}

/// Every night recorded, and none with a cramp.
fn calm(nights: Nights) -> Diary {
    let mut diary = Diary::default();
    for night in nights.iter() {
        gallery::answer(&mut diary, night, Outcome::Calm);
    }
    diary
}

/// Cramps of which nothing but the night is known, and a medicine.
fn untimed() -> Diary {
    let mut diary = Diary::default();
    for night in gallery::nights("2026-02-20", "2026-03-03").iter() {
        gallery::answer(&mut diary, night, Outcome::Cramp);
    }
    gallery::course(
        &mut diary,
        "furosemide",
        CourseKind::Medicine,
        "2025-06-01",
        None,
    );
    diary.sort();
    diary
}

/// Nothing but a medicine.
fn medicine_only() -> Diary {
    let mut diary = Diary::default();
    let kind = CourseKind::Medicine;
    gallery::course(&mut diary, "furosemide", kind, "2025-06-01", None);
    diary
}

/// Forty things whose names take many lines, some of them one endless word.
fn long_names() -> Beside {
    let mut beside = found(3, 20, 20, 2);
    for (n, factor) in beside.factors.iter_mut().enumerate() {
        factor.label = match n % 2 {
            0 => format!(
                "Air quality index of the day by the station nearby, read at noon and once more in the evening {n}"
            ),
            _ => format!("{}{n}", "Wadenkrampfvorbeugungsdehnung".repeat(3)),
        };
        factor.unit = Some("micrograms per cubic metre".into());
    }
    beside
}

/// Everything in a JSON value that can be read: strings, and numbers as digits.
fn readable(value: &serde_json::Value, into: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => into.push(squeezed(text)),
        serde_json::Value::Number(number) => into.push(number.to_string()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| readable(item, into)),
        serde_json::Value::Object(fields) => fields.values().for_each(|item| readable(item, into)),
        _ => {}
    }
}

/// Words without white space: where a line breaks is not what it says.
pub(crate) fn squeezed(words: &str) -> String {
    words
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// The words among marks, a line each.
pub(crate) fn lines_of(marks: &[&Mark]) -> Vec<String> {
    let words = marks.iter().filter_map(|mark| {
        if let Mark::Text(text) = mark {
            Some(text.words.clone())
        } else {
            None
        }
    });
    words.collect()
}

/// The words of a block, lines joined.
pub(crate) fn words_of(block: &Block) -> Vec<String> {
    match block {
        Block::Heading(..) | Block::Paragraph(_) => vec![lines_of(&block.marks()).concat()],
        Block::Table { rows, .. } => rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| lines_of(&cell.marks.iter().collect::<Vec<_>>()).concat())
            .collect(),
        Block::Figure { .. } | Block::Ornament(_) => lines_of(&block.marks()),
    }
}

/// Whether `text` has `part`, and not only the beginning or the end of a longer number: "13.7" has no "3.7".
fn has(text: &str, part: &str) -> bool {
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let mark = |letter: Option<char>| letter.is_some_and(|letter| ".,".contains(letter));
    text.match_indices(part).any(|(at, _)| {
        let mut before = text[..at].chars().rev();
        let mut after = text[at + part.len()..].chars();
        let (last, next) = (before.next(), after.next());
        let goes_back = digit(last) || mark(last) && digit(before.next());
        let goes_on = digit(next) || mark(next) && digit(after.next());
        !(digit(part.chars().next()) && goes_back || digit(part.chars().next_back()) && goes_on)
    })
}

#[test]
fn a_number_is_not_found_inside_another() {
    assert!(has("interval1.3to3.7)", "3.7") && has("from3.7,or4", "3.7"));
    assert!(has("1in52.Then", "52") && has("on2026-02-20:", "2026-02-20"));
    assert!(!has("13.7", "3.7") && !has("3.75", "3.7") && !has("3.7.5", "3.7"));
    assert!(!has("52", "5") && !has("1.52", "52"));
}

/// Whether the JSON has these words, whole or, where they were cut, as a beginning. Words the page puts together from
/// two parts of the report are looked for part by part.
fn known(words: &str, json: &[String]) -> bool {
    let words = squeezed(words);
    let found = |part: &str| json.iter().any(|said| has(said, part));
    let beginning = words.trim_end_matches('…');
    words.is_empty()
        || found(beginning)
        || ["·", "–", "."].iter().any(|joint| {
            beginning
                .split(joint)
                .all(|part| part.is_empty() || found(part))
        })
}

/// The pictures a page has, those left out in which nothing is known.
pub(crate) fn drawn(doctor: &Doctor) -> Vec<&Chart> {
    let page = [&doctor.sides, &doctor.sites, &doctor.strip, &doctor.onset];
    let timeline = doctor.has_timeline().then_some(&doctor.timeline);
    let forest = doctor.associations.iter().filter_map(|a| a.forest.as_ref());
    let charts = page.into_iter().filter(|chart| !chart.is_empty());
    charts.chain(timeline).chain(forest).collect()
}

/// The tables a page has beside its pictures; one without rows is left out.
pub(crate) fn tables(doctor: &Doctor) -> Vec<&Table> {
    let courses = doctor
        .associations
        .iter()
        .filter_map(|a| a.courses.as_ref());
    [&doctor.headline, &doctor.answers]
        .into_iter()
        .chain(courses.map(|courses| &courses.table))
        .filter(|table| !table.rows.is_empty())
        .collect()
}

/// The sentences and names a page has beside pictures and tables, all of which stand whole on it.
pub(crate) fn sentences(doctor: &Doctor) -> Vec<String> {
    let mut said = vec![
        doctor.title.clone(),
        doctor.subtitle.clone(),
        doctor.coverage.clone(),
    ];
    said.extend(doctor.summary.clone());
    said.extend(doctor.footer.clone());
    said.extend(doctor.questions.more.clone());
    said.extend(doctor.flags.none.iter().chain(&doctor.flags.more).cloned());
    said.extend(doctor.flags.lines.iter().map(|flag| flag.says.clone()));
    said.extend(doctor.flags.lines.iter().filter_map(|f| f.done.clone()));
    said.extend(doctor.flags_note.clone());
    said.extend(doctor.answers_missing.clone());
    if !doctor.headline.rows.is_empty() {
        said.extend(doctor.headline_missing.clone());
    }
    for chart in drawn(doctor) {
        said.push(chart.title.clone());
    }
    if !doctor.has_timeline() {
        said.extend(doctor.taken.clone());
    }
    if let Some(associations) = &doctor.associations {
        said.extend([associations.title.clone(), associations.nights.clone()]);
        said.extend(associations.caution.clone());
        said.extend(associations.notices.clone());
        said.extend(associations.grades.clone());
        said.extend(associations.no_links.clone());
        said.extend(associations.more.clone());
        for list in &associations.lists {
            said.extend([list.names.title.clone(), list.means.clone()]);
            said.extend(list.names.lines.clone());
            said.extend(list.names.more.clone());
        }
        let courses = associations.courses.iter();
        said.extend(courses.flat_map(|c| [c.caution.clone()].into_iter().chain(c.more.clone())));
    }
    said
}

#[test]
fn nothing_is_shown_that_is_not_in_the_json() {
    for (name, doctor) in PAGES.iter() {
        let mut json = Vec::new();
        readable(&serde_json::to_value(doctor).unwrap(), &mut json);
        for sheet in sheets(doctor, Paper::A4) {
            for words in sheet.blocks.iter().flat_map(words_of) {
                assert!(
                    known(&words, &json),
                    "{name}: '{words}' is shown but not in the JSON"
                );
            }
            for text in gallery::texts(&sheet) {
                assert!(
                    text.words.chars().all(gallery::covers),
                    "{name}: '{}' has letters the type lacks",
                    text.words
                );
                assert!(
                    matches!(text.face.ink, Ink::Black | Ink::Grey | Ink::White),
                    "words in a pale ink"
                );
                assert!(
                    text.face.size >= 1.4,
                    "{name}: '{}' is too small to read",
                    text.words
                );
            }
        }
    }
}

#[test]
fn nothing_the_report_says_is_lost_on_the_page() {
    for (name, doctor) in PAGES.iter() {
        let sheets = sheets(doctor, Paper::A4);
        let blocks = || sheets.iter().flat_map(|sheet| &sheet.blocks);
        let shown: Vec<String> = blocks()
            .flat_map(words_of)
            .map(|words| squeezed(&words))
            .collect();
        let shown = shown.join("\n");
        // the numbers stand in their own rows and columns; only the end of a cell may be cut
        for table in tables(doctor) {
            let rows = blocks().find_map(|block| match block {
                Block::Table { summary, rows } if *summary == table.caption => Some(rows),
                _ => None,
            });
            let rows = rows.unwrap_or_else(|| panic!("{name}: no table '{}'", table.caption));
            assert_eq!(
                rows.len(),
                table.rows.len() + 1,
                "{name}: {}",
                table.caption
            );
            for (row, cells) in rows.iter().skip(1).zip(&table.rows) {
                assert_eq!(row.cells.len(), cells.len(), "{name}: {}", table.caption);
                for (cell, words) in row.cells.iter().zip(cells) {
                    let lines: Vec<&Mark> = cell.marks.iter().collect();
                    let drawn = squeezed(&lines_of(&lines).concat());
                    let words = squeezed(words);
                    let whole = drawn == words;
                    let cut = drawn
                        .strip_suffix('…')
                        .is_some_and(|begun| words.starts_with(begun));
                    assert!(whole || cut, "{name}: '{drawn}' for '{words}'");
                }
            }
        }
        let mut said = sentences(doctor);
        said.extend(doctor.pages.clone());
        for chart in drawn(doctor) {
            said.extend(chart.key.iter().map(|entry| entry.words.clone()));
            said.extend(chart.notes.clone());
        }
        for words in said {
            // a name longer than its two lines ends in "…"
            let whole = has(&shown, &squeezed(&words));
            let begun: String = squeezed(&words).chars().take(60).collect();
            let cut = *name == "long-names" && shown.contains(&begun);
            assert!(whole || cut, "{name}: '{words}' is not on the page");
        }
        // these may be cut where their place ends, but never left out
        let mut begun: Vec<String> = doctor.answers.rows.concat();
        begun.extend(
            doctor
                .questions
                .lines
                .iter()
                .map(|question| question.printed.clone()),
        );
        for words in begun {
            let start: String = squeezed(&words).chars().take(20).collect();
            assert!(
                shown.contains(&start),
                "{name}: '{words}' is not on the page"
            );
        }
    }
}

/// What a web page says outside its drawings: each run of words between two tags.
fn said_in(page: &str) -> Vec<String> {
    let main = page.split("<main>").nth(1).unwrap();
    let mut main = main.split("</main>").next().unwrap().to_string();
    while let (Some(from), Some(to)) = (main.find("<svg"), main.find("</svg>")) {
        main.replace_range(from..to + 6, "");
    }
    let runs = main.split('<').filter_map(|part| part.split_once('>'));
    let text = runs.map(|(_, words)| {
        words
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    });
    text.filter(|words| !words.trim().is_empty()).collect()
}

#[test]
fn the_web_page_says_what_the_json_says_and_nothing_else() {
    for (name, doctor) in PAGES.iter() {
        let sheets = sheets(doctor, Paper::A4);
        let said = said_in(&page::html(doctor, &sheets, Paper::A4, &about(doctor)));
        let mut json = Vec::new();
        readable(&serde_json::to_value(doctor).unwrap(), &mut json);
        for words in &said {
            assert!(
                known(words, &json),
                "{name}: '{words}' is shown but not in the JSON"
            );
        }
        // and the other way: every sentence and every number of the report is there
        let squeezed_said: Vec<String> = said.iter().map(|words| squeezed(words)).collect();
        let shown = squeezed_said.join("\n");
        let charts = drawn(doctor);
        let mut wanted = sentences(doctor);
        let tables = tables(doctor);
        let tables = tables
            .into_iter()
            .chain(charts.iter().map(|chart| &chart.table));
        for table in tables {
            // every cell under its head and in its row: the whole table, word for word
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            let all: Vec<String> = std::iter::once(&table.caption)
                .chain(cells)
                .map(|words| squeezed(words))
                .filter(|words| !words.is_empty())
                .collect();
            let there = squeezed_said.windows(all.len()).any(|run| *run == *all);
            assert!(
                there,
                "{name}: '{}' is not whole on the web page",
                table.caption
            );
        }
        for chart in charts {
            wanted.extend([chart.alt.clone(), chart.coverage.clone()]);
        }
        wanted.extend(doctor.questions.lines.iter().map(|q| q.text.clone()));
        for words in wanted {
            assert!(
                has(&shown, &squeezed(&words)),
                "{name}: '{words}' is not on the web page"
            );
        }
    }
}

#[test]
fn what_has_no_room_on_the_sheet_is_in_the_json() {
    let (_, crowded) = PAGES.iter().find(|(name, _)| *name == "crowded").unwrap();
    let json = serde_json::to_value(crowded).unwrap();
    let count = |at: &str| json.pointer(at).and_then(|v| v.as_array()).map(Vec::len);
    for (kept, left, all) in [
        ("/questions/lines", "/questions/rest", 7),
        ("/associations/table/rows", "/associations/rest", 15),
        (
            "/associations/courses/table/rows",
            "/associations/courses/rest",
            9,
        ),
        (
            "/timeline/picture/lanes",
            "/timeline/picture/lanes_left",
            20,
        ),
        (
            "/timeline/picture/events",
            "/timeline/picture/events_left",
            23,
        ),
    ] {
        let (kept, left) = (count(kept).unwrap(), count(left).unwrap());
        assert!(left > 0 && kept + left == all, "{kept} and {left} of {all}");
    }
    assert_eq!(count("/associations/found"), Some(15));
    assert_eq!(json.pointer("/associations/found/0/q"), Some(&0.04.into()));
    // ten of the twenty courses go on, all with their doses
    assert_eq!(count("/taken"), Some(10));
    assert!(
        crowded
            .taken
            .contains(&"a name that takes forty letters to spell 1 300 mg, 1 a day".to_string())
    );
}

#[test]
fn the_pages_pass_the_checks_of_pdf_ua_that_there_are() {
    for (name, doctor) in PAGES.iter() {
        for paper in [Paper::A4, Paper::Letter] {
            let sheets = sheets(doctor, paper);
            if let Err(e) = gallery::checked_pdf(&sheets, &about(doctor)) {
                panic!("{name}: {e}");
            }
            // one figure without its words, anywhere, and there is no file
            for at in 0..sheets[0].blocks.len() {
                let mut mute = sheets.clone();
                if let Block::Figure { alt, .. } = &mut mute[0].blocks[at] {
                    alt.clear();
                    assert!(pdf::file(&mute, &about(doctor)).is_err());
                }
            }
        }
    }
}

#[test]
fn the_pdf_has_the_words_of_the_layout_and_the_tags() {
    for (name, doctor) in PAGES.iter() {
        let sheets = sheets(doctor, Paper::A4);
        let file = pdf::file(&sheets, &about(doctor)).unwrap();
        let document = lopdf::Document::load_mem(&file).unwrap();
        assert_eq!(document.get_pages().len(), sheets.len(), "{name}");
        let numbers: Vec<u32> = document.get_pages().keys().copied().collect();
        let text = squeezed(&document.extract_text(&numbers).unwrap());
        for words in sheets.iter().flat_map(gallery::texts) {
            assert!(
                text.contains(&squeezed(&words.words)),
                "{name}: '{}' is not in the text layer",
                words.words
            );
        }
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
        let mark = catalog.get(b"MarkInfo").unwrap();
        let mark = document.dereference(mark).unwrap().1.as_dict().unwrap();
        assert!(mark.get(b"Marked").unwrap().as_bool().unwrap());
        let mut tags = std::collections::BTreeMap::new();
        for object in document.objects.values() {
            let Ok(element) = object.as_dict() else {
                continue;
            };
            let Ok(tag) = element.get(b"S").and_then(lopdf::Object::as_name) else {
                continue;
            };
            *tags
                .entry(String::from_utf8_lossy(tag).to_string())
                .or_insert(0_usize) += 1;
            if tag == b"Figure" {
                let alt = element.get(b"Alt").unwrap().as_str().unwrap();
                assert!(alt.len() > 10, "{name}: a figure without words");
            }
        }
        let number = |tag| tags.get(tag).copied().unwrap_or(0);
        assert_eq!(number("Figure"), drawn(doctor).len(), "{name}: {tags:?}");
        assert_eq!(number("H1"), sheets.len(), "{name}: {tags:?}");
        assert_eq!(number("Table"), tables(doctor).len(), "{name}: {tags:?}");
        assert!(number("H2") > 1 && number("P") > 1, "{name}: {tags:?}");
    }
}

#[test]
fn every_form_is_the_same_every_time() {
    let make = || {
        let (_, doctor) = &PAGES[0];
        let sheets = sheets(doctor, Paper::A4);
        let about = about(doctor);
        (
            pdf::file(&sheets, &about).unwrap(),
            picture::png(&sheets, &about).unwrap(),
            picture::svg(&sheets, &about),
            page::html(doctor, &sheets, Paper::A4, &about),
        )
    };
    assert!(make() == make());
}

#[test]
fn the_web_page_stands_alone() {
    for (name, doctor) in PAGES.iter() {
        let sheets = sheets(doctor, Paper::A4);
        let page = page::html(doctor, &sheets, Paper::A4, &about(doctor));
        // nothing is on the page twice for the eye: captions repeat headings for those who jump from table to table
        assert_eq!(page.matches("<caption>").count(), 0, "{name}");
        for outside in [
            "http://", "https://", "<script", " style=", "url(", "@import", "<link", "<img",
        ] {
            assert!(!page.contains(outside), "{name}: {outside}");
        }
        assert!(page.contains("default-src 'none'; style-src 'sha256-"));
        let pictures = drawn(doctor).len();
        let all = pictures + tables(doctor).len();
        assert_eq!(page.matches("<table>").count(), all, "{name}");
        let figures = page.matches("<figure role=\"img\" aria-label=").count();
        assert_eq!(figures, pictures, "{name}");
        for question in &doctor.questions.lines {
            assert!(
                page.contains(&question.text.replace('&', "&amp;")),
                "{name}: own words are kept as written"
            );
        }
        let folder = crate::tests::scratch().join("pictures");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("page-{name}.html")), page).unwrap();
    }
}

#[test]
fn inks_have_the_contrast_that_reading_needs() {
    // relative luminance and contrast of WCAG 2.2
    let luminance = |ink: Ink| {
        let [r, g, b] = ink.rgb().map(|byte| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let contrast = |ink: Ink| 1.05 / (luminance(ink) + 0.05);
    assert!(Ink::ON_WHITE.iter().all(|ink| contrast(*ink) >= 3.0));
    assert!(
        [Ink::Black, Ink::Grey]
            .iter()
            .all(|ink| contrast(*ink) >= 4.5)
    );
    assert!(
        (contrast(Ink::Blue) - 5.19).abs() < 0.01
            && (contrast(Ink::Vermillion) - 3.87).abs() < 0.01
    );
}

#[test]
fn every_page_is_one_well_set_sheet() {
    let folder = crate::tests::scratch().join("pictures");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, doctor) in PAGES.iter() {
        for paper in [Paper::A4, Paper::Letter] {
            let sheets = sheets(doctor, paper);
            // only what has more than a sheet of warnings or lists goes on to another
            let least = 1 + usize::from(doctor.associations.is_some());
            let much = ["warnings", "crowded", "long-names"].contains(name);
            assert!(sheets.len() == least || much, "{name}: {}", sheets.len());
            assert_eq!(doctor.pages.len(), sheets.len(), "{name}");
            for sheet in &sheets {
                assert_eq!(
                    gallery::strays(sheet),
                    Vec::<&_>::new(),
                    "{name}: words leave the live area"
                );
                assert_eq!(
                    gallery::collisions(sheet),
                    Vec::new(),
                    "{name}: words overlap"
                );
            }
            let file = |form: &str| folder.join(format!("page-{name}-{paper}.{form}"));
            let about = about(doctor);
            std::fs::write(file("pdf"), pdf::file(&sheets, &about).unwrap()).unwrap();
            if paper == Paper::A4 {
                std::fs::write(file("svg"), picture::svg(&sheets, &about)).unwrap();
                std::fs::write(file("png"), picture::png(&sheets, &about).unwrap()).unwrap();
            }
        }
    }
}

#[test]
fn the_line_is_found_again_among_other_bytes() {
    let made = crate::report::origin::Provenance {
        program: "nightcramp 0.1.0".into(),
        from: "2026-01-07".into(),
        to: "2026-03-03".into(),
        paper: Some("a4".into()),
        chart: None,
        data_sha256: "0f".repeat(32),
    };
    let file = [
        b"\x00\xff(".as_slice(),
        made.line().as_bytes(),
        b")\xfe".as_slice(),
    ]
    .concat();
    assert_eq!(crate::report::origin::Provenance::find(&file), Some(made));
    assert_eq!(
        crate::report::origin::Provenance::find(b"nightcramp-page from=2026-01-07 end"),
        None
    );
    assert_eq!(crate::report::origin::Provenance::find(b""), None);
}
