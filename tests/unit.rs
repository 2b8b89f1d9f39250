//! Quantities as typed: what is read, what is converted, what is refused.

use crate::diary::unit::*;

fn to(word: &str, target: &str) -> Result<f64, QuantityError> {
    parse(word)?.to(target, None)
}

#[test]
fn units_of_one_dimension_convert() {
    for (word, target, want) in [
        ("18C", "°C", 18.0),
        ("-3°C", "°C", -3.0),
        ("64.4F", "°C", 18.0),
        ("64.4°f", "°C", 18.0),
        ("-40F", "°C", -40.0),
        ("45min", "min", 45.0),
        ("45m", "min", 45.0),
        ("1h", "min", 60.0),
        ("1h30", "min", 90.0),
        ("1h30m", "min", 90.0),
        ("90s", "min", 1.5),
        ("2m30s", "s", 150.0),
        ("2m30", "s", 150.0),
        ("1.5l", "ml", 1_500.0),
        ("1,5L", "ml", 1_500.0),
        ("33cl", "ml", 330.0),
        ("0.07g", "mg", 70.0),
        ("300mg", "mg", 300.0),
        ("25µg", "µg", 25.0),
        ("25μg", "µg", 25.0),
        ("25ug", "µg", 25.0),
        ("25mcg", "µg", 25.0),
        ("1000ft", "m", 304.8),
        ("2units", "units", 2.0),
        ("1unit", "units", 1.0),
        ("2glasses", "glass", 2.0),
        ("3x", "x", 3.0),
        ("7", "min", 7.0),
    ] {
        assert_eq!(to(word, target), Ok(want), "{word}");
    }
}

#[test]
fn international_units_are_a_mass_only_for_a_known_substance() {
    let vitamin_d = Some(VITAMIN_D_IU_PER_UG);
    assert_eq!(parse("4000IU").unwrap().to("µg", vitamin_d), Ok(100.0));
    assert!(matches!(
        to("4000IU", "µg"),
        Err(QuantityError::WrongUnit { .. })
    ));
}

#[test]
fn what_can_be_read_in_two_ways_is_refused() {
    assert!(matches!(
        parse("1,500ml"),
        Err(QuantityError::Ambiguous { .. })
    ));
    assert!(matches!(
        duration_s("90m", LONGEST_EPISODE_S),
        Err(QuantityError::Ambiguous { .. })
    ));
    assert!(matches!(
        zero_to_ten("3/4"),
        Err(QuantityError::Ambiguous { .. })
    ));
    assert!(matches!(
        duration_s("3", LONGEST_EPISODE_S),
        Err(QuantityError::NeedsUnit { .. })
    ));
}

#[test]
fn durations_have_a_longest_and_are_never_nothing() {
    assert_eq!(duration_s("3m", LONGEST_EPISODE_S), Ok(180));
    assert_eq!(duration_s("12h", LONGEST_EPISODE_S), Ok(43_200));
    let error = duration_s("13h", LONGEST_EPISODE_S).unwrap_err();
    assert_eq!(
        error.to_string(),
        "'13h' is outside what can be recorded here: at most 12 h"
    );
    assert!(matches!(error, QuantityError::OutOfRange(..)));
    assert_eq!(duration_s("2d", LONGEST_AFTER_S), Ok(172_800));
    for word in ["0s", "-3min", "-1h30"] {
        assert!(
            matches!(
                duration_s(word, LONGEST_EPISODE_S),
                Err(QuantityError::Impossible { .. })
            ),
            "{word}"
        );
    }
}

#[test]
fn other_words_are_told_from_impossible_ones() {
    for word in ["calf", "", "-", "°C", "3xyz", "30s2m", "1.2.3", "🦵3"] {
        let error = parse(word).and_then(|q| q.to("min", None)).expect_err(word);
        let other = matches!(
            error,
            QuantityError::NotAQuantity(..) | QuantityError::UnknownUnit(..)
        );
        assert!(other, "{word}: {error}");
    }
    assert!(matches!(
        to("18C", "min"),
        Err(QuantityError::WrongUnit(..))
    ));
    let huge = "9".repeat(400);
    assert!(matches!(
        parse(&huge),
        Err(QuantityError::Impossible { .. })
    ));
}

#[test]
fn scores_and_counts_keep_their_bounds() {
    assert_eq!(zero_to_ten("7/10"), Ok(7));
    assert_eq!(zero_to_ten("0"), Ok(0));
    assert!(zero_to_ten("11").is_err());
    assert!(zero_to_ten("6.5").is_err());
    assert!(zero_to_ten("-1").is_err());
    assert_eq!(score("6.5", 10.0), Ok(6.5));
    assert_eq!(count("3x", 50), Ok(3));
    assert!(count("51", 50).is_err());
    assert!(count("1.5", 50).is_err());
}

#[test]
fn numbers_and_spans_read_well() {
    assert_eq!(show(17.777_777), "17.78");
    assert_eq!(show(-0.001), "0");
    assert_eq!(show(300.0), "300");
    assert_eq!(span(150), "2 min 30 s");
    assert_eq!(span(5_400), "1 h 30 min");
    assert_eq!(span(0), "0 s");
}

proptest::proptest! {
    /// Whatever is typed gets an answer, and an accepted number is finite and within its bounds.
    #[test]
    fn anything_typed_gets_an_answer(word in "\\PC{0,12}|[-+]?[0-9.,]{1,6}[a-zA-Z°µ/]{0,4}[0-9]{0,3}[a-z]{0,3}") {
        if let Ok(quantity) = parse(&word) {
            proptest::prop_assert!(quantity.number.is_finite());
        }
        if let Ok(seconds) = duration_s(&word, LONGEST_EPISODE_S) {
            proptest::prop_assert!((1..=LONGEST_EPISODE_S).contains(&seconds));
        }
        if let Ok(score) = zero_to_ten(&word) {
            proptest::prop_assert!(score <= 10);
        }
        if let Ok(times) = count(&word, 50) {
            proptest::prop_assert!(times <= 50);
        }
        for def in crate::diary::factor::Catalogue::built_in().iter() {
            if let Ok(reading) = def.read(&word) {
                proptest::prop_assert!(def.accepts(&reading.value), "{} {}", def.factor, word);
            }
        }
    }

    /// A duration said back in words is the one that was meant.
    #[test]
    fn a_span_reads_back(seconds in 1_u32..43_200) {
        proptest::prop_assert_eq!(
            duration_s(&span(seconds).replace(' ', ""), LONGEST_EPISODE_S),
            Ok(seconds)
        );
    }
}
