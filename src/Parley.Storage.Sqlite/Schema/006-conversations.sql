-- When the last message of a conversation was, and which one it is; so the latest conversations of somebody who has very many are
-- found without a look at the others. It may be gone since. 0 in rooms.
ALTER TABLE room ADD COLUMN last_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE room ADD COLUMN last_message INTEGER NOT NULL DEFAULT 0;

UPDATE room SET last_message = ifnull(
    (SELECT max(message.id) FROM message
     WHERE message.id > (SELECT placed FROM progress) AND message.room = room.id AND message.kind <= 2),
    ifnull(
        (SELECT message.id FROM place CROSS JOIN message ON message.id = place.message
         WHERE place.key >= room.id << 36 AND place.key < (room.id + 1) << 36 AND message.kind <= 2
         ORDER BY place.key DESC LIMIT 1),
        0))
WHERE instr(name, ' ') > 0;
UPDATE room SET last_time = ifnull((SELECT time FROM message WHERE id = last_message), 0) WHERE last_message > 0;

-- How far time has come for removing old messages; NULL before the first time. See RetentionClock.
ALTER TABLE progress ADD COLUMN tidied INTEGER;
