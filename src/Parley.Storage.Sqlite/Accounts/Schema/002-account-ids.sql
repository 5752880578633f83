-- The number that others know an account by. Random, so that no other account has it, in this file or another, also after
-- this one is removed; id is only for the tables here, and may come again.
ALTER TABLE account ADD COLUMN identity INTEGER NOT NULL DEFAULT 0;

UPDATE account SET identity = (random() & 0x7fffffffffffffff) | 1;

CREATE UNIQUE INDEX account_identity ON account (identity);
