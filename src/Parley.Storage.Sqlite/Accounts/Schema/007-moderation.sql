-- Bans from the server. subject is for people, and for networks and masks also what the ban is about, without case; identity is that of an
-- account (above zero) or a guest (below), 0 for the other kinds. expires is null for a ban that lasts until it is lifted.
CREATE TABLE ban (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    subject TEXT NOT NULL,
    identity INTEGER NOT NULL,
    expires INTEGER,
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made INTEGER NOT NULL
) STRICT;

-- Decisions of moderators and operators. account is that of the actor, 0 for none; room is empty where it is about none.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    actor TEXT NOT NULL,
    account INTEGER NOT NULL,
    action TEXT NOT NULL,
    room TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

-- What is known of a mask beside the mask: its end, null for none; the reason; the name and the identity of the person whom it is about.
ALTER TABLE room_setting ADD COLUMN expires INTEGER;
ALTER TABLE room_setting ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE room_setting ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE room_setting ADD COLUMN identity INTEGER NOT NULL DEFAULT 0;
