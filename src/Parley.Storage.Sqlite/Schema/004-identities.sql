-- Who an author and a recipient are, whatever their names: an account (above 0) or a guest (below 0). NULL: written before
-- this was kept; then the account's name says it, for an account that is old enough.
ALTER TABLE message ADD COLUMN author_id INTEGER;
ALTER TABLE message ADD COLUMN recipient_id INTEGER;

-- Conversations of before are found by the accounts in them, too, whatever their names were then.
INSERT OR IGNORE INTO correspondent (name, room)
SELECT account, room FROM message WHERE recipient IS NOT NULL AND account IS NOT NULL
UNION
SELECT recipient_account, room FROM message WHERE recipient IS NOT NULL AND recipient_account IS NOT NULL;
