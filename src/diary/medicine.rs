//! Medicines that matter for cramps: the class of common generic names, why the class matters, and who says so.
//!
//! Which name belongs to which class is general pharmacology (key GENERAL), as in any national formulary. Reviewed 2026-11.

use crate::diary::catalogue::nearest_of;
use crate::diary::nutrient::{has_phrase, plain_name};
use crate::diary::vocabulary::MedicineClass::{self, *};

/// What is said about a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClassDef {
    /// The name in sentences.
    pub(crate) label: &'static str,
    /// Why it is of interest here.
    pub(crate) why: &'static str,
    /// Claims and literature keys.
    pub(crate) sources: &'static [&'static str],
}

/// The class of a medicine by its generic name, in any case and with any strength or form around it (`Furosemide 40 mg
/// tablets`); the first in the table when it combines several. `None` when the name is not known: the person's word then
/// decides.
pub(crate) fn class_of(name: &str) -> Option<MedicineClass> {
    classes_of(name).into_iter().next()
}

/// Every class a name belongs to, in the order of the table (`co-amilofruse` has two).
pub(crate) fn classes_of(name: &str) -> Vec<MedicineClass> {
    let plain = plain_name(name);
    let mut classes: Vec<MedicineClass> = Vec::new();
    for (class, names) in NAMES {
        if names.iter().any(|known| has_phrase(&plain, known)) && !classes.contains(class) {
            classes.push(*class);
        }
    }
    classes
}

/// The known generic name most like a misspelt one.
pub(crate) fn nearest_name(name: &str) -> Option<&'static str> {
    let plain = plain_name(name);
    // Short names are too alike: one slip turns one into another.
    if plain.chars().count() < 6 {
        return None;
    }
    nearest_of(
        &plain,
        NAMES.iter().flat_map(|(_, names)| names.iter().copied()),
    )
}

/// Whether a name is quinine or a drink that holds it.
pub(crate) fn is_quinine(name: &str) -> bool {
    class_of(name) == Some(Quinine)
}

/// What is said about a class.
pub(crate) fn about(class: MedicineClass) -> ClassDef {
    let (label, why, sources): (_, _, &[&str]) = match class {
        LoopDiuretic => (
            "Water tablet, loop type",
            "started before quinine for cramps slightly more often than after (ratio 1.20, 1.00 to 1.44)",
            &["S4:D4.2", "GAR12", "ABD99", "HASK"],
        ),
        ThiazideDiuretic => (
            "Water tablet, thiazide type",
            "started before quinine for cramps more often than after (ratio 1.48)",
            &["S4:D4.2", "GAR12", "ABD99", "HASK"],
        ),
        PotassiumSparingDiuretic => (
            "Water tablet, potassium-sparing type",
            "started before quinine for cramps more often than after (ratio 2.12); raises potassium",
            &["S4:D4.2", "GAR12"],
        ),
        AceInhibitor => (
            "ACE inhibitor",
            "raises potassium: no potassium supplements without a clinician",
            &["GENERAL"],
        ),
        Arb => (
            "Angiotensin receptor blocker",
            "raises potassium: no potassium supplements without a clinician",
            &["GENERAL"],
        ),
        BetaBlocker => (
            "Beta blocker",
            "for blood pressure or the heart; can make feet cold",
            &["GENERAL"],
        ),
        CalciumChannelBlocker => (
            "Calcium channel blocker",
            "for blood pressure; can make ankles swell",
            &["GENERAL"],
        ),
        Laba => (
            "Long-acting inhaled airway opener",
            "the strongest signal among medicines (ratio 2.42, 2.02 to 2.89)",
            &["GAR12"],
        ),
        Saba => (
            "Short-acting inhaled airway opener",
            "can cause cramps and tremor",
            &["GENERAL"],
        ),
        Statin => (
            "Statin",
            "a weak signal (ratio 1.16, 1.04 to 1.29); rarely harms muscle",
            &["GAR12", "RHAB", "S4:D4.2"],
        ),
        Fibrate => (
            "Fibrate",
            "rarely harms muscle, more so with a statin",
            &["GENERAL", "RHAB"],
        ),
        Oestrogen => (
            "Oestrogen",
            "named among medicines linked with cramps; raises the risk of clots",
            &["AAFP12", "GENERAL"],
        ),
        Raloxifene => (
            "Raloxifene",
            "named among medicines linked with cramps; raises the risk of clots",
            &["AAFP12", "GENERAL"],
        ),
        Teriparatide => (
            "Teriparatide",
            "named among medicines linked with cramps",
            &["AAFP12"],
        ),
        IntravenousIron => (
            "Iron into a vein",
            "named among medicines linked with cramps",
            &["AAFP12"],
        ),
        Naproxen => (
            "Naproxen",
            "named among medicines linked with cramps",
            &["AAFP12"],
        ),
        Nsaid => (
            "Anti-inflammatory pain killer",
            "can harm kidneys, above all with water tablets",
            &["GENERAL"],
        ),
        Quinine => (
            "Quinine",
            "given for cramps, with rare but deadly harm to blood and heart; never an experiment",
            &["MHRA-Q", "FDA-Q", "CQu"],
        ),
        VitaminKAntagonist => (
            "Blood thinner against vitamin K",
            "vitamin K2 works against it, even 10 µg a day in some",
            &["K2-VKA"],
        ),
        ProtonPumpInhibitor => (
            "Acid blocker",
            "long use can lower magnesium",
            &["MGDEF", "GENERAL"],
        ),
        Levodopa => (
            "Levodopa",
            "cramps of Parkinson's disease come when a dose wears off",
            &["PDUK", "S1:D1.4"],
        ),
        Antipsychotic => (
            "Antipsychotic",
            "can bring restless legs, stiffness and tremor",
            &["GENERAL"],
        ),
        Steroid => (
            "Steroid",
            "long use weakens muscle and lowers potassium",
            &["GENERAL"],
        ),
        ThyroidHormone => (
            "Thyroid hormone",
            "tells of a thyroid disease, which can bring cramps",
            &["S0:D0.1", "HYPOT"],
        ),
        DiabetesMedicine => (
            "Diabetes medicine",
            "tells of diabetes, which goes with cramps",
            &["S0:D0.1", "S2:D2.3", "KAT14"],
        ),
        Lithium => (
            "Lithium",
            "salt, water tablets and pain killers change its level; can cause tremor and twitching",
            &["GENERAL"],
        ),
        Other => (
            "Another medicine",
            "kept for the clinician to see",
            &["S4:D4.2"],
        ),
    };
    ClassDef {
        label,
        why,
        sources,
    }
}

/// Generic names (and the British combination names) by class, as plain names. A class whose mistake would be the more dangerous
/// stands before the others, so that [`class_of`] gives it for a combination.
static NAMES: &[(MedicineClass, &[&str])] = &[
    (
        VitaminKAntagonist,
        &[
            "warfarin",
            "acenocoumarol",
            "phenprocoumon",
            "phenindione",
            "fluindione",
        ],
    ),
    (
        Quinine,
        &[
            "quinine",
            "tonic water",
            "gin and tonic",
            "gin tonic",
            "bitter lemon",
            "quinine sulfate",
            "quinine sulphate",
        ],
    ),
    (Lithium, &["lithium"]),
    (
        PotassiumSparingDiuretic,
        &[
            "spironolactone",
            "eplerenone",
            "amiloride",
            "triamterene",
            "co amilozide",
            "co amilofruse",
        ],
    ),
    (
        LoopDiuretic,
        &[
            "furosemide",
            "frusemide",
            "bumetanide",
            "torasemide",
            "torsemide",
            "ethacrynic acid",
            "co amilofruse",
        ],
    ),
    (
        ThiazideDiuretic,
        &[
            "bendroflumethiazide",
            "bendrofluazide",
            "hydrochlorothiazide",
            "hctz",
            "chlortalidone",
            "chlorthalidone",
            "indapamide",
            "metolazone",
            "xipamide",
            "chlorothiazide",
            "co amilozide",
            "co tenidone",
        ],
    ),
    (
        Laba,
        &[
            "salmeterol",
            "formoterol",
            "arformoterol",
            "indacaterol",
            "olodaterol",
            "vilanterol",
            "bambuterol",
        ],
    ),
    (
        Saba,
        &[
            "salbutamol",
            "albuterol",
            "levalbuterol",
            "terbutaline",
            "fenoterol",
        ],
    ),
    (
        Statin,
        &[
            "atorvastatin",
            "simvastatin",
            "rosuvastatin",
            "pravastatin",
            "fluvastatin",
            "lovastatin",
            "pitavastatin",
        ],
    ),
    (
        Fibrate,
        &["fenofibrate", "bezafibrate", "gemfibrozil", "ciprofibrate"],
    ),
    (
        AceInhibitor,
        &[
            "ramipril",
            "lisinopril",
            "enalapril",
            "perindopril",
            "captopril",
            "fosinopril",
            "quinapril",
            "trandolapril",
            "benazepril",
            "imidapril",
            "cilazapril",
            "moexipril",
            "zofenopril",
        ],
    ),
    (
        Arb,
        &[
            "losartan",
            "candesartan",
            "valsartan",
            "irbesartan",
            "telmisartan",
            "olmesartan",
            "azilsartan",
            "eprosartan",
        ],
    ),
    (
        BetaBlocker,
        &[
            "atenolol",
            "bisoprolol",
            "metoprolol",
            "propranolol",
            "carvedilol",
            "nebivolol",
            "labetalol",
            "sotalol",
            "nadolol",
            "acebutolol",
            "pindolol",
            "celiprolol",
            "co tenidone",
        ],
    ),
    (
        CalciumChannelBlocker,
        &[
            "amlodipine",
            "nifedipine",
            "felodipine",
            "lercanidipine",
            "lacidipine",
            "isradipine",
            "nicardipine",
            "nimodipine",
            "diltiazem",
            "verapamil",
        ],
    ),
    (
        Oestrogen,
        &[
            "estradiol",
            "oestradiol",
            "ethinylestradiol",
            "ethinyloestradiol",
            "estriol",
            "oestriol",
            "estrone",
            "conjugated oestrogens",
            "conjugated estrogens",
            "oestrogen",
            "estrogen",
        ],
    ),
    (Raloxifene, &["raloxifene"]),
    (Teriparatide, &["teriparatide"]),
    (
        IntravenousIron,
        &[
            "iron sucrose",
            "ferric carboxymaltose",
            "ferric derisomaltose",
            "iron isomaltoside",
            "iron dextran",
            "ferumoxytol",
        ],
    ),
    (Naproxen, &["naproxen"]),
    (
        Nsaid,
        &[
            "ibuprofen",
            "dexibuprofen",
            "diclofenac",
            "celecoxib",
            "etoricoxib",
            "indometacin",
            "indomethacin",
            "ketoprofen",
            "dexketoprofen",
            "mefenamic acid",
            "meloxicam",
            "piroxicam",
            "etodolac",
            "nabumetone",
            "aceclofenac",
        ],
    ),
    (
        ProtonPumpInhibitor,
        &[
            "omeprazole",
            "esomeprazole",
            "lansoprazole",
            "dexlansoprazole",
            "pantoprazole",
            "rabeprazole",
        ],
    ),
    (
        Levodopa,
        &["levodopa", "co careldopa", "co beneldopa", "carbidopa"],
    ),
    (
        Antipsychotic,
        &[
            "haloperidol",
            "olanzapine",
            "risperidone",
            "paliperidone",
            "quetiapine",
            "aripiprazole",
            "clozapine",
            "chlorpromazine",
            "amisulpride",
            "sulpiride",
            "ziprasidone",
            "lurasidone",
            "flupentixol",
            "zuclopenthixol",
            "trifluoperazine",
        ],
    ),
    (
        Steroid,
        &[
            "prednisolone",
            "prednisone",
            "methylprednisolone",
            "dexamethasone",
            "betamethasone",
            "hydrocortisone",
        ],
    ),
    (
        ThyroidHormone,
        &["levothyroxine", "thyroxine", "liothyronine"],
    ),
    (
        DiabetesMedicine,
        &[
            "metformin",
            "gliclazide",
            "glimepiride",
            "glipizide",
            "glibenclamide",
            "glyburide",
            "tolbutamide",
            "sitagliptin",
            "linagliptin",
            "saxagliptin",
            "vildagliptin",
            "alogliptin",
            "empagliflozin",
            "dapagliflozin",
            "canagliflozin",
            "ertugliflozin",
            "liraglutide",
            "semaglutide",
            "dulaglutide",
            "exenatide",
            "tirzepatide",
            "pioglitazone",
            "insulin",
            "repaglinide",
            "acarbose",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::word::Word;

    #[test]
    fn generic_names_are_known_in_any_dress() {
        assert_eq!(class_of("Furosemide 40mg tablets"), Some(LoopDiuretic));
        assert_eq!(class_of("fluticasone/salmeterol"), Some(Laba));
        assert_eq!(class_of("WARFARIN"), Some(VitaminKAntagonist));
        assert_eq!(class_of("Tonic water"), Some(Quinine));
        assert_eq!(
            classes_of("Co-amilofruse"),
            [PotassiumSparingDiuretic, LoopDiuretic]
        );
        assert_eq!(class_of("iron tonic"), None);
        assert_eq!(class_of("quininex"), None);
        assert_eq!(class_of(""), None);
        assert_eq!(nearest_name("furosemid"), Some("furosemide"));
        assert_eq!(nearest_name("iron"), None);
    }

    #[test]
    fn every_class_but_other_has_names_and_all_are_explained() {
        for class in MedicineClass::ALL {
            assert!(!about(*class).why.is_empty());
            let named = NAMES
                .iter()
                .any(|(c, names)| c == class && !names.is_empty());
            assert_eq!(named, *class != Other, "{class}");
        }
        for (class, names) in NAMES {
            for name in *names {
                assert_eq!(plain_name(name), *name);
                assert!(classes_of(name).contains(class));
            }
        }
    }
}
