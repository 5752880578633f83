-- The index holds the terms that Parley itself makes of a message: search_terms is a function of its own, which every connection
-- brings along. So words inside of a Chinese sentence are found, ß is ss, formatting is no word; and what somebody wrote is found
-- as a word is. An earlier index is made anew behind the writes: messages with an id up to reindex_end are in it if their key is
-- at most reindexed. reindex_end is 0 when all are.
DROP TABLE message_index;
DROP VIEW searched;

ALTER TABLE progress ADD COLUMN reindex_end INTEGER NOT NULL DEFAULT 0;
ALTER TABLE progress ADD COLUMN reindexed INTEGER NOT NULL DEFAULT 0;
UPDATE progress SET reindex_end = placed;

-- What is in the index, neither more nor less: the index takes terms back by the same text that it was given.
CREATE VIEW searched AS
SELECT place.key, search_terms(message.text, message.author) AS terms
FROM place JOIN message ON message.id = place.message
WHERE message.recipient IS NULL AND message.kind <= 2
    AND (message.id > (SELECT reindex_end FROM progress) OR place.key <= (SELECT reindexed FROM progress));

CREATE VIRTUAL TABLE message_index USING fts5
(
    terms,
    content = 'searched',
    content_rowid = 'key',
    detail = none,
    columnsize = 0,
    tokenize = 'ascii'
);
