//! Which factors people have, world by world.

use crate::simulate::habit::Nature;

/// Independent, in short, week-long and month-long spells; two thirds of them seasonal.
pub(crate) const USUAL: [Nature; 15] = [
    Nature::spells(1.0, 0.0),
    Nature::spells(1.0, 0.7),
    Nature::spells(1.0, 0.7),
    Nature::spells(3.0, 0.0),
    Nature::spells(3.0, 0.7),
    Nature::spells(3.0, 0.7),
    Nature::spells(7.0, 0.0),
    Nature::spells(7.0, 0.7),
    Nature::spells(7.0, 0.7),
    Nature::spells(30.0, 0.0),
    Nature::spells(30.0, 0.7),
    Nature::spells(30.0, 0.7),
    Nature::spells(1.0, 0.7),
    Nature::spells(3.0, 0.0),
    Nature::spells(7.0, 0.7),
];
/// The same, every one strongly seasonal.
pub(crate) const SEASONAL: [Nature; 15] = {
    let mut all = USUAL;
    let mut i = 0;
    while i < all.len() {
        all[i] = all[i].with_season(2.0);
        i += 1;
    }
    all
};
/// The usual ones with the last `N` replaced.
const fn with_last<const N: usize>(nature: Nature) -> [Nature; 15] {
    let mut all = USUAL;
    let mut i = all.len() - N;
    while i < all.len() {
        all[i] = nature;
        i += 1;
    }
    all
}
pub(crate) const LATE: [Nature; 15] = with_last::<3>(Nature::Late);
pub(crate) const SHARED: [Nature; 15] = with_last::<9>(Nature::Weekly);
pub(crate) const REACTIVE: [Nature; 15] = with_last::<5>(Nature::Reactive);
pub(crate) const STARTED: [Nature; 6] = [
    USUAL[2],
    USUAL[5],
    USUAL[8],
    Nature::AtWorst { stops: false },
    Nature::AtWorst { stops: false },
    Nature::AtWorst { stops: false },
];
pub(crate) const ON_AND_OFF: [Nature; 6] = [Nature::AtWorst { stops: true }; 6];

/// Three factors of a nature, then usual ones; only the three are targets.
const fn three_of(nature: Nature) -> [Nature; 12] {
    let mut all = [nature; 12];
    let mut i = 3;
    while i < all.len() {
        all[i] = USUAL[i];
        i += 1;
    }
    all
}
/// Pairs that nearly always agree, then usual ones.
const fn pairs(second: Nature) -> [Nature; 12] {
    let mut all = [second; 12];
    let mut i = 0;
    while i < all.len() {
        if i % 2 == 0 || i >= 6 {
            all[i] = USUAL[i];
        }
        i += 1;
    }
    all
}
pub(crate) const TEMPERATURES: [Nature; 12] = three_of(Nature::Temperature);
pub(crate) const STRESSES: [Nature; 12] = three_of(Nature::Stress);
pub(crate) const AMOUNTS: [Nature; 12] = three_of(Nature::Amount);
pub(crate) const SCALES: [Nature; 12] = three_of(Nature::Scale);
pub(crate) const CHOICES: [Nature; 12] = three_of(Nature::Choice);
pub(crate) const TWINS: [Nature; 12] = pairs(Nature::Twin);
pub(crate) const DAYS_BEFORE: [Nature; 12] = pairs(Nature::DayBefore);
pub(crate) const OF_EVERY_KIND: [Nature; 12] = [
    Nature::Temperature,
    Nature::Stress,
    Nature::Amount,
    Nature::Scale,
    Nature::Choice,
    USUAL[1],
    Nature::Twin,
    USUAL[5],
    USUAL[8],
    Nature::DayBefore,
    USUAL[11],
    USUAL[0],
];
