-- Where time runs backwards along a room's numbers, as it may in what was imported or written under another clock: key is that of the
-- message that is earlier than the one ahead of it, before the time of that one. Between two setbacks time never goes back, and no message up to
-- the next one is earlier than time. There may be more rows than there are setbacks, never fewer.
CREATE TABLE setback
(
    key    INTEGER PRIMARY KEY,
    before INTEGER NOT NULL,
    time   INTEGER NOT NULL
);

-- Rooms whose messages are still to be looked through for setbacks, from a number on.
CREATE TABLE unsorted
(
    room INTEGER PRIMARY KEY,
    next INTEGER NOT NULL
);

INSERT INTO unsorted (room, next) SELECT id, 0 FROM room WHERE id > 0 AND last_number > 0;
