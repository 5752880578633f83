-- What else was known of a message; NULL for nothing, as with most of them. origin is where its author was, ident@host, or
-- the number of an origin that very many have: see StoredOrigin. tags: key=value;key=value.
-- Kinds from 16 on are of what happened, and was not said.
ALTER TABLE message ADD COLUMN origin;
ALTER TABLE message ADD COLUMN account TEXT COLLATE NOCASE;
ALTER TABLE message ADD COLUMN tags TEXT;
ALTER TABLE message ADD COLUMN recipient_account TEXT COLLATE NOCASE;

-- Both ends of each conversation of two.
CREATE TABLE correspondent
(
    name TEXT    NOT NULL COLLATE NOCASE,
    room INTEGER NOT NULL,
    PRIMARY KEY (name, room)
) WITHOUT ROWID;

CREATE TRIGGER conversation_begins AFTER INSERT ON room WHEN instr(new.name, ' ') > 0
BEGIN
    INSERT OR IGNORE INTO correspondent (name, room) VALUES
        (substr(new.name, 1, instr(new.name, ' ') - 1), new.id),
        (substr(new.name, instr(new.name, ' ') + 1), new.id);
END;

INSERT OR IGNORE INTO correspondent (name, room)
SELECT substr(name, 1, instr(name, ' ') - 1), id FROM room WHERE instr(name, ' ') > 0
UNION ALL
SELECT substr(name, instr(name, ' ') + 1), id FROM room WHERE instr(name, ' ') > 0;

-- Only what was said has words to look for.
DROP VIEW searched;

CREATE VIEW searched AS
SELECT place.key, message.text
FROM place JOIN message ON message.id = place.message
WHERE message.recipient IS NULL AND message.kind <= 2;
