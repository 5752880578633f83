-- Numbers outlive their messages: a room's last number stays when retention has emptied it. Room 0 stands for direct messages.
CREATE TABLE room
(
    id          INTEGER PRIMARY KEY CHECK (id < 8388608),
    name        TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    last_number INTEGER NOT NULL DEFAULT 0
);

INSERT INTO room (id, name) VALUES (0, '');

-- id = room << 40 | number. So the table's own tree has each room's messages side by side, in order, and needs no index.
-- time counts 100 ns from 1970-01-01 UTC, and never goes back within a room.
CREATE TABLE message
(
    id     INTEGER PRIMARY KEY,
    time   INTEGER NOT NULL,
    author TEXT    NOT NULL COLLATE NOCASE,
    kind   INTEGER NOT NULL,
    text   TEXT    NOT NULL
);

-- id is the number. first and second are the two ends, the lesser name first, whoever wrote.
CREATE TABLE direct
(
    id        INTEGER PRIMARY KEY,
    time      INTEGER NOT NULL,
    author    TEXT    NOT NULL COLLATE NOCASE,
    recipient TEXT    NOT NULL COLLATE NOCASE,
    kind      INTEGER NOT NULL,
    text      TEXT    NOT NULL,
    first     TEXT    NOT NULL GENERATED ALWAYS AS (min(lower(author), lower(recipient))) VIRTUAL,
    second    TEXT    NOT NULL GENERATED ALWAYS AS (max(lower(author), lower(recipient))) VIRTUAL
);

CREATE INDEX direct_by_ends ON direct (first, second);
