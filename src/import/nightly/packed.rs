//! Very many small records by night or day, kept in few bytes: once enough have come they are put in order and packed, a
//! night's by the steps from one to the next. Nothing is lost by it: what is given back is what was taken.

use std::collections::BTreeMap;

/// One record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    /// Seconds since 1970.
    pub(crate) from: u32,
    /// How much longer it lasted, seconds.
    pub(crate) lasts: u32,
    /// What was measured or counted in it.
    pub(crate) value: f32,
}

/// So many records wait before they are packed.
const WAITING: usize = 8_192;

/// Records by key. Where `LAST_COUNTS`, of those that begin at one instant only the last that was read is kept; else only
/// one that says the same as another word for word is left out.
#[derive(Debug)]
pub(crate) struct Packed<K, const LAST_COUNTS: bool> {
    /// Those not yet packed, as they were read.
    waiting: Vec<(K, Span)>,
    packed: BTreeMap<K, Box<[u8]>>,
    /// How many may wait: more where one key has very many, since each time all of its records are put in order again.
    enough: usize,
}

impl<K, const LAST_COUNTS: bool> Default for Packed<K, LAST_COUNTS> {
    fn default() -> Self {
        Packed {
            waiting: Vec::new(),
            packed: BTreeMap::new(),
            enough: WAITING,
        }
    }
}

impl<K: Ord + Copy, const LAST_COUNTS: bool> Packed<K, LAST_COUNTS> {
    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.packed.is_empty()
    }

    pub(crate) fn push(&mut self, key: K, span: Span) {
        self.waiting.push((key, span));
        if self.waiting.len() >= self.enough {
            self.pack();
        }
    }

    /// The records of each key, in order.
    pub(crate) fn each(&self) -> impl Iterator<Item = (K, Vec<Span>)> {
        let mut keys: BTreeMap<K, Vec<Span>> = BTreeMap::new();
        for (key, span) in &self.waiting {
            keys.entry(*key).or_default().push(*span);
        }
        for key in self.packed.keys() {
            keys.entry(*key).or_default();
        }
        let with = |(key, waiting): (K, Vec<Span>)| {
            let mut spans = self.packed.get(&key).map_or_else(Vec::new, |p| unpacked(p));
            if !waiting.is_empty() {
                spans.extend(waiting);
                Self::put_in_order(&mut spans);
            }
            (key, spans)
        };
        keys.into_iter().map(with)
    }

    /// Adds what `later` holds, as read after all of this.
    pub(crate) fn extend(&mut self, later: &Self) {
        for (key, spans) in later.each() {
            for span in spans {
                self.push(key, span);
            }
        }
    }

    /// The bytes that are packed.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> usize {
        self.packed.values().map(|packed| packed.len()).sum()
    }

    fn pack(&mut self) {
        // those of one key stay in the order they were read in
        self.waiting.sort_by_key(|(key, _)| *key);
        let mut most = 0;
        for of_key in self.waiting.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((key, _)) = of_key.first() else {
                continue;
            };
            let packed = self.packed.entry(*key).or_default();
            let mut spans = unpacked(packed);
            spans.extend(of_key.iter().map(|(_, span)| *span));
            Self::put_in_order(&mut spans);
            most = most.max(spans.len());
            *packed = pack(&spans);
        }
        self.waiting.clear();
        self.enough = WAITING.max(most / 4);
    }

    fn put_in_order(spans: &mut Vec<Span>) {
        if LAST_COUNTS {
            spans.sort_by_key(|span| span.from);
            spans.dedup_by(|later, earlier| {
                let again = later.from == earlier.from;
                if again {
                    *earlier = *later;
                }
                again
            });
        } else {
            let when = |span: &Span| (span.from, span.lasts);
            spans.sort_by(|a, b| when(a).cmp(&when(b)).then(a.value.total_cmp(&b.value)));
            spans.dedup();
        }
    }
}

/// Bytes for spans in order. Each begins with the seconds since the one before, and whether it lasts as long; then, where
/// it does not, how long; then its value: the step in hundredths where both are whole hundredths, or its four bytes.
fn pack(spans: &[Span]) -> Box<[u8]> {
    let mut bytes = Vec::new();
    let (mut from, mut lasts, mut hundredths) = (0, 0, 0);
    for span in spans {
        let same = u64::from(span.lasts == lasts);
        number(&mut bytes, (u64::from(span.from - from) << 1) | same);
        if same == 0 {
            number(&mut bytes, u64::from(span.lasts));
        }
        match whole_hundredths(span.value) {
            Some(now) => {
                let step = now - hundredths;
                // small steps up and down are small numbers
                let plain = ((step << 1) ^ (step >> 63)).cast_unsigned();
                number(&mut bytes, plain << 1);
                hundredths = now;
            }
            None => {
                number(&mut bytes, 1);
                bytes.extend(span.value.to_bits().to_le_bytes());
            }
        }
        (from, lasts) = (span.from, span.lasts);
    }
    bytes.into_boxed_slice()
}

/// The spans in these bytes.
fn unpacked(bytes: &[u8]) -> Vec<Span> {
    let mut rest = bytes;
    let mut out = Vec::new();
    let (mut from, mut lasts, mut hundredths) = (0_u32, 0_u32, 0_i64);
    while !rest.is_empty() {
        let first = take_number(&mut rest);
        from += u32::try_from(first >> 1).unwrap_or_default();
        if first & 1 == 0 {
            lasts = u32::try_from(take_number(&mut rest)).unwrap_or_default();
        }
        let said = take_number(&mut rest);
        let value = match (said & 1, rest.split_first_chunk()) {
            (1, Some((bytes, more))) => {
                rest = more;
                f32::from_bits(u32::from_le_bytes(*bytes))
            }
            _ => {
                let plain = said >> 1;
                hundredths += (plain >> 1).cast_signed() ^ -(plain & 1).cast_signed();
                of_hundredths(hundredths)
            }
        };
        out.push(Span { from, lasts, value });
    }
    out
}

/// A value in whole hundredths, where that loses nothing of it.
fn whole_hundredths(value: f32) -> Option<i64> {
    let hundredths = (f64::from(value) * 100.0).round();
    let whole = (hundredths.abs() < 1e15).then_some(hundredths as i64)?;
    (of_hundredths(whole).to_bits() == value.to_bits()).then_some(whole)
}

fn of_hundredths(hundredths: i64) -> f32 {
    (hundredths as f64 / 100.0) as f32
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take_number(rest: &mut &[u8]) -> u64 {
    let (mut number, mut shift) = (0, 0);
    while let Some((byte, more)) = rest.split_first() {
        *rest = more;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 || shift > 56 {
            break;
        }
        shift += 7;
    }
    number
}
