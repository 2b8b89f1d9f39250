//! The claims of the five documents the diary answers to, each with an id that factors, fields, rules and advice cite.
//!
//! The documents are web articles for lay readers, translated by machine. A claim is what one of them says, not what is
//! known: where studies agree or disagree is said where the claim is used.

/// One claim of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claim {
    /// Document and number (`S0:F0.7`).
    pub(crate) id: &'static str,
    /// What the document says, in our words.
    pub(crate) says: &'static str,
}

/// What a claim is about, by the letter of its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Sort {
    /// F: something that is said to bring cramps on.
    Factor,
    /// C: a countermeasure.
    Countermeasure,
    /// A: an action during a cramp.
    Action,
    /// D: a disease, or a sign of one.
    Disease,
    /// T: when to see a doctor.
    Threshold,
    /// R: a rule for deciding.
    Rule,
    /// O: how a cramp goes.
    Outcome,
    /// Q: a number.
    Quantity,
    /// G: people said to be at risk.
    Group,
}

impl Claim {
    /// The document (`S0`).
    pub(crate) fn document(&self) -> &'static str {
        self.id.split(':').next().unwrap_or(self.id)
    }

    /// What it is about; `None` for an id that names no sort (a test holds that there is none).
    pub(crate) fn sort(&self) -> Option<Sort> {
        let letter = self.id.split(':').nth(1)?.chars().next()?;
        match letter {
            'F' => Some(Sort::Factor),
            'C' => Some(Sort::Countermeasure),
            'A' => Some(Sort::Action),
            'D' => Some(Sort::Disease),
            'T' => Some(Sort::Threshold),
            'R' => Some(Sort::Rule),
            'O' => Some(Sort::Outcome),
            'Q' => Some(Sort::Quantity),
            'G' => Some(Sort::Group),
            _ => None,
        }
    }
}

/// The claim with this id.
pub(crate) fn find(id: &str) -> Option<&'static Claim> {
    CLAIMS.iter().find(|claim| claim.id == id)
}

/// The documents, by the name claims begin with, and what each is about.
pub(crate) static DOCUMENTS: &[(&str, &str)] = &[
    (
        "S0",
        "Night cramps and calcium: two everyday causes, magnesium, and two groups of diseases",
    ),
    (
        "S1",
        "Why legs cramp: six causes, three diseases, and what to do",
    ),
    (
        "S2",
        "A lack of calcium or not: causes in bed and by day, and diseases",
    ),
    (
        "S3",
        "Kicking and cramping legs in sleep, causes and quick relief",
    ),
    (
        "S4",
        "Five reasons for cramps at night, each with a countermeasure",
    ),
];

const fn claim(id: &'static str, says: &'static str) -> Claim {
    Claim { id, says }
}

/// Every claim, in the order of the documents.
pub(crate) static CLAIMS: &[Claim] = &[
    claim("S0:F0.1", "Too little calcium in food or supplements"),
    claim("S0:F0.2", "Too much exercise, or tiredness, during the day"),
    claim("S0:F0.3", "Hard work during the day"),
    claim("S0:F0.4", "Long runs"),
    claim("S0:F0.5", "A bed too short to lie with straight legs"),
    claim("S0:F0.6", "Legs pressed on in bed"),
    claim("S0:F0.7", "A bedroom that is too cold"),
    claim("S0:F0.8", "Too little magnesium"),
    claim("S0:F0.9", "Sleep itself: cramps gather in sleep"),
    claim("S0:G0.1", "A teenager, in the case told"),
    claim("S0:G0.2", "Light or poor sleep before a demanding time"),
    claim(
        "S0:D0.0",
        "A lack of magnesium may come with poor memory, swings of mood and irritability",
    ),
    claim(
        "S0:R0.1",
        "Think of magnesium when cramps last and neither tiredness nor surroundings explain them",
    ),
    claim(
        "S0:R0.2",
        "When cramps go on despite calcium, look for another cause",
    ),
    claim(
        "S0:R0.3",
        "When measures were tried without success, think of disease",
    ),
    claim("S0:D0.1", "Diabetes, thyroid disease and low blood calcium"),
    claim(
        "S0:T0.1",
        "See a doctor about metabolism when cramps do not go away for long",
    ),
    claim("S0:D0.2", "Pressure on nerves or vessels in the lower back"),
    claim(
        "S0:T0.2",
        "See a doctor about the back when cramps do not go away for long",
    ),
    claim("S0:C0.1", "Foods with magnesium"),
    claim("S0:C0.2", "Stretching before bed"),
    claim("S0:C0.3", "Not overworking"),
    claim(
        "S0:C0.4",
        "Calcium, magnesium and B vitamins as supplements",
    ),
    claim(
        "S0:C0.5",
        "Trying measures one by one, fitted to the likely cause",
    ),
    claim("S0:C0.6", "Seeing a doctor when disease is suspected"),
    claim("S0:O0.1", "The pain wakes the sleeper"),
    claim("S0:O0.2", "A cramp of about a minute"),
    claim("S0:O0.3", "Half the night's sleep lost"),
    claim(
        "S0:Q0.1",
        "About 60 % of the body's magnesium sits in muscle and bone",
    ),
    claim(
        "S0:Q0.2",
        "Nearly a hundred reactions of the body use magnesium",
    ),
    claim("S0:Q0.3", "Lactic acid is said to set off the cramp"),
    claim("S1:F1.1", "Too little calcium"),
    claim("S1:G1.1", "Teenagers"),
    claim(
        "S1:F1.2",
        "Lying on the back for long with covers pressing on the soles",
    ),
    claim(
        "S1:F1.3",
        "Lying on the front for long with the soles against the bed",
    ),
    claim(
        "S1:F1.4",
        "Vigorous exercise with too little time for muscles to relax",
    ),
    claim("S1:F1.5", "A cold night"),
    claim("S1:F1.6", "Exercise in the cold without a warm-up"),
    claim("S1:F1.7", "Tiredness from long travel or climbing"),
    claim("S1:F1.8", "Too little potassium, sodium or magnesium"),
    claim("S1:F1.9", "Sweating and then cold wind"),
    claim(
        "S1:D1.1",
        "A slipped disc brings numbness and pain in the legs",
    ),
    claim("S1:D1.1b", "A severe slipped disc brings lasting spasm"),
    claim("S1:G1.2", "Middle-aged and older people"),
    claim(
        "S1:D1.2",
        "Narrowed leg arteries, early: coldness, numbness, cramps",
    ),
    claim(
        "S1:D1.2b",
        "Narrowed leg arteries: the calf cramps, hurts and weakens",
    ),
    claim(
        "S1:D1.2c",
        "Narrowed leg arteries, later: walking has to stop for pain",
    ),
    claim(
        "S1:D1.2d",
        "The pain goes with rest and returns with walking",
    ),
    claim(
        "S1:R1.1",
        "In older people artery disease is taken for calcium lack or a bad back, and treated late",
    ),
    claim("S1:D1.3", "Epilepsy can show as muscle spasm"),
    claim(
        "S1:D1.4",
        "Multiple sclerosis and Parkinson's disease harm nerves",
    ),
    claim("S1:C1.1", "A glass of milk a day, and foods with calcium"),
    claim("S1:C1.2", "About 20 minutes of sun at a time"),
    claim("S1:C1.3", "Not exercising too much"),
    claim("S1:C1.4", "Exercising suitably, for strength and endurance"),
    claim("S1:C1.5", "Warming up with stretches before exercise"),
    claim("S1:C1.6", "Stretching and keeping warm after exercise"),
    claim("S1:C1.7", "Training the back"),
    claim(
        "S1:Q1.1",
        "Climbing loads one leg with six times the body weight",
    ),
    claim("S2:F2.1", "Too little calcium is one cause"),
    claim(
        "S2:G2.1",
        "Growing teenagers, pregnant women and older people",
    ),
    claim("S2:F2.2", "Staying in one position for long"),
    claim(
        "S2:F2.3",
        "Lying on the back with covers pressing on the top of the feet",
    ),
    claim(
        "S2:F2.4",
        "Lying on the front with the top of the feet against the bed",
    ),
    claim("S2:F2.5", "A cold room in winter"),
    claim("S2:F2.6", "Covers that are too thin"),
    claim("S2:F2.7", "Legs or feet outside the covers"),
    claim("S2:F2.8", "Too much exercise, above all anaerobic"),
    claim("S2:F2.9", "Muscles still tense at night"),
    claim("S2:D2.1", "Blocked arteries of the legs"),
    claim(
        "S2:D2.2",
        "A slipped disc or a worn spine brings pain and spasm",
    ),
    claim("S2:D2.3", "Diabetes and high blood pressure"),
    claim(
        "S2:T2.1",
        "See a doctor when cramps are frequent and severe",
    ),
    claim("S2:R2.1", "Do not take calcium blindly"),
    claim("S2:R2.2", "Look at the possible causes first"),
    claim("S2:C2.1", "Stretching and relaxing after hard effort"),
    claim("S2:C2.2", "Sensible food, moderate exercise, warmth"),
    claim("S3:O3.1", "Legs that kick in sleep"),
    claim("S3:F3.1", "Dreams, nerves and stress, for kicking legs"),
    claim("S3:G3.1", "Babies and small children"),
    claim("S3:F3.2", "Exercise in the cold without enough warm-up"),
    claim("S3:F3.3", "Swimming in cold water"),
    claim("S3:F3.4", "Sleeping without covers"),
    claim(
        "S3:F3.5",
        "Hard exercise with too short relaxation between contractions",
    ),
    claim("S3:F3.6", "Long exercise, much sweat, salt not replaced"),
    claim("S3:F3.7", "Poor blood flow in the muscle"),
    claim("S3:F3.8", "Climbing"),
    claim("S3:F3.9", "Low blood calcium"),
    claim("S3:G3.2", "Teenagers"),
    claim(
        "S3:F3.10",
        "Lying on the back for long with covers pressing on the feet",
    ),
    claim(
        "S3:F3.11",
        "Lying on the front for long with the feet on the bed",
    ),
    claim(
        "S3:C3.1",
        "Giving calcium promptly when it lacks, for children",
    ),
    claim("S3:A3.1", "Lifting toes and feet"),
    claim(
        "S3:A3.2",
        "Taking the big toe and pulling the sole towards you",
    ),
    claim("S3:A3.3", "Straightening and stretching the leg"),
    claim("S3:A3.4", "Massaging the calf with both hands"),
    claim("S3:R3.1", "Cramps have several causes, not calcium alone"),
    claim(
        "S3:Q3.1",
        "Climbing loads one leg with six times the body weight",
    ),
    claim(
        "S4:O4.1",
        "Cramps in the middle of the night or the early morning",
    ),
    claim("S4:O4.2", "Seconds to several minutes"),
    claim("S4:O4.3", "Coming straight back after stretching"),
    claim("S4:O4.4", "Mostly the calf, sometimes the foot"),
    claim("S4:O4.5", "Sleep and life suffer"),
    claim("S4:G4.1", "Older people and pregnant women"),
    claim("S4:G4.3", "Any age"),
    claim("S4:O4.6", "The muscle turns stiff"),
    claim(
        "S4:Q4.1",
        "Two of three people over 50 have had night cramps",
    ),
    claim("S4:Q4.2", "About half see a doctor within a month"),
    claim("S4:F4.1", "Low temperature of body or legs"),
    claim("S4:F4.10", "Cold weather and strong wind"),
    claim("S4:F4.2", "Legs or feet uncovered"),
    claim("S4:F4.3", "A fan or cold air on the legs"),
    claim("S4:F4.4", "Tired muscles, which mostly cramp by day"),
    claim("S4:F4.5", "Salt lost with sweat"),
    claim("S4:F4.6", "Low blood calcium"),
    claim(
        "S4:G4.2",
        "Labourers, the long-term ill, pregnant women, badly nourished older people",
    ),
    claim("S4:R4.4", "Cramps from lost salts mostly come by day"),
    claim(
        "S4:R4.5",
        "Blood salts are asked about more often than they are the cause",
    ),
    claim("S4:R4.1", "Most people hardly lack calcium"),
    claim("S4:R4.2", "Little is sweated at night"),
    claim("S4:D4.1", "Poor flow in arteries or veins"),
    claim("S4:F4.8", "Lying still for long after falling asleep"),
    claim("S4:F4.9", "Limbs bent for long"),
    claim(
        "S4:D4.2",
        "Disease of muscles or nerves, dialysis, and medicines such as diuretics",
    ),
    claim("S4:T4.1", "Varicose veins: see a doctor promptly"),
    claim("S4:C4.1", "A warm foot or leg bath"),
    claim("S4:C4.2", "Socks in bed"),
    claim("S4:C4.3", "No fan or cold air straight on the legs"),
    claim("S4:R4.3", "Warmth is said to work best"),
    claim("S4:C4.4", "Strengthening muscles"),
    claim(
        "S4:C4.5",
        "Warming up before and winding down after exercise",
    ),
    claim("S4:C4.6", "Salts and water with exercise"),
    claim("S4:C4.7", "Calcium, vitamin D3 and magnesium"),
    claim("S4:C4.8", "Food that spares the arteries"),
    claim("S4:C4.9", "Minding the position in sleep"),
    claim("S4:C4.10", "Seeing a doctor about other diseases"),
    claim("S4:A4.1", "Stretching, and pressing the cramped part"),
    claim("S4:A4.2", "Massage and warmth afterwards"),
];
