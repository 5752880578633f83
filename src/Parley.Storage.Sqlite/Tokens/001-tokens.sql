-- Of a token itself only the SHA-256 is here. Times count 100 ns from 1970-01-01 UTC.
CREATE TABLE token
(
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    hash      TEXT    NOT NULL UNIQUE,
    name      TEXT    NOT NULL COLLATE NOCASE,
    scopes    TEXT    NOT NULL,
    created   INTEGER NOT NULL,
    expires   INTEGER,
    last_used INTEGER,
    revoked   INTEGER
);

CREATE UNIQUE INDEX token_name ON token (name) WHERE revoked IS NULL;

-- What was answered under an Idempotency-Key, in the order in which it was.
CREATE TABLE answer
(
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    token       INTEGER NOT NULL,
    key         TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    time        INTEGER NOT NULL,
    body        TEXT    NOT NULL
);

CREATE UNIQUE INDEX answer_key ON answer (token, key);

-- rooms: names with a blank between; mentions: words with a line break between. None: all of them.
CREATE TABLE hook
(
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    url      TEXT    NOT NULL,
    secret   TEXT    NOT NULL,
    rooms    TEXT    NOT NULL,
    mentions TEXT    NOT NULL,
    created  INTEGER NOT NULL
);
