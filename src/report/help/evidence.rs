//! `cramp help relief`: what people do while the muscle is hard.

use crate::report::help::advice::{Advice, Evidence};
use crate::report::help::{Block, Topic, heading, says};

const CLOT: &str = "not on a leg that is swollen, warm, red or tender between cramps: it may be a blood clot, which needs a \
                    doctor today.";

/// Relief during a cramp.
pub(super) fn relief() -> Topic {
    let mut blocks = vec![
        says(
            "What people do while the muscle is hard. No trial of relief during a cramp was found: this is the advice of patient \
             pages and of the source documents, and most cramps pass within minutes. Whether an action helps you is something \
             your diary can show.",
        ),
        heading("Do not wait"),
        says(
            "Call your emergency number (for example 112, 999 or 911) if a leg is suddenly cold, pale or numb or cannot be moved; \
             if you are short of breath or have chest pain; if you have jaw stiffness or spasms of the whole body. Get urgent help \
             for a cramp that lasts longer than 10 minutes and does not ease with stretching. (ALI, WELLS, TET, NHS, NI)",
        ),
        heading("During the cramp"),
    ];
    blocks.extend(RELIEF.iter().cloned().map(Block::Advice));
    blocks.push(says(
        "To learn what works for you, add how long it took to ease: cramp log left calf 6 +stretch relief-after=2min",
    ));
    Topic::new("relief", "What to do during a cramp", blocks)
}

static RELIEF: &[Advice] = &[
    Advice {
        what: "Lift toes and foot",
        how: "Pull toes and foot up towards the shin and hold them there until the calf lets go.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: None,
        caution: None,
        record: "+dorsiflex",
        sources: &["S3:A3.1"],
    },
    Advice {
        what: "Pull the big toe",
        how: "Take the big toe of the cramped side in the hand and draw the sole slowly towards you.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: None,
        caution: None,
        record: "+pull-toe",
        sources: &["S3:A3.2"],
    },
    Advice {
        what: "Stretch the cramped muscle",
        how: "Straighten the leg slowly, then stretch the muscle against the cramp.",
        evidence: Evidence::AdviceOnly,
        found: "That stretching eases it is part of how night cramps are told from other pains (OKE16).",
        disputed: Some(
            "one document stretches slowly and then with force (S3:A3.3); another warns that the cramp often comes straight back \
             after stretching (S4:O4.3).",
        ),
        caution: Some(CLOT),
        record: "+stretch",
        sources: &["S3:A3.3", "S4:A4.1", "S4:O4.3", "OKE16"],
    },
    Advice {
        what: "Massage the muscle",
        how: "Rub or knead the muscle with both hands, and go on a little after it has eased.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: None,
        caution: Some(CLOT),
        record: "+massage",
        sources: &["S3:A3.4", "S4:A4.2"],
    },
    Advice {
        what: "Press on it",
        how: "Press firmly on the hard part.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: None,
        caution: Some(CLOT),
        record: "+press",
        sources: &["S4:A4.1"],
    },
    Advice {
        what: "Keep it warm afterwards",
        how: "Cover the leg, or lay something warm on it.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: None,
        caution: Some(
            "not hot, and not on numb skin or on legs with diseased arteries: burns go unnoticed and heal badly.",
        ),
        record: "+heat",
        sources: &["S4:A4.2", "GENERAL"],
    },
    Advice {
        what: "Stand up and walk",
        how: "Put the foot flat on the floor and take a few steps.",
        evidence: Evidence::AdviceOnly,
        found: "",
        disputed: None,
        caution: Some("hold on to something: falls at night do more harm than cramps."),
        record: "+walk",
        sources: &["GENERAL"],
    },
];
