-- Where time runs backwards along a room's numbers, as it may in what was imported or written under another clock: number is that of the
-- message that is earlier than the one ahead of it, before the time of that one. Between two setbacks time never goes back, and no message up to
-- the next one is earlier than time. There may be more rows than there are setbacks, never fewer.
CREATE TABLE setback
(
    room   bigint NOT NULL REFERENCES room,
    number bigint NOT NULL,
    before bigint NOT NULL,
    time   bigint NOT NULL,
    PRIMARY KEY (room, number)
);

INSERT INTO setback (room, number, before, time)
SELECT room, number, before, time
FROM (SELECT room, number, time, lag(time) OVER (PARTITION BY room ORDER BY number) AS before FROM message) AS message
WHERE time < before;

-- Time of the message of the last number; 0 if there was none.
ALTER TABLE room ADD COLUMN last_time bigint NOT NULL DEFAULT 0;

UPDATE room SET last_time = coalesce((SELECT time FROM message WHERE message.room = room.id ORDER BY number DESC LIMIT 1), 0);

-- Of messages between two numbers of a room, along which time never goes back: a number that those of a time or later have or are above, and all
-- earlier ones are below; the one behind the last if there is none. By halves. Numbers may be missing: each look takes the next one that is there.
CREATE FUNCTION first_at(in_room bigint, low bigint, high bigint, wanted bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS
$$
DECLARE
    last   bigint := high;
    middle bigint;
    found  record;
BEGIN
    WHILE low <= high LOOP
        middle := low + (high - low) / 2;
        SELECT m.number, m.time INTO found FROM message AS m WHERE m.room = in_room AND m.number >= middle AND m.number <= last ORDER BY m.number LIMIT 1;
        IF found.time < wanted THEN
            low := found.number + 1;
        ELSE
            high := middle - 1;
        END IF;
    END LOOP;
    RETURN low;
END
$$;
