//! Reads the tables of what may be recorded and of what is cited for the build script, and checks every entry.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Place;
use crate::data::entries::{
    Action, Claim, Class, Condition, Document, Fact, Factor, Field, NutrientRow, Offer, On,
    Symptom, Takes, Work,
};
use crate::data::vocabulary::{FactorKind, MedicineClass};
use crate::data::word::Word;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Embeds every table and gives the sources that may be cited. The first mistake names its file and its entry.
pub(crate) fn embed(place: &Place) -> Outcome<BTreeSet<String>> {
    let folder = &place.tables;
    let claims: Vec<Claim<String>> = rows(folder, "claims.csv")?;
    let documents: Vec<Document<String>> = rows(folder, "documents.csv")?;
    let works: Vec<Work<String>> = rows(folder, "literature.csv")?;
    let mut known = names("claims.csv", claims.iter().map(|c| &c.claim))?;
    known.extend(names("literature.csv", works.iter().map(|w| &w.key))?);
    let of_document = |claim: &Claim<String>| {
        let document = claim.claim.split(':').next().unwrap_or_default();
        documents.iter().any(|d| d.document == document)
    };
    if let Some(claim) = claims.iter().find(|claim| !of_document(claim)) {
        return Err(format!("claims.csv: {} is of no document", claim.claim).into());
    }
    place.write("claims", &claims)?;
    place.write("documents", &documents)?;
    place.write("literature", &works)?;

    let tables = Tables { place, known };
    let mut factors = BTreeSet::new();
    tables.embed("factors", "factor", |file, all: &[Factor<String>]| {
        factors.extend(all.iter().map(|f| f.factor.clone()));
        check_factors(file, all)
    })?;
    tables.embed("follow", "offer", |file, all: &[Offer<String>]| {
        names(file, all.iter().map(|o| &o.offer))?;
        match all.iter().find(|o| !factors.contains(&o.offer)) {
            Some(offer) => Err(format!("{file}: {} is not a factor", offer.offer).into()),
            None => Ok(()),
        }
    })?;
    tables.embed("symptoms", "symptom", |file, all: &[Symptom<String>]| {
        complete(file, all.iter().map(|s| s.symptom))?;
        let all = || all.iter().flat_map(|s| &s.names);
        names(file, all())?;
        let bare: Vec<String> = all().map(|name| name.replace(['<', '>'], "")).collect();
        plain(file, bare.iter())
    })?;
    tables.embed("medicines", "class", |file, all: &[Class<String>]| {
        let mut classes: Vec<MedicineClass> = all.iter().map(|c| c.class).collect();
        classes.sort();
        complete(file, classes.into_iter())?;
        plain(file, all.iter().flat_map(|c| &c.names))
    })?;
    tables.embed(
        "nutrients",
        "nutrient",
        |file, all: &[NutrientRow<String>]| {
            complete(file, all.iter().map(|n| n.nutrient))?;
            names(file, all.iter().flat_map(|n| &n.names))?;
            plain(file, all.iter().flat_map(|n| &n.names))
        },
    )?;
    tables.embed("facts", "fact", |file, all: &[Fact<String>]| {
        names(
            file,
            all.iter().flat_map(|f| f.names.iter().chain([&f.fact])),
        )?;
        let no_choice =
            |f: &&Fact<String>| matches!(&f.takes, Takes::Choice(words) if words.len() < 2);
        match all.iter().find(no_choice) {
            Some(fact) => Err(format!("{file}: {} leaves no choice", fact.fact).into()),
            None => Ok(()),
        }
    })?;
    tables.embed("fields", "field", |file, all: &[Field<String>]| {
        for record in [On::Episode, On::Night] {
            let fields = all.iter().filter(|f| f.record == record);
            names(file, fields.flat_map(|f| f.names.iter().chain([&f.field])))?;
        }
        Ok(())
    })?;
    tables.embed("actions", "action", |file, all: &[Action<String>]| {
        complete(file, all.iter().map(|a| a.action))
    })?;
    tables.embed(
        "conditions",
        "condition",
        |file, all: &[Condition<String>]| {
            names(file, all.iter().map(|c| &c.condition))?;
            plain(file, all.iter().flat_map(|c| &c.names))
        },
    )?;
    Ok(tables.known)
}

/// Where the tables stand, and what their entries may cite.
struct Tables<'p> {
    place: &'p Place,
    known: BTreeSet<String>,
}

impl Tables<'_> {
    /// Embeds the entries `[[key]]` of a table once they are checked; the check gets the file to name in its messages.
    fn embed<T: DeserializeOwned + Serialize>(
        &self,
        table: &str,
        key: &str,
        check: impl FnOnce(&str, &[T]) -> Outcome<()>,
    ) -> Outcome<()> {
        let file = format!("{table}.toml");
        let all: Vec<T> = entries(&self.place.tables, &file, key, &self.known)?;
        check(&file, &all)?;
        self.place.write(table, &all)
    }
}

/// A table has every word of its vocabulary once, in its order.
fn complete<W: Word>(file: &str, words: impl Iterator<Item = W>) -> Outcome<()> {
    if words.eq(W::ALL.iter().copied()) {
        return Ok(());
    }
    Err(format!(
        "{file}: these are not all words for a {}, in the order of the vocabulary",
        W::NAME
    )
    .into())
}

/// A factor has what its type needs and nothing else, a range that is not empty, and words of the vocabulary.
fn check_factors(file: &str, factors: &[Factor<String>]) -> Outcome<()> {
    let all = factors.iter();
    names(file, all.flat_map(|f| f.names.iter().chain([&f.factor])))?;
    for f in factors {
        let kind = f.kind;
        let number = kind == FactorKind::Number;
        let fits = f.unit.is_some() == number
            && f.min.is_some() == number
            && f.max.is_some() == (number || kind == FactorKind::Scale)
            && f.step.is_some_and(|step| step > 0.0) == number
            && f.start
                .is_none_or(|start| f.min <= Some(start) && Some(start) <= f.max)
            && (number || f.start.is_none() && f.bare_from.is_none() && f.nutrient.is_none())
            && f.choices.is_empty() == (kind != FactorKind::Choice)
            && f.max.is_none_or(|max| f.min.unwrap_or(0.0) < max)
            && f.lags.is_sorted()
            && !f.lags.is_empty()
            && f.trial_why.is_some() == f.nutrient.is_none()
            && (f.trial.is_none() || f.nutrient.is_none());
        if !fits {
            return Err(format!(
                "{file}: {} has what does not fit a {kind}, or lacks what it needs",
                f.factor
            )
            .into());
        }
    }
    Ok(())
}

/// The entries of a TOML file, each with its review and with sources that are known.
fn entries<T: DeserializeOwned>(
    folder: &Path,
    file: &str,
    key: &str,
    known: &BTreeSet<String>,
) -> Outcome<Vec<T>> {
    let text = std::fs::read_to_string(folder.join(file))?;
    let mut table: toml::Table = text.parse().map_err(|e| format!("{file}: {e}"))?;
    let Some(toml::Value::Array(list)) = table.remove(key) else {
        return Err(format!("{file}: there is no [[{key}]]").into());
    };
    if let Some(other) = table.keys().next() {
        return Err(format!("{file}: {other} is none of [[{key}]]").into());
    }
    let read = |mut entry: toml::Value| -> Outcome<T> {
        let fields = entry.as_table_mut().ok_or("an entry is no table")?;
        let mut text = |field: &str| {
            let value = fields.remove(field);
            value
                .and_then(|v| v.as_str().map(str::to_string))
                .unwrap_or_default()
        };
        check_review(&text("reviewed"), &text("reviewer"))?;
        for source in fields
            .get("sources")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
        {
            let source = source.as_str().unwrap_or_default();
            if !known.contains(source) {
                return Err(format!("the source '{source}' is neither a claim nor a work").into());
            }
        }
        Ok(entry.try_into()?)
    };
    let described = |entry: toml::Value| {
        let name = entry
            .get(key)
            .and_then(toml::Value::as_str)
            .unwrap_or("?")
            .to_string();
        read(entry).map_err(|e| format!("{file}: {name}: {e}").into())
    };
    list.into_iter().map(described).collect()
}

/// The rows of a CSV file, each with its review in the last two columns. An empty cell is an absent reason.
fn rows<T: DeserializeOwned>(folder: &Path, file: &str) -> Outcome<Vec<T>> {
    let mut reader = csv::Reader::from_path(folder.join(file))?;
    let mut headers = reader.headers()?.clone();
    let columns = headers.len().saturating_sub(2);
    headers.truncate(columns);
    let mut rows = Vec::new();
    for row in reader.records() {
        let mut row = row?;
        let name = row.get(0).unwrap_or_default().to_string();
        let described = |e: Box<dyn Error>| format!("{file}: {name}: {e}");
        let cell = |at: usize| row.get(at).unwrap_or_default();
        check_review(cell(columns), cell(columns + 1)).map_err(described)?;
        row.truncate(columns);
        rows.push(
            row.deserialize(Some(&headers))
                .map_err(|e| described(e.into()))?,
        );
    }
    Ok(rows)
}

/// Every entry says when it was last compared with its sources, as year-month-day, and by whom.
fn check_review(reviewed: &str, reviewer: &str) -> Outcome<()> {
    let parts: Vec<&str> = reviewed.split('-').collect();
    let digits = parts
        .iter()
        .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !digits || lengths != [4, 2, 2] || reviewer.is_empty() {
        return Err(
            "it lacks the day it was reviewed (reviewed = \"2026-11-22\") or by whom (reviewer)"
                .into(),
        );
    }
    Ok(())
}

/// The names of a table; none may stand twice.
fn names<'a>(file: &str, all: impl Iterator<Item = &'a String>) -> Outcome<BTreeSet<String>> {
    let mut seen = BTreeSet::new();
    for name in all {
        if !seen.insert(name.clone()) {
            return Err(format!("{file}: '{name}' stands twice").into());
        }
    }
    Ok(seen)
}

/// Names that are compared with what is typed are in the form that is compared.
fn plain<'a>(file: &str, mut names: impl Iterator<Item = &'a String>) -> Outcome<()> {
    let letter = |c: char| c.is_lowercase() || c.is_numeric() || c == ' ';
    let odd = |n: &&String| !n.chars().all(letter) || n.trim() != *n || n.contains("  ");
    match names.find(odd) {
        Some(name) => {
            Err(format!("{file}: '{name}' is not in small letters with single spaces").into())
        }
        None => Ok(()),
    }
}
