//! The beginning of an experiment: what is asked first, the draw, the seal, and the file for a friend where it is blinded.

use std::io;

use chrono::NaiveDate;

use crate::diary::experiment::{Experiment, hexadecimal, sha256};
use crate::diary::{Night, Now};
use crate::report::experiment::weak;
use crate::report::experiment_plan::Design;
use crate::report::experiment_trial::Trial;
use crate::words::{of_100, t};

/// What is asked before an experiment begins.
pub(crate) fn question(trial: &Trial, design: &Design, today: NaiveDate) -> String {
    let (label, words) = (&trial.label, design.words());
    let (from, to) = (today, design.ends.date());
    let chance = of_100(design.power);
    let mut out = vec![t!(
        experiment,
        "about-to-start",
        label,
        words,
        from,
        to,
        chance
    )];
    out.extend(weak(design.power));
    out.push(t!(experiment, "fixed").to_string());
    out.push(t!(experiment, "really-start").to_string());
    out.join(" ")
}

/// An experiment with its schedule, drawn and sealed; and, blinded, the file for the friend.
pub(crate) struct Drawn {
    pub(crate) experiment: Experiment,
    pub(crate) key_file: Option<KeyFile>,
}

/// Draws the schedule of `design` from tonight on and seals it. `random` fills bytes with chance.
///
/// # Errors
/// Those of `random`.
pub(crate) fn draw(
    trial: &Trial,
    design: &Design,
    effect: f64,
    now: &Now,
    blinded: bool,
    random: &mut dyn FnMut(&mut [u8]) -> io::Result<()>,
) -> io::Result<Drawn> {
    let schedule = design.plan.draw(random)?;
    let nonce = hex(random)?;
    let mut letters = ['1', '0'];
    let mut friend = None;
    if blinded {
        let mut coin = [0_u8];
        random(&mut coin)?;
        let [coin] = coin;
        letters = if coin & 1 == 1 {
            ['A', 'B']
        } else {
            ['B', 'A']
        };
        let [on, _] = letters;
        friend = Some(key_file(trial, on, &hex(random)?));
    }
    let [on, off] = letters;
    let schedule = schedule
        .into_iter()
        .map(|is_on| if is_on { on } else { off });
    let from = Night::of_evening(now.today());
    let (dose, unit) = trial.dose.clone().unzip();
    let mut experiment = Experiment {
        on: trial.on.clone(),
        off: trial.off.clone(),
        dose,
        unit,
        basis: trial.basis,
        key_hash: friend.as_ref().map(|file| sha256(file.key.as_bytes())),
        ..Experiment::blank(
            0,
            trial.thing.clone(),
            design.design,
            from,
            design.ends,
            design.period,
            design.plan.dropped,
            effect,
            design.power,
            schedule.collect(),
            nonce,
            String::new(),
            now.utc,
        )
    };
    experiment.seal = experiment.seal_now();
    Ok(Drawn {
        experiment,
        key_file: friend,
    })
}

/// 128 bits of chance, hexadecimal.
fn hex(random: &mut dyn FnMut(&mut [u8]) -> io::Result<()>) -> io::Result<String> {
    let mut bytes = [0_u8; 16];
    random(&mut bytes)?;
    Ok(hexadecimal(&bytes))
}

/// What a blinded experiment's friend is given, and what the diary keeps of it.
#[derive(Debug, Clone)]
pub(crate) struct KeyFile {
    pub(crate) text: String,
    pub(crate) key: String,
}

/// The file for the friend: which label is the real thing, and the key that opens the result.
fn key_file(trial: &Trial, on: char, secret: &str) -> KeyFile {
    let off = if on == 'A' { 'B' } else { 'A' };
    let key = format!("{on} {secret}");
    let (on, off) = (on.to_string(), off.to_string());
    let on_words = trial.on.clone().unwrap_or_else(|| trial.label.clone());
    let empty = || t!(experiment, "empty-one").to_string();
    let off_words = trial.off.clone().unwrap_or_else(empty);
    let label = &trial.label;
    KeyFile {
        text: t!(
            experiment, "key-file", label, on, off, on_words, off_words, key
        ) + "\n",
        key,
    }
}
