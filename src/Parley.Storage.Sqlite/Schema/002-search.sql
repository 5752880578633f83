CREATE VIEW searched AS
SELECT place.key, message.text
FROM place JOIN message ON message.id = place.message
WHERE message.recipient IS NULL;

-- Only which messages have a word, not where (detail=none) nor how many words they have (columnsize=0): that is all that
-- is asked of it, and less than half the size. What is found is ranked from the texts.
CREATE VIRTUAL TABLE message_index USING fts5
(
    text,
    content = 'searched',
    content_rowid = 'key',
    detail = none,
    columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

INSERT INTO message_index (rowid, text) SELECT key, text FROM searched ORDER BY key;
