//! Flags on a terminal.

use crate::report::flags::Flag;

/// What an entry set off.
pub fn at_entry(_flags: &[Flag], _width: usize) -> String {
    String::new()
}

/// Flags in the weekly report, a line each.
pub fn in_week(_flags: &[Flag]) -> Vec<String> {
    Vec::new()
}
