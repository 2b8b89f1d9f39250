//! Flags as the person gets them: JSON, persistence, what was seen and discussed, what an entry sets off.

use crate::diary::{Diary, Key};
use crate::render::terminal::Layout;
use crate::render::terminal_flags;
use crate::report::flags::{self, Flag, FlagsReport};
use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::tests::rules_entries::{as_of, diary};

const WIDE: Layout = Layout {
    plain: false,
    color: false,
    unicode: false,
    width: 80,
};

fn report(lines: &str) -> FlagsReport {
    flags::flags(&diary(lines), as_of())
}

fn ids(flags: &[Flag]) -> Vec<&'static str> {
    flags.iter().map(|f| f.id).collect()
}

fn days_before(ago: u64) -> NaiveDate {
    as_of().checked_sub_days(Days::new(ago)).unwrap()
}

#[test]
fn json_has_the_shape_of_the_contract() {
    let report = report(
        "sym 1,5 walking-pain left by=rest; me condition=diabetes; cramp 3 left sev=6 dur=120",
    );
    let json: Value = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["kind"], "flags");
    assert_eq!(json["as_of"], "2026-03-10");
    let flag = json["flags"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["id"] == "pad-claudication")
        .unwrap();
    assert_eq!(flag["urgency"], "soon");
    assert_eq!(flag["proposal"], true);
    assert_eq!(flag["sources"].as_array().unwrap()[0], "S1:D1.2c");
    for text in ["observed", "why", "do"] {
        assert!(flag[text].as_str().unwrap().len() > 20, "{text}");
    }
    assert!(flag["observed"].as_str().unwrap().starts_with(
        "You recorded walking pain (left) on 2 days between 2026-03-05 and 2026-03-09."
    ));
    assert_eq!(
        flag["evidence"][0],
        serde_json::json!({"kind": "symptom", "id": 2, "night": "2026-03-05", "ref": "s2", "date": "2026-03-05",
            "says": "walking pain, left side, relieved by rest"})
    );
    let open = json["could_not_tell"].as_array().unwrap();
    let ladder = open.iter().find(|u| u["id"] == "ladder-weekly").unwrap();
    assert_eq!(
        ladder["missing"][0],
        "cannot tell yet: 19 more nights (cramp or calm)"
    );
    assert!((1..=2).contains(&json["questions"].as_array().unwrap().len()));
}

#[test]
fn nothing_recorded_is_said_as_such_and_never_as_an_all_clear() {
    let text = terminal_flags::report(&report(""), WIDE);
    assert!(text.starts_with("No warning entry recorded."), "{text}");
    let well = terminal_flags::report(&report("well"), WIDE);
    assert!(well.starts_with("No warning entry recorded."), "{well}");
    assert!(well.contains("This is a diary."), "{well}");
    for text in [text, well] {
        assert!(!text.contains("no warning signs") && !text.contains("all clear"));
        assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
    }
}

#[test]
fn coverage_is_counted_in_nights_that_are_missing() {
    let missing = |lines: &str| {
        let report = report(lines);
        let ladder = report
            .could_not_tell
            .iter()
            .find(|u| u.id == "ladder-weekly");
        ladder.map(|u| {
            u.missing
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(
        missing("calm 1..7").unwrap(),
        ["cannot tell yet: 13 more nights (cramp or calm)"]
    );
    assert_eq!(
        missing("calm 0..9; calm 14..22").unwrap(),
        ["cannot tell yet: 1 more night (cramp or calm)"]
    );
    assert_eq!(
        missing("calm 0..9; calm 14..23"),
        None,
        "10 of each 14 are enough"
    );
}

#[test]
fn excluded_periods_are_left_out_and_mentioned() {
    let report = report("calm 0..70; cramp 3,4,5,8,9,10; exclude 14 1 fever");
    assert!(report.flags.is_empty());
    assert!(
        report.notes.iter().any(|n| n.contains("fever")),
        "{:?}",
        report.notes
    );
    assert_eq!(report.coverage.excluded, 14);
}

#[test]
fn a_pattern_is_new_persistent_or_gone() {
    let status = |lines: &str| serde_json::to_value(report(lines).flags[0].status).unwrap();
    assert_eq!(status("calm 0..60; cramp 1,2,3,8,9,10"), "new");
    let long = "calm 0..90; cramp 1,2,3,8,9,10,15,16,17,22,23,24,29,30,31,36,37,38";
    assert_eq!(status(long), "persistent");
    let first = report(long).flags[0].first.unwrap();
    assert_eq!(first, days_before(38));
    let gone = report("calm 0..90; cramp 50,51,52,57,58,59");
    assert!(gone.flags.is_empty());
    let earlier = gone
        .earlier
        .iter()
        .find(|e| e.id == "ladder-frequent")
        .unwrap();
    assert_eq!(
        (earlier.status, earlier.last),
        ("gone", Some(days_before(50)))
    );
    let silent = report("cramp 50,51,52,57,58,59");
    let earlier = silent
        .earlier
        .iter()
        .find(|e| e.id == "ladder-frequent")
        .unwrap();
    assert_eq!(
        earlier.status, "not recorded since",
        "a blank month is not a calm one"
    );
}

#[test]
fn a_red_flag_of_months_ago_is_kept_under_earlier() {
    let report = report("sym 200 saddle-numbness");
    assert!(report.flags.is_empty());
    let earlier = &report.earlier[0];
    assert_eq!(
        (earlier.id, earlier.status),
        ("red-cauda-equina", "not recorded since")
    );
    assert_eq!(earlier.last, Some(days_before(200)));
}

#[test]
fn a_past_day_is_answered_from_what_was_dated_up_to_it() {
    let diary = diary("calm 0..90; sym 40 swelling left; sym 2 dark-urine");
    let then = flags::flags(&diary, days_before(39));
    assert_eq!(ids(&then.flags), ["red-dvt"]);
    assert_eq!(then, flags::flags(&diary, days_before(39)));
    assert_eq!(
        ids(&flags::flags(&diary, as_of()).flags),
        ["red-dark-urine"]
    );
}

/// Flags of an entry: the last record of its kind is the new one.
fn entered(lines: &str, key: Key) -> Vec<&'static str> {
    ids(&flags::set_off(&diary(lines), as_of(), &[key]).flags)
}

#[test]
fn red_flags_and_limits_are_said_at_the_entry_that_sets_them_off() {
    assert_eq!(
        entered("cramp 0 left dur=700", Key::Episode(1)),
        ["red-long-cramp"]
    );
    assert_eq!(
        entered("sym 3 swelling left; cramp 0", Key::Episode(1)),
        [] as [&str; 0],
        "an older entry is not news"
    );
    assert_eq!(entered("sym 0 swelling left", Key::Symptom(1)), ["red-dvt"]);
    assert_eq!(
        entered("took 0 magnesium 400mg", Key::Intake(1)),
        ["limit-magnesium"]
    );
    assert_eq!(
        entered(
            "supp vitamin_k2 100µg start=20; med warfarin 3mg start=0",
            Key::Course(2)
        ),
        ["vitamin-k2-warfarin"]
    );
    assert_eq!(
        entered(
            "supp magnesium 100mg start=20; me condition=kidney-disease",
            Key::Fact(1)
        ),
        ["magnesium-kidney"]
    );
    assert_eq!(
        entered("cramp 0,1,2,7,8,9 sev=9", Key::Episode(1)),
        [] as [&str; 0],
        "the ladder waits for flags"
    );
}

#[test]
fn a_half_answered_red_flag_asks_its_question_at_once() {
    let entry = flags::set_off(&diary("sym 0 bladder-change"), as_of(), &[Key::Symptom(1)]);
    assert!(entry.flags.is_empty());
    assert!(entry.questions[0].ask.contains("back or leg pain"));
    let calm = flags::set_off(&diary("cramp 0"), as_of(), &[Key::Episode(1)]);
    assert_eq!(calm.questions, [], "an ordinary cramp asks nothing");
}

#[test]
fn seen_flags_are_not_repeated_until_something_new_speaks_for_them() {
    assert_eq!(
        entered("sym 3 swelling left; seen 3 red-dvt", Key::Symptom(1)),
        [] as [&str; 0]
    );
    let lines = "sym 3 swelling left; seen 3 red-dvt";
    assert_eq!(
        report(lines)
            .flags
            .iter()
            .filter(|f| f.is_urgent() && f.seen.is_none())
            .count(),
        0
    );
    assert_eq!(ids(&report(lines).flags), ["red-dvt"], "it stays in flags");
    assert_eq!(
        entered(
            "sym 3 swelling left; seen 3 red-dvt; sym 0 swelling left",
            Key::Symptom(2)
        ),
        ["red-dvt"]
    );
    // A dose taken every evening is not news every evening; a larger one is.
    let daily = "took 0..5 magnesium 400mg; seen 3 limit-magnesium";
    assert_eq!(entered(daily, Key::Intake(1)), [] as [&str; 0]);
    let more = "took 1..5 magnesium 400mg; seen 3 limit-magnesium; took 0 magnesium 600mg";
    assert_eq!(entered(more, Key::Intake(6)), ["limit-magnesium"]);
}

#[test]
fn a_discussed_flag_says_so_and_returns_only_when_it_gets_worse() {
    let discussed = |lines: &str| {
        let r = report(lines);
        (
            ids(&r.flags),
            ids(&r.discussed),
            r.flags
                .iter()
                .chain(&r.discussed)
                .find_map(|f| f.discussed.clone()),
        )
    };
    let lines = "sym 20,25 walking-pain left by=rest sev=4; talk 15 pad-claudication pulses fine, scan booked";
    let (now, talked, talk) = discussed(lines);
    assert_eq!((now, talked), (vec![], vec!["pad-claudication"]));
    assert_eq!(talk.unwrap().text.unwrap(), "pulses fine, scan booked");
    let text = terminal_flags::report(&report(lines), WIDE);
    assert!(
        flat(&text).contains("Discussed on 2026-02-23: pulses fine, scan booked."),
        "{text}"
    );
    // The same again is not worse.
    let (now, _, _) = discussed(&format!("{lines}; sym 5 walking-pain left by=rest sev=5"));
    assert_eq!(now, [] as [&str; 0]);
    // Two points more are.
    let (now, _, talk) = discussed(&format!("{lines}; sym 5 walking-pain left by=rest sev=6"));
    assert_eq!(now, ["pad-claudication"]);
    assert_eq!(
        talk.unwrap().worse.unwrap(),
        "it rose from 4 to 6 out of 10"
    );
    // So are many more nights.
    let (now, _, _) = discussed(&format!(
        "{lines}; sym 1,2,3,4,5 walking-pain left by=rest sev=4"
    ));
    assert_eq!(now, ["pad-claudication"]);
    // A new sign, where a rule has several.
    let signs = "sym 20,30 numbness; talk 15 ladder-companion";
    assert_eq!(discussed(signs).0, [] as [&str; 0]);
    assert_eq!(
        discussed(&format!("{signs}; sym 1,10 tingling")).0,
        ["ladder-companion"]
    );
    // A red flag comes back with any new entry.
    let red = "sym 10 swelling left; talk 9 red-dvt scan clear";
    assert_eq!(discussed(red).0, [] as [&str; 0]);
    assert_eq!(
        discussed(&format!("{red}; sym 1 swelling left")).0[0],
        "red-dvt"
    );
    assert!(!report(red).is_urgent());
}

#[test]
fn a_flag_that_went_and_came_back_is_worse() {
    let lines = "calm 0..120; cramp 80,81,82,87,88,89; talk 75 ladder-frequent; cramp 1,2,3,8,9,10";
    let r = report(lines);
    assert_eq!(ids(&r.discussed), [] as [&str; 0]);
    assert!(r.flags.iter().any(|f| f.id == "ladder-frequent"));
}

#[test]
fn why_gives_entries_rule_and_sources() {
    let report = report("sym 1,5 walking-pain left by=rest").explained();
    let because = report.flags[0].because.as_ref().unwrap();
    assert_eq!(
        because.condition,
        [
            "any of:",
            "  walking pain, relieved by rest, lasting at most 10 min where that is recorded, on 2 days or more (last 56 days)",
            "  all of:",
            "    walking pain, relieved by sitting or bending, lasting at most 10 min where that is recorded, on 2 days or more (last 56 days)",
            "    any of:",
            "      known condition: arterial-disease or diabetes or hypertension",
            "      smoker is yes",
            "      smoker is former"
        ]
    );
    assert!(because.sources[0].starts_with("S1:D1.2c: "));
    assert!(
        because
            .sources
            .iter()
            .any(|s| s.starts_with("CG147: ") && s.contains("http"))
    );
    assert_eq!(
        because.lasting,
        "New: first entry 2026-03-05, last entry 2026-03-09; 2 entries, 2 nights."
    );
    let text = terminal_flags::report(&report, WIDE);
    assert!(
        text.contains("s2 2026-03-05 walking pain, left side, relieved by rest"),
        "{text}"
    );
    assert!(text.contains("proposal of this program"), "{text}");
}

#[test]
fn the_most_urgent_stands_first() {
    let report = report(
        "sym 1,5 walking-pain by=rest; sym 1 dark-urine; sym 1 swelling left; cramp 1,8,15,22",
    );
    let urgencies: Vec<_> = report.flags.iter().map(|f| f.urgency).collect();
    assert!(
        urgencies.is_sorted_by(|a, b| a >= b),
        "{:?}",
        ids(&report.flags)
    );
    assert_eq!(report.flags[0].id, "red-dark-urine");
    assert!(report.is_urgent());
}

#[test]
fn questions_settle_what_is_most_important() {
    // Shortness of breath alone: whether a leg is swollen decides between a note and an ambulance.
    let report = report("well; sym 0 breathlessness");
    assert!(report.flags.is_empty());
    let mut diary = diary("well; sym 0 breathlessness");
    diary.symptoms.retain(|s| s.present);
    let report = flags::flags(&diary, as_of());
    assert!(
        report.questions.iter().any(|q| q.ask.contains("swollen")),
        "{:?}",
        report.questions
    );
    // With everything answered there is nothing to ask.
    assert!(
        flags::flags(&crate::tests::rules_entries::diary("well"), as_of())
            .questions
            .is_empty()
    );
}

/// The text on one line, so that sentences can be found in it.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_flag_stands_under_its_urgency_with_whom_to_ask_and_when() {
    let many = [
        "sym 1,5 walking-pain left by=rest; sym 1 dark-urine; sym 1 swelling left; cramp 1,8,15,22",
        "sym 0 swelling left; sym 0 breathlessness; took 0 quinine 200mg; cramp 0 left dur=900",
        "calm 0..120; cramp 1,2,3,8,9,10,15,16,17,22,23,24; me condition=hypertension",
        "sym 1 dark-urine; sym 1 saddle-numbness; sym 2 back-pain; sym 0 bladder-change",
    ];
    for lines in many {
        let report = report(lines);
        assert!(report.flags.len() > 1, "{lines}: {:?}", ids(&report.flags));
        let explained = report.clone().explained();
        for width in [80, 60, 40] {
            let layout = Layout { width, ..WIDE };
            let short = terminal_flags::report(&report, layout);
            let long = terminal_flags::report(&explained, layout);
            for flag in &report.flags {
                let (heading, short, long) = (flag.heading(), flat(&short), flat(&long));
                for text in [&short, &long] {
                    let id = format!("[{}]", flag.id);
                    assert_eq!(text.matches(&id).count(), 1, "{id}: {text}");
                    let paragraph = flat(&format!("{} {}", flag.observed, flag.advice));
                    assert!(text.contains(&paragraph), "{paragraph}: {text}");
                    assert_eq!(text.matches(&heading).count(), 1, "{heading}: {text}");
                    let at = |part: &str| text.find(part).unwrap();
                    assert!(at(&heading) < at(&id), "{heading}, {id}: {text}");
                }
                assert_eq!(short.contains(flag.why), flag.is_urgent(), "{}", flag.id);
                assert!(long.contains(flag.why), "{}", flag.id);
                let own = flag.id;
                let limits = short.split("The exact limit").nth(1).unwrap_or_default();
                let limits = limits.split(" is a proposal").next().unwrap_or_default();
                let limits = limits.split(" are proposals").next().unwrap_or_default();
                assert_eq!(limits.contains(own), flag.proposal, "{own}: {short}");
            }
        }
    }
}

#[test]
fn what_was_seen_or_came_back_is_said_in_its_paragraph() {
    let lines = "sym 20 swelling left; talk 15 red-dvt scan clear; sym 1 swelling left";
    let text = flat(&terminal_flags::report(&report(lines), WIDE));
    assert!(
        text.contains("Discussed on 2026-02-23: scan clear."),
        "{text}"
    );
    assert!(text.contains("It is back because"), "{text}");
}

#[test]
fn rules_are_listed_with_condition_and_sources() {
    let rules = crate::report::catalogue::rules();
    assert_eq!(rules.rules.len(), crate::rules::all().count());
    assert!(
        rules
            .rules
            .iter()
            .all(|r| !r.condition.is_empty() && !r.sources.is_empty())
    );
    let text = terminal_flags::rules(&rules, WIDE);
    assert!(text.contains("red-dvt") && text.contains("S0:G0.2"));
}

#[test]
fn a_week_says_urgent_flags_in_full() {
    let lines = terminal_flags::in_short(&report("sym 1 swelling left; cramp 1,8,15,22").flags);
    assert!(lines[0].contains("Contact a doctor"), "{lines:?}");
    assert!(lines[1].ends_with("(ladder-weekly)"), "{lines:?}");
}

/// A hundred years repeat one year: the rules see what they see in that year alone. (How long it takes is measured by
/// `cargo bench --bench program -- flags`.)
#[test]
fn a_century_of_nights_shows_what_its_last_year_shows() {
    let mut long = Diary::default();
    let year = diary("calm 0..364; cramp 1,4,8,30,60,61,62,100,200 left sev=5 dur=90");
    for back in 0..100_i64 {
        for (night, record) in &year.nights {
            let mut record = record.clone();
            record.night = night.plus(-365 * back);
            long.nights.insert(record.night, record);
        }
        for episode in &year.episodes {
            let mut episode = episode.clone();
            episode.id += 100 * back;
            episode.night = episode.night.plus(-365 * back);
            long.episodes.push(episode);
        }
    }
    long.sort();
    assert!(long.nights.len() > 35_000);
    let all = flags::flags(&long, as_of());
    let part = flags::flags(
        &diary("calm 0..364; cramp 1,4,8,30,60,61,62,100,200 left sev=5 dur=90"),
        as_of(),
    );
    assert_eq!(ids(&all.flags), ids(&part.flags));
}

/// A door whose diary already has one entry.
fn door() -> crate::tests::door::Door {
    crate::tests::door::Door::at("2026-03-10T08:00:00+00:00")
}

#[test]
fn the_command_notes_what_was_seen_and_discussed() {
    let door = door();
    let said = door.run("symptom swelling left");
    assert!(said.out.starts_with("TODAY [red-dvt]"), "{}", said.out);
    assert!(said.out.contains("Noted s1"), "{}", said.out);
    assert_eq!(door.run("flags --exit-code").code, 10);
    assert_eq!(door.run("flags").code, 0);
    assert_eq!(door.run("flags --exit-code --as-of 2026-03-01").code, 0);
    let json = door.run("flags --json").json();
    assert_eq!(json["flags"][0]["id"], "red-dvt");
    assert_eq!(door.run("flags --seen red-dvt").code, 0);
    assert_eq!(
        door.run("flags --exit-code").code,
        10,
        "seen is not settled"
    );
    assert_eq!(
        door.run("flags --json").json()["flags"][0]["seen"],
        "2026-03-10"
    );
    let talked = door.run("flags --discussed red-dvt 2026-03-10 \"scan clear\"");
    assert_eq!(talked.code, 0, "{}", talked.err);
    let json = door.run("flags --json").json();
    assert_eq!(json["flags"], serde_json::json!([]));
    assert_eq!(json["discussed"][0]["discussed"]["text"], "scan clear");
    assert_eq!(door.run("flags --exit-code").code, 0);
    let wrong = door.run("flags --seen red-dvd");
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean red-dvt?"), "{}", wrong.err);
    assert_eq!(door.run("undo").code, 0);
    assert_eq!(
        door.run("flags --exit-code").code,
        10,
        "a note can be taken back"
    );
}

#[test]
fn the_rules_are_listed_by_the_command() {
    let json = door().run("flags --rules --json").json();
    assert_eq!(json["kind"], "rules");
    assert!(json["rules"].as_array().unwrap().len() > 70);
    assert!(
        json["claims_without_rule"]
            .as_array()
            .unwrap()
            .iter()
            .all(|c| !c["reason"].as_str().unwrap().is_empty())
    );
    let text = door().run("flags --rules").out;
    assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
}

#[test]
fn the_weekly_check_writes_its_answers_down() {
    let mut door = door();
    assert_eq!(
        door.run("ask symptoms").code,
        1,
        "without a terminal nothing can be asked"
    );
    let first = door.run("flags --json").json()["questions"][0]["ask"]
        .as_str()
        .unwrap()
        .to_string();
    let said = door.typing("n\nn\n").run("ask symptoms");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains(&first), "{}", said.out);
    let json = door.run("flags --json").json();
    assert_ne!(
        json["questions"][0]["ask"],
        first.as_str(),
        "an answer settles its question"
    );
    assert_eq!(json["flags"], serde_json::json!([]));
    // Yes leads to each symptom's own question, and a red flag is said at once.
    let second = json["questions"][0]["ask"].as_str().unwrap().to_string();
    let yes = door.typing("y\ny\nn\n").run("ask symptoms");
    assert!(yes.out.contains(&second), "{}", yes.out);
    let list = door.run("list --json").json();
    assert!(list.to_string().contains("symptom"), "{list}");
}

#[test]
fn a_clinician_is_not_told_what_you_recorded() {
    use crate::rules::{Reader, recorded};
    let what = "cramps that broke {your} sleep between 2026-10-26 and 2026-11-16.";
    assert_eq!(
        recorded(what, Reader::Patient),
        "You recorded cramps that broke your sleep between 2026-10-26 and 2026-11-16."
    );
    assert_eq!(
        flags::clinician_flag(
            "routine",
            &recorded(what, Reader::Clinician),
            "2026-08-04 to 2026-11-16"
        ),
        "routine · Cramps that broke the patient's sleep between 2026-10-26 and 2026-11-16."
    );
    assert_eq!(
        flags::clinician_flag("soon", "Magnesium. Cramps still came.", "2026-10-05"),
        "soon · Magnesium. Cramps still came. Entries: 2026-10-05."
    );
    for rule in crate::rules::all() {
        let said = recorded(rule.observed, Reader::Clinician).to_lowercase();
        let about_nobody =
            |word: &str| matches!(word, "you" | "your" | "yours" | "their" | "theirs");
        assert!(
            !said.split(|c: char| !c.is_alphabetic()).any(about_nobody),
            "{said}"
        );
    }
}
