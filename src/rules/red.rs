//! Red flags: one entry is enough, at the moment it is written (clinical.md section 4). A table.

use crate::diary::vocabulary::{Kind, MedicineClass, RelievedBy, SymptomName as S};
use crate::rules::condition::{
    Condition, EpisodeTest, PersonTest, Trait, known, noticed, symptom, taken, takes,
};
use crate::rules::rule::{REVIEWED, Rule, Sort, Urgency};
use crate::rules::substance::Substance;
use Condition::{All, Any, AtLeast, Unless};

/// How long one entry keeps a red flag up.
pub(super) const RED_FLAG_DAYS: u16 = 28;
/// How close together entries must be to count as one event.
const TOGETHER: u16 = 14;

const fn once(name: S) -> Condition {
    noticed(name, RED_FLAG_DAYS)
}
const fn near(name: S) -> Condition {
    noticed(name, TOGETHER)
}

const DIURETICS: &[MedicineClass] = &[
    MedicineClass::LoopDiuretic,
    MedicineClass::ThiazideDiuretic,
    MedicineClass::PotassiumSparingDiuretic,
];

const NEW_CONTROL: &[Condition] = &[
    symptom(S::BladderChange, RED_FLAG_DAYS).new_within(14).is(),
    symptom(S::BowelChange, RED_FLAG_DAYS).new_within(14).is(),
    symptom(S::SexualChange, RED_FLAG_DAYS).new_within(14).is(),
];
const CAUDA_EQUINA: Condition = Any(&[
    symptom(S::SaddleNumbness, RED_FLAG_DAYS)
        .new_within(14)
        .is(),
    AtLeast(2, NEW_CONTROL),
    All(&[
        Any(&[once(S::BackPain), once(S::LegPain)]),
        Any(NEW_CONTROL),
    ]),
    All(&[
        Any(&[once(S::BackPain), once(S::LegPain)]),
        symptom(S::Weakness, RED_FLAG_DAYS)
            .both_sides()
            .began_within(14)
            .is(),
    ]),
    All(&[
        once(S::BackPain),
        symptom(S::LegPain, RED_FLAG_DAYS)
            .both_sides()
            .began_within(14)
            .is(),
    ]),
]);
const CAUDA_EQUINA_SLOW: Condition = Any(&[
    once(S::SaddleNumbness),
    All(&[
        Any(&[once(S::BackPain), once(S::LegPain)]),
        Any(&[
            once(S::BladderChange),
            once(S::BowelChange),
            once(S::SexualChange),
        ]),
    ]),
]);

const LEG_VEIN_SIGNS: Condition = Any(&[
    near(S::Swelling),
    near(S::CalfTenderness),
    near(S::Redness),
    near(S::LegWarmth),
]);
const CLOT_AND_LUNG: Condition = All(&[
    LEG_VEIN_SIGNS,
    Any(&[near(S::Breathlessness), near(S::ChestPain)]),
]);
const CLOT: Condition = Any(&[
    symptom(S::Swelling, RED_FLAG_DAYS)
        .one_side()
        .new_within(42)
        .is(),
    All(&[
        once(S::Swelling),
        Any(&[
            near(S::CalfTenderness),
            near(S::Redness),
            near(S::LegWarmth),
        ]),
    ]),
    All(&[
        once(S::CalfTenderness),
        Any(&[
            near(S::Redness),
            near(S::LegWarmth),
            known(&["cancer", "deep-vein-thrombosis"]),
            Condition::Person(PersonTest::Is("immobile", "yes")),
            Condition::Person(PersonTest::SurgeryWithin(84)),
            Condition::Person(PersonTest::Pregnant),
        ]),
    ]),
]);

const STIFF_OR_POISONED: Condition = Any(&[
    once(S::JawStiffness),
    once(S::BodySpasms),
    All(&[
        Any(&[noticed(S::DirtyWound, 21), once(S::ToxinContact)]),
        Any(&[
            near(S::SwallowingTrouble),
            near(S::Breathlessness),
            near(S::NoisyBreathing),
            near(S::Confusion),
        ]),
    ]),
]);

const WEAK_SUDDENLY: Condition = Any(&[
    symptom(S::SpeechChange, RED_FLAG_DAYS).new_within(7).is(),
    symptom(S::Weakness, RED_FLAG_DAYS).began_within(7).is(),
    symptom(S::FootDrop, RED_FLAG_DAYS).began_within(7).is(),
    symptom(S::SwallowingTrouble, RED_FLAG_DAYS)
        .began_within(7)
        .is(),
]);

const CALCIUM_SIGNS: Condition = Any(&[near(S::MouthTingling), near(S::HandSpasm)]);
const CALCIUM_NOW: Condition = Any(&[
    once(S::NoisyBreathing),
    All(&[
        CALCIUM_SIGNS,
        Any(&[near(S::Seizure), near(S::Palpitations), near(S::Confusion)]),
    ]),
]);
const SALTS_NOW: Condition = All(&[
    Any(&[
        near(S::Vomiting),
        near(S::Diarrhoea),
        takes(DIURETICS, "a water tablet", TOGETHER),
        known(&["dialysis", "kidney-disease"]),
    ]),
    Any(&[near(S::Confusion), near(S::Palpitations)]),
]);

const FIT: Condition = Any(&[
    All(&[
        Any(&[
            once(S::Seizure),
            Condition::Episodes(EpisodeTest {
                kinds: &[Kind::Cramp, Kind::Jerk, Kind::Unknown],
                period: None,
                days: RED_FLAG_DAYS,
                nights: 1,
                weeks: 1,
                trait_: Trait::AwarenessLost,
            }),
        ]),
        Unless(&known(&["epilepsy"])),
    ]),
    symptom(S::Seizure, RED_FLAG_DAYS).lasts_at_least(300).is(),
]);

const QUININE: Condition = taken(Substance::Quinine, RED_FLAG_DAYS);
const QUININE_NOW: Condition = All(&[
    QUININE,
    Any(&[
        once(S::Bleeding),
        once(S::VisionLoss),
        once(S::VisionChange),
    ]),
]);

/// The red flags, the most urgent first.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "red-cauda-equina",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: CAUDA_EQUINA,
        observed: "You recorded {what} {dates}.",
        why: "Nerves at the bottom of the back can be squeezed. They control the bladder, the bowel and the legs. They need help within hours.",
        whom: "your emergency number",
        advice: "Go to an emergency department now. Tell them about the numb area, the bladder or bowel, and both legs.",
        worse: "",
        sources: &["CES", "CSP", "S1:D1.1"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-cauda-equina-slow",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: All(&[CAUDA_EQUINA_SLOW, Unless(&CAUDA_EQUINA)]),
        observed: "You recorded {what} {dates}.",
        why: "A change of bladder, bowel or feeling between the legs, with back or leg pain, can come from nerves squeezed in the back. It matters even when it has been there for weeks.",
        whom: "a doctor or your out-of-hours service",
        advice: "Ask to be examined today.",
        worse: "If it is new, or worse in the last two weeks, go to an emergency department now.",
        sources: &["CES", "CSP"],
        proposal: true,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-dvt-lung",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: CLOT_AND_LUNG,
        observed: "You recorded {what} {dates}.",
        why: "A blood clot can start in the leg and move to the lung. Signs in the leg together with the chest need help at once.",
        whom: "your emergency number",
        advice: "Sit down and do not walk about. Do not rub the leg. This diary cannot tell you the cause.",
        worse: "",
        sources: &["WELLS"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-dvt",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: All(&[CLOT, Unless(&CLOT_AND_LUNG)]),
        observed: "You recorded {what} {dates}.",
        why: "A leg that swells on one side, or is sore with redness or warmth, can mean a blood clot. Only an examination can tell. The chance is higher in pregnancy, with cancer, after an operation or after days in bed.",
        whom: "a doctor or your out-of-hours service",
        advice: "Ask to be examined today. Until then do not rub the leg and do not stretch it hard. This diary cannot tell you the cause.",
        worse: "If breathing gets hard or the chest hurts, call your emergency number, for example 112, 999 or 911.",
        sources: &["WELLS", "CPreg", "S4:D4.1"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-chest",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: All(&[once(S::ChestPain), Unless(&CLOT_AND_LUNG)]),
        observed: "You recorded {what} {dates}.",
        why: "Chest pain can come from the heart or the lungs.",
        whom: "your emergency number",
        advice: "Call if the pain is there now or comes back. If it is over, talk to a doctor today.",
        worse: "",
        sources: &["GENERAL", "WELLS"],
        proposal: true,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-acute-limb",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: Any(&[
            once(S::CannotMoveLeg),
            All(&[
                near(S::SuddenLegPain),
                Any(&[near(S::PaleFoot), near(S::ColdFoot), near(S::Numbness)]),
            ]),
            All(&[
                symptom(S::PaleFoot, TOGETHER)
                    .one_side()
                    .new_within(14)
                    .is(),
                symptom(S::ColdFoot, TOGETHER)
                    .one_side()
                    .new_within(14)
                    .is(),
            ]),
        ]),
        observed: "You recorded {what} {dates}.",
        why: "The blood flow to the leg may be blocked. The muscle can be lost within hours.",
        whom: "your emergency number",
        advice: "Keep the leg still and do not warm it with hot water. Do not raise it.",
        worse: "",
        sources: &["ALI", "S1:D1.2"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-long-cramp",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: Condition::Episodes(EpisodeTest {
            kinds: &[Kind::Cramp],
            period: None,
            days: TOGETHER,
            nights: 1,
            weeks: 1,
            trait_: Trait::LongerThan(600),
        }),
        observed: "You recorded a cramp that lasted longer than 10 minutes {dates}.",
        why: "Most leg cramps end within 10 minutes and ease with a stretch. One that does not should be looked at.",
        whom: "a doctor or your out-of-hours service",
        advice: "Say how long it lasted and whether stretching helped.",
        worse: "If the leg is pale, cold, numb or will not move, call your emergency number, for example 112, 999 or 911.",
        sources: &["NHS", "NI", "S1:D1.1b"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-tetanus",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: STIFF_OR_POISONED,
        observed: "You recorded {what} {dates}.",
        why: "A stiff jaw or spasms of the whole body can come from a germ in a wound, or from a poison. Breathing can be hit.",
        whom: "your emergency number",
        advice: "Say if there was a dirty wound or contact with lead, mercury or weed or insect killer.",
        worse: "",
        sources: &["TET", "NHS-old"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-wound",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: All(&[
            Any(&[noticed(S::DirtyWound, 21), once(S::ToxinContact)]),
            Unless(&STIFF_OR_POISONED),
        ]),
        observed: "You recorded {what} {dates}.",
        why: "A dirty wound, or contact with lead, mercury or weed or insect killer, can make muscles cramp days later.",
        whom: "a doctor, a wound clinic or your out-of-hours service",
        advice: "Ask if a tetanus jab is due. Say what you touched and when.",
        worse: "If the jaw or body gets stiff, or swallowing or breathing gets hard, call your emergency number, for example 112, 999 or 911.",
        sources: &["TET", "NHS-old"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-weakness-sudden",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: WEAK_SUDDENLY,
        observed: "You recorded {what} {dates}, begun within days.",
        why: "Weakness, or trouble with speech or swallowing, that comes within hours or days can be a stroke or a squeezed nerve.",
        whom: "your emergency number",
        advice: "Say when it began and which side it is on.",
        worse: "",
        sources: &["NG127-W", "NG42"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-weakness",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: All(&[
            Any(&[
                symptom(S::FootDrop, RED_FLAG_DAYS).new_within(28).is(),
                symptom(S::SwallowingTrouble, RED_FLAG_DAYS)
                    .new_within(28)
                    .is(),
                symptom(S::Weakness, RED_FLAG_DAYS).began_within(28).is(),
            ]),
            Unless(&WEAK_SUDDENLY),
        ]),
        observed: "You recorded {what} {dates}, begun within weeks.",
        why: "Strength that is lost within four weeks needs a quick look at nerves and muscles.",
        whom: "a doctor or your out-of-hours service",
        advice: "Ask to be examined today. Say when it began and if it is spreading.",
        worse: "If it came on within hours or days, or breathing or swallowing is hard, call your emergency number, for example 112, 999 or 911.",
        sources: &["NG127-W", "NG42"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-dark-urine",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: once(S::DarkUrine),
        observed: "You recorded {what} {dates}.",
        why: "Urine the colour of cola, with sore or weak muscles, can mean that muscle is breaking down. The kidneys can be harmed.",
        whom: "your emergency number",
        advice: "Go to an emergency department now. Take a list of your medicines along.",
        worse: "",
        sources: &["RHAB", "S4:D4.2"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-calcium-now",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: CALCIUM_NOW,
        observed: "You recorded {what} {dates}.",
        why: "Very low calcium in the blood can upset the heart, the brain and breathing. Noisy breathing can mean that the throat is narrow.",
        whom: "your emergency number",
        advice: "Do not take extra calcium to treat it yourself.",
        worse: "",
        sources: &["HYPOCA", "S0:D0.1"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-calcium",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: All(&[
            Any(&[once(S::MouthTingling), once(S::HandSpasm)]),
            Unless(&CALCIUM_NOW),
        ]),
        observed: "You recorded {what} {dates}.",
        why: "Tingling round the mouth and cramped hands can come from low calcium in the blood. A blood test can tell.",
        whom: "a doctor or your out-of-hours service",
        advice: "Say if there was an operation on the neck, or a bowel or kidney disease.",
        worse: "If there is a fit, a racing heart or noisy breathing, call your emergency number, for example 112, 999 or 911.",
        sources: &["HYPOCA", "S0:D0.1", "S4:R4.1"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-salts",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: SALTS_NOW,
        observed: "You recorded {what} {dates}.",
        why: "Salts in the blood can be far too low or too high after vomiting or diarrhoea, with water tablets or with weak kidneys. The heart and the mind can be hit.",
        whom: "your emergency number",
        advice: "Say what medicines you take.",
        worse: "",
        sources: &["GENERAL", "FPN", "HYPOCA"],
        proposal: true,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-heartbeat",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: All(&[
            once(S::Palpitations),
            Unless(&SALTS_NOW),
            Unless(&CALCIUM_NOW),
        ]),
        observed: "You recorded {what} {dates}.",
        why: "A racing or uneven heart together with cramps can come from salts in the blood. A blood test and a heart trace can tell.",
        whom: "a doctor or your out-of-hours service",
        advice: "Say what medicines and supplements you take.",
        worse: "If you faint, feel faint or the chest hurts, call your emergency number, for example 112, 999 or 911.",
        sources: &["HYPOCA", "GENERAL"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-seizure",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: FIT,
        observed: "You recorded {what} {dates}: awareness lost, or a fit.",
        why: "A first fit needs help at once. So does any fit of more than 5 minutes.",
        whom: "your emergency number",
        advice: "If it is over and was the first one, be seen today. Do not drive until a doctor says so. Ask someone who saw it to come along.",
        worse: "",
        sources: &["S1:D1.3", "GENERAL", "NG127-S"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-night-fit",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: All(&[
            Any(&[
                once(S::TongueBiting),
                All(&[
                    once(S::WetBed),
                    Any(&[near(S::Confusion), near(S::NightJerks)]),
                ]),
            ]),
            Unless(&FIT),
        ]),
        observed: "You recorded {what} {dates}.",
        why: "A bitten tongue, or a wet bed with confusion or jerking, can mean a fit in sleep.",
        whom: "a doctor",
        advice: "Ask for an urgent referral. Ask anyone who saw the night to write down what they saw.",
        worse: "If someone sees you jerk and not respond, they should call the emergency number, for example 112, 999 or 911.",
        sources: &["S1:D1.3", "NG127-S"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-quinine-now",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: QUININE_NOW,
        observed: "You recorded {what} {dates}.",
        why: "Quinine and tonic water can, rarely, destroy blood cells or harm the eyes. Deaths are known.",
        whom: "your emergency number",
        advice: "Take no more quinine or tonic water. Tell them that you took it.",
        worse: "",
        sources: &["FDA-Q", "MHRA-Q"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-quinine",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: All(&[
            QUININE,
            Any(&[
                once(S::Bruising),
                once(S::Rash),
                once(S::HearingChange),
                once(S::Fever),
            ]),
            Unless(&QUININE_NOW),
        ]),
        observed: "You recorded {what} {dates}.",
        why: "Bruises, a rash, fever or changed hearing after quinine or tonic water can be harm from it.",
        whom: "a doctor or your out-of-hours service",
        advice: "Take no more quinine or tonic water before they have given advice.",
        worse: "If there is bleeding or the sight changes, call your emergency number, for example 112, 999 or 911.",
        sources: &["MHRA-Q", "FDA-Q"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-limb",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: Any(&[
            once(S::BlackToe),
            once(S::FootSore),
            symptom(S::RestPain, RED_FLAG_DAYS)
                .relieved_by(&[RelievedBy::Hanging])
                .is(),
        ]),
        observed: "You recorded {what} {dates}.",
        why: "A sore that does not heal, a black toe, or pain that eases when the leg hangs down: too little blood may reach the foot. The foot can be lost.",
        whom: "a doctor or a foot clinic",
        advice: "Ask for an urgent look at the blood vessels of the leg. Do not use hot water bottles or hot baths on that foot.",
        worse: "If the foot turns pale, cold and numb, call your emergency number, for example 112, 999 or 911.",
        sources: &["GENERAL", "CG147", "S1:D1.2"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-vein-bleeding",
        sort: Sort::RedFlag,
        urgency: Urgency::Emergency,
        when: once(S::VeinBleeding),
        observed: "You recorded {what} {dates}.",
        why: "A bleeding varicose vein (a wide, bent vein under the skin) can lose a lot of blood in a short time.",
        whom: "your emergency number",
        advice: "Lie down, raise the leg and press hard on the spot. If the bleeding has stopped, be seen today.",
        worse: "",
        sources: &["CG168", "S4:T4.1"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-sugar",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: All(&[
            Any(&[
                once(S::Thirst),
                once(S::FrequentUrination),
                known(&["diabetes"]),
            ]),
            Any(&[near(S::Vomiting), near(S::Drowsiness)]),
        ]),
        observed: "You recorded {what} {dates}.",
        why: "Vomiting or drowsiness with thirst, or with diabetes, can mean that blood sugar is dangerously high.",
        whom: "a doctor or your out-of-hours service",
        advice: "Ask for a blood sugar test today. Follow your sick-day rules if you were given any.",
        worse: "If it is hard to stay awake, or breathing is deep and fast, call your emergency number, for example 112, 999 or 911.",
        sources: &["GENERAL", "S0:D0.1"],
        proposal: false,
        reviewed: REVIEWED,
    },
    Rule {
        id: "red-sight",
        sort: Sort::RedFlag,
        urgency: Urgency::SameDay,
        when: All(&[once(S::VisionLoss), Unless(&QUININE_NOW)]),
        observed: "You recorded {what} {dates}.",
        why: "Sight that is lost, even for a while, needs a quick look at the eye and its nerve.",
        whom: "a doctor, an eye clinic or your out-of-hours service",
        advice: "Say which eye, when it began and if it came back.",
        worse: "If it came on suddenly, or with weakness or trouble with speech, call your emergency number, for example 112, 999 or 911.",
        sources: &["GENERAL", "S1:D1.4"],
        proposal: false,
        reviewed: REVIEWED,
    },
];
