//! Flags on a terminal: plain lines, the most urgent first, nothing by colour alone.

use crate::render::terminal::wrapped;
use crate::report::flags::{self, CouldNotTell, Flag, FlagsReport, RulesReport, heading};
use crate::words::t;

/// What an entry set off, to stand above its echo; empty when nothing.
pub(crate) fn at_entry(flags: &[Flag], width: usize) -> String {
    if flags.is_empty() {
        return String::new();
    }
    let mut out = Vec::new();
    for flag in flags {
        out.extend(body(flag, width));
        out.extend(wrapped(&t!(flags, "when-read", id = flag.id), width, "  "));
        out.push(String::new());
    }
    out.join("\n") + "\n"
}

/// Flags in the weekly report, a line each, urgent ones with what to do.
pub(crate) fn in_week(flags: &[Flag]) -> Vec<String> {
    flags
        .iter()
        .map(|flag| match flag.is_urgent() && flag.seen.is_none() {
            true => format!(
                "{}: {} {}",
                heading(flag.urgency),
                flag.observed,
                flag.advice
            ),
            false => format!("{}: {} ({})", heading(flag.urgency), flag.observed, flag.id),
        })
        .collect()
}

/// All flags; with `--why` (a report that was explained) also the entries, the rule and its sources.
pub(crate) fn report(report: &FlagsReport, width: usize) -> String {
    let mut out = Vec::new();
    for flag in &report.flags {
        out.extend(body(flag, width));
        out.extend(why(flag, width));
        out.push(String::new());
    }
    if report.flags.is_empty() {
        out.push(t!(flags, "nothing").to_string());
        out.push(String::new());
    }
    if !report.discussed.is_empty() {
        out.push(t!(flags, "discussed").to_string());
        for flag in &report.discussed {
            out.extend(wrapped(
                &format!("{} ({})", flag.observed, flag.id),
                width,
                "  ",
            ));
            out.extend(talk(flag, width));
            out.extend(why(flag, width));
        }
        out.push(String::new());
    }
    if !report.earlier.is_empty() {
        out.push(t!(flags, "earlier").to_string());
        for flag in &report.earlier {
            let dates = flags::days(flag.first, flag.last);
            let line = t!(
                flags,
                "earlier-flag",
                id = flag.id,
                dates,
                status = flag.status
            );
            out.extend(wrapped(&line, width, "  "));
        }
        out.push(String::new());
    }
    out.extend(open(&report.could_not_tell, width));
    if !report.questions.is_empty() {
        out.push(t!(flags, "questions").to_string());
        for question in &report.questions {
            out.extend(wrapped(&format!("- {}", question.ask), width, "  "));
            out.extend(wrapped(
                &t!(flags, "answer", how = question.how),
                width,
                "    ",
            ));
        }
        out.push(String::new());
    }
    for note in &report.notes {
        out.extend(wrapped(note, width, ""));
    }
    out.join("\n") + "\n"
}

/// The rules and the claims that are none, one block each.
pub(crate) fn rules(report: &RulesReport, width: usize) -> String {
    let mut out = Vec::new();
    for rule in &report.rules {
        out.push(format!("{} ({})", rule.id, rule.when));
        for line in &rule.condition {
            out.extend(wrapped(
                line.trim_start(),
                width,
                &" ".repeat(2 + line.len() - line.trim_start().len()),
            ));
        }
        out.extend(wrapped(&t!(flags, "why", why = rule.why), width, "  "));
        out.extend(wrapped(&t!(flags, "do", advice = rule.advice), width, "  "));
        out.extend(wrapped(
            &t!(flags, "rule-sources", keys = rule.sources.join(" ")),
            width,
            "  ",
        ));
        if rule.proposal {
            out.extend(wrapped(t!(flags, "own-threshold"), width, "  "));
        }
        out.push(String::new());
    }
    out.push(t!(flags, "claims").to_string());
    for claim in &report.claims_without_rule {
        let line = format!("{} {}: {}", claim.claim, claim.says, claim.reason);
        out.extend(wrapped(&line, width, "  "));
    }
    out.push(String::new());
    for note in &report.notes {
        out.extend(wrapped(note, width, ""));
    }
    out.join("\n") + "\n"
}

/// One flag: when, observed, why, what to do, and what was done about it.
fn body(flag: &Flag, width: usize) -> Vec<String> {
    let mut out = vec![format!("{} [{}]", heading(flag.urgency), flag.id)];
    out.extend(wrapped(&flag.observed, width, "  "));
    out.extend(wrapped(
        &t!(flags, "why-it-matters", why = flag.why),
        width,
        "  ",
    ));
    out.extend(wrapped(
        &t!(flags, "what-to-do", advice = flag.advice),
        width,
        "  ",
    ));
    if flag.proposal {
        out.extend(wrapped(t!(flags, "own-threshold"), width, "  "));
    }
    if let Some(seen) = flag.seen {
        out.push(format!("  {}", t!(flags, "seen", date = seen)));
    }
    out.extend(talk(flag, width));
    out
}

fn talk(flag: &Flag, width: usize) -> Vec<String> {
    let Some(talk) = &flag.discussed else {
        return Vec::new();
    };
    wrapped(&flags::talk(talk), width, "  ")
}

fn why(flag: &Flag, width: usize) -> Vec<String> {
    let Some(because) = &flag.because else {
        return Vec::new();
    };
    let mut out = vec![format!("  {}", because.lasting)];
    out.push(format!("  {}", t!(flags, "entries")));
    for entry in &flag.evidence {
        let date = entry.date.map_or(String::new(), |d| format!("{d} "));
        out.extend(wrapped(
            &format!("{} {date}{}", entry.key, entry.says),
            width,
            "    ",
        ));
    }
    out.push(format!("  {}", t!(flags, "condition")));
    for line in &because.condition {
        let depth = line.len() - line.trim_start().len();
        out.extend(wrapped(line.trim_start(), width, &" ".repeat(4 + depth)));
    }
    out.push(format!("  {}", t!(flags, "sources")));
    for source in &because.sources {
        out.extend(wrapped(source, width, "    "));
    }
    out.push(format!("  {}", t!(flags, "reviewed", date = flag.reviewed)));
    out
}

/// What could not be told: what something already speaks for, and what only wants nights; the rest as a count.
fn open(list: &[CouldNotTell], width: usize) -> Vec<String> {
    if list.is_empty() {
        return Vec::new();
    }
    let mut out = vec![t!(flags, "could-not-tell").to_string()];
    let shown: Vec<&CouldNotTell> = list.iter().filter(|c| c.begun || c.ladder).collect();
    for rule in &shown {
        let missing: Vec<String> = rule.missing.iter().map(ToString::to_string).collect();
        out.extend(wrapped(
            &format!("{}: {}", rule.id, missing.join("; ")),
            width,
            "  ",
        ));
    }
    let rest = list.len() - shown.len();
    if rest > 0 {
        let text = if shown.is_empty() {
            t!(flags, "all-unclear", n = rest)
        } else {
            t!(flags, "more-unclear", n = rest)
        };
        out.extend(wrapped(&text, width, "  "));
    }
    out.push(String::new());
    out
}
