//! What stands on the clinician's page beside its pictures: the headline numbers, what a clinician would ask first about
//! cramps (CKS leg cramps, 2012) answered as far as the diary does, flags in force, and associations that are supported.

use serde::Serialize;

use crate::analysis::association::Association;
use crate::analysis::changes::BeforeAfter;
use crate::analysis::from_diary::night_table;
use crate::analysis::night_table::NightCounts;
use crate::analysis::trend::courses;
use crate::data::word::Word;
use crate::diary::vocabulary::{CourseKind, SymptomName};
use crate::diary::{Diary, Episode, Nights, Symptom};
use crate::report::chart::{Table, counts::SEED, counts::night_cramps};
use crate::report::factors::{self, Wish};
use crate::report::flags::{self, Ask, Flag};
use crate::report::say::{chart, page as say};
use crate::report::stretch::{Stretch, median};
use crate::words::{cramps, date, duration, lines, nights as nights_of, number, printable, t};

/// A pattern that deserves a medical check, as a clinician reads it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FlagLine {
    /// The dates of the entries behind it.
    pub(crate) dates: String,
    /// How soon it should be looked at.
    pub(crate) urgency: String,
    /// What was recorded; an observation, never a diagnosis.
    pub(crate) observed: String,
    /// The line as it is read: how soon, what was recorded, and when.
    pub(crate) says: String,
    /// What was done about it, by the person's own account; `None` when nothing is recorded.
    pub(crate) done: Option<String>,
    /// Whether it should be looked at on the same day or at once.
    pub(crate) urgent: bool,
    /// An open question about an entry, not a flag.
    pub(crate) is_question: bool,
}

/// What stands on the sheet but is found by other reports.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Beside {
    /// Flags in force at the end of the period, the most urgent first.
    pub(crate) flags: Vec<FlagLine>,
    /// Everything compared with cramps.
    pub(crate) factors: Vec<Association>,
    /// Cramp nights at the last look for links.
    pub(crate) look: Option<usize>,
    /// Whether a look is due that would judge them.
    pub(crate) look_due: bool,
    /// How many of them were tested together.
    pub(crate) tested: usize,
    /// The nights of the whole diary that the comparisons rest on.
    pub(crate) nights: NightCounts,
    /// Before and after each course, in order of time.
    pub(crate) courses: Vec<BeforeAfter>,
}

/// The headline numbers of `nights` as they are read, and what of them nobody recorded; that is never 0.
pub(crate) fn headline(
    diary: &Diary,
    nights: Nights,
    numbers: &Stretch,
) -> (Table, Option<String>) {
    let night_cramps: Vec<&Episode> = night_cramps(diary, nights).collect();
    let known = |has: fn(&Episode) -> bool| night_cramps.iter().filter(|e| has(e)).count();
    let episodes = &numbers.episodes;
    let (recorded, all) = (numbers.nights.recorded, episodes.count);
    let recorded_nights = nights_of(recorded);
    let mut lost: Vec<f64> = diary
        .nights
        .range(nights.from..=nights.to.max(nights.from))
        .filter(|(night, _)| !diary.is_excluded(**night))
        .filter_map(|(_, record)| record.sleep_lost_min)
        .map(f64::from)
        .collect();
    let (total, nights_lost): (f64, usize) = (lost.iter().sum(), lost.len());
    let of_cramps = |known: usize| t!(page, "of", part = known, whole = cramps(all));
    let cramp = numbers.nights.cramp;
    let cramp_nights = t!(page, "of", part = cramp, whole = recorded_nights);
    let rate = numbers.rate_per_week.map(|r| {
        let (rate, interval) = (chart::rate(r.value), chart::interval(&r));
        t!(page, "rate-value", rate, interval)
    });
    let rate = rate.or_else(|| (recorded > 0).then(|| t!(page, "rate-too-few").to_string()));
    let pain = episodes.severity_median.zip(episodes.severity_max);
    let pain = pain.map(|(median, worst)| (number(median), worst));
    let lasted = episodes.duration_s_median.zip(episodes.duration_s_max);
    let lasted = lasted.map(|(median, longest)| (duration(median), duration(longest.into())));
    let asked = known(|cramp| cramp.woke.is_some());
    let woken = (asked > 0).then(|| t!(page, "times", n = episodes.woke));
    let slept_less = median(&mut lost).map(|median| {
        let (median, total) = (duration(median * 60.0), duration(total * 60.0));
        match nights_lost {
            1 => median,
            _ => t!(page, "sleep-lost-value", median, total),
        }
    });
    // cramps by day are never among the night cramps; none written down is not the same as none
    let by_day = (episodes.daytime > 0).then(|| episodes.daytime.to_string());
    // without a cramp there is nothing to record about one
    let any = all > 0;
    let measures = [
        (
            recorded > 0,
            t!(page, "cramp-nights"),
            (recorded > 0).then_some(cramp_nights),
            t!(page, "recorded-nights", n = recorded),
        ),
        (
            recorded > 0,
            t!(page, "rate"),
            rate,
            t!(page, "rate-from", cramps = all, nights = recorded_nights),
        ),
        (
            any,
            t!(page, "pain"),
            pain.map(
                |(median, worst)| match known(|cramp| cramp.severity.is_some()) {
                    1 => median,
                    _ => t!(page, "pain-value", median, worst = worst.to_string()),
                },
            ),
            of_cramps(known(|cramp| cramp.severity.is_some())),
        ),
        (
            any,
            t!(page, "duration"),
            lasted.map(
                |(median, longest)| match known(|cramp| cramp.duration_s.is_some()) {
                    1 => median,
                    _ => t!(page, "duration-value", median, longest),
                },
            ),
            of_cramps(known(|cramp| cramp.duration_s.is_some())),
        ),
        (any, t!(page, "woken"), woken, of_cramps(asked)),
        (
            any,
            t!(page, "sleep-lost"),
            slept_less,
            nights_of(nights_lost),
        ),
        (
            recorded > 0,
            t!(page, "by-day"),
            by_day,
            t!(page, "counted-apart").into(),
        ),
    ];
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for (asked, measure, value, from) in measures {
        match value {
            Some(value) => rows.push(vec![measure.to_string(), value, from]),
            None if asked => missing.push(say::mid_sentence(measure)),
            None => {}
        }
    }
    let none = |has: fn(&Episode) -> bool| any && known(has) == 0;
    let details = [
        (none(|e| e.began_at.is_some()), t!(page, "time-of-night")),
        (none(|e| e.side.is_some()), t!(page, "side")),
        (none(|e| e.site.is_some()), t!(page, "site")),
    ];
    let details = details.into_iter().filter(|(missing, _)| *missing);
    missing.extend(details.map(|(_, what)| what.to_string()));
    let head = lines!(page, "headline-head");
    (
        Table::new(t!(page, "headline"), head, rows),
        say::missing(&missing),
    )
}

/// Questions answered by symptoms, each with the symptoms that answer it.
fn asked() -> [(&'static str, &'static [SymptomName]); 5] {
    [
        (t!(page, "walking"), &[SymptomName::WalkingPain]),
        (t!(page, "urge"), &[SymptomName::UrgeToMove]),
        (
            t!(page, "numbness"),
            &[
                SymptomName::Numbness,
                SymptomName::Tingling,
                SymptomName::Weakness,
            ],
        ),
        (
            t!(page, "wasting"),
            &[SymptomName::Wasting, SymptomName::Twitching],
        ),
        (
            t!(page, "swelling"),
            &[SymptomName::Swelling, SymptomName::VaricoseVeins],
        ),
    ]
}

/// The answers, as rows of question and answer, and what was never answered; that is never "no".
pub(crate) fn answers(diary: &Diary, nights: Nights) -> (Table, Option<String>) {
    let asked = asked();
    let symptoms = asked
        .iter()
        .map(|(question, names)| (*question, symptoms(diary, names, nights)));
    let person = [
        (t!(page, "medicines"), medicines(diary, nights)),
        (t!(page, "conditions"), conditions(diary)),
    ];
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for (question, answer) in symptoms.chain(person) {
        match answer {
            Some(answer) => rows.push(vec![question.to_string(), answer]),
            None => missing.push(say::mid_sentence(question)),
        }
    }
    let head = lines!(page, "answers-head");
    (
        Table::new(t!(page, "answers"), head, rows),
        say::missing(&missing),
    )
}

/// The newest entry of each symptom up to the end of the period.
fn symptoms(diary: &Diary, names: &[SymptomName], nights: Nights) -> Option<String> {
    let newest = |name: &SymptomName| -> Option<&Symptom> {
        diary
            .symptoms_of(*name)
            .rfind(|symptom| symptom.night <= nights.to)
    };
    let entries: Vec<&Symptom> = names.iter().filter_map(newest).collect();
    (!entries.is_empty()).then(|| say::symptoms(&entries, names.len() > 1))
}

/// Medicines and supplements in force on the last day, by name.
fn medicines(diary: &Diary, nights: Nights) -> Option<String> {
    let taken: Vec<String> = diary
        .courses_on(nights.to.date())
        .filter(|course| course.kind != CourseKind::Measure)
        .map(|course| printable(&course.name))
        .collect();
    let asked_none = diary
        .facts_of("medicines")
        .chain(diary.facts_of("medicine"))
        .any(|fact| fact.value == "none");
    say::medicines(&taken, asked_none)
}

/// Every course in force on the last day, by name and dose.
pub(crate) fn taken(diary: &Diary, nights: Nights) -> Vec<String> {
    diary
        .courses_on(nights.to.date())
        .map(chart::course)
        .collect()
}

fn conditions(diary: &Diary) -> Option<String> {
    let facts = diary
        .facts_of("condition")
        .chain(diary.facts_of("conditions"));
    let names: Vec<String> = facts.map(|fact| printable(&fact.value)).collect();
    say::conditions(&names)
}

/// What other reports find in `diary` for the page of `nights`, as known on the morning after the period.
pub(crate) fn beside(diary: &Diary, nights: Nights) -> Beside {
    let found = flags::flags(diary, nights.to.plus(1).date());
    let wish = Wish {
        seed: SEED,
        ..Wish::default()
    };
    let analysis = factors::factors(diary, nights.to, wish, &|| {});
    let table = night_table(diary, nights.to);
    Beside {
        flags: found
            .for_clinician()
            .map(flag_line)
            .chain(found.asks.iter().map(question_line))
            .collect(),
        look: analysis.found.look,
        look_due: analysis.found.look_due,
        tested: analysis.found.tested,
        nights: table.counts(),
        factors: analysis.factors.into_iter().map(|f| f.found).collect(),
        courses: courses(diary, &table).0,
    }
}

fn flag_line(flag: &Flag) -> FlagLine {
    let urgency = flags::clinician_urgency(flag.urgency);
    let dates = flags::days(flag.first, flag.last);
    FlagLine {
        says: flags::clinician_flag(&urgency, &printable(&flag.to_clinician), &dates),
        dates,
        urgency,
        observed: printable(&flag.observed),
        done: flags::done(flag.seen, flag.discussed.as_ref()),
        urgent: flag.urgency.is_urgent(),
        is_question: false,
    }
}

/// A sign that may matter, and what is not known about it.
fn question_line(ask: &Ask) -> FlagLine {
    let observed = printable(&ask.to_clinician);
    FlagLine {
        dates: date(ask.date),
        urgency: flags::clinician_urgency(ask.urgency),
        says: flags::clinician_ask(&observed),
        observed,
        done: None,
        urgent: ask.urgency.is_urgent(),
        is_question: true,
    }
}

/// An association as a clinician reads it: the factor, cramp nights with and without it, the effect, the false discovery
/// rate at which it would be called a finding, and how sure the analysis is.
pub(crate) fn association_row(entry: &Association) -> Vec<String> {
    let n = &entry.table;
    vec![
        chart::factor_label(entry),
        say::cramp_nights_of(n.cramp_exposed, n.exposed),
        say::cramp_nights_of(n.cramp_unexposed, n.unexposed),
        entry.effect.as_ref().map_or_else(String::new, |effect| {
            say::association_effect(effect.measure, &effect.estimate, &effect.per)
        }),
        entry.q.map_or_else(String::new, say::q),
        entry.grade.word().to_string(),
    ]
}
