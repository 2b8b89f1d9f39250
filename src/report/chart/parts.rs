//! Which side and which muscle: counts of the parts of all cramps.

use crate::diary::vocabulary::Side;
use crate::diary::word::Word;
use crate::diary::{Diary, Episode, Nights};
use crate::report::chart::{Chart, Part, Parts, Picture, Table};
use crate::report::say::{alt, chart as say};

/// How many muscles are named; the others are counted together.
const NAMED: usize = 4;

/// Night cramps of `nights` by side. Excluded nights are left out.
pub(crate) fn sides(diary: &Diary, nights: Nights) -> Chart {
    parts(
        diary,
        nights,
        "Side",
        |cramp: &Episode| cramp.side,
        &[Side::Left, Side::Right, Side::Both],
    )
}

/// Night cramps of `nights` by muscle: the four most frequent by name, the others together. Excluded nights are left
/// out.
pub(crate) fn sites(diary: &Diary, nights: Nights) -> Chart {
    parts(diary, nights, "Site", |cramp: &Episode| cramp.site, &[])
}

/// Counts by one word of the vocabulary; the words in `always` are listed even with a count of 0.
fn parts<W: Word>(
    diary: &Diary,
    nights: Nights,
    what: &str,
    of: impl Fn(&Episode) -> Option<W>,
    always: &[W],
) -> Chart {
    let cramps: Vec<Option<W>> = diary
        .episodes_in(nights)
        .iter()
        .filter(|episode| episode.is_night_cramp() && !diary.is_excluded(episode.night))
        .map(of)
        .collect();
    // a night answered "cramp" without details is a cramp of which no part is known
    let all = diary.cramps_in(nights);
    let count = |word: W| cramps.iter().filter(|cramp| **cramp == Some(word)).count();
    let known = cramps.iter().flatten().count();
    // none on the left is known only where a side is known at all
    let always = if known > 0 || all == 0 { always } else { &[] };
    let named = named(
        W::ALL.iter().map(|word| (*word, count(*word))).collect(),
        always,
    );
    let part = |(word, count): &(W, usize)| Part {
        label: word.word().to_string(),
        count: *count,
        unknown: false,
    };
    let mut rows: Vec<Part> = named.iter().map(part).collect();
    let elsewhere = known - rows.iter().map(|row| row.count).sum::<usize>();
    if elsewhere > 0 {
        rows.push(Part {
            label: say::ELSEWHERE.to_string(),
            count: elsewhere,
            unknown: false,
        });
    }
    let coverage = diary.coverage(nights);
    let nothing = coverage.recorded == 0;
    if nothing {
        rows.clear();
    } else if all > known || rows.is_empty() {
        rows.push(Part {
            label: say::NOT_RECORDED.to_string(),
            count: all.saturating_sub(known),
            unknown: true,
        });
    }
    let title = say::parts_title(what, all);
    let most = rows.iter().map(|row| row.count).max().unwrap_or(0);
    Chart {
        coverage: say::coverage(nights, coverage),
        alt: if nothing {
            format!("{what}: {}", say::NOTHING_RECORDED)
        } else {
            alt::parts_alt(&title, &rows)
        },
        key: Vec::new(),
        notes: if nothing {
            vec![say::NOTHING_RECORDED.to_string()]
        } else {
            Vec::new()
        },
        table: Table {
            caption: title.clone(),
            head: say::PARTS_HEAD
                .map(|head| if head.is_empty() { what } else { head }.to_string())
                .to_vec(),
            rows: rows
                .iter()
                .map(|row| vec![row.label.clone(), row.count.to_string()])
                .collect(),
        },
        picture: Picture::Parts(Parts {
            title: title.clone(),
            to: most.max(1) as f64,
            rows,
        }),
        title,
    }
}

/// The words that get a line of their own, in their own order: those `always` listed, and of the others the
/// [`NAMED`] most frequent that occur at all.
fn named<W: Word>(counts: Vec<(W, usize)>, always: &[W]) -> Vec<(W, usize)> {
    let mut frequent: Vec<(W, usize)> = counts
        .iter()
        .copied()
        .filter(|(word, count)| *count > 0 && !always.contains(word))
        .collect();
    frequent.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    frequent.truncate(NAMED);
    let listed = |entry: &(W, usize)| always.contains(&entry.0) || frequent.contains(entry);
    counts.into_iter().filter(listed).collect()
}
