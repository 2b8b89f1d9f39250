-- More words of closed vocabularies: a CHECK can only be changed by making the table anew.
CREATE TABLE new_symptom (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    noticed_at INTEGER NOT NULL,
    noticed_offset INTEGER NOT NULL CHECK (abs(noticed_offset) < 86400),
    noticed_zone TEXT NOT NULL,
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    symptom TEXT NOT NULL CHECK (symptom IN ('numbness', 'tingling', 'mouth-tingling', 'weakness', 'wasting', 'twitching',
        'foot-drop', 'falls', 'cold-foot', 'pale-foot', 'foot-sore', 'black-toe',
        'sudden-leg-pain', 'cannot-move-leg', 'swelling', 'redness', 'leg-warmth',
        'calf-tenderness', 'varicose-veins', 'heaviness', 'skin-change', 'leg-ulcer',
        'vein-bleeding', 'walking-pain', 'rest-pain', 'back-pain', 'leg-pain',
        'saddle-numbness', 'bladder-change', 'bowel-change', 'sexual-change', 'thirst',
        'frequent-urination', 'weight-loss', 'weight-gain', 'tiredness', 'cold-intolerance',
        'stiffness', 'vomiting', 'diarrhoea', 'drowsiness', 'confusion', 'palpitations',
        'chest-pain', 'breathlessness', 'noisy-breathing', 'hand-spasm', 'seizure',
        'tongue-biting', 'wet-bed', 'vision-loss', 'vision-change', 'hearing-change',
        'unsteadiness', 'tremor', 'slowness', 'toe-curling', 'speech-change',
        'swallowing-trouble', 'dark-urine', 'muscle-pain', 'body-spasms', 'jaw-stiffness',
        'dirty-wound', 'toxin-contact', 'bruising', 'bleeding', 'rash', 'fever', 'limp',
        'memory', 'mood', 'irritability', 'urge-to-move', 'night-jerks')),
    present INTEGER NOT NULL CHECK (present IN (0, 1)),
    side TEXT CHECK (side IN ('left', 'right', 'both')),
    severity INTEGER CHECK (severity BETWEEN 0 AND 10),
    brought_on TEXT CHECK (brought_on IN ('walking', 'standing', 'resting', 'lying', 'exercise', 'cold', 'dialysis', 'nothing',
        'other')),
    relieved_by TEXT CHECK (relieved_by IN ('rest', 'sitting', 'moving', 'bending', 'hanging', 'nothing', 'other')),
    lasts_s INTEGER CHECK (lasts_s BETWEEN 0 AND 4294967295),
    since TEXT CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    text TEXT,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
INSERT INTO new_symptom SELECT * FROM symptom;
DROP TABLE symptom;
ALTER TABLE new_symptom RENAME TO symptom;
CREATE INDEX symptom_by_night ON symptom (night);
