-- The diary as it is on disk: the vocabulary of nightcramp, version 7.
--
-- How to read it:
--   night       the date of the evening, YYYY-MM-DD; a night runs from noon to noon, so 03:10 on 4 March
--               belongs to the night of 3 March
--   ..._at      an instant, whole seconds since 1970-01-01 00:00 UTC; beside it stand ..._offset (seconds the
--               clock on the wall was ahead of UTC) and ..._zone (the name of the zone) where somebody lived it
--   NULL        unknown: nobody said. Unknown is never 0 and never 'no'
--   typed       what was written, where it had to be converted into the unit that is stored
--   sum         checksum of the row's other columns; a flipped bit on the disk is found by it
-- Flags are 0 or 1, scales run from 0 to 10, dates are YYYY-MM-DD.

-- One night as the person answered it. No row, or no outcome, means the night is unknown, not calm.
CREATE TABLE night (
    night TEXT NOT NULL PRIMARY KEY CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    outcome TEXT CHECK (outcome IN ('cramp', 'calm')),
    bed_at INTEGER,
    bed_offset INTEGER CHECK (abs(bed_offset) < 86400),
    bed_zone TEXT,
    up_at INTEGER,
    up_offset INTEGER CHECK (abs(up_offset) < 86400),
    up_zone TEXT,
    sleep_quality INTEGER CHECK (sleep_quality BETWEEN 0 AND 10),
    sleep_disturbance INTEGER CHECK (sleep_disturbance BETWEEN 0 AND 10),
    sleep_lost_min INTEGER CHECK (sleep_lost_min BETWEEN 0 AND 4294967295),
    note TEXT,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    CHECK ((bed_at IS NULL) = (bed_offset IS NULL) AND (bed_at IS NULL) = (bed_zone IS NULL)),
    CHECK ((up_at IS NULL) = (up_offset IS NULL) AND (up_at IS NULL) = (up_zone IS NULL))
) STRICT, WITHOUT ROWID;

-- One cramp, or something that is not one but was worth writing down. Only kind = 'cramp' counts as a cramp,
-- and only period = 'night' makes its night a cramp night.
CREATE TABLE episode (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    began_at INTEGER,
    began_offset INTEGER CHECK (abs(began_offset) < 86400),
    began_zone TEXT,
    -- 'vague': the time stands for a part of the night;
    -- 'repeated-hour': the clock was put back and showed this time twice; 'skipped-hour': it jumped over it
    certainty TEXT NOT NULL CHECK (certainty IN ('exact', 'about', 'vague', 'unknown', 'repeated-hour', 'skipped-hour')),
    kind TEXT NOT NULL CHECK (kind IN ('cramp', 'jerk', 'urge', 'ache', 'tingle', 'unknown')),
    period TEXT NOT NULL CHECK (period IN ('night', 'day')),
    side TEXT CHECK (side IN ('left', 'right', 'both')),
    site TEXT CHECK (site IN ('calf', 'foot', 'toes', 'shin', 'thigh', 'hamstring', 'other')),
    -- pain in steps of a half
    severity ANY CHECK (typeof(severity) IN ('null', 'integer', 'real') AND severity BETWEEN 0 AND 10 AND severity * 2 = round(severity * 2)),
    duration_s INTEGER CHECK (duration_s BETWEEN 0 AND 4294967295),
    repeats INTEGER CHECK (repeats BETWEEN 0 AND 4294967295),
    woke INTEGER CHECK (woke IN (0, 1)),
    knot INTEGER CHECK (knot IN (0, 1)),
    -- words joined by ';' in the order written; NULL is not asked, 'none' is an answer
    relief TEXT CHECK (trim(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(relief, 'stretch', ''), 'massage', ''), 'walk', ''), 'heat', ''), 'press', ''), 'dorsiflex', ''), 'pull-toe', ''), 'cold', ''), 'drink', ''), 'medicine', ''), 'none', ''),
        ';') = ''),
    relief_s INTEGER CHECK (relief_s BETWEEN 0 AND 4294967295),
    soreness_h REAL CHECK (soreness_h BETWEEN 0 AND 1e9),
    urge INTEGER CHECK (urge IN (0, 1)),
    movement_relieves INTEGER CHECK (movement_relieves IN (0, 1)),
    posture TEXT CHECK (posture IN ('supine', 'prone', 'side', 'sitting', 'standing', 'other')),
    awareness_lost INTEGER CHECK (awareness_lost IN (0, 1)),
    -- exactly what was typed
    raw TEXT,
    note TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('person', 'import', 'device')),
    origin_detail TEXT,
    recorded_at INTEGER NOT NULL,
    -- the upper end where a range was said (2-3 minutes); duration_s is then the lower,
    -- and unknown where only the upper was said (under a minute)
    duration_max_s INTEGER CHECK (duration_max_s BETWEEN 0 AND 4294967295),
    sum INTEGER NOT NULL,
    CHECK ((began_at IS NULL) = (began_offset IS NULL) AND (began_at IS NULL) = (began_zone IS NULL))
) STRICT;
CREATE INDEX episode_by_night ON episode (night);

-- What a factor was on one night. No row means unknown; an explicit no is number = 0.
CREATE TABLE context (
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    factor TEXT NOT NULL CHECK (factor <> ''),
    number REAL CHECK (number BETWEEN -1e300 AND 1e300),
    -- the word of a choice, instead of a number
    word TEXT CHECK ((word IS NULL) = (number IS NOT NULL)),
    unit TEXT,
    typed TEXT,
    -- spelt out: a list would be built anew for each of what may be a million rows
    origin TEXT NOT NULL CHECK (origin = 'person' OR origin = 'import' OR origin = 'device'),
    origin_detail TEXT,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (night, factor)
) STRICT, WITHOUT ROWID;

-- Factors the person added; a row about a built-in factor says only that it was put away (retired = 1).
CREATE TABLE factor (
    factor TEXT NOT NULL PRIMARY KEY CHECK (factor <> ''),
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('yes-no', 'scale', 'number', 'choice')),
    unit TEXT,
    min REAL,
    max REAL,
    -- the part of the day it speaks of, always before or during its night
    timing TEXT NOT NULL CHECK (timing IN ('day', 'evening', 'night')),
    heading TEXT,
    -- the words of a choice, a JSON list
    choices TEXT NOT NULL CHECK (json_valid(choices)),
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    sum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One dose taken.
CREATE TABLE intake (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    taken_at INTEGER NOT NULL,
    taken_offset INTEGER NOT NULL CHECK (abs(taken_offset) < 86400),
    taken_zone TEXT NOT NULL,
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    name TEXT NOT NULL CHECK (name <> ''),
    amount REAL CHECK (amount BETWEEN 0 AND 1e300),
    unit TEXT,
    -- does the amount state the element (magnesium) or the compound (magnesium citrate)?
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
CREATE INDEX intake_by_night ON intake (night);

-- A medicine, supplement or measure over a period, both ends included; no stop: it goes on.
CREATE TABLE course (
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
    -- unknown: it began on that day or any day before
    start_certainty TEXT CHECK (start_certainty IN ('exact', 'about', 'vague', 'unknown', 'repeated-hour', 'skipped-hour')),
    sum INTEGER NOT NULL
) STRICT;

-- Something noticed between cramps; present = 0 means asked and absent.
CREATE TABLE symptom (
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
CREATE INDEX symptom_by_night ON symptom (night);

-- A fact about the person, one row a value. 'none' means asked, none; no row means never asked.
CREATE TABLE person (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    key TEXT NOT NULL CHECK (key <> ''),
    value TEXT NOT NULL,
    since TEXT CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    recorded_at INTEGER NOT NULL,
    -- which known condition one in the person's words is
    means TEXT,
    sum INTEGER NOT NULL
) STRICT;

-- A mark on the time axis.
CREATE TABLE event (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    text TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE INDEX event_by_night ON event (night);

-- A period that statistics skip, visibly. Both ends included.
CREATE TABLE exclusion (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    from_night TEXT NOT NULL CHECK (from_night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    to_night TEXT NOT NULL CHECK (to_night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    text TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    CHECK (from_night <= to_night)
) STRICT;

-- What the person did about a flag.
CREATE TABLE flag_note (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    flag TEXT NOT NULL CHECK (flag <> ''),
    action TEXT NOT NULL CHECK (action IN ('seen', 'discussed')),
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    text TEXT,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- One look of the analysis of factors: a moment at which it may announce links. Rows are only ever added.
CREATE TABLE look (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    cramp_nights INTEGER NOT NULL CHECK (cramp_nights BETWEEN 0 AND 4294967295),
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    -- what the analysis wants to remember, as JSON it wrote itself
    state TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- Factors the person wants to be asked about night by night, or not again.
CREATE TABLE follow (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    factor TEXT NOT NULL CHECK (factor <> ''),
    wish TEXT NOT NULL CHECK (wish IN ('ask', 'not-so')),
    since TEXT NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    -- last day; NULL while it holds
    until TEXT CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- How the person answered questions about entries.
CREATE TABLE reply (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    -- the entry it was asked about, as a person names it: 12, s3, e5, 2026-03-03
    about TEXT NOT NULL,
    -- the symptom it asked for, or the detail
    question TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('no', 'done')),
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- Experiments on oneself: the plan and its sealed schedule, of which nothing changes but an early end and an opened key.
CREATE TABLE experiment (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    -- the factor, or the name of the supplement
    thing TEXT NOT NULL CHECK (thing <> ''),
    design TEXT NOT NULL CHECK (design IN ('nightly', 'pairs')),
    -- what "on" and "off" are, in the person's words
    on_words TEXT,
    off_words TEXT,
    -- the dose of an "on" day
    dose REAL CHECK (dose BETWEEN 0 AND 1e300),
    unit TEXT,
    basis TEXT CHECK (basis IN ('elemental', 'compound')),
    from_night TEXT NOT NULL CHECK (from_night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    to_night TEXT NOT NULL CHECK (to_night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    -- nights drawn together (1: each by itself), and how many of each such period are left out at its start
    period INTEGER NOT NULL CHECK (period BETWEEN 1 AND 366),
    dropped INTEGER NOT NULL CHECK (dropped BETWEEN 0 AND 365),
    -- the rate ratio to be found, and the chance to find it promised at the start
    effect REAL NOT NULL CHECK (effect BETWEEN 0 AND 1e3),
    power REAL NOT NULL CHECK (power BETWEEN 0 AND 1),
    -- a letter a night: 1 on, 0 off; blinded A or B
    schedule TEXT NOT NULL,
    -- 128 random bits, then SHA-256 of plan and schedule, both hexadecimal
    nonce TEXT NOT NULL,
    seal TEXT NOT NULL,
    -- blinded: SHA-256 of the friend's key; once opened, the label that was on
    key_hash TEXT,
    opened TEXT,
    -- the day it was ended early, and why
    stopped TEXT CHECK (stopped GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    reason TEXT,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- What was really done on a night of an experiment, whatever was assigned.
CREATE TABLE adherence (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    -- the thing of the experiment that ran on that night
    thing TEXT NOT NULL CHECK (thing <> ''),
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    done TEXT NOT NULL CHECK (done IN ('yes', 'no', 'partly')),
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE INDEX adherence_by_night ON adherence (night);

-- Values that a device or another app gave for a night; the person's own stand in context and count first.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    factor TEXT NOT NULL CHECK (factor <> ''),
    -- the format it was read from, with a short hash of the sensor where there are several
    source TEXT NOT NULL CHECK (source <> ''),
    -- the source's own key; with factor and source it finds the reading again
    source_key TEXT NOT NULL CHECK (source_key <> ''),
    value REAL NOT NULL CHECK (value BETWEEN -1e300 AND 1e300),
    unit TEXT,
    -- the share of the time in bed, or of the day, that was read
    coverage REAL CHECK (coverage BETWEEN 0 AND 1),
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    UNIQUE (factor, source, source_key)
) STRICT;
CREATE INDEX reading_by_night ON reading (night);

-- How files of other programs are read, by a name the person gave.
CREATE TABLE mapping (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    name TEXT NOT NULL CHECK (name <> ''),
    -- the options it stands for, as they are typed
    spec TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- What was handed out to a study.
CREATE TABLE handover (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    study TEXT NOT NULL CHECK (study <> ''),
    -- how dates were written
    dates TEXT NOT NULL CHECK (dates IN ('exact', 'shifted', 'day-number')),
    nights INTEGER NOT NULL CHECK (nights BETWEEN 0 AND 4294967295),
    sha256 TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- The change journal: one row for each write that changed something. 'undone' can still be done again;
-- 'superseded' was undone and then something else was written.
CREATE TABLE change (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    at INTEGER NOT NULL,
    command TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'superseded')),
    -- how many rows were touched
    rows INTEGER NOT NULL CHECK (rows >= 0),
    -- each touched row before and after, in the order touched (src/store/image.rs says how it is written)
    body BLOB NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE INDEX change_undone ON change (id) WHERE state = 'undone';

-- The first pieces of the body of a change too long for one (an import); the last one stands in change itself.
CREATE TABLE change_part (
    change INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    part INTEGER NOT NULL CHECK (part > 0),
    body BLOB NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (change, part)
) STRICT;

-- For each table above: how many rows it has, the wrapping total of their checksums, and the largest number
-- ever given to one (a number is never given twice, not even after its record was deleted).
CREATE TABLE tally (
    name TEXT NOT NULL PRIMARY KEY,
    rows INTEGER NOT NULL CHECK (rows >= 0),
    total INTEGER NOT NULL,
    last_id INTEGER NOT NULL CHECK (last_id >= 0),
    sum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Devices, pairing and request keys of the pages. They are no part of the diary's history: outside journal, tallies, export and
-- restore, so that a device once revoked stays revoked.
CREATE TABLE device (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('owner', 'reader', 'bedside', 'token')),
    -- SHA-256 of its cookie or token, hexadecimal
    secret TEXT NOT NULL UNIQUE,
    made_at INTEGER NOT NULL,
    seen_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE TABLE pairing (
    -- SHA-256 of the code, hexadecimal
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('owner', 'reader', 'bedside', 'token')),
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE request (
    device INTEGER NOT NULL REFERENCES device (id),
    -- made on the device, once a tap
    key TEXT NOT NULL CHECK (key <> ''),
    -- the change it made
    change INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- what was answered, as JSON; NULL when the program was ended before it could answer
    answer TEXT,
    PRIMARY KEY (device, key)
) STRICT, WITHOUT ROWID;

-- 128 random bits made with the diary. Pseudonyms for studies are derived from them; they are outside the history.
CREATE TABLE identity (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    diary TEXT NOT NULL CHECK (length(diary) = 32)
) STRICT;
INSERT INTO identity VALUES (1, lower(hex(randomblob(16))));
