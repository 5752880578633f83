-- Registered rooms, each by its life (see RoomLife), which it keeps under whatever name. founder and account are account.identity, without
-- a reference: an account may be removed while no server runs, and the next start decides who follows (see RoomRegistration.Without).
-- Times count 100 ns from 1970-01-01 UTC.
CREATE TABLE room
(
    life       INTEGER PRIMARY KEY,
    key        TEXT    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    created    INTEGER NOT NULL,
    founder    INTEGER NOT NULL,
    registered INTEGER NOT NULL,
    topic      TEXT,
    topic_by   TEXT,
    topic_time INTEGER
);

-- rank is the number of a MemberRank.
CREATE TABLE room_role
(
    id      INTEGER PRIMARY KEY,
    life    INTEGER NOT NULL REFERENCES room ON DELETE CASCADE,
    account INTEGER NOT NULL,
    rank    INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    UNIQUE (life, account)
);

-- mode is the name of a RoomMode: one that is set, or the list that a mask is on.
CREATE TABLE room_setting
(
    id       INTEGER PRIMARY KEY,
    life     INTEGER NOT NULL REFERENCES room ON DELETE CASCADE,
    mode     TEXT    NOT NULL,
    argument TEXT,
    set_by   TEXT    NOT NULL,
    time     INTEGER NOT NULL
);

CREATE INDEX room_setting_life ON room_setting (life);

CREATE TABLE room_value
(
    life  INTEGER NOT NULL REFERENCES room ON DELETE CASCADE,
    key   TEXT    NOT NULL,
    value TEXT    NOT NULL,
    PRIMARY KEY (life, key)
) WITHOUT ROWID;
