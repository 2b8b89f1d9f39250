//! The built-in factors, as data. Names and ranges follow clinical.md sections 2 and 5 of the design notes; ranges are wide on
//! purpose, because a dose that is too high must be written down to be warned about.
//!
//! Reviewed 2026-11.

use std::borrow::Cow;

use crate::diary::factor::FactorDef;
use crate::diary::nutrient::Nutrient;
use crate::diary::vocabulary::{FactorKind, Timing};

/// How a factor is measured, with its bounds.
#[derive(Clone, Copy)]
enum Shape {
    YesNo,
    /// 0 to the number given.
    Scale(f64),
    /// Unit, smallest, largest, and the smallest bare number taken to be in the unit.
    Number(&'static str, f64, f64, f64),
    Choice(&'static [&'static str]),
}
use Shape::{Choice, Number, Scale, YesNo};

/// One row of the table.
struct Row {
    factor: &'static str,
    label: &'static str,
    shape: Shape,
    timing: Timing,
    group: &'static str,
    question: &'static str,
    sources: &'static [&'static str],
    note: Option<&'static str>,
    nutrient: Option<Nutrient>,
    also: &'static [&'static str],
}

/// A row without note, nutrient and other words; those that have them say so with struct update.
const BLANK: Row = Row {
    factor: "",
    label: "",
    shape: YesNo,
    timing: Timing::Night,
    group: "",
    question: "",
    sources: &[],
    note: None,
    nutrient: None,
    also: &[],
};

/// A bare number always is in the unit.
const ANY: f64 = f64::NEG_INFINITY;
/// A bare number never is.
const NEVER: f64 = f64::INFINITY;

/// The built-in factors in the order they are listed and asked.
pub(in crate::diary) fn built_in() -> impl Iterator<Item = FactorDef> {
    ROWS.iter().map(|row| {
        let (kind, unit, min, max, bare_from, choices): (_, _, _, _, _, &[&'static str]) =
            match row.shape {
                YesNo => (FactorKind::YesNo, None, Some(0.0), Some(1.0), ANY, &[]),
                Scale(most) => (FactorKind::Scale, None, Some(0.0), Some(most), ANY, &[]),
                Number(unit, min, max, bare) => (
                    FactorKind::Number,
                    Some(unit),
                    Some(min),
                    Some(max),
                    bare,
                    &[],
                ),
                Choice(words) => (FactorKind::Choice, None, None, None, ANY, words),
            };
        // A dose may act for days, what is done by day the night after next, what is done at night that night.
        let lags: &'static [u8] = match (row.nutrient, row.timing) {
            (Some(_), _) => &[0, 1, 2],
            (None, Timing::Day) => &[0, 1],
            (None, Timing::Evening | Timing::Night) => &[0],
        };
        FactorDef {
            factor: Cow::Borrowed(row.factor),
            label: Cow::Borrowed(row.label),
            kind,
            unit: unit.map(Cow::Borrowed),
            min,
            max,
            bare_from,
            choices: choices.iter().copied().map(Cow::Borrowed).collect(),
            timing: row.timing,
            lags,
            group: Cow::Borrowed(row.group),
            question: Cow::Borrowed(row.question),
            sources: row.sources,
            note: row.note,
            nutrient: row.nutrient,
            also: row.also,
            built_in: true,
            retired: false,
        }
    })
}

static ROWS: &[Row] = &[
    // Warmth and cold.
    Row {
        factor: "room",
        label: "Room temperature",
        shape: Number("°C", -5.0, 45.0, ANY),
        group: "warmth",
        question: "How warm was the bedroom, at its coldest?",
        sources: &[
            "S0:F0.7", "S0:F0.6", "S1:F1.5", "S2:F2.5", "GAR15", "HAW13b",
        ],
        note: Some(
            "All five documents blame cold. Population data point the other way: searches for leg cramps and new \
             quinine prescriptions peak in summer (GAR15). Cold feet in bed went with cramps in one small study (HAW13b).",
        ),
        also: &[
            "temperature",
            "temp",
            "bedroom",
            "room-temp",
            "room-temperature",
        ],
        ..BLANK
    },
    Row {
        factor: "outdoor",
        label: "Outdoor temperature",
        shape: Number("°C", -60.0, 60.0, ANY),
        group: "warmth",
        question: "How cold did it get outdoors in the night?",
        sources: &["S4:F4.10", "GAR15"],
        note: Some(
            "The document names cold weather and wind; population data peak in summer (GAR15).",
        ),
        also: &["weather", "outside"],
        ..BLANK
    },
    Row {
        factor: "legs-cold",
        label: "Cold legs or feet in bed",
        shape: Scale(3.0),
        group: "warmth",
        question: "How cold were your legs or feet in bed (0 warm, 3 icy)?",
        sources: &["S4:F4.1", "S3:F3.7", "HAW13b"],
        note: Some("Cold legs stand in for poor local circulation, which a diary cannot measure."),
        also: &["cold", "cold-feet", "cold-legs"],
        ..BLANK
    },
    Row {
        factor: "legs-uncovered",
        label: "Legs or feet uncovered",
        group: "warmth",
        question: "Were your legs or feet out of the covers?",
        sources: &["S2:F2.7", "S3:F3.4", "S4:F4.2"],
        also: &["uncovered"],
        ..BLANK
    },
    Row {
        factor: "airflow",
        label: "Fan or cold air on the legs",
        group: "warmth",
        question: "Did a fan or cold air blow on your legs?",
        sources: &["S4:F4.3", "S4:C4.3"],
        also: &["fan", "draught", "air-conditioning"],
        ..BLANK
    },
    Row {
        factor: "bedding",
        label: "Thickness of the covers",
        shape: Choice(&["none", "thin", "medium", "thick"]),
        group: "warmth",
        question: "How thick were the covers?",
        sources: &["S2:F2.6", "S3:F3.4"],
        also: &["quilt", "blanket", "duvet", "covers"],
        ..BLANK
    },
    Row {
        factor: "socks",
        label: "Bed socks",
        group: "warmth",
        question: "Did you wear socks in bed?",
        sources: &["S4:C4.2", "S4:R4.3"],
        note: Some(
            "The document holds local warmth to be the most effective measure; no trial was found.",
        ),
        ..BLANK
    },
    Row {
        factor: "warm-bath",
        label: "Warm foot or leg bath before bed",
        shape: Number("min", 0.0, 180.0, ANY),
        timing: Timing::Evening,
        group: "warmth",
        question: "How long was a warm foot or leg bath before bed?",
        sources: &["S4:C4.1", "S4:R4.3"],
        note: Some(
            "Test the water with an elbow; not with numb feet or diseased arteries (burns).",
        ),
        also: &["bath", "foot-bath"],
        ..BLANK
    },
    // Bed and position.
    Row {
        factor: "posture",
        label: "Position on falling asleep",
        shape: Choice(&["supine", "prone", "side", "sitting", "other"]),
        group: "bed",
        question: "How did you lie when you fell asleep (supine = on the back, prone = on the front)?",
        sources: &[
            "S1:F1.2", "S1:F1.3", "S2:F2.3", "S2:F2.4", "S3:F3.10", "S3:F3.11", "S4:C4.9",
        ],
        also: &["position", "lying"],
        ..BLANK
    },
    Row {
        factor: "covers-press",
        label: "Covers pressing on the feet",
        group: "bed",
        question: "Did the covers press on your feet?",
        sources: &["S1:F1.2", "S2:F2.3", "S3:F3.10", "BED"],
        note: Some(
            "One document speaks of the soles (S1), another of the top of the feet (S2), the third only of the feet (S3). Only \
             pressure on the top points the foot and shortens the calf. Loosening covers is common advice without a trial (BED).",
        ),
        also: &["quilt-press", "covers-tight", "tight-covers"],
        ..BLANK
    },
    Row {
        factor: "feet-against-bed",
        label: "Lying on the front with the feet against the bed",
        group: "bed",
        question: "Did you lie on your front with your feet against the bed?",
        sources: &["S1:F1.3", "S2:F2.4", "S3:F3.11"],
        note: Some(
            "One document says the soles touch the bed (S1), another the top of the feet (S2).",
        ),
        ..BLANK
    },
    Row {
        factor: "same-position",
        label: "Same position for long",
        group: "bed",
        question: "Did you lie still in one position for long?",
        sources: &["S2:F2.2", "S4:F4.8"],
        also: &["still"],
        ..BLANK
    },
    Row {
        factor: "legs-bent",
        label: "Legs bent for long",
        group: "bed",
        question: "Did you sleep with your legs bent up?",
        sources: &["S4:F4.9"],
        also: &["curled"],
        ..BLANK
    },
    Row {
        factor: "legs-pressed",
        label: "Legs pressed",
        group: "bed",
        question: "Did something press on your legs (a partner, a pet, tight clothes)?",
        sources: &["S0:F0.6", "S0:F0.5"],
        also: &["pressure"],
        ..BLANK
    },
    Row {
        factor: "bed-short",
        label: "Bed too short",
        group: "bed",
        question: "Was the bed too short to stretch your legs out?",
        sources: &["S0:F0.5"],
        also: &["short-bed"],
        ..BLANK
    },
    // Effort.
    Row {
        factor: "exercise",
        label: "Exercise",
        shape: Number("min", 0.0, 1_440.0, ANY),
        timing: Timing::Day,
        group: "effort",
        question: "How long did you exercise yesterday?",
        sources: &[
            "S0:F0.2", "S0:F0.4", "S1:F1.4", "S2:F2.8", "S3:F3.5", "S3:F3.6", "S1:C1.3", "S1:C1.4",
            "S2:C2.2", "S4:C4.4", "DEL20", "AAFP12",
        ],
        note: Some(
            "The documents blame too much exercise and advise less of it (S1:C1.3), and more of it (S1:C1.4, S4:C4.4). In a study of \
             136 pairs a sedentary life went with cramps (DEL20). Days without exercise matter as much as days with: write 0.",
        ),
        also: &["sport", "training", "workout", "walk", "run", "running"],
        ..BLANK
    },
    Row {
        factor: "exercise-intensity",
        label: "Exercise intensity",
        shape: Scale(10.0),
        timing: Timing::Day,
        group: "effort",
        question: "How hard was the exercise (0 rest, 10 the hardest you can)?",
        sources: &["S0:F0.2", "S1:F1.4", "S2:F2.8", "S3:F3.5", "DEL20"],
        also: &["intensity", "rpe", "effort"],
        ..BLANK
    },
    Row {
        factor: "exercise-type",
        label: "Kind of exercise",
        shape: Choice(&[
            "none", "walk", "run", "cycle", "swim", "strength", "sprint", "other",
        ]),
        timing: Timing::Day,
        group: "effort",
        question: "What kind of exercise was it?",
        sources: &["S0:F0.4", "S2:F2.8"],
        note: Some(
            "Strength work and sprints are the anaerobic kind one document names (S2:F2.8).",
        ),
        ..BLANK
    },
    Row {
        factor: "exercise-cold",
        label: "Exercise in the cold",
        timing: Timing::Day,
        group: "effort",
        question: "Did you exercise in the cold?",
        sources: &["S1:F1.6", "S3:F3.2"],
        ..BLANK
    },
    Row {
        factor: "swim-cold",
        label: "Swim in cold water",
        timing: Timing::Day,
        group: "effort",
        question: "Did you swim in cold water?",
        sources: &["S3:F3.3"],
        also: &["swim"],
        ..BLANK
    },
    Row {
        factor: "warm-up",
        label: "Warm-up before exercise",
        timing: Timing::Day,
        group: "effort",
        question: "Did you warm up before exercise?",
        sources: &["S1:F1.6", "S3:F3.2", "S1:C1.5", "S4:C4.5"],
        note: Some("Advised in two documents; no trial was found."),
        also: &["warmup"],
        ..BLANK
    },
    Row {
        factor: "stretch-after",
        label: "Stretching or winding down after exercise",
        timing: Timing::Day,
        group: "effort",
        question: "Did you stretch or wind down after exercise?",
        sources: &["S1:F1.4", "S3:F3.5", "S1:C1.6", "S2:C2.1", "S4:C4.5"],
        note: Some("Advised in three documents; no trial was found."),
        also: &["cool-down", "cooldown"],
        ..BLANK
    },
    Row {
        factor: "warm-after",
        label: "Kept warm after exercise",
        timing: Timing::Day,
        group: "effort",
        question: "Did you keep warm after exercise?",
        sources: &["S1:C1.6", "S2:C2.2"],
        ..BLANK
    },
    Row {
        factor: "strength",
        label: "Strength exercise",
        shape: Number("min", 0.0, 600.0, ANY),
        timing: Timing::Day,
        group: "effort",
        question: "How long did you do strength exercise yesterday?",
        sources: &["S4:C4.4", "S1:C1.4"],
        note: Some("Another claim of the same document asks for less exercise (S1:C1.3)."),
        ..BLANK
    },
    Row {
        factor: "back-training",
        label: "Back exercises",
        shape: Number("min", 0.0, 600.0, ANY),
        timing: Timing::Day,
        group: "effort",
        question: "How long did you do back exercises yesterday?",
        sources: &["S1:C1.7"],
        note: Some(
            "The document names swimming, walking backwards, bridges and lifting chest and legs while prone.",
        ),
        also: &["back-exercises"],
        ..BLANK
    },
    Row {
        factor: "climb",
        label: "Climbing",
        shape: Number("m", 0.0, 9_000.0, 10.0),
        timing: Timing::Day,
        group: "effort",
        question: "How many metres did you climb yesterday, hills or mountains?",
        sources: &["S1:F1.7", "S3:F3.8", "S1:Q1.1", "S3:Q3.1"],
        also: &["hill", "mountain", "ascent"],
        ..BLANK
    },
    Row {
        factor: "floors",
        label: "Floors climbed",
        shape: Number("floors", 0.0, 1_000.0, ANY),
        timing: Timing::Day,
        group: "effort",
        question: "How many floors of stairs did you climb yesterday?",
        sources: &["S1:F1.7", "S3:F3.8"],
        also: &["stairs"],
        ..BLANK
    },
    Row {
        factor: "travel",
        label: "Travel",
        shape: Number("h", 0.0, 24.0, ANY),
        timing: Timing::Day,
        group: "effort",
        question: "How many hours did you travel yesterday?",
        sources: &["S1:F1.7"],
        also: &["journey", "flight", "drive"],
        ..BLANK
    },
    Row {
        factor: "work",
        label: "Physical work",
        shape: Number("h", 0.0, 24.0, ANY),
        timing: Timing::Day,
        group: "effort",
        question: "How many hours of physical work yesterday?",
        sources: &["S0:F0.3", "S0:C0.3", "S4:G4.2"],
        also: &["physical-work", "labour", "overwork"],
        ..BLANK
    },
    Row {
        factor: "standing",
        label: "Standing",
        shape: Number("h", 0.0, 24.0, ANY),
        timing: Timing::Day,
        group: "effort",
        question: "How many hours did you stand yesterday?",
        sources: &["S1:F1.7", "BAHK"],
        note: Some(
            "Long standing went with cramps in working men only (BAHK, 2,165 people, one point in time).",
        ),
        also: &["stand"],
        ..BLANK
    },
    Row {
        factor: "sitting",
        label: "Sitting",
        shape: Number("h", 0.0, 24.0, ANY),
        timing: Timing::Day,
        group: "effort",
        question: "How many hours did you sit yesterday?",
        sources: &["DEL20"],
        also: &["sit"],
        ..BLANK
    },
    Row {
        factor: "fatigue",
        label: "Tired legs at bedtime",
        shape: Scale(10.0),
        timing: Timing::Evening,
        group: "effort",
        question: "How tired were your legs at bedtime (0 fresh, 10 worn out)?",
        sources: &["S0:F0.2", "S1:F1.7", "S3:F3.8", "S4:F4.4", "AAFP12"],
        note: Some(
            "One document expects tired muscles to cramp by day rather than by night (S4:F4.4).",
        ),
        also: &["tired", "tired-legs", "leg-fatigue"],
        ..BLANK
    },
    Row {
        factor: "leg-tension",
        label: "Tense legs at bedtime",
        shape: Scale(10.0),
        timing: Timing::Evening,
        group: "effort",
        question: "How tense were your legs at bedtime (0 loose, 10 hard)?",
        sources: &["S2:F2.9"],
        also: &["tension", "tight-legs"],
        ..BLANK
    },
    Row {
        factor: "stretch",
        label: "Stretching before bed",
        timing: Timing::Evening,
        group: "effort",
        question: "Did you stretch your calves before bed?",
        sources: &["S0:C0.2", "HAL12", "COP05", "CNonD"],
        note: Some(
            "One unblinded trial found 1.2 fewer cramps a night (HAL12), a larger one no difference (COP05); the \
             Cochrane review calls the certainty low (CNonD). Stretching against a cramp is +stretch in cramp log.",
        ),
        also: &["stretching", "calf-stretch"],
        ..BLANK
    },
    // Sweat, salt and drinks.
    Row {
        factor: "sweat",
        label: "Sweating",
        shape: Scale(3.0),
        timing: Timing::Day,
        group: "drinks",
        question: "How much did you sweat yesterday (0 not, 3 drenched)?",
        sources: &["S1:F1.9", "S3:F3.6", "S4:F4.5", "S4:R4.2", "FPN"],
        note: Some(
            "Reviews see no role for salt loss in ordinary night cramps (FPN), and one document adds that little is \
             sweated at night (S4:R4.2).",
        ),
        also: &["sweating"],
        ..BLANK
    },
    Row {
        factor: "cold-draught",
        label: "Cold wind after sweating",
        timing: Timing::Day,
        group: "drinks",
        question: "Did cold wind blow on you after you had sweated?",
        sources: &["S1:F1.9"],
        also: &["wind"],
        ..BLANK
    },
    Row {
        factor: "salt-replaced",
        label: "Salt or electrolytes replaced",
        timing: Timing::Day,
        group: "drinks",
        question: "Did you replace salt or electrolytes after sweating?",
        sources: &["S3:F3.6", "S4:F4.5", "S1:F1.8", "S4:C4.6"],
        note: Some(
            "Not with kidney or heart disease or high blood pressure unless a clinician agrees.",
        ),
        also: &["salt", "electrolytes", "sodium"],
        ..BLANK
    },
    Row {
        factor: "fluid",
        label: "Drinks",
        shape: Number("ml", 0.0, 15_000.0, 50.0),
        timing: Timing::Day,
        group: "drinks",
        question: "How much did you drink yesterday, without alcohol (1.5l)?",
        sources: &["S3:F3.6", "S4:C4.6", "FPN", "NHS"],
        note: Some(
            "Reviews see no role for dehydration in ordinary night cramps (FPN); patient pages still list it (NHS).",
        ),
        also: &["water", "drink", "drinks", "fluids"],
        ..BLANK
    },
    Row {
        factor: "alcohol",
        label: "Alcohol",
        shape: Number("units", 0.0, 60.0, ANY),
        timing: Timing::Day,
        group: "drinks",
        question: "How many units of alcohol yesterday (1 unit = 8 g: half a pint of beer, a small glass of wine is 1.5)?",
        sources: &["DEL18"],
        note: Some(
            "Not named in the five documents; one study of older people found a strong but imprecise link (DEL18).",
        ),
        also: &["wine", "beer", "drinking"],
        ..BLANK
    },
    // Food.
    Row {
        factor: "calcium-food",
        label: "Foods rich in calcium",
        shape: Number("servings", 0.0, 20.0, ANY),
        timing: Timing::Day,
        group: "food",
        question: "How many servings of foods rich in calcium yesterday (dairy, tofu, fish with bones, kelp)?",
        sources: &[
            "S0:F0.1", "S1:F1.1", "S2:F2.1", "S3:F3.9", "S4:F4.6", "S1:C1.1", "S2:R2.1", "S4:R4.1",
            "GRA17",
        ],
        note: Some(
            "Four documents blame too little calcium; two of the five warn against taking it blindly or hold a lack to be \
             unlikely (S2:R2.1, S4:R4.1).",
        ),
        also: &["dairy", "cheese", "tofu"],
        ..BLANK
    },
    Row {
        factor: "milk",
        label: "Milk",
        shape: Number("glasses", 0.0, 20.0, ANY),
        timing: Timing::Day,
        group: "food",
        question: "How many glasses of milk yesterday?",
        sources: &["S1:C1.1"],
        ..BLANK
    },
    Row {
        factor: "magnesium-food",
        label: "Foods rich in magnesium",
        shape: Number("servings", 0.0, 20.0, ANY),
        timing: Timing::Day,
        group: "food",
        question: "How many servings of foods rich in magnesium yesterday (nuts, seeds, whole grain, greens)?",
        sources: &["S0:F0.8", "S0:C0.1", "S1:F1.8"],
        note: Some(
            "The document names nuts, grapes and melon; of these only nuts hold much magnesium.",
        ),
        also: &["nuts"],
        ..BLANK
    },
    Row {
        factor: "balanced-diet",
        label: "Balanced meals",
        timing: Timing::Day,
        group: "food",
        question: "Did you eat balanced meals yesterday?",
        sources: &["S2:C2.2", "S4:C4.8", "S4:G4.2"],
        also: &["diet", "food"],
        ..BLANK
    },
    Row {
        factor: "sun",
        label: "Sunlight",
        shape: Number("min", 0.0, 960.0, ANY),
        timing: Timing::Day,
        group: "food",
        question: "How long were you in the sun yesterday?",
        sources: &["S1:C1.2"],
        note: Some(
            "About 20 minutes a time, says the document, for vitamin D; no good evidence on night cramps was found.",
        ),
        also: &["sunlight", "sunshine"],
        ..BLANK
    },
    // Supplements. Amounts are of the element.
    Row {
        factor: "magnesium",
        label: "Magnesium supplement",
        shape: Number("mg", 0.0, 10_000.0, 20.0),
        timing: Timing::Day,
        group: "supplements",
        question: "How much magnesium from supplements yesterday (mg of the element)?",
        sources: &[
            "S0:F0.8", "S1:F1.8", "S0:C0.4", "S4:C4.7", "S0:R0.1", "CMg", "BAR21", "ROG17", "CPreg",
        ],
        note: Some(
            "Two documents advise it. In older adults trials find no worthwhile effect (CMg, ROG17); one trial was positive \
             (BAR21); in pregnancy results disagree (CPreg). Write the element, as most labels do.",
        ),
        nutrient: Some(Nutrient::Magnesium),
        also: &["mg-supp", "mag"],
    },
    Row {
        factor: "calcium",
        label: "Calcium supplement",
        shape: Number("mg", 0.0, 10_000.0, 50.0),
        timing: Timing::Day,
        group: "supplements",
        question: "How much calcium from supplements yesterday (mg of the element)?",
        sources: &[
            "S0:F0.1", "S1:F1.1", "S0:C0.4", "S4:C4.7", "S3:C3.1", "S0:R0.2", "S2:R2.1", "S3:R3.1",
            "S4:R4.1", "HU22",
        ],
        note: Some(
            "Three documents advise calcium, one of them promptly for children (S3:C3.1); one warns not to take it blindly (S2:R2.1), \
             one calls a lack unlikely (S4:R4.1). No convincing trial was found. Not for a child without a clinician.",
        ),
        nutrient: Some(Nutrient::Calcium),
        also: &["ca-supp"],
    },
    Row {
        factor: "potassium",
        label: "Potassium supplement",
        shape: Number("mg", 0.0, 20_000.0, 50.0),
        timing: Timing::Day,
        group: "supplements",
        question: "How much potassium from supplements yesterday (mg of the element)?",
        sources: &["S1:F1.8", "FPN"],
        note: Some(
            "The evidence is conflicting (FPN). Dangerous with kidney disease and several blood-pressure medicines.",
        ),
        nutrient: Some(Nutrient::Potassium),
        ..BLANK
    },
    Row {
        factor: "vitamin-d",
        label: "Vitamin D",
        shape: Number("µg", 0.0, 7_500.0, NEVER),
        timing: Timing::Day,
        group: "supplements",
        question: "How much vitamin D yesterday (25ug or 1000IU)?",
        sources: &["S4:C4.7", "S1:C1.2"],
        note: Some("No good evidence on night cramps was found. 40 IU are 1 µg."),
        nutrient: Some(Nutrient::VitaminD),
        also: &["vitamin-d3", "d3", "vitd"],
    },
    Row {
        factor: "vitamin-b6",
        label: "Vitamin B6",
        shape: Number("mg", 0.0, 2_000.0, NEVER),
        timing: Timing::Day,
        group: "supplements",
        question: "How much vitamin B6 yesterday (in mg)?",
        sources: &["S0:C0.4", "CHAN", "AAFP17"],
        note: Some(
            "One small trial of a B complex was positive (CHAN); a family-medicine review rates it weakly (AAFP17). Too much B6 \
             damages nerves and causes numbness itself.",
        ),
        nutrient: Some(Nutrient::VitaminB6),
        also: &["b6", "b-vitamins", "b-complex", "vitamin-b"],
    },
    Row {
        factor: "vitamin-b12",
        label: "Vitamin B12",
        shape: Number("µg", 0.0, 20_000.0, NEVER),
        timing: Timing::Day,
        group: "supplements",
        question: "How much vitamin B12 yesterday (in µg: 10ug)?",
        sources: &["S0:C0.4", "CHAN"],
        nutrient: Some(Nutrient::VitaminB12),
        also: &["b12"],
        ..BLANK
    },
    Row {
        factor: "vitamin-k2",
        label: "Vitamin K2",
        shape: Number("µg", 0.0, 100_000.0, NEVER),
        timing: Timing::Day,
        group: "supplements",
        question: "How much vitamin K2 yesterday (in µg: 180ug)?",
        sources: &["TAN24", "K2-VKA"],
        note: Some(
            "Not named in the five documents. One trial was strongly positive, with an unusual rise under placebo (TAN24). Not with \
             warfarin or acenocoumarol (K2-VKA).",
        ),
        nutrient: Some(Nutrient::VitaminK2),
        also: &["k2", "mk-7"],
    },
    // Mind.
    Row {
        factor: "stress",
        label: "Stress",
        shape: Scale(10.0),
        timing: Timing::Day,
        group: "mind",
        question: "How stressed were you yesterday (0 not, 10 extremely)?",
        sources: &["S3:F3.1", "GRA17"],
        note: Some(
            "The document speaks of legs that kick in sleep, which is not a cramp (kind=jerk).",
        ),
        also: &["nervous", "worry"],
        ..BLANK
    },
    Row {
        factor: "dream",
        label: "Vivid dreams",
        group: "mind",
        question: "Did you dream vividly?",
        sources: &["S3:F3.1"],
        note: Some(
            "The document speaks of legs that kick in sleep, which is not a cramp (kind=jerk).",
        ),
        also: &["dreams", "nightmare"],
        ..BLANK
    },
];
