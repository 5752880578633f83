-- 1 if the owner of the account has shown to read mail at the address.
ALTER TABLE account ADD COLUMN email_proven INTEGER NOT NULL DEFAULT 0;

-- Codes that were sent by e-mail; of a code the hash is kept. identity is that of the account, 0 for one that is still to be made, and
-- then password is its verifier and invitation the hash of what it is made with. expires counts 100 ns from 1970-01-01 UTC, as all times do.
CREATE TABLE mail_code
(
    id         INTEGER PRIMARY KEY,
    hash       TEXT    NOT NULL UNIQUE,
    kind       INTEGER NOT NULL,
    key        TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    identity   INTEGER NOT NULL,
    email      TEXT    NOT NULL,
    password   TEXT,
    invitation TEXT    NOT NULL,
    expires    INTEGER NOT NULL
) STRICT;

-- Invitations to make accounts, by the hash of their code. No number comes again, as people refer to invitations and devices by theirs.
CREATE TABLE invitation
(
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    hash    TEXT    NOT NULL UNIQUE,
    made_by TEXT    NOT NULL,
    made    INTEGER NOT NULL,
    uses    INTEGER NOT NULL,
    used    INTEGER NOT NULL,
    expires INTEGER,
    note    TEXT    NOT NULL
) STRICT;

-- Browsers and programs that stay logged in, by the hash of their token. outside is the identity at a provider that one ends with.
CREATE TABLE device
(
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    account   INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    hash      TEXT    NOT NULL UNIQUE,
    name      TEXT    NOT NULL,
    made      INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    until     INTEGER NOT NULL,
    outside   TEXT    NOT NULL
) STRICT;

CREATE INDEX device_account ON device (account);

-- Passkeys (WebAuthn): the identifier of the credential, and its public key in the form of COSE, both in hexadecimal digits.
CREATE TABLE passkey
(
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account    INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    credential TEXT    NOT NULL UNIQUE,
    public_key TEXT    NOT NULL,
    sign_count INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    made       INTEGER NOT NULL,
    used       INTEGER
) STRICT;

CREATE INDEX passkey_account ON passkey (account);

-- Tickets of the page's log-in at a provider are devices now; people log in once more.
DELETE FROM value WHERE kind = 'login-ticket';
