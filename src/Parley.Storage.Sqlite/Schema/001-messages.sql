-- A room, or what two users write to each other: then the name is both of theirs, in small letters, the lesser first, with
-- a space between. Room 0 has no messages, it counts all direct ones.
-- Numbers outlive their messages: the last number stays when retention has emptied the room.
CREATE TABLE room
(
    id          INTEGER PRIMARY KEY CHECK (id < 134217728),
    name        TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    last_number INTEGER NOT NULL DEFAULT 0
);

INSERT INTO room (id, name) VALUES (0, '');

-- In the order of arrival, of whatever room: a batch is written to the end of one tree, however many rooms it is of.
-- time counts 100 ns from 1970-01-01 UTC, and never goes back within a room. Only direct messages have a recipient.
CREATE TABLE message
(
    id        INTEGER PRIMARY KEY,
    room      INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    time      INTEGER NOT NULL,
    author    TEXT    NOT NULL COLLATE NOCASE,
    recipient TEXT    COLLATE NOCASE,
    kind      INTEGER NOT NULL,
    text      TEXT    NOT NULL
);

-- Where a room's messages are, side by side and in order: key = room << 36 | number. Filled behind the writes, many
-- messages at a time; the server itself remembers where the newest are.
CREATE TABLE place
(
    key     INTEGER PRIMARY KEY,
    message INTEGER NOT NULL
);

-- placed: messages up to this id are in place. last_time: of any message that ever was.
CREATE TABLE progress
(
    placed    INTEGER NOT NULL,
    last_time INTEGER NOT NULL
);

INSERT INTO progress (placed, last_time) VALUES (0, 0);
