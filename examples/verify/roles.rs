//! Which columns a method works on, whatever a case calls them: by their place in R's call, or else as the only ones left.

use super::case::Case;
use super::expression::Columns;
use super::formula::{arguments_of, assigned, named};
use serde_json::{Map, Value};

/// What a method wants, and where R's call has it: the function, the argument's name and its place among the unnamed.
struct Role {
    name: &'static str,
    is_list: bool,
    argument: &'static str,
    place: usize,
}

const fn list(name: &'static str, argument: &'static str, place: usize) -> Role {
    Role {
        name,
        is_list: true,
        argument,
        place,
    }
}

const fn single(name: &'static str, argument: &'static str, place: usize) -> Role {
    Role {
        name,
        is_list: false,
        argument,
        place,
    }
}

/// Beyond all places: only by its name.
const NAMED: usize = usize::MAX;

/// The functions of R that a method's call may use, and the roles of their arguments.
fn roles(method: &str) -> (Vec<&'static str>, Vec<Role>) {
    match method {
        "poisson_rate_exact" => (
            vec!["poisson.test"],
            vec![
                single("x", "x", 0),
                single("T", "T", 1),
                single("r0", "r", 2),
            ],
        ),
        "poisson_rate_ratio_exact" => (
            vec!["poisson.test"],
            vec![list("x", "x", 0), list("T", "T", 1), single("r0", "r", 2)],
        ),
        "binomial_ci" => (
            vec!["binom.test"],
            vec![
                single("x", "x", 0),
                single("n", "n", 1),
                single("p0", "p", 2),
            ],
        ),
        "fisher_exact" | "fisher_exact_extreme" => {
            (vec!["fisher_hp", "fisher.test"], vec![list("tab", "x", 0)])
        }
        "mann_whitney" => (
            vec!["wilcox.test"],
            vec![list("x", "x", 0), list("y", "y", 1)],
        ),
        "rank_correlation" => (vec!["cor.test"], vec![list("x", "x", 0), list("y", "y", 1)]),
        "p_adjust" => (vec!["p.adjust"], vec![list("p", "p", 0)]),
        "power" => (
            vec!["power.prop.test"],
            vec![
                single("p1", "p1", 1),
                single("p2", "p2", 2),
                single("alpha", "sig.level", 3),
                single("power", "power", 4),
            ],
        ),
        "mann_kendall" => (vec![], vec![list("x", "x", NAMED)]),
        "serial_correlation" => (
            vec!["acf"],
            vec![list("x", "x", 0), single("lags", "lag.max", 1)],
        ),
        "changepoint" => (
            vec!["optpart"],
            vec![
                list("x", "x", 0),
                single("penalty", "penalty", 2),
                single("min_segment", "min_segment", 3),
                list("exposure", "exposure", 4),
            ],
        ),
        "circular" => (vec![], vec![list("degrees", "degrees", NAMED)]),
        "randomisation_paired" => (vec![], vec![list("diff", "diff", NAMED)]),
        "randomisation_start_point" => (
            vec![],
            vec![
                list("y", "y", NAMED),
                list("allowed_starts_1based", "", NAMED),
                single("actual_start_1based", "", NAMED),
            ],
        ),
        _ => (vec![], vec![]),
    }
}

/// Settings of a method, which are never a column.
const SETTINGS: [&str; 3] = ["cost", "nights_elapsed", "function"];

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

/// Where a name first stands in the call as a word of its own.
fn first_place(call: &str, name: &str) -> usize {
    let alone = |at: &usize| {
        let before = call[..*at].chars().next_back();
        let after = call[at + name.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    };
    let mut places = call.match_indices(name).map(|(at, _)| at);
    places.find(alone).unwrap_or(usize::MAX)
}

/// The data of a case under the names of its method's roles.
pub(crate) fn under_roles(case: &Case) -> Value {
    let Some(own) = case.data.as_object() else {
        return case.data.clone();
    };
    let mut given: Map<String, Value> = own.clone();
    if let Some(table) = own.get("d").and_then(Value::as_object) {
        given.extend(table.clone());
    }
    let (functions, mut roles) = roles(case.method);
    // one list is the gaps between events, two are counts and what they were counted on
    let lists = given.values().filter(|v| v.is_array()).count();
    if case.method == "spc_limits" {
        roles = match lists {
            1 => vec![list("gaps", "", NAMED)],
            _ => vec![list("y", "", NAMED), list("area", "", NAMED)],
        };
    }
    let call = functions
        .iter()
        .find_map(|f| arguments_of(case.call, f, |_| true));
    let known = assigned(case);
    let mut out = own.clone();
    let mut used: Vec<String> = SETTINGS.map(str::to_owned).to_vec();
    let mut open: Vec<&Role> = Vec::new();
    for role in &roles {
        let text = call.as_ref().and_then(|list| argument(list, role));
        match text.and_then(|text| stated(text, &given, &known, &mut used)) {
            Some(value) => {
                out.insert(role.name.to_owned(), value);
            }
            None => open.push(role),
        }
    }
    // what has the role's name has the role
    open.retain(|role| match given.get(role.name) {
        Some(value) => {
            used.push(role.name.to_owned());
            out.insert(role.name.to_owned(), value.clone());
            false
        }
        None => true,
    });
    let level = call.as_ref().and_then(|list| named(list, "conf.level"));
    if let Some(level) = level.and_then(|level| level.parse::<f64>().ok()) {
        out.insert("level".to_owned(), level.into());
    }
    let mut left: Vec<(&String, &Value)> = given.iter().collect();
    left.retain(|(key, _)| !used.contains(*key) && *key != "d");
    left.sort_by_key(|(key, _)| first_place(case.call, key));
    for role in open {
        let fits = |value: &Value| value.is_number() != role.is_list;
        if let Some(at) = left.iter().position(|(_, value)| fits(value)) {
            let (_, value) = left.remove(at);
            out.insert(role.name.to_owned(), value.clone());
        }
    }
    Value::Object(out)
}

/// The text of an argument: by its name, or else by its place among those without one.
fn argument<'a>(list: &[&'a str], role: &Role) -> Option<&'a str> {
    let by_name = || {
        let mut found = list.iter().filter_map(|argument| argument.split_once('='));
        let found = found.find(|(name, _)| name.trim() == role.argument);
        found.map(|(_, value)| value.trim())
    };
    let mut unnamed = list.iter().filter(|argument| !argument.contains('='));
    by_name().or_else(|| unnamed.nth(role.place).map(|text| text.trim()))
}

/// What an argument stands for: a column or number of the case as it is given, or an expression over them.
fn stated(
    text: &str,
    given: &Map<String, Value>,
    known: &Columns,
    used: &mut Vec<String>,
) -> Option<Value> {
    let name = text.rsplit('$').next().unwrap_or(text);
    if let Some(value) = given.get(name) {
        used.push(name.to_owned());
        return Some(value.clone());
    }
    let values = known.evaluate(text).ok()?;
    used.extend(
        given
            .keys()
            .filter(|key| first_place(text, key) < text.len())
            .cloned(),
    );
    Some(match values.as_slice() {
        [one] => (*one).into(),
        several => several.into(),
    })
}

/// A number of the data that the method needs once: under its name, or the only one there is.
pub(crate) fn only_number(case: &Case, name: &str) -> Option<f64> {
    let data = case.data.as_object()?;
    let number = |value: &Value| value.as_f64();
    data.get(name).and_then(number).or_else(|| {
        let mut all = data.values().filter_map(number);
        all.next().filter(|_| all.next().is_none())
    })
}

/// Rows of the first sample and of the second, of a call such as `wilcox.test(y ~ g)`.
pub(crate) fn by_group(case: &Case) -> Option<(Vec<f64>, Vec<f64>)> {
    let list = arguments_of(case.call, "wilcox.test", |parts| {
        parts.iter().any(|p| p.contains('~'))
    })?;
    let (left, right) = list.iter().find_map(|part| part.split_once('~'))?;
    let known = assigned(case);
    let (values, groups) = (known.evaluate(left).ok()?, known.evaluate(right).ok()?);
    let lowest = groups.iter().copied().fold(f64::INFINITY, f64::min);
    let of = |first: bool| {
        let rows = values.iter().zip(&groups);
        let rows = rows.filter(|(_, g)| (**g == lowest) == first);
        rows.map(|(v, _)| *v).collect::<Vec<f64>>()
    };
    Some((of(true), of(false)))
}
