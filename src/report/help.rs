//! Help topics: what the program explains without a diary, as values and as plain text. The pages stand as Markdown in
//! `src/words/en/help/`.

use serde::Serialize;

use crate::diary::factor::Catalogue;
use crate::diary::unit::{LONGEST_AFTER_S, LONGEST_EPISODE_S, span};
use crate::diary::word::{Word, words};
use crate::report::catalogue::{self, ClaimRow};
use crate::words::{HELP, t};

/// One topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Topic {
    schema: u32,
    kind: &'static str,
    /// The word after `cramp help`.
    pub(crate) name: &'static str,
    /// Its title.
    pub(crate) title: &'static str,
    /// What it says, in order.
    pub(crate) blocks: Vec<Block>,
}

/// One piece of a topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub(crate) enum Block {
    /// A heading.
    Heading { text: String },
    /// A paragraph.
    Says { text: String },
    /// Something that is written literally, or named, and what it means.
    Item { term: String, text: String },
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
    /// What it is, in a few words.
    pub(crate) what: String,
    /// How it is done.
    pub(crate) how: String,
    /// How good the evidence is.
    pub(crate) evidence: Evidence,
    /// What was found, in a sentence or two; empty when there is nothing to add.
    pub(crate) found: String,
    /// What speaks against it in the same sources; both sides are shown, none is preferred.
    pub(crate) disputed: Option<String>,
    /// When to leave it, or ask first.
    pub(crate) caution: Option<String>,
    /// How to write it down.
    pub(crate) record: String,
    /// Claims and literature keys.
    pub(crate) sources: Vec<String>,
}

/// Letters kept for the term of an item; a longer one stands on a line of its own.
const TERM: usize = 18;

/// A heading.
pub(in crate::report) fn heading(text: impl Into<String>) -> Block {
    Block::Heading { text: text.into() }
}

/// A paragraph.
pub(in crate::report) fn says(text: impl Into<String>) -> Block {
    Block::Says { text: text.into() }
}

/// A literal word and its meaning.
pub(in crate::report) fn item(term: impl Into<String>, text: impl Into<String>) -> Block {
    Block::Item {
        term: term.into(),
        text: text.into(),
    }
}

/// The names and titles of all topics, in the order they are listed.
pub(crate) fn titles() -> impl Iterator<Item = (&'static str, &'static str)> {
    HELP.iter().map(|(name, page)| (*name, title(page)))
}

/// The topic of a name.
pub(crate) fn topic(name: &str) -> Option<Topic> {
    let (name, page) = HELP.iter().find(|(known, _)| *known == name)?;
    Some(Topic::new(name, title(page), blocks(page)))
}

fn title(page: &'static str) -> &'static str {
    let first = page.lines().next().unwrap_or_default();
    first.trim_start_matches("# ")
}

/// The blocks of a page: headings `##`, measures `###` with a list of what is known of them, lists of literal words in
/// backticks with their meaning, a name in braces alone for what the program fills in, and paragraphs.
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
        } else if let Some(name) = chunk.strip_prefix('{') {
            blocks.extend(filled_in(name.trim_end_matches('}')));
        } else {
            blocks.push(says(joined(chunk)));
        }
    }
    blocks
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
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for def in Catalogue::built_in().iter() {
            match groups.iter_mut().find(|(group, _)| *group == def.group) {
                Some((_, names)) => names.push(def.factor.to_string()),
                None => groups.push((def.group.to_string(), vec![def.factor.to_string()])),
            }
        }
        let lists = groups
            .into_iter()
            .map(|(group, names)| item(group, names.join(", ")));
        return lists.collect();
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
            let place = claim
                .reason
                .map_or_else(|| claim.recorded_as.join(", "), str::to_string);
            item(
                claim.claim,
                format!("{}: {place}{}", claim.says, rules(claim)),
            )
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
            let works = list.literature.iter();
            works
                .map(|work| {
                    item(
                        work.key,
                        format!("{}. {}", work.what, work.place).trim_end(),
                    )
                })
                .collect()
        }
    }
}

impl Advice {
    /// The measure as paragraphs; the first is its name.
    fn paragraphs(&self) -> Vec<String> {
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
        out.extend(
            self.disputed
                .iter()
                .map(|disputed| t!(help, "disputed", disputed)),
        );
        out.extend(
            self.caution
                .iter()
                .map(|caution| t!(help, "caution", caution)),
        );
        out.push(t!(help, "record", record = self.record));
        out.push(t!(help, "sources", sources = self.sources.join(" ")));
        out
    }
}

impl Topic {
    pub(in crate::report) fn new(
        name: &'static str,
        title: &'static str,
        blocks: Vec<Block>,
    ) -> Self {
        Topic {
            schema: 1,
            kind: "help",
            name,
            title,
            blocks,
        }
    }

    /// The topic as text, lines of at most `width` letters where a word is not longer itself.
    pub(crate) fn text(&self, width: usize) -> String {
        let width = width.max(30);
        let mut lines = wrap(self.title, "", "", width);
        let mut last_was_item = false;
        for block in &self.blocks {
            let is_item = matches!(block, Block::Item { .. });
            if !(is_item && last_was_item) {
                lines.push(String::new());
            }
            last_was_item = is_item;
            match block {
                Block::Heading { text } => lines.extend(wrap(&text.to_uppercase(), "", "", width)),
                Block::Says { text } => lines.extend(wrap(text, "", "", width)),
                Block::Item { term, text } => lines.extend(item_lines(term, text, width)),
                Block::Advice(advice) => {
                    for (place, line) in advice.paragraphs().iter().enumerate() {
                        let indent = if place == 0 { "" } else { "  " };
                        lines.extend(wrap(line, indent, indent, width));
                    }
                }
            }
        }
        lines.join("\n")
    }
}

/// A term and its meaning; on a narrow screen, and for a long term, the meaning stands below.
fn item_lines(term: &str, text: &str, width: usize) -> Vec<String> {
    let indent = if width < 4 * TERM { 6 } else { TERM + 4 };
    let rest = " ".repeat(indent);
    if indent > TERM && term.chars().count() <= TERM {
        return wrap(text, &format!("  {term:<TERM$}  "), &rest, width);
    }
    let mut lines = wrap(term, "  ", "    ", width);
    if !text.is_empty() {
        lines.extend(wrap(text, &rest, &rest, width));
    }
    lines
}

/// `text` in lines of at most `width` letters, the first after `first`, the others after `rest`.
fn wrap(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    let text = joined(text);
    let lines = textwrap::wrap(&text, options);
    lines
        .iter()
        .map(|line| line.trim_end().to_string())
        .collect()
}
