//! Many diaries together: what leaves each, what is pooled, and what is never said.

use serde_json::{Value, json};

use crate::analysis::cohort::Person;
use crate::analysis::cohort_pool::Gathered;
use crate::analysis::from_diary::night_table;
use crate::diary::Zone;
use crate::import::demo::cohort::{PLANTED, person};
use crate::tests::door::Door;

const NOW: &str = "2026-03-04T10:00:00Z";

/// A door beside a folder of made-up people.
fn people(n: usize) -> Door {
    let door = Door::at(NOW);
    door.ok(&format!("demo people --cohort {n}"));
    door
}

fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines.map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn part(factor: &str, log: f64, se: f64) -> Value {
    json!({
        "factor": factor, "contrast": "yes-no", "log_rate_ratio": log, "se": se, "nights_with": 60, "nights_without": 90,
        "cramp_nights_with": 20, "cramp_nights_without": 30,
    })
}

fn line(observed: Value, experiments: Value) -> Value {
    json!({
        "schema": 1, "nights": 150, "cramp_nights": 50, "refused": null, "observed": observed, "experiments": experiments,
    })
}

/// The answer to lines of stage one.
fn pooled(lines: &[Value]) -> Value {
    let mut door = Door::at(NOW);
    let text: String = lines.iter().map(|l| format!("{l}\n")).collect();
    door.piping(&text);
    door.run("cohort --stage two - --json").json()
}

#[test]
fn two_stages_say_what_one_run_says_and_so_do_tables_and_exports() {
    let mut door = people(6);
    let whole = door.ok("cohort people --json");
    let lines = door.ok("cohort --stage one people");
    assert_eq!(lines.lines().count(), 6);
    std::fs::write(door.folder().join("lines.jsonl"), &lines).unwrap();
    assert_eq!(door.ok("cohort --stage two lines.jsonl --json"), whole);
    // the same people as tables of a study, which have no dates, and as an export
    door.ok("demo tables --cohort 6 --tables");
    assert_eq!(door.ok("cohort --stage one tables"), lines);
    door.ok("--diary people/000002.sqlite export exported");
    let second = lines.lines().nth(1).unwrap();
    assert_eq!(door.ok("cohort --stage one exported").trim(), second);
    // and as rows on standard input
    let mut rows = String::new();
    for table in ["nights", "cramps"] {
        let file = door.folder().join(format!("tables/000002/{table}.csv"));
        let mut reader = csv::Reader::from_path(file).unwrap();
        let head = reader.headers().unwrap().clone();
        for record in reader.records() {
            let mut row = json!({ "table": table });
            for (name, cell) in head.iter().zip(record.unwrap().iter()) {
                row[name] = json!(cell);
            }
            rows.push_str(&format!("{row}\n"));
        }
    }
    door.piping(&rows);
    assert_eq!(door.ok("cohort --stage one -").trim(), second);
}

#[test]
fn a_line_states_what_analyze_states() {
    let door = people(1);
    let said = door
        .run("--diary people/000001.sqlite analyze --no-look --json")
        .json();
    let line = &lines(&door.ok("cohort --stage one people"))[0];
    let mut seen = 0;
    for part in line["observed"].as_array().unwrap() {
        let factors = said["factors"].as_array().unwrap();
        let same = factors
            .iter()
            .find(|f| f["factor"] == part["factor"])
            .unwrap();
        let effect = &same["effect"];
        let number = |v: &Value| v.as_f64().unwrap();
        let (log, se) = (number(&part["log_rate_ratio"]), number(&part["se"]));
        assert!((number(&effect["value"]).ln() - log).abs() < 1e-12);
        let low = (log - 1.959_963_984_540_054 * se).exp();
        assert!((number(&effect["low"]) - low).abs() < 1e-9 * low);
        let with = part["cramp_nights_with"].as_u64();
        assert_eq!(same["n"]["cramp_exposed"].as_u64(), with);
        seen += 1;
    }
    assert_eq!(seen, 5);
}

#[test]
fn nothing_but_numbers_of_shared_factors_leaves_a_diary() {
    let door = people(1);
    let diary = "--diary people/000001.sqlite";
    for line in [
        "factor add secretthing type=yes-no",
        "course start secretpill 5mg 2026-01-01",
        "night calm secretthing=yes",
        "event secretevent",
        "edit 2026-03-03 note=secretnote",
    ] {
        door.ok(&format!("{diary} {line}"));
    }
    let line = door.ok("cohort --stage one people");
    assert!(!line.contains("secret"), "{line}");
    assert!(!line.contains("2026") && !line.contains("2025"), "{line}");
    let line = &lines(&line)[0];
    let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "cramp_nights",
            "experiments",
            "nights",
            "observed",
            "refused",
            "schema"
        ]
    );
}

#[test]
fn counts_below_five_and_people_below_five_are_not_told() {
    // a diary of a few nights: nothing to estimate, and its counts stay at home
    let door = Door::at(NOW);
    door.ok("night calm");
    std::fs::create_dir(door.folder().join("few")).unwrap();
    std::fs::copy(door.diary(), door.folder().join("few/one.sqlite")).unwrap();
    let line = &lines(&door.ok("cohort --stage one few"))[0];
    assert_eq!(
        (&line["nights"], &line["cramp_nights"]),
        (&json!(null), &json!(null))
    );
    let four: Vec<Value> = (1..=4)
        .map(|i| line_of("stretch", f64::from(i) / 10.0))
        .collect();
    let said = pooled(&four);
    let found = &said["observed"][0];
    for key in [
        "people",
        "nights",
        "ratio",
        "p",
        "prediction",
        "prediction_if_tau2_were_known",
        "tau2",
        "leave_one_out",
    ] {
        assert_eq!(found[key], json!(null), "{key}");
    }
    assert!(said.to_string().contains("Fewer than 5 people"));
    let five: Vec<Value> = (1..=5)
        .map(|i| line_of("stretch", f64::from(i) / 10.0))
        .collect();
    assert_eq!(pooled(&five)["observed"][0]["people"], json!(5));
}

fn line_of(factor: &str, log: f64) -> Value {
    line(json!([part(factor, log, 0.3)]), json!([]))
}

#[test]
fn experiments_and_what_was_seen_are_pooled_apart() {
    let all: Vec<Value> = (1..=7)
        .map(|i| {
            let i = f64::from(i);
            let seen = json!([part("stretch", 0.1 * i, 0.3)]);
            line(seen, json!([part("stretch", -0.1 * i, 0.4)]))
        })
        .collect();
    let said = pooled(&all);
    let ratio = |family: &str| said[family][0]["ratio"]["value"].as_f64().unwrap();
    assert!(ratio("observed") > 1.3 && ratio("experiments") < 0.8);
    assert_eq!(said["observed"].as_array().unwrap().len(), 1);
    let words = said["experiments"][0]["sentence"].as_str().unwrap();
    assert!(words.contains("chance decided"));
    let caveat = said["notes"].to_string();
    assert!(caveat.contains("need not cause") && caveat.contains("never pooled"));
}

#[test]
fn the_finished_experiments_of_a_diary_are_in_its_line() {
    let door = Door::at(NOW);
    door.ok("demo demo-diary --seed 3");
    let line = &lines(&door.ok("cohort --stage one demo-diary/diary.sqlite"))[0];
    let tried = line["experiments"].as_array().unwrap();
    assert_eq!(tried.len(), 1, "only the one that is over");
    assert_eq!(tried[0]["factor"], "stretch");
    // the ratio is the one stated, and its error that of the nights in blocks of four
    let said = door
        .run("--diary demo-diary/diary.sqlite experiment result stretch --json")
        .json();
    let number = |v: &Value| v.as_f64().unwrap();
    let log = number(&said["rate_ratio"]["value"]).ln();
    assert!((number(&tried[0]["log_rate_ratio"]) - log).abs() < 1e-12);
    let nights = said["units"].as_array().unwrap();
    let sums = |nights: &[Value], on: bool| {
        let side = nights.iter().filter(|n| n["on"] == json!(on));
        side.fold((0.0, 0.0), |(cramps, all), n| {
            (cramps + number(&n["cramps"]), all + number(&n["nights"]))
        })
    };
    let [(s1, n1), (s0, n0)] = [true, false].map(|on| sums(nights, on));
    let (mut squares, mut blocks) = (0.0, 0.0);
    for block in nights.chunks(4) {
        let [(a1, b1), (a0, b0)] = [true, false].map(|on| sums(block, on));
        squares += (a1 / s1 - b1 / n1 - a0 / s0 + b0 / n0).powi(2);
        blocks += 1.0;
    }
    let se = (squares * blocks / (blocks - 1.0_f64)).sqrt();
    assert!(
        blocks > 10.0 && (number(&tried[0]["se"]) - se).abs() < 1e-9,
        "{se}"
    );
}

#[test]
fn experiments_of_one_person_with_one_thing_are_one_estimate() {
    let tried = |found: &[(f64, f64)]| {
        let mut person = Person::default();
        person.add_experiments("stretch", found, [60, 60, 20, 20]);
        let part = person.experiments.remove(0);
        part.log_rate_ratio.zip(part.se)
    };
    let (mean, se) = tried(&[(-0.4, 0.5), (-0.1, 0.25)]).unwrap();
    assert!(
        (mean - (-0.4 * 4.0 - 0.1 * 16.0) / 20.0).abs() < 1e-12,
        "{mean}"
    );
    assert!((se - 20.0_f64.sqrt().recip()).abs() < 1e-12, "{se}");
    assert_eq!(tried(&[]), None);
}

#[test]
fn people_weigh_by_their_nights_and_not_by_their_cramps() {
    // who has more cramps has the larger ratio and the smaller error; all wrote equally long
    let found = [(0.1, 0.5), (0.3, 0.4), (0.5, 0.3), (0.8, 0.2), (1.1, 0.15)];
    let lines = |nights: Value| -> Vec<Value> {
        let of = |(log, se)| {
            let mut part = part("socks", log, se);
            part["nights_with"] = nights.clone();
            line(json!([part]), json!([]))
        };
        found.map(of).into()
    };
    let number = |said: &Value, key: &str| said["observed"][0][key]["value"].as_f64().unwrap();
    let said = pooled(&lines(json!(60)));
    assert!((number(&said, "ratio").ln() - 2.8 / 5.0).abs() < 1e-12);
    assert!(number(&said, "ratio_by_precision").ln() > 0.62);
    assert_eq!(number(&said, "prediction"), number(&said, "ratio"));
    // lines that do not tell their nights can only be weighed by their errors
    let untold = pooled(&lines(json!(null)));
    assert_eq!(
        number(&untold, "ratio"),
        number(&said, "ratio_by_precision")
    );
    // one such line among others changes the weight of that line alone
    let mut one = lines(json!(60));
    one[4]["observed"][0]["nights_with"] = json!(null);
    let one = number(&pooled(&one), "ratio").ln();
    let nights = [60.0, 60.0, 60.0, 60.0, 5.0];
    let size = nights.map(|with| (with + 90.0) / (with * 90.0));
    let level = found.map(|(_, se)| se * se).iter().sum::<f64>() / size.iter().sum::<f64>();
    let tau2 = said["observed"][0]["tau2"].as_f64().unwrap();
    let weight = size.map(|s| (level * s + tau2).recip());
    let sum: f64 = weight.iter().zip(found).map(|(w, (log, _))| w * log).sum();
    assert!(
        (one - sum / weight.iter().sum::<f64>()).abs() < 1e-12,
        "{one}"
    );
}

#[test]
fn the_order_of_lines_changes_nothing() {
    let logs = [0.9, -0.2, 0.31, 0.05, 0.4, 0.22, -0.5];
    let lines: Vec<Value> = logs.map(|log| line_of("socks", log)).into();
    let mut turned = lines.clone();
    turned.reverse();
    assert_eq!(pooled(&lines).to_string(), pooled(&turned).to_string());
    // a line sent twice is one diary
    turned.push(lines[0].clone());
    let twice = pooled(&turned);
    assert_eq!(twice["diaries"], json!(7));
    assert_eq!(twice["copies"], json!([8]));
    assert_eq!(twice["observed"], pooled(&lines)["observed"]);
}

#[test]
fn a_run_takes_up_where_an_earlier_one_was_broken_off() {
    let mut door = people(5);
    let whole = door.ok("cohort people --out c.json --out c.csv --out c.svg --json");
    let kept = door.folder().join("c.stage-one.jsonl");
    let all = std::fs::read_to_string(&kept).unwrap();
    let lines: Vec<&str> = all.lines().collect();
    // two lines, and a third that was cut off
    let cut = format!("{}\n{}\n{}", lines[0], lines[1], &lines[2][..40]);
    std::fs::write(&kept, cut).unwrap();
    let said = door.run("cohort people --out c.json --json");
    assert!(
        said.err.contains("2 diaries were read by an earlier run"),
        "{}",
        said.err
    );
    assert_eq!(said.out, whole);
    // a diary that changed is read again, under a new number, and the old line no longer counts
    door.set_now("2026-03-05T10:00:00Z");
    door.ok("--diary people/000004.sqlite night calm");
    let said = door.run("cohort people --out c.json --json");
    assert!(said.err.contains("4 diaries were read"), "{}", said.err);
    assert_eq!(said.json()["diaries"], json!(5));
    let list = std::fs::read_to_string(door.folder().join("c.diaries.csv")).unwrap();
    assert_eq!(list.lines().count(), 7);
}

#[test]
fn what_cannot_be_read_is_named_and_left_out() {
    let door = people(5);
    std::fs::write(
        door.folder().join("people/000000.sqlite"),
        "no database at all",
    )
    .unwrap();
    let said = door.run("cohort people --json");
    assert_eq!(said.code, 0);
    assert!(
        said.err.contains("diary 1 could not be read"),
        "{}",
        said.err
    );
    let answer = said.json();
    assert_eq!(answer["unread"], json!([1]));
    assert_eq!(answer["diaries"], json!(5));
    for (line, words) in [
        ("cohort nowhere", "nowhere"),
        ("cohort people --out c.docx", "c.docx"),
        ("cohort people --stage one --out c.json", "c.json"),
    ] {
        let said = door.run(line);
        assert!(
            said.code > 0 && said.err.contains(words),
            "{line}: {}",
            said.err
        );
    }
    std::fs::create_dir(door.folder().join("empty")).unwrap();
    assert!(door.refused(1, "cohort empty").contains("no diary"));
}

#[test]
fn a_line_that_is_none_is_refused_by_its_number() {
    let good = line_of("stretch", 0.1);
    let mut wrong = Vec::new();
    for (change, words) in [
        (json!({ "schema": 2 }), "schema 2"),
        (json!({ "name": "Anna" }), "name"),
        (
            json!({ "observed": [part("annas-thing", 0.1, 0.3)] }),
            "annas-thing",
        ),
        (
            json!({ "observed": [part("stretch", 0.1, 0.0)] }),
            "stretch",
        ),
        (
            json!({ "observed": [part("stretch", 0.1, -1.0)] }),
            "stretch",
        ),
    ] {
        let mut line = good.clone();
        for (key, value) in change.as_object().unwrap() {
            line[key] = value.clone();
        }
        wrong.push((line.to_string(), words));
    }
    wrong.push(("{".to_string(), "EOF"));
    for (bad, words) in wrong {
        let mut door = Door::at(NOW);
        door.piping(&format!("{good}\n{bad}\n"));
        let said = door.refused(2, "cohort --stage two -");
        assert!(said.contains("line 2") && said.contains(words), "{said}");
    }
}

#[test]
fn tables_that_are_none_are_refused_by_their_place() {
    for (rows, words) in [
        ("{\"table\":\"nights\",\"any_cramp\":1}\n", "names no night"),
        (
            "{\"table\":\"nights\",\"night\":3,\"any_cramp\":\"maybe\"}\n",
            "maybe",
        ),
        (
            "{\"table\":\"nights\",\"night\":3,\"any_cramp\":1,\"room\":\"warm\"}\n",
            "warm",
        ),
        (
            "{\"table\":\"nights\",\"night\":3,\"any_cramp\":1,\"cramps\":\"many\"}\n",
            "many",
        ),
        ("{\"night\":3}\n", "line 1"),
        ("nonsense\n", "line 1"),
        ("{\"table\":\"diaries\"}\n", "diaries"),
    ] {
        let mut door = Door::at(NOW);
        door.piping(rows);
        let said = door.refused(2, "cohort --stage one -");
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn nothing_pooled_is_said_and_drawn_without_a_row() {
    let door = Door::at(NOW);
    door.ok("night calm");
    std::fs::create_dir(door.folder().join("one")).unwrap();
    std::fs::copy(door.diary(), door.folder().join("one/a.db")).unwrap();
    let said = door.ok("cohort one --out c.svg --out c.pdf --out c.csv");
    assert!(said.contains("1 diary, 0 with enough nights"), "{said}");
    assert!(said.contains("nothing can be pooled yet"), "{said}");
    assert!(door.folder().join("c.svg").metadata().unwrap().len() > 500);
    let answer = door.run("cohort one --json").json();
    assert_eq!(answer["not_enough"], json!([1]));
}

#[test]
fn the_forest_draws_where_the_next_person_is_expected() {
    let door = people(6);
    door.ok("cohort people --out c.svg --out c.csv");
    let svg = std::fs::read_to_string(door.folder().join("c.svg")).unwrap();
    for words in ["6 people", "next: ", "where one more person is expected"] {
        assert!(svg.contains(words), "{words}");
    }
    let table = std::fs::read_to_string(door.folder().join("c.csv")).unwrap();
    assert_eq!(table.lines().count(), 6);
    assert!(table.lines().all(|row| row.split(',').count() == 28));
}

/// Forty made-up people: the planted means and differences are found.
#[test]
fn planted_differences_between_people_are_found() {
    let zone = Zone::named("Europe/London").unwrap();
    let mut gathered = Gathered::default();
    let mut effects = Vec::new();
    for number in 1..=60 {
        let made = person((11, number), 180, NOW.parse().unwrap(), &zone);
        effects.push(made.effects);
        if number <= 40 {
            let last = *made.diary.nights.keys().next_back().unwrap();
            gathered
                .add(&Person::of(&night_table(&made.diary, last)))
                .unwrap();
        }
    }
    let cohort = gathered.pool();
    let (mut inside, mut of) = (0, 0);
    for (at, (factor, _, mean, sd)) in PLANTED.iter().enumerate() {
        let found = cohort
            .observed
            .iter()
            .find(|f| f.factor == *factor)
            .unwrap();
        let (ratio, tau2) = (found.ratio.unwrap(), found.tau2.unwrap());
        assert!((ratio.value.ln() - mean).abs() < 0.2, "{factor}: {ratio:?}");
        assert!((tau2.sqrt() - sd).abs() < 0.2, "{factor}: {tau2}");
        if *sd > 0.0 {
            let ahead = found.prediction.unwrap();
            let next = effects.iter().skip(40);
            inside += next.filter(|e| ahead.covers(e[at].exp())).count();
            of += 20;
        }
    }
    // one cohort of forty: 95 in 100 is the mean over many of them
    assert!((46..=60).contains(&inside), "{inside} of {of}");
}
