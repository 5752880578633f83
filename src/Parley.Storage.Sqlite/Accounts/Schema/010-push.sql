-- Web push. One row: the private key that push services know the server by, PKCS#8 in base64.
CREATE TABLE push_key
(
    id    INTEGER PRIMARY KEY CHECK (id = 0),
    value TEXT    NOT NULL
);

-- Devices that are woken. public_key and secret are in base64url, capabilities are names with spaces between; renewed counts 100 ns from
-- 1970-01-01 UTC.
CREATE TABLE push_subscription
(
    id           INTEGER PRIMARY KEY,
    account      INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    endpoint     TEXT    NOT NULL UNIQUE,
    public_key   TEXT    NOT NULL,
    secret       TEXT    NOT NULL,
    capabilities TEXT    NOT NULL,
    renewed      INTEGER NOT NULL
);

CREATE INDEX push_subscription_account ON push_subscription (account);

-- Where an account's owner was when its last session ended: name!ident@host, and the lives of rooms (see RoomLife).
CREATE TABLE push_place
(
    account INTEGER PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    place   TEXT    NOT NULL
);
