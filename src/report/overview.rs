//! The analysis at a glance: the links as rows of a picture, the other factors as lists of names, and what must be known
//! about all of them, each said once. It is made of what [`Factors`] holds and computes nothing anew.

use crate::analysis::association::{Association, Caution, Grade, NoAnalysis};
use crate::data::word::Word;
use crate::report::chart::forest::{ratio_axis, row};
use crate::report::chart::{Axis, ForestRow};
use crate::report::factors::{Factors, circumstances};
use crate::report::say::factor::{family, left_out, refusal};
use crate::report::say::overview as say;
use crate::words::t;

/// What one looks at first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Overview {
    /// How many nights it rests on, or why nothing can be compared.
    pub(crate) coverage: Vec<String>,
    /// Ratios, on an axis of logarithms.
    pub(crate) axis: Axis,
    /// The strongest first.
    pub(crate) links: Vec<LinkRow>,
    /// Factors that are no links, by grade; groups without one are left out.
    pub(crate) groups: Vec<Group>,
    /// How many things were compared, when was looked, and how often such a link is chance.
    pub(crate) limits: Vec<String>,
    /// What weakens some of the links or all of them.
    pub(crate) notices: Vec<String>,
    /// What else is to be known of the nights, and what to write down next.
    pub(crate) further: Vec<String>,
}

/// One link.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LinkRow {
    pub(crate) name: String,
    /// What the ratio compares, where it is not "with it" and "without".
    pub(crate) contrast: Option<String>,
    /// What the counts compare, where it is not "with it" and "without".
    pub(crate) sides: Option<String>,
    pub(crate) grade: &'static str,
    /// Cramp nights of nights, with and without.
    pub(crate) counts: String,
    /// The ratio and its interval in numbers.
    pub(crate) ratio: String,
    /// Where ratio and interval stand on the axis.
    pub(crate) place: ForestRow,
}

/// The names of the factors of one grade.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    pub(crate) title: &'static str,
    pub(crate) names: Vec<String>,
}

/// The analysis at a glance.
pub(crate) fn overview(report: &Factors) -> Overview {
    let factors: Vec<&Association> = report.factors.iter().map(|entry| &entry.found).collect();
    let linked = |f: &&Association| f.grade.is_link();
    let links: Vec<&Association> = factors.iter().copied().filter(linked).collect();
    let axis = ratio_axis(&links);
    let found = &report.found;
    let mut limits = Vec::new();
    let mut coverage = Vec::new();
    if found.nights.recorded > 0 {
        coverage.push(say::nights_at_a_glance(&found.nights));
    }
    match found.refused {
        Some(why) => coverage.push(refusal(why)),
        None => {
            // what chance decided is said on the first screen, before what may be chance
            limits.extend(report.factors.iter().filter_map(|entry| {
                let said = entry.experiment.as_ref()?.sentences.first()?;
                let label = &entry.found.label;
                Some(t!(experiment, "shown-of", label, said))
            }));
            limits.push(family(found.tested));
            limits.push(say::look(found));
            limits.extend(say::chance(&links, found.look));
        }
    }
    let mut notices = bundles(&links, &factors);
    notices.extend(cautions(&links));
    notices.extend(circumstances(found));
    let mut further: Vec<String> = report.left_out.iter().map(left_out).collect();
    if found.nights.unknown > 0 && found.refused.is_none() {
        further.push(t!(analyze, "unknown-by-chance").to_string());
    }
    if found.refused == Some(NoAnalysis::NoNights) {
        further.push(t!(week, "how-to-begin").to_string());
    }
    let written = report.record_next.iter();
    further.extend(written.map(|next| t!(analyze, "next-short", what = &next.sentence)));
    Overview {
        coverage,
        links: links.iter().map(|f| LinkRow::of(f, &axis)).collect(),
        axis,
        groups: groups(&factors),
        limits,
        notices,
        further,
    }
}

impl LinkRow {
    fn of(factor: &Association, axis: &Axis) -> LinkRow {
        LinkRow {
            name: say::name(factor),
            contrast: say::contrast(factor),
            sides: say::sides_in_short(factor),
            grade: factor.grade.word(),
            counts: say::counts_in_short(&factor.table),
            ratio: factor.ratio().map_or_else(String::new, say::ratio_in_short),
            place: row(factor, axis),
        }
    }
}

/// Names by grade. Of what is not enough yet the nearest comes first, with the nights it still needs.
fn groups(factors: &[&Association]) -> Vec<Group> {
    let of = |grade: Grade| factors.iter().copied().filter(move |f| f.grade == grade);
    let (left_out, mut short): (Vec<&Association>, Vec<&Association>) =
        of(Grade::NotEnough).partition(|f| f.cautions.contains(&Caution::NotJudged));
    short.sort_by_key(|f| f.need_nights.unwrap_or(usize::MAX));
    let needs = short.iter().any(|f| say::nights_in_reach(f).is_some());
    let groups = [
        Group {
            title: t!(analyze, "cannot-tell"),
            names: of(Grade::CannotTell).map(say::name).collect(),
        },
        Group {
            title: t!(analyze, "no-sizeable-link"),
            names: of(Grade::NoSizeableLink).map(say::name).collect(),
        },
        Group {
            title: match needs {
                true => t!(analyze, "not-enough-yet-needing"),
                false => t!(analyze, "not-enough-yet"),
            },
            names: short.into_iter().map(say::name_and_need).collect(),
        },
        Group {
            title: t!(analyze, "not-judged"),
            names: left_out.into_iter().map(say::name).collect(),
        },
    ];
    let groups = groups.into_iter();
    groups.filter(|group| !group.names.is_empty()).collect()
}

/// Links that cannot be told apart from something else, a sentence for all that belong together.
pub(crate) fn bundles(links: &[&Association], factors: &[&Association]) -> Vec<String> {
    let mut said: Vec<Vec<&str>> = Vec::new();
    for link in links.iter().filter(|link| !link.bundled_with.is_empty()) {
        let others = link.bundled_with.iter().map(String::as_str);
        let mut members: Vec<&str> = others.chain([link.factor.as_str()]).collect();
        members.sort_unstable();
        if !said.contains(&members) {
            said.push(members);
        }
    }
    let name = |id: &str| {
        let factor = factors.iter().find(|f| f.factor == id);
        factor.map_or_else(|| id.to_string(), |f| say::name(f))
    };
    let said = said.iter();
    said.map(|members| say::bundle(members.iter().map(|id| name(id)).collect()))
        .collect()
}

/// What weakens some links, a sentence for all to which it applies. What can only be said with numbers of one factor
/// stands with that factor.
fn cautions(links: &[&Association]) -> Vec<String> {
    let of = |caution: &Caution| {
        let concerned = |link: &&Association| link.cautions.contains(caution);
        let concerned: Vec<&Association> = links.iter().copied().filter(concerned).collect();
        (!concerned.is_empty()).then(|| say::notice(&concerned, links.len(), *caution))
    };
    let cautions = Caution::ALL.iter().filter(|c| **c != Caution::Bundled);
    cautions.filter_map(of).collect()
}
