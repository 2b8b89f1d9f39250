//! Substances a dose is counted in, and how much of the element a salt holds.

use crate::diary::word::words;

words! {
    /// A nutrient whose doses are added up over factors, intakes and courses.
    Nutrient, "nutrient", {
        Magnesium = "magnesium", Calcium = "calcium", Potassium = "potassium", Sodium = "sodium",
        VitaminD = "vitamin-d", VitaminB6 = "vitamin-b6", VitaminB12 = "vitamin-b12",
        VitaminK2 = "vitamin-k2",
    }
}
