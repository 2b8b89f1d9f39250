//! How much of a substance a dose holds.

use crate::data::rule::Substance;
use crate::data::word::Word;
use crate::diary::substance::Product;
use crate::diary::typed::has_phrase;
use crate::diary::vocabulary::Basis;
use crate::rules::dose::Amount;

#[test]
fn a_dose_is_exact_only_when_the_basis_is_known() {
    let of = |name: &str, basis| Substance::Magnesium.amount(name, Some(400.0), Some("mg"), basis);
    assert_eq!(of("magnesium", None), Amount::exactly(400.0));
    let open = of("magnesium citrate", None);
    assert!(open.low < 65.0 && open.high == 400.0);
    let compound = of("magnesium citrate", Some(Basis::Compound));
    assert!((compound.low - 64.65).abs() < 0.1 && compound.low == compound.high);
    assert_eq!(of("magnesium", Some(Basis::Compound)).low, 0.0);
    assert_eq!(
        Substance::Magnesium.amount("magnesium", None, None, None),
        Amount::UNKNOWN
    );
    assert_eq!(
        Substance::Magnesium.amount("calcium and magnesium", Some(400.0), Some("mg"), None),
        Amount::UNKNOWN
    );
}

#[test]
fn a_medicine_is_not_a_supplement() {
    assert!(!Substance::Calcium.named("atorvastatin calcium"));
    assert!(!Substance::Potassium.named("losartan potassium"));
    assert!(Substance::Magnesium.named("chelated magnesium"));
    assert!(Substance::VitaminK2.named("vitamin k2 mk-7"));
    assert!(Substance::Quinine.named("tonic water"));
    assert!(Substance::Quinine.named("quinine sulfate"));
    assert!(Substance::Potassium.named("salt substitute"));
    assert!(!Substance::VitaminD.named("vitamin b12"));
}

#[test]
fn a_factor_of_the_night_states_the_plain_nutrient() {
    let stated = Substance::ALL.iter().filter(|s| s.factor().is_some());
    let read = stated.map(|s| (Product::named(s.plain()), s.nutrient().map(Product::plain)));
    let read: Vec<_> = read.collect();
    assert!(read.len() > 4);
    assert!(read.iter().all(|(named, plain)| named == plain));
}

#[test]
fn a_phrase_stands_as_whole_words() {
    for plain in [
        "magnesium",
        "magnesium oxide",
        "chelated magnesium",
        "a magnesium b",
    ] {
        assert!(has_phrase(plain, "magnesium"), "{plain}");
    }
    for plain in ["", "magnesiums", "xmagnesium", "magnesiu m", "mag"] {
        assert!(!has_phrase(plain, "magnesium"), "{plain}");
    }
    assert!(has_phrase("cab ab ab", "ab ab") && has_phrase("x vitamin d 3", "vitamin d"));
    assert!(!has_phrase("vitamin d3", "vitamin d") && !has_phrase("ab", "ab ab"));
}
