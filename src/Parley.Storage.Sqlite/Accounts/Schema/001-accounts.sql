-- created counts 100 ns from 1970-01-01 UTC. password is in the form of RFC 5803, which names its scheme.
CREATE TABLE account
(
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    created  INTEGER NOT NULL,
    email    TEXT,
    password TEXT    NOT NULL
);

-- SHA-256 in small hexadecimal digits.
CREATE TABLE certificate
(
    id          INTEGER PRIMARY KEY,
    fingerprint TEXT    NOT NULL UNIQUE,
    account     INTEGER NOT NULL REFERENCES account ON DELETE CASCADE
);

CREATE INDEX certificate_account ON certificate (account);

-- What an account's clients leave with the server, such as how far somebody has read.
CREATE TABLE value
(
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    kind    TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    PRIMARY KEY (account, kind, key)
) WITHOUT ROWID;

-- One row: random bytes of this file's own, in hexadecimal digits.
CREATE TABLE secret
(
    id     INTEGER PRIMARY KEY CHECK (id = 0),
    digits TEXT    NOT NULL
);
