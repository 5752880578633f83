-- Who somebody is to an identity provider: a subject of an issuer, which is one account's at most.
CREATE TABLE outside_identity
(
    id      INTEGER PRIMARY KEY,
    issuer  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    UNIQUE (issuer, subject)
);

CREATE INDEX outside_identity_account ON outside_identity (account);
