//! The first page of the desk: warnings, last night, this week, one line to write, and the morning's questions.

use maud::{Markup, html};

use crate::render::web::desk::{
    Carried, Place, Typed, page, paragraph, pick, refused, said, says, section,
};
use crate::render::web::desk_flags;
use crate::report::checkin::Question;
use crate::report::checkin_form::Replies;
use crate::report::experiment_safety::StopOffer;
use crate::report::first_screen::FirstScreen;
use crate::report::follow::Offered;
use crate::report::stretch::{Bar, StripNight};
use crate::report::weekly::Weekly;
use crate::words::{lines, t};

/// Where things stand, and what may be written down now.
pub(crate) fn today(
    screen: &FirstScreen,
    week: &Weekly,
    questions: &[Question],
    offered: &[Offered],
    typed: &Typed,
    carried: &Carried,
) -> String {
    let body = html! {
        @if !typed.taken.is_empty() {
            section.done role="status" { (said(&typed.taken)) }
        }
        @if !typed.refused.is_empty() { (refused(&typed.refused.join("\n"))) }
        (warnings(screen, carried))
        section {
            h2 { (t!(desk, "now")) }
            @if let Some(last) = &screen.last_night { p { strong { (last) } } }
            @if screen.status.sentences == lines!(status, "empty") {
                p { (t!(desk, "empty")) }
            } @else {
                @for sentence in &screen.status.sentences { (paragraph(sentence)) }
            }
            @for night in &screen.tonight { p.tonight { (says(&night.sentence)) } }
        }
        (line(None, carried))
        (check_in(questions, typed, carried))
        (follow(offered, carried))
        (this_week(week))
    };
    page(Place::Today, t!(desk, "today"), body)
}

/// Every warning in force, in full, the most urgent first.
fn warnings(screen: &FirstScreen, carried: &Carried) -> Markup {
    let offers = &screen.stop_offers;
    html! {
        @if !screen.flags.is_empty() || !screen.asks.is_empty() || !offers.is_empty() {
            section aria-labelledby="warnings" {
                h2 #warnings { (t!(week, "flags")) }
                @for flag in &screen.flags { (desk_flags::in_full(flag, carried)) }
                @for offer in offers { p.flag { (says(&StopOffer::beside_flags(offer))) } }
                @for ask in &screen.asks { (desk_flags::asked(ask, carried)) }
                p { a href="/flags" { (t!(desk, "why-each")) } }
            }
        }
    }
}

/// The field for one line in the person's own words.
fn line(text: Option<&str>, carried: &Carried) -> Markup {
    html! {
        section {
            h2 { (t!(desk, "write")) }
            form method="post" action="/say" {
                (carried.hidden("say"))
                label for="line" { (t!(desk, "line")) }
                p #line-hint .hint { (t!(desk, "line-hint")) }
                input #line .line type="text" name="line" value=[text] required maxlength="2000" autocomplete="off"
                    aria-describedby="line-hint" dir="auto";
                button type="submit" { (t!(desk, "look")) }
            }
        }
    }
}

/// What a line would be written down as, before it is; `at` is the moment it was read at.
pub(crate) fn preview(text: &str, at: &str, understood: &[String], carried: &Carried) -> String {
    let body = html! {
        section.done role="status" {
            h2 { (t!(desk, "understood")) }
            p.typed dir="auto" { q { (text) } }
            (said(understood))
        }
        form method="post" action="/keep" {
            (carried.hidden("keep"))
            input type="hidden" name="line" value=(text);
            input type="hidden" name="at" value=(at);
            button.main type="submit" { (t!(desk, "keep")) }
        }
        (line(Some(text), carried))
    };
    page(Place::Today, t!(desk, "preview"), body)
}

/// A line that was refused, to be mended.
pub(crate) fn mend(text: &str, why: &str, carried: &Carried) -> String {
    let body = html! { (refused(why)) (line(Some(text), carried)) };
    page(Place::Today, t!(desk, "not-done"), body)
}

/// The questions of the morning.
fn check_in(questions: &[Question], typed: &Typed, carried: &Carried) -> Markup {
    html! {
        section {
            h2 { (t!(desk, "check-in")) }
            @if questions.is_empty() {
                p { (t!(cli, "all-answered")) }
            } @else {
                form method="post" action="/check-in" {
                    (carried.hidden("check-in"))
                    p.hint { (t!(desk, "check-in-hint")) }
                    @for (at, question) in questions.iter().enumerate() { (asked(at, question, typed)) }
                    button.main type="submit" { (t!(desk, "answer")) }
                }
            }
        }
    }
}

/// What the mornings ask for beside the cramps.
fn follow(offered: &[Offered], carried: &Carried) -> Markup {
    html! {
        details {
            summary { (t!(desk, "follow")) }
            form method="post" action="/act/mornings/follow" {
                (carried.hidden("follow"))
                fieldset {
                    legend { (t!(desk, "follow-which")) }
                    @for Offered { factor, label, is_followed } in offered {
                        label.pick {
                            input type="checkbox" name={ "follow " (factor) } value="yes" checked[*is_followed];
                            (label)
                        }
                    }
                }
                button type="submit" { (t!(desk, "save")) }
            }
        }
    }
}

fn asked(at: usize, question: &Question, typed: &Typed) -> Markup {
    let id = question.id();
    let given = typed.replies.get(&id).map(String::as_str);
    html! {
        @match question.replies() {
            Replies::Picked(replies) => fieldset {
                legend { (question.asks) }
                @for (n, (reply, shown)) in replies.iter().enumerate() {
                    (pick(&format!("q{at}-{n}"), &id, reply, shown, given))
                }
                (pick(&format!("q{at}-x"), &id, "", t!(checkin, "unknown"), None))
                @if question.has_details() {
                    @let name = format!("more {id}");
                    div.more {
                        label for={ "m" (at) } { (t!(desk, "details")) }
                        input .line #{ "m" (at) } type="text" name=(name) maxlength="2000" autocomplete="off" dir="auto"
                            value=[typed.replies.get(&name)];
                    }
                }
            },
            Replies::Written(form) => div.field {
                label for={ "q" (at) } { (question.asks) }
                input #{ "q" (at) } type="text" name=(id) maxlength="200" autocomplete="off" value=[given]
                    aria-describedby={ "h" (at) } dir="auto";
                span.hint #{ "h" (at) } { (form) }
            },
        }
    }
}

/// The weekly report.
fn this_week(week: &Weekly) -> Markup {
    let p = &week.week.period;
    html! {
        section {
            h2 { (t!(week, "title", from = p.from, to = p.to)) }
            ul.strip { @for night in &week.strip { li { (StripNight::sentence(night)) } } }
            @for sentence in &week.sentences { (paragraph(sentence)) }
        }
        @if week.weeks.iter().filter(|week| week.recorded > 0).count() > 1 {
            section {
                h2 { (t!(chart, "bars-weeks")) }
                ul { @for bar in &week.bars().rows { li { (Bar::sentence(bar)) } } }
            }
        }
        (section(t!(week, "courses"), &week.courses))
        (section(t!(week, "marks"), &week.events))
        (section(t!(week, "stood-out"), &week.stood_out))
        (section(t!(week, "missing"), &week.missing))
    }
}
