//! The closed vocabularies of the diary. `schema.sql` repeats each as a CHECK; a test compares them.

use crate::data::word::words;

words! {
    /// What is known of a night. Absent (`None`) is the third state: not recorded.
    Outcome, "outcome", { Cramp = "cramp", Calm = "calm" }
}
words! {
    /// Which leg (or hand) was affected.
    Side, "side", { Left = "left", Right = "right", Both = "both" }
}
words! {
    /// Which muscle group cramped (claim S4:O4.4).
    Site, "site", {
        Calf = "calf", Foot = "foot", Toes = "toes", Shin = "shin", Thigh = "thigh",
        Hamstring = "hamstring", Other = "other",
    }
}
words! {
    /// What kind of event it was; only `cramp` ever counts as a cramp (claim S3:O3.1, clinical.md section 5).
    Kind, "kind", {
        Cramp = "cramp", Jerk = "jerk", Urge = "urge", Ache = "ache", Tingle = "tingle",
        Unknown = "unknown",
    }
}
words! {
    /// Whether it came by night or by day (claim S4:R4.4).
    Period, "period", { Night = "night", Day = "day" }
}
words! {
    /// What was done against it at once (claims S3:A3.1-A3.4, S4:A4.1-A4.2).
    Relief, "relief", {
        Stretch = "stretch", Massage = "massage", Walk = "walk", Heat = "heat", Press = "press",
        Dorsiflex = "dorsiflex", PullToe = "pull-toe", Cold = "cold", Drink = "drink", Medicine = "medicine",
        None = "none",
    }
}
words! {
    /// How the person lay (claims S1:F1.2, S1:F1.3, S2:F2.3, S2:F2.4).
    Posture, "posture", {
        Supine = "supine", Prone = "prone", Side = "side", Sitting = "sitting",
        Standing = "standing", Other = "other",
    }
}
words! {
    /// How sure the clock time is. A time that happened twice or never is resolved and marked, not refused.
    Certainty, "certainty", {
        Exact = "exact", About = "about",
        /// The time stands for a part of the night, such as the small hours.
        Vague = "vague",
        Unknown = "unknown",
        /// The clock was put back and showed this time twice.
        RepeatedHour = "repeated-hour",
        /// The clock was put forward over this time.
        SkippedHour = "skipped-hour",
    }
}
words! {
    /// Where a record came from.
    Origin, "source", { Person = "person", Import = "import", Device = "device" }
}
words! {
    /// How a factor is measured.
    FactorKind, "type", { YesNo = "yes-no", Scale = "scale", Number = "number", Choice = "choice" }
}
words! {
    /// The part of the day a factor speaks of, always before or during the night it is kept under.
    Timing, "timing", { Day = "day", Evening = "evening", Night = "night" }
}
words! {
    /// What a course is.
    CourseKind, "kind", { Medicine = "medicine", Supplement = "supplement", Measure = "measure" }
}
words! {
    /// Whether a dose states the element (magnesium) or the compound (magnesium citrate).
    Basis, "basis", { Elemental = "elemental", Compound = "compound" }
}
words! {
    /// What makes a symptom better.
    RelievedBy, "relieved-by", {
        Rest = "rest", Sitting = "sitting", Moving = "moving", Bending = "bending", Hanging = "hanging",
        Nothing = "nothing", Other = "other",
    }
}
words! {
    /// What brings a symptom on.
    BroughtOn, "brought-on", {
        Walking = "walking", Standing = "standing", Resting = "resting", Lying = "lying",
        Exercise = "exercise", Cold = "cold", Dialysis = "dialysis", Nothing = "nothing", Other = "other",
    }
}
words! {
    /// What was done about a flag.
    FlagAction, "action", { Seen = "seen", Discussed = "discussed" }
}
words! {
    /// Whether a factor is asked about from then on.
    Wish, "wish", { Ask = "ask", NotSo = "not-so" }
}
words! {
    /// How a question about an entry was answered: it is not so, or it is written down or looked at.
    ReplyAnswer, "answer", { No = "no", Done = "done" }
}
words! {
    /// What is drawn in an experiment: each night, or the order of each pair of periods.
    ExperimentDesign, "design", { Nightly = "nightly", Pairs = "pairs" }
}
words! {
    /// Whether a thing was really done on a night.
    Done, "done", { Yes = "yes", No = "no", Partly = "partly" }
}
words! {
    /// Something noticed between cramps (clinical.md sections 3-5).
    SymptomName, "symptom", {
        Numbness = "numbness", Tingling = "tingling", MouthTingling = "mouth-tingling",
        Weakness = "weakness", Wasting = "wasting", Twitching = "twitching", FootDrop = "foot-drop",
        Falls = "falls", ColdFoot = "cold-foot", PaleFoot = "pale-foot", FootSore = "foot-sore",
        BlackToe = "black-toe", SuddenLegPain = "sudden-leg-pain", CannotMoveLeg = "cannot-move-leg",
        Swelling = "swelling", Redness = "redness", LegWarmth = "leg-warmth", CalfTenderness = "calf-tenderness",
        VaricoseVeins = "varicose-veins", Heaviness = "heaviness", SkinChange = "skin-change",
        LegUlcer = "leg-ulcer", VeinBleeding = "vein-bleeding", WalkingPain = "walking-pain", RestPain = "rest-pain",
        BackPain = "back-pain", LegPain = "leg-pain", SaddleNumbness = "saddle-numbness",
        BladderChange = "bladder-change", BowelChange = "bowel-change", SexualChange = "sexual-change",
        Thirst = "thirst", FrequentUrination = "frequent-urination", WeightLoss = "weight-loss",
        WeightGain = "weight-gain", Tiredness = "tiredness", ColdIntolerance = "cold-intolerance",
        Stiffness = "stiffness", Vomiting = "vomiting", Diarrhoea = "diarrhoea", Drowsiness = "drowsiness",
        Confusion = "confusion", Palpitations = "palpitations", ChestPain = "chest-pain",
        Breathlessness = "breathlessness", NoisyBreathing = "noisy-breathing", HandSpasm = "hand-spasm",
        Seizure = "seizure", TongueBiting = "tongue-biting", WetBed = "wet-bed",
        VisionLoss = "vision-loss", VisionChange = "vision-change", HearingChange = "hearing-change", Unsteadiness = "unsteadiness",
        Tremor = "tremor", Slowness = "slowness", ToeCurling = "toe-curling",
        SpeechChange = "speech-change", SwallowingTrouble = "swallowing-trouble",
        DarkUrine = "dark-urine", MusclePain = "muscle-pain", BodySpasms = "body-spasms",
        JawStiffness = "jaw-stiffness", DirtyWound = "dirty-wound", ToxinContact = "toxin-contact",
        Bruising = "bruising", Bleeding = "bleeding", Rash = "rash", Fever = "fever", Limp = "limp",
        Memory = "memory", Mood = "mood", Irritability = "irritability", UrgeToMove = "urge-to-move",
        NightJerks = "night-jerks",
    }
}
words! {
    /// The class of a medicine, given by the person or known from the generic name.
    MedicineClass, "class", {
        LoopDiuretic = "loop-diuretic", ThiazideDiuretic = "thiazide-diuretic",
        PotassiumSparingDiuretic = "potassium-sparing-diuretic",
        /// A diuretic whose kind is not known.
        Diuretic = "diuretic", AceInhibitor = "ace-inhibitor", Arb = "arb",
        BetaBlocker = "beta-blocker", CalciumChannelBlocker = "calcium-channel-blocker",
        Laba = "laba", Saba = "saba", Statin = "statin", Fibrate = "fibrate",
        Oestrogen = "oestrogen", Raloxifene = "raloxifene", Teriparatide = "teriparatide",
        IntravenousIron = "intravenous-iron", Naproxen = "naproxen", Nsaid = "nsaid", Quinine = "quinine",
        VitaminKAntagonist = "vitamin-k-antagonist", ProtonPumpInhibitor = "proton-pump-inhibitor",
        Levodopa = "levodopa", Antipsychotic = "antipsychotic", Steroid = "steroid",
        ThyroidHormone = "thyroid-hormone", DiabetesMedicine = "diabetes-medicine", Lithium = "lithium",
        Other = "other",
    }
}
words! {
    /// A nutrient whose doses are added up over factors, intakes and courses.
    Nutrient, "nutrient", {
        Magnesium = "magnesium", Calcium = "calcium", Potassium = "potassium", Sodium = "sodium",
        VitaminD = "vitamin-d", VitaminB6 = "vitamin-b6", VitaminB12 = "vitamin-b12",
        VitaminK2 = "vitamin-k2",
    }
}
