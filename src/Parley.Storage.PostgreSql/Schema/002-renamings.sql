-- The names that a room had, by the renamings among its messages (kind 24).
CREATE INDEX renaming ON message (room, number) WHERE kind = 24;
