//! What is asked about entries: the detail that decides whether an urgent rule fires, the symptom beside it that would,
//! and whether warning words in a text are meant. A question is never a flag, and stays until it is answered.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Offset, Utc};
use serde::Serialize;

use crate::data::rule::Urgency;
use crate::data::word::Word;
use crate::diary::vocabulary::{ReplyAnswer, Side, SymptomName};
use crate::diary::warning_words::{Sign, signs};
use crate::diary::{Diary, Key, Moment, Night, Nights, Reply, Symptom};
use crate::rules::choice::{self, Choice};
use crate::rules::evidence::plain;
use crate::rules::suppose::{Decides, Open, could_begin, undecided};
use crate::rules::view::View;
use crate::words::t;

/// Texts of so many nights are asked about: the longest time a red flag looks back for one symptom.
const TEXT_NIGHTS: i64 = 42;

/// One question about an entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Ask {
    /// Stable id: the entry and what is asked.
    pub(crate) id: String,
    /// The entry, as a person names it.
    pub(crate) about: String,
    /// That of the rule that could begin.
    pub(crate) urgency: Urgency,
    /// The sign, or the words as they were written.
    pub(crate) sign: String,
    /// The question, with what was written down.
    pub(crate) question: String,
    /// The command that answers it.
    pub(crate) answer_with: String,
    /// The command that says that it is not so.
    pub(crate) otherwise: String,
    /// The answers that need no typing.
    pub(crate) choices: Vec<Choice>,
    /// What to do without waiting, where a rule for an emergency could begin.
    pub(crate) safety: Option<&'static str>,
    /// The question with how to answer it.
    #[serde(skip)]
    pub(crate) says: String,
    /// The same to a clinician.
    #[serde(skip)]
    pub(crate) to_clinician: String,
    #[serde(skip)]
    pub(crate) date: NaiveDate,
    /// What is asked: a detail or a symptom.
    #[serde(skip)]
    pub(crate) topic: &'static str,
    #[serde(skip)]
    pub(crate) key: Key,
    /// The symptoms that yes and no speak of; none where it asks for a detail.
    #[serde(skip)]
    pub(crate) symptoms: Vec<SymptomName>,
    /// The side they are on, where it is known.
    #[serde(skip)]
    pub(crate) side: Option<Side>,
}

impl Ask {
    /// The whole exchange: the question, how to answer it, and what not to wait with.
    pub(crate) fn lines(&self) -> Vec<String> {
        let safety = self.safety.map(str::to_string);
        std::iter::once(self.says.clone()).chain(safety).collect()
    }

    /// Whether it asks about the words of a text.
    pub(crate) fn is_about_text(&self) -> bool {
        self.symptoms.len() == 1 && self.symptoms.iter().any(|s| s.word() == self.topic)
    }
}

/// How an entry is named where an answer about it is kept and typed.
pub(crate) fn name_of(key: &Key) -> String {
    key.to_string().trim_start_matches('#').to_string()
}

/// The open questions on the last day of the view, the most urgent first; of the entries `only`, where given.
pub(super) fn open(diary: &Diary, view: &View, only: Option<&HashSet<&Key>>) -> Vec<Ask> {
    let wanted = |key: &Key| only.is_none_or(|only| only.contains(key));
    let mut entries = view.noticed();
    entries.retain(|entry| wanted(&Key::Symptom(entry.id)));
    let mut texts = texts(diary, view.last);
    let warns = |words: &&str| !signs(words).signs.is_empty();
    texts.retain(|text| wanted(&text.key) && text.words.iter().any(warns));
    if entries.is_empty() && texts.is_empty() {
        // most entries raise no question, and every urgent rule is asked for those that may
        return Vec::new();
    }
    let undecided = undecided(view);
    let entries = entries.into_iter();
    let of_entries = entries.filter_map(|entry| about_symptom(diary, view, &undecided, entry));
    let of_texts = texts
        .iter()
        .filter_map(|text| about_text(diary, view, &undecided, text));
    let mut asks: Vec<(u8, Ask)> = of_entries.chain(of_texts.map(|ask| (1, ask))).collect();
    asks.sort_by(|(a_rank, a), (b_rank, b)| {
        let order = b.urgency.cmp(&a.urgency).then(a_rank.cmp(b_rank));
        order.then(b.date.cmp(&a.date)).then(a.id.cmp(&b.id))
    });
    asks.into_iter().map(|(_, ask)| ask).collect()
}

/// Whether the person has answered a question about an entry written down at `recorded_at`.
fn is_answered(diary: &Diary, key: &Key, topic: &str, recorded: DateTime<Utc>) -> bool {
    let about = name_of(key);
    let closes = |r: &Reply| r.question == topic || r.answer == ReplyAnswer::Done;
    let answers = |r: &&Reply| r.about == about && closes(r);
    // an answer is never older than the entry it is about
    diary
        .replies
        .iter()
        .filter(answers)
        .any(|r| r.recorded_at >= recorded)
}

/// The question about an entry that decides most: of the most urgent rule, a detail before a symptom beside it.
fn about_symptom(
    diary: &Diary,
    view: &View,
    undecided: &[Open],
    entry: &Symptom,
) -> Option<(u8, Ask)> {
    let key = Key::Symptom(entry.id);
    let answered = |topic: &str| is_answered(diary, &key, topic, entry.recorded_at);
    let rules = undecided.iter().filter(|open| open.rests_on(&key));
    let found = rules.filter_map(|open| {
        let urgency = open.rule.urgency;
        match open.decided_by(view, entry)? {
            Decides::Detail(detail) if answered(detail.name) => None,
            Decides::Detail(detail) => Some((0, detail_of(entry, detail.name, urgency))),
            Decides::Companions(_) if answered("beside") => None,
            Decides::Companions(names) => Some((2, beside(entry, &names, urgency))),
        }
    });
    found.min_by_key(|(rank, ask)| (*rank, std::cmp::Reverse(ask.urgency)))
}

/// Asks for a detail of an entry.
fn detail_of(entry: &Symptom, detail: &'static str, urgency: Urgency) -> Ask {
    let id = name_of(&Key::Symptom(entry.id));
    let (symptom, sign) = (entry.symptom.word(), plain(entry.symptom));
    let date = entry.noticed_at.local().date();
    let (question, answer) = match detail {
        "side" => (t!(flags, "ask-side", symptom), "left"),
        "since" => (t!(flags, "ask-since").to_string(), "since=yesterday"),
        "severity" => (t!(flags, "ask-severity").to_string(), "severity=8"),
        "relieved-by" => (t!(flags, "ask-relieved-by").to_string(), "relieved-by=rest"),
        "lasts" => (t!(flags, "ask-lasts").to_string(), "lasts=5min"),
        _ => (t!(flags, "ask-sudden").to_string(), "sudden=yes"),
    };
    let name = plain(entry.symptom);
    let question = t!(flags, "ask-recorded", sign, date, question);
    let answer = t!(flags, "command-edit", id, answer);
    Ask {
        says: t!(flags, "ask", question, answer),
        question,
        answer_with: answer,
        choices: choice::of_detail(&id, detail, date),
        to_clinician: t!(flags, "ask-detail-clinician", sign = name, date, detail),
        ..blank(Key::Symptom(entry.id), detail, urgency, sign, date)
    }
}

/// Asks for the symptoms beside an entry.
fn beside(entry: &Symptom, names: &[SymptomName], urgency: Urgency) -> Ask {
    let (sign, date) = (plain(entry.symptom), entry.noticed_at.local().date());
    let question = match names {
        [only] => question_of(*only).to_string(),
        several => {
            let list: Vec<String> = several.iter().map(|name| plain(*name)).collect();
            t!(flags, "ask-any", list = list.join(", "))
        }
    };
    let first = names.first().map_or("", |name| name.word());
    let (name, answer) = (
        plain(entry.symptom),
        t!(flags, "command-symptom", words = first),
    );
    let list: Vec<String> = names.iter().map(|name| plain(*name)).collect();
    let list = list.join(", ");
    let question = t!(flags, "ask-recorded", sign, date, question);
    let id = name_of(&Key::Symptom(entry.id));
    let otherwise = t!(flags, "command-answer", id, answer = ReplyAnswer::No.word());
    Ask {
        says: match names.len() {
            1 => t!(flags, "ask-text", question, answer, otherwise),
            _ => t!(flags, "ask-beside", question, answer, otherwise),
        },
        question,
        answer_with: answer,
        otherwise,
        choices: choice::of_beside(&id, names),
        symptoms: names.to_vec(),
        side: entry.side,
        to_clinician: t!(flags, "ask-beside-clinician", sign = name, date, list),
        ..blank(Key::Symptom(entry.id), "beside", urgency, sign, date)
    }
}

/// What every question has.
fn blank(key: Key, topic: &'static str, urgency: Urgency, sign: String, date: NaiveDate) -> Ask {
    let about = name_of(&key);
    Ask {
        id: format!("{about}:{topic}"),
        otherwise: t!(
            flags,
            "command-answer",
            id = about,
            answer = ReplyAnswer::Done.word()
        ),
        safety: (urgency == Urgency::Emergency).then(|| t!(flags, "ask-safety")),
        question: String::new(),
        answer_with: String::new(),
        choices: Vec::new(),
        says: String::new(),
        symptoms: Vec::new(),
        side: None,
        to_clinician: String::new(),
        about,
        urgency,
        sign,
        date,
        topic,
        key,
    }
}

/// Whether a symptom has a left and a right.
fn is_sided(name: SymptomName) -> bool {
    let mut listed = crate::data::symptoms().iter();
    listed.any(|entry| entry.symptom == name && entry.sided)
}

/// The question of a symptom, as the weekly check puts it.
fn question_of(name: SymptomName) -> &'static str {
    let own = crate::data::rule_book().signs.iter();
    let own = own
        .filter(|entry| entry.symptom == name)
        .map(|entry| entry.ask);
    let listed = crate::data::symptoms().iter();
    let mut listed = listed
        .filter(|entry| entry.symptom == name)
        .map(|entry| entry.question);
    own.chain(listed.by_ref()).next().unwrap_or_default()
}

/// A text a person wrote.
struct Text<'a> {
    key: Key,
    night: Night,
    recorded: DateTime<Utc>,
    side: Option<Side>,
    words: Vec<&'a str>,
    /// Whether the entry itself says if awareness was lost.
    says_awareness: bool,
}

/// Every text of the nights that are asked about.
fn texts(diary: &Diary, last: Night) -> Vec<Text<'_>> {
    let nights = Nights::ending(last, TEXT_NIGHTS);
    let within = |night: Night| nights.contains(night);
    let mut texts: Vec<Text<'_>> = Vec::new();
    for e in diary.episodes.iter().filter(|e| within(e.night)) {
        texts.push(Text {
            key: Key::Episode(e.id),
            night: e.night,
            recorded: e.recorded_at,
            side: e.side,
            words: [&e.raw, &e.note]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect(),
            says_awareness: e.says_awareness(),
        });
    }
    for (night, n) in diary.nights.range(nights.from..=nights.to) {
        texts.push(Text {
            key: Key::Night(*night),
            night: *night,
            recorded: n.recorded_at,
            side: None,
            words: n.note.iter().map(String::as_str).collect(),
            says_awareness: false,
        });
    }
    for e in diary.events.iter().filter(|e| within(e.night)) {
        texts.push(Text {
            key: Key::Event(e.id),
            night: e.night,
            recorded: e.recorded_at,
            side: None,
            words: vec![&e.text],
            says_awareness: false,
        });
    }
    for s in diary.symptoms.iter().filter(|s| within(s.night)) {
        texts.push(Text {
            key: Key::Symptom(s.id),
            night: s.night,
            recorded: s.recorded_at,
            side: s.side,
            words: s.text.iter().map(String::as_str).collect(),
            says_awareness: false,
        });
    }
    texts
}

/// Asks whether the most alarming warning word of a text is meant.
fn about_text(diary: &Diary, view: &View, undecided: &[Open], text: &Text<'_>) -> Option<Ask> {
    let is_open = |sign: &&Sign| {
        let symptom = sign.symptom;
        let written_down = |s: &Symptom| s.symptom == symptom && s.night >= text.night;
        !(diary.symptoms.iter().any(written_down)
            || symptom == SymptomName::Seizure && text.says_awareness
            || is_answered(diary, &text.key, symptom.word(), text.recorded))
    };
    let like = |side| {
        let (at, name) = (evening(text.night), SymptomName::Numbness);
        Symptom {
            side,
            ..Symptom::blank(0, at, text.night, name, true, text.recorded)
        }
    };
    let mut found: Option<Ask> = None;
    for words in &text.words {
        let read = signs(words);
        let open = read.signs.iter().filter(is_open).filter_map(|sign| {
            let side = sign.side.or(text.side).filter(|_| is_sided(sign.symptom));
            let begins = could_begin(view, undecided, sign.symptom, &like(side))?;
            Some((begins, side, sign))
        });
        let open: Vec<((bool, Urgency), Option<Side>, &Sign)> = open.collect();
        let Some((begins, side, sign)) = open.iter().rev().max_by_key(|(begins, ..)| *begins)
        else {
            continue;
        };
        let urgency = &begins.1;
        if found.as_ref().is_some_and(|ask| ask.urgency >= *urgency) {
            continue;
        }
        let all: Vec<&Sign> = open.iter().map(|(_, _, sign)| *sign).collect();
        let typed = read.typed(&all).join("”, “");
        found = Some(asked_about(text, sign.symptom, *side, *urgency, typed));
    }
    found
}

/// An hour of the evening of a night, for what is only supposed to be noticed then.
fn evening(night: Night) -> Moment {
    let hour = NaiveTime::from_hms_opt(20, 0, 0).unwrap_or_default();
    Moment {
        utc: night.date().and_time(hour).and_utc(),
        offset: Utc.fix(),
        zone: "UTC".into(),
    }
}

fn asked_about(
    text: &Text<'_>,
    symptom: SymptomName,
    side: Option<Side>,
    urgency: Urgency,
    typed: String,
) -> Ask {
    let (word, date) = (symptom.word(), text.night.date());
    let named = side.filter(|side| *side != Side::Both);
    let named = named.map_or(String::new(), |side| format!(" {}", side.word()));
    let about = name_of(&text.key);
    let (question, words) = (question_of(symptom), &typed);
    let (sign, at) = (plain(symptom), text.key.to_string());
    let question = t!(flags, "ask-wrote", words, at, question);
    let answer = t!(flags, "command-symptom", words = format!("{word}{named}"));
    let otherwise = t!(
        flags,
        "command-answer",
        id = about,
        answer = ReplyAnswer::No.word()
    );
    Ask {
        id: format!("{about}:text:{word}"),
        says: t!(flags, "ask-text", question, answer, otherwise),
        question,
        choices: choice::of_text(&about, &answer),
        answer_with: answer,
        otherwise,
        symptoms: vec![symptom],
        side,
        to_clinician: t!(flags, "ask-text-clinician", words, date, sign),
        ..blank(text.key.clone(), word, urgency, typed, date)
    }
}
