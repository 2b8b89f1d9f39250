//! Which side and which muscle: counts of the parts of all cramps.

use crate::diary::vocabulary::Side;
use crate::diary::word::Word;
use crate::diary::{Diary, Episode, Nights};
use crate::report::chart::{Chart, Part, Parts, Picture, Table};
use crate::report::say::chart as say;

/// Night cramps of `nights` by side. Excluded nights are left out.
pub fn sides(diary: &Diary, nights: Nights) -> Chart {
    parts(
        diary,
        nights,
        "Side",
        |cramp: &Episode| cramp.side,
        &[Side::Left, Side::Right, Side::Both],
    )
}

/// Night cramps of `nights` by muscle; muscles without one are left out. Excluded nights are left out.
pub fn sites(diary: &Diary, nights: Nights) -> Chart {
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
    let mut rows = Vec::new();
    let mut known = 0;
    for word in W::ALL {
        let count = cramps.iter().filter(|cramp| **cramp == Some(*word)).count();
        known += count;
        if count > 0 || always.contains(word) {
            rows.push(Part {
                label: word.word().to_string(),
                count,
                unknown: false,
            });
        }
    }
    if all > known || rows.is_empty() {
        rows.push(Part {
            label: say::NOT_RECORDED.to_string(),
            count: all.saturating_sub(known),
            unknown: true,
        });
    }
    let title = say::parts_title(what, all);
    let most = rows.iter().map(|row| row.count).max().unwrap_or(0);
    Chart {
        coverage: say::coverage(nights, diary.coverage(nights)),
        alt: say::parts_alt(&title, &rows),
        key: Vec::new(),
        notes: Vec::new(),
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
