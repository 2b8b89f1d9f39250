//! Flags on a terminal: plain lines, the most urgent first, nothing by colour alone.

use crate::render::terminal::{Layout, Lines};
use crate::report::catalogue::RulesReport;
use crate::report::flags::{self, CouldNotTell, Flag, FlagsReport};
use crate::words::t;

/// What could not be told, the most urgent first: so much of it stands in the short form.
const MOST_UNCLEAR: usize = 5;

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

/// Flags on the first screen, a line each, urgent ones with what to do.
pub(crate) fn in_short(flags: &[Flag]) -> Vec<String> {
    let line = |flag: &Flag| format!("{}: {}", flag.heading(), noticed(flag));
    flags.iter().map(line).collect()
}

/// Flags in the weekly report, by urgency, urgent ones with what to do.
pub(crate) fn in_week(out: &mut Lines, flags: &[Flag]) {
    for (heading, flags) in by_urgency(flags) {
        out.words(2, &heading);
        out.all(4, flags.into_iter().map(noticed));
    }
}

/// What was observed; of something urgent that was not read yet also what to do.
fn noticed(flag: &Flag) -> String {
    let (observed, advice, id) = (&flag.observed, &flag.advice, flag.id);
    match flag.is_urgent() && flag.seen.is_none() {
        true => format!("{observed} {advice}"),
        false => format!("{observed} ({id})"),
    }
}

/// Flags under their headings, in the order they come in: the most urgent first.
fn by_urgency(flags: &[Flag]) -> Vec<(String, Vec<&Flag>)> {
    let mut groups: Vec<(String, Vec<&Flag>)> = Vec::new();
    for flag in flags {
        let heading = flag.heading();
        match groups.iter_mut().find(|(of, _)| *of == heading) {
            Some((_, group)) => group.push(flag),
            None => groups.push((heading, vec![flag])),
        }
    }
    groups
}

/// All flags by urgency, a paragraph each; with `--why` (a report that was explained) also why they matter, the entries,
/// the rule and its sources.
pub(crate) fn report(report: &FlagsReport, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    for (heading, flags) in by_urgency(&report.flags) {
        out.title(&heading);
        for flag in flags {
            out.words(2, &flags::paragraph(flag));
            why(&mut out, flag);
            out.blank();
        }
    }
    if let Some(limits) = flags::own_limits(&report.flags) {
        out.words(0, &limits);
        out.blank();
    }
    if !report.asks.is_empty() {
        out.title(t!(flags, "asks"));
        for ask in &report.asks {
            out.item(2, &format!("- {}", ask.says));
            out.all(4, ask.safety);
        }
        out.blank();
    } else if report.flags.is_empty() {
        out.line(t!(flags, "nothing"));
        out.blank();
    }
    if !report.discussed.is_empty() {
        out.title(t!(flags, "discussed"));
        for flag in &report.discussed {
            let talk = flag.discussed.as_ref().map(flags::talk);
            let talk = talk.unwrap_or_default();
            out.words(2, &format!("{} {talk} [{}]", flag.observed, flag.id));
            why(&mut out, flag);
        }
        out.blank();
    }
    if !report.earlier.is_empty() {
        out.title(t!(flags, "earlier"));
        for flag in &report.earlier {
            let dates = flags::days(flag.first, flag.last);
            let (id, status) = (&flag.id, flag.status);
            out.item(2, &t!(flags, "earlier-flag", id, dates, status));
        }
        out.blank();
    }
    open(&mut out, &report.could_not_tell, report.explained);
    if !report.questions.is_empty() {
        out.title(t!(flags, "questions"));
        for question in &report.questions {
            let (ask, how) = (&question.ask, &question.how);
            out.item(2, &t!(flags, "question", ask, how));
        }
        out.blank();
    }
    out.all(0, &report.notes);
    if !report.explained {
        out.words(0, t!(flags, "more-with-why"));
    }
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
    if !flag.is_urgent() {
        // of what is urgent the paragraph says so already
        out.words(4, &t!(flags, "why-it-matters", why = flag.why));
    }
    out.words(4, &because.lasting);
    out.words(4, t!(flags, "entries"));
    for entry in &flag.evidence {
        let key = entry.key.to_string();
        // a night is named by its date
        let date = entry.date.map(|date| date.to_string());
        let date = date.filter(|date| *date != key);
        let date = date.map_or_else(String::new, |date| format!("{date} "));
        out.item(6, &format!("{key} {date}{}", entry.says()));
    }
    out.words(4, t!(flags, "condition"));
    condition(out, 6, &because.condition);
    out.words(4, t!(flags, "sources"));
    for source in &because.sources {
        out.item(6, source);
    }
    out.words(4, &t!(flags, "reviewed", date = flag.reviewed));
}

/// What could not be told: what something already speaks for, and what only wants nights; the rest as a count.
fn open(out: &mut Lines, list: &[CouldNotTell], explained: bool) {
    if list.is_empty() {
        return;
    }
    out.title(t!(flags, "could-not-tell"));
    let mut n = list.len();
    let told = list.iter().filter(|rule| rule.begun || rule.ladder);
    let most = if explained { usize::MAX } else { MOST_UNCLEAR };
    for rule in told.take(most) {
        let lacking = flags::lacking(&rule.missing);
        out.item(2, &format!("{}: {lacking}", rule.id));
        n -= 1;
    }
    if n == list.len() {
        out.words(2, &t!(flags, "all-unclear", n));
    } else if n > 0 {
        out.words(2, &t!(flags, "more-unclear", n));
    }
    out.blank();
}
