//! R model formulas, read from the call of a case and turned into a design matrix.

use super::case::{Case, numbers};
use super::expression::{Columns, split_outside};
use serde_json::Value;

/// A model as written: response, design with its column names, and what stands beside it.
pub(crate) struct Design {
    pub(crate) y: Vec<f64>,
    /// By columns.
    pub(crate) x: Vec<Vec<f64>>,
    pub(crate) names: Vec<String>,
    pub(crate) offset: Option<Vec<f64>>,
    pub(crate) strata: Option<Vec<f64>>,
    pub(crate) cluster: Option<Vec<f64>>,
}

/// The columns of a case: its table `d` if there is one, and every list or number beside it.
pub(crate) fn columns(case: &Case) -> Columns {
    let mut columns = Columns::default();
    let tables = [
        case.data.get("d").and_then(Value::as_object),
        case.data.as_object(),
    ];
    for table in tables.into_iter().flatten() {
        for (name, value) in table {
            if !columns.values.contains_key(name)
                && let Some(values) = numbers(value)
            {
                columns.insert(name, values);
            } else if let Some(matrix) = matrix(name, value) {
                columns
                    .matrices
                    .insert(name.clone(), matrix.iter().map(|c| c.0.clone()).collect());
                for (column, values) in matrix {
                    columns.insert(&column, values);
                }
            }
        }
    }
    columns
}

/// The columns of a matrix object `{nrow, ncol, by_row, colnames}`, named as R names them in a model.
fn matrix(name: &str, value: &Value) -> Option<Vec<(String, Vec<f64>)>> {
    let ncol = usize::try_from(value.get("ncol")?.as_u64()?).ok()?;
    let cells = numbers(value.get("by_row")?)?;
    let given = value.get("colnames").and_then(Value::as_array);
    let columns = (0..ncol).map(|j| {
        let own = given
            .and_then(|g| g.get(j))
            .and_then(Value::as_str)
            .map(str::to_owned);
        let label = own.unwrap_or_else(|| {
            if ncol == 1 {
                String::new()
            } else {
                (j + 1).to_string()
            }
        });
        (
            format!("{name}{label}"),
            cells.iter().skip(j).step_by(ncol).copied().collect(),
        )
    });
    Some(columns.collect())
}

/// Names of the table's columns, which `.` in a formula stands for.
fn table_names(case: &Case, columns: &Columns) -> Vec<String> {
    match case.data.get("d").and_then(Value::as_object) {
        Some(table) => columns
            .order
            .iter()
            .filter(|name| table.contains_key(*name))
            .cloned()
            .collect(),
        None => columns.order.clone(),
    }
}

/// The arguments of the first call of `function` in the text that holds a formula.
pub(crate) fn arguments<'a>(call: &'a str, function: &str) -> Option<Vec<&'a str>> {
    let opening = format!("{function}(");
    let mut from = 0;
    while let Some(found) = call[from..].find(&opening) {
        let start = from + found;
        let word = call[..start]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.');
        let inside = &call[start + opening.len()..];
        from = start + opening.len();
        let mut depth = 1;
        let end = inside.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth == 0
        });
        if let Some((end, _)) = end
            && !word
        {
            let parts = split_outside(&inside[..end], ',');
            if parts.iter().any(|part| part.contains('~')) {
                return Some(parts);
            }
        }
    }
    None
}

/// The value of a named argument, without quotes.
pub(crate) fn named<'a>(arguments: &[&'a str], name: &str) -> Option<&'a str> {
    arguments.iter().find_map(|argument| {
        let (key, value) = argument.split_once('=')?;
        (key.trim() == name).then(|| value.trim().trim_matches(['\'', '"']))
    })
}

/// The formula among the arguments.
pub(crate) fn formula<'a>(arguments: &[&'a str]) -> Option<&'a str> {
    arguments
        .iter()
        .find(|argument| argument.contains('~'))
        .copied()
}

fn wrapped<'a>(term: &'a str, function: &str) -> Option<&'a str> {
    term.strip_prefix(function)?
        .strip_prefix('(')?
        .strip_suffix(')')
}

/// Builds the design of `function(formula, …)` in the case's call, after the assignments that come with it.
pub(crate) fn design(case: &Case, function: &str) -> Result<Design, String> {
    let arguments =
        arguments(case.call, function).ok_or_else(|| format!("no {function}() in the call"))?;
    let formula = formula(&arguments).ok_or("no formula")?;
    let mut columns = columns(case);
    for statement in split_outside(case.call, ';') {
        columns.assign(statement);
    }
    let mut all = table_names(case, &columns);
    // A JSON object has no order; that of the coefficients is given by the case's `names`.
    let order = case
        .expected
        .get("names")
        .and_then(|n| n.get("value"))
        .and_then(Value::as_array);
    let position =
        |name: &String| order.and_then(|o| o.iter().position(|n| n.as_str() == Some(name)));
    all.sort_by_key(|name| position(name).unwrap_or(usize::MAX));
    build(formula, &columns, &all)
}

/// The terms that `a * b * …` stands for: every combination of them.
fn crossed(pieces: &[&str]) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    for piece in pieces {
        let with: Vec<String> = terms.iter().map(|term| format!("{term}:{piece}")).collect();
        terms.push((*piece).to_owned());
        terms.extend(with);
    }
    terms
}

/// One column for a number, and one for each level but the first of a factor.
fn columns_of(piece: &str, columns: &Columns) -> Result<Vec<(String, Vec<f64>)>, String> {
    let factor = columns.factors.iter().any(|name| name == piece);
    let Some(inner) = wrapped(piece, "factor").or(factor.then_some(piece)) else {
        return Ok(vec![(piece.to_owned(), columns.evaluate(piece)?)]);
    };
    let values = columns.evaluate(inner)?;
    let mut levels = values.clone();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let is = |level: f64| {
        values
            .iter()
            .map(|v| f64::from(u8::from(*v == level)))
            .collect()
    };
    let others = levels.iter().skip(1);
    Ok(others
        .map(|level| (format!("{piece}{level}"), is(*level)))
        .collect())
}

fn product(before: &(String, Vec<f64>), piece: &(String, Vec<f64>)) -> (String, Vec<f64>) {
    if before.0.is_empty() {
        return piece.clone();
    }
    let values = before.1.iter().zip(&piece.1).map(|(a, b)| a * b);
    (format!("{}:{}", before.0, piece.0), values.collect())
}

/// Reads one formula over columns.
pub(crate) fn build(formula: &str, columns: &Columns, all: &[String]) -> Result<Design, String> {
    let (left, right) = formula.split_once('~').ok_or("no formula")?;
    let left = left.trim();
    let (mut offset, mut strata, mut cluster) = (None, None, None);
    let mut terms: Vec<String> = Vec::new();
    let mut intercept = true;
    for part in split_outside(right, '+') {
        let (part, removed) = match split_outside(part, '-').as_slice() {
            [kept] => (*kept, Vec::new()),
            [kept, removed @ ..] => (*kept, removed.to_vec()),
            [] => continue,
        };
        if let Some(inner) = wrapped(part, "offset") {
            offset = Some(columns.evaluate(inner)?);
        } else if let Some(inner) = wrapped(part, "strata") {
            strata = Some(columns.evaluate(inner)?);
        } else if let Some(inner) = wrapped(part, "cluster") {
            cluster = Some(columns.evaluate(inner)?);
        } else if part == "0" {
            intercept = false;
        } else if part == "." {
            terms.extend(all.iter().filter(|name| *name != left).cloned());
        } else if part.contains('*') {
            terms.extend(crossed(&split_outside(part, '*')));
        } else if part != "1" && !part.is_empty() {
            terms.push(part.to_owned());
        }
        for gone in removed {
            intercept &= gone != "1";
            terms.retain(|term| term != gone);
        }
    }
    let response = if left.starts_with("Surv") {
        Vec::new()
    } else {
        columns.evaluate(left)?
    };
    let mut names = Vec::new();
    let mut list: Vec<Vec<f64>> = Vec::new();
    let terms: Vec<String> = terms
        .into_iter()
        .flat_map(|term| {
            columns
                .matrices
                .get(&term)
                .cloned()
                .unwrap_or_else(|| vec![term])
        })
        .collect();
    // R puts main effects before interactions, whatever the order in the formula.
    let interactions = |term: &String| split_outside(term, ':').len();
    let mut terms = terms;
    terms.sort_by_key(interactions);
    for term in &terms {
        let mut products = vec![(String::new(), Vec::new())];
        for piece in split_outside(term, ':') {
            let columns = columns_of(piece, columns)?;
            products = columns
                .iter()
                .flat_map(|piece| products.iter().map(move |before| product(before, piece)))
                .collect();
        }
        for (name, column) in products {
            names.push(name);
            list.push(column);
        }
    }
    let rows = if response.is_empty() {
        list.first().map_or(0, Vec::len)
    } else {
        response.len()
    };
    if intercept {
        names.insert(0, "(Intercept)".to_owned());
        list.insert(0, vec![1.0; rows]);
    }
    if list.iter().any(|column| column.len() != rows) {
        return Err("columns of different lengths".to_owned());
    }
    Ok(Design {
        y: response,
        x: list,
        names,
        offset,
        strata,
        cluster,
    })
}
