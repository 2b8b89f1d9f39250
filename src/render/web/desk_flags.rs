//! Warnings on a page: in full, with why, and what was done about them. Nothing is said by colour alone.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::render::web::desk::{Carried, Place, Typed, page, refused, said, says, to_mend};
use crate::report::flags::{self, Ask, Choice, Flag, FlagsReport};
use crate::words::t;

/// One warning: when, observed, why, what to do, and what was done about it.
pub(crate) fn in_full(flag: &Flag, carried: &Carried) -> Markup {
    html! {
        article.flag.urgent[flag.is_urgent()] {
            h3 { (flag.heading()) }
            p dir="auto" { strong { (flag.observed) } }
            p { (t!(flags, "what-to-do", advice = flag.advice)) }
            p { (t!(flags, "why-it-matters", why = flag.why)) }
            @if flag.proposal { p.hint { (t!(flags, "own-threshold")) } }
            @if let Some(date) = flag.seen { p { (t!(flags, "seen", date)) } }
            @if let Some(talk) = &flag.discussed { p dir="auto" { (flags::talk(talk)) } }
            (why(flag))
            div.actions {
                @if flag.seen.is_none() {
                    (carried.button("/act/flags/seen", &[("id", flag.id)], t!(desk, "seen")))
                }
                details {
                    summary { (t!(desk, "discussed")) }
                    (talk(flag.id, ["", ""], carried))
                }
            }
        }
    }
}

/// When a clinician was talked to, and what came of it.
fn talk(id: &str, [date, text]: [&str; 2], carried: &Carried) -> Markup {
    // a field for dates would show nothing of a date that is none
    let kind = match date.is_empty() || date.parse::<NaiveDate>().is_ok() {
        true => "date",
        false => "text",
    };
    html! {
        form method="post" action="/act/flags/discussed" {
            (carried.hidden(&format!("discussed {id}")))
            input type="hidden" name="id" value=(id);
            label { (t!(desk, "when")) " " input type=(kind) name="date" value=(date); }
            label { (t!(desk, "what-came")) " "
                input type="text" name="text" value=(text) maxlength="2000" dir="auto"; }
            button type="submit" { (t!(desk, "save")) }
        }
    }
}

/// What was said of a talk and refused, to be mended.
pub(crate) fn again(id: &str, said: [&str; 2], why: &str, carried: &Carried) -> String {
    let body = html! {
        h2 { (t!(desk, "discussed")) }
        div.actions { (talk(id, said, carried)) }
    };
    to_mend(Place::Warnings, why, body)
}

/// The entries behind a warning, its rule and its sources, where the report explains them.
fn why(flag: &Flag) -> Markup {
    html! {
        @if let Some(because) = &flag.because {
            details {
                summary { (t!(desk, "why")) }
                p { (because.lasting) }
                h4 { (t!(flags, "entries")) }
                ul {
                    @for entry in &flag.evidence {
                        li dir="auto" {
                            (entry.key)
                            @if let Some(date) = entry.date { " " (date) }
                            " " (entry.says())
                        }
                    }
                }
                h4 { (t!(flags, "condition")) }
                ul.bare { @for line in &because.condition { li { (line.trim()) } } }
                h4 { (t!(flags, "sources")) }
                ul { @for source in &because.sources { li { (source) } } }
                p { (t!(flags, "reviewed", date = flag.reviewed)) }
            }
        }
    }
}

/// A question about an entry, with the answers that need no more words.
pub(crate) fn asked(ask: &Ask, carried: &Carried) -> Markup {
    let answer = |word: &str, label: &str| {
        carried.button(
            "/act/flags/answer",
            &[("id", &ask.about), ("answer", word), ("asked", &ask.id)],
            label,
        )
    };
    html! {
        article.flag {
            p dir="auto" { (ask.question) }
            @if let Some(safety) = ask.safety { p { strong { (safety) } } }
            div.actions {
                @for choice in choices(ask) {
                    (carried.button(
                        "/act/flags/choose",
                        &[("id", &ask.id), ("answer", &choice.answer)],
                        &choice.answer,
                    ))
                }
                @if ask.is_about_text() { (answer("yes", t!(checkin, "yes"))) }
                @if !ask.symptoms.is_empty() && choices(ask).is_empty() { (answer("no", t!(checkin, "no"))) }
                (answer("done", t!(desk, "looked-after")))
            }
        }
    }
}

/// The answers that yes and no do not stand for.
fn choices(ask: &Ask) -> &[Choice] {
    match ask.is_about_text() {
        true => &[],
        false => &ask.choices,
    }
}

/// Everything `cramp flags --why` says.
pub(crate) fn report(
    report: &FlagsReport,
    questions: Markup,
    typed: &Typed,
    carried: &Carried,
) -> String {
    let open = report.could_not_tell.iter();
    let body = html! {
        @if !typed.taken.is_empty() {
            section.done role="status" { (said(&typed.taken)) }
        }
        @if !typed.refused.is_empty() { (refused(&typed.refused.join("\n"))) }
        @if !report.flags.is_empty() {
            section {
                h2 { (t!(week, "flags")) }
                @for flag in &report.flags { (in_full(flag, carried)) }
            }
        }
        @if let Some(limits) = flags::own_limits(&report.flags) { p { (limits) } }
        @if !report.asks.is_empty() {
            section {
                h2 { (t!(flags, "asks")) }
                @for ask in &report.asks { (asked(ask, carried)) }
            }
        } @else if report.flags.is_empty() {
            p { (t!(flags, "nothing")) }
        }
        @if !report.discussed.is_empty() {
            section {
                h2 { (t!(flags, "discussed")) }
                @for flag in &report.discussed { (in_full(flag, carried)) }
            }
        }
        @if !report.earlier.is_empty() {
            section {
                h2 { (t!(flags, "earlier")) }
                ul {
                    @for flag in &report.earlier {
                        li {
                            (t!(flags, "earlier-flag", id = flag.id, dates = flags::days(flag.first, flag.last),
                                status = flag.status))
                        }
                    }
                }
            }
        }
        @if !report.could_not_tell.is_empty() {
            details {
                summary { (t!(flags, "could-not-tell")) }
                ul { @for rule in open { li { (rule.id) ": " (says(&flags::lacking(&rule.missing))) } } }
            }
        }
        (questions)
        @for note in &report.notes { p.hint { (says(note)) } }
    };
    page(Place::Warnings, Place::Warnings.name(), body)
}
