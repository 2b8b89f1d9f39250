//! The questions about entries that could begin an urgent warning: asked at once, named until they are answered, and
//! never a flag.

use serde_json::Value;
use tempfile::TempDir;

use crate::session::Session;

/// A new diary on the morning of Wed 4 March 2026, in a folder that lasts as long as it.
struct Diary {
    session: Session,
    _folder: TempDir,
}

impl Diary {
    fn new() -> Diary {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("diary.sqlite");
        let session = Session::new(path, "2026-03-04T07:30:00Z", "Europe/London").unwrap();
        Diary {
            session,
            _folder: folder,
        }
    }

    /// What a command line answers, or why it is refused.
    fn run(&mut self, line: &str) -> String {
        let words: Vec<&str> = line.split(' ').filter(|w| !w.is_empty()).collect();
        match self.session.text(&words) {
            Ok(text) => text,
            Err(refused) => format!("{refused}"),
        }
    }

    /// The open questions, each as its id and the command that answers it.
    fn asks(&mut self) -> Vec<String> {
        let report = self.session.json(&["flags"]).unwrap();
        let list = report["asks"].as_array().unwrap();
        let text = |ask: &Value, key: &str| ask[key].as_str().unwrap().to_string();
        list.iter()
            .map(|ask| format!("{} {}", text(ask, "id"), text(ask, "answer_with")))
            .collect()
    }

    fn fired(&mut self) -> Vec<String> {
        let report = self.session.json(&["flags"]).unwrap();
        let flags = report["flags"].as_array().unwrap();
        let ids = flags.iter().map(|f| f["id"].as_str().unwrap().to_string());
        ids.collect()
    }
}

const NOTHING: &str = "No warning entry recorded";

#[test]
fn a_swelling_without_a_side_is_asked_about_everywhere_until_it_is_answered() {
    let mut diary = Diary::new();
    let said = diary.run("symptom swelling");
    assert!(said.contains("Which leg"), "{said}");
    assert!(said.contains("cramp edit s1 left"), "{said}");
    for command in ["", "week", "flags"] {
        let said = diary.run(command).replace('\n', " ");
        assert!(said.contains("swelling"), "{command}: {said}");
        assert!(said.contains("Which leg"), "{command}: {said}");
        assert!(!said.contains(NOTHING), "{command}: {said}");
        assert!(!said.contains("diary is empty"), "{command}: {said}");
    }
    assert_eq!(diary.asks(), ["s1:side cramp edit s1 left"]);
    assert!(diary.run("").contains("Next: answer: cramp edit s1 left"));
    let status = diary.session.json(&[]).unwrap();
    assert_eq!(status["asks"][0]["answer_with"], "cramp edit s1 left");
    let said = diary.run("edit s1 left");
    assert!(said.contains("red-dvt"), "{said}");
    assert!(!diary.run("").contains("Which leg"));
    assert_eq!(diary.fired(), ["red-dvt"]);
    // what makes it an emergency is asked next
    assert_eq!(diary.asks(), ["s1:beside cramp symptom chest-pain"]);
    let said = diary.run("flags answer s1 no");
    assert!(
        said.contains("chest-pain") && said.contains("breathlessness"),
        "{said}"
    );
    let shown = diary.session.json(&["show", "s2"]).unwrap().to_string();
    assert!(shown.contains("[\"present\",false]"), "{shown}");
    assert_eq!(diary.asks(), [""; 0]);
}

#[test]
fn the_clinicians_page_names_an_open_question_instead_of_nothing() {
    let mut diary = Diary::new();
    diary.run("log left calf");
    diary.run("symptom swelling");
    let out = diary._folder.path().join("page.html");
    diary.run(&format!("report --out {}", out.display()));
    let page = std::fs::read_to_string(&out).unwrap();
    assert!(!page.contains(NOTHING));
    assert!(page.contains("open question · swelling on 2026-03-04; not recorded: which side"));
}

#[test]
fn both_legs_settle_the_side_and_ask_for_what_else_would_matter() {
    let mut diary = Diary::new();
    diary.run("symptom swelling both");
    let asks = diary.asks();
    assert_eq!(asks.len(), 1, "{asks:?}");
    assert!(asks[0].starts_with("s1:beside"), "{asks:?}");
    assert_eq!(diary.fired(), [""; 0]);
}

#[test]
fn weakness_without_a_start_asks_since_when_with_the_safety_net() {
    let mut diary = Diary::new();
    let said = diary.run("symptom weakness left");
    assert!(said.contains("Since when"), "{said}");
    assert!(said.contains("cramp edit s1 since="), "{said}");
    assert!(said.contains("call your emergency number"), "{said}");
    diary.run("edit s1 since=2025-01-10");
    let asks = diary.asks();
    assert!(!asks.iter().any(|ask| ask.contains(":since")), "{asks:?}");
}

#[test]
fn every_answer_that_is_offered_is_understood_and_has_words_of_its_own() {
    let noticed = "2026-03-04".parse().unwrap();
    for detail in [
        "side",
        "since",
        "sudden",
        "severity",
        "relieved-by",
        "lasts",
    ] {
        let offered = crate::rules::choice::of_detail("s1", detail, noticed);
        let mut words: Vec<&str> = offered.iter().map(|c| c.answer.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), offered.len(), "{detail}: {words:?}");
        for choice in &offered {
            let mut diary = Diary::new();
            diary.run("symptom weakness");
            let command = choice.command.strip_prefix("cramp ").unwrap();
            let said = diary.run(command);
            assert!(said.contains("s1: weakness"), "{command}: {said}");
        }
    }
}

#[test]
fn the_answers_of_a_question_stand_in_its_json_with_their_commands() {
    let mut diary = Diary::new();
    let choices = |report: &Value| -> Vec<String> {
        let choices = report["asks"][0]["choices"].as_array().unwrap().iter();
        let text = |choice: &Value, key: &str| choice[key].as_str().unwrap().to_string();
        choices
            .map(|c| format!("{}: {}", text(c, "answer"), text(c, "command")))
            .collect()
    };
    let said = diary.session.json(&["symptom", "swelling"]).unwrap();
    let sides = ["left", "right", "both"].map(|side| format!("{side}: cramp edit s1 {side}"));
    assert_eq!(choices(&said), sides);
    assert_eq!(choices(&diary.session.json(&["flags"]).unwrap()), sides);
    let said = diary
        .session
        .json(&["log", "left calf pain 7 pain 8"])
        .unwrap();
    assert_eq!(
        choices(&said),
        ["pain 7: cramp edit 1 pain=7", "pain 8: cramp edit 1 pain=8"]
    );
}

#[test]
fn a_question_that_cannot_be_answered_can_be_laid_aside_and_undone() {
    let mut diary = Diary::new();
    diary.run("symptom swelling");
    let said = diary.run("flags answer s1 done");
    assert!(said.contains("Noted r1"), "{said}");
    assert_eq!(diary.asks(), [""; 0]);
    diary.run("undo");
    assert_eq!(diary.asks(), ["s1:side cramp edit s1 left"]);
    diary.run("redo");
    assert_eq!(diary.asks(), [""; 0]);
}

#[test]
fn warning_words_are_asked_about_and_never_a_flag() {
    for (line, words, answer) in [
        (
            "log left calf swollen red and hot",
            "swollen red and hot",
            "symptom swelling left",
        ),
        (
            "event can't feel between my legs",
            "can't feel between my legs",
            "symptom saddle-numbness",
        ),
        (
            "log shook all over and bit my tongue and wet the bed",
            "shook all over and bit my tongue",
            "symptom seizure",
        ),
        (
            "log left calf blacked out",
            "blacked out",
            "symptom seizure",
        ),
        (
            "log cramp left calf and now short of breath",
            "short of breath",
            "symptom breathlessness",
        ),
        (
            "log left calf awareness=lost",
            "awareness",
            "symptom seizure",
        ),
        (
            "log cramps all over and my water is brown",
            "water is brown",
            "symptom dark-urine",
        ),
        (
            "log left calf 3am, heart racing and chest pain",
            "chest pain",
            "symptom chest-pain",
        ),
        (
            "log right calf swolen badly",
            "swolen",
            "symptom swelling right",
        ),
    ] {
        let mut diary = Diary::new();
        let said = match line.split_once(' ') {
            Some(("event", text)) => diary.session.text(&["event", text]).unwrap(),
            _ => diary.run(line),
        };
        assert!(said.contains(words), "{line}: {said}");
        assert!(said.contains(answer), "{line}: {said}");
        assert_eq!(diary.fired(), [""; 0], "{line}");
        assert!(!diary.run("flags").contains(NOTHING), "{line}");
        let status = diary.run("").replace('\n', " ");
        assert!(status.contains(words), "{line}: {status}");
    }
}

#[test]
fn a_text_is_answered_by_no_or_by_the_entry_it_asks_for() {
    let mut diary = Diary::new();
    diary.run("log left calf swollen");
    assert_eq!(
        diary.asks(),
        ["1:text:swelling cramp symptom swelling left"]
    );
    diary.run("flags answer 1 no");
    assert_eq!(diary.asks(), [""; 0]);
    assert!(diary.run("flags").contains(NOTHING));
    diary.run("undo");
    assert_eq!(diary.asks().len(), 1);
    diary.run("symptom swelling no");
    assert_eq!(diary.asks(), [""; 0]);
    // an answer is about one entry and no other
    diary.run("log right calf swollen");
    diary.run("symptom chest-pain no");
    assert_eq!(diary.asks(), [""; 0], "the same day was asked about");
    let refused = diary.run("flags answer 9 no");
    assert!(refused.contains("nothing is asked about 9"), "{refused}");
}

#[test]
fn a_yes_writes_down_what_was_asked_about() {
    let mut diary = Diary::new();
    diary.run("log left calf swollen");
    let said = diary.run("flags answer 1 yes");
    assert!(said.contains("red-dvt"), "{said}");
    assert!(said.contains("Noted s1: swelling"), "{said}");
    diary.run("undo");
    assert_eq!(diary.fired(), [""; 0]);
    assert_eq!(diary.asks().len(), 1);
    let mut other = Diary::new();
    other.run("symptom swelling");
    let refused = other.run("flags answer s1 no");
    assert!(refused.contains("cramp edit s1 left"), "{refused}");
}

#[test]
fn several_signs_of_a_text_are_asked_about_one_after_the_other() {
    let mut diary = Diary::new();
    diary.run("log shook all over and wet the bed");
    let said = diary.run("flags answer e1 no");
    assert!(said.contains("wet the bed"), "{said}");
    assert!(said.contains("cramp symptom wet-bed"), "{said}");
    diary.run("flags answer e1 no");
    assert_eq!(diary.asks(), [""; 0]);
}

#[test]
fn what_is_denied_or_a_joke_is_not_asked_about() {
    for line in [
        "log left calf no swelling",
        "log left calf, not swollen",
        "log left calf 3am not short of breath",
        "log left calf no redness or swelling",
        "log left calf wasn't really swollen at all",
        "log left calf, killing me lol",
        "log left calf, slept with a pillow between my legs",
        "log left calf after red wine and a hot bath",
        "log left calf never blacked out",
        "log left calf weak coffee before bed",
        "night calm",
    ] {
        let mut diary = Diary::new();
        diary.run(line);
        assert_eq!(diary.asks(), [""; 0], "{line}");
        let said = diary.run("flags");
        assert!(said.contains(NOTHING), "{line}: {said}");
    }
}

#[test]
fn words_behind_a_denial_of_something_else_are_asked_about() {
    for line in [
        "log left calf, no sleep, swollen leg",
        "log no cramp but leg swollen",
        "log left calf never so swollen before",
    ] {
        let mut diary = Diary::new();
        diary.run(line);
        assert!(!diary.asks().is_empty(), "{line}");
    }
}

#[test]
fn a_bruise_matters_only_to_somebody_who_takes_quinine() {
    let mut diary = Diary::new();
    diary.run("log left calf bruised");
    assert_eq!(diary.asks(), [""; 0]);
    diary.run("course start quinine 2026-02-01");
    assert_eq!(diary.asks().len(), 1);
}

#[test]
fn a_diary_of_symptoms_notes_or_courses_is_not_empty() {
    for line in [
        "symptom stiffness 3",
        "event garden",
        "course start magnesium 300mg",
    ] {
        let mut diary = Diary::new();
        diary.run(line);
        let said = diary.run("");
        assert!(!said.contains("diary is empty"), "{line}: {said}");
        assert!(said.contains("No cramp logged yet"), "{line}: {said}");
    }
    assert!(Diary::new().run("").contains("diary is empty"));
}

#[test]
fn replies_go_out_and_come_back_with_an_export() {
    let mut diary = Diary::new();
    diary.run("log left calf swollen");
    diary.run("flags answer 1 no");
    let folder = diary._folder.path().join("out");
    diary.run(&format!("export {}", folder.display()));
    let mut other = Diary::new();
    other.run(&format!("import {}", folder.display()));
    assert_eq!(other.asks(), [""; 0]);
    let shown = other.run("show r1");
    assert!(shown.contains("swelling"), "{shown}");
}

/// The stories that were written before the questions existed: what each asks. Which medicine is meant is asked on standard
/// error, and a day to come is refused, so three of the twelve are not seen here.
#[test]
fn the_stories_ask_what_they_should() {
    let stories = include_str!("entry/stories.txt");
    let mut missed = Vec::new();
    let mut held = 0;
    for line in stories.lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<&str> = line.split(" ; ").collect();
        let [name, steps, wanted] = parts[..] else {
            continue;
        };
        let Some(word) = wanted.strip_prefix("ask ") else {
            continue;
        };
        let mut diary = Diary::new();
        let said: Vec<String> = steps.split(" && ").map(|step| diary.run(step)).collect();
        let last = said.last().unwrap().to_lowercase();
        match last.contains(word) {
            true => held += 1,
            false => missed.push(format!("{name}: {last}")),
        }
    }
    assert!(held >= 9, "{missed:#?}");
}

#[test]
fn a_number_that_is_asked_about_stands_in_the_commands_that_answer_it() {
    let door = crate::tests::door::Door::at("2026-03-04T03:10:00Z");
    let said = door.run("log left calf bad woke me up 8 stretched it out");
    assert!(said.err.contains("'cramp edit 1 pain=8'"), "{}", said.err);
    assert!(
        said.err.contains("'cramp edit 1 lasted=8min'"),
        "{}",
        said.err
    );
}
