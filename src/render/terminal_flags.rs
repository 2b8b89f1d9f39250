//! Flags on a terminal: plain lines, the most urgent first, nothing by colour alone.

use crate::render::terminal::{Layout, Lines};
use crate::report::catalogue::RulesReport;
use crate::report::flags::{self, CouldNotTell, Flag, FlagsReport};
use crate::words::t;

/// What an entry set off, to stand above its echo; empty when nothing.
pub(crate) fn at_entry(flags: &[Flag], layout: Layout) -> String {
    if flags.is_empty() {
        return String::new();
    }
    let mut out = Lines::new(layout);
    for flag in flags {
        body(&mut out, flag);
        out.words(2, &t!(flags, "when-read", id = flag.id));
        out.blank();
    }
    out.text()
}

/// Flags in the weekly report, a line each, urgent ones with what to do.
pub(crate) fn in_week(flags: &[Flag]) -> Vec<String> {
    let line = |flag: &Flag| match flag.is_urgent() && flag.seen.is_none() {
        true => format!("{}: {} {}", flag.heading(), flag.observed, flag.advice),
        false => format!("{}: {} ({})", flag.heading(), flag.observed, flag.id),
    };
    flags.iter().map(line).collect()
}

/// All flags; with `--why` (a report that was explained) also the entries, the rule and its sources.
pub(crate) fn report(report: &FlagsReport, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    for flag in &report.flags {
        body(&mut out, flag);
        why(&mut out, flag);
        out.blank();
    }
    if !report.asks.is_empty() {
        out.line(t!(flags, "asks"));
        for ask in &report.asks {
            out.words(2, &format!("- {}", ask.says));
            out.all(4, ask.safety);
        }
        out.blank();
    } else if report.flags.is_empty() {
        out.line(t!(flags, "nothing"));
        out.blank();
    }
    if !report.discussed.is_empty() {
        out.line(t!(flags, "discussed"));
        for flag in &report.discussed {
            out.words(2, &format!("{} ({})", flag.observed, flag.id));
            out.all(2, flag.discussed.as_ref().map(flags::talk).as_ref());
            why(&mut out, flag);
        }
        out.blank();
    }
    if !report.earlier.is_empty() {
        out.line(t!(flags, "earlier"));
        for flag in &report.earlier {
            let dates = flags::days(flag.first, flag.last);
            let (id, status) = (&flag.id, flag.status);
            out.words(2, &t!(flags, "earlier-flag", id, dates, status));
        }
        out.blank();
    }
    open(&mut out, &report.could_not_tell);
    if !report.questions.is_empty() {
        out.line(t!(flags, "questions"));
        for question in &report.questions {
            out.words(2, &format!("- {}", question.ask));
            out.words(4, &t!(flags, "answer", how = question.how));
        }
        out.blank();
    }
    out.all(0, &report.notes);
    out.text()
}

/// The rules and the claims that are none, one block each.
pub(crate) fn rules(report: &RulesReport, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    for rule in &report.rules {
        out.line(format!("{} ({})", rule.id, rule.when));
        condition(&mut out, 2, &rule.condition);
        out.words(2, &t!(flags, "why", why = rule.why));
        out.words(2, &t!(flags, "do", advice = rule.advice));
        let keys = rule.sources.join(" ");
        out.words(2, &t!(flags, "rule-sources", keys));
        if rule.proposal {
            out.words(2, t!(flags, "own-threshold"));
        }
        out.blank();
    }
    out.line(t!(flags, "claims"));
    for claim in &report.claims_without_rule {
        out.words(
            2,
            &format!("{} {}: {}", claim.claim, claim.says, claim.reason),
        );
    }
    out.blank();
    out.all(0, &report.notes);
    out.text()
}

/// The lines of a condition, each as far in as its own spaces say.
fn condition(out: &mut Lines, indent: usize, lines: &[String]) {
    for line in lines {
        let inner = line.trim_start();
        out.words(indent + line.len() - inner.len(), inner);
    }
}

/// One flag: when, observed, why, what to do, and what was done about it.
fn body(out: &mut Lines, flag: &Flag) {
    out.line(format!("{} [{}]", flag.heading(), flag.id));
    out.words(2, &flag.observed);
    out.words(2, &t!(flags, "why-it-matters", why = flag.why));
    out.words(2, &t!(flags, "what-to-do", advice = flag.advice));
    if flag.proposal {
        out.words(2, t!(flags, "own-threshold"));
    }
    if let Some(date) = flag.seen {
        out.line(format!("  {}", t!(flags, "seen", date)));
    }
    out.all(2, flag.discussed.as_ref().map(flags::talk).as_ref());
}

/// The entries behind a flag, its rule and its sources, where the report explains them.
fn why(out: &mut Lines, flag: &Flag) {
    let Some(because) = &flag.because else {
        return;
    };
    out.line(format!("  {}", because.lasting));
    out.line(format!("  {}", t!(flags, "entries")));
    for entry in &flag.evidence {
        let date = entry.date.map_or(String::new(), |d| format!("{d} "));
        out.words(4, &format!("{} {date}{}", entry.key, entry.says));
    }
    out.line(format!("  {}", t!(flags, "condition")));
    condition(out, 4, &because.condition);
    out.line(format!("  {}", t!(flags, "sources")));
    out.all(4, &because.sources);
    out.line(format!("  {}", t!(flags, "reviewed", date = flag.reviewed)));
}

/// What could not be told: what something already speaks for, and what only wants nights; the rest as a count.
fn open(out: &mut Lines, list: &[CouldNotTell]) {
    if list.is_empty() {
        return;
    }
    out.line(t!(flags, "could-not-tell"));
    let mut n = list.len();
    for rule in list.iter().filter(|rule| rule.begun || rule.ladder) {
        let missing: Vec<String> = rule.missing.iter().map(ToString::to_string).collect();
        out.words(2, &format!("{}: {}", rule.id, missing.join("; ")));
        n -= 1;
    }
    if n == list.len() {
        out.words(2, &t!(flags, "all-unclear", n));
    } else if n > 0 {
        out.words(2, &t!(flags, "more-unclear", n));
    }
    out.blank();
}
