//! The lists of the catalogue as pages of text.

use crate::diary::vocabulary::Timing;
use crate::report::catalogue::{FactList, FactorList, FactorRow, SymptomList, WordList};
use crate::report::help::{Block, Topic, heading, item, says};

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
        Timing::Day => "the day before",
        Timing::Evening => "the evening before",
        Timing::Night => "during the night",
    };
    let parts = [
        format!("{} ({when}): {}.", row.label, row.accepted),
        row.note.clone().unwrap_or_default(),
        cited(&row.sources),
    ];
    item(row.factor.clone(), paragraph(&parts))
}

impl FactorList {
    /// The factors in force as a page, by group; those put away at the end.
    pub(crate) fn topic(&self) -> Topic {
        let mut blocks = vec![says(
            "Write a factor as name=value with cramp night or cramp log; ? makes it unknown again, - removes it. Codes in brackets are \
             sources: cramp help sources. That a source names a factor does not mean that it causes cramps.",
        )];
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
            blocks.push(heading("put away"));
            blocks.extend(retired.into_iter().map(factor));
        }
        Topic::new("factor list", "Factors", blocks)
    }
}

impl FactList {
    /// The facts and conditions as a page.
    pub(crate) fn topic(&self) -> Topic {
        let mut blocks = vec![says(
            "Write a fact as key=value with cramp me. What was never asked stays unknown; none means asked, none.",
        )];
        blocks.extend(self.facts.iter().map(|f| {
            let parts = [
                f.question.to_string(),
                format!("({})", f.accepted),
                cited(f.sources),
            ];
            item(f.key, paragraph(&parts))
        }));
        blocks.push(heading("conditions the medical checks know"));
        blocks.extend(self.conditions.iter().map(|c| {
            let parts = [format!("{}.", c.label), cited(c.sources)];
            item(c.condition, paragraph(&parts))
        }));
        blocks.push(says(
            "Any other condition is kept in your words and shown to the clinician, but no check knows it.",
        ));
        Topic::new("me list", "Facts about you", blocks)
    }
}

impl SymptomList {
    /// The symptoms as a page.
    pub(crate) fn topic(&self) -> Topic {
        let mut blocks = vec![says(
            "Write what you noticed with cramp symptom NAME, with left, right or both, 0 to 10, and no for 'asked and absent'.",
        )];
        blocks.extend(self.symptoms.iter().map(|s| {
            let parts = [s.question.to_string(), cited(s.sources)];
            item(s.symptom.to_string(), paragraph(&parts))
        }));
        let list = |words: Vec<String>| words.join(" ");
        blocks.push(heading("details"));
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
        Topic::new("symptom list", "What may be noticed between cramps", blocks)
    }
}

impl WordList {
    /// The words of an episode and of a night as a page.
    pub(crate) fn topic(&self) -> Topic {
        let mut blocks = vec![says(
            "In cramp log words stand in any order. left, calf, 7/10, 3min, +stretch, a time and free words in quotes need no key; everything \
             else is key=value, and so is any factor of the night (cramp factor list).",
        )];
        for (record, title) in [("episode", "a cramp"), ("night", "a night")] {
            blocks.push(heading(title));
            blocks.extend(self.fields.iter().filter(|f| f.record == record).map(|f| {
                let parts = [format!("{}: {}.", f.label, f.accepted), cited(f.sources)];
                item(f.field, paragraph(&parts))
            }));
        }
        blocks.push(heading("what was done against it"));
        blocks.extend(self.relief.iter().map(|r| {
            let parts = [format!("{}.", r.label), cited(r.sources)];
            item(format!("+{}", r.word), paragraph(&parts))
        }));
        Topic::new("words", "The words of a line", blocks)
    }
}
