//! The morning at the bedside: how last night was, what the person follows, and what an experiment has drawn.

use chrono::Timelike;
use serde_json::json;

use crate::cli::serve::By;
use crate::cli::{Failure, ask};
use crate::diary::vocabulary::Done;
use crate::diary::{Night, Nights, Now, Value, Word};
use crate::render::web::bedside::Said;
use crate::render::web::bedside_morning::{Asked, Choice, Morning, Number};
use crate::report::checkin::{About, Meant, Question, UNKNOWN};
use crate::report::checkin_form::Replies;
use crate::report::experiment::tonight;
use crate::store::Store;
use crate::store::devices::RequestKey;
use crate::web::add::{moment, once};
use crate::web::app::App;
use crate::web::bedside_said::{DONE, said, unknown_entry};
use crate::web::bedside_tap::Tap;
use crate::web::session::Visitor;
use crate::words::t;

/// The hours of the morning, by the clock of this computer.
const MORNING: std::ops::Range<u32> = 5..14;
/// What was done about the thing of an experiment begins so; everything else is a line of `cramp night`.
const DID: &str = "did ";

/// What the page asks this morning; `None` at other times.
pub(crate) fn morning(app: &App) -> Result<Option<Morning>, Failure> {
    let now = app.now();
    if !MORNING.contains(&now.zone.moment(now.utc).local().hour()) {
        return Ok(None);
    }
    let last = now.last_night();
    let asked = ask::missed(Store::open_read(app.diary_path())?, &now)?;
    let about_last = asked.questions.iter().filter(|q| q.night == last);
    let questions = about_last.map(|question| drawn(question, &asked, &now));
    let mut questions: Vec<Asked> = questions.collect();
    let waiting = app.waiting();
    questions.retain(|asked| {
        let mut taps = asked.choices.iter();
        !taps.any(|tap| waiting.is_unknown(&about(&tap.words)))
    });
    drop(waiting);
    let diary = app.read(Some(Nights::ending(now.this_night(), 1)))?;
    let tonight = tonight(&diary, &now).into_iter();
    Ok(Some(Morning {
        questions,
        tonight: tonight.map(|night| night.sentence).collect(),
    }))
}

/// A question with its taps, each as the words that are written when it is tapped.
fn drawn(question: &Question, asked: &ask::CheckIn, now: &Now) -> Asked {
    let is_outcome = question.about == About::Outcome;
    let mut choices: Vec<Choice> = match question.replies() {
        Replies::Picked(replies) => replies
            .iter()
            .filter_map(|(reply, shown)| {
                let meant = question.meant(reply, &asked.catalogue, now).ok()?;
                let label = match (is_outcome, reply.as_str()) {
                    (true, "yes") => t!(bedside, "cramp").to_string(),
                    (true, _) => t!(bedside, "no-cramp").to_string(),
                    (false, _) => shown.clone(),
                };
                let is_cramp = is_outcome && reply == "yes";
                Some(Choice {
                    label,
                    words: words(&meant)?,
                    night: is_cramp.then(|| question.night.to_string()),
                })
            })
            .collect(),
        Replies::Written(_) => Vec::new(),
    };
    // a calm night is as near as one with a cramp, and stands first
    if is_outcome {
        choices.reverse();
    }
    let mut number = None;
    if matches!(question.about, About::Tried(_)) {
        let unknown = question.meant(UNKNOWN, &asked.catalogue, now).ok();
        choices.extend(unknown.and_then(|meant| words(&meant)).map(cannot_say));
    }
    if let About::Factor { def, bare_unit } = &question.about {
        let words = format!("{} {}=", question.night, def.factor);
        if choices.is_empty() {
            // what is declared in the unit of the diary is stepped in the unit of the question
            let one = bare_unit.map(|unit| def.read(&format!("1{unit}")));
            let one = match one.and_then(Result::ok).map(|one| one.value) {
                Some(Value::Number(one)) if one > 0.0 => one,
                _ => 1.0,
            };
            number = Some(Number {
                words: words.clone(),
                unit: bare_unit.unwrap_or_default().to_string(),
                form: match bare_unit.or(def.unit.as_deref()) {
                    Some(unit) => unit.to_string(),
                    None => question.form.clone(),
                },
                start: def.start / one,
                step: def.step / one,
                min: def.min.unwrap_or(0.0) / one,
                max: def.max.map(|max| max / one),
            });
        }
        choices.push(cannot_say(format!("{words}{UNKNOWN}")));
    }
    Asked {
        text: question.asks.clone(),
        is_outcome,
        choices,
        number,
    }
}

/// The button of somebody who does not know, which writes `words`.
fn cannot_say(words: String) -> Choice {
    Choice {
        label: t!(bedside, "unknown").to_string(),
        words,
        night: None,
    }
}

/// What a reply writes, as its button carries it.
fn words(meant: &Meant) -> Option<String> {
    match meant {
        Meant::Night(words) => Some(words.join(" ")),
        Meant::Done(thing, night, done) => {
            let done = done.map_or(UNKNOWN, |done| done.word());
            Some(format!("{DID}{night} {done} {thing}"))
        }
        Meant::Log(_) | Meant::Nothing | Meant::NotAgain(_) => None,
    }
}

/// What a tap is about, without its answer: the night and the factor or the thing that was tried.
fn about(words: &str) -> String {
    let did = words.strip_prefix(DID);
    let did: Option<Vec<&str>> = did.map(|did| did.splitn(3, ' ').collect());
    match did.as_deref() {
        Some([night, _, thing]) => format!("{night} {thing}"),
        _ => words.split('=').next().unwrap_or_default().to_string(),
    }
}

/// Writes down what was tapped or typed about a night. What nobody knows is not asked again that morning.
pub(crate) fn answer(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let said = kept(app, visitor, tap)?;
    let is_known = tap.words.split([' ', '=']).all(|part| part != UNKNOWN);
    let last = app.now().last_night().to_string();
    app.waiting().answered(about(&tap.words), &last, is_known);
    Ok(said)
}

fn kept(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let key = tap.request()?;
    if let Some(did) = tap.words.strip_prefix(DID) {
        return done(app, visitor, tap, did);
    }
    let typed = tap.line.trim().replace('"', "");
    let is_bare = typed.parse::<f64>().is_ok();
    let line = match tap.words.strip_suffix('=') {
        Some(name) if is_bare => format!("{name}={typed}{}", tap.unit),
        Some(name) if !typed.is_empty() => format!("{name}=\"{typed}\""),
        Some(_) => return Err(Failure::words(t!(bedside, "no-number"), "")),
        None => tap.words.clone(),
    };
    let answer = once(app, visitor, key.clone(), &tap.added(line), "night")?;
    said(app, visitor, &key, &key, &answer)
}

/// What was really done about the thing of an experiment: `2026-03-03 yes magnesium`.
fn done(app: &App, visitor: &Visitor, tap: &Tap, did: &str) -> Result<Said, Failure> {
    let parts: Vec<&str> = did.splitn(3, ' ').collect();
    let [night, done, thing] = parts.as_slice() else {
        return Err(unknown_entry());
    };
    let (now, note) = moment(&tap.added(String::new()), &app.now());
    let night: Night = night.parse().map_err(|_| unknown_entry())?;
    let done = match *done {
        UNKNOWN => None,
        word => Some(Done::from_word(word).ok_or_else(unknown_entry)?),
    };
    let diary = app.read(Some(Nights::ending(night, 1)))?;
    let mut tried = diary.experiments.iter().filter(|e| e.thing == *thing);
    if !tried.any(|e| e.assigned(night).is_some()) {
        return Err(unknown_entry());
    }
    let request = RequestKey {
        device: visitor.device.id,
        key: tap.request()?,
    };
    let by = By {
        request: request.clone(),
        device: visitor.device.name.clone(),
        note,
        arrived: app.now().utc,
        adds_only: visitor.device.kind.adds_only(),
        dry_run: false,
        unanswered: None,
    };
    let shown = done.map(Done::word);
    let answer = json!({
        "schema": 1, "kind": DONE, "values": [{ "factor": thing, "shown": shown }],
    });
    app.writing(|| -> Result<(), Failure> {
        let mut store = Store::open(app.diary_path(), by.arrived)?;
        if store.done_request(&request)?.is_some() {
            return Ok(());
        }
        store.answers(request.clone(), by.source());
        store.stays_open();
        if by.adds_only {
            store.adds_only();
        }
        // the journal names the question, not the answer: nothing shown depends on it
        let name = format!("{}: ask: experiment {thing} {night}", by.device);
        store.write(by.arrived, &name, |w| {
            w.put_adherence(thing, night, done, now.utc)
        })?;
        Ok(store.keep_answer(&request, &answer.to_string())?)
    })?;
    said(app, visitor, &request.key, &request.key, &answer)
}
