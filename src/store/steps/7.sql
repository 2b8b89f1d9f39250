-- Values that a device or another app gave for a night; the person's own stand in context and count first.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    night TEXT NOT NULL CHECK (night GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    factor TEXT NOT NULL CHECK (factor <> ''),
    source TEXT NOT NULL CHECK (source <> ''),
    source_key TEXT NOT NULL CHECK (source_key <> ''),
    value REAL NOT NULL CHECK (value BETWEEN -1e300 AND 1e300),
    unit TEXT,
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
    spec TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- What was handed out to a study.
CREATE TABLE handover (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    study TEXT NOT NULL CHECK (study <> ''),
    dates TEXT NOT NULL CHECK (dates IN ('exact', 'shifted', 'day-number')),
    nights INTEGER NOT NULL CHECK (nights BETWEEN 0 AND 4294967295),
    sha256 TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- 128 random bits made with the diary. Pseudonyms for studies are derived from them; they are outside the history.
CREATE TABLE identity (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    diary TEXT NOT NULL CHECK (length(diary) = 32)
) STRICT;
INSERT INTO identity VALUES (1, lower(hex(randomblob(16))));
