//! Experiments in the diary: begun, ended, opened, answered; what undo, restore, import and the analysis make of them.

use crate::analysis::from_diary::{left_out, night_table};
use crate::diary::vocabulary::{Done, ExperimentDesign};
use crate::diary::*;
use crate::report::origin::Provenance;
use crate::store::*;
use crate::tests::door::Door;
use crate::tests::io;

/// The first evening of the experiments here.
const EVENING: &str = "2026-03-04T20:00:00Z";

fn at(time: &str) -> Now {
    Now {
        utc: time.parse().unwrap(),
        zone: Zone::named("Europe/London").unwrap(),
    }
}

fn night(text: &str) -> Night {
    text.parse().unwrap()
}

/// A sealed plan of eight nights from 4 March on.
fn plan(thing: &str, schedule: &str) -> Experiment {
    let from = night("2026-03-04");
    let nights = i64::try_from(schedule.len()).unwrap();
    let plan = Experiment::blank(
        0,
        thing.into(),
        ExperimentDesign::Nightly,
        from,
        from.plus(nights - 1),
        1,
        0,
        0.5,
        0.75,
        schedule.into(),
        "00112233445566778899aabbccddeeff".into(),
        String::new(),
        at(EVENING).utc,
    );
    sealed(plan)
}

fn sealed(mut plan: Experiment) -> Experiment {
    plan.seal = plan.seal_now();
    plan
}

fn open(door: &Door, time: &str) -> Store {
    Store::open(&door.diary(), at(time).utc).unwrap()
}

fn start(door: &Door, plan: Experiment, time: &str) -> Result<Experiment, ExperimentError> {
    let now = at(time);
    open(door, time).write(now.utc, "experiment start", |w| {
        w.start_experiment(plan, &now)
    })
}

fn stop(door: &Door, thing: &str, time: &str) -> Result<Experiment, ExperimentError> {
    let now = at(time);
    open(door, time).write(now.utc, "experiment stop", |w| {
        w.stop_experiment(thing, "a cold", &now)
    })
}

/// A diary in which an experiment with stretching begins this evening.
fn begun() -> Door {
    let door = Door::at(EVENING);
    door.ok("night -2 calm");
    start(&door, plan("stretch", "10011001"), EVENING).unwrap();
    door
}

fn diary(door: &Door) -> Diary {
    Store::open_read(&door.diary())
        .unwrap()
        .unwrap()
        .read(None)
        .unwrap()
}

fn done(diary: &Diary) -> Vec<(String, Done)> {
    let done = diary.adherence.iter();
    done.map(|a| (format!("{} {}", a.thing, a.night), a.done))
        .collect()
}

#[test]
fn a_thing_is_tried_once_at_a_time_and_two_things_at_once() {
    let door = begun();
    let again = start(&door, plan("stretch", "0110"), EVENING).unwrap_err();
    assert!(matches!(again, ExperimentError::Taken(_)), "{again}");
    assert!(again.to_string().contains("stretch"), "{again}");
    start(&door, plan("socks", "0110"), EVENING).unwrap();
    let third = start(&door, plan("bath", "0110"), EVENING).unwrap_err();
    assert!(matches!(third, ExperimentError::Full(_)), "{third}");
    assert_eq!(diary(&door).experiments.len(), 2);
    // when one is over there is room for another
    let later = "2026-03-08T20:00:00Z";
    start(&door, plan("bath", "0110"), later).unwrap();
    assert_eq!(diary(&door).experiments.len(), 3);
}

#[test]
fn a_stop_frees_the_nights_from_its_day_on() {
    let door = begun();
    let none = stop(&door, "socks", "2026-03-06T09:00:00Z").unwrap_err();
    assert!(matches!(none, ExperimentError::NotRunning(_)), "{none}");
    let stopped = stop(&door, "stretch", "2026-03-06T09:00:00Z").unwrap();
    assert!(stopped.assigned(night("2026-03-05")).is_some());
    assert!(stopped.assigned(night("2026-03-06")).is_none());
    assert_eq!(stopped.reason.as_deref(), Some("a cold"));
    let again = stop(&door, "stretch", "2026-03-06T09:00:00Z").unwrap_err();
    assert!(matches!(again, ExperimentError::NotRunning(_)), "{again}");
    let mut next = plan("stretch", "0110");
    (next.from, next.to) = (night("2026-03-06"), night("2026-03-09"));
    next.seal = next.seal_now();
    start(&door, next, "2026-03-06T20:00:00Z").unwrap();
    let over = stop(&door, "stretch", "2026-03-20T09:00:00Z").unwrap_err();
    assert!(matches!(over, ExperimentError::Over(_)), "{over}");
}

#[test]
fn a_start_is_undone_until_its_first_night_is_over() {
    let mut door = begun();
    door.ok("undo");
    assert!(diary(&door).experiments.is_empty());
    door.ok("redo");
    assert_eq!(diary(&door).experiments.len(), 1);
    door.set_now("2026-03-05T08:00:00Z");
    let refused = door.run("undo");
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(
        refused.err.contains("cramp experiment stop"),
        "{}",
        refused.err
    );
    assert_eq!(diary(&door).experiments.len(), 1);
    // a clock set back opens nothing again once anything was written since
    door.ok("night last calm");
    door.ok("undo");
    door.set_now("2026-03-04T21:00:00Z");
    assert_eq!(door.run("undo").code, 1);
    assert_eq!(diary(&door).experiments.len(), 1);
}

#[test]
fn a_start_that_was_undone_does_not_come_back_when_its_first_night_is_over() {
    let mut door = begun();
    door.ok("undo");
    door.set_now("2026-03-05T08:00:00Z");
    let refused = door.run("redo");
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(diary(&door).experiments.is_empty());
}

#[test]
fn a_stop_and_an_opening_stand() {
    let mut door = begun();
    door.set_now("2026-03-06T09:00:00Z");
    stop(&door, "stretch", "2026-03-06T09:00:00Z").unwrap();
    assert_eq!(door.run("undo").code, 1);
    assert!(diary(&door).experiments[0].stopped.is_some());

    let door = Door::at(EVENING);
    let mut blind = plan("magnesium", "ABBABAAB");
    blind.key_hash = Some(sha256(b"key"));
    blind.seal = blind.seal_now();
    let blind = start(&door, blind, EVENING).unwrap();
    let later = "2026-03-20T09:00:00Z";
    let open = |label| {
        open(&door, later).write::<_, ExperimentError>(at(later).utc, "result", |w| {
            w.open_experiment(blind.id, label)
        })
    };
    assert!(matches!(open('C'), Err(ExperimentError::NoLabel(_))));
    assert_eq!(open('B').unwrap().opened.as_deref(), Some("B"));
    // opened once, it stays as it was opened
    assert_eq!(open('A').unwrap().opened.as_deref(), Some("B"));
    assert_eq!(door.run("undo").code, 1);
    assert_eq!(diary(&door).experiments[0].opened.as_deref(), Some("B"));
    assert!(diary(&door).experiments[0].is_sound());
}

#[test]
fn what_is_typed_of_the_factor_on_its_nights_is_what_was_done() {
    let mut door = begun();
    door.set_now("2026-03-06T08:00:00Z");
    let said = door.run("night last calm stretch=yes room=18C");
    let said = said.out + &said.err;
    assert!(said.contains("stretch: written down as done"), "{said}");
    door.ok("log -2 3am left calf 6 stretch=partly");
    let kept = diary(&door);
    assert_eq!(
        done(&kept),
        [
            ("stretch 2026-03-04".to_string(), Done::Partly),
            ("stretch 2026-03-05".to_string(), Done::Yes)
        ]
    );
    let values: Vec<&str> = kept.values.iter().map(|v| &*v.factor).collect();
    assert_eq!(values, ["room"]);
    assert_eq!(kept.episodes.len(), 1);
    // a second answer replaces the first, and is undone like everything else
    door.ok("night last stretch=no");
    assert_eq!(done(&diary(&door))[1].1, Done::No);
    door.ok("undo");
    assert_eq!(done(&diary(&door))[1].1, Done::Yes);
    door.ok("redo");
    assert_eq!(done(&diary(&door))[1].1, Done::No);
    door.ok("night last stretch=?");
    assert_eq!(done(&diary(&door)).len(), 1);
    // before the start and after the end it is a value like any other
    door.ok("night 2026-03-03 stretch=yes");
    door.set_now("2026-03-20T08:00:00Z");
    door.ok("night 2026-03-12 calm stretch=no");
    assert_eq!(diary(&door).values.len(), 3);
    let refused = door.run("night 2026-03-13 calm stretch=partly");
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains("write yes or no"), "{}", refused.err);
    // the last night is answered on the morning after it, when the experiment is over
    door.ok("night 2026-03-11 calm stretch=yes");
    assert_eq!(done(&diary(&door)).last().unwrap().0, "stretch 2026-03-11");
}

#[test]
fn a_deleted_night_takes_what_was_done_with_it() {
    let mut door = begun();
    door.set_now("2026-03-05T08:00:00Z");
    door.ok("night last calm stretch=yes");
    door.ok("delete 2026-03-04");
    assert!(done(&diary(&door)).is_empty());
    door.ok("undo");
    assert_eq!(done(&diary(&door)).len(), 1);
    // neither an experiment nor what was done is edited or deleted by hand
    for line in [
        "delete experiment1",
        "edit experiment1 thing=socks",
        "delete done1",
    ] {
        assert_ne!(door.run(line).code, 0, "{line}");
    }
}

/// A file goes back to the diary it came from, and into an empty one; a plan of the diary is never replaced.
#[test]
fn plans_are_never_replaced_by_a_file() {
    let mut own = Diary::default();
    own.experiments.push(Experiment {
        id: 1,
        ..plan("stretch", "10011001")
    });
    let mut theirs = own.clone();
    theirs.experiments[0] = Experiment {
        id: 1,
        ..plan("stretch", "01100110")
    };
    let file = crate::render::export::whole(&theirs, None);
    let read = io::import(&[("diary.json", &file)], &own);
    assert_eq!(read.refused.len(), 1, "{:?}", read.refused);
    assert!(read.changes.is_empty());
    // an early end, and a friend's key, are taken over
    let mut ended = own.clone();
    ended.experiments[0].stopped = Some("2026-03-06".parse().unwrap());
    let file = crate::render::export::whole(&ended, None);
    let read = io::import(&[("diary.json", &file)], &own);
    assert_eq!(io::with(own.clone(), read.changes), ended);
    let file = crate::render::export::whole(&own, None);
    let read = io::import(&[("diary.json", &file)], &ended);
    assert!(read.changes.is_empty(), "and not taken back");
    // another time of the same thing shares no night with it
    let mut later = plan("stretch", "0110");
    (later.id, later.from, later.to) = (1, night("2026-03-10"), night("2026-03-13"));
    later.seal = later.seal_now();
    theirs.experiments[0] = later.clone();
    let file = crate::render::export::whole(&theirs, None);
    assert_eq!(io::import(&[("diary.json", &file)], &own).refused.len(), 1);
    (later.from, later.to) = (night("2026-03-12"), night("2026-03-15"));
    theirs.experiments[0] = later;
    let file = crate::render::export::whole(&theirs, None);
    let both = io::import(&[("diary.json", &file)], &own);
    assert_eq!(io::with(own, both.changes).experiments.len(), 2);
}

/// Undo takes back a change whole or not at all.
#[test]
fn a_change_that_brought_a_begun_experiment_with_other_records_stays_whole() {
    let door = Door::at("2026-03-07T08:00:00Z");
    let now = at("2026-03-07T08:00:00Z");
    let records = vec![
        Record::Night(NightRecord::blank(night("2026-03-01"), now.utc)),
        Record::Experiment(Experiment {
            id: 1,
            ..plan("stretch", "10011001")
        }),
    ];
    let mut store = open(&door, "2026-03-07T08:00:00Z");
    store
        .write::<_, StoreError>(now.utc, "import", |w| w.put_all(records))
        .unwrap();
    let before = diary(&door);
    let refused = store.undo(&now).unwrap_err();
    assert!(matches!(refused, StoreError::Stands(_)), "{refused}");
    assert_eq!(diary(&door), before);
    assert!(
        Store::check(&door.diary(), now.utc)
            .unwrap()
            .unwrap()
            .is_sound()
    );
}

#[test]
fn a_schedule_changed_by_hand_is_told_by_verify_and_check() {
    let door = begun();
    let sound = door.run("experiment verify stretch --json").json();
    assert_eq!(sound["sound"], true, "{sound}");
    let conn = rusqlite::Connection::open(door.diary()).unwrap();
    conn.execute("UPDATE experiment SET schedule = '01100110'", [])
        .unwrap();
    drop(conn);
    let said = door.run("experiment verify stretch");
    assert_eq!(said.code, 3, "{}{}", said.out, said.err);
    assert!(said.err.contains("experiment 1"), "{}", said.err);
    assert_ne!(door.run("check").code, 0);
}

/// A diary from before the start can be told by the seal that was printed.
#[test]
fn a_printed_seal_that_the_diary_does_not_know_is_said() {
    let mut door = Door::at(EVENING);
    door.ok("night -2 calm");
    let seal = plan("stretch", "10011001").seal;
    let said = door.run(&format!("experiment verify stretch --seal {seal}"));
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    let text = said.out + &said.err;
    assert!(text.contains("seal") && text.contains("before"), "{text}");
    door.set_now("2026-03-05T08:00:00Z");
    let begun = begun();
    let said = begun.run(&format!("experiment verify stretch --seal {seal}"));
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let other = plan("stretch", "01100110").seal;
    let said = begun.run(&format!("experiment verify stretch --seal {other}"));
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
}

#[test]
fn two_diaries_that_answered_the_same_night_give_one_answer() {
    let answer = |id, done| {
        let at = at(EVENING).utc;
        Adherence::blank(id, "stretch".into(), night("2026-03-04"), done, at)
    };
    let mut own = Diary::default();
    own.adherence.push(answer(1, Done::Yes));
    let mut theirs = Diary::default();
    theirs.adherence.push(answer(7, Done::No));
    let file = crate::render::export::whole(&theirs, None);
    let read = io::import(&[("diary.json", &file)], &own);
    let merged = io::with(own, read.changes);
    assert_eq!(
        done(&merged),
        [("stretch 2026-03-04".to_string(), Done::No)]
    );
}

#[test]
fn a_restore_to_before_the_start_leaves_no_experiment_and_is_undone() {
    let mut door = Door::at(EVENING);
    door.ok("night -2 calm");
    let before = open(&door, EVENING)
        .backup(at(EVENING).utc, Reason::Asked)
        .unwrap()
        .path;
    start(&door, plan("stretch", "10011001"), EVENING).unwrap();
    door.set_now("2026-03-07T08:00:00Z");
    door.ok("night last calm stretch=yes");
    let later = at("2026-03-07T08:00:00Z").utc;
    let restored = Store::restore(&door.diary(), &before, later, None).unwrap();
    assert!(restored.can_undo);
    assert!(diary(&door).experiments.is_empty());
    assert!(diary(&door).adherence.is_empty());
    door.ok("undo");
    assert_eq!(diary(&door).experiments.len(), 1);
    assert_eq!(done(&diary(&door)).len(), 1);
    // a restore from before a stop does not take the stop back, and can itself be undone
    let running = open(&door, "2026-03-07T08:00:00Z")
        .backup(later, Reason::Asked)
        .unwrap()
        .path;
    stop(&door, "stretch", "2026-03-07T09:00:00Z").unwrap();
    door.ok("night 2026-03-01 calm");
    Store::restore(&door.diary(), &running, later, None).unwrap();
    assert!(diary(&door).experiments[0].stopped.is_some());
    assert_eq!(diary(&door).nights.len(), 2);
    door.ok("undo");
    assert_eq!(diary(&door).nights.len(), 3);
}

#[test]
fn a_schedule_changed_by_a_program_no_longer_fits_its_seal() {
    let door = begun();
    let mut changed = diary(&door).experiments[0].clone();
    assert!(changed.is_sound());
    changed.schedule = "01100110".into();
    open(&door, EVENING)
        .write::<_, StoreError>(at(EVENING).utc, "x", |w| w.put(Record::Experiment(changed)))
        .unwrap();
    assert!(!diary(&door).experiments[0].is_sound());
    let findings = Store::check(&door.diary(), at(EVENING).utc)
        .unwrap()
        .unwrap();
    assert!(findings.is_sound(), "every row is as it was written");
    let found = &findings.findings[0];
    assert_eq!(found.grade, Grade::Doubtful);
    assert!(found.what.contains("sealed"), "{}", found.what);
}

#[test]
fn a_schedule_changed_by_hand_is_damage() {
    let door = begun();
    let conn = rusqlite::Connection::open(door.diary()).unwrap();
    conn.execute("UPDATE experiment SET schedule = '01100110'", [])
        .unwrap();
    drop(conn);
    let store = Store::open_read(&door.diary()).unwrap().unwrap();
    let error = store.read(None).unwrap_err().to_string();
    assert!(error.contains("experiment"), "{error}");
    let findings = Store::check(&door.diary(), at(EVENING).utc)
        .unwrap()
        .unwrap();
    assert!(!findings.is_sound());
}

/// Thirty nights with and without stretching before the experiment, and every night of it answered.
fn followed(schedule: &str, adherence: &[Done]) -> Diary {
    let mut d = Diary::default();
    let first = night("2026-02-02");
    for i in 0..40 {
        let night = first.plus(i);
        let mut record = NightRecord::blank(night, at(EVENING).utc);
        record.outcome = Some(match i % 3 {
            0 => vocabulary::Outcome::Cramp,
            _ => vocabulary::Outcome::Calm,
        });
        d.nights.insert(night, record);
        if night < self::night("2026-03-04") {
            let value = Value::Number(f64::from(u8::try_from(i % 2).unwrap()));
            let at = at(EVENING).utc;
            d.values.push(ContextValue::blank(
                night,
                "stretch".into(),
                value,
                Source::PERSON,
                at,
            ));
        }
    }
    d.experiments.push(plan("stretch", schedule));
    for (i, done) in (0..).zip(adherence) {
        let night = night("2026-03-04").plus(i);
        let at = at(EVENING).utc;
        d.adherence
            .push(Adherence::blank(i + 1, "stretch".into(), night, *done, at));
    }
    d
}

fn stretched(diary: &Diary, as_of: &str) -> Vec<Option<f64>> {
    let table = night_table(diary, night(as_of));
    let factor = table.factors.iter().find(|f| f.name == "stretch").unwrap();
    factor.values[30..].to_vec()
}

#[test]
fn a_running_experiment_tells_the_analysis_nothing() {
    use Done::{No, Partly, Yes};
    let one = followed("10011001", &[Yes, No, No, Partly]);
    let other = followed("01100110", &[No, No, Yes]);
    for as_of in ["2026-03-04", "2026-03-07", "2026-03-10"] {
        assert_eq!(
            night_table(&one, night(as_of)),
            night_table(&other, night(as_of))
        );
        assert!(stretched(&one, as_of).iter().all(Option::is_none));
    }
    assert_eq!(left_out(&one, night("2026-03-07"))[0].nights, 4);
    assert_eq!(left_out(&one, night("2026-03-03")), []);
    // a date to come opens nothing
    let known = |d: &Diary| Diary {
        over: Some(night("2026-03-07")),
        ..d.clone()
    };
    let later = night("2027-01-01");
    assert_eq!(
        night_table(&known(&one), later),
        night_table(&known(&other), later)
    );
}

#[test]
fn afterwards_a_night_has_what_was_done_else_what_was_drawn() {
    use Done::{No, Partly, Yes};
    let over = followed("10011001", &[Yes, Yes, Partly, No]);
    assert_eq!(left_out(&over, night("2026-03-11")), []);
    let last = stretched(&over, "2026-03-11");
    let expected = [
        Some(1.0),
        Some(1.0),
        None,
        Some(0.0),
        Some(1.0),
        Some(0.0),
        Some(0.0),
        Some(1.0),
    ];
    assert_eq!(last[..8], expected);
    // stopped on the sixth: two nights of it are known, the rest belong to nobody
    let mut stopped = over.clone();
    stopped.experiments[0].stopped = Some("2026-03-06".parse().unwrap());
    assert_eq!(
        stretched(&stopped, "2026-03-08"),
        [Some(1.0), Some(1.0), None, None, None]
    );
    // blinded, and not opened: unknown; opened: what was drawn
    let mut blind = followed("ABBABAAB", &[Yes, No]);
    blind.experiments[0].key_hash = Some(sha256(b"key"));
    blind.experiments[0] = sealed(blind.experiments[0].clone());
    assert!(stretched(&blind, "2026-03-11").iter().all(Option::is_none));
    assert_eq!(left_out(&blind, night("2026-03-11"))[0].nights, 8);
    blind.experiments[0].opened = Some("B".into());
    assert_eq!(
        stretched(&blind, "2026-03-11")[..3],
        [Some(0.0), Some(0.0), Some(1.0)]
    );
}

#[test]
fn a_changed_schedule_says_nothing_of_what_was_done() {
    let mut over = followed("10011001", &[Done::Yes, Done::No]);
    over.experiments[0].schedule = "11111111".into();
    let mut expected = vec![None; 8];
    expected[..2].copy_from_slice(&[Some(1.0), Some(0.0)]);
    assert_eq!(stretched(&over, "2026-03-11")[..8], expected);
}

/// A page made while an experiment runs is held to its diary by a line that does not tell what was drawn.
#[test]
fn the_line_of_a_page_tells_nothing_of_a_running_experiment() {
    let line = |d: &Diary, to: &str| {
        let nights = Nights {
            from: night("2026-02-02"),
            to: night(to),
        };
        Provenance::page("nightcramp 0", d, nights, "a4").line()
    };
    let one = followed("10011001", &[Done::Yes, Done::No]);
    let other = followed("01100110", &[Done::No]);
    assert_eq!(line(&one, "2026-03-10"), line(&other, "2026-03-10"));
    assert_ne!(line(&one, "2026-03-11"), line(&other, "2026-03-11"));
    let known = |d: &Diary| Diary {
        over: Some(night("2026-03-10")),
        ..d.clone()
    };
    assert_eq!(
        line(&known(&one), "2026-03-11"),
        line(&known(&other), "2026-03-11")
    );
    let mut before = one.clone();
    before.experiments.clear();
    before.adherence.clear();
    assert_eq!(line(&one, "2026-03-03"), line(&before, "2026-03-03"));
}

/// A supplement: its column, its dose and what is taken of it are unknown while it runs.
#[test]
fn doses_of_a_running_experiment_tell_nothing_either() {
    let taken = |nights: &[&str], schedule: &str| {
        let mut d = followed("0", &[]);
        d.experiments = vec![plan("magnesium", schedule)];
        d.experiments[0].dose = Some(300.0);
        d.experiments[0].unit = Some("mg".into());
        d.experiments[0] = sealed(d.experiments[0].clone());
        for (id, day) in (1..).zip(["2026-02-10", "2026-02-12"].iter().chain(nights)) {
            let moment = Moment::parse(&format!("{day}T21:00:00+00:00"), Some("Europe/London"));
            let mut intake = crate::diary::between::Intake::blank(
                id,
                moment.unwrap(),
                night(day),
                "magnesium".into(),
                at(EVENING).utc,
            );
            (intake.amount, intake.unit) = (Some(100.0 * id as f64), Some("mg".into()));
            d.intakes.push(intake);
        }
        d
    };
    let one = taken(&["2026-03-04", "2026-03-05"], "10011001");
    let other = taken(&[], "01100110");
    let as_of = night("2026-03-08");
    assert_eq!(night_table(&one, as_of), night_table(&other, as_of));
    let column = |d: &Diary, name: &str| {
        let table = night_table(d, night("2026-03-11"));
        let factor = table.factors.iter().find(|f| f.name == name);
        factor.unwrap().values[30..38].to_vec()
    };
    // afterwards what was drawn, but for an intake on a night without
    let (yes, no) = (Some(1.0), Some(0.0));
    assert_eq!(
        column(&one, "magnesium"),
        [yes, yes, no, yes, yes, no, no, yes]
    );
    assert_eq!(
        column(&other, "magnesium"),
        [no, yes, yes, no, no, yes, yes, no]
    );
    let dose = column(&other, "magnesium-dose")[1].unwrap();
    assert!((dose - 300f64.log2()).abs() < 1e-12);
}

#[test]
fn what_is_left_out_is_said() {
    let mut door = begun();
    for back in 3..40 {
        door.ok(&format!(
            "night -{back} calm stretch={}",
            ["yes", "no"][back % 2]
        ));
    }
    door.set_now("2026-03-07T08:00:00Z");
    door.ok("night last calm stretch=yes");
    let analysis = door.run("analyze --json").json();
    assert_eq!(analysis["left_out"][0]["factor"], "stretch");
    assert!(door.ok("analyze").contains("stretch left out here"));
    let explained = door.run("explain stretch --json").json();
    assert_eq!(explained["left_out"][0]["factor"], "stretch");
    assert!(door.ok("explain stretch").contains("left out here"));
}

/// A factor that was written down on no other nights than those of its experiment.
#[test]
fn a_factor_of_an_experiment_alone_is_left_out_not_unknown() {
    let mut door = begun();
    door.set_now("2026-03-07T08:00:00Z");
    for back in 1..4 {
        door.ok(&format!("night -{back} calm stretch=yes"));
    }
    let said = door.refused(1, "explain stretch");
    assert!(
        said.contains("until its experiment is over") && !said.contains("nothing is written down"),
        "{said}"
    );
    // as told or not told, so that nobody sees which
    let mut untold = begun();
    untold.set_now("2026-03-07T08:00:00Z");
    for back in 1..4 {
        untold.ok(&format!("night -{back} calm"));
    }
    assert_eq!(said, untold.refused(1, "explain stretch"));
    // of what no experiment concerns nothing is written down, as before
    let other = door.refused(1, "explain socks");
    assert!(other.contains("nothing is written down"), "{other}");
}
