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
