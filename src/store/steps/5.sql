-- Experiments on oneself: the plan and its sealed schedule, of which nothing changes but an early end and an opened key.
CREATE TABLE experiment (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    thing TEXT NOT NULL CHECK (thing <> ''),
    design TEXT NOT NULL CHECK (design IN ('nightly', 'pairs')),
    on_words TEXT,
    off_words TEXT,
    dose REAL CHECK (dose BETWEEN 0 AND 1e300),
    unit TEXT,
    basis TEXT CHECK (basis IN ('elemental', 'compound')),
    from_night TEXT NOT NULL CHECK (from_night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    to_night TEXT NOT NULL CHECK (to_night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    period INTEGER NOT NULL CHECK (period BETWEEN 1 AND 366),
    dropped INTEGER NOT NULL CHECK (dropped BETWEEN 0 AND 365),
    effect REAL NOT NULL CHECK (effect BETWEEN 0 AND 1e3),
    power REAL NOT NULL CHECK (power BETWEEN 0 AND 1),
    schedule TEXT NOT NULL,
    nonce TEXT NOT NULL,
    seal TEXT NOT NULL,
    key_hash TEXT,
    opened TEXT,
    stopped TEXT CHECK (stopped GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    reason TEXT,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- What was really done on a night of an experiment, whatever was assigned.
CREATE TABLE adherence (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    thing TEXT NOT NULL CHECK (thing <> ''),
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    done TEXT NOT NULL CHECK (done IN ('yes', 'no', 'partly')),
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE INDEX adherence_by_night ON adherence (night);
