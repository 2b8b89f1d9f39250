//! What bare `cramp` shows: where things stand, with last night, the week as a strip, warnings, and the one thing to do
//! next.

use chrono::{NaiveDate, NaiveTime, Timelike};
use serde::Serialize;

use crate::diary::factor::Catalogue;
use crate::diary::{Diary, Night, NightState, Nights, Now};
use crate::report::experiment::{Tonight, tonight};
use crate::report::experiment_safety::{StopOffer, stop_offers};
use crate::report::flags::{self, Ask, Flag};
use crate::report::status::Status;
use crate::report::stretch::StripNight;
use crate::report::{checkin, follow};
use crate::words::t;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct FirstScreen {
    #[serde(flatten)]
    pub(crate) status: Status,
    /// Last night in a sentence, once the diary has begun.
    pub(crate) last_night: Option<String>,
    /// The last seven nights, empty before the diary has begun.
    pub(crate) strip: Vec<StripNight>,
    /// Nights of the last fortnight that wait for an answer.
    pub(crate) waiting: Vec<Night>,
    /// Flags in force, the most urgent first.
    pub(crate) flags: Vec<Flag>,
    /// What has come up since a running experiment began.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) stop_offers: Vec<StopOffer>,
    /// What is asked about entries that could begin an urgent warning.
    pub(crate) asks: Vec<Ask>,
    /// What tonight is to be, for every experiment that runs.
    pub(crate) tonight: Vec<Tonight>,
    /// Whether `cramp analyze` would take a look for links.
    pub(crate) look_due: bool,
    /// The one thing to do next.
    pub(crate) next: String,
}

/// The first screen on `now`; `diary` goes back as far as the rules look, `last` is last night.
pub(crate) fn first_screen(
    diary: &Diary,
    status: Status,
    last: Night,
    has_begun: bool,
    look_due: bool,
    now: &Now,
) -> FirstScreen {
    let today = now.today();
    let report = flags::flags_of_window(diary, today);
    let stop_offers = stop_offers(diary, &report);
    let (flags, asks) = (report.flags, report.asks);
    let week = Nights::ending(last, 7);
    let strip = week.iter().map(|night| StripNight::of(diary, night));
    let strip: Vec<StripNight> = strip.filter(|_| has_begun).collect();
    // a night that waits for its answer is named below
    let answered = strip
        .last()
        .filter(|n| n.state != NightState::Unknown || n.excluded);
    let last_night = answered.map(StripNight::sentence);
    let follows = !follow::followed(diary, today).is_empty() || !diary.values.is_empty();
    let waiting = status.awaiting.clone();
    let next = if flags
        .iter()
        .any(|flag| flag.is_urgent() && flag.seen.is_none())
    {
        t!(status, "read-warning").to_string()
    } else if let Some(ask) = asks.first() {
        let (how, otherwise) = (&ask.answer_with, &ask.otherwise);
        match ask.symptoms.is_empty() {
            true => t!(status, "answer-sign", how),
            false => t!(status, "answer-sign-no", how, otherwise),
        }
    } else if is_night(diary, now) {
        t!(status, "still-night").to_string()
    } else if !has_begun && !follows {
        t!(status, "set-up").to_string()
    } else if !waiting.is_empty() || is_asked(diary, last, today) {
        t!(status, "answer").to_string()
    } else if !follows {
        t!(status, "set-up").to_string()
    } else if look_due {
        t!(status, "look-due").to_string()
    } else {
        t!(status, "see-week").to_string()
    };
    FirstScreen {
        status,
        last_night: last_night.map(|said| t!(status, "last-night", said)),
        strip,
        waiting,
        flags,
        stop_offers,
        asks,
        tonight: tonight(diary, now),
        look_due,
        next,
    }
}

/// Whether the check-in has a question about last night.
fn is_asked(diary: &Diary, last: Night, today: NaiveDate) -> bool {
    !checkin::questions(diary, &[last], &Catalogue::of(diary), today).is_empty()
}

/// Whether it is before the hour the person gets up; of who has not said, nothing is known.
fn is_night(diary: &Diary, now: &Now) -> bool {
    let gets_up = diary.facts_of("gets-up").last();
    let gets_up = gets_up.and_then(|f| NaiveTime::parse_from_str(&f.value, "%H:%M").ok());
    let time = now.local().time();
    gets_up.is_some_and(|up| up.hour() < 12 && time < up)
}
