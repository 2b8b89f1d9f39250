//! Help topics: what the program explains without a diary, as values and as plain text. The pages stand as Markdown in
//! `src/words/en/help/`.

use serde::Serialize;

use crate::data;
use crate::data::tables::Work;
use crate::diary::unit::{LONGEST_AFTER_S, LONGEST_EPISODE_S, span};
use crate::diary::word::{Word, words};
use crate::report::catalogue::{
    self, ClaimRow, FactList, FactorList, FactorRow, SymptomList, WordList,
};
use crate::words::{HELP, t};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Topic {
    schema: u32,
    kind: &'static str,
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) blocks: Vec<Block>,
}

/// One piece of a topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub(crate) enum Block {
    Heading {
        text: String,
    },
    Says {
        text: String,
    },
    /// Something that is written literally, or named, and what it means.
    Item {
        term: String,
        text: String,
    },
    /// Something to do, in its place among others.
    Step {
        number: String,
        text: String,
    },
    /// Lines to copy as they are.
    Copied {
        text: String,
    },
    /// One measure, with its evidence.
    Advice(Advice),
}

words! {
    /// How good the evidence for a measure is.
    Evidence, "evidence", {
        /// At least one randomised trial found that it helps, and none of similar size the opposite.
        Trial = "trial",
        /// Trials disagree.
        TrialsDisagree = "trials disagree",
        /// Most trials found no worthwhile effect.
        NoEffect = "no worthwhile effect in most trials",
        /// Studies of other kinds only, or trials too small to tell.
        Weak = "weak",
        /// Advice without a trial.
        AdviceOnly = "advice only",
        /// Warned against.
        Warned = "warned against",
    }
}

/// One measure against cramps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Advice {
    pub(crate) what: String,
    pub(crate) how: String,
    pub(crate) evidence: Evidence,
    /// What was found, in a sentence or two; empty when there is nothing to add.
    pub(crate) found: String,
    /// What speaks against it in the same sources; both sides are shown, none is preferred.
    pub(crate) disputed: Option<String>,
    pub(crate) caution: Option<String>,
    pub(crate) record: String,
    pub(crate) sources: Vec<String>,
}

fn heading(text: impl Into<String>) -> Block {
    Block::Heading { text: text.into() }
}

fn says(text: impl Into<String>) -> Block {
    Block::Says { text: text.into() }
}

/// A literal word and its meaning.
fn item(term: impl Into<String>, text: impl Into<String>) -> Block {
    Block::Item {
        term: term.into(),
        text: text.into(),
    }
}

/// The names and titles of all topics, in the order they are listed.
pub(crate) fn titles() -> impl Iterator<Item = (&'static str, &'static str)> {
    HELP.iter().map(|(name, page)| (*name, title(page)))
}

pub(crate) fn topic(name: &str) -> Option<Topic> {
    let (name, page) = HELP.iter().find(|(known, _)| *known == name)?;
    Some(Topic::new(name, title(page), blocks(page)))
}

fn title(page: &'static str) -> &'static str {
    let first = page.lines().next().unwrap_or_default();
    first.trim_start_matches("# ")
}

/// The blocks of a page: headings `##`, measures `###` with a list of what is known of them, lists of literal words in
/// backticks with their meaning, numbered steps, lines to copy between fences, a name in braces alone for what the program
/// fills in, and paragraphs.
fn blocks(page: &str) -> Vec<Block> {
    let page = page
        .replace("{longest-cramp}", &span(LONGEST_EPISODE_S))
        .replace("{longest-after}", &span(LONGEST_AFTER_S));
    let mut blocks = Vec::new();
    let mut chunks = page.split("\n\n").skip(1);
    while let Some(chunk) = chunks.next() {
        let chunk = chunk.trim_end();
        if let Some(what) = chunk.strip_prefix("### ") {
            let how = chunks.next().unwrap_or_default();
            let facts = chunks.next().unwrap_or_default();
            blocks.push(Block::Advice(advice(what, how, facts)));
        } else if let Some(text) = chunk.strip_prefix("## ") {
            blocks.push(heading(text));
        } else if let Some(list) = chunk.strip_prefix("- ") {
            blocks.extend(list.split("\n- ").map(|line| {
                let (term, text) = line
                    .trim_start_matches('`')
                    .split_once('`')
                    .unwrap_or((line, ""));
                item(term, joined(text))
            }));
        } else if let Some(lines) = chunk.strip_prefix("```\n") {
            let text = lines.trim_end_matches("\n```").to_string();
            blocks.push(Block::Copied { text });
        } else if numbered(chunk).is_some() {
            blocks.extend(steps(chunk));
        } else if let Some(name) = chunk.strip_prefix('{') {
            blocks.extend(filled_in(name.trim_end_matches('}')));
        } else {
            blocks.push(says(joined(chunk)));
        }
    }
    blocks
}

/// The number before a step, and the step.
fn numbered(line: &str) -> Option<(&str, &str)> {
    let (number, text) = line.split_once(". ")?;
    number.parse::<u32>().ok().map(|_| (number, text))
}

/// Steps, each from its number to the next.
fn steps(chunk: &str) -> Vec<Block> {
    let mut steps: Vec<(&str, String)> = Vec::new();
    for line in chunk.lines() {
        match (numbered(line), steps.last_mut()) {
            (Some((number, text)), _) => steps.push((number, text.to_string())),
            (None, Some((_, text))) => *text += &format!(" {}", line.trim()),
            (None, None) => {}
        }
    }
    let step = |(number, text): (&str, String)| Block::Step {
        number: number.to_string(),
        text,
    };
    steps.into_iter().map(step).collect()
}

/// Lines as one, with single spaces.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A measure from its name, its paragraph and its list of `key: text`.
fn advice(what: &str, how: &str, facts: &str) -> Advice {
    let fact = |key: &str| {
        let mut lines = facts.trim_start_matches("- ").split("\n- ");
        lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(": ").map(joined))
    };
    Advice {
        what: what.to_string(),
        how: joined(how),
        evidence: fact("evidence")
            .and_then(|word| Evidence::from_word(&word))
            .unwrap_or(Evidence::AdviceOnly),
        found: fact("found").unwrap_or_default(),
        disputed: fact("disputed"),
        caution: fact("caution"),
        record: fact("record").unwrap_or_default(),
        sources: fact("sources")
            .iter()
            .flat_map(|s| s.split(' '))
            .map(str::to_string)
            .collect(),
    }
}

/// What a page leaves to the program: the factors by group, or one of the lists of sources.
fn filled_in(name: &str) -> Vec<Block> {
    if name == "factors" {
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for factor in data::factors() {
            match groups.iter_mut().find(|(group, _)| *group == factor.group) {
                Some((_, names)) => names.push(factor.factor),
                None => groups.push((factor.group, vec![factor.factor])),
            }
        }
        let groups = groups.into_iter();
        return groups
            .map(|(group, names)| item(group, names.join(", ")))
            .collect();
    }
    let list = catalogue::sources();
    let rules = |claim: &ClaimRow| match claim.rules.as_slice() {
        [] => String::new(),
        rules => t!(help, "rules", rules = rules.join(", ")),
    };
    let claims = |is_recorded: bool| {
        let chosen = list
            .claims
            .iter()
            .filter(move |claim| claim.reason.is_none() == is_recorded);
        chosen.map(move |claim| {
            let recorded_as = claim.recorded_as.join(", ");
            let place = claim.reason.unwrap_or(&recorded_as);
            let text = format!("{}: {place}{}", claim.says, rules(claim));
            item(claim.claim, text)
        })
    };
    match name {
        "documents" => list
            .documents
            .iter()
            .map(|d| item(d.document, d.about))
            .collect(),
        "recorded" => claims(true).collect(),
        "unrecorded" => claims(false).collect(),
        _ => {
            let about = |work: &Work| format!("{}. {}", work.what, work.place);
            let works = list.literature.iter();
            works
                .map(|work| item(work.key, about(work).trim_end()))
                .collect()
        }
    }
}

impl Advice {
    /// The measure as paragraphs; the first is its name.
    pub(crate) fn paragraphs(&self) -> Vec<String> {
        let evidence = match self.evidence {
            Evidence::Trial => t!(help, "evidence-trial"),
            Evidence::TrialsDisagree => t!(help, "evidence-trials-disagree"),
            Evidence::NoEffect => t!(help, "evidence-no-effect"),
            Evidence::Weak => t!(help, "evidence-weak"),
            Evidence::AdviceOnly => t!(help, "evidence-advice-only"),
            Evidence::Warned => t!(help, "evidence-warned"),
        };
        let found = t!(help, "evidence", evidence, found = self.found);
        let mut out = vec![
            self.what.clone(),
            self.how.clone(),
            found.trim_end().to_string(),
        ];
        let (disputed, caution) = (self.disputed.iter(), self.caution.iter());
        out.extend(disputed.map(|disputed| t!(help, "disputed", disputed)));
        out.extend(caution.map(|caution| t!(help, "caution", caution)));
        out.push(t!(help, "record", record = self.record));
        out.push(t!(help, "sources", sources = self.sources.join(" ")));
        out
    }
}

impl Topic {
    fn new(name: &'static str, title: &'static str, blocks: Vec<Block>) -> Self {
        Topic {
            schema: 1,
            kind: "help",
            name,
            title,
            blocks,
        }
    }
}

/// What may be recorded under a term, with its sources in brackets.
fn entry(term: impl Into<String>, text: &str, sources: &[&str]) -> Block {
    match sources {
        [] => item(term, text),
        sources => item(term, format!("{text} [{}]", sources.join(" "))),
    }
}

fn factor(row: &FactorRow) -> Block {
    let (label, accepted, when) = (&row.label, &row.accepted, row.timing.word());
    let mut text = t!(help, "factor", label, when, accepted);
    if let Some(note) = row.note {
        text += &format!(" {note}");
    }
    entry(&row.factor, &text, row.sources)
}

impl FactorList {
    /// The factors in force as a page, by group; those put away at the end.
    pub(crate) fn topic(&self) -> Topic {
        let mut blocks = vec![says(t!(help, "factors-intro"))];
        let (retired, in_force): (Vec<_>, Vec<_>) = self.factors.iter().partition(|f| f.retired);
        for group in in_force.chunk_by(|a, b| a.group == b.group) {
            blocks.extend(group.first().map(|row| heading(&row.group)));
            blocks.extend(group.iter().map(|row| factor(row)));
        }
        if !retired.is_empty() {
            blocks.push(heading(t!(help, "put-away")));
            blocks.extend(retired.into_iter().map(factor));
        }
        Topic::new("factor list", t!(help, "factors-title"), blocks)
    }
}

impl FactList {
    /// The facts and conditions as a page.
    pub(crate) fn topic(&self) -> Topic {
        let mut blocks = vec![says(t!(help, "facts-intro"))];
        blocks.extend(self.facts.iter().map(|f| {
            let text = format!("{} ({})", f.question, f.accepted);
            entry(f.key, &text, f.sources)
        }));
        blocks.push(heading(t!(help, "conditions")));
        let conditions = self.conditions.iter();
        blocks.extend(conditions.map(|c| entry(c.condition, &format!("{}.", c.label), c.sources)));
        blocks.push(says(t!(help, "conditions-other")));
        Topic::new("me list", t!(help, "facts-title"), blocks)
    }
}

impl SymptomList {
    /// The symptoms as a page.
    pub(crate) fn topic(&self) -> Topic {
        let mut blocks = vec![says(t!(help, "symptoms-intro"))];
        let symptoms = self.symptoms.iter();
        blocks.extend(symptoms.map(|s| entry(s.symptom.word(), s.question, s.sources)));
        blocks.push(heading(t!(help, "details")));
        let brought_on: Vec<&str> = self.brought_on.iter().map(|w| w.word()).collect();
        blocks.push(item("brought-on=", brought_on.join(" ")));
        let relieved_by: Vec<&str> = self.relieved_by.iter().map(|w| w.word()).collect();
        blocks.push(item("relieved-by=", relieved_by.join(" ")));
        blocks.push(item("lasts=", "5min 2h"));
        blocks.push(item("since=", "2026-02-01"));
        blocks.push(item("sudden=", "yes no"));
        blocks.push(item("worse=", "yes no"));
        blocks.push(item("difference=", "3cm"));
        Topic::new("symptom list", t!(help, "symptoms-title"), blocks)
    }
}

impl WordList {
    /// The words of an episode and of a night as a page.
    pub(crate) fn topic(&self) -> Topic {
        let mut blocks = vec![says(t!(help, "words-intro"))];
        for (record, title) in [
            ("episode", t!(help, "words-cramp")),
            ("night", t!(help, "words-night")),
        ] {
            blocks.push(heading(title));
            blocks.extend(self.fields.iter().filter(|f| f.record == record).map(|f| {
                let text = format!("{}: {}.", f.label, f.accepted);
                entry(f.field, &text, f.sources)
            }));
        }
        blocks.push(heading(t!(help, "words-relief")));
        blocks.extend(self.relief.iter().map(|r| {
            let text = format!("{}.", r.label);
            entry(format!("+{}", r.word), &text, r.sources)
        }));
        Topic::new("words", t!(help, "words-title"), blocks)
    }
}
