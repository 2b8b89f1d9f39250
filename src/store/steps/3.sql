-- Pain in halves, a range of durations, more remedies, vague times: a CHECK can only be changed by making the table anew.
CREATE TABLE new_episode (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    began_at INTEGER,
    began_offset INTEGER CHECK (abs(began_offset) < 86400),
    began_zone TEXT,
    certainty TEXT NOT NULL CHECK (certainty IN ('exact', 'about', 'vague', 'unknown', 'repeated-hour', 'skipped-hour')),
    kind TEXT NOT NULL CHECK (kind IN ('cramp', 'jerk', 'urge', 'ache', 'tingle', 'unknown')),
    period TEXT NOT NULL CHECK (period IN ('night', 'day')),
    side TEXT CHECK (side IN ('left', 'right', 'both')),
    site TEXT CHECK (site IN ('calf', 'foot', 'toes', 'shin', 'thigh', 'hamstring', 'other')),
    severity ANY CHECK (typeof(severity) IN ('null', 'integer', 'real') AND severity BETWEEN 0 AND 10 AND severity * 2 = round(severity * 2)),
    duration_s INTEGER CHECK (duration_s BETWEEN 0 AND 4294967295),
    repeats INTEGER CHECK (repeats BETWEEN 0 AND 4294967295),
    woke INTEGER CHECK (woke IN (0, 1)),
    knot INTEGER CHECK (knot IN (0, 1)),
    relief TEXT CHECK (trim(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(relief, 'stretch', ''), 'massage', ''), 'walk', ''), 'heat', ''), 'press', ''), 'dorsiflex', ''), 'pull-toe', ''), 'cold', ''), 'drink', ''), 'medicine', ''), 'none', ''),
        ';') = ''),
    relief_s INTEGER CHECK (relief_s BETWEEN 0 AND 4294967295),
    soreness_h REAL CHECK (soreness_h BETWEEN 0 AND 1e9),
    urge INTEGER CHECK (urge IN (0, 1)),
    movement_relieves INTEGER CHECK (movement_relieves IN (0, 1)),
    posture TEXT CHECK (posture IN ('supine', 'prone', 'side', 'sitting', 'standing', 'other')),
    awareness_lost INTEGER CHECK (awareness_lost IN (0, 1)),
    raw TEXT,
    note TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('person', 'import', 'device')),
    origin_detail TEXT,
    recorded_at INTEGER NOT NULL,
    duration_max_s INTEGER CHECK (duration_max_s BETWEEN 0 AND 4294967295),
    sum INTEGER NOT NULL,
    CHECK ((began_at IS NULL) = (began_offset IS NULL) AND (began_at IS NULL) = (began_zone IS NULL))
) STRICT;
INSERT INTO new_episode (id, night, began_at, began_offset, began_zone, certainty, kind, period, side, site, severity, duration_s, repeats, woke, knot, relief, relief_s, soreness_h, urge, movement_relieves, posture, awareness_lost, raw, note, origin, origin_detail, recorded_at, sum)
SELECT id, night, began_at, began_offset, began_zone, certainty, kind, period, side, site, severity, duration_s, repeats, woke, knot, relief, relief_s, soreness_h, urge, movement_relieves, posture, awareness_lost, raw, note, origin, origin_detail, recorded_at, sum FROM episode;
DROP TABLE episode;
ALTER TABLE new_episode RENAME TO episode;
CREATE INDEX episode_by_night ON episode (night);
-- Suddenly, getting worse, and the difference of two calves of a symptom.
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
    sudden INTEGER CHECK (sudden IN (0, 1)),
    worse INTEGER CHECK (worse IN (0, 1)),
    difference_cm REAL CHECK (difference_cm BETWEEN 0 AND 1e9),
    sum INTEGER NOT NULL
) STRICT;
INSERT INTO new_symptom (id, noticed_at, noticed_offset, noticed_zone, night, symptom, present, side, severity, brought_on, relieved_by, lasts_s, since, text, recorded_at, sum)
SELECT id, noticed_at, noticed_offset, noticed_zone, night, symptom, present, side, severity, brought_on, relieved_by, lasts_s, since, text, recorded_at, sum FROM symptom;
DROP TABLE symptom;
ALTER TABLE new_symptom RENAME TO symptom;
CREATE INDEX symptom_by_night ON symptom (night);
-- Factors the person wants to be asked about.
CREATE TABLE follow (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    factor TEXT NOT NULL CHECK (factor <> ''),
    wish TEXT NOT NULL CHECK (wish IN ('ask', 'not-so')),
    since TEXT NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    until TEXT CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
-- A class for a dose and one for a diuretic of unknown kind, how sure the start of a course is, what a condition is.
CREATE TABLE new_intake (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    taken_at INTEGER NOT NULL,
    taken_offset INTEGER NOT NULL CHECK (abs(taken_offset) < 86400),
    taken_zone TEXT NOT NULL,
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    name TEXT NOT NULL CHECK (name <> ''),
    amount REAL CHECK (amount BETWEEN 0 AND 1e300),
    unit TEXT,
    basis TEXT CHECK (basis IN ('elemental', 'compound')),
    typed TEXT,
    recorded_at INTEGER NOT NULL,
    class TEXT CHECK (class IN ('loop-diuretic', 'thiazide-diuretic', 'potassium-sparing-diuretic', 'diuretic',
        'ace-inhibitor',
        'arb', 'beta-blocker', 'calcium-channel-blocker', 'laba', 'saba', 'statin', 'fibrate',
        'oestrogen', 'raloxifene', 'teriparatide', 'intravenous-iron', 'naproxen', 'nsaid',
        'quinine', 'vitamin-k-antagonist', 'proton-pump-inhibitor', 'levodopa',
        'antipsychotic', 'steroid', 'thyroid-hormone', 'diabetes-medicine', 'lithium', 'other')),
    sum INTEGER NOT NULL
) STRICT;
INSERT INTO new_intake (id, taken_at, taken_offset, taken_zone, night, name, amount, unit, basis, typed, recorded_at, sum)
SELECT id, taken_at, taken_offset, taken_zone, night, name, amount, unit, basis, typed, recorded_at, sum FROM intake;
DROP TABLE intake;
ALTER TABLE new_intake RENAME TO intake;
CREATE INDEX intake_by_night ON intake (night);
CREATE TABLE new_course (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('medicine', 'supplement', 'measure')),
    class TEXT CHECK (class IN ('loop-diuretic', 'thiazide-diuretic', 'potassium-sparing-diuretic', 'diuretic',
        'ace-inhibitor',
        'arb', 'beta-blocker', 'calcium-channel-blocker', 'laba', 'saba', 'statin', 'fibrate',
        'oestrogen', 'raloxifene', 'teriparatide', 'intravenous-iron', 'naproxen', 'nsaid',
        'quinine', 'vitamin-k-antagonist', 'proton-pump-inhibitor', 'levodopa',
        'antipsychotic', 'steroid', 'thyroid-hormone', 'diabetes-medicine', 'lithium', 'other')),
    dose REAL CHECK (dose BETWEEN 0 AND 1e300),
    unit TEXT,
    basis TEXT CHECK (basis IN ('elemental', 'compound')),
    per_day REAL CHECK (per_day BETWEEN 0 AND 1e300),
    start TEXT NOT NULL CHECK (start GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    stop TEXT CHECK (stop GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    reason TEXT,
    typed TEXT,
    recorded_at INTEGER NOT NULL,
    start_certainty TEXT CHECK (start_certainty IN ('exact', 'about', 'vague', 'unknown', 'repeated-hour', 'skipped-hour')),
    sum INTEGER NOT NULL
) STRICT;
INSERT INTO new_course (id, name, kind, class, dose, unit, basis, per_day, start, stop, reason, typed, recorded_at, sum)
SELECT id, name, kind, class, dose, unit, basis, per_day, start, stop, reason, typed, recorded_at, sum FROM course;
DROP TABLE course;
ALTER TABLE new_course RENAME TO course;
CREATE TABLE new_person (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    key TEXT NOT NULL CHECK (key <> ''),
    value TEXT NOT NULL,
    since TEXT CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    recorded_at INTEGER NOT NULL,
    means TEXT,
    sum INTEGER NOT NULL
) STRICT;
INSERT INTO new_person (id, key, value, since, recorded_at, sum)
SELECT id, key, value, since, recorded_at, sum FROM person;
DROP TABLE person;
ALTER TABLE new_person RENAME TO person;
-- How the person answered questions about entries.
CREATE TABLE reply (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    about TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('no', 'done')),
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
