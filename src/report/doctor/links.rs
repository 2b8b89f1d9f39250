//! The sheet about what went with cramps: links as a forest, what is no link or cannot be told by name, and before and
//! after what was started or stopped. Everything on it comes from the whole diary up to the end of the period.

use serde::Serialize;

use crate::analysis::association::{Association, Grade};
use crate::analysis::changes::BeforeAfter;
use crate::diary::Nights;
use crate::report::chart::{Chart, Table, forest};
use crate::report::doctor::found::association_row;
use crate::report::doctor::{Beside, Section, more};
use crate::report::overview::bundles;
use crate::report::say::factor::one_in;
use crate::report::say::page as say;
use crate::words::{lines, t};

/// Links drawn.
const LINKS: usize = 10;
/// Names in a list.
const NAMES: usize = 40;
/// Courses compared on the sheet; the newest are.
const COURSES: usize = 6;

/// What went with cramps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Associations {
    pub(crate) title: String,
    /// The nights it rests on, and how many things were compared.
    pub(crate) nights: String,
    /// What an association is and is not.
    pub(crate) caution: Vec<String>,
    /// Links, the best supported first; `None` when there is none, and `no_links` says so.
    pub(crate) forest: Option<Chart>,
    pub(crate) no_links: Option<String>,
    /// What the grades in the picture mean.
    pub(crate) grades: Vec<String>,
    /// Links that go together with something else, and what weakens a link.
    pub(crate) notices: Vec<String>,
    /// What is no link, cannot be told, or is not known well enough: each list by name.
    pub(crate) lists: Vec<Named>,
    /// Before and after courses and marked dates.
    pub(crate) courses: Option<Courses>,
    /// The links with the false discovery rate of each.
    pub(crate) table: Table,
    /// The links for which there is no room in the picture, by name.
    pub(crate) more: Option<String>,
    /// The rows of links for which there is no room in the picture.
    pub(crate) rest: Vec<Vec<String>>,
    /// All links with their numbers, as `analyze --json` has them.
    pub(crate) found: Vec<Association>,
}

/// Things of one grade.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Named {
    /// What the grade means.
    pub(crate) means: String,
    /// The things by name, each with its contrast and interval where it has them.
    #[serde(flatten)]
    pub(crate) names: Section<String>,
}

/// Before and after, with what such a comparison cannot show.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Courses {
    pub(crate) table: Table,
    pub(crate) caution: String,
    pub(crate) more: Option<String>,
    pub(crate) rest: Vec<Vec<String>>,
}

/// The sheet, from what was found beside the page; `None` when there is nothing to say on it.
pub(crate) fn associations(beside: &Beside, nights: Nights) -> Option<Associations> {
    let mut found: Vec<&Association> = beside.factors.iter().collect();
    found.retain(|factor| factor.grade.is_link());
    found.sort_by(|a, b| {
        let grade = b.grade.strength().cmp(&a.grade.strength());
        grade.then_with(|| b.size().total_cmp(&a.size()))
    });
    let lists = lists(&beside.factors);
    let judged = beside.factors.iter().any(|f| f.grade != Grade::NotEnough);
    let courses = courses(&beside.courses);
    if !judged && courses.is_none() {
        return None;
    }
    let shown = found.get(..LINKS).unwrap_or(&found);
    let mut rows: Vec<Vec<String>> = found.iter().map(|link| association_row(link)).collect();
    let rest = rows.split_off(shown.len());
    Some(Associations {
        title: t!(page, "associations").to_string(),
        nights: say::associations_nights(&beside.nights, nights.to, beside.tested, beside.look),
        caution: lines!(page, "associations-caution"),
        forest: (!shown.is_empty()).then(|| {
            let x = forest::interval_axis(shown);
            forest::figure(t!(page, "links"), shown, x)
        }),
        no_links: (judged && shown.is_empty()).then(|| t!(page, "no-links").to_string()),
        grades: say::grades_mean(shown, one_in(beside.look)),
        notices: bundles(shown, &beside.factors.iter().collect::<Vec<_>>())
            .into_iter()
            .chain(say::notices(shown))
            .collect(),
        lists,
        courses,
        table: Table::new(
            t!(page, "associations"),
            lines!(page, "associations-head"),
            rows,
        ),
        more: say::more_links(found.get(shown.len()..).unwrap_or_default()),
        rest,
        found: found.into_iter().cloned().collect(),
    })
}

/// Things that are no links, by grade; a grade nothing has is left out, and so is what nobody ever wrote down.
fn lists(factors: &[Association]) -> Vec<Named> {
    let grades = [Grade::NoSizeableLink, Grade::CannotTell, Grade::NotEnough];
    let lists = grades.into_iter().filter_map(|grade| {
        let of = factors.iter().filter(|factor| factor.grade == grade);
        let names: Vec<String> = of
            .filter(|factor| factor.table.nights > 0)
            .map(|factor| say::listed(factor, grade))
            .collect();
        (!names.is_empty()).then(|| Named {
            means: say::list_means(grade),
            names: Section::new(&say::list_title(grade), names, NAMES),
        })
    });
    lists.collect()
}

fn courses(compared: &[BeforeAfter]) -> Option<Courses> {
    let earlier = compared.len().saturating_sub(COURSES);
    let rows: Vec<Vec<String>> = compared.iter().map(say::course_row).collect();
    let (rest, rows) = rows.split_at(earlier);
    let title = t!(page, "courses");
    (!rows.is_empty()).then(|| Courses {
        table: Table::new(title, lines!(page, "courses-head"), rows.to_vec()),
        caution: t!(page, "courses-caution").to_string(),
        more: more(earlier),
        rest: rest.to_vec(),
    })
}
