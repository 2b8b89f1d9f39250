//! One measure against cramps: what it is, how good the evidence is, what speaks against it, and who says so.

use serde::Serialize;

use crate::diary::word::words;

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

impl Evidence {
    /// The evidence in a sentence.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Evidence::Trial => "One trial found that it helps; it has not been repeated.",
            Evidence::TrialsDisagree => "Trials disagree.",
            Evidence::NoEffect => "Most trials found no worthwhile effect.",
            Evidence::Weak => "The evidence is weak: small or indirect studies.",
            Evidence::AdviceOnly => "Advice only: no trial was found.",
            Evidence::Warned => "Warned against by medicines agencies.",
        }
    }
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Advice {
    /// What it is, in a few words.
    pub(crate) what: &'static str,
    /// How it is done.
    pub(crate) how: &'static str,
    /// How good the evidence is.
    pub(crate) evidence: Evidence,
    /// What was found, in a sentence or two; empty when there is nothing to add.
    pub(crate) found: &'static str,
    /// What speaks against it in the same sources; both sides are shown, none is preferred.
    pub(crate) disputed: Option<&'static str>,
    /// When to leave it, or ask first.
    pub(crate) caution: Option<&'static str>,
    /// How to write it down.
    pub(crate) record: &'static str,
    /// Claims and literature keys.
    pub(crate) sources: &'static [&'static str],
}

impl Advice {
    /// The measure as paragraphs; the first is its name.
    pub(in crate::report) fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.what.to_string(), self.how.to_string()];
        lines.push(
            format!("Evidence: {} {}", self.evidence.sentence(), self.found)
                .trim_end()
                .to_string(),
        );
        if let Some(disputed) = self.disputed {
            lines.push(format!("Sources contradict each other: {disputed}"));
        }
        if let Some(caution) = self.caution {
            lines.push(format!("Caution: {caution}"));
        }
        lines.push(format!("Write it down: {}", self.record));
        lines.push(format!("Sources: {}", self.sources.join(" ")));
        lines
    }
}
