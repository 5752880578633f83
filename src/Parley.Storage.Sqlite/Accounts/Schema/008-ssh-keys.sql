-- Public keys of SSH by which the owners of accounts log in; fingerprint as ssh-keygen -l prints it.
CREATE TABLE ssh_key
(
    id          INTEGER PRIMARY KEY,
    fingerprint TEXT    NOT NULL UNIQUE,
    comment     TEXT    NOT NULL,
    account     INTEGER NOT NULL REFERENCES account ON DELETE CASCADE
);

CREATE INDEX ssh_key_account ON ssh_key (account);
