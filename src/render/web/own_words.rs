//! What a page says where a sentence of the program names a command or an option of the terminal: the button, field or page
//! of its own, or nothing. What stands beside the command stays as it is.

use crate::render::web::place::Place;
use crate::words::t;

/// Which pages say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pages {
    Desk,
    Bedside,
}

/// What may stand before a command: free words of a person that begin so are theirs.
const BEFORE: [&str; 12] = [
    "", "'", ": ", "(", " see ", " or ", " run ", " with ", " of ", "; ", ", ", ". ",
];
/// Words after which a command that is not in quotation marks is over.
const AFTER: [&str; 7] = ["to", "shows", "lists", "for", "says", "takes", "with"];

/// What a clause ends with.
const ENDS: [&str; 4] = ["; ", ". ", "? ", "! "];

/// A sentence, or lines of them, as the page says it.
pub(crate) fn own(text: &str, pages: Pages) -> String {
    let lines = text.lines().filter_map(|line| {
        let said = of_line(line, pages);
        (!said.trim().is_empty() || line.trim().is_empty()).then_some(said)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn of_line(line: &str, pages: Pages) -> String {
    let (mut line, mut from, mut last) = (line.to_string(), 0, String::new());
    while let Some(found) = next(&line, from) {
        let said = found.command.as_deref().and_then(|c| in_place(c, pages));
        let before = line.get(from..found.start).unwrap_or_default();
        match said {
            // two commands for what is one page
            Some(said) if said == last && [", ", ", or ", " or "].contains(&before) => {
                line.replace_range(from..found.end, "");
            }
            Some(said) => {
                let begins = line.get(..found.start).unwrap_or_default();
                let begins = begins.trim().is_empty() || begins.ends_with(". ");
                let shown = if begins { capital(&said) } else { said.clone() };
                line.replace_range(found.start..found.end, &shown);
                (from, last) = (found.start + shown.len(), said);
            }
            None => from = cut(&mut line, &found),
        }
    }
    line
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase());
    first.into_iter().flatten().chain(letters).collect()
}

/// Where a command stands, with its quotation marks, and what follows `cramp`; or where an option stands.
struct Found {
    start: usize,
    end: usize,
    command: Option<String>,
}

/// The first command or option at `from` or later.
fn next(line: &str, from: usize) -> Option<Found> {
    let commands = line.match_indices("cramp ").map(|(at, _)| at);
    let command = commands
        .filter(|at| *at >= from)
        .find_map(|at| command(line, at));
    let options = line.match_indices("--").map(|(at, _)| at);
    let option = options.filter(|at| *at >= from).find(|at| {
        let before = line.get(..*at).and_then(|text| text.chars().next_back());
        let after = line.get(at + 2..).and_then(|text| text.chars().next());
        after.is_some_and(|c| c.is_ascii_lowercase())
            // in quotation marks it is what somebody typed
            && before.is_none_or(|c| " (".contains(c))
            && !is_quoted(line, *at)
    });
    let option = option.map(|start| Found {
        start,
        end: start + 2,
        command: None,
    });
    [command, option]
        .into_iter()
        .flatten()
        .min_by_key(|found| found.start)
}

/// The command that begins at `at`.
fn command(line: &str, at: usize) -> Option<Found> {
    let (before, after) = (line.get(..at)?, line.get(at + "cramp ".len()..)?);
    let may_stand = |start: &&str| match start.is_empty() {
        true => before.trim().is_empty(),
        false => before.ends_with(start),
    };
    if !BEFORE.iter().any(may_stand) || is_quoted(line, at) {
        return None;
    }
    let is_marked = before.ends_with('\'');
    let length = match is_marked {
        true => after.find('\'')?,
        false => unmarked(after),
    };
    let command = after.get(..length)?.trim_end();
    let name = command.split(' ').next()?;
    // "a cramp night" is no command, and neither is a word that only begins like one
    let is_command = match name {
        "night" => command.split(' ').nth(1).is_some_and(is_of_a_night),
        name => COMMANDS.contains(&name) || name.starts_with("--"),
    };
    let mark = usize::from(is_marked);
    is_command.then(|| Found {
        start: at - mark,
        end: at + "cramp ".len() + command.len() + mark,
        command: Some(command.to_string()),
    })
}

/// Whether a word follows `cramp night` where it is a command.
fn is_of_a_night(word: &str) -> bool {
    let begins = word.chars().next();
    word == "calm"
        || word.contains('=')
        || begins.is_some_and(|c| c.is_ascii_digit() || "-{".contains(c))
        || word == "DATE"
}

/// The names of the commands that sentences speak of.
const COMMANDS: [&str; 37] = [
    "analyze",
    "ask",
    "backup",
    "chart",
    "check",
    "cohort",
    "course",
    "delete",
    "demo",
    "devices",
    "edit",
    "event",
    "exclude",
    "experiment",
    "explain",
    "export",
    "factor",
    "factors",
    "flags",
    "help",
    "history",
    "import",
    "list",
    "locate",
    "log",
    "me",
    "recover",
    "redo",
    "remind",
    "report",
    "restore",
    "serve",
    "show",
    "symptom",
    "took",
    "trend",
    "undo",
];

/// How far a command reaches that is not in quotation marks.
fn unmarked(text: &str) -> usize {
    // what may be said about a person is listed to the end of the line
    if text.starts_with("me ") {
        return text.len();
    }
    let mut end = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        if end > 0 && (AFTER.contains(&bare) || bare.starts_with('(') || bare == "or") {
            break;
        }
        let last = bare.trim_end_matches(['.', ',', ';', ')']);
        if last.len() < bare.len() {
            return end + last.len();
        }
        end += word.len();
    }
    end
}

/// Whether a place in a line is within words of a person.
fn is_quoted(line: &str, at: usize) -> bool {
    let before = line.get(..at).unwrap_or_default();
    let count = |c: char| before.matches(c).count();
    count('"') % 2 == 1 || count('“') > count('”')
}

/// What a page has in place of a command; `None` where it has nothing.
fn in_place(command: &str, pages: Pages) -> Option<String> {
    let mut words = command.splitn(3, ' ');
    let name = words.next()?;
    let (first, rest) = (words.next(), words.next());
    let away = pages == Pages::Bedside;
    let on = |place: Place| t!(desk, "on-page", page = place.name(), away);
    let page = |place: Place| t!(desk, "the-page", page = place.name(), away);
    let arguments = command.split_once(' ').map(|(_, words)| words);
    Some(match (name, first) {
        ("edit", Some(id)) => {
            let place = on(Place::Entries);
            match rest {
                Some(words) => t!(desk, "by-change-to", id, place, words),
                None => t!(desk, "by-change", id, place),
            }
        }
        ("delete", Some(id)) => t!(desk, "by-delete", id, place = on(Place::Entries)),
        ("history", _) => t!(desk, "by-history", place = on(Place::Entries)),
        ("list" | "show", _) => page(Place::Entries),
        ("log", _) => {
            let field = match pages {
                Pages::Desk => t!(desk, "by-line", place = on(Place::Today)),
                Pages::Bedside => t!(bedside, "by-here", button = t!(bedside, "own-words")),
            };
            match arguments {
                Some(words) => t!(desk, "by-words", words, field),
                None => field,
            }
        }
        ("night", _) => match pages {
            Pages::Desk => t!(desk, "by-morning", place = on(Place::Today)),
            Pages::Bedside => t!(bedside, "by-here", button = t!(bedside, "no-cramp")),
        },
        ("ask", Some("symptoms")) | ("me", Some(_)) => {
            t!(desk, "by-questions", place = on(Place::Warnings))
        }
        ("course", Some("start")) | ("took", _) => {
            t!(desk, "by-questions", place = on(Place::Warnings))
        }
        ("symptom", Some(word)) if !word.starts_with("--") => {
            t!(desk, "by-questions", place = on(Place::Warnings))
        }
        ("ask", None) => t!(desk, "by-morning", place = on(Place::Today)),
        ("flags", Some("--seen")) => t!(desk, "by-read", place = on(Place::Warnings)),
        ("flags", Some("--rules")) => return None,
        ("flags", _) => page(Place::Warnings),
        ("trend" | "chart", _) => page(Place::Charts),
        ("explain", _) => t!(desk, "by-factor", place = on(Place::Links)),
        ("analyze", None) => t!(desk, "by-look", place = on(Place::Links)),
        ("analyze", Some("--long")) => page(Place::Links),
        ("experiment", Some("stop")) => t!(desk, "by-stop", place = on(Place::Entries)),
        ("report" | "export" | "import" | "backup", _) => page(Place::Files),
        _ => return None,
    })
}

/// A text without the keys of its sources, which stand in brackets.
pub(crate) fn without_sources(text: &str) -> String {
    let mut text = text.to_string();
    let is_key = |part: &str| {
        let is_of_key = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || ":.".contains(c);
        part.len() > 1 && part.chars().all(is_of_key)
    };
    let mut from = 0;
    while let Some((open, length)) = text.get(from..).and_then(|rest| {
        let open = rest.find(" (")?;
        Some((from + open, rest.get(open..)?.find(')')? + 1))
    }) {
        let inside = text.get(open + 2..open + length - 1).unwrap_or_default();
        match inside
            .split([',', ' '])
            .filter(|part| !part.is_empty())
            .all(is_key)
        {
            true => text.replace_range(open..open + length, ""),
            false => from = open + length,
        }
    }
    text
}

/// Leaves out the clause in which something stands that a page does not have. Where it stood is given back.
fn cut(line: &mut String, found: &Found) -> usize {
    let before = line.get(..found.start).unwrap_or_default();
    let after = line.get(found.end..).unwrap_or_default();
    // a remark in brackets
    if let (Some(open), Some(close)) = (before.rfind('('), after.find(')'))
        && before.rfind(')').is_none_or(|closed| closed < open)
    {
        let start = before.get(..open).unwrap_or_default().trim_end().len();
        line.replace_range(start..found.end + close + 1, "");
        return start;
    }
    let begins = ENDS
        .iter()
        .filter_map(|end| Some((before.rfind(end)?, *end)));
    let mut begins = begins.max().unwrap_or_default();
    // a clause of its own after a colon: what stands before it stands by itself
    let is_marked = line
        .get(found.start..)
        .is_some_and(|at| at.starts_with('\''));
    if before.ends_with(": ") && is_marked && after.starts_with(' ') {
        begins = (before.len() - 2, ": ");
    }
    let (from, mark) = begins;
    let ends = ENDS.iter().filter_map(|end| after.find(end)).min();
    let (from, to) = match (mark, ends) {
        // the mark that ends the clause ends what stands before it
        ("; " | ": ", Some(length)) => (from, found.end + length),
        ("; " | ": ", None) => (from, line.trim_end_matches('.').len()),
        (mark, Some(length)) => (from + mark.len(), found.end + length + 2),
        (mark, None) => (from + mark.trim_end().len(), line.len()),
    };
    line.replace_range(from..to, "");
    from
}
