//! The morning on the page of the bedside: last night, what is followed, and what tonight is to be.

use maud::{Markup, html};

use crate::render::web::frame::{Forms, hidden};
use crate::words::t;

/// What is asked this morning.
#[derive(Debug, Default)]
pub(crate) struct Morning {
    pub(crate) questions: Vec<Asked>,
    /// What tonight is to be, a sentence for each experiment.
    pub(crate) tonight: Vec<String>,
}

/// A question and how it is answered.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) text: String,
    /// Whether it asks if there was a cramp.
    pub(crate) is_outcome: bool,
    pub(crate) choices: Vec<Choice>,
    pub(crate) number: Option<Number>,
}

/// A button, and the words it sends.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) label: String,
    pub(crate) words: String,
    /// The night that words are about after it.
    pub(crate) night: Option<String>,
}

/// An amount, empty until it is touched.
#[derive(Debug)]
pub(crate) struct Number {
    pub(crate) words: String,
    /// The unit of a bare number that would otherwise read two ways.
    pub(crate) unit: String,
    /// What it is counted in, or how it is answered.
    pub(crate) form: String,
    /// Where the first step begins.
    pub(crate) start: f64,
    /// What a step adds.
    pub(crate) step: f64,
    pub(crate) min: f64,
    pub(crate) max: Option<f64>,
}

/// The questions of the morning; nothing is chosen before it is tapped.
pub(crate) fn morning(forms: Forms<'_>, typed: (&str, &str), morning: &Morning) -> Markup {
    html! {
        section #morning {
            @if morning.questions.is_empty() {
                p { (t!(bedside, "all-answered")) }
            } @else {
                h2 { (t!(bedside, "last-night")) }
            }
            @for (place, asked) in morning.questions.iter().enumerate() {
                (question(forms, typed, place, asked))
            }
            form #night method="post" action="/bed/night" { (hidden(forms, "night")) }
            @for sentence in &morning.tonight { p { (sentence) } }
        }
    }
}

/// A number that was refused, as its words and what was typed, stands in its field again.
fn again<'t>((words, typed): (&str, &'t str), number: &Number) -> Option<&'t str> {
    (number.words == words).then_some(typed)
}

fn question(forms: Forms<'_>, typed: (&str, &str), place: usize, asked: &Asked) -> Markup {
    let field = format!("n{place}");
    html! {
        fieldset .outcome[asked.is_outcome] {
            legend { (asked.text) }
            @if let Some(number) = &asked.number {
                form .row.number method="post" action="/bed/night" {
                    (hidden(forms, &field))
                    input type="hidden" name="words" value=(number.words);
                    input type="hidden" name="unit" value=(number.unit);
                    button type="button" data-step="-1" aria-label=(t!(bedside, "less")) hidden { "−" }
                    input name="line" value=[again(typed, number)] data-start=(number.start) data-by=(number.step) data-min=(number.min)
                        data-max=[number.max] inputmode="decimal" maxlength="40" autocomplete="off"
                        aria-label=(asked.text) placeholder=(number.form);
                    button type="button" data-step="1" aria-label=(t!(bedside, "more-of")) hidden { "+" }
                    button { (t!(bedside, "keep-number")) }
                }
            }
            div .row {
                @for choice in &asked.choices {
                    button data-night=[choice.night.as_ref()] form="night" name="words" value=(choice.words)
                        aria-pressed="false" { (choice.label) }
                }
            }
            div .told role="status" tabindex="-1" {}
        }
    }
}
