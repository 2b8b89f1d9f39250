//! The clinician's page as it is read: its first sentences, its warnings, what it leaves out, its pains in print, and
//! the forest of its second sheet.

use crate::analysis::association::Caution;
use crate::data::word::Word;
use crate::diary::Diary;
use crate::diary::pain::Pain;
use crate::render::canvas::{Area, Form, Mark, Text};
use crate::render::chart::{keyed, sheet};
use crate::render::page::{Paper, sheets};
use crate::render::sheet::{Block, SMALL, Sheet};
use crate::render::style::{Ink, Weight};
use crate::report::chart::{Forest, Picture, calendar};
use crate::report::doctor::{Doctor, doctor};
use crate::report::say::page as say;

use crate::tests::door::Door;
use crate::tests::gallery;
use crate::tests::page::{PAGES, drawn, lines_of, sentences, squeezed, tables, words_of};

/// Six points, the least that is read in print, in millimetres.
const SIX_POINTS: f64 = 6.0 * 25.4 / 72.0;

fn page(name: &str) -> &'static Doctor {
    let found = PAGES.iter().find(|(page, _)| *page == name);
    &found.unwrap().1
}

#[test]
fn the_first_sentences_say_how_many_nights_and_whether_that_changed() {
    for (name, said) in [
        (
            "ordinary",
            vec![
                "20 of 51 recorded nights had a cramp (39 %); in the 8 weeks before, 13 of 40 recorded nights (32 %).",
                "No clear change: 4.4 a week, 3.5 before; 1.3 times as many (95 % interval 0.70 to 2.3).",
            ],
        ),
        ("empty", vec!["No night is recorded."]),
        (
            "one-night",
            vec![
                "The one recorded night had a cramp.",
                "Fewer than half of the nights are recorded, and bad nights may be written down more often than calm ones.",
            ],
        ),
        ("calm", vec!["None of 56 recorded nights had a cramp."]),
        (
            "untimed",
            vec![
                "All 12 recorded nights had a cramp (100 %).",
                "Fewer than half of the nights are recorded, and bad nights may be written down more often than calm ones.",
            ],
        ),
    ] {
        assert_eq!(page(name).summary, said, "{name}");
    }
    assert_eq!(
        page("ordinary").coverage,
        "51 of 56 nights recorded, 5 blank; of the 8 weeks before, 40 of 46"
    );
}

/// Two weeks with a cramp on every `before`th night and two on every `after`th (0 for none), and what is said of the
/// second two.
fn change(before: usize, after: usize) -> (serde_json::Value, Vec<String>) {
    let door = Door::at("2026-03-04T08:00:00Z");
    for (at, night) in gallery::nights("2026-02-04", "2026-03-03")
        .iter()
        .enumerate()
    {
        let (each, at) = if at < 14 {
            (before, at)
        } else {
            (after, at - 14)
        };
        let said = if each > 0 && at % each == 0 {
            format!("log {night} 23:30 left calf 5")
        } else {
            format!("night {night} calm")
        };
        door.ok(&said);
    }
    let page = door
        .run("report --json --from 2026-02-18 --to 2026-03-03")
        .json();
    let said = page["summary"].as_array().unwrap().iter();
    let said = said.map(|line| line.as_str().unwrap().to_string());
    let said = said.collect();
    (page, said)
}

#[test]
fn a_change_is_said_with_its_interval_and_never_without_enough_nights() {
    let (page, said) = change(7, 1);
    assert_eq!(page["change"]["verdict"], "up");
    assert_eq!(page["previous"]["nights"]["cramp"], 2);
    assert_eq!(
        said,
        [
            "All 14 recorded nights had a cramp (100 %); in the 2 weeks before, 2 of 14 recorded nights (14 %).",
            "More cramps: 7.0 a week, 1.0 before; 7.0 times as many (95 % interval 1.6 to 63). A bad spell can do that too.",
        ]
    );
    let (_, said) = change(1, 0);
    assert_eq!(
        said[1],
        "Fewer cramps: 0.0 a week, 7.0 before; 0 times as many (95 % interval 0 to 0.30). A good spell can do that too."
    );
    let (_, said) = change(2, 2);
    assert!(
        said[1].starts_with("No clear change: 3.5 a week, 3.5 before; 1.0 times"),
        "{said:?}"
    );
    // without a cramp on either side there is nothing to compare
    let (_, said) = change(0, 0);
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn a_few_nights_before_are_no_comparison() {
    let door = Door::at("2026-03-04T08:00:00Z");
    for night in [
        "2026-01-20",
        "2026-02-25",
        "2026-02-26",
        "2026-02-27",
        "2026-02-28",
    ] {
        door.ok(&format!("night {night} calm"));
    }
    let page = door
        .run("report --json --from 2026-02-18 --to 2026-03-03")
        .json();
    assert_eq!(page["previous"]["nights"]["recorded"], 0);
    assert_eq!(page["summary"].as_array().unwrap().len(), 2);
    let page = door.run("report --json --from 2026-02-01").json();
    let said = page["summary"].to_string();
    assert!(
        said.contains("Too few nights are recorded to say whether that has changed."),
        "{said}"
    );
    assert!(!said.contains("times as many"), "{said}");
}

#[test]
fn warnings_come_first_all_of_them_and_whole() {
    for (name, doctor) in PAGES.iter() {
        let sheets = sheets(doctor, Paper::A4);
        let blocks = || sheets.iter().flat_map(|sheet| &sheet.blocks);
        let headings = blocks().filter_map(|block| match block {
            Block::Heading(2, marks) => Some(lines_of(&marks.iter().collect::<Vec<_>>()).concat()),
            _ => None,
        });
        let headings: Vec<String> = headings.collect();
        assert_eq!(headings.first(), Some(&doctor.flags.title), "{name}");
        let paragraphs: Vec<String> = blocks()
            .filter(|block| matches!(block, Block::Paragraph(_)))
            .flat_map(words_of)
            .map(|words| squeezed(&words))
            .collect();
        let places = doctor.flags.lines.iter().map(|flag| {
            let says = squeezed(&flag.says);
            let at = paragraphs.iter().position(|words| *words == says);
            at.unwrap_or_else(|| panic!("{name}: '{}' is not whole on the page", flag.says))
        });
        let places: Vec<usize> = places.collect();
        assert!(places.is_sorted(), "{name}: {places:?}");
        assert!(doctor.flags.rest.is_empty(), "{name}");
    }
    assert_eq!(page("warnings").flags.lines.len(), 40);
}

#[test]
fn an_urgent_warning_stands_out() {
    let sheets = sheets(page("warnings"), Paper::A4);
    let bold = |n: usize| {
        let entry = format!("2026-02-{n:02}.");
        let texts = gallery::texts(&sheets[0]);
        let text = texts.iter().find(|text| text.words.contains(&entry));
        text.unwrap().face.weight == Weight::Bold
    };
    assert!(bold(1) && bold(2) && !bold(3));
}

/// The forest of the second sheet.
fn forest_of(doctor: &Doctor) -> &Forest {
    let links = doctor.associations.as_ref().unwrap();
    match &links.forest.as_ref().unwrap().picture {
        Picture::Factors(forest) => forest,
        _ => panic!("not a forest"),
    }
}

/// Every word of a page but its foot, a block each.
fn read(doctor: &Doctor) -> Vec<String> {
    let sheets = sheets(doctor, Paper::A4);
    let blocks = sheets.iter().flat_map(|sheet| &sheet.blocks);
    let words = blocks.flat_map(words_of).filter(|words| !words.is_empty());
    let foot: Vec<String> = doctor.footer.iter().chain(&doctor.pages).cloned().collect();
    words.filter(|words| !foot.contains(words)).collect()
}

#[test]
fn what_nobody_wrote_down_takes_no_room() {
    let doctor = page("empty");
    let expected = [
        "Night cramp diary — recorded by the patient",
        "2026-01-07 to 2026-03-03 (8 weeks)",
        "0 of 56 nights recorded, 56 blank",
        "No night is recorded.",
        "Entries that deserve a medical check",
        "No warning entry recorded. This is not an all-clear: only what was written down was looked at.",
        "What a clinician may ask",
    ];
    let said = read(doctor);
    assert_eq!(said[..expected.len()], expected);
    // and one line of what was never answered
    assert_eq!(said.len(), expected.len() + 1, "{said:?}");
    assert!(said[expected.len()].starts_with("Not recorded: leg pain on walking, urge to move"));
    let said = read(page("medicine-only")).join(" | ");
    assert!(
        said.ends_with("Taken or done on the last day | furosemide 300 mg, 1 a day"),
        "{said}"
    );
    let said = read(page("calm")).join(" | ");
    for absent in [
        "Questions",
        "Side",
        "Site",
        "When cramps began",
        "Pain",
        "not recorded |",
    ] {
        assert!(!said.contains(absent), "{absent} in {said}");
    }
    // every heading has something under it before the next
    for (name, doctor) in PAGES.iter() {
        for sheet in sheets(doctor, Paper::A4) {
            let heads = sheet
                .blocks
                .iter()
                .map(|block| matches!(block, Block::Heading(..)));
            let heads: Vec<bool> = heads.collect();
            assert!(
                heads.windows(2).skip(1).all(|pair| pair != [true, true]),
                "{name}: a heading over nothing"
            );
        }
    }
}

#[test]
fn a_clinician_reads_of_the_patient() {
    for (name, doctor) in PAGES.iter() {
        let mut said = sentences(doctor);
        for chart in drawn(doctor) {
            said.extend([chart.alt.clone(), chart.coverage.clone()]);
            said.extend(chart.notes.clone());
            said.extend(chart.key.iter().map(|entry| entry.words.clone()));
        }
        for table in tables(doctor) {
            said.extend(
                table
                    .head
                    .iter()
                    .chain(table.rows.iter().flatten())
                    .cloned(),
            );
        }
        for line in said {
            let line = line.to_lowercase();
            let mut words = line.split(|c: char| !c.is_alphabetic());
            assert!(
                !words.any(|word| matches!(word, "you" | "your" | "yours" | "their" | "theirs")),
                "{name}: {line}"
            );
            assert!(!line.contains("'cramp "), "{name}: {line}");
        }
    }
}

/// The pains in a drawing of nights, and the discs they stand beside.
fn pains(marks: &[Mark]) -> (Vec<&Text>, Vec<Area>) {
    let pain = |mark: &&Mark| match mark {
        Mark::Text(text) => text.face.weight == Weight::Bold && text.face.ink == Ink::Black,
        Mark::Shape(..) => false,
    };
    let texts = marks.iter().filter(pain).filter_map(|mark| match mark {
        Mark::Text(text) if text.words.starts_with(|c: char| c.is_ascii_digit()) => Some(text),
        _ => None,
    });
    let discs = marks.iter().filter_map(|mark| match mark {
        Mark::Shape(Form::Circle(..), ..) => mark.area(),
        _ => None,
    });
    (texts.collect(), discs.collect())
}

#[test]
fn a_pain_can_be_read_in_print_and_touches_no_disc() {
    let mut diary = Diary::default();
    let nights = gallery::nights("2026-01-07", "2026-03-03");
    let mut expected = Vec::new();
    for (at, night) in nights.iter().enumerate() {
        let pain = Pain::of((at % 21) as f64 / 2.0).unwrap();
        for minutes in 0..[1, 2, 12][at % 3] {
            gallery::cramp(&mut diary, night, 300 + minutes, Some(3));
        }
        for episode in diary.episodes.iter_mut().filter(|e| e.night == night) {
            episode.severity = Some(pain);
        }
        expected.push(pain.to_string());
    }
    diary.sort();
    let strip = keyed(&calendar::strip(&diary, nights, 8), 69.0, 0.0, SMALL);
    let months = sheet(&calendar::calendar(&diary, nights));
    let months: Vec<Mark> = months
        .blocks
        .iter()
        .flat_map(Block::marks)
        .cloned()
        .collect();
    for (name, marks) in [("strip", &strip.marks), ("months", &months)] {
        let (pains, discs) = pains(marks);
        let found: Vec<&String> = pains.iter().map(|text| &text.words).collect();
        // the key has a pain of its own
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(*found, expected, "{name}");
        }
        assert_eq!(found.len(), expected.len() + 1, "{name}");
        for text in pains {
            let (size, area) = (text.face.size, text.area());
            assert!(size >= SIX_POINTS, "{name}: {} is {size} mm", text.words);
            let clear = |disc: &Area| {
                let (dx, dy) = (disc.x + disc.w / 2.0, disc.y + disc.h / 2.0);
                let (x, y) = (
                    dx.clamp(area.x, area.right()),
                    dy.clamp(area.y, area.bottom()),
                );
                (dx - x).hypot(dy - y) >= disc.w / 2.0
            };
            assert!(
                discs.iter().all(clear),
                "{name}: {} touches a disc",
                text.words
            );
        }
    }
}

/// The one figure of a sheet that is a forest: its marks.
fn forest_marks(sheet: &Sheet) -> Vec<Mark> {
    let mut figures = sheet.blocks.iter().filter_map(|block| match block {
        Block::Figure { marks, .. } => Some(marks.clone()),
        _ => None,
    });
    figures.next_back().unwrap()
}

#[test]
fn squares_and_intervals_stand_where_the_axis_says() {
    let doctor = page("associations");
    let forest = forest_of(doctor);
    let sheets = sheets(doctor, Paper::A4);
    let marks = forest_marks(sheets.last().unwrap());
    let label = |words: &str| {
        let found = marks.iter().find_map(|mark| match mark {
            Mark::Text(text) if text.words == words => Some(text.left() + text.width() / 2.0),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("no mark {words}"))
    };
    // the axis as a reader takes it from two of its marks
    let (half, two) = (label("0.5"), label("2"));
    let at = |ratio: f64| half + (two - half) * (ratio / 0.5).ln() / 4.0_f64.ln();
    assert!((label("1") - at(1.0)).abs() < 0.02 && (label("8") - at(8.0)).abs() < 0.02);
    let squares: Vec<f64> = marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Shape(Form::Outline(corners), Some(Ink::Black), _) if corners.len() == 4 => {
                mark.area().map(|area| area.x + area.w / 2.0)
            }
            _ => None,
        })
        .collect();
    // in the order of the rows: consistent, possible, possible, hint, hint; the key has one more
    let expected = [6.0, 2.1, 2.1, 0.4, 0.4];
    assert_eq!(squares.len(), expected.len() + 1);
    for (found, ratio) in squares.iter().zip(expected) {
        assert!((found - at(ratio)).abs() < 0.02, "{found} for {ratio}");
    }
    // the interval of the second row ends at 1.2 and 3.6
    let lines = marks.iter().filter_map(|mark| match mark {
        Mark::Shape(Form::Lines(_), _, Some(stroke)) if stroke.ink == Ink::Blue => mark.area(),
        _ => None,
    });
    let whole = lines
        .filter(|area| area.h < 0.01)
        .map(|area| (area.x, area.right()));
    let near = |(l, r): (f64, f64), low: f64, high: f64| {
        (l - at(low)).abs() < 0.03 && (r - at(high)).abs() < 0.03
    };
    let whole: Vec<(f64, f64)> = whole.collect();
    assert_eq!(
        whole.iter().filter(|ends| near(**ends, 1.2, 3.6)).count(),
        2,
        "{whole:?}"
    );
    // an end beyond the axis stops at its edge
    assert_eq!(
        whole
            .iter()
            .filter(|ends| near(**ends, 0.0625, 2.9))
            .count(),
        2,
        "{whole:?}"
    );
    assert_eq!(forest.rows[0].size.as_deref(), Some("6.0 (0.01 to 40)"));
}

#[test]
fn the_rows_of_the_forest_say_what_is_compared_and_counted() {
    let doctor = page("associations");
    let said = read(doctor);
    let rows = forest_of(doctor);
    let row = &rows.rows[1];
    assert_eq!(
        row.label,
        "Exercise of more than forty-five minutes 0: 7 against 0"
    );
    assert_eq!(row.with, "14 of 30 nights above 3.5");
    assert_eq!(row.without, "22 of 110 nights at 3.5 or below");
    assert_eq!(
        (row.size.as_deref(), &*row.grade),
        (Some("2.1 (1.2 to 3.6)"), "possible link")
    );
    for line in [
        "7 against 0",
        "14 of 30 nights above 3.5",
        "22 of 110 nights without",
        "2.1 (1.2 to 3.6)",
        "consistent link",
        "hint",
    ] {
        assert!(
            said.iter().any(|words| words == line),
            "'{line}' is not in {said:?}"
        );
    }
}

#[test]
fn a_long_name_is_cut_before_what_is_compared() {
    let doctor = page("long-names");
    let sheets = sheets(doctor, Paper::A4);
    let forests = sheets.iter().filter(|sheet| {
        let texts = gallery::texts(sheet);
        texts.iter().any(|text| text.words == "Compared")
    });
    let drawn: Vec<String> = forests
        .flat_map(gallery::texts)
        .map(|text| text.words.clone())
        .collect();
    let drawn = squeezed(&drawn.concat());
    let forest = forest_of(doctor);
    let contrasts = forest.rows.iter().filter_map(|row| row.contrast.as_ref());
    let contrasts: Vec<&String> = contrasts.collect();
    assert!(!contrasts.is_empty());
    let whole = drawn
        .matches(&squeezed("7 micrograms per cubic metre against 0"))
        .count();
    assert_eq!(whole, contrasts.len(), "{drawn}");
}

#[test]
fn what_weakens_a_link_is_said_of_the_patient_and_stands_with_it() {
    let mut link = crate::tests::page::association(0);
    link.label = "Socks".into();
    link.cautions = Caution::ALL.to_vec();
    let notices = say::notices(&[&link]);
    // these say nothing that a clinician could use
    let silent = [
        Caution::Bundled,
        Caution::NotJudged,
        Caution::WaitsForLook,
        Caution::NoEstimate,
    ];
    assert_eq!(
        notices.len() + silent.len(),
        Caution::ALL.len(),
        "{notices:?}"
    );
    assert!(notices.iter().all(|notice| notice.starts_with("Socks: ")));
    let said = notices.join(" ");
    assert!(said.contains("the patient may have changed it because of the cramps"));
    assert!(said.contains("the next day's value goes with the cramps as well"));
    assert!(!said.contains("you"), "{said}");
}

#[test]
fn a_link_is_sure_only_from_enough_cramp_nights() {
    for (look, one_in) in [
        (None, "1 in 5"),
        (Some(59), "1 in 5"),
        (Some(60), "1 in 10"),
    ] {
        let mut beside = crate::tests::page::found(0, 1, 0, 0);
        beside.look = look;
        let nights = gallery::nights("2026-01-07", "2026-03-03");
        let page = doctor(
            &gallery::ordinary(),
            nights,
            || beside,
            "nightcramp 0",
            "a4",
        );
        let associations = page.associations.unwrap();
        let expected =
            format!("Possible link: of links shown like this, about {one_in} may be chance.");
        assert_eq!(associations.grades, [expected]);
        let judged = associations
            .nights
            .contains("They have not been judged yet");
        assert_eq!(judged, look.is_none(), "{}", associations.nights);
    }
}
