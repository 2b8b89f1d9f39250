//! How records of a night or day are kept until the end of an import: in few bytes, and as if all of them had been kept as
//! they came.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;

use crate::diary::{Night, Zone};
use crate::import::nightly::effort::{Effort, STEPS};
use crate::import::nightly::packed::{Packed, Span};

/// D. Knuth's generator: the same numbers every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// 1 March 2026, 00:00 UTC.
const START: u64 = 1_772_323_200;

#[test]
fn days_of_several_sources_in_no_order_are_what_all_their_records_say() {
    let zone = Zone::named("Europe/London").unwrap();
    let mut chance = Chance(7);
    let mut effort = Effort::default();
    type Records = Vec<(u64, u64, f32)>;
    let mut all: BTreeMap<(NaiveDate, u16), Records> = BTreeMap::new();
    // 40,000 records of a phone, a watch and an app in 60 days, overlapping, a third of them said twice, some in fractions
    for _ in 0..40_000 {
        let source = chance.below(3) as u16;
        let from = START + chance.below(60 * 96) * 900 + u64::from(source) * 60;
        let to = from + [0, 60, 600, 900][chance.below(4) as usize];
        let amount = [80.0, 12.5, 0.1, 33.333_333][chance.below(4) as usize];
        let at = |seconds: u64| DateTime::from_timestamp(seconds as i64, 0).unwrap();
        let times = 1 + usize::from(chance.below(3) == 0);
        for _ in 0..times {
            let span = (at(from), at(to));
            effort.add(STEPS, source, &zone, span, amount).unwrap();
        }
        let day = zone.moment(at(from)).local().date();
        let of_day = all.entry((day, source)).or_default();
        of_day.push((from, to, amount as f32));
    }
    let mut largest: BTreeMap<Night, f64> = BTreeMap::new();
    for ((day, _), mut records) in all {
        records.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        records.dedup();
        let amount: f64 = records.iter().map(|r| f64::from(r.2)).sum();
        let of_day = largest.entry(Night::of_evening(day)).or_default();
        *of_day = of_day.max(amount);
    }
    let tenth = |x: f64| (x * 10.0).round() / 10.0;
    let expected: Vec<(Night, f64)> = largest.into_iter().map(|(n, x)| (n, tenth(x))).collect();
    let days = effort.days(&[]).into_iter();
    let days: Vec<(Night, f64)> = days.map(|((night, _), amount)| (night, amount)).collect();
    // the clocks went forward, so the last hour falls on a day more
    assert_eq!(days.len(), 61);
    assert_eq!(days, expected);
}

fn bits(spans: &[Span]) -> Vec<(u32, u32, u32)> {
    let plain = |span: &Span| (span.from, span.lasts, span.value.to_bits());
    spans.iter().map(plain).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_packed_comes_back(
        spans in prop::collection::vec((0..4_u8, any::<u32>(), any::<u16>(), any::<f32>()), 0..60),
        fine in prop::collection::vec((0..4_u8, 0..50_u32, 1..3_u32, -500..5_000_i16), 8_000..9_000),
    ) {
        let rough = spans.iter().map(|(k, from, lasts, value)| {
            (*k, Span { from: *from, lasts: (*lasts).into(), value: *value })
        });
        let fine = fine.iter().map(|(k, from, lasts, value)| {
            (*k, Span { from: *from, lasts: *lasts, value: f32::from(*value) / 10.0 })
        });
        let mut last: Packed<u8, true> = Packed::default();
        let mut once: Packed<u8, false> = Packed::default();
        let mut by_instant: BTreeMap<u8, BTreeMap<u32, Span>> = BTreeMap::new();
        let mut by_word: BTreeMap<u8, Vec<Span>> = BTreeMap::new();
        for (key, span) in rough.chain(fine) {
            last.push(key, span);
            once.push(key, span);
            by_instant.entry(key).or_default().insert(span.from, span);
            by_word.entry(key).or_default().push(span);
        }
        let expected = by_instant.iter().map(|(k, of)| (*k, bits(&of.values().copied().collect::<Vec<_>>())));
        prop_assert!(last.each().map(|(k, of)| (k, bits(&of))).eq(expected));
        let expected = by_word.into_iter().map(|(k, mut of)| {
            of.sort_by(|a, b| {
                (a.from, a.lasts).cmp(&(b.from, b.lasts)).then(a.value.total_cmp(&b.value))
            });
            of.dedup();
            (k, bits(&of))
        });
        prop_assert!(once.each().map(|(k, of)| (k, bits(&of))).eq(expected));
    }
}

#[test]
fn a_sample_a_minute_takes_three_bytes_at_most() {
    let mut chance = Chance(3);
    let mut samples: Packed<u32, true> = Packed::default();
    let (mut tenths, all) = (180_i64, 200_000);
    for n in 0..all {
        tenths = (tenths + chance.below(5) as i64 - 2).clamp(100, 300);
        let span = Span {
            from: 1_700_000_000 + 60 * n,
            lasts: 0,
            value: (tenths as f64 / 10.0) as f32,
        };
        samples.push(n / 1_440, span);
    }
    let of = samples.bytes() / all as usize;
    assert!(of < 3, "{of} bytes a sample");
}
