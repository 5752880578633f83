-- What a name looks like (see NameSkeleton), so that another that looks the same is found. NULL until the store is opened.
ALTER TABLE account ADD COLUMN look TEXT;

CREATE INDEX account_look ON account (look);
