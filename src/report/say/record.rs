//! One record in one line: for the echo after a write, for lists and for the history.

use chrono::NaiveDate;

use crate::diary::elsewhere::{BED, UP};
use crate::diary::factor::Catalogue;
use crate::diary::substance::class_of;
use crate::diary::vocabulary::{Certainty, Kind, Outcome, Period, Relief, Side, Site, Wish};
use crate::diary::word::Word;
use crate::diary::{
    Course, Episode, Intake, Moment, Night, NightRecord, Reading, Record, Symptom, Value,
};
use crate::words::{day, duration, number, t};

/// `Wed 4 Mar 03:10`, in another year `Tue 2025-03-04 03:10`, and a remark when the clock was changed.
pub(crate) fn when(at: &Moment, certainty: Certainty, today: NaiveDate) -> String {
    let local = at.local();
    let when = format!("{} {}", day(local.date(), today), local.format("%H:%M"));
    match certainty {
        Certainty::About | Certainty::Vague => t!(record, "about", when),
        Certainty::RepeatedHour => {
            t!(record, "shown-twice", when, offset = at.offset.to_string())
        }
        Certainty::SkippedHour => t!(record, "jumped-over", when),
        Certainty::Exact | Certainty::Unknown => when,
    }
}

/// A night by its evening: `Tue 3 Mar`, in another year `Mon 2025-03-03`.
pub(crate) fn night_words(night: Night, today: NaiveDate) -> String {
    day(night.date(), today)
}

/// A note in quotation marks, on one line.
fn quoted(text: Option<&String>) -> Option<String> {
    text.map(|text| format!("\"{}\"", one_line(text)))
}

/// Where it was: `left calf`, `both legs`.
pub(crate) fn place(side: Option<Side>, site: Option<Site>) -> Option<String> {
    Some(match (side, site) {
        (Some(side), Some(site)) => {
            let (side, site) = (side.word(), site.word());
            t!(record, "side-site", side, site)
        }
        (Some(side), None) => t!(record, "side", side = side.word()),
        (None, Some(site)) => site.to_string(),
        (None, None) => return None,
    })
}

/// An episode in one line: `Wed 4 Mar 03:10 (night of Tue 3 Mar), left calf, pain 6/10, about 3 min`.
pub(crate) fn episode(e: &Episode, today: NaiveDate) -> String {
    episode_with(e, today, |relief| {
        let actions: Vec<String> = relief.iter().map(|r| format!("+{r}")).collect();
        actions.join(" ")
    })
}

/// The same with other words for what was done against it.
pub(crate) fn episode_with(
    e: &Episode,
    today: NaiveDate,
    actions: impl Fn(&[Relief]) -> String,
) -> String {
    let night = night_words(e.night, today);
    let mut parts = vec![match &e.began_at {
        Some(at) => t!(record, "began", when = when(at, e.certainty, today), night),
        None => t!(record, "time-unknown", night),
    }];
    if e.kind != Kind::Cramp {
        parts.push(t!(record, "not-counted", kind = e.kind.word()));
    }
    if e.period == Period::Day {
        parts.push(t!(record, "by-day").to_string());
    }
    parts.extend(place(e.side, e.site));
    let time = |s: u32| duration(f64::from(s));
    let lasted = match (e.duration_s, e.duration_max_s) {
        (None, None) => None,
        (Some(s), None) => Some(t!(record, "lasted", time = time(s))),
        (None, Some(most)) => Some(t!(record, "lasted-under", most = time(most))),
        (Some(least), Some(most)) => Some(t!(
            record,
            "lasted-between",
            least = time(least),
            most = time(most)
        )),
    };
    parts.extend(
        e.severity
            .map(|pain| t!(record, "pain", pain = pain.to_string())),
    );
    parts.extend(lasted);
    parts.extend(e.repeats.map(|n| t!(record, "came-back", n)));
    parts.extend(e.woke.map(|woke| t!(record, "woke", woke)));
    parts.extend(e.knot.map(|knot| t!(record, "knot", knot)));
    if !e.relief.is_empty() {
        let actions = actions(&e.relief);
        parts.push(match e.relief_s {
            Some(s) => t!(record, "eased", actions, time = duration(f64::from(s))),
            None => actions,
        });
    }
    let soreness = e.soreness_h.map(|h| (h > 0.0, number(h)));
    parts.extend(soreness.map(|(sore, hours)| t!(record, "sore", sore, hours)));
    parts.extend(e.urge.map(|urge| t!(record, "urge", urge)));
    let relieved = e.movement_relieves;
    parts.extend(relieved.map(|relieved| t!(record, "moving", relieved)));
    let posture = e.posture.map(Word::word);
    parts.extend(posture.map(|posture| t!(record, "lying", posture)));
    parts.extend(e.awareness_lost.map(|lost| t!(record, "awareness", lost)));
    parts.extend(quoted(e.note.as_ref()));
    parts.join(", ")
}

pub(crate) fn night(n: &NightRecord, today: NaiveDate) -> String {
    let outcome = n.outcome.map_or("none", Outcome::word);
    let mut parts = vec![
        t!(record, "night", night = night_words(n.night, today)),
        t!(record, "outcome", outcome),
    ];
    let clock = |m: &Moment| m.local().format("%H:%M").to_string();
    let (bed, up) = (n.bed_at.as_ref().map(clock), n.up_at.as_ref().map(clock));
    parts.extend(bed.map(|time| t!(record, "to-bed", time)));
    parts.extend(up.map(|time| t!(record, "up", time)));
    parts.extend(n.sleep_quality.map(|of_ten| t!(record, "sleep", of_ten)));
    let disturbed = n.sleep_disturbance;
    parts.extend(disturbed.map(|of_ten| t!(record, "sleep-disturbed", of_ten)));
    let lost = n.sleep_lost_min;
    parts.extend(lost.map(|minutes| t!(record, "sleep-lost", minutes)));
    parts.extend(quoted(n.note.as_ref()));
    parts.join(", ")
}

/// What a device read, with whence it is: `room=16.5 °C (govee)`.
pub(crate) fn reading(r: &Reading) -> String {
    let (factor, source) = (&*r.factor, &r.source);
    let value = match (factor, &r.unit) {
        // minutes after noon
        (BED | UP, _) => {
            let minutes = (r.value.round().rem_euclid(1440.0) as u32 + 720) % 1440;
            format!("{:02}:{:02}", minutes / 60, minutes % 60)
        }
        (_, Some(unit)) => format!("{} {unit}", number(r.value)),
        (_, None) => number(r.value),
    };
    t!(record, "reading", factor, value, source)
}

pub(crate) fn line(record: &Record, catalogue: &Catalogue, today: NaiveDate) -> String {
    match record {
        Record::Episode(e) => episode(e, today),
        Record::Night(n) => night(n, today),
        Record::Value(v) => {
            let shown = catalogue.find(&v.factor).map(|f| f.show(&v.value));
            let value = shown.unwrap_or_else(|| match &v.value {
                Value::Number(x) => number(*x),
                Value::Word(w) => w.to_string(),
            });
            let night = night_words(v.night, today);
            t!(record, "value", night, factor = v.factor, value)
        }
        Record::Factor(f) => {
            let (factor, label, kind) = (&f.factor, &f.label, f.kind.word());
            t!(record, "factor", factor, label, kind, retired = f.retired)
        }
        Record::Intake(i) => intake(i, today),
        Record::Course(c) => course(c),
        Record::Symptom(s) => symptom(s, today),
        Record::Fact(f) => {
            let fact = format!("{}={}", f.key, one_line(&f.value));
            let fact = match f.since {
                Some(date) => t!(record, "fact-since", fact, date),
                None => fact,
            };
            match &f.means {
                Some(means) => t!(record, "fact-means", fact, means),
                None => fact,
            }
        }
        Record::Event(e) => {
            let night = night_words(e.night, today);
            t!(record, "event", night, text = one_line(&e.text))
        }
        Record::Exclusion(x) => t!(
            record,
            "exclusion",
            from = night_words(x.from, today),
            to = night_words(x.to, today),
            text = one_line(&x.text)
        ),
        Record::FlagNote(f) => {
            let (flag, action, night) = (&f.flag, f.action.word(), night_words(f.night, today));
            match f.text.as_deref().map(one_line) {
                Some(text) => t!(record, "flag-note-text", flag, action, night, text),
                None => t!(record, "flag-note", flag, action, night),
            }
        }
        Record::Look(l) => t!(record, "look", n = l.cramp_nights),
        Record::Follow(f) => {
            let (factor, asked, since) = (&f.factor, f.wish == Wish::Ask, f.since);
            match f.until {
                Some(until) => t!(record, "follow-until", factor, asked, since, until),
                None => t!(record, "follow", factor, asked, since),
            }
        }
        Record::Reply(r) => {
            let (about, question) = (&r.about, &r.question);
            t!(record, "reply", about, question, answer = r.answer.word())
        }
        Record::Experiment(e) => {
            let (thing, from, to) = (&e.thing, e.from.date(), e.to.date());
            t!(record, "experiment", thing, from, to)
        }
        Record::Adherence(a) => {
            let (thing, night) = (&a.thing, night_words(a.night, today));
            t!(record, "adherence", thing, night)
        }
        Record::Reading(r) => {
            let (reading, night) = (reading(r), night_words(r.night, today));
            t!(record, "reading-night", reading, night)
        }
        Record::Mapping(m) => t!(record, "mapping", name = &m.name),
        Record::Handover(h) => {
            let (study, day) = (&h.study, h.recorded_at.date_naive());
            t!(record, "handover", study, day, n = h.nights)
        }
    }
}

fn intake(i: &Intake, today: NaiveDate) -> String {
    let mut what = i.name.to_string();
    if let Some(n) = i.amount {
        what += &format!(" {}", number(n));
        what += &i
            .unit
            .as_ref()
            .map_or(String::new(), |unit| format!(" {unit}"));
    }
    what += &i.basis.map_or(String::new(), |b| format!(" ({b})"));
    let unsaid = i.class.filter(|class| class_of(&i.name) != Some(*class));
    what += &unsaid.map_or(String::new(), |c| format!(" ({c})"));
    if let Some(typed) = &i.typed {
        what += &format!(" {}", t!(record, "typed", typed));
    }
    let when = when(&i.taken_at, Certainty::Exact, today);
    let night = night_words(i.night, today);
    t!(record, "intake", what, when, night)
}

pub(crate) fn course(c: &Course) -> String {
    let from = c.start;
    let mut parts = vec![t!(
        record,
        "course-kind",
        course = course_words(c),
        kind = c.kind.word()
    )];
    parts.extend(c.class.map(|class| class.to_string()));
    parts.extend(c.basis.map(|b| b.to_string()));
    let certainty = c.start_certainty.map_or("exact", Word::word);
    parts.push(match c.stop {
        Some(to) => t!(record, "course-ended", from, to, certainty),
        None => t!(record, "course-since", from, certainty),
    });
    parts.extend(quoted(c.reason.as_ref()));
    parts.join(", ")
}

fn symptom(s: &Symptom, today: NaiveDate) -> String {
    let when = when(&s.noticed_at, Certainty::Exact, today);
    let mut parts = vec![t!(record, "symptom", symptom = s.symptom.word(), when)];
    if !s.present {
        parts.push(t!(record, "absent").to_string());
    }
    parts.extend(s.side.map(|side| side.to_string()));
    parts.extend(s.severity.map(|of_ten| format!("{of_ten}/10")));
    let brought_on = s.brought_on.map(Word::word);
    parts.extend(brought_on.map(|by| t!(record, "brought-on", by)));
    let relieved_by = s.relieved_by.map(Word::word);
    parts.extend(relieved_by.map(|by| t!(record, "relieved-by", by)));
    let lasts = s.lasts_s.map(|s| duration(f64::from(s)));
    parts.extend(lasts.map(|time| t!(record, "lasts", time)));
    parts.extend(s.since.map(|from| t!(record, "since", from)));
    parts.extend(s.sudden.map(|sudden| t!(record, "sudden", sudden)));
    parts.extend(s.worse.map(|worse| t!(record, "worse", worse)));
    let bigger = s.difference_cm.map(number);
    parts.extend(bigger.map(|cm| t!(record, "difference", cm)));
    parts.extend(quoted(s.text.as_ref()));
    parts.join(", ")
}

/// Text on one line, without control characters.
pub(crate) fn one_line(text: &str) -> String {
    crate::diary::typed::clean(text)
}

/// A course in a few words: `magnesium 300 mg × 2 a day`.
pub(crate) fn course_words(course: &Course) -> String {
    let mut words = course.name.to_string();
    if let (Some(dose), Some(unit)) = (course.dose, &course.unit) {
        words += &format!(" {} {unit}", number(dose));
    }
    match course.per_day.filter(|n| (*n - 1.0).abs() > f64::EPSILON) {
        Some(n) => t!(record, "per-day", course = words, n = number(n)),
        None => words,
    }
}
