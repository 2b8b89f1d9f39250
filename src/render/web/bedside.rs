//! The page of the bedside: one large button, then what may be said about the cramp, each by one tap.

use maud::{Markup, html};

use crate::diary::Word;
use crate::diary::vocabulary::{Relief, Side, Site};
use crate::render::web::bedside_morning::{self, Morning};
use crate::render::web::frame::{Forms, app_frame, hidden};
use crate::render::web::own_words::{Pages, own, without_sources};
use crate::report::help::{Block, Topic};
use crate::words::t;

/// The sites that have a button; the others can be said in words.
const SITES: [Site; 5] = [Site::Calf, Site::Foot, Site::Toes, Site::Thigh, Site::Other];

/// The answer of a person who cannot tell, as its button sends it.
pub(crate) const CANNOT_TELL: &str = "?";

/// What the page says about the last tap.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) entry: Option<Entry>,
    pub(crate) lines: Vec<String>,
    /// The request that can be taken back.
    pub(crate) undo: Option<String>,
    /// Urgency and what to do.
    pub(crate) warnings: Vec<(String, String)>,
    /// What is open about the entries of this device, the first to be answered.
    pub(crate) question: Option<Question>,
    /// Nothing of it is kept yet.
    pub(crate) is_preview: bool,
    /// It was not kept: why, and the way out.
    pub(crate) refused: Option<(String, Option<String>)>,
    /// The words as they were typed.
    pub(crate) typed: String,
    /// The words of the number they were typed for; none where they are the person's own.
    pub(crate) typed_for: String,
    /// The night that words are about from now on, where one was just answered with a cramp.
    pub(crate) night: String,
    /// The page is one that the phone keeps, for when the computer does not answer.
    pub(crate) is_kept: bool,
}

/// The cramp that may be amended.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The request that made it.
    pub(crate) of: String,
    /// The values it has, as they are tapped.
    pub(crate) chosen: Vec<String>,
    pub(crate) night: String,
}

/// A question about what was written.
#[derive(Debug)]
pub(crate) struct Question {
    /// The request whose answer asked it; none where it follows from the diary.
    pub(crate) from: String,
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) safety: Option<String>,
    /// The answers, each a button.
    pub(crate) choices: Vec<String>,
    /// The command that answers it, where no button does.
    pub(crate) answer_with: Option<String>,
}

/// The whole page.
pub(crate) fn page(
    forms: Forms<'_>,
    said: &Said,
    morning: Option<&Morning>,
    relief: Option<&Topic>,
) -> String {
    let is_logged = said.entry.is_some() || morning.is_some();
    let body = html! {
        main .logged[is_logged]
            data-noted=(t!(bedside, "noted"))
            data-waiting=(t!(bedside, "waiting", n = "#"))
            data-unpaired=(t!(bedside, "not-paired"))
            data-refused=(t!(bedside, "refused"))
            data-dismiss=(t!(bedside, "dismiss")) {
            h1 .unseen { (t!(bedside, "title")) }
            p #waiting role="status" {}
            div #refused role="alert" {}
            div #warnings role="alert" {}
            div #said role="status" tabindex="-1" { (told(forms, said)) }
            div #asked role="status" { (asked(forms, said)) }
            @if let Some(relief) = relief { (during(relief)) }
            (details(forms, said.entry.as_ref()))
            @if let Some(morning) = morning { (bedside_morning::morning(forms, (&said.typed_for, &said.typed), morning)) }
            form #cramp method="post" action="/bed/cramp" {
                (hidden(forms, "cramp"))
                button { (t!(bedside, "cramp-now")) }
            }
            form #words method="post" action="/bed/preview" {
                (hidden(forms, "preview"))
                input type="hidden" name="night" value=(said.night);
                label for="line" data-now=(t!(bedside, "own-words"))
                    data-night=(t!(bedside, "own-words-night")) { (own_words(said)) }
                input #line name="line" value=(own_line(said)) maxlength="500" autocomplete="off"
                    placeholder=(t!(bedside, "example"));
                button { (t!(bedside, "check-words")) }
            }
            template #unreachable {
                p { (t!(bedside, "unreachable")) }
                (keep(forms, &Said::default()))
            }
        }
    };
    let manifest = Some("/bed.webmanifest");
    app_frame(
        t!(bedside, "title"),
        "/bed.css",
        &["/bed.js"],
        manifest,
        body,
    )
}

/// What the words are about.
fn own_words(said: &Said) -> &'static str {
    match said.night.is_empty() {
        true => t!(bedside, "own-words"),
        false => t!(bedside, "own-words-night"),
    }
}

fn own_line(said: &Said) -> &str {
    match said.typed_for.is_empty() {
        true => &said.typed,
        false => "",
    }
}

/// What is said about the last tap, and what is asked since.
pub(crate) fn part(forms: Forms<'_>, said: &Said) -> Markup {
    html! {
        (told(forms, said))
        @if let Some(entry) = &said.entry {
            template data-of=(entry.of) data-chosen=(entry.chosen.join(" ")) data-night=(entry.night) {}
        }
        (asked(forms, said))
    }
}

fn told(forms: Forms<'_>, said: &Said) -> Markup {
    html! {
        @for (urgency, advice) in &said.warnings {
            section .warning {
                h2 { (t!(bedside, "warning", urgency)) }
                p { (advice) }
                button type="button" hidden { (t!(bedside, "read")) }
            }
        }
        @if let Some((message, hint)) = &said.refused {
            p .refused { (t!(bedside, "refused")) " " (says(message)) }
            @if let Some(hint) = hint { (paragraph(hint)) }
        }
        @if said.is_kept {
            p { (t!(bedside, "did-not-answer")) }
            a href="/bed" { (t!(bedside, "try-again")) }
        }
        @if said.is_preview { h2 { (t!(bedside, "understood")) } }
        @for line in &said.lines { (paragraph(line)) }
        @if !said.night.is_empty() && said.entry.is_none() && said.typed.is_empty() {
            p { a href="#line" { (t!(bedside, "own-words-night")) } }
        }
        @if said.is_preview {
            p { (t!(bedside, "not-yet")) }
            (keep(forms, said))
        }
        @if let Some(of) = &said.undo {
            form .small method="post" action="/bed/undo" {
                (hidden(forms, "undo"))
                input type="hidden" name="of" value=(of);
                button { (t!(bedside, "undo")) }
            }
        }
    }
}

/// A sentence that is also said at the terminal, in the words of this page.
fn says(text: &str) -> String {
    own(text, Pages::Bedside)
}

/// A paragraph of it, where something is left.
fn paragraph(text: &str) -> Markup {
    let shown = says(text);
    html! { @if !shown.is_empty() { p { (shown) } } }
}

/// The words that were checked, to be kept.
fn keep(forms: Forms<'_>, said: &Said) -> Markup {
    html! {
        form .keep method="post" action="/bed/cramp" {
            (hidden(forms, "keep"))
            input type="hidden" name="line" value=(said.typed);
            input type="hidden" name="night" value=(said.night);
            button { (t!(bedside, "keep")) }
        }
    }
}

/// The question that is open, with a button for each answer.
fn asked(forms: Forms<'_>, said: &Said) -> Markup {
    let of = said.entry.as_ref().map(|entry| entry.of.as_str());
    html! {
        @if let Some(question) = &said.question {
            form .question method="post" action="/bed/answer" {
                (hidden(forms, &question.id))
                input type="hidden" name="of" value=(of.unwrap_or_default());
                input type="hidden" name="from" value=(question.from);
                input type="hidden" name="ask" value=(question.id);
                p { (question.text) }
                @if let Some(safety) = &question.safety { p { strong { (safety) } } }
                @if let Some(command) = &question.answer_with {
                    p { (t!(bedside, "on-computer", command = own(command, Pages::Desk))) }
                }
                div .row {
                    @for answer in &question.choices {
                        button name="words" value=(answer) aria-pressed="false" { (answer) }
                    }
                    @if !question.choices.is_empty() {
                        button name="words" value=(CANNOT_TELL) aria-pressed="false" { (t!(bedside, "unknown")) }
                    }
                }
            }
        }
    }
}

/// What may be said about a cramp; the script shows it as soon as there is one.
fn details(forms: Forms<'_>, entry: Option<&Entry>) -> Markup {
    let (of, chosen) = match entry {
        Some(entry) => (entry.of.as_str(), entry.chosen.as_slice()),
        None => ("", [].as_slice()),
    };
    let tap = |words: String, label: &str| {
        let pressed = chosen.contains(&words);
        html! { button name="words" value=(words) aria-pressed=(pressed) { (label) } }
    };
    let group = |name: &str, question: &str, taps: Markup| {
        html! {
            fieldset {
                legend { (question) }
                div .row .(name) { (taps) }
            }
        }
    };
    let sides = html! {
        @for side in [Side::Left, Side::Right, Side::Both] {
            (tap(format!("side={}", side.word()), &t!(bedside, "side", word = side.word())))
        }
    };
    let sites = html! {
        @for site in SITES {
            (tap(format!("site={}", site.word()), &t!(bedside, "site", word = site.word())))
        }
    };
    let pains = html! {
        @for n in 0..=10 {
            @let words = format!("pain={n}");
            button name="words" value=(words) aria-pressed=(chosen.contains(&words))
                aria-label=(t!(bedside, "pain", n)) { (n) }
        }
    };
    let reliefs = html! {
        @for relief in Relief::ALL.iter().copied() {
            (tap(format!("+{}", relief.word()), &t!(bedside, "relief", word = relief.word())))
        }
    };
    html! {
        section #details hidden[entry.is_none()] {
            p { (t!(bedside, "more")) }
            form method="post" action="/bed/amend" {
                (hidden(forms, "amend"))
                input type="hidden" name="of" value=(of);
                div .row { (tap("passed".to_string(), t!(bedside, "passed"))) }
                (group("side", t!(bedside, "which-side"), sides))
                (group("site", t!(bedside, "which-site"), sites))
                (group("pain", t!(bedside, "how-painful"), pains))
                (group("relief", t!(bedside, "what-helped"), reliefs))
            }
        }
    }
}

/// What to do during a cramp, with its warnings: the page of `cramp help relief`, without its sources.
fn during(relief: &Topic) -> Markup {
    html! {
        details #during {
            summary { (t!(bedside, "relief-title")) }
            @for block in &relief.blocks {
                @match block {
                    Block::Heading { text } => h2 { (text) },
                    Block::Says { text } => (paragraph(&without_sources(text))),
                    Block::Item { term, text } => p { strong { (term) } " " (text) },
                    Block::Step { number, text } => p { (number) ". " (text) },
                    Block::Copied { text } => pre { (text) },
                    Block::Advice(advice) => {
                        h3 { (advice.what) }
                        p { (advice.how) }
                        @if let Some(caution) = &advice.caution {
                            p .caution { (t!(bedside, "caution", caution)) }
                        }
                    }
                }
            }
        }
    }
}
