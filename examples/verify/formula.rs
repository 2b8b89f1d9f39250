//! R model formulas, read from the call of a case and turned into a design matrix.

use super::case::{Case, numbers};
use super::expression::{Columns, split_outside};
use super::terms::{expand, wrapped};
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
    arguments_of(call, function, |parts| {
        parts.iter().any(|part| part.contains('~'))
    })
}

/// The arguments of the first call of `function` that fits.
pub(crate) fn arguments_of<'a>(
    call: &'a str,
    function: &str,
    fits: fn(&[&str]) -> bool,
) -> Option<Vec<&'a str>> {
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
            if fits(&parts) {
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

/// The columns of a case with those that its call makes of them.
pub(crate) fn assigned(case: &Case) -> Columns {
    let mut columns = columns(case);
    for statement in split_outside(case.call, ';') {
        columns.assign(statement);
    }
    columns
}

/// Builds the design of `function(formula, …)` in the case's call, after the assignments that come with it.
pub(crate) fn design(case: &Case, function: &str) -> Result<Design, String> {
    let arguments =
        arguments(case.call, function).ok_or_else(|| format!("no {function}() in the call"))?;
    let formula = formula(&arguments).ok_or("no formula")?;
    let columns = assigned(case);
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
    let mut design = build(formula, &columns, &all)?;
    // the exposure may stand beside the formula
    if let Some(beside) = named(&arguments, "offset") {
        design.offset = Some(columns.evaluate(beside)?);
    }
    Ok(design)
}

/// The columns of a variable: those of a matrix, one for a number, one for each level of a factor (but the first, unless
/// `every` level is wanted).
fn columns_of(
    piece: &str,
    columns: &Columns,
    every: bool,
) -> Result<Vec<(String, Vec<f64>)>, String> {
    if let Some(parts) = columns.matrices.get(piece) {
        let part = |name: &String| Ok((name.clone(), columns.get(name)?.to_vec()));
        return parts.iter().map(part).collect();
    }
    let Some(inner) = factor_in(piece, columns) else {
        return Ok(vec![(piece.to_owned(), columns.evaluate(piece)?)]);
    };
    let values = columns.evaluate(inner)?;
    let mut levels = values.clone();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let is = |level: f64| {
        let same = values.iter().map(|v| f64::from(u8::from(*v == level)));
        same.collect()
    };
    let others = levels.iter().skip(usize::from(!every));
    Ok(others
        .map(|level| (format!("{piece}{level}"), is(*level)))
        .collect())
}

/// What a factor is made of.
fn factor_in<'a>(piece: &'a str, columns: &Columns) -> Option<&'a str> {
    let known = columns.factors.iter().any(|name| name == piece);
    let made = wrapped(piece, "factor").or_else(|| wrapped(piece, "as.factor"));
    made.or(known.then_some(piece))
}

fn product(before: &(String, Vec<f64>), piece: &(String, Vec<f64>)) -> (String, Vec<f64>) {
    if before.0.is_empty() {
        return piece.clone();
    }
    let values = before.1.iter().zip(&piece.1).map(|(a, b)| a * b);
    (format!("{}:{}", before.0, piece.0), values.collect())
}

/// The response and what the columns of the design are, of one formula over columns.
pub(crate) fn build(formula: &str, columns: &Columns, all: &[String]) -> Result<Design, String> {
    let (left, right) = formula.split_once('~').ok_or("no formula")?;
    let left = left.trim();
    let others: Vec<String> = all.iter().filter(|name| *name != left).cloned().collect();
    let terms = expand(right, &others)?;
    let evaluate = |text: &Option<String>| text.as_deref().map(|t| columns.evaluate(t)).transpose();
    let mut offset: Option<Vec<f64>> = None;
    for text in &terms.offsets {
        let more = columns.evaluate(text)?;
        offset = Some(match offset {
            Some(sum) => sum.iter().zip(&more).map(|(a, b)| a + b).collect(),
            None => more,
        });
    }
    let response = match left {
        "" => Vec::new(),
        surv if surv.starts_with("Surv") => Vec::new(),
        left => columns.evaluate(left)?,
    };
    let mut names = Vec::new();
    let mut list: Vec<Vec<f64>> = Vec::new();
    let is_factor = |at: &usize| factor_in(&terms.variables[*at], columns).is_some();
    // without an intercept the first factor that stands alone keeps its first level
    let mut first_whole = !terms.intercept;
    for term in &terms.terms {
        let mut products = vec![(String::new(), Vec::new())];
        for at in term {
            // a factor loses its first level where the term without it is there too
            let rest: Vec<usize> = term.iter().copied().filter(|other| other != at).collect();
            let mut every = !rest.is_empty() && !terms.terms.contains(&rest);
            if rest.is_empty() && is_factor(at) {
                every = std::mem::take(&mut first_whole);
            }
            let own = columns_of(&terms.variables[*at], columns, every)?;
            products = own
                .iter()
                .flat_map(|piece| products.iter().map(move |before| product(before, piece)))
                .collect();
        }
        for (name, column) in products {
            names.push(name);
            list.push(column);
        }
    }
    let rows = match response.len() {
        0 => list.iter().map(Vec::len).max().unwrap_or(0),
        rows => rows,
    };
    if terms.intercept {
        names.insert(0, "(Intercept)".to_owned());
        list.insert(0, vec![1.0; rows]);
    }
    // a single number stands for all rows
    for column in list.iter_mut().chain(&mut offset) {
        if let [value] = *column.as_slice() {
            *column = vec![value; rows];
        }
    }
    if list.iter().any(|column| column.len() != rows) {
        return Err("columns of different lengths".to_owned());
    }
    Ok(Design {
        y: response,
        x: list,
        names,
        offset,
        strata: evaluate(&terms.strata)?,
        cluster: evaluate(&terms.cluster)?,
    })
}
