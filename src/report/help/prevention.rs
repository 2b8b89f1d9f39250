//! `cramp help prevention`: what is advised against cramps to come.

use crate::report::help::advice::{Advice, Evidence};
use crate::report::help::{Block, Topic, heading, says};

/// Measures against cramps to come.
pub(super) fn prevention() -> Topic {
    let mut blocks = vec![says(
        "What the source documents and the literature advise, with what was found when somebody looked. Where they contradict \
         each other, both sides are shown. Change one thing at a time, for at least two weeks, and write down every night: \
         cramps often get better by themselves after a bad spell, so that whatever was tried last seems to have helped. (S0:C0.5, ROG17, CMg)",
    )];
    for (title, group) in [
        ("In the evening and in bed", EVENING),
        ("By day", BY_DAY),
        ("Food and supplements", FOOD),
        ("Not to be tried", WARNED),
    ] {
        blocks.push(heading(title));
        blocks.extend(group.iter().cloned().map(Block::Advice));
    }
    blocks.push(heading("When to ask a doctor first"));
    blocks.push(says(
        "When cramps are frequent and severe, go on for weeks whatever you do, or come with numbness, weakness, swelling, pain on \
         walking, or any sign 'cramp flags' speaks of. Never stop or change a prescribed medicine because of cramps without the person \
         who prescribed it. (S0:C0.6, S0:T0.1, S2:T2.1, S4:C4.10, NHS)",
    ));
    Topic::new("prevention", "What is advised against night cramps", blocks)
}

static EVENING: &[Advice] = &[
    Advice {
        what: "Stretch calves and hamstrings before bed",
        how: "As in the trial: hold a stretch for 10 seconds, rest 10 seconds, three times, both legs, within three minutes.",
        evidence: Evidence::TrialsDisagree,
        found: "In 80 people over 55 it meant 1.2 fewer cramps a night and less pain, but everybody knew who stretched (HAL12). In 191 \
                people who took quinine it made no difference (COP05). A Cochrane review calls the certainty low (CNonD).",
        disputed: None,
        caution: Some("hold on to something; not with a leg that is swollen, warm and tender."),
        record: "cramp night stretch=yes",
        sources: &["S0:C0.2", "HAL12", "COP05", "CNonD"],
    },
    Advice {
        what: "A warm foot or leg bath, then socks",
        how: "Bathe feet and legs in warm water before bed and put socks on.",
        evidence: Evidence::AdviceOnly,
        found: "One document calls warmth the most effective measure (S4:R4.3).",
        disputed: Some(
            "all five documents blame cold, but searches for cramps and new prescriptions peak in summer (GAR15).",
        ),
        caution: Some(
            "test the water with an elbow; not with numb feet or diseased arteries, where burns go unnoticed.",
        ),
        record: "cramp night warm-bath=10min socks=yes",
        sources: &[
            "S4:C4.1", "S4:C4.2", "S4:R4.3", "S2:C2.2", "GAR15", "HAW13b", "GENERAL",
        ],
    },
    Advice {
        what: "Keep cold and moving air off the legs",
        how: "Warm the room, cover the legs, turn the fan away.",
        evidence: Evidence::Weak,
        found: "Cold feet in bed went with cramps among 160 people at one point in time (HAW13b).",
        disputed: Some("population data peak in the warm season (GAR15)."),
        caution: None,
        record: "cramp night room=18C legs-uncovered=no airflow=no",
        sources: &[
            "S0:F0.7", "S1:F1.5", "S2:F2.7", "S4:C4.3", "HAW13b", "GAR15",
        ],
    },
    Advice {
        what: "Loosen the covers and mind the feet",
        how: "Leave room above the feet; on the front, let the feet hang over the edge of the bed; do not lie for long with legs bent.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: Some(
            "one document speaks of covers on the soles (S1:F1.2), another of the top of the feet (S2:F2.3); only the latter points the foot.",
        ),
        caution: None,
        record: "cramp night covers-press=no posture=side",
        sources: &["S4:C4.9", "S1:F1.2", "S2:F2.3", "BED"],
    },
];

static BY_DAY: &[Advice] = &[
    Advice {
        what: "Exercise: less, or more",
        how: "Avoid exhausting yourself; build up strength slowly.",
        evidence: Evidence::Weak,
        found: "People with a sedentary life had cramps far more often, but the figure is rough: about ten times the odds, and anything from 1.7 to 102 times fits (DEL20).",
        disputed: Some(
            "the same document advises not to exercise much (S1:C1.3) and to exercise for strength and endurance (S1:C1.4); another \
             advises stronger muscles and less overwork at once (S4:C4.4).",
        ),
        caution: Some(
            "calf pain that walking brings on and rest relieves needs a doctor, not training.",
        ),
        record: "cramp night exercise=45min exercise-intensity=5 work=2h",
        sources: &[
            "S0:C0.3", "S1:C1.3", "S1:C1.4", "S2:C2.2", "S4:C4.4", "DEL20",
        ],
    },
    Advice {
        what: "Warm up before, wind down after",
        how: "Stretch and warm up before exercise; stretch and keep warm afterwards.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: None,
        caution: None,
        record: "cramp night warm-up=yes stretch-after=yes warm-after=yes",
        sources: &["S1:C1.5", "S1:C1.6", "S2:C2.1", "S4:C4.5"],
    },
    Advice {
        what: "Train the back",
        how: "Swimming, walking backwards, bridges, lifting chest and legs while lying on the front.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: None,
        caution: Some("ask first if you have back pain with numbness or weakness in a leg."),
        record: "cramp night back-training=15min",
        sources: &["S1:C1.7"],
    },
    Advice {
        what: "Water and salts when sweating",
        how: "Drink, and replace salt, when exercise makes you sweat.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: Some(
            "reviews see no role for lost salt or water in ordinary night cramps (FPN); one document itself says such cramps come mostly \
             by day (S4:R4.4); patient pages list dehydration (NHS).",
        ),
        caution: Some(
            "extra salt or potassium not with kidney or heart disease or high blood pressure.",
        ),
        record: "cramp night sweat=2 fluid=1.5l salt-replaced=yes",
        sources: &["S3:F3.6", "S4:C4.6", "S4:R4.4", "S4:R4.2", "FPN", "NHS"],
    },
    Advice {
        what: "Less alcohol",
        how: "Try evenings without it.",
        evidence: Evidence::Weak,
        found: "In people over 60 drinking went with cramps, but the figure is rough: about six times the odds, and anything from 1.7 to 38 times fits (DEL18).",
        disputed: None,
        caution: Some("who drinks much every day should not stop at once without medical help."),
        record: "cramp night alcohol=0",
        sources: &["DEL18", "GENERAL"],
    },
];

static FOOD: &[Advice] = &[
    Advice {
        what: "Calcium",
        how: "A glass of milk a day, soya, tofu, kelp, fish with bones; or a supplement.",
        evidence: Evidence::AdviceOnly,
        found: "Too little calcium in the blood does cause cramps, but has other signs and \
                is found by a blood test (HYPOCA).",
        disputed: Some(
            "four documents blame a lack and advise calcium, for children promptly (S0:C0.4, S1:C1.1, S3:C3.1, S4:C4.7). Two warn: not blindly \
             (S2:R2.1), and most people hardly lack it (S4:R4.1). One adds that many go on cramping with it (S0:R0.2).",
        ),
        caution: Some(
            "at most 2,500 mg a day from food and supplements together (UL-CA); ask first with kidney stones or kidney disease; for children \
             only with a doctor.",
        ),
        record: "cramp night milk=1 calcium-food=2 calcium=500mg",
        sources: &[
            "S0:C0.4", "S1:C1.1", "S3:C3.1", "S4:C4.7", "S0:R0.2", "S2:R2.1", "S3:R3.1", "S4:R4.1",
            "HYPOCA", "UL-CA",
        ],
    },
    Advice {
        what: "Magnesium",
        how: "Nuts, seeds, whole grain, greens; or a supplement.",
        evidence: Evidence::NoEffect,
        found: "In older adults four weeks changed nothing that matters: 0.01 cramps a week (from 0.52 fewer to 0.55 more, CMg). One trial \
                was positive: after two months 3.4 episodes fewer, against 2.6 with placebo (BAR21). In pregnancy results disagree (CPreg).",
        disputed: Some(
            "two documents advise it (S0:C0.4, S4:C4.7), one only when cramps last and nothing else explains them (S0:R0.1).",
        ),
        caution: Some(
            "from supplements at most 250 mg a day (EU) or 350 mg (US), counted as the element (UL-MG); not with kidney disease unless a \
             doctor agrees; loosens the bowels.",
        ),
        record: "cramp night magnesium=250mg, or cramp course start magnesium 250mg",
        sources: &[
            "S0:C0.1", "S0:C0.4", "S4:C4.7", "S0:R0.1", "CMg", "BAR21", "ROG17", "CPreg", "UL-MG",
        ],
    },
    Advice {
        what: "B vitamins",
        how: "A B complex.",
        evidence: Evidence::Weak,
        found: "One small trial saw cramps go in 86 % of those who took it (CHAN); a review for family doctors rates that weakly (AAFP17).",
        disputed: None,
        caution: Some(
            "vitamin B6 at most 12 mg a day (EU, UL-B6; the UK advises 10 mg, FSA). More damages nerves and causes numbness, which looks like \
             the diseases a doctor would search for. The product of the trial held 30 mg.",
        ),
        record: "cramp night vitamin-b6=10mg",
        sources: &["S0:C0.4", "CHAN", "AAFP17", "UL-B6", "FSA"],
    },
    Advice {
        what: "Vitamin D and sun",
        how: "About 20 minutes of sun at a time, or a supplement.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: None,
        caution: Some("at most 100 µg (4,000 IU) a day (UL-D); do not burn the skin."),
        record: "cramp night sun=20min vitamin-d=25ug",
        sources: &["S1:C1.2", "S4:C4.7", "UL-D"],
    },
    Advice {
        what: "Vitamin K2",
        how: "180 µg of the form MK-7 a day, in the trial.",
        evidence: Evidence::Trial,
        found: "Eight weeks in people of 65 and over: from 2.6 to 1.0 cramps a week, while the placebo group went from 2.7 to 3.6 (TAN24). A placebo \
                group that gets worse is unusual in such trials.",
        disputed: None,
        caution: Some(
            "never with warfarin or acenocoumarol: small amounts already work against them (K2-VKA).",
        ),
        record: "cramp course start vitamin-k2 180ug",
        sources: &["TAN24", "K2-VKA"],
    },
    Advice {
        what: "Food that spares the arteries",
        how: "Balanced meals with little animal fat and salt.",
        evidence: Evidence::AdviceOnly,
        found: "It is advised for the arteries, not for cramps.",
        disputed: None,
        caution: None,
        record: "cramp night balanced-diet=yes",
        sources: &["S2:C2.2", "S4:C4.8"],
    },
];

static WARNED: &[Advice] = &[Advice {
    what: "Quinine and tonic water",
    how: "Not on your own, and never as an experiment.",
    evidence: Evidence::Warned,
    found: "It lessens cramps by about a quarter (CQu), and rarely kills: by bleeding, allergy and uneven heartbeat (FDA-Q). In the UK it is \
            given only when cramps ruin sleep and nothing else helped, for four weeks, then judged and paused (MHRA-Q).",
    disputed: None,
    caution: Some(
        "bruises, bleeding, rash, changed hearing or sight after quinine: stop it and get medical help today.",
    ),
    record: "cramp took quinine 200mg",
    sources: &["CQu", "FDA-Q", "MHRA-Q", "WOOD05"],
}];
