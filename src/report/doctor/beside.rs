//! What other reports find for the page: flags in force, and associations that are supported.

use crate::analysis::association::Association;
use crate::analysis::grade::Grade;
use crate::diary::{Diary, Nights};
use crate::report::doctor::{AssociationLine, Beside, FlagLine};
use crate::report::factors::{self, Wish};
use crate::report::flags::{self, Flag};
use crate::report::say::{flags as flag_words, page as say};

/// The seed 'cramp analyze' uses when none is given, so that the page shows the same numbers.
const SEED: u64 = 1;

/// What other reports find in `diary` for the page of `nights`, as known on the morning after the period.
pub(crate) fn beside(diary: &Diary, nights: Nights) -> Beside {
    let found = flags::flags(diary, nights.to.plus(1).date());
    Beside {
        flags: found.for_clinician().map(flag_line).collect(),
        associations: associations(diary, nights),
    }
}

fn flag_line(flag: &Flag) -> FlagLine {
    let urgency = flag_words::clinician_urgency(flag.urgency);
    let dates = flag_words::days(flag.first, flag.last);
    let observed = crate::report::say::print::printable(&flag.observed);
    FlagLine {
        says: flag_words::clinician_flag(urgency, &observed, &dates),
        dates,
        urgency: urgency.to_string(),
        observed,
        done: flag_words::done(flag.seen, flag.discussed.as_ref()),
    }
}

/// Links that passed the test of all factors together at a look, the best supported and then the largest first.
fn associations(diary: &Diary, nights: Nights) -> Vec<AssociationLine> {
    let wish = Wish {
        all_numbers: false,
        self_test: 0,
        seed: SEED,
    };
    let found = factors::factors(diary, nights.to, wish, &|| {});
    let mut links: Vec<&Association> = found
        .factors
        .iter()
        .map(|entry| &entry.found)
        .filter(|entry| entry.grade.strength() >= Grade::Possible.strength())
        .collect();
    let size = |entry: &Association| {
        entry
            .ratio()
            .map_or(0.0, |ratio| ratio.value.max(1e-9).ln().abs())
    };
    links.sort_by(|a, b| {
        b.grade
            .strength()
            .cmp(&a.grade.strength())
            .then_with(|| size(b).total_cmp(&size(a)))
    });
    links.into_iter().map(line).collect()
}

fn line(entry: &Association) -> AssociationLine {
    let n = &entry.table;
    AssociationLine {
        factor: say::association_factor(&entry.label, entry.lag),
        with: say::cramp_nights_of(n.cramp_exposed, n.exposed),
        without: say::cramp_nights_of(n.cramp_unexposed, n.unexposed),
        effect: entry.effect.as_ref().map_or_else(String::new, |effect| {
            say::association_effect(effect.measure, &effect.estimate, &effect.per)
        }),
        q: entry.q.map_or_else(String::new, say::q),
        grade: entry.grade.word().to_string(),
    }
}
