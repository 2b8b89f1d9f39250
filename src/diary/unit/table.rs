//! The units known, their spellings and how they convert.

/// What a unit measures; only units of one dimension convert into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    /// °C, °F.
    Temperature,
    /// s, min, h, d.
    Time,
    /// ml, cl, dl, l.
    Volume,
    /// µg, mg, g.
    Mass,
    /// International units: a mass only when the substance is known.
    International,
    /// m, ft, km.
    Length,
    /// Times, `3x`.
    Count,
}

/// One unit: its spellings (lower case, the first is the symbol shown), and `base = number * scale + offset`.
pub(super) struct Unit {
    names: &'static str,
    pub(super) dimension: Dimension,
    pub(super) scale: f64,
    pub(super) offset: f64,
}

const fn unit(names: &'static str, dimension: Dimension, scale: f64) -> Unit {
    Unit {
        names,
        dimension,
        scale,
        offset: 0.0,
    }
}

/// Base units: °C, s, ml, µg, IU, m, times. The foot is 0.3048 m exactly (international yard and pound, 1959).
static UNITS: &[Unit] = &[
    unit("°c c celsius degc", Dimension::Temperature, 1.0),
    Unit {
        offset: -160.0 / 9.0,
        ..unit("°f f fahrenheit degf", Dimension::Temperature, 5.0 / 9.0)
    },
    unit("s sec secs second seconds", Dimension::Time, 1.0),
    unit("min mins minute minutes", Dimension::Time, 60.0),
    unit("h hr hrs hour hours", Dimension::Time, 3_600.0),
    unit("d day days", Dimension::Time, 86_400.0),
    unit(
        "ml millilitre millilitres milliliter milliliters",
        Dimension::Volume,
        1.0,
    ),
    unit("cl", Dimension::Volume, 10.0),
    unit("dl", Dimension::Volume, 100.0),
    unit("l litre litres liter liters", Dimension::Volume, 1_000.0),
    unit("µg ug mcg", Dimension::Mass, 1.0),
    unit("mg", Dimension::Mass, 1_000.0),
    unit("g gram grams", Dimension::Mass, 1_000_000.0),
    unit("iu i.u. ie ui", Dimension::International, 1.0),
    unit("m metre metres meter meters", Dimension::Length, 1.0),
    unit("ft foot feet", Dimension::Length, 0.3048),
    unit("km", Dimension::Length, 1_000.0),
    unit("x × times", Dimension::Count, 1.0),
];

impl Unit {
    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.split(' ')
    }
}

/// The spellings accepted where `target` is wanted.
pub(super) fn accepted(target: &str, iu_per_ug: Option<f64>) -> String {
    if target.is_empty() {
        return "a number without a unit".to_string();
    }
    let Some(unit) = find(&plain(target)) else {
        return target.to_string();
    };
    let mut symbols: Vec<&str> = UNITS
        .iter()
        .filter(|u| u.dimension == unit.dimension)
        .filter_map(|u| {
            // Plain letters are easier to type than a degree sign or µ.
            match u.names().next() {
                Some("°c") => Some("C"),
                Some("°f") => Some("F"),
                Some("µg") => Some("ug"),
                first => first,
            }
        })
        .collect();
    if iu_per_ug.is_some() {
        symbols.push("IU");
    }
    symbols.join(" ")
}

pub(super) fn find(name: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.names().any(|n| n == name))
}

/// A unit's spelling as [`Quantity`](crate::diary::unit::Quantity) keeps it: lower case, one sign for micro.
pub(crate) fn plain(unit: &str) -> String {
    unit.to_lowercase().replace('μ', "µ")
}

/// `glass` and `glasses`, `unit` and `units`: the same noun in one or many.
pub(super) fn same_noun(a: &str, b: &str) -> bool {
    let stem = |noun: &str| -> String {
        let noun = noun
            .strip_suffix("es")
            .filter(|s| s.ends_with("ss"))
            .unwrap_or(noun);
        if noun.ends_with("ss") || noun.chars().count() < 4 {
            noun.to_string()
        } else {
            noun.strip_suffix('s').unwrap_or(noun).to_string()
        }
    };
    stem(a) == stem(b)
}
