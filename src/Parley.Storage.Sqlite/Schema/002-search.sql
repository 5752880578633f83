-- The index has the room's messages up to this number; newer ones are put in behind the writes.
ALTER TABLE room ADD COLUMN indexed_number INTEGER NOT NULL DEFAULT 0;

CREATE VIEW indexed_message AS
SELECT message.id, message.text
FROM message JOIN room ON room.id = message.id >> 40
WHERE message.id <= room.id << 40 | room.indexed_number;

-- Only which messages have a word, not where (detail=none) nor how many words they have (columnsize=0): that is all that
-- is asked of it, and less than half the size. What is found is ranked from the texts.
CREATE VIRTUAL TABLE message_index USING fts5
(
    text,
    content = 'indexed_message',
    content_rowid = 'id',
    detail = none,
    columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
