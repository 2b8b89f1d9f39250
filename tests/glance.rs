//! The analysis at a glance: one screen whatever the diary holds, every factor once, and everything in its place.

use crate::analysis::association::{Association, Caution, Effect, Grade};
use crate::analysis::exposure::{PlainTable, Split, Step};
use crate::data::word::Word;
use crate::diary::{Diary, Night};
use crate::render::terminal::Layout;
use crate::render::terminal_analysis::at_a_glance;
use crate::report::factors::{Entry, Factors, Wish, factors};
use crate::stats::estimate::Estimate;
use crate::tests::analysis::chance;
use crate::tests::analysis::door_edges::{Plan, coins};

fn layout(width: usize, unicode: bool) -> Layout {
    Layout {
        plain: false,
        color: false,
        unicode,
        width,
    }
}

/// A report with these factors, of 200 nights.
fn report(list: Vec<Association>) -> Factors {
    let night: Night = "2026-03-03".parse().unwrap();
    let mut report = factors(Diary::default(), night, Wish::default(), &|| ());
    report.found.refused = None;
    report.found.nights.recorded = 200;
    report.found.nights.cramp = 80;
    report.found.nights.unknown = 20;
    report.found.tested = list.len();
    report.found.look = Some(48);
    let mut list = list;
    list.sort_by_key(|x| std::cmp::Reverse(x.grade));
    report.factors = list
        .into_iter()
        .map(|found| Entry::new(found, Some(48), &[]))
        .collect();
    report
}

fn factor(name: &str, grade: Grade, ratio: f64) -> Association {
    Association {
        factor: name.to_string(),
        label: name.to_string(),
        grade,
        effect: Some(Effect {
            measure: "rate ratio",
            per: String::new(),
            estimate: Estimate::new(ratio, ratio / 1.5, ratio * 1.5, 0.95).unwrap(),
        }),
        table: PlainTable {
            nights: 147,
            exposed: 64,
            unexposed: 83,
            cramp_exposed: 33,
            cramp_unexposed: 27,
            ..PlainTable::default()
        },
        step: Some(Step::YesNo),
        ..Association::default()
    }
}

/// A list drawn by chance: up to 60 factors, of every grade, kind and length of name.
fn drawn(seed: u64) -> Vec<Association> {
    let mut u = chance(seed);
    let mut below = move |n: usize| (u() * n as f64) as usize;
    let of = 1 + below(60);
    let mut list = Vec::new();
    for at in 0..of {
        let grade = Grade::ALL[below(Grade::ALL.len())];
        let words = 1 + below(6);
        let name = vec!["factor"; words].join(" ") + &format!(" {at}");
        let mut a = factor(
            &name,
            grade,
            [0.0, 0.05, 0.3, 0.9, 1.0, 2.0, 40.0][below(7)],
        );
        if below(9) == 0 {
            a.effect.as_mut().unwrap().estimate.high = f64::INFINITY;
        }
        a.step = Some(match below(3) {
            0 => Step::YesNo,
            1 => Step::Range {
                from: 16.0,
                to: 22.5,
            },
            _ => Step::Level {
                level: "on the stomach".into(),
                against: "on the side".into(),
            },
        });
        a.split = [
            Split::Yes,
            Split::Any,
            Split::Above(17.5),
            Split::OtherThan(0),
        ][below(4)];
        a.base_level = Some("on the side".into());
        a.unit = (below(2) == 0).then(|| "°C".to_string());
        a.table.exposed = [3, 64, 1200][below(3)];
        a.need_nights = [None, Some(31), Some(9000)][below(3)];
        a.lag = u8::from(below(5) == 0);
        a.cautions = Caution::ALL
            .iter()
            .copied()
            .filter(|_| below(4) == 0)
            .collect();
        if below(4) == 0 && at > 0 {
            a.bundled_with = vec![list.last().map(|a: &Association| a.factor.clone()).unwrap()];
        }
        list.push(a);
    }
    list
}

#[test]
fn it_is_one_screen_whatever_the_factors_are() {
    for seed in 0..400 {
        let report = report(drawn(seed));
        for (width, unicode) in [(80, true), (80, false), (60, true), (40, false)] {
            let said = at_a_glance(&report, layout(width, unicode));
            let lines: Vec<&str> = said.lines().collect();
            assert!(
                width < 80 || lines.len() <= 24,
                "{seed}: {} lines\n{said}",
                lines.len()
            );
            for line in lines {
                assert!(
                    line.chars().count() <= width,
                    "{seed}, {width}: {line}\n{said}"
                );
                assert!(unicode || line.is_ascii(), "{line}");
            }
        }
    }
}

#[test]
fn colour_is_only_an_addition() {
    for seed in 0..40 {
        let report = report(drawn(seed));
        let grey = at_a_glance(&report, layout(80, true));
        let coloured = at_a_glance(
            &report,
            Layout {
                color: true,
                ..layout(80, true)
            },
        );
        assert!(coloured.contains("\u{1b}[1m"));
        let codes = ["\u{1b}[1m", "\u{1b}[34m", "\u{1b}[0m"];
        let bare = codes
            .iter()
            .fold(coloured, |text, code| text.replace(code, ""));
        assert_eq!(bare, grey);
    }
}

#[test]
fn every_factor_is_named_once_or_counted() {
    for (seed, of) in [(1, 3), (2, 8), (3, 12), (4, 20), (5, 40), (6, 60)] {
        let mut u = chance(seed);
        let list = (0..of).map(|at| {
            let grade = Grade::ALL[(u() * 8.0) as usize];
            factor(&format!("thing{at}x"), grade, 2.0)
        });
        let list: Vec<Association> = list.collect();
        let said = at_a_glance(&report(list.clone()), layout(80, true));
        let named = |a: &Association| said.matches(a.label.as_str()).count();
        assert!(list.iter().all(|a| named(a) <= 1), "{said}");
        let named: usize = list.iter().map(named).sum();
        let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let words: Vec<&str> = flat.split(' ').collect();
        let counted: usize = words
            .windows(2)
            .filter(|pair| pair[1].starts_with("more") && !pair[0].contains("fewer"))
            .filter_map(|pair| pair[0].parse::<usize>().ok())
            .sum();
        assert_eq!(named + counted, of, "{said}");
        assert!(of > 8 || counted == 0, "{said}");
    }
}

#[test]
fn a_ratio_stands_under_its_mark() {
    for (ratio, mark) in [(1.0, "1"), (2.0, "2"), (4.0, "4")] {
        for unicode in [true, false] {
            // 5 is there for an axis that is long enough
            let list = vec![
                factor("a", Grade::Possible, ratio),
                factor("b", Grade::Possible, 5.0),
            ];
            for width in [80, 60, 40] {
                let said = at_a_glance(&report(list.clone()), layout(width, unicode));
                let lines: Vec<Vec<char>> = said.lines().map(|l| l.chars().collect()).collect();
                let point = if unicode { '●' } else { '*' };
                let row = lines.iter().find(|line| line.contains(&point)).unwrap();
                let at = row.iter().position(|c| *c == point).unwrap();
                let head = lines.iter().find(|line| {
                    let line: String = line.iter().collect();
                    line.contains("0.5") && line.contains('8')
                });
                let head = head.unwrap_or_else(|| panic!("{said}"));
                assert_eq!(head[at].to_string(), mark, "{width}\n{said}");
            }
        }
    }
}

#[test]
fn an_interval_beyond_the_axis_says_so_and_none_is_drawn_backwards() {
    let mut wide = factor("wide", Grade::Hint, 1.0);
    wide.effect.as_mut().unwrap().estimate = Estimate::new(1.0, 0.0, f64::INFINITY, 0.95).unwrap();
    let said = at_a_glance(
        &report(vec![wide, factor("low", Grade::Hint, 0.5)]),
        layout(80, true),
    );
    let row = |name: &str| {
        said.lines()
            .find(|l| l.starts_with(name))
            .unwrap()
            .to_string()
    };
    let bar = row("wide");
    let at = |c: char| bar.chars().position(|x| x == c).unwrap();
    assert!(at('←') < at('●') && at('●') < at('→'), "{said}");
    let bar = row("low");
    let at = |c: char| bar.chars().position(|x| x == c).unwrap();
    assert!(
        at('├') < at('●') && at('●') < at('┤') && at('┤') < at('│'),
        "{said}"
    );
}

#[test]
fn a_caveat_of_all_links_is_said_once_and_one_of_some_names_them() {
    let with = |name: &str, cautions: &[Caution]| Association {
        cautions: cautions.to_vec(),
        ..factor(name, Grade::Possible, 2.0)
    };
    let list = vec![
        with("ale", &[Caution::Recalled, Caution::SelectiveLogging]),
        with("bath", &[Caution::Recalled]),
        with("cola", &[Caution::Recalled]),
    ];
    let said = at_a_glance(&report(list), layout(80, true));
    assert_eq!(said.matches("memory may play a part.").count(), 1, "{said}");
    assert!(said.contains("no more than a hint (ale)."), "{said}");
    assert!(
        said.contains("about 1 in 5 may be chance"),
        "48 cramp nights: {said}"
    );
}

#[test]
fn links_that_belong_together_are_told_so_once() {
    let with = |name: &str, other: &str| Association {
        bundled_with: vec![other.to_string()],
        ..factor(name, Grade::Possible, 2.0)
    };
    let said = at_a_glance(
        &report(vec![with("ale", "bath"), with("bath", "ale")]),
        layout(80, true),
    );
    assert_eq!(
        said.matches("ale and bath go together").count(),
        1,
        "{said}"
    );
}

/// 200 nights, a third of them with a cramp more often where "x-a" is on; it is unknown on every twentieth night.
fn explained(line: &str) -> (String, serde_json::Value) {
    let mut u = chance(5);
    let on: Vec<bool> = (0..200).map(|_| u() < 0.5).collect();
    let counts = on
        .iter()
        .map(|on| Some(usize::from(u() < if *on { 0.55 } else { 0.2 })));
    let values = on.iter().enumerate();
    let values = values.map(|(t, on)| (t % 20 != 7).then_some(*on)).collect();
    let plan = Plan::new("2025-08-01", counts.collect())
        .with("x-a", values)
        .with("x-b", coins(200, 9));
    let mut door = plan.door();
    door.ok("analyze");
    let json = door.run("explain x-a --json").json();
    door.on_terminal(true, 80);
    (door.ok(line), json)
}

#[test]
fn a_factor_is_explained_by_what_went_into_its_number() {
    let (said, json) = explained("explain x-a");
    let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let entry = &json["entry"];
    assert_eq!(entry["filled"], 10);
    assert!(
        flat.contains("Known on 190 of 200 recorded nights; the other 10 are filled in"),
        "{said}"
    );
    let switches = entry["switches"].as_u64().unwrap();
    assert!(
        flat.contains(&format!("It changed {switches} times")),
        "{said}"
    );
    let ratio = |of: &serde_json::Value| {
        let [value, low, high] = ["value", "low", "high"].map(|k| of[k].as_f64().unwrap());
        let [value, low, high] = [value, low, high].map(crate::words::ratio);
        format!("{value} ({low} to {high})")
    };
    let row = |label: &str| {
        said.lines()
            .find(|line| line.trim_start().starts_with(label))
            .unwrap()
    };
    assert!(
        row("the other things allowed for").ends_with(&ratio(&entry["effect"])),
        "{said}"
    );
    assert!(
        row("without the other things").ends_with(&ratio(&entry["alone"])),
        "{said}"
    );
    let spent = crate::words::p_value(entry["p_spent"].as_f64().unwrap());
    assert!(
        flat.contains(&format!("over all looks so far it is {spent}")),
        "{said}"
    );
    assert!(
        flat.contains("of what this diary may get wrong by chance is spent"),
        "{said}"
    );
    let title = said.find("Cross-checks (they change no grade)").unwrap();
    assert!(title < said.find("Compared only within").unwrap(), "{said}");
    for line in json["check_lines"].as_array().unwrap() {
        assert!(flat.contains(line.as_str().unwrap()), "{line}: {said}");
    }
    for line in json["plain_lines"].as_array().unwrap() {
        assert_eq!(
            flat.matches(line.as_str().unwrap()).count(),
            1,
            "{line}: {said}"
        );
    }
}

#[test]
fn in_plain_text_an_explanation_has_no_picture() {
    let (said, json) = explained("explain x-a --plain");
    assert!(
        !said.contains('●') && !said.contains('├') && !said.contains("   "),
        "{said}"
    );
    assert!(said.contains("without the other things: "), "{said}");
    assert_eq!(json["kind"], "explain");
}
