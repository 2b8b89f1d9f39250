//! The first sentences of the page: how many nights had a cramp, and whether that differs from as many nights before.

use crate::diary::{Diary, Nights};
use crate::report::say::page as say;
use crate::report::stretch::{Change, Stretch, change, is_sparse, stretch};

/// As many nights before the period, in numbers, and the comparison with them.
#[derive(Debug, Clone)]
pub(crate) struct Before {
    pub(crate) nights: Stretch,
    pub(crate) change: Change,
}

impl Before {
    /// The nights just before `nights`, against `numbers`, those of `nights`.
    pub(crate) fn of(diary: &Diary, nights: Nights, numbers: &Stretch) -> Before {
        let length = i64::try_from(nights.len()).unwrap_or(i64::MAX);
        let before = stretch(diary, Nights::ending(nights.from.plus(-1), length));
        Before {
            change: change(numbers, &before),
            nights: before,
        }
    }

    /// Whether anything is recorded to compare with.
    fn is_known(&self) -> bool {
        self.nights.nights.recorded > 0
    }

    /// How much of it is recorded, behind the `coverage` of the period itself.
    pub(crate) fn coverage(&self, coverage: String) -> String {
        if self.is_known() {
            say::before_coverage(&coverage, &self.nights)
        } else {
            coverage
        }
    }

    /// One sentence about the nights, and one about the change where there is something to compare.
    pub(crate) fn summary(&self, numbers: &Stretch) -> Vec<String> {
        let before = self.is_known().then_some(&self.nights);
        let mut said = vec![say::summary(numbers, before)];
        let recorded = numbers.nights.recorded;
        let sparse =
            |s: &Stretch| is_sparse(s.nights.recorded + s.nights.unknown, s.nights.recorded);
        if recorded > 0 && self.is_known() {
            let unsure = sparse(&self.nights);
            said.extend(say::change(&self.change, (numbers, &self.nights), unsure));
        }
        said.extend((recorded > 0 && sparse(numbers)).then(say::sparse));
        said
    }
}
