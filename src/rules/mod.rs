//! Medical advice as values: patterns that deserve a check, each with its source.
