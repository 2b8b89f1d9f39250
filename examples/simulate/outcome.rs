//! Figures with their limits, and the table they make.

/// One figure of the plan.
pub(crate) struct Figure {
    pub(crate) id: &'static str,
    pub(crate) what: String,
    pub(crate) runs: usize,
    pub(crate) got: f64,
    pub(crate) limit: Limit,
}

/// What a figure must keep to.
pub(crate) enum Limit {
    AtMost(f64),
    AtLeast(f64),
    Within(f64, f64),
    /// At least this, if anything, beside what someone finds who knows the background.
    Oracle(Option<f64>, f64),
}

impl Figure {
    pub(crate) fn passes(&self) -> bool {
        match self.limit {
            Limit::AtMost(x) => self.got <= x,
            Limit::AtLeast(x) => self.got >= x,
            Limit::Within(a, b) => (a..=b).contains(&self.got),
            Limit::Oracle(least, _) => least.is_none_or(|x| self.got >= x),
        }
    }

    pub(crate) fn row(&self) -> String {
        let limit = match self.limit {
            Limit::AtMost(x) => format!("at most {x:.3}"),
            Limit::AtLeast(x) => format!("at least {x:.3}"),
            Limit::Within(a, b) => format!("{a:.3} to {b:.3}"),
            Limit::Oracle(None, oracle) => format!("oracle {oracle:.3}"),
            Limit::Oracle(Some(x), oracle) => format!("at least {x:.3}, oracle {oracle:.3}"),
        };
        let verdict = if self.passes() { "ok" } else { "FAIL" };
        format!(
            "| {} | {} | {} | {:.3} | {limit} | {verdict} |",
            self.id, self.what, self.runs, self.got
        )
    }
}

/// What chance alone may add to a share in so many trials: 2.6 standard errors.
pub(crate) fn beyond_chance(share: f64, trials: usize) -> f64 {
    2.6 * (share * (1.0 - share) / trials as f64).sqrt()
}

const BEGIN: &str = "<!-- simulate: begin -->";
const END: &str = "<!-- simulate: end -->";

/// The text with the table between its two marks replaced; `None` when a mark is missing.
pub(crate) fn with_table(text: &str, figures: &[Figure], heading: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    let rows: Vec<String> = figures.iter().map(Figure::row).collect();
    let head = "| id | figure | runs | got | limit | |\n|---|---|---|---|---|---|";
    Some(format!(
        "{before}{BEGIN}\n{heading}\n\n{head}\n{}\n{END}{after}",
        rows.join("\n")
    ))
}
