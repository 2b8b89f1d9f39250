//! Claims about diseases, thresholds, rules and groups at risk that no rule rests on, and why.

/// Each claim id with the reason.
pub(crate) static CLAIMS_WITHOUT_RULE: &[(&str, &str)] = &[
    (
        "S0:G0.2",
        "poor sleep before a term starts is a circumstance, kept as sleep quality; it calls for no check",
    ),
    (
        "S4:G4.3",
        "cramps at any age: so no age is left out of any rule, and age alone fires none",
    ),
];
