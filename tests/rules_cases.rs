//! Written case histories: what happened, what was written down, which flags must come and which must not.

use crate::rules::{self, Urgency};

use crate::tests::rules_entries::{as_of, diary};

struct Case {
    story: &'static str,
    entries: &'static str,
    fires: &'static [&'static str],
    /// Rule ids, or `urgent` (no emergency or same-day flag but those named) or `rest` (nothing else at all).
    silent: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        story: "A woman of 62 begins the diary. On the first night a calf cramp wakes her, pain 6, two minutes.",
        entries: "me born=1964; cramp 1 left sev=6 dur=120 woke",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "A man keeps the diary for four weeks and has no cramp at all.",
        entries: "calm 1..28",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "One cramp in an otherwise complete month: nothing to bring up.",
        entries: "calm 1..28; cramp 9 right sev=5 dur=60",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "A cramp a week for a month, each short, no other sign. A talk at the next visit is enough.",
        entries: "calm 1..28; cramp 2,9,16,23 left sev=4 dur=90",
        fires: &["ladder-weekly"],
        silent: &["rest"],
    },
    Case {
        story: "Cramps on three nights a week for two weeks, then fewer. Mild.",
        entries: "calm 1..28; cramp 2,4,6,8,10,12 left sev=3 dur=60",
        fires: &["ladder-frequent"],
        silent: &["urgent", "ladder-severe"],
    },
    Case {
        story: "Two nights a week, but pain of 8 every time.",
        entries: "calm 1..28; cramp 2,5,9,12 right sev=8 dur=240",
        fires: &["ladder-severe"],
        silent: &["urgent", "ladder-frequent", "ladder-weekly"],
    },
    Case {
        story: "Only bad nights are written down, three a week for a month. The blank nights do not make it calm, and do not silence it.",
        entries: "cramp 1,3,5,8,10,12,15,17,19,22,24,26 left sev=5",
        fires: &["ladder-frequent", "ladder-weekly"],
        silent: &["urgent"],
    },
    Case {
        story: "Five cramps in the first week of a diary. Three weeks are still blank, so nothing can be said about a month.",
        entries: "cramp 1,2,3,4,5 left sev=4",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "Cramps that wake him and cost 40 minutes of sleep, four times in a month.",
        entries: "calm 1..28; cramp 3,10,12,24 woke; night 3,10,12,24 lost=40",
        fires: &["ladder-sleep"],
        silent: &["urgent"],
    },
    Case {
        story: "She stretched every evening for five weeks. Cramps still come every week and are no fewer than before.",
        entries: "calm 0..70; cramp 2,9,16,23,40,47,54,61 left; measure stretching start=35",
        fires: &["tried-no-relief", "ladder-weekly"],
        silent: &["urgent"],
    },
    Case {
        story: "She stretched for five weeks and went from five cramp nights a week to one. That is clearly fewer.",
        entries: "calm 0..70; cramp 2,9,16,23 left; cramp 36,37,38,39,40,43,44,45,46,47,50,51,52,53,54,57,58,59,60,61 left; measure stretching start=35",
        fires: &["ladder-weekly"],
        silent: &["tried-no-relief", "urgent"],
    },
    Case {
        story: "Half a year of calcium on a neighbour's advice, and cramps every week all the same.",
        entries: "calm 1..28; cramp 1,8,15,22; supp calcium 500mg start=180",
        fires: &["calcium-no-relief", "tried-no-relief"],
        silent: &["urgent", "limit-calcium"],
    },
    Case {
        story: "An office worker writes down everything: little effort, room 19 °C, covers loose. Cramps every week.",
        entries: "calm 1..28; cramp 1,8,15,22; val 1,8,15,22 fatigue 2; val 1,8,15,22 exercise 10min; val 1,8,15,22 room 19C",
        fires: &["no-trigger", "ladder-weekly"],
        silent: &["magnesium-lack", "urgent"],
    },
    Case {
        story: "A runner whose cramps all follow two-hour runs: the effort explains them, so that rule stays silent.",
        entries: "calm 1..28; cramp 1,8,15,22; val 1,8,15,22 exercise 120min; val 1,8,15,22 room 19C",
        fires: &["ladder-weekly"],
        silent: &["no-trigger", "urgent"],
    },
    Case {
        story: "Low mood and forgetfulness with weekly cramps, but the cramps come after hard work in the cold. The source asks about magnesium only without such reasons.",
        entries: "well; cramp 1,8,15,22; val 1,8,15,22 fatigue 9; val 1,8,15,22 room 12C; sym 1,10 mood; sym 1,10 memory",
        fires: &["ladder-weekly"],
        silent: &["magnesium-lack", "no-trigger", "urgent"],
    },
    Case {
        story: "Low mood for two weeks, weekly cramps for a month, no effort, ordinary bed.",
        entries: "calm 1..28; cramp 1,8,15,22; val 1,8,15,22 fatigue 1; val 1,8,15,22 room 20C; sym 2,12 mood",
        fires: &["magnesium-lack", "no-trigger"],
        silent: &["urgent"],
    },
    Case {
        story: "He wakes with a calf cramp that does not let go for 15 minutes.",
        entries: "cramp 1 left sev=9 dur=900",
        fires: &["red-long-cramp"],
        silent: &["red-acute-limb", "red-dvt"],
    },
    Case {
        story: "A cramp of exactly ten minutes that stretching ended.",
        entries: "cramp 1 left sev=7 dur=600",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "Three days after a long flight the left calf is swollen and sore.",
        entries: "sym 1 swelling left; sym 1 calf-tenderness left",
        fires: &["red-dvt"],
        silent: &["red-dvt-lung", "red-acute-limb"],
    },
    Case {
        story: "The same, and today she is short of breath.",
        entries: "sym 1 swelling left; sym 1 calf-tenderness left; sym 0 breathlessness",
        fires: &["red-dvt-lung"],
        silent: &["red-dvt"],
    },
    Case {
        story: "Both ankles are a little swollen in the evening, as for years, with wide veins.",
        entries: "calm 1..28; sym 3 swelling both since=900; sym 3 varicose-veins both since=900",
        fires: &["veins"],
        silent: &["urgent"],
    },
    Case {
        story: "Pregnant, 30 weeks. Calf cramps at night, nothing else.",
        entries: "me born=1993; me sex=female; me pregnant=yes since=200; cramp 1,4 right sev=6 dur=60",
        fires: &["pregnancy"],
        silent: &["urgent"],
    },
    Case {
        story: "Pregnant, and the right calf is sore and warm. No swelling yet.",
        entries: "me pregnant=yes since=200; cramp 4 right; sym 1 calf-tenderness right; sym 1 leg-warmth right",
        fires: &["red-dvt", "pregnancy"],
        silent: &["red-dvt-lung"],
    },
    Case {
        story: "Two weeks after a knee operation the calf is sore to touch.",
        entries: "me surgery=2026-02-24; sym 1 calf-tenderness left",
        fires: &["red-dvt"],
        silent: &["red-dvt-lung"],
    },
    Case {
        story: "The calf is sore the day after a bad cramp. Asked about all the rest: nothing.",
        entries: "well; cramp 2 left sev=9 dur=180; sym 1 calf-tenderness left",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "Low back pain for years. Since yesterday it is numb where one sits, and passing urine is odd.",
        entries: "sym 10 back-pain since=800; sym 1 saddle-numbness; sym 1 bladder-change",
        fires: &["red-cauda-equina"],
        silent: &["red-cauda-equina-slow"],
    },
    Case {
        story: "Getting up at night to pass urine for years, no back pain, no leg pain.",
        entries: "well; sym 1 bladder-change since=1000",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "Suddenly strong pain in the right leg, the foot is white and cold.",
        entries: "sym 0 sudden-leg-pain right; sym 0 pale-foot right; sym 0 cold-foot right",
        fires: &["red-acute-limb"],
        silent: &["red-dvt"],
    },
    Case {
        story: "Cold feet every winter, both sides, since childhood.",
        entries: "well; sym 2 cold-foot both since=9000; cramp 3",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "A smoker of 68: the calf hurts after 200 metres and stops hurting when he stands still. Twice this week.",
        entries: "me born=1958; me smoker=yes; sym 1,4 walking-pain left by=rest lasts=240; cramp 2 left",
        fires: &["pad-claudication"],
        silent: &["urgent", "lumbar"],
    },
    Case {
        story: "Leg pain on walking that goes only when she sits and bends forward, with an old bad back.",
        entries: "sym 1,4 walking-pain both by=bending; sym 1,10 back-pain",
        fires: &["lumbar"],
        silent: &["pad-claudication", "urgent"],
    },
    Case {
        story: "Walking pain once, after a long march, and never again when asked.",
        entries: "well; sym 6 walking-pain both by=rest",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "At night the foot burns and he hangs it out of bed to ease it. The little toe is dark.",
        entries: "sym 1 rest-pain left by=hanging; sym 1 black-toe left",
        fires: &["red-limb"],
        silent: &["pad-claudication"],
    },
    Case {
        story: "Known diabetes. The feet tingle, and there is an open sore on the heel.",
        entries: "me condition=diabetes; sym 3 tingling both; sym 1 foot-sore left; cramp 2,9",
        fires: &["red-limb", "diabetes-feet", "diabetes-known"],
        silent: &["red-sugar"],
    },
    Case {
        story: "Thirst, passing much urine and weight loss for three weeks.",
        entries: "sym 1,8,15 thirst; sym 1,8,15 frequent-urination; sym 1 weight-loss",
        fires: &["diabetes-signs"],
        silent: &["urgent"],
    },
    Case {
        story: "The same, and since this morning vomiting.",
        entries: "sym 1,8,15 thirst; sym 1,8,15 frequent-urination; sym 0 vomiting",
        fires: &["diabetes-signs", "red-sugar"],
        silent: &["red-salts"],
    },
    Case {
        story: "Tired, cold and stiff for two months.",
        entries: "sym 1,30 tiredness; sym 1,30 cold-intolerance; sym 1,30 stiffness",
        fires: &["thyroid-signs"],
        silent: &["urgent", "parkinson-signs"],
    },
    Case {
        story: "A tired week, nothing more.",
        entries: "well; sym 1,3 tiredness",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "A year after a thyroid operation: it tingles round the mouth and the hand cramps.",
        entries: "me condition=neck-surgery; sym 0 mouth-tingling; sym 0 hand-spasm both",
        fires: &["red-calcium"],
        silent: &["red-calcium-now"],
    },
    Case {
        story: "The same with a racing heart.",
        entries: "me condition=neck-surgery; sym 0 mouth-tingling; sym 0 palpitations",
        fires: &["red-calcium-now"],
        silent: &["red-calcium", "red-heartbeat"],
    },
    Case {
        story: "A roofer in July: heavy sweating on both days before the cramps.",
        entries: "cramp 2,5; val 2,5 sweat 3",
        fires: &["electrolytes"],
        silent: &["urgent"],
    },
    Case {
        story: "Water tablets and two days of diarrhoea; today she is confused.",
        entries: "med furosemide 40mg start=400; sym 1 diarrhoea; sym 0 confusion",
        fires: &["red-salts"],
        silent: &["red-calcium-now"],
    },
    Case {
        story: "Her husband saw her jerk and not answer last night. She has never had a fit.",
        entries: "me condition=none; jerk 1 lost",
        fires: &["red-seizure"],
        silent: &["epilepsy-known"],
    },
    Case {
        story: "Known epilepsy, a short fit as usual.",
        entries: "me condition=epilepsy; sym 1 seizure lasts=60",
        fires: &["epilepsy-known"],
        silent: &["red-seizure"],
    },
    Case {
        story: "Wakes with a bitten tongue.",
        entries: "sym 1 tongue-biting",
        fires: &["red-night-fit"],
        silent: &["red-seizure"],
    },
    Case {
        story: "A rusty nail ten days ago, today the jaw is stiff.",
        entries: "sym 10 dirty-wound; sym 0 jaw-stiffness",
        fires: &["red-tetanus"],
        silent: &["red-wound"],
    },
    Case {
        story: "The right foot began to drag two days ago.",
        entries: "sym 0 foot-drop right since=2",
        fires: &["red-weakness-sudden"],
        silent: &["red-weakness"],
    },
    Case {
        story: "Over a year the left calf got thinner; it twitches, and he trips.",
        entries: "sym 1 wasting left since=300; sym 1 twitching left since=300; sym 1 falls",
        fires: &["nerve-muscle-loss"],
        silent: &["red-weakness-sudden", "red-weakness"],
    },
    Case {
        story: "An eyelid and a calf twitch now and then. Strength is fine, everything else was asked.",
        entries: "well; sym 1 twitching",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "Atorvastatin since last autumn. The thighs ache.",
        entries: "med atorvastatin 20mg start=150; sym 3 muscle-pain both",
        fires: &["statin-muscles"],
        silent: &["urgent"],
    },
    Case {
        story: "The same, and the urine looks like cola.",
        entries: "med atorvastatin 20mg start=150; sym 1 muscle-pain both; sym 0 dark-urine",
        fires: &["red-dark-urine", "statin-muscles"],
        silent: &["red-quinine"],
    },
    Case {
        story: "A new inhaler (salmeterol) four weeks before the first cramp of the diary.",
        entries: "med salmeterol start=60; cramp 30,20,10",
        fires: &["medicines-before-onset"],
        silent: &["urgent"],
    },
    Case {
        story: "The water tablet came a month after the first cramp. The order is wrong for it to be the start.",
        entries: "well; cramp 60; med bendroflumethiazide 2mg start=30",
        fires: &[],
        silent: &["medicines-before-onset", "urgent"],
    },
    Case {
        story: "On dialysis three times a week. A cramp last night.",
        entries: "me condition=dialysis; cramp 1 both",
        fires: &["dialysis"],
        silent: &["kidney-known", "urgent"],
    },
    Case {
        story: "On dialysis, and magnesium bought against the cramps.",
        entries: "me condition=dialysis; cramp 1 both; took 1 magnesium 200mg",
        fires: &["dialysis", "magnesium-kidney"],
        silent: &["limit-magnesium"],
    },
    Case {
        story: "High blood pressure, two cramps this month.",
        entries: "me condition=hypertension; cramp 3,13",
        fires: &["blood-pressure"],
        silent: &["urgent"],
    },
    Case {
        story: "A boy of 10 with leg cramps every week and a limp.",
        entries: "me born=2015; cramp 2,9,16,23 left; sym 3 limp",
        fires: &["child", "ladder-weekly"],
        silent: &["urgent"],
    },
    Case {
        story: "A girl of 15 is given calcium for cramps.",
        entries: "me born=2011; cramp 2; took 1 calcium 500mg",
        fires: &["child-supplement"],
        silent: &["urgent", "limit-calcium"],
    },
    Case {
        story: "For half a year every cramp has been in the left calf.",
        entries: "cramp 2,9,16,23,30,37,44,51,58,65,72,79,86,93,100,107,114,121,128,135,142 left",
        fires: &["one-sided", "ladder-weekly"],
        silent: &["urgent"],
    },
    Case {
        story: "Cramps change sides.",
        entries: "calm 0..190; cramp 2,16,30,44,58,72,86,100,114,128,142 left; cramp 9,23,37,51,65,79,93,107,121,135 right",
        fires: &["ladder-weekly"],
        silent: &["one-sided", "urgent"],
    },
    Case {
        story: "No cramps, but an urge to move the legs in the evening that walking about eases, three weeks in a row.",
        entries: "calm 1..28; sym 2,9,16 urge-to-move both by=moving",
        fires: &["restless-legs"],
        silent: &["ladder-weekly", "ladder-frequent", "urgent"],
    },
    Case {
        story: "The partner is kicked twice a week. No pain. Kicks are not cramps.",
        entries: "calm 1..28; jerk 1,4,8,11",
        fires: &["leg-jerks"],
        silent: &["ladder-weekly", "ladder-frequent", "urgent"],
    },
    Case {
        story: "One jerk on falling asleep.",
        entries: "well; jerk 3",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "Two glasses of tonic water in the evening against cramps.",
        entries: "took 1,2 tonic_water 300ml",
        fires: &["quinine-cramps"],
        silent: &["urgent"],
    },
    Case {
        story: "Quinine tablets, and today red spots and bruises.",
        entries: "med quinine 200mg start=20; sym 0 bruising; sym 0 rash",
        fires: &["red-quinine", "quinine-cramps"],
        silent: &["red-quinine-now"],
    },
    Case {
        story: "Magnesium citrate, 2,000 mg of the salt: about 320 mg of magnesium, over the EU limit.",
        entries: "took 1 magnesium_citrate 2000mg basis=compound",
        fires: &["limit-magnesium"],
        silent: &["urgent"],
    },
    Case {
        story: "Magnesium citrate, 400 mg of the salt: about 65 mg of magnesium.",
        entries: "well; took 1 magnesium_citrate 400mg basis=compound",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "A course of 200 mg magnesium a day and an extra 100 mg last night: 300 mg together.",
        entries: "supp magnesium 200mg start=20; took 1 magnesium 100mg",
        fires: &["limit-magnesium"],
        silent: &["urgent"],
    },
    Case {
        story: "A course of 200 mg, and the same 200 mg ticked off each evening. It is one dose, not two.",
        entries: "well; supp magnesium 200mg start=20; took 1,2,3 magnesium 200mg",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "A B complex with 50 mg of vitamin B6 for three months. The feet tingle.",
        entries: "supp vitamin_b6 50mg start=90; sym 2 tingling both",
        fires: &["vitamin-b6-numbness", "limit-vitamin-b6"],
        silent: &["urgent"],
    },
    Case {
        story: "Vitamin K2 from the chemist's, on warfarin.",
        entries: "med warfarin 3mg start=900; supp vitamin_k2 100µg start=2",
        fires: &["vitamin-k2-warfarin"],
        silent: &["red-dvt"],
    },
    Case {
        story: "A salt substitute with potassium, on ramipril and spironolactone.",
        entries: "med ramipril 5mg start=900; med spironolactone 25mg start=300; took 1 salt_substitute",
        fires: &["potassium-risk"],
        silent: &["salt-risk"],
    },
    Case {
        story: "A fortnight of fever is excluded. The cramps in it do not count towards frequency.",
        entries: "calm 1..56; cramp 3,4,5,8,9,10 left; exclude 14 1 fever",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "In the excluded fortnight one leg swelled. A red flag does not care about exclusion.",
        entries: "calm 1..56; exclude 14 1 fever; sym 3 swelling right",
        fires: &["red-dvt"],
        silent: &["red-dvt-lung"],
    },
    Case {
        story: "A blister on the heel nine days ago. It has healed since.",
        entries: "well; sym 9 foot-sore left; absent 1 foot-sore",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "The left leg gave way yesterday for an hour. Today all is well again.",
        entries: "well; sym 1 weakness left since=1 sudden; absent 0 weakness",
        fires: &["red-weakness-sudden"],
        silent: &["red-weakness", "red-acute-limb", "weak-muscles"],
    },
    Case {
        story: "Since this morning the right leg hurts badly and feels numb. The left one is fine.",
        entries: "sym 0 leg-pain right sev=9 since=0; sym 0 numbness right",
        fires: &["red-acute-limb"],
        silent: &["red-cauda-equina", "red-dvt"],
    },
    Case {
        story: "Stretching was meant to be done for six weeks. On most evenings it was forgotten.",
        entries: "cramp 1,8,15,22; measure stretching start=42; val 1..33 stretch 0; val 34..42 stretch 1; \
            val 1,8,15,22 fatigue 2; val 1,8,15,22 room 19C",
        fires: &["ladder-weekly"],
        silent: &["tried-no-relief", "no-trigger", "urgent"],
    },
    Case {
        story: "Pregnant, and a glass of tonic water in the evening against the cramps.",
        entries: "me pregnant=yes since=100; took 1 tonic_water 200ml; cramp 2",
        fires: &["quinine-pregnancy", "quinine-cramps", "pregnancy"],
        silent: &["red-quinine", "red-quinine-now"],
    },
    Case {
        story: "A week after a flight of eleven hours the calf is sore to touch.",
        entries: "me flight=2026-03-03; sym 0 calf-tenderness right",
        fires: &["red-dvt"],
        silent: &["red-dvt-lung"],
    },
    Case {
        story: "Three weeks ago the chest hurt once. Asked since: no more.",
        entries: "well; sym 21 chest-pain; absent 1 chest-pain",
        fires: &[],
        silent: &["rest"],
    },
    Case {
        story: "A dog bite five weeks ago: no longer a reason to ask.",
        entries: "well; sym 35 dirty-wound",
        fires: &[],
        silent: &["rest"],
    },
];

#[test]
fn case_histories() {
    assert!(CASES.len() >= 40);
    let mut wrong = Vec::new();
    for case in CASES {
        let diary = diary(case.entries);
        let evaluation = rules::evaluate(&diary, as_of(), true);
        let fired: Vec<_> = evaluation.for_clinician().collect();
        for id in case.fires {
            if !fired.iter().any(|r| r.id == *id) {
                wrong.push(format!("missing {id}: {}", case.story));
            }
        }
        for rule in &fired {
            if case.fires.contains(&rule.id) {
                continue;
            }
            let urgent = rule.urgency >= Urgency::SameDay;
            let unwanted = case
                .silent
                .iter()
                .any(|s| *s == rule.id || *s == "rest" || (*s == "urgent" && urgent));
            if unwanted {
                wrong.push(format!("unwanted {}: {}", rule.id, case.story));
            }
        }
        for id in case
            .silent
            .iter()
            .filter(|s| !["rest", "urgent"].contains(s))
        {
            assert!(rules::find(id).is_some(), "{id}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
