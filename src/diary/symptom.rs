//! What may be noticed between cramps: the name in sentences, the question that asks for it, and who says it matters.

use crate::diary::vocabulary::SymptomName::{self, *};

/// What is said about a symptom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SymptomDef {
    /// The name in sentences.
    pub(crate) label: &'static str,
    /// The question of the weekly check.
    pub(crate) question: &'static str,
    /// Claims and literature keys.
    pub(crate) sources: &'static [&'static str],
}

/// What is said about a symptom.
pub(crate) fn about(symptom: SymptomName) -> SymptomDef {
    let (label, question, sources): (_, _, &[&str]) = match symptom {
        Numbness => (
            "Numbness",
            "Has a leg or foot been numb?",
            &["S1:D1.1", "S1:D1.2", "KAT14"],
        ),
        Tingling => (
            "Tingling",
            "Have you had pins and needles in legs, feet or fingers?",
            &["HAW13", "KAT14"],
        ),
        MouthTingling => (
            "Tingling round the mouth",
            "Has it tingled round your mouth?",
            &["HYPOCA"],
        ),
        Weakness => (
            "Weakness",
            "Has a leg or arm become weak?",
            &["S1:D1.2b", "HAW13", "NG127-W"],
        ),
        Wasting => (
            "Muscle getting thinner",
            "Has a muscle become thinner?",
            &["NG42", "NHS-old"],
        ),
        Twitching => (
            "Twitching under the skin",
            "Do muscles twitch under the skin?",
            &["HAW13", "NG42"],
        ),
        FootDrop => (
            "Foot that drags",
            "Does a foot drag or slap when you walk?",
            &["NG127-W", "NG42"],
        ),
        Falls => ("Falls or trips", "Have you fallen or tripped?", &["NG42"]),
        ColdFoot => (
            "Cold foot",
            "Has one foot been colder than the rest of you?",
            &["S1:D1.2", "S3:F3.7", "CG147", "ALI"],
        ),
        PaleFoot => (
            "Pale or blue foot",
            "Has a foot or leg gone pale, blue or blotchy?",
            &["ALI", "CG147"],
        ),
        FootSore => (
            "Sore on the foot that does not heal",
            "Is there a sore on a foot that does not heal?",
            &["CG147"],
        ),
        BlackToe => (
            "Black toe or skin",
            "Is a toe or skin turning black?",
            &["GENERAL", "CG147"],
        ),
        SuddenLegPain => (
            "Sudden strong leg pain that stays",
            "Did strong leg pain begin suddenly and stay?",
            &["ALI"],
        ),
        CannotMoveLeg => (
            "Leg that cannot be moved",
            "Are you unable to move a leg or foot?",
            &["ALI", "NG127-W"],
        ),
        Swelling => (
            "Swollen leg",
            "Is a leg, calf or ankle swollen? One or both?",
            &["S4:D4.1", "WELLS", "NHS"],
        ),
        Redness => ("Red leg", "Is part of a leg red?", &["WELLS"]),
        LegWarmth => (
            "Warm leg",
            "Is part of a leg warmer than the other?",
            &["WELLS"],
        ),
        CalfTenderness => (
            "Tender calf",
            "Does a calf hurt when you press it, between cramps?",
            &["WELLS"],
        ),
        VaricoseVeins => (
            "Varicose veins",
            "Do you have thick, winding veins on the legs?",
            &["S4:T4.1", "S4:D4.1", "CG168"],
        ),
        Heaviness => (
            "Heavy legs",
            "Do your legs feel heavy by evening?",
            &["CG168"],
        ),
        SkinChange => (
            "Skin change on the lower leg",
            "Has skin on the lower leg turned brown, hard or itchy?",
            &["CG168"],
        ),
        LegUlcer => (
            "Open sore on the lower leg",
            "Is there an open sore on a lower leg?",
            &["CG168"],
        ),
        VeinBleeding => ("Bleeding vein", "Did a vein on the leg bleed?", &["CG168"]),
        WalkingPain => (
            "Pain on walking",
            "Does walking bring on leg pain that makes you stop?",
            &["S1:D1.2c", "S1:D1.2d", "ECQ", "CG147"],
        ),
        RestPain => (
            "Foot or leg pain at rest",
            "Does a foot or leg hurt at rest, apart from cramps?",
            &["CG147", "GENERAL"],
        ),
        BackPain => (
            "Back pain",
            "Has your lower back hurt?",
            &["S0:D0.2", "S1:D1.1", "S2:D2.2", "MAT09", "HAN22"],
        ),
        LegPain => (
            "Pain down the leg",
            "Does pain run down a leg, apart from cramps?",
            &["S1:D1.1", "S2:D2.2", "CES"],
        ),
        SaddleNumbness => (
            "Numbness between the legs",
            "Are you numb between the legs or round the back passage?",
            &["CES", "CSP"],
        ),
        BladderChange => (
            "Bladder change",
            "Has passing or holding water changed?",
            &["CES", "CSP"],
        ),
        BowelChange => (
            "Bowel change",
            "Has holding or passing stool changed?",
            &["CES", "CSP"],
        ),
        SexualChange => (
            "Change in sexual feeling or function",
            "Has sexual feeling or function changed?",
            &["CES", "CSP"],
        ),
        Thirst => (
            "Great thirst",
            "Are you much thirstier than usual?",
            &["S0:D0.1", "GENERAL"],
        ),
        FrequentUrination => (
            "Passing water often",
            "Do you pass water more often than usual?",
            &["S0:D0.1", "GENERAL"],
        ),
        WeightLoss => (
            "Weight loss",
            "Have you lost weight without meaning to?",
            &["S0:D0.1", "GENERAL"],
        ),
        WeightGain => (
            "Weight gain",
            "Have you gained weight without reason?",
            &["S0:D0.1", "HYPOT"],
        ),
        Tiredness => (
            "Tiredness",
            "Are you tired most of the time?",
            &["S0:D0.1", "HYPOT"],
        ),
        ColdIntolerance => (
            "Always feeling cold",
            "Do you feel cold when others do not?",
            &["S0:D0.1", "HYPOT"],
        ),
        Stiffness => (
            "Stiff muscles",
            "Are your muscles stiff?",
            &["HYPOT", "S1:D1.4"],
        ),
        Vomiting => ("Vomiting", "Have you been sick?", &["S0:D0.1", "FPN"]),
        Diarrhoea => ("Diarrhoea", "Have you had diarrhoea?", &["MGDEF"]),
        Drowsiness => (
            "Unusual sleepiness",
            "Are you unusually sleepy by day?",
            &["GENERAL"],
        ),
        Confusion => (
            "Confusion",
            "Have you been confused?",
            &["GENERAL", "NG127-S"],
        ),
        Palpitations => (
            "Racing or uneven heartbeat",
            "Has your heart raced or stumbled?",
            &["HYPOCA", "GENERAL"],
        ),
        ChestPain => ("Chest pain", "Do you have chest pain?", &["WELLS"]),
        Breathlessness => ("Breathlessness", "Are you short of breath?", &["WELLS"]),
        NoisyBreathing => (
            "Noisy breathing",
            "Does breathing in make a harsh noise?",
            &["HYPOCA"],
        ),
        HandSpasm => (
            "Hands that cramp shut",
            "Have your hands or feet locked in a cramped shape?",
            &["HYPOCA"],
        ),
        Seizure => (
            "Seizure",
            "Did you have, or did somebody see, a fit?",
            &["S1:D1.3", "NG127-S", "HYPOCA"],
        ),
        TongueBiting => (
            "Bitten tongue",
            "Did you wake with a bitten tongue?",
            &["S1:D1.3", "NG127-S"],
        ),
        WetBed => (
            "Wet bed",
            "Did you wake with a wet bed?",
            &["S1:D1.3", "NG127-S"],
        ),
        VisionLoss => (
            "Loss of sight",
            "Has sight gone in one or both eyes, even for a while?",
            &["S1:D1.4", "GENERAL"],
        ),
        VisionChange => (
            "Changed sight",
            "Has your sight become blurred or double, or have colours changed?",
            &["S1:D1.4", "MHRA-Q", "FDA-Q"],
        ),
        HearingChange => (
            "Changed hearing or ringing",
            "Has your hearing changed, or do your ears ring?",
            &["MHRA-Q", "FDA-Q"],
        ),
        Unsteadiness => (
            "Unsteadiness",
            "Are you unsteady on your feet?",
            &["S1:D1.4", "GENERAL"],
        ),
        Tremor => (
            "Tremor",
            "Does a hand or leg shake at rest?",
            &["S1:D1.4", "PDUK"],
        ),
        Slowness => (
            "Slowness",
            "Have you become slow in moving?",
            &["S1:D1.4", "PDUK"],
        ),
        ToeCurling => (
            "Toes that curl in the morning",
            "Do your toes curl or a foot turn in, early in the morning?",
            &["S1:D1.4", "PDUK"],
        ),
        SpeechChange => (
            "Slurred speech",
            "Has your speech become slurred?",
            &["NG42", "NG127-W"],
        ),
        SwallowingTrouble => (
            "Trouble swallowing",
            "Is swallowing difficult?",
            &["NG42", "TET"],
        ),
        DarkUrine => (
            "Urine as dark as cola",
            "Is your urine as dark as cola or tea?",
            &["RHAB"],
        ),
        MusclePain => (
            "Muscle pain",
            "Do muscles hurt, apart from cramps?",
            &["RHAB", "S4:D4.2"],
        ),
        BodySpasms => (
            "Spasms of the body",
            "Do spasms seize the back, belly or whole body?",
            &["TET"],
        ),
        JawStiffness => ("Stiff jaw", "Is your jaw stiff or hard to open?", &["TET"]),
        DirtyWound => (
            "Dirty wound",
            "Have you had a dirty wound or an animal bite in the last three weeks?",
            &["TET", "NHS-old"],
        ),
        ToxinContact => (
            "Contact with poisons",
            "Have you been in contact with lead, mercury or pesticides?",
            &["NHS-old"],
        ),
        Bruising => (
            "Bruises without cause",
            "Do you bruise without cause?",
            &["FDA-Q", "MHRA-Q"],
        ),
        Bleeding => (
            "Unusual bleeding",
            "Do your gums, nose or anything else bleed without cause?",
            &["FDA-Q", "MHRA-Q"],
        ),
        Rash => ("Rash", "Do you have a new rash?", &["FDA-Q", "MHRA-Q"]),
        Fever => ("Fever", "Have you had a fever?", &["GENERAL"]),
        Limp => ("Limp", "Do you limp?", &["GENERAL"]),
        Memory => (
            "Poor memory",
            "Has your memory been poor?",
            &["S0:D0.0", "MGDEF"],
        ),
        Mood => (
            "Swings of mood",
            "Has your mood swung?",
            &["S0:D0.0", "MGDEF"],
        ),
        Irritability => (
            "Irritability",
            "Have you been irritable?",
            &["S0:D0.0", "MGDEF"],
        ),
        UrgeToMove => (
            "Urge to move the legs",
            "Do you feel an urge to move your legs in the evening, better while you move?",
            &["IRLS", "ERR"],
        ),
        NightJerks => (
            "Legs that jerk in sleep",
            "Do your legs jerk or kick in sleep, as others tell you?",
            &["S3:O3.1", "PLM", "GRA17"],
        ),
    };
    SymptomDef {
        label,
        question,
        sources,
    }
}
