//! The lists of the catalogue as pages of text.

use crate::diary::vocabulary::Timing;
use crate::report::catalogue::{FactList, FactorList, FactorRow, SymptomList, WordList};
use crate::report::help::{Block, Topic, heading, item, says};
use crate::words::t;

/// Sentences joined to one paragraph, empty ones left out.
fn paragraph(parts: &[String]) -> String {
    let said: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|p| !p.is_empty())
        .collect();
    said.join(" ")
}

fn cited(sources: &[&str]) -> String {
    if sources.is_empty() {
        String::new()
    } else {
        format!("[{}]", sources.join(" "))
    }
}

fn factor(row: &FactorRow) -> Block {
    let when = match row.timing {
        Timing::Day => t!(help, "when-day"),
        Timing::Evening => t!(help, "when-evening"),
        Timing::Night => t!(help, "when-night"),
    };
    let parts = [
        t!(
            help,
            "factor",
            label = row.label,
            when,
            accepted = row.accepted
        ),
        row.note.unwrap_or_default().to_string(),
        cited(row.sources),
    ];
    item(row.factor.clone(), paragraph(&parts))
}

impl FactorList {
    /// The factors in force as a page, by group; those put away at the end.
    pub(crate) fn topic(&self) -> Topic {
        let mut blocks = vec![says(t!(help, "factors-intro"))];
        let mut group = "";
        for row in self.factors.iter().filter(|f| !f.retired) {
            if row.group != group {
                group = &row.group;
                blocks.push(heading(group));
            }
            blocks.push(factor(row));
        }
        let retired: Vec<&FactorRow> = self.factors.iter().filter(|f| f.retired).collect();
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
            let parts = [
                f.question.to_string(),
                format!("({})", f.accepted),
                cited(f.sources),
            ];
            item(f.key, paragraph(&parts))
        }));
        blocks.push(heading(t!(help, "conditions")));
        blocks.extend(self.conditions.iter().map(|c| {
            let parts = [format!("{}.", c.label), cited(c.sources)];
            item(c.condition, paragraph(&parts))
        }));
        blocks.push(says(t!(help, "conditions-other")));
        Topic::new("me list", t!(help, "facts-title"), blocks)
    }
}

impl SymptomList {
    /// The symptoms as a page.
    pub(crate) fn topic(&self) -> Topic {
        let mut blocks = vec![says(t!(help, "symptoms-intro"))];
        blocks.extend(self.symptoms.iter().map(|s| {
            let parts = [s.question.to_string(), cited(s.sources)];
            item(s.symptom.to_string(), paragraph(&parts))
        }));
        let list = |words: Vec<String>| words.join(" ");
        blocks.push(heading(t!(help, "details")));
        blocks.push(item(
            "brought-on=",
            list(self.brought_on.iter().map(ToString::to_string).collect()),
        ));
        blocks.push(item(
            "relieved-by=",
            list(self.relieved_by.iter().map(ToString::to_string).collect()),
        ));
        blocks.push(item("lasts=", "5min 2h"));
        blocks.push(item("since=", "2026-02-01"));
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
                let parts = [format!("{}: {}.", f.label, f.accepted), cited(f.sources)];
                item(f.field, paragraph(&parts))
            }));
        }
        blocks.push(heading(t!(help, "words-relief")));
        blocks.extend(self.relief.iter().map(|r| {
            let parts = [format!("{}.", r.label), cited(r.sources)];
            item(format!("+{}", r.word), paragraph(&parts))
        }));
        Topic::new("words", t!(help, "words-title"), blocks)
    }
}
