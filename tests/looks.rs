//! Looks of the analysis in the diary: what one of them spent is never given back, whatever is undone, restored, brought
//! in or erased.
#![allow(clippy::disallowed_methods)]

use std::path::Path;

use crate::analysis::looks::{History, StoredLook};
use crate::diary::*;
use crate::store::*;
use chrono::NaiveDate;

use crate::tests::analysis::chance;
use crate::tests::door::Door;
use crate::tests::store_records::*;

fn history(store: &Store) -> History {
    let looks = store.read(None).unwrap().looks;
    let stored: Vec<StoredLook> = looks.iter().map(StoredLook::read).collect();
    History::replay(&stored)
}

fn open(folder: &Path) -> Store {
    Store::open(&folder.join("d.sqlite"), now()).unwrap()
}

fn log(store: &mut Store, id: i64) {
    store
        .write::<_, StoreError>(now(), "log", |w| w.put(Record::Episode(episode(id))))
        .unwrap();
}

/// Takes a look, as the analysis does.
fn look(store: &mut Store, cramp_nights: usize) {
    let evening: NaiveDate = date("2026-03-03");
    let state = history(store).look(cramp_nights, evening, &[], 0.06);
    assert!(state.w > 0.0, "a look is due");
    let state = serde_json::to_string(&state).unwrap();
    let cramp_nights = u32::try_from(cramp_nights).unwrap();
    let record = Look::blank(0, cramp_nights, night("2026-03-03"), state, now());
    store
        .write::<_, StoreError>(now(), LOOKS, |w| w.add(Record::Look(record)))
        .unwrap();
}

#[test]
fn undo_and_redo_pass_over_looks() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    log(&mut store, 1);
    look(&mut store, 16);
    log(&mut store, 2);
    look(&mut store, 24);
    let undone = store.undo(&present()).unwrap().unwrap();
    assert_eq!(undone.command, "log");
    assert!(store.get(&Key::Episode(2)).unwrap().is_none());
    // A look in between leaves what was undone where it was.
    look(&mut store, 36);
    assert!(store.undo(&present()).unwrap().is_some());
    assert_eq!(store.undo(&present()).unwrap(), None, "only looks are left");
    assert_eq!(history(&store).cramp_nights(), 36);
    assert_eq!(history(&store).taken(), 3);
    for id in [1, 2] {
        assert!(store.redo(&present()).unwrap().is_some());
        assert!(store.get(&Key::Episode(id)).unwrap().is_some());
    }
    assert_eq!(store.redo(&present()).unwrap(), None);
    assert_eq!(history(&store).taken(), 3);
    let path = folder.path().join("d.sqlite");
    assert!(Store::check(&path, now()).unwrap().unwrap().is_sound());
    assert_eq!(
        store
            .history(10)
            .unwrap()
            .iter()
            .filter(|c| c.command == LOOKS)
            .count(),
        3
    );
}

#[test]
fn restoring_an_older_backup_gives_no_look_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.sqlite");
    let mut store = open(folder.path());
    log(&mut store, 1);
    look(&mut store, 16);
    let older = store.backup(now(), Reason::Asked).unwrap().path;
    log(&mut store, 2);
    look(&mut store, 24);
    drop(store);
    let restored = Store::restore(&path, &older, now(), None).unwrap();
    assert_eq!(restored.removed, 1, "the episode, not the look");
    let mut store = open(folder.path());
    assert!(store.get(&Key::Episode(2)).unwrap().is_none());
    assert_eq!(
        (history(&store).cramp_nights(), history(&store).taken()),
        (24, 2)
    );
    store.undo(&present()).unwrap().unwrap();
    assert!(store.get(&Key::Episode(2)).unwrap().is_some());
    assert_eq!(
        (history(&store).cramp_nights(), history(&store).taken()),
        (24, 2)
    );
}

#[test]
fn restoring_a_diary_that_went_on_elsewhere_keeps_the_looks_of_both() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.sqlite");
    let mut store = open(folder.path());
    log(&mut store, 1);
    look(&mut store, 16);
    drop(store);
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::copy(&path, elsewhere.path().join("d.sqlite")).unwrap();
    let mut other = open(elsewhere.path());
    look(&mut other, 60);
    let theirs = other.backup(now(), Reason::Asked).unwrap().path;
    look(&mut open(folder.path()), 24);
    Store::restore(&path, &theirs, now(), None).unwrap();
    let store = open(folder.path());
    let looks = store.read(None).unwrap().looks;
    let seen: Vec<u32> = looks.iter().map(|l| l.cramp_nights).collect();
    assert_eq!(seen, [16, 24, 60], "the second of each had the same number");
    assert_eq!(history(&store).cramp_nights(), 60);
    drop(store);
    // Once more changes nothing.
    let again = Store::restore(&path, &theirs, now(), None).unwrap();
    assert!(!again.can_undo);
}

#[test]
fn a_damaged_diary_hands_its_looks_on_as_far_as_they_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.sqlite");
    let mut store = open(folder.path());
    log(&mut store, 1);
    let older = store.backup(now(), Reason::Asked).unwrap().path;
    log(&mut store, 2);
    look(&mut store, 24);
    drop(store);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("UPDATE episode SET severity = 3 WHERE id = 2", [])
        .unwrap();
    drop(raw);
    let restored = Store::restore(&path, &older, now(), None).unwrap();
    assert!(restored.was_damaged);
    let store = open(folder.path());
    assert!(store.get(&Key::Episode(2)).unwrap().is_none());
    assert_eq!(history(&store).cramp_nights(), 24);
    assert!(Store::check(&path, now()).unwrap().unwrap().is_sound());
}

#[test]
fn erasing_everything_else_leaves_the_looks() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    log(&mut store, 1);
    look(&mut store, 16);
    let keys: Vec<Key> = [Key::Episode(1), Key::Night(night("2026-03-03"))].into();
    store.forget(now(), &keys).unwrap();
    assert_eq!(history(&store).cramp_nights(), 16);
    assert_eq!(store.undo(&present()).unwrap(), None);
}

#[test]
fn merging_two_diaries_keeps_the_looks_of_both() {
    let here = Door::at("2026-03-05T08:00:00Z");
    let there = Door::at("2026-03-05T08:00:00Z");
    for (door, cramp_nights) in [(&here, 24), (&there, 60)] {
        door.ok("log -2 3am");
        let mut store = Store::open(&door.diary(), now()).unwrap();
        look(&mut store, cramp_nights);
    }
    let files = here.folder().join("theirs");
    there.ok(&format!("export {}", files.display()));
    here.ok(&format!("import {}", files.display()));
    let merged = || history(&Store::open_read(&here.diary()).unwrap().unwrap());
    assert_eq!((merged().cramp_nights(), merged().taken()), (60, 2));
    // The same again brings nothing; a look of its own number of cramp nights stands.
    let again = here
        .run(&format!("import --json {}", files.display()))
        .json();
    assert_eq!((&again["new"], &again["changed"]), (&0.into(), &0.into()));
    // Undo takes back what was brought in, never the look of this diary.
    here.ok("undo");
    assert_eq!((merged().cramp_nights(), merged().taken()), (24, 1));
    here.ok("redo");
    assert_eq!((merged().cramp_nights(), merged().taken()), (60, 2));
}

#[test]
fn a_look_cannot_be_deleted_or_erased_by_hand() {
    let door = Door::at("2026-03-05T08:00:00Z");
    door.ok("log -2 3am");
    let mut store = Store::open(&door.diary(), now()).unwrap();
    look(&mut store, 16);
    drop(store);
    for name in ["look1", "l1", "look:1"] {
        door.refused(2, &format!("delete --yes {name}"));
        door.refused(2, &format!("delete --forget --yes {name}"));
    }
}

#[test]
fn a_diary_of_the_first_scheme_goes_on_where_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let museum = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diaries");
    std::fs::copy(
        museum.join("scheme-1-looks.db"),
        folder.path().join("d.sqlite"),
    )
    .unwrap();
    let mut store = open(folder.path());
    let before = history(&store);
    assert_eq!(
        (before.cramp_nights(), before.taken(), before.next_due()),
        (96, 3, 144)
    );
    assert!((before.spent() - 0.8).abs() < 1e-12);
    let link = before.standing("legs-uncovered").unwrap();
    assert_eq!(link.announced, Some(date("2024-04-25")));
    assert_eq!(link.consistent, Some(date("2024-08-15")));
    assert!((link.p_spent - 0.000_012_402_863_045_086_214 / 0.8).abs() < 1e-15);
    let none = before.standing("socks").unwrap();
    assert_eq!((none.p_spent, none.announced), (1.0, None));
    assert!(before.weight(143).is_none());
    look(&mut store, 144);
    let after = history(&store);
    assert_eq!((after.cramp_nights(), after.taken()), (144, 4));
    let kept = after.standing("legs-uncovered").unwrap();
    assert_eq!(
        (kept.p_spent, kept.direction),
        (link.p_spent, link.direction)
    );
    assert_eq!(
        (kept.announced, kept.consistent),
        (link.announced, link.consistent)
    );
    assert_eq!(after.standing("socks").map(|s| s.p_spent), Some(1.0));
}

/// A diary in which every second night with bare legs had a cramp, up to its night with so many of them.
fn diary_with(cramp_nights: usize) -> (String, String) {
    let mut chance = chance(11);
    let (mut nights, mut context) = (
        String::from("night,outcome\n"),
        String::from("night,factor,value\n"),
    );
    let (mut day, mut bare, mut seen) = (date("2025-01-01"), false, 0);
    while seen < cramp_nights {
        bare ^= chance() < 0.3;
        let is_cramp = chance() < if bare { 0.55 } else { 0.08 };
        seen += usize::from(is_cramp);
        let (outcome, legs) = (
            if is_cramp { "cramp" } else { "calm" },
            if bare { "yes" } else { "no" },
        );
        nights.push_str(&format!("{day},{outcome}\n"));
        context.push_str(&format!("{day},legs-uncovered,{legs}\n"));
        day = day.succ_opt().unwrap();
    }
    (nights, context)
}

/// Brings that diary in.
fn bring(door: &Door, cramp_nights: usize) {
    let folder = door.folder().join("in");
    let (nights, context) = diary_with(cramp_nights);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("nights.csv"), nights).unwrap();
    std::fs::write(folder.join("context.csv"), context).unwrap();
    door.ok("import in");
}

fn is_due(door: &Door) -> bool {
    door.run("--json").json()["look_due"].as_bool().unwrap()
}

/// The numbers of `analyze --json` about looks: how many, cramp nights at the last, at the next, and whether it is due.
fn told(door: &Door, options: &str) -> (u64, Option<u64>, u64, bool) {
    let json = door.run(&format!("analyze --json {options}")).json();
    (
        json["looks"].as_u64().unwrap(),
        json["look"].as_u64(),
        json["next_look"].as_u64().unwrap(),
        json["look_due"].as_bool().unwrap(),
    )
}

#[test]
fn analyze_takes_a_look_that_is_due_and_says_what_it_costs() {
    let door = Door::at("2026-12-01T18:00:00Z");
    assert_eq!(told(&door, ""), (0, None, 16, false));
    assert!(!is_due(&door));
    bring(&door, 15);
    assert!(
        door.ok("analyze")
            .contains("The first look for links is due at 16 cramp nights")
    );
    assert!(!is_due(&door));
    bring(&door, 16);
    assert!(is_due(&door));
    // Nothing that does not take it takes it.
    for _ in 0..2 {
        assert_eq!(told(&door, "--no-look"), (0, None, 16, true));
        let said = door
            .run_words(&["analyze", "--no-look"])
            .out
            .replace('\n', " ");
        assert!(
            said.contains("Look 1 for links is due, at 16 cramp nights"),
            "{said}"
        );
    }
    door.ok("explain legs-uncovered");
    assert_eq!(told(&door, "--until 2026-11-01"), (0, None, 16, true));
    assert!(is_due(&door));
    let said = door.ok("analyze").replace("\n  ", " ");
    assert!(
        said.contains(
            "Look 1 at 16 cramp nights; it uses 40 % of this diary's budget; the next is due at 24."
        ),
        "{said}"
    );
    assert_eq!(told(&door, ""), (1, Some(16), 24, false), "two in a row");
    assert!(!is_due(&door));
    bring(&door, 23);
    assert_eq!(told(&door, ""), (1, Some(16), 24, false));
    bring(&door, 24);
    let said = door.ok("analyze").replace("\n  ", " ");
    assert!(
        said.contains("Look 2 at 24 cramp nights; it uses 10 % of this diary's budget, 50 % so far; the next is due at 36."),
        "{said}"
    );
    bring(&door, 25);
    assert_eq!(told(&door, ""), (2, Some(24), 36, false));
    // The past is shown as it stood.
    let past = door.ok("analyze --until 2025-01-10");
    assert!(
        past.contains("No look for links had been taken by then."),
        "{past}"
    );
    assert_eq!(told(&door, ""), (2, Some(24), 36, false));
}

#[test]
fn a_year_brought_in_is_judged_at_once() {
    let door = Door::at("2026-12-01T18:00:00Z");
    bring(&door, 120);
    let said = door.ok("analyze").replace("\n  ", " ");
    assert!(
        said.contains("Look 1 at 120 cramp nights; it uses 83 % of"),
        "{said}"
    );
    assert!(said.contains("possible link"), "{said}");
}

#[test]
fn without_a_factor_that_can_be_judged_nothing_is_spent() {
    let door = Door::at("2026-12-01T18:00:00Z");
    bring(&door, 40);
    let (nights, _) = diary_with(40);
    let bare = Door::at("2026-12-01T18:00:00Z");
    std::fs::write(bare.folder().join("nights.csv"), nights).unwrap();
    bare.ok("import nights.csv");
    assert!(is_due(&door) && !is_due(&bare));
    assert_eq!(told(&bare, ""), (0, None, 16, false));
    let said = bare.ok("analyze").replace("\n  ", " ");
    assert!(
        said.contains("Look 1 for links waits until there is a factor it can judge"),
        "{said}"
    );
}

#[test]
fn a_look_that_cannot_be_kept_announces_nothing() {
    let door = Door::at("2026-12-01T18:00:00Z");
    bring(&door, 120);
    let raw = rusqlite::Connection::open(door.diary()).unwrap();
    raw.execute_batch(
        "CREATE TRIGGER full BEFORE INSERT ON look BEGIN SELECT RAISE(ABORT, 'disk'); END",
    )
    .unwrap();
    let said = door.run("analyze");
    assert_eq!(said.code, 0);
    assert!(said.err.contains("could not be kept"), "{}", said.err);
    assert!(!said.out.contains("possible link"), "{}", said.out);
    assert!(said.out.contains("Look 1 for links is due"), "{}", said.out);
    raw.execute_batch("DROP TRIGGER full").unwrap();
    assert!(door.ok("analyze").contains("possible link"));
}

#[test]
fn the_first_look_can_be_put_off_and_that_can_be_undone() {
    let mut door = Door::at("2025-06-20T18:00:00Z");
    bring(&door, 16);
    let said = door.run("analyze --first-look 26w");
    assert!(
        said.err.contains("first-look=26w. Undo: cramp undo"),
        "{}",
        said.err
    );
    let line = said.out.replace("\n  ", " ");
    assert!(
        line.contains("The first look for links is put off until 2025-07-02"),
        "{line}"
    );
    assert_eq!(told(&door, ""), (0, None, 16, false));
    assert!(!is_due(&door));
    // It travels with the diary, and is taken back like everything a person chose.
    let other = Door::at("2025-06-20T18:00:00Z");
    let files = other.folder().join("files");
    door.ok(&format!("export {}", files.display()));
    other.ok("import files");
    assert_eq!(told(&other, ""), (0, None, 16, false));
    assert!(other.ok("me").contains("first-look=26w"));
    door.ok("undo");
    assert_eq!(told(&door, "--no-look"), (0, None, 16, true));
    door.ok("redo");
    // 26 weeks after the first night.
    door.set_now("2025-07-02T18:00:00Z");
    assert_eq!(told(&door, ""), (0, None, 16, false), "the night before");
    door.set_now("2025-07-03T18:00:00Z");
    assert!(is_due(&door));
    assert_eq!(told(&door, ""), (1, Some(16), 24, false));
    assert!(
        door.refused(1, "analyze --first-look 52w")
            .contains("was taken already")
    );
    assert!(other.refused(2, "analyze --first-look 3w").contains("26w"));
    // "now" ends the waiting.
    assert!(
        other
            .ok("analyze --first-look now")
            .contains("Look 1 at 16 cramp nights")
    );
}

#[test]
fn over_a_look_of_a_newer_version_none_is_taken_and_the_grades_stay() {
    let door = Door::at("2026-12-01T18:00:00Z");
    bring(&door, 60);
    door.ok("analyze");
    let grade = |door: &Door| door.run("analyze --json").json()["factors"][0]["grade"].clone();
    let before = grade(&door);
    assert_eq!(before, "possible link");
    door.ok("export files");
    let manifest = door.folder().join("files/diary.json");
    let mut json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&manifest).unwrap()).unwrap();
    let state = &mut json["beyond_csv"]["looks"][0]["state"];
    let newer = state
        .as_str()
        .unwrap()
        .replace("\"scheme\":2", "\"scheme\":9,\"new\":[1]");
    *state = newer.into();
    std::fs::write(&manifest, json.to_string()).unwrap();
    let newer = Door::at("2026-12-01T18:00:00Z");
    newer.ok(&format!("import {}", door.folder().join("files").display()));
    bring(&newer, 120);
    assert_eq!(told(&newer, ""), (1, Some(60), 90, false));
    assert!(!is_due(&newer));
    assert_eq!(grade(&newer), before);
    let said = newer.ok("analyze").replace("\n  ", " ");
    assert!(
        said.contains("A newer version of this program has looked for links here."),
        "{said}"
    );
}

/// The program started several times at once takes one look, and each of them shows it.
#[test]
fn a_look_is_taken_once_however_many_ask_for_it() {
    let door = Door::at("2026-12-01T18:00:00Z");
    bring(&door, 40);
    let ask = || {
        std::process::Command::new(crate::tests::cramp_binary())
            .args(["--now", "2026-12-01T18:00:00Z", "--diary"])
            .arg(door.diary())
            .args(["--json", "analyze"])
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let asked: Vec<_> = (0..4).map(|_| ask()).collect();
    for one in asked {
        let out = one.wait_with_output().unwrap();
        let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!((&json["looks"], &json["look"]), (&1.into(), &40.into()));
    }
    let store = Store::open_read(&door.diary()).unwrap().unwrap();
    assert_eq!(store.read(None).unwrap().looks.len(), 1);
}
