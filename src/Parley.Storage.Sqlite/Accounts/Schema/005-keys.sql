-- The name folded (see NameText), by which an account is found: name is as it is spelled. So far all names are of ASCII.
ALTER TABLE account ADD COLUMN key TEXT;

UPDATE account SET key = lower(name);

CREATE UNIQUE INDEX account_key ON account (key);

-- More looks like something else than before: see 003.
UPDATE account SET look = NULL;
